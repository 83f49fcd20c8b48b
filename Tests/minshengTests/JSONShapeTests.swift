import Foundation
import Testing

/// `--json` and docs/reference/json.md say the same.
struct JSONShapeTests {
    /// The key paths of a section of the document.
    struct Documented {
        var always: Set<String> = []
        var optional: Set<String> = []

        init(section: String) throws {
            let file = Program.package.appendingPathComponent("docs/reference/json.md")
            let sections = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n## ")
            let section = try #require(sections.first { $0.hasPrefix(section + "\n") }, "no section '\(section)'")
            for row in section.split(separator: "\n") where row.hasPrefix("| `") {
                let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                let path = cells[0].replacing("`", with: "")
                if cells[1].contains("optional") { optional.insert(path) } else { always.insert(path) }
            }
            #expect(!always.isEmpty)
        }

        /// The keys of the objects themselves, without those inside them.
        static func top(_ paths: Set<String>) -> Set<String> {
            Set(paths.map { String($0.prefix { $0 != "." && $0 != "[" }) })
        }
    }

    /// The paths of all values that are no objects: `village.code`, `hits[].rule`.
    private static func paths(_ value: Any, under path: String = "") -> Set<String> {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: []) { found, member in
                found.formUnion(paths(member.value, under: path.isEmpty ? member.key : path + "." + member.key))
            }
        case let array as [Any] where array.contains { $0 is [String: Any] }:
            array.reduce(into: []) { $0.formUnion(paths($1, under: path + "[]")) }
        default: [path]
        }
    }

    /// True when the keys of every object of a line stand in order.
    static func isSorted(_ line: String) -> Bool {
        var keys: [[String]] = []
        var text: [UInt8]?
        var last: String?
        var isEscaped = false
        for byte in line.utf8 {
            if var inside = text {
                if isEscaped || byte != 0x22 { inside.append(byte) }
                let isEnd = !isEscaped && byte == 0x22
                isEscaped = !isEscaped && byte == 0x5C
                text = isEnd ? nil : inside
                if isEnd { last = String(decoding: inside, as: UTF8.self) }
                continue
            }
            switch byte {
            case 0x22: text = []
            case 0x7B: keys.append([])
            case 0x7D: if let found = keys.popLast(), found != found.sorted() { return false }
            case 0x3A: keys[keys.count - 1].append(last ?? "")
            default: break
            }
        }
        return keys.isEmpty
    }

    func check(_ lines: [String], against section: String) throws {
        let documented = try Documented(section: section)
        var found: Set<String> = []
        var null: Set<String> = []
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(Self.isSorted(line), "\(line)")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let top = Set(object.keys)
            #expect(top.isSuperset(of: Documented.top(documented.always)), "\(section): \(line)")
            #expect(
                top.isSubset(of: Documented.top(documented.always.union(documented.optional))), "\(section): \(line)")
            null.formUnion(object.filter { $0.value is NSNull || ($0.value as? [Any])?.isEmpty == true }.keys)
            found.formUnion(Self.paths(object))
        }
        // What is null or empty in one line has its inner keys in another, or is simple.
        let all = documented.always.union(documented.optional)
        #expect(found.subtracting(null).isSubset(of: all), "\(section): \(found.subtracting(null).subtracting(all))")
        #expect(documented.always.isSubset(of: found), "\(section): \(documented.always.subtracting(found))")
        let personal = ["sender", "nick", "avatar", "wxid", "user", "member", "author", "phone"]
        for path in found { #expect(!personal.contains { path.lowercased().contains($0) }, "\(path)") }
    }

    @Test func `read`() throws {
        let county = try County.shared.get()
        let run = try Program.run("read --json \(county.exports)")
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
        #expect(run.lines.count == 6)
        try check(run.lines, against: "`minsheng read --json`")
        let file = try county.write(
            "forward.jsonl",
            County.chatLab(["早"])
                + #"{"_type":"message","sender":"a","timestamp":1772400001,"type":27,"content":"[聊天记录]","chatRecords":[{"sender":"b","timestamp":1772400000,"type":0,"content":"水管坏了"}]}"#
                + "\n")
        let forward = try Program.run("read --json \(file)").lines.filter { $0.contains("forwarded") }
        #expect(!forward.isEmpty)
        try check(forward + run.lines, against: "`minsheng read --json`")
    }

    @Test func `read, explained`() throws {
        let run = try Program.run("read --explain --json \(County.shared.get().exports)")
        #expect(run.code == 0)
        try check(run.lines, against: "`minsheng read --explain --json`")
    }

    @Test func `import`() throws {
        let county = try County.shared.get()
        let run = try Program.run(
            "import --json --dry-run --data \(county.data) \(county.exports) \(county.folder)/none.json")
        #expect(run.code == 1)
        #expect(run.complaints.contains { $0.contains("none.json") })
        let lines = run.lines
        #expect(lines.count == 3)
        try check(Array(lines.dropLast()), against: "`minsheng import --json`: a file")
        try check(Array(lines.suffix(1)), against: "`minsheng import --json`: the total")
    }

    @Test func `classify and attribute`() throws {
        let county = try County.shared.get()
        let input = """
            {"id":1,"text":"上坳的水管坏了","group":"g1@chatroom"}
            {"id":2,"text":"早"}
            坏行

            """
        let classified = try Program.run("classify --data \(county.data)", input: input)
        #expect(classified.code == 1)
        try check(Array(classified.lines.prefix(2)), against: "`minsheng classify`")
        try check(Array(classified.lines.suffix(1)), against: "A line that `classify` or `attribute` could not read")
        let plain = try Program.run("attribute --data \(county.data)", input: input)
        #expect(plain.code == 1)
        try check(Array(plain.lines.prefix(2)), against: "`minsheng attribute`")
        #expect(!plain.text.contains("words"))
        let explained = try Program.run("attribute --explain --data \(county.data)", input: input)
        try check(Array(explained.lines.prefix(2)), against: "`minsheng attribute`")
        #expect(explained.lines[0].contains(#""text":"上坳""#))
    }

    @Test func `flags`() throws {
        let county = try County.shared.get()
        let list = try Program.run("flags list --json --data \(county.data)")
        #expect(list.code == 0)
        #expect(list.error.isEmpty)
        try check(list.lines, against: "`minsheng flags list --json` and `minsheng flags show --json`")
        let show = try Program.run("flags show 1 --json --data \(county.data)")
        #expect(show.lines.count == 1)
        #expect(list.lines.contains(show.lines[0]))
    }

    @Test(arguments: ["groups list", "gazetteer list", "doctor"])
    func `lists`(command: String) throws {
        let run = try Program.run("\(command) --json --data \(County.shared.get().data)")
        // In December doctor asks for the next year's calendar, which may not be published yet.
        let failed = run.lines.filter { $0.contains(#""passed":false"#) }
        #expect(run.code == 0 || failed.count == 1 && failed[0].contains(#""calendar""#), "\(run.text)")
        try check(run.lines, against: "`minsheng \(command) --json`")
    }

    @Test func `the check of the order of keys sees a wrong one`() {
        #expect(Self.isSorted(#"{"a":{"b":1,"c":"x:\"}"},"d":[{"e":1},{"a":2}]}"#))
        #expect(!Self.isSorted(#"{"a":{"c":1,"b":2}}"#))
    }
}
