public import Messages

/// Where a case is in its life.
///
/// The raw values are those of the store and the JSON.
public enum CaseState: String, Sendable, CaseIterable, Codable {
    case registered, accepted, declined, assigned, returned
    case inProgress = "in_progress"
    case escalated, suspended, replied
    case followedUp = "followed_up"
    case closed, redo, merged
    case inReview = "in_review"
    case inSecondReview = "in_second_review"
    case transferred, kept, disposed
    case handedOver = "handed_over"
    case resultEntered = "result_entered"
    case fedBack = "fed_back"
    case forwardedUp = "forwarded_up"

    /// True while something is still to be done.
    public var isOpen: Bool {
        switch self {
        case .declined, .closed, .merged, .transferred, .kept, .forwardedUp: false
        default: true
        }
    }

    /// Its name.
    public func name(in language: Language) -> String {
        let (zh, en) = names
        return language == .zh ? zh : en
    }

    private var names: (String, String) {
        switch self {
        case .registered: ("登记", "registered")
        case .accepted: ("受理", "accepted")
        case .declined: ("不予受理", "declined")
        case .assigned: ("分办", "assigned")
        case .returned: ("退回", "returned")
        case .inProgress: ("办理", "in progress")
        case .escalated: ("上报", "escalated")
        case .suspended: ("中止", "suspended")
        case .replied: ("答复", "replied")
        case .followedUp: ("问效", "followed up")
        case .closed: ("办结", "closed")
        case .redo: ("重办", "redo")
        case .merged: ("并入", "merged")
        case .inReview: ("复查", "in review")
        case .inSecondReview: ("复核", "in second review")
        case .transferred: ("转送", "transferred")
        case .kept: ("留存备查", "kept on file")
        case .disposed: ("处置", "disposed")
        case .handedOver: ("移交", "handed over")
        case .resultEntered: ("结果登记", "result entered")
        case .fedBack: ("结果反馈", "fed back")
        case .forwardedUp: ("上交", "forwarded up")
        }
    }
}

/// How closely the discipline side watches a case (督办).
///
/// Lies over the states. The raw values are those of the store.
public enum Supervision: Int, Sendable, CaseIterable, Comparable {
    case none, normal, yellow, red

    /// Its slug.
    public var slug: String {
        switch self {
        case .none: "none"
        case .normal: "normal"
        case .yellow: "yellow"
        case .red: "red"
        }
    }

    /// Its name.
    public func name(in language: Language) -> String {
        switch self {
        case .none: language == .zh ? "未督办" : "not supervised"
        case .normal: language == .zh ? "普通督办" : "supervised"
        case .yellow: language == .zh ? "黄牌督办" : "yellow card"
        case .red: language == .zh ? "红牌督办" : "red card"
        }
    }

    /// Orders by urgency.
    public static func < (left: Supervision, right: Supervision) -> Bool { left.rawValue < right.rawValue }
}
