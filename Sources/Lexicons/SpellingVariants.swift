public import Messages

/// Which words are found in other spellings too, and what spellings there are: `variants.yaml`.
///
/// Only words that ask for it: most words have a homophone that is a word of its own.
public struct SpellingVariants: Sendable, Equatable {
    /// A way to spell a word otherwise.
    public enum Kind: String, Sendable, CaseIterable {
        /// Characters that are read alike, without tones: 发飘 for 发票.
        case sound
        /// Characters that look alike, or a character taken apart: 今贝污 for 贪污.
        case look
        /// Characters in Latin letters, whole syllables or their first letters: di保, d保.
        case latin
        /// Characters typed several times: 贪贪污污.
        case repeated
    }

    /// A word that asks for a kind of spelling.
    public struct Word: Sendable, Equatable {
        /// The word, as the file has it.
        public var text: String
        /// How it may be spelled.
        public var kind: Kind
        /// Where the file says so.
        public var origin: Origin

        /// Makes a word.
        public init(_ text: String, _ kind: Kind, at origin: Origin) {
            self.text = text
            self.kind = kind
            self.origin = origin
        }
    }

    /// The words, in the order of the file; a word stands once for each kind.
    public var words: [Word] = []
    /// Groups of characters that look alike.
    public var alike: [String] = []
    /// Characters and the parts that stand for them when they are taken apart.
    public var parts: [Character: String] = [:]

    /// Makes a list without words.
    public init() {}
}

/// Reads `variants.yaml`.
enum VariantsReader {
    static func variants(_ reader: YAMLReader) throws(LexiconError) -> SpellingVariants {
        var variants = SpellingVariants()
        let known = SpellingVariants.Kind.allCases.map(\.rawValue) + ["alike", "parts"]
        for (key, value) in try reader.mapping(known: known) {
            if let kind = SpellingVariants.Kind(rawValue: key) {
                for (text, origin) in try value.terms() {
                    guard (2...8).contains(text.count) else {
                        throw LexiconError(.badValue(text, expected: "a word of 2…8 characters"), at: origin)
                    }
                    variants.words.append(SpellingVariants.Word(text, kind, at: origin))
                }
            } else if key == "alike" {
                for (text, origin) in try value.terms() {
                    guard text.count > 1 else {
                        throw LexiconError(.badValue(text, expected: "two or more characters"), at: origin)
                    }
                    variants.alike.append(text)
                }
            } else {
                for (whole, parts) in try value.mapping() {
                    guard let character = whole.first, whole.count == 1 else {
                        throw LexiconError(.badValue(whole, expected: "one character"), at: parts.origin)
                    }
                    variants.parts[character] = try parts.text()
                }
            }
        }
        return variants
    }
}
