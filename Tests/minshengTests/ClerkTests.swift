import Foundation
import Testing

/// What a clerk is told who does it wrongly: where, what, and what to do.
struct ClerkTests {
    private let office = try? CasesTests.Office()

    private func complaint() throws -> String {
        let office = try #require(office)
        let number = try office.register()
        try office.must("cases accept \(number)", as: "intake")
        return number
    }

    @Test func `a village that the gazetteer doesn't have gets no case`() throws {
        let office = try #require(office)
        for code in ["990001001299", "990001999999", "12"] {
            let run = try office.run(
                "cases register --topic water --village \(code) --source visit --summary 反映停水", as: "intake")
            #expect(run.code == 2 && run.out.isEmpty)
            #expect(run.error.contains("village 不能用") && run.error.contains("gazetteer list"), "\(code): \(run.error)")
        }
        // A whole township, and a body's own place.
        try office.must(
            "cases register --topic water --village 990001001000 --source visit --summary 反映停水", as: "intake")
    }

    @Test func `a reply tells of what was done, not of what will be`() throws {
        let office = try #require(office)
        let number = try complaint()
        try office.must("cases assign \(number) --unit 4", as: "intake")
        let reply = "cases reply \(number) --done 更换水管 --result 已恢复供水 --evidence 1 --done-on"
        let early = try office.run("\(reply) 2099-01-01", as: "villager")
        #expect(early.code == 2 && early.error.contains("今天"))
        try office.must("\(reply) 2026-01-05", as: "villager")
    }

    @Test func `who sent it back twice doesn't get it a third time`() throws {
        let office = try #require(office)
        let number = try complaint()
        for _ in 0..<2 {
            try office.must("cases assign \(number) --unit 4", as: "intake")
            try office.must("cases return \(number) --reason not-our-remit --text 属镇水厂", as: "villager")
        }
        let third = try office.run("cases assign \(number) --unit 4", as: "intake")
        #expect(third.code == 2 && third.error.contains("共同上级"))
        try office.must("cases assign \(number) --unit 2", as: "intake")
    }

    @Test func `codes stand beside their names`() throws {
        let office = try #require(office)
        let number = try complaint()
        try office.must("cases supervise \(number) --level red", as: "supervisor")
        let shown = try office.run("cases show \(number)", as: "intake").text
        #expect(shown.contains("分办 assign") && shown.contains("督办（红牌督办）"))
        try office.must("cases assign \(number) --unit 4", as: "intake")
        let reason = try office.run("cases return \(number) --reason courts --text 字", as: "villager")
        #expect(reason.code == 2 && reason.error.contains("not-our-remit 不属本单位"), "\(reason.error)")
        try office.must("ties add --kind kin --official 1", as: "second")
        #expect(try office.run("ties list", as: "supervisor").text.contains("亲属"))
        try office.must("cases request \(number) --kind erasure", as: "intake")
        #expect(try office.run("cases requests", as: "intake").text.contains("删除"))
    }

    @Test func `an old copy of the store that is put back is spoken of by every command`() throws {
        let office = try #require(office)
        let store = office.data + "/store.sqlite"
        let old = try Data(contentsOf: URL(fileURLWithPath: store))
        #expect(try !office.run("cases list", as: "intake").error.contains("放回"))
        _ = try office.register()
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + end) }
        try old.write(to: URL(fileURLWithPath: store))
        for words in ["cases list", "cases counts", "flags list", "audit verify"] {
            #expect(try office.run(words, as: "intake").error.contains("放回过旧库"), "\(words)")
        }
    }
}
