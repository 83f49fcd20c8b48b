/// HTML that is safe by construction: what stands in the source is markup, what is put into it is escaped.
///
/// `"<p>\(text)</p>"` escapes `text`; only another `Markup` goes in as it is. Attribute values stand in double quotes. In
/// texts, characters that a browser or a terminal obeys instead of showing are shown as ⟪U+202E⟫.
public struct Markup: Sendable, ExpressibleByStringInterpolation {
    /// UTF-8.
    public private(set) var bytes: [UInt8] = []

    /// Nothing yet.
    public init() {}

    /// Markup as it stands in the source.
    public init(stringLiteral value: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
    }

    /// What the compiler fills the parts of a literal into.
    public init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    /// Text, escaped.
    public init(text: String) { Self.escape(text, into: &bytes) }

    /// True while there is nothing in it.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Adds more.
    public static func += (left: inout Markup, right: Markup) { left.bytes.append(contentsOf: right.bytes) }

    /// One after the other.
    public static func + (left: Markup, right: Markup) -> Markup {
        var sum = left
        sum += right
        return sum
    }

    /// The parts of a literal, appended to one buffer.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        /// Makes room.
        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        /// Markup as it stands in the source.
        public mutating func appendLiteral(_ literal: StaticString) {
            bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
        }

        /// Text, escaped.
        ///
        /// Disfavoured, so that a literal in a literal is markup, too: what is put into that one is escaped in its turn.
        @_disfavoredOverload
        public mutating func appendInterpolation(_ text: String) { Markup.escape(text, into: &bytes) }

        /// A number.
        public mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

        /// Markup, as it is.
        public mutating func appendInterpolation(_ markup: Markup) { bytes.append(contentsOf: markup.bytes) }
    }

    // MARK: - Escaping

    /// Appends text, so that it is text in an element and in a quoted attribute.
    static func escape(_ text: String, into bytes: inout [UInt8]) {
        var copy = text
        copy.withUTF8 { source in
            var clean = 0
            var index = 0
            while index < source.count {
                let byte = source[index]
                guard isSuspect[Int(byte)] else {
                    index += 1
                    continue
                }
                let (replacement, length) = replacement(source, at: index)
                if let replacement {
                    bytes.append(contentsOf: source[clean..<index])
                    bytes.append(contentsOf: replacement)
                    clean = index + length
                }
                index += length
            }
            bytes.append(contentsOf: source[clean...])
        }
    }

    /// The bytes at which something to be replaced may begin.
    private static let isSuspect: [Bool] = (0..<256).map { byte in
        switch byte {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F: true
        case 0x22, 0x26, 0x27, 0x3C, 0x3E: true
        // C1 controls, Arabic letter mark, general punctuation, the byte order mark, tags.
        case 0xC2, 0xD8, 0xE2, 0xEF, 0xF3: true
        default: false
        }
    }

    private static func replacement(_ source: UnsafeBufferPointer<UInt8>, at index: Int) -> ([UInt8]?, Int) {
        switch source[index] {
        case 0x22: return (Array("&quot;".utf8), 1)
        case 0x26: return (Array("&amp;".utf8), 1)
        case 0x27: return (Array("&#39;".utf8), 1)
        case 0x3C: return (Array("&lt;".utf8), 1)
        case 0x3E: return (Array("&gt;".utf8), 1)
        case 0x0D: return ([], 1)
        case 0..<0x80: return (shown(UInt32(source[index])), 1)
        default:
            let length = source[index] < 0xE0 ? 2 : source[index] < 0xF0 ? 3 : 4
            guard index + length <= source.count else { return (nil, 1) }
            var scalar = UInt32(source[index]) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
            for next in 1..<length { scalar = scalar << 6 | UInt32(source[index + next] & 0x3F) }
            return (isObeyed(scalar) ? shown(scalar) : nil, length)
        }
    }

    /// True for what changes other text, or hides: bidirectional marks, zero widths (but the joiner of emoji), tags.
    private static func isObeyed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80..<0xA0, 0x61C, 0x200B, 0x200C, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    private static func shown(_ scalar: UInt32) -> [UInt8] {
        Array("⟪U+\(String(scalar, radix: 16, uppercase: true))⟫".utf8)
    }
}
