import Foundation
import Glibc

/// The files of a data folder, and how they are made.
struct DataFolder: Sendable {
    /// The path as the user gave it, for messages.
    let path: String

    var keyFile: String { path + "/key" }
    var configurationFile: String { path + "/config.json" }
    var storeFile: String { path + "/store.sqlite" }

    /// The permission bits of a file; nil when there is none.
    static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    /// Throws unless there is a store in the folder.
    func checkIsThere() throws(StoreError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
            FileManager.default.fileExists(atPath: storeFile)
        else {
            throw StoreError(errno == EACCES ? .notPermitted : .notADataFolder, folder: path)
        }
    }

    /// The folder's key; refuses a file that others may read.
    func key() throws(StoreError) -> FolderKey {
        guard let mode = Self.mode(of: keyFile) else { throw StoreError(.keyMissing, folder: path) }
        guard mode & 0o077 == 0 else {
            throw StoreError(.keyPermissions(String(mode, radix: 8)), folder: path)
        }
        guard let data = FileManager.default.contents(atPath: keyFile) else {
            throw StoreError(.notPermitted, folder: path)
        }
        guard let key = FolderKey(file: [UInt8](data)) else { throw StoreError(.keyWrong, folder: path) }
        return key
    }

    /// The configuration; the defaults where there is no file.
    func configuration() throws(StoreError) -> StoreConfiguration {
        guard let data = FileManager.default.contents(atPath: configurationFile) else { return StoreConfiguration() }
        return try StoreConfiguration(file: data, folder: path)
    }

    /// Makes a folder that only its owner may enter.
    func make() throws(StoreError) {
        if mkdir(path, 0o700) != 0 { throw failure() }
        // The mask of the process may have taken bits away, never added any.
        if chmod(path, 0o700) != 0 { throw failure() }
    }

    /// Writes a new file for the owner's eyes, through to the disk.
    func write(_ bytes: [UInt8], to file: String) throws(StoreError) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure() }
            written += count
        }
        if fsync(descriptor) != 0 { throw failure() }
    }

    /// The reason behind the last system call that failed.
    func failure() -> StoreError {
        let reason: StoreError.Reason =
            switch errno {
            case EEXIST, ENOTEMPTY, ENOTDIR: .alreadyExists
            case ENOSPC, EDQUOT, EFBIG: .diskFull
            case EROFS: .readOnly
            case EACCES, EPERM, ENOENT: .notPermitted
            default: .inputOutput
            }
        return StoreError(reason, folder: path)
    }
}
