internal import Messages

/// A file beside an export that says whose it is.
struct Companion: Sendable {
    /// Where it may lie, from the export's own folder.
    let names: [String]
    /// The group, out of the file's outline.
    let group: @Sendable (JSONOutline) -> GroupIdentity?

    /// Names that exporters give to files without messages.
    private static let known: Set<String> = [
        "manifest.json", "meta.json", "report.json", "users.json", "attachments_index.json", "integrity.json",
    ]

    /// The columns of tables that exporters put beside their messages: counts, people, files.
    private static let tables: [Set<String>] = [
        ["统计项目", "数值"], ["排名", "消息数量"], ["资源类型", "文件名"],
    ]

    /// True for the columns of a table that holds no messages.
    static func isTable(_ names: [String]) -> Bool { tables.contains { $0.isSubset(of: names) } }

    /// True for the name of a file that belongs to an export and holds none of its messages.
    static func isKnown(_ path: String) -> Bool {
        known.contains(path.split(separator: "/").last.map(String.init) ?? "")
    }

    /// The group that the first readable companion of a file names.
    func group(beside path: String) -> GroupIdentity? {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        for name in names {
            do throws(ExportError) {
                let source = try ByteSource.named((folder.isEmpty ? "." : folder) + "/" + name)
                let head = try source.bytes(at: 0, count: 1 << 16)
                let (encoding, mark) = try EncodingGuess.guess(source, head: head)
                let window = ByteWindow(source: source, encoding: encoding, mark: mark, step: 1 << 18)
                var walker = OutlineWalker(JSONStream(window), stopsAtRecords: false)
                try walker.walk()
                if let group = group(walker.outline) { return group }
            } catch {
                continue
            }
        }
        return nil
    }
}
