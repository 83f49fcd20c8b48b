import Casework
import Messages
import Testing

struct CaseFiguresTests {
    @Test func `five days and five working days are told apart, over a weekend`() throws {
        let year = WorkCalendar.Entry(day: try #require(CivilDay("2026-01-01")), kind: .year, source: "试验")
        let calendar = WorkCalendar([year])
        // A Wednesday.
        let received = try #require(CivilDay("2026-03-04"))
        var figures = CaseFigures()
        for days in [0, 5, 6, 7, 8] {
            try figures.add(
                .init(
                    receivedOn: received, endedOn: received.advanced(by: days), answeredOn: received.advanced(by: days),
                    recurrences: days == 0 ? 1 : 0, supervision: days == 8 ? .red : .none,
                    followUp: days == 0 ? .satisfied : days == 5 ? .notReachable : nil), calendar: calendar)
        }
        try figures.add(
            .init(
                receivedOn: received, endedOn: nil, answeredOn: nil, recurrences: 0, supervision: .none, followUp: nil),
            calendar: calendar)
        #expect(figures.received == 6 && figures.ended == 5 && figures.answered == 5)
        // The next Wednesday is the fifth working day, and the seventh of the calendar.
        #expect(figures.endedInFiveDays == 2 && figures.endedInFiveWorkingDays == 4)
        #expect(figures.answerDays == 26 && figures.answeredSameDay == 1)
        #expect(figures.recurred == 1 && figures.supervised == 1)
        #expect(figures.satisfied == 1 && figures.notReachable == 1 && figures.notAsked == 0)
        var both = figures
        both += figures
        #expect(both.received == 12 && both.answerDays == 52 && both.notReachable == 2)
    }
}
