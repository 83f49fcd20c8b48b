import Foundation

/// A small generator with a seed: equal seeds give equal texts.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next(_ bound: Int) -> Int { Int(next() >> 11) % bound }
}

/// Messages made of words drawn by frequency, as they are and as people disguise them.
struct Corpus {
    /// The messages in plain writing: their normal form has the same characters.
    var plain: [UInt8] = []
    /// The same with noise, full width and traditional characters.
    var disguised: [UInt8] = []
    /// One past the end of each message.
    var plainEnds: [Int] = []
    var disguisedEnds: [Int] = []
    /// Per byte of `plain` where its character ends in `disguised`, from its message's start.
    var map: [UInt32] = []

    /// Makes so many megabytes of plain messages of these words.
    init(words list: [(word: String, count: Int)], megabytes: Int, seed: UInt64) {
        var random = SplitMix64(state: seed)
        var sums: [Int] = []
        var total = 0
        for (_, count) in list {
            total += count
            sums.append(total)
        }
        let traditional: [String: String] = [
            "们": "們", "个": "個", "来": "來", "这": "這", "时": "時", "会": "會", "对": "對", "发": "發", "没": "沒", "为": "為",
            "业": "業",
        ]
        let others = ["wifi", "4g", "ok", "𠮷", "😂", "😂", "30", "1200", "app"]
        let marks = ["，", "，", "，", "。", "！", "？"]
        while plain.count < megabytes * 1_000_000 {
            let begin = disguised.count
            for _ in 0..<(4 + random.next(18)) {
                let word =
                    switch random.next(30) {
                    case 0: others[random.next(others.count)]
                    case 1...4: marks[random.next(marks.count)]
                    default:
                        list[
                            sums.withUnsafeBufferPointer { sums in
                                let wanted = random.next(total)
                                var low = 0
                                var high = sums.count - 1
                                while low < high {
                                    let middle = (low + high) / 2
                                    if sums[middle] > wanted { high = middle } else { low = middle + 1 }
                                }
                                return low
                            }
                        ].word
                    }
                for character in word.unicodeScalars {
                    let text = String(character)
                    plain.append(contentsOf: text.utf8)
                    if random.next(40) == 0, character.value > 0x4DFF { disguised.append(contentsOf: "*".utf8) }
                    let full = character.value > 0x60 && character.value < 0x7B && random.next(3) == 0
                    let other =
                        full ? String(UnicodeScalar(character.value + 0xFEE0) ?? character) : traditional[text] ?? text
                    disguised.append(contentsOf: (random.next(20) == 0 || full ? other : text).utf8)
                    while map.count < plain.count { map.append(UInt32(disguised.count - begin)) }
                }
            }
            plainEnds.append(plain.count)
            disguisedEnds.append(disguised.count)
        }
    }
}
