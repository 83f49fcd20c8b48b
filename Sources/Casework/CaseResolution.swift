public import Messages

/// What came of a matter: classes and counts, never a name.
public struct CaseResolution: Sendable, Equatable {
    /// What kind of problem it was (责任、作风、腐败).
    ///
    /// The raw values are those of the store.
    public enum Problem: String, Sendable, CaseIterable {
        case duty, conduct, corruption
        case nothing = "none"

        /// Its name.
        public func name(in language: Language) -> String {
            let (zh, en) =
                switch self {
                case .duty: ("责任问题", "duty")
                case .conduct: ("作风问题", "conduct")
                case .corruption: ("腐败问题", "corruption")
                case .nothing: ("未发现问题", "none")
                }
            return language == .zh ? zh : en
        }
    }

    /// The gravest thing that was done about a person or a body (处理、处分).
    ///
    /// The raw values are those of the store.
    public enum Measure: String, Sendable, CaseIterable {
        case nothing = "none"
        case talk, criticism, teaching, organisational, warning
        case seriousWarning = "serious-warning"
        case removal, probation, expulsion, transferred

        /// Its name.
        public func name(in language: Language) -> String {
            let (zh, en) =
                switch self {
                case .nothing: ("无", "none")
                case .talk: ("谈话提醒", "talk")
                case .criticism: ("批评教育", "criticism")
                case .teaching: ("通报、警示教育", "teaching meeting")
                case .organisational: ("组织处理", "organisational measure")
                case .warning: ("警告", "warning")
                case .seriousWarning: ("严重警告", "serious warning")
                case .removal: ("撤销职务", "removal from post")
                case .probation: ("留党察看", "probation")
                case .expulsion: ("开除", "expulsion")
                case .transferred: ("移送司法机关", "handed to the judiciary")
                }
            return language == .zh ? zh : en
        }
    }

    /// What kind of problem it was.
    public var problem: Problem
    /// The gravest measure.
    public var measure = Measure.nothing
    /// How many officials were dealt with.
    public var persons = 0
    /// How much was given back or paid out later, in yuan.
    public var returned = 0
    /// True where a gap in the rules made it possible (以案促改).
    public var hasGap = false

    /// Makes a resolution.
    public init(problem: Problem) { self.problem = problem }
}
