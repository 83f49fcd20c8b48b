internal import ChineseText
public import Messages

/// The places that texts are resolved to, with all names that people use for them, compiled for one scan.
public struct Gazetteer: Sendable {
    /// How sure a name is by itself.
    enum NameClass: Int, Comparable, Sendable {
        /// A stem alone (溪瑶): counts only with a cue, near the group's home.
        case stem
        /// A name that says what it is: 溪瑶村, 溪湖镇, an alias of three characters or more.
        case named

        static func < (left: NameClass, right: NameClass) -> Bool { left.rawValue < right.rawValue }
    }

    /// A place that a name stands for.
    struct Meaning: Sendable {
        let place: Int
        let nameClass: NameClass
    }

    /// One place as it is reported today.
    struct Place: Sendable {
        let code: String
        let name: String
        let level: GazetteerEntry.Level
        /// The unit above, if it is known.
        var parent: Int?
    }

    let places: [Place]
    let scanner: TermScanner
    /// For each term of the scanner what it may mean.
    let meanings: [[Meaning]]
    /// For each term whether its stem has one character (新村, 下村), so that it needs a boundary before it.
    let hasShortStem: [Bool]
    private let index: [String: Int]

    /// Compiles entries.
    ///
    /// Entries that are no longer valid and have a successor stand for it: what is said of 张庄村 after a merger is reported
    /// under the village that it is part of now.
    public init(_ entries: [GazetteerEntry]) {
        let byCode = Dictionary(entries.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var places: [Place] = []
        var index: [String: Int] = [:]
        let current = entries.filter { Self.today($0, byCode).code == $0.code }
        for entry in current where index[entry.code] == nil {
            index[entry.code] = places.count
            places.append(Place(code: entry.code, name: entry.name, level: entry.level))
        }
        for entry in entries where index[entry.code] == nil {
            index[entry.code] = index[Self.today(entry, byCode).code]
        }
        for entry in current {
            guard let place = index[entry.code], let parent = entry.parent.flatMap({ index[$0] }), parent != place else {
                continue
            }
            places[place].parent = parent
        }
        var names: [[UInt16]: [Meaning]] = [:]
        var short: Set<[UInt16]> = []
        for entry in entries {
            guard let place = index[entry.code] else { continue }
            for (text, nameClass, isShort) in Self.names(of: entry) {
                let units = TextNormalizer.shared.units(text)
                guard units.count > 1 else { continue }
                if isShort { short.insert(units) }
                if !(names[units, default: []].contains { $0.place == place && $0.nameClass >= nameClass }) {
                    names[units, default: []].append(Meaning(place: place, nameClass: nameClass))
                }
            }
        }
        let terms = names.keys.sorted { $0.lexicographicallyPrecedes($1) }
        self.places = places
        self.index = index
        scanner = TermScanner(terms)
        meanings = terms.map { names[$0] ?? [] }
        hasShortStem = terms.map { short.contains($0) }
    }

    /// The names that a segmenter should keep whole.
    public static func words(_ entries: [GazetteerEntry]) -> [String] {
        entries.flatMap { entry in names(of: entry).filter { $0.nameClass == .named }.map(\.text) }
    }

    /// The position of a code, also of one that has a successor.
    func place(of code: String) -> Int? { index[code] }

    /// The township above a place, or the place itself when it is one.
    func township(of place: Int) -> Int? {
        var current: Int? = place
        while let here = current {
            if places[here].level == .township { return here }
            current = places[here].parent
        }
        return nil
    }

    /// The lowest unit that holds all of these; nil when there is none.
    func commonUnit(_ set: Set<Int>) -> Int? {
        guard let first = set.first else { return nil }
        var current: Int? = first
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

    /// The entry that stands for a place today: the end of the chain of successors.
    private static func today(_ entry: GazetteerEntry, _ byCode: [String: GazetteerEntry]) -> GazetteerEntry {
        var current = entry
        // A register with a loop in it must not hang the import.
        for _ in 0..<32 {
            guard let next = current.successor.flatMap({ byCode[$0] }), next.code != current.code else { break }
            current = next
        }
        return current
    }

    private static func names(
        of entry: GazetteerEntry
    ) -> [(text: String, nameClass: NameClass, hasShortStem: Bool)] {
        var names: [(text: String, nameClass: NameClass, hasShortStem: Bool)] = []
        func add(_ name: String, isAlias: Bool) {
            let parts = VillageName(name)
            for spoken in parts.spoken {
                let isPlain = parts.kind == .bare && spoken.count < 3
                names.append((spoken, isPlain ? .stem : .named, parts.kind != .bare && parts.stem.count == 1))
            }
            if parts.kind != .bare, parts.stem.count > 1 { names.append((parts.stem, .stem, false)) }
        }
        switch entry.level {
        case .village:
            add(entry.name, isAlias: false)
            for alias in entry.aliases { add(alias.text, isAlias: true) }
        case .township, .county, .city, .province:
            if entry.name.count > 1 { names.append((entry.name, .named, false)) }
            for alias in entry.aliases where alias.text.count > 2 { names.append((alias.text, .named, false)) }
        }
        return names
    }
}
