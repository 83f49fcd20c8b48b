public import Messages

/// What the caller says about a file before it is read.
public struct ExportOptions: Sendable {
    /// The group that all messages of the file belong to; overrides what the file says.
    public var group: GroupIdentity?
    /// The day of texts that say none (chatlog's, pasted ones): their own day, or that of copying where they say 昨天.
    public var assumedDay: CalendarDay?
    /// Which columns of a table, or parts of a line, are a message's: then nothing is guessed.
    public var columnMap: ColumnMap?
    /// True where the talk of two people is read, too, as messages of no group: for looking at, never for importing.
    public var readsPrivateChats = false
    /// Bytes of decoded text per chunk.
    ///
    /// A chunk is larger only when one record is.
    public var chunkBytes = 512 << 10
    /// The longest record that is read, in bytes of decoded text; longer ones become `Reject(.tooLong)`.
    public var longestRecord = 16 << 20
    /// The longest words of one message, in bytes of UTF-8; longer ones become `Reject(.tooLong)`.
    ///
    /// No chat program sends a tenth of that: it bounds the memory that judging one message takes.
    public var longestText = ExportOptions.longestText
    /// What `longestText` is where nobody says otherwise.
    public static let longestText = 256 << 10
    /// The time of reading, seconds since 1970-01-01 UTC: messages more than a day after it are refused.
    public var now: Int64

    /// Makes options for a file.
    public init(now: Int64, group: GroupIdentity? = nil) {
        self.now = now
        self.group = group
    }
}
