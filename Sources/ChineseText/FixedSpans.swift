/// Stretches that are one word whatever the dictionary says: links, mentions, bracket codes, numbers, dates.
enum FixedSpans {
    /// Appends the spans in a text, in order, not overlapping.
    static func find(
        in units: UnsafeBufferPointer<UInt16>, kinds: UnsafePointer<UInt8>, into spans: inout [Range<Int>]
    ) {
        var position = 0
        while position < units.count {
            let unit = units[position]
            if kinds[Int(unit)] & UnitKinds.opener.rawValue != 0, let end = end(at: position, in: units),
                end > position + 1 || isDigit(unit)
            {
                // 第3 is one word, and so is the 第 of its piece.
                let isOrdinal = isDigit(unit) && position > 0 && units[position - 1] == 0x7B2C
                let start = isOrdinal && (spans.last?.upperBound ?? 0) < position ? position - 1 : position
                spans.append(start..<end)
                position = end
            } else {
                position += 1
            }
        }
    }

    private static func end(at start: Int, in units: UnsafeBufferPointer<UInt16>) -> Int? {
        let unit = units[start]
        switch unit {
        case 0x40: return mention(at: start, in: units)
        case 0x5B: return bracketCode(at: start, in: units)
        case 0x30...0x39, 0xFF10...0xFF19: return number(at: start, in: units)
        case 0x2014, 0x2026:
            var index = start
            while index < units.count, units[index] == unit { index += 1 }
            return index
        default: return link(at: start, in: units)
        }
    }

    /// `@name` up to the blank that ends it (WeChat writes U+2005), or `@所有人`.
    private static func mention(at start: Int, in units: UnsafeBufferPointer<UInt16>) -> Int? {
        let everybody: [UInt16] = [0x40, 0x6240, 0x6709, 0x4EBA]
        if units[start...].starts(with: everybody) { return start + everybody.count }
        for index in (start + 1)..<min(units.count, start + 24) where isBlank(units[index]) {
            return index > start + 1 ? index : nil
        }
        return nil
    }

    /// `[强]`, `[呲牙]`, `[Shakehands]`: one to twelve letters in brackets.
    private static func bracketCode(at start: Int, in units: UnsafeBufferPointer<UInt16>) -> Int? {
        var index = start + 1
        while index < units.count, index - start < 14, units[index] != 0x5D {
            guard isHan(units[index]) || isLetter(units[index]) else { return nil }
            index += 1
        }
        return index < units.count && units[index] == 0x5D && index > start + 1 ? index + 1 : nil
    }

    /// Digits with `.`, `,`, `:`, `-`, `/` between digits, and what belongs to them: 万, ％, 月, 日.
    private static func number(at start: Int, in units: UnsafeBufferPointer<UInt16>) -> Int? {
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
        // 4G, 3d: a word of letters and digits is ICU's.
        if index < units.count, isLetter(units[index]) { return nil }
        let end = index
        while index < units.count, isMultiplier(units[index]) { index += 1 }
        if index == end, index < units.count, belongs(units[index], after: start..<end, in: units) { index += 1 }
        return index
    }

    /// Whether a sign or a unit of time is part of the number before it.
    ///
    /// The published guidelines differ in 1998年: those that write it as one word print full-width digits.
    private static func belongs(
        _ unit: UInt16, after number: Range<Int>, in units: UnsafeBufferPointer<UInt16>
    ) -> Bool {
        switch unit {
        case 0x25, 0xFF05: return true
        case 0x6708, 0x65E5, 0x65F6: return number.count <= 2
        case 0x53F7: return number.count <= 2 && number.lowerBound > 0 && units[number.lowerBound - 1] == 0x6708
        case 0x5206: return number.count <= 2 && number.lowerBound > 0 && units[number.lowerBound - 1] == 0x65F6
        case 0x5E74:
            let next = number.upperBound + 1
            guard units[number.lowerBound] > 0x7F, next == units.count || units[next] != 0x4EE3 else { return false }
            return number.count == 4
                || number.count == 2 && ![0xFF11, 0xFF12, 0xFF13, 0xFF14].contains(units[number.lowerBound])
        default: return false
        }
    }

    private static func link(at start: Int, in units: UnsafeBufferPointer<UInt16>) -> Int? {
        if start > 0, isLetter(units[start - 1]) { return nil }
        let head = String(decoding: units[start..<min(units.count, start + 8)], as: UTF16.self).lowercased()
        guard head.hasPrefix("http://") || head.hasPrefix("https://") || head.hasPrefix("www.") else { return nil }
        return units[start...].firstIndex { $0 <= 0x20 || $0 > 0x7E } ?? units.count
    }

    private static func isMultiplier(_ unit: UInt16) -> Bool {
        unit == 0x5341 || unit == 0x767E || unit == 0x5343 || unit == 0x4E07 || unit == 0x4EBF
    }
    private static func isJoint(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x2C...0x2F, 0x3A, 0xFF1A, 0xFF0E: true
        default: false
        }
    }
    private static func isDigit(_ unit: UInt16) -> Bool { unit &- 0x30 < 10 || unit &- 0xFF10 < 10 }
    private static func isLetter(_ unit: UInt16) -> Bool { (unit | 0x20) &- 0x61 < 26 }
    private static func isHan(_ unit: UInt16) -> Bool { unit &- 0x4E00 < 0x5200 }
    private static func isBlank(_ unit: UInt16) -> Bool {
        unit == 0x20 || unit == 0x2005 || unit == 0x3000 || unit == 0xA0 || unit == 0x0A
    }
}
