/// A run of messages of one export in flat storage: no `String` is made for a message that nobody looks at.
///
/// All text lives in one byte array; a record holds offsets into it. A block is what a format's parser hands on, and what
/// the pipeline's workers share.
public struct MessageBlock: Sendable {
    /// A half-open range of the block's `bytes`.
    public struct Slice: Sendable, Hashable {
        /// The first byte.
        public var start: Int32
        /// One past the last byte.
        public var end: Int32

        /// Makes a range of the block's bytes.
        @inlinable
        public init(start: Int, end: Int) {
            self.start = Int32(truncatingIfNeeded: start)
            self.end = Int32(truncatingIfNeeded: end)
        }

        /// The empty range that stands for "absent".
        public static let none = Slice(start: 0, end: 0)

        /// The number of bytes.
        @inlinable public var count: Int { Int(end) - Int(start) }
        /// True when there is nothing in it.
        @inlinable public var isEmpty: Bool { end <= start }
        /// The range as `Int`s.
        @inlinable public var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// One message.
    ///
    /// Text is valid UTF-8; the parser replaces what is not.
    public struct Record: Sendable {
        /// Seconds since 1970-01-01 UTC.
        public var sentAt: Int64 = 0
        /// A 64-bit hash of the sender's id or name, made while reading and never stored; 0 for the system.
        public var speakerKey: UInt64 = 0
        /// The line or record number within the file, from 1.
        public var line: Int32 = 0
        /// An index into the block's `groups`.
        public var group: Int32 = 0
        /// The platform's id of the message; empty where the export has none.
        public var id: Slice = .none
        /// The words.
        public var text: Slice = .none
        /// The quoted words; empty where nothing is quoted.
        public var quote: Slice = .none
        /// What it is.
        public var kind: MessageKind = .text
        /// How fine `sentAt` is.
        public var precision: TimePrecision = .second
        /// True for an item of a merged forward.
        public var forwarded: Bool = false

        /// True where the export names no sender: such a `speakerKey` is one message's own.
        @inlinable public var isFromStranger: Bool { speakerKey >> 63 == 1 }

        /// Makes an empty record.
        @inlinable public init() {}
    }

    /// All text of the block, UTF-8.
    public var bytes: [UInt8] = []
    /// The messages in the order of the file; items of a merged forward follow their parent.
    public var records: [Record] = []
    /// The groups that `Record.group` points at.
    public var groups: [GroupIdentity] = []
    /// What could not be read, in the order of the file.
    public var rejects: [Reject] = []
    /// The number of blank lines (line-based formats) that were passed over.
    public var blankLines = 0

    /// Makes an empty block.
    public init() {}

    /// Appends text and returns where it stands.
    @inlinable
    public mutating func append(_ text: some Collection<UInt8>) -> Slice {
        let start = bytes.count
        bytes.append(contentsOf: text)
        return Slice(start: start, end: bytes.count)
    }

    /// The text of a slice as a string.
    ///
    /// For faces and tests; costs an allocation.
    public func string(_ slice: Slice) -> String {
        String(decoding: bytes[slice.range], as: UTF8.self)
    }
}
