public import Messages

/// A condition of an action beside track, state and role.
///
/// What each demands is said once, in ``CaseGuard/text(in:)``: the table of the docs is written from it.
public enum CaseGuard: String, Sendable, CaseIterable {
    case reason, text, unitForTopic, clearAssignee, withinReturnTerm, commonSuperior, nextRank, oneExtension
    case wakeDay, replyFields, outsideUnit, closingGate, sameTrack, withinUnmergeTerm, ownSummary
    case anotherProposed, studyRecord, receipt, realName, fedBack, unfounded, accused, level

    /// What it demands.
    public func text(in language: Language) -> String {
        let (zh, en) = texts
        return language == .zh ? zh : en
    }

    private var texts: (String, String) {
        switch self {
        case .reason: ("写明理由代码", "a reason code")
        case .text: ("写明内容", "words")
        case .unitForTopic: ("写明一个能办理该事项、管辖该地的单位", "one unit that may handle the topic in that place")
        case .clearAssignee: ("写明承办人（工作人员编号），且此人此刻无须回避", "the assignee is clear of the wall now")
        case .withinReturnTerm: ("分办后 5 个工作日内", "within 5 working days of the assignment")
        case .commonSuperior: ("两次退回后只能交共同上级", "after two returns only to the common superior")
        case .nextRank: ("上一级的单位", "a unit of the next level up")
        case .oneExtension:
            ("只延一次，晚于现在的期限、不超过上限，并已告知", "once, beyond the present term and within the limit, and people were told")
        case .wakeDay: ("写明恢复日期", "a day on which it goes on")
        case .replyFields: ("写明做了什么、何时（不能在今天之后）、结果", "what was done, when (not after today), with what result")
        case .outsideUnit: ("由承办单位以外的人", "by somebody outside the handling unit")
        case .closingGate: ("办结条件齐备", "all that closing needs")
        case .sameTrack: ("同一类别、未办结的另一件", "another open case of the same track")
        case .withinUnmergeTerm: ("并入 30 天内", "within 30 days of the merger")
        case .ownSummary: ("用自己的话写，不连抄原话 12 字", "in one's own words: no 12 characters in a row of the original")
        case .anotherProposed: ("由另一人先提出，且与所提的一致", "somebody else proposed just that before")
        case .studyRecord: ("写明集体研究的日期和文号", "day and number of the collective study")
        case .receipt: ("写明回执号", "the receipt's number")
        case .realName: ("已核实实名", "the real name was verified")
        case .fedBack: ("实名举报须先反馈", "a real-name report is fed back first")
        case .unfounded: ("结果为失实", "the result is: unfounded")
        case .accused: ("写明被反映的单位", "the unit that is spoken of")
        case .level: ("写明督办级别；整改期限应在今天之后", "the level of supervision; a day to mend it by lies ahead")
        }
    }
}

/// One row of the table of states: who may do what with which cases, and where it leads.
public struct CaseTransition: Sendable, Equatable {
    /// The tracks it holds for.
    public var tracks: Set<Track>
    /// From which states; empty for the beginning of a case.
    public var from: Set<CaseState>
    /// What is done.
    public var action: CaseAction
    /// Where it leads; nil where the state stays (or, for `unmerge`, returns).
    public var to: CaseState?
    /// Who may.
    public var roles: Set<StaffRole>
    /// What else it needs.
    public var guards: [CaseGuard]

    /// The table: tracks A and C first, then B, then what holds for both.
    ///
    /// Code, docs and the desk's buttons are made from it.
    public static let all: [CaseTransition] = livelihood + misconduct + both

    private static let open = Set(CaseState.allCases.filter(\.isOpen))

    /// Who takes a report out of a state, by the table; empty where nobody need do so.
    ///
    /// To send it up is everybody's last way and no step of its own.
    package static func movers(of state: CaseState) -> Set<StaffRole> {
        misconduct.filter { $0.from.contains(state) && $0.to != nil && $0.to != .forwardedUp }
            .reduce(into: []) { $0.formUnion($1.roles) }
    }

    private static func row(
        _ tracks: Set<Track>, _ from: Set<CaseState>, _ action: CaseAction, _ to: CaseState?, _ roles: Set<StaffRole>,
        _ guards: [CaseGuard] = []
    ) -> CaseTransition {
        CaseTransition(tracks: tracks, from: from, action: action, to: to, roles: roles, guards: guards)
    }

    private static let livelihood: [CaseTransition] = {
        let tracks: Set<Track> = [.grievance, .suggestion]
        let outside: Set<StaffRole> = [.intake, .townshipDiscipline, .inspector, .supervisor]
        return [
            row(tracks, [], .register, .registered, [.intake], [.ownSummary]),
            row(tracks, [.registered], .accept, .accepted, [.intake]),
            row(tracks, [.registered], .decline, .declined, [.intake], [.reason, .text]),
            row(
                tracks, [.accepted, .returned, .redo, .escalated], .assign, .assigned, [.intake],
                [.unitForTopic, .commonSuperior]),
            row(tracks, [.assigned], .sendBack, .returned, [.handler], [.reason, .text, .withinReturnTerm]),
            row(tracks, [.assigned, .escalated, .redo], .begin, .inProgress, [.handler]),
            row(
                tracks, [.assigned, .inProgress, .escalated, .redo], .escalate, .escalated, [.handler, .supervisor],
                [.reason, .nextRank, .unitForTopic]),
            row(tracks, [.assigned, .inProgress], .extend, nil, [.supervisor], [.oneExtension, .text]),
            row(tracks, [.inProgress], .suspend, .suspended, [.supervisor], [.reason, .wakeDay]),
            row(tracks, [.suspended], .resume, .inProgress, [.supervisor, .handler]),
            row(tracks, [.assigned, .inProgress, .escalated, .redo], .reply, .replied, [.handler], [.replyFields]),
            row(tracks, [.replied], .followUp, .followedUp, outside, [.reason, .outsideUnit]),
            row(tracks, [.replied, .followedUp], .close, .closed, [.supervisor], [.closingGate]),
            row(
                tracks, [.replied, .followedUp, .closed], .redo, .redo, [.supervisor, .townshipDiscipline, .intake],
                [.reason]),
            row(tracks, [.replied, .closed, .declined], .review, .inReview, [.intake, .supervisor], [.text]),
            row(tracks, [.inReview], .secondReview, .inSecondReview, [.intake, .supervisor], [.text]),
            row(tracks, [.inReview, .inSecondReview], .concludeReview, .closed, [.supervisor], [.text]),
            row(tracks, open, .merge, .merged, [.intake], [.sameTrack]),
            row(tracks, [.merged], .unmerge, nil, [.intake], [.withinUnmergeTerm]),
            row(
                tracks, open.union([.closed, .declined]), .toMisconduct, .registered,
                [.handler, .townshipDiscipline, .intake, .inspector, .supervisor]),
            row(
                tracks, open, .supervise, nil, [.townshipDiscipline, .inspector, .supervisor], [.level]),
            row(tracks, open, .assist, nil, [.intake], [.unitForTopic]),
            row(tracks, open, .split, nil, [.intake], [.ownSummary]),
        ]
    }()

    private static let misconduct: [CaseTransition] = {
        let tracks: Set<Track> = [.misconduct]
        return [
            row(tracks, [], .register, .registered, [.intake], [.accused]),
            row(tracks, [.registered], .accept, .accepted, [.intake]),
            row(tracks, [.registered], .transfer, .transferred, [.intake], [.text]),
            row(tracks, [.registered], .keep, .kept, [.supervisor], [.reason, .anotherProposed]),
            row(
                tracks, [.registered, .accepted, .assigned], .assign, .assigned, [.supervisor],
                [.clearAssignee]),
            // Whoever has it in hand may leave: it is given to another one, and stays where it is.
            row(
                tracks, [.disposed, .handedOver, .resultEntered, .fedBack], .assign, nil, [.supervisor],
                [.clearAssignee]),
            row(tracks, [.registered, .assigned], .propose, nil, [.intake, .inspector], [.reason, .text]),
            row(
                tracks, [.assigned], .dispose, .disposed, [.supervisor],
                [.reason, .anotherProposed, .studyRecord]),
            row(tracks, [.disposed], .handOver, .handedOver, [.inspector], [.receipt]),
            row(tracks, [.handedOver], .enterResult, .resultEntered, [.inspector], [.reason]),
            row(tracks, [.resultEntered], .feedBack, .fedBack, [.intake], [.realName, .text]),
            row(tracks, [.resultEntered, .fedBack], .clarify, nil, [.supervisor], [.unfounded, .text]),
            row(tracks, [.resultEntered, .fedBack], .close, .closed, [.supervisor], [.fedBack]),
            row(tracks, open, .forwardUp, .forwardedUp, [.intake, .supervisor], [.receipt]),
            row(tracks, open, .realName, nil, [.intake], [.reason]),
            row(tracks, open.subtracting([.registered]), .notify, nil, [.intake], [.realName]),
            row(tracks, open, .narrow, nil, [.intake, .supervisor], [.accused]),
            row(tracks, open, .supervise, nil, [.supervisor], [.level]),
            row(tracks, open, .split, nil, [.intake], [.ownSummary]),
        ]
    }()

    private static let both: [CaseTransition] = {
        let tracks = Set(Track.allCases)
        let readers: Set<StaffRole> = [.handler, .townshipDiscipline, .intake, .inspector, .supervisor]
        let county: Set<StaffRole> = [.intake, .inspector, .supervisor]
        return [
            row(tracks, open, .join, nil, [.intake]),
            row(tracks, open.union([.closed]), .relate, nil, county),
            row(tracks, open.union([.closed]), .note, nil, readers, [.reason, .text]),
            row(tracks, open, .summarise, nil, county, [.ownSummary]),
            row(tracks, open, .retaliation, nil, county),
            row(tracks, open, .recuse, nil, readers),
        ]
    }()

    /// The table as Markdown, one heading per part.
    package static func markdown() -> String {
        func table(_ title: String, _ rows: [CaseTransition]) -> String {
            let head = "### \(title)\n\n| from | action | to | who | needs |\n| --- | --- | --- | --- | --- |\n"
            return head
                + rows.map { row in
                    let from =
                        row.from.isEmpty
                        ? "–"
                        : row.from == open
                            ? "any open" : names(CaseState.allCases.filter(row.from.contains).map { $0.name(in: .zh) })
                    let to = row.to?.name(in: .zh) ?? (row.action == .unmerge ? "what it was" : "stays")
                    let who = names(StaffRole.allCases.filter(row.roles.contains).map(\.rawValue))
                    let needs = row.guards.map { $0.text(in: .en) }.joined(separator: "; ")
                    return
                        "| \(from) | `\(row.action.rawValue)` \(row.action.name(in: .zh)) | \(to) | \(who) | \(needs) |"
                }.joined(separator: "\n") + "\n"
        }
        return [
            table("Tracks A and C", livelihood), table("Track B", misconduct), table("All tracks", both),
        ].joined(separator: "\n")
    }

    private static func names(_ list: [String]) -> String { list.joined(separator: ", ") }
}
