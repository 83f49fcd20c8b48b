import ChatExports
import Foundation
import Testing

@Suite struct DocumentationTests {
    @Test(arguments: ExportFormats.slugs)
    func `the formats page has a heading for each format`(_ slug: String) throws {
        let page = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/reference/formats.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        #expect(text.contains("\n## `\(slug)`"))
    }

    @Test func `no slug is taken twice`() {
        #expect(Set(ExportFormats.slugs).count == ExportFormats.slugs.count)
    }
}
