internal import ChineseText
internal import Lexicons
internal import Messages

/// A rule with its words in normal form.
///
/// A class, so that handing it on costs one reference, not one for each list.
final class CompiledRule: Sendable {
    let id: String
    let effect: RuleMatch.Effect
    /// For each condition the index of its word group.
    let groups: [Int]
    let within: Int
    let across: Bool
    let ordered: Bool
    let boundaries: Rule.Boundaries
    let pattern: Pattern?
    /// The group of the words of which one must be there before the pattern is tried; nil without a pattern.
    let requires: Int?
    /// All groups that must be hit before the rule is looked at.
    let gate: [Int]
    /// The bits of the veto words that `unless`, `unless-anywhere`, `protect`, `not-after` and `not-before` name.
    let unlessBits: [UInt64]
    let anywhereBits: [UInt64]
    let protectBits: [UInt64]
    let afterBits: [UInt64]
    let beforeBits: [UInt64]
    /// The last three together: what can cancel a single hit.
    let nearBits: [UInt64]

    /// Compiles a rule; `words` keeps the words of conditions, `vetoes` those that cancel.
    init(_ rule: Rule, pattern: Pattern?, words: inout WordGroups, vetoes: inout WordGroups) {
        id = rule.id
        effect = rule.effect
        within = rule.within
        across = rule.across
        ordered = rule.ordered
        boundaries = rule.boundaries
        self.pattern = pattern
        var groups: [Int] = []
        for condition in rule.conditions { groups.append(words.group(of: condition)) }
        self.groups = groups
        let requires = pattern == nil ? nil : words.group(of: rule.requires)
        self.requires = requires
        gate = groups + (requires.map { [$0] } ?? [])
        unlessBits = vetoes.bits(of: rule.unless)
        anywhereBits = vetoes.bits(of: rule.unlessAnywhere)
        protectBits = vetoes.bits(of: rule.protect)
        afterBits = vetoes.bits(of: rule.notAfter)
        beforeBits = vetoes.bits(of: rule.notBefore)
        nearBits = vetoes.bits(of: rule.notAfter + rule.notBefore + rule.protect)
    }
}

/// Distinct lists of words: what conditions are compiled to.
///
/// A list that many rules share is one group.
struct WordGroups {
    private(set) var terms: [[UInt16]] = []
    private(set) var groups: [[Int]] = []
    private var termIndex: [[UInt16]: Int] = [:]
    private var groupIndex: [[Int]: Int] = [:]

    private var folded: [ByteKey: [UInt16]] = [:]

    /// The normal form of a word; shared sets come by again and again.
    mutating func units(_ word: String) -> [UInt16] {
        if let known = folded[ByteKey(word)] { return known }
        let units = TextNormalizer.shared.units(word)
        folded[ByteKey(word)] = units
        return units
    }

    /// The group of these words, made if it is new.
    mutating func group(of words: [String]) -> Int {
        var ids: Set<Int> = []
        for word in words {
            let units = units(word)
            guard !units.isEmpty else { continue }
            if let id = termIndex[units] {
                ids.insert(id)
            } else {
                termIndex[units] = terms.count
                ids.insert(terms.count)
                terms.append(units)
            }
        }
        let key = ids.sorted()
        if let group = groupIndex[key] { return group }
        groupIndex[key] = groups.count
        groups.append(key)
        return groups.count - 1
    }

    /// One bit for each of the words, by their numbers; as long as the highest needs.
    mutating func bits(of words: [String]) -> [UInt64] {
        var bits: [UInt64] = []
        for word in words {
            let units = units(word)
            guard !units.isEmpty else { continue }
            let id = termIndex[units] ?? terms.count
            if id == terms.count {
                termIndex[units] = id
                terms.append(units)
            }
            while bits.count <= id >> 6 { bits.append(0) }
            bits[id >> 6] |= 1 << UInt64(id & 63)
        }
        return bits
    }
}
