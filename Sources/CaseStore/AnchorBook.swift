import Foundation
import Glibc

/// The anchors that were written into the data folder, a line each, only ever added to.
struct AnchorBook {
    private let folder: String
    private var path: String { folder + "/anchors.txt" }

    init(in folder: String) { self.folder = folder }

    /// What stands in it; nil where it is missing or holds something else.
    func anchors() -> [AuditAnchor]? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        var anchors: [AuditAnchor] = []
        for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let anchor = AuditAnchor(line: line) else { return nil }
            anchors.append(anchor)
        }
        return anchors
    }

    /// Makes sure that it isn't empty before the first anchor is logged: a process that dies between the row and its line must
    /// not look like somebody who took the file away.
    func open(at head: AuditAnchor?, isFirst: Bool, _ day: String) throws {
        if isFirst, access(path, F_OK) != 0 {
            let start = head ?? AuditAnchor(seq: 0, hash: String(repeating: "0", count: 64))
            try append(start.line + " " + day)
        }
    }

    /// Adds a line.
    func append(_ line: String) throws {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DeskError(.file(path)) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data((line + "\n").utf8))
            try handle.synchronize()
        } catch {
            throw DeskError(.file(path))
        }
    }

    /// True where the log knows of anchors that nobody has: of the newest alone a process may have died before it wrote the line.
    static func isLost(_ known: [AuditAnchor], in session: any SQLSession) throws -> Bool {
        let rows = try session.query(
            """
            SELECT seq FROM audit_log WHERE object_kind = 'store' AND object_id = 0 AND action = 'audit-anchor'
            ORDER BY seq DESC LIMIT 2
            """
        ).map { try $0.int(0) }
        guard !rows.isEmpty else { return false }
        let wanted = rows.count > 1 ? rows[1] : 0
        return !known.contains { $0.seq >= wanted }
    }
}
