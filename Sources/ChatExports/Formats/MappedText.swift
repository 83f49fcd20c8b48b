internal import Messages

/// A table or a text that no format knows, read by what a person says of its columns.
///
/// Never recognised by itself: it is taken when a mapping is given.
struct MappedText: ExportFormat {
    let map: ColumnMap

    var slug: String { map.line == nil ? "table" : "text" }

    func recognise(_ head: ExportHead) -> Recognition { Recognition(missing: ["--map"]) }

    /// How to read a text by the mapping.
    ///
    /// - Throws: when the table lacks a column of the mapping, naming those that it has.
    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let group = GroupIdentity(id: "", name: "", platform: .wechat)
        if let pattern = map.line {
            let dates = try TextDates(head, PatternGrammar(pattern: pattern, day: nil).missing, file: file)
            let grammar = PatternGrammar(pattern: pattern, day: dates.assumed?.day)
            return dates.marked(head.reading(grammar, group: group))
        }
        guard let header = CSVHeader(head) else {
            throw ExportError(.unknownColumns, file: file, detail: "?")
        }
        let names = header.names.map { String(decoding: $0, as: UTF8.self) }
        let reader = MappedRowReader(group: group, day: head.assumedDay)
        let columns = try Self.columns(of: map, in: names, file: file)
        let table = CSVTable(header, reader, columns: columns, skipsHeader: !Self.isData(header, columns))
        return FormatReading(group: group, source: .lines(DirectReader(table)))
    }

    /// For each field the number of its column, -1 where it has none.
    ///
    /// - Throws: when the table lacks a column that the mapping names.
    static func columns(of map: ColumnMap, in names: [String], file: String) throws(ExportError) -> [Int] {
        var columns: [Int] = []
        var unknown: [String] = []
        for field in ColumnMap.Field.allCases {
            guard let name = map.columns[field] else {
                columns.append(-1)
                continue
            }
            let exact = names.firstIndex { $0 == name }
            let loose = exact ?? names.firstIndex { squeezed($0) == squeezed(name) } ?? number(name, names.count)
            if loose == nil { unknown.append(name) }
            columns.append(loose ?? -1)
        }
        if !unknown.isEmpty {
            let detail = unknown.joined(separator: ", ") + " ≠ " + listed(names)
            throw ExportError(.unknownColumns, file: file, detail: detail)
        }
        return columns
    }

    /// A name in small letters and without blanks: header cells may go over two lines.
    private static func squeezed(_ name: String) -> String {
        String(String.UnicodeScalarView(name.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace }))
    }

    /// `#3`: a column by its number.
    private static func number(_ name: String, _ count: Int) -> Int? {
        guard name.hasPrefix("#"), let number = Int(name.dropFirst()), (1...max(1, count)).contains(number) else {
            return nil
        }
        return number - 1
    }

    /// True when the first row is a message itself: its time can be read.
    private static func isData(_ header: CSVHeader, _ columns: [Int]) -> Bool {
        [ColumnMap.Field.time, .date].contains { field in
            guard let index = ColumnMap.Field.allCases.firstIndex(of: field), columns[index] >= 0 else { return false }
            return header.names[columns[index]].withUnsafeBufferPointer { MappedTime.read(nil, $0, day: nil) != nil }
        }
    }

    /// The columns of a table for an error, and a mapping to try.
    static func suggestion(_ table: UnknownTable) -> String {
        let names = table.names
        let roles = ColumnRoles(names: names, rows: table.rows)
        let parts = ColumnMap.Field.allCases.compactMap { field -> String? in
            if let column = roles.columns[field] { return field.rawValue + "=" + reference(column, names) }
            let isNeeded = field == .time || field == .text || field == .sender && roles.columns[.senderID] == nil
            return isNeeded ? field.rawValue + "=…" : nil
        }
        return listed(names) + " → --map \"" + parts.joined(separator: ",") + "\""
    }

    /// How a mapping calls a column: by its name where that can be typed between a shell's quotes, else by its number.
    private static func reference(_ column: Int, _ names: [String]) -> String {
        let name = names[column]
        let isAwkward = name.unicodeScalars.contains { ",，=＝\"'`$\\!#".unicodeScalars.contains($0) || $0.value < 0x20 }
        let isAlone = names.count { $0 == name } == 1
        return isAlone && !isAwkward && !name.isEmpty && name.count <= 40 ? name : "#\(column + 1)"
    }

    /// Names as they are shown: not more of them, and not longer, than a person reads.
    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(30).map { name in
            String(String.UnicodeScalarView(name.unicodeScalars.prefix(40).filter { $0.value >= 0x20 }))
        }
        return shown.joined(separator: ", ") + (names.count > 30 ? ", …" : "")
    }

    /// A table that no format knows, where the first lines look like one: several rows of one width.
    static func table(_ head: TextHead) -> UnknownTable? {
        guard let header = CSVHeader(head), header.names.count >= 3 else { return nil }
        // A cell may hold line ends, so that not every line is a row.
        var rows: [[[UInt8]]] = []
        var reader = CSVRows(separator: header.separator)
        for line in header.linesBelow(head) where rows.count < 20 {
            if !reader.isOpen, line.allSatisfy({ $0 <= 0x20 }) { continue }
            guard line.withUnsafeBufferPointer({ reader.take($0, number: 0) != nil }) else { continue }
            rows.append(reader.ends.indices.map { Array(reader.text[reader.field($0)]) })
        }
        let full = rows.prefix(5).count { $0.count >= header.names.count }
        let isTable = full > 0 && full * 2 >= min(5, rows.count)
        let hasTimes = header.names.contains { name in
            name.withUnsafeBufferPointer { ExportTime.parse($0) != nil }
        }
        guard isTable, !hasTimes, !header.names.contains(where: { $0.count > 60 }) else { return nil }
        return UnknownTable(names: header.names.map { String(decoding: $0, as: UTF8.self) }, rows: rows)
    }
}

/// The header of a table that no format knows, and its first rows.
struct UnknownTable {
    let names: [String]
    let rows: [[[UInt8]]]
}

/// Turns the rows of a table into messages by the columns that a person named.
struct MappedRowReader: CSVRecordReader {
    let group: GroupIdentity
    let day: CalendarDay?

    /// Not asked: the mapping says them.
    var columns: [[StaticString]] { [] }

    private enum Column {
        static let time = 0
        static let date = 1
        static let sender = 2
        static let senderID = 3
        static let text = 4
        static let group = 5
        static let groupID = 6
        static let id = 7
        static let kind = 8
        static let quote = 9
        static let transcript = 10
    }

    func time(of row: CSVRow) -> Int64? {
        let date = row[Column.date]
        return MappedTime.read(date.isEmpty ? nil : date, row[Column.time], day: day)?.seconds
    }

    func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let date = row[Column.date]
        let written = MappedTime.read(date.isEmpty ? nil : date, row[Column.time], day: day)
        guard case .time(let time) = builder.plausible(written) else {
            let isMissing = row[Column.time].isEmpty && date.isEmpty
            builder.reject(isMissing ? .missingField : .badTime, line: row.line, field: "time")
            return
        }
        var record = MessageBlock.Record()
        (record.sentAt, record.precision) = time
        record.line = Int32(truncatingIfNeeded: row.line)
        let parts = TableWords.parts(row[Column.text])
        let sender = row[Column.senderID].isEmpty ? parts?.id ?? row[Column.senderID] : row[Column.senderID]
        record.speakerKey = SpeakerKey.key(id: sender, name: row[Column.sender], ordinal: row.line)
        record.group = builder.group(id: row[Column.groupID], name: row[Column.group], platform: group.platform)
        record.id = id(row[Column.id], &builder)
        var kind = MappedKind.kind(row[Column.kind])
        record.kind = record.speakerKey == 0 ? .system : kind ?? .text
        let start = builder.mark
        var heard = kind ?? .other
        TableWords.append(
            parts?.words ?? row[Column.text], transcript: row[Column.transcript], kind: &heard, into: &builder)
        if heard == .voice, kind != .voice { (kind, record.kind) = (heard, heard) }
        let quote = row[Column.quote]
        let isXML = builder.look(from: start) { $0.count > 8 && $0[0] == 0x3C && WeChatXML.isXML($0) }
        if quote.isEmpty, !isXML, kind == nil || kind == .text {
            builder.add(record, words: start)
            return
        }
        builder.addContent(
            from: start, kind: record.kind, trust: kind == nil ? .untyped : .typed, into: record, quote: Array(quote))
    }

    /// An id as it stands; none where Excel has made a power of ten of it.
    private func id(_ text: ByteView, _ builder: inout BlockBuilder) -> MessageBlock.Slice {
        let isPower = text.contains { $0 == 0x2B } && text.contains { $0 == 0x45 || $0 == 0x65 }
        guard !text.isEmpty, !isPower, text.count <= 200 else { return .none }
        let start = builder.mark
        builder.append(text)
        return MessageBlock.Slice(start: start, end: builder.mark)
    }
}

/// What tables call the kinds of messages.
enum MappedKind {
    private static let names: [(StaticString, MessageKind)] = [
        ("文本", .text), ("文字", .text), ("text", .text), ("图片", .image), ("image", .image), ("picture", .image),
        ("语音", .voice), ("voice", .voice), ("audio", .voice), ("视频", .video), ("video", .video), ("文件", .file),
        ("file", .file), ("链接", .link), ("link", .link), ("位置", .location), ("location", .location), ("名片", .card),
        ("card", .card), ("红包", .money), ("转账", .money), ("表情", .sticker), ("emotion", .sticker), ("群公告", .notice),
        ("公告", .notice), ("接龙", .relay), ("聊天记录", .forward), ("系统", .system), ("system", .system), ("撤回", .recall),
        ("revoke", .recall), ("通话", .call),
    ]

    /// The kind of a cell; nil where it says nothing that is known.
    static func kind(_ text: ByteView) -> MessageKind? {
        if text.isEmpty { return nil }
        if let exact = names.first(where: { text.equals($0.0) }) { return exact.1 }
        let exporters = WeChatKinds.kind(name: text)
        if exporters != .other { return exporters }
        return names.first { text.begins(with: $0.0) }?.1
    }
}
