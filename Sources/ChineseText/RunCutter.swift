/// Cuts a run of Han characters at the least cost of its words.
///
/// The words come from the table, from the rules for numerals, dates and names, and from the caller, whose words cost less.
/// Costs are -log of a frequency in 1/128; the constants were chosen by measurement (docs/reference/segmentation.md).
struct RunCutter {
    let table = WordTable.shared
    let kinds: UnsafePointer<UInt8>
    let line: LineBuffers

    /// The cost of a character that the table doesn't know: as of one seen once.
    private static let unknown = 19 * 128
    private static let numeral = 4 * 128
    private static let date = 2 * 128
    private static let ordinal = 2 * 128
    private static let name = 6 * 128
    private static let foreignName = 8 * 128
    /// A user word of two characters costs no more than this: it beats two common characters (被|套取 against 被套|取), and
    /// loses where it would leave two scraps of common words (收回|扣款, no 回扣).
    static let userPair = 12 * 128
    /// A longer one always wins; among those that overlap, the greatest sum of squared lengths.
    static let userWord = -1 << 32

    /// Marks the breaks inside a run; `words` are the caller's in it, by first unit.
    func cut(_ run: Range<Int>, words: ArraySlice<Range<Int>>) {
        var words = words
        let costs = line.costs
        costs[run.lowerBound] = 0
        (costs + run.lowerBound + 1).update(repeating: Int.max, count: run.count)
        for place in run {
            addWords(at: place, run.upperBound)
            addNumeral(at: place, run)
            addNames(at: place, run.upperBound)
            while let word = words.first, word.lowerBound == place {
                let isPair = word.count == 2
                relax(place, word.upperBound, isPair ? Self.userPair : Self.userWord * word.count * word.count)
                words = words.dropFirst()
            }
        }
        (line.isBreak + run.lowerBound).update(repeating: false, count: run.count)
        var end = run.upperBound
        while end > run.lowerBound {
            line.isBreak[end] = true
            end = Int(line.origins[end])
        }
        line.isBreak[run.lowerBound] = true
    }

    @inline(__always)
    private func relax(_ start: Int, _ end: Int, _ cost: Int) {
        let total = line.costs[start] + cost
        if total < line.costs[end] {
            line.costs[end] = total
            line.origins[end] = Int32(truncatingIfNeeded: start)
        }
    }

    @inline(__always)
    private func addWords(at place: Int, _ end: Int) {
        let simple = line.simple
        guard var slot = table.child(of: 0, table.classes[Int(simple[place])]) else {
            relax(place, place + 1, Self.unknown)
            return
        }
        let single = table.cost(at: slot)
        relax(place, place + 1, single == 0 ? Self.unknown : single)
        var next = place + 1
        while next < end, let child = table.child(of: slot, table.classes[Int(simple[next])]) {
            slot = child
            next += 1
            let cost = table.cost(at: slot)
            if cost != 0 { relax(place, next, cost) }
        }
    }

    @inline(__always)
    private func kind(_ place: Int) -> UnitKinds { UnitKinds(rawValue: kinds[Int(line.simple[place])]) }

    /// 三十五, 二〇〇三年, 十二月, 三十一日, 第三, 几百.
    private func addNumeral(at place: Int, _ run: Range<Int>) {
        let unit = line.simple[place]
        if unit == 0x7B2C || unit == 0x51E0 || unit == 0x6570 {
            let wanted: UnitKinds = unit == 0x7B2C ? .numeral : .multiplier
            let end = self.end(of: wanted, from: place + 1, run.upperBound)
            if end > place + 1 { relax(place, end, unit == 0x7B2C ? Self.ordinal : Self.numeral) }
            return
        }
        guard kind(place).contains(.numeral), place == run.lowerBound || !kind(place - 1).contains(.numeral) else {
            return
        }
        let end = self.end(of: .numeral, from: place, run.upperBound)
        if end > place + 1 { relax(place, end, Self.numeral) }
        guard end < run.upperBound else { return }
        switch line.simple[end] {
        case 0x5E74:
            let isPlain = (place..<end).allSatisfy { !kind($0).contains(.multiplier) }
            if isPlain, end > place + 1 { relax(place, end + 1, Self.date) }
        case 0x6708, 0x65E5:
            if end <= place + 3, unit != 0x4E24 { relax(place, end + 1, Self.date) }
        default: break
        }
    }

    private func end(of wanted: UnitKinds, from place: Int, _ limit: Int) -> Int {
        var end = place
        while end < limit, kind(end).contains(wanted) { end += 1 }
        return end
    }

    /// A surname with a given name of one or two characters; characters that spell foreign names.
    private func addNames(at place: Int, _ end: Int) {
        let simple = line.simple
        let classes = table.classes
        let first = classes[Int(simple[place])]
        if place + 2 <= end, let surname = table.cost(of: first, as: .surname) {
            let second = classes[Int(simple[place + 1])]
            if let given = table.cost(of: second, as: .givenAlone) {
                relax(place, place + 2, Self.name + surname + given)
            }
            if place + 3 <= end, let middle = table.cost(of: second, as: .givenFirst),
                let last = table.cost(of: classes[Int(simple[place + 2])], as: .givenSecond)
            {
                relax(place, place + 3, Self.name + surname + middle + last)
            }
        }
        guard var sum = table.cost(of: first, as: .foreign) else { return }
        var next = place + 1
        while next < min(end, place + 7), let cost = table.cost(of: classes[Int(simple[next])], as: .foreign) {
            sum += cost
            next += 1
            relax(place, next, Self.foreignName + sum)
        }
    }
}
