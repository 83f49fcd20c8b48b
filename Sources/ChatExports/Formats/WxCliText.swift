internal import Messages

/// wx-cli's text: a title with the number of messages, then `[2026-03-02 08:14] 名: 正文`.
struct WxCliText: ExportFormat {
    static let slug = "wx-cli-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        var recognition = TextRivals.recognition(of: slug, like: "[2026-03-02 08:14] 名: 正文", in: head)
        guard let lines = head.text?.lines, Self.title(lines) != nil else {
            recognition.missing.append("title === 群 (… 条) ===")
            return recognition
        }
        // The title alone will do: a group may have been silent.
        return Recognition(found: ["title === 群 (… 条) ==="] + recognition.found)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let title = Self.title(head.lines)
        let group = GroupIdentity(id: "", name: title?.name ?? "", platform: .wechat)
        var reading = head.reading(WxCliGrammar(), group: group)
        reading.isPrivate = title?.isPrivate ?? false
        // The tool's own limit, if nobody raised it.
        if title?.count == 500 { reading.gaps.append(.limit) }
        return reading
    }

    struct Title: Equatable {
        var name: String
        var count: Int
        var isPrivate: Bool
    }

    /// `=== 群名[群] (12 条) ===` among the first lines.
    static func title(_ lines: [[UInt8]]) -> Title? {
        for line in lines.prefix(5) {
            let found = line.withUnsafeBufferPointer { title(TextLine.trimmed($0)) }
            if let found { return found }
        }
        return nil
    }

    private static func title(_ line: ByteView) -> Title? {
        let tails: [StaticString] = [" 条) ===", " messages) ==="]
        guard line.begins(with: "=== "), let tail = tails.first(where: { line.ends(with: $0) }),
            let open = line.findLast(" (")
        else { return nil }
        var cursor = ExportTime.Cursor(line)
        cursor.move(to: open + 2)
        guard let (count, _) = cursor.number(atMost: 9), cursor.at == line.count - tail.utf8CodeUnitCount else {
            return nil
        }
        let name = line.part(4..<open)
        for tag: StaticString in ["[群]", "[群聊]", "[group]"] where name.ends(with: tag) {
            let plain = name.part(0..<(name.count - tag.utf8CodeUnitCount))
            return Title(name: String(decoding: plain, as: UTF8.self), count: Int(count), isPrivate: false)
        }
        let isPrivate = name.ends(with: "[私聊]")
        return Title(name: String(decoding: name, as: UTF8.self), count: Int(count), isPrivate: isPrivate)
    }
}

/// The lines of wx-cli's text.
struct WxCliGrammar: TextGrammar {
    var isUnmistakable: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count >= 19, line[0] == 0x5B, line[17] == 0x5D, line[18] == 0x20, Stamps.isMinuteShaped(line, at: 1)
        else { return nil }
        let time = Stamps.minute(line, at: 1)
        // A name is short; without one it is a notice.
        guard let colon = line.part(19..<min(line.count, 19 + 160)).find(": ") else {
            return TextHeader(time: time, words: 19..<line.count, isSystem: true)
        }
        let name = 19..<(19 + colon)
        return TextHeader(name: name, time: time, words: (name.upperBound + 2)..<line.count)
    }

    func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        guard isApart, line[0] == 0x3D || line[0] == 0x5B else { return nil }
        // The tool's warnings stand below the title.
        return line.begins(with: "[wx] ") || WxCliText.title([Array(line)]) != nil ? .passed : nil
    }
}
