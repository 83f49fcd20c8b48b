import ChatExports
import Foundation
import Messages
import Testing

/// A number that no clock and no id ever had costs its message at most, never the program.
@Suite struct AbsurdNumberTests {
    private static let texts = Fixture.names.filter { name in
        [".json", ".jsonl", ".csv", ".js", ".html", ".txt"].contains { name.hasSuffix($0) }
    }

    @Test(arguments: texts, ["-9223372036854775808", "9223372036854775807", "1e400"])
    func `numbers beyond all bounds are read past`(_ name: String, _ number: String) throws {
        let text = String(decoding: try Fixture.bytes(name), as: UTF8.self)
        let changed = text.replacing(/-?[0-9]{6,}/, with: number)
        let file = try TemporaryFile(Array(changed.utf8), name: name)
        let read: Rendering
        do { read = try Rendering(path: file.path) } catch is ExportError { return }
        let again = try Rendering(path: file.path, chunkBytes: 61)
        #expect(again.messages.count == read.messages.count)
    }
}
