public import Messages

/// Writes messages as ChatLab JSON lines, the interchange format that most tools read.
///
/// Nobody is named: speakers are numbers within the file. What ChatLab has no words for (the exact kind, a quote, how fine
/// the time is) stands in a field of our own, so that reading the lines again gives the same messages.
public struct ChatLabWriter {
    private let group: GroupIdentity
    private var speakers: [UInt64: Int] = [0: 0]

    /// Writes the messages of one group.
    public init(group: GroupIdentity) { self.group = group }

    /// The first line of the file; the time of writing is in seconds since 1970-01-01 UTC.
    public func header(exportedAt: Int64) -> [UInt8] {
        var line = JSONLine()
        line.raw("{\"_type\":\"header\",\"chatlab\":{\"version\":\"0.0.2\",\"exportedAt\":\(exportedAt)")
        line.raw(",\"generator\":\"minsheng\"},\"meta\":{\"name\":")
        line.string(Array(group.name.utf8))
        line.raw(",\"platform\":\"\(group.platform.rawValue)\",\"type\":\"group\",\"groupId\":")
        line.string(Array(group.id.utf8))
        line.raw("}}\n")
        return line.bytes
    }

    /// The lines of a block's messages, in order; items of a merged forward stand in their parent.
    public mutating func lines(of block: MessageBlock) -> [UInt8] {
        var line = JSONLine()
        var index = 0
        while index < block.records.count {
            line.raw("{\"_type\":\"message\",")
            write(block.records[index], of: block, to: &line)
            index += 1
            var isFirst = true
            while index < block.records.count, block.records[index].forwarded {
                line.raw(isFirst ? ",\"chatRecords\":[{" : ",{")
                isFirst = false
                write(block.records[index], of: block, to: &line)
                line.raw("}")
                index += 1
            }
            line.raw(isFirst ? "}\n" : "]}\n")
        }
        return line.bytes
    }

    private mutating func write(_ record: MessageBlock.Record, of block: MessageBlock, to line: inout JSONLine) {
        let speaker = speakers[record.speakerKey] ?? speakers.count
        speakers[record.speakerKey] = speaker
        line.raw("\"sender\":\"" + (speaker == 0 ? "SYSTEM" : "s\(speaker)") + "\",\"accountName\":\"")
        line.raw((speaker == 0 ? "" : "#\(speaker)") + "\",\"timestamp\":\(record.sentAt)")
        line.raw(",\"type\":\(Self.code(of: record)),\"content\":")
        line.string(block.bytes[record.text.range])
        if !record.id.isEmpty {
            line.raw(",\"platformMessageId\":")
            line.string(block.bytes[record.id.range])
        }
        line.raw(",\"minsheng\":{\"kind\":\"\(record.kind.name)\",\"precision\":\"\(record.precision.name)\"")
        if !record.quote.isEmpty {
            line.raw(",\"quote\":")
            line.string(block.bytes[record.quote.range])
        }
        line.raw("}")
    }

    /// ChatLab's number for a kind.
    private static func code(of record: MessageBlock.Record) -> Int {
        switch record.kind {
        case .text: record.quote.isEmpty ? 0 : 25
        case .notice, .relay: 0
        case .image: 1
        case .voice: 2
        case .video: 3
        case .file: 4
        case .sticker: 5
        case .link: 7
        case .location: 8
        case .money: 20
        case .call: 23
        case .forward: 26
        case .card: 27
        case .system: 80
        case .recall: 81
        case .other: 99
        }
    }
}

/// JSON text that is put together.
private struct JSONLine {
    var bytes: [UInt8] = []

    mutating func raw(_ text: String) { bytes += text.utf8 }

    mutating func string(_ text: some Collection<UInt8>) {
        bytes.append(0x22)
        for byte in text {
            switch byte {
            case 0x22: bytes += [0x5C, 0x22]
            case 0x5C: bytes += [0x5C, 0x5C]
            case 0x0A: bytes += [0x5C, 0x6E]
            case 0..<0x20: raw("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}

/// What our own lines say beside ChatLab's fields: then nothing in the content is to be guessed.
enum ExactContent {
    private static let kinds = Dictionary(uniqueKeysWithValues: MessageKind.allCases.map { ($0.name, $0) })
    private static let precisions = Dictionary(uniqueKeysWithValues: TimePrecision.allCases.map { ($0.name, $0) })

    /// Fills in kind, words, quote and precision; false where the record doesn't say them.
    static func settle(
        _ content: JSONValue, exact: JSONValue, in json: JSONView, into message: inout MessageBlock.Record,
        _ builder: inout BlockBuilder
    ) -> Bool {
        guard exact.kind == .object else { return false }
        func word(_ name: StaticString) -> String {
            String(decoding: json.raw(json.member(exact, name)), as: UTF8.self)
        }
        guard let kind = kinds[word("kind")], let precision = precisions[word("precision")] else { return false }
        message.kind = kind
        message.precision = precision
        message.text = builder.slice(content, in: json)
        message.quote = builder.slice(json.member(exact, "quote"), in: json)
        return true
    }
}
