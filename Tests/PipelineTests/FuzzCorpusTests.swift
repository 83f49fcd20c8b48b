import ChatExports
import Messages
import Foundation
import Testing

/// What the fuzzer once broke on is read, and gives the same messages however it is cut.
struct FuzzCorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fuzz/corpus")

    static let files =
        (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.contains("/") }.sorted()

    @Test(arguments: files)
    func `an input that the fuzzer found`(_ name: String) throws {
        let path = Self.folder.appendingPathComponent(name).path
        func texts(chunk: Int) throws -> [String] {
            var options = ExportOptions(now: 1_790_000_000)
            options.chunkBytes = chunk
            let file = try ExportFile(path: path, options: options)
            var texts: [String] = []
            var rejects: [String] = []
            while let chunk = try file.nextChunk() {
                let block = chunk.block()
                texts += block.records.map { "\($0.sentAt) " + block.string($0.text) }
                // Which come in the order of the file, though not beside the same messages.
                rejects += block.rejects.map { "\($0.origin.line) \($0.reason.rawValue)" }
            }
            return texts + rejects.sorted()
        }
        #expect(try texts(chunk: 61) == texts(chunk: 1 << 20))
    }
}
