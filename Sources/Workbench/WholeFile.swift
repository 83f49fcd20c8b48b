public import Foundation
private import Glibc

/// A file that is written whole or not at all.
public enum WholeFile {
    /// Writes bytes in place of a file; a device or a pipe (`/dev/null`, `/dev/stdout`) is written to as it is, and never replaced.
    ///
    /// - Throws: the system's reason.
    public static func write(_ bytes: Data, to path: String) throws {
        var info = stat()
        let isPlain = stat(path, &info) != 0 || info.st_mode & S_IFMT == S_IFREG
        if isPlain {
            try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
        } else {
            guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileWriteNoPermission) }
            try file.write(contentsOf: bytes)
            try file.close()
        }
    }
}
