internal import Messages

/// What tells a message from others, whichever tool exported it.
enum MessageWords {
    /// True when a message is known by its words, false when its kind is all that tools agree on.
    ///
    /// A text, a relay and a notice of equal words are one message: tools disagree on what they call it. Of a link each writes
    /// something else (the title, the title and the address, a label before either): it is known by who sent it and when.
    static func tell(_ record: MessageBlock.Record, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch record.kind {
        case .text, .notice, .relay, .forward, .system, .recall: true
        // A tool that knows no such kind: its words are words, its placeholder is none.
        case .voice, .other: !isPlaceholder(UnsafeBufferPointer(rebasing: bytes[record.text.range]))
        default: false
        }
    }

    /// A voice message without its transcript, and what nobody could read: `[语音]`, `【语音】`, `语音时长：…`, raw XML.
    private static func isPlaceholder(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        return first == 0x5B || first == 0x3C || text.starts(with: "【语音".utf8) || text.starts(with: "语音时长".utf8)
    }

    /// True for an id that the platform gave, false for what merely stands at its place.
    ///
    /// Numbers of few digits are ordinals of one export or one phone's database; nineteen digits that end in zeros, and
    /// those with an exponent, went through a spreadsheet or a `Double` and were rounded.
    static func isRealID(_ id: UnsafeRawBufferPointer) -> Bool {
        guard !id.isEmpty else { return false }
        let isNumber = id.allSatisfy { $0 &- 0x30 < 10 }
        if isNumber {
            return id.count >= 10 && !(id.count >= 17 && id.suffix(3).allSatisfy { $0 == 0x30 })
        }
        if id.count < 10, id.elementsEqual("undefined".utf8) || id.elementsEqual("null".utf8) { return false }
        // 7.41259E+18
        let isRounded = id.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2B || $0 | 0x20 == 0x65 }
        return !(isRounded && id.contains { $0 | 0x20 == 0x65 })
    }
}
