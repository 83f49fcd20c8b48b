internal import Lexicons
public import Messages

/// A cell of a workbook that cannot be taken over.
public struct CellError: ExplainedError, Equatable {
    /// `misconduct!C14`.
    public var cell: String
    /// What is wrong and what to do, in Chinese.
    public var zh: String
    /// The same in English.
    public var en: String

    /// Makes an error.
    public init(cell: String, zh: String, en: String) {
        self.cell = cell
        self.zh = zh
        self.en = en
    }

    /// Where, what, what to do.
    public func explanation(in language: Language) -> String {
        language == .zh ? "\(cell)：\(zh)" : "\(cell): \(en)"
    }
}

/// Reads the rows of one sheet strictly; every surprise is an error with its cell.
struct SheetReader {
    private let sheet: String
    private(set) var items: [SheetItem] = []
    private(set) var errors: [CellError] = []
    /// For each column of the sheet what it is.
    private var columns: [SheetColumn?] = []
    private var seen: [String: Int] = [:]

    init(sheet: String, rows: [(line: Int, fields: [String])]) {
        self.sheet = sheet
        guard let head = rows.first else { return }
        readHead(head)
        guard columns.contains(.kind), columns.contains(.name) else { return }
        for row in rows.dropFirst() { read(row) }
    }

    private mutating func readHead(_ head: (line: Int, fields: [String])) {
        for (index, title) in head.fields.enumerated() {
            let name = title.filter { !$0.isWhitespace }
            let column = SheetColumn.allCases.first { column in
                let own = column.title.filter { !$0.isWhitespace }
                return own == name || column.key == name.lowercased()
            }
            if column == nil, !name.isEmpty {
                fail(
                    index, head.line, "不认识的列“\(title)”。请不要改表头",
                    "unknown column '\(title)'. Leave the headings as they are")
            }
            columns.append(column)
        }
        for column in [SheetColumn.kind, .name] where !columns.contains(column) {
            errors.append(
                CellError(
                    cell: "\(sheet)!A\(head.line)", zh: "缺少“\(column.title)”列。请重新导出",
                    en: "the column '\(column.title)' is missing. Export again"))
        }
    }

    private mutating func fail(_ column: Int, _ row: Int, _ zh: String, _ en: String) {
        errors.append(CellError(cell: "\(sheet)!\(Self.letter(column))\(row)", zh: zh, en: en))
    }

    private static func letter(_ column: Int) -> String {
        column < 26
            ? String(UnicodeScalar(UInt8(0x41 + column)))
            : letter(column / 26 - 1) + String(UnicodeScalar(UInt8(0x41 + column % 26)))
    }

    /// What a workbook shows for a formula that came to nothing.
    private static let formulaErrors: Set<String> = [
        "#DIV/0!", "#NAME?", "#REF!", "#VALUE!", "#N/A", "#NUM!", "#NULL!",
    ]

    private mutating func read(_ row: (line: Int, fields: [String])) {
        var cells: [SheetColumn: (text: String, index: Int)] = [:]
        for (index, text) in row.fields.enumerated() where !text.trimmed.isEmpty {
            guard index < columns.count, let column = columns[index] else {
                if index >= columns.count || row.fields[index].trimmed.isEmpty == false {
                    fail(
                        index, row.line, "表头没有这一列，内容不会读入。请移到有表头的列",
                        "no heading above this cell. Move its text under one")
                }
                continue
            }
            if Self.formulaErrors.contains(text.trimmed) {
                fail(
                    index, row.line, "公式出错（\(text.trimmed)）。请写成文字",
                    "a formula that failed (\(text.trimmed)). Write the words")
                continue
            }
            cells[column] = (text, index)
        }
        guard !cells.isEmpty else { return }
        let headings = columns
        func index(_ column: SheetColumn) -> Int { headings.firstIndex(of: column) ?? 0 }
        guard let kind = cells[.kind].flatMap({ SheetItem.Kind(rawValue: $0.text.trimmed) }) else {
            let known = SheetItem.Kind.allCases.map(\.rawValue).joined(separator: "、")
            return fail(index(.kind), row.line, "类型应为：\(known)", "the type must be one of: \(known)")
        }
        guard let name = cells[.name]?.text.trimmed else {
            return fail(index(.name), row.line, "缺少编号或词组名称", "the id, or the set's name, is missing")
        }
        let isGuardFile = sheet == "guards"
        if kind == .rule && isGuardFile || kind == .guarding && !isGuardFile {
            return fail(
                index(.kind), row.line, "“规则”写在主题表里，“防误报”写在 guards 表里",
                "rules stand in the sheets of topics, guards in the sheet guards")
        }
        let prefix = kind == .rule ? sheet + "." : kind == .guarding ? "guard." : ""
        if !name.hasPrefix(prefix) || name.count == prefix.count {
            return fail(index(.name), row.line, "编号应以“\(prefix)”开头", "the id must begin with '\(prefix)'")
        }
        if let first = seen.updateValue(row.line, forKey: "\(kind) \(name)") {
            return fail(
                index(.name), row.line, "“\(name)”在第 \(first) 行已有。请换一个",
                "'\(name)' stands in row \(first) already. Choose another")
        }
        var item = SheetItem(kind: kind, name: name, row: row.line)
        for (column, cell) in cells.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            take(cell.text, column, cell.index, row.line, into: &item)
        }
        checkWhole(item, row.line, index)
        items.append(item)
    }

    private mutating func take(
        _ text: String, _ column: SheetColumn, _ index: Int, _ row: Int, into item: inout SheetItem
    ) {
        switch column {
        case .kind, .name: break
        case .comment: item.comment = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        case .match, .miss:
            guard let lines = CellText.lines(in: text) else { return unclosed(index, row) }
            if let twice = Self.twice(lines) {
                return fail(index, row, "例句“\(twice)”重复", "the example '\(twice)' stands here twice")
            }
            item.lists["\(column)"] = lines
        case .weight:
            let key = item.kind == .guarding ? "factor" : "weight"
            guard item.kind != .set else { return misplaced(index, row) }
            guard let value = Double(text.trimmed), (0...1).contains(value) else {
                return fail(index, row, "应为 0 到 1 的数，现为“\(text)”", "a number from 0 to 1 expected, not '\(text)'")
            }
            item.values[key] = Self.short(value)
        default:
            if let place = SheetColumn.conditions.firstIndex(of: column) {
                guard let words = words(text, index, row, isSet: item.kind == .set) else { return }
                if item.kind == .set, place > 0 { return misplaced(index, row) }
                if item.conditions.count < place {
                    // Where the cell to the left could not be read, that is said already.
                    if errors.last?.cell.hasSuffix("!\(Self.letter(index - 1))\(row)") ?? false { return }
                    return fail(
                        index, row, "前面的条件是空的。条件要从左往右写",
                        "the condition to the left is empty. Write conditions from left to right")
                }
                item.conditions.append(words)
            } else if SheetColumn.lists.contains(column), let key = column.key {
                guard let words = words(text, index, row, isSet: item.kind == .set) else { return }
                if item.kind == .set, key != "protect" { return misplaced(index, row) }
                if item.kind == .rule, key == "against" {
                    return fail(index, row, "规则没有这一项。请清空", "a rule has nothing in this column. Clear the cell")
                }
                if key == "against", words.contains(where: { Track(rawValue: $0) == nil }) {
                    let known = Track.allCases.map(\.rawValue).joined(separator: "、")
                    return fail(index, row, "只能写：\(known)", "write some of: \(known)")
                }
                item.lists[key] = words
            } else if let key = column.key {
                if item.kind == .set { return misplaced(index, row) }
                if let value = value(text.trimmed, key, index, row, item.kind) { item.values[key] = value }
            }
        }
    }

    private mutating func unclosed(_ index: Int, _ row: Int) { fail(index, row, "引号没有配对", "a quote is not closed") }

    private mutating func misplaced(_ index: Int, _ row: Int) {
        fail(index, row, "词组没有这一项。请清空", "a set has nothing in this column. Clear the cell")
    }

    private mutating func words(_ text: String, _ index: Int, _ row: Int, isSet: Bool) -> [String]? {
        guard let words = CellText.words(in: text) else {
            unclosed(index, row)
            return nil
        }
        if let twice = Self.twice(words) {
            fail(index, row, "“\(twice)”重复。请删去一个", "'\(twice)' stands here twice. Delete one")
            return nil
        }
        if isSet, let reference = words.first(where: { $0.hasPrefix("@") }) {
            fail(index, row, "词组里不能引用词组“\(reference)”", "a set cannot hold the set '\(reference)'")
            return nil
        }
        if let empty = words.first(where: { DraftWord.normal(of: $0).isEmpty && !$0.hasPrefix("@") }) {
            fail(index, row, "“\(empty)”去掉符号后什么也不剩", "nothing is left of '\(empty)' without its symbols")
            return nil
        }
        return words
    }

    private static func twice(_ words: [String]) -> String? {
        var seen: Set<String> = []
        return words.first { !seen.insert($0).inserted }
    }

    /// 0.8, not 0.80000000000000004.
    private static func short(_ value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? String(value)
    }

    /// A plain value, checked by the schema; nil after an error.
    private mutating func value(_ text: String, _ key: String, _ index: Int, _ row: Int, _ kind: SheetItem.Kind)
        -> String?
    {
        guard let known = LexiconSchema.keys(isGuard: kind == .guarding).first(where: { $0.name == key }) else {
            fail(index, row, "\(kind.rawValue)没有这一项。请清空", "nothing to be written here for this type. Clear the cell")
            return nil
        }
        switch known.value {
        case .whole(let range):
            guard let number = Double(text).flatMap({ Int(exactly: $0) }), range.contains(number) else {
                fail(
                    index, row, "应为 \(range.lowerBound) 到 \(range.upperBound) 的整数，现为“\(text)”",
                    "a whole number from \(range.lowerBound) to \(range.upperBound) expected, not '\(text)'")
                return nil
            }
            return String(number)
        case .flag:
            switch text.lowercased() {
            case "true", "1", "是": return "true"
            case "false", "0", "否": return "false"
            default:
                fail(index, row, "应为 true 或 false，现为“\(text)”", "true or false expected, not '\(text)'")
                return nil
            }
        case .choice(let choices):
            guard choices.contains(text) else {
                let meant = Spelling.nearest(text, among: choices)
                fail(
                    index, row,
                    "没有“\(text)”。" + (meant.map { "是不是“\($0)”？" } ?? "可用：\(choices.joined(separator: "、"))"),
                    "no '\(text)'. "
                        + (meant.map { "Did you mean '\($0)'?" } ?? "Use one of: \(choices.joined(separator: ", "))"))
                return nil
            }
            return text
        default: return text
        }
    }

    private mutating func checkWhole(_ item: SheetItem, _ row: Int, _ index: (SheetColumn) -> Int) {
        if item.kind == .set {
            let cell = "\(sheet)!\(Self.letter(index(.first)))\(row)"
            if item.conditions.isEmpty, errors.last?.cell != cell {
                fail(index(.first), row, "词组没有词", "the set has no words")
            }
            return
        }
        // Only what is empty: what was wrong has its error already.
        let told = Set(errors.map(\.cell))
        func need(_ column: SheetColumn, _ isThere: Bool, _ zh: String, _ en: String) {
            guard !isThere, !told.contains("\(sheet)!\(Self.letter(index(column)))\(row)") else { return }
            errors.append(CellError(cell: "\(sheet)!\(Self.letter(index(column)))\(row)", zh: zh, en: en))
        }
        if item.kind == .rule {
            need(.topic, item.values["topic"] != nil, "缺少主题", "the topic is missing")
            need(.severity, item.values["severity"] != nil, "缺少轻重", "the severity is missing")
            need(.weight, item.values["weight"] != nil, "缺少分量", "the weight is missing")
        } else {
            need(.against, item.lists["against"] != nil, "缺少削弱的类别", "the tracks are missing")
            need(.scope, item.values["scope"] != nil, "缺少范围", "the scope is missing")
            need(.weight, item.values["factor"] != nil, "缺少分量（factor）", "the factor is missing")
        }
        need(
            .first, !item.conditions.isEmpty || item.values["pattern"] != nil, "没有条件，也没有正则",
            "no condition and no pattern")
        need(
            .requires, item.values["pattern"] == nil || item.lists["requires"] != nil, "有正则就要写正则前提",
            "a pattern needs words under requires")
        need(.match, item.lists["match"] != nil, "至少写一句应命中的例句", "write at least one text to match")
        need(.miss, item.lists["miss"] != nil, "至少写一句不应命中的例句", "write at least one text to miss")
    }
}
