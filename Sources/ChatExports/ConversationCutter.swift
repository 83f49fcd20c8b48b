internal import CScan
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
    /// The groups of all conversations; nil as long as each names itself before its messages.
    private var groups: [GroupIdentity]?
    /// Walks the file for them.
    private let lookUp: () throws(ExportError) -> [GroupIdentity]
    private var heading: Heading
    private var index = -1
    private var number = 0
    private var splitter: ElementSplitter?
    /// True behind a list of messages, until its conversation is left.
    private var isInside = false
    private var hasEnded = false
    /// The number of messages, the broken ones too.
    var count: Int { number }
    /// True when the bracket of the conversations was closed: what stands behind it can be read.
    private(set) var isWhole = false
    /// True where whole conversations one after another may become one piece.
    private let joins: Bool

    /// Stands behind the bracket of the conversations.
    init(
        _ window: ByteWindow, list: String, _ labels: ConversationLabels, options: ExportOptions, joins: Bool = true,
        lookUp: @escaping () throws(ExportError) -> [GroupIdentity]
    ) {
        self.window = window
        self.joins = joins
        self.labels = labels
        heading = Heading(labels: labels)
        stream = JSONStream(window)
        self.list = list
        self.lookUp = lookUp
        self.options = options
    }

    /// What a conversation says of itself.
    private struct Heading {
        let labels: ConversationLabels
        var id = ""
        var name = ""
        var type = ""

        var isWhole: Bool { !id.isEmpty && !name.isEmpty && !type.isEmpty }

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

        /// Takes a member of a conversation that stands in memory.
        mutating func take(_ key: ByteView, _ value: JSONValue, in json: JSONView, _ names: Names) {
            let isID = key.equals(names.id)
            let isName = !isID && key.equals(names.name)
            guard isID || isName || key.equals(names.type) else { return }
            guard value.kind == .string || value.kind == .word && !json.isNull(value), value.range.count < 4096 else {
                return
            }
            let text = json.plain(value) { String(decoding: $0, as: UTF8.self) }
            if isID {
                id = text
            } else if isName {
                name = text
            } else {
                type = text
            }
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
            switch try enterNext() {
            case .list: break
            case .joined(let piece): return (piece, GroupIdentity(id: "", name: "", platform: labels.platform))
            case .end:
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
        guard let groups, !heading.isWhole else { return heading.group }
        return groups.indices.contains(index)
            ? groups[index] : GroupIdentity(id: "", name: "", platform: labels.platform)
    }

    private enum Place {
        /// Behind the bracket of a list of messages.
        case list
        /// Behind conversations that are read.
        case joined(RecordPiece)
        case end
    }

    /// Goes to the next list of messages, or behind conversations that could be taken whole.
    private func enterNext() throws(ExportError) -> Place {
        while true {
            if isInside {
                while let key = try stream.nextKey() {
                    if try heading.take(key, stream) { continue }
                    if key == list, try stream.peek() == 0x5B {
                        // Its names may stand behind the messages.
                        if groups == nil, !heading.isWhole { groups = try lookUp() }
                        stream.take()
                        splitter = ElementSplitter(window, options: options, isSequence: false, isNested: true)
                        return .list
                    }
                    guard try stream.peek() != nil, try stream.skipValue() else { return .end }
                }
                guard stream.lastTaken == 0x7D else { return .end }
                isInside = false
            }
            guard let byte = try stream.peek() else { return .end }
            guard byte == 0x7B || byte == 0x2C else {
                if byte == 0x5D {
                    stream.take()
                    isWhole = true
                }
                return .end
            }
            if joins, let piece = joined() { return .joined(piece) }
            stream.take()
            isInside = byte == 0x7B
            if isInside {
                index += 1
                heading = Heading(labels: labels)
            }
        }
    }

    // MARK: Whole conversations

    /// The names of a conversation's members, as bytes.
    private struct Names {
        let id: [UInt8]
        let name: [UInt8]
        let type: [UInt8]
        let list: [UInt8]
    }

    private lazy var names = Names(
        id: Array(labels.id.utf8), name: Array(labels.name.utf8), type: Array(labels.type.utf8), list: Array(list.utf8))

    /// Takes the conversations that stand whole and sound in the window as one piece; nil where the next one is none.
    ///
    /// Answers to a search hold thousands of conversations of two messages each.
    private func joined() -> RecordPiece? {
        let base = window.start
        var elements: [(start: Int32, number: Int32)] = []
        var groups: [(first: Int, group: GroupIdentity)] = []
        let end = window.bytes.withUnsafeBufferPointer { view in
            var at = base
            while at - base < options.chunkBytes {
                var begin = at
                while begin < view.count, view[begin] <= 0x20 || view[begin] == 0x2C { begin &+= 1 }
                let first = elements.count
                guard begin < view.count, let found = conversation(at: begin, in: view, base, &elements) else { break }
                index += 1
                heading = found.heading
                groups.append((first, found.heading.group))
                at = found.end
            }
            return at
        }
        guard end > base else { return nil }
        number += elements.count
        return RecordPiece(bytes: window.take(upTo: end), layout: .grouped(elements, groups))
    }

    /// A conversation that stands whole in the window: what it says of itself, where it ends, and its messages behind those
    /// before; nil where there is anything unusual in it.
    private func conversation(
        at begin: Int, in view: ByteView, _ base: Int, _ elements: inout [(start: Int32, number: Int32)]
    ) -> (heading: Heading, end: Int)? {
        let json = JSONView(view)
        var heading = Heading(labels: labels)
        var messages = JSONValue()
        var isUsual = true
        let end = json.forEachMember(at: begin) { key, value in
            if key.isEscaped || !json.isSound(value) { isUsual = false }
            let name = json.raw(key)
            if name.equals(names.list) {
                if messages.kind != .absent || value.kind != .array { isUsual = false }
                messages = value
            } else {
                heading.take(name, value, in: json, names)
            }
        }
        guard let end, isUsual else { return nil }
        let known = elements.count
        if messages.kind == .array, !take(messages, in: view, base, &elements) {
            elements.removeLast(elements.count - known)
            return nil
        }
        return (heading, end)
    }

    /// Adds where the elements of a list begin; false where not all of them are plainly sound.
    private func take(
        _ messages: JSONValue, in view: ByteView, _ base: Int, _ elements: inout [(start: Int32, number: Int32)]
    ) -> Bool {
        guard let bytes = view.baseAddress else { return false }
        let last = Int(messages.end) - 1
        var from = Int(messages.start) + 1
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 120) { starts in
            while true {
                var count = 0
                let end = cscan_objects(
                    bytes, last, from, Int.max, options.longestRecord, starts.baseAddress, starts.count, &count)
                for offset in starts[..<count] {
                    let ordinal = number + elements.count + 1
                    elements.append((Int32(Int(offset) + from - base), Int32(truncatingIfNeeded: ordinal)))
                }
                from = end
                if count < starts.count { break }
            }
            while from < last, view[from] <= 0x20 || view[from] == 0x2C { from &+= 1 }
            return from == last
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
