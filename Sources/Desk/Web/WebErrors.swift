import CaseStore
import Casework
import Messages

/// What went wrong, as a status and a line for the person.
struct Failure {
    var status: Int
    var text: String

    init(_ error: any Error, in language: Language) {
        switch error {
        case let problem as WebProblem: (status, text) = (problem.status, problem.phrase.text(in: language))
        case let error as DeskError: (status, text) = (Self.status(error.reason), error.explanation(in: language))
        case let error as StoreError: (status, text) = (Self.status(error.reason), error.explanation(in: language))
        case let error as any ExplainedError: (status, text) = (422, error.explanation(in: language))
        default: (status, text) = (500, Phrase.errorInternal.text(in: language))
        }
    }

    private static func status(_ reason: DeskError.Reason) -> Int {
        switch reason {
        case .noSuchStaff, .nobody, .role, .oneself, .sameReader: 403
        case .noSuchFlag, .noSuchUnit, .noSuchOfficial, .noSuchTie: 404
        case .claimed, .flagState, .changedMeanwhile: 409
        case .refused(.notVisible, _): 404
        case .refused(.role, _), .refused(.notYourUnit, _), .refused(.notAssigned, _): 403
        case .refused(.state, _): 409
        case .damagedText: 500
        default: 422
        }
    }

    private static func status(_ reason: StoreError.Reason) -> Int {
        switch reason {
        case .noSuchFlag: 404
        case .wrongState, .changedMeanwhile: 409
        case .busy: 503
        case .noSuchVillage, .badReason, .unknownGroup, .duplicateGroup, .badGroup, .badPlace: 422
        default: 500
        }
    }
}
