public import Messages

/// Who stands before a case: what the database's wall and the grants say, and where the person works.
public struct CaseStanding: Sendable, Equatable {
    /// The staff member's number.
    public var staff: Int
    /// The role.
    public var role: StaffRole
    /// The unit.
    public var unit: OrgUnit
    /// True when the views of the store let the person read the case.
    public var mayRead: Bool
    /// True when the case was given to the person.
    public var isAssigned: Bool

    /// Describes a person before a case.
    public init(staff: Int, role: StaffRole, unit: OrgUnit, mayRead: Bool, isAssigned: Bool) {
        self.staff = staff
        self.role = role
        self.unit = unit
        self.mayRead = mayRead
        self.isAssigned = isAssigned
    }
}

/// An act that somebody wants to do, with all that goes with it.
public struct CaseAct: Sendable, Equatable {
    /// What is done.
    public var action: CaseAction
    /// Why, in a code.
    public var reason: ReasonCode?
    /// Words that go into the file, encrypted; nil when none.
    public var text: String?
    /// The unit that is meant.
    public var unit: OrgUnit?
    /// The staff member that is meant.
    public var staff: Int?
    /// A day that is named.
    public var until: CivilDay?
    /// A level of supervision.
    public var supervision: Supervision?
    /// A reply.
    public var reply: ReplyDraft?
    /// A number of a paper: a receipt, the record of a study.
    public var paper: String?

    /// Names an act.
    public init(_ action: CaseAction) { self.action = action }
}

/// Why an act is refused; closed, each with words for a person.
public enum CaseRefusal: Error, Sendable, Equatable {
    /// The case isn't there, or the person may not see it: which of the two is not said.
    case notVisible
    /// The person's role may not do this.
    case role
    /// It is another unit's case.
    case notYourUnit
    /// It was not given to this person.
    case notAssigned
    /// The state doesn't allow it.
    case state(CaseState)
    /// The reason code is missing or none of those that the action takes.
    case badReason
    /// A guard of the table isn't met.
    case guarded(CaseGuard)
    /// The closing gate: what is missing.
    case gate([ClosingGate.Missing])

    /// One line that says what is wrong.
    public func text(of action: CaseAction, in language: Language) -> String {
        let isChinese = language == .zh
        let name = action.name(in: language)
        switch self {
        case .notVisible: return isChinese ? "没有这个件，或您不能看" : "there is no such case, or you may not see it"
        case .role: return isChinese ? "您的角色不能“\(name)”" : "your role may not \(name)"
        case .notYourUnit: return isChinese ? "这个件由别的单位承办" : "another unit handles it"
        case .notAssigned: return isChinese ? "这个件没有交给您" : "it was not given to you"
        case .state(let state):
            let now = state.name(in: language)
            return isChinese ? "现处“\(now)”，不能“\(name)”" : "it is \(now): you can't \(name)"
        case .badReason:
            let codes = action.reasons.map { isChinese ? "\($0.rawValue) \($0.name(in: .zh))" : $0.rawValue }
            return isChinese
                ? "理由代码应为：" + codes.joined(separator: "、") : "the reason is one of: " + codes.joined(separator: ", ")
        case .guarded(let rule): return (isChinese ? "“\(name)”须：" : "\(name) needs: ") + rule.text(in: language)
        case .gate(let missing):
            let list = missing.map { isChinese ? $0.names.zh : $0.names.en }
            return (isChinese ? "还不能办结：" : "it can't be closed yet: ") + list.joined(separator: isChinese ? "；" : "; ")
        }
    }

    /// What to do; nil where the line itself says what is missing.
    public func remedy(in language: Language) -> String? {
        let (zh, en): (String, String)
        switch self {
        case .notVisible: (zh, en) = ("请核对件号，或问受理人员", "Check the number, or ask intake")
        case .role: (zh, en) = ("请由有权的人办理", "Ask somebody who may")
        case .notYourUnit: (zh, en) = ("请由承办单位办理，或请受理人员改派", "Leave it to that unit, or ask intake to assign it anew")
        case .notAssigned:
            (zh, en) = ("请由经办人办理，或请督办人员改派", "Leave it to whoever has it, or ask a supervisor to assign it anew")
        case .state: (zh, en) = ("请打开这个件，看现在能办哪些步骤", "Open the case to see what can be done now")
        case .badReason, .guarded, .gate: return nil
        }
        return language == .zh ? zh : en
    }
}

/// What may be done with a case, by whom.
///
/// The faces show what ``offers(to:for:)`` says and decide nothing themselves; the store asks ``refusal(of:by:for:)``
/// inside the transaction of the act.
public struct CaseRules: Sendable {
    /// Which bodies handle what.
    public var routing = Routing()
    /// The limits.
    public var policy = CasePolicy()
    private let calendar: WorkCalendar
    private let units: [Int: OrgUnit]
    private let today: CivilDay

    /// Sets the calendar, the bodies and the day.
    public init(calendar: WorkCalendar, units: [Int: OrgUnit], today: CivilDay) {
        self.calendar = calendar
        self.units = units
        self.today = today
    }

    /// An action that a face shows, with what stands in its way now.
    public struct Offer: Sendable, Equatable {
        /// The action.
        public var action: CaseAction
        /// Nil when only the act's own fields are wanting.
        public var blockedBy: CaseRefusal?
    }

    /// The actions that a person has on a case, in the table's order.
    public func offers(to person: CaseStanding, for file: CaseFile) throws(CalendarError) -> [Offer] {
        guard person.mayRead else { return [] }
        var offers: [Offer] = []
        for row in CaseTransition.all where row.action != .register && isOpen(row, for: file) {
            guard standing(of: person, row: row, file: file) == nil,
                !offers.contains(where: { $0.action == row.action })
            else { continue }
            offers.append(Offer(action: row.action, blockedBy: try lasting(row.guards, person: person, file: file)))
        }
        return offers
    }

    /// Why a person may not do an act; nil when it may be done, with the state that it leads to.
    public func refusal(
        of act: CaseAct, by person: CaseStanding, for file: CaseFile
    ) throws(CalendarError) -> CaseRefusal? {
        guard person.mayRead else { return .notVisible }
        let rows = CaseTransition.all.filter { $0.action == act.action && $0.tracks.contains(file.track) }
        guard let row = rows.first(where: { isOpen($0, for: file) }) else {
            return file.state.map { .state($0) } ?? .role
        }
        if let refusal = standing(of: person, row: row, file: file) { return refusal }
        if row.guards.contains(.reason) || act.reason != nil {
            guard let reason = act.reason, act.action.reasons.contains(reason) else { return .badReason }
        }
        if let refusal = try lasting(row.guards, person: person, file: file) { return refusal }
        for rule in row.guards where try !isMet(rule, act, person, file) { return .guarded(rule) }
        return nil
    }

    /// The state after an act; the table's, or what a case was before it was merged.
    public func state(after act: CaseAct, for file: CaseFile) -> CaseState? {
        let row = CaseTransition.all.first { $0.action == act.action && isOpen($0, for: file) }
        if act.action == .unmerge { return file.last(.merge)?.from }
        return row.map { $0.to ?? file.state } ?? nil
    }

    private func isOpen(_ row: CaseTransition, for file: CaseFile) -> Bool {
        row.tracks.contains(file.track) && (file.state.map(row.from.contains) ?? row.from.isEmpty)
    }

    private func standing(of person: CaseStanding, row: CaseTransition, file: CaseFile) -> CaseRefusal? {
        guard row.roles.contains(person.role) else { return .role }
        if person.role == .handler, file.unit != person.unit.id { return .notYourUnit }
        if file.track == .misconduct, !person.isAssigned { return .notAssigned }
        return nil
    }

    /// What stands in the way whatever is typed: conditions on the history alone.
    private func lasting(
        _ guards: [CaseGuard], person: CaseStanding, file: CaseFile
    ) throws(CalendarError) -> CaseRefusal? {
        for rule in guards {
            switch rule {
            case .closingGate:
                let missing = ClosingGate.missing(in: file, evidence: policy.evidence(for: file.topic))
                if !missing.isEmpty { return .gate(missing) }
            case .withinReturnTerm:
                guard let assigned = file.assignedOn else { return .guarded(rule) }
                if try today > calendar.day(5, workingDaysAfter: assigned) { return .guarded(rule) }
            case .withinUnmergeTerm:
                guard let merged = file.last(.merge), today.number - merged.day.number <= 30 else {
                    return .guarded(rule)
                }
            case .oneExtension:
                if file.sinceAssignment.contains(where: { $0.action == .extend }) { return .guarded(rule) }
            case .outsideUnit: if person.unit.id == file.unit { return .guarded(rule) }
            case .realName: if !file.hasRealName { return .guarded(rule) }
            case .fedBack: if file.hasRealName, file.last(.feedBack) == nil { return .guarded(rule) }
            case .unfounded: if file.last(.enterResult)?.reason != .unfounded { return .guarded(rule) }
            case .anotherProposed:
                guard let proposal = file.last(.propose), proposal.actor != person.staff else { return .guarded(rule) }
            default: break
            }
        }
        return nil
    }

    /// True when what was typed meets a guard.
    private func isMet(
        _ rule: CaseGuard, _ act: CaseAct, _ person: CaseStanding, _ file: CaseFile
    ) throws(CalendarError) -> Bool {
        let hasText = act.text?.contains { !$0.isWhitespace } ?? false
        switch rule {
        case .text, .ownSummary: return hasText
        case .unitForTopic:
            guard let unit = act.unit else { return false }
            return routing.allows(unit.kind, for: file.topic) && unit.covers(file.area)
        case .commonSuperior: return act.unit.map { isHighEnough($0, file) } ?? false
        case .nextRank:
            guard let unit = act.unit, let now = file.unit.flatMap({ units[$0] }) else { return false }
            return unit.kind.rank == now.kind.rank.above
        case .oneExtension: return try isWithinLimit(act, file)
        case .wakeDay: return act.until.map { $0 > today } ?? false
        // What lies ahead was not done.
        case .replyFields:
            guard let reply = act.reply, let day = reply.doneOn else { return false }
            return day <= today && [reply.done, reply.result].allSatisfy { $0.contains { !$0.isWhitespace } }
        case .studyRecord: return act.until.map { $0 <= today } ?? false && !(act.paper ?? "").isEmpty
        case .receipt: return !(act.paper ?? "").isEmpty
        case .anotherProposed: return file.last(.propose)?.reason == act.reason
        case .accused: return act.unit != nil
        case .clearAssignee: return act.staff != nil
        case .level:
            guard let level = act.supervision else { return false }
            // A day until which it must be mended may be set anew on the same level.
            if let until = act.until { return until > today && level > .none }
            return level != file.supervision
        // Checked on the history, by the store in the same transaction, or with the reason.
        case .reason, .closingGate, .withinReturnTerm, .withinUnmergeTerm, .outsideUnit, .realName, .fedBack,
            .unfounded, .sameTrack:
            return true
        }
    }

    /// After two returns only the lowest body that stands above all that sent it back may get it.
    private func isHighEnough(_ unit: OrgUnit, _ file: CaseFile) -> Bool {
        let returned = file.events.filter { $0.action == .sendBack }.map(\.actorUnit)
        guard returned.count >= 2 else { return true }
        let able = units.values.filter { routing.allows($0.kind, for: file.topic) && $0.covers(file.area) }
        return OrgUnit.arbiters(of: Set(returned), among: Set(able.map(\.id)), in: units).contains(unit.id)
    }

    private func isWithinLimit(_ act: CaseAct, _ file: CaseFile) throws(CalendarError) -> Bool {
        guard let until = act.until, until > today else { return false }
        let work = file.sinceAssignment
        guard let begin = file.sinceWorkBegan(in: work).first else { return false }
        let standard = try calendar.day(
            policy.days(for: file.topic), workingDaysAfter: begin.day, pauses: file.pauses(until: today))
        if file.petition == .appealWithOpinion, let accepted = file.events.first(where: { $0.action == .accept }) {
            let opinion = accepted.day.advanced(by: 60)
            return until > min(standard, opinion) && until <= opinion.advanced(by: policy.opinionExtensionDays)
        }
        // What moves no term would use up the only extension.
        guard until > standard else { return false }
        return try calendar.workingDays(after: standard, through: until) <= policy.extensionDays
    }
}
