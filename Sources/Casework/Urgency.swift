public import Messages

/// Where a case stands in the queues: severity first, then recurrence, then age, and age wins in the end.
///
/// Each counts as days of a head start, so that nothing starves: whatever comes later than the greatest head start
/// stands behind. There is no term for the person who spoke: a verified real name has terms of its own (`CaseClock`), and
/// those warn; it is no place in the line.
public enum Urgency {
    /// Days of head start for each step of severity.
    public static let severityDays = 10
    /// Days for each time that the matter came back; six times at most.
    public static let recurrenceDays = 5

    /// The day by which the queues are sorted.
    public static func queueDay(received: CivilDay, severity: Severity, recurrences: Int) -> CivilDay {
        let steps =
            switch severity {
            case .low: 0
            case .medium: 1
            case .high: 2
            }
        return received.advanced(by: -severityDays * steps - recurrenceDays * min(6, max(0, recurrences)))
    }
}
