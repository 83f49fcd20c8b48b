internal import ChineseText
internal import Messages

/// How characters are read, without tones: 溪瑶 and 西遥 sound the same.
///
/// A character of several readings has the commonest one only.
struct PinyinTable: Sendable {
    /// For each unit from U+4E00 the number of its syllable, from 1; 0 where it is not known.
    private let syllables: [UInt16]

    /// The table, made once in a process.
    static let shared = PinyinTable()

    private init() {
        var syllables = [UInt16](repeating: 0, count: 0x5200)
        var numbers: [Substring: UInt16] = [:]
        for item in Self.text.split(separator: " ") {
            let latin = item.prefix { $0.isASCII }
            let number = numbers[latin] ?? UInt16(numbers.count + 1)
            numbers[latin] = number
            for unit in item.dropFirst(latin.count).utf16 where unit &- 0x4E00 < 0x5200 {
                syllables[Int(unit) - 0x4E00] = number
            }
        }
        self.syllables = syllables
    }

    /// A number for the sound of up to six characters; nil when one of them is not known.
    func sound(of units: ArraySlice<UInt16>) -> UInt64? {
        guard (2...6).contains(units.count) else { return nil }
        var sound: UInt64 = 0
        for unit in units {
            guard unit &- 0x4E00 < 0x5200, syllables[Int(unit) - 0x4E00] > 0 else { return nil }
            sound = sound << 10 | UInt64(syllables[Int(unit) - 0x4E00])
        }
        return sound
    }
}
