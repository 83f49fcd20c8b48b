internal import Messages

/// What `dws` puts around and in place of words.
enum DwsContent {
    /// The kind of a message type's name.
    static func kind(type: ByteView) -> MessageKind {
        if type.isEmpty { return .text }
        return kinds.first { type.equals($0.0) }?.1 ?? .text
    }

    private static let kinds: [(StaticString, MessageKind)] = [
        ("image", .image), ("picture", .image), ("photo", .image), ("voice", .voice), ("audio", .voice),
        ("video", .video), ("file", .file), ("link", .link), ("recall", .recall), ("system", .system),
        ("location", .location), ("emotion", .sticker),
    ]

    private static let tags: [(StaticString, MessageKind)] = [
        ("[图片消息]", .image), ("[语音消息]", .voice), ("[视频消息]", .video), ("[文件消息]", .file), ("[文件]", .file),
        ("[链接]", .link), ("[位置]", .location), ("[名片]", .card), ("[红包]", .money), ("[动画表情]", .sticker),
    ]

    /// Takes out of the text since a mark the hint how to download and the ids of files.
    static func clean(from start: Int, in builder: inout BlockBuilder) {
        let hasIDs = builder.look(from: start) { $0.find("mediaId=") != nil || $0.find("fileId:") != nil }
        guard hasIDs else { return }
        let kept = builder.look(from: start) { view in
            var end = view.count
            if let hint = view.find("注意：如需") { end = hint }
            if let file = view.part(0..<end).find("fileId:") { end = file }
            var kept: [UInt8] = []
            var at = 0
            while at < end {
                if view.holds("(mediaId=", at: at) {
                    at = (view.find(")", from: at) ?? end) + 1
                } else {
                    kept.append(view[at])
                    at += 1
                }
            }
            while let last = kept.last, last <= 0x20 { kept.removeLast() }
            return kept
        }
        builder.drop(from: start)
        kept.withUnsafeBufferPointer { builder.append($0) }
    }

    /// True for a body that only its group's members can decrypt: letters without a sense, then `||2||1||196`.
    private static func isSealed(_ view: ByteView) -> Bool {
        guard let last = view.last, last &- 0x30 < 10, let trailer = view.findLast("||2||1||"), trailer >= 24 else {
            return view.ends(with: "||2||1||1")
        }
        return view.part(0..<trailer).allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F, 0x3D, 0x0A, 0x0D: true
            default: false
            }
        }
    }

    /// Takes the words out of cards (automatic replies and the like), which stand in the text since a mark as lines of JSON.
    ///
    /// Other lines of JSON are somebody's words.
    static func openCards(from start: Int, in builder: inout BlockBuilder) {
        let words = builder.look(from: start) { view -> [UInt8]? in
            guard view.find("\"items\"") != nil, view.find("\"data\"") != nil else { return nil }
            var lines: [[UInt8]] = []
            var hasCard = false
            var line = 0
            while line <= view.count {
                let end = JSONScan.lineFeed(in: view, from: line)
                let found = cardWords(view.part(line..<end))
                if let found, !found.isEmpty { hasCard = true }
                lines.append(found ?? Array(view[line..<end]))
                line = end + 1
            }
            guard hasCard else { return nil }
            return Array(lines.filter { !$0.isEmpty && $0 != Array("empty".utf8) }.joined(separator: [0x0A]))
        }
        guard let words else { return }
        builder.drop(from: start)
        words.withUnsafeBufferPointer { builder.append($0) }
    }

    /// The words of a line that is a card, nothing for one that says how a card looks; nil for any other line.
    private static func cardWords(_ line: ByteView) -> [UInt8]? {
        guard let first = line.first, first == 0x5B || first == 0x7B else { return nil }
        let json = JSONView(line)
        guard let (root, end) = json.value(at: 0), end == line.count else { return nil }
        var words: [UInt8] = []
        func collect(_ card: JSONValue) {
            let holder = json.member(card, "text").kind == .object ? json.member(card, "text") : card
            json.forEachElement(of: json.member(holder, "items")) { item in
                let text = json.member(json.member(item, "data"), "text")
                guard text.kind == .string else { return }
                words += (words.isEmpty ? [] : [0x0A]) + json.decoded(text)
            }
        }
        if root.kind == .array { json.forEachElement(of: root, collect) } else { collect(root) }
        if !words.isEmpty { return words }
        let isLayout = ["previewUrl", "autoLayout", "enableForward"].contains { (name: StaticString) in
            json.member(root, name).kind != .absent
        }
        return isLayout ? [] : nil
    }

    /// Reads a cleaned content: a voice message's words stand before its tag.
    static func read(_ view: ByteView, kind: MessageKind) -> ContentReading {
        if isSealed(view) { return ContentReading(kind: .other, text: 0..<0) }
        if view.count > 0, view[0] == 0x5B, let tag = tags.first(where: { view.begins(with: $0.0) }) {
            let isAlone = view.count == tag.0.utf8CodeUnitCount
            if tag.1 == .voice, !isAlone { return ContentRules.read(view, kind: .voice) }
            if isAlone || tag.1 != .image { return ContentReading(kind: tag.1, text: 0..<view.count) }
        }
        if view.ends(with: "[语音消息]"), view.count > "[语音消息]".utf8.count {
            return ContentReading(kind: .voice, text: view.trimmed(0..<(view.count - "[语音消息]".utf8.count)))
        }
        return ContentRules.read(view, kind: kind)
    }
}
