internal import ChineseText
internal import Messages

/// A word as a file has it.
struct DraftWord: Sendable {
    var text: String
    var node: SourceNode
    /// Its normal form, as matching sees it.
    var normal: String

    init(_ text: String, _ node: SourceNode) {
        self.text = text
        self.node = node
        normal = text.hasPrefix("@") ? text : Self.normal(of: text)
    }

    static func normal(of text: String) -> String { TextNormalizer.shared.normalized(text).string }

    /// True for `@set`.
    var isReference: Bool { text.hasPrefix("@") }
}

/// A named set as a file has it.
struct DraftSet: Sendable {
    var file: Int
    var name: String
    var node: SourceNode
    var words: [DraftWord]
    var protect: [DraftWord]
}

/// A rule or guard as a file has it, however faulty.
struct DraftRule: Sendable {
    var file: Int
    var node: SourceNode
    var isGuard: Bool
    var id: String
    var idNode: SourceNode
    /// The words of each condition, `any` first.
    var conditions: [[DraftWord]] = []
    /// What cancels and requires, by key.
    var lists: [String: [DraftWord]] = [:]
    var matching: [DraftWord] = []
    var missing: [DraftWord] = []

    subscript(key: String) -> SourceNode? { node[key] }
    var topic: Topic? { node["topic"]?.text.flatMap(Topic.init(rawValue:)) }
    var weight: Double? { node[isGuard ? "factor" : "weight"]?.text.flatMap { Double($0) } }

    /// The keys of lists of words that weaken a rule.
    static let cancelling = ["unless", "unless-anywhere", "not-after", "not-before", "protect"]
}

/// All files of a lexicon with their sets and rules, read leniently.
struct LexiconDraft: Sendable {
    let files: [LexiconFile]
    private(set) var sets: [DraftSet] = []
    private(set) var rules: [DraftRule] = []
    /// The segmenter's words, with their file.
    private(set) var words: [(file: Int, word: DraftWord)] = []

    init(_ files: [LexiconFile]) {
        self.files = files
        for (index, file) in files.enumerated() {
            guard let root = file.root else { continue }
            for entry in root.entries ?? [] {
                switch entry.key.text {
                case "sets": readSets(entry.value, index)
                case "rules", "guards":
                    for item in entry.value.items ?? [] where item.entries != nil {
                        rules.append(Self.rule(item, isGuard: entry.key.text == "guards", index))
                    }
                case "words":
                    for item in entry.value.items ?? [] {
                        if let text = item.text { words.append((index, DraftWord(text, item))) }
                    }
                default: break
                }
            }
        }
    }

    /// The set that a word such as `@name` in a file means: the file's own, else a shared one.
    func set(_ reference: String, in file: Int) -> DraftSet? {
        let name = String(reference.dropFirst())
        return sets.first { $0.file == file && $0.name == name }
            ?? sets.first { files[$0.file].isShared && $0.name == name }
    }

    /// The words of a list with those of the sets that it names.
    func expanded(_ list: [DraftWord], in file: Int) -> [DraftWord] {
        list.flatMap { word in word.isReference ? set(word.text, in: file)?.words ?? [] : [word] }
    }

    private mutating func readSets(_ node: SourceNode, _ file: Int) {
        for entry in node.entries ?? [] {
            guard let name = entry.key.text else { continue }
            let isMapping = entry.value.entries != nil
            sets.append(
                DraftSet(
                    file: file, name: name, node: entry.key,
                    words: Self.words(isMapping ? entry.value["terms"] : entry.value),
                    protect: Self.words(isMapping ? entry.value["protect"] : nil)))
        }
    }

    private static func rule(_ node: SourceNode, isGuard: Bool, _ file: Int) -> DraftRule {
        let id = node["id"]
        var rule = DraftRule(file: file, node: node, isGuard: isGuard, id: id?.text ?? "", idNode: id ?? node)
        if let any = node["any"] { rule.conditions.append(words(any)) }
        for condition in node["all"]?.items ?? [] { rule.conditions.append(words(condition)) }
        for key in DraftRule.cancelling + ["requires"] {
            if let list = node[key] { rule.lists[key] = words(list) }
        }
        rule.matching = words(node["examples"]?["match"])
        rule.missing = words(node["examples"]?["miss"])
        return rule
    }

    private static func words(_ node: SourceNode?) -> [DraftWord] {
        (node?.items ?? []).compactMap { item in item.text.map { DraftWord($0, item) } }
    }
}
