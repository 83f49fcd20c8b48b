import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

struct ExportTests {
    private func export(_ form: CaseExport.Form, _ recipient: String = "县水利局") -> CaseExport {
        var query = CaseQuery()
        (query.view, query.limit) = (.all, 1000)
        return CaseExport(form: form, recipient: recipient, purpose: "汛期前检修", query: query)
    }

    @Test func `a table holds what the person may read, and the log says for whom and why`() throws {
        let county = try DeskCounty()
        let number = try county.assigned(original: "水龙头三天没有一滴水了也没有人来看一眼")
        var hostile = DeskCounty.water("=HYPERLINK(\"http://x\")供水", area: DeskCounty.otherVillage)
        hostile.severity = .high
        _ = try county.desk("intake").register(hostile)
        let report = try #require(try county.desk("intake2").register(DeskCounty.report()).number)
        let text = String(decoding: try county.desk("intake").export(export(.csv)), as: UTF8.self)
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.count == 4 && lines[0].hasPrefix("\u{FEFF}\"number\""))
        #expect(lines[1].contains("\"'=HYPERLINK(\"\"http://x\"\")供水\""))
        #expect(lines[2].contains(number) && lines[2].contains("反映供水中断多日"))
        #expect(!text.contains(report) && !text.contains("水龙头") && !text.contains("反映人"))
        #expect(refusal { _ = try county.desk("villager").export(export(.csv)) } == .role(.handler))
        #expect(refusal { _ = try county.desk("intake").export(export(.csv, "")) } == .badField("recipient"))
        let row = try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").read {
            try #require(try Row.fetchOne($0, sql: "SELECT recipient, purpose, form, row_count FROM export_log"))
        }
        let (recipient, purpose) = (row["recipient"] as String?, row["purpose"] as String?)
        let (form, count) = (row["form"] as String?, row["row_count"] as Int?)
        #expect(recipient == "县水利局" && purpose == "汛期前检修")
        #expect(form == "csv" && count == 2)
        #expect(
            try county.desk("auditor").auditReport().rows.contains {
                $0.action == "export" && $0.detail == "form=csv;rows=2"
            })
    }

    @Test func `Open311 has codes and days, no words, and no report even for those who read one`() throws {
        let county = try DeskCounty()
        let number = try county.assigned()
        let report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        let bytes = try county.desk("intake").export(export(.open311))
        let list = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
        #expect(list.count == 1 && list[0]["service_request_id"] as? String == number)
        #expect(list[0]["status"] as? String == "open" && list[0]["jurisdiction_id"] as? String == DeskCounty.township)
        #expect(Set(list[0].keys).isDisjoint(with: ["description", "address", "lat", "long", "media_url"]))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains(report) && !text.contains("供水"))
    }
}
