internal import Messages

/// Decides which messages of a file were read before, from keyed digests alone.
///
/// A message with a real id is known by it, across files and tools. One without is known by its time and words; as people
/// say the same thing twice, the k-th equal message of a file matches the k-th that is known (a set of keys would lose the
/// second; facts: the ChatLab merge that lost 2,566 of 55,477). Copies of one message meet in counts, whichever comes
/// first, at the coarser time of the two:
///
/// - in a second, of `i` equal messages known by id and `p` known from files without ids, max(i, p) are distinct;
/// - in a minute, of `c` equal messages known from files that tell the minute only (mail), max(c, the sum of its seconds);
/// - in a day, of `d` known from files that tell the day only, max(d, the sum of its minutes).
///
/// Each message raises one count by one, so the sum of what is new is the same in any order of the files. The speaker is
/// no part of a key: tools name the same person differently. Whether the exporter wrote it isn't either.
///
/// A voice message with its transcript is counted twice, by its words and as one that has none: so it meets its copies in
/// tools that transcribe and in those that don't. Where only its words are new, it is no new message, and they are read.
struct Deduplicator {
    /// One group's day: what is known of it.
    struct Day {
        var known: DigestSet
        /// Equal messages seen so far in this file.
        var occurrences: [UInt64: UInt32] = [:]
        var isChanged = false
        var lastUse = 0
        /// What files that tell less than the second have left: else nobody asks for it.
        var hasMinutes: Bool
        var hasDays: Bool
    }

    /// What is known of one message now.
    struct Mark {
        /// True when it was not read before.
        var isNew: Bool
        /// True when the message is known and its words are not: a transcript that another tool left out.
        var isTranscribed = false
        /// The digests that a flag is found again by; 0 where there is none.
        var id: UInt64 = 0
        var exact: UInt64 = 0
        var coarse: UInt64 = 0

        /// The digests without the zeros.
        var digests: [UInt64] { [id, exact, coarse].filter { $0 != 0 } }
    }

    struct Key: Hashable {
        let group: Int32
        let day: Int32
    }

    private var days: [Key: Day] = [:]
    private var uses = 0
    private var total = 0
    private let most: Int
    private let times: TimeDigests
    private let load: (Key) throws -> [UInt64]
    private let save: (Key, [UInt64]) throws -> Void

    /// - Parameters:
    ///   - most: the most digests that are held at a time (some 20 bytes each).
    ///   - digests: the installation's keyed digest.
    ///   - load: the known digests of a group's day.
    ///   - save: keeps them.
    init(
        most: Int = 250_000, digests: SipHash, load: @escaping (Key) throws -> [UInt64],
        save: @escaping (Key, [UInt64]) throws -> Void
    ) {
        self.most = most
        times = TimeDigests(digests)
        self.load = load
        self.save = save
    }

    /// Whether a message is new; remembers it.
    mutating func mark(_ message: MessageTrace) throws -> Mark {
        let key = Key(group: message.group, day: message.day)
        if days[key] == nil { try open(key) }
        uses += 1
        return days[key]?.register(message, times, use: uses, total: &total) ?? Mark(isNew: true)
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
        days[key] = Day(
            known: known, hasMinutes: known.contains(times.minuteSign), hasDays: known.contains(times.daySign))
    }
}

/// The digests of words at a time.
struct TimeDigests: Sendable {
    private let digests: SipHash
    /// Stand in a day's set when it holds digests of minutes, or of the day.
    let minuteSign: UInt64
    let daySign: UInt64

    init(_ digests: SipHash) {
        self.digests = digests
        minuteSign = Self.digest(0x6D, tweak: 0x6D69_6E75_7465, digests)
        daySign = Self.digest(0x64, tweak: 0x6461_7973, digests)
    }

    func second(_ words: UInt64, _ second: Int64) -> UInt64 { Self.digest(words, tweak: UInt64(second) << 2, digests) }
    func minute(_ words: UInt64, _ minute: Int64) -> UInt64 {
        Self.digest(words, tweak: UInt64(minute) << 2 | 1, digests)
    }
    func day(_ words: UInt64, _ day: Int32) -> UInt64 { Self.digest(words, tweak: UInt64(day) << 2 | 2, digests) }

    private static func digest(_ words: UInt64, tweak: UInt64, _ digests: SipHash) -> UInt64 {
        withUnsafeBytes(of: words.littleEndian) { digests.digest($0, tweak: tweak) }
    }
}

extension Deduplicator.Day {
    /// Who vouches for a message.
    private enum Witness: UInt64 {
        case plain, id
    }

    mutating func register(
        _ message: MessageTrace, _ times: TimeDigests, use: Int, total: inout Int
    ) -> Deduplicator.Mark {
        lastUse = use
        let before = known.count
        defer {
            total += known.count - before
            if known.count != before { isChanged = true }
        }
        let isKnownID = message.id != 0 && !known.insert(message.id)
        guard message.silent != 0 else { return register(message, isKnownID, times) }
        var silent = message
        silent.words = message.silent
        let isKnownSilent = !register(silent, isKnownID, times).isNew
        // An id that a tool without transcripts gave says nothing of the words.
        let isSilentID = isKnownID && known.insert(Self.ranked(message.id, 1, .plain)) && !isKnown(message, times)
        var mark = register(message, isKnownID && !isSilentID, times)
        if message.id != 0 { known.insert(Self.ranked(message.id, 1, .plain)) }
        mark.isTranscribed = mark.isNew && isKnownSilent
        mark.isNew = mark.isNew && !isKnownSilent
        return mark
    }

    private mutating func register(
        _ message: MessageTrace, _ isKnownID: Bool, _ times: TimeDigests
    ) -> Deduplicator.Mark {
        switch message.precision {
        case .second: registerSecond(message, isKnownID, times)
        case .minute: registerMinute(message, isKnownID, times)
        case .day: registerDay(message, isKnownID, times)
        }
    }

    /// True when something vouches for a message's words at its time.
    private func isKnown(_ message: MessageTrace, _ times: TimeDigests) -> Bool {
        switch message.precision {
        case .second: isKnown(times.second(message.words, message.sentAt))
        case .minute: isKnown(times.minute(message.words, message.minute))
        case .day: isKnown(times.day(message.words, message.day))
        }
    }

    private mutating func registerSecond(
        _ message: MessageTrace, _ isKnownID: Bool, _ times: TimeDigests
    ) -> Deduplicator.Mark {
        let key = times.second(message.words, message.sentAt)
        let rank = nextRank(key)
        if isKnownID { return Deduplicator.Mark(isNew: false, id: message.id) }
        let isAsked = hasMinutes && isKnown(times.minute(message.words, message.minute))
        let isDayAsked = hasDays && isKnown(times.day(message.words, message.day))
        func total(_ day: Self) -> UInt64 {
            if isDayAsked { return day.dayTotal(message, times) }
            if isAsked { return day.minuteTotal(message.words, message.minute, times) }
            return max(day.count(key, .id), day.count(key, .plain))
        }
        let before = total(self)
        note(message, rank, under: key)
        let minute = times.minute(message.words, message.minute)
        return Deduplicator.Mark(
            isNew: total(self) > before, id: message.id, exact: Self.ranked(key, rank, .plain),
            coarse: Self.ranked(minute, nextRank(minute), .plain))
    }

    private mutating func registerMinute(
        _ message: MessageTrace, _ isKnownID: Bool, _ times: TimeDigests
    ) -> Deduplicator.Mark {
        let key = times.minute(message.words, message.minute)
        let rank = nextRank(key)
        if isKnownID { return Deduplicator.Mark(isNew: false, id: message.id) }
        let isDayAsked = hasDays && isKnown(times.day(message.words, message.day))
        func total(_ day: Self) -> UInt64 {
            isDayAsked ? day.dayTotal(message, times) : day.minuteTotal(message.words, message.minute, times)
        }
        let before = total(self)
        known.insert(times.minuteSign)
        hasMinutes = true
        note(message, rank, under: key)
        return Deduplicator.Mark(
            isNew: total(self) > before, id: message.id, coarse: Self.ranked(key, rank, .plain))
    }

    private mutating func registerDay(
        _ message: MessageTrace, _ isKnownID: Bool, _ times: TimeDigests
    ) -> Deduplicator.Mark {
        let key = times.day(message.words, message.day)
        let rank = nextRank(key)
        if isKnownID { return Deduplicator.Mark(isNew: false, id: message.id) }
        let before = dayTotal(message, times)
        known.insert(times.daySign)
        hasDays = true
        note(message, rank, under: key)
        return Deduplicator.Mark(
            isNew: dayTotal(message, times) > before, id: message.id, coarse: Self.ranked(key, rank, .plain))
    }

    /// The number that a message has among its equals in the file.
    private mutating func nextRank(_ key: UInt64) -> UInt64 {
        let rank = (occurrences[key] ?? 0) + 1
        occurrences[key] = rank
        return UInt64(rank)
    }

    /// Raises the count of what vouches for a message.
    ///
    /// A file in which some equal messages have ids and some have none vouches for all of them together.
    private mutating func note(_ message: MessageTrace, _ rank: UInt64, under key: UInt64) {
        var byID: UInt64 = 0
        if message.id != 0 {
            byID = count(key, .id) + 1
            known.insert(Self.ranked(key, byID, .id))
        }
        guard byID < rank else { return }
        for rank in (1...rank).reversed() where !known.insert(Self.ranked(key, rank, .plain)) { break }
    }

    /// True when something vouches for a message under a key.
    private func isKnown(_ key: UInt64) -> Bool {
        known.contains(Self.ranked(key, 1, .plain)) || known.contains(Self.ranked(key, 1, .id))
    }

    /// How many equal messages are known under a key.
    private func count(_ key: UInt64, _ witness: Witness) -> UInt64 {
        var rank: UInt64 = 1
        while known.contains(Self.ranked(key, rank, witness)) { rank += 1 }
        return rank - 1
    }

    /// How many distinct messages with these words a minute has.
    private func minuteTotal(_ words: UInt64, _ minute: Int64, _ times: TimeDigests) -> UInt64 {
        let key = times.minute(words, minute)
        var distinct: UInt64 = 0
        var ids = hasMinutes ? count(key, .id) : 0
        for second in minute * 60..<minute * 60 + 60 {
            let key = times.second(words, second)
            let byID = count(key, .id)
            distinct += max(byID, count(key, .plain))
            ids += byID
        }
        return max(hasMinutes ? count(key, .plain) : 0, distinct, ids)
    }

    /// How many distinct messages with these words the day has.
    private func dayTotal(_ message: MessageTrace, _ times: TimeDigests) -> UInt64 {
        // Days are China's: they begin at 16:00 UTC.
        let first = (Int64(message.day) * 86_400 - 8 * 3600) / 60
        let sum = (first..<first + 1440).reduce(0) { $0 + minuteTotal(message.words, $1, times) }
        return max(count(times.day(message.words, message.day), .plain), sum)
    }

    /// The digest that stands for the `rank`-th equal message: SplitMix64's mixing of a keyed digest stays keyed.
    private static func ranked(_ key: UInt64, _ rank: UInt64, _ witness: Witness) -> UInt64 {
        var mixed = key &+ (rank << 1 | witness.rawValue) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
