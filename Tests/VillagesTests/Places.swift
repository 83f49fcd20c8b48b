import Foundation
import Messages
import Testing
import Villages

/// The invented counties of the tests, and the sentences labelled with their villages.
enum Places {
    /// One labelled sentence.
    struct Sentence: Decodable, CustomTestStringConvertible {
        let tag: String
        /// The code of the group's village.
        let home: String?
        /// The code that is right; nil where saying nothing is right.
        let gold: String?
        let text: String
        let forwarded: Bool?
        var testDescription: String { "\(tag): \(text)" }
    }

    static let entries = table("two-counties.csv")
    static let resolver = VillageResolver(rules: Gazetteer(entries))

    /// The fields of a simple table: no field of the fixtures is quoted.
    static func rows(_ text: String) -> [(line: Int, fields: [String])] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty }
            .map {
                ($0.offset + 1, $0.element.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
            }
    }

    static func sentences(_ file: String) -> [Sentence] {
        read(file).split(separator: "\n").compactMap { try? JSONDecoder().decode(Sentence.self, from: Data($0.utf8)) }
    }

    static func answer(_ sentence: Sentence, withHome: Bool) -> Attribution? {
        resolver.attribution(
            of: sentence.text, home: withHome ? sentence.home : nil, forwarded: sentence.forwarded ?? false)
    }

    private static func table(_ file: String) -> [GazetteerEntry] {
        let rows = rows(read(file))
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else { return [] }
        return table.entries(rows.dropFirst()).entries
    }

    private static func read(_ file: String) -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
    }
}

extension VillageResolver {
    /// A resolver without a model: what the rules say by themselves.
    init(rules gazetteer: Gazetteer) { self.init(gazetteer, model: nil) }
}
