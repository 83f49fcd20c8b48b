import Foundation
import Glibc
import Testing
import Workbench

/// What takes a file's place, and what is never replaced.
@Suite struct WholeFileTests {
    @Test func `a file is replaced, a pipe is written to and stays one`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "whole-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "weights.bin").path
        try WholeFile.write(Data("first".utf8), to: file)
        try WholeFile.write(Data("second".utf8), to: file)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data("second".utf8))

        let pipe = folder.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        // Opened for both ends, so that neither side waits for the other.
        let reader = open(pipe, O_RDWR)
        defer { close(reader) }
        try WholeFile.write(Data("third".utf8), to: pipe)
        var read = [UInt8](repeating: 0, count: 16)
        #expect(Glibc.read(reader, &read, 16) == 5)
        let type = try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType
        #expect(type != .typeRegular)
    }
}
