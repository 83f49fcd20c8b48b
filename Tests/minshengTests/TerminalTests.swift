import Foundation
import Testing

/// Words of a chat cannot reach into the terminal of the person who reads them.
struct TerminalTests {
    private static func isRaw(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    @Test func `escape sequences and bidirectional characters are shown as what they are`() throws {
        let county = try County.shared.get()
        let commands = [
            "flags list --data \(county.data)", "flags show 2 --data \(county.data)",
            "flags show 4 --data \(county.data)",
            "read \(county.exports)", "read --explain \(county.exports)",
        ]
        for command in commands {
            let run = try Program.run(command)
            #expect(run.code == 0)
            #expect(!run.text.unicodeScalars.contains(where: Self.isRaw), "\(command)")
            #expect(!run.error.unicodeScalars.contains(where: Self.isRaw), "\(command)")
            #expect(command.contains("--explain") || run.text.contains("⟪U+1B⟫"), "\(command): \(run.text)")
        }
    }

    @Test func `JSON escapes them, and means the same`() throws {
        let county = try County.shared.get()
        for command in ["flags list --json --data \(county.data)", "read --json \(county.exports)"] {
            let run = try Program.run(command)
            #expect(!run.text.unicodeScalars.contains(where: Self.isRaw), "\(command)")
            #expect(run.text.contains(#"\u001b[2J\u202e"#), "\(run.text)")
            let texts = try run.lines.compactMap { line in
                (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["text"] as? String
            }
            #expect(texts.contains("村口水管坏了\(County.hostile)没人修"))
        }
    }

    @Test func `names of files and groups are no better`() throws {
        let county = try County.shared.get()
        let place = try county.copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        let name = "群\(County.hostile)名"
        try County.chatLab(["早"], group: "x\u{1B}c@chatroom", name: name)
            .write(toFile: place + "/周\u{1B}[31m报.jsonl", atomically: true, encoding: .utf8)
        try Data().write(to: URL(fileURLWithPath: place + "/空\u{1B}[31m.json"))
        try FileManager.default.moveItem(atPath: place + "/data", toPath: place + "/.data")
        for command in ["import --data \(place)/.data \(place)", "read \(place)", "read --explain \(place)"] {
            let run = try Program.run(command)
            #expect(run.code == 1)
            #expect(!(run.text + run.error).unicodeScalars.contains(where: Self.isRaw), "\(command)")
        }
        let added = try Program.run(
            ["groups", "add", "--id", "y", "--name", name, "--platform", "wechat", "--village", "990001001201"]
                + ["--notice-posted-on", "2026-01-05", "--data", place + "/.data"])
        #expect(added.code == 0)
        let list = try Program.run("groups list --data \(place)/.data")
        #expect(!(list.text + added.error).unicodeScalars.contains(where: Self.isRaw))
    }

    @Test func `no progress and no colours where nobody watches`() throws {
        let county = try County.shared.get()
        let run = try Program.run("import --dry-run --data \(county.data) \(county.exports)")
        #expect(run.code == 0)
        #expect(!(run.text + run.error).contains("\u{1B}"))
        #expect(!(run.text + run.error).contains("\r"))
    }
}
