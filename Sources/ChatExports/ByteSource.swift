internal import Glibc

/// Bytes that can be read at any offset: a regular file, a piece of memory, or an entry of an archive.
final class ByteSource {
    /// Of a stream so many first bytes are kept, so that what fits in them is unpacked only once.
    static let kept = 4 << 20

    /// The path as reports name it.
    let path: String

    private enum Backing {
        case file(Int32)
        case memory([UInt8])
        case stream(RewindingStream)
    }

    private let backing: Backing

    /// Opens a file for reading.
    init(path: String) throws(ExportError) {
        self.path = path
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: throw ExportError(.noSuchFile, file: path)
            case EACCES, EPERM: throw ExportError(.notPermitted, file: path)
            default: throw ExportError(.unreadable, file: path)
            }
        }
        backing = .file(opened)
        var status = stat()
        // From here `deinit` closes the file, also when one of these throws.
        guard fstat(opened, &status) == 0 else { throw ExportError(.unreadable, file: path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw ExportError(.folder, file: path)
        default: throw ExportError(.notARegularFile, file: path)
        }
    }

    /// Bytes in memory under a name.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        backing = .memory(bytes)
    }

    /// A stream under a name; where it is read backwards it is unpacked again from its beginning.
    init(path: String, stream: any ByteStream) {
        self.path = path
        backing = .stream(RewindingStream(stream))
    }

    deinit { if case .file(let descriptor) = backing { close(descriptor) } }

    /// True when the archive that holds the bytes turned out to be damaged in them: what comes after is missing.
    var isDamaged: Bool {
        if case .stream(let stream) = backing { stream.isDamaged } else { false }
    }

    /// What stands around the records of a table; nil where the bytes are no workbook's.
    var sheet: SheetNotes? {
        if case .stream(let stream) = backing { stream.sheet } else { nil }
    }

    /// The number of bytes; a stream is read through for it.
    func size() throws(ExportError) -> Int {
        switch backing {
        case .memory(let bytes): return bytes.count
        case .stream(let stream): return try stream.size()
        case .file(let descriptor):
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw ExportError(.unreadable, file: path) }
            return Int(status.st_size)
        }
    }

    /// Reads up to `target.count` bytes; fewer only at the end of the file.
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(ExportError) -> Int {
        switch backing {
        case .file(let descriptor): return try read(descriptor, at: offset, into: target)
        case .stream(let stream): return try stream.read(at: offset, into: target)
        case .memory(let bytes):
            guard offset < bytes.count else { return 0 }
            let count = min(target.count, bytes.count - offset)
            bytes.withUnsafeBytes {
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
            }
            return count
        }
    }

    private func read(
        _ descriptor: Int32, at offset: Int, into target: UnsafeMutableRawBufferPointer
    ) throws(ExportError) -> Int {
        guard let base = target.baseAddress else { return 0 }
        var done = 0
        while done < target.count {
            let got = pread(descriptor, base + done, target.count - done, off_t(offset + done))
            if got < 0 {
                if errno == EINTR { continue }
                throw ExportError(.unreadable, file: path)
            }
            if got == 0 { break }
            done += got
        }
        return done
    }

    /// Reads up to `count` bytes from an offset.
    func bytes(at offset: Int, count: Int) throws(ExportError) -> [UInt8] {
        var failure: ExportError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(ExportError) {
                filled = try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// Bytes that come one after the other and can be begun again.
protocol ByteStream: AnyObject {
    /// Goes back to the first byte.
    func restart() throws(ExportError)
    /// Reads at most `target.count` bytes, at least one; 0 at the end.
    func read(into target: UnsafeMutableRawBufferPointer) throws(ExportError) -> Int
    /// True when the end came too early.
    var isDamaged: Bool { get }
    /// What stands around the records of a table, for a workbook.
    var sheet: SheetNotes? { get }
}

extension ByteStream {
    var sheet: SheetNotes? { nil }
}

/// A stream that can be read at any offset: its beginning is kept, before the place that it has come to it is begun again.
private final class RewindingStream {
    private let stream: any ByteStream
    private var kept: [UInt8] = []
    /// True while `kept` is all that was ever read.
    private var isKeeping = true
    private var position = 0
    private var knownSize: Int?

    init(_ stream: any ByteStream) { self.stream = stream }

    var isDamaged: Bool { stream.isDamaged }
    var sheet: SheetNotes? { stream.sheet }

    func size() throws(ExportError) -> Int {
        if let knownSize { return knownSize }
        var offset = kept.count
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let got = try read(at: offset, into: buffer)
            offset += got
            if got < buffer.count { break }
        }
        knownSize = offset
        return offset
    }

    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(ExportError) -> Int {
        var done = 0
        if offset < kept.count {
            done = min(target.count, kept.count - offset)
            kept.withUnsafeBytes {
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + done]))
            }
        }
        guard done < target.count else { return done }
        try move(to: offset + done)
        guard position == offset + done else { return done }
        while done < target.count {
            let got = try take(UnsafeMutableRawBufferPointer(rebasing: target[done...]))
            if got == 0 { break }
            done += got
        }
        return done
    }

    /// Reads on to an offset, from the beginning where it lies behind; stops at the end.
    private func move(to offset: Int) throws(ExportError) {
        if let knownSize, offset >= knownSize { return }
        if offset < position {
            try stream.restart()
            position = 0
        }
        guard position < offset else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        while position < offset {
            let most = min(buffer.count, offset - position)
            if try take(UnsafeMutableRawBufferPointer(rebasing: buffer[..<most])) == 0 { return }
        }
    }

    private func take(_ target: UnsafeMutableRawBufferPointer) throws(ExportError) -> Int {
        let got = try stream.read(into: target)
        if got == 0 { knownSize = position }
        if isKeeping, position == kept.count {
            kept.append(contentsOf: UnsafeRawBufferPointer(rebasing: target[..<got]))
            if kept.count > ByteSource.kept { isKeeping = false }
        }
        position += got
        return got
    }
}
