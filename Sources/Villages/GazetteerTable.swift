internal import ChineseText
public import Messages

/// Reads a table of villages: the operator's, with header names in Chinese or English, or a public list with or without one.
///
/// - Input: a header or the first rows, then rows of fields, unquoted by whoever reads the file.
/// - Output: entries in the order of the rows, then the townships, counties, cities and provinces that only stand as names in
///   columns; what took over from what; codes of other numberings.
public struct GazetteerTable: Sendable {
    /// Which column holds what; nil when `code` or `name` is not among the header's names.
    private let positions: [String: Int]

    /// What a table holds.
    public struct Contents: Sendable, Equatable {
        /// The places in the order of the rows, then the units that only stand as names in columns.
        public var entries: [GazetteerEntry] = []
        /// What took over from what, where a row says how, or names several.
        public var successions: [Succession] = []
        /// Codes of other numberings.
        public var foreign: [ForeignCode] = []
        /// The rows that cannot be used.
        public var problems: [RowProblem] = []
    }

    /// Recognises a public list without a header by its first rows: one column of 12-digit codes, a name behind it.
    ///
    /// Reads the layouts of adyliu/china_area (code, name, level, parent), njzjz/prcadmin (code, name, level) and Vonng/adcode
    /// (code, parent, name, and 17 more). Nil when the rows are of no such form.
    public init?(headless rows: [[String]]) {
        let sample = rows.prefix(20).filter { $0.count > 2 }
        guard let width = sample.map(\.count).min(), !sample.isEmpty else { return nil }
        func isMostly(_ column: Int, _ test: (String) -> Bool) -> Bool {
            // Some codes may be broken; the column is one of codes all the same.
            sample.count { test(Self.cleaned($0[column])) } * 2 > sample.count
        }
        let codes = (0..<width).filter {
            isMostly($0) { $0.utf8.count == 12 && $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }
        }
        guard let code = codes.first,
            let name = (code + 1..<width).first(where: { column in
                isMostly(column) { $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
            })
        else { return nil }
        var positions = ["code": code, "name": name]
        if codes.count > 1 { positions["parent"] = codes[1] }
        if width >= 19 {
            for (index, key) in ["province", "city", "county", "town"].enumerated() { positions[key] = 15 + index }
        }
        self.positions = positions
    }

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
        let contents = contents(rows)
        return (contents.entries, contents.problems)
    }

    /// All that the rows say, and what is wrong with those that cannot be used.
    ///
    /// A code may stand on several rows with different first days. Rows without any text are passed over.
    public func contents(_ rows: some Sequence<(line: Int, fields: [String])>) -> Contents {
        var contents = Contents()
        var seen: Set<String> = []
        var codes: Set<String> = []
        var units: [String: GazetteerEntry] = [:]
        for row in rows where row.fields.contains(where: { !$0.isEmpty && !Self.cleaned($0).isEmpty }) {
            switch entry(row.fields) {
            case .success(let entry) where seen.insert(entry.code + (entry.validFrom ?? "")).inserted:
                codes.insert(entry.code)
                contents.entries.append(entry)
                note(unitsOf: entry, row.fields, &units)
                if let problem = note(relationsOf: entry, row.fields, &contents) {
                    contents.problems.append(
                        RowProblem(line: row.line, reason: problem.reason, field: problem.field))
                }
            case .success: contents.problems.append(RowProblem(line: row.line, reason: .duplicateCode, field: "code"))
            case .failure(let failure):
                contents.problems.append(RowProblem(line: row.line, reason: failure.reason, field: failure.field))
            }
        }
        contents.entries += units.values.filter { !codes.contains($0.code) }.sorted { $0.code < $1.code }
        return contents
    }

    /// Successors with their kind, and codes of other numberings.
    private func note(
        relationsOf entry: GazetteerEntry, _ fields: [String], _ contents: inout Contents
    ) -> Failure? {
        for (key, scheme) in [("nbs", CodeScheme.nbs), ("mca", .mca), ("local", .local)] {
            let other = field(key, fields)
            if other.isEmpty { continue }
            if Self.isMangled(other) { return Failure(reason: .codeMangledByExcel, field: key + "_code") }
            contents.foreign.append(ForeignCode(code: entry.code, scheme: scheme, other: other))
        }
        let to = Self.parts(field("successor", fields)).compactMap(Self.code)
        let word = field("succession", fields).lowercased()
        guard !to.isEmpty, to.count > 1 || !word.isEmpty else { return nil }
        guard let kind = word.isEmpty ? .split : Self.successions[word] else {
            return Failure(reason: .badSuccession, field: "succession")
        }
        contents.successions += to.map { Succession(from: entry.code, to: $0, kind: kind) }
        return nil
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
        // Nearly all fields have nothing to clean; the list of a nation has millions of them.
        let isClean = field.utf8.allSatisfy { $0 > 0x20 && $0 != 0x27 && $0 != 0xEF && $0 != 0xC2 && $0 != 0xE3 }
        if isClean { return field }
        return field.filter { $0 != "\u{FEFF}" && $0 != "\t" && $0 != "'" && $0 != "\r" && $0 != "\n" }
            .split(whereSeparator: { $0 == " " || $0 == "\u{3000}" || $0 == "\u{A0}" }).joined(separator: " ")
    }

    private func entry(_ fields: [String]) -> Result<GazetteerEntry, Failure> {
        var codes: [String: String] = [:]
        for key in ["code", "parent", "successor"] {
            let raw = field(key, fields)
            if raw.isEmpty, key != "code" { continue }
            for part in key == "successor" ? Self.parts(raw) : [raw] {
                if Self.isMangled(part) { return .failure(Failure(reason: .codeMangledByExcel, field: key)) }
                guard let code = Self.code(part) else { return .failure(Failure(reason: .badCode, field: key)) }
                // A village that was split has no one successor; the parts stand apart.
                codes[key] = codes[key] == nil ? code : ""
            }
        }
        if codes["successor"] == "" { codes["successor"] = nil }
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
        if list.isEmpty { return [] }
        return list.split(whereSeparator: { ";；|、,，".contains($0) }).map { cleaned(String($0)) }.filter { !$0.isEmpty }
    }

    /// The units above that stand as names in a village's row: lists of villages often have no rows for them.
    private func note(unitsOf entry: GazetteerEntry, _ fields: [String], _ units: inout [String: GazetteerEntry]) {
        guard entry.level == .village, let town = entry.parent, units[town] == nil else { return }
        var code: String? = town
        for (key, level) in [
            ("town", GazetteerEntry.Level.township), ("county", .county), ("city", .city), ("province", .province),
        ] {
            guard let unit = code else { return }
            let parent = Self.parent(ofCode: unit, level)
            let name = field(key, fields)
            if !name.isEmpty, units[unit] == nil {
                units[unit] = GazetteerEntry(code: unit, name: name, level: level, parent: parent)
            }
            code = parent
        }
    }

    private static func plain(_ title: String) -> String { TextNormalizer.shared.normalized(title).string }

    /// 3.50524107214E+11 as workbooks hold it: all twelve digits are there.
    private static func wholeNumber(_ text: String) -> String? {
        let parts = text.uppercased().split(separator: "E")
        guard parts.count == 2, parts[1] == "+11" || parts[1] == "11" else { return nil }
        let digits = parts[0].filter { $0 != "." }
        guard digits.utf8.count == 12, parts[0].dropFirst().first == ".", digits.allSatisfy(\.isASCIIDigit) else {
            return nil
        }
        return digits
    }

    /// 3.50E+11, 3.50524E11: the last digits are gone.
    private static func isMangled(_ text: String) -> Bool {
        guard text.utf8.contains(where: { $0 | 0x20 == 0x65 || $0 == 0xEF }) else { return false }
        let upper = text.uppercased()
        return wholeNumber(text) == nil && upper.contains("E")
            && upper.allSatisfy { $0.isNumber || ".E+，,".contains($0) }
            && upper.first?.isNumber == true
    }

    /// Twelve digits; shorter codes of larger units are filled up with zeros.
    private static func code(_ text: String) -> String? {
        if text.utf8.count == 12, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }), text.utf8.contains(where: { $0 != 0x30 }) {
            return text
        }
        if let whole = wholeNumber(text) { return whole }
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
        guard code.utf8.last == 0x30, code.endsInBytes(of: "000") else { return .village }
        if !code.endsInBytes(of: "000000") { return .township }
        if !code.endsInBytes(of: "00000000") { return .county }
        return code.endsInBytes(of: "0000000000") ? .province : .city
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
        return String(code.prefix(digits)) + String("000000000000".prefix(12 - digits))
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
