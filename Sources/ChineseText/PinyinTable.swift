internal import Messages

/// How characters are read, without tones: 溪瑶 and 西遥 sound the same.
///
/// Source: Unicode CLDR (ICU's Han-Latin transliterator) for the commonest reading, a list of our own for further ones.
public struct PinyinTable: Sendable {
    /// For each unit from U+4E00 the number of its syllable, from 1; 0 where it is not known.
    private let syllables: [UInt16]
    /// The syllables in Latin letters, the first has number 1.
    private let names: [String]
    /// For each syllable the characters that are read so, the common ones first.
    private let characters: [[UInt16]]
    /// The further readings of characters that have several.
    private let further: [UInt16: [UInt16]]

    /// The table, made once in a process.
    public static let shared = PinyinTable()

    private init() {
        var syllables = [UInt16](repeating: 0, count: 0x5200)
        var numbers: [Substring: UInt16] = [:]
        var names: [String] = []
        var characters: [[UInt16]] = []
        var further: [UInt16: [UInt16]] = [:]
        func read(_ text: String, _ isNew: (UInt16, UInt16) -> Bool) {
            for item in text.split(separator: " ") {
                let latin = item.prefix { $0.isASCII }
                let number = numbers[latin] ?? UInt16(numbers.count + 1)
                if numbers.updateValue(number, forKey: latin) == nil {
                    names.append(String(latin))
                    characters.append([])
                }
                for unit in item.dropFirst(latin.count).utf16 where unit &- 0x4E00 < 0x5200 && isNew(unit, number) {
                    characters[Int(number) - 1].append(unit)
                }
            }
        }
        read(Self.text) { unit, number in
            syllables[Int(unit) - 0x4E00] = number
            return true
        }
        read(Self.furtherReadings) { unit, number in
            guard syllables[Int(unit) - 0x4E00] != number else { return false }
            further[unit, default: []].append(number)
            return true
        }
        self.syllables = syllables
        self.names = names
        self.characters = characters
        self.further = further
    }

    /// A number for the sound of up to six characters; nil when one of them is not known.
    ///
    /// By their commonest readings.
    public func sound(of units: ArraySlice<UInt16>) -> UInt64? {
        guard (2...6).contains(units.count) else { return nil }
        var sound: UInt64 = 0
        for unit in units {
            guard unit &- 0x4E00 < 0x5200, syllables[Int(unit) - 0x4E00] > 0 else { return nil }
            sound = sound << 10 | UInt64(syllables[Int(unit) - 0x4E00])
        }
        return sound
    }

    /// All readings of a character in Latin letters, the commonest first; empty when it is not known.
    public func readings(of unit: UInt16) -> [String] { numbers(of: unit).map { names[Int($0) - 1] } }

    /// The characters that share a reading with one, itself left out, the common ones first for each reading.
    public func homophones(of unit: UInt16) -> [[UInt16]] {
        numbers(of: unit).map { characters[Int($0) - 1].filter { $0 != unit } }
    }

    private func numbers(of unit: UInt16) -> [UInt16] {
        guard unit &- 0x4E00 < 0x5200, syllables[Int(unit) - 0x4E00] > 0 else { return [] }
        return [syllables[Int(unit) - 0x4E00]] + (further[unit] ?? [])
    }

    /// Second and third readings of common characters, as a dictionary of everyday Chinese has them.
    private static let furtherReadings = """
        chong重 hang行巷 zhang长 de地得 di的提 dei得 huan还 hai还 tiao调 diao调 yue乐 shuo数 zhe着 zhao着朝 zhuo着 dou都 ji给系奇 \
        dai大 pian便 cha差 chai差 ci差 xing省兴 shuai率 lv率 jiang降强 xiang降巷 zhuan传转 cang藏 zang藏 chao朝 ju车 shan单扇 chan单 \
        tan弹 duo度 wu恶 gong供 guan冠观 huo和 he核和合喝 hu核 kuai会 xian见 jiao角校觉 jue角觉 xiao校 jie解结 ka卡 qia卡 ke壳 \
        kong空 lei累 liao了 lu六露绿 lou露 luo落 la落 lao落 mo没模 mu模 pu铺 shai色 sha厦 she舍 shen什 dan石弹 si似 shi似识 xiu宿 \
        yi尾 xia吓 xue削血 xie血 yao钥 zhai择 za扎 zha扎 zhong种中 zai仔 chu处 sheng乘盛 bao薄暴 bo薄 ba耙 ping屏 bing屏 \
        beng绷 bian扁便 zhan占粘 nian粘 zhua抓 fou否 pi否 man埋 long弄 se塞 zhu属 za咋 ze咋 chen称 ta拓 zhi识 cuan攒 zuan赚 pao炮刨
        """
}
