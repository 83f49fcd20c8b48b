internal import Messages

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads a folder of lexicon files: `taxonomy.yaml`, shared sets (`sets*.yaml`), `words.yaml`, `variants.yaml`,
/// `guards.yaml`, and subjects.
///
/// Format: docs/reference/lexicon.md. Everything is checked; the first error stops the load.
public enum LexiconLoader {
    /// Loads all `.yaml` files of a folder.
    ///
    /// - Throws: the first error, with file and line.
    public static func load(folder: String) throws(LexiconError) -> Lexicon {
        try lexicon(of: files(in: folder))
    }

    /// The `.yaml` files of a folder, sorted by name.
    ///
    /// - Throws: when the folder or a file of it cannot be read.
    public static func files(in folder: String) throws(LexiconError) -> [(name: String, text: String)] {
        var files: [(name: String, text: String)] = []
        for path in try paths(in: folder) { files.append((path, try text(of: path))) }
        return files
    }

    /// The paths of the `.yaml` files of a folder, sorted by name.
    ///
    /// - Throws: when there is no such folder, or none in it.
    package static func paths(in folder: String) throws(LexiconError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
                .sorted()
        } catch {
            throw LexiconError(.noSuchFolder, at: Origin(file: folder))
        }
        if names.isEmpty { throw LexiconError(.noFiles, at: Origin(file: folder)) }
        return names.map { folder.hasSuffix("/") ? folder + $0 : folder + "/" + $0 }
    }

    /// A file's text.
    ///
    /// - Throws: when it cannot be read; of one that is no UTF-8 with the first line that is none.
    package static func text(of path: String) throws(LexiconError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LexiconError(.notPermitted, at: Origin(file: path))
        }
        if let text = String(data: data, encoding: .utf8) { return text }
        let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(data: Data($0), encoding: .utf8) == nil } ?? 0
        throw LexiconError(.notUTF8, at: Origin(file: path, line: line + 1))
    }

    /// Makes a lexicon of files already read; the part of a name behind the last `/` says what a file is.
    public static func lexicon(of files: [(name: String, text: String)]) throws(LexiconError) -> Lexicon {
        var shared: [String: WordSet] = [:]
        for (name, text) in files where isSharedSets(stem(of: name)) {
            let reader = try YAMLReader(text, file: name)
            for (key, value) in try reader.mapping(known: ["sets"]) where key == "sets" {
                try SetReader.read(value, into: &shared)
            }
        }
        var lexicon = Lexicon(rules: [], words: [], taxonomy: Taxonomy(tracks: [:], topics: [:]))
        var seen: [String: Origin] = [:]
        // File by file: the nodes of one are gone before the next is parsed, which keeps the memory small.
        for (name, text) in files {
            let stem = stem(of: name)
            if isSharedSets(stem) { continue }
            let reader = try YAMLReader(text, file: name)
            switch stem {
            case "taxonomy": lexicon.taxonomy = try TaxonomyReader.taxonomy(reader)
            case "words": lexicon.words += try WordsReader.words(reader)
            case "variants": lexicon.variants = try VariantsReader.variants(reader)
            default:
                let rules = try SubjectReader(subject: stem, shared: shared).rules(reader)
                for rule in rules {
                    if let first = seen.updateValue(rule.origin, forKey: rule.id) {
                        throw LexiconError(.duplicateID(rule.id, first: first), at: rule.origin)
                    }
                }
                lexicon.rules += rules
            }
        }
        for (name, text) in files {
            lexicon.source += Array((stem(of: name) + "\n" + text + "\n").utf8)
        }
        return lexicon
    }

    private static func isSharedSets(_ stem: String) -> Bool { stem == "sets" || stem.hasPrefix("sets-") }

    private static func stem(of name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        return last.hasSuffix(".yaml") ? String(last.dropLast(5)) : last
    }
}

/// A named list of words that rules share.
struct WordSet {
    var terms = TermList([])
    /// Phrases in which a word of the set does not count.
    var protect = TermList([])
}

/// Reads `sets:`.
enum SetReader {
    static func read(
        _ reader: YAMLReader, prefix: String = "", into sets: inout [String: WordSet]
    ) throws(LexiconError) {
        for (name, value) in try reader.mapping() {
            if sets[name] != nil { throw LexiconError(.duplicateTerm(name), at: value.origin) }
            var set = WordSet()
            if value.isList {
                set.terms = TermList(try words(value), name: prefix + name)
            } else {
                for (key, list) in try value.mapping(known: ["terms", "protect"]) {
                    let words = try words(list)
                    if key == "terms" {
                        set.terms = TermList(words, name: prefix + name)
                    } else {
                        set.protect = TermList(words)
                    }
                }
            }
            if set.terms.words.isEmpty { throw LexiconError(.emptyTerm, at: value.origin) }
            sets[name] = set
        }
    }

    private static func words(_ reader: YAMLReader) throws(LexiconError) -> [String] {
        var words: [String] = []
        for (text, origin) in try reader.terms() {
            if text.hasPrefix("@") { throw LexiconError(.setOfSets(text), at: origin) }
            words.append(text)
        }
        return words
    }
}

/// Reads `words.yaml`.
enum WordsReader {
    static func words(_ reader: YAMLReader) throws(LexiconError) -> [String] {
        var words: [String] = []
        for (_, value) in try reader.mapping(known: ["words"]) { words += try value.terms().map(\.text) }
        return words
    }
}

/// Reads `taxonomy.yaml`, which must hold exactly the closed lists of `Track` and `Topic`.
enum TaxonomyReader {
    static func taxonomy(_ reader: YAMLReader) throws(LexiconError) -> Taxonomy {
        var taxonomy = Taxonomy(tracks: [:], topics: [:])
        for (key, value) in try reader.mapping(known: ["tracks", "topics"]) {
            for item in try value.list() {
                var fields: [String: String] = [:]
                for (name, text) in try item.mapping(known: ["slug", "track", "letter", "zh", "en"]) {
                    fields[name] = try text.text()
                }
                guard let slug = fields["slug"] else { throw LexiconError(.missingKey("slug"), at: item.origin) }
                guard let zh = fields["zh"], let en = fields["en"] else {
                    throw LexiconError(.missingKey("zh, en"), at: item.origin)
                }
                if key == "tracks" {
                    guard let track = Track(rawValue: slug), fields["letter"] == track.letter else {
                        throw LexiconError(.taxonomyDiffers(slug), at: item.origin)
                    }
                    taxonomy.tracks[track] = .init(zh: zh, en: en)
                } else {
                    guard let topic = Topic(rawValue: slug), fields["track"] == topic.track.rawValue else {
                        throw LexiconError(.taxonomyDiffers(slug), at: item.origin)
                    }
                    taxonomy.topics[topic] = .init(zh: zh, en: en)
                }
            }
        }
        for topic in Topic.allCases where taxonomy.topics[topic] == nil {
            throw LexiconError(.taxonomyDiffers(topic.rawValue), at: reader.origin)
        }
        for track in Track.allCases where taxonomy.tracks[track] == nil {
            throw LexiconError(.taxonomyDiffers(track.rawValue), at: reader.origin)
        }
        return taxonomy
    }
}
