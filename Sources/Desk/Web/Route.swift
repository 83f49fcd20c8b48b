import Casework

/// One address of the desk.
struct Route: Sendable {
    /// Who gets in; what they then see is the store's word.
    enum Access: Sendable {
        case anyone
        case signedIn
        case roles(Set<StaffRole>)
    }

    /// `GET` or `POST`.
    let method: String
    /// The segments; `:` stands for any.
    let pattern: [String]
    /// Who gets in.
    let access: Access
    /// The largest body in bytes.
    let bodyLimit = 64 << 10
    /// True where the body is a file and the form's token stands in the address.
    let isUpload: Bool
    /// What it does; runs on a thread that may block.
    let handler: @Sendable (Call) throws -> WebResponse

    init(
        _ method: String, _ path: String, _ access: Access, isUpload: Bool = false,
        _ handler: @escaping @Sendable (Call) throws -> WebResponse
    ) {
        self.method = method
        pattern = path.split(separator: "/").map(String.init)
        self.access = access
        self.isUpload = isUpload
        self.handler = handler
    }

    /// What stands at the open segments; nil when the path is another.
    func captures(_ path: [String]) -> [String]? {
        guard path.count == pattern.count else { return nil }
        var captures: [String] = []
        for (part, given) in zip(pattern, path) {
            if part == ":" { captures.append(given) } else if part != given { return nil }
        }
        return captures
    }

    /// The address as documents write it.
    var path: String { "/" + pattern.joined(separator: "/") }
}

/// Something that ends a request with a page of its own.
struct WebProblem: Error {
    /// The status code.
    var status: Int
    /// What is wrong, and what to do.
    var phrase: Phrase

    init(_ status: Int, _ phrase: Phrase) { (self.status, self.phrase) = (status, phrase) }
}
