internal import ChineseText
public import Messages

/// The places that texts are resolved to, with all names that people use for them, compiled for one scan.
///
/// A place here is one dated code: a village that was recoded, renamed or merged has several, each with the days on which it
/// was valid, and each knows what stands for it today.
///
/// All of it lies in flat arrays: the nation's 660,000 villages take some 100 MB.
public struct Gazetteer: Sendable {
    /// A place that a name stands for.
    struct Meaning: Sendable, Equatable {
        let place: Int32
        let nameClass: NameClass
        /// True when another place that bears the name officially has the better claim.
        let isLoose: Bool
        /// Where and when a taught name counts: a position in `scopes`; -1 for everywhere and always.
        let scope: Int16
    }

    /// Where and when a taught name counts.
    struct Scope: Sendable, Equatable {
        let group: String?
        let unit: Int32
        let from: Int32
        let to: Int32
    }

    /// One dated code.
    struct Place: Sendable {
        var level: GazetteerEntry.Level
        /// True when no list has it: it was made of the digits of what lies below.
        var isUnnamed = false
        /// True when it was abolished and nobody wrote down what took over.
        var isGone = false
        /// The first and the last day as 20200630; 0 and `Int32.max` where the list doesn't say.
        var from: Int32 = 0
        var to = Int32.max
        /// The unit above as it is today, or -1.
        var parent: Int32 = -1
        /// What stands for it today: itself, its successor, or for a village that was split the unit that holds the parts.
        var today: Int32 = -1
        /// Where its successors begin in `successors`.
        var firstSuccessor: Int32 = 0
        var successorCount: UInt8 = 0
        /// Where its name begins in `nameBytes`.
        var nameStart: UInt32 = 0
        var nameLength: UInt16 = 0
    }

    /// A stem together with what follows it.
    struct FormedName: Sendable {
        let form: Form
        let traits: NameTraits
        /// True when one of its meanings says what it is.
        let isNamed: Bool
        let firstMeaning: Int32
        let meaningCount: Int32
    }

    var places: [Place] = []
    var codes: [String] = []
    var nameBytes: [UInt8] = []
    var successors: [Int32] = []
    /// The places in the order of their codes.
    var byCode: [Int32] = []
    var scanner = TermScanner([])
    /// For each term of the scanner, where its formed names begin; one more at the end.
    var firstForm: [Int32] = [0]
    var formed: [FormedName] = []
    var meanings: [Meaning] = []
    var scopes: [Scope] = []
    /// True when some code has a first or last day.
    var hasHistory = false
    /// The number of counties with villages.
    var countyCount = 0
    /// The normal forms of all provinces and cities that are in it.
    var regions: Set<[UInt16]> = []
    /// Villages by the sound of their stem.
    var sounds: [UInt64: [Int32]] = [:]

    /// An empty one, for the builder.
    init() {}

    /// Compiles entries.
    ///
    /// Entries that have a successor stand for it: what is said of a village that was merged away is reported under the
    /// village that it is part of now.
    ///
    /// - Parameters:
    ///   - entries: the places, each under one dated code.
    ///   - successions: what took over from what, beside the successors of the entries.
    ///   - taught: names that people taught, with where and when they count.
    public init(_ entries: [GazetteerEntry], successions: [Succession] = [], taught: [TaughtAlias] = []) {
        var builder = GazetteerBuilder()
        for entry in entries { builder.add(entry) }
        self = builder.gazetteer(successions: successions, taught: taught)
    }

    /// The names that a segmenter should keep whole.
    ///
    /// Without those of one character and 村: 下村走访 has no village in it. Hamlets, estates and landmarks count as the operator
    /// wrote them, unless they are words of everyday language; short names from three characters on.
    public static func words(_ entries: [GazetteerEntry]) -> [String] {
        entries.flatMap { entry in
            let full = names(of: entry).filter {
                $0.nameClass == .named && !$0.isLoose && !$0.traits.contains(.shortStem)
            }.map { $0.stem + String(decoding: $0.form.units, as: UTF16.self) }
            guard !entry.aliases.isEmpty else { return full }
            return full
                + entry.aliases.filter { $0.kind != .short || $0.text.scalarCount > 2 }.map(\.text).filter {
                    $0.scalarCount > 1 && !OrdinaryWords.contains($0) && !full.contains($0)
                }
        }
    }

    /// The name of a place.
    func name(of place: Int) -> String {
        let start = Int(places[place].nameStart)
        return String(decoding: nameBytes[start..<start + Int(places[place].nameLength)], as: UTF8.self)
    }

    /// Whether there is a place under a code, also one that has a successor.
    public func contains(code: String) -> Bool { place(of: code) != nil }

    /// The name of what stands under a code today, and whether it is a village.
    public func today(of code: String) -> (code: String, name: String, level: GazetteerEntry.Level)? {
        guard let place = place(of: code) else { return nil }
        let now = Int(places[place].today)
        return (codes[now], name(of: now), places[now].level)
    }

    /// The codes of the lowest unit that holds all of these, as they are today; nil when there is none.
    public func commonUnit(ofCodes codes: [String]) -> String? {
        let set = Set(codes.compactMap { place(of: $0) }.map { Int(places[$0].today) })
        guard !set.isEmpty else { return nil }
        return commonUnit(set).map { self.codes[$0] }
    }

    /// The place under a code on a day, the latest where the day doesn't decide.
    func place(of code: String, on day: Int32 = Int32.max) -> Int? {
        var low = 0
        var high = byCode.count
        while low < high {
            let middle = (low + high) / 2
            if codes[Int(byCode[middle])] < code { low = middle + 1 } else { high = middle }
        }
        var found: Int?
        while low < byCode.count, codes[Int(byCode[low])] == code {
            let place = Int(byCode[low])
            if places[place].from <= day || found == nil { found = place }
            low += 1
        }
        return found
    }

    /// What stood on a day for a place that was abolished before: its successors at that time.
    ///
    /// A place that came later stands for itself.
    func then(_ place: Int, on day: Int32) -> [Int] {
        guard hasHistory, places[place].to < day, places[place].successorCount > 0 else { return [place] }
        var open = [place]
        var result: [Int] = []
        var steps = 0
        while let next = open.popLast() {
            steps += 1
            let known = places[next]
            if known.to >= day || known.successorCount == 0 || steps > 64 {
                if !result.contains(next) { result.append(next) }
                continue
            }
            for index in 0..<Int(known.successorCount) {
                open.append(Int(successors[Int(known.firstSuccessor) + index]))
            }
        }
        return result.sorted()
    }

    /// The unit of a level above a place, or the place itself when it has that level.
    func unit(_ level: GazetteerEntry.Level, of place: Int) -> Int? {
        var current = Int32(place)
        var steps = 0
        while current >= 0, steps < 8 {
            if places[Int(current)].level == level { return Int(current) }
            current = places[Int(current)].parent
            steps += 1
        }
        return nil
    }

    /// Whether two places lie in one township.
    func shareTownship(_ left: Int, _ right: Int) -> Bool {
        guard let town = unit(.township, of: left) else { return left == right }
        return town == unit(.township, of: right)
    }

    /// Whether two places lie in one county; by the first six digits where no list names the county.
    func shareCounty(_ left: Int, _ right: Int) -> Bool {
        if let county = unit(.county, of: left), let other = unit(.county, of: right) { return county == other }
        return codes[left].utf8.prefix(6).elementsEqual(codes[right].utf8.prefix(6))
    }

    /// The lowest unit that holds all of these; nil when there is none.
    func commonUnit(_ set: Set<Int>) -> Int? {
        guard var current = set.min() else { return nil }
        for _ in 0..<8 {
            if set.allSatisfy({ isWithin($0, current) }) { return places[current].isUnnamed ? nil : current }
            guard places[current].parent >= 0 else { return nil }
            current = Int(places[current].parent)
        }
        return nil
    }

    /// Whether a place is a unit or lies below it.
    func isWithin(_ place: Int, _ unit: Int) -> Bool {
        var current = Int32(place)
        var steps = 0
        while current >= 0, steps < 8 {
            if Int(current) == unit { return true }
            current = places[Int(current)].parent
            steps += 1
        }
        return false
    }

    /// The meanings of a formed name.
    func meanings(of name: Int) -> ArraySlice<Meaning> {
        let first = Int(formed[name].firstMeaning)
        return meanings[first..<first + Int(formed[name].meaningCount)]
    }

    /// The names that stand in a text, in the order of their first unit, shorter before longer ones.
    func names(in text: UnsafePointer<UInt16>, _ count: Int, hits: inout [TermHit], into found: inout [NameHit]) {
        hits.removeAll(keepingCapacity: true)
        scanner.scan(text, count, into: &hits)
        for hit in hits {
            let end = Int(hit.end)
            let next = end < count ? text[end] : 0
            for index in Int(firstForm[Int(hit.term)])..<Int(firstForm[Int(hit.term) + 1]) {
                let length = Self.length(of: formed[index].form, next, text, end, count)
                guard length >= 0 else { continue }
                found.append(NameHit(name: Int32(index), start: hit.start, end: Int32(end + length)))
            }
        }
    }

    /// How long the words of a form are if they stand at a place; -1 when they don't.
    private static func length(
        of form: Form, _ next: UInt16, _ text: UnsafePointer<UInt16>, _ end: Int, _ count: Int
    ) -> Int {
        switch form {
        case .bare: 0
        case .village: next == 0x6751 ? 1 : -1
        case .community: next == 0x793E && end + 1 < count && text[end + 1] == 0x533A ? 2 : -1
        case .committee:
            next == 0x5C45 && end + 2 < count && text[end + 1] == 0x59D4 && text[end + 2] == 0x4F1A ? 3 : -1
        case .naturalVillage:
            next == 0x81EA && end + 2 < count && text[end + 1] == 0x7136 && text[end + 2] == 0x6751 ? 3 : -1
        case .group: next == 0x7EC4 ? 1 : -1
        case .town: next == 0x9547 ? 1 : -1
        case .rural: next == 0x4E61 ? 1 : -1
        case .street: next == 0x8857 && end + 1 < count && text[end + 1] == 0x9053 ? 2 : -1
        }
    }

    /// The villages that bear a name of these units officially or by an alias; empty when none does.
    func villages(named units: [UInt16]) -> [Int] {
        var hits: [TermHit] = []
        var found: [NameHit] = []
        units.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            names(in: base, buffer.count, hits: &hits, into: &found)
        }
        return found.filter { $0.start == 0 && Int($0.end) == units.count }.flatMap { hit in
            meanings(of: Int(hit.name)).filter {
                $0.nameClass == .named && $0.scope < 0 && places[Int($0.place)].level == .village
            }.map { Int($0.place) }
        }
    }
}

/// Where a formed name stands in a text.
struct NameHit {
    let name: Int32
    let start: Int32
    let end: Int32
}
