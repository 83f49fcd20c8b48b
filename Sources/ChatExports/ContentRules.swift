internal import Glibc
internal import Messages

/// What a message's content turned out to be: ranges of it are the words and the quoted words.
struct ContentReading {
    var kind: MessageKind
    var text: Range<Int>
    var quote: Range<Int>?
}

/// What the chat programs put around and in place of words.
enum ContentRules {
    /// How much of the kind the format says itself.
    enum Trust {
        /// The format names the kind; only notices and relays are looked for in plain text.
        case typed
        /// The content alone tells the kind.
        case untyped
    }

    /// Reads a decoded content of a given kind.
    static func read(_ view: ByteView, kind: MessageKind, trust: Trust = .typed) -> ContentReading {
        var reading = ContentReading(kind: kind, text: 0..<view.count)
        if view.isEmpty { return reading }
        switch kind {
        case .system:
            if isRecall(view) { reading.kind = .recall }
            return reading
        case .text, .other, .link:
            // Nearly every message is plain words: don't look for what cannot be there.
            if let (found, length) = placeholder(view, kind: kind, trust: trust) {
                reading.kind = found
                if found == .notice || found == .relay { reading.text = view.trimmed(length..<view.count) }
            }
        case .notice, .relay:
            if let (_, length) = placeholder(view, kind: .other, trust: .typed) {
                reading.text = view.trimmed(length..<view.count)
            }
        default: break
        }
        if reading.kind == .voice { reading.text = transcript(view) }
        if reading.kind == .text || reading.kind == .other, let (text, quote) = quoted(view) {
            reading.text = text
            reading.quote = quote
        }
        return reading
    }

    /// True for the notice that somebody took a message back.
    static func isRecall(_ view: ByteView) -> Bool {
        view.find("撤回了一条") != nil || view.find("撤回一条") != nil || view.find("recalled a message") != nil
    }

    /// True for a data URL, and for a path to a picture, film or sound.
    static func isMediaFile(_ view: ByteView) -> Bool {
        if view.begins(with: "data:") { return true }
        guard view.count < 512, view.find("\n") == nil, view.find("/") ?? view.find("\\") != nil else { return false }
        let endings: [StaticString] = [
            ".jpg", ".jpeg", ".png", ".gif", ".webp", ".dat", ".mp4", ".mov", ".mp3", ".wav", ".amr", ".silk", ".ogg",
        ]
        return endings.contains { view.ends(with: $0) }
    }

    private struct Placeholder {
        let text: StaticString
        let kind: MessageKind
        /// True when words may follow it; else it stands alone.
        let leads: Bool
        /// True when nothing but a name and a bracket follows: with words behind that it is text.
        var closes = false
    }

    /// Closed: `[强]` and `[呲牙]` are words.
    private static let placeholders: [Placeholder] = [
        .init(text: "[图片]", kind: .image, leads: false), .init(text: "[图片: ", kind: .image, leads: true, closes: true),
        .init(text: "【图片】", kind: .image, leads: false), .init(text: "[Photo]", kind: .image, leads: false),
        .init(text: "[语音]", kind: .voice, leads: true), .init(text: "[语音消息", kind: .voice, leads: true),
        .init(text: "【语音】", kind: .voice, leads: true), .init(text: "[视频]", kind: .video, leads: false),
        .init(text: "【视频】", kind: .video, leads: false), .init(text: "[Video]", kind: .video, leads: false),
        .init(text: "[表情包", kind: .sticker, leads: true), .init(text: "[动画表情]", kind: .sticker, leads: false),
        .init(text: "[表情]", kind: .sticker, leads: false), .init(text: "【表情包】", kind: .sticker, leads: false),
        .init(text: "[Sticker]", kind: .sticker, leads: false), .init(text: "[文件]", kind: .file, leads: true),
        .init(text: "【文件】", kind: .file, leads: true), .init(text: "[位置]", kind: .location, leads: true),
        .init(text: "【位置分享】", kind: .location, leads: true), .init(text: "[名片]", kind: .card, leads: true),
        .init(text: "[语音通话]", kind: .call, leads: true), .init(text: "[视频通话]", kind: .call, leads: true),
        .init(text: "[红包]", kind: .money, leads: true), .init(text: "[转账]", kind: .money, leads: true),
        .init(text: "[链接]", kind: .link, leads: true), .init(text: "[小程序]", kind: .link, leads: true),
        .init(text: "[视频号]", kind: .link, leads: true), .init(text: "[音乐]", kind: .link, leads: true),
        .init(text: "[群公告]", kind: .notice, leads: true), .init(text: "[接龙]", kind: .relay, leads: true),
        .init(text: "[转发的聊天记录]", kind: .forward, leads: true),
        .init(text: "[聊天记录]", kind: .forward, leads: true),
        .init(text: "[合并转发", kind: .forward, leads: true),
        .init(text: "【合并转发的聊天记录】", kind: .forward, leads: true),
        .init(text: "[Chat History]", kind: .forward, leads: true),
        .init(text: "[图片] local_id=", kind: .image, leads: true),
        .init(text: "[图片消息](", kind: .image, leads: true), .init(text: "![图片](", kind: .image, leads: true),
        .init(text: "[Voice]", kind: .voice, leads: true), .init(text: "![视频](", kind: .video, leads: true),
        .init(text: "![动画表情](", kind: .sticker, leads: true), .init(text: "[File]", kind: .file, leads: true),
        .init(text: "[Location]", kind: .location, leads: true), .init(text: "【名片】", kind: .card, leads: true),
        .init(text: "[个人名片]", kind: .card, leads: true), .init(text: "【音视频通话】", kind: .call, leads: true),
        .init(text: "【红包】", kind: .money, leads: true), .init(text: "【转账】", kind: .money, leads: true),
        .init(text: "【发起转账】", kind: .money, leads: true), .init(text: "[转账|", kind: .money, leads: true),
        .init(text: "【分享链接】", kind: .link, leads: true), .init(text: "[Link]", kind: .link, leads: true),
        .init(text: "【小程序】", kind: .link, leads: true), .init(text: "【视频号】", kind: .link, leads: true),
        .init(text: "【音乐分享】", kind: .link, leads: true), .init(text: "[音乐分享]", kind: .link, leads: true),
        .init(text: "[文件: ", kind: .file, leads: true, closes: true),
        .init(text: "[文件：", kind: .file, leads: true, closes: true),
        .init(text: "[视频: ", kind: .video, leads: true, closes: true),
        .init(text: "[语音 ", kind: .voice, leads: true, closes: true),
        .init(text: "[表情: ", kind: .sticker, leads: true, closes: true),
        .init(text: "[其他消息]", kind: .other, leads: false), .init(text: "[未知消息]", kind: .other, leads: false),
    ]

    private static func placeholder(_ view: ByteView, kind: MessageKind, trust: Trust) -> (MessageKind, length: Int)? {
        guard view[0] == 0x5B || view[0] == 0x21 || view[0] == 0xE3 && view.begins(with: "【") else {
            return trust == .untyped ? attachment(view) : nil
        }
        for entry in placeholders where view.begins(with: entry.text) {
            let length = entry.text.utf8CodeUnitCount
            if trust == .typed, kind == .text, entry.kind != .notice, entry.kind != .relay { continue }
            if entry.closes, !isBracketsOnly(view) { continue }
            if entry.leads || view.trimmed(0..<view.count).count == length { return (entry.kind, length) }
        }
        return nil
    }

    /// True for nothing, and for nothing but `[图片: a.png]` and the like, one behind the other.
    static func isBracketsOnly(_ view: ByteView) -> Bool {
        var at = 0
        while at < view.count {
            if view[at] <= 0x20 {
                at += 1
            } else {
                guard view[at] == 0x5B, let close = view.find("]", from: at) else { return false }
                at = close + 1
            }
        }
        return true
    }

    /// The mail's words for a picture in the attachments: `图片1（可在附件中查看）`, `Image 1 (see attachment)`.
    private static func attachment(_ view: ByteView) -> (MessageKind, length: Int)? {
        // The first bytes of 图, 语, 纬 and Image.
        let first = view[0]
        guard view.count < 256, first == 0xE5 || first == 0xE8 || first == 0xE7 || first == 0x49 else { return nil }
        if view.begins(with: "语音时长："), view.find("\n翻译结果：") != nil { return (.voice, view.count) }
        if view.begins(with: "纬度:【"), view.find("经度:【") != nil { return (.location, view.count) }
        guard view.count < 64 else { return nil }
        if view.begins(with: "图片"), view.find("\n") == nil, view.ends(with: "附件中查看）") || view.ends(with: "附件中查看)") {
            return (.image, view.count)
        }
        if view.begins(with: "Image "), view.ends(with: "(see attachment)") { return (.image, view.count) }
        return nil
    }

    /// True for nothing, and for how long a voice message is: `7"`, `(12秒)`, `0:07`.
    static func isDuration(_ view: ByteView) -> Bool {
        guard view.count < 24 else { return false }
        var at = 0
        while at < view.count {
            let signs: [StaticString] = ["秒", "″", "′", "分", "（", "）", "”", "’"]
            if let sign = signs.first(where: { view.holds($0, at: at) }) {
                at += sign.utf8CodeUnitCount
                continue
            }
            switch view[at] {
            case 0x30...0x39, 0x20, 0x22, 0x27, 0x28, 0x29, 0x2E, 0x3A, 0x73: at += 1
            default: return false
            }
        }
        return true
    }

    /// The words of a voice message without the placeholder, or the placeholder where there are no words.
    static func transcript(_ view: ByteView) -> Range<Int> {
        for tag: StaticString in ["[语音消息]", "[语音]", "【语音】"] where view.begins(with: tag) {
            let words = view.trimmed(tag.utf8CodeUnitCount..<view.count)
            return isDuration(view.part(words)) ? 0..<view.count : words
        }
        if view.begins(with: "语音时长："), let at = view.find("\n翻译结果：") {
            let words = view.trimmed((at + "\n翻译结果：".utf8.count)..<view.count)
            return words.isEmpty ? 0..<view.count : words
        }
        return 0..<view.count
    }

    /// The reply and what it quotes, in any of the spellings that exporters and chat programs use.
    ///
    /// `正文[引用 名：被引]`; `「名：被引」`, a line of dashes, and the words; and the quotes that stand on a line of their own.
    private static func quoted(_ view: ByteView) -> (text: Range<Int>, quote: Range<Int>)? {
        if view[view.count - 1] == 0x5D, let open = view.find("[引用 ") {
            let inner = (open + "[引用 ".utf8.count)..<(view.count - 1)
            return (view.trimmed(0..<open), withoutName(view, inner))
        }
        if let below = quotedBelow(view) { return below }
        guard view[0] == 0xE3, view.begins(with: "「") else { return nil }
        var close = view.find("」")
        while let at = close {
            let line = afterSpaces(view, at + "」".utf8.count)
            if line.sawLineEnd, let dashes = dashesEnd(view, line.at) {
                let text = view.trimmed(dashes..<view.count)
                return (text, withoutName(view, "「".utf8.count..<at))
            }
            close = view.find("」", from: at + 1)
        }
        return nil
    }

    /// Quotes on lines of their own behind the words.
    ///
    /// `引用:名:被引` (also full-width), `[引用](时间)名:被引`, and `[引用] 正文` with `  ↳ 名: 被引` below. What follows the mark belongs to
    /// the quote, line ends too.
    private static func quotedBelow(_ view: ByteView) -> (text: Range<Int>, quote: Range<Int>)? {
        // Most messages are one line.
        guard let base = view.baseAddress, memchr(base, 0x0A, view.count) != nil else { return nil }
        let isTagged = view.begins(with: "[引用] ")
        let textStart = isTagged ? "[引用] ".utf8.count : 0
        var lineEnd = JSONScan.lineFeed(in: view, from: 0)
        while lineEnd < view.count {
            let start = lineEnd + 1
            lineEnd = JSONScan.lineFeed(in: view, from: start)
            guard start + 4 < view.count else { break }
            // 引, [ and a blank begin all of them.
            guard view[start] == 0xE5 || view[start] == 0x5B || view[start] == 0x20 else { continue }
            for mark: StaticString in ["引用:", "引用："] where view.holds(mark, at: start) {
                let inner = (start + mark.utf8CodeUnitCount)..<view.count
                return (view.trimmed(0..<start), withoutName(view, inner))
            }
            if view.holds("[引用](", at: start), let close = view.find(")", from: start) {
                return (view.trimmed(0..<start), withoutName(view, (close + 1)..<view.count))
            }
            if isTagged, view.holds("  ↳ ", at: start) {
                let inner = (start + "  ↳ ".utf8.count)..<view.count
                return (view.trimmed(textStart..<start), withoutName(view, inner))
            }
        }
        return nil
    }

    private static func afterSpaces(_ view: ByteView, _ start: Int) -> (at: Int, sawLineEnd: Bool) {
        var at = start
        var sawLineEnd = false
        while at < view.count, view[at] <= 0x20 {
            if view[at] == 0x0A || view[at] == 0x0D { sawLineEnd = true }
            at += 1
        }
        return (at, sawLineEnd)
    }

    /// The end of a line that holds at least three dashes and nothing but dashes and blanks.
    private static func dashesEnd(_ view: ByteView, _ start: Int) -> Int? {
        var at = start
        var dashes = 0
        while at < view.count, view[at] != 0x0A, view[at] != 0x0D {
            if view[at] == 0x2D {
                dashes += 1
            } else if view[at] != 0x20 {
                return nil
            }
            at += 1
        }
        return dashes >= 3 ? at : nil
    }

    /// The words of a quote that begins with whom it quotes.
    static func withoutName(_ view: ByteView) -> [UInt8] { Array(view.part(withoutName(view, 0..<view.count))) }

    /// A quote without whom it quotes.
    private static func withoutName(_ view: ByteView, _ range: Range<Int>) -> Range<Int> {
        let inner = view.part(range)
        let wide = inner.find("：")
        let narrow = inner.find(":")
        switch (wide, narrow) {
        case (let wide?, let narrow?) where narrow < wide:
            return view.trimmed((range.lowerBound + narrow + 1)..<range.upperBound)
        case (let wide?, _):
            return view.trimmed((range.lowerBound + wide + "：".utf8.count)..<range.upperBound)
        case (nil, let narrow?):
            return view.trimmed((range.lowerBound + narrow + 1)..<range.upperBound)
        case (nil, nil):
            return range
        }
    }
}
