import Casework
import Messages

/// The words of a case inside a transaction.
extension CaseDesk.Act {
    /// What a text is.
    enum TextKind: String {
        case original, summary, note, reply, paper

        var keyPurpose: String { self == .original ? "original" : "file" }
    }

    /// Seals words into a case.
    func write(_ words: String, as kind: TextKind, of matter: Int, event: Int) throws {
        let keys = try session.query(
            "SELECT id, wrapped FROM matter_key WHERE matter_id = $1 AND purpose = $2",
            [.int(matter), .text(kind.keyPurpose)])
        let keyID: Int
        let wrapped: [UInt8]
        if let row = keys.first {
            // A key that was destroyed stays so: nothing more can be written under it.
            guard row[1] != .null else { throw DeskError(.wordsErased) }
            (keyID, wrapped) = (try row.int(0), try row.blob(1))
        } else {
            keyID = try nextID("matter_key")
            wrapped = try desk.sealer.newKey(keyID)
            try session.execute(
                "INSERT INTO matter_key (id, matter_id, purpose, wrapped) VALUES ($1, $2, $3, $4)",
                [.int(keyID), .int(matter), .text(kind.keyPurpose), .blob(wrapped)])
        }
        let id = try nextID("matter_text")
        let payload = try desk.sealer.seal(words, as: id, key: wrapped, keyID)
        try session.execute(
            """
            INSERT INTO matter_text (id, matter_id, event_ordinal, kind, key_id, payload)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [.int(id), .int(matter), .int(event), .text(kind.rawValue), .int(keyID), .blob(payload)])
    }

    /// The words of some kinds in a case, oldest first; nil for erased ones.
    func texts(_ kinds: [TextKind], of matter: Int) throws -> [(event: Int, kind: TextKind, words: String?)] {
        try session.query(
            """
            SELECT t.id, t.event_ordinal, t.kind, t.payload, k.id, k.wrapped
            FROM matter_text AS t JOIN matter_key AS k ON k.id = t.key_id WHERE t.matter_id = $1 ORDER BY t.id
            """, [.int(matter)]
        ).compactMap { row in
            guard let kind = TextKind(rawValue: try row.text(2)), kinds.contains(kind) else { return nil }
            guard row[3] != .null else { return (try row.int(1), kind, nil) }
            guard case .blob(let wrapped) = row[5],
                let words = try? desk.sealer.open(row.blob(3), as: row.int(0), key: wrapped, row.int(4))
            else { throw DeskError(.damagedText) }
            return (try row.int(1), kind, words)
        }
    }

    /// Destroys a key of a case and clears what it sealed; false when there was nothing to destroy.
    @discardableResult
    func destroy(_ purpose: String, of matter: Int) throws -> Bool {
        try session.execute(
            """
            UPDATE matter_text SET payload = NULL
            WHERE matter_id = $1 AND key_id IN (SELECT id FROM matter_key WHERE matter_id = $1 AND purpose = $2)
            """, [.int(matter), .text(purpose)])
        return try session.execute(
            """
            UPDATE matter_key SET wrapped = NULL, destroyed_on = $3
            WHERE matter_id = $1 AND purpose = $2 AND wrapped IS NOT NULL
            """, [.int(matter), .text(purpose), .int(desk.today.number)]) > 0
    }

    /// Refuses a summary that repeats the words it was made from.
    func checkOwnWords(_ summary: String, against originals: [String]) throws {
        guard summary.contains(where: { !$0.isWhitespace }) else { throw DeskError(.badField("summary")) }
        for original in originals where SummaryCheck.copiedStretch(in: summary, of: original) != nil {
            throw DeskError(.copiedWords)
        }
    }
}
