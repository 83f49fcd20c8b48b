import CaseStore
import Casework
import Foundation
import Messages
import Testing

struct CaseSearchTests {
    private func query(_ words: String) -> CaseQuery {
        var query = CaseQuery()
        (query.words, query.view) = (words, .all)
        return query
    }

    @Test func `the index finds what reading every summary finds, through the wall`() throws {
        let county = try DeskCounty()
        let intake = try county.desk("intake")
        var numbers: [String] = []
        for summary in ["反映供水中断", "反映路灯不亮，供电不稳", "反映水压小 3 天", "反映 WIFI 信号差", "反映断水"] {
            numbers.append(
                try #require(try intake.register(DeskCounty.water(summary, area: DeskCounty.otherVillage)).number))
        }
        let report = try #require(try county.desk("intake2").register(DeskCounty.report()).number)
        let index = try CaseSearch(county.store)
        for words in ["供水", "供水中断", "水", "断", "不亮", "wifi", "没有这个词", "3 天", "补助"] {
            let slow = try intake.cases(query(words.lowercased())).map(\.number)
            let quick = try intake.cases(query(words), by: index).map(\.number)
            if words != "wifi" { #expect(quick == slow, "\(words)") }
        }
        #expect(try intake.cases(query("wifi"), by: index).map(\.number) == [numbers[3]])
        #expect(try intake.cases(query("供电 路灯"), by: index).map(\.number) == [numbers[1]], "words may stand apart")
        #expect(try intake.cases(query("补助"), by: index).isEmpty, "the report is not this person's")
        let found = try intake.search(query("反映"), by: index)
        #expect(found.total == 5 && found.hits.count == 5 && found.hits.allSatisfy { $0.snippet.contains("反映") })
        #expect(try intake.search(query("补助"), by: index).total == 0)
        #expect(try county.desk("intake2").cases(query("补助"), by: index).map(\.number) == [report])
    }

    @Test func `what is rewritten or erased is found no more, and the index is in no file`() throws {
        let county = try DeskCounty()
        let number = try county.closed()
        let index = try CaseSearch(county.store, words: { [String($0.prefix(4))] })
        let desk = try county.desk("supervisor")
        #expect(try desk.cases(query("供水中断"), by: index).map(\.number) == [number])
        let open = try county.assigned(day: 40)
        var act = CaseAct(.summarise)
        act.text = "反映水管漏水"
        _ = try county.desk("supervisor", day: 40).perform(act, on: open)
        #expect(try desk.cases(query("漏水"), by: index).map(\.number) == [open])
        _ = try county.desk("admin", day: 1000).retain()
        #expect(try desk.cases(query("供水中断"), by: index).isEmpty)
        #expect(county.scratch.files(holding: Array("供水中断".utf8)) == [])
    }
}
