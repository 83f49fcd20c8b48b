import Crypto
import Foundation

/// Whether tables, indices, views and triggers are those that the steps of the schema make.
///
/// Whoever can change rows can also put a weaker view in the place of the wall, or take a trigger away.
enum SchemaCheck {
    /// SHA-256 of ``text(in:)`` of a new store, as hex digits; `SchemaCheckTests` says what it is after another step.
    static let digest = "422756b45a704473787b483529269210ed563d54aa8339cf3bfe68fee8430fb3"

    /// True where the schema is this program's own.
    ///
    /// - Cost: a look at some hundred lines of text.
    static func isOwn(in session: any SQLSession) throws -> Bool { try digest(in: session) == digest }

    /// The digest of a store's schema.
    static func digest(in session: any SQLSession) throws -> String {
        let lines = try session.query(
            """
            SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_schema
            WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name
            """
        ).map { try $0.text(0) }
        return CaseStore.hex(Array(SHA256.hash(data: Data(lines.joined(separator: "\n").utf8))))
    }
}
