/// A request as the desk sees it, whatever carried it.
public struct WebRequest: Sendable {
    /// `GET`, `HEAD`, `POST`.
    public var method: String
    /// The path, percent-decoded by segment.
    public var path: [String]
    /// The query's pairs, decoded, in order.
    public var query: [(name: String, value: String)]
    /// Header fields, names in small letters.
    public var headers: [(name: String, value: String)]
    /// The body, up to the route's limit.
    public var body: [UInt8]

    /// Takes a request apart; nil when its target can't be decoded.
    public init?(method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, first.utf8.first == 0x2F else { return nil }
        var path: [String] = []
        for segment in first.split(separator: "/") {
            guard let decoded = FormText.decoded(segment, plusIsBlank: false) else { return nil }
            path.append(decoded)
        }
        guard let query = FormText.pairs(parts.count == 2 ? parts[1] : "") else { return nil }
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers.map { ($0.name.lowercased(), $0.value) }
        self.body = body
    }

    /// The first header of a name (small letters).
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The first value of a query's name.
    public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The value of a cookie.
    public func cookie(_ name: String) -> String? {
        for header in headers where header.name == "cookie" {
            for pair in header.value.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0].drop(while: { $0 == " " }) == name { return String(parts[1]) }
            }
        }
        return nil
    }
}

/// What the desk answers.
public struct WebResponse: Sendable {
    /// The status code.
    public var status: Int
    /// Header fields.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// Makes an answer.
    public init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Sends the browser on with a GET.
    static func see(_ location: String) -> WebResponse {
        WebResponse(status: 303, headers: [("location", location)])
    }

    /// The first header of a name.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Texts as forms and addresses carry them (WHATWG URL, `application/x-www-form-urlencoded`).
enum FormText {
    /// The pairs of a form or a query; nil when they can't be decoded to UTF-8.
    static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)]? {
        var pairs: [(String, String)] = []
        for part in text.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(halves[0], plusIsBlank: true),
                let value = decoded(halves.count == 2 ? halves[1] : "", plusIsBlank: true)
            else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }

    static func decoded(_ text: some StringProtocol, plusIsBlank: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            if byte == 0x25 {
                guard let high = rest.next().flatMap(hex), let low = rest.next().flatMap(hex) else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsBlank && byte == 0x2B ? 0x20 : byte)
            }
        }
        // A NUL ends texts early in C and has no place in a form.
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A text as a part of an address.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return result
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
