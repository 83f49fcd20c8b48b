public import CaseStore
internal import Classifying
internal import Foundation
internal import Lexicons
internal import Matching
internal import Messages
public import Pipeline
internal import Villages

/// Versions of the lexicons between a folder of files, the store and the flags that wait.
public struct LexiconRelease {
    private let desk: CaseDesk

    /// Works for the person of a desk.
    public init(_ desk: CaseDesk) { self.desk = desk }

    /// Keeps a folder of lexicons as a version for another person to approve; a version with the same contents is not kept twice.
    public func propose(_ lexicons: LoadedLexicons, reason: String) throws -> LexiconVersion {
        let names = try FileManager.default.contentsOfDirectory(atPath: lexicons.folder).sorted()
        var files: [LexiconVersionFile] = []
        for name in names where name.hasSuffix(".yaml") || name == "model.bin" || name == LintSuppressions.fileName {
            let path = lexicons.folder + "/" + name
            guard let data = FileManager.default.contents(atPath: path) else {
                throw LexiconError(.notPermitted, at: Origin(file: path))
            }
            files.append(LexiconVersionFile(name: name, content: Array(data)))
        }
        return try desk.proposeLexicon(files, digest: lexicons.version, reason: reason)
    }

    /// Approves a version and takes it into use; the waiting flags are read anew.
    public func approve(_ id: Int) throws -> LexiconRescoring {
        try desk.approveLexicon(id, reading: try reading(id))
    }

    /// Goes back to a version that was approved before; the waiting flags are read anew.
    public func rollBack(to id: Int, reason: String) throws -> LexiconRescoring {
        try desk.rollBackLexicon(to: id, reason: reason, reading: try reading(id))
    }

    /// A version's word on a flag; of a version that is not there none, and the desk refuses it with a row in its log.
    private func reading(_ id: Int) throws -> (FlagRecord) -> Verdict {
        guard let version = try desk.store.lexiconVersions().first(where: { $0.id == id }) else {
            return { _ in .none }
        }
        let lexicons = try LoadedLexicons(of: version, in: desk.store)
        let names = Gazetteer.words(try desk.store.places())
        let analyser = TextAnalyser(try LexiconMatcher(lexicons.lexicon, names: names), model: lexicons.model)
        let scratch = LexiconMatcher.Scratch()
        return { flag in
            // What stood beside it was not kept; that it counted was.
            let context = TextContext(named: (flag.content?.hits ?? []).map(\.rule) + flag.guards)
            return analyser.verdict(onKept: flag.content?.text ?? "", scratch: scratch, context: context)
        }
    }
}
