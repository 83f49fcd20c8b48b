internal import Glibc

/// A regular file, read at any offset.
final class ByteSource {
    let path: String
    private let descriptor: Int32

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
        descriptor = opened
        var status = stat()
        // From here `deinit` closes the file, also when one of these throws.
        guard fstat(opened, &status) == 0 else { throw ExportError(.unreadable, file: path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw ExportError(.folder, file: path)
        default: throw ExportError(.notARegularFile, file: path)
        }
    }

    deinit { close(descriptor) }

    /// Reads up to `target.count` bytes; fewer only at the end of the file.
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(ExportError) -> Int {
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
