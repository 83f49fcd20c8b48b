import ChatExports
import Foundation
import Messages
import Testing

/// Each fixture's messages, line by line.
///
/// `UPDATE_GOLDEN=1` rewrites what is expected.
@Suite struct GoldenTests {
    @Test(arguments: Fixture.names)
    func `a fixture gives the messages that were agreed on`(_ name: String) throws {
        let rendering = try Rendering(path: Fixture.path(name))
        let golden = Fixture.golden(name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try Data(rendering.text.utf8).write(to: golden)
        }
        #expect(rendering.text == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
    }

    @Test(arguments: [
        ("chatlab.json", "chatlab-json"), ("chatlab.jsonl", "chatlab-jsonl"), ("weflow.json", "weflow-json"),
        ("weflow-alphabetical.json", "weflow-json"), ("weflow-arkme.json", "weflow-json"),
        ("ciphertalk.json", "ciphertalk-json"), ("echotrace.json", "echotrace-json"), ("chatlog.json", "chatlog-json"),
        ("chatlog.csv", "chatlog-csv"), ("mail.txt", "wechat-mail"), ("mail-2025.txt", "wechat-mail"),
        ("mail-dense.txt", "wechat-mail"), ("robot.jsonl", "dingtalk-robot"), ("dws-list.json", "dingtalk-dws"),
        ("dws-raw.json", "dingtalk-dws"), ("wecom.jsonl", "wecom-archive"), ("wecom-array.json", "wecom-archive"),
    ])
    func `the content alone tells the format`(_ row: (name: String, slug: String)) throws {
        let renamed = try TemporaryFile(try Fixture.bytes(row.name), name: "renamed.dat")
        #expect(try Rendering(path: renamed.path).slug == row.slug)
    }

    @Test(arguments: Fixture.structured)
    func `the content alone tells the structured format`(_ row: (name: String, slug: String)) throws {
        let renamed = try TemporaryFile(try Fixture.bytes(row.name), name: "renamed.dat")
        #expect(try Rendering(path: renamed.path).slug == row.slug)
    }

    @Test func `the order of the keys makes no difference`() throws {
        let usual = try Rendering(path: Fixture.path("weflow.json"))
        let alphabetical = try Rendering(path: Fixture.path("weflow-alphabetical.json"))
        #expect(usual.messages == alphabetical.messages)
    }

    @Test func `an array holds the same messages as lines`() throws {
        let lines = try Rendering(path: Fixture.path("wecom.jsonl"))
        let array = try Rendering(path: Fixture.path("wecom-array.json"))
        #expect(lines.messages == array.messages)
    }
}
