internal import Messages

/// WeChat's own XML of a message, as tools hand it on unread: a link, a quote, a place, a notice, a merged forward.
///
/// No XML reader: the few elements that hold words are looked for by name, whatever stands around them.
enum WeChatXML {
    /// An item of a merged forward.
    struct Item {
        var name: [UInt8]
        var time: [UInt8]
        var text: [UInt8]
        var kind: MessageKind
    }

    /// What was found in a message.
    struct Words {
        var kind: MessageKind
        var text: [UInt8] = []
        var quote: [UInt8] = []
        var items: [Item] = []
    }

    private static let mostItems = 10000

    /// True when a content is XML: perhaps behind the sender's id, a colon and a line end.
    static func isXML(_ view: ByteView) -> Bool {
        guard view.count > 8 else { return false }
        if view[0] == 0x3C { return begins(view, at: 0) }
        // The sender's id, a colon and a line end may stand before it.
        guard let colon = view.part(0..<min(view.count, 96)).find(":\n") else { return false }
        return begins(view, at: colon + 2)
    }

    private static func begins(_ view: ByteView, at start: Int) -> Bool {
        let names: [StaticString] = [
            "<?xml", "<msg", "<sysmsg", "<voipmsg", "<recordinfo", "<appmsg", "<voipinvitemsg",
        ]
        return names.contains { view.holds($0, at: start) }
    }

    /// The words of a message, and what it turned out to be.
    static func words(_ view: ByteView, kind: MessageKind) -> Words {
        var words = Words(kind: kind)
        if let system = inner("sysmsg", in: view) ?? inner("replacemsg", in: view) {
            words.kind = .system
            words.text =
                text("replacemsg", in: system) ?? text("content", in: system) ?? text("template", in: system) ?? []
        } else if view.find("<appmsg") != nil {
            application(view, &words)
        } else if let place = opening("location", in: view) {
            words.kind = .location
            words.text = Array("[位置] ".utf8)
            words.text += attribute("label", in: place) ?? []
            if let name = attribute("poiname", in: place), !name.isEmpty { words.text += [0x20] + name }
        } else if let voice = opening("voicemsg", in: view) ?? opening("voicetrans", in: view) {
            words.kind = .voice
            words.text = attribute("transtext", in: voice) ?? text("voicetrans", in: view) ?? []
        } else if view.find("<img") != nil {
            words.kind = .image
        } else if view.find("<videomsg") != nil {
            words.kind = .video
        } else if view.find("<emoji") != nil {
            words.kind = .sticker
        } else if view.find("<voipmsg") != nil || view.find("<voipinvitemsg") != nil {
            words.kind = .call
        } else if let card = opening("msg", in: view), attribute("username", in: card) != nil {
            words.kind = .card
            words.text = Array("[名片]".utf8)
        }
        return words
    }

    /// A message of type 49: the sub-type tells the kind.
    private static func application(_ view: ByteView, _ words: inout Words) {
        let body = inner("appmsg", in: view) ?? view
        // A quoted message has a type and a title of its own.
        let outer = without("refermsg", in: body)
        outer.withUnsafeBufferPointer { outer in
            let subtype = text("type", in: without("recorditem", in: outer)).flatMap {
                Int64(String(decoding: $0, as: UTF8.self))
            }
            // A tool may have cut the XML off before its type.
            let named = words.kind == .other ? MessageKind.link : words.kind
            words.kind = subtype.map { WeChatKinds.kind(type: 49, subtype: $0) } ?? named
            let title = text("title", in: outer) ?? []
            let description = text("des", in: outer) ?? []
            switch words.kind {
            case .text, .relay: words.text = title
            case .notice: words.text = text("textannouncement", in: outer) ?? title
            case .file: words.text = Array("[文件] ".utf8) + title
            case .money: words.text = text("sendertitle", in: outer) ?? (title.isEmpty ? description : title)
            case .system: words.text = text("template", in: outer) ?? title
            default:
                words.text = title
                if !description.isEmpty, description != title, words.kind == .link {
                    words.text += (title.isEmpty ? [] : [0x0A]) + description
                }
            }
        }
        if let quoted = inner("refermsg", in: body) { words.quote = text("content", in: quoted) ?? [] }
        if words.kind == .forward, let record = text("recorditem", in: body) {
            record.withUnsafeBufferPointer { addItems($0, depth: 0, to: &words.items) }
        }
    }

    private static func addItems(_ view: ByteView, depth: Int, to items: inout [Item]) {
        var at = 0
        while items.count < mostItems, let start = open("dataitem", in: view, from: at) {
            let end = view.find("</dataitem>", from: start) ?? view.count
            let tag = view.part(start..<(view.find(">", from: start) ?? end))
            let body = view.part(start..<end)
            let type = attribute("datatype", in: tag).flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
            let words = text("datadesc", in: body) ?? text("datatitle", in: body) ?? []
            items.append(
                Item(
                    name: text("sourcename", in: body) ?? [], time: text("sourcetime", in: body) ?? [], text: words,
                    kind: WeChatKinds.kind(dataType: type)))
            at = end
        }
    }

    // MARK: Elements

    /// Where an element's `<name` begins.
    private static func open(_ name: StaticString, in view: ByteView, from start: Int = 0) -> Int? {
        var at = start
        while let found = view.find(name, from: at) {
            at = found + name.utf8CodeUnitCount
            guard found > 0, view[found - 1] == 0x3C, at < view.count else { continue }
            if view[at] == 0x3E || view[at] == 0x2F || view[at] <= 0x20 { return found - 1 }
        }
        return nil
    }

    /// An element's opening tag.
    private static func opening(_ name: StaticString, in view: ByteView) -> ByteView? {
        open(name, in: view).map { view.part($0..<(view.find(">", from: $0) ?? view.count)) }
    }

    /// What stands between an element's tags; nil where there is none.
    private static func inner(_ name: StaticString, in view: ByteView) -> ByteView? {
        guard let start = open(name, in: view), let close = view.find(">", from: start), view[close - 1] != 0x2F else {
            return nil
        }
        let end = closing(name, in: view, from: close + 1) ?? view.count
        return view.part((close + 1)..<end)
    }

    private static func closing(_ name: StaticString, in view: ByteView, from start: Int) -> Int? {
        var at = start
        while let found = view.find("</", from: at) {
            if view.holds(name, at: found + 2) { return found }
            at = found + 2
        }
        return nil
    }

    /// The decoded text of an element.
    private static func text(_ name: StaticString, in view: ByteView) -> [UInt8]? {
        inner(name, in: view).map { inner in
            let trimmed = inner.part(inner.trimmed(0..<inner.count))
            let open: StaticString = "<![CDATA["
            if trimmed.begins(with: open), trimmed.ends(with: "]]>") {
                return Array(trimmed.part(open.utf8CodeUnitCount..<(trimmed.count - 3)))
            }
            return decoded(trimmed)
        }
    }

    private static func text(_ name: StaticString, in bytes: [UInt8]) -> [UInt8]? {
        bytes.withUnsafeBufferPointer { text(name, in: $0) }
    }

    /// The text without an element.
    private static func without(_ name: StaticString, in view: ByteView) -> [UInt8] {
        guard let start = open(name, in: view) else { return Array(view) }
        let end = closing(name, in: view, from: start).flatMap { view.find(">", from: $0) } ?? view.count - 1
        return Array(view[..<start]) + Array(view[(end + 1)...])
    }

    /// The decoded value of an attribute of a tag.
    private static func attribute(_ name: StaticString, in tag: ByteView) -> [UInt8]? {
        var at = 0
        while let found = tag.find(name, from: at) {
            at = found + name.utf8CodeUnitCount
            guard found > 0, tag[found - 1] <= 0x20, at + 1 < tag.count, tag[at] == 0x3D else { continue }
            let quote = tag[at + 1]
            guard quote == 0x22 || quote == 0x27 else { return nil }
            let end = JSONScan.byte(quote, or: quote, in: tag, from: at + 2)
            return decoded(tag.part((at + 2)..<end))
        }
        return nil
    }

    private static let entities: [(StaticString, StaticString)] = [
        ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&apos;", "'"), ("&nbsp;", " "),
    ]

    /// A text with its entities replaced.
    static func decoded(_ view: ByteView) -> [UInt8] {
        guard view.contains(0x26) else { return Array(view) }
        var output: [UInt8] = []
        output.reserveCapacity(view.count)
        var at = 0
        while at < view.count {
            let next = JSONScan.byte(0x26, or: 0x26, in: view, from: at)
            output.append(contentsOf: view.part(at..<next))
            guard next < view.count else { break }
            if let (scalar, length) = entity(view, next) {
                Transcoder.append(scalar, to: &output)
                at = next + length
            } else {
                output.append(0x26)
                at = next + 1
            }
        }
        return output
    }

    private static func entity(_ view: ByteView, _ at: Int) -> (UInt32, length: Int)? {
        for (name, character) in entities where view.holds(name, at: at) {
            return (UInt32(character.utf8Start[0]), name.utf8CodeUnitCount)
        }
        guard view.holds("&#", at: at), let end = view.part(at..<min(view.count, at + 12)).find(";") else { return nil }
        let isHex = at + 2 < view.count && view[at + 2] | 0x20 == 0x78
        let digits = String(decoding: view[(at + (isHex ? 3 : 2))..<(at + end)], as: UTF8.self)
        guard let scalar = UInt32(digits, radix: isHex ? 16 : 10), Unicode.Scalar(scalar) != nil else { return nil }
        return (scalar, end + 1)
    }
}
