/// One speaker's consecutive lines: what is matched together.
public struct Utterance: Sendable, Equatable {
    /// The lines' text joined by newlines.
    public var text: String
    /// The half-open UTF-8 byte range of each line within `text`.
    public var lines: [Range<Int>]
    /// The position of each line's message in its block or array.
    public var members: [Int]
    /// The words quoted by any of the lines, joined by newlines; never matched, shown beside.
    public var quote: String?
    /// When the first line was sent, seconds since 1970-01-01 UTC.
    public var sentAt: Int64
    /// True when the lines are items of a merged forward.
    public var forwarded: Bool

    /// Makes an utterance.
    public init(
        text: String, lines: [Range<Int>], members: [Int], quote: String? = nil, sentAt: Int64, forwarded: Bool = false
    ) {
        self.text = text
        self.lines = lines
        self.members = members
        self.quote = quote
        self.sentAt = sentAt
        self.forwarded = forwarded
    }
}
