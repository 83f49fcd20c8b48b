public import Messages

/// Reads the operator's table of villages: header names in Chinese or English, one place a row.
public struct GazetteerTable: Sendable {
    /// A row that cannot be used.
    public struct RowProblem: Sendable, Equatable {
        /// What is wrong with it.
        public enum Reason: String, Sendable, CaseIterable {
            /// Excel turned the code into 3.50E+11: its last digits are lost.
            case codeMangledByExcel
            /// A code must have 12 digits, or 9, 6, 4, 2 for larger units.
            case badCode
            /// There is no name.
            case noName
            /// The level is none of province, city, county, township, village.
            case badLevel
            /// A day must be written YYYY-MM-DD.
            case badDay
            /// The code stands twice.
            case duplicateCode
            /// An alias must be written kind:text with a known kind.
            case badAlias
        }

        /// The 1-based line of the table.
        public var line: Int
        /// What is wrong.
        public var reason: Reason
    }

    /// The columns that a header may name, with what they are called in practice.
    private static let columns: [(key: String, names: [String])] = [
        ("code", ["code", "代码", "编码", "区划代码", "行政区划代码", "统计用区划代码", "code12"]),
        ("name", ["name", "名称", "村名", "行政区划名称", "单位名称"]),
        ("level", ["level", "级别", "层级"]),
        ("parent", ["parent", "上级", "上级代码", "父级代码", "town_code", "streetcode"]),
        ("aliases", ["aliases", "alias", "别名", "俗名"]),
        ("from", ["valid_from", "启用日期", "生效日期"]),
        ("to", ["valid_to", "停用日期", "撤销日期"]),
        ("successor", ["successor", "后继代码", "并入代码", "继任代码"]),
    ]

    private static let levels: [String: GazetteerEntry.Level] = [
        "province": .province, "city": .city, "county": .county, "township": .township, "village": .village,
        "省": .province, "市": .city, "县": .county, "区": .county, "乡镇": .township, "镇": .township, "乡": .township,
        "街道": .township, "村": .village, "社区": .village, "1": .province, "2": .city, "3": .county, "4": .township,
        "5": .village,
    ]

    private static let kinds: [String: GazetteerEntry.Alias.Kind] = [
        "short": .short, "old": .old, "natural": .natural, "estate": .estate, "landmark": .landmark, "typo": .typo,
        "taught": .taught, "简称": .short, "旧名": .old, "自然村": .natural, "小区": .estate, "地标": .landmark, "误写": .typo,
    ]

    /// Which column holds what; nil when `code` or `name` is not among the header's names.
    private let positions: [String: Int]

    /// Reads a header; nil when it has no column for the code or the name.
    public init?(header: [String]) {
        var positions: [String: Int] = [:]
        for (index, title) in header.enumerated() {
            let wanted = title.lowercased().filter { !$0.isWhitespace }
            if let column = Self.columns.first(where: { $0.names.contains(wanted) }), positions[column.key] == nil {
                positions[column.key] = index
            }
        }
        guard positions["code"] != nil, positions["name"] != nil else { return nil }
        self.positions = positions
    }

    /// The entries of the rows that can be used, and what is wrong with the others.
    public func entries(
        _ rows: some Sequence<(line: Int, fields: [String])>
    ) -> (entries: [GazetteerEntry], problems: [RowProblem]) {
        var entries: [GazetteerEntry] = []
        var problems: [RowProblem] = []
        var seen: Set<String> = []
        for row in rows {
            switch entry(row.fields) {
            case .success(let entry) where seen.insert(entry.code).inserted: entries.append(entry)
            case .success: problems.append(RowProblem(line: row.line, reason: .duplicateCode))
            case .failure(let failure): problems.append(RowProblem(line: row.line, reason: failure.reason))
            }
        }
        return (entries, problems)
    }

    private struct Failure: Error {
        let reason: RowProblem.Reason
    }

    private func entry(_ fields: [String]) -> Result<GazetteerEntry, Failure> {
        func field(_ key: String) -> String {
            guard let position = positions[key], position < fields.count else { return "" }
            return fields[position].filter { $0 != "\u{FEFF}" && $0 != "\t" && $0 != "'" }
                .split(separator: " ").joined(separator: " ")
        }
        let raw = field("code")
        if raw.uppercased().contains("E+") { return .failure(Failure(reason: .codeMangledByExcel)) }
        guard let code = Self.code(raw) else { return .failure(Failure(reason: .badCode)) }
        let name = field("name")
        if name.isEmpty { return .failure(Failure(reason: .noName)) }
        let level: GazetteerEntry.Level
        if field("level").isEmpty {
            level = Self.level(ofCode: code)
        } else if let named = Self.levels[field("level").lowercased()] {
            level = named
        } else {
            return .failure(Failure(reason: .badLevel))
        }
        for key in ["from", "to"] where !field(key).isEmpty && !Self.isDay(field(key)) {
            return .failure(Failure(reason: .badDay))
        }
        var aliases: [GazetteerEntry.Alias] = []
        for part in field("aliases").split(whereSeparator: { $0 == ";" || $0 == "；" || $0 == "|" }) {
            let pair = part.split(whereSeparator: { $0 == ":" || $0 == "：" }).map(String.init)
            if pair.count == 1 {
                aliases.append(.init(text: pair[0], kind: .short))
            } else if pair.count == 2, let kind = Self.kinds[pair[0].lowercased()] {
                aliases.append(.init(text: pair[1], kind: kind))
            } else {
                return .failure(Failure(reason: .badAlias))
            }
        }
        func optional(_ key: String) -> String? { field(key).isEmpty ? nil : field(key) }
        return .success(
            GazetteerEntry(
                code: code, name: name, level: level,
                parent: optional("parent").flatMap(Self.code) ?? Self.parent(ofCode: code, level), aliases: aliases,
                validFrom: optional("from"), validTo: optional("to"),
                successor: optional("successor").flatMap(Self.code)))
    }

    /// Twelve digits; shorter codes of larger units are filled up with zeros.
    private static func code(_ text: String) -> String? {
        guard [2, 4, 6, 9, 12].contains(text.utf8.count), text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return text + String(repeating: "0", count: 12 - text.utf8.count)
    }

    /// What the zeros at the end of a code say about its level.
    private static func level(ofCode code: String) -> GazetteerEntry.Level {
        if !code.hasSuffix("000") { return .village }
        if !code.hasSuffix("000000") { return .township }
        if !code.hasSuffix("00000000") { return .county }
        return code.hasSuffix("0000000000") ? .province : .city
    }

    private static func parent(ofCode code: String, _ level: GazetteerEntry.Level) -> String? {
        let digits: Int
        switch level {
        case .village: digits = 9
        case .township: digits = 6
        case .county: digits = 4
        case .city: digits = 2
        case .province: return nil
        }
        return code.prefix(digits) + String(repeating: "0", count: 12 - digits)
    }

    private static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
    }
}
