public import Messages

/// What a person on the desk does.
///
/// One each: nobody reads and audits, or reads and administers, at once. The raw values are those of the store.
public enum StaffRole: String, Sendable, CaseIterable, Codable {
    /// Handles complaints for a village, a township or a department.
    case handler
    /// Supervises the handling in a township, for its discipline organ.
    case townshipDiscipline = "township_discipline"
    /// Receives, registers and routes at the county commission.
    case intake
    /// Works on reports of misconduct.
    case inspector
    /// Approves and closes.
    case supervisor
    /// Reads and verifies the audit log, and nothing else.
    case auditor
    /// Sees figures.
    case analyst
    /// Tends the lexicons.
    case lexicon
    /// Backs up and makes accounts; reads nothing.
    case sysadmin

    /// Its name.
    public func name(in language: Language) -> String {
        let (zh, en) =
            switch self {
            case .handler: ("承办人", "handler")
            case .townshipDiscipline: ("乡镇纪检", "township discipline")
            case .intake: ("受理人", "intake")
            case .inspector: ("监督检查人", "inspector")
            case .supervisor: ("审批人", "supervisor")
            case .auditor: ("审计人", "auditor")
            case .analyst: ("统计人", "analyst")
            case .lexicon: ("词库员", "lexicon keeper")
            case .sysadmin: ("系统管理员", "system administrator")
            }
        return language == .zh ? zh : en
    }
}

/// How high a body stands: 村, 乡镇, 县, 市.
///
/// The raw values are those of the store.
public enum Rank: Int, Sendable, CaseIterable, Comparable {
    case village = 1
    case township, county, city

    /// Its name.
    public func name(in language: Language) -> String {
        switch self {
        case .village: language == .zh ? "村" : "village"
        case .township: language == .zh ? "乡镇" : "township"
        case .county: language == .zh ? "县" : "county"
        case .city: language == .zh ? "市" : "city"
        }
    }

    /// The level above; nil at the top.
    public var above: Rank? { Rank(rawValue: rawValue + 1) }

    /// How many digits of a 12-digit area code a body of this level answers for.
    public var digits: Int {
        switch self {
        case .village: 12
        case .township: 9
        case .county: 6
        case .city: 4
        }
    }

    /// Orders by height.
    public static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
}

/// What kind of body handles or supervises.
///
/// The raw values are those of the store.
public enum UnitKind: String, Sendable, CaseIterable, Codable {
    case village
    case townshipGovernment = "township_gov"
    case townshipDiscipline = "township_discipline"
    case countyDepartment = "county_dept"
    case countyCommission = "county_commission"
    case cityDepartment = "city_dept"
    case cityCommission = "city_commission"

    /// How high it stands.
    public var rank: Rank {
        switch self {
        case .village: .village
        case .townshipGovernment, .townshipDiscipline: .township
        case .countyDepartment, .countyCommission: .county
        case .cityDepartment, .cityCommission: .city
        }
    }

    /// True for the commissions, to which the rule of ranks doesn't apply: a county's commission looks into its bureaus.
    public var isCommission: Bool { self == .countyCommission || self == .cityCommission }

    /// True for bodies that supervise and don't handle complaints.
    public var isDiscipline: Bool { isCommission || self == .townshipDiscipline }

    /// The roles that its staff may have.
    public var roles: Set<StaffRole> {
        switch self {
        case .village, .townshipGovernment, .countyDepartment, .cityDepartment: [.handler]
        case .townshipDiscipline: [.townshipDiscipline]
        case .countyCommission, .cityCommission:
            [.intake, .inspector, .supervisor, .auditor, .analyst, .lexicon, .sysadmin]
        }
    }
}
