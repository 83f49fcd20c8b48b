package import Messages

/// The signs by which the words around a village's name tell whether the matter of a text lies there.
///
/// A text becomes a row of units in which names are marks, so that no place's own name is ever learned: one mark for the village
/// that is asked about, one for all others, one for home, for townships, for counties. Marks of punctuation are one comma, digits
/// one digit. The signs are runs of one and two units, what stands right before and behind the name, what stands in its clause,
/// the clauses beside it and farther away, and which of the resolver's word lists have a word there.
///
/// - Cost: O(units) for each village asked about.
package struct PlaceSigns {
    /// What a name in the text stands for.
    package enum Kind: Equatable {
        /// A village other than home, by a number that all its names in the text share.
        case village(Int)
        case home
        case township
        case region
    }

    /// A name in the text.
    package struct Name {
        package var span: Range<Int>
        package var kind: Kind

        package init(span: Range<Int>, kind: Kind) {
            self.span = span
            self.kind = kind
        }
    }

    /// The weights have so many places, a power of two: signs share them by hash.
    package static let capacity = 1 << 17

    /// Marks, in the private use area of Unicode.
    private enum Mark {
        static let target: UInt16 = 0xE000
        static let other: UInt16 = 0xE001
        static let home: UInt16 = 0xE002
        static let township: UInt16 = 0xE003
        static let region: UInt16 = 0xE004
        static let edge: UInt16 = 0xE005
        /// The first of the villages' own numbers.
        static let village: UInt16 = 0xE100
    }

    private static let comma: UInt16 = 0x2C

    /// The text with marks, an edge at either end.
    private let marked: NormalizedText
    private let hasHome: Bool

    /// Reads a text; `names` are in text order and do not overlap.
    package init(text: NormalizedText, names: [Name], hasHome: Bool) {
        var units: [UInt16] = [Mark.edge]
        units.reserveCapacity(text.count + 2)
        var place = 0
        var next = 0
        while place < text.count {
            if next < names.count, names[next].span.lowerBound == place, !names[next].span.isEmpty {
                units.append(Self.mark(names[next].kind))
                place = names[next].span.upperBound
                next += 1
                continue
            }
            while next < names.count, names[next].span.lowerBound <= place { next += 1 }
            let unit = Self.folded(text.units[place])
            if text.gaps[place].contains(.space), units.last != Self.comma { units.append(Self.comma) }
            if unit != units.last || unit != Self.comma && unit != 0x30 { units.append(unit) }
            place += 1
        }
        units.append(Mark.edge)
        var marked = NormalizedText()
        marked.units = units
        marked.count = units.count
        self.marked = marked
        self.hasHome = hasHome
    }

    private static func mark(_ kind: Kind) -> UInt16 {
        switch kind {
        case .village(let number): Mark.village + UInt16(clamping: min(number, 255))
        case .home: Mark.home
        case .township: Mark.township
        case .region: Mark.region
        }
    }

    /// Letters and Han characters as they are, digits as one, all else as a comma.
    private static func folded(_ unit: UInt16) -> UInt16 {
        if unit &- 0x30 < 10 { return 0x30 }
        return unit &- 0x61 < 26 || unit >= 0x3400 && unit < 0xE000 || unit >= 0xF900 && unit < 0xFB00 ? unit : comma
    }

    /// A name with what says what kind of place it is: 村 or 社区 behind a village's, 镇, 乡 or 县 behind a unit's; not the 委会 of its
    /// committee.
    package static func whole(_ span: Range<Int>, _ kind: Kind, in text: NormalizedText) -> Range<Int> {
        let words =
            switch kind {
            case .village, .home: villageEnds
            case .township: townshipEnds
            case .region: regionEnds
            }
        var end = span.upperBound
        if case .village = kind, span.count > 3, committee.ends(at: end, in: text) > 0 {
            end -= committee.ends(at: end, in: text)
        }
        guard words.ends(at: end, in: text, from: span.lowerBound) == 0 else { return span.lowerBound..<end }
        return span.lowerBound..<end + words.begins(at: end, in: text)
    }

    private static let villageEnds = WordSet("村 社区")
    private static let townshipEnds = WordSet("镇 乡 街道")
    private static let regionEnds = WordSet("县 市 区")
    private static let committee = WordSet("居委会 委会")

    /// The places of a village's signs in the weights, each as often as the text shows it.
    package func signs(of village: Int) -> [UInt32] {
        var text = marked
        let own = Self.mark(.village(village))
        var targets: [Int] = []
        for place in 0..<text.count where text.units[place] >= Mark.village && text.units[place] < 0xF000 {
            if text.units[place] == own { targets.append(place) }
            text.units[place] = text.units[place] == own ? Mark.target : Mark.other
        }
        guard !targets.isEmpty else { return [] }
        var found: [UInt32] = []
        found.reserveCapacity(text.count * 12)
        func add(_ family: UInt64, _ units: ArraySlice<UInt16>) {
            var hash = family &* 0x9E37_79B9_7F4A_7C15
            for unit in units { hash = (hash ^ UInt64(unit)) &* 0x0000_0100_0000_01B3 }
            found.append(Self.place(hash))
        }
        func addRuns(_ family: UInt64, _ range: Range<Int>) {
            for place in range {
                add(family, text.units[place...place])
                if place + 1 < range.upperBound { add(family, text.units[place...place + 1]) }
            }
        }
        addRuns(0, 0..<text.count)
        if !hasHome { add(1, []) }
        for target in targets.prefix(Self.mostTargets) {
            for length in 1...4 {
                if target >= length { add(2, text.units[target - length..<target]) }
                if target + length < text.count { add(3, text.units[target + 1...target + length]) }
            }
            let around = Surroundings(text.units[..<text.count], target)
            addRuns(4, around.clause.lowerBound..<target)
            addRuns(5, target + 1..<around.clause.upperBound)
            addRuns(6, 0..<around.clause.lowerBound)
            addRuns(7, around.clause.upperBound..<text.count)
            addRuns(8, around.before)
            addRuns(9, around.after)
        }
        let clauses = targets.prefix(Self.mostTargets).map { Surroundings(text.units[..<text.count], $0).clause }
        for (number, words) in Self.cues.enumerated() {
            var kinds: UInt64 = 0
            for place in 1..<text.count {
                let length = words.begins(at: place, in: text)
                guard length > 0 else { continue }
                if place + length == text.count - 1 { kinds |= 1 }
                for (target, clause) in zip(targets, clauses) {
                    if place + length == target { kinds |= 2 }
                    if place == target + 1 { kinds |= 4 }
                    if place < clause.lowerBound {
                        kinds |= 8
                    } else if place < target {
                        kinds |= 16
                    } else if place < clause.upperBound {
                        kinds |= 32
                    } else {
                        kinds |= 64
                    }
                }
            }
            for kind in 0..<UInt64(7) where kinds >> kind & 1 != 0 { add(16 + UInt64(number) * 8 + kind, []) }
        }
        return found
    }

    /// So many of a village's names are looked at.
    private static let mostTargets = 4

    private static func place(_ key: UInt64) -> UInt32 {
        // The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
        var mixed = key &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: (mixed ^ mixed >> 31) & UInt64(capacity - 1))
    }

    /// The clause of a name and those beside it.
    private struct Surroundings {
        let clause: Range<Int>
        let before: Range<Int>
        let after: Range<Int>

        init(_ units: ArraySlice<UInt16>, _ place: Int) {
            func start(_ end: Int) -> Int {
                (units[..<end].lastIndex(of: PlaceSigns.comma) ?? -1) + 1
            }
            func end(_ start: Int) -> Int {
                start < units.endIndex
                    ? units[start...].firstIndex(of: PlaceSigns.comma) ?? units.endIndex : units.endIndex
            }
            clause = start(place)..<end(place)
            before = clause.lowerBound > 0 ? start(clause.lowerBound - 1)..<clause.lowerBound - 1 : 0..<0
            let next = clause.upperBound + 1
            after = next < units.endIndex ? next..<end(next) : 0..<0
        }
    }

    /// The resolver's word lists that say most, by their weight in a first model.
    private static let cues: [WordSet] = [
        PlaceCues.we, PlaceCues.ours, PlaceCues.ourVillage, PlaceCues.oursAlone, PlaceCues.ownBefore, PlaceCues.matter,
        PlaceCues.talk, PlaceCues.takenBy, PlaceCues.troubledThere, PlaceCues.locative, PlaceCues.evenAfter,
        PlaceCues.persons, PlaceCues.fetching, PlaceCues.theirs, PlaceCues.accused, PlaceCues.dealing, PlaceCues.ontoUs,
        PlaceCues.likeBefore, PlaceCues.sideWords, PlaceCues.besideHomesName, PlaceCues.foul, PlaceCues.pairBefore,
        PlaceCues.already, PlaceCues.goingBefore, PlaceCues.peopleThere, PlaceCues.traders, PlaceCues.fineAfter,
        PlaceCues.hasNone, PlaceCues.trouble, PlaceCues.acquaintances, PlaceCues.stayingThere, PlaceCues.thereAgain,
        PlaceCues.invitations, PlaceCues.kin, PlaceCues.kinElsewhere,
    ]
}
