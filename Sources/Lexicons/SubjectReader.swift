internal import Messages

/// Reads a subject file or `guards.yaml` into rules.
struct SubjectReader {
    let subject: String
    let shared: [String: WordSet]

    private static let commonKeys = [
        "id", "any", "all", "within", "across", "order", "unless", "unless-anywhere", "not-after", "not-before",
        "protect", "boundaries", "pattern", "requires", "examples",
    ]
    private static let ruleKeys = commonKeys + ["topic", "severity", "weight"]
    private static let guardKeys = commonKeys + ["against", "scope", "factor"]

    func rules(_ reader: YAMLReader) throws(LexiconError) -> [Rule] {
        let entries = try reader.mapping(known: ["subject", "title", "sets", "rules", "guards"])
        var sets = shared
        for (key, value) in entries {
            if key == "sets" { try SetReader.read(value, prefix: subject + ".", into: &sets) }
            if key == "subject" {
                let text = try value.text()
                if text != subject { throw LexiconError(.badValue(text, expected: subject), at: value.origin) }
            }
        }
        var rules: [Rule] = []
        for (key, value) in entries where key == "rules" || key == "guards" {
            for item in try value.list() {
                rules.append(try rule(item, isGuard: key == "guards", sets: sets))
            }
        }
        return rules
    }

    private func rule(_ reader: YAMLReader, isGuard: Bool, sets: [String: WordSet]) throws(LexiconError) -> Rule {
        let entries = try reader.mapping(known: isGuard ? Self.guardKeys : Self.ruleKeys)
        var fields: [String: YAMLReader] = [:]
        for (key, value) in entries { fields[key] = value }
        func required(_ key: String) throws(LexiconError) -> YAMLReader {
            guard let value = fields[key] else { throw LexiconError(.missingKey(key), at: reader.origin) }
            return value
        }
        let id = try required("id").text()
        let prefix = isGuard ? "guard." : subject + "."
        if !id.hasPrefix(prefix) {
            throw LexiconError(.badValue(id, expected: "\(prefix)…"), at: reader.origin)
        }
        let effect: RuleMatch.Effect
        if isGuard {
            var tracks: Set<Track> = []
            for item in try required("against").list() { tracks.insert(try item.choice(Track.self)) }
            effect = .guarding(
                tracks: tracks, wholeText: try required("scope").choice(Scope.self) == .text,
                factor: try required("factor").number(in: 0...1))
        } else {
            effect = .evidence(
                topic: try required("topic").choice(Topic.self),
                severity: try required("severity").choice(Severity.self),
                weight: try required("weight").number(in: 0...1))
        }
        var rule = Rule(id: id, effect: effect, origin: reader.origin)
        try fillConditions(&rule, from: fields, sets: sets)
        try fillLimits(&rule, from: fields, sets: sets)
        try fillExamples(&rule, from: try required("examples"))
        try checkReachable(rule)
        return rule
    }

    private enum Scope: String, CaseIterable {
        case text, sentence
    }

    private func fillConditions(
        _ rule: inout Rule, from fields: [String: YAMLReader], sets: [String: WordSet]
    ) throws(LexiconError) {
        if let any = fields["any"] { rule.conditions.append(try expand(any, sets, protecting: &rule)) }
        if let all = fields["all"] {
            for condition in try all.list() {
                rule.conditions.append(try expand(condition, sets, protecting: &rule))
            }
        }
        if rule.conditions.count > 5 {
            throw LexiconError(.badValue("\(rule.conditions.count)", expected: "1…5 conditions"), at: rule.origin)
        }
        if let pattern = fields["pattern"] {
            rule.pattern = try pattern.text()
            if let requires = fields["requires"] { rule.requires = try expand(requires, sets) }
            if rule.requires.isEmpty { throw LexiconError(.patternWithoutLiteral, at: pattern.origin) }
        } else if let requires = fields["requires"] {
            throw LexiconError(.missingKey("pattern"), at: requires.origin)
        }
        if rule.conditions.isEmpty && rule.pattern == nil {
            throw LexiconError(.missingKey("any / all / pattern"), at: rule.origin)
        }
    }

    private func fillLimits(
        _ rule: inout Rule, from fields: [String: YAMLReader], sets: [String: WordSet]
    ) throws(LexiconError) {
        if let within = fields["within"] { rule.within = try within.whole(in: 0...200) }
        if let across = fields["across"] { rule.across = try across.flag() }
        if let order = fields["order"] { rule.ordered = try order.flag() }
        if let unless = fields["unless"] { rule.unless = try expand(unless, sets) }
        if let anywhere = fields["unless-anywhere"] { rule.unlessAnywhere = try expand(anywhere, sets) }
        if let after = fields["not-after"] { rule.notAfter = try expand(after, sets) }
        if let before = fields["not-before"] { rule.notBefore = try expand(before, sets) }
        if let protect = fields["protect"] { rule.protect.lists += try expand(protect, sets).lists }
        if let boundaries = fields["boundaries"] { rule.boundaries = try boundaries.choice(Rule.Boundaries.self) }
    }

    private func fillExamples(_ rule: inout Rule, from examples: YAMLReader) throws(LexiconError) {
        for (key, value) in try examples.mapping(known: ["match", "miss"]) {
            let texts = try value.terms().map(\.text)
            if key == "match" { rule.matching = texts } else { rule.missing = texts }
        }
        if rule.matching.isEmpty { throw LexiconError(.missingKey("match"), at: examples.origin) }
        if rule.missing.isEmpty { throw LexiconError(.missingKey("miss"), at: examples.origin) }
    }

    /// The words of a condition; what its sets protect, the rule protects.
    private func expand(
        _ reader: YAMLReader, _ sets: [String: WordSet], protecting rule: inout Rule
    ) throws(LexiconError) -> Terms {
        let (terms, protected) = try expandAll(reader, sets)
        rule.protect.lists += protected
        return terms
    }

    private func expand(_ reader: YAMLReader, _ sets: [String: WordSet]) throws(LexiconError) -> Terms {
        try expandAll(reader, sets).terms
    }

    /// A list of words and sets, with what the sets protect.
    private func expandAll(
        _ reader: YAMLReader, _ sets: [String: WordSet]
    ) throws(LexiconError) -> (terms: Terms, protected: [TermList]) {
        var terms = Terms()
        var protected: [TermList] = []
        var words: [String] = []
        for (text, origin) in try reader.terms() {
            if text.utf8.first == UInt8(ascii: "@") {
                guard let set = sets[String(text.dropFirst())] else {
                    throw LexiconError(.unknownSet(text), at: origin)
                }
                terms.lists.append(set.terms)
                if !set.protect.words.isEmpty { protected.append(set.protect) }
            } else {
                words.append(text)
            }
        }
        if !words.isEmpty { terms.lists.append(TermList(words)) }
        if terms.isEmpty { throw LexiconError(.emptyTerm, at: reader.origin) }
        return (terms, protected)
    }

    /// A condition whose every word holds a word that cancels the rule can never be met.
    private func checkReachable(_ rule: Rule) throws(LexiconError) {
        let cancelling = (rule.unless + rule.unlessAnywhere + rule.protect).lists
        if cancelling.isEmpty { return }
        for (index, condition) in rule.conditions.enumerated() {
            let open = condition.lists.lazy.flatMap(\.words).first { word in
                let bytes = Array(word.utf8)
                return !cancelling.contains { $0.words.contains { Self.holds(bytes, Array($0.utf8)) } }
            }
            if open == nil {
                throw LexiconError(.unreachable(condition: index + 1), at: rule.origin)
            }
        }
    }

    /// Whether a word's bytes hold another's.
    private static func holds(_ word: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= word.count else { return false }
        return (0...(word.count - part.count)).contains { start in
            part.indices.allSatisfy { word[start + $0] == part[$0] }
        }
    }
}
