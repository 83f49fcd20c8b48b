import Casework
import Messages

/// The rows that an import writes.
extension ImportSession {
    /// Digests are unsigned, the engines' integers are not.
    static func value(_ digest: UInt64) -> SQLValue { .int(Int64(bitPattern: digest)) }

    /// The digests of a day as they lie in their row.
    static func numbers(in bytes: [UInt8]) -> [UInt64] {
        bytes.withUnsafeBytes { raw in
            stride(from: 0, to: raw.count - 7, by: 8).map {
                UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
            }
        }
    }

    /// The bytes of the digests of a day, in any order.
    static func bytes(of digests: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digests.count * 8)
        for digest in digests.sorted() {
            withUnsafeBytes(of: digest.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// Which flag holds a message, for those that one does.
    static func owners(of digests: [UInt64], in session: any SQLSession) throws -> [UInt64: Int] {
        var owners: [UInt64: Int] = [:]
        for digest in digests {
            let rows = try session.query("SELECT flag_id FROM flag_message WHERE digest = $1", [value(digest)])
            if let row = rows.first { owners[digest] = try row.int(0) }
        }
        return owners
    }

    static func insertMessages(
        _ digests: [UInt64], except owned: [UInt64: Int], of id: Int, in session: any SQLSession
    ) throws {
        let own = Set(digests).filter { owned[$0] == nil }.sorted()
        // Two messages of one minute may share the minute's digest: it stays with the first flag.
        for digest in own {
            try session.execute(
                "INSERT INTO flag_message (digest, flag_id) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
                [value(digest), .int(id)])
        }
    }

    static func insertKey(_ id: Int, wrapped: [UInt8], in session: any SQLSession) throws {
        try session.execute(
            "INSERT INTO data_key (id, purpose, wrapped) VALUES ($1, 'flag', $2)", [.int(id), .blob(wrapped)])
    }

    /// The next number of a table; rows of these tables are never deleted by others than imports, so none is given twice.
    static func nextNumber(of table: String, in session: any SQLSession) throws -> Int {
        try session.query("SELECT COALESCE(MAX(id), 0) + 1 FROM \(table)")[0].int(0)
    }

    static func insertBatch(_ id: Int, source: ImportSource, in session: any SQLSession) throws {
        try session.execute(
            """
            INSERT INTO import_batch (id, sha256, size, format, encoding, read_count, new_count, seen_count,
              flagged_count, rejected_count, refused_count, blank_count, gap_days, started_on, finished_on,
              lexicon_version, gazetteer_version)
            VALUES ($1, '', 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, $2, $2, '', '')
            """, [.int(id), .int(source.startedOn)])
    }

    static func updateBatch(
        _ id: Int, _ source: ImportSource, _ counts: ImportCounts, in session: any SQLSession
    ) throws {
        let columns: [(name: String, value: SQLValue)] = [
            ("sha256", .text(source.sha256)), ("size", .int(source.size)), ("format", .text(source.format)),
            ("encoding", .text(source.encoding)), ("started_on", .int(source.startedOn)),
            ("finished_on", .int(counts.finishedOn ?? source.startedOn)), ("read_count", .int(counts.read)),
            ("new_count", .int(counts.new)), ("seen_count", .int(counts.seen)), ("flagged_count", .int(counts.flagged)),
            ("rejected_count", .int(counts.rejected)), ("refused_count", .int(counts.refused)),
            ("blank_count", .int(counts.blank)), ("gap_days", .int(counts.gapDays)),
            ("first_day", .int(counts.firstDay)), ("last_day", .int(counts.lastDay)),
            ("lexicon_version", .text(source.lexiconVersion)), ("gazetteer_version", .text(source.gazetteerVersion)),
        ]
        let settings = columns.enumerated().map { "\($1.name) = $\($0 + 2)" }.joined(separator: ", ")
        try session.execute("UPDATE import_batch SET \(settings) WHERE id = $1", [.int(id)] + columns.map(\.value))
    }
}
