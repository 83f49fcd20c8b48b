internal import Messages
internal import Yams

/// One node of a lexicon file, read strictly: every surprise is an error with its line.
struct YAMLReader {
    let node: Node
    let file: String

    /// Parses a file's text.
    init(_ text: String, file: String) throws(LexiconError) {
        self.file = file
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw LexiconError(.wrongShape(expected: "a mapping"), at: Origin(file: file, line: 1))
            }
            self.node = node
        } catch let error as LexiconError {
            throw error
        } catch let error as YamlError {
            throw Self.explained(error, file: file)
        } catch {
            throw LexiconError(.notYAML("\(error)"), at: Origin(file: file))
        }
    }

    private init(_ node: Node, file: String) {
        self.node = node
        self.file = file
    }

    /// Where the node stands.
    var origin: Origin { Origin(file: file, line: node.mark?.line ?? 0) }

    /// The entries of a mapping in order; keys must be among `known`, if given, and stand once.
    func mapping(known: [String]? = nil) throws(LexiconError) -> [(key: String, value: YAMLReader)] {
        guard case .mapping(let mapping) = node else {
            throw LexiconError(.wrongShape(expected: "a mapping (key: value)"), at: origin)
        }
        var entries: [(key: String, value: YAMLReader)] = []
        for (key, value) in mapping {
            let place = Origin(file: file, line: key.mark?.line ?? origin.line)
            guard let name = key.string else { throw LexiconError(.wrongShape(expected: "a key"), at: place) }
            if let known, !known.contains(name) {
                throw LexiconError(.unknownKey(name, known: known), at: place)
            }
            if entries.contains(where: { $0.key == name }) { throw LexiconError(.duplicateTerm(name), at: place) }
            entries.append((name, YAMLReader(value, file: file)))
        }
        return entries
    }

    /// The items of a list.
    func list() throws(LexiconError) -> [YAMLReader] {
        guard case .sequence(let sequence) = node else {
            throw LexiconError(.wrongShape(expected: "a list ([a, b] or lines with -)"), at: origin)
        }
        return sequence.map { YAMLReader($0, file: file) }
    }

    /// True for a list.
    var isList: Bool {
        if case .sequence = node { true } else { false }
    }

    /// A text.
    func text() throws(LexiconError) -> String {
        guard case .scalar(let scalar) = node else {
            throw LexiconError(.wrongShape(expected: "a text"), at: origin)
        }
        return scalar.string
    }

    /// Texts, none twice and none empty.
    func terms() throws(LexiconError) -> [(text: String, origin: Origin)] {
        var seen: Set<ByteKey> = []
        var terms: [(text: String, origin: Origin)] = []
        for item in try list() {
            let text = try item.text()
            if text.isEmpty { throw LexiconError(.emptyTerm, at: item.origin) }
            if !seen.insert(ByteKey(text)).inserted { throw LexiconError(.duplicateTerm(text), at: item.origin) }
            terms.append((text, item.origin))
        }
        return terms
    }

    /// A number in a range.
    func number(in range: ClosedRange<Double>) throws(LexiconError) -> Double {
        let text = try text()
        guard let value = Double(text), range.contains(value) else {
            throw LexiconError(
                .badValue(text, expected: "\(range.lowerBound.formattedShort)…\(range.upperBound.formattedShort)"),
                at: origin)
        }
        return value
    }

    /// `true` or `false`.
    func flag() throws(LexiconError) -> Bool {
        let text = try text()
        guard let value = Bool(text) else { throw LexiconError(.badValue(text, expected: "true / false"), at: origin) }
        return value
    }

    /// One of an enumeration's raw values.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type
    ) throws(LexiconError) -> Choice
    where Choice.RawValue == String {
        let text = try text()
        guard let value = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: " / ")
            throw LexiconError(.badValue(text, expected: known), at: origin)
        }
        return value
    }

    private static func explained(_ error: YamlError, file: String) -> LexiconError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            LexiconError(.notYAML(problem), at: Origin(file: file, line: mark.line))
        case .reader(let problem, _, _, _): LexiconError(.notYAML(problem), at: Origin(file: file))
        case .duplicatedKeysInMapping(let keys, _):
            LexiconError(.duplicateTerm("\(keys.first.map { "\($0)" } ?? "")"), at: Origin(file: file))
        default: LexiconError(.notYAML("\(error)"), at: Origin(file: file))
        }
    }
}

extension Double {
    fileprivate var formattedShort: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
