public import Lexicons
internal import Messages

/// One node of a lexicon file, with its place in the file's bytes.
struct SourceNode: Sendable {
    /// A key and its value.
    struct Entry: Sendable {
        var key: SourceNode
        var value: SourceNode
    }

    enum Content: Sendable {
        case text(String)
        case list([SourceNode])
        case mapping([Entry])
    }

    var content: Content
    /// Half-open byte offsets; of a list or mapping over several lines up to where the next thing begins.
    var range: Range<Int>
    /// From 1; columns count characters.
    var line: Int
    var column: Int
    /// True for `[…]`, `{…}` and quoted texts.
    var isBracketed: Bool

    /// The text; nil for lists and mappings.
    var text: String? { if case .text(let text) = content { text } else { nil } }

    /// The items; nil for anything but a list.
    var items: [SourceNode]? { if case .list(let items) = content { items } else { nil } }

    /// The entries; nil for anything but a mapping.
    var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

    /// The value of a key.
    subscript(key: String) -> SourceNode? { entries?.last { $0.key.text == key }?.value }

    /// Where the last text in it ends: unlike `range`, never beyond its own line.
    var textEnd: Int {
        switch content {
        case .text: range.upperBound
        case .list(let items): isBracketed ? range.upperBound : items.last?.textEnd ?? range.upperBound
        case .mapping(let entries): isBracketed ? range.upperBound : entries.last?.value.textEnd ?? range.upperBound
        }
    }
}

/// A lexicon file as it is written: its bytes, and the tree of its nodes with their places.
///
/// Reading goes on where `LexiconLoader` stops, so that all faults of a file are found in one go.
public struct LexiconFile: Sendable {
    /// The path as reports name it.
    public let path: String
    /// The text.
    public let text: String
    /// The name without folder and `.yaml`.
    public let stem: String
    let bytes: [UInt8]
    /// The root; nil when the text is no YAML.
    let root: SourceNode?
    /// Why it is no YAML.
    let failure: (error: LexiconError, column: Int)?
    private let lineStarts: [Int]

    /// Reads a file's text.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
        let last = path.split(separator: "/").last.map(String.init) ?? path
        stem = last.hasSuffix(".yaml") ? String(last.dropLast(5)) : last
        let bytes = Array(text.utf8)
        self.bytes = bytes
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
        lineStarts = starts
        let marks = YAMLMarks()
        do throws(LexiconError) {
            let document = try YAMLDocument(text, file: path, marks: marks)
            root = Self.node(0, document, marks, bytes, starts)
            failure = nil
        } catch {
            root = nil
            failure = (error, marks.failureColumn)
        }
    }

    /// The files of a folder, sorted by name.
    public static func files(in folder: String) throws(LexiconError) -> [LexiconFile] {
        try LexiconLoader.files(in: folder).map { LexiconFile(path: $0.name, text: $0.text) }
    }

    /// True for a file of sets that all subjects share.
    var isShared: Bool { stem == "sets" || stem.hasPrefix("sets-") }
    /// True for a file with rules or guards.
    var hasRules: Bool { !isShared && !["taxonomy", "words", "variants"].contains(stem) }

    /// The first byte of a line, from 1.
    func start(ofLine line: Int) -> Int {
        line - 1 < lineStarts.count ? lineStarts[max(0, line - 1)] : bytes.count
    }

    /// The number of lines.
    var lineCount: Int { lineStarts.count }

    /// The line, from 1, of a byte.
    func line(ofByte byte: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= byte { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line, without its end.
    func bytes(ofLine line: Int) -> ArraySlice<UInt8> {
        let start = start(ofLine: line)
        var end = self.start(ofLine: line + 1)
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        return bytes[start..<end]
    }

    /// The text of a range of bytes.
    func slice(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private static func node(
        _ index: Int, _ document: YAMLDocument, _ marks: YAMLMarks, _ bytes: [UInt8], _ starts: [Int]
    ) -> SourceNode {
        let start = marks.starts[index]
        let children = document.children[index].map { node(Int($0), document, marks, bytes, starts) }
        let content: SourceNode.Content =
            switch document.kinds[index] {
            case .text: .text(document.texts[index])
            case .list: .list(children)
            case .mapping:
                .mapping(
                    stride(from: 0, to: children.count - 1, by: 2).map {
                        .init(key: children[$0], value: children[$0 + 1])
                    }
                )
            }
        let from = offset(start, bytes, starts)
        return SourceNode(
            content: content, range: from..<max(from, offset(marks.ends[index], bytes, starts)),
            line: Int(start.line) + 1, column: Int(start.column) + 1, isBracketed: marks.isBracketed[index])
    }

    /// The byte of a place; columns count characters.
    private static func offset(_ place: YAMLMarks.Place, _ bytes: [UInt8], _ starts: [Int]) -> Int {
        guard Int(place.line) < starts.count else { return bytes.count }
        var byte = starts[Int(place.line)]
        if place.line == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { byte += 3 }
        var column = 0
        while column < Int(place.column), byte < bytes.count {
            byte += 1
            while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
            column += 1
        }
        return byte
    }
}

/// A change of a file's bytes.
struct TextEdit: Sendable, Equatable {
    /// The bytes that go.
    var range: Range<Int>
    /// What comes in their place.
    var text: String

    /// Applies edits that do not overlap; of two that do, the later one in the list is left out.
    static func apply(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8] {
        var chosen: [TextEdit] = []
        for edit in edits.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        })
        where chosen.last.map({ $0.range.upperBound <= edit.range.lowerBound && $0 != edit }) ?? true {
            chosen.append(edit)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var done = 0
        for edit in chosen {
            result += bytes[done..<edit.range.lowerBound]
            result += Array(edit.text.utf8)
            done = edit.range.upperBound
        }
        return result + bytes[done...]
    }
}
