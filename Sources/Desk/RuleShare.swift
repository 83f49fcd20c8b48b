import CaseStore
import Casework
import Messages

extension RuleShare {
    /// Whether a role learns it of the rules of a topic: of those on misconduct only those do who review such flags.
    static func isFor(_ role: StaffRole?, _ topic: Topic?) -> Bool {
        switch role {
        case .intake, .supervisor: true
        case .lexicon, .analyst: topic.map { $0.track != .misconduct } ?? false
        default: false
        }
    }
}
