/// Quoted words without the names of those who spoke.
enum QuotedWords {
    /// Cuts off what ends in a colon near the beginning, again and again: 「三组：王秀英：路灯坏了」 is 「路灯坏了」.
    ///
    /// A nickname may hold a colon itself, and whose words are quoted must not be kept; that 「反映：」 goes too costs nothing.
    static func withoutSpeakers(_ line: Substring) -> String {
        let characters = Array(line)
        let head = characters.prefix(24)
        let colon = head.indices.last { place in
            guard head[place] == "：" || head[place] == ":" else { return false }
            // 8:30 is a time.
            let isTime =
                place > 0 && head[place - 1].isNumber && place + 1 < characters.count && characters[place + 1].isNumber
            return !isTime
        }
        let rest = colon.map { characters[($0 + 1)...] } ?? characters[...]
        return String(rest.drop(while: \.isWhitespace))
    }
}
