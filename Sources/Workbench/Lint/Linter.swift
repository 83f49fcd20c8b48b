internal import Foundation
public import Lexicons
internal import Messages

/// Finds what is wrong, doubtful or forbidden in lexicon files, all of it in one go.
///
/// - Input: the files of a folder, with `lint.allow` where there is one, and the names of the gazetteer.
/// - Output: findings in the order of files, lines and columns; accepted ones carry their reason.
/// - Cost: some seconds for a lexicon of 1,200 rules: every rule is tried on texts, every pattern on hostile ones.
public struct Linter: Sendable {
    /// The lexicon's files.
    public let files: [LexiconFile]
    private let allow: (path: String, text: String)?
    private let placeNames: Set<String>
    /// Files of the folder that look like lexicons and are none by their names.
    private var unread: [String] = []
    /// Files of the folder that could not be read; the others are checked all the same.
    private var unreadable: [LexiconError] = []

    /// Reads a folder of lexicons.
    ///
    /// - Throws: when there is no such folder, or no lexicon in it.
    public init(folder: String, placeNames: [String] = []) throws(LexiconError) {
        let path = (folder.hasSuffix("/") ? folder : folder + "/") + LintSuppressions.fileName
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        var files: [LexiconFile] = []
        var unreadable: [LexiconError] = []
        for path in try LexiconLoader.paths(in: folder) {
            do throws(LexiconError) {
                files.append(LexiconFile(path: path, text: try LexiconLoader.text(of: path)))
            } catch {
                unreadable.append(error)
            }
        }
        self.init(files: files, allow: text.map { (path, $0) }, placeNames: placeNames)
        self.unreadable = unreadable
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let ends = [".yml", ".yaml"]
        unread = names.filter { name in
            !name.hasSuffix(".yaml") && ends.contains { name.lowercased().hasSuffix($0) }
        }.sorted().map { (folder.hasSuffix("/") ? folder : folder + "/") + $0 }
    }

    /// Takes files that were read already.
    public init(files: [LexiconFile], allow: (path: String, text: String)? = nil, placeNames: [String] = []) {
        self.files = files
        self.allow = allow
        self.placeNames = Set(placeNames.map { DraftWord.normal(of: $0) })
    }

    /// What was found; accepted findings too.
    public func findings() -> [LintFinding] {
        var context = LintContext(LexiconDraft(files), placeNames: placeNames)
        for path in unread {
            context.noteAllow(
                .unreadFile, path, 1, "这个文件不会读：文件名要以小写的 .yaml 结尾。请改名",
                "this file is not read: its name must end in .yaml, in small letters. Rename it")
        }
        for error in unreadable {
            let isText = error.reason == .notUTF8
            context.noteAllow(
                .notYAML, error.origin.file, max(1, error.origin.line),
                isText ? "不是 UTF-8 编码。请另存为 UTF-8" : "没有读取权限。请修改文件权限",
                isText ? "not UTF-8. Save the file as UTF-8" : "you may not read this file. Change its rights")
        }
        LintShape.check(&context)
        LintWords.check(&context)
        LintRules.check(&context)
        LintPatterns.check(&context)
        LintTaxonomy.check(&context)
        // What the loader refuses and no check knew is still found, if only the first of it.
        // An empty file is told as one; the loader would stop at it too.
        if !context.findings.contains(where: { $0.code.level == .error }), files.allSatisfy({ $0.root != nil }) {
            checkLoads(&context)
        }
        let found = context.findings
        var suppressions = LintSuppressions(&context, allow: allow)
        let marked = suppressions.apply(to: found, &context, allowPath: allow?.path)
        return (marked + context.findings.dropFirst(found.count)).sorted {
            ($0.fileIndex, $0.line, $0.column, $0.code.rawValue) < ($1.fileIndex, $1.line, $1.column, $1.code.rawValue)
        }
    }

    private func checkLoads(_ context: inout LintContext) {
        do throws(LexiconError) {
            _ = try LexiconLoader.lexicon(of: files.map { ($0.path, $0.text) })
        } catch {
            let file = files.firstIndex { $0.path == error.origin.file } ?? 0
            func plain(_ language: Language) -> String {
                let text = error.explanation(in: language)
                let place = "\(error.origin): "
                return text.hasPrefix(place) ? String(text.dropFirst(place.count)) : text
            }
            context.note(
                .notLoadable, file, line: max(1, error.origin.line), column: 1, plain(.zh), plain(.en))
        }
    }

    /// The files after mechanical mending, and how many faults were mended.
    ///
    /// Mending is repeated, as one repair may lay another open; what is accepted stays.
    public func fixed() -> (files: [LexiconFile], count: Int) {
        var files = files
        var count = 0
        for _ in 0..<4 {
            let findings = Linter(files: files, allow: allow).findings().filter {
                $0.suppression == nil && $0.isFixable
            }
            if findings.isEmpty { break }
            for (index, group) in Dictionary(grouping: findings, by: \.fileIndex) {
                let bytes = TextEdit.apply(group.flatMap(\.edits), to: files[index].bytes)
                files[index] = LexiconFile(path: files[index].path, text: String(decoding: bytes, as: UTF8.self))
                count += group.count
            }
        }
        return (files, count)
    }
}
