/// How often people agreed with a rule, in a form that tells nobody how many flags there were.
///
/// Decisions on flags that the wall keeps from a person are among them: a count, or a share of few, would say that there is
/// one. So there is a share in tenths, and only from twenty decisions on.
public struct RuleShare: Sendable, Equatable {
    /// 0 to 10.
    public let tenths: Int

    /// The fewest decisions of which a share is told.
    public static let fewest = 20

    /// Nil where too few were decided.
    public init?(confirmed: Int, dismissed: Int) {
        let all = confirmed + dismissed
        guard all >= Self.fewest else { return nil }
        tenths = (confirmed * 10 + all / 2) / all
    }

    /// As a line says it: 70 %.
    public var text: String { "\(tenths * 10)%" }
}

/// Verdicts on a rule's flags, those on reports apart: summed, one figure less the other would be a count of reports.
struct RuleCount {
    private var complaints = (confirmed: 0, dismissed: 0)
    private var reports = (confirmed: 0, dismissed: 0)

    /// Counts flags in a state; those that nobody decided don't count.
    mutating func add(_ count: Int, _ state: FlagState, isReport: Bool) {
        switch state {
        case .confirmed, .joined:
            if isReport { reports.confirmed += count } else { complaints.confirmed += count }
        case .dismissed:
            if isReport { reports.dismissed += count } else { complaints.dismissed += count }
        default: break
        }
    }

    /// The share of the complaints; where those are too few that of the reports, for those who review them.
    func share(forReviewer isReviewer: Bool) -> RuleShare? {
        RuleShare(confirmed: complaints.confirmed, dismissed: complaints.dismissed)
            ?? (isReviewer ? RuleShare(confirmed: reports.confirmed, dismissed: reports.dismissed) : nil)
    }
}
