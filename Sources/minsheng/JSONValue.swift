/// A value of the `--json` output: written on one line, keys sorted.
enum JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case null
    case bool(Bool)
    case int(Int)
    /// 0…1 figures: at most four decimals.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
    /// Valid JSON that is passed on as it came.
    case raw([UInt8])

    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .int(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }

    /// A text, or null.
    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    /// The value as one line.
    var line: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        bytes.append(0x0A)
        return bytes
    }

    private func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .int(let value): bytes += String(value).utf8
        case .number(let value):
            let rounded = (value * 10_000).rounded() / 10_000
            bytes += (rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)).utf8
        case .string(let text): Self.append(text, to: &bytes)
        case .raw(let text): bytes += text
        case .array(let values):
            bytes.append(0x5B)
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(0x2C) }
                value.append(to: &bytes)
            }
            bytes.append(0x5D)
        case .object(let members):
            bytes.append(0x7B)
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { bytes.append(0x2C) }
                Self.append(member.key, to: &bytes)
                bytes.append(0x3A)
                member.value.append(to: &bytes)
            }
            bytes.append(0x7D)
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        // What a terminal obeys is escaped; the first bytes of such characters tell nearly all texts apart.
        let isSuspicious =
            text.utf8.contains { $0 == 0xC2 || $0 == 0xD8 || $0 == 0xE2 }
            && text.unicodeScalars.contains { $0.value >= 0x80 && Console.isDangerous($0) }
        for scalar in isSuspicious ? text.unicodeScalars : "".unicodeScalars {
            guard scalar.value >= 0x80, Console.isDangerous(scalar) else {
                append(plain: String(scalar), to: &bytes)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
        }
        if !isSuspicious { append(plain: text, to: &bytes) }
        bytes.append(0x22)
    }

    private static func append(plain text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case 0x22: bytes += "\\\"".utf8
            case 0x5C: bytes += "\\\\".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x09: bytes += "\\t".utf8
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                bytes += ("\\u00" + (digits.count == 1 ? "0" : "") + digits).utf8
            default: bytes.append(byte)
            }
        }
    }
}
