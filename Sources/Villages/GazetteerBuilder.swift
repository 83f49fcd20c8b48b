internal import ChineseText
public import Messages

/// Compiles a gazetteer place by place, so that a nation's list never lies in memory as objects.
public struct GazetteerBuilder: Sendable {
    private var made = Gazetteer()
    /// For each place the code of the unit above; empty where there is none.
    private var parentCodes: [String] = []
    /// (place, code of the successor).
    private var links: [(place: Int32, to: String)] = []
    /// The normal forms of all stems, one after the other.
    private var pool: [UInt16] = []
    private var records: [Record] = []

    /// A name of a place, its stem in `pool`.
    private struct Record {
        var start: UInt32
        var length: UInt16
        var form: Gazetteer.Form
        var traits: Gazetteer.NameTraits
        var meaning: Gazetteer.Meaning
    }

    /// Makes an empty builder.
    public init() {}

    /// Adds a place.
    public mutating func add(_ entry: GazetteerEntry) {
        let place = made.places.count
        var known = Gazetteer.Place(level: entry.level)
        known.from = Self.day(entry.validFrom) ?? 0
        known.to = Self.day(entry.validTo) ?? Int32.max
        if known.from > 0 || known.to < Int32.max { made.hasHistory = true }
        append(known, code: entry.code, name: entry.name, parent: entry.parent ?? "")
        if let successor = entry.successor { links.append((Int32(place), successor)) }
        for name in Gazetteer.names(of: entry) {
            note(
                name,
                Gazetteer.Meaning(
                    place: Int32(place), nameClass: name.nameClass, isLoose: name.isLoose, scope: -1))
        }
        if entry.level == .village { noteSound(of: entry.name, Int32(place)) }
        if entry.level == .city || entry.level == .province {
            made.regions.insert(TextNormalizer.shared.units(entry.name))
        }
    }

    private mutating func append(_ place: Gazetteer.Place, code: String, name: String, parent: String) {
        var known = place
        known.nameStart = UInt32(made.nameBytes.count)
        made.nameBytes += Array(name.utf8)
        known.nameLength = UInt16(min(Int(UInt16.max), name.utf8.count))
        made.places.append(known)
        made.codes.append(code)
        parentCodes.append(parent)
    }

    private mutating func note(_ name: Gazetteer.Name, _ meaning: Gazetteer.Meaning) {
        for units in Self.spellings(name.stem) where units.count > 1 {
            records.append(
                Record(
                    start: UInt32(pool.count), length: UInt16(min(units.count, 200)), form: name.form,
                    traits: name.traits, meaning: meaning))
            pool += units.prefix(200)
        }
    }

    private mutating func noteSound(of name: String, _ place: Int32) {
        let stem = VillageName(name).stem
        guard stem.scalarCount > 1 else { return }
        let units = TextNormalizer.shared.units(stem)
        guard let sound = PinyinTable.shared.sound(of: units[...]) else { return }
        made.sounds[sound, default: []].append(place)
    }

    /// Characters that are two in the normal form, but one in villages' names.
    ///
    /// 畲 畬, 升 昇, 栗 慄, 咀 嘴, 柿 杮, 湾 塆.
    private static let variants: [(UInt16, UInt16)] = [
        (0x7572, 0x756C), (0x5347, 0x6607), (0x6817, 0x6144), (0x5480, 0x5634), (0x67FF, 0x676E), (0x6E7E, 0x5846),
    ]

    /// The normal form of a name, and the one with variant characters (畲, 畬) exchanged.
    private static func spellings(_ name: String) -> [[UInt16]] {
        let units = TextNormalizer.shared.units(name)
        var all = [units]
        for (left, right) in variants where units.contains(left) || units.contains(right) {
            all.append(units.map { $0 == left ? right : $0 == right ? left : $0 })
        }
        return all
    }

    /// The digits of YYYY-MM-DD as one number.
    static func day(_ text: String?) -> Int32? {
        guard let text, text.utf8.count == 10 else { return nil }
        return Int32(text.utf8.filter { $0 != 0x2D }.reduce(0) { $0 * 10 + Int($1) - 0x30 })
    }

    /// The compiled gazetteer.
    public func gazetteer(successions: [Succession] = [], taught: [TaughtAlias] = []) -> Gazetteer {
        var copy = self
        copy.addMissingUnits()
        copy.sortCodes()
        copy.link(successions)
        copy.climb()
        copy.teach(taught)
        copy.compile()
        return copy.made
    }

    /// Makes units that no list has of the digits of what lies below, so that every village has a township and a county.
    private mutating func addMissingUnits() {
        var known = Set(made.codes)
        for (digits, level) in [(9, GazetteerEntry.Level.township), (6, .county)] {
            for place in made.places.indices {
                let isBelow =
                    digits == 9 ? made.places[place].level == .village : made.places[place].level == .township
                guard isBelow else { continue }
                var parent = parentCodes[place]
                if parent.isEmpty, made.codes[place].utf8.count == 12 {
                    parent = made.codes[place].prefix(digits) + String(repeating: "0", count: 12 - digits)
                    parentCodes[place] = parent
                }
                guard parent.utf8.count == 12, known.insert(parent).inserted else { continue }
                var unit = Gazetteer.Place(level: level)
                unit.isUnnamed = true
                append(unit, code: parent, name: "", parent: "")
            }
        }
    }

    private mutating func sortCodes() {
        let (codes, places) = (made.codes, made.places)
        made.byCode = codes.indices.map { Int32($0) }.sorted { left, right in
            let (one, other) = (codes[Int(left)], codes[Int(right)])
            return one == other ? places[Int(left)].from < places[Int(right)].from : one < other
        }
    }

    /// Who took over from whom.
    private mutating func link(_ successions: [Succession]) {
        var all = links.compactMap { link in made.place(of: link.to).map { (link.place, Int32($0)) } }
        for succession in successions {
            guard let from = made.place(of: succession.from, on: 0), let to = made.place(of: succession.to) else {
                continue
            }
            all.append((Int32(from), Int32(to)))
        }
        all.sort { $0 < $1 }
        var last: (Int32, Int32) = (-1, -1)
        for (place, next) in all
        where place != next && (place, next) != last && made.places[Int(place)].successorCount < 255 {
            last = (place, next)
            if made.places[Int(place)].successorCount == 0 {
                made.places[Int(place)].firstSuccessor = Int32(made.successors.count)
            }
            made.places[Int(place)].successorCount += 1
            made.successors.append(next)
        }
        // A place that has a successor has ended, whether or not the list says when.
        if !made.successors.isEmpty { made.hasHistory = true }
        for place in made.places.indices {
            let known = made.places[place]
            if known.successorCount > 0, known.to == Int32.max {
                let next =
                    (0..<Int(known.successorCount)).map {
                        made.places[Int(made.successors[Int(known.firstSuccessor) + $0])].from
                    }.min() ?? 0
                made.places[place].to = next > 0 ? next - 1 : 0
            }
            made.places[place].isGone = known.successorCount == 0 && known.to < Int32.max
        }
    }

    /// Parents as they are today, and what stands for each place today.
    private mutating func climb() {
        for place in made.places.indices {
            let then = made.then(place, on: Int32.max)
            // A loop of successors stands for itself.
            made.places[place].today = then.count == 1 ? Int32(then[0]) : -1
            if then.count == 1, then[0] != place, made.places[then[0]].successorCount > 0 {
                made.places[place].today = Int32(place)
            }
        }
        for place in made.places.indices where !parentCodes[place].isEmpty {
            guard let parent = made.place(of: parentCodes[place]) else { continue }
            let today = made.places[parent].today < 0 ? parent : Int(made.places[parent].today)
            // A register with a loop in it must not hang the import.
            if today != place, !leads(from: today, to: place) { made.places[place].parent = Int32(today) }
        }
        for place in made.places.indices where made.places[place].today < 0 {
            let parts = Set(made.then(place, on: Int32.max))
            made.places[place].today = Int32(made.commonUnit(parts) ?? place)
        }
        made.countyCount = made.places.count { $0.level == .county }
    }

    private func leads(from start: Int, to goal: Int) -> Bool {
        var current = Int32(start)
        var steps = 0
        while current >= 0, steps < 16 {
            if Int(current) == goal { return true }
            current = made.places[Int(current)].parent
            steps += 1
        }
        return steps >= 16
    }

    private mutating func teach(_ taught: [TaughtAlias]) {
        for alias in taught.prefix(Int(Int16.max)) {
            guard let place = made.place(of: alias.village) else { continue }
            var scope = (group: String?.none, unit: Int32(-1))
            switch alias.scope {
            case .group(let id): scope.group = id
            case .township(let code): scope.unit = made.place(of: code).map { made.places[$0].today } ?? -2
            }
            made.scopes.append(
                Gazetteer.Scope(
                    group: scope.group, unit: scope.unit, from: Self.day(alias.validFrom) ?? 0,
                    to: Self.day(alias.validTo) ?? Int32.max))
            let position = Int16(made.scopes.count - 1)
            for name in Gazetteer.names(of: GazetteerEntry.Alias(text: alias.text, kind: .taught)) {
                var name = name
                name.traits.formUnion(.unofficial)
                note(
                    name,
                    Gazetteer.Meaning(
                        place: Int32(place), nameClass: name.nameClass, isLoose: name.isLoose, scope: position))
            }
        }
    }

    /// Puts equal stems together and builds the scanner.
    private mutating func compile() {
        let pool = pool
        var records = records
        self.records = []
        pool.withUnsafeBufferPointer { units in
            func order(_ left: Record, _ right: Record) -> Int {
                let shared = Int(min(left.length, right.length))
                for index in 0..<shared {
                    let (one, other) = (units[Int(left.start) + index], units[Int(right.start) + index])
                    if one != other { return one < other ? -1 : 1 }
                }
                return Int(left.length) - Int(right.length)
            }
            records.sort { left, right in
                let way = order(left, right)
                if way != 0 { return way < 0 }
                if left.form != right.form { return left.form.rawValue < right.form.rawValue }
                return left.meaning.place < right.meaning.place
            }
            var terms: [[UInt16]] = []
            made.firstForm = []
            made.meanings.reserveCapacity(records.count)
            var index = 0
            while index < records.count {
                let stem = records[index]
                terms.append(Array(units[Int(stem.start)..<Int(stem.start) + Int(stem.length)]))
                made.firstForm.append(Int32(made.formed.count))
                while index < records.count, order(stem, records[index]) == 0 {
                    let form = records[index].form
                    let first = made.meanings.count
                    var traits: Gazetteer.NameTraits = []
                    while index < records.count, records[index].form == form, order(stem, records[index]) == 0 {
                        traits.formUnion(records[index].traits)
                        if !made.meanings[first...].contains(records[index].meaning) {
                            made.meanings.append(records[index].meaning)
                        }
                        index += 1
                    }
                    made.formed.append(
                        Gazetteer.FormedName(
                            form: form, traits: traits,
                            isNamed: made.meanings[first...].contains { $0.nameClass == .named },
                            firstMeaning: Int32(first),
                            meaningCount: Int32(made.meanings.count - first)))
                }
            }
            made.firstForm.append(Int32(made.formed.count))
            made.scanner = TermScanner(terms)
        }
    }
}
