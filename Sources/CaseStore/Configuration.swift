import Foundation

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

    /// The defaults.
    public init() {}

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case utteranceSeconds, flagDays, lexicons
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
        utteranceSeconds = try values.decodeIfPresent(Int.self, forKey: .utteranceSeconds) ?? 120
        flagDays = try values.decodeIfPresent(Int.self, forKey: .flagDays) ?? 14
        lexicons = try values.decodeIfPresent(String.self, forKey: .lexicons)
        guard (0...3600).contains(utteranceSeconds) else {
            throw DecodingError.dataCorruptedError(forKey: .utteranceSeconds, in: values, debugDescription: "range")
        }
        guard (1...60).contains(flagDays) else {
            throw DecodingError.dataCorruptedError(forKey: .flagDays, in: values, debugDescription: "range")
        }
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
