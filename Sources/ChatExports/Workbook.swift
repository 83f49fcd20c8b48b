/// The parts of an `.xlsx` file that its sheets need: their names, the shared strings, which styles are dates.
///
/// Source: ECMA-376, part 1, chapter 18.
struct Workbook {
    /// A sheet that people see.
    struct Sheet {
        var name: String
        /// The name of its part in the archive, in small letters.
        var part: String
    }

    /// More text than this is not held in memory.
    private static let mostText = 32 << 20
    private static let mostStrings = 2_000_000
    private static let mostSheets = 1_000

    private(set) var sheets: [Sheet] = []
    /// True when days count from 1904 instead of 1900.
    private(set) var isFrom1904 = false
    private(set) var styles: [SheetDates.Style] = []
    /// All shared strings one after another, and where each ends.
    private(set) var text: [UInt8] = []
    private(set) var textEnds: [Int32] = []

    /// True for the first bytes of what may be a workbook.
    static func isWorkbook(_ head: [UInt8]) -> Bool {
        guard Containers.isZIP(head) else { return false }
        return head.withUnsafeBufferPointer { view in
            ["[Content_Types].xml", "_rels/", "docProps/", "xl/"].contains { view.find($0) }
        }
    }

    /// The workbook in a ZIP archive; nil when it is another archive.
    init?(_ source: ByteSource) throws(ExportError) {
        guard Self.isWorkbook(try source.bytes(at: 0, count: 4096)) else { return nil }
        let reader = try ArchiveReader(source)
        var isWorkbook = false
        let parts = WorkbookParts()
        while let entry = try reader.next() {
            let part = entry.name.lowercased()
            guard let kind = WorkbookParts.Kind(part: part) else { continue }
            isWorkbook = isWorkbook || kind == .workbook
            if entry.isLocked { throw ExportError(.archiveLocked, file: source.path) }
            try parts.read(kind, from: reader, source: source, limits: (Self.mostText, Self.mostStrings))
        }
        guard isWorkbook else { return nil }
        isFrom1904 = parts.isFrom1904
        styles = parts.numberStyles
        text = parts.text
        textEnds = parts.textEnds
        for sheet in parts.sheets.prefix(Self.mostSheets) where !sheet.isHidden {
            guard let target = parts.targets[sheet.relation] else { continue }
            let part = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
            sheets.append(Sheet(name: sheet.name, part: part.lowercased()))
        }
    }

    /// The bytes of a shared string.
    func shared(_ index: Int) -> Range<Int>? {
        guard textEnds.indices.contains(index) else { return nil }
        return (index == 0 ? 0 : Int(textEnds[index - 1]))..<Int(textEnds[index])
    }

    /// A source as a table of text: the only sheet of a workbook as CSV, anything else as it is.
    static func table(_ source: ByteSource) throws(ExportError) -> ByteSource {
        guard let book = try Workbook(source) else { return source }
        guard let sheet = book.sheets.first else { throw ExportError(.empty, file: source.path) }
        return ByteSource(path: source.path, stream: SheetStream(source, book, sheet))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// True when an ASCII text stands somewhere.
    fileprivate func find(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard let first = wanted.first, count >= wanted.count else { return false }
        for start in 0...(count - wanted.count) where self[start] == first {
            if self[start..<start + wanted.count].elementsEqual(wanted) { return true }
        }
        return false
    }
}

/// Collects what the small parts of a workbook say.
private final class WorkbookParts: XMLFeed.Handler {
    enum Kind {
        case workbook, relations, styles, strings

        init?(part: String) {
            switch part {
            case "xl/workbook.xml": self = .workbook
            case "xl/_rels/workbook.xml.rels": self = .relations
            case "xl/styles.xml": self = .styles
            case "xl/sharedstrings.xml": self = .strings
            default: return nil
            }
        }
    }

    var sheets: [(name: String, relation: String, isHidden: Bool)] = []
    var targets: [String: String] = [:]
    var isFrom1904 = false
    var text: [UInt8] = []
    var textEnds: [Int32] = []
    private var formats: [Int: String] = [:]
    private var cellFormats: [Int] = []
    private var kind = Kind.workbook
    private var isInCellFormats = false
    private var isInText = false
    private var phonetic = 0

    /// Which styles show numbers as days or times.
    var numberStyles: [SheetDates.Style] {
        cellFormats.map { SheetDates.style(ofFormat: $0, code: formats[$0]) }
    }

    func read(
        _ kind: Kind, from reader: ArchiveReader, source: ByteSource, limits: (text: Int, strings: Int)
    ) throws(ExportError) {
        self.kind = kind
        let feed = XMLFeed(self)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        var total = 0
        while true {
            var got = 0
            do throws(ContainerFailure) { got = try reader.read(into: buffer) } catch {
                throw ExportError(.archiveDamaged, file: source.path)
            }
            total += got
            let isWell = feed.take(UnsafeRawBufferPointer(rebasing: buffer[..<got]), isLast: got == 0)
            let isSmall = total <= 1 << 30 && text.count <= limits.text && textEnds.count <= limits.strings
            guard isWell, isSmall, cellFormats.count <= 1 << 16, formats.count <= 1 << 16, sheets.count <= 1 << 12
            else {
                throw ExportError(isWell ? .workbookTooLarge : .archiveDamaged, file: source.path)
            }
            if got == 0 { return }
        }
    }

    func begin(_ name: XMLFeed.StaticName, _ attributes: XMLFeed.Attributes) {
        switch kind {
        case .workbook:
            if name == "sheet" {
                let isHidden = ["hidden", "veryHidden"].contains(attributes["state"] ?? "")
                sheets.append((attributes["name"] ?? "", attributes["id"] ?? "", isHidden))
            } else if name == "workbookPr" {
                isFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
            }
        case .relations:
            if name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] {
                targets[id] = target
            }
        case .styles:
            if name == "numFmt", let id = attributes["numFmtId"].flatMap({ Int($0) }) {
                formats[id] = attributes["formatCode"]
            } else if name == "cellXfs" {
                isInCellFormats = true
            } else if name == "xf", isInCellFormats {
                cellFormats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
            }
        case .strings:
            if name == "rPh" { phonetic += 1 } else if name == "t" { isInText = phonetic == 0 }
        }
    }

    func end(_ name: XMLFeed.StaticName) {
        switch kind {
        case .styles: if name == "cellXfs" { isInCellFormats = false }
        case .strings:
            if name == "t" {
                isInText = false
            } else if name == "rPh" {
                phonetic -= 1
            } else if name == "si" {
                textEnds.append(Int32(truncatingIfNeeded: text.count))
            }
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInText { text.append(contentsOf: bytes) }
    }
}

/// A workbook of several sheets as a file that holds files: each sheet a table of its own.
final class SheetContainer: Container {
    private let source: ByteSource
    private let book: Workbook?
    private var position = 0
    private var stream: SheetStream?

    init(_ source: ByteSource) throws(ExportError) {
        self.source = source
        book = try Workbook(source)
    }

    /// The number of sheets; 0 for an archive that is no workbook.
    var count: Int { book?.sheets.count ?? 0 }
    /// True when the archive is a workbook.
    var isWorkbook: Bool { book != nil }
    var sheet: SheetNotes? { stream?.sheet }

    func next() throws(ExportError) -> ContainerEntry? {
        guard let book, position < book.sheets.count else { return nil }
        let sheet = book.sheets[position]
        stream = SheetStream(source, book, sheet)
        position += 1
        return ContainerEntry(name: sheet.name, size: nil)
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ContainerFailure) -> Int {
        guard let stream else { return 0 }
        var failure: ExportError?
        do throws(ExportError) {
            let got = try stream.read(into: target)
            if got == 0, stream.isDamaged { throw ExportError(.archiveDamaged, file: source.path) }
            return got
        } catch {
            failure = error
        }
        if let failure, failure.reason != .archiveDamaged { throw .source(failure) }
        throw .damaged
    }
}
