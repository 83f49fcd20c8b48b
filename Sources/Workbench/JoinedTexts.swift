internal import Messages

/// Texts of which one half is small talk or thanks: so people write, and lines of one speaker are joined.
///
/// A model that has only seen complaints by themselves lets the rest of the message outvote them, and one that has only seen
/// them joined to complaints would take the joint for one: so ordinary texts are joined to small talk too.
package enum JoinedTexts {
    /// One text in so many is joined to another.
    private static let share: UInt64 = 4
    /// The longest text and the longest small talk that are joined, in characters.
    private static let longest = (text: 60, talk: 28)
    private static let joints = ["，", "，", "。", "，对了", "，另外", "，还有", " ", "\n"]
    /// Kinds that nobody appends small talk to.
    private static let apart: Set<String> = ["news", "advert", "policy", "notice"]

    /// New texts from labelled ones, each with the number of the one whose label it has.
    ///
    /// Equal texts in equal order give equal pairs.
    package static func pairs(of texts: [LabelledText]) -> [(text: LabelledText, main: Int)] {
        let talk = texts.filter {
            $0.track == nil && ["chat", "thanks"].contains($0.kind) && $0.text.count <= longest.talk
        }
        guard !talk.isEmpty else { return [] }
        return texts.indices.compactMap { index in
            let main = texts[index]
            let hash = hash(main.text)
            guard hash % share == 0, main.text.count <= longest.text, !apart.contains(main.kind) else { return nil }
            let other = trimmed(talk[Int((hash >> 8) % UInt64(talk.count))].text)
            let joint = joints[Int((hash >> 4) % UInt64(joints.count))]
            let isFirst = (hash >> 40) % 5 < 2
            let text = isFirst ? trimmed(main.text) + joint + other : other + joint + main.text
            var joined = main
            joined.text = text
            return (joined, index)
        }
    }

    /// Without the mark at the end.
    private static func trimmed(_ text: String) -> String {
        var text = text
        while let last = text.last, "。！!.，, ".contains(last) { text.removeLast() }
        return text
    }

    /// FNV-1a, 64 bits, its bits mixed.
    private static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ hash >> 29
    }
}
