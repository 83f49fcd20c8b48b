internal import CArchive

/// Reads the entries of a ZIP archive one after the other, wherever the archive's bytes lie.
final class ArchiveReader: Container {
    private let feed: Feed
    private let reader: OpaquePointer
    private var isAtEnd = false

    /// What the callback reads from, and what went wrong there.
    private final class Feed {
        let source: ByteSource
        var failure: ExportError?

        init(_ source: ByteSource) { self.source = source }
    }

    /// Opens an archive; nothing is unpacked yet.
    init(_ source: ByteSource) throws(ExportError) {
        feed = Feed(source)
        let opened = carchive_open(Unmanaged.passUnretained(feed).toOpaque(), Int64(try source.size())) {
            context, offset, target, count in
            guard let context, let target else { return -1 }
            let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
            do throws(ExportError) {
                let buffer = UnsafeMutableRawBufferPointer(start: target, count: Int(count))
                return Int64(try feed.source.read(at: Int(offset), into: buffer))
            } catch {
                feed.failure = error
                return -1
            }
        }
        guard let opened else { throw ExportError(.archiveDamaged, file: source.path) }
        reader = opened
    }

    deinit { carchive_close(reader) }

    func next() throws(ExportError) -> ContainerEntry? {
        var entry = CArchiveEntry()
        while !isAtEnd {
            switch carchive_next(reader, &entry) {
            case 1:
                guard let name = entry.name, entry.isFile == 1 else { continue }
                let bytes = Array(UnsafeBufferPointer(start: name, count: Self.length(of: name))).map(
                    UInt8.init(bitPattern:))
                return ContainerEntry(
                    name: Self.text(bytes), size: entry.size < 0 ? nil : Int(entry.size),
                    isLocked: entry.isLocked == 1)
            case 0: isAtEnd = true
            default:
                isAtEnd = true
                throw feed.failure ?? ExportError(.archiveDamaged, file: feed.source.path)
            }
        }
        return nil
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ContainerFailure) -> Int {
        let got = carchive_read(reader, target.baseAddress, Int64(target.count))
        if got >= 0 { return Int(got) }
        if let failure = feed.failure { throw .source(failure) }
        throw got == -2 ? .locked : .damaged
    }

    private static func length(of name: UnsafePointer<CChar>) -> Int {
        var length = 0
        while name[length] != 0 { length += 1 }
        return length
    }

    /// A name in UTF-8 or, as Windows in China packs it, in GBK.
    private static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var transcoder = Transcoder(.gb18030)
        var decoded: [UInt8] = []
        bytes.withUnsafeBufferPointer { transcoder.decode($0, isLast: true, onto: &decoded) }
        return String(decoding: decoded, as: UTF8.self)
    }
}
