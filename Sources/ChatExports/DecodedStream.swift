/// The text of a file as UTF-8, without its byte-order mark, read in bounded memory.
final class DecodedStream: ByteStream {
    private static let step = 1 << 16

    private let source: ByteSource
    private let encoding: TextEncoding
    private let mark: Int
    private var window: ByteWindow

    init(_ source: ByteSource, _ encoding: TextEncoding, mark: Int) {
        self.source = source
        self.encoding = encoding
        self.mark = mark
        window = Self.window(source, encoding, mark)
    }

    private static func window(_ source: ByteSource, _ encoding: TextEncoding, _ mark: Int) -> ByteWindow {
        ByteWindow(source: source, encoding: encoding, mark: mark, step: step)
    }

    var isDamaged: Bool { source.isDamaged }

    func restart() throws(ExportError) { window = Self.window(source, encoding, mark) }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ExportError) -> Int {
        while window.start == window.bytes.count {
            if try !window.fill() { return 0 }
        }
        let count = min(target.count, window.bytes.count - window.start)
        window.bytes.withUnsafeBytes {
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[window.start..<window.start + count]))
        }
        window.start += count
        return count
    }
}
