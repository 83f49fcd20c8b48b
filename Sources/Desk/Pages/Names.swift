import CaseStore
import Casework

/// The phrases that name values of the rooms which have no names of their own.
extension Phrase {
    init(_ kind: CaseClock.Kind) {
        self =
            switch kind {
            case .transfer5wd: .clockTransfer
            case .up5wd: .clockUp
            case .notice15wd: .clockNotice
            case .result15wd: .clockResult
            case .quarterlyResult: .clockQuarter
            case .route15d: .clockRoute
            case .written15d: .clockWritten
            case .route5wd: .clockAssign
            case .return5wd: .clockReturn
            case .opinion60d: .clockOpinion
            case .review30d: .clockReview
            case .secondReview30d: .clockSecondReview
            case .firstResponse: .clockFirst
            case .handling: .clockHandling
            case .fiveDays: .clockFive
            case .fiveWorkingDays: .clockFiveWork
            }
    }

    init(_ status: CaseClock.Status) {
        self =
            switch status {
            case .running: .statusRunning
            case .yellow: .statusYellow
            case .red: .statusRed
            case .met: .statusMet
            case .late: .statusLate
            case .paused: .statusPaused
            case .notApplicable: .statusNone
            }
    }

    init(_ kind: StaffTie.Kind) {
        self =
            switch kind {
            case .kin: .tieKin
            case .stake: .tieStake
            case .posted: .tiePosted
            case .native: .tieNative
            case .witness: .tieWitness
            case .other: .tieOther
            }
    }

    init(_ kind: UnitKind) {
        self =
            switch kind {
            case .village: .unitVillage
            case .townshipGovernment: .unitTownGov
            case .townshipDiscipline: .unitTownDiscipline
            case .countyDepartment: .unitCountyDept
            case .countyCommission: .unitCountyCommission
            case .cityDepartment: .unitCityDept
            case .cityCommission: .unitCityCommission
            }
    }
}
