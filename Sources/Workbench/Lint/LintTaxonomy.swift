internal import ChineseText
internal import Matching
internal import Messages

/// Refuses what the closed taxonomy forbids (opinion, criticism of policy or leaders, petitioning, assembly, religion,
/// ethnicity), by words and by what the rules reach.
///
/// Words alone do not settle it: that somebody was punished *because* he petitioned is misconduct, and must be found. So
/// stems of petitioning, opinion and assembly may stand in rules about retaliation, brush-offs and idleness, beside a further
/// condition that has none of them; and every rule is tried on texts about the forbidden subjects alone.
struct LintTaxonomy {
    /// Topics in which what somebody asked or said may be named, as what an official reacts to.
    private static let reacting: Set<String> = ["retaliation", "perfunctory", "inaction"]
    /// Topics in which who strikes or gathers is people at work.
    private static let aboutPeople: Set<String> = ["labour"]
    private static let named: Set<ForbiddenDomain> = [.petition, .opinion, .assembly]

    static func check(_ context: inout LintContext) {
        for (index, file) in context.files.enumerated() where file.hasRules || file.isShared {
            checkNames(index, &context)
        }
        for (index, file) in context.files.enumerated() where ["taxonomy", "variants"].contains(file.stem) {
            checkOthers(index, &context)
        }
        var users: [String: [Int]] = [:]
        var weakening: Set<String> = []
        for (index, rule) in context.draft.rules.enumerated() {
            checkRule(rule, &context)
            for word in rule.conditions.joined() where word.isReference {
                guard let set = context.draft.set(word.text, in: rule.file) else { continue }
                users["\(set.file) \(set.name)", default: []].append(index)
            }
            for word in DraftRule.cancelling.flatMap({ rule.lists[$0] ?? [] }) where word.isReference {
                if let set = context.draft.set(word.text, in: rule.file) { weakening.insert("\(set.file) \(set.name)") }
            }
        }
        for set in context.draft.sets {
            let name = "\(set.file) \(set.name)"
            // What only calls rules off finds nobody.
            if users[name] == nil, weakening.contains(name) { continue }
            checkSet(set, users[name] ?? [], &context)
        }
    }

    /// The names of the taxonomy, and the words that are found in other spellings.
    private static func checkOthers(_ index: Int, _ context: inout LintContext) {
        for node in others(in: context.files[index]) {
            guard let text = node.text, let breach = ForbiddenDomain.breach(in: DraftWord.normal(of: text)) else {
                continue
            }
            refuse(text, breach.domain, index, node, context.files[index].stem, &context)
        }
    }

    private static func others(in file: LexiconFile) -> [SourceNode] {
        let lists = (file.root?.entries ?? []).flatMap { $0.value.items ?? [] }
        return file.stem == "variants" ? lists : lists.flatMap { [$0["zh"], $0["en"]].compactMap(\.self) }
    }

    private static func checkNames(_ index: Int, _ context: inout LintContext) {
        let file = context.files[index]
        var names: [(SourceNode?, String)] = [(nil, file.stem)]
        if let title = file.root?["title"] { names.append((title, title.text ?? "")) }
        for set in context.draft.sets where set.file == index { names.append((set.node, set.name)) }
        for rule in context.draft.rules where rule.file == index { names.append((rule.idNode, rule.id)) }
        for (node, name) in names {
            // A dot or hyphen between words is no noise here.
            let parts = [name] + name.split { ".-_ ".contains($0) }.map(String.init)
            guard let breach = parts.lazy.compactMap({ ForbiddenDomain.breach(in: DraftWord.normal(of: $0)) }).first
            else { continue }
            context.note(
                .forbiddenSubject, index, node, owner: name,
                "名称“\(name)”属于\(breach.domain.zh)，超出固定分类。词库只管干部行为和公共服务，请删去",
                "the name '\(name)' is about \(breach.domain.en), beyond the closed taxonomy: a lexicon is about officials' conduct and public services. Delete it"
            )
        }
    }

    private static func checkRule(_ rule: DraftRule, _ context: inout LintContext) {
        for word in rule.conditions.joined() where !word.isReference {
            guard let breach = ForbiddenDomain.breach(in: word.normal), !isNamed(breach, in: rule, context)
            else {
                continue
            }
            // A guard weakens; it must not weigh what people are.
            if rule.isGuard, named.contains(breach.domain) || breach.domain == .leaders { continue }
            refuse(word.text, breach.domain, rule.file, word.node, rule.id, &context)
        }
        if let node = rule["pattern"], let pattern = node.text {
            let parts = pattern.split { "|()[]{}.*+?^$\\".contains($0) }.map {
                TextNormalizer.shared.normalized(String($0)).string
            }
            let whole = String(pattern.filter { !"|()[]{}.*+?^$\\,0123456789".contains($0) })
            let found =
                parts.compactMap(ForbiddenDomain.breach).first
                ?? (parts.count < 4 ? ForbiddenDomain.breach(in: whole) : nil)
            if let breach = found,
                !(reacting.contains(rule["topic"]?.text ?? "") && named.contains(breach.domain) && parts.count > 6)
            {
                refuse(breach.stem, breach.domain, rule.file, node, rule.id, &context)
            }
        }
        for word in rule.lists["requires"] ?? [] where !word.isReference {
            guard let breach = ForbiddenDomain.breach(in: word.normal),
                !(reacting.contains(rule["topic"]?.text ?? "") && named.contains(breach.domain))
            else { continue }
            refuse(word.text, breach.domain, rule.file, word.node, rule.id, &context)
        }
        for example in rule.matching {
            guard let breach = ForbiddenDomain.breach(in: example.normal),
                !reacting.contains(rule["topic"]?.text ?? ""), !rule.isGuard
            else { continue }
            context.note(
                .forbiddenExample, rule.file, example.node, owner: rule.id,
                "例句说到\(breach.domain.zh)（“\(breach.stem)”）。请确认规则找的是干部行为或公共服务，并换一句",
                "the example speaks of \(breach.domain.en) ('\(breach.stem)'). Make sure that the rule is about officials' conduct or a service, and take another text"
            )
        }
    }

    /// Whether a rule may name such words: they are what an official reacts to, and another condition says how.
    private static func isNamed(
        _ breach: (domain: ForbiddenDomain, stem: String), in rule: DraftRule, _ context: LintContext,
        isShared: Bool = false
    ) -> Bool {
        let topic = rule["topic"]?.text ?? ""
        let isReaction = named.contains(breach.domain) && reacting.contains(topic)
        let isThing = ForbiddenDomain.ambiguous.contains(breach.stem) && (isShared || !aboutPeople.contains(topic))
        guard isReaction || isThing else { return false }
        if rule["pattern"] != nil { return true }
        let conditions = rule.conditions.map { context.draft.expanded($0, in: rule.file) }
        let hasOther = conditions.contains { $0.allSatisfy { ForbiddenDomain.breach(in: $0.normal) == nil } }
        // Who did it or what, in a good part of some condition: a neighbour's name beside 上访 finds a petitioner.
        let saysWhatWasDone = conditions.contains { words in
            words.count { ForbiddenDomain.saysWhatOfficialsDid($0.normal) } * 5 >= words.count
        }
        return hasOther && (isThing || saysWhatWasDone)
    }

    /// A set is judged by the rules that use it.
    private static func checkSet(_ set: DraftSet, _ users: [Int], _ context: inout LintContext) {
        for word in set.words {
            guard let breach = ForbiddenDomain.breach(in: word.normal) else { continue }
            let rules = users.map { context.draft.rules[$0] }
            let bad = rules.first { rule in
                !isNamed(breach, in: rule, context, isShared: context.files[set.file].isShared)
                    && !(rule.isGuard && (named.contains(breach.domain) || breach.domain == .leaders))
            }
            guard users.isEmpty || bad != nil else { continue }
            refuse(word.text, breach.domain, set.file, word.node, set.name, &context)
        }
    }

    private static func refuse(
        _ word: String, _ domain: ForbiddenDomain, _ file: Int, _ node: SourceNode, _ owner: String,
        _ context: inout LintContext
    ) {
        context.note(
            .forbiddenTerm, file, node, owner: owner, "“\(word)”属于\(domain.zh)，超出固定分类。词库只管干部行为和公共服务，请删去",
            "'\(word)' is about \(domain.en), beyond the closed taxonomy: a lexicon is about officials' conduct and public services. Delete it"
        )
    }

    /// Tries the rule on texts about the forbidden subjects.
    static func checkReach(_ rule: DraftRule, _ probe: RuleProbe, _ context: inout LintContext) {
        guard !rule.isGuard, (rule.weight ?? 0) >= 0.5 else { return }
        guard let hit = ForbiddenDomain.probes.first(where: { probe.fires(on: $0.text) }) else { return }
        context.note(
            .forbiddenReach, rule.file, rule.idNode, owner: rule.id,
            "会标出只谈\(hit.domain.zh)的话（“\(hit.text)”）。请加上干部行为或公共服务的条件",
            "flags a text that is about \(hit.domain.en) alone (“\(hit.text)”). Add a condition about officials' conduct or a service"
        )
    }
}
