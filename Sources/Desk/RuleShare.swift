import CaseStore
import Casework
import Messages

/// How often people agreed with a rule, in a form that tells nobody how many flags there were.
///
/// The store counts all flags, those of reports and those that the wall keeps from a person among them: a count, or a
/// share of few, would say that there is one. So there is a share in tenths, and only from twenty decisions on.
struct RuleShare: Sendable, Equatable {
    /// 0 to 10.
    let tenths: Int

    /// The fewest decisions of which a share is told.
    static let fewest = 20

    /// Nil where too few were decided.
    init?(confirmed: Int, dismissed: Int) {
        let all = confirmed + dismissed
        guard all >= Self.fewest else { return nil }
        tenths = (confirmed * 10 + all / 2) / all
    }

    /// Of the store's counts.
    init?(_ precision: RulePrecision) { self.init(confirmed: precision.confirmed, dismissed: precision.dismissed) }

    /// Whether a role learns it of the rules of a topic: of those on misconduct only those do who review such flags.
    static func isFor(_ role: StaffRole?, _ topic: Topic?) -> Bool {
        switch role {
        case .intake, .supervisor: true
        case .lexicon, .analyst: topic.map { $0.track != .misconduct } ?? false
        default: false
        }
    }

    /// As a line says it: 70 %.
    var text: String { "\(tenths * 10)%" }
}
