import ChatExports
import Foundation
import Messages
import Testing

/// The table of the formats page, held against the list in the code and against the fixtures.
@Suite struct DetectionTests {
    private static let page = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/reference/formats.md")

    /// A row: its number and the names in its last columns.
    struct Row: Sendable, CustomTestStringConvertible {
        var number: Int
        var maker: String
        /// The format, or the reason after `refused:`.
        var target: String
        var isRefused: Bool
        var testDescription: String { "\(number) \(maker)" }
    }

    static let rows: [Row] = {
        guard let text = try? String(contentsOf: page, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let cells = line.replacing("\\|", with: "/").split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count >= 4, let number = Int(cells[0]), let last = cells.last else { return nil }
            let name = last.split(separator: "`").last.map(String.init) ?? ""
            return Row(number: number, maker: cells[1], target: name, isRefused: last.hasPrefix("refused"))
        }
    }()

    @Test func `the table has its forty rows and what came later, in order`() {
        #expect(Self.rows.count >= 40)
        #expect(Self.rows.map(\.number) == Array(1...Self.rows.count))
    }

    @Test(arguments: rows)
    func `a row is a format of the list, or a refusal with words`(_ row: Row) throws {
        if row.isRefused {
            let reason = try #require(ExportError.Reason(rawValue: row.target))
            #expect(ExportError(reason, file: "a").explanation(in: .zh).count > 12)
        } else {
            #expect(ExportFormats.slugs.contains(row.target))
        }
    }

    /// What the fixtures are taken for, whatever their names.
    private static let taken: Set<String> = {
        let texts = TextFixture.all.map(\.name)
        let slugs = (Fixture.names + texts).compactMap { name -> String? in
            // A text's date may stand in its name.
            guard let bytes = try? Fixture.bytes(name),
                let file = try? TemporaryFile(bytes, name: texts.contains(name) ? name : "renamed.dat")
            else { return nil }
            return try? Rendering(path: file.path).slug
        }
        return Set(slugs)
    }()

    @Test(arguments: rows.filter { !$0.isRefused })
    func `a fixture of each row is taken for it`(_ row: Row) {
        #expect(Self.taken.contains(row.target))
    }

    @Test(arguments: ExportFormats.slugs)
    func `each format of the list is named in the table`(_ slug: String) throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let table = try #require(text.components(separatedBy: "## What a file is taken for").last)
            .components(separatedBy: "\n## ")[0]
        #expect(table.contains("`\(slug)`"))
    }
}
