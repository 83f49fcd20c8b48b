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

/// Why a flag is nothing; closed, the codes are the store's.
enum DismissReason: String, CaseIterable {
    case notComplaint = "not-complaint"
    case settled = "settled-in-group"
    case question = "question-answered"
    case elsewhere
    case news
    case joke

    var name: Phrase {
        switch self {
        case .notComplaint: .dismissNotComplaint
        case .settled: .dismissSettled
        case .question: .dismissQuestion
        case .elsewhere: .dismissElsewhere
        case .news: .dismissNews
        case .joke: .dismissJoke
        }
    }

    /// The name of a code that the store gives.
    static func name(_ code: String?, _ call: Call) -> String {
        code.flatMap(Self.init(rawValue:)).map { call.t($0.name) } ?? code ?? "–"
    }

    static func options(_ call: Call) -> Markup {
        var html = Markup()
        for reason in allCases { html += call.option(reason.rawValue, call.t(reason.name), selected: false) }
        return html
    }
}
