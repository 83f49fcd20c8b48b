extension CaseStore {
    /// Begins an import: all that it writes is one transaction, from its first write to ``ImportSession/finish(_:)``.
    ///
    /// Other writers wait from the first write on, readers see the store as it was. Throws `busy` when another import runs.
    /// Where the installation asks for an impact assessment first, `assessmentMissing` without one on record.
    public func openImport(of source: ImportSource) throws(StoreError) -> ImportSession {
        if configuration.requiresAssessment {
            let found = try read { try $0.query("SELECT 1 FROM duty_record WHERE kind = 'assessment' LIMIT 1") }
            if found.isEmpty { throw StoreError(.assessmentMissing, folder: folder) }
        }
        return try ImportSession(store: self, source: source)
    }

    /// The imports that were finished, the newest first.
    public func imports() throws(StoreError) -> [ImportBatch] {
        try read { session in
            let rows = try session.query(
                """
                SELECT id, sha256, size, format, encoding, started_on, lexicon_version, gazetteer_version, read_count,
                  new_count, seen_count, flagged_count, rejected_count, refused_count, blank_count, gap_days,
                  first_day, last_day, finished_on
                FROM import_batch ORDER BY id DESC
                """)
            return try rows.map(Self.batch)
        }
    }

    private static func batch(_ row: SQLRow) throws -> ImportBatch {
        let source = ImportSource(
            sha256: try row.text(1), size: try row.int(2), format: try row.text(3), encoding: try row.text(4),
            startedOn: try row.int(5), lexiconVersion: try row.text(6), gazetteerVersion: try row.text(7))
        var counts = ImportCounts()
        counts.read = try row.int(8)
        counts.new = try row.int(9)
        counts.seen = try row.int(10)
        counts.flagged = try row.int(11)
        counts.rejected = try row.int(12)
        counts.refused = try row.int(13)
        counts.blank = try row.int(14)
        counts.gapDays = try row.int(15)
        counts.firstDay = try row.intOrNil(16)
        counts.lastDay = try row.intOrNil(17)
        counts.finishedOn = try row.int(18)
        return ImportBatch(id: try row.int(0), source: source, counts: counts)
    }
}
