internal import Messages

/// Reads mail text line by line.
struct MailReader: LineReader {
    private let layout: MailLayout
    private var day: Int64?
    private var groupName: [UInt8] = []
    /// A line that would be a header if a blank line followed.
    private var held: (line: [UInt8], number: Int)?
    private var follows = true
    /// The message that is open; nil between messages.
    private var open: MessageBlock.Record?
    private var body: [UInt8] = []
    private var blanks = 0

    init(layout: MailLayout) { self.layout = layout }

    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        if let held {
            self.held = nil
            held.line.withUnsafeBufferPointer { view in
                if MailLine.isBlank(line) {
                    begin(view, number: held.number, into: &builder)
                } else {
                    take(view, number: held.number, into: &builder)
                }
            }
            follows = false
        }
        if MailLine.isBlank(line) {
            if open != nil { blanks += 1 } else { builder.pass() }
            follows = true
            return
        }
        defer { if held == nil { follows = false } }
        let bar = MailLine.dayBar(line)
        if bar != nil || (open == nil || follows) && MailLine.isBanner(line) {
            finishMessage(into: &builder)
            if let bar {
                day = bar
            } else if let name = MailLine.groupName(line) {
                groupName = Array(name.utf8)
            }
            builder.pass()
            // A header may follow a bar at once.
            follows = true
            held = nil
            return
        }
        if follows || !layout.hasBlankBefore || number == 1, MailLine.header(line) != nil {
            if layout.hasBlankAfter {
                held = (Array(line), number)
            } else {
                begin(line, number: number, into: &builder)
            }
            return
        }
        take(line, number: number, into: &builder)
    }

    mutating func finish(into builder: inout BlockBuilder) {
        if let held {
            self.held = nil
            held.line.withUnsafeBufferPointer { begin($0, number: held.number, into: &builder) }
        }
        finishMessage(into: &builder)
    }

    /// Opens a message at a header line.
    private mutating func begin(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        finishMessage(into: &builder)
        guard let header = MailLine.header(line) else { return }
        let sentAt = day.flatMap { ExportTime.minute(days: $0, hour: header.hour, minute: header.minute) }
        guard case .time(let time) = builder.plausible(sentAt.map { ($0, .minute) }) else {
            builder.reject(.badTime, line: number)
            return
        }
        var record = MessageBlock.Record()
        (record.sentAt, record.precision) = time
        record.line = Int32(truncatingIfNeeded: number)
        let nothing = ByteView(start: nil, count: 0)
        record.speakerKey = SpeakerKey.key(id: nothing, name: line.part(header.name), ordinal: number)
        open = record
    }

    /// Takes a line that is no header: a body's, or a stray one.
    private mutating func take(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        guard let record = open else {
            if line.begins(with: "Dear"), line.count < 16 {
                builder.pass()
            } else {
                builder.reject(.strayLine, line: number)
            }
            return
        }
        if !body.isEmpty {
            body.append(contentsOf: repeatElement(0x0A, count: blanks + 1))
        } else {
            passBlanks(&builder)
        }
        blanks = 0
        body.append(contentsOf: line)
        if body.count > builder.context.longestRecord {
            builder.reject(.tooLong, line: Int(record.line))
            open = nil
            body = []
        }
    }

    private mutating func finishMessage(into builder: inout BlockBuilder) {
        passBlanks(&builder)
        guard var record = open else { return }
        open = nil
        let start = builder.mark
        body.withUnsafeBufferPointer { builder.append($0) }
        body.removeAll(keepingCapacity: true)
        if builder.mark == start {
            record.kind = .other
        } else {
            let reading = builder.look(from: start) { ContentRules.read($0, kind: .text, trust: .untyped) }
            builder.settle(reading, from: start, into: &record)
        }
        // Only now: a message may be handed out a chunk later than it was begun.
        record.group = group(of: &builder)
        builder.add(record)
    }

    private func group(of builder: inout BlockBuilder) -> Int32 {
        if groupName.isEmpty { return builder.group() }
        return groupName.withUnsafeBufferPointer {
            builder.group(id: ByteView(start: nil, count: 0), name: $0, platform: .wechat)
        }
    }

    private mutating func passBlanks(_ builder: inout BlockBuilder) {
        for _ in 0..<blanks { builder.pass() }
        blanks = 0
    }
}
