public import Messages

/// A known hole in an export: the exporter itself says that messages are missing.
public enum ExportGap: String, Sendable, CaseIterable {
    /// `hasMore: true`: later pages were not fetched.
    case hasMore
    /// `complete: false`.
    case incomplete
    /// `truncated: true`: a limit cut the list.
    case truncated
    /// `partial: true`.
    case partial
    /// `failures` or `failedCount`: some pages could not be fetched.
    case failures
    /// A robot's log: only messages that mention the robot are in it.
    case mentionsOnly
    /// The text holds no date or no year: it was taken from the option or from the file's name.
    case dateAssumed
    /// The archive is damaged inside this file: what came after is missing.
    case damagedArchive
    /// The exporter takes so many newest messages where it isn't told otherwise.
    case limit
    /// The exporter read a copy of the database that may be old.
    case stale
    /// The exporter could not read a part of the database.
    case unknownShards
    /// People are numbered instead of named: nobody can be told from another across files.
    case pseudonyms
    /// The talk of two people: no group's, and never imported.
    case privateChat
    /// The exporting machine's clock ran in another time zone.
    case otherZone

    /// One line for the person who imports.
    public func explanation(in language: Language) -> String {
        switch (self, language) {
        case (.hasMore, .zh): "导出时还有后续消息没有取完，请把余下的消息补导一份。"
        case (.hasMore, .en): "The exporter had more messages to fetch. Export the rest as well."
        case (.incomplete, .zh): "导出工具标明这份记录不完整，请重新导出。"
        case (.incomplete, .en): "The exporter marked this file as incomplete. Export it again."
        case (.truncated, .zh): "导出时达到条数或页数上限，记录被截断，请缩短日期范围分次导出。"
        case (.truncated, .en): "A limit cut the export short. Export shorter date ranges."
        case (.partial, .zh): "只导出了一部分内容，请重新导出。"
        case (.partial, .en): "Only a part was exported. Export it again."
        case (.failures, .zh): "导出过程中有内容读取失败，请重新导出。"
        case (.failures, .en): "Some messages could not be fetched while exporting. Export it again."
        case (.damagedArchive, .zh): "压缩包在这个文件里损坏，之前的内容已读取，请重新打包后再导入一次。"
        case (.damagedArchive, .en):
            "The archive is damaged inside this file; what stands before was read. Pack it again."
        case (.dateAssumed, .zh): "文件里没有完整日期，日期取自选项或文件名，请核对。"
        case (.dateAssumed, .en):
            "The file holds no full dates; they are from the option or the file's name. Check them."
        case (.limit, .zh): "导出条数正好是工具的默认上限（500 条），更早的消息可能没有导出，请加大条数再导出一次。"
        case (.limit, .en):
            "The file holds exactly the exporter's default of 500 messages. Export again with a higher limit."
        case (.stale, .zh): "导出工具提示数据可能不是最新的，请在电脑上打开微信同步后重新导出。"
        case (.stale, .en):
            "The exporter says that its data may be old. Let the chat program synchronise and export again."
        case (.unknownShards, .zh): "导出工具有一部分数据库读不出来，可能缺少消息，请升级工具后重新导出。"
        case (.unknownShards, .en): "The exporter could not read a part of the database. Update it and export again."
        case (.pseudonyms, .zh): "这份记录隐藏了成员身份，无法区分不同的发言人。"
        case (.pseudonyms, .en): "Names are hidden in this file: speakers can only be told apart within it."
        case (.privateChat, .zh): "这是两个人的私聊，不是监督群：只能查看，不能导入。"
        case (.privateChat, .en): "A private chat, not a group: it can be looked at and not be imported."
        case (.otherZone, .zh): "导出电脑的时区不是北京时间；本文件以时间戳为准，该电脑导出的文本记录时间会有偏差。"
        case (.otherZone, .en):
            "The exporting machine was in another time zone. Times here are right; its text exports are not."
        case (.mentionsOnly, .zh): "这是机器人收到的消息，只含 @机器人 的发言，不是全部群消息。"
        case (.mentionsOnly, .en): "This is a robot's log: only messages that mention the robot are in it."
        }
    }
}
