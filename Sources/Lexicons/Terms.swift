internal import Messages

/// A list of words that rules share: a named set, or the words written out in one place.
///
/// A class, so that a set that stands in a hundred rules is brought into normal form once.
public final class TermList: Sendable {
    /// The words, as the file has them.
    public let words: [String]
    /// What the list is called: `cadre` for a shared set, `water.pipes` for one of a file, nil for words without a name.
    public let name: String?

    /// Makes a list.
    public init(_ words: [String], name: String? = nil) {
        self.words = words
        self.name = name
    }
}

/// The words that a condition, or what cancels it, is made of: lists one after the other.
public struct Terms: Sendable, Equatable, ExpressibleByArrayLiteral {
    /// The lists; a word may stand in several.
    public var lists: [TermList] = []

    /// Makes terms of lists.
    public init(lists: [TermList] = []) { self.lists = lists }

    /// Makes terms of words.
    public init(arrayLiteral words: String...) { lists = words.isEmpty ? [] : [TermList(words)] }

    /// True when there is no word.
    public var isEmpty: Bool { lists.allSatisfy(\.words.isEmpty) }

    /// The words, each once, in order.
    public var words: [String] {
        var seen: Set<ByteKey> = []
        return lists.flatMap(\.words).filter { seen.insert(ByteKey($0)).inserted }
    }

    /// All lists of both.
    public static func + (left: Terms, right: Terms) -> Terms { Terms(lists: left.lists + right.lists) }

    /// Equal words in the same order.
    public static func == (left: Terms, right: Terms) -> Bool { left.words == right.words }
}
