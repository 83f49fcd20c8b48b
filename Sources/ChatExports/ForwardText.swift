internal import Messages

/// Items of a merged forward that an exporter wrote as text.
enum ForwardText {
    /// One item: whose key it is, and where its words stand.
    struct Item {
        var speaker: UInt64
        var text: Range<Int>
        var time: ExportTime.Reading?
    }

    /// A merged forward in any of the spellings in which it stands as text: its title's range and its items.
    ///
    /// `[转发的聊天记录]标题` with `名: 文本` lines; `[合并转发|标题]` with indented `名 时间` lines, the words below them;
    /// `【合并转发的聊天记录】` with `- 时间 名: 文本` lines.
    static func items(of view: ByteView) -> (title: Range<Int>, items: [Item]) {
        if view.begins(with: "[合并转发") {
            let tag = "[合并转发".utf8.count
            let lineEnd = JSONScan.lineFeed(in: view, from: 0)
            let end = view.part(0..<lineEnd).findLast("]") ?? lineEnd
            let start = tag < end && view[tag] == 0x7C ? tag + 1 : tag
            let title = start < end ? view.trimmed(start..<end) : 0..<0
            return (title, timedItems(view))
        }
        if view.begins(with: "【合并转发的聊天记录】") { return dashItems(view) }
        return colonItems(view)
    }

    /// A tag and perhaps a title, then `- 时间 名: 文本` lines, nested ones indented.
    private static func dashItems(_ view: ByteView) -> (title: Range<Int>, items: [Item]) {
        var items: [Item] = []
        var title = 0..<0
        var isFirst = true
        forEachLine(view) { line in
            let body = view.trimmed(line)
            if isFirst {
                isFirst = false
                title = view.trimmed((body.lowerBound + "【合并转发的聊天记录】".utf8.count)..<body.upperBound)
            } else if let item = dashItem(view, body, ordinal: items.count) {
                items.append(item)
            } else if !body.isEmpty, !items.isEmpty {
                let last = items.count - 1
                items[last].text = items[last].text.isEmpty ? body : items[last].text.lowerBound..<body.upperBound
            }
        }
        return (title, items)
    }

    private static func dashItem(_ view: ByteView, _ line: Range<Int>, ordinal: Int) -> Item? {
        let part = view.part(line)
        guard part.begins(with: "- ") else { return nil }
        var cursor = ExportTime.Cursor(part)
        cursor.move(to: 2)
        guard let moment = Moment(&cursor) else { return nil }
        let start = line.lowerBound + cursor.at
        guard let colon = view.part(start..<line.upperBound).find(":"), colon <= 96 else { return nil }
        let name = view.part(view.trimmed(start..<(start + colon)))
        let speaker = SpeakerKey.key(id: ByteView(start: nil, count: 0), name: name, ordinal: ordinal)
        let text = view.trimmed((start + colon + 1)..<line.upperBound)
        return Item(speaker: speaker, text: text, time: moment.reading(on: nil))
    }

    /// `标题`, then `名: 文本` lines, nested ones indented: the items in order, and the title's range.
    static func colonItems(_ view: ByteView) -> (title: Range<Int>, items: [Item]) {
        var items: [Item] = []
        var title = 0..<0
        var isFirst = true
        forEachLine(view) { line in
            let body = view.trimmed(line)
            if isFirst {
                isFirst = false
                title = withoutTag(view, body)
            } else if body.isEmpty {
                return
            } else if withoutTag(view, body) != body {
                items.append(Item(speaker: 0, text: body))
            } else if let colon = view.part(body).find(": ") ?? endingColon(view.part(body)), colon > 0, colon <= 96 {
                let name = view.part(body.lowerBound..<(body.lowerBound + colon))
                let text = view.trimmed((body.lowerBound + colon + 1)..<body.upperBound)
                let speaker = SpeakerKey.key(id: ByteView(start: nil, count: 0), name: name, ordinal: items.count)
                items.append(Item(speaker: speaker, text: text))
            } else if !items.isEmpty {
                // A line without a name goes on with the words before it.
                let last = items.count - 1
                items[last].text = items[last].text.isEmpty ? body : items[last].text.lowerBound..<body.upperBound
            }
        }
        return (title, items)
    }

    /// Two-space indented `名 时间` lines with their words indented below them.
    static func timedItems(_ view: ByteView) -> [Item] {
        var items: [Item] = []
        forEachLine(view) { line in
            let body = view.trimmed(line)
            guard !body.isEmpty, view[line.lowerBound] == 0x20 else { return }
            if let header = timedHeader(view, body) {
                let name = view.part(body.lowerBound..<header.nameEnd)
                let speaker = SpeakerKey.key(id: ByteView(start: nil, count: 0), name: name, ordinal: items.count)
                items.append(Item(speaker: speaker, text: body.upperBound..<body.upperBound, time: header.time))
            } else if !items.isEmpty {
                let last = items.count - 1
                items[last].text = items[last].text.isEmpty ? body : items[last].text.lowerBound..<body.upperBound
            }
        }
        return items
    }

    /// A line that ends in a clock, perhaps with a date before it; the time only where the date is whole.
    private static func timedHeader(
        _ view: ByteView, _ line: Range<Int>
    ) -> (nameEnd: Int, time: ExportTime.Reading?)? {
        guard let space = lastSpace(view, line) else { return nil }
        let clock = view.part((space + 1)..<line.upperBound)
        guard isClock(clock) else { return nil }
        let before = view.trimmed(line.lowerBound..<space)
        if let dateSpace = lastSpace(view, before) {
            let date = view.part((dateSpace + 1)..<before.upperBound)
            if date.count >= 3, date.allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2D || $0 == 0x2F }) {
                let whole = ExportTime.parse(view.part((dateSpace + 1)..<line.upperBound))
                return (view.trimmed(line.lowerBound..<dateSpace).upperBound, whole)
            }
        }
        return before.isEmpty ? nil : (before.upperBound, nil)
    }

    private static func isClock(_ text: ByteView) -> Bool {
        guard (4...8).contains(text.count), text[0] &- 0x30 < 10, text[text.count - 1] &- 0x30 < 10 else {
            return false
        }
        return text.find(":") != nil && text.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x3A }
    }

    private static func lastSpace(_ view: ByteView, _ range: Range<Int>) -> Int? {
        range.reversed().first { view[$0] == 0x20 }
    }

    private static func endingColon(_ body: ByteView) -> Int? {
        body.last == 0x3A ? body.count - 1 : nil
    }

    /// A range without a forward's tag at its beginning.
    static func withoutTag(_ view: ByteView, _ range: Range<Int>) -> Range<Int> {
        for tag: StaticString in ["[转发的聊天记录]", "[聊天记录]"] where view.part(range).begins(with: tag) {
            return view.trimmed((range.lowerBound + tag.utf8CodeUnitCount)..<range.upperBound)
        }
        return range
    }

    static func forEachLine(_ view: ByteView, _ body: (Range<Int>) -> Void) {
        var start = 0
        for at in 0...view.count where at == view.count || view[at] == 0x0A {
            body(start..<at)
            start = at + 1
        }
    }
}

extension BlockBuilder {
    /// Appends the items that were found in a text as forwarded messages of their own.
    mutating func addForwarded(_ items: [ForwardText.Item], of text: [UInt8], parent: MessageBlock.Record) {
        text.withUnsafeBufferPointer { view in
            for item in items {
                var record = MessageBlock.Record()
                record.sentAt = parent.sentAt
                record.precision = parent.precision
                if case .time(let time) = plausible(item.time) { (record.sentAt, record.precision) = time }
                record.line = parent.line
                record.group = parent.group
                record.forwarded = true
                record.speakerKey = item.speaker
                if item.text.isEmpty { continue }
                let start = mark
                ForwardText.forEachLine(view.part(item.text)) { line in
                    // Indentation belongs to the layout, not to the words.
                    if mark > start { append("\n") }
                    append(view.part(item.text).part(view.part(item.text).trimmed(line)))
                }
                var reading = look(from: start) { ContentRules.read($0, kind: .text, trust: .untyped) }
                if reading.kind == .forward {
                    reading.text = look(from: start) { ForwardText.withoutTag($0, 0..<$0.count) }
                }
                settle(reading, from: start, into: &record)
                add(record)
            }
        }
    }
}
