internal import Crypto
internal import Foundation

/// The SHA-256 and the size of files on the disk, by which an auditor tells later which file an import had read.
public struct FileDigest {
    private var last: (path: String, digest: String, size: Int)?

    /// Knows no file yet.
    public init() {}

    /// Digest as hex text and size in bytes of the file that an input is or lies in: `a.zip!/b.json` is in `a.zip`.
    ///
    /// Nil where it can't be read any more. Entries of one archive, which come one after the other, cost one reading.
    public mutating func digest(of input: String) -> (digest: String, size: Int)? {
        let path = input.range(of: "!/").map { String(input[..<$0.lowerBound]) } ?? input
        if let last, last.path == path { return (last.digest, last.size) }
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        var hash = SHA256()
        var size = 0
        do {
            while let bytes = try file.read(upToCount: 1 << 18), !bytes.isEmpty {
                hash.update(data: bytes)
                size += bytes.count
            }
        } catch {
            return nil
        }
        let text = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        last = (path, text, size)
        return (text, size)
    }
}
