internal import ChineseText
public import Messages

/// Reads the operator's table of villages: header names in Chinese or English, one place a row.
///
/// - Input: a header and rows of fields, unquoted by whoever reads the file.
/// - Output: entries in the order of the rows, then the townships and counties that only stand as names in columns.
public struct GazetteerTable: Sendable {
    /// The columns that a header may name, with what they are called in practice.
    static let columns: [(key: String, names: [String])] = [
        (
            "code",
            [
                "code", "代码", "编码", "区划代码", "行政区划代码", "统计用区划代码", "统计用区划代码和城乡划分代码", "code12", "村代码", "村编码",
                "行政村代码", "村社区代码", "地名代码", "单位代码",
            ]
        ),
        (
            "name",
            ["name", "名称", "村名", "村名称", "行政村", "行政村名称", "村社区", "村社区名称", "区划名称", "行政区划名称", "单位名称", "地名"]
        ),
        ("level", ["level", "级别", "层级", "行政级别"]),
        (
            "parent",
            [
                "parent", "parent_code", "上级", "上级代码", "上级区划代码", "父级代码", "乡镇代码", "所属乡镇代码", "town_code", "streetcode",
            ]
        ),
        ("town", ["town", "乡镇", "乡镇名称", "所属乡镇", "镇街", "乡镇街道"]),
        ("county", ["county", "县", "县区", "区县", "县名称", "所属县"]),
        ("aliases", ["aliases", "alias", "别名", "俗名"]),
        ("old", ["old_names", "曾用名", "原名", "旧名"]),
        ("natural", ["natural_villages", "自然村", "下辖自然村", "自然屯"]),
        ("from", ["valid_from", "启用日期", "生效日期", "设立日期"]),
        ("to", ["valid_to", "停用日期", "撤销日期", "失效日期"]),
        ("successor", ["successor", "后继代码", "并入代码", "继任代码", "并入村代码"]),
    ]

    private static let levels: [String: GazetteerEntry.Level] = [
        "province": .province, "city": .city, "county": .county, "township": .township, "village": .village,
        "省": .province, "市": .city, "县": .county, "区": .county, "乡镇": .township, "镇": .township, "乡": .township,
        "街道": .township, "村": .village, "社区": .village, "1": .province, "2": .city, "3": .county, "4": .township,
        "5": .village, "省级": .province, "市级": .city, "县级": .county, "乡级": .township, "村级": .village,
        "行政村": .village, "居委会": .village, "村委会": .village, "区县": .county,
    ]

    private static let kinds: [String: GazetteerEntry.Alias.Kind] = [
        "short": .short, "old": .old, "natural": .natural, "estate": .estate, "landmark": .landmark, "typo": .typo,
        "taught": .taught, "简称": .short, "旧名": .old, "曾用名": .old, "自然村": .natural, "小区": .estate, "地标": .landmark,
        "误写": .typo, "添加": .taught,
    ]

    /// Which column holds what; nil when `code` or `name` is not among the header's names.
    private let positions: [String: Int]

    /// Reads a header; nil when it has no column for the code or the name.
    public init?(header: [String]) {
        var positions: [String: Int] = [:]
        for (index, title) in header.enumerated() {
            // 代码（12位）, ﻿code, "村(社区)名称" …
            let plain = TextNormalizer.shared.normalized(title).string.filter {
                $0 != "(" && $0 != ")" && $0 != "位" && !$0.isASCIIDigit
            }
            for column in Self.columns where positions[column.key] == nil {
                if column.names.contains(where: { Self.plain($0) == plain }) { positions[column.key] = index }
            }
        }
        guard positions["code"] != nil, positions["name"] != nil else { return nil }
        self.positions = positions
    }

    /// The entries of the rows that can be used, and what is wrong with the others.
    ///
    /// Rows without any text are passed over.
    public func entries(
        _ rows: some Sequence<(line: Int, fields: [String])>
    ) -> (entries: [GazetteerEntry], problems: [RowProblem]) {
        var entries: [GazetteerEntry] = []
        var problems: [RowProblem] = []
        var seen: Set<String> = []
        var units: [String: GazetteerEntry] = [:]
        for row in rows where row.fields.contains(where: { !Self.cleaned($0).isEmpty }) {
            switch entry(row.fields) {
            case .success(let entry) where seen.insert(entry.code).inserted:
                entries.append(entry)
                note(unitsOf: entry, row.fields, &units)
            case .success: problems.append(RowProblem(line: row.line, reason: .duplicateCode, field: "code"))
            case .failure(let failure):
                problems.append(RowProblem(line: row.line, reason: failure.reason, field: failure.field))
            }
        }
        let unlisted = units.values.filter { !seen.contains($0.code) }.sorted { $0.code < $1.code }
        return (entries + unlisted, problems)
    }

    private struct Failure: Error {
        let reason: RowProblem.Reason
        let field: String
    }

    private func field(_ key: String, _ fields: [String]) -> String {
        guard let position = positions[key], position < fields.count else { return "" }
        return Self.cleaned(fields[position])
    }

    /// Without a byte-order mark, tabs, the apostrophe that makes Excel keep a number as text, and outer blanks.
    private static func cleaned(_ field: String) -> String {
        field.filter { $0 != "\u{FEFF}" && $0 != "\t" && $0 != "'" && $0 != "\r" && $0 != "\n" }
            .split(whereSeparator: { $0 == " " || $0 == "\u{3000}" || $0 == "\u{A0}" }).joined(separator: " ")
    }

    private func entry(_ fields: [String]) -> Result<GazetteerEntry, Failure> {
        var codes: [String: String] = [:]
        for key in ["code", "parent", "successor"] {
            let raw = field(key, fields)
            if raw.isEmpty, key != "code" { continue }
            if Self.isMangled(raw) { return .failure(Failure(reason: .codeMangledByExcel, field: key)) }
            guard let code = Self.code(raw) else { return .failure(Failure(reason: .badCode, field: key)) }
            codes[key] = code
        }
        let code = codes["code"] ?? ""
        let name = field("name", fields)
        if name.isEmpty { return .failure(Failure(reason: .noName, field: "name")) }
        var level = Self.level(ofCode: code)
        if !field("level", fields).isEmpty {
            guard let named = Self.levels[field("level", fields).lowercased()] else {
                return .failure(Failure(reason: .badLevel, field: "level"))
            }
            level = named
        }
        var days: [String: String] = [:]
        for (key, title) in [("from", "valid_from"), ("to", "valid_to")] where !field(key, fields).isEmpty {
            guard let day = TableDay(field(key, fields)) else {
                return .failure(Failure(reason: .badDay, field: title))
            }
            days[key] = day.text
        }
        if let from = days["from"], let to = days["to"], to < from {
            return .failure(Failure(reason: .badDay, field: "valid_to"))
        }
        guard let aliases = aliases(fields) else { return .failure(Failure(reason: .badAlias, field: "aliases")) }
        return .success(
            GazetteerEntry(
                code: code, name: name, level: level, parent: codes["parent"] ?? Self.parent(ofCode: code, level),
                aliases: aliases, validFrom: days["from"], validTo: days["to"], successor: codes["successor"]))
    }

    private func aliases(_ fields: [String]) -> [GazetteerEntry.Alias]? {
        var aliases: [GazetteerEntry.Alias] = []
        for part in Self.parts(field("aliases", fields)) {
            let pair = part.split(whereSeparator: { $0 == ":" || $0 == "：" }).map { Self.cleaned(String($0)) }
            if pair.count == 1, !part.contains(":"), !part.contains("：") {
                aliases.append(.init(text: pair[0], kind: .short))
            } else if pair.count == 2, let kind = Self.kinds[pair[0].lowercased()], !pair[1].isEmpty {
                aliases.append(.init(text: pair[1], kind: kind))
            } else {
                return nil
            }
        }
        aliases += Self.parts(field("old", fields)).map { .init(text: $0, kind: .old) }
        aliases += Self.parts(field("natural", fields)).map { .init(text: $0, kind: .natural) }
        return aliases
    }

    private static func parts(_ list: String) -> [String] {
        list.split(whereSeparator: { ";；|、,，".contains($0) }).map { cleaned(String($0)) }.filter { !$0.isEmpty }
    }

    /// The township and county that stand as names in a village's row: lists of villages often have no rows for them.
    private func note(unitsOf entry: GazetteerEntry, _ fields: [String], _ units: inout [String: GazetteerEntry]) {
        guard entry.level == .village, let town = entry.parent, units[town] == nil else { return }
        let county = Self.parent(ofCode: town, .township)
        let name = field("town", fields)
        if !name.isEmpty { units[town] = GazetteerEntry(code: town, name: name, level: .township, parent: county) }
        let countyName = field("county", fields)
        if let county, !countyName.isEmpty, units[county] == nil {
            units[county] = GazetteerEntry(
                code: county, name: countyName, level: .county, parent: Self.parent(ofCode: county, .county))
        }
    }

    private static func plain(_ title: String) -> String { TextNormalizer.shared.normalized(title).string }

    /// 3.50E+11, 3.50524E11: the last digits are gone.
    private static func isMangled(_ text: String) -> Bool {
        let upper = text.uppercased()
        return upper.contains("E") && upper.allSatisfy { $0.isNumber || ".E+，,".contains($0) }
            && upper.first?.isNumber == true
    }

    /// Twelve digits; shorter codes of larger units are filled up with zeros.
    private static func code(_ text: String) -> String? {
        // ="350524107214" is how some exporters keep Excel from mangling; 350524107214.0 is a number that lost nothing.
        var digits = TextNormalizer.shared.normalized(text).string.filter { $0 != "=" && $0 != "\"" && $0 != " " }
        if digits.hasSuffix(".0") { digits.removeLast(2) }
        guard [2, 4, 6, 9, 12].contains(digits.utf8.count), digits.allSatisfy(\.isASCIIDigit),
            digits.contains(where: { $0 != "0" })
        else { return nil }
        return digits + String(repeating: "0", count: 12 - digits.utf8.count)
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
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
