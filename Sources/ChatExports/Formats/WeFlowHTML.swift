internal import Messages

/// WeFlow's web pages: a list of objects whose bodies are HTML, its chunks beside a page, and the plain pages of its
/// streaming writers with one message a line.
struct WeFlowHTML: ExportFormat {
    var slug: String { "weflow-html" }

    static let pageList = "WEFLOW_DATA"
    static let chunkList = "__WEFLOW_CHUNK_LOADED__"

    func recognise(_ head: ExportHead) -> Recognition {
        var recognition = Recognition()
        if let script = head.script {
            recognition.require([Self.pageList, Self.chunkList].contains(script.variable), "window.WEFLOW_DATA")
            return recognition
        }
        guard let lines = head.text?.lines else { return Recognition(missing: ["a page"]) }
        let count = lines.count { line in
            line.withUnsafeBufferPointer { WeFlowPageReader.message(in: $0, from: 0) != nil }
        }
        recognition.require(count > 0, "elements of class message with time, b and p")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        if let script = head.script {
            let isChunk = script.variable == Self.chunkList
            let name = isChunk && script.title.isEmpty ? Self.name(ofChunk: file) : Self.name(script.title)
            return FormatReading(
                group: GroupIdentity(id: "", name: name, platform: .wechat),
                source: .script(script.variable, WeFlowScriptReader()), isPrivate: script.isPrivate)
        }
        let title = head.text?.lines.prefix(40).lazy.compactMap { line in
            line.withUnsafeBufferPointer { view -> [UInt8]? in
                guard let start = view.find("<title>"), let end = view.find("</title>", from: start) else { return nil }
                return WeChatXML.decoded(view.part((start + 7)..<end))
            }
        }.first
        let name = Self.name(String(decoding: title ?? [], as: UTF8.self))
        return FormatReading(
            group: GroupIdentity(id: "", name: name, platform: .wechat),
            source: .lines(DirectReader(WeFlowPageReader())))
    }

    private static func name(_ title: String) -> String {
        for tail in [" - 聊天记录", " - Chat history"] where title.hasSuffix(tail) {
            return String(title.dropLast(tail.count))
        }
        return title
    }

    /// The folder of the chunks is called after the page.
    private static func name(ofChunk file: String) -> String {
        let folder = FolderName.folder(of: file)
        return folder.hasSuffix("_data") ? FolderName.stem(String(folder.dropLast(5)) + ".html") : ""
    }
}

/// Reads one object of a page's list: `t` the time, `b` the body as HTML, `p` the platform's id.
struct WeFlowScriptReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let body = 1
        static let id = 2
        static let isMine = 3
    }

    private static let keys = JSONKeys([["t"], ["b"], ["p"], ["s"]])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        guard let time = builder.requireTime(record[Field.time], in: json, line: record.line, field: "t") else {
            return
        }
        json.plain(record[Field.body]) { body in
            add(body, record, time, into: &builder)
        }
    }

    private func add(
        _ body: ByteView, _ record: JSONRecord, _ time: ExportTime.Reading, into builder: inout BlockBuilder
    ) {
        let json = record.json
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group = builder.group()
        let nothing = ByteView(start: nil, count: 0)
        // Without a name it is the talk of two people, and only the side is known.
        if let name = HTMLWords.element("<div class=\"sender-name\">", in: body) {
            HTMLWords.plain(body.part(name)).withUnsafeBufferPointer {
                message.speakerKey = SpeakerKey.key(id: nothing, name: $0, ordinal: record.line)
            }
        } else {
            message.speakerKey = json.raw(record[Field.isMine]).equals("1") ? 1 : 2
        }
        let id = json.raw(record[Field.id])
        if id.count >= 15 { message.id = builder.slice(record[Field.id], in: json) }
        let content = body.find("<div class=\"message-content\">").map { body.part($0..<body.count) } ?? body
        var quote: [UInt8] = []
        if let quoted = HTMLWords.element("<div class=\"quoted-text\">", in: content) {
            quote = HTMLWords.plain(content.part(quoted))
        }
        let start = builder.mark
        if let words = HTMLWords.element("<div class=\"message-text\">", in: content) {
            HTMLWords.plain(content.part(words)).withUnsafeBufferPointer { builder.append($0) }
        }
        let kind = Self.kind(content, hasWords: builder.mark > start)
        builder.addContent(
            from: start, kind: message.speakerKey == 0 ? .system : kind, trust: .untyped, into: message, quote: quote)
    }

    /// What the body shows beside the words: a picture with words below it is text.
    private static func kind(_ content: ByteView, hasWords: Bool) -> MessageKind {
        if content.find("class=\"message-link-card\"") != nil { return .link }
        guard let media = content.find("class=\"message-media ") else { return .text }
        let rest = content.part((media + "class=\"message-media ".utf8.count)..<content.count)
        if rest.begins(with: "audio") { return .voice }
        if hasWords { return .text }
        if rest.begins(with: "image") { return .image }
        if rest.begins(with: "emoji") { return .sticker }
        if rest.begins(with: "video") { return .video }
        return rest.begins(with: "file") ? .file : .other
    }
}

/// Reads a page of which each line is a message: `<article class="message …"><time>…</time><b>名</b><p>正文</p></article>`, or
/// the same in a `div`.
struct WeFlowPageReader: LineReader {
    private var hasBegun = false

    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        var at = 0
        var count = 0
        while let found = Self.message(in: line, from: at) {
            add(found, of: line, number: number, into: &builder)
            at = found.end
            count += 1
        }
        if count > 0 {
            hasBegun = true
        } else if !hasBegun || TextLine.isBlank(line) || line.begins(with: "</") {
            builder.pass()
        } else {
            builder.reject(.strayLine, line: number)
        }
    }

    mutating func finish(into builder: inout BlockBuilder) {}

    struct Found {
        var time: Range<Int>
        var name: Range<Int>
        var words: Range<Int>
        var end: Int
    }

    /// The next message on a line.
    static func message(in line: ByteView, from start: Int) -> Found? {
        guard let open = line.find(" class=\"message ", from: start),
            let time = between("<time>", "</time>", line, open),
            let name = between("</time><b>", "</b>", line, open), name.lowerBound == time.upperBound + 10
        else { return nil }
        guard let words = between("</b><p>", "</p>", line, name.upperBound), words.lowerBound == name.upperBound + 7
        else {
            return nil
        }
        return Found(time: time, name: name, words: words, end: words.upperBound)
    }

    private static func between(_ open: StaticString, _ close: StaticString, _ line: ByteView, _ start: Int) -> Range<
        Int
    >? {
        guard let found = line.find(open, from: start) else { return nil }
        let from = found + open.utf8CodeUnitCount
        return line.find(close, from: from).map { from..<$0 }
    }

    private func add(_ found: Found, of line: ByteView, number: Int, into builder: inout BlockBuilder) {
        guard case .time(let time) = builder.plausible(ExportTime.parse(line.part(found.time))) else {
            builder.reject(.badTime, line: number, field: "time")
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: number)
        message.group = builder.group()
        let nothing = ByteView(start: nil, count: 0)
        let name = line.part(found.name)
        if name.contains(0x26) {
            HTMLWords.plain(name).withUnsafeBufferPointer {
                message.speakerKey = SpeakerKey.key(id: nothing, name: $0, ordinal: number)
            }
        } else {
            message.speakerKey = SpeakerKey.key(id: nothing, name: name, ordinal: number)
        }
        let start = builder.mark
        let words = line.part(found.words)
        if words.contains(0x26) || words.contains(0x3C) {
            HTMLWords.plain(words).withUnsafeBufferPointer { builder.append($0) }
        } else {
            builder.append(words)
        }
        // What the program says stands under the group's own name.
        let isNotice = builder.look(from: start) { SystemLine.isNoticeAmongWords($0) }
        let kind: MessageKind = message.speakerKey == 0 || isNotice ? .system : .text
        builder.addContent(from: start, kind: kind, trust: .untyped, into: message)
    }
}

/// The words of a piece of HTML.
enum HTMLWords {
    /// What stands between an opening tag, as it is written, and the closing tag that belongs to it.
    static func element(_ open: StaticString, in view: ByteView) -> Range<Int>? {
        guard let found = view.find(open) else { return nil }
        let start = found + open.utf8CodeUnitCount
        var depth = 1
        var at = start
        while let next = view.find("div", from: at) {
            at = next + 3
            if next > 0, view[next - 1] == 0x3C {
                depth += 1
            } else if next > 1, view[next - 1] == 0x2F, view[next - 2] == 0x3C {
                depth -= 1
                if depth == 0 { return start..<(next - 2) }
            }
        }
        return start..<view.count
    }

    /// The text without its tags: `<br>` ends a line, a picture of an emoji is its name.
    static func plain(_ view: ByteView) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(view.count)
        var at = 0
        // Looked for once: a page of brackets that nothing closes must not cost more than its length.
        let lastClose = view.lastIndex(of: 0x3E) ?? 0
        while at < view.count {
            let next = JSONScan.byte(0x3C, or: 0x26, in: view, from: at)
            output.append(contentsOf: view.part(at..<next))
            guard next < view.count else { break }
            if view[next] == 0x26 {
                if let (scalar, end) = HTMLEntity.read(view, next) {
                    Transcoder.append(scalar, to: &output)
                    at = end
                } else {
                    output.append(0x26)
                    at = next + 1
                }
                continue
            }
            let isTag = next + 1 < view.count && (view[next + 1] == 0x2F || view[next + 1] | 0x20 &- 0x61 < 26)
            guard isTag, next < lastClose, let end = view.find(">", from: next) else {
                output.append(0x3C)
                at = next + 1
                continue
            }
            let tag = view.part((next + 1)..<end)
            if tag.begins(with: "br") { output.append(0x0A) }
            if tag.begins(with: "img"), let name = tag.find(" alt=\"") {
                let from = name + 6
                output += WeChatXML.decoded(tag.part(from..<JSONScan.byte(0x22, or: 0x22, in: tag, from: from)))
            }
            at = end + 1
        }
        return output
    }
}
