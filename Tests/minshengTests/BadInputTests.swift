import Foundation
import Testing

/// What cannot be used is said in one Chinese line that tells what to do, and costs nothing that is good.
struct BadInputTests {
    /// A file that is no export.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        /// Words of the line.
        let says: [String]
        var testDescription: String { name }
    }

    private static func isChinese(_ line: String) -> Bool {
        line.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// Checks that standard error is one line that says what is wrong, and what to do after the full stop.
    private func expectOneLine(_ run: Program.Outcome, saying words: [String], code: Int32 = 2) {
        #expect(run.code == code)
        #expect(run.complaints.count == 1, "\(run.error)")
        #expect(Self.isChinese(run.error))
        #expect(run.error.contains("请") || run.error.contains("登记："), "\(run.error)")
        for word in words { #expect(run.error.contains(word), "\(run.error)") }
    }

    @Test(arguments: [
        Case(name: "empty.json", bytes: [], says: ["没有任何消息", "请重新导出"]),
        Case(name: "blank.json", bytes: Array("\u{FEFF}\n \n".utf8), says: ["请"]),
        Case(name: "photo.jpg", bytes: [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0], says: ["图片"]),
        Case(name: "picture.json", bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], says: ["图片"]),
        Case(
            name: "MSG0.db", bytes: Array("SQLite format 3\0".utf8) + [16, 0, 1, 1, 0, 64, 32, 32],
            says: ["数据库", "JSON"]),
        Case(name: "letter.txt", bytes: Array("亲爱的朋友\n你好\n".utf8), says: ["不是已知的导出格式"]),
        Case(name: "other.json", bytes: Array(#"{"name":"x","version":1}"#.utf8), says: ["不是已知的导出格式"]),
    ])
    func `a file that is no export`(_ row: Case) throws {
        let county = try County.shared.get()
        let place = try county.copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        try Data(row.bytes).write(to: URL(fileURLWithPath: place + "/" + row.name))
        let read = try Program.run("read \(place)/\(row.name)")
        expectOneLine(read, saying: row.says + [row.name])
        #expect(read.out.isEmpty)
        // The good file beside it is read, and the bad one is the only thing to look at.
        try County.chatLab(["上坳的龙头没水"], firstID: 200_000).write(
            toFile: place + "/good.jsonl", atomically: true, encoding: .utf8)
        let both = try Program.run("import --data \(place)/data \(place)/\(row.name) \(place)/good.jsonl --json")
        #expect(both.code == 1)
        #expect(both.complaints.first?.contains(row.name) == true)
        #expect(both.lines.last?.contains(#""failed":1,"files":2,"flagged":1"#) == true, "\(both.text)")
        let english = try Program.run("read --lang en \(place)/\(row.name)")
        #expect(english.code == 2)
        #expect(!Self.isChinese(english.error.replacing(place, with: "")))
    }

    @Test func `a file or folder that is not there, and a folder without files`() throws {
        let county = try County.shared.get()
        let place = try county.copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        try FileManager.default.createDirectory(atPath: place + "/none", withIntermediateDirectories: true)
        for command in ["read", "import --data \(place)/data"] {
            expectOneLine(try Program.run("\(command) \(place)/none"), saying: ["没有找到任何文件"])
        }
        expectOneLine(try Program.run("read \(place)/missing.json"), saying: ["找不到", "missing.json"])
        expectOneLine(try Program.run("gazetteer import \(place)/none --data \(place)/data"), saying: ["文件夹"])
        expectOneLine(try Program.run("groups import \(place)/no.csv --data \(place)/data"), saying: ["no.csv"])
        expectOneLine(
            try Program.run("read \(county.exports) --rejects \(place)/no/folder"), saying: ["写不进去", "no/folder"])
    }

    @Test func `a file that ends early gives all whole messages before its end`() throws {
        let county = try County.shared.get()
        let whole = try County.chatLab(["水管坏了", "早上好", "龙头没水"])
        let cut = try county.write("cut.jsonl", String(whole.prefix(whole.count - 40)))
        let run = try Program.run("read --json \(cut)")
        expectOneLine(run, saying: ["cut.jsonl:4", "中断", "重新导出"], code: 1)
        #expect(run.lines.count == 2)
        #expect(!run.error.contains("龙头"))
    }

    @Test func `a file without the right to read it`() throws {
        let county = try County.shared.get()
        let place = try county.copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        try County.chatLab(["早"]).write(toFile: place + "/closed.jsonl", atomically: true, encoding: .utf8)
        // Root reads everything, so its rights over files are taken from it.
        let script = """
            chmod 000 "$1/closed.jsonl"
            drop=""; [ "$(id -u)" = 0 ] && drop="setpriv --inh-caps=-all --bounding-set=-all"
            exec $drop "$MINSHENG" read "$1/closed.jsonl"
            """
        let run = try Program.shell(script, [place])
        expectOneLine(run, saying: ["没有读取权限", "closed.jsonl"])
        let folder = try Program.shell(
            """
            chmod 000 "$1/data"
            drop=""; [ "$(id -u)" = 0 ] && drop="setpriv --inh-caps=-all --bounding-set=-all"
            $drop "$MINSHENG" flags list --data "$1/data"; code=$?
            chmod 700 "$1/data"; exit $code
            """, [place])
        expectOneLine(folder, saying: ["data"])
    }

    @Test func `messages of a group that is not registered are refused, with the command that registers it`() throws {
        let county = try County.shared.get()
        let place = try county.copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        let name = "别的群'; echo 注入; '"
        try County.chatLab(["外村的水管坏了"], group: "other@chatroom", name: name)
            .write(toFile: place + "/other.jsonl", atomically: true, encoding: .utf8)
        let run = try Program.run("import --data \(place)/data \(place)/other.jsonl")
        expectOneLine(run, saying: ["没有登记", "1 条消息已拒收", "minsheng groups add --id 'other@chatroom'"], code: 1)
        #expect(!run.error.contains("水管"))
        // The line is there to be pasted: whatever a group calls itself is one word of it.
        let command = try #require(run.error.split(separator: "：").last).replacing("\n", with: "")
        let pasted = try Program.shell("minsheng() { printf '%s\\n' \"$@\"; }; " + command)
        #expect(pasted.lines.contains(name), "\(pasted.text)")
        #expect(try Program.run("flags list --json --data \(place)/data").lines.count == 4)
    }

    @Test func `a lexicon with an error is named with its line`() throws {
        let county = try County.shared.get()
        let place = try county.copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        try FileManager.default.copyItem(atPath: county.lexicons, toPath: place + "/words")
        let lines = ["subject: water", "rules:", "  - id: water.x", "    topic: watre", "    severity: low"]
        try lines.joined(separator: "\n").write(toFile: place + "/words/water.yaml", atomically: true, encoding: .utf8)
        let commands = [
            "classify", "segment", "import \(county.exports) --data \(place)/data", "doctor --data \(place)/data",
        ]
        for command in commands {
            let run = try Program.run("\(command) --lexicons \(place)/words")
            #expect(run.code == 2)
            #expect(run.complaints.count == 1, "\(run.error)")
            #expect(run.error.contains("water.yaml:4"), "\(run.error)")
        }
        #expect(try Program.run("flags list --json --data \(place)/data").lines.count == 4)
    }

    @Test func `a folder that holds no lexicons, and a file in its place`() throws {
        let county = try County.shared.get()
        expectOneLine(try Program.run("classify --lexicons \(county.exports)"), saying: ["没有词库文件"])
        expectOneLine(try Program.run("classify --lexicons \(county.folder)/groups.csv"), saying: ["groups.csv"])
        expectOneLine(try Program.run("classify --lexicons \(county.folder)/none"), saying: ["none"])
    }

    @Test(arguments: ["", "/exports", "/groups.csv", "/none"])
    func `a folder that is no data folder`(path: String) throws {
        let folder = try County.shared.get().folder + path
        let commands = [
            "flags list", "flags show 1", "groups list", "gazetteer list", "doctor", "attribute", "import x",
        ]
        for command in commands {
            let run = try Program.run("\(command) --data \(folder)")
            expectOneLine(run, saying: ["minsheng init"])
            #expect(run.out.isEmpty)
        }
    }

    @Test func `init takes no place that is taken`() throws {
        let county = try County.shared.get()
        for path in [county.data, county.exports, county.folder + "/groups.csv"] {
            expectOneLine(try Program.run("init --data \(path)"), saying: ["已经存在"])
        }
        #expect(try Program.run("flags list --json --data \(county.data)").lines.count == 4)
    }

    @Test func `a data folder whose key is open to others or gone`() throws {
        let place = try County.shared.get().copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place + "/data/key")
        expectOneLine(try Program.run("flags list --data \(place)/data"), saying: ["644", "chmod 600"])
        try FileManager.default.removeItem(atPath: place + "/data/key")
        expectOneLine(try Program.run("flags list --data \(place)/data"), saying: ["key", "备份"])
    }

    @Test func `rows of tables that are wrong are named, the others are used`() throws {
        let place = try County.shared.get().copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        try """
        id,name,platform,village,notice_posted_on
        g2@chatroom,竹叶坪村监督群,wechat,990001001202,2026-01-06
        g3@chatroom,没有日期的群,wechat,990001001202,

        """.write(toFile: place + "/g.csv", atomically: true, encoding: .utf8)
        let groups = try Program.run("groups import \(place)/g.csv --data \(place)/data")
        #expect(groups.code == 1)
        #expect(groups.error.contains("g.csv:3"))
        #expect(try Program.run("groups list --data \(place)/data").text.contains("g2@chatroom"))
        try "随便,什么\n1,2\n".write(toFile: place + "/v.csv", atomically: true, encoding: .utf8)
        let villages = try Program.run("gazetteer import \(place)/v.csv --data \(place)/data")
        #expect(villages.code == 2)
        #expect(villages.error.contains("列名"))
        #expect(villages.complaints.count == 1)
    }

    /// Enough for a database that has to grow, and all different.
    private func fill(_ place: String) throws {
        let texts = (0..<1500).map { "上坳第\($0)户的水管坏了，" + String(repeating: "找了好几回都没人来修", count: 12) }
        try County.chatLab(texts, firstID: 300_000).write(
            toFile: place + "/big.jsonl", atomically: true, encoding: .utf8)
    }

    @Test func `a full disk ends the import, and the next one has everything`() throws {
        let county = try County.shared.get()
        let place = try county.copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        try fill(place)
        // A limit on the size of files stands for the disk; where it is allowed, a small disk of its own.
        let run = try Program.shell(#"ulimit -f 200; exec "$MINSHENG" import "$1/big.jsonl" --data "$1/data""#, [place])
        expectOneLine(run, saying: ["磁盘"])
        try expectAll(of: place, in: place + "/data")
        let disk = try Program.shell(
            """
            mkdir "$1/disk" && mount -t tmpfs -o size=2m none "$1/disk" 2>/dev/null || exit 77
            cp -a "$2" "$1/disk/data"
            head -c 1000000 /dev/zero >"$1/disk/full"
            "$MINSHENG" import "$1/big.jsonl" --data "$1/disk/data"; code=$?
            rm "$1/disk/full"; cp -a "$1/disk/data" "$1/after"; umount "$1/disk"
            exit $code
            """, [place, county.data])
        guard disk.code != 77 else { return }
        expectOneLine(disk, saying: ["磁盘"])
        try expectAll(of: place, in: place + "/after")
    }

    private func expectAll(of place: String, in data: String) throws {
        let before = try Program.run("flags list --json --data \(data)").lines.count
        let again = try Program.run("import --json \(place)/big.jsonl --data \(data)")
        #expect(again.code == 0, "\(again.error)")
        let flags = try Program.run("flags list --json --data \(data)").lines.count
        #expect(flags == 1504)
        #expect(again.lines.last?.contains(#""flagged":\#(1504 - before),"#) == true, "\(again.text)")
    }
}
