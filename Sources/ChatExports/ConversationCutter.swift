internal import Messages

/// What a conversation calls its id, its name and its type.
struct ConversationLabels: Sendable {
    let id: String
    let name: String
    let type: String
    /// The types of groups; a room's id says it, too.
    let groupTypes: [String]
    let platform: Platform

    static let wechat = ConversationLabels(
        id: "id", name: "name", type: "type", groupTypes: ["group"], platform: .wechat)
    /// `singleChat` is a word, not a text.
    static let dingtalk = ConversationLabels(
        id: "openConversationId", name: "title", type: "singleChat", groupTypes: ["false"], platform: .dingtalk)
}

/// Cuts a file with many conversations, each an object with a list of messages, in bounded memory.
///
/// The names of a conversation may stand behind its messages: they are looked up in a walk of their own before.
final class ConversationCutter {
    private let window: ByteWindow
    private let stream: JSONStream
    private let options: ExportOptions
    private let list: String
    private let labels: ConversationLabels
    /// Nil where each conversation names itself before its messages.
    private let groups: [GroupIdentity]?
    private var heading: Heading
    private var index = -1
    private var number = 0
    private var splitter: ElementSplitter?
    private var hasEnded = false

    /// Stands behind the bracket of the conversations.
    init(
        _ window: ByteWindow, list: String, _ labels: ConversationLabels, groups: [GroupIdentity]?,
        options: ExportOptions
    ) {
        self.window = window
        self.labels = labels
        heading = Heading(labels: labels)
        stream = JSONStream(window)
        self.list = list
        self.groups = groups
        self.options = options
    }

    /// What a conversation says of itself.
    private struct Heading {
        let labels: ConversationLabels
        var id = ""
        var name = ""
        var type = ""

        /// Takes a member's value if it is one of the names; false when it is left.
        mutating func take(_ key: String, _ stream: JSONStream) throws(ExportError) -> Bool {
            guard [labels.id, labels.name, labels.type].contains(key) else { return false }
            switch try stream.peek() {
            case 0x22, 0x74, 0x66: break
            default: return false
            }
            guard let raw = try stream.copyValue(limit: 4096) else { return false }
            let text = raw.withUnsafeBufferPointer { view in
                let json = JSONView(view)
                guard let (value, _) = json.value(at: 0) else { return "" }
                let bytes = value.kind == .word ? Array(json.raw(value)) : json.decoded(value)
                return String(decoding: bytes, as: UTF8.self)
            }
            if key == labels.id {
                id = text
            } else if key == labels.name {
                name = text
            } else {
                type = text
            }
            return true
        }

        /// The group; without id and name for a private chat.
        var group: GroupIdentity {
            let isGroup =
                id.hasSuffix("@chatroom") || id.hasSuffix("@im.chatroom") || labels.groupTypes.contains(type)
            return GroupIdentity(id: isGroup ? id : "", name: isGroup ? name : "", platform: labels.platform)
        }
    }

    /// The groups of all conversations in the order of the file.
    static func groups(
        _ stream: JSONStream, list: String, _ labels: ConversationLabels
    ) throws(ExportError) -> [GroupIdentity] {
        var groups: [GroupIdentity] = []
        while let byte = try stream.peek(), byte == 0x7B || byte == 0x2C {
            stream.take()
            guard byte == 0x7B else { continue }
            var heading = Heading(labels: labels)
            while let key = try stream.nextKey() {
                if try heading.take(key, stream) { continue }
                if key == list, try stream.peek() == 0x5B {
                    // As the messages will be read: a broken one costs itself, not the names behind it.
                    stream.take()
                    let splitter = ElementSplitter(
                        stream.window, options: ExportOptions(now: 0), isSequence: false, isNested: true)
                    while try splitter.next() != nil {}
                    if splitter.endedEarly { break }
                } else if try stream.peek() == nil {
                    break
                } else if try !stream.skipValue() {
                    break
                }
            }
            groups.append(heading.group)
            if stream.lastTaken != 0x7D { break }
        }
        return groups
    }

    /// The next piece and the group that it belongs to, nil at the end.
    func next() throws(ExportError) -> (piece: RecordPiece, group: GroupIdentity)? {
        while true {
            if let open = splitter {
                if let piece = try open.next() { return (numbered(piece), current) }
                splitter = nil
                number += open.count
                if open.endedEarly { hasEnded = true }
            }
            if hasEnded { return nil }
            if try !enterNext() {
                hasEnded = true
                if stream.lastTaken == 0x5D { return nil }
                var piece = RecordPiece(layout: .elements([]))
                // What stands behind a broken heading has no group that could be told.
                let isCut = try stream.peek() == nil
                piece.rejects = [(isCut ? .endsEarly : .notJSON, number + 1, isCut ? window.fileOffset : nil)]
                return (piece, current)
            }
        }
    }

    private var current: GroupIdentity {
        guard let groups else { return heading.group }
        return groups.indices.contains(index)
            ? groups[index] : GroupIdentity(id: "", name: "", platform: labels.platform)
    }

    /// Goes to the next list of messages; false at the end.
    private func enterNext() throws(ExportError) -> Bool {
        var isInside = index >= 0
        while true {
            if isInside {
                while let key = try stream.nextKey() {
                    if try heading.take(key, stream) { continue }
                    if key == list, try stream.peek() == 0x5B {
                        stream.take()
                        splitter = ElementSplitter(window, options: options, isSequence: false, isNested: true)
                        return true
                    }
                    guard try stream.peek() != nil, try stream.skipValue() else { return false }
                }
                guard stream.lastTaken == 0x7D else { return false }
            }
            guard let byte = try stream.peek() else { return false }
            guard byte == 0x7B || byte == 0x2C else {
                if byte == 0x5D { stream.take() }
                return false
            }
            stream.take()
            isInside = byte == 0x7B
            if isInside {
                index += 1
                heading = Heading(labels: labels)
            }
        }
    }

    /// Records are counted through the file.
    private func numbered(_ piece: RecordPiece) -> RecordPiece {
        guard number > 0 else { return piece }
        var piece = piece
        if case .elements(let elements) = piece.layout {
            piece.layout = .elements(elements.map { ($0.start, $0.number + Int32(truncatingIfNeeded: number)) })
        }
        piece.rejects = piece.rejects.map { ($0.reason, $0.line + number, $0.number) }
        piece.broken = piece.broken.map { ($0.line + number, $0.bytes) }
        return piece
    }
}
