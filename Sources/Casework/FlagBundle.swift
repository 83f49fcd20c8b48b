public import Messages

/// Which texts are one flag: the questions of one day about what the village made public (公示质询).
///
/// Twenty people ask about one list; a reviewer reads them together. Reports of misconduct are never bundled: each may
/// speak of somebody else.
public enum FlagBundle {
    /// A flag takes no more texts than a person reads in one go.
    public static let mostTexts = 40

    /// True for a text that may be put together with others of its group, village and day.
    public static func gathers(track: Track, topic: Topic) -> Bool { track == .grievance && topic == .disclosure }

    /// One flag of two: the words on lines of their own, the hits where they then stand.
    ///
    /// Place, day and versions are the first one's; what is graver or surer counts.
    public static func joined(_ first: FlagDraft, _ second: FlagDraft) -> FlagDraft {
        var joined = first
        joined.text += "\n"
        let shift = joined.text.utf8.count
        joined.text += second.text
        joined.hits += second.hits.map {
            Hit(rule: $0.rule, span: $0.span.lowerBound + shift..<$0.span.upperBound + shift)
        }
        joined.quote = [first.quote, second.quote].compactMap { $0 }.joined(separator: "\n")
        if joined.quote?.isEmpty ?? false { joined.quote = nil }
        func union(_ path: KeyPath<FlagDraft, [String]>) -> [String] {
            Set(first[keyPath: path] + second[keyPath: path]).sorted()
        }
        joined.rules = union(\.rules)
        joined.guards = union(\.guards)
        joined.undecided = union(\.undecided)
        if isGraver(second.severity, than: first.severity) { joined.severity = second.severity }
        joined.score = max(first.score, second.score)
        // A message has several digests, so messages are counted by themselves. Of a text that shares some with the first
        // one, only the part that is new.
        let (known, all) = (Set(first.members), second.members.count)
        let fresh = second.members.count { !known.contains($0) }
        joined.members = known.union(second.members).sorted()
        joined.messageCount += all == 0 ? second.messageCount : (second.messageCount * fresh + all - 1) / all
        return joined
    }

    private static func isGraver(_ severity: Severity, than other: Severity) -> Bool {
        let order: [Severity] = [.low, .medium, .high]
        return (order.firstIndex(of: severity) ?? 0) > (order.firstIndex(of: other) ?? 0)
    }
}
