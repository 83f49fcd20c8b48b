internal import Casework
internal import Matching
public import Messages

/// Compares two exports of one group: what one has and the other lacks in the time that both cover.
///
/// The exporter may be the person complained about. Messages are matched by their real ids where both files have them, else
/// by words at the coarser time of the two; nobody is named and no text is kept. What lies outside the common time is
/// counted and is no difference.
public struct ExportComparison: Sendable {
    /// One of the two.
    public enum Side: String, Sendable, CaseIterable {
        case first, second
    }

    /// What one side lacks of a day.
    public struct Lack: Sendable, Equatable {
        /// The side that lacks it.
        public var side: Side
        /// Days since 1970-01-01 in China's time.
        public var day: Int
        /// The number of messages by kind.
        public var kinds: [MessageKind: Int]
        /// When the first and the last of them were sent, seconds since 1970-01-01 UTC.
        public var span: ClosedRange<Int64>

        /// The number of messages.
        public var count: Int { kinds.values.reduce(0, +) }
    }

    /// What was counted on one side.
    public struct Count: Sendable, Equatable {
        /// Messages of the group.
        public var messages = 0
        /// Those of them outside the common time.
        public var outside = 0
        /// Lines that could not be read.
        public var rejects = 0
        /// When the first and the last message was sent; nil without messages.
        public var span: ClosedRange<Int64>?

        /// Nothing counted yet.
        public init() {}
    }

    /// Both sides' counts.
    public private(set) var counts: [Side: Count] = [:]
    /// The time that both sides cover; nil where they have none in common.
    public private(set) var span: ClosedRange<Int64>?
    /// The number of messages that both sides have.
    public private(set) var common = 0
    /// What is lacking, by day, the first side before the second.
    public private(set) var lacks: [Lack] = []

    /// True when a person must look.
    public var differs: Bool { !lacks.isEmpty || span == nil }

    /// Compares what was collected of two sides.
    public init(_ first: ExportMessages, _ second: ExportMessages) {
        counts = [.first: first.count, .second: second.count]
        guard let one = first.count.span, let two = second.count.span else { return }
        let (from, to) = (max(one.lowerBound, two.lowerBound), min(one.upperBound, two.upperBound))
        // Mail tells minutes: its last message of a minute is not over before the minute is.
        let (low, high) = (from / 60 * 60, to / 60 * 60 + 59)
        guard low <= high else { return }
        span = from...max(from, to)
        var left = first.items.filter { (low...high).contains($0.sentAt) }
        var right = second.items.filter { (low...high).contains($0.sentAt) }
        counts[.first]?.outside = first.items.count - left.count
        counts[.second]?.outside = second.items.count - right.count
        let all = left.count
        Self.match(&left, &right)
        common = all - left.count
        lacks = (Self.lacks(right, of: .first) + Self.lacks(left, of: .second))
            .sorted { ($0.day, $0.side.rawValue) < ($1.day, $1.side.rawValue) }
    }

    /// Takes the messages that both have out of both.
    private static func match(_ left: inout [ExportMessages.Item], _ right: inout [ExportMessages.Item]) {
        let known = Set(right.lazy.map(\.id)).intersection(left.lazy.map(\.id)).subtracting([0])
        left.removeAll { known.contains($0.id) }
        right.removeAll { known.contains($0.id) }
        // Where no id is common, the two count in ids of their own: only words tell.
        let idsTell = !known.isEmpty
        for grain in [Int64(1), 60, 86_400] {
            guard left.contains(where: { $0.grain == grain }) || right.contains(where: { $0.grain == grain }) else {
                continue
            }
            func fits(_ one: ExportMessages.Item, _ other: ExportMessages.Item) -> Bool {
                !(idsTell && one.id != 0 && other.id != 0) && max(one.grain, other.grain) == grain
            }
            pair(&left, &right, grain: grain, fits)
        }
    }

    /// Pairs messages of equal words in one grain of time, in the order of time.
    private static func pair(
        _ left: inout [ExportMessages.Item], _ right: inout [ExportMessages.Item], grain: Int64,
        _ fits: (ExportMessages.Item, ExportMessages.Item) -> Bool
    ) {
        func key(_ item: ExportMessages.Item) -> Key { Key(words: item.words, time: (item.sentAt + 8 * 3600) / grain) }
        var waiting: [Key: [Int]] = [:]
        for (index, item) in right.enumerated().reversed() { waiting[key(item), default: []].append(index) }
        var isGone = [Bool](repeating: false, count: right.count)
        left.removeAll { item in
            guard let indices = waiting[key(item)] else { return false }
            guard let at = indices.lastIndex(where: { !isGone[$0] && fits(item, right[$0]) }) else { return false }
            isGone[indices[at]] = true
            waiting[key(item)]?.remove(at: at)
            return true
        }
        var index = -1
        right.removeAll { _ in
            index += 1
            return isGone[index]
        }
    }

    private struct Key: Hashable {
        let words: UInt64
        let time: Int64
    }

    private static func lacks(_ items: [ExportMessages.Item], of side: Side) -> [Lack] {
        var days: [Int: Lack] = [:]
        for item in items {
            let day = FlagDraft.day(of: item.sentAt)
            var lack = days[day] ?? Lack(side: side, day: day, kinds: [:], span: item.sentAt...item.sentAt)
            lack.kinds[item.kind, default: 0] += 1
            lack.span = min(lack.span.lowerBound, item.sentAt)...max(lack.span.upperBound, item.sentAt)
            days[day] = lack
        }
        return Array(days.values)
    }
}

/// The messages of one group on one side of a comparison, as digests and times.
public struct ExportMessages {
    struct Item {
        var sentAt: Int64
        var id: UInt64
        var words: UInt64
        var kind: MessageKind
        /// The seconds that the time may be off.
        var grain: Int64
    }

    private(set) var items: [Item] = []
    /// What was counted.
    public internal(set) var count = ExportComparison.Count()
    /// The groups that the files hold.
    public private(set) var groups: [GroupIdentity] = []
    private let scratch = LexiconMatcher.Scratch()
    private var groupOfItem: [Int32] = []
    /// A message that several of the files hold is one message.
    private var seen: Set<UInt64> = []
    // The digests live in memory for the comparison only.
    private static let digests = SipHash(key: [UInt8](repeating: 0x5A, count: 16))

    /// Nothing collected.
    public init() {}

    /// Adds a block of an export.
    public mutating func add(_ block: MessageBlock) {
        count.rejects += block.rejects.count
        // A group that no message is of is only the file's default.
        let used = Set(block.records.lazy.filter { !$0.forwarded }.map(\.group))
        let numbers = block.groups.enumerated().map { index, group -> Int32 in
            guard used.contains(Int32(index)) else { return -1 }
            if let known = groups.firstIndex(of: group) { return Int32(known) }
            groups.append(group)
            return Int32(groups.count - 1)
        }
        block.bytes.withUnsafeBufferPointer { bytes in
            for record in block.records where !record.forwarded {
                let id = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[record.id.range])
                let digest = MessageWords.isRealID(id) ? Self.digests.digest(id, tweak: 1) : 0
                if digest != 0, !seen.insert(digest).inserted { continue }
                let words: UInt64
                if MessageWords.tell(record, bytes) {
                    scratch.normalize(UnsafeBufferPointer(rebasing: bytes[record.text.range]))
                    words = scratch.withUnits { Self.digests.digest($0) }
                } else {
                    words = UInt64(record.kind.rawValue)
                }
                let grain: Int64 = record.precision == .second ? 1 : record.precision == .minute ? 60 : 86_400
                items.append(
                    Item(sentAt: record.sentAt, id: digest, words: words, kind: record.kind, grain: grain))
                groupOfItem.append(numbers[Int(record.group)])
            }
        }
    }

    /// Keeps the messages of the groups that a condition holds for, and counts them.
    public mutating func keep(where isMeant: (GroupIdentity) -> Bool) {
        let kept = groups.map(isMeant)
        items = zip(items, groupOfItem).filter { kept[Int($0.1)] }.map(\.0)
        groups = groups.filter(isMeant)
        groupOfItem = []
        count.messages = items.count
        if let first = items.map(\.sentAt).min(), let last = items.map(\.sentAt).max() { count.span = first...last }
    }
}
