import CaseStore
import Casework
import Messages
import Testing

/// Cases by severity and by the days of reception.
struct CaseFilterTests {
    private let county: DeskCounty
    private let numbers: [String]
    private let today = CivilDay(instant: DeskCounty.monday)

    /// Six complaints, received on days 0, -3 … -15, of severities in turn.
    init() throws {
        let county = try DeskCounty()
        self.county = county
        numbers = try (0..<6).map { index in
            var new = DeskCounty.water("反映第\(index)处漏水")
            new.severity = [Severity.low, .medium, .high][index % 3]
            new.receivedOn = CivilDay(instant: DeskCounty.monday).advanced(by: -3 * index)
            return try #require(try county.desk("intake").register(new).number)
        }
    }

    private func found(_ severity: Severity?, from: Int?, to: Int?, words: String? = nil) throws -> Set<String> {
        var query = CaseQuery()
        (query.severity, query.words) = (severity, words)
        query.received = CaseQuery.days(
            from: from.map { today.advanced(by: $0) }, to: to.map { today.advanced(by: $0) }, today: today)
        return Set(try county.desk("supervisor").cases(query).map(\.number))
    }

    @Test func `severity and days of reception narrow a list`() throws {
        #expect(try found(nil, from: nil, to: nil) == Set(numbers))
        #expect(try found(.high, from: nil, to: nil) == [numbers[2], numbers[5]])
        #expect(try found(nil, from: -6, to: nil) == Set(numbers[0...2]))
        #expect(try found(nil, from: nil, to: -9) == Set(numbers[3...5]))
        #expect(try found(nil, from: -9, to: -3) == Set(numbers[1...3]), "both days count")
        #expect(try found(.low, from: -9, to: -3) == [numbers[3]])
        #expect(try found(nil, from: -3, to: -9) == [numbers[1]], "the wrong way round: the first day alone")
    }

    @Test func `a search keeps to them, and to its order page by page`() throws {
        let index = try CaseSearch(county.store)
        var query = CaseQuery()
        (query.words, query.view, query.severity) = ("漏水", .all, .high)
        let (hits, total) = try county.desk("supervisor").search(query, by: index)
        #expect(total == 2 && Set(hits.map(\.summary.number)) == [numbers[2], numbers[5]])
        #expect(try found(.medium, from: -3, to: nil, words: "漏水") == [numbers[1]])
        var pages = CaseQuery()
        (pages.received, pages.limit) = (today.advanced(by: -9)...today, 2)
        var seen: [String] = []
        while true {
            let page = try county.desk("supervisor").cases(pages)
            seen += page.map(\.number)
            guard page.count == 2, let last = page.last else { break }
            pages.after = CaseMark(last, in: pages.view)
        }
        #expect(seen.count == 4 && Set(seen) == Set(numbers[0...3]))
    }
}
