import Casework
import Foundation
import Messages

/// What an installation decides, in `config.json`.
///
/// What is not in the file has its default; unknown keys are refused.
public struct StoreConfiguration: Sendable, Equatable, Codable {
    /// Up to how many seconds apart lines of one speaker are matched together, 0...3600.
    public var utteranceSeconds = 120
    /// After how many days an unreviewed flag is up for erasure or escalation, 1...60.
    public var flagDays = 14
    /// Where the installation's lexicons lie; nil for the shipped ones.
    public var lexicons: String?
    /// Within how many days a matter that was answered counts as come back, 7...90: by topic, and `default`.
    public var recurrenceDays: [String: Int] = [:]
    /// Working days for the handling, 1...60: by topic, and `default`.
    public var handlingDays: [String: Int] = [:]
    /// After how many working days over its term a case goes up by itself, 1...30.
    public var escalationDays = 2
    /// How many proofs the closing of a complaint needs, 0...20: by topic, and `default`.
    public var closingEvidence: [String: Int] = [:]
    /// Days after closing until the original words of a complaint go, 0...365.
    public var originalDays = 30
    /// Days after the receipt of a hand-over until the original words of a report go, 0...3650.
    public var handedOverDays = 30
    /// Days after closing until the whole file of a complaint goes, 30...7300.
    public var fileDays = 730
    /// True where nothing may be imported before an impact assessment is on record.
    public var requiresAssessment = false

    /// The defaults.
    public init() {}

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case utteranceSeconds, flagDays, lexicons, recurrenceDays, handlingDays, escalationDays, originalDays
        case handedOverDays, fileDays, requiresAssessment, closingEvidence
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads a configuration; throws `DecodingError` that names the key to blame.
    public init(from decoder: any Decoder) throws {
        let all = try decoder.container(keyedBy: AnyKey.self)
        let known = Set(CodingKeys.allCases.map(\.rawValue))
        if let stranger = all.allKeys.first(where: { !known.contains($0.stringValue) }) {
            throw DecodingError.dataCorruptedError(forKey: stranger, in: all, debugDescription: "unknown key")
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys, _ standard: Int, _ range: ClosedRange<Int>) throws -> Int {
            let value = try values.decodeIfPresent(Int.self, forKey: key) ?? standard
            guard range.contains(value) else {
                throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: "range")
            }
            return value
        }
        func days(_ key: CodingKeys, _ range: ClosedRange<Int>) throws -> [String: Int] {
            let days = try values.decodeIfPresent([String: Int].self, forKey: key) ?? [:]
            let isRight = days.allSatisfy { name, value in
                range.contains(value) && (name == "default" || Topic(rawValue: name) != nil)
            }
            guard isRight else {
                throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: "topic or range")
            }
            return days
        }
        utteranceSeconds = try number(.utteranceSeconds, 120, 0...3600)
        flagDays = try number(.flagDays, 14, 1...60)
        lexicons = try values.decodeIfPresent(String.self, forKey: .lexicons)
        recurrenceDays = try days(.recurrenceDays, 7...90)
        handlingDays = try days(.handlingDays, 1...60)
        escalationDays = try number(.escalationDays, 2, 1...30)
        closingEvidence = try days(.closingEvidence, 0...20)
        originalDays = try number(.originalDays, 30, 0...365)
        handedOverDays = try number(.handedOverDays, 30, 0...3650)
        fileDays = try number(.fileDays, 730, 30...7300)
        requiresAssessment = try values.decodeIfPresent(Bool.self, forKey: .requiresAssessment) ?? false
    }

    /// The terms of cases as this installation has them.
    var policy: CasePolicy {
        var policy = CasePolicy()
        for (name, days) in handlingDays {
            if let topic = Topic(rawValue: name) { policy.topicDays[topic] = days } else { policy.handlingDays = days }
        }
        for (name, count) in closingEvidence {
            if let topic = Topic(rawValue: name) {
                policy.topicEvidence[topic] = count
            } else {
                policy.closingEvidence = count
            }
        }
        return policy
    }

    /// The windows of recurrence as this installation has them.
    var recurrence: Recurrence {
        var recurrence = Recurrence()
        for (name, days) in recurrenceDays {
            if let topic = Topic(rawValue: name) {
                recurrence.windows[topic] = days
            } else {
                recurrence.standardWindow = days
            }
        }
        return recurrence
    }

    /// The file's bytes, keys sorted.
    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// Reads the file's bytes.
    init(file data: Data, folder: String) throws(StoreError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: data)
        } catch DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context)
        {
            throw StoreError(.configuration(context.codingPath.last?.stringValue ?? "config.json"), folder: folder)
        } catch {
            throw StoreError(.configuration("config.json"), folder: folder)
        }
    }
}
