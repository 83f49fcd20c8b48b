internal import CYAML
internal import Messages

/// One YAML document as flat arrays: what libyaml's events say, each node with its line.
///
/// Aliases, tags and a second document are refused: a lexicon is lists and mappings of texts, nothing else.
package final class YAMLDocument {
    /// What a node is.
    package enum Kind: UInt8 {
        case text, list, mapping
    }

    let file: String
    package private(set) var kinds: [Kind] = []
    package private(set) var lines: [Int32] = []
    /// A scalar's text; empty for the others.
    package private(set) var texts: [String] = []
    /// A list's items; a mapping's keys and values in turn.
    package private(set) var children: [[Int32]] = []
    private let marks: YAMLMarks?
    /// Lists in lists beyond this are no lexicon.
    private static let deepest = 32

    /// Parses a file's text; the root is the first node.
    ///
    /// `marks` is filled in with where each node stands, for tools that edit the file.
    package init(_ text: String, file: String, marks: YAMLMarks? = nil) throws(LexiconError) {
        self.file = file
        self.marks = marks
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else { preconditionFailure("out of memory") }
        defer { yaml_parser_delete(&parser) }
        var copy = text
        let failure: LexiconError? = copy.withUTF8 { bytes in
            yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
            do throws(LexiconError) {
                try parse(&parser)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        if kinds.isEmpty { throw LexiconError(.wrongShape(expected: "a mapping"), at: Origin(file: file, line: 1)) }
    }

    private func parse(_ parser: inout yaml_parser_t) throws(LexiconError) {
        var open: [Int32] = []
        var event = yaml_event_t()
        while true {
            guard yaml_parser_parse(&parser, &event) == 1 else { throw problem(in: parser) }
            defer { yaml_event_delete(&event) }
            let line = Int32(event.start_mark.line) + 1
            // What this loop refuses begins where the event does.
            marks?.failureColumn = Int(event.start_mark.column) + 1
            if open.count > Self.deepest { throw error("lists in lists, too deep", line) }
            if let marks { marks.note(event, open: open) }
            switch event.type {
            case YAML_SCALAR_EVENT:
                let scalar = event.data.scalar
                try refuse(anchor: scalar.anchor, line)
                let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
                add(.text, line, String(decoding: bytes, as: UTF8.self), to: open.last)
            case YAML_SEQUENCE_START_EVENT:
                try refuse(anchor: event.data.sequence_start.anchor, line)
                open.append(add(.list, line, "", to: open.last))
            case YAML_MAPPING_START_EVENT:
                try refuse(anchor: event.data.mapping_start.anchor, line)
                open.append(add(.mapping, line, "", to: open.last))
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: open.removeLast()
            case YAML_ALIAS_EVENT: throw error("aliases (*name) are not read", line)
            case YAML_DOCUMENT_START_EVENT:
                if !kinds.isEmpty { throw error("a second document (---)", line) }
            case YAML_STREAM_END_EVENT: return
            default: break
            }
        }
    }

    @discardableResult
    private func add(_ kind: Kind, _ line: Int32, _ text: String, to parent: Int32?) -> Int32 {
        let index = Int32(kinds.count)
        kinds.append(kind)
        lines.append(line)
        texts.append(text)
        children.append([])
        if let parent { children[Int(parent)].append(index) }
        return index
    }

    private func refuse(anchor: UnsafeMutablePointer<yaml_char_t>?, _ line: Int32) throws(LexiconError) {
        if anchor != nil { throw error("anchors (&name) are not read", line) }
    }

    private func error(_ problem: String, _ line: Int32) -> LexiconError {
        LexiconError(.notYAML(problem), at: Origin(file: file, line: Int(line)))
    }

    private func problem(in parser: yaml_parser_t) -> LexiconError {
        let text = parser.problem.map { String(cString: $0) } ?? "not YAML"
        marks?.failureColumn = Int(parser.problem_mark.column) + 1
        return error(text, Int32(parser.problem_mark.line) + 1)
    }
}

/// Where the nodes of a document stand: lines and columns count characters from 0, as libyaml does.
package final class YAMLMarks {
    /// A place between two characters.
    package struct Place: Sendable, Equatable {
        package var line: Int32
        package var column: Int32
    }

    /// Where each node begins, in the order of the document's nodes.
    package private(set) var starts: [Place] = []
    /// Where each ends; for lists and mappings over several lines, where the next thing begins.
    package private(set) var ends: [Place] = []
    /// True for `[…]`, `{…}` and for quoted texts.
    package private(set) var isBracketed: [Bool] = []
    /// The column, from 1, of what is no YAML; 1 when the parser did not say.
    package fileprivate(set) var failureColumn = 1

    package init() {}

    fileprivate func note(_ event: yaml_event_t, open: [Int32]) {
        let start = Place(line: Int32(event.start_mark.line), column: Int32(event.start_mark.column))
        let end = Place(line: Int32(event.end_mark.line), column: Int32(event.end_mark.column))
        switch event.type {
        case YAML_SCALAR_EVENT: add(start, end, event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            add(start, end, event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_MAPPING_START_EVENT: add(start, end, event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: if let last = open.last { ends[Int(last)] = end }
        default: break
        }
    }

    private func add(_ start: Place, _ end: Place, _ bracketed: Bool) {
        starts.append(start)
        ends.append(end)
        isBracketed.append(bracketed)
    }
}
