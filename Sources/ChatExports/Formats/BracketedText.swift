internal import Messages

/// The text of WeChatDataAnalysis: one line a message, `[2026-03-02 08:14:05] 名(id): 正文`, notices as `[时间] [系统] …`.
struct WeChatDataAnalysisText: ExportFormat {
    static let slug = "wechat-data-analysis-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        TextRivals.recognition(of: slug, like: "[2026-03-02 08:14:05] 名(wxid): 正文", in: head)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        return head.reading(DataAnalysisGrammar(), group: FolderName.group(of: file, platform: .wechat))
    }
}

/// The lines of WeChatDataAnalysis' text.
struct DataAnalysisGrammar: TextGrammar {
    var isUnmistakable: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count >= 23, line[0] == 0x5B, line[20] == 0x5D, line[21] == 0x20, Stamps.isShaped(line, at: 1) else {
            return nil
        }
        let time: ExportTime.Reading? = ExportTime.stamp(line, at: 1).map { ($0, .second) }
        if line.holds("[系统]", at: 22) {
            let words = TextLine.trim(line, (22 + "[系统]".utf8.count)..<line.count)
            return TextHeader(time: time, words: words, isSystem: true)
        }
        // The name may hold brackets: the first pair with a colon or a picture behind it ends it.
        var close = line.find(")", from: 22)
        while let at = close {
            var after = at + 1
            if line.holds(" [avatar=", at: after), let end = line.find("]", from: after) { after = end + 1 }
            if line.holds(": ", at: after) || after + 1 == line.count && line[after] == 0x3A {
                var open = at - 1
                while open > 22, line[open] != 0x28 { open -= 1 }
                guard line[open] == 0x28 else { return nil }
                let words = min(line.count, after + 2)..<line.count
                return TextHeader(name: 22..<open, id: (open + 1)..<at, time: time, words: words)
            }
            close = line.find(")", from: at + 1)
        }
        return nil
    }

    func add(
        _ header: MessageBlock.Record, from start: Int, header name: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        var record = header
        // Words of a voice message stand behind its placeholder.
        let transcript = builder.look(from: start) { view -> [UInt8]? in
            guard view.begins(with: "[语音"), let at = view.find("转写=") else { return nil }
            return Array(view[(at + "转写=".utf8.count)...])
        }
        if let transcript, !transcript.isEmpty {
            builder.drop(from: start)
            record.kind = .voice
            transcript.withUnsafeBufferPointer { builder.append($0) }
        }
        builder.add(record, words: start)
    }
}

/// The text of a DingTalk exporter: `[2026-03-02 08:14:05] 名:`, the words below, a blank line.
struct DingTalkText: ExportFormat {
    static let slug = "dingtalk-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        TextRivals.recognition(of: slug, like: "[2026-03-02 08:14:05] 名:", in: head)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        return head.reading(DingTalkTextGrammar(), group: FolderName.group(of: file, platform: .dingtalk))
    }
}

/// The lines of the DingTalk exporter's text.
struct DingTalkTextGrammar: TextGrammar {
    var platform: Platform { .dingtalk }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count >= 23, line[0] == 0x5B, line[20] == 0x5D, line[21] == 0x20, Stamps.isShaped(line, at: 1) else {
            return nil
        }
        let end = TextLine.trim(line, 21..<line.count).upperBound
        guard end > 22, line[end - 1] == 0x3A else { return nil }
        return TextHeader(name: 22..<(end - 1), time: ExportTime.stamp(line, at: 1).map { ($0, .second) })
    }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        var record = record
        DingTalkLocal.unwrap(from: start, &record.kind, in: &builder)
        builder.add(record, words: start)
    }
}

/// WechatExporter's text: `群名 - 微信聊天记录`, then `名 (2026-03-02 08:14:05):正文`.
struct WechatExporterText: ExportFormat {
    static let slug = "wechat-exporter-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        TextRivals.recognition(of: slug, like: "名 (2026-03-02 08:14:05):正文", in: head)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        var name = ""
        for line in head.lines.prefix(5) where name.isEmpty {
            line.withUnsafeBufferPointer { view in
                let title = TextLine.trimmed(view)
                let end: StaticString = " - 微信聊天记录"
                guard title.ends(with: end) else { return }
                name = String(decoding: title.part(0..<(title.count - end.utf8CodeUnitCount)), as: UTF8.self)
            }
        }
        return head.reading(WechatExporterGrammar(), group: GroupIdentity(id: "", name: name, platform: .wechat))
    }
}

/// The lines of WechatExporter's text.
struct WechatExporterGrammar: TextGrammar {
    var isUnmistakable: Bool { true }
    /// Notices have no time: they stand where they were said.
    private var last: ExportTime.Reading?

    mutating func header(_ line: ByteView) -> TextHeader? {
        if line.begins(with: "系统消息: "), let last {
            return TextHeader(time: last, words: "系统消息: ".utf8.count..<line.count, isSystem: true)
        }
        var open = line.find(" (")
        while let at = open {
            if Stamps.isShaped(line, at: at + 2), line.holds("):", at: at + 21) {
                last = ExportTime.stamp(line, at: at + 2).map { ($0, .second) }
                return TextHeader(name: 0..<at, time: last, words: (at + 23)..<line.count)
            }
            open = line.find(" (", from: at + 1)
        }
        return nil
    }

    func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        isApart && TextLine.trimmed(line).ends(with: " - 微信聊天记录") ? .passed : nil
    }
}

/// WeLink's text: `名(a12345678)`, a tab, the time; the words below, no blank lines.
struct WeLinkText: ExportFormat {
    static let slug = "welink-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        TextRivals.recognition(of: slug, like: "名(a12345678)⇥2026-03-02 08:14:05", in: head)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        return head.reading(WeLinkGrammar(), group: GroupIdentity(id: "", name: "", platform: .welink))
    }
}

/// The lines of WeLink's text.
struct WeLinkGrammar: TextGrammar {
    var platform: Platform { .welink }
    var isUnmistakable: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        var end = line.count
        while end > 0, line[end - 1] <= 0x20 { end -= 1 }
        guard end >= 23, line[end - 20] == 0x09, line[end - 21] == 0x29, Stamps.isShaped(line, at: end - 19) else {
            return nil
        }
        var open = end - 22
        while open > 0, line[open] != 0x28 { open -= 1 }
        guard line[open] == 0x28, open > 0, open + 1 < end - 21 else { return nil }
        return TextHeader(
            name: TextLine.trim(line, 0..<open), id: (open + 1)..<(end - 21),
            time: ExportTime.stamp(line, at: end - 19).map { ($0, .second) })
    }
}
