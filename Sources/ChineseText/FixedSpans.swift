/// Stretches that are one word whatever the dictionary says: links, mentions, bracket codes, numbers, dates.
enum FixedSpans {
    /// The spans in a text, in order, not overlapping.
    static func spans(in units: [UInt16]) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var position = 0
        while position < units.count {
            if let end = end(at: position, in: units), end > position + 1 {
                spans.append(position..<end)
                position = end
            } else {
                position += 1
            }
        }
        return spans
    }

    private static func end(at start: Int, in units: [UInt16]) -> Int? {
        let unit = units[start]
        switch unit {
        case 0x40: return mention(at: start, in: units)
        case 0x5B: return bracketCode(at: start, in: units)
        case 0x30...0x39, 0xFF10...0xFF19: return number(at: start, in: units)
        case 0x2014, 0x2026: return run(of: unit, at: start, in: units)
        case 0x68, 0x77, 0x48, 0x57: return link(at: start, in: units)
        default: return isNumeral(unit) ? numeral(at: start, in: units) : nil
        }
    }

    /// `@name` up to the blank that ends it (WeChat writes U+2005), or `@所有人`.
    private static func mention(at start: Int, in units: [UInt16]) -> Int? {
        let everybody = Array("@所有人".utf16)
        if units[start...].starts(with: everybody) { return start + everybody.count }
        for index in (start + 1)..<min(units.count, start + 24) where isBlank(units[index]) {
            return index > start + 1 ? index : nil
        }
        return nil
    }

    /// `[强]`, `[呲牙]`, `[Shakehands]`: one to twelve letters in brackets.
    private static func bracketCode(at start: Int, in units: [UInt16]) -> Int? {
        var index = start + 1
        while index < units.count, index - start < 14, units[index] != 0x5D {
            guard isHan(units[index]) || isLetter(units[index]) else { return nil }
            index += 1
        }
        return index < units.count && units[index] == 0x5D && index > start + 1 ? index + 1 : nil
    }

    /// Digits with `.`, `,`, `:`, `-`, `/` between digits, and a unit of time, a per cent or ordinal sign behind them.
    private static func number(at start: Int, in units: [UInt16]) -> Int? {
        if start > 0, isLetter(units[start - 1]) { return nil }
        var index = start
        while index < units.count {
            if isDigit(units[index]) {
                index += 1
            } else if index + 1 < units.count, isDigit(units[index + 1]), isJoint(units[index]) {
                index += 2
            } else {
                break
            }
        }
        if index < units.count, isTimeUnit(units[index]) { index += 1 }
        return index
    }

    /// Chinese numerals that hold a multiplier: 三十五, 一百二, 两万.
    private static func numeral(at start: Int, in units: [UInt16]) -> Int? {
        var index = start
        var multiplied = false
        while index < units.count, isNumeral(units[index]) {
            if index > start, isMultiplier(units[index]) { multiplied = true }
            index += 1
        }
        return multiplied ? index : nil
    }

    private static func link(at start: Int, in units: [UInt16]) -> Int? {
        if start > 0, isLetter(units[start - 1]) { return nil }
        let head = String(decoding: units[start..<min(units.count, start + 8)], as: UTF16.self).lowercased()
        guard head.hasPrefix("http://") || head.hasPrefix("https://") || head.hasPrefix("www.") else { return nil }
        return units[start...].firstIndex { $0 <= 0x20 || $0 > 0x7E } ?? units.count
    }

    private static func run(of unit: UInt16, at start: Int, in units: [UInt16]) -> Int? {
        units[start...].firstIndex { $0 != unit } ?? units.count
    }

    private static let numerals = Set("零〇一二三四五六七八九十百千万亿两".utf16)
    private static let multipliers = Set("十百千万亿".utf16)
    private static let timeUnits = Set("年月日号时点分秒%％".utf16)
    private static let joints = Set(".,:-/：．".utf16)

    private static func isNumeral(_ unit: UInt16) -> Bool { numerals.contains(unit) }
    private static func isMultiplier(_ unit: UInt16) -> Bool { multipliers.contains(unit) }
    private static func isTimeUnit(_ unit: UInt16) -> Bool { timeUnits.contains(unit) }
    private static func isJoint(_ unit: UInt16) -> Bool { joints.contains(unit) }
    private static func isDigit(_ unit: UInt16) -> Bool { unit &- 0x30 < 10 || unit &- 0xFF10 < 10 }
    private static func isLetter(_ unit: UInt16) -> Bool { (unit | 0x20) &- 0x61 < 26 }
    private static func isHan(_ unit: UInt16) -> Bool { unit &- 0x4E00 < 0x5200 }
    private static func isBlank(_ unit: UInt16) -> Bool {
        unit == 0x20 || unit == 0x2005 || unit == 0x3000 || unit == 0xA0 || unit == 0x0A
    }
}
