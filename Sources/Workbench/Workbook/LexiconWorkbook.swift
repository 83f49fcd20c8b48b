internal import CXLSXWriter
public import ChatExports
internal import Foundation
internal import Lexicons
public import Messages

/// A lexicon as a workbook: a sheet for each subject, a row for each set, rule or guard.
public enum LexiconWorkbook {
    /// A workbook that could not be written.
    public struct WriteError: ExplainedError {
        /// The file.
        public var file: String
        /// A cell that holds more than a spreadsheet takes; nil when the disk refused.
        public var cell: String?

        /// Where, what, what to do.
        public func explanation(in language: Language) -> String {
            if let cell {
                return language == .zh
                    ? "\(cell)：内容超过 32,767 字，表格装不下。请先把词组拆成两个"
                    : "\(cell): more than the 32,767 characters that a cell takes. Cut the set in two"
            }
            return language == .zh
                ? "\(file)：写不进去。请检查路径、权限和磁盘空间"
                : "\(file): cannot be written. Check the path, its rights and the disk's room"
        }
    }

    private static let mostCell = 32_767

    // MARK: Writing

    /// Writes the subjects, shared sets and guards of a lexicon; `digest` names the version on the first sheet.
    ///
    /// - Throws: `WriteError`.
    public static func write(_ files: [LexiconFile], digest: String, to path: String) throws(WriteError) {
        let files = files.filter { $0.hasRules || $0.isShared }
        for file in files {
            for (index, item) in SheetItem.items(of: file).enumerated() {
                for column in SheetColumn.allCases where item.cell(column).utf16.count > mostCell {
                    throw WriteError(file: path, cell: "\(file.stem)!\(column.letter)\(index + 2)")
                }
            }
        }
        guard let book = workbook_new(path) else { throw WriteError(file: path) }
        let formats = Formats(book)
        writeNotes(book, formats, digest, files)
        for file in files { writeSheet(file, book, formats) }
        writeChoices(book)
        guard workbook_close(book) == LXW_NO_ERROR else { throw WriteError(file: path) }
    }

    private struct Formats {
        let head: UnsafeMutablePointer<lxw_format>?
        let text: UnsafeMutablePointer<lxw_format>?
        let number: UnsafeMutablePointer<lxw_format>?

        init(_ book: UnsafeMutablePointer<lxw_workbook>) {
            head = workbook_add_format(book)
            format_set_bold(head)
            format_set_bg_color(head, 0xDDE8F3)
            format_set_text_wrap(head)
            format_set_border(head, UInt8(LXW_BORDER_THIN.rawValue))
            text = workbook_add_format(book)
            format_set_text_wrap(text)
            format_set_align(text, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            // "@": what is typed stays text, so that 1-2 becomes no date.
            format_set_num_format(text, "@")
            number = workbook_add_format(book)
            format_set_align(number, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
    }

    static let notesSheet = "说明"
    static let choicesSheet = "lists"

    private static func writeNotes(
        _ book: UnsafeMutablePointer<lxw_workbook>, _ formats: Formats, _ digest: String, _ files: [LexiconFile]
    ) {
        let sheet = workbook_add_worksheet(book, notesSheet)
        worksheet_set_column(sheet, 0, 0, 100, nil)
        let notes = [
            "民声词库（版本 \(digest)）", "每个主题一张表：先是词组，再是规则；guards 是防误报，sets 开头的是各主题公用的词组。",
            "一格里的词用顿号（、）隔开，逗号、分号、换行也行；词里本来就有这些符号的，放在英文双引号里。@开头的是词组的名称。",
            "例句一行一句（格内换行：Alt+Enter）。", "增加规则就加一行；删去规则就删去整行。不要改表头和表名。备注列照原文的注释，改了不会写回。",
            "改好后：minsheng lexicon import 本文件 --lexicons 词库目录。先显示改动，加 --write 才写入。",
            "内容只能是干部行为和公共服务；言论、政策批评、上访、集会、宗教、民族的词会被拒绝。",
        ]
        for (row, note) in notes.enumerated() {
            worksheet_write_string(sheet, UInt32(row), 0, note, row == 0 ? formats.head : formats.text)
        }
        for (row, file) in files.enumerated() {
            worksheet_write_string(
                sheet, UInt32(notes.count + 1 + row), 0, file.stem + "　" + (file.root?["title"]?.text ?? ""), nil)
        }
    }

    private static func writeSheet(_ file: LexiconFile, _ book: UnsafeMutablePointer<lxw_workbook>, _ formats: Formats)
    {
        let sheet = workbook_add_worksheet(book, file.stem)
        for column in SheetColumn.allCases {
            worksheet_set_column(sheet, UInt16(column.rawValue), UInt16(column.rawValue), column.width, nil)
            worksheet_write_string(sheet, 0, UInt16(column.rawValue), column.title, formats.head)
        }
        worksheet_freeze_panes(sheet, 1, 2)
        let items = SheetItem.items(of: file)
        for (row, item) in items.enumerated() {
            for column in SheetColumn.allCases {
                let text = item.cell(column)
                guard !text.isEmpty else { continue }
                let isNumber = column == .weight || column == .within
                if isNumber, let number = Double(text) {
                    worksheet_write_number(sheet, UInt32(row + 1), UInt16(column.rawValue), number, formats.number)
                } else {
                    worksheet_write_string(sheet, UInt32(row + 1), UInt16(column.rawValue), text, formats.text)
                }
            }
        }
        // Rows that are added below are checked too.
        let last = UInt32(items.count + 500)
        for (column, choices) in choices(for: file) {
            validate(
                sheet, column, last, list: "=\(choicesSheet)!$\(choices.letter)$1:$\(choices.letter)$\(choices.count)")
        }
        validate(sheet, .weight, last, from: 0, to: 1)
        validate(sheet, .within, last, from: 0, to: 200)
    }

    /// The lists of choices, in the columns of the sheet that holds them.
    private static let lists: [[String]] = [
        SheetItem.Kind.allCases.map(\.rawValue), Topic.allCases.map(\.rawValue), Severity.allCases.map(\.rawValue),
        ["true", "false"], ["none", "either", "both"], ["text", "sentence"],
    ]

    private static func choices(for file: LexiconFile) -> [(SheetColumn, (letter: String, count: Int))] {
        let columns: [(SheetColumn, Int)] = [
            (.kind, 0), (.topic, 1), (.severity, 2), (.order, 3), (.across, 3), (.boundaries, 4), (.scope, 5),
        ]
        return columns.map { ($0, (letter: String(UnicodeScalar(UInt8(0x41 + $1))), count: lists[$1].count)) }
    }

    private static func writeChoices(_ book: UnsafeMutablePointer<lxw_workbook>) {
        let sheet = workbook_add_worksheet(book, choicesSheet)
        for (column, list) in lists.enumerated() {
            for (row, text) in list.enumerated() {
                worksheet_write_string(sheet, UInt32(row), UInt16(column), text, nil)
            }
        }
        worksheet_hide(sheet)
    }

    private static func validate(
        _ sheet: UnsafeMutablePointer<lxw_worksheet>?, _ column: SheetColumn, _ last: UInt32, list: String
    ) {
        list.withCString { formula in
            var validation = lxw_data_validation()
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            validation.value_formula = UnsafeMutablePointer(mutating: formula)
            worksheet_data_validation_range(
                sheet, 1, UInt16(column.rawValue), last, UInt16(column.rawValue), &validation)
        }
    }

    private static func validate(
        _ sheet: UnsafeMutablePointer<lxw_worksheet>?, _ column: SheetColumn, _ last: UInt32, from low: Double,
        to high: Double
    ) {
        var validation = lxw_data_validation()
        validation.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
        validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
        validation.minimum_number = low
        validation.maximum_number = high
        worksheet_data_validation_range(sheet, 1, UInt16(column.rawValue), last, UInt16(column.rawValue), &validation)
    }

    // MARK: Reading

    /// What a workbook makes of the files of a lexicon.
    public struct Reading: Sendable {
        /// The files with their new texts, those of new subjects too.
        public var files: [LexiconFile]
        /// The files whose text changes.
        public var changed: [LexiconFile]
        /// Cells that cannot be taken over.
        public var errors: [CellError]
        /// Files of the lexicon that have no sheet; they stay as they are.
        public var missingSheets: [String]
        /// The version that the workbook was written from; nil where its first sheet doesn't say.
        public var version: String?
        /// The rows by sheet.
        var items: [String: [SheetItem]] = [:]
        /// The sets of the lexicon before.
        var knownSets: Set<String> = []
    }

    /// Takes a workbook over into the files of a lexicon; nothing is written, and with errors nothing must be.
    ///
    /// - Throws: `ExportError` when the workbook cannot be read.
    public static func read(_ path: String, into files: [LexiconFile], folder: String) throws(ExportError) -> Reading {
        var reading = Reading(files: files, changed: [], errors: [], missingSheets: [])
        var seen: Set<String> = []
        let sheets = try TableFile.sheets(of: path)
        let first = sheets.first { $0.name == notesSheet }?.rows.first?.fields.first
        reading.version = first.flatMap { $0.firstMatch(of: /版本 ([0-9a-f]{8,64})/) }.map { String($0.1) }
        for (name, rows) in sheets where name != notesSheet && name != choicesSheet {
            let isKnown = files.contains { $0.stem == name && ($0.hasRules || $0.isShared) }
            guard isKnown || Topic(rawValue: name) != nil || name == "guards" || name.hasPrefix("sets-") else {
                reading.errors.append(
                    CellError(
                        cell: "\(name)!A1", zh: "“\(name)”不在固定分类里。表名应是主题、guards 或 sets",
                        en: "'\(name)' is not in the closed taxonomy. A sheet is a topic, guards or sets"))
                continue
            }
            seen.insert(name)
            let reader = SheetReader(sheet: name, rows: rows)
            reading.errors += reader.errors
            reading.items[name] = reader.items
            // What could be read of a faulty sheet is still looked at, so that all faults are told in one go.
            if let index = reading.files.firstIndex(where: { $0.stem == name }) {
                let old = reading.files[index]
                let text = SheetMerge.text(of: reader.items, into: old)
                guard text != old.text else { continue }
                reading.files[index] = LexiconFile(path: old.path, text: text)
                reading.changed.append(reading.files[index])
            } else if !reader.items.isEmpty {
                let path = (folder.hasSuffix("/") ? folder : folder + "/") + name + ".yaml"
                let file = LexiconFile(path: path, text: YAMLWriting.file(stem: name, title: "", reader.items))
                reading.files.append(file)
                reading.changed.append(file)
            }
        }
        reading.missingSheets = files.filter { ($0.hasRules || $0.isShared) && !seen.contains($0.stem) }.map(\.stem)
        reading.files.sort { $0.path < $1.path }
        reading.knownSets = Set(LexiconDraft(files).sets.map(\.name))
        return reading
    }
}
