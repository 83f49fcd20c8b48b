internal import ChineseText
internal import Messages

/// Checks the rules: what never or always fires, what another rule does already, limits and exceptions without effect.
struct LintRules {
    static func check(_ context: inout LintContext) {
        for rule in context.draft.rules {
            checkLimits(rule, &context)
            checkSameConditions(rule, &context)
            checkCancelling(rule, &context)
            checkExamples(rule, &context)
            checkFiring(rule, &context)
        }
        checkTwins(&context)
        checkSharedTerms(&context)
    }

    private static func checkLimits(_ rule: DraftRule, _ context: inout LintContext) {
        if rule.conditions.count == 1, rule["pattern"] == nil || !rule.conditions.isEmpty {
            for key in ["within", "order", "across"] {
                guard let node = rule[key] else { continue }
                context.note(
                    .idleLimit, rule.file, node, owner: rule.id, "只有一个条件，\(key) 不起作用。请删去",
                    "\(key) does nothing with one condition. Delete it",
                    edits: context.removal(ofKey: key, in: rule.node, rule.file))
            }
        }
        guard let weight = rule.weight else { return }
        if !rule.isGuard, weight == 0 {
            context.note(
                .noWeight, rule.file, rule["weight"], owner: rule.id, "分量为 0，命中也不算数", "a weight of 0: it never counts")
        }
        if rule.isGuard, weight == 1 {
            context.note(
                .idleGuard, rule.file, rule["factor"], owner: rule.id, "factor 为 1，什么也不削弱",
                "a factor of 1 weakens nothing")
        }
    }

    /// Two conditions that ask for the same words: they would have to be said twice, which is hardly meant.
    private static func checkSameConditions(_ rule: DraftRule, _ context: inout LintContext) {
        let words = rule.conditions.map { Set(context.draft.expanded($0, in: rule.file).map(\.normal)) }
        for index in words.indices.dropFirst() where !words[index].isEmpty {
            guard let twin = words[..<index].firstIndex(of: words[index]) else { continue }
            context.note(
                .sameCondition, rule.file, rule.conditions[index].first?.node, owner: rule.id,
                "第 \(index + 1) 个条件和第 \(twin + 1) 个是同样的词，要说两次才命中。请换成要找的词，或删去一个",
                "condition \(index + 1) has the words of condition \(twin + 1): they would have to be said twice. Write what was meant, or delete one"
            )
        }
    }

    /// Words that their own rule cancels, and exceptions that no word can fall into.
    private static func checkCancelling(_ rule: DraftRule, _ context: inout LintContext) {
        let cancelling = Set(
            ["unless", "unless-anywhere"].flatMap { key in context.draft.expanded(rule.lists[key] ?? [], in: rule.file)
            }
            .map(\.normal).filter { !$0.isEmpty })
        for word in rule.conditions.joined() where !word.normal.isEmpty {
            let words = word.isReference ? context.draft.set(word.text, in: rule.file)?.words ?? [] : [word]
            for part in words {
                guard let killer = Self.part(of: part.normal, among: cancelling, longest: part.normal.count) else {
                    continue
                }
                let (from, whence) = word.isReference ? ("\(word.text) 的", " of \(word.text)") : ("", "")
                context.note(
                    word.isReference ? .partlyCancelled : .selfCancelled, rule.file, word.node, owner: rule.id,
                    "\(from)“\(part.text)”总被本规则 unless 里的“\(killer)”取消。请删去其中一个",
                    "'\(part.text)'\(whence) is always cancelled by '\(killer)' under unless. Delete one of the two")
                break
            }
        }
        guard let protect = rule.lists["protect"], rule["pattern"] == nil else { return }
        let words = Set(rule.conditions.flatMap { context.draft.expanded($0, in: rule.file) }.map(\.normal))
        let longest = words.map(\.count).max() ?? 0
        let nodes = protect.map(\.node)
        let idle = protect.indices.filter { index in
            let phrase = protect[index]
            return !phrase.isReference && !phrase.normal.isEmpty
                && part(of: phrase.normal, among: words, longest: longest) == nil
        }
        for index in idle {
            let edits =
                idle.count == protect.count
                ? context.removal(ofKey: "protect", in: rule.node, rule.file)
                : context.removal(of: index, from: nodes, in: rule.file).map { [$0] } ?? []
            let text = protect[index].text
            context.note(
                .idleException, rule.file, nodes[index], owner: rule.id, "“\(text)”里没有本规则的词，保护不到什么。请删去",
                "'\(text)' holds no word of this rule, and so protects nothing. Delete it", edits: edits)
        }
    }

    /// The first of the words that stands in a text.
    static func part(of text: String, among words: Set<String>, longest: Int) -> String? {
        guard !words.isEmpty else { return nil }
        let units = Array(text)
        for start in units.indices {
            for end in start..<min(units.count, start + longest) {
                let piece = String(units[start...end])
                if words.contains(piece) { return piece }
            }
        }
        return nil
    }

    private static func checkExamples(_ rule: DraftRule, _ context: inout LintContext) {
        var seen: [String: Bool] = [:]
        for (list, isMatch) in [(rule.matching, true), (rule.missing, false)] {
            for example in list where !example.normal.isEmpty {
                guard let before = seen.updateValue(isMatch, forKey: example.normal) else { continue }
                if before == isMatch {
                    let nodes = list.map(\.node)
                    let index = list.lastIndex { $0.node.range == example.node.range } ?? 0
                    context.note(
                        .duplicateExample, rule.file, example.node, owner: rule.id, "例句重复。请删去一句",
                        "the same example twice. Delete one",
                        edits: context.removal(of: index, from: nodes, in: rule.file).map { [$0] } ?? [])
                } else {
                    context.note(
                        .contradictoryExample, rule.file, example.node, owner: rule.id, "同一句既在 match 又在 miss。请删去一处",
                        "the same text under match and miss. Delete one of the two")
                }
            }
        }
    }

    /// What the rule does on its examples, on texts made of its words, and on what people say every day.
    private static func checkFiring(_ rule: DraftRule, _ context: inout LintContext) {
        guard let probe = RuleProbe(rule, in: context.draft) else { return }
        LintTaxonomy.checkReach(rule, probe, &context)
        let firing = rule.matching.filter { probe.fires(on: $0.text) }
        if firing.isEmpty {
            let texts = rule["pattern"] == nil ? probe.combinations() : []
            if rule["pattern"] == nil, !texts.contains(where: probe.fires) {
                context.note(
                    .neverFires, rule.file, rule.idNode, owner: rule.id,
                    "这条规则永远不会命中：各条件的词连在一起也不行。请检查 within、order、unless、protect",
                    "this rule can never fire, not even on its own words side by side. Look at within, order, unless, protect"
                )
            }
        }
        let failing =
            rule.matching.filter { example in !firing.contains { $0.node.range == example.node.range } }
            + rule.missing.filter { probe.fires(on: $0.text) }
        for example in failing where !example.normal.isEmpty {
            context.note(
                .failingExample, rule.file, example.node, owner: rule.id, "例句不符：见 minsheng lexicon test",
                "the example does not hold: see minsheng lexicon test")
        }
        // A rule of one condition that nothing cancels fires wherever its word stands: no text could prove more.
        if rule["pattern"] == nil,
            rule.conditions.count > 1 || DraftRule.cancelling.contains(where: { rule.lists[$0] != nil })
        {
            let words = Set(
                rule.conditions.flatMap { context.draft.expanded($0, in: rule.file) }.map(\.normal).filter {
                    !$0.isEmpty
                })
            let longest = words.map(\.count).max() ?? 0
            for example in rule.missing where !example.normal.isEmpty {
                if part(of: example.normal, among: words, longest: longest) == nil {
                    context.note(
                        .idleExample, rule.file, example.node, owner: rule.id, "这句里没有本规则的任何词，检验不出什么。请写容易误报的句子",
                        "no word of the rule stands in it, so it proves nothing. Write a text that is easily mistaken")
                }
            }
        }
        let everyday = NeutralTexts.all.count { probe.fires(on: $0) }
        // A guard is there for what people say every day.
        if everyday * (rule.isGuard ? 2 : 12) >= NeutralTexts.all.count {
            let share = everyday * 100 / NeutralTexts.all.count
            context.note(
                .alwaysFires, rule.file, rule.idNode, owner: rule.id, "日常闲聊 100 句里命中 \(share) 句，等于见谁标谁。请加条件，换掉太常见的词",
                "fires on \(share) of 100 everyday texts. Add a condition, or take rarer words")
        }
    }

    /// A rule as sets of words, to compare rules by.
    private struct Reach {
        var rule: DraftRule
        var topic: String
        var conditions: [Set<String>]
        var cancelling: Set<String>
        var within: Int
    }

    /// Rules that are another rule again, or that another one reaches beyond.
    private static func checkTwins(_ context: inout LintContext) {
        let reaches: [Reach] = context.draft.rules.compactMap { rule in
            guard rule["pattern"] == nil, !rule.conditions.isEmpty else { return nil }
            let conditions = rule.conditions.map { Set(context.draft.expanded($0, in: rule.file).map(\.normal)) }
            guard conditions.allSatisfy({ !$0.isEmpty }) else { return nil }
            let cancelling = DraftRule.cancelling.flatMap { key in
                context.draft.expanded(rule.lists[key] ?? [], in: rule.file).map { key + $0.normal }
            }
            return Reach(
                rule: rule, topic: rule.isGuard ? "guard" : rule["topic"]?.text ?? "", conditions: conditions,
                cancelling: Set(cancelling),
                within: rule["within"]?.text.flatMap { Int($0) } ?? 12)
        }
        let byTopic = Dictionary(grouping: reaches.indices) { reaches[$0].topic }
        for (index, reach) in reaches.enumerated() {
            for other in byTopic[reach.topic] ?? [] where other != index && swallows(reaches[other], reach) {
                let wider = reaches[other]
                let isTwin = swallows(reach, wider)
                if isTwin && other > index { continue }
                let place = "\(context.files[wider.rule.file].path):\(wider.rule.idNode.line)"
                context.note(
                    isTwin ? .duplicateRule : .swallowedRule, reach.rule.file, reach.rule.idNode, owner: reach.rule.id,
                    isTwin
                        ? "与 \(wider.rule.id)（\(place)）是同一条规则。请删去一条" : "\(wider.rule.id)（\(place)）命中的已包括它。请删去，或放宽词语",
                    isTwin
                        ? "the same rule as \(wider.rule.id) at \(place). Delete one of the two"
                        : "\(wider.rule.id) at \(place) fires wherever this does. Delete it, or widen it")
                break
            }
        }
        checkTwinsElsewhere(reaches, &context)
    }

    /// The same conditions in two topics: each text of theirs is counted under both.
    private static func checkTwinsElsewhere(_ reaches: [Reach], _ context: inout LintContext) {
        var first: [[[String]]: Reach] = [:]
        for reach in reaches where reach.topic != "guard" {
            let key = reach.conditions.map { $0.sorted() }.sorted {
                $0.joined(separator: " ") < $1.joined(separator: " ")
            }
            guard let twin = first[key] else {
                first[key] = reach
                continue
            }
            guard twin.topic != reach.topic else { continue }
            let place = "\(context.files[twin.rule.file].path):\(twin.rule.idNode.line)"
            context.note(
                .duplicateRule, reach.rule.file, reach.rule.idNode, owner: reach.rule.id,
                "条件与另一主题的 \(twin.rule.id)（\(place)）一样，同一句话会标成两种主题。请只留一条",
                "the conditions of \(twin.rule.id) at \(place), of another topic: one text would go under both. Keep one"
            )
        }
    }

    /// Whether one rule fires wherever the other does, and says as much.
    private static func swallows(_ wide: Reach, _ narrow: Reach) -> Bool {
        let isOrdered = wide.rule["order"]?.text == "true"
        guard wide.rule.isGuard == narrow.rule.isGuard, wide.conditions.count <= narrow.conditions.count,
            (wide.rule.weight ?? 0) >= (narrow.rule.weight ?? 0), !isGraver(narrow.rule, than: wide.rule),
            !wide.rule.isGuard || wide.rule.weight == narrow.rule.weight,
            !isOrdered || narrow.rule["order"]?.text == "true",
            wide.rule["across"]?.text == "true" || narrow.rule["across"]?.text ?? "false" == "false",
            wide.rule["boundaries"]?.text ?? "none" == "none", wide.rule["scope"]?.text == narrow.rule["scope"]?.text,
            wide.cancelling.isSubset(of: narrow.cancelling)
        else { return false }
        // What lies between two conditions of the wide rule may be another one of the narrow rule, with its own distance.
        let more = narrow.conditions.count - wide.conditions.count
        let between = narrow.conditions.map { $0.map(\.count).max() ?? 0 }.max() ?? 0
        guard wide.conditions.count == 1 || wide.within >= narrow.within * (more + 1) + between * more else {
            return false
        }
        if isOrdered {
            return more == 0 && zip(wide.conditions, narrow.conditions).allSatisfy { holds($0, $1) }
        }
        return assigns(wide.conditions[...], narrow.conditions)
    }

    private static func isGraver(_ rule: DraftRule, than other: DraftRule) -> Bool {
        func severity(_ rule: DraftRule) -> Severity { rule["severity"]?.text.flatMap(Severity.init) ?? .low }
        return severity(rule) > severity(other)
    }

    /// Whether each word of the narrow condition holds a word of the wide one.
    private static func holds(_ wide: Set<String>, _ narrow: Set<String>) -> Bool {
        if narrow.isSubset(of: wide) { return true }
        let longest = wide.map(\.count).max() ?? 0
        return narrow.allSatisfy { wide.contains($0) || part(of: $0, among: wide, longest: longest) != nil }
    }

    /// Whether each wide condition has a narrow one of its own that it holds; there are five at most.
    private static func assigns(_ wide: ArraySlice<Set<String>>, _ narrow: [Set<String>]) -> Bool {
        guard let first = wide.first else { return true }
        return narrow.indices.contains { index in
            guard holds(first, narrow[index]) else { return false }
            var rest = narrow
            rest.remove(at: index)
            return assigns(wide.dropFirst(), rest)
        }
    }

    /// Words that flag a text by themselves in files of two topics.
    private static func checkSharedTerms(_ context: inout LintContext) {
        var first: [String: (file: Int, word: DraftWord, rule: DraftRule)] = [:]
        for rule in context.draft.rules where !rule.isGuard && rule.conditions.count == 1 && rule["pattern"] == nil {
            guard (rule.weight ?? 0) >= 0.5 else { continue }
            let words = rule.conditions[0].flatMap { word in
                context.draft.expanded([word], in: rule.file).map { (part: $0, node: word.node) }
            }
            for (word, node) in words where !word.normal.isEmpty {
                guard let known = first[word.normal] else {
                    first[word.normal] = (rule.file, word, rule)
                    continue
                }
                guard known.rule["topic"]?.text != rule["topic"]?.text || known.file != rule.file else { continue }
                let place = "\(context.files[known.file].path):\(known.word.node.line)"
                context.note(
                    .sharedTerm, rule.file, node, owner: rule.id,
                    "“\(word.text)”在 \(place)（\(known.rule.id)）也单独标出。请只留一处",
                    "'\(word.text)' flags by itself at \(place) (\(known.rule.id)) too. Keep one of the two")
            }
        }
    }
}
