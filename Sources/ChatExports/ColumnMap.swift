public import Messages

/// Which columns of a table, or which parts of a line, are a message's.
///
/// Written as `time=时间,sender=发言人,text=内容`, or as `line=[{time}] {sender}: {text}` for a text. A column without a name is
/// `#1`, `#2` and so on; a name with a comma in it stands in quotes.
public struct ColumnMap: Sendable, Equatable {
    /// What a column can be.
    public enum Field: String, Sendable, CaseIterable {
        /// When; with `date` only the clock.
        case time
        /// The day, where the clock stands in a column of its own.
        case date
        /// Who, by name.
        case sender
        /// Who, by the platform's id.
        case senderID = "sender-id"
        /// The words.
        case text
        /// The group's name.
        case group
        /// The group's id.
        case groupID = "group-id"
        /// The platform's id of the message.
        case id
        /// What the message is, in any exporter's words.
        case kind
        /// The words that are quoted.
        case quote
        /// What was heard in a voice message, where it stands apart from the words.
        case transcript
    }

    /// The column of each field; empty for a text.
    public private(set) var columns: [Field: String] = [:]
    /// How a line of a text is built; nil for a table.
    public private(set) var line: LinePattern?

    /// Reads a mapping.
    ///
    /// - Throws: what is wrong with it, and how it is written.
    public init(_ text: String) throws(ColumnMapError) {
        for (key, value) in try Self.pairs(text) {
            if key == "line" {
                guard line == nil else { throw ColumnMapError(.fieldTwice("line")) }
                line = try LinePattern(value)
            } else if let field = Field(rawValue: key) {
                guard columns[field] == nil else { throw ColumnMapError(.fieldTwice(key)) }
                columns[field] = value
            } else {
                throw ColumnMapError(.unknownField(key))
            }
        }
        if line != nil {
            guard columns.isEmpty else { throw ColumnMapError(.lineAndColumns) }
            return
        }
        guard columns[.time] != nil || columns[.date] != nil else { throw ColumnMapError(.missingField("time")) }
        guard columns[.text] != nil else { throw ColumnMapError(.missingField("text")) }
    }

    /// The mapping as it is written, its fields in a fixed order.
    public var text: String {
        if let line { return "line=" + line.text }
        return Field.allCases.compactMap { field in
            columns[field].map { name in
                let isPlain = !name.contains { ",，=＝\"".contains($0) }
                return field.rawValue + "=" + (isPlain ? name : "\"" + name.replacing("\"", with: "\"\"") + "\"")
            }
        }.joined(separator: ",")
    }

    /// Key and value of each part; commas and equals signs may be full-width, as an input method writes them.
    private static func pairs(_ text: String) throws(ColumnMapError) -> [(String, String)] {
        var pairs: [(String, String)] = []
        var rest = text.unicodeScalars[...]
        while true {
            while let first = rest.first, first.properties.isWhitespace || first == "," || first == "，" {
                rest.removeFirst()
            }
            guard !rest.isEmpty else { break }
            guard let equals = rest.firstIndex(where: { $0 == "=" || $0 == "＝" }) else {
                throw ColumnMapError(.notAPair(String(rest)))
            }
            let key = String(rest[..<equals]).filter { !$0.isWhitespace }.lowercased()
            rest = rest[rest.index(after: equals)...]
            // A pattern goes on to the end: it may hold commas.
            let value = key == "line" && rest.first != "\"" ? take(whole: &rest) : try take(value: &rest)
            guard !value.isEmpty else { throw ColumnMapError(.notAPair(key)) }
            pairs.append((key, value))
        }
        guard !pairs.isEmpty else { throw ColumnMapError(.missingField("time")) }
        return pairs
    }

    private static func take(whole rest: inout Substring.UnicodeScalarView) -> String {
        defer { rest = rest[rest.endIndex...] }
        return String(rest)
    }

    private static func take(value rest: inout Substring.UnicodeScalarView) throws(ColumnMapError) -> String {
        guard rest.first == "\"" else {
            let end = rest.firstIndex { $0 == "," || $0 == "，" } ?? rest.endIndex
            defer { rest = rest[end...] }
            let value = rest[..<end]
            return String(String.UnicodeScalarView(value)).trimming()
        }
        rest.removeFirst()
        var value = String.UnicodeScalarView()
        while let scalar = rest.first {
            rest.removeFirst()
            if scalar != "\"" {
                value.append(scalar)
            } else if rest.first == "\"" {
                value.append(scalar)
                rest.removeFirst()
            } else {
                return String(value)
            }
        }
        throw ColumnMapError(.openQuote)
    }
}

extension String {
    /// The string without white space at its ends.
    fileprivate func trimming() -> String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}

/// A mapping that cannot be used.
public struct ColumnMapError: ExplainedError, Equatable {
    /// What is wrong with it.
    public enum Reason: Sendable, Equatable {
        case notAPair(String)
        case unknownField(String)
        case fieldTwice(String)
        case missingField(String)
        case lineAndColumns
        case openQuote
        case unclosedBrace
        case touchingFields
    }

    /// What is wrong with it.
    public let reason: Reason

    init(_ reason: Reason) { self.reason = reason }

    /// What is wrong and what to write, on one line.
    public func explanation(in language: Language) -> String {
        let fields = ColumnMap.Field.allCases.map(\.rawValue).joined(separator: language == .zh ? "、" : ", ")
        switch language {
        case .zh:
            let problem =
                switch reason {
                case .notAPair(let part): "“\(part)”不是“字段=列名”的形式"
                case .unknownField(let name): "没有叫“\(name)”的字段，可用的有：\(fields)"
                case .fieldTwice(let name): "字段“\(name)”写了两次"
                case .missingField(let name): "没有说明字段“\(name)”"
                case .lineAndColumns: "line 不能和列名一起写"
                case .openQuote: "引号没有成对"
                case .unclosedBrace: "花括号没有成对"
                case .touchingFields: "两个花括号之间要有分隔的字"
                }
            return "--map：\(problem)。写法如：time=时间,sender=发言人,text=内容；或：line=[{time}] {sender}: {text}"
        case .en:
            let problem =
                switch reason {
                case .notAPair(let part): "'\(part)' is not of the form field=column"
                case .unknownField(let name): "there is no field '\(name)'; the fields are \(fields)"
                case .fieldTwice(let name): "field '\(name)' is there twice"
                case .missingField(let name): "field '\(name)' is missing"
                case .lineAndColumns: "line cannot stand beside columns"
                case .openQuote: "a quote is not closed"
                case .unclosedBrace: "a brace is not closed"
                case .touchingFields: "something must stand between two braces"
                }
            return "--map: \(problem). Write it like time=时间,sender=发言人,text=内容 or line=[{time}] {sender}: {text}"
        }
    }
}
