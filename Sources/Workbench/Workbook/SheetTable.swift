internal import Messages

/// The columns of a lexicon's sheet: one table for the writer and the reader.
enum SheetColumn: Int, CaseIterable {
    case kind, name, topic, severity, weight, first, second, third, fourth, fifth
    case within, order, across, unless, unlessAnywhere, notAfter, notBefore, protect, boundaries, pattern, requires
    case against, scope, match, miss, comment

    /// The heading; the key of the YAML stands in it.
    var title: String {
        switch self {
        case .kind: "类型"
        case .name: "编号 id"
        case .topic: "主题 topic"
        case .severity: "轻重 severity"
        case .weight: "分量 weight/factor"
        case .first: "条件1／词"
        case .second: "条件2"
        case .third: "条件3"
        case .fourth: "条件4"
        case .fifth: "条件5"
        case .within: "最多隔几字 within"
        case .order: "按先后 order"
        case .across: "可跨句 across"
        case .unless: "同句有则不算 unless"
        case .unlessAnywhere: "全文有则不算 unless-anywhere"
        case .notAfter: "紧跟其后不算 not-after"
        case .notBefore: "紧接其前不算 not-before"
        case .protect: "在其中不算 protect"
        case .boundaries: "词边界 boundaries"
        case .pattern: "正则 pattern"
        case .requires: "正则前提 requires"
        case .against: "削弱 against"
        case .scope: "范围 scope"
        case .match: "应命中的例句 match"
        case .miss: "不应命中的例句 miss"
        case .comment: "备注 #"
        }
    }

    /// The key in the YAML; nil for columns that are no single key.
    var key: String? {
        switch self {
        case .kind, .weight, .first, .second, .third, .fourth, .fifth, .match, .miss, .comment, .name: nil
        case .unlessAnywhere: "unless-anywhere"
        case .notAfter: "not-after"
        case .notBefore: "not-before"
        default: "\(self)"
        }
    }

    static let conditions: [SheetColumn] = [.first, .second, .third, .fourth, .fifth]
    /// Columns of words.
    static let lists: [SheetColumn] = [.unless, .unlessAnywhere, .notAfter, .notBefore, .protect, .requires, .against]
    /// Columns of plain values.
    static let values: [SheetColumn] = [.topic, .severity, .within, .order, .across, .boundaries, .pattern, .scope]

    /// `C`, `AA`.
    var letter: String {
        rawValue < 26
            ? String(UnicodeScalar(UInt8(0x41 + rawValue))) : "A" + String(UnicodeScalar(UInt8(0x41 + rawValue - 26)))
    }

    /// How wide the column is, in characters.
    var width: Double {
        switch self {
        case .kind, .within, .order, .across, .severity, .scope, .boundaries: 9
        case .weight: 10
        case .name, .topic, .against: 22
        case .first, .match, .miss: 50
        default: 30
        }
    }
}

/// A set, rule or guard as a row of a sheet.
struct SheetItem: Equatable {
    enum Kind: String, CaseIterable {
        case set = "词组"
        case rule = "规则"
        case guarding = "防误报"
    }

    var kind: Kind
    var name: String
    /// Plain values by key, `weight` or `factor` too.
    var values: [String: String] = [:]
    /// The conditions' words; of a set its words.
    var conditions: [[String]] = []
    /// Lists of words by key, `match`, `miss` and `against` too.
    var lists: [String: [String]] = [:]
    /// The lines of comment above it.
    var comment: [String] = []
    /// The row of the sheet that it was read from.
    var row = 0

    /// The items of a file, sets first.
    static func items(of file: LexiconFile) -> [SheetItem] {
        let draft = LexiconDraft([file])
        let sets = draft.sets.map { set in
            var item = SheetItem(kind: .set, name: set.name, conditions: [set.words.map(\.text)])
            if !set.protect.isEmpty { item.lists["protect"] = set.protect.map(\.text) }
            item.comment = file.comment(above: set.node.line)
            return item
        }
        return sets
            + draft.rules.map { rule in
                var item = SheetItem(kind: rule.isGuard ? .guarding : .rule, name: rule.id)
                for key in SheetColumn.values.compactMap(\.key) + ["weight", "factor"] {
                    if let text = rule[key]?.text { item.values[key] = text }
                }
                item.conditions = rule.conditions.map { $0.map(\.text) }
                for (key, list) in rule.lists { item.lists[key] = list.map(\.text) }
                if let against = rule["against"]?.items { item.lists["against"] = against.compactMap(\.text) }
                if !rule.matching.isEmpty { item.lists["match"] = rule.matching.map(\.text) }
                if !rule.missing.isEmpty { item.lists["miss"] = rule.missing.map(\.text) }
                item.comment = file.comment(above: rule.node.line)
                return item
            }
    }

    /// The text of a cell; empty where there is nothing.
    func cell(_ column: SheetColumn) -> String {
        switch column {
        case .kind: return kind.rawValue
        case .name: return name
        case .weight: return values["weight"] ?? values["factor"] ?? ""
        case .match, .miss: return CellText.lines(lists["\(column)"] ?? [])
        case .comment: return comment.joined(separator: "\n")
        default:
            if let index = SheetColumn.conditions.firstIndex(of: column) {
                return conditions.indices.contains(index) ? CellText.words(conditions[index]) : ""
            }
            guard let key = column.key else { return "" }
            if SheetColumn.lists.contains(column) { return CellText.words(lists[key] ?? []) }
            return values[key] ?? ""
        }
    }
}

/// Words and sentences in one cell.
enum CellText {
    private static let separators: Set<Character> = ["、", "，", ",", ";", "；", "\n", "\r", "\r\n"]

    /// Words with 、 between them; a word that holds a mark or blank that would part it stands in straight quotes.
    static func words(_ words: [String]) -> String { words.map(quoted).joined(separator: "、") }

    /// Sentences one a line.
    static func lines(_ lines: [String]) -> String {
        lines.map {
            $0.contains("\n") || $0.hasPrefix("\"") || $0.first?.isWhitespace ?? true || $0.last?.isWhitespace ?? true
                ? escaped($0) : $0
        }
        .joined(separator: "\n")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && !word.contains { separators.contains($0) || $0 == "\"" || $0.isWhitespace }
        return isPlain ? word : escaped(word)
    }

    private static func escaped(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            switch character {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            default: quoted.append(character)
            }
        }
        return quoted + "\""
    }

    /// The words of a cell; nil where a quote is not closed.
    static func words(in cell: String) -> [String]? { parts(of: cell, separators) }

    /// The sentences of a cell; nil where a quote is not closed.
    static func lines(in cell: String) -> [String]? { parts(of: cell, ["\n", "\r", "\r\n"]) }

    private static func parts(of cell: String, _ separators: Set<Character>) -> [String]? {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        var wasQuoted = false
        var isEscaped = false
        func end() {
            let text = wasQuoted ? part : part.trimmed
            if wasQuoted || !text.isEmpty { parts.append(text) }
            (part, wasQuoted) = ("", false)
        }
        for character in cell {
            if isQuoted {
                if isEscaped {
                    part.append(character == "n" ? "\n" : character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isQuoted = false
                } else {
                    part.append(character)
                }
            } else if separators.contains(character) {
                end()
            } else if character == "\"", part.trimmed.isEmpty, !wasQuoted {
                (isQuoted, wasQuoted, part) = (true, true, "")
            } else if !wasQuoted || !character.isWhitespace {
                part.append(character)
            }
        }
        guard !isQuoted else { return nil }
        end()
        return parts
    }
}

extension String {
    /// Without blanks at its ends.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}

extension LexiconFile {
    /// The lines of comment right above a line, without their `#`.
    func comment(above line: Int) -> [String] {
        (commentStart(above: line)..<line).map { number in
            let text = String(
                decoding: bytes(ofLine: number).drop { $0 == 0x20 || $0 == 0x0D }.drop { $0 == 0x23 }, as: UTF8.self)
            return text.hasPrefix(" ") ? String(text.dropFirst()) : text
        }
    }

    /// The first of the lines of comment right above a line; the line itself where there is none.
    func commentStart(above line: Int) -> Int {
        var first = line
        while first > 1, bytes(ofLine: first - 1).drop(while: { $0 == 0x20 }).first == 0x23 { first -= 1 }
        return first
    }
}
