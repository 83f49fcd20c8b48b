import CaseStore
import Casework
import Messages

/// What a person makes of a flag, by its key.
enum FlagVerdict: String, CaseIterable {
    case grievance, misconduct, suggestion, nothing
    case `repeat`

    init(_ track: Track) {
        self =
            switch track {
            case .grievance: .grievance
            case .misconduct: .misconduct
            case .suggestion: .suggestion
            }
    }

    var name: Phrase {
        switch self {
        case .grievance: .verdictGrievance
        case .misconduct: .verdictMisconduct
        case .suggestion: .verdictSuggestion
        case .nothing: .verdictNothing
        case .repeat: .verdictRepeat
        }
    }

    /// The track of the case that it makes; nil where it makes none.
    var track: Track? {
        switch self {
        case .grievance: .grievance
        case .misconduct: .misconduct
        case .suggestion: .suggestion
        case .nothing, .repeat: nil
        }
    }

    /// A supervisor dismisses, and registers nothing.
    func isAllowed(to role: StaffRole?) -> Bool { role == .intake || (role == .supervisor && self == .nothing) }
}

extension DismissalReason {
    /// The name of a code that the store gives.
    static func name(_ code: String?, _ call: Call) -> String {
        code.flatMap(Self.init(rawValue:)).map { $0.name(in: call.language) } ?? code ?? "–"
    }

    static func options(_ call: Call) -> Markup {
        var html = Markup()
        for reason in allCases { html += call.option(reason.rawValue, reason.name(in: call.language), selected: false) }
        return html
    }
}
