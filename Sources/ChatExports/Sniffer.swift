internal import Messages

/// Decides what a file is from its bytes alone; its name is a hint that this never asks for.
struct Sniffer {
    private static let headBytes = 1 << 16

    private let source: ByteSource
    private let head: [UInt8]
    private let encoding: TextEncoding
    private let mark: Int
    /// The formats that are asked.
    private let formats: [any ExportFormat]

    /// What was decided.
    struct Finding {
        var detection: Detection
        var format: any ExportFormat
        var head: ExportHead
        var mark: Int
    }

    /// Asks all formats, or only the one of a name.
    init(_ source: ByteSource, only slug: String? = nil) throws(ExportError) {
        self.source = source
        formats = ExportFormats.all.filter { slug == nil || $0.slug == slug }
        head = try source.bytes(at: 0, count: Self.headBytes)
        guard !head.isEmpty else { throw ExportError(.empty, file: source.path) }
        if let reason = Self.refusal(head) { throw ExportError(reason, file: source.path) }
        (encoding, mark) = try EncodingGuess.guess(source, head: head)
    }

    /// The format, or an error that says what to do.
    func find() throws(ExportError) -> Finding {
        let text = try decodedHead()
        let first = text.first { $0 > 0x20 }
        var isJSON = false
        switch first {
        case nil where text.count < Self.headBytes / 4: throw ExportError(.empty, file: source.path)
        case 0x7B, 0x5B, 0x23:
            if let finding = try findJSON(text) { return finding }
            isJSON = Self.looksLikeJSON(text)
        default:
            if first == 0x3C || Self.looksLikeScript(text), let finding = try findScript() { return finding }
        }
        if ["null", "[]", "{}"].contains(String(decoding: text.filter { $0 > 0x20 }, as: UTF8.self)) {
            throw ExportError(.empty, file: source.path)
        }
        let lines = TextHead(lines: Self.lines(of: text))
        if let (finding, _) = decide(.text(lines)) { return finding }
        if first == 0x3C {
            // What a page says of its data may stand behind its styles.
            if let folder = WeFlowShell.folder(of: try source.bytes(at: 0, count: 1 << 20), file: source.path) {
                throw ExportError(.companion, file: source.path, detail: folder)
            }
            throw ExportError(.html, file: source.path)
        }
        // The content says nothing: the name may at least tell the clerk that nothing is lost.
        if isJSON, Companion.isKnown(source.path) { throw ExportError(.companion, file: source.path) }
        if Self.isSQL(lines.lines) { throw ExportError(.sqlScript, file: source.path) }
        if let header = CSVHeader(lines), Companion.isTable(header.names.map { String(decoding: $0, as: UTF8.self) }) {
            throw ExportError(.companion, file: source.path)
        }
        if !isJSON, let table = MappedText.table(lines) {
            throw ExportError(.unknownTable, file: source.path, detail: MappedText.suggestion(table))
        }
        if isJSON { throw ExportError(.unknownJSON, file: source.path) }
        throw ExportError(.unknownText, file: source.path, detail: PastedLayout(lines.lines).suggestion)
    }

    /// The file as a table or text that a person describes; nothing is guessed but its encoding.
    func find(by map: ColumnMap) throws(ExportError) -> Finding {
        let format = MappedText(map: map)
        let lines = TextHead(lines: Self.lines(of: try decodedHead()))
        let detection = Detection(
            format: format.slug, encoding: encoding, evidence: ["--map \(map.text)"],
            runnerUp: decide(.text(lines)).map {
                Detection.RunnerUp(format: $0.finding.format.slug, whyNot: "--map was given")
            })
        return Finding(detection: detection, format: format, head: .text(lines), mark: mark)
    }

    // MARK: Scripts

    /// True for a file of JavaScript: `const name = …`.
    private static func looksLikeScript(_ text: [UInt8]) -> Bool {
        let words = ["const ", "var ", "let ", "window.", "//", "/*"]
        let start = text.drop { $0 <= 0x20 }
        return words.contains { start.starts(with: $0.utf8) }
    }

    private func findScript() throws(ExportError) -> Finding? {
        let window = ByteWindow(source: source, encoding: encoding, mark: mark, step: 1 << 18)
        return try ScriptHead.enter(window).flatMap { decide(.script($0))?.finding }
    }

    // MARK: JSON

    private func findJSON(_ text: [UInt8]) throws(ExportError) -> Finding? {
        var outline = try outline(stopsAtRecords: true, text)
        try refuse(outline)
        if let (finding, needsWholeFile) = decide(.json(outline)), !needsWholeFile { return finding }
        // Alphabetical writers put the group, and what tells the format, behind the messages.
        outline = try self.outline(stopsAtRecords: false, text)
        try refuse(outline)
        return decide(.json(outline))?.finding
    }

    private func outline(stopsAtRecords: Bool, _ text: [UInt8]) throws(ExportError) -> JSONOutline {
        let window = ByteWindow(source: source, encoding: encoding, mark: mark, step: 1 << 18)
        let stream = JSONStream(window)
        try skipComments(stream)
        var walker = OutlineWalker(stream, stopsAtRecords: stopsAtRecords)
        try walker.walk()
        // A sequence of objects is known by any of its first ones: the first line may be broken, or a header.
        let lines = Self.jsonLines(text)
        guard walker.outline.root == .object, let lines else { return walker.outline }
        for line in lines {
            var inner = OutlineWalker(JSONStream(ByteWindow(line)), stopsAtRecords: false)
            try inner.walk()
            walker.outline.merge(inner.outline)
        }
        walker.outline.isLines = true
        walker.outline.isOneLine = lines.count < 2
        return walker.outline
    }

    private func skipComments(_ stream: JSONStream) throws(ExportError) {
        while try stream.peek() == 0x23 {
            while !stream.window.bytes[stream.window.start...].contains(0x0A) {
                guard try stream.window.fill(atLeast: 4096) else { return }
            }
            while stream.window.bytes[stream.window.start] != 0x0A { stream.take() }
        }
    }

    private func refuse(_ outline: JSONOutline) throws(ExportError) {
        for prefix in ["", "[].", "chatdata[]."]
        where outline.has(prefix + "encrypt_chat_msg") || outline.has(prefix + "encrypt_random_key") {
            throw ExportError(.encryptedArchive, file: source.path)
        }
        for prefix in ["", "[]."]
        where outline.has(prefix + "conversations[].role") || outline.has(prefix + "messages[].role") {
            throw ExportError(.trainingSet, file: source.path)
        }
        let isManifest = outline.has("chunked") && outline.has("metadata")
        let isReport = outline.has("schemaVersion") && !outline.has("conversation")
        if !outline.has("messages"), outline.isComplete, isManifest || isReport || outline.isRegisterOfPeople {
            throw ExportError(.companion, file: source.path)
        }
        let isBare = outline.has("[].instruction") || outline.has("instruction")
        if isBare, outline.has("[].output") || outline.has("output") {
            throw ExportError(.trainingSet, file: source.path)
        }
    }

    /// The first lines of a sequence of objects, nil when the first object goes over several lines.
    static func jsonLines(_ text: [UInt8]) -> [[UInt8]]? {
        let lines = text.split(separator: 0x0A, maxSplits: 40).prefix(40).map { Array($0) }.filter { line in
            guard let first = line.first(where: { $0 > 0x20 }) else { return false }
            return first != 0x23
        }
        guard let first = lines.first else { return nil }
        if isObject(first) { return lines }
        // The first line is longer than the head: a header with a picture in it.
        if lines.count == 1, text.count > headBytes / 4, text.last != 0x0A { return [] }
        // A broken first line: the others decide. A pretty document has no line with a whole object at its margin.
        return lines.dropFirst().contains { $0.first == 0x7B && isObject($0) } ? lines : nil
    }

    private static func isObject(_ line: [UInt8]) -> Bool {
        line.withUnsafeBufferPointer { view in
            let inner = view.trimmed(0..<view.count)
            guard inner.count > 1, view[inner.lowerBound] == 0x7B else { return false }
            return JSONView(view.part(inner)).forEachMember(at: 0) { _, _ in } == inner.count
        }
    }

    /// True when an object, an array or a string comes first: not for `[2026-03-02 08:14] …`.
    private static func looksLikeJSON(_ text: [UInt8]) -> Bool {
        let signs = text.lazy.filter { $0 > 0x20 }.prefix(2).map { $0 }
        return signs.first == 0x7B || signs.last == 0x7B || signs.last == 0x22 || signs.last == 0x5B
    }

    /// True for the commands that fill a database.
    private static func isSQL(_ lines: [[UInt8]]) -> Bool {
        lines.contains { line in
            line.withUnsafeBufferPointer {
                $0.begins(with: "CREATE TABLE ") || $0.begins(with: "INSERT INTO ") || $0.begins(with: "create table ")
                    || $0.begins(with: "insert into ")
            }
        }
    }

    // MARK: The decision

    private func decide(_ head: ExportHead) -> (finding: Finding, needsWholeFile: Bool)? {
        let all = formats.map { ($0, $0.recognise(head)) }
        guard let (format, recognition) = all.first(where: { $0.1.isMatch }) else { return nil }
        let rival = all.filter { $0.0.slug != format.slug && !$0.1.found.isEmpty }
            .max { ($0.1.found.count, $1.1.missing.count) < ($1.1.found.count, $0.1.missing.count) }
        let runnerUp = rival.map { format, rival in
            Detection.RunnerUp(
                format: format.slug,
                whyNot: rival.missing.isEmpty
                    ? "asked later" : "missing: " + rival.missing.joined(separator: ", "))
        }
        let detection = Detection(
            format: format.slug, encoding: encoding, evidence: recognition.found, runnerUp: runnerUp)
        return (Finding(detection: detection, format: format, head: head, mark: mark), recognition.needsWholeFile)
    }

    // MARK: Bytes

    private func decodedHead() throws(ExportError) -> [UInt8] {
        let window = ByteWindow(source: source, encoding: encoding, mark: mark, step: Self.headBytes)
        _ = try window.fill()
        return window.bytes
    }

    /// The first lines; a last one that the head cuts is dropped.
    private static func lines(of text: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        var afterReturn = false
        for byte in text {
            if byte == 0x0A, afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = byte == 0x0D
            if byte == 0x0A || byte == 0x0D {
                lines.append(line)
                line = []
                if lines.count == 200 { return lines }
            } else {
                line.append(byte)
            }
        }
        if text.count < headBytes / 4 || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// What a file's first bytes say that is no export.
    static func refusal(_ head: [UInt8]) -> ExportError.Reason? {
        func begins(_ magic: [UInt8], at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: magic) }
        if begins(Array("SQLite format 3\0".utf8)) { return .database }
        if begins(Array("%PDF".utf8)) { return .pdf }
        if begins([0x89, 0x50, 0x4E, 0x47]) || begins([0xFF, 0xD8, 0xFF]) || begins(Array("GIF8".utf8))
            || (begins(Array("RIFF".utf8)) && begins(Array("WEBP".utf8), at: 8))
        {
            return .picture
        }
        let media: [([UInt8], Int)] = [
            (Array("ID3".utf8), 0), ([0xFF, 0xFB], 0), (Array("ftyp".utf8), 4), (Array("#!AMR".utf8), 0),
            (Array("#!SILK".utf8), 0), (Array("#!SILK".utf8), 1), (Array("OggS".utf8), 0), (Array("WAVE".utf8), 8),
            (Array("wOF".utf8), 0), ([0, 1, 0, 0, 0], 0),
        ]
        if media.contains(where: { begins($0.0, at: $0.1) }) { return .media }
        if begins([0x50, 0x4B, 0x03, 0x04]) || begins([0x50, 0x4B, 0x05, 0x06]) {
            let text = String(decoding: head.prefix(4096), as: UTF8.self)
            let isOffice = ["[Content_Types].xml", "xl/", "word/", "docProps/"].contains { text.contains($0) }
            return isOffice ? .workbook : .archive
        }
        if begins([0xD0, 0xCF, 0x11, 0xE0]) { return .workbook }
        let packers: [[UInt8]] = [
            [0x1F, 0x8B], [0x37, 0x7A, 0xBC, 0xAF], Array("Rar!".utf8), [0xFD, 0x37, 0x7A, 0x58],
            // Zstandard, LZ4, compress, cabinets.
            [0x28, 0xB5, 0x2F, 0xFD], [0x04, 0x22, 0x4D, 0x18], [0x1F, 0x9D], Array("MSCF".utf8),
        ]
        // bzip2: its level, then pi, or the square root of it where nothing is packed.
        if begins(Array("BZh".utf8)),
            begins([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4) || begins([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: 4)
        {
            return .archive
        }
        // tar names itself behind the first file's name.
        if begins(Array("ustar".utf8), at: 257) { return .archive }
        return packers.contains { begins($0) } ? .archive : nil
    }
}
