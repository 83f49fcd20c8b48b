/// Columns of a table as a seal has them: as text, joined by `|`, with `-` for null.
///
/// `HEX:name` stands for the bytes of a column as hex digits, `HEX:key` for those of the wrapped key that a flag names.
/// Of a column called `payload` only stands whether there is something in it.
struct SealedColumns: Sendable {
    /// What to select, of a table that is called `x`.
    let expressions: String
    private let inHex: [Bool]

    /// Takes names of columns.
    init(_ names: [String]) {
        inHex = names.map { $0.hasPrefix("HEX:") }
        expressions = names.map { name in
            switch name {
            case "payload": "CASE WHEN x.payload IS NULL THEN 0 ELSE 1 END"
            case "HEX:key": "(SELECT y.wrapped FROM data_key AS y WHERE y.id = x.data_key_id)"
            default: "x." + (name.hasPrefix("HEX:") ? name.dropFirst(4) : name[...])
            }
        }.joined(separator: ", ")
    }

    /// Takes names with blanks between them.
    init(_ names: String) { self.init(names.split(separator: " ").map(String.init)) }

    /// Writes the row that a cursor stands on, whose column `first` is the first of these.
    func append(_ cursor: any SQLCursor, from first: Int, to bytes: inout RowBytes) {
        cursor.append(from: first, inHex: inHex, to: &bytes)
    }
}
