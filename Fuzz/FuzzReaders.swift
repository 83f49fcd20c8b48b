import ChatExports
import Glibc
import Messages

/// What the fuzzer calls with each input: the bytes are read as a file would be, and what comes out is checked.
///
/// `$MINSHENG_FUZZ` names the reader, which alone is asked: asking all of them takes most of the time. `any` asks
/// all, `archive` lists what the bytes hold and reads all of it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    switch FuzzTarget.name {
    case "archive": return FuzzTarget.readArchive(bytes)
    case "any": return FuzzTarget.read(bytes, only: nil) ? 0 : -1
    default: return FuzzTarget.read(bytes, only: FuzzTarget.name) ? 0 : -1
    }
}

enum FuzzTarget {
    static let name = getenv("MINSHENG_FUZZ").map { String(cString: $0) } ?? ""

    /// 2026-06-30: a month after the messages of the fixtures.
    private static func options(chunk: Int) -> ExportOptions {
        var options = ExportOptions(now: 1_782_800_000)
        options.chunkBytes = chunk
        return options
    }

    /// Reads bytes as one export, in large and in small chunks; false where they are none.
    static func read(_ bytes: [UInt8], only format: String?) -> Bool {
        func file(_ chunk: Int) -> ExportFile? {
            try? ExportFile(bytes: bytes, name: "export", options: options(chunk: chunk), only: format)
        }
        guard let whole = file(1 << 20) else { return false }
        let one = sum(of: whole)
        guard let pieces = file(61) else { fail("the size of the chunks decides whether it is read") }
        let other = sum(of: pieces)
        check(one == other, "the size of the chunks makes a difference: \(one), \(other)")
        return true
    }

    static func readArchive(_ bytes: [UInt8]) -> CInt {
        let shelf = ExportShelf(bytes: bytes, name: "a.zip")
        let inputs = ExportInput.inputs(bytes: bytes, name: "a.zip")
        for input in inputs.prefix(20) {
            if let file = try? shelf.open(input, options: options(chunk: 1 << 20)) { _ = sum(of: file) }
        }
        return inputs.first?.problem == nil ? 0 : -1
    }

    private static func check(_ isMet: Bool, _ message: @autoclosure () -> String) {
        if !isMet { fail(message()) }
    }

    /// Ends in a way that the fuzzer keeps the input of; a message of `precondition` would be lost in optimised code.
    private static func fail(_ message: String) -> Never {
        FileHandles.write("FAILED: " + message + "\n")
        abort()
    }

    /// What a file came to; it must not depend on how it was cut.
    struct Sum: Equatable {
        var messages = 0
        var rejects = 0
        var passed = 0
        var digest: UInt64 = 0
    }

    private static func sum(of file: ExportFile) -> Sum {
        var sum = Sum()
        // Who spoke counts by the order of appearance.
        while let chunk = try? file.nextChunk() {
            let block = chunk.block()
            sum.messages += block.records.count
            sum.rejects += block.rejects.count
            sum.passed += block.blankLines
            for record in block.records {
                check(block.groups.indices.contains(Int(record.group)), "a group that isn't there")
                for slice in [record.id, record.text, record.quote] {
                    let isInside = slice.start >= 0 && slice.start <= slice.end && Int(slice.end) <= block.bytes.count
                    check(isInside, "a slice that isn't there")
                    let text = block.bytes[slice.range]
                    check(String(validating: text, as: UTF8.self) != nil, "text that is no UTF-8")
                    for byte in text { sum.digest = (sum.digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
                }
                sum.digest = (sum.digest ^ UInt64(bitPattern: record.sentAt)) &* 0x100_0000_01B3
            }
        }
        if let tally = file.lineTally {
            check(
                tally.lines == tally.inMessages + sum.rejects + sum.passed,
                "\(tally.lines) lines: \(tally.inMessages) in messages, \(sum.rejects) rejects, \(sum.passed) passed")
        }
        return sum
    }
}

/// Standard error, without Foundation.
private enum FileHandles {
    static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }
}
