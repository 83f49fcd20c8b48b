internal import Messages

/// Accepted findings: comments in the files, and lines of `lint.allow` beside them.
///
/// `# lint: allow L205 why` at the head of a file counts for the file, above or behind a line for that line, and above a rule or
/// a set for all of it. In `lint.allow`: `L205 water why` for a file, `L205 water.no-water why` for a rule, `L205 * why` for all.
struct LintSuppressions {
    private struct Entry {
        var code: String
        var file: Int?
        var lines: ClosedRange<Int>?
        var owner: String?
        var reason: String
        var place: (file: Int, line: Int)?
        var allowLine: Int
        var isUsed = false
    }

    /// The name of the file beside the lexicons.
    static let fileName = "lint.allow"
    private var entries: [Entry] = []

    init(_ context: inout LintContext, allow: (path: String, text: String)?) {
        for index in context.files.indices { readComments(index, &context) }
        if let allow { readAllow(allow, &context) }
    }

    private mutating func readComments(_ index: Int, _ context: inout LintContext) {
        let file = context.files[index]
        var isHead = true
        for number in 1...max(1, file.lineCount) {
            let line = Array(file.bytes(ofLine: number))
            let text = line.drop { $0 == 0x20 }
            if let (codes, reason) = Self.acceptance(in: line) {
                let isOwnLine = text.first == 0x23
                for code in codes where check(code, reason, index, number, &context) {
                    let lines = isHead && isOwnLine ? nil : Self.reach(of: number, isOwnLine, index, context)
                    entries.append(
                        Entry(
                            code: code, file: index, lines: lines, reason: reason, place: (index, number),
                            allowLine: number))
                }
            }
            if let first = text.first, first != 0x23 { isHead = false }
        }
    }

    /// The codes that a comment such as `# lint: allow L205 L207 why` accepts, and why; nil where a line has none.
    ///
    /// Blanks are taken as they come, full-width ones too: an acceptance that is not seen would be worse.
    private static func acceptance(in line: [UInt8]) -> (codes: [String], reason: String)? {
        guard let sign = line.firstIndex(of: 0x23) else { return nil }
        let comment = String(decoding: line[sign...], as: UTF8.self)
        guard let marker = comment.firstMatch(of: /#\s*lint\s*[:：]\s*allow(?:\s+|$)/) else { return nil }
        let words = comment[marker.range.upperBound...].split(maxSplits: 8, whereSeparator: \.isWhitespace).map(
            String.init)
        let codes = words.prefix { LintCode(rawValue: $0) != nil }
        // What is no code is told as one that isn't known.
        return codes.isEmpty
            ? ([words.first ?? ""], words.dropFirst().joined(separator: " "))
            : (Array(codes), words.dropFirst(codes.count).joined(separator: " "))
    }

    /// The lines that a comment in a file speaks for.
    private static func reach(of number: Int, _ isOwnLine: Bool, _ index: Int, _ context: LintContext) -> ClosedRange<
        Int
    > {
        guard isOwnLine else { return number...number }
        let file = context.files[index]
        var next = number + 1
        while next < file.lineCount, file.bytes(ofLine: next).drop(while: { $0 == 0x20 }).first == 0x23 { next += 1 }
        if let rule = context.draft.rules.first(where: { $0.file == index && $0.node.line == next }) {
            return next...max(next, file.line(ofByte: max(0, rule.node.textEnd - 1)))
        }
        if let set = context.draft.sets.first(where: { $0.file == index && $0.node.line == next }) {
            let last = (set.words + set.protect).map { file.line(ofByte: $0.node.range.lowerBound) }.max() ?? next
            return next...max(next, last)
        }
        return next...next
    }

    private mutating func readAllow(_ allow: (path: String, text: String), _ context: inout LintContext) {
        for (number, line) in allow.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(maxSplits: 2, whereSeparator: \.isWhitespace).map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            let target = words.count > 1 ? words[1] : ""
            let reason = words.count > 2 ? words[2] : ""
            if let fault = Self.fault(of: first, isWhole: !target.isEmpty && !reason.isEmpty, form: "L205 water 方言写法") {
                context.noteAllow(.badSuppression, allow.path, number + 1, fault.zh, fault.en)
                continue
            }
            var entry = Entry(code: first, reason: reason, place: nil, allowLine: number + 1)
            if target != "*" {
                if let file = context.files.firstIndex(where: { $0.stem == target }) {
                    entry.file = file
                } else {
                    entry.owner = target
                }
            }
            entries.append(entry)
        }
    }

    private func check(_ code: String, _ reason: String, _ file: Int, _ line: Int, _ context: inout LintContext) -> Bool
    {
        let isWhole = reason.contains { !$0.isWhitespace }
        guard let fault = Self.fault(of: code, isWhole: isWhole, form: "# lint: allow \(code) 方言写法") else {
            return true
        }
        context.note(.badSuppression, file, line: line, column: 1, fault.zh, fault.en)
        return false
    }

    /// What is wrong with an acceptance; nil when nothing is.
    private static func fault(of code: String, isWhole: Bool, form: String) -> (zh: String, en: String)? {
        guard let known = LintCode(rawValue: code) else {
            return ("没有代码“\(code)”。代码见 docs/how-to/analyst.md", "no code '\(code)'. See docs/how-to/analyst.en.md")
        }
        if !known.isSuppressible {
            return ("\(code) 是错误，不能放行。请改正", "\(code) is an error and cannot be accepted. Mend it")
        }
        return isWhole ? nil : ("放行要写明范围和理由，如：\(form)", "say what for and why, as: \(form)")
    }

    /// Marks what is accepted, and notes suppressions that nothing needs.
    mutating func apply(to findings: [LintFinding], _ context: inout LintContext, allowPath: String?) -> [LintFinding] {
        let marked = findings.map { finding in
            var finding = finding
            for index in entries.indices where finding.suppression == nil && covers(entries[index], finding) {
                finding.suppression = entries[index].reason
                entries[index].isUsed = true
            }
            return finding
        }
        for entry in entries where !entry.isUsed {
            if let place = entry.place {
                context.note(
                    .idleSuppression, place.file, line: place.line, column: 1, "这条放行已无对象。请删去",
                    "nothing needs this acceptance. Delete it")
            } else if let allowPath {
                context.noteAllow(
                    .idleSuppression, allowPath, entry.allowLine, "这条放行已无对象。请删去",
                    "nothing needs this acceptance. Delete it")
            }
        }
        return marked
    }

    private func covers(_ entry: Entry, _ finding: LintFinding) -> Bool {
        guard entry.code == finding.code.rawValue, finding.code.isSuppressible else { return false }
        if let file = entry.file, file != finding.fileIndex { return false }
        if let lines = entry.lines, !lines.contains(finding.line) { return false }
        if let owner = entry.owner, owner != finding.owner { return false }
        return true
    }
}
