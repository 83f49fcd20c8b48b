package import Messages

extension ComplaintClassifier {
    /// What a rule's match weighs beside the guards of the same text, and the guards that weaken it.
    ///
    /// For explanations.
    package static func weight(of match: RuleMatch, among matches: [RuleMatch]) -> (weight: Double, guards: [String]) {
        let guards = matches.filter { if case .guarding = $0.effect { true } else { false } }
        let reading = RuleReading([match] + guards)
        return (reading.candidates.first?.score ?? 0, reading.guards)
    }
}
