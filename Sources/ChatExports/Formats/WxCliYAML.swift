internal import Messages

/// wx-cli's YAML, which it prints where it isn't told otherwise: `chat`, `is_group`, `messages`, and behind them `username`.
struct WxCliYAML: ExportFormat {
    static let slug = "wx-cli-yaml"
    var slug: String { Self.slug }
    var needsEnd: Bool { true }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        var found: Set<String> = []
        for line in lines {
            line.withUnsafeBufferPointer { view in
                if let pair = WxCliYAMLReader.pair(view, from: 0) {
                    found.insert(String(decoding: view.part(pair.key), as: UTF8.self))
                } else if let dash = WxCliYAMLReader.dash(view),
                    let pair = WxCliYAMLReader.pair(view, from: WxCliYAMLReader.item(view, dash))
                {
                    found.insert("- " + String(decoding: view.part(pair.key), as: UTF8.self))
                }
            }
        }
        recognition.require(found.contains("messages"), "key messages")
        recognition.require(found.contains("chat"), "key chat")
        recognition.require(
            found.contains { $0.hasPrefix("- ") } || found.contains("is_group"), "lines like - content: …")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        var values: [String: String] = [:]
        var hasUnknownShards = false
        for line in head.lines + head.end {
            line.withUnsafeBufferPointer { view in
                // What stands under `meta` is indented once.
                let start = view.begins(with: "  ") && !view.begins(with: "   ") ? 2 : 0
                guard let pair = WxCliYAMLReader.pair(view, from: start) else { return }
                let key = String(decoding: view.part(pair.key), as: UTF8.self)
                let value = WxCliYAMLReader.scalar(view.part(pair.value..<view.count))
                if key == "unknown_shards", !view.part(pair.value..<view.count).equals("[]") { hasUnknownShards = true }
                if start == 0 || key == "status" { values[key] = String(decoding: value, as: UTF8.self) }
            }
        }
        let id = values["username"] ?? ""
        let group = GroupIdentity(id: id, name: values["chat"] ?? "", platform: .wechat)
        var reading = FormatReading(group: group, source: .lines(DirectReader(WxCliYAMLReader())))
        reading.isPrivate =
            values["is_group"] == "false" || values["chat_type"] == "private" || id.hasPrefix("wxid_")
        if values["count"] == "500" { reading.gaps.append(.limit) }
        let status = values["status"] ?? ""
        if status.contains("stale") { reading.gaps.append(.stale) }
        if hasUnknownShards || status.contains("unknown_shards") { reading.gaps.append(.unknownShards) }
        return reading
    }
}

/// Reads the lines of wx-cli's YAML: the items of `messages`, each a mapping of scalars.
///
/// Scalars in all their spellings: plain, in either quotes, over several lines, literal and folded blocks.
struct WxCliYAMLReader: LineReader {
    private enum Field: Int, CaseIterable {
        case epoch, time, type, sender, name, nickname, content, url
    }

    /// How the value of the open key goes on.
    private enum Scalar {
        case whole
        case plain
        case quoted(UInt8)
        case block(isFolded: Bool, indent: Int)
    }

    private static let longest = 1 << 20

    private static let names: [StaticString] = [
        "timestamp", "time", "type", "sender_username", "sender", "sender_group_nickname", "content", "url",
    ]

    /// The values of the open item, one behind the other, and where each of them stands.
    private var values: [UInt8] = []
    private var places = [Range<Int>](repeating: 0..<0, count: Field.allCases.count)
    private var field: Field?
    private var scalar = Scalar.whole
    /// The text of a scalar that is not whole yet.
    private var open: [UInt8] = []
    private var isInMessages = false
    /// How far the dashes of the messages are indented; -1 before the first.
    private var indent = -1
    /// How far the keys of the open item are indented: writers differ in the blanks behind the dash.
    private var keyMargin = 0
    private var isOpen = false
    private var firstLine = 0
    private var itemLines = 0
    private var blanks = 0
    private var messageLines = 0
    var lineCount: Int? { messageLines }

    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        if line.count > builder.context.longestText {
            builder.reject(.tooLong, line: number)
            return
        }
        let margin = Self.margin(line)
        if margin == line.count {
            if isOpen {
                blanks += 1
                if goesOn { addLine(line, margin: Int.max) }
            } else {
                builder.pass()
            }
            return
        }
        if isInMessages, indent < 0 || margin == indent, Self.dash(line) == margin {
            close(into: &builder)
            indent = margin
            keyMargin = Self.item(line, margin)
            (isOpen, firstLine) = (true, number)
            take(line, from: keyMargin)
        } else if isOpen, margin > indent {
            settleBlanks()
            itemLines += 1
            if margin == keyMargin, case .block = scalar { endScalar() }
            if goesOn, margin > keyMargin || isQuoted {
                addLine(line, margin: margin)
            } else if margin == keyMargin {
                endScalar()
                itemLines -= 1
                take(line, from: margin)
            }
        } else {
            close(into: &builder)
            isInMessages = false
            if margin == 0, let pair = Self.pair(line, from: 0), line.part(pair.key).equals("messages") {
                isInMessages = true
                indent = -1
            }
            builder.pass()
        }
    }

    mutating func finish(into builder: inout BlockBuilder) { close(into: &builder) }

    // MARK: Lines

    private var goesOn: Bool { if case .whole = scalar { false } else { true } }
    private var isQuoted: Bool { if case .quoted = scalar { true } else { false } }

    /// The number of blanks at a line's beginning.
    static func margin(_ line: ByteView) -> Int {
        var at = 0
        while at < line.count, line[at] == 0x20 { at += 1 }
        return at
    }

    /// Where a line has the dash of a list's item.
    static func dash(_ line: ByteView) -> Int? {
        let margin = margin(line)
        return margin < line.count && line.holds("- ", at: margin) ? margin : nil
    }

    /// Where the first key behind a dash begins.
    static func item(_ line: ByteView, _ dash: Int) -> Int {
        var at = dash + 2
        while at < line.count, line[at] == 0x20 { at += 1 }
        return at
    }

    /// A plain key and where its value begins.
    static func pair(_ line: ByteView, from start: Int) -> (key: Range<Int>, value: Int)? {
        var at = start
        while at < line.count, line[at] == 0x5F || (line[at] | 0x20) &- 0x61 < 26 { at += 1 }
        guard at > start, at < line.count, line[at] == 0x3A else { return nil }
        var value = at + 1
        guard value == line.count || line[value] == 0x20 else { return nil }
        while value < line.count, line[value] == 0x20 { value += 1 }
        return (start..<at, value)
    }

    /// Takes a line with a key of the open item.
    private mutating func take(_ line: ByteView, from start: Int) {
        settleBlanks()
        itemLines += 1
        guard let pair = Self.pair(line, from: start) else { return }
        let key = line.part(pair.key)
        field = Self.names.firstIndex { key.equals($0) }.flatMap { Field(rawValue: $0) }
        begin(line.part(pair.value..<line.count))
    }

    private mutating func settleBlanks() {
        itemLines += blanks
        blanks = 0
    }

    // MARK: Scalars

    private mutating func begin(_ text: ByteView) {
        open.removeAll(keepingCapacity: true)
        scalar = .whole
        guard let first = text.first else {
            scalar = .plain
            return
        }
        if first == 0x7C || first == 0x3E {
            let digit = text.first { $0 &- 0x31 < 9 }.map { Int($0 &- 0x30) }
            scalar = .block(isFolded: first == 0x3E, indent: digit.map { keyMargin + $0 } ?? -1)
            return
        }
        // Nobody asks for half of the keys.
        if field == nil, first != 0x22, first != 0x27 {
            scalar = .plain
            return
        }
        open.append(contentsOf: text)
        if first == 0x22 || first == 0x27 {
            if Self.closing(text) != nil { endScalar() } else { scalar = .quoted(first) }
        } else {
            scalar = .plain
        }
    }

    /// A further line of the open scalar; `Int.max` is the margin of a blank one.
    private mutating func addLine(_ line: ByteView, margin: Int) {
        // What is longer is refused for its length, once it is whole.
        guard open.count < Self.longest else { return }
        switch scalar {
        case .whole: return
        case .block(let isFolded, let indent):
            if margin == Int.max, indent < 0 || line.count <= indent {
                open.append(0x0A)
                return
            }
            let known = indent < 0 ? margin : indent
            scalar = .block(isFolded: isFolded, indent: known)
            open.append(contentsOf: line.part(min(known, line.count)..<line.count))
            open.append(isFolded ? 0x20 : 0x0A)
        case .plain, .quoted:
            // Line ends within are blanks, blank lines are line ends.
            if margin == Int.max {
                open.append(0x0A)
                return
            }
            if let last = open.last, last != 0x0A { open.append(0x20) }
            open.append(contentsOf: line.part(line.trimmed(0..<line.count)))
            if case .quoted = scalar, open.withUnsafeBufferPointer({ Self.closing($0) }) != nil { endScalar() }
        }
    }

    /// Keeps the value of the open key.
    private mutating func endScalar() {
        defer { (field, scalar) = (nil, .whole) }
        guard let field else { return }
        if case .block = scalar {
            while let last = open.last, last == 0x0A || last == 0x20 { open.removeLast() }
            keep(open, as: field)
        } else {
            open.withUnsafeBufferPointer { keepScalar($0, as: field) }
        }
    }

    private mutating func keep(_ value: some Collection<UInt8>, as field: Field) {
        let start = values.count
        values.append(contentsOf: value)
        places[field.rawValue] = start..<values.count
    }

    /// Keeps what a scalar on one line stands for.
    private mutating func keepScalar(_ text: ByteView, as field: Field) {
        let text = text.part(text.trimmed(0..<text.count))
        let first = text.first
        if first == 0x22 || first == 0x27 || first == 0x7E || first == 0x6E {
            keep(Self.scalar(text), as: field)
        } else {
            keep(text, as: field)
        }
    }

    /// The value of a scalar on one line, whatever its quotes; nothing for null.
    static func scalar(_ text: ByteView) -> [UInt8] {
        let text = text.part(text.trimmed(0..<text.count))
        if text.equals("null") || text.equals("~") { return [] }
        guard text.first == 0x22 || text.first == 0x27 else { return Array(text) }
        let inner = text.part(1..<(closing(text) ?? text.count))
        return text[0] == 0x22 ? YAMLEscapes.decoded(inner) : YAMLEscapes.single(inner)
    }

    /// Where the quote closes that a text begins with; nil where it doesn't.
    static func closing(_ text: ByteView) -> Int? {
        let quote = text[0]
        var at = 1
        while at < text.count {
            if quote == 0x22, text[at] == 0x5C {
                at += 2
            } else if text[at] != quote {
                at += 1
            } else if quote == 0x27, at + 1 < text.count, text[at + 1] == quote {
                at += 2
            } else {
                return at
            }
        }
        return nil
    }

    // MARK: Messages

    private mutating func close(into builder: inout BlockBuilder) {
        guard isOpen else { return }
        endScalar()
        let rejects = builder.rejectCount
        add(into: &builder)
        messageLines += itemLines - (builder.rejectCount - rejects)
        for _ in 0..<blanks { builder.pass() }
        (isOpen, itemLines, blanks) = (false, 0, 0)
        values.removeAll(keepingCapacity: true)
        for index in places.indices { places[index] = 0..<0 }
    }

    private func add(into builder: inout BlockBuilder) {
        func with<Result>(_ field: Field, _ body: (ByteView) -> Result) -> Result {
            values.withUnsafeBufferPointer { body($0.part(places[field.rawValue])) }
        }
        func has(_ field: Field) -> Bool { !places[field.rawValue].isEmpty }
        let reading = with(has(.epoch) ? .epoch : .time) { ExportTime.parse($0) }
        guard case .time(let time) = builder.plausible(reading) else {
            let isMissing = !has(.epoch) && !has(.time)
            builder.reject(isMissing ? .missingField : .badTime, line: firstLine, field: "timestamp")
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: firstLine)
        let hasName = has(.name)
        message.speakerKey = with(.sender) { id in
            with(hasName ? .name : .nickname) { SpeakerKey.key(id: id, name: $0, ordinal: firstLine) }
        }
        message.group = builder.group()
        let kind = with(.type) { $0.isEmpty ? .text : WeChatKinds.kind(name: $0) }
        let start = builder.mark
        with(.content) { builder.append($0) }
        if kind == .link, has(.url), builder.look(from: start, { $0.find("http") == nil }) {
            builder.append("\n")
            with(.url) { builder.append($0) }
        }
        builder.addContent(from: start, kind: kind, trust: .untyped, into: message)
    }
}
