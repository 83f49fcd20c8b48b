internal import ChineseText
internal import Messages

/// Checks the words: empty, twice, twins, swallowed, ordinary, names of villages.
struct LintWords {
    /// A list of words in a file.
    private struct List {
        var file: Int
        var owner: String
        var words: [DraftWord]
        /// True for what must be found, false for what cancels.
        var isCondition: Bool
    }

    static func check(_ context: inout LintContext) {
        var lists: [List] = []
        for set in context.draft.sets {
            lists.append(List(file: set.file, owner: set.name, words: set.words, isCondition: true))
            lists.append(List(file: set.file, owner: set.name, words: set.protect, isCondition: false))
        }
        for rule in context.draft.rules {
            for condition in rule.conditions {
                lists.append(List(file: rule.file, owner: rule.id, words: condition, isCondition: true))
            }
            for (_, list) in rule.lists.sorted(by: { $0.key < $1.key }) {
                lists.append(List(file: rule.file, owner: rule.id, words: list, isCondition: false))
            }
        }
        let words = Dictionary(grouping: context.draft.words, by: \.file)
        for (file, list) in words.sorted(by: { $0.key < $1.key }) {
            lists.append(List(file: file, owner: "words", words: list.map(\.word), isCondition: false))
        }
        for list in lists {
            checkForms(list, &context)
            if list.isCondition { checkSwallowed(list, &context) }
            if list.owner != "words" {
                checkNames(list, &context)
                checkReferenceLook(list, &context)
            }
        }
        for rule in context.draft.rules { checkBesideSets(rule, &context) }
        checkOrdinary(&context)
        checkSetProtection(&context)
        checkEqualSets(&context)
    }

    /// Empty, written twice, twins, not plain, too long.
    private static func checkForms(_ list: List, _ context: inout LintContext) {
        var seen: [String: DraftWord] = [:]
        let nodes = list.words.map(\.node)
        for (index, word) in list.words.enumerated() {
            if word.normal.isEmpty {
                let edits = context.removal(of: index, from: nodes, in: list.file).map { [$0] } ?? []
                context.note(
                    .emptyTerm, list.file, word.node, owner: list.owner,
                    word.text.isEmpty ? "空词。请删去，或给被 YAML 误读的词加引号" : "“\(word.text)”去掉符号后什么也不剩。请删去",
                    word.text.isEmpty
                        ? "an empty word. Delete it, or quote what YAML took for something else"
                        : "nothing is left of '\(word.text)' without its symbols. Delete it", edits: edits)
                continue
            }
            if let first = seen[word.normal] {
                let edits = context.removal(of: index, from: nodes, in: list.file).map { [$0] } ?? []
                let isSame = first.text == word.text
                context.note(
                    isSame ? .duplicateTerm : .twinTerm, list.file, word.node, owner: list.owner,
                    isSame
                        ? "“\(word.text)”在此重复（第 \(first.node.line) 行）。请删去一个"
                        : "“\(word.text)”与“\(first.text)”是同一个词（繁简、全半角、大小写和夹带的符号会自动识别）。请删去",
                    isSame
                        ? "'\(word.text)' stands here twice (line \(first.node.line)). Delete one"
                        : "'\(word.text)' is '\(first.text)' again: traditional and full-width forms, case and symbols match by themselves. Delete it",
                    edits: edits)
                continue
            }
            seen[word.normal] = word
            guard !word.isReference else { continue }
            if let plain = plainForm(of: word) {
                context.note(
                    .notPlain, list.file, word.node, owner: list.owner, "“\(word.text)”请写成普通简体“\(plain)”，其他写法会自动识别",
                    "write '\(word.text)' plainly as '\(plain)'; other forms match by themselves",
                    edits: [TextEdit(range: word.node.range, text: YAMLText.scalar(plain))])
            }
            if list.isCondition, holdsTwoWords(word) {
                context.note(
                    .punctuatedTerm, list.file, word.node, owner: list.owner,
                    "“\(word.text)”中间有标点，合成了一个词。是几个词就用半角逗号加空格分开（, ）",
                    "'\(word.text)' is one word with a punctuation mark in it. Put ', ' between words")
            }
            if word.normal.unicodeScalars.count > 14 {
                context.note(
                    .wholeSentence, list.file, word.node, owner: list.owner, "“\(word.text)”太长，几乎不会一字不差地出现。请拆成几个条件",
                    "'\(word.text)' is so long that hardly anybody writes it so. Cut it into conditions")
            }
        }
    }

    /// A mark between two words of two characters or more, as a Chinese keyboard's comma leaves it, or a full stop behind one.
    private static func holdsTwoWords(_ word: DraftWord) -> Bool {
        if word.normal.count > 2, word.normal.last == "。" { return true }
        return word.normal.split { ",、。;!?".contains($0) }.count { $0.count > 1 } > 1
    }

    /// How a word should be written; nil when it is.
    private static func plainForm(of word: DraftWord) -> String? {
        let normalizer = TextNormalizer.shared
        let isNoisy = word.text.contains { normalizer.units(String($0)).isEmpty }
        func letters(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }
        // Capitals are folded too, but B超 is how people write it.
        guard isNoisy || letters(word.text).lowercased() != letters(word.normal) else { return nil }
        return word.normal
    }

    /// Words that hold another word of the same list.
    private static func checkSwallowed(_ list: List, _ context: inout LintContext) {
        let known = Set(list.words.map(\.normal))
        let lengths = Set(known.map(\.count)).sorted()
        for word in list.words where !word.isReference {
            let units = Array(word.normal)
            guard units.count > 1 else { continue }
            var part: String?
            for length in lengths.filter({ $0 > 0 && $0 < units.count }) where part == nil {
                for start in 0...(units.count - length) {
                    let piece = String(units[start..<start + length])
                    if known.contains(piece) {
                        part = piece
                        break
                    }
                }
            }
            guard let part else { continue }
            context.note(
                .swallowedTerm, list.file, word.node, owner: list.owner, "“\(word.text)”里已有同组的“\(part)”，不会多命中什么",
                "'\(word.text)' holds '\(part)' of the same list, and so catches nothing more")
        }
    }

    /// Words that stand beside a set which has them.
    private static func checkBesideSets(_ rule: DraftRule, _ context: inout LintContext) {
        for list in rule.conditions + DraftRule.cancelling.compactMap({ rule.lists[$0] }) {
            let references = list.filter(\.isReference)
            guard !references.isEmpty else { continue }
            let nodes = list.map(\.node)
            for (index, word) in list.enumerated() where !word.isReference {
                let holder = references.first { reference in
                    context.draft.set(reference.text, in: rule.file)?.words.contains { $0.normal == word.normal }
                        ?? false
                }
                guard let holder else {
                    checkSwallowed(word, besides: references, rule, &context)
                    continue
                }
                context.note(
                    .inSetToo, rule.file, word.node, owner: rule.id, "“\(word.text)”已在词组 \(holder.text) 里。可以删去",
                    "'\(word.text)' is in the set \(holder.text) already. Delete it",
                    edits: context.removal(of: index, from: nodes, in: rule.file).map { [$0] } ?? [])
            }
        }
    }

    /// A word that holds one of a set beside it.
    private static func checkSwallowed(
        _ word: DraftWord, besides references: [DraftWord], _ rule: DraftRule, _ context: inout LintContext
    ) {
        guard word.normal.count > 1 else { return }
        for reference in references {
            guard
                let part = context.draft.set(reference.text, in: rule.file)?.words.first(where: {
                    !$0.normal.isEmpty && word.normal.contains($0.normal)
                })
            else { continue }
            return context.note(
                .swallowedTerm, rule.file, word.node, owner: rule.id,
                "“\(word.text)”里已有 \(reference.text) 的“\(part.text)”，不会多命中什么",
                "'\(word.text)' holds '\(part.text)' of \(reference.text), and so catches nothing more")
        }
    }

    /// A plain word that is written like the name of a set: `broken` or `＠broken` for `"@broken"`.
    private static func checkReferenceLook(_ list: List, _ context: inout LintContext) {
        for word in list.words where !word.isReference {
            let name = word.text.hasPrefix("＠") ? String(word.text.dropFirst()) : word.text
            guard name.first?.isASCII ?? false, context.draft.set("@" + name, in: list.file) != nil else { continue }
            context.note(
                .looksLikeReference, list.file, word.node, owner: list.owner,
                "“\(word.text)”是词组的名称，这里当成了一个词。引用词组请写 \"@\(name)\"",
                "'\(word.text)' is the name of a set, and counts as a word here. To name the set write \"@\(name)\"",
                edits: [TextEdit(range: word.node.range, text: "\"@\(name)\"")])
        }
    }

    /// What a set protects and that holds no word of it, nor of any rule that names it: a set protects all words of its rules.
    private static func checkSetProtection(_ context: inout LintContext) {
        var words: [String: Set<String>] = [:]
        for rule in context.draft.rules {
            let own = Set(rule.conditions.flatMap { context.draft.expanded($0, in: rule.file) }.map(\.normal))
            for word in rule.conditions.joined() where word.isReference {
                guard let set = context.draft.set(word.text, in: rule.file), !set.protect.isEmpty else { continue }
                words["\(set.file) \(set.name)", default: Set(set.words.map(\.normal))].formUnion(own)
            }
        }
        for set in context.draft.sets where !set.protect.isEmpty {
            guard let words = words["\(set.file) \(set.name)"] else { continue }
            let nodes = set.protect.map(\.node)
            let longest = words.map(\.count).max() ?? 0
            for (index, phrase) in set.protect.enumerated() where !phrase.normal.isEmpty {
                guard LintRules.part(of: phrase.normal, among: words, longest: longest) == nil else { continue }
                context.note(
                    .idleSetException, set.file, phrase.node, owner: set.name,
                    "“\(phrase.text)”里没有本词组和用它的规则的词，保护不到什么。请删去",
                    "'\(phrase.text)' holds no word of this set or of a rule that names it, and so protects nothing. Delete it",
                    edits: context.removal(of: index, from: nodes, in: set.file).map { [$0] } ?? [])
            }
        }
    }

    /// Names of places: a lexicon is for all villages.
    private static func checkNames(_ list: List, _ context: inout LintContext) {
        for word in list.words where !word.isReference && !word.normal.isEmpty {
            // What only calls a rule off may look like a place: 桥头村 keeps 桥头 from being a bridge.
            guard list.isCondition ? context.namesPlace(word.normal) : context.placeNames.contains(word.normal) else {
                continue
            }
            context.note(
                .villageName, list.file, word.node, owner: list.owner, "“\(word.text)”像是村名或地名。词库各村通用，地名请导入地名库",
                "'\(word.text)' looks like the name of a village. A lexicon is for all of them; names belong in the gazetteer"
            )
        }
    }

    /// Ordinary words and single characters that flag a text by themselves, those of sets too.
    private static func checkOrdinary(_ context: inout LintContext) {
        for rule in context.draft.rules where rule["pattern"] == nil && !rule.isGuard {
            let isStrong = rule.conditions.count == 1 && (rule.weight ?? 0) >= 0.5
            for word in rule.conditions.joined() {
                let parts = word.isReference ? context.draft.set(word.text, in: rule.file)?.words ?? [] : [word]
                for part in parts where isStrong || !word.isReference {
                    let name = word.isReference ? "\(word.text) 的“\(part.text)”" : "“\(part.text)”"
                    let english = word.isReference ? "'\(part.text)' of \(word.text)" : "'\(part.text)'"
                    if Self.isSingle(part.normal) {
                        context.note(
                            isStrong ? .ordinaryWord : .singleCharacter, rule.file, word.node, owner: rule.id,
                            "单字\(name)会在很多词里命中。请写成词，或加别的条件",
                            "the single character \(english) stands in many words. Write words, or add a condition")
                    } else if isStrong, WordCosts.isCommon(part.normal) {
                        context.note(
                            .ordinaryWord, rule.file, word.node, owner: rule.id, "\(name)是日常用词，单独就会标出整句。请加别的条件",
                            "\(english) is an ordinary word and flags a text by itself. Add a condition")
                    } else {
                        continue
                    }
                    break
                }
            }
        }
    }

    private static func isSingle(_ word: String) -> Bool {
        let scalars = word.unicodeScalars
        return scalars.count == 1 && scalars.allSatisfy { $0.value >= 0x3400 }
    }

    /// Sets of two files with the same words.
    private static func checkEqualSets(_ context: inout LintContext) {
        let sets = context.draft.sets.map { (set: $0, words: Set($0.words.map(\.normal))) }.filter {
            $0.words.count >= 2
        }
        checkParts(sets, &context)
        for (index, item) in sets.enumerated() {
            guard
                let twin = sets[..<index].first(where: { other in
                    other.set.file != item.set.file || other.set.name != item.set.name
                        ? Self.overlap(other.words, item.words) >= 0.9 : false
                })
            else { continue }
            let place = "\(context.files[twin.set.file].path):\(twin.set.node.line)"
            context.note(
                .duplicateSet, item.set.file, item.set.node, owner: item.set.name,
                "词组“\(item.set.name)”与 \(place) 的“\(twin.set.name)”几乎相同。请合并，放进 sets.yaml",
                "the set '\(item.set.name)' is nearly '\(twin.set.name)' at \(place). Merge them in sets.yaml")
        }
    }

    private static func overlap(_ left: Set<String>, _ right: Set<String>) -> Double {
        guard min(left.count, right.count) * 10 >= max(left.count, right.count) * 9 else { return 0 }
        return Double(left.intersection(right).count) / Double(left.union(right).count)
    }

    /// Sets of a file whose words all stand in one set that every file has.
    private static func checkParts(_ sets: [(set: DraftSet, words: Set<String>)], _ context: inout LintContext) {
        let shared = sets.filter { context.files[$0.set.file].isShared }
        for item in sets where !context.files[item.set.file].isShared {
            guard
                let whole = shared.first(where: {
                    $0.words.count > item.words.count && item.words.isSubset(of: $0.words)
                })
            else { continue }
            context.note(
                .partOfSet, item.set.file, item.set.node, owner: item.set.name,
                "词组“\(item.set.name)”的词全在公用词组“\(whole.set.name)”里。可以直接引用它",
                "all words of the set '\(item.set.name)' stand in the shared set '\(whole.set.name)'. Name that one")
        }
    }
}
