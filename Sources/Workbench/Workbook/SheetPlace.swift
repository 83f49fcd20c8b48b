extension LexiconWorkbook.Reading {
    /// What a linter found in the files that the workbook makes, named by the cell; nil for what stands in no row of it.
    public func cellError(of finding: LintFinding) -> CellError? {
        guard let file = files.first(where: { $0.path == finding.file }),
            let item = items[file.stem]?.first(where: { $0.name == finding.owner })
        else { return nil }
        let word = file.root?.text(atLine: finding.line, column: finding.column)
        let column = SheetColumn.allCases.first { item.holds(word, in: $0) } ?? .name
        return CellError(cell: "\(file.stem)!\(column.letter)\(item.row)", zh: finding.zh, en: finding.en)
    }
}

extension LexiconWorkbook.Reading {
    /// Faults of the words and patterns of cells, told beside cells that could not be read at all.
    ///
    /// What only a missing cell may have caused is left for the next try.
    public func contentErrors() -> [CellError] {
        var told = Set(errors.map(\.cell))
        let codes: Set<LintCode> = [.unknownSet, .badPattern, .catastrophicPattern, .forbiddenTerm, .forbiddenReach]
        return Linter(files: files).findings().compactMap { finding in
            guard codes.contains(finding.code), let error = cellError(of: finding) else { return nil }
            let isLost = finding.code == .unknownSet && knownSets.contains { finding.zh.contains("“@\($0)”") }
            guard !isLost, told.insert(error.cell).inserted else { return nil }
            return error
        }
    }
}

extension SourceNode {
    /// The text that begins at a place; nil where none does.
    fileprivate func text(atLine line: Int, column: Int) -> String? {
        switch content {
        case .text(let text): self.line == line && self.column == column ? text : nil
        case .list(let items): items.lazy.compactMap { $0.text(atLine: line, column: column) }.first
        case .mapping(let entries):
            entries.lazy.compactMap { $0.value.text(atLine: line, column: column) }.first
        }
    }
}

extension SheetItem {
    fileprivate func holds(_ word: String?, in column: SheetColumn) -> Bool {
        guard let word, column != .kind, column != .name, column != .comment else { return false }
        if let index = SheetColumn.conditions.firstIndex(of: column) {
            return conditions.indices.contains(index) && conditions[index].contains(word)
        }
        let key = column == .match || column == .miss ? "\(column)" : column.key
        if let key, lists[key]?.contains(word) ?? false { return true }
        return column == .pattern && values["pattern"] == word
    }
}
