import GRDB
import Synchronization

/// A case that a search found.
public struct CaseHit: Sendable, Equatable {
    /// What a queue shows of it.
    public var summary: CaseSummary
    /// Some words of its summary, around the first find.
    public var snippet: String
}

/// Looks summaries up by their words: an index in memory, made when a process that lives long begins.
///
/// Nothing of it is on a disk. It finds candidates; what a person then sees goes through the wall like everything else.
/// Tokens are all pairs of neighbouring letters, and the words that a segmenter finds.
///
/// - Cost: making it opens every summary once, some 50 µs each; ``refresh()`` opens what changed since.
public final class CaseSearch: Sendable {
    private let store: CaseStore
    private let sealer: CaseSealer
    private let words: @Sendable (String) -> [String]
    private let index: DatabaseQueue
    /// The last row of the audit log that the index has seen.
    private let seen = Mutex(0)

    /// Makes the index; `words` cuts a text into words, and may give none.
    public init(_ store: CaseStore, words: @escaping @Sendable (String) -> [String] = { _ in [] }) throws(StoreError) {
        self.store = store
        self.words = words
        sealer = store.sealer
        index = try CaseStore.mapping(store.folder) {
            let index = try DatabaseQueue()
            try index.write { database in
                try database.execute(
                    sql: """
                        CREATE VIRTUAL TABLE summary USING fts5
                          (tokens, columnsize = 0, detail = none, tokenize = 'unicode61 remove_diacritics 0')
                        """)
            }
            return index
        }
        try refresh()
    }

    /// Takes in what was written, rewritten or erased since the last time.
    public func refresh() throws(StoreError) {
        try CaseStore.mapping(store.folder) {
            try seen.withLock { seen in
                var last = seen
                repeat {
                    let page = try store.read { session in try changes(after: last, in: session) }
                    if page.isEmpty { break }
                    try index.write { database in
                        for change in page {
                            try database.execute(sql: "DELETE FROM summary WHERE rowid = ?", arguments: [change.id])
                            guard let words = change.words else { continue }
                            try database.execute(
                                sql: "INSERT INTO summary (rowid, tokens) VALUES (?, ?)",
                                arguments: [change.id, tokens(of: words).joined(separator: " ")])
                        }
                    }
                    last = page.last?.seq ?? last
                } while true
                seen = last
            }
        }
    }

    /// The cases whose summaries may hold all of some words: candidates, in no order.
    func candidates(for query: String) throws -> Set<Int> {
        let terms = Self.terms(query)
        guard !terms.isEmpty else { return [] }
        let match = terms.flatMap { term -> [String] in
            let letters = Array(term)
            // One letter is the beginning of some pair.
            return letters.count == 1 ? ["\"\(term)\"*"] : Self.pairs(letters).map { "\"\($0)\"" }
        }.joined(separator: " AND ")
        return try index.read { database in
            try Set(Int.fetchAll(database, sql: "SELECT rowid FROM summary WHERE summary MATCH ?", arguments: [match]))
        }
    }

    /// The parts of a query that must all stand in a summary.
    static func terms(_ query: String) -> [String] {
        query.split(whereSeparator: { !isLetter($0) }).map { $0.lowercased() }
    }

    /// Some thirty letters of a text around the first place of a term.
    static func snippet(of text: String, around term: String) -> String {
        let (letters, folded) = (Array(text), text.lowercased())
        guard let place = folded.firstRange(of: term) else { return String(text.prefix(40)) }
        let at = folded.distance(from: folded.startIndex, to: place.lowerBound)
        let (first, last) = (max(0, at - 12), min(letters.count, at + term.count + 20))
        guard first < last else { return String(text.prefix(40)) }
        return (first > 0 ? "…" : "") + String(letters[first..<last]) + (last < letters.count ? "…" : "")
    }

    // MARK: - Private

    private struct Change {
        var id: Int
        var seq: Int
        var words: String?
    }

    /// The summaries of cases that changed after a row of the log, a page of them.
    private func changes(after seq: Int, in session: any SQLSession) throws -> [Change] {
        try session.query(
            """
            SELECT m.id, m.audit_seq, t.id, t.payload, k.id, k.wrapped
            FROM matter AS m LEFT JOIN matter_text AS t ON t.id =
                (SELECT MAX(x.id) FROM matter_text AS x WHERE x.matter_id = m.id AND x.kind = 'summary')
              LEFT JOIN matter_key AS k ON k.id = t.key_id
            WHERE m.audit_seq > $1 ORDER BY m.audit_seq LIMIT 2000
            """, [.int(seq)]
        ).map { row in
            var change = Change(id: try row.int(0), seq: try row.int(1), words: nil)
            if case .blob(let payload) = row[3], case .blob(let wrapped) = row[5] {
                change.words = try? sealer.open(payload, as: row.int(2), key: wrapped, row.int(4))
            }
            return change
        }
    }

    private func tokens(of text: String) -> Set<String> {
        var tokens: Set<String> = []
        for run in text.split(whereSeparator: { !Self.isLetter($0) }) {
            let letters = Array(run.lowercased())
            tokens.formUnion(Self.pairs(letters))
            // The last letter begins no pair.
            if let last = letters.last { tokens.insert(String(last)) }
        }
        for word in words(text) where word.allSatisfy(Self.isLetter) { tokens.insert(word.lowercased()) }
        return tokens
    }

    private static func pairs(_ letters: [Character]) -> [String] {
        zip(letters, letters.dropFirst()).map { String([$0, $1]) }
    }

    private static func isLetter(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
