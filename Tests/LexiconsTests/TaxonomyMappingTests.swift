import Foundation
import Messages
import Testing

/// The classes of hotlines and petition offices beside the taxonomy: `Lexicons/taxonomy-mapping.csv`.
struct TaxonomyMappingTests {
    private static func rows() throws -> [[String]] {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("Lexicons/taxonomy-mapping.csv"), encoding: .utf8)
        return text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    }

    @Test func `each topic has one class in each scheme`() throws {
        let rows = try Self.rows()
        #expect(
            rows.first == [
                "topic", "name", "petition_class", "petition_purpose", "hotline_kind", "hotline_class",
            ])
        #expect(rows.dropFirst().map { $0[0] } == Topic.allCases.map(\.rawValue))
        #expect(rows.allSatisfy { $0.count == 6 && !$0.contains("") })
    }

    @Test func `the purpose follows from the track`() throws {
        for row in try Self.rows().dropFirst() {
            let topic = try #require(Topic(rawValue: row[0]))
            let purpose =
                switch topic.track {
                case .misconduct: "检举控告"
                case .grievance: "申诉求决"
                case .suggestion: "意见建议"
                }
            #expect(row[3] == purpose, "\(row[0])")
            #expect(row[5].hasPrefix("不属受理范围") == (topic.track == .misconduct), "\(row[0])")
        }
    }
}
