internal import Messages

/// What small tools leave in the cells of a table, as WeChat's database has it, or set apart from them.
enum TableWords {
    /// The sender's id and the words behind it, where WeChat's own prefix of group messages still stands: `wxid_…:` and a line end.
    ///
    /// People write such lines, too: an id of their own choice is only taken for one where it has a digit or a dash in it.
    static func parts(_ content: ByteView) -> (id: ByteView, words: ByteView)? {
        let start = WechatDecrypt.wordsStart(content)
        guard start > 0 else { return nil }
        let id = content.part(0..<(start - 2))
        let words = content.part(start..<content.count)
        let isGiven = id.begins(with: "wxid_") || id.begins(with: "gh_") || id.ends(with: "@openim")
        let isChosen =
            id.count <= 20 && (id[0] | 0x20) &- 0x61 < 26
            && id.contains { $0 &- 0x30 < 10 || $0 == 0x5F || $0 == 0x2D }
            && id.allSatisfy { $0 != 0x40 && $0 != 0x2E }
        return isGiven || isChosen || WeChatXML.isXML(words) ? (id, words) : nil
    }

    /// Appends what was said: the words, and of a voice message what a tool heard in it.
    static func append(
        _ words: ByteView, transcript: ByteView, kind: inout MessageKind, into builder: inout BlockBuilder
    ) {
        let heard = transcript.part(transcript.trimmed(0..<transcript.count))
        guard !heard.isEmpty else { return builder.append(words) }
        let isPlaceholder = isPlaceholder(words, isVoice: kind == .voice)
        if kind == .other || kind == .text, isPlaceholder { kind = .voice }
        if isPlaceholder, kind == .voice { return builder.append(heard) }
        builder.append(words)
        if !contains(words, heard) {
            builder.append("\n")
            builder.append(heard)
        }
    }

    /// True for what stands in place of a voice message: its mark, perhaps with its length, or its file.
    private static func isPlaceholder(_ words: ByteView, isVoice: Bool) -> Bool {
        if ContentRules.isBracketsOnly(words) || ContentRules.isMediaFile(words) { return true }
        let marks: [StaticString] = ["[语音消息]", "[语音]", "【语音】", "语音消息", "语音", "[Voice]", "voice"]
        let mark = marks.first { words.begins(with: $0) }?.utf8CodeUnitCount ?? 0
        return (mark > 0 || isVoice) && ContentRules.isDuration(words.part(mark..<words.count))
    }

    private static func contains(_ words: ByteView, _ part: ByteView) -> Bool {
        guard part.count <= words.count else { return false }
        return (0...(words.count - part.count)).contains { start in
            words[start] == part[0] && words.part(start..<(start + part.count)).elementsEqual(part)
        }
    }
}
