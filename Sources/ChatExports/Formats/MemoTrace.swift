internal import Messages

/// MemoTrace's table of versions 1 and 2: WeChat's numbers for the types, raw XML for all that isn't text.
struct MemoTraceOldCSV: ExportFormat {
    var slug: String { "memotrace-v1-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["Type", "SubType", "CreateTime", "StrContent", "StrTime"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: FolderName.groupOrStem(of: file, platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, MemoTraceOldRowReader(width: header.names.count)))),
            isPrivate: FolderName.isPrivate(file))
    }
}

/// MemoTrace's table of version 3: Chinese columns, server ids, no ids of people.
struct MemoTraceCSV: ExportFormat {
    var slug: String { "memotrace-v3-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["消息ID", "类型", "发送人", "时间", "内容"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: FolderName.groupOrStem(of: file, platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, MemoTraceRowReader()))),
            isPrivate: FolderName.isPrivate(file))
    }
}

/// What MemoTrace 3 puts beside its web page: the same messages as JSON.
struct MemoTraceSidecar: ExportFormat {
    var slug: String { "memotrace-v3-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        for key in ["server_id", "xml_dict", "is_send"] {
            recognition.require(outline.has("[]." + key), "key \(key)")
        }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        var group = FolderName.groupOrStem(of: file, platform: .wechat)
        if group.id.isEmpty, group.name.hasSuffix(".html") { group.name.removeLast(5) }
        return FormatReading(
            group: group, source: .array([], MemoTraceRecordReader()), isPrivate: FolderName.isPrivate(file))
    }
}

/// MemoTrace's web page: the messages are a list of JavaScript objects in it.
struct MemoTraceHTML: ExportFormat {
    var slug: String { "memotrace-html" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let script = head.script else { return Recognition(missing: ["a script"]) }
        var recognition = Recognition()
        recognition.require(script.variable == "chatMessages", "const chatMessages")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        FormatReading(
            group: FolderName.groupOrStem(of: file, platform: .wechat),
            source: .script("chatMessages", MemoTraceScriptReader()),
            isPrivate: FolderName.isPrivate(file))
    }
}

/// Reads a row of version 1 or 2.
struct MemoTraceOldRowReader: CSVRecordReader {
    private enum Column {
        static let epoch = 0
        static let time = 1
        static let type = 2
        static let subtype = 3
        static let content = 4
        static let sender = 5
        static let nickname = 6
        static let remark = 7
    }

    /// The number of columns that the header names.
    let width: Int

    // The export of all chats has a server's id behind its last column.
    var hasUnnamedID: Bool { true }

    // Early versions end at StrTime: then nobody can be told from anybody.
    var columns: [[StaticString]] {
        [
            ["CreateTime"], ["StrTime"], ["Type"], ["SubType"], ["StrContent"], ["Sender"], ["NickName"],
            ["Remark"],
        ]
    }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let name = row[Column.nickname].isEmpty ? row[Column.remark] : row[Column.nickname]
        // Excel makes a power of ten of long numbers, and leaves the text beside them.
        let isEpochWhole = row[Column.epoch].allSatisfy { $0 &- 0x30 < 10 } && !row[Column.epoch].isEmpty
        let field = isEpochWhole ? Column.epoch : Column.time
        let head = builder.head(row, time: field, named: "CreateTime", sender: row[Column.sender], senderName: name)
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.serverID(row.unnamed(behind: width))
        let type = integer(row[Column.type]) ?? 1
        let kind = WeChatKinds.kind(type: type, subtype: integer(row[Column.subtype]) ?? 0)
        let start = builder.mark
        builder.append(row[Column.content])
        builder.addContent(from: start, kind: kind, into: message)
    }

    private func integer(_ text: ByteView) -> Int64? { Int64(String(decoding: text, as: UTF8.self)) }
}

/// Reads a row of version 3.
struct MemoTraceRowReader: CSVRecordReader {
    private enum Column {
        static let id = 0
        static let type = 1
        static let name = 2
        static let time = 3
        static let content = 4
    }

    var columns: [[StaticString]] { [["消息ID"], ["类型"], ["发送人"], ["时间"], ["内容"]] }

    func time(of row: CSVRow) -> Int64? { row.time(Column.time) }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let nothing = ByteView(start: nil, count: 0)
        let head = builder.head(row, time: Column.time, named: "时间", sender: nothing, senderName: row[Column.name])
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.serverID(row[Column.id])
        let kind = WeChatKinds.kind(name: row[Column.type])
        let start = builder.mark
        builder.append(row[Column.content])
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}

/// Reads a message of the sidecar.
///
/// What isn't text has its words in `xml_dict`.
struct MemoTraceRecordReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let id = 1
        static let type = 2
        static let name = 3
        static let text = 4
        static let xml = 5
        static let quote = 6
        static let nothing = 7
    }

    private static let keys = JSONKeys([
        ["timestamp"], ["server_id"], ["type"], ["display_name"], ["text"], ["xml_dict"], ["quote_text"], [],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let head = builder.head(
            record, time: Field.time, named: "timestamp", sender: Field.nothing, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.serverID(json.raw(record[Field.id]))
        let type = json.integer(record[Field.type])
        var kind = type.map { WeChatKinds.kind(type: $0) } ?? WeChatKinds.kind(name: record[Field.type], in: json)
        let start = builder.mark
        builder.append(record[Field.text], in: json)
        var quote = record[Field.quote].isEmpty ? [] : json.decoded(record[Field.quote])
        if record[Field.xml].kind == .object, record[Field.xml].end > record[Field.xml].start + 2 {
            addWords(of: record[Field.xml], type, &kind, &quote, in: json, from: start, &builder)
        }
        builder.addContent(
            from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message, quote: quote)
    }

    /// `xml_dict` is WeChat's XML as objects.
    private func addWords(
        of tree: JSONValue, _ type: Int64?, _ kind: inout MessageKind, _ quote: inout [UInt8], in json: JSONView,
        from start: Int, _ builder: inout BlockBuilder
    ) {
        let wrapped = json.member(json.member(tree, "msg"), "appmsg")
        let body = wrapped.kind == .object ? wrapped : json.member(tree, "appmsg")
        guard body.kind == .object else { return }
        if let subtype = json.integer(json.member(body, "type")), kind == .other || type == 49 {
            kind = WeChatKinds.kind(type: 49, subtype: subtype)
        }
        if quote.isEmpty { quote = json.decoded(json.member(json.member(body, "refermsg"), "content")) }
        guard builder.mark == start else { return }
        let names: [StaticString] = kind == .notice ? ["textannouncement", "title", "des"] : ["title", "des"]
        builder.append(json.member(body, anyOf: names), in: json)
        let record = json.member(body, "recorditem")
        guard kind == .forward, record.kind == .string else { return }
        let title = builder.look(from: start) { Array($0) }
        builder.drop(from: start)
        builder.append("<msg><appmsg><type>19</type><title><![CDATA[")
        title.withUnsafeBufferPointer { builder.append($0) }
        builder.append("]]></title><recorditem><![CDATA[")
        builder.append(record, in: json)
        builder.append("]]></recorditem></appmsg></msg>")
    }
}

/// Reads a message of the web page.
struct MemoTraceScriptReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let type = 1
        static let subtype = 2
        static let text = 3
        static let name = 4
        static let quote = 5
        static let transcript = 6
        static let file = 7
        static let title = 8
        static let nothing = 9
    }

    private static let keys = JSONKeys([
        ["timestamp"], ["type"], ["sub_type"], ["text"], ["displayname"], ["refer_text"], ["voice_to_text"],
        ["file_name"], ["title"], [],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let type = json.integer(record[Field.type]) ?? 1
        // A bar with the time between the messages, not one of them.
        if type == 0, json.decoded(record[Field.text]).withUnsafeBufferPointer({ ExportTime.parse($0) }) != nil {
            builder.pass()
            return
        }
        let head = builder.head(
            record, time: Field.time, named: "timestamp", sender: Field.nothing, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group()
        let kind =
            type == 0 ? .system : WeChatKinds.kind(type: type, subtype: json.integer(record[Field.subtype]) ?? 0)
        let start = builder.mark
        appendText(words(record, kind), in: json, into: &builder)
        var quote: [UInt8] = []
        if !record[Field.quote].isEmpty {
            let quoteStart = builder.mark
            appendText(record[Field.quote], in: json, into: &builder)
            quote = builder.look(from: quoteStart, ContentRules.withoutName)
            builder.drop(from: quoteStart)
        }
        builder.addContent(
            from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message, quote: quote)
    }

    private func words(_ record: JSONRecord, _ kind: MessageKind) -> JSONValue {
        let (field, other) =
            switch kind {
            case .voice: (Field.transcript, Field.text)
            case .file: (Field.file, Field.text)
            case .link: (Field.title, Field.text)
            default: (Field.text, Field.title)
            }
        return record[field].isEmpty ? record[other] : record[field]
    }

    /// The page's texts are written for a browser: entities, and `<br>` for line ends.
    private func appendText(_ value: JSONValue, in json: JSONView, into builder: inout BlockBuilder) {
        let start = builder.mark
        builder.append(value, in: json)
        let plain = builder.look(from: start) { view -> [UInt8]? in
            let first = JSONScan.byte(0x26, or: 0x3C, in: view, from: 0)
            guard first < view.count else { return nil }
            let lines = Self.withLineEnds(view, from: first)
            return lines.contains(0x26) ? lines.withUnsafeBufferPointer { WeChatXML.decoded($0) } : lines
        }
        guard let plain else { return }
        builder.drop(from: start)
        plain.withUnsafeBufferPointer { builder.append($0) }
    }

    /// A text with line ends for the tags that mean them.
    private static func withLineEnds(_ view: ByteView, from first: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(view.count)
        var at = 0
        var tag = first
        while at < view.count {
            tag = JSONScan.byte(0x3C, or: 0x3C, in: view, from: max(at, tag))
            text.append(contentsOf: view.part(at..<tag))
            guard tag < view.count else { break }
            let tags: [StaticString] = ["<br>", "<br/>", "<br />"]
            let width = tags.first { view.holds($0, at: tag) }?.utf8CodeUnitCount
            text.append(width == nil ? 0x3C : 0x0A)
            at = tag + (width ?? 1)
        }
        return text
    }
}
