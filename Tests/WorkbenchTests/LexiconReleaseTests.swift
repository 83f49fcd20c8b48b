import CaseStore
import Casework
import Foundation
import Lexicons
import Matching
import Messages
import Pipeline
import Testing
import Workbench

/// A data folder of an invented county with people and three waiting flags, made by lexicons of no version.
final class ReleaseCounty {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("release-\(UUID().uuidString)").path
    let store: CaseStore
    private(set) var people: [String: Int] = [:]
    private(set) var flags: [Int] = []

    /// 2026-03-02 10:00 in China.
    static let monday: Int64 = 1_772_416_800
    static let village = "350999001201"

    init() throws {
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        store = try CaseStore.create(at: root + "/data")
        try store.replacePlaces([
            GazetteerEntry(code: "350999000000", name: "云岭县", level: .county),
            GazetteerEntry(code: "350999001000", name: "溪口镇", level: .township, parent: "350999000000"),
            GazetteerEntry(code: Self.village, name: "溪东村", level: .village, parent: "350999001000"),
        ])
        try store.add(
            RegisteredGroup(
                id: "g1", name: "溪东村监督群", platform: .wechat, village: Self.village, noticePostedOn: "2026-01-05",
                formerNames: []))
        let desk = try CaseDesk(store, now: Self.monday)
        try desk.importCalendar(
            WorkCalendar(
                ["2026-01-01", "2027-01-01"].compactMap { CivilDay($0) }.map {
                    WorkCalendar.Entry(day: $0, kind: .year, source: "试验")
                }))
        let commission = try desk.addUnit(kind: .countyCommission, area: "350999000000", name: "县纪委")
        let village = try desk.addUnit(kind: .village, area: Self.village, name: "溪东村")
        for (name, role) in [
            ("keeper", StaffRole.lexicon), ("other", .lexicon), ("supervisor", .supervisor), ("intake", .intake),
            ("tied", .intake), ("auditor", .auditor),
        ] { people[name] = try desk.addStaff(unit: commission, role: role, name: name) }
        let secretary = try desk.addOfficial(unit: village, post: "村支书", managedRank: 2)
        _ = try desk.declare(StaffTie(staff: try #require(people["tied"]), kind: .kin, official: secretary))
        for (text, topic) in [
            ("三组停水两天了", Topic.water), ("水管漏了没人管", .water), ("村干部把低保金截留了", .embezzlement),
        ] { try insert(text, topic) }
    }

    /// Puts a waiting flag into the store, as an import does.
    func insert(_ text: String, _ topic: Topic) throws {
        let verdict = Verdict(
            flagged: true, track: topic.track, topic: topic, severity: .medium, score: 0.61,
            evidence: [Hit(rule: "old.rule", span: 0..<6)])
        let draft = try #require(
            FlagDrafter(lexiconVersion: "made-by", gazetteerVersion: "g").draft(
                of: .init(
                    groupID: "g1", sentAt: Self.monday, text: text, verdict: verdict,
                    attribution: Attribution(code: Self.village, name: "溪东村", basis: .group, confidence: 0.9),
                    placing: FlagPlacing(), members: [UInt64(flags.count + 1)])))
        let session = try store.openImport(
            of: ImportSource(
                sha256: String(repeating: "a", count: 64), size: 10, format: "x", encoding: "utf-8",
                startedOn: 20_514, lexiconVersion: "made-by", gazetteerVersion: "g"))
        flags.append(try session.insert(draft))
        try session.finish(ImportCounts())
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func desk(_ name: String) throws -> CaseDesk {
        try CaseDesk(store, as: try #require(people[name]), now: Self.monday)
    }

    /// A folder of lexicons in which these words are water's.
    func lexicons(_ name: String, _ words: String, topic: String = "water") throws -> LoadedLexicons {
        let folder = root + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: LinterTests.fixtures.appendingPathComponent("forty-faults/taxonomy.yaml").path,
            toPath: folder + "/taxonomy.yaml")
        try LinterTests.subject(words, topic: topic).write(
            toFile: folder + "/\(topic).yaml", atomically: true, encoding: .utf8)
        return try LoadedLexicons(at: folder)
    }

    func record(_ index: Int) throws -> FlagRecord { try store.flag(flags[index]) }
}

/// The reason that a body of the desk fails for; nil when it doesn't.
func refusal(_ body: () throws -> Void) -> DeskError.Reason? {
    do {
        try body()
        return nil
    } catch {
        return (error as? DeskError)?.reason
    }
}

struct LexiconReleaseTests {
    private let county: ReleaseCounty

    init() throws { county = try ReleaseCounty() }

    private func release(_ name: String) throws -> LexiconRelease { LexiconRelease(try county.desk(name)) }

    @Test func `another person approves, and only people of the right roles propose and approve`() throws {
        let lexicons = try county.lexicons("one", "停水, 断水")
        for name in ["supervisor", "intake", "auditor"] {
            #expect(refusal { _ = try release(name).propose(lexicons, reason: "为什么") } != nil, "\(name)")
        }
        let version = try release("keeper").propose(lexicons, reason: "加一个词")
        #expect(version.id == 1 && version.digest == lexicons.version)
        #expect(try release("other").propose(lexicons, reason: "又一次").proposer == county.people["keeper"])
        #expect(refusal { _ = try release("keeper").approve(1) } == .ownProposal)
        #expect(refusal { _ = try release("intake").approve(1) } == .role(.intake))
        #expect(refusal { _ = try release("other").approve(2) } == .noSuchVersion(2))
        #expect(refusal { _ = try release("other").rollBack(to: 1, reason: "早了") } == .versionState(1))
        #expect(refusal { _ = try release("keeper").propose(lexicons, reason: "") } == .badField("reason"))
        #expect(try county.store.lexiconVersions().allSatisfy { !$0.isCurrent })
        _ = try release("supervisor").approve(1)
        #expect(refusal { _ = try release("other").approve(1) } == .versionState(1))
        let kept = try #require(try county.store.lexiconVersions().first)
        #expect(kept.isCurrent && kept.approver == county.people["supervisor"] && kept.reason == "加一个词")
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `waiting flags are read anew, and keep words, number, place and the version that made them`() throws {
        let before = try (0..<3).map(county.record)
        _ = try release("keeper").propose(county.lexicons("one", "停水, 断水"), reason: "首版")
        let counts = try release("other").approve(1)
        #expect((counts.read, counts.changed, counts.unflagged) == (3, 3, 2))
        let after = try (0..<3).map(county.record)
        for (was, now) in zip(before, after) {
            #expect(now.content?.text == was.content?.text && now.summary.village == was.summary.village)
            #expect(now.lexiconVersion == "made-by" && now.summary.state == .new)
            #expect(try county.store.lexiconReading(of: now.summary.id) == 1)
        }
        #expect(after[0].summary.rules == ["water.one"] && after[0].summary.score != 0.61)
        #expect(after[0].content?.hits == [Hit(rule: "water.one", span: 6..<12)])
        // Not flagged by the new version: track and topic stay, the score tells.
        #expect(after[1].summary.topic == .water && after[1].summary.score < 0.5)
        // Again by the same words: nothing changes, so whoever looks at a flag is not disturbed.
        let twin = try county.lexicons("two", "停水, 断水, 缺水得很")
        _ = try release("keeper").propose(twin, reason: "无关的词")
        #expect(try release("other").approve(2).changed == 0)
        #expect(try county.record(0).summary.version == after[0].summary.version)
    }

    @Test func `a report stays behind the wall whatever a later word list takes it for`() throws {
        #expect(try county.desk("tied").flags().count == 2)
        _ = try release("keeper").propose(county.lexicons("one", "低保金"), reason: "误作用水")
        _ = try release("other").approve(1)
        #expect(try county.record(2).summary.track == .misconduct)
        #expect(try county.record(2).summary.rules == ["water.one"])
        #expect(try county.desk("tied").flags().count == 2)
    }

    @Test func `the version in use is written anew where it was altered, and any can be gone back to`() throws {
        let (one, two) = (try county.lexicons("one", "停水"), try county.lexicons("two", "停水, 漏了"))
        for lexicons in [one, two] {
            let version = try release("keeper").propose(lexicons, reason: "改词")
            _ = try release("other").approve(version.id)
        }
        let data = county.root + "/data"
        #expect(try Installation(folder: data).lexicons.version == two.version)
        let folder = try #require(try CaseStore(opening: data).configuration.lexicons)
        try LinterTests.subject("偷改").write(toFile: folder + "/water.yaml", atomically: true, encoding: .utf8)
        #expect(try Installation(folder: data).lexicons.version == two.version)
        try FileManager.default.removeItem(atPath: data + "/lexicons")
        #expect(try Installation(folder: data).lexicons.version == two.version)
        let other = try county.lexicons("three", "没批准")
        #expect(try !Installation(folder: data, lexicons: other.folder).hasApprovedLexicons())
        // Approved once, and no more in use.
        #expect(try !Installation(folder: data, lexicons: one.folder).hasApprovedLexicons())
        #expect(refusal { _ = try release("intake").rollBack(to: 1, reason: "无权") } == .role(.intake))
        _ = try release("keeper").rollBack(to: 1, reason: "误报太多")
        let versions = try county.store.lexiconVersions()
        #expect(versions.map(\.isCurrent) == [true, false])
        #expect(versions[0].uses.map(\.reason) == ["approved", "误报太多"])
        #expect(try Installation(folder: data).lexicons.version == one.version)
        #expect(try Installation(folder: data, lexicons: one.folder).hasApprovedLexicons())
        #expect(try !Installation(folder: data, lexicons: two.folder).hasApprovedLexicons())
        #expect(try county.record(0).summary.rules == ["water.one"])
    }

    @Test func `suggestions and replayed verdicts read only what the person may read`() throws {
        func replay(_ name: String) throws -> [JudgedFlag] { try county.desk(name).judgedFlags() }
        // A first dismissal of a report waits for its second reader.
        _ = try county.desk("intake").dismiss(county.flags[2], reason: "nothing")
        #expect(try replay("intake").map(\.flag) == [county.flags[2]])
        #expect(try replay("intake").first?.text?.contains("低保金") == true)
        #expect(try replay("tied").isEmpty)
        #expect(try VerdictReplay(county.desk("tied")).texts().count == 2)
        #expect(try VerdictReplay(county.desk("intake")).texts().count == 3)
        for name in ["keeper", "auditor"] { #expect(refusal { _ = try replay(name) } != nil, "\(name)") }
        let nobody = try CaseDesk(county.store, now: ReleaseCounty.monday)
        #expect(refusal { _ = try nobody.judgedFlags() } == .nobody)
        // Verdicts on rules, without words, are the keeper's.
        let outcomes = try county.desk("keeper").flagOutcomes()
        #expect(!outcomes.isWhole && outcomes.flags.allSatisfy { $0.text == nil })
        // The report is in no figure: not for the keeper, and not for somebody whom the wall keeps from it.
        #expect(outcomes.flags.map(\.outcome) == [.new, .new])
        #expect(try county.desk("tied").flagOutcomes().flags.map(\.outcome) == [.new, .new])
    }

    @Test func `planted phrases of confirmed flags in a store are among the first ten suggestions`() throws {
        let planted = ["阀门井积淤", "水压忽高"]
        for index in 0..<12 {
            let place = ["东头", "西头", "坡上", "河边"][index % 4]
            try county.insert("\(place)那边\(planted[index % 2])，老人孩子都说了", .water)
        }
        let confirmed = county.flags.suffix(12)
        for index in 0..<20 { try county.insert("\(["早上", "晚上"][index % 2])大家去看了，\(index)户人都说好", .water) }
        for id in confirmed {
            _ = try county.desk("intake").confirm(id, FlagConfirmation(summary: "反映供水设施问题待核实"))
        }
        let lexicons = try county.lexicons("one", "停水, 断水")
        let analyser = TextAnalyser(try LexiconMatcher(lexicons.lexicon))
        let texts = try VerdictReplay(county.desk("intake")).texts()
        let suggestions = Suggestions(texts, analyser: analyser, lexicon: lexicons.lexicon)
        #expect(suggestions.texts == (12, 23))
        let first = suggestions.missing.prefix(10)
        for phrase in planted {
            let found = first.first { phrase.contains($0.text) && $0.text.count >= 3 || $0.text.contains(phrase) }
            #expect(found?.confirmed == 6, "\(phrase): \(first.map(\.text))")
        }
    }

    @Test func `the words of a confirmed flag are those of its case, for whoever may read the case`() throws {
        var confirmation = FlagConfirmation(summary: "反映供水中断")
        confirmation.topic = .water
        _ = try county.desk("intake").confirm(county.flags[0], confirmation)
        let found = try county.desk("supervisor").judgedFlags()
        #expect(found.map(\.flag) == [county.flags[0]] && found[0].text == "三组停水两天了" && found[0].shouldFlag)
        #expect(try county.desk("tied").judgedFlags().map(\.flag) == [county.flags[0]])
    }
}
