public import Messages

/// What a person does with a case.
///
/// The raw values are those of the store, the JSON and the command line.
public enum CaseAction: String, Sendable, CaseIterable, Codable {
    case register, accept, decline, assign
    case sendBack = "return"
    case begin, escalate, extend, suspend, resume, reply
    case followUp = "follow-up"
    case close, redo, supervise, merge, unmerge, relate, split, join, assist
    case toMisconduct = "to-misconduct"
    case summarise, note, retaliation, recuse
    case review
    case secondReview = "second-review"
    case concludeReview = "conclude-review"
    case transfer, keep
    case forwardUp = "forward-up"
    case propose, dispose
    case handOver = "hand-over"
    case enterResult = "result"
    case realName = "real-name"
    case notify = "notice"
    case feedBack = "feed-back"
    case clarify, narrow, erase

    /// Its name, as the buttons say it.
    public func name(in language: Language) -> String {
        let (zh, en) = names
        return language == .zh ? zh : en
    }

    private var names: (String, String) {
        switch self {
        case .register: ("登记", "register")
        case .accept: ("受理", "accept")
        case .decline: ("不予受理", "decline")
        case .assign: ("分办", "assign")
        case .sendBack: ("退回", "return")
        case .begin: ("开始办理", "begin")
        case .escalate: ("上报", "escalate")
        case .extend: ("延期", "extend")
        case .suspend: ("中止", "suspend")
        case .resume: ("恢复办理", "resume")
        case .reply: ("答复", "reply")
        case .followUp: ("问效", "follow up")
        case .close: ("办结", "close")
        case .redo: ("重办", "redo")
        case .supervise: ("督办", "supervise")
        case .merge: ("并入", "merge")
        case .unmerge: ("撤销并入", "undo merge")
        case .relate: ("关联", "relate")
        case .split: ("拆分", "split")
        case .join: ("并线索", "join a flag")
        case .assist: ("协办", "add an assisting unit")
        case .toMisconduct: ("转为检举控告", "turn into a report of misconduct")
        case .summarise: ("写摘要", "write the summary")
        case .note: ("记录", "note")
        case .retaliation: ("标记打击报复", "mark retaliation")
        case .recuse: ("回避", "recuse")
        case .review: ("复查", "review")
        case .secondReview: ("复核", "second review")
        case .concludeReview: ("复查复核结论", "conclude the review")
        case .transfer: ("转送", "transfer")
        case .keep: ("留存备查", "keep on file")
        case .forwardUp: ("上交", "forward up")
        case .propose: ("提出处置建议", "propose")
        case .dispose: ("处置", "dispose")
        case .handOver: ("移交", "hand over")
        case .enterResult: ("结果登记", "enter the result")
        case .realName: ("核实实名", "verify a real name")
        case .notify: ("告知受理", "give notice")
        case .feedBack: ("反馈结果", "feed the result back")
        case .clarify: ("澄清", "clarify")
        case .narrow: ("确定被反映对象", "narrow the accused")
        case .erase: ("删除原话", "erase the original words")
        }
    }

    /// The codes of reasons that the action takes; empty where it takes none.
    public var reasons: [ReasonCode] {
        switch self {
        case .decline: [.outOfScope, .courts, .sameMatterPending, .noPlace]
        case .sendBack: [.notOurRemit, .wrongTopic, .wrongPlace]
        case .escalate: [.beyondAuthority, .overdue, .crossDepartment, .obstruction]
        case .suspend: [.season, .material, .courts, .otherWork]
        case .redo: [.recurrence, .notSatisfied]
        case .followUp: [.satisfied, .notSatisfied, .notReachable, .notAsked]
        case .keep: [.noSubstance, .repeated]
        case .dispose: [.talkOrLetter, .preliminaryCheck, .heldForLater, .concluded]
        case .propose: [.noSubstance, .repeated, .talkOrLetter, .preliminaryCheck, .heldForLater, .concluded]
        case .enterResult: [.substantiated, .partly, .unfounded]
        case .realName: [.inPerson, .byTelephone]
        case .note: [.intervention, .visit, .telephoned, .records, .dispute, .newEvidence, .general]
        default: []
        }
    }
}

/// Why something was done, in a code that says nothing about a person.
///
/// The raw values are those of the store and the command line.
public enum ReasonCode: String, Sendable, CaseIterable, Codable {
    case outOfScope = "out-of-scope"
    case courts
    case sameMatterPending = "same-matter-pending"
    case noPlace = "no-place"
    case notOurRemit = "not-our-remit"
    case wrongTopic = "wrong-topic"
    case wrongPlace = "wrong-place"
    case beyondAuthority = "beyond-authority"
    case overdue
    case crossDepartment = "cross-department"
    case obstruction, season, material
    case otherWork = "other-work"
    case recurrence
    case notSatisfied = "not-satisfied"
    case satisfied
    case notReachable = "not-reachable"
    case notAsked = "not-asked"
    case noSubstance = "no-substance"
    case repeated
    case talkOrLetter = "talk-or-letter"
    case preliminaryCheck = "preliminary-check"
    case heldForLater = "held-for-later"
    case concluded, substantiated, partly, unfounded
    case inPerson = "in-person"
    case byTelephone = "by-telephone"
    case intervention, visit, telephoned, records, dispute
    case newEvidence = "new-evidence"
    case general

    /// Its name.
    public func name(in language: Language) -> String {
        let (zh, en) = names
        return language == .zh ? zh : en
    }

    private var names: (String, String) {
        switch self {
        case .outOfScope: ("不属受理范围", "out of scope")
        case .courts: ("诉讼仲裁中", "before a court")
        case .sameMatterPending: ("同一事项正在办理", "the same matter is pending")
        case .noPlace: ("地点不明", "no place")
        case .notOurRemit: ("不属本单位职责", "not this unit's remit")
        case .wrongTopic: ("事项分错", "wrong topic")
        case .wrongPlace: ("地点分错", "wrong place")
        case .beyondAuthority: ("超权限", "beyond authority")
        case .overdue: ("超期", "overdue")
        case .crossDepartment: ("跨部门", "several departments")
        case .obstruction: ("有阻力", "obstruction")
        case .season: ("季节天气", "season or weather")
        case .material: ("等待材料", "waiting for material")
        case .otherWork: ("须先完成其他工程", "other works come first")
        case .recurrence: ("重复反映", "it came back")
        case .notSatisfied: ("不满意", "not satisfied")
        case .satisfied: ("满意", "satisfied")
        case .notReachable: ("无法联系", "not reachable")
        case .notAsked: ("未询问", "not asked")
        case .noSubstance: ("无实质内容", "no substance")
        case .repeated: ("重复举报", "repeated report")
        case .talkOrLetter: ("谈话函询", "talk or letter")
        case .preliminaryCheck: ("初步核实", "preliminary check")
        case .heldForLater: ("暂存待查", "held for later")
        case .concluded: ("予以了结", "concluded")
        case .substantiated: ("属实", "substantiated")
        case .partly: ("部分属实", "partly substantiated")
        case .unfounded: ("失实", "unfounded")
        case .inPerson: ("当面核实", "verified in person")
        case .byTelephone: ("电话核实", "verified by telephone")
        case .intervention: ("过问登记", "an official asked about it")
        case .visit: ("走访", "visit")
        case .telephoned: ("电话了解", "telephoned")
        case .records: ("调阅资料", "records were looked into")
        case .dispute: ("对结果有异议", "the result is disputed")
        case .newEvidence: ("补充证据", "new evidence")
        case .general: ("其他记录", "other note")
        }
    }
}
