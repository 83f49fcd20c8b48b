import Casework
import Foundation
import Messages

/// How a flag lies in its row.
enum FlagRow {
    /// The columns of a summary, in the order that ``summary(_:folder:)`` reads.
    static let summaryColumns =
        "f.id, f.batch_id, f.group_id, f.village_code, f.village_name, f.basis, f.confidence, f.day, f.track, f.topic, "
        + "f.severity, f.score, f.rules, f.message_count, f.state, f.reason, f.expires_on, f.version, "
        + "f.bundled"
    /// What ``record(_:key:folder:)`` reads after them.
    static let recordColumns =
        summaryColumns
        + ", f.guards, f.undecided, f.lexicon_version, f.gazetteer_version, f.payload, k.wrapped, k.id, f.tier"

    /// How many columns a summary has.
    static let summaryColumnCount = summaryColumns.split(separator: ",").count

    /// How many columns that are.
    static let recordColumnCount = recordColumns.split(separator: ",").count

    static let severities: [Severity] = [.low, .medium, .high]

    static func summary(_ row: SQLRow) throws -> FlagSummary {
        let severity = try row.int(10)
        guard severities.indices.contains(severity) else { throw SQLRowError(column: 10) }
        var village: FlagDraft.Place?
        if let code = try row.textOrNil(3) {
            village = FlagDraft.Place(
                code: code, name: try row.textOrNil(4) ?? "", basis: try row.choice(5), confidence: try row.real(6))
        }
        return FlagSummary(
            id: try row.int(0), batch: try row.int(1), groupID: try row.textOrNil(2), village: village,
            day: try row.int(7), track: try row.choice(8), topic: try row.choice(9), severity: severities[severity],
            score: try row.real(11), rules: try list(row, 12), messageCount: try row.int(13),
            state: try row.choice(14), reason: try row.textOrNil(15), expiresOn: try row.int(16),
            version: try row.int(17), bundled: try row.int(18))
    }

    static func record(_ row: SQLRow, key: FolderKey, folder: String) throws -> FlagRecord {
        let summary = try summary(row)
        var content: FlagRecord.Content?
        var placing = FlagPlacing()
        if let tier = try row.textOrNil(26) { placing.tier = Attribution.Tier(rawValue: tier) }
        if row[23] != .null {
            let (payload, keyID) = (try row.blob(23), try row.int(25))
            guard case .blob(let wrapped) = row[24],
                let plain = try? key.open(payload, wrapped: wrapped, flag: summary.id, key: keyID),
                let sealed = try? JSONDecoder().decode(Sealed.self, from: plain)
            else { throw StoreError(.damagedFlag(summary.id), folder: folder) }
            content = FlagRecord.Content(
                text: sealed.text, quote: sealed.quote,
                hits: sealed.hits.map { Hit(rule: $0.rule, span: $0.start..<max($0.start, $0.end)) })
            placing.reasons = sealed.placing?.reasons ?? []
            placing.candidates = sealed.placing?.candidates ?? []
        }
        return FlagRecord(
            summary: summary, placing: placing, content: content, guards: try list(row, 19),
            undecided: try list(row, 20),
            lexiconVersion: try row.text(21), gazetteerVersion: try row.text(22))
    }

    /// The draft's private part, ready to be sealed: JSON with sorted keys.
    static func plain(of draft: FlagDraft) throws -> Data {
        let hits = draft.hits.map {
            "{\"end\":\($0.span.upperBound),\"rule\":\(Self.quoted($0.rule)),\"start\":\($0.span.lowerBound)}"
        }
        let quote = draft.quote.map { "\"quote\":\(Self.quoted($0))," } ?? ""
        let placing =
            "\"placing\":{\"candidates\":\(try json(draft.placing.candidates)),\"reasons\":\(try json(draft.placing.reasons))},"
        return Data(
            "{\"hits\":[\(hits.joined(separator: ","))],\(placing)\(quote)\"text\":\(Self.quoted(draft.text))}".utf8)
    }

    /// A JSON string.
    ///
    /// An encoder costs more than all the rest of a row.
    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [0x22]
        bytes.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes += Array((digits.count == 1 ? "\\u000" : "\\u00").utf8) + Array(digits.utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A stored flag as a draft again.
    static func draft(of record: FlagRecord, members: [UInt64]) -> FlagDraft {
        let summary = record.summary
        var draft = FlagDraft(
            groupID: summary.groupID ?? "", day: summary.day, track: summary.track, topic: summary.topic,
            severity: summary.severity, score: summary.score, text: record.content?.text ?? "")
        (draft.village, draft.placing, draft.quote) = (summary.village, record.placing, record.content?.quote)
        (draft.hits, draft.rules) = (record.content?.hits ?? [], summary.rules)
        (draft.guards, draft.undecided) = (record.guards, record.undecided)
        (draft.lexiconVersion, draft.gazetteerVersion) = (record.lexiconVersion, record.gazetteerVersion)
        (draft.members, draft.messageCount) = (members, summary.messageCount)
        return draft
    }

    /// The draft's clear columns and their values, without id, batch, key, payload and what its life adds.
    static func clearColumns(of draft: FlagDraft) throws -> [(name: String, value: SQLValue)] {
        [
            ("group_id", .text(draft.groupID)), ("village_code", .text(draft.village?.code)),
            ("village_name", .text(draft.village?.name)), ("basis", .text(draft.village?.basis.rawValue)),
            ("confidence", draft.village.map { .real($0.confidence) } ?? .null),
            ("tier", .text(draft.placing.tier?.rawValue)), ("day", .int(draft.day)),
            ("track", .text(draft.track.rawValue)), ("topic", .text(draft.topic.rawValue)),
            ("severity", .int(severities.firstIndex(of: draft.severity) ?? 0)), ("score", .real(draft.score)),
            ("rules", .text(try json(draft.rules))), ("guards", .text(try json(draft.guards))),
            ("undecided", .text(try json(draft.undecided))), ("message_count", .int(draft.messageCount)),
            ("lexicon_version", .text(draft.lexiconVersion)), ("gazetteer_version", .text(draft.gazetteerVersion)),
        ]
    }

    private static func json(_ list: [String]) throws -> String {
        "[" + list.map(Self.quoted).joined(separator: ",") + "]"
    }

    static func list(_ row: SQLRow, _ column: Int) throws -> [String] {
        guard let list = try? JSONDecoder().decode([String].self, from: Data(try row.text(column).utf8)) else {
            throw SQLRowError(column: column)
        }
        return list
    }

    /// What is encrypted, as JSON.
    private struct Sealed: Codable {
        struct Part: Codable {
            var rule: String
            var start: Int
            var end: Int
        }

        struct Placing: Codable {
            var candidates: [String]
            var reasons: [String]
        }

        var text: String
        var quote: String?
        var hits: [Part]
        /// Absent in flags of older stores.
        var placing: Placing?
    }
}
