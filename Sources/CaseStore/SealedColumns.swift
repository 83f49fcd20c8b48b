/// Columns of a table as a seal has them.
///
/// `HEX:name` stands for bytes, which the form before the step `storage` had as hex digits; `HEX:key` for those of the wrapped
/// key that a flag names; `+name` for a column that is sealed since that step.
struct SealedColumns: Sendable {
    /// What to select, of a table that is called `x`.
    let expressions: String
    private let form: SealForm
    private let inHex: [Bool]

    /// Takes names of columns.
    init(_ names: [String], _ form: SealForm = .stored) {
        self.form = form
        let names = names.compactMap { Self.name($0, form) }
        inHex = names.map { $0.hasPrefix("HEX:") }
        expressions = names.map { name in
            switch name {
            case "PRESENT:payload": "CASE WHEN x.payload IS NULL THEN 0 ELSE 1 END"
            case "HEX:key": "(SELECT y.wrapped FROM data_key AS y WHERE y.id = x.data_key_id)"
            default: "x." + Self.plain(name)
            }
        }.joined(separator: ", ")
    }

    /// Takes names with blanks between them.
    init(_ names: String, _ form: SealForm = .stored) { self.init(Self.list(names), form) }

    static func list(_ names: String) -> [String] { names.split(separator: " ").map(String.init) }

    /// A column's own name.
    static func plain(_ name: String) -> String {
        name.hasPrefix("HEX:") ? String(name.dropFirst(4)) : name.hasPrefix("+") ? String(name.dropFirst()) : name
    }

    /// What stands for a column in a form; nil where it wasn't sealed.
    private static func name(_ name: String, _ form: SealForm) -> String? {
        switch form {
        case .stored: return name
        case .joined: return name.hasPrefix("+") ? nil : name
        case .narrow:
            if ["HEX:wrapped", "HEX:key"].contains(name) || name.hasPrefix("+") { return nil }
            return name == "HEX:payload" ? "PRESENT:payload" : name
        }
    }

    /// Writes the row that a cursor stands on, whose column `first` is the first of these.
    ///
    /// - Returns: False where a value is stored otherwise than its column is declared.
    func append(_ cursor: any SQLCursor, from first: Int, to bytes: inout RowBytes) -> Bool {
        if form == .stored { return cursor.append(from: first, inHex.count, to: &bytes) }
        cursor.append(joined: first, inHex: inHex, to: &bytes)
        bytes.append(0x0A)
        // That form doesn't say how a value is stored, so it is looked at here, once in the life of a store.
        var spare = RowBytes()
        return cursor.append(from: first, inHex.count, to: &spare)
    }
}
