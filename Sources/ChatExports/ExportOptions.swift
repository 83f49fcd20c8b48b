public import Messages

/// What the caller says about a file before it is read.
public struct ExportOptions: Sendable {
    /// The group that all messages of the file belong to; overrides what the file says.
    public var group: GroupIdentity?
    /// Bytes of decoded text per chunk. A chunk is larger only when one record is.
    public var chunkBytes = 1 << 20
    /// The longest record that is read, in bytes of decoded text; longer ones become `Reject(.tooLong)`.
    public var longestRecord = 64 << 20
    /// The time of reading, seconds since 1970-01-01 UTC: messages more than a day after it are refused.
    public var now: Int64

    /// Makes options for a file.
    public init(now: Int64, group: GroupIdentity? = nil) {
        self.now = now
        self.group = group
    }
}

/// How the bytes of a file stand for characters.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case gb18030 = "GB18030"
}

/// What a file was taken for, and why.
public struct Detection: Sendable, Equatable {
    /// The format that came closest without being taken.
    public struct RunnerUp: Sendable, Equatable {
        /// Its slug.
        public var format: String
        /// What it lacked, or why the other was preferred.
        public var whyNot: String
    }

    /// The slug of the format: `weflow-json` …
    public var format: String
    /// The encoding of the text.
    public var encoding: TextEncoding
    /// What spoke for the format: names of keys, columns and lines, never contents.
    public var evidence: [String]
    /// The next best format, if any other had something for it.
    public var runnerUp: RunnerUp?
}

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
