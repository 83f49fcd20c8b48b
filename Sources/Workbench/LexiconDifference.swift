/// What two versions of a lexicon differ in, as an analyst reads it: words and rules, not lines of text.
public struct LexiconDifference: Sendable {
    /// One list of words, changed.
    public struct Words: Sendable, Equatable {
        /// The key of the list: `terms`, `protect`, `unless` …; `1`…`5` for conditions; `match` and `miss` for examples.
        public var key: String
        /// What came.
        public var added: [String]
        /// What went.
        public var dropped: [String]

        /// Names a change of a list.
        public init(key: String, added: [String], dropped: [String]) {
            self.key = key
            self.added = added
            self.dropped = dropped
        }
    }

    /// One plain value, changed.
    public struct Value: Sendable, Equatable {
        /// The key.
        public var key: String
        /// What it was; nil where it was not there.
        public var from: String?
        /// What it is; nil where it is gone.
        public var to: String?

        /// Names a change of a value.
        public init(key: String, from: String?, to: String?) {
            self.key = key
            self.from = from
            self.to = to
        }
    }

    /// What became of a rule, guard or set.
    public enum Fate: String, Sendable {
        case added, dropped, changed
    }

    /// A rule, guard or set that differs.
    public struct Item: Sendable {
        /// What it is: `rule`, `guard` or `set`, `words` for the segmenter's list, `spelling` for a list of other spellings,
        /// `title` for a name in the taxonomy or of a subject, `model` for the model.
        public var kind: String
        /// The file's name without `.yaml`.
        public var subject: String
        /// Its id or name.
        public var name: String
        /// What became of it.
        public var fate: Fate
        /// The plain values that changed; of a rule that came or went, its topic and weight.
        public var values: [Value]
        /// The lists of words that changed; of what came or went, all of them.
        public var words: [Words]
        /// For a set the number of rules that use it.
        public var uses: Int
    }

    /// What differs: sets, then rules, in the order of the files.
    public let items: [Item]

    /// True when nothing differs.
    public var isEmpty: Bool { items.isEmpty }

    /// Compares two versions; files with mistakes are compared as far as they can be read.
    ///
    /// `models` are the digests of both versions' models, nil where there is none.
    public init(from old: [LexiconFile], to new: [LexiconFile], models: (old: String?, new: String?) = (nil, nil)) {
        let before = LexiconDraft(old)
        let after = LexiconDraft(new)
        var items = Self.words(before, after)
        items += Self.compared(Self.spellings(old), Self.spellings(new))
        items += Self.compared(Self.titles(old), Self.titles(new))
        if models.old != models.new {
            let value = Value(key: "digest", from: models.old, to: models.new)
            items.append(
                Item(
                    kind: "model", subject: "model", name: "model.bin", fate: .changed, values: [value], words: [],
                    uses: 0))
        }
        items += Self.compared(Self.sets(before), Self.sets(after))
        items += Self.compared(Self.rules(before), Self.rules(after))
        self.items = items
    }

    /// A rule or set in a form that is compared.
    private struct Form {
        var kind: String
        var subject: String
        var name: String
        var values: [(key: String, text: String)]
        var lists: [(key: String, words: [String])]
        var uses = 0

        var id: String { "\(kind) \(kind == "set" || kind == "title" ? subject + "." : "")\(name)" }
    }

    private static func words(_ before: LexiconDraft, _ after: LexiconDraft) -> [Item] {
        let list = difference("words", before.words.map(\.word.text), after.words.map(\.word.text))
        guard let list else { return [] }
        return [
            Item(kind: "words", subject: "words", name: "words", fate: .changed, values: [], words: [list], uses: 0)
        ]
    }

    /// The lists of `variants.yaml`.
    private static func spellings(_ files: [LexiconFile]) -> [Form] {
        files.filter { $0.stem == "variants" }.flatMap { file in
            (file.root?.entries ?? []).map { entry in
                let listed = (entry.value.items ?? []).compactMap(\.text)
                let pairs = (entry.value.entries ?? []).map { ($0.key.text ?? "") + "=" + ($0.value.text ?? "") }
                return Form(
                    kind: "spelling", subject: file.stem, name: entry.key.text ?? "", values: [],
                    lists: [("terms", listed + pairs)])
            }
        }
    }

    /// The names in the taxonomy, and those of the subjects.
    private static func titles(_ files: [LexiconFile]) -> [Form] {
        files.flatMap { file -> [Form] in
            guard file.stem == "taxonomy" else {
                let title = file.root?["title"]?.text
                return title.map {
                    [Form(kind: "title", subject: file.stem, name: "title", values: [("title", $0)], lists: [])]
                }
                    ?? []
            }
            return (file.root?.entries ?? []).flatMap { $0.value.items ?? [] }.compactMap { item in
                guard let slug = item["slug"]?.text else { return nil }
                let values = (item.entries ?? []).compactMap { entry -> (String, String)? in
                    guard let key = entry.key.text, key != "slug", let text = entry.value.text else { return nil }
                    return (key, text)
                }
                return Form(kind: "title", subject: file.stem, name: slug, values: values, lists: [])
            }
        }
    }

    private static func sets(_ draft: LexiconDraft) -> [Form] {
        draft.sets.map { set in
            let reference = "@" + set.name
            let uses = draft.rules.count { rule in
                (rule.conditions + Array(rule.lists.values)).joined().contains { $0.text == reference }
                    && (draft.files[set.file].isShared || rule.file == set.file)
            }
            return Form(
                kind: "set", subject: draft.files[set.file].stem, name: set.name, values: [],
                lists: [("terms", set.words.map(\.text)), ("protect", set.protect.map(\.text))], uses: uses)
        }
    }

    private static func rules(_ draft: LexiconDraft) -> [Form] {
        draft.rules.map { rule in
            let plain = [
                "topic", "severity", "weight", "against", "scope", "factor", "within", "order", "across", "boundaries",
                "pattern",
            ]
            let values = plain.compactMap { key -> (String, String)? in
                guard let node = rule[key] else { return nil }
                return (key, node.text ?? (node.items ?? []).compactMap(\.text).joined(separator: ", "))
            }
            var lists = rule.conditions.enumerated().map { ("\($0 + 1)", $1.map(\.text)) }
            lists += (DraftRule.cancelling + ["requires"]).map { ($0, (rule.lists[$0] ?? []).map(\.text)) }
            lists += [("match", rule.matching.map(\.text)), ("miss", rule.missing.map(\.text))]
            return Form(
                kind: rule.isGuard ? "guard" : "rule", subject: draft.files[rule.file].stem, name: rule.id,
                values: values, lists: lists)
        }
    }

    private static func compared(_ old: [Form], _ new: [Form]) -> [Item] {
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var items: [Item] = []
        for form in new {
            if let was = before[form.id] {
                let values = changedValues(was, form)
                let words = changedLists(was, form)
                if values.isEmpty && words.isEmpty { continue }
                items.append(item(form, .changed, values, words))
            } else {
                items.append(
                    item(
                        form, .added, form.values.map { Value(key: $0.key, from: nil, to: $0.text) },
                        form.lists.compactMap { list in
                            list.words.isEmpty ? nil : Words(key: list.key, added: list.words, dropped: [])
                        }))
            }
        }
        for form in old where after[form.id] == nil {
            items.append(
                item(
                    form, .dropped, form.values.map { Value(key: $0.key, from: $0.text, to: nil) },
                    form.lists.compactMap { list in
                        list.words.isEmpty ? nil : Words(key: list.key, added: [], dropped: list.words)
                    }))
        }
        return items
    }

    private static func item(_ form: Form, _ fate: Fate, _ values: [Value], _ words: [Words]) -> Item {
        Item(
            kind: form.kind, subject: form.subject, name: form.name, fate: fate, values: values, words: words,
            uses: form.uses)
    }

    private static func changedValues(_ was: Form, _ now: Form) -> [Value] {
        let before = Dictionary(was.values.map { ($0.key, $0.text) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(now.values.map { ($0.key, $0.text) }, uniquingKeysWith: { first, _ in first })
        let keys = now.values.map(\.key) + was.values.map(\.key).filter { after[$0] == nil }
        var values = keys.filter { !isSame(before[$0], after[$0]) }.map {
            Value(key: $0, from: before[$0], to: after[$0])
        }
        if was.kind == "rule" || was.kind == "guard", was.subject != now.subject {
            values.append(Value(key: "subject", from: was.subject, to: now.subject))
        }
        return values
    }

    /// Numbers are equal by value: 0.80 is 0.8.
    private static func isSame(_ left: String?, _ right: String?) -> Bool {
        if left == right { return true }
        guard let left = left.flatMap({ Double($0) }), let right = right.flatMap({ Double($0) }) else { return false }
        return left == right
    }

    private static func changedLists(_ was: Form, _ now: Form) -> [Words] {
        let before = Dictionary(was.lists.map { ($0.key, $0.words) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(now.lists.map { ($0.key, $0.words) }, uniquingKeysWith: { first, _ in first })
        let keys = now.lists.map(\.key) + was.lists.map(\.key).filter { after[$0] == nil }
        return keys.compactMap { difference($0, before[$0] ?? [], after[$0] ?? []) }
    }

    private static func difference(_ key: String, _ old: [String], _ new: [String]) -> Words? {
        let before = Set(old)
        let after = Set(new)
        let words = Words(
            key: key, added: new.filter { !before.contains($0) }, dropped: old.filter { !after.contains($0) })
        return words.added.isEmpty && words.dropped.isEmpty ? nil : words
    }
}
