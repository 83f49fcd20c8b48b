/// A file that holds files: an archive, a mail with attachments, a workbook of several sheets.
///
/// It is walked through once, from the first entry to the last; what is to be read again is opened again.
protocol Container: AnyObject {
    /// Goes to the next entry; nil after the last one.
    func next() throws(ExportError) -> ContainerEntry?
    /// Unpacks the entry on: the number of bytes, 0 at its end.
    func read(into target: UnsafeMutableRawBufferPointer) throws(ContainerFailure) -> Int
    /// What stands around the records of the entry, for a workbook.
    var sheet: SheetNotes? { get }
}

extension Container {
    var sheet: SheetNotes? { nil }
}

/// An entry as its container announces it.
struct ContainerEntry: Equatable {
    /// The name, as text; it is shown and never used as a path.
    var name: String
    /// The size that is claimed; nil where nothing is said.
    var size: Int?
    /// True when a password is needed.
    var isLocked = false
}

/// Why an entry cannot be unpacked further.
enum ContainerFailure: Error {
    case damaged, locked
    case source(ExportError)
}

/// What an archive may hold: more is taken for an attack or a mistake, and refused.
struct ContainerLimits: Sendable {
    /// Entries of an archive with all archives in it.
    var entries = 20_000
    /// Bytes of one entry.
    var entryBytes = 8 << 30
    /// Bytes of all entries.
    var totalBytes = 16 << 30
    /// How many times larger than its archive the content may be, and from how many bytes on that is asked.
    var ratio = 250
    var ratioFrom = 64 << 20
    /// How deep archives may lie in archives.
    var depth = 3

    /// True when so many bytes are too many for an archive of a size.
    func isTooLarge(_ bytes: Int, archive size: Int) -> Bool {
        bytes > ratioFrom && bytes / ratio > size
    }
}

/// The kinds of containers, by content.
enum Containers {
    /// The container that a file's bytes are, nil when they are none.
    static func open(_ source: ByteSource) throws(ExportError) -> (any Container)? {
        let head = try source.bytes(at: 0, count: 4096)
        if Workbook.isWorkbook(head) {
            let sheets = try SheetContainer(source)
            return sheets.count > 1 ? sheets : nil
        }
        if isZIP(head) { return try ArchiveReader(source) }
        if MailContainer.isMail(head) { return try MailContainer(source) }
        if let mail = try MailContainer.resaved(source, head: head) { return try MailContainer(mail) }
        return try MendedContainer(source, head: head)
    }

    static func isZIP(_ head: [UInt8]) -> Bool {
        head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// How an entry is named in reports.
    static func path(_ container: String, _ name: String) -> String { container + "!/" + name }
}

/// The bytes of one entry of a container.
final class EntryStream: ByteStream {
    private let source: ByteSource
    private let path: String
    private let index: Int
    private let limits: ContainerLimits
    /// What gives the bytes; nil before the entry was opened again.
    private var container: (any Container)?
    private var bytes = 0
    private let archiveSize: Int
    private(set) var isDamaged = false

    /// The entry that a container has just come to.
    init(_ container: any Container, of source: ByteSource, index: Int, path: String, limits: ContainerLimits)
        throws(ExportError)
    {
        self.container = container
        self.source = source
        self.index = index
        self.path = path
        self.limits = limits
        archiveSize = try source.size()
    }

    var sheet: SheetNotes? { container?.sheet }

    func restart() throws(ExportError) {
        container = nil
        bytes = 0
        let opened = try Containers.open(source)
        for _ in 0...index where try opened?.next() == nil { throw ExportError(.archiveDamaged, file: path) }
        container = opened
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ExportError) -> Int {
        guard let container else { return 0 }
        do throws(ContainerFailure) {
            let got = try container.read(into: target)
            bytes += got
            // What an archive claims of its sizes may be false: what comes out of it counts.
            if bytes > limits.entryBytes || limits.isTooLarge(bytes, archive: archiveSize) {
                throw .source(ExportError(.archiveTooLarge, file: path))
            }
            return got
        } catch {
            switch error {
            case .locked: throw ExportError(.archiveLocked, file: path)
            case .source(let failure): throw failure
            case .damaged:
                isDamaged = true
                return 0
            }
        }
    }
}
