internal import Lexicons
internal import Messages

/// What the checks of the linter read and write.
struct LintContext {
    let draft: LexiconDraft
    /// The names of the gazetteer, where there is one, in normal form.
    let placeNames: Set<String>
    private(set) var findings: [LintFinding] = []

    var files: [LexiconFile] { draft.files }

    init(_ draft: LexiconDraft, placeNames: Set<String>) {
        self.draft = draft
        self.placeNames = placeNames
    }

    /// Whether a word in normal form is, or begins with, the name of a village: one of the gazetteer, or what looks like one.
    func namesPlace(_ word: String) -> Bool {
        // 岩脚寨没灯 begins with a village; two characters are too few to say so.
        placeNames.contains(word) || PlaceLook.beginsWithPlace(word)
            || (3...max(3, word.count)).contains { placeNames.contains(String(word.prefix($0))) }
    }

    /// Notes a finding at a node.
    mutating func note(
        _ code: LintCode, _ file: Int, _ node: SourceNode?, owner: String = "", _ zh: String, _ en: String,
        edits: [TextEdit] = []
    ) {
        note(code, file, line: node?.line ?? 1, column: node?.column ?? 1, owner: owner, zh, en, edits: edits)
    }

    /// Notes a finding at a line and column.
    mutating func note(
        _ code: LintCode, _ file: Int, line: Int, column: Int, owner: String = "", _ zh: String, _ en: String,
        edits: [TextEdit] = []
    ) {
        findings.append(
            LintFinding(
                code: code, file: files[file].path, line: line, column: column, owner: owner, zh: zh, en: en,
                edits: edits, fileIndex: file))
    }

    /// Notes a finding in `lint.allow`.
    mutating func noteAllow(_ code: LintCode, _ path: String, _ line: Int, _ zh: String, _ en: String) {
        findings.append(
            LintFinding(
                code: code, file: path, line: line, column: 1, owner: "", zh: zh, en: en, fileIndex: files.count))
    }

    /// The edit that takes an item out of a list, with the comma beside it; nil where the list would be empty.
    func removal(of index: Int, from items: [SourceNode], in file: Int) -> TextEdit? {
        guard items.count > 1, items.indices.contains(index) else { return nil }
        let range =
            index + 1 < items.count
            ? items[index].range.lowerBound..<items[index + 1].range.lowerBound
            : items[index - 1].range.upperBound..<items[index].range.upperBound
        // A comment in between belongs to a neighbour: a person must look.
        guard !files[file].bytes[range].contains(0x23) else { return nil }
        return TextEdit(range: range, text: "")
    }

    /// The edit that takes a whole line with a key and its value away.
    func removal(ofKey key: String, in node: SourceNode, _ file: Int) -> [TextEdit] {
        guard let entry = node.entries?.last(where: { $0.key.text == key }) else { return [] }
        let source = files[file]
        let start = source.start(ofLine: entry.key.line)
        let last = source.line(ofByte: max(entry.key.range.lowerBound, entry.value.textEnd - 1))
        let end = source.start(ofLine: last + 1)
        let isOwnLine = source.bytes[start..<entry.key.range.lowerBound].allSatisfy { $0 == 0x20 }
        return isOwnLine ? [TextEdit(range: start..<end, text: "")] : []
    }
}

/// How close two words are: the number of letters to change, add, drop or swap.
enum Spelling {
    /// The one of the known words that was probably meant; nil when none is near or several are.
    static func nearest(_ word: String, among known: [String]) -> String? {
        let near = known.map { ($0, distance(Array(word), Array($0))) }.filter { $0.1 <= max(1, word.count / 3) }
        guard let best = near.min(by: { $0.1 < $1.1 }) else { return nil }
        return near.count { $0.1 == best.1 } == 1 ? best.0 : nil
    }

    /// Damerau's distance over neighbours.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var next = [i + 1]
            for (j, other) in right.enumerated() {
                var cost = min(row[j + 1] + 1, next[j] + 1, row[j] + (letter == other ? 0 : 1))
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other { cost = min(cost, before[j - 1] + 1) }
                next.append(cost)
            }
            (before, row) = (row, next)
        }
        return row[right.count]
    }
}
