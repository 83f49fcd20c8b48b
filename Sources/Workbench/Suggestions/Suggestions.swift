internal import ChineseText
internal import Glibc
public import Lexicons
internal import Matching
public import Messages
public import Pipeline

/// What reviewers' verdicts say about the words of a lexicon: what is typical of confirmed flags and missing, what raises false
/// alarms, what just misses, how known words are spelled otherwise.
///
/// Words are counted by flags, and none is told that stands in fewer than three: nothing is learned about a person. Masks,
/// numbers, names of places and what the closed taxonomy forbids are left out.
public struct Suggestions: Sendable {
    /// One flag's words.
    public struct Text: Sendable {
        /// The flag's number.
        public var flag: Int
        /// Its masked words.
        public var text: String
        /// Its topic.
        public var topic: Topic
        /// True for confirmed ones.
        public var isConfirmed: Bool
        /// True where an analyst may open it: it waits.
        public var isOpen: Bool
        /// True where a reader took it for nothing; false too where nobody has looked at it.
        public var isDismissed: Bool

        /// Makes a text; one that is not confirmed is dismissed where nothing else is said.
        public init(
            flag: Int, text: String, topic: Topic, isConfirmed: Bool, isOpen: Bool, isDismissed: Bool? = nil
        ) {
            self.isDismissed = isDismissed ?? !isConfirmed
            self.flag = flag
            self.text = text
            self.topic = topic
            self.isConfirmed = isConfirmed
            self.isOpen = isOpen
        }
    }

    /// A word or phrase that is more typical of one side than of the other.
    public struct Phrase: Sendable {
        /// The words.
        public var text: String
        /// The topic of most of its confirmed flags.
        public var topic: Topic
        /// Confirmed flags with it.
        public var confirmed: Int
        /// Other flags with it.
        public var others: Int
        /// Dunning's log-likelihood ratio.
        public var logLikelihood: Double
        /// The binary logarithm of the ratio of both shares: 1 is twice as often.
        public var logRatio: Double
        /// Open flags that hold it, at most five.
        public var examples: [Int]
    }

    /// A rule that lacks one condition in confirmed flags.
    public struct NearMiss: Sendable {
        /// The rule.
        public var rule: String
        /// Other rules that lack a condition in the same flags, for want of the same words.
        public var also: [String] = []
        /// The condition that has no word, from 1.
        public var condition: Int
        /// Words that the condition asks for, at most six.
        public var wanted: [String]
        /// Confirmed flags in which that is so and the rule did not fire.
        public var flags: Int
        /// Words that stand in three or more of them, in no condition, and less often elsewhere: most telling first, never none.
        public var words: [String]
    }

    /// Another spelling of a word of the lexicon.
    public struct Variant: Sendable {
        /// As it is typed.
        public var text: String
        /// The word.
        public var word: String
        /// `sound` or `look`.
        public var kind: String
        /// Flags with it.
        public var flags: Int
        /// Open flags that hold it, at most five.
        public var examples: [Int]
    }

    /// Typical of confirmed flags and not in the lexicon, most telling first.
    public private(set) var missing: [Phrase] = []
    /// Words of the lexicon that are typical of dismissed flags, most telling first.
    public private(set) var falseAlarms: [Phrase] = []
    /// Rules that are one condition short in confirmed flags.
    public private(set) var nearMisses: [NearMiss] = []
    /// Other spellings.
    public private(set) var variants: [Variant] = []
    /// How many flags were read.
    public let texts: (confirmed: Int, others: Int)
    /// How many of the others were dismissed: false alarms are told of these alone.
    public let dismissed: Int

    /// What stands in fewer flags is not told.
    public static let fewest = 3

    /// Counts; `analyser` was made of the lexicon.
    public init(_ texts: [Text], analyser: TextAnalyser, lexicon: Lexicon) {
        let confirmed = texts.filter(\.isConfirmed)
        self.texts = (confirmed.count, texts.count - confirmed.count)
        dismissed = texts.count { $0.isDismissed && !$0.isConfirmed }
        let segmenter = analyser.matcher.words
        let words = segmenter.makeScratch()
        let known = Self.lexiconWords(lexicon)
        var grams: [String: [Int]] = [:]
        for (index, text) in texts.enumerated() {
            for gram in Self.grams(segmenter.words(in: text.text, scratch: words)) {
                grams[gram, default: []].append(index)
            }
        }
        missing = Self.typical(grams, texts, self.texts, known)
        falseAlarms = Self.alarming(texts.filter { $0.isConfirmed || $0.isDismissed }, analyser)
        nearMisses = Self.near(texts, grams, analyser, lexicon, known)
        variants = Self.spellings(texts, segmenter, known, lexicon)
    }

    /// The words of all conditions in normal form.
    private static func lexiconWords(_ lexicon: Lexicon) -> Set<String> {
        var words: Set<String> = []
        for rule in lexicon.rules {
            guard case .evidence = rule.effect else { continue }
            for condition in rule.conditions { words.formUnion(condition.words.map { DraftWord.normal(of: $0) }) }
        }
        return words
    }

    /// Runs of one to three words that a lexicon could hold, each once: they begin and end with a word of some meaning.
    ///
    /// A word that the dictionary lacks is cut into its characters: 茅所 ends with 所 all the same.
    private static func grams(_ words: [String]) -> Set<String> {
        let words = words.map { DraftWord.normal(of: $0) }
        var grams: Set<String> = []
        for start in words.indices where isHan(words[start]) {
            var gram = ""
            for (number, word) in words[start...].prefix(3).enumerated() {
                guard isHan(word) else { break }
                gram += word
                let run = words[start...(start + number)]
                let isUnlisted = run.count > 1 && run.count == gram.count
                func holds(_ edge: String) -> Bool {
                    !FunctionWords.contains(edge) || isUnlisted && FunctionWords.isPartOfNouns(edge)
                }
                guard (2...8).contains(gram.count), holds(words[start]), holds(word),
                    run.contains(where: { !FunctionWords.contains($0) })
                else { continue }
                grams.insert(gram)
            }
        }
        return grams
    }

    private static func isHan(_ word: String) -> Bool {
        !word.isEmpty && word.unicodeScalars.allSatisfy { (0x4E00..<0xA000).contains($0.value) }
    }

    private static func typical(
        _ grams: [String: [Int]], _ texts: [Text], _ totals: (confirmed: Int, others: Int), _ known: Set<String>
    ) -> [Phrase] {
        var phrases: [Phrase] = []
        for (gram, places) in grams where places.count >= fewest && !known.contains(gram) {
            guard !WordCosts.isOrdinary(gram), ForbiddenDomain.breach(in: gram) == nil, !PlaceLook.isPlace(gram) else {
                continue
            }
            let phrase = phrase(gram, places.map { texts[$0] }, totals)
            // 3.84 is what chance alone exceeds once in twenty times.
            if phrase.confirmed >= fewest, phrase.logRatio > 0.5, phrase.logLikelihood >= 3.84 {
                phrases.append(phrase)
            }
        }
        return Self.withoutParts(phrases)
    }

    /// The most telling first; of a phrase and a part of it that stands in the same flags, the phrase.
    private static func withoutParts(_ phrases: [Phrase]) -> [Phrase] {
        let sorted = phrases.sorted {
            ($1.logLikelihood, $1.text.count, $0.text) < ($0.logLikelihood, $0.text.count, $1.text)
        }
        var kept: [Phrase] = []
        for phrase in sorted {
            let isCovered = kept.contains { other in
                (other.text.contains(phrase.text) || phrase.text.contains(other.text))
                    && other.confirmed >= phrase.confirmed
                    && other.logLikelihood >= phrase.logLikelihood * 0.999
            }
            if !isCovered { kept.append(phrase) }
            if kept.count == 200 { break }
        }
        return kept
    }

    private static func phrase(_ gram: String, _ texts: [Text], _ totals: (confirmed: Int, others: Int)) -> Phrase {
        let confirmed = texts.filter(\.isConfirmed)
        let others = texts.count - confirmed.count
        let topics = Dictionary(grouping: confirmed.isEmpty ? texts : confirmed, by: \.topic).mapValues(\.count)
        let topic = topics.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .other
        return Phrase(
            text: gram, topic: topic, confirmed: confirmed.count, others: others,
            logLikelihood: Keyness.logLikelihood(confirmed.count, of: totals.confirmed, others, of: totals.others),
            logRatio: Keyness.logRatio(confirmed.count, of: totals.confirmed, others, of: totals.others),
            examples: Array(texts.filter(\.isOpen).map(\.flag).sorted().prefix(5)))
    }

    /// Words that the lexicon found in dismissed flags more often than in confirmed ones; what nobody has looked at says nothing.
    private static func alarming(_ texts: [Text], _ analyser: TextAnalyser) -> [Phrase] {
        let confirmed = texts.count(where: \.isConfirmed)
        let totals = (confirmed: confirmed, others: texts.count - confirmed)
        let scratch = LexiconMatcher.Scratch()
        var found: [String: [Text]] = [:]
        for text in texts {
            let verdict = analyser.analysis(of: text.text, scratch: scratch).verdict
            let bytes = Array(text.text.utf8)
            let words = verdict.evidence.filter { $0.rule != "model" }.map {
                DraftWord.normal(of: String(decoding: bytes[$0.span], as: UTF8.self))
            }
            for word in Set(words) { found[word, default: []].append(text) }
        }
        return found.filter { $0.value.count >= fewest }.map { phrase($0.key, $0.value, totals) }
            .filter { $0.logRatio < -0.5 && $0.others >= fewest && $0.logLikelihood >= 3.84 }
            .sorted { ($1.logLikelihood, $0.text) < ($0.logLikelihood, $1.text) }
    }

    private static func near(
        _ texts: [Text], _ grams: [String: [Int]], _ analyser: TextAnalyser, _ lexicon: Lexicon, _ known: Set<String>
    ) -> [NearMiss] {
        let scratch = LexiconMatcher.Scratch()
        var found: [String: (rule: String, condition: Int, texts: Set<Int>)] = [:]
        for (index, text) in texts.enumerated() where text.isConfirmed {
            for rule in analyser.matcher.trace(of: text.text, scratch: scratch, mostMissing: 1).rules {
                guard case .missing(let conditions) = rule.outcome, rule.conditionCount > 1,
                    let condition = conditions.first,
                    case .evidence(let topic, _, _) = rule.effect, topic == text.topic
                else { continue }
                found["\(rule.id) \(condition)", default: (rule.id, condition, [])].texts.insert(index)
            }
        }
        let rules = Dictionary(lexicon.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let misses = found.values.filter { $0.texts.count >= fewest }.sorted {
            ($0.rule, $0.condition) < ($1.rule, $1.condition)
        }
        // One phrase in the same flags is told once, however many rules it is missing from.
        var places: [Set<Int>: Int] = [:]
        var near: [NearMiss] = []
        for item in misses {
            if let place = places[item.texts] {
                if near[place].rule != item.rule, near[place].also.last != item.rule {
                    near[place].also.append(item.rule)
                }
                continue
            }
            let words = telling(of: item.texts, in: grams, of: texts.count, known)
            guard !words.isEmpty, let rule = rules[item.rule] else { continue }
            places[item.texts] = near.count
            near.append(
                NearMiss(
                    rule: item.rule, condition: item.condition + 1,
                    wanted: Array(rule.conditions[item.condition].words.prefix(6)), flags: item.texts.count,
                    words: words))
        }
        return near.sorted { ($1.flags, $0.rule, $0.condition) < ($0.flags, $1.rule, $1.condition) }
    }

    /// The words that set some texts apart from all others, at most five.
    private static func telling(of chosen: Set<Int>, in grams: [String: [Int]], of total: Int, _ known: Set<String>)
        -> [String]
    {
        var scores: [(word: String, score: Double)] = []
        for (gram, places) in grams where places.count >= fewest && !known.contains(gram) {
            let inside = places.count(where: chosen.contains)
            guard inside >= fewest, ForbiddenDomain.breach(in: gram) == nil, !PlaceLook.isPlace(gram) else { continue }
            let outside = (places.count - inside, total - chosen.count)
            guard Keyness.logRatio(inside, of: chosen.count, outside.0, of: outside.1) > 1 else { continue }
            let score = Keyness.logLikelihood(inside, of: chosen.count, outside.0, of: outside.1)
            if score >= 3.84 { scores.append((gram, score)) }
        }
        return scores.sorted { ($1.score, $0.word) < ($0.score, $1.word) }.prefix(5).map(\.word)
    }

    /// Runs of words that sound or look like one word of the lexicon and are none themselves (发/飘 for 发票).
    private static func spellings(
        _ texts: [Text], _ segmenter: WordSegmenter, _ known: Set<String>, _ lexicon: Lexicon
    ) -> [Variant] {
        let pinyin = PinyinTable.shared
        var sounds: [UInt64: [String]] = [:]
        for word in known where word.count > 1 && !word.allSatisfy(FunctionWords.contains) {
            if let sound = pinyin.sound(of: Array(word.utf16)[...]) { sounds[sound, default: []].append(word) }
        }
        var alike: [Character: Int] = [:]
        for (number, group) in lexicon.variants.alike.enumerated() {
            for character in group { alike[character] = number }
        }
        var looks: [String: String] = [:]
        for word in known.sorted() where word.count > 1 { looks[shape(word, alike)] = word }
        var found: [String: (word: String, kind: String, texts: [Text])] = [:]
        let scratch = segmenter.makeScratch()
        for text in texts {
            for gram in unlisted(segmenter.words(in: text.text, scratch: scratch)) where !known.contains(gram) {
                let heard = pinyin.sound(of: Array(gram.utf16)[...]).flatMap { sounds[$0] } ?? []
                if let word = heard.filter({ isSlip(gram, of: $0) }).min() {
                    found[gram, default: (word, "sound", [])].texts.append(text)
                } else if !alike.isEmpty, let word = looks[shape(gram, alike)], isSlip(gram, of: word) {
                    found[gram, default: (word, "look", [])].texts.append(text)
                }
            }
        }
        return found.filter { $0.value.texts.count >= fewest }.map { gram, item in
            Variant(
                text: gram, word: item.word, kind: item.kind, flags: item.texts.count,
                examples: Array(item.texts.filter(\.isOpen).map(\.flag).sorted().prefix(5)))
        }.sorted { ($1.flags, $0.text) < ($0.flags, $1.text) }
    }

    /// Whether what differs may be a slip: a particle is typed on purpose (没谁 is no slip for 没水).
    private static func isSlip(_ run: String, of word: String) -> Bool {
        run.count == word.count && zip(run, word).allSatisfy { $0 == $1 || !FunctionWords.contains($0) }
    }

    /// Runs of two to four characters that the segmenter cuts into several words, not of particles alone, each once.
    private static func unlisted(_ words: [String]) -> Set<String> {
        var runs: Set<String> = []
        let words = words.map { DraftWord.normal(of: $0) }
        for start in words.indices {
            var run = ""
            for (number, word) in words[start...].enumerated() {
                guard isHan(word) else { break }
                run += word
                guard run.count <= 4 else { break }
                if number > 0, !run.allSatisfy(FunctionWords.contains), !WordSegmenter.isListed(Array(run.utf16)[...]) {
                    runs.insert(run)
                }
            }
        }
        return runs
    }

    private static func shape(_ word: String, _ alike: [Character: Int]) -> String {
        word.map { alike[$0].map { "#\($0)" } ?? String($0) }.joined()
    }
}

extension Suggestions.Phrase {
    /// The lines to paste under `rules:` of the topic's file: weak at first, so that it supports others and flags nothing alone.
    public var yaml: String {
        let margin = "  "
        return [
            "- id: \(topic.rawValue).suggested-\(text.utf16.map { String($0, radix: 16) }.joined())",
            "  topic: \(topic.rawValue)",
            "  severity: low", "  weight: 0.3", "  any: [\(YAMLText.scalar(text))]",
            "  examples: {match: [\(YAMLText.scalar(text))], miss: [请写一句容易误报的话]}",
        ].map { margin + $0 + "\n" }.joined()
    }
}

/// How much more often something stands in one collection than in another.
enum Keyness {
    /// Dunning's log-likelihood ratio over presence and absence.
    ///
    /// Source: T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (1993).
    static func logLikelihood(_ left: Int, of leftTotal: Int, _ right: Int, of rightTotal: Int) -> Double {
        let total = Double(leftTotal + rightTotal)
        guard leftTotal > 0, rightTotal > 0 else { return 0 }
        let present = Double(left + right)
        func part(_ seen: Int, _ expected: Double) -> Double {
            seen == 0 || expected == 0 ? 0 : Double(seen) * log(Double(seen) / expected)
        }
        let share = present / total
        return 2
            * (part(left, Double(leftTotal) * share) + part(right, Double(rightTotal) * share)
                + part(leftTotal - left, Double(leftTotal) * (1 - share))
                + part(rightTotal - right, Double(rightTotal) * (1 - share)))
    }

    /// The binary logarithm of the ratio of shares, half a flag added to each.
    ///
    /// Source: A. Hardie, "Log Ratio: an informal introduction" (2014).
    static func logRatio(_ left: Int, of leftTotal: Int, _ right: Int, of rightTotal: Int) -> Double {
        guard leftTotal > 0, rightTotal > 0 else { return 0 }
        return log2((Double(left) + 0.5) / (Double(leftTotal) + 1))
            - log2((Double(right) + 0.5) / (Double(rightTotal) + 1))
    }
}
