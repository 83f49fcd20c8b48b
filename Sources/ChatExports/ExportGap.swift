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
        case (.mentionsOnly, .zh): "这是机器人收到的消息，只含 @机器人 的发言，不是全部群消息。"
        case (.mentionsOnly, .en): "This is a robot's log: only messages that mention the robot are in it."
        }
    }
}
