/// A text with what was found in it marked on the line below, as wide as a terminal shows it.
public struct MarkedText: Sendable {
    /// A stretch to mark.
    public struct Mark: Sendable {
        /// Half-open UTF-8 byte offsets.
        public var span: Range<Int>
        /// The character that it is marked with.
        public var sign: Character

        /// Makes a mark.
        public init(_ span: Range<Int>, _ sign: Character = "^") {
            self.span = span
            self.sign = sign
        }
    }

    /// The text and, below each line that has marks, the marks.
    public let lines: [String]

    /// Marks a text; later marks go over earlier ones.
    public init(_ text: String, _ marks: [Mark]) {
        var lines: [String] = []
        var words = ""
        var signs: [Character] = []
        var offset = 0
        func endLine() {
            lines.append(words)
            while signs.last == " " { signs.removeLast() }
            if !signs.isEmpty { lines.append(String(signs)) }
            words = ""
            signs = []
        }
        for scalar in text.unicodeScalars {
            let length = UTF8.width(scalar)
            if scalar == "\n" {
                endLine()
            } else {
                let sign = marks.last { $0.span.contains(offset) }?.sign ?? " "
                // What a terminal would obey takes no place and is not shown.
                if scalar.value >= 0x20, !(0x7F..<0xA0).contains(scalar.value) {
                    words.unicodeScalars.append(scalar)
                    signs += [Character](repeating: sign, count: Self.width(of: scalar))
                }
            }
            offset += length
        }
        endLine()
        self.lines = lines
    }

    /// The columns that a character takes: two for Han characters and full-width forms, none for those that combine.
    ///
    /// Source: UAX #11, the blocks that are Wide or Fullwidth.
    static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x300..<0x370, 0x200B...0x200F, 0xFE00...0xFE0F, 0xFEFF, 0x20D0..<0x2100: 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
