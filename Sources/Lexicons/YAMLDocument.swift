internal import CYAML
internal import Messages

/// One YAML document as flat arrays: what libyaml's events say, each node with its line.
///
/// Aliases, tags and a second document are refused: a lexicon is lists and mappings of texts, nothing else.
final class YAMLDocument {
    enum Kind: UInt8 {
        case text, list, mapping
    }

    let file: String
    private(set) var kinds: [Kind] = []
    private(set) var lines: [Int32] = []
    /// A scalar's text; empty for the others.
    private(set) var texts: [String] = []
    /// A list's items; a mapping's keys and values in turn.
    private(set) var children: [[Int32]] = []

    /// Parses a file's text; the root is the first node.
    init(_ text: String, file: String) throws(LexiconError) {
        self.file = file
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
        return error(text, Int32(parser.problem_mark.line) + 1)
    }
}
