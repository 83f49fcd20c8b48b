import CaseStore
import Casework
import ChatExports
import Foundation
import Messages
@testable import Pipeline
import Testing

/// The whole line over small exports, in a data folder that is thrown away.
struct ImporterTests {
    /// A folder of its own, removed with it.
    final class Place {
        let path: String

        init() throws {
            path = FileManager.default.temporaryDirectory.appendingPathComponent("minsheng-" + UUID().uuidString).path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let store = try CaseStore.create(at: data)
            try store.replacePlaces([
                GazetteerEntry(code: "990001000000", name: "试验县", level: .county),
                GazetteerEntry(code: "990001001000", name: "甲溪镇", level: .township, parent: "990001000000"),
                GazetteerEntry(code: "990001001201", name: "青石湾村", level: .village, parent: "990001001000"),
                GazetteerEntry(code: "990001001202", name: "竹叶坪村", level: .village, parent: "990001001000"),
            ])
            try store.add(
                RegisteredGroup(
                    id: "g1@chatroom", name: "青石湾村监督群", platform: .wechat, village: "990001001201",
                    noticePostedOn: "2026-01-05"))
            try store.close()
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var data: String { path + "/data" }

        func write(_ name: String, _ text: String) throws -> String {
            let file = path + "/" + name
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            return file
        }

        func run(_ files: [String], jobs: Int = 1, isDryRun: Bool = false) async throws -> [FileReport] {
            try await run(FileFinder.inputs(at: files), jobs: jobs, isDryRun: isDryRun)
        }

        func run(
            _ files: [ExportInput], jobs: Int = 1, isDryRun: Bool = false, reading: ExportOptions? = nil
        ) async throws -> [FileReport] {
            var options = Importer.Options(now: 1_790_000_000)
            if let reading { options.reading = reading }
            options.jobs = jobs
            options.isDryRun = isDryRun
            let reports = try await Importer(
                Installation(folder: data, lexicons: ImporterTests.lexicons), options: options
            )
            .run(files)
            for report in reports where report.failure == nil {
                #expect(report.counts.read == report.counts.new + report.counts.seen + report.counts.refused)
            }
            return reports
        }

        /// The texts of the open flags, sorted.
        func flagged() throws -> [String] {
            let store = try CaseStore(opening: data)
            return try store.records().compactMap(\.content?.text).sorted()
        }
    }

    static let lexicons = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Lexicons").path

    /// One line of a ChatLab export.
    struct Said {
        var who: String
        var at: Int
        var text: String
        var id: String?
    }

    static func chatLab(_ lines: [Said], group: String = "g1@chatroom", name: String = "青石湾村监督群") -> String {
        var text =
            #"{"_type":"header","chatlab":{"version":"0.0.2","exportedAt":1772400000},"meta":{"name":"\#(name)","platform":"wechat","type":"group","groupId":"\#(group)"}}"#
            + "\n"
        for line in lines {
            let id = line.id.map { #","platformMessageId":"\#($0)""# } ?? ""
            let words = line.text.replacingOccurrences(of: "\n", with: "\\n")
            text +=
                #"{"_type":"message","sender":"\#(line.who)","accountName":"名\#(line.who)","timestamp":\#(1_772_400_000 + line.at),"type":0,"content":"\#(words)"\#(id)}"#
                + "\n"
        }
        return text
    }

    @Test func `two messages of one speaker are matched together`() async throws {
        let place = try Place()
        let file = try place.write(
            "a.jsonl",
            Self.chatLab([
                Said(who: "wxid_a", at: 0, text: "我的低保金"), Said(who: "wxid_a", at: 40, text: "被村干部截留了"),
                Said(who: "wxid_b", at: 50, text: "早上好"),
            ]))
        let reports = try await place.run([file])
        #expect(reports[0].counts.flagged == 1)
        #expect(try place.flagged() == ["我的低保金\n被村干部截留了"])
    }

    @Test func `of what a person said around a complaint nothing is kept`() async throws {
        let place = try Place()
        let file = try place.write(
            "a.jsonl",
            Self.chatLab([
                Said(who: "a", at: 0, text: "我今天在县医院做透析好累"), Said(who: "a", at: 20, text: "村口路灯坏了半个月没人修"),
                Said(who: "a", at: 40, text: "晚上吃韭菜饺子喽"), Said(who: "b", at: 50, text: "早"),
                Said(who: "c", at: 60, text: "今天赶集买了两条鱼"), Said(who: "c", at: 80, text: "我的低保金"),
                Said(who: "c", at: 100, text: "被村干部截留了"), Said(who: "c", at: 120, text: "孙子放学了我先去接"),
            ]))
        _ = try await place.run([file])
        #expect(try place.flagged() == ["我的低保金\n被村干部截留了", "村口路灯坏了半个月没人修"])
        let store = try CaseStore(opening: place.data)
        for record in try store.records() {
            let content = try #require(record.content)
            for hit in content.hits { #expect(hit.span.upperBound <= content.text.utf8.count) }
        }
    }

    @Test(
        arguments: [
            ("今晚我去打牌赢了三百", nil), ("三组：王秀英：我明天去县医院", nil), ("三组：王秀英：村口垃圾堆成山没人清运", "村口垃圾堆成山没人清运"),
        ])
    func `a quote is kept only where it is a complaint, and without whom it quotes`(quote: String, kept: String?)
        async throws
    {
        let place = try Place()
        let text = "「名b：\(quote)」\n- - - - - - - - - - - - - - -\n路灯也坏了半个月没人修"
        let file = try place.write("a.jsonl", Self.chatLab([Said(who: "a", at: 0, text: text)]))
        let reports = try await place.run([file])
        #expect(reports[0].counts.flagged == 1)
        let store = try CaseStore(opening: place.data)
        let content = try #require(try store.records().first?.content)
        #expect(content.text == "路灯也坏了半个月没人修")
        #expect(content.quote == kept)
    }

    @Test(arguments: [1, 2])
    func `what was said before the members were told is refused`(jobs: Int) async throws {
        let place = try Place()
        let day = 86_400
        let file = try place.write(
            "a.jsonl",
            Self.chatLab([
                Said(who: "a", at: -70 * day, text: "村口路灯坏了半个月没人修"), Said(who: "b", at: -70 * day + 9, text: "早"),
                Said(who: "a", at: 0, text: "自来水停了三天没人管"),
            ]))
        let report = try await place.run([file], jobs: jobs)[0]
        #expect(report.counts.refused == 2 && report.counts.new == 1 && report.counts.flagged == 1)
        #expect(report.early.map(\.messages) == [2] && report.refused.isEmpty)
        #expect(try place.flagged() == ["自来水停了三天没人管"])
    }

    @Test func `a batch knows its file by digest and size`() async throws {
        let place = try Place()
        let file = try place.write("a.jsonl", Self.chatLab([Said(who: "a", at: 0, text: "早")]))
        _ = try await place.run([file])
        let batch = try #require(try CaseStore(opening: place.data).imports().first)
        #expect(batch.source.size == (try Data(contentsOf: URL(fileURLWithPath: file)).count))
        #expect(batch.source.sha256.count == 64)
    }

    @Test(arguments: [1, 2])
    func `importing again flags nothing again, a repeat in the same minute is kept`(jobs: Int) async throws {
        let place = try Place()
        let file = try place.write(
            "a.jsonl",
            Self.chatLab([
                Said(who: "wxid_a", at: 0, text: "村口的路灯坏了半个月没人修"),
                Said(who: "wxid_b", at: 10, text: "村口的路灯坏了半个月没人修"), Said(who: "wxid_c", at: 20, text: "收到"),
                Said(who: "wxid_d", at: 30, text: "收到"),
            ]))
        let first = try await place.run([file], jobs: jobs)
        #expect(first[0].counts.new == 4)
        #expect(first[0].counts.flagged == 2)
        let copy = place.path + "/b.jsonl"
        try FileManager.default.copyItem(atPath: file, toPath: copy)
        let second = try await place.run([file, copy, file], jobs: jobs)
        // A file that is named twice is read once.
        #expect(second.map(\.counts.new) == [0, 0])
        #expect(second.map(\.counts.flagged) == [0, 0])
        #expect(try place.flagged().count == 2)
    }

    @Test func `a line that a later export adds extends the open flag`() async throws {
        let place = try Place()
        let lines = [
            Said(who: "wxid_a", at: 0, text: "我的低保金被村干部截留了", id: "1"),
            Said(who: "wxid_a", at: 60, text: "找了三次都没人理", id: "2"),
        ]
        _ = try await place.run([try place.write("a.jsonl", Self.chatLab([lines[0]]))])
        let reports = try await place.run([try place.write("b.jsonl", Self.chatLab(lines))])
        #expect(reports[0].counts.flagged == 0)
        #expect(try place.flagged().count == 1)
    }

    @Test func `a reply does not count the complaint that it quotes`() async throws {
        let place = try Place()
        let text = """
            {"weflow":{"version":"1.0.3"},"session":{"wxid":"g1@chatroom","displayName":"青石湾村监督群","type":"群聊"},"messages":[
            {"localId":1,"createTime":1772400000,"type":"引用消息","localType":244813135921,"content":"晓得了[引用 三组某某：自来水停了三天没人管]","isSend":0,"senderUsername":"wxid_b","senderDisplayName":"乙","platformMessageId":"7412589630147852369"}]}
            """
        let reports = try await place.run([try place.write("q.json", text)])
        #expect(reports[0].counts.read == 1)
        #expect(reports[0].counts.flagged == 0)
    }

    @Test func `messages of a group that is not registered are refused and leave nothing`() async throws {
        let place = try Place()
        let secret = "外村的自来水停了三天没人管"
        let file = try place.write(
            "x.jsonl", Self.chatLab([Said(who: "wxid_x", at: 0, text: secret)], group: "other@chatroom", name: "别的群"))
        let reports = try await place.run([file])
        #expect(reports[0].counts.refused == 1)
        #expect(reports[0].counts.flagged == 0)
        #expect(reports[0].refused.first?.group.id == "other@chatroom")
        #expect(try Self.files(in: place.data, holding: "外村的自来水").isEmpty)
    }

    @Test func `nothing of unflagged text and of senders is in any file of the data folder`() async throws {
        let place = try Place()
        let innocent = (0..<300).map { Said(who: "wxid_plant\($0)", at: $0 * 200, text: "今天的太阳真好啊第\($0)遍") }
        let guilty = Said(who: "wxid_whistle", at: 70_000, text: "我叫牛大壮，电话13800001111，我的低保金被村干部截留了")
        _ = try await place.run([try place.write("a.jsonl", Self.chatLab(innocent + [guilty]))])
        #expect(try place.flagged().count == 1)
        for planted in ["今天的太阳真好", "wxid_", "名wxid", "牛大壮", "13800001111", "低保金被村干部"] {
            #expect(try Self.files(in: place.data, holding: planted).isEmpty, "\(planted)")
        }
        #expect(try place.flagged()[0].contains("低保金被村干部截留了"))
    }

    @Test func `a village named in the text overrides the group's`() async throws {
        let place = try Place()
        _ = try await place.run([
            try place.write(
                "a.jsonl",
                Self.chatLab([
                    Said(who: "a", at: 0, text: "竹叶坪村的路灯坏了半个月没人修"), Said(who: "b", at: 500, text: "我们村的路灯坏了半个月没人修"),
                ]))
        ])
        let flags = try CaseStore(opening: place.data).flags()
        #expect(Set(flags.map { $0.village?.code }) == ["990001001201", "990001001202"])
        #expect(Set(flags.compactMap { $0.village?.basis.rawValue }) == ["text", "group"])
    }

    @Test func `a bad file stops no other, and says why`() async throws {
        let place = try Place()
        let good = try place.write("good.jsonl", Self.chatLab([Said(who: "a", at: 0, text: "早")]))
        let empty = try place.write("empty.json", "")
        let reports = try await place.run([empty, place.path + "/none.json", good])
        #expect(reports.map { $0.failure == nil } == [false, false, true])
        #expect(reports[2].counts.new == 1)
        #expect(reports[0].failure?.explanation(in: .zh).contains("empty.json") == true)
    }

    @Test func `a dry run keeps nothing and counts as the real one`() async throws {
        let place = try Place()
        let lines = (0..<20).map { Said(who: "a\($0 % 3)", at: $0 * 30, text: "村口的路灯坏了半个月没人修 \($0)") }
        let files = [
            try place.write("a.jsonl", Self.chatLab(Array(lines[..<12]))),
            try place.write("b.jsonl", Self.chatLab(Array(lines[8...]))),
        ]
        let dry = try await place.run(files, isDryRun: true)
        #expect(try place.flagged().isEmpty)
        let real = try await place.run(files)
        #expect(dry.map(\.counts.new) == real.map(\.counts.new))
        #expect(real.map(\.counts.new).reduce(0, +) == 20)
    }

    @Test(arguments: 0..<(8 * Seeded.times))
    func `any split into overlapping weeks, in any order, comes to the same messages`(seed: Int) async throws {
        var random = Seeded(seed)
        let texts = ["早", "收到", "村口的路灯坏了半个月没人修", "自来水停了三天没人管", "谢谢大家", "低保金被村干部截留了"]
        var time = 0
        let lines = (0..<80).map { index in
            time += 200 + random.next(4_000)
            return Said(
                who: "w\(random.next(6))", at: time, text: texts[random.next(texts.count)],
                id: seed % 2 == 0 ? "74125896301\(100_000 + index)" : nil)
        }
        let whole = try Place()
        _ = try await whole.run([try whole.write("all.jsonl", Self.chatLab(lines))])
        let parts = try Place()
        var files: [String] = []
        var start = 0
        while start < lines.count {
            let end = min(lines.count, start + 10 + random.next(20))
            files.append(
                try parts.write("p\(start).jsonl", Self.chatLab(Array(lines[max(0, start - random.next(8))..<end]))))
            start = end
        }
        let shuffled = files.indices.sorted { _, _ in random.next(2) == 0 }.map { files[$0] }
        let reports = try await parts.run(shuffled.count == files.count ? shuffled : files, jobs: 2)
        #expect(reports.map(\.counts.new).reduce(0, +) == lines.count)
        #expect(try parts.flagged() == whole.flagged())
    }

    @Test func `utterances join over the edges of chunks`() async throws {
        let place = try Place()
        var lines: [Said] = []
        // Some megabytes: several chunks.
        for index in 0..<16_000 {
            lines.append(Said(who: "w\(index)", at: index * 300, text: "我的低保金这个月"))
            lines.append(Said(who: "w\(index)", at: index * 300 + 30, text: "被村干部截留了"))
        }
        let file = try place.write("big.jsonl", Self.chatLab(lines))
        let reports = try await place.run([file], jobs: 2, isDryRun: true)
        #expect(reports[0].counts.read == 32_000)
        // Each pair is one flag, wherever a chunk ends.
        #expect(reports[0].counts.flagged == 16_000)
    }

    /// Thirty-two thousand messages, of which each eighth is a complaint, so that all may be held; some megabytes: several
    /// chunks.
    private static func long() -> String {
        chatLab(
            (0..<32_000).map {
                Said(who: "w\($0)", at: $0 * 150, text: $0 % 8 == 0 ? "村口的路灯坏了\($0)天没人修" : "收到\($0)")
            })
    }

    @Test(arguments: [1, 2])
    func `others write and import nothing while a large file is read`(jobs: Int) async throws {
        let place = try Place()
        let file = try place.write("long.jsonl", Self.long())
        let hasty = try CaseStore(opening: place.data, busySeconds: 0.05)
        let source = ImportSource(startedOn: 20_700)
        var (read, writes, failures, imports) = (0, 0, 0, 0)
        var options = Importer.Options(now: 1_790_000_000)
        options.jobs = jobs
        let importer = try Importer(Installation(folder: place.data, lexicons: Self.lexicons), options: options)
        let reports = try await importer.run([file]) { progress in
            // Between the first chunk and the last.
            guard progress.done == 0, progress.messages > read else { return }
            read = progress.messages
            do throws(StoreError) {
                try hasty.setColumnMap("at \(read)", group: "g1@chatroom")
                writes += 1
            } catch {
                failures += 1
            }
            if let second = try? hasty.openImport(of: source) {
                second.cancel()
                imports += 1
            }
        }
        #expect(writes > 2 && failures == 0 && imports == 0)
        #expect(reports[0].counts.new == 32_000 && reports[0].counts.flagged > 3_500)
        let store = try CaseStore(opening: place.data)
        #expect(try store.flags().count == reports[0].counts.flagged)
        #expect(try store.checks().filter { !$0.passed } == [])
        let again = try await place.run([file], jobs: jobs)
        #expect(again[0].counts.new == 0 && again[0].counts.flagged == 0)
    }

    @Test func `an import that is cancelled on its last chunk leaves nothing`() async throws {
        let place = try Place()
        let file = try place.write("long.jsonl", Self.long())
        let importer = try Importer(
            Installation(folder: place.data, lexicons: Self.lexicons), options: Importer.Options(now: 1_790_000_000))
        let work = Task {
            try await importer.run([file]) { progress in
                if progress.messages == 32_000 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await work.value }
        let store = try CaseStore(opening: place.data)
        #expect(try store.flags().isEmpty && store.imports().isEmpty)
        let reports = try await place.run([file])
        #expect(reports[0].counts.new == 32_000)
    }

    /// The files below a folder that hold some text, as UTF-8 or UTF-16.
    static func files(in folder: String, holding text: String) throws -> [String] {
        let needles = [Data(text.utf8), text.data(using: .utf16LittleEndian) ?? Data()]
        return FileFinder.files(at: [folder]).filter { path in
            guard let data = FileManager.default.contents(atPath: path) else { return false }
            return needles.contains { data.range(of: $0) != nil }
        }
    }
}
