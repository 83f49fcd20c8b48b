/// Texts as YAML writes them.
enum YAMLText {
    /// A word or sentence, quoted where it must be inside a list in brackets.
    static func scalar(_ text: String) -> String {
        let marks: Set<Character> = [",", "[", "]", "{", "}", "\"", "\\", "\n", "\t"]
        let first: Set<Character> = ["-", "?", ":", "&", "*", "!", "|", ">", "'", "%", "@", "`", "#", ".", "+"]
        var needsQuotes = text.isEmpty || text.first == " " || text.last == " " || text.hasSuffix(":")
        needsQuotes =
            needsQuotes || text.contains { marks.contains($0) || $0.asciiValue ?? 0x20 < 0x20 || $0 == "\r\n" }
        needsQuotes = needsQuotes || text.contains(": ") || text.contains(" #")
        needsQuotes = needsQuotes || text.first.map { first.contains($0) || $0.isASCII && $0.isNumber } ?? false
        let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "~"]
        needsQuotes = needsQuotes || words.contains(text.lowercased())
        needsQuotes =
            needsQuotes || text.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) || $0 == "\u{FEFF}" }
        guard needsQuotes else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0x9F).contains(scalar.value)
                    || scalar == "\u{FEFF}"
                {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }
}
