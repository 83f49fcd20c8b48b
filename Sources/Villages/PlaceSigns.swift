package import Messages

/// The signs by which the words around a village's name tell whether the matter of a text lies there, and those around the
/// township's name or word (镇, 乡, 街道) whether it is the township's.
///
/// A text becomes a row of units in which names are marks, so that no place's own name is ever learned: one mark for the village
/// that is asked about, one for all others, one for home, for townships, for counties. Marks of punctuation are one comma, digits
/// one digit. The signs are runs of one and two units, what stands right before and behind the name, what stands in its clause,
/// the clauses beside it and farther away, and which of the resolver's word lists have a word there.
///
/// - Cost: O(units) for each question.
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
            // 咱们监督群: the chat is nobody's village.
            let chat = Self.chat.begins(at: place, in: text)
            let isMasses = place + chat < text.count && text.units[place + chat] == 0x4F17
            if chat > 0, !isMasses, next == names.count || names[next].span.lowerBound >= place + chat {
                place += chat
                continue
            }
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

    /// Names in text order without those that begin within another.
    package static func apart(_ names: [Name]) -> [Name] {
        var apart: [Name] = []
        let inOrder = names.sorted {
            ($0.span.lowerBound, $1.span.upperBound) < ($1.span.lowerBound, $0.span.upperBound)
        }
        for name in inOrder where apart.last.map({ $0.span.upperBound <= name.span.lowerBound }) ?? true {
            apart.append(name)
        }
        return apart
    }

    /// Where a text speaks of the township without its name: the 镇 of 镇卫生院 and 全镇, 街道 of 街道办; no part of 乡亲 or 城镇.
    package static func townships(in text: NormalizedText) -> [Name] {
        var names: [Name] = []
        for place in 0..<text.count {
            let unit = text.units[place]
            // 镇 乡
            if unit == 0x9547 || unit == 0x4E61 {
                guard beginsWord(place, in: text) else { continue }
                if notTownshipAfter.begins(at: place + 1, in: text) == 0 {
                    names.append(.init(span: place..<place + 1, kind: .township))
                }
            } else if streets.begins(at: place, in: text) > 0 {
                names.append(.init(span: place..<place + 2, kind: .township))
            }
        }
        return names
    }

    /// Whether 镇 or 乡 at a place is a word of its own, and ends no name (柘塘镇) and no other word (家乡).
    private static func beginsWord(_ place: Int, in text: NormalizedText) -> Bool {
        guard place > 0, text.gaps[place].isEmpty, text.units[place - 1] &- 0x4E00 < 0x5200 else { return true }
        return wordsWithTownship.begins(at: place - 1, in: text) == 0 && beforeTownship.contains(text.units[place - 1])
    }

    private static let wordsWithTownship = WordSet("还乡")
    private static let beforeTownship = Set(
        "在去到的我们全本各咱俺是给跟让叫请找被把向由从说听问了就又也还但而往报等求托送于用要想不没有拿照按像比与及或这那该整个位天年月日午晚早次"
            .utf16)
    private static let notTownshipAfter = WordSet("亲 里乡 规 俗 下 村 邻 愁 音 土 党 间 民 医 痛 静 定 压 住 江 海")
    private static let streets = WordSet(
        """
        街道办 街道领导 街道干部 街道来 街道说 街道书记 街道主任 街道党 街道政府 街道纪 街道民政 街道社保 街道司法 街道信访 街道城管 街道综 街道服务 街道便民 街道卫生服务 街道卫生院 街道文化站 \
        街道食堂 街道敬老院 街道养老 街道的人
        """)

    private static let chat = WordSet(
        "咱们监督群 我们监督群 咱们这个群 我们这个群 咱们这个监督群 我们这个监督群 咱们群 我们群 咱群 咱这个群 俺们群 俺们这个群 俺群 本群 我们微信群 咱们微信群")
    private static let villageEnds = WordSet("村 社区")
    private static let townshipEnds = WordSet("镇 乡 街道")
    private static let regionEnds = WordSet("县 市 区")
    private static let committee = WordSet("居委会 委会")

    /// What a text is asked about: whether its matter is that of a village, or of the township as a whole.
    package enum Question {
        case village(Int)
        case township
    }

    /// The places of a question's signs in the weights, each as often as the text shows it.
    package func signs(of question: Question) -> [UInt32] {
        var found: [UInt32] = []
        forEach(of: question) { found.append($0) }
        return found
    }

    /// Calls a function with the place of each of a question's signs.
    @inline(__always)
    func forEach(of question: Question, _ body: (UInt32) -> Void) {
        var text = marked
        let count = text.count
        let (own, salt): (UInt16, UInt64) =
            switch question {
            case .village(let village): (Self.mark(.village(village)), 0)
            case .township: (Mark.township, Self.townshipSalt)
            }
        var targets: [(place: Int, clause: Range<Int>)] = []
        for place in 0..<count {
            let unit = text.units[place]
            let isOwn = unit == own
            guard isOwn || unit >= Mark.village && unit < 0xF000 else { continue }
            if isOwn, targets.count < Self.mostTargets { targets.append((place, 0..<0)) }
            text.units[place] = isOwn ? Mark.target : Mark.other
        }
        guard !targets.isEmpty else { return }
        if salt != 0 { body(Self.place(salt)) }
        if !hasHome { body(Self.place(Self.start(.noHome) ^ salt)) }
        text.units.withUnsafeBufferPointer { units in
            func addRuns(_ family: Family, _ range: Range<Int>) {
                let start = Self.start(family) ^ salt
                for place in range {
                    let one = Self.joined(start, units[place])
                    body(Self.place(one))
                    if place + 1 < range.upperBound { body(Self.place(Self.joined(one, units[place + 1]))) }
                }
            }
            addRuns(.anywhere, 0..<count)
            for index in targets.indices {
                let target = targets[index].place
                for length in 1...4 {
                    if target >= length {
                        body(
                            Self.place(
                                (target - length..<target).reduce(Self.start(.before) ^ salt) {
                                    Self.joined($0, units[$1])
                                }))
                    }
                    if target + length < count {
                        body(
                            Self.place(
                                (target + 1...target + length).reduce(Self.start(.behind) ^ salt) {
                                    Self.joined($0, units[$1])
                                }))
                    }
                }
                let around = Surroundings(units, target)
                targets[index].clause = around.clause
                addRuns(.clauseBefore, around.clause.lowerBound..<target)
                addRuns(.clauseBehind, target + 1..<around.clause.upperBound)
                addRuns(.earlier, 0..<around.clause.lowerBound)
                addRuns(.later, around.clause.upperBound..<count)
                addRuns(.clauseOver, around.before)
                addRuns(.clauseUnder, around.after)
            }
        }
        // For each word list where its words stand, as bits.
        var standing = [UInt8](repeating: 0, count: Self.cues.count)
        for place in 1..<count {
            var lists = Self.cuesByFirst.lists(text.units[place])
            while lists != 0 {
                let number = lists.trailingZeroBitCount
                lists &= lists - 1
                let length = Self.cues[number].begins(at: place, in: text)
                if length > 0 { standing[number] |= Self.standing(place..<place + length, count, targets) }
            }
        }
        for (number, bits) in standing.enumerated() where bits != 0 {
            for bit in 0..<8 where bits >> bit & 1 != 0 {
                body(Self.place((Self.firstCue + UInt64(number) * 8 + UInt64(bit)) &* Self.odd ^ salt))
            }
        }
    }

    /// Kinds of signs.
    private enum Family: UInt64 {
        case anywhere, noHome, before, behind, clauseBefore, clauseBehind, earlier, later, clauseOver, clauseUnder
    }

    /// The number of the first sign of a word list; those of the families are below.
    private static let firstCue: UInt64 = 16
    /// What sets the signs of the township apart from those of villages.
    private static let townshipSalt: UInt64 = 0x5851_F42D_4C95_7F2D
    private static let odd: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    private static func start(_ family: Family) -> UInt64 { family.rawValue &* odd }

    @inline(__always)
    private static func joined(_ hash: UInt64, _ unit: UInt16) -> UInt64 {
        (hash ^ UInt64(unit)) &* 0x0000_0100_0000_01B3
    }

    /// Where a word stands: at the end, right before or behind a name, before its clause, in it before or behind the name, after it.
    private static func standing(_ word: Range<Int>, _ count: Int, _ targets: [(place: Int, clause: Range<Int>)])
        -> UInt8
    {
        var bits: UInt8 = word.upperBound == count - 1 ? 1 : 0
        for (target, clause) in targets {
            if word.upperBound == target { bits |= 2 }
            if word.lowerBound == target + 1 { bits |= 4 }
            if word.lowerBound < clause.lowerBound {
                bits |= 8
            } else if word.lowerBound < target {
                bits |= 16
            } else if word.lowerBound < clause.upperBound {
                bits |= 32
            } else {
                bits |= 64
            }
        }
        return bits
    }

    /// So many of a village's names are looked at.
    private static let mostTargets = 4

    @inline(__always)
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

        init(_ units: UnsafeBufferPointer<UInt16>, _ place: Int) {
            func start(_ end: Int) -> Int { (units[..<end].lastIndex(of: PlaceSigns.comma) ?? -1) + 1 }
            func end(_ start: Int) -> Int { units[start...].firstIndex(of: PlaceSigns.comma) ?? units.count }
            clause = start(place)..<end(place)
            before = clause.lowerBound > 0 ? start(clause.lowerBound - 1)..<clause.lowerBound - 1 : 0..<0
            let next = clause.upperBound + 1
            after = next < units.count ? next..<end(next) : 0..<0
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

    /// Which word lists have a word that begins with a unit.
    private static let cuesByFirst = CuesByFirst(cues)

    private struct CuesByFirst {
        /// One set of bits for each Han character of the first block.
        private let han: [UInt64]

        private static let first: UInt16 = 0x4E00

        init(_ cues: [WordSet]) {
            precondition(cues.count <= 64)
            var han = [UInt64](repeating: 0, count: 0x5200)
            for (number, words) in cues.enumerated() {
                for unit in words.beginnings where unit >= Self.first && Int(unit - Self.first) < han.count {
                    han[Int(unit - Self.first)] |= 1 << UInt64(number)
                }
            }
            self.han = han
        }

        /// The lists as bits.
        func lists(_ unit: UInt16) -> UInt64 {
            let place = Int(unit &- Self.first)
            return place < han.count ? han[place] : 0
        }
    }
}
