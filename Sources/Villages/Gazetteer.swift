internal import ChineseText
public import Messages

/// The places that texts are resolved to, with all names that people use for them, compiled for one scan.
public struct Gazetteer: Sendable {
    /// A place that a name stands for.
    struct Meaning: Sendable, Equatable {
        let place: Int
        let nameClass: NameClass
        /// True when another place that bears the name officially has the better claim.
        let isLoose: Bool
    }

    /// One place as it is reported today.
    struct Place: Sendable {
        let code: String
        let name: String
        let level: GazetteerEntry.Level
        /// The unit above, if it is known.
        var parent: Int?
        /// The code of the unit above, which may be in no list.
        let parentCode: String?
        /// True when it was abolished and nobody wrote down what took over.
        let isGone: Bool
    }

    let places: [Place]
    let scanner: TermScanner
    /// For each term of the scanner what it may mean.
    let meanings: [[Meaning]]
    /// For each term what must be looked at before it is believed.
    let traits: [NameTraits]
    private let index: [String: Int]

    /// Compiles entries.
    ///
    /// Takes some 0.4 s for 20,000 villages. Entries that have a successor stand for it: what is said of a village that was merged away is reported under the
    /// village that it is part of now.
    public init(_ entries: [GazetteerEntry]) {
        let byCode = Dictionary(entries.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var places: [Place] = []
        var index: [String: Int] = [:]
        let current = entries.filter { Self.today($0, byCode).code == $0.code }
        for entry in current where index[entry.code] == nil {
            index[entry.code] = places.count
            places.append(
                Place(
                    code: entry.code, name: entry.name, level: entry.level, parentCode: entry.parent,
                    isGone: entry.validTo != nil))
        }
        for entry in entries where index[entry.code] == nil {
            index[entry.code] = index[Self.today(entry, byCode).code]
        }
        for entry in current {
            guard let place = index[entry.code], let parent = entry.parent.flatMap({ index[$0] }), parent != place
            else {
                continue
            }
            // A register with a loop in it must not hang the import.
            if !Self.leads(from: parent, to: place, places) { places[place].parent = parent }
        }
        var terms: [[UInt16]] = []
        var meanings: [[Meaning]] = []
        var traits: [NameTraits] = []
        var positions: [[UInt16]: Int] = [:]
        for entry in entries {
            guard let place = index[entry.code] else { continue }
            for name in Self.names(of: entry) {
                let meaning = Meaning(place: place, nameClass: name.nameClass, isLoose: name.isLoose)
                for units in Self.spellings(name.text) where units.count > 1 {
                    if let position = positions[units] {
                        traits[position].formUnion(name.traits)
                        if !meanings[position].contains(meaning) { meanings[position].append(meaning) }
                    } else {
                        positions[units] = terms.count
                        terms.append(units)
                        meanings.append([meaning])
                        traits.append(name.traits)
                    }
                }
            }
        }
        self.places = places
        self.index = index
        self.meanings = meanings
        self.traits = traits
        scanner = TermScanner(terms)
    }

    /// Characters that are two in the normal form, but one in villages' names.
    private static let variants: [(UInt16, UInt16)] = [(0x7572, 0x756C), (0x5347, 0x6607), (0x6817, 0x6144)]

    /// The normal form of a name, and the one with variant characters (畲, 畬) exchanged.
    private static func spellings(_ name: String) -> [[UInt16]] {
        let units = TextNormalizer.shared.units(name)
        var all = [units]
        for (left, right) in variants where units.contains(left) || units.contains(right) {
            all.append(units.map { $0 == left ? right : $0 == right ? left : $0 })
        }
        return all
    }

    /// The names that a segmenter should keep whole.
    ///
    /// Without those of one character and 村: 下村走访 has no village in it.
    public static func words(_ entries: [GazetteerEntry]) -> [String] {
        entries.flatMap { entry in
            names(of: entry).filter { $0.nameClass == .named && !$0.traits.contains(.shortStem) }.map(\.text)
        }
    }

    /// The position of a code, also of one that has a successor.
    func place(of code: String) -> Int? { index[code] }

    /// The unit of a level above a place, or the place itself when it has that level.
    func unit(_ level: GazetteerEntry.Level, of place: Int) -> Int? {
        var current: Int? = place
        while let here = current {
            if places[here].level == level { return here }
            current = places[here].parent
        }
        return nil
    }

    /// Whether two places lie in one township; by the parents' codes where no list names the township.
    func shareTownship(_ left: Int, _ right: Int) -> Bool {
        if let town = unit(.township, of: left) { return town == unit(.township, of: right) }
        guard let code = places[left].parentCode else { return left == right }
        return code == places[right].parentCode || code == places[right].code
    }

    /// Whether two places lie in one county; by the first six digits where no list names the county.
    func shareCounty(_ left: Int, _ right: Int) -> Bool {
        if let county = unit(.county, of: left), let other = unit(.county, of: right) { return county == other }
        return places[left].code.prefix(6) == places[right].code.prefix(6)
    }

    /// The lowest unit that holds all of these; nil when there is none.
    func commonUnit(_ set: Set<Int>) -> Int? {
        var current = set.first
        while let here = current {
            if set.allSatisfy({ isWithin($0, here) }) { return here }
            current = places[here].parent
        }
        return nil
    }

    /// Whether a place is a unit or lies below it.
    func isWithin(_ place: Int, _ unit: Int) -> Bool {
        var current: Int? = place
        while let here = current {
            if here == unit { return true }
            current = places[here].parent
        }
        return false
    }

    /// The villages that bear a name of these units officially or by an alias; empty when none does.
    func villages(named units: [UInt16]) -> [Int] {
        var hits: [TermHit] = []
        units.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            scanner.scan(base, buffer.count, into: &hits)
        }
        return hits.filter { $0.start == 0 && Int($0.end) == units.count }.flatMap { hit in
            meanings[Int(hit.term)].filter { $0.nameClass == .named && places[$0.place].level == .village }.map(\.place)
        }
    }

    /// The entry that stands for a place today: the end of the chain of successors.
    private static func today(_ entry: GazetteerEntry, _ byCode: [String: GazetteerEntry]) -> GazetteerEntry {
        var current = entry
        var steps = 0
        while let next = current.successor.flatMap({ byCode[$0] }), next.code != current.code {
            current = next
            steps += 1
            // A loop of successors stands for itself.
            if steps > 32 { return entry }
        }
        return current
    }

    private static func leads(from start: Int, to goal: Int, _ places: [Place]) -> Bool {
        var current: Int? = start
        while let here = current {
            if here == goal { return true }
            current = places[here].parent
        }
        return false
    }
}
