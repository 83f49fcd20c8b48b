internal import ChineseText
public import Classifying
public import Lexicons
internal import Messages

/// Tells texts apart on which two versions of a lexicon must agree from those on which they may not.
///
/// A rule does the same in both versions wherever none of the words stands that it has in one version only; a rule that came,
/// went, or has other limits or another weight can act only where each of its conditions has a word. So one scan for these
/// words, some dozens after a usual edit, passes over nearly all texts. What it lets through is judged by both versions in full.
public struct DifferenceGate: Sendable {
    private let scanner: TermScanner
    /// For each word the groups that it belongs to.
    private let groups: [[Int32]]
    /// The versions may differ where every group of one of these has a word.
    private let triggers: [[Int32]]
    private let groupCount: Int
    /// How many words it looks for.
    public var wordCount: Int { groups.count }

    /// Compares two versions; nil when they may differ on any text: another model, another order of rules, other spellings, or
    /// other words for the segmenter where rules ask for word boundaries.
    public init?(_ old: Lexicon, _ oldModel: LinearModel?, _ new: Lexicon, _ newModel: LinearModel?) {
        guard oldModel == newModel, Self.areEqual(old.variants, new.variants) else { return nil }
        let asksWords = (old.rules + new.rules).contains { $0.boundaries != .none }
        guard !asksWords || old.words == new.words else { return nil }
        let before = Dictionary(old.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        guard old.rules.map(\.id).filter({ after[$0] != nil }) == new.rules.map(\.id).filter({ before[$0] != nil })
        else {
            return nil
        }
        var builder = Builder(spelled: Set(new.variants.words.map { TextNormalizer.shared.units($0.text) }))
        for rule in old.rules {
            if let other = after[rule.id], Self.haveEqualLimits(rule, other) {
                builder.addDifference(rule, other)
            } else {
                builder.addAnchor(rule)
            }
        }
        for rule in new.rules {
            guard let other = before[rule.id], Self.haveEqualLimits(rule, other) else {
                builder.addAnchor(rule)
                continue
            }
        }
        builder.addDifference(ofSets: old, new)
        guard builder.isDecidable else { return nil }
        let terms = builder.groupsOfWord.keys.sorted { $0.lexicographicallyPrecedes($1) }
        scanner = TermScanner(terms)
        groups = terms.map { builder.groupsOfWord[$0] ?? [] }
        triggers = builder.triggers
        groupCount = builder.groupCount
    }

    /// What is used again from text to text.
    struct Buffer {
        fileprivate var hits: [TermHit] = []
        fileprivate var seen: [Bool] = []

        init() {}
    }

    /// True when the versions may differ on a text.
    func mayDiffer(on text: NormalizedText, _ buffer: inout Buffer) -> Bool {
        guard wordCount > 0 else { return false }
        buffer.hits.removeAll(keepingCapacity: true)
        scanner.scan(text, into: &buffer.hits)
        if buffer.hits.isEmpty { return false }
        buffer.seen.removeAll(keepingCapacity: true)
        buffer.seen.append(contentsOf: repeatElement(false, count: groupCount))
        for hit in buffer.hits {
            for group in groups[Int(hit.term)] { buffer.seen[Int(group)] = true }
        }
        return triggers.contains { trigger in trigger.allSatisfy { buffer.seen[Int($0)] } }
    }

    /// Whether two lists of spellings say the same, wherever their files lie.
    private static func areEqual(_ left: SpellingVariants, _ right: SpellingVariants) -> Bool {
        left.alike == right.alike && left.parts == right.parts && left.words.map(\.text) == right.words.map(\.text)
            && left.words.map(\.kind) == right.words.map(\.kind)
    }

    private static func haveEqualLimits(_ left: Rule, _ right: Rule) -> Bool {
        left.effect == right.effect && left.within == right.within && left.across == right.across
            && left.ordered == right.ordered && left.boundaries == right.boundaries && left.pattern == right.pattern
            && left.conditions.count == right.conditions.count
    }

    /// Collects the words, in normal form, and what must stand together.
    private struct Builder {
        private let spelled: Set<[UInt16]>
        private(set) var groupsOfWord: [[UInt16]: [Int32]] = [:]
        private(set) var triggers: [[Int32]] = []
        private(set) var groupCount = 0
        /// False once words are among them that the matcher finds in other spellings, too, and this scan does not.
        private(set) var isDecidable = true
        private var known: [ObjectIdentifier: Set<[UInt16]>] = [:]

        init(spelled: Set<[UInt16]>) { self.spelled = spelled }

        private mutating func units(of terms: Terms) -> Set<[UInt16]> {
            terms.lists.reduce(into: []) { $0.formUnion(units(of: $1)) }
        }

        private mutating func units(of list: TermList) -> Set<[UInt16]> {
            if let units = known[ObjectIdentifier(list)] { return units }
            let units = Set(list.words.map { TextNormalizer.shared.units($0) }.filter { !$0.isEmpty })
            known[ObjectIdentifier(list)] = units
            return units
        }

        private mutating func group(_ words: Set<[UInt16]>) -> Int32 {
            for word in words { groupsOfWord[word, default: []].append(Int32(groupCount)) }
            groupCount += 1
            return Int32(groupCount - 1)
        }

        /// Differences show only where one of the words stands and every condition has one of its own.
        private mutating func add(_ words: Set<[UInt16]>?, where conditions: [Set<[UInt16]>]) {
            var trigger: [Int32] = []
            if let words {
                guard words.isDisjoint(with: spelled) else { return isDecidable = false }
                trigger.append(group(words))
            }
            // A condition that other spellings may meet is taken for met.
            for condition in conditions where condition.isDisjoint(with: spelled) { trigger.append(group(condition)) }
            if trigger.isEmpty { isDecidable = false }
            triggers.append(trigger)
        }

        private mutating func conditions(of rule: Rule) -> [Set<[UInt16]>] {
            (rule.conditions + (rule.pattern == nil ? [] : [rule.requires])).map { units(of: $0) }
        }

        /// The words that one of two versions of a rule has in some place and the other has not.
        mutating func addDifference(_ left: Rule, _ right: Rule) {
            func lists(_ rule: Rule) -> [Terms] {
                rule.conditions + [
                    rule.unless, rule.unlessAnywhere, rule.notAfter, rule.notBefore, rule.protect, rule.requires,
                ]
            }
            var words: Set<[UInt16]> = []
            for (one, other) in zip(lists(left), lists(right)) {
                words.formUnion(units(of: one).symmetricDifference(units(of: other)))
            }
            guard !words.isEmpty else { return }
            let (before, after) = (conditions(of: left), conditions(of: right))
            add(words, where: zip(before, after).map { $0.union($1) })
        }

        /// A rule that is in one version only acts where each of its conditions has a word.
        mutating func addAnchor(_ rule: Rule) { add(nil, where: conditions(of: rule)) }

        /// The words that belong to other named sets: the model hears them.
        mutating func addDifference(ofSets old: Lexicon, _ new: Lexicon) {
            let (left, right) = (names(old), names(new))
            var words: Set<[UInt16]> = []
            for (word, names) in left where right[word] != names { words.insert(word) }
            for (word, names) in right where left[word] != names { words.insert(word) }
            if !words.isEmpty { add(words, where: []) }
        }

        private mutating func names(_ lexicon: Lexicon) -> [[UInt16]: Set<String>] {
            var names: [[UInt16]: Set<String>] = [:]
            var seen: Set<ObjectIdentifier> = []
            for rule in lexicon.rules {
                for list in (rule.conditions + (rule.pattern == nil ? [] : [rule.requires])).flatMap(\.lists) {
                    guard let name = list.name, seen.insert(ObjectIdentifier(list)).inserted else { continue }
                    for word in units(of: list) { names[word, default: []].insert(name) }
                }
            }
            return names
        }
    }
}
