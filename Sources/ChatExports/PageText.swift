internal import CScan

/// Turns a web page into the lines that it shows, piece by piece: for mails that WeChat or a mail program wrote as HTML.
///
/// A line in bold that ends in a clock is the head of a message there; it comes as the plain mail writes it, with two blanks before
/// the clock and blank lines around it.
struct PageText {
    /// The lines so far, LF at their ends.
    private(set) var text: [UInt8] = []
    private var rest: [UInt8] = []
    private var line: [UInt8] = []
    private var isBold = false
    /// True while all of the line was written in bold.
    private var isAllBold = true
    private var boldDepth = 0
    /// The name of the element whose content is not shown.
    private var hidden: StaticString?
    private var isSpacePending = false
    private var entity: [UInt8] = []
    private var wasHeader = false
    /// Above zero in text whose line ends and blanks are shown as they stand.
    private var preDepth = 0
    /// What came of `<div><br></div>`, which is how a page writes a blank line.
    private var blankDiv = BlankDiv.none
    /// True behind the first such blank line: then a `div` ends a line and adds none.
    private var isExact = false

    private enum BlankDiv { case none, opened, broken }

    /// No tag or entity is longer; what is, is text.
    private static let longestTag = 1 << 16

    mutating func drop(_ count: Int) { text.removeSubrange(0..<count) }

    /// Takes the next piece of the page.
    mutating func take(_ piece: ByteView, isLast: Bool) {
        rest.append(contentsOf: piece)
        let bytes = rest
        let used = bytes.withUnsafeBufferPointer { walk($0, isLast: isLast) }
        rest = Array(bytes[used...])
        if isLast { endLine() }
    }

    private mutating func walk(_ view: ByteView, isLast: Bool) -> Int {
        var at = 0
        while at < view.count {
            let byte = view[at]
            if byte == 0x3C {
                guard let end = tagEnd(view, at) else {
                    if !isLast, view.count - at < Self.longestTag { return at }
                    show(byte)
                    at += 1
                    continue
                }
                if end > at + 1 { tag(view.part((at + 1)..<(end - 1))) } else { show(byte) }
                at = max(end, at + 1)
            } else if hidden != nil {
                at = JSONScan.byte(0x3C, or: 0x3C, in: view, from: at)
            } else if byte == 0x26 {
                guard let (scalar, end) = HTMLEntity.read(view, at) else {
                    if !isLast, view.count - at < 12 { return at }
                    show(byte)
                    at += 1
                    continue
                }
                show(scalar: scalar)
                at = end
            } else if byte <= 0x20, preDepth > 0 {
                if byte == 0x0A { endLine() } else if byte != 0x0D { show(byte) }
                at += 1
            } else if byte <= 0x20 {
                isSpacePending = isSpacePending || !line.isEmpty
                at += 1
            } else {
                let end = wordEnd(view, at)
                show(view.part(at..<end))
                at = end
            }
        }
        return at
    }

    /// The end of what is shown as it stands.
    private func wordEnd(_ view: ByteView, _ start: Int) -> Int {
        guard let base = view.baseAddress else { return start }
        return cscan_shown(base, view.count, start)
    }

    /// One past a tag's `>`; the offset itself plus one where the `<` begins no tag; nil where the end isn't there yet.
    private func tagEnd(_ view: ByteView, _ start: Int) -> Int? {
        guard start + 1 < view.count else { return nil }
        let next = view[start + 1]
        if let hidden, !(next == 0x2F && isNamed(view.part((start + 2)..<view.count), hidden)) {
            return start + 1 + hidden.utf8CodeUnitCount < view.count ? start + 1 : nil
        }
        guard next == 0x2F || next == 0x21 || next == 0x3F || next | 0x20 &- 0x61 < 26 else { return start + 1 }
        if view.holds("<!--", at: start) {
            return view.find("-->", from: start + 4).map { $0 + 3 }
        }
        guard let base = view.baseAddress else { return nil }
        var at = start + 1
        while at < view.count {
            at = cscan_three(base, view.count, at, 0x3E, 0x22, 0x27)
            guard at < view.count else { return nil }
            let byte = view[at]
            if byte == 0x3E { return at + 1 }
            at = JSONScan.byte(byte, or: byte, in: view, from: at + 1) + 1
        }
        return nil
    }

    private func isNamed(_ tag: ByteView, _ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        guard tag.count >= count else { return false }
        for index in 0..<count where tag[index] | 0x20 != name.utf8Start[index] { return false }
        return tag.count == count || !(tag[count] | 0x20 &- 0x61 < 26 || tag[count] &- 0x30 < 10)
    }

    /// False for the names that most tags have and that say nothing here: `span`, `a`, `font`, `i`.
    private static func mayMatter(_ tag: ByteView) -> Bool {
        let start = tag[0] == 0x2F ? 1 : 0
        guard start < tag.count else { return true }
        let second = start + 1 < tag.count ? tag[start + 1] | 0x20 : 0
        return switch tag[start] | 0x20 {
        // p, b, d, h, l, t
        case 0x70, 0x62, 0x64, 0x68, 0x6C, 0x74: true
        // script, style, strong, section
        case 0x73: second == 0x63 || second == 0x74 || second == 0x65
        // article
        case 0x61: second == 0x72
        default: false
        }
    }

    private mutating func tag(_ tag: ByteView) {
        guard let first = tag.first, Self.mayMatter(tag), !takeCommon(tag) else { return }
        if first == 0x2F {
            let name = tag.part(1..<tag.count)
            if let hidden, isNamed(name, hidden) { self.hidden = nil }
            if isNamed(name, "b") || isNamed(name, "strong") { boldDepth = max(0, boldDepth - 1) }
            if isNamed(name, "pre") {
                preDepth = max(0, preDepth - 1)
                if !line.isEmpty { endLine() }
            }
            if Self.blocks.contains(where: { isNamed(name, $0) }) { endLine() }
            return
        }
        if isNamed(tag, "pre") {
            preDepth += 1
            if !line.isEmpty { endLine() }
        }
        for name: StaticString in ["script", "style", "head", "title"] where isNamed(tag, name) { hidden = name }
        if isNamed(tag, "b") || isNamed(tag, "strong") { boldDepth += 1 }
        if isNamed(tag, "br") || Self.blocks.contains(where: { isNamed(tag, $0) }) { endLine() }
    }

    /// Takes `p`, `b`, `br` and `div`, which nearly all tags of a mail are; false for others.
    private mutating func takeCommon(_ tag: ByteView) -> Bool {
        let start = tag[0] == 0x2F ? 1 : 0
        var end = start
        while end < tag.count, end < start + 4, tag[end] | 0x20 &- 0x61 < 26 || tag[end] &- 0x30 < 10 { end += 1 }
        guard end > start else { return false }
        switch (end - start, tag[start] | 0x20) {
        case (1, 0x70): endLine()
        case (1, 0x62): boldDepth = start == 1 ? max(0, boldDepth - 1) : boldDepth + 1
        case (2, 0x62) where tag[start + 1] | 0x20 == 0x72:
            guard start == 0 else { break }
            blankDiv = blankDiv == .opened ? .broken : .none
            endLine()
        case (3, 0x64) where tag[start + 1] | 0x20 == 0x69 && tag[start + 2] | 0x20 == 0x76: takeDiv(isEnd: start == 1)
        default: return false
        }
        return true
    }

    private mutating func takeDiv(isEnd: Bool) {
        if isEnd, blankDiv == .broken { isExact = true }
        blankDiv = isEnd ? .none : .opened
        if !isExact || !line.isEmpty { endLine() }
    }

    private static let blocks: [StaticString] = [
        "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "body", "blockquote", "section", "article", "hr",
        "html",
    ]

    private mutating func show(_ byte: UInt8) {
        guard hidden == nil else { return }
        if isSpacePending, !line.isEmpty { line.append(0x20) }
        isSpacePending = false
        blankDiv = .none
        if boldDepth == 0 { isAllBold = false }
        line.append(byte)
    }

    private mutating func show(scalar: UInt32) {
        entity.removeAll(keepingCapacity: true)
        Transcoder.append(scalar, to: &entity)
        for byte in entity { show(byte) }
    }

    private mutating func show(_ bytes: ByteView) {
        guard hidden == nil else { return }
        if isSpacePending, !line.isEmpty { line.append(0x20) }
        isSpacePending = false
        blankDiv = .none
        if boldDepth == 0 { isAllBold = false }
        line.append(contentsOf: bytes)
    }

    private mutating func endLine() {
        defer {
            line.removeAll(keepingCapacity: true)
            isAllBold = true
            isSpacePending = false
        }
        let isShort = isAllBold && !line.isEmpty
        let nameEnd = isShort ? line.withUnsafeBufferPointer { MailLine.header($0, blanks: 1)?.name.upperBound } : nil
        if let nameEnd {
            let clock = line.withUnsafeBufferPointer { view in
                Array(view[TextLine.trim(view, nameEnd..<view.count)])
            }
            text.append(0x0A)
            text += line[..<nameEnd]
            text.append(0x20)
            text.append(0x20)
            text += clock
            text.append(0x0A)
            text.append(0x0A)
        } else {
            text += line
            text.append(0x0A)
        }
    }
}

/// The entities of HTML that mails hold.
enum HTMLEntity {
    private static let names: [(StaticString, UInt32)] = [
        ("nbsp;", 0xA0), ("amp;", 0x26), ("lt;", 0x3C), ("gt;", 0x3E), ("quot;", 0x22), ("apos;", 0x27),
        ("mdash;", 0x2014), ("ndash;", 0x2013), ("hellip;", 0x2026), ("ldquo;", 0x201C), ("rdquo;", 0x201D),
        ("lsquo;", 0x2018), ("rsquo;", 0x2019), ("middot;", 0xB7), ("bull;", 0x2022), ("emsp;", 0x2003),
        ("ensp;", 0x2002), ("times;", 0xD7), ("copy;", 0xA9), ("yen;", 0xA5), ("deg;", 0xB0), ("rarr;", 0x2192),
    ]

    /// The scalar of the entity at an offset, and its end.
    static func read(_ view: ByteView, _ start: Int) -> (UInt32, end: Int)? {
        guard start + 2 < view.count, view[start] == 0x26 else { return nil }
        guard view[start + 1] == 0x23 else {
            for (name, scalar) in names where view.holds(name, at: start + 1) {
                return (scalar, start + 1 + name.utf8CodeUnitCount)
            }
            return nil
        }
        let isHex = view[start + 2] | 0x20 == 0x78
        var at = start + (isHex ? 3 : 2)
        let first = at
        var value: UInt32 = 0
        while at < view.count, at - first < 7 {
            let byte = view[at]
            if byte &- 0x30 < 10 {
                value = value * (isHex ? 16 : 10) + UInt32(byte &- 0x30)
            } else if isHex, byte | 0x20 &- 0x61 < 6 {
                value = value * 16 + UInt32(byte | 0x20 &- 0x61) + 10
            } else {
                break
            }
            at += 1
        }
        guard at > first, at < view.count, view[at] == 0x3B, Unicode.Scalar(value) != nil, value > 0 else { return nil }
        return (value, at + 1)
    }
}
