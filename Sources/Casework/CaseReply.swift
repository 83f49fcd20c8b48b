/// A reply as a handler writes it.
public struct ReplyDraft: Sendable, Equatable {
    /// What was done.
    public var done: String
    /// When it was done; nil when nothing is said.
    public var doneOn: CivilDay?
    /// What came of it.
    public var result: String
    /// How many photos, papers or signatures prove it.
    public var evidence: Int

    /// Makes a reply.
    public init(done: String, doneOn: CivilDay?, result: String, evidence: Int = 0) {
        self.done = done
        self.doneOn = doneOn
        self.result = result
        self.evidence = evidence
    }

    /// Phrases that say that somebody was sent, and nothing else.
    ///
    /// The list is short on purpose: each is a sign among others, never a verdict.
    public static let stockPhrases = [
        "已派", "已安排", "已反映", "已上报", "已转", "已通知", "已联系", "正在处理", "处理中", "正在办理", "正在协调", "尽快", "已知悉", "收到", "稍等",
        "马上处理", "高度重视", "请耐心等待",
    ]

    /// What the rules need to know of it, without its words.
    public var facts: ReplyFacts {
        let (done, result) = (Self.letters(done), Self.letters(result))
        let words = done + result
        let isStock = words.count < 20 && Self.holds(words, oneOf: Self.stockPhrases)
        return ReplyFacts(
            doneOn: doneOn, evidence: max(0, evidence), saysWhat: !done.isEmpty && !Self.isEmpty(done),
            saysResult: !result.isEmpty && !Self.isEmpty(result), isStockPhrase: isStock)
    }

    /// True for words that only announce.
    private static func isEmpty(_ words: String) -> Bool {
        words.count < 20 && holds(words, oneOf: stockPhrases)
            && !holds(words, oneOf: ["修复", "修好", "更换", "疏通", "退还", "清理", "恢复", "解决", "完成", "补发"])
    }

    /// Looks for bytes: `contains` of the standard library took half of a decision's time.
    private static func holds(_ words: String, oneOf phrases: [String]) -> Bool {
        let bytes = Array(words.utf8)
        return phrases.contains { phrase in
            let wanted = Array(phrase.utf8)
            guard wanted.count <= bytes.count else { return false }
            return (0...bytes.count - wanted.count).contains { start in
                bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted)
            }
        }
    }

    private static func letters(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
    }
}

/// What a reply says of itself, without its words.
public struct ReplyFacts: Sendable, Equatable {
    /// When the work was done.
    public var doneOn: CivilDay?
    /// How many proofs are named.
    public var evidence: Int
    /// True when it says what was done.
    public var saysWhat: Bool
    /// True when it says what came of it.
    public var saysResult: Bool
    /// True when it is short and made of a stock phrase (已派人…).
    public var isStockPhrase: Bool

    /// Makes the facts.
    public init(doneOn: CivilDay?, evidence: Int, saysWhat: Bool, saysResult: Bool, isStockPhrase: Bool) {
        self.doneOn = doneOn
        self.evidence = evidence
        self.saysWhat = saysWhat
        self.saysResult = saysResult
        self.isStockPhrase = isStockPhrase
    }
}

/// What stands between a case and its closing.
public enum ClosingGate {
    /// What is missing; closed.
    public enum Missing: String, Sendable, CaseIterable {
        case reply, what, when, unit, result, evidence
        case evidenceOrFollowUp = "evidence-or-follow-up"
        case satisfaction

        /// What it means, in Chinese and English.
        public var names: (zh: String, en: String) {
            switch self {
            case .reply: ("还没有答复", "there is no reply")
            case .what: ("没写做了什么（“已派人”不算）", "it doesn't say what was done ('somebody was sent' doesn't count)")
            case .when: ("没写何时做的", "it doesn't say when")
            case .unit: ("没有承办单位", "no unit is named")
            case .result: ("没写结果", "it doesn't say what came of it")
            case .evidence: ("佐证不够：这一事项办结须附更多佐证", "too few proofs for this topic")
            case .evidenceOrFollowUp:
                ("没有佐证，也没有承办单位以外的人问效", "neither proof nor a follow-up by somebody outside the unit")
            case .satisfaction: ("问效结果为不满意，应重办", "the follow-up says: not satisfied")
            }
        }
    }

    /// What is missing before a complaint may be closed; empty when it may.
    ///
    /// `evidence` is how many proofs the topic's standard asks for, whatever a follow-up says.
    public static func missing(in file: CaseFile, evidence: Int = 0) -> [Missing] {
        guard let index = file.events.lastIndex(where: { $0.action == .reply }),
            let reply = file.events[index].reply
        else { return [.reply] }
        // Only a follow-up after the last reply speaks of it. "Not asked" and "not reachable" ask nobody's opinion, yet
        // somebody outside looked; only proof or such a look may carry the closing.
        let followUp = file.events[index...].last { $0.action == .followUp && $0.actorUnit != file.unit }
        var missing: [Missing] = []
        if !reply.saysWhat { missing.append(.what) }
        if reply.doneOn == nil { missing.append(.when) }
        if file.unit == nil { missing.append(.unit) }
        if !reply.saysResult { missing.append(.result) }
        if reply.evidence < evidence { missing.append(.evidence) }
        if reply.evidence == 0, evidence == 0 {
            let asked = followUp?.reason == .satisfied || followUp?.reason == .notReachable
            if !asked { missing.append(.evidenceOrFollowUp) }
        }
        if followUp?.reason == .notSatisfied { missing.append(.satisfaction) }
        return missing
    }
}

/// Signs of a reply for form's sake (疑似敷衍): a checklist for a person, not a verdict.
public enum PerfunctoryCheck {
    /// One sign; closed.
    public enum Sign: String, Sendable, CaseIterable {
        /// Replied on the next day or sooner, and nothing was done since.
        case quickAndIdle = "quick-and-idle"
        /// A stock phrase, under 20 characters.
        case stockPhrase = "stock-phrase"
        /// No result and no proof: the day stands in every reply.
        case nothingToShow = "nothing-to-show"
        /// The same unit closed it and nobody outside asked.
        case nobodyAsked = "nobody-asked"
        /// It came back within the window.
        case cameBack = "came-back"

        /// What it means, in Chinese and English.
        public var names: (zh: String, en: String) {
            switch self {
            case .quickAndIdle: ("次日即复、此后无动作", "replied by the next day, nothing done since")
            case .stockPhrase: ("套话且不足 20 字", "a stock phrase of under 20 characters")
            case .nothingToShow: ("无结果、无佐证", "no result, no proof")
            case .nobodyAsked: ("办结而无问效", "closed without a follow-up")
            case .cameBack: ("期限内再次反映", "it came back within the window")
            }
        }
    }

    /// The signs that a case shows; a return counts within `window` days after the reply.
    public static func signs(in file: CaseFile, window: Int) -> [Sign] {
        guard let index = file.events.lastIndex(where: { $0.action == .reply }),
            let reply = file.events[index].reply
        else { return [] }
        let (answered, later) = (file.events[index], file.events[(index + 1)...])
        let asked = file.events[..<index].last { $0.action == .assign || $0.action == .register || $0.to == .redo }
        var signs: [Sign] = []
        // A visit or another reply is an act; closing and supervising are not.
        let acted = later.contains { [.note, .begin, .reply].contains($0.action) && $0.actorUnit == file.unit }
        if answered.day.number - (asked?.day ?? file.receivedOn).number <= 1, !acted { signs.append(.quickAndIdle) }
        if reply.isStockPhrase { signs.append(.stockPhrase) }
        if !reply.saysResult && reply.evidence == 0 { signs.append(.nothingToShow) }
        if later.contains(where: { $0.to == .closed }), !later.contains(where: { $0.action == .followUp }) {
            signs.append(.nobodyAsked)
        }
        if later.contains(where: {
            // The program's own rule looked at the day on which it was written.
            $0.to == .redo && $0.reason == .recurrence
                && ($0.actor == 0 || $0.day.number - answered.day.number <= window)
        }) {
            signs.append(.cameBack)
        }
        return signs
    }

    /// True from two signs up: worth a look by the discipline side.
    public static func isSuspected(_ signs: [Sign]) -> Bool { signs.count >= 2 }
}
