import Casework
import Messages
import Testing

struct UrgencyTests {
    private let today = CivilDay(20_000)

    private func day(_ age: Int, _ severity: Severity, _ recurrences: Int = 0) -> CivilDay {
        Urgency.queueDay(received: today.advanced(by: -age), severity: severity, recurrences: recurrences)
    }

    @Test func `severity goes first, then what came back, then age`() {
        #expect(day(0, .high) < day(0, .medium) && day(0, .medium) < day(0, .low))
        #expect(day(0, .low, 1) < day(0, .low) && day(0, .medium, 2) < day(0, .medium, 1))
        #expect(day(3, .low) < day(0, .low))
    }

    @Test func `nothing starves: whatever comes, a low one of a few weeks ago stands before it`() {
        let worst = day(0, .high, 100)
        let head = today.number - worst.number
        #expect(head <= 60)
        #expect(day(head + 1, .low) < worst)
    }
}
