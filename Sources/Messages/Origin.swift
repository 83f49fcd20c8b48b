/// Where something was read: a file and, where known, a line and a field.
public struct Origin: Sendable, Hashable {
    /// The path as the user gave it; an entry of an archive follows after `!/`.
    public var file: String
    /// The 1-based line, or for one-line JSON the 1-based number of the record; 0 when the whole file is meant.
    public var line: Int
    /// The column, key or record field, if one is to blame.
    public var field: String?

    /// Names a place in a file.
    public init(file: String, line: Int = 0, field: String? = nil) {
        self.file = file
        self.line = line
        self.field = field
    }
}

extension Origin: CustomStringConvertible {
    /// `file:line: field 'x'`, without the parts that are unknown.
    public var description: String {
        var text = file
        if line > 0 { text += ":\(line)" }
        if let field { text += ": field '\(field)'" }
        return text
    }
}
