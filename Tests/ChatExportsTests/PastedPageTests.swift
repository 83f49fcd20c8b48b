import ChatExports
import Foundation
import Messages
import Testing

/// Copies of a chat window: files without a blank line behind them, and pages.
@Suite struct PastedPageTests {
    private static func texts(_ text: String, name: String = "a.txt") throws -> [String] {
        var options = ExportOptions(now: Rendering.now)
        options.assumedDay = CalendarDay("2026-05-29")
        let file = try ExportFile(bytes: Array(text.utf8), name: name, options: options)
        return try TextFormatTests.texts(file)
    }

    @Test(arguments: ["[文件：水费单.xlsx]", "[文件] 水费单.xlsx", "[图片]", "[视频]", "[动画表情]", "[位置] 村委会"])
    func `a message may follow a file without a blank line between them`(_ body: String) throws {
        for head in ["2026/5/29 8:15", "5/29 08:15:06", "2026-05-29 08:15:06"] {
            let text =
                "甲 \(head)\n停水了\n\n乙(村委) \(head)\n\(body)\n丙 \(head)\n收到\n\n甲 \(head)\n还没修\n\n乙 \(head)\n马上\n"
            let found = try Self.texts(text)
            #expect(found.count == 5 && found[1] == "id=" + body && found[2] == "id=收到")
        }
    }

    @Test func `behind words a line like a head is one of the words`() throws {
        let text = "甲 2026/5/29 8:14\n说好的\n乙 2026/5/29 8:15\n来开会\n\n丙 2026/5/29 8:16\n[图片]\n\n甲 2026/5/29 8:17\n好\n"
        let found = try Self.texts(text)
        #expect(
            found
                == ["id=说好的\n乙 2026/5/29 8:15\n来开会", "id=[图片]", "id=好"].map {
                    $0.replacingOccurrences(of: "\n", with: "\\u{a}")
                })
    }

    @Test func `a page that shows one line with a date is no chat`() throws {
        let page = "<html><body><h1>通知</h1><p>村委会 2026/5/29 8:15</p><p>明天停水</p></body></html>"
        let error = #expect(throws: ExportError.self) { try Self.texts(page, name: "a.html") }
        #expect(error?.reason == .html)
    }

    @Test(arguments: [
        (
            "{\"external\":true,\"total\":2,\"chunks\":[{\"i\":0,\"src\":\"%E6%9F%B3%E6%BA%AA%E6%9D%91_data/chunk-000000.js\"}]}",
            "柳溪村_data"
        ),
        ("{\"directory\":\"exports/村_data\"}", "村_data"), ("{\"total\":2}", "新名_data"),
    ])
    func `WeFlow's page without messages names the folder that holds them`(_ row: (manifest: String, folder: String))
        throws
    {
        let page =
            "<!DOCTYPE html><html><head><title>柳溪村 - 聊天记录</title><style>"
            + String(repeating: ".a{b:c}\n", count: 12_000)
            + "</style></head><body><script>\nwindow.WEFLOW_MANIFEST = \(row.manifest);\nwindow.WEFLOW_DATA = null;;\n</script></body></html>"
        let error = #expect(throws: ExportError.self) { try Self.texts(page, name: "out/新名.html") }
        #expect(error?.reason == .companion)
        #expect(error?.detail == row.folder + "/chunk-000000.js")
        for language in Language.allCases {
            #expect(error?.explanation(in: language).contains(row.folder) == true)
        }
    }
}
