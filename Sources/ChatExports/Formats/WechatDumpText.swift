internal import Messages

/// wechat-dump's text out of a phone's database: `1|名:2026-03-02 08:14:05:正文`, the first number WeChat's type.
struct WechatDumpText: ExportFormat {
    static let slug = "wechat-dump-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        let count = lines.count { $0.withUnsafeBufferPointer { WechatDumpGrammar().header($0) != nil } }
        var recognition = Recognition()
        recognition.require(count > 0, "lines like 1|名:2026-03-02 08:14:05:正文")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let group = FolderName.groupOrStem(of: file, platform: .wechat)
        return FormatReading(
            group: group, source: .lines(DirectReader(HeadedReader(WechatDumpGrammar(), spacing: .none))))
    }
}

/// The lines of wechat-dump's text.
struct WechatDumpGrammar: TextGrammar {
    var isUnmistakable: Bool { true }
    /// The type comes before the name.
    var keepsName: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count >= 23, line[0] &- 0x30 < 10 || line[0] == 0x2D,
            let bar = line.part(0..<min(line.count, 14)).find("|"), bar > 0,
            line.part(1..<bar).allSatisfy({ $0 &- 0x30 < 10 })
        else { return nil }
        var at = bar + 1
        while let colon = line.part(0..<min(line.count, bar + 160)).find(":", from: at) {
            let stamp = colon + 1
            if stamp + 19 < line.count, line[stamp + 19] == 0x3A, Stamps.isShaped(line, at: stamp) {
                let time = ExportTime.stamp(line, at: stamp).map { (seconds: $0, precision: TimePrecision.second) }
                let type = line.part(0..<bar)
                return TextHeader(
                    name: 0..<colon, id: (bar + 1)..<colon, time: time, words: (stamp + 20)..<line.count,
                    isSystem: type.equals("10000"))
            }
            at = stamp
        }
        return nil
    }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        let digits = header.part(0..<(header.find("|") ?? 0))
        let type = Int64(String(decoding: digits, as: UTF8.self)) ?? 1
        // Where a picture lies stands behind the words.
        let kept = builder.look(from: start) { view in view.findLast("|img:") ?? view.count }
        let words = builder.look(from: start) { Array($0[..<kept]) }
        builder.drop(from: start)
        words.withUnsafeBufferPointer { builder.append($0) }
        if record.kind == .system || Self.kind(type) == .text {
            builder.add(record, words: start)
        } else {
            builder.addContent(from: start, kind: Self.kind(type), into: record)
        }
    }

    /// Android's own numbers for what the others count as kinds of links.
    private static func kind(_ type: Int64) -> MessageKind {
        switch type {
        case 822_083_633: .text
        case 1_048_625: .sticker
        case 436_207_665, 419_430_449: .money
        case -1_879_048_186: .location
        case 1_090_519_089: .file
        case 16_777_265, 1_040_187_441: .link
        default: WeChatKinds.kind(type: type)
        }
    }
}
