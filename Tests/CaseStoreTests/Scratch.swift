import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// A data folder of its own for a test, gone with it.
final class Scratch: Sendable {
    let root: String
    var folder: String { root + "/data" }

    init() {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
        try? FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// A new store with two villages and two groups.
    func store() throws -> CaseStore {
        let store = try CaseStore.create(at: folder)
        try store.replacePlaces(Self.places)
        for group in Self.groups { try store.add(group) }
        return store
    }

    /// How many pages the store's file has.
    func pages() throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: folder + "/store.sqlite")[.size] as? Int ?? 0) / 4096
    }

    /// All bytes of all files below the root, by path.
    func files() -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in FileManager.default.subpaths(atPath: root) ?? [] {
            if let data = FileManager.default.contents(atPath: root + "/" + path) { files[path] = [UInt8](data) }
        }
        return files
    }

    /// The files that hold the bytes.
    func files(holding bytes: [UInt8]) -> [String] {
        precondition(bytes.count >= 8, "shorter bytes occur by chance")
        let wanted = Data(bytes)
        return files().filter { Data($0.value).range(of: wanted) != nil }.keys.sorted()
    }

    static let places = [
        GazetteerEntry(code: "350999000000", name: "云岭县", level: .county),
        GazetteerEntry(code: "350999001000", name: "溪口镇", level: .township, parent: "350999000000"),
        GazetteerEntry(
            code: "350999001201", name: "溪东村", level: .village, parent: "350999001000",
            aliases: [.init(text: "溪东", kind: .short), .init(text: "石鼓厝", kind: .natural)]),
        GazetteerEntry(
            code: "350999001202", name: "溪西村", level: .village, parent: "350999001000", validFrom: "2020-01-01",
            validTo: "2025-12-31", successor: "350999001201"),
    ]

    static let groups = [
        RegisteredGroup(
            id: "g1@chatroom", name: "溪东村监督群", platform: .wechat, village: "350999001201", noticePostedOn: "2026-01-05",
            formerNames: ["溪东群"]),
        RegisteredGroup(
            id: "g2", name: "溪西村监督群", platform: .dingtalk, village: "350999001202", noticePostedOn: "2026-01-06"),
    ]

    /// A flag with these words and messages; the words must not be masked by accident.
    static func draft(
        _ text: String, members: [UInt64], group: String = "g1@chatroom", day: Int = 20520, village: Bool = true,
        topic: Topic = .water, severity: Severity = .medium
    ) throws -> FlagDraft {
        let verdict = Verdict(
            flagged: true, track: topic.track, topic: topic, severity: severity, score: 0.75,
            evidence: [Hit(rule: "water.cut", span: 0..<text.utf8.count)], guards: ["notice"], undecided: ["slow"])
        return try #require(
            FlagDrafter(lexiconVersion: "1ex", gazetteerVersion: "9a2").draft(
                of: .init(
                    groupID: group, sentAt: Int64(day) * 86400, text: text, quote: "引用的话", verdict: verdict,
                    attribution: village
                        ? Attribution(code: "350999001201", name: "溪东村", basis: .text, confidence: 0.9) : nil,
                    members: members)))
    }

    static let source = ImportSource(
        sha256: String(repeating: "a", count: 64), size: 10, format: "chatlab-json", encoding: "utf-8",
        startedOn: 20525, lexiconVersion: "1ex", gazetteerVersion: "9a2")
}

extension CaseStore {
    /// Imports one flag and returns its number.
    func importing(_ draft: FlagDraft) throws -> Int {
        let session = try openImport(of: Scratch.source)
        let id = try session.insert(draft)
        try session.finish(ImportCounts())
        return id
    }
}

/// The reason that a body fails for; nil when it doesn't.
func reason(_ body: () throws -> Void) -> StoreError.Reason? {
    do {
        try body()
        return nil
    } catch {
        return (error as? StoreError)?.reason
    }
}
