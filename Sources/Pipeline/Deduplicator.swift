/// Decides which messages of a file were read before, from keyed digests alone.
///
/// A message with a real id is known by it, across files and tools. One without is known by its minute and words; as people
/// say the same thing twice in a minute, the k-th equal message of a file matches the k-th that is known (a set of keys
/// would lose the second; facts: the ChatLab merge that lost 2,566 of 55,477). Copies with and without ids of one group
/// meet in the count: of `i` equal messages known by id and `p` known from files without ids, max(i, p) are distinct.
///
/// The speaker is no part of a key: tools name the same person differently.
struct Deduplicator {
    /// One group's day: what is known of it.
    struct Day {
        var known: DigestSet
        /// Equal messages without ids seen so far in this file.
        var occurrences: [UInt64: UInt32] = [:]
        var isChanged = false
        var lastUse = 0
    }

    /// What is known of one message now.
    struct Mark {
        /// True when it was not read before.
        var isNew: Bool
        /// The digests that a flag is found again by; 0 where there is none.
        var id: UInt64 = 0
        var ranked: UInt64 = 0

        /// Both digests, without the zeros.
        var digests: [UInt64] { [id, ranked].filter { $0 != 0 } }
    }

    struct Key: Hashable {
        let group: Int32
        let day: Int32
    }

    private var days: [Key: Day] = [:]
    private var uses = 0
    private var total = 0
    private let most: Int
    private let load: (Key) throws -> [UInt64]
    private let save: (Key, [UInt64]) throws -> Void

    /// - Parameters:
    ///   - most: the most digests that are held at a time (some 20 bytes each).
    ///   - load: the known digests of a group's day.
    ///   - save: keeps them.
    init(
        most: Int = 250_000, load: @escaping (Key) throws -> [UInt64], save: @escaping (Key, [UInt64]) throws -> Void
    ) {
        self.most = most
        self.load = load
        self.save = save
    }

    /// Whether a message is new; remembers it.
    mutating func mark(_ message: MessageTrace) throws -> Mark {
        let key = Key(group: message.group, day: message.day)
        if days[key] == nil { try open(key) }
        uses += 1
        return days[key]?.register(message, use: uses, total: &total) ?? Mark(isNew: true)
    }

    /// Keeps what is not kept yet.
    mutating func flush() throws {
        for (key, day) in days where day.isChanged { try save(key, day.known.sorted) }
        days.removeAll()
        total = 0
    }

    private mutating func open(_ key: Key) throws {
        if total > most {
            // The older half goes; a file in the order of time comes back to none of it.
            for old in days.sorted(by: { $0.value.lastUse < $1.value.lastUse }).prefix(max(1, days.count / 2)) {
                if old.value.isChanged { try save(old.key, old.value.known.sorted) }
                total -= old.value.known.count
                days[old.key] = nil
            }
        }
        let known = DigestSet(try load(key))
        total += known.count
        days[key] = Day(known: known)
    }
}

extension Deduplicator.Day {
    mutating func register(_ message: MessageTrace, use: Int, total: inout Int) -> Deduplicator.Mark {
        lastUse = use
        let before = known.count
        defer {
            total += known.count - before
            if known.count != before { isChanged = true }
        }
        if message.id != 0 {
            guard known.insert(message.id) else { return Deduplicator.Mark(isNew: false, id: message.id) }
            var rank: UInt64 = 1
            while !known.insert(Self.ranked(message.content, rank, byID: true)) { rank += 1 }
            let isCopy = known.contains(Self.ranked(message.content, rank, byID: false))
            return Deduplicator.Mark(
                isNew: !isCopy, id: message.id, ranked: Self.ranked(message.content, rank, byID: false))
        }
        let rank = UInt64(occurrences[message.content] ?? 0) + 1
        occurrences[message.content] = UInt32(rank)
        let ranked = Self.ranked(message.content, rank, byID: false)
        let isCopy = known.contains(Self.ranked(message.content, rank, byID: true))
        return Deduplicator.Mark(isNew: known.insert(ranked) && !isCopy, ranked: ranked)
    }

    /// The digest that stands for the `rank`-th equal message: SplitMix64's mixing of a keyed digest stays keyed.
    private static func ranked(_ content: UInt64, _ rank: UInt64, byID: Bool) -> UInt64 {
        var mixed = content &+ (rank << 1 | (byID ? 1 : 0)) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
