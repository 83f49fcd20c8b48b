internal import Messages

/// One node of a lexicon file, read strictly: every surprise is an error with its line.
struct YAMLReader {
    private let document: YAMLDocument
    private let node: Int

    /// Parses a file's text.
    init(_ text: String, file: String) throws(LexiconError) {
        document = try YAMLDocument(text, file: file)
        node = 0
    }

    private init(_ node: Int32, of document: YAMLDocument) {
        self.document = document
        self.node = Int(node)
    }

    /// Where the node stands.
    var origin: Origin { Origin(file: document.file, line: Int(document.lines[node])) }

    /// The entries of a mapping in order; keys must be among `known`, if given, and stand once.
    func mapping(known: [String]? = nil) throws(LexiconError) -> [(key: String, value: YAMLReader)] {
        guard document.kinds[node] == .mapping else {
            throw LexiconError(.wrongShape(expected: "a mapping (key: value)"), at: origin)
        }
        let children = document.children[node]
        var entries: [(key: String, value: YAMLReader)] = []
        for index in stride(from: 0, to: children.count, by: 2) {
            let key = YAMLReader(children[index], of: document)
            guard document.kinds[key.node] == .text else {
                throw LexiconError(.wrongShape(expected: "a key"), at: key.origin)
            }
            let name = document.texts[key.node]
            if let known, !known.contains(name) { throw LexiconError(.unknownKey(name, known: known), at: key.origin) }
            if entries.contains(where: { $0.key == name }) {
                throw LexiconError(.duplicateTerm(name), at: key.origin)
            }
            entries.append((name, YAMLReader(children[index + 1], of: document)))
        }
        return entries
    }

    /// The items of a list.
    func list() throws(LexiconError) -> [YAMLReader] {
        guard isList else {
            throw LexiconError(.wrongShape(expected: "a list ([a, b] or lines with -)"), at: origin)
        }
        return document.children[node].map { YAMLReader($0, of: document) }
    }

    /// True for a list.
    var isList: Bool { document.kinds[node] == .list }

    /// A text.
    func text() throws(LexiconError) -> String {
        guard document.kinds[node] == .text else {
            throw LexiconError(.wrongShape(expected: "a text"), at: origin)
        }
        return document.texts[node]
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
        guard let value = DecimalText.value(of: text), range.contains(value) else {
            throw LexiconError(
                .badValue(text, expected: "\(range.lowerBound.formattedShort)…\(range.upperBound.formattedShort)"),
                at: origin)
        }
        return value
    }

    /// A whole number in a range.
    func whole(in range: ClosedRange<Int>) throws(LexiconError) -> Int {
        let text = try text()
        guard let value = DecimalText.value(of: text).flatMap({ Int(exactly: $0) }), range.contains(value) else {
            throw LexiconError(.badValue(text, expected: "\(range.lowerBound)…\(range.upperBound)"), at: origin)
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
}

/// Numbers as people write them.
package enum DecimalText {
    /// `12`, `0.8`; nil for what only a programmer reads as a number: `1e1`, `0xA`, `inf`.
    package static func value(of text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
        return isPlain ? Double(text) : nil
    }
}

extension Double {
    fileprivate var formattedShort: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
