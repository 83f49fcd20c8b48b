/// The three tracks of DESIGN "The taxonomy".
///
/// The stricter comes first in `allCases`.
public enum Track: String, Sendable, CaseIterable, Codable {
    /// B 检举控告: a report of misconduct by officials.
    case misconduct
    /// A 诉求: a livelihood complaint.
    case grievance
    /// C 建议: a suggestion.
    case suggestion

    /// The letter that clerks know it by.
    public var letter: String {
        switch self {
        case .grievance: "A"
        case .misconduct: "B"
        case .suggestion: "C"
        }
    }
}

/// How urgent a flag is.
///
/// Ordered: `low < medium < high`.
public enum Severity: String, Sendable, CaseIterable, Codable, Comparable {
    case low, medium, high

    /// Orders by urgency.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}

/// What a flag is about: closed, officials' conduct and public services only.
///
/// `Lexicons/taxonomy.yaml` holds the names.
public enum Topic: String, Sendable, CaseIterable, Codable {
    case water, electricity, roads, lighting, transport, drainage, sanitation, pollution, noise, housing, construction
    case land, subsidies, assistance, insurance, labour, education, health, farming, market, telecom, safety, culture
    case disclosure, service, neighbours, other
    case embezzlement, fraud, bribery, favouritism, procurement, assets, accounts
    case landAbuse = "land-abuse"
    case inaction, perfunctory, abuse, election, retaliation
    case suggestion

    /// The one track that the topic belongs to.
    public var track: Track {
        switch self {
        case .embezzlement, .fraud, .bribery, .favouritism, .procurement, .assets, .accounts, .landAbuse, .inaction,
            .perfunctory, .abuse, .election, .retaliation:
            .misconduct
        case .suggestion: .suggestion
        default: .grievance
        }
    }
}
