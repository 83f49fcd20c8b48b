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
    let unlessBits: SparseBits
    let anywhereBits: SparseBits
    let protectBits: SparseBits
    let afterBits: SparseBits
    let beforeBits: SparseBits
    /// The last three together: what can cancel a single hit.
    let nearBits: SparseBits

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
        unlessBits = SparseBits(vetoes.bits(of: rule.unless))
        anywhereBits = SparseBits(vetoes.bits(of: rule.unlessAnywhere))
        protectBits = SparseBits(vetoes.bits(of: rule.protect))
        afterBits = SparseBits(vetoes.bits(of: rule.notAfter))
        beforeBits = SparseBits(vetoes.bits(of: rule.notBefore))
        nearBits = SparseBits(vetoes.bits(of: rule.notAfter + rule.notBefore + rule.protect))
    }
}

/// Distinct lists of words: what conditions are compiled to.
///
/// A list that many rules share is one group.
struct WordGroups {
    private(set) var terms: [[UInt16]] = []
    private(set) var groups: [[Int]] = []
    private var termIndex = TermIndex()
    private var normal = NormalizedText()
    private var groupIndex: [[Int]: Int] = [:]

    /// The numbers of the words of a list; shared lists come by again and again.
    private var known: [ObjectIdentifier: [Int]] = [:]
    /// The lists that have a name, with the numbers of their words.
    private(set) var named: [(name: String, numbers: [Int])] = []
    private var knownBits: [ObjectIdentifier: [UInt64]] = [:]

    /// The numbers of a list's words, in order.
    private mutating func numbers(of list: TermList) -> [Int] {
        if let numbers = known[ObjectIdentifier(list)] { return numbers }
        var numbers: [Int] = []
        numbers.reserveCapacity(list.words.count)
        for word in list.words {
            if let number = number(of: word) { numbers.append(number) }
        }
        known[ObjectIdentifier(list)] = numbers
        if let name = list.name { named.append((name, numbers)) }
        return numbers
    }

    /// The number of a word in normal form, a new one if it is new; nil for a word of which nothing is left.
    private mutating func number(of word: String) -> Int? {
        var copy = word
        copy.withUTF8 { TextNormalizer.shared.normalize($0, into: &normal) }
        guard normal.count > 0 else { return nil }
        let units = Array(normal.units[..<normal.count])
        let (index, isNew) = termIndex.insert(units, among: terms)
        if isNew { terms.append(units) }
        return index
    }

    /// The number of a word that some list holds, by the units of its normal form.
    func number(ofUnits units: [UInt16]) -> Int? { termIndex.number(of: units, among: terms) }

    /// The group of these words, made if it is new.
    mutating func group(of words: Terms) -> Int {
        var ids: Set<Int> = []
        for list in words.lists { ids.formUnion(numbers(of: list)) }
        let key = ids.sorted()
        if let group = groupIndex[key] { return group }
        groupIndex[key] = groups.count
        groups.append(key)
        return groups.count - 1
    }

    /// One bit for each of the words, by their numbers; as long as the highest needs.
    mutating func bits(of words: Terms) -> [UInt64] {
        var bits: [UInt64] = []
        for list in words.lists {
            let part = self.bits(of: list)
            while bits.count < part.count { bits.append(0) }
            for index in part.indices { bits[index] |= part[index] }
        }
        return bits
    }

    private mutating func bits(of list: TermList) -> [UInt64] {
        if let bits = knownBits[ObjectIdentifier(list)] { return bits }
        var bits: [UInt64] = []
        for number in numbers(of: list) {
            while bits.count <= number >> 6 { bits.append(0) }
            bits[number >> 6] |= 1 << UInt64(number & 63)
        }
        knownBits[ObjectIdentifier(list)] = bits
        return bits
    }
}
