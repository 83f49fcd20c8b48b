import Foundation

/// A small invented county with a data folder, made once for all tests and removed when they end.
///
/// Tests that change the data work on a copy.
struct County: Sendable {
    let folder: String

    var data: String { folder + "/data" }
    var lexicons: String { folder + "/lexicons" }
    var exports: String { folder + "/exports" }

    static let shared = Result { try County() }

    /// An escape sequence that clears a screen, and a character that turns the direction of writing.
    static let hostile = "\u{1B}[2J\u{202E}"

    private init() throws {
        folder =
            FileManager.default.temporaryDirectory.appendingPathComponent("minsheng-county-" + UUID().uuidString).path
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder + "/exports", withIntermediateDirectories: true)
        try manager.createDirectory(atPath: folder + "/lexicons", withIntermediateDirectories: true)
        try manager.copyItem(
            at: Program.package.appendingPathComponent("Lexicons/taxonomy.yaml"),
            to: URL(fileURLWithPath: lexicons + "/taxonomy.yaml"))
        try write("lexicons/water.yaml", Self.rules)
        try write(
            "villages.csv",
            """
            code,name,level,parent,aliases,valid_from
            990001000000,试验县,county,,,
            990001001000,甲溪镇,township,990001000000,,
            990001001201,青石湾村,village,990001001000,natural:上坳,2020-01-01
            990001001202,竹叶坪村,village,990001001000,,

            """)
        try write(
            "groups.csv",
            """
            id,name,platform,village,notice_posted_on,former_names
            g1@chatroom,青石湾村监督群,wechat,990001001201,2026-01-05,青石湾老群

            """)
        try write(
            "exports/week.jsonl",
            Self.chatLab([
                "我的低保金被村干部截留了", "早上好", "村口水管坏了\(Self.hostile)没人修", "竹叶坪村的水管坏了",
                "水管\u{1B}坏了", "谢谢大家",
            ]))
        for words in [
            ["init"], ["gazetteer", "import", folder + "/villages.csv"], ["groups", "import", folder + "/groups.csv"],
            ["import", exports],
        ] {
            let run = try Program.run(words + ["--data", data], lexicons: lexicons)
            if run.code != 0 { throw Unready(words: words, outcome: run.error) }
        }
        atexit {
            if case .success(let county) = County.shared { try? FileManager.default.removeItem(atPath: county.folder) }
        }
    }

    private struct Unready: Error {
        var words: [String]
        var outcome: String
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        return folder + "/" + name
    }

    /// A folder of a test's own with a copy of the data in `data`.
    func copy() throws -> String {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("minsheng-copy-" + UUID().uuidString)
            .path
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: data, toPath: place + "/data")
        return place
    }

    /// A ChatLab export with a message every five minutes, each of another speaker.
    ///
    /// Messages with equal ids are one message, so every file needs ids of its own.
    static func chatLab(
        _ texts: [String], firstID: Int = 100_000, group: String = "g1@chatroom", name: String = "青石湾村监督群"
    ) throws -> String {
        func line(_ value: [String: Any]) throws -> String {
            let bytes = try JSONSerialization.data(
                withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: bytes, as: UTF8.self) + "\n"
        }
        let header: [String: Any] = [
            "_type": "header", "chatlab": ["version": "0.0.2", "exportedAt": 1_772_400_000] as [String: Any],
            "meta": ["name": name, "platform": "wechat", "type": "group", "groupId": group],
        ]
        return try texts.enumerated().reduce(into: try line(header)) { file, item in
            let (index, text) = item
            file += try line([
                "_type": "message", "sender": "wxid_\(index)", "accountName": "名\(index)",
                "timestamp": 1_772_400_000 + index * 300, "type": 0, "content": text,
                "platformMessageId": "74125896301\(firstID + index)",
            ])
        }
    }

    /// Three rules are enough here; what the shipped ones are worth is tested elsewhere.
    static let rules = """
        subject: water
        rules:
          - id: water.broken
            topic: water
            severity: medium
            weight: 0.8
            all: [[水管], [坏了]]
            examples: {match: [水管坏了], miss: [水管好了]}
          - id: water.cadre
            topic: embezzlement
            severity: high
            weight: 0.9
            all: [[低保金], [村干部], [截留]]
            examples: {match: [低保金被村干部截留了], miss: [低保金到了]}
          - id: water.tap
            topic: water
            severity: low
            weight: 0.6
            all: [[龙头], [没水]]
            examples: {match: [龙头没水], miss: [龙头有水]}

        """
}
