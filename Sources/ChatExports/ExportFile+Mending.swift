internal import Messages

extension ExportFile {
    /// The records of rejects as they stand in the file, with what stands around the records.
    ///
    /// One part for each group where the file's records stand under groups.
    func mending(_ rejects: [Reject]) throws(ExportError) -> [MendingPart] {
        let wanted = Dictionary(rejects.map { ($0.origin.line, $0) }, uniquingKeysWith: { first, _ in first })
        switch recordKind {
        case .elements(let path): return [try elements(wanted, path)]
        case .lines: return [try lines(wanted, isRecords: true)]
        case .text: return [try lines(wanted, isRecords: false)]
        case .script: return [try script(wanted)]
        case .conversations(let path, let list, let labels): return try conversations(wanted, path, list, labels)
        }
    }

    /// How the records of the file are cut.
    enum RecordKind {
        /// Elements of the array under these keys; no keys for one at the root, nil for objects one after another.
        case elements([String]?)
        case lines, text, script
        /// Conversations under these keys, each with a list of messages under a name.
        case conversations([String], list: String, ConversationLabels)
    }

    // MARK: JSON documents

    private func elements(_ wanted: [Int: Reject], _ path: [String]?) throws(ExportError) -> MendingPart {
        var part = MendingPart()
        part.isArray = path != nil
        let window = freshWindow(step: 1 << 20)
        if let path {
            part.before = try head(upTo: path)
            _ = try JSONStream(window).enterArray(path)
        }
        var options = ExportOptions(now: 0)
        options.longestRecord = context.longestRecord
        let splitter = ElementSplitter(window, options: options, isSequence: path == nil)
        while let piece = try splitter.next() { part.take(piece, wanted) }
        if let path {
            let closing = Array(("]" + String(repeating: "}", count: path.count)).utf8)
            part.after = splitter.endedEarly ? closing : [0x5D] + (try tail(of: window))
        }
        return part
    }

    // MARK: Pages and conversations

    private func script(_ wanted: [Int: Reject]) throws(ExportError) -> MendingPart {
        var part = MendingPart(isArray: true)
        let window = freshWindow(step: 1 << 20)
        guard let head = try ScriptHead.enter(window) else { return part }
        var options = ExportOptions(now: 0)
        options.longestRecord = context.longestRecord
        let splitter = ScriptSplitter(window, options: options)
        while let piece = try splitter.next() { part.take(piece, wanted) }
        part.before = Array(head.opening.utf8)
        part.after = Array("]</script>".utf8)
        return part
    }

    private func conversations(
        _ wanted: [Int: Reject], _ path: [String], _ list: String, _ labels: ConversationLabels
    ) throws(ExportError) -> [MendingPart] {
        let window = freshWindow(step: 1 << 20)
        _ = try JSONStream(window).enterArray(path)
        var options = ExportOptions(now: 0)
        options.longestRecord = context.longestRecord
        let cutter = ConversationCutter(window, list: list, labels, options: options, joins: false) {
            () throws(ExportError) in
            try self.groups(path, list: list, labels)
        }
        var parts: [(group: GroupIdentity, part: MendingPart)] = []
        while let (piece, group) = try cutter.next() {
            if parts.last?.group != group { parts.append((group, MendingPart(isArray: true))) }
            parts[parts.count - 1].part.take(piece, wanted)
        }
        return parts.filter { !$0.part.records.isEmpty }.map { group, part in
            var part = part
            part.before = head(of: group, path, list, labels)
            part.after = Array(("]}]" + String(repeating: "}", count: path.count)).utf8)
            return part
        }
    }

    /// What stands before the messages of one conversation, in a document of its own.
    private func head(of group: GroupIdentity, _ path: [String], _ list: String, _ labels: ConversationLabels)
        -> [UInt8]
    {
        func quoted(_ text: String) -> String {
            let escaped = text.unicodeScalars.map { scalar in
                switch scalar {
                case "\"": "\\\""
                case "\\": "\\\\"
                default: scalar.value < 0x20 ? " " : String(scalar)
                }
            }
            return "\"" + escaped.joined() + "\""
        }
        let marks = detection.format == "wetrace-plus-json" ? "\"format\":\"wetrace-plus\"," : ""
        let opening = path.enumerated().map { "{" + ($0 == 0 ? marks : "") + quoted($1) + ":" }.joined()
        let names = quoted(labels.id) + ":" + quoted(group.id) + "," + quoted(labels.name) + ":" + quoted(group.name)
        let type = labels.groupTypes.first { $0 != "false" }.map(quoted) ?? "false"
        return Array((opening + "[{" + names + "," + quoted(labels.type) + ":" + type + "," + quoted(list) + ":[").utf8)
    }

    // MARK: What stands around

    /// The text up to the array of the records, its long strings (pictures) left out.
    private func head(upTo path: [String]) throws(ExportError) -> [UInt8] {
        let finder = JSONStream(freshWindow(step: 1 << 16))
        guard try finder.enterArray(path) else { return [] }
        // Where the array begins, in decoded bytes.
        let length = finder.window.position
        let window = freshWindow(step: 1 << 16)
        var strings = StringCutter()
        var done = 0
        while done < length {
            guard try window.fill() else { break }
            let count = min(window.bytes.count - window.start, length - done)
            strings.take(window.bytes[window.start..<window.start + count])
            window.start += count
            done += count
        }
        return strings.text
    }

    private func tail(of window: ByteWindow) throws(ExportError) -> [UInt8] {
        var strings = StringCutter()
        while true {
            strings.take(window.bytes[window.start...])
            window.start = window.bytes.count
            guard try window.fill() else { return strings.text }
        }
    }

    // MARK: Lines

    private func lines(_ wanted: [Int: Reject], isRecords: Bool) throws(ExportError) -> MendingPart {
        var part = MendingPart()
        let window = freshWindow(step: 1 << 20)
        var reader = MendingLines(wanted, isTable: isTable, isRecords: isRecords)
        var isMore = true
        while isMore {
            isMore = try window.fill()
            window.start = reader.take(window.bytes, from: window.start, isLast: !isMore || window.isAtEnd)
        }
        part.before = reader.before
        part.records = reader.records
        return part
    }
}

/// Copies JSON text and leaves out what is in long strings.
private struct StringCutter {
    private static let longest = 2048
    private static let most = 4 << 20
    private(set) var text: [UInt8] = []
    private var length = -1
    private var isEscaped = false

    mutating func take(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes where text.count < Self.most {
            if length < 0 {
                if byte == 0x22 { length = 0 }
                text.append(byte)
            } else if isEscaped {
                isEscaped = false
                append(byte)
            } else if byte == 0x22 {
                length = -1
                text.append(byte)
            } else {
                isEscaped = byte == 0x5C
                append(byte)
            }
        }
    }

    private mutating func append(_ byte: UInt8) {
        // A backslash and what it escapes stay together: both are left out or none.
        if length < Self.longest || (length == Self.longest && !isEscaped && text.last == 0x5C) { text.append(byte) }
        length = min(length + 1, Self.longest + 1)
    }
}

/// Picks the lines of rejects out of a text, and those without which they cannot be read.
private struct MendingLines {
    private let wanted: [Int: Reject]
    private let isTable: Bool
    private let isRecords: Bool
    private var number = 0
    private var rows = CSVRows()
    private var rowStart = 0
    private var row: [UInt8] = []
    private var bar: [UInt8] = []
    private var shownBar: [UInt8] = []
    private(set) var before: [UInt8] = []
    private(set) var records: [(Reject, [UInt8])] = []

    init(_ wanted: [Int: Reject], isTable: Bool, isRecords: Bool) {
        self.wanted = wanted
        self.isTable = isTable
        self.isRecords = isRecords
    }

    /// Takes the whole lines of a piece; where the rest begins.
    mutating func take(_ bytes: [UInt8], from start: Int, isLast: Bool) -> Int {
        bytes.withUnsafeBufferPointer { view in
            var at = start
            while at < view.count {
                let end = JSONScan.byte(0x0A, or: isRecords ? 0x0A : 0x0D, in: view, from: at)
                // A carriage return at the very end may be half of a line end.
                guard end + 1 < view.count || isLast else { return at }
                number += 1
                line(view.part(at..<min(end, view.count)))
                at = end + 1
                if end + 1 < view.count, view[end] == 0x0D, view[end + 1] == 0x0A { at += 1 }
            }
            return min(at, view.count)
        }
    }

    private mutating func line(_ line: ByteView) {
        if isTable { return tableLine(line) }
        let text = Array(line.prefix(MendingFile.longestRecord + 1))
        if let reject = wanted[number] {
            guard text.count <= MendingFile.longestRecord else { return }
            // The day under which the line stands comes along.
            let day = bar != shownBar ? bar + [0x0A] : []
            shownBar = bar
            records.append((reject, day + text))
        } else if isRecords {
            let isHeader = before.isEmpty && number < 20 && line.find("\"_type\"") != nil && line.find("header") != nil
            if isHeader { before = text + [0x0A] }
        } else if number <= 12, before.count < 4096, isTitle(line) {
            before += text + [0x0A]
        } else if isBar(line) {
            bar = text
        }
    }

    /// The rows of a table may go over several lines.
    private mutating func tableLine(_ line: ByteView) {
        if !rows.isOpen {
            rowStart = number
            row = []
            if before.isEmpty, let separator = [0x2C, 0x09, 0x3B].first(where: line.contains) {
                rows = CSVRows(separator: separator)
            }
            // A line with a stray quote is a reject by itself.
            if let reject = wanted[number], reject.reason == .wrongColumns, reject.number == nil, !before.isEmpty {
                if line.count <= MendingFile.longestRecord { records.append((reject, Array(line) + [0x0A])) }
                return
            }
        }
        row += Array(line) + [0x0A]
        let isWhole = rows.take(line, number: number) != nil
        if rows.isRunaway { _ = rows.abandon() }
        guard isWhole || rows.isOpen == false else { return }
        if before.isEmpty, row.contains(where: { $0 > 0x20 }) {
            before = row
        } else if let reject = wanted[rowStart], row.count <= MendingFile.longestRecord {
            records.append((reject, row))
        }
    }

    /// Lines that say what the text is: mail's first line, banners of tools.
    private func isTitle(_ line: ByteView) -> Bool {
        line.find("聊天记录") != nil || line.find("消息记录") != nil || line.find("消息对象") != nil
            || line.find("消息分组") != nil || line.begins(with: "===")
    }

    /// `—————  2026-03-02  —————`.
    private func isBar(_ line: ByteView) -> Bool {
        let view = line.part(line.trimmed(0..<line.count))
        guard view.count < 80, let first = view.first else { return false }
        let isRule = first == 0x2D || first == 0x2A || view.begins(with: "—") || view.begins(with: "─")
        return isRule && view.count { $0 &- 0x30 < 10 } >= 6
    }
}
