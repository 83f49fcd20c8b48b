internal import Casework
internal import Crypto
internal import Foundation
public import Messages

/// How many waiting flags a version read anew.
public struct LexiconRescoring: Sendable, Equatable {
    /// Flags that wait, and were read.
    public var read = 0
    /// Those of them whose track, topic, severity, score or rules changed.
    public var changed = 0
    /// Those that the version would not have flagged; they stay until a person ends them.
    public var unflagged = 0
}

extension CaseDesk {
    /// The versions of the lexicons, oldest first; for the operator, or whoever tends, approves, audits or uses them.
    public func lexiconVersions() throws -> [LexiconVersion] {
        if actor == 0 { return try store.lexiconVersions() }
        return try run("lexicon-versions", "store") { act in
            _ = try act.require(Self.ruleReaders.union([.auditor]))
            let found = try LexiconVersion.all(in: act.session)
            try act.log("lexicon-versions", "store", 0, "rows=\(found.count)")
            return found
        }
    }

    /// Keeps a version of the lexicons for another person to approve.
    ///
    /// - Returns: the version; one with the same digest is not kept twice.
    public func proposeLexicon(
        _ files: [LexiconVersionFile], digest: String, reason: String
    ) throws -> LexiconVersion {
        guard (1...400).contains(reason.unicodeScalars.count) else { throw DeskError(.badField("reason")) }
        return try run("lexicon-propose", "store") { act in
            let person = try act.require([.lexicon])
            if let known = try LexiconVersion.all(in: act.session).first(where: { $0.digest == digest }) {
                try act.log("lexicon-propose", "store", known.id, "known=1")
                return known
            }
            let id = try act.nextID("lexicon_version")
            try act.session.execute(
                "INSERT INTO lexicon_version (id, digest, proposed_by, proposed_at, reason) VALUES ($1, $2, $3, $4, $5)",
                [.int(id), .text(digest), .int(person.id), .int(Int(now)), .text(reason)])
            for file in files { try act.keep(file, of: id) }
            try act.log("lexicon-propose", "store", id, "digest=\(digest.prefix(16))")
            return LexiconVersion(id: id, digest: digest, proposer: person.id, proposedAt: now, reason: reason)
        }
    }

    /// Approves a proposed version, takes it into use and reads the waiting flags anew; whoever proposed it cannot.
    ///
    /// `reading` is the version's word on a flag's words; all is one transaction.
    public func approveLexicon(_ id: Int, reading: (FlagRecord) -> Verdict) throws -> LexiconRescoring {
        try run("lexicon-approve", "store", id) { act in
            let person = try act.require([.lexicon, .supervisor])
            let version = try act.version(id)
            guard version.approver == nil else { throw DeskError(.versionState(id)) }
            guard version.proposer != person.id else { throw DeskError(.ownProposal) }
            try act.session.execute(
                "UPDATE lexicon_version SET approved_by = $2, approved_at = $3 WHERE id = $1",
                [.int(id), .int(person.id), .int(Int(now))])
            return try act.use(version, as: "lexicon-approve", reason: "approved", reading: reading)
        }
    }

    /// Goes back to any version that was approved before, and reads the waiting flags anew.
    public func rollBackLexicon(
        to id: Int, reason: String, reading: (FlagRecord) -> Verdict
    ) throws -> LexiconRescoring {
        guard (1...400).contains(reason.unicodeScalars.count) else { throw DeskError(.badField("reason")) }
        return try run("lexicon-rollback", "store", id) { act in
            _ = try act.require([.lexicon, .supervisor])
            let version = try act.version(id)
            guard version.approver != nil, !version.isCurrent else { throw DeskError(.versionState(id)) }
            return try act.use(version, as: "lexicon-rollback", reason: reason, reading: reading)
        }
    }
}

extension CaseStore {
    /// The number of the version that read a flag last; nil where only the one that made it did.
    public func lexiconReading(of flag: Int) throws(StoreError) -> Int? {
        try read { try $0.query("SELECT version_id FROM flag_reading WHERE flag_id = $1", [.int(flag)]).first?.int(0) }
    }
}

extension CaseDesk.Act {
    fileprivate func version(_ id: Int) throws -> LexiconVersion {
        guard let version = try LexiconVersion.all(in: session).first(where: { $0.id == id }) else {
            throw DeskError(.noSuchVersion(id))
        }
        return version
    }

    fileprivate func keep(_ file: LexiconVersionFile, of version: Int) throws {
        let digest = SHA256.hash(data: file.content).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }.joined()
        if try session.query("SELECT 1 FROM lexicon_file WHERE digest = $1", [.text(digest)]).isEmpty {
            try session.execute(
                "INSERT INTO lexicon_file (digest, content) VALUES ($1, $2)", [.text(digest), .blob(file.content)])
        }
        try session.execute(
            "INSERT INTO lexicon_version_file (version_id, name, digest) VALUES ($1, $2, $3)",
            [.int(version), .text(file.name), .text(digest)])
    }

    fileprivate func use(
        _ version: LexiconVersion, as action: String, reason: String, reading: (FlagRecord) -> Verdict
    ) throws -> LexiconRescoring {
        let ordinal = try session.query("SELECT COALESCE(MAX(ordinal), 0) + 1 FROM lexicon_use")[0].int(0)
        try session.execute(
            "INSERT INTO lexicon_use (ordinal, version_id, used_by, used_at, reason) VALUES ($1, $2, $3, $4, $5)",
            [.int(ordinal), .int(version.id), .int(desk.actor), .int(Int(desk.now)), .text(reason)])
        var counts = LexiconRescoring()
        var last = 0
        while true {
            // Page by page: a province's queue need not fit into memory.
            let rows = try session.query(
                """
                SELECT \(FlagRow.recordColumns) FROM flag AS f JOIN data_key AS k ON k.id = f.data_key_id
                WHERE f.state IN ('new', 'claimed') AND f.id > $1 ORDER BY f.id LIMIT 500
                """, [.int(last)])
            for row in rows {
                let record = try FlagRow.record(row, key: desk.store.key, folder: desk.store.folder)
                last = record.summary.id
                try rescore(record, as: reading(record), by: version.id, &counts)
            }
            if rows.count < 500 { break }
        }
        try log(
            action, "store", version.id,
            "digest=\(version.digest.prefix(16));read=\(counts.read);changed=\(counts.changed)")
        return counts
    }

    /// Puts a new reading of a waiting flag in the place of the old one.
    ///
    /// The flag keeps its words, place, number and the version that made it: only a person ends it. What was taken for a report
    /// stays one, whatever a machine thinks later: else the words would come before the wall by a change of a word list.
    private func rescore(
        _ record: FlagRecord, as verdict: Verdict, by version: Int, _ counts: inout LexiconRescoring
    ) throws {
        guard let content = record.content else { return }
        let summary = record.summary
        try checkWhole(flag: summary.id)
        counts.read += 1
        if !verdict.flagged { counts.unflagged += 1 }
        try session.execute(
            """
            INSERT INTO flag_reading (flag_id, version_id) VALUES ($1, $2)
            ON CONFLICT (flag_id) DO UPDATE SET version_id = excluded.version_id
            """, [.int(summary.id), .int(version)])
        touch(flag: summary.id)
        let stays = !verdict.flagged || summary.track == .misconduct && verdict.track != .misconduct
        let hits = verdict.flagged ? verdict.evidence : content.hits
        var draft = FlagDraft(
            kept: content.text, quote: content.quote, hits: hits, placing: record.placing, topic: summary.topic)
        draft.track = stays ? summary.track : verdict.track ?? summary.track
        draft.topic = stays ? summary.topic : verdict.topic ?? summary.topic
        draft.severity = stays ? summary.severity : verdict.severity ?? summary.severity
        draft.score = verdict.score
        draft.rules = Set(hits.map { $0.rule }).sorted()
        draft.guards = verdict.guards
        draft.undecided = verdict.undecided
        let isSame =
            draft.track == summary.track && draft.topic == summary.topic && draft.severity == summary.severity
            && abs(draft.score - summary.score) < 1e-9 && hits == content.hits && draft.guards == record.guards
            && draft.undecided == record.undecided
        if isSame { return }
        counts.changed += 1
        let key = try session.query("SELECT data_key_id FROM flag WHERE id = $1", [.int(summary.id)])[0].int(0)
        let sealed = try desk.store.key.seal(FlagRow.plain(of: draft), flag: summary.id, key: key)
        try session.execute("UPDATE data_key SET wrapped = $2 WHERE id = $1", [.int(key), .blob(sealed.wrapped)])
        let read: Set = ["track", "topic", "severity", "score", "rules", "guards", "undecided"]
        let columns =
            try FlagRow.clearColumns(of: draft).filter { read.contains($0.name) } + [("payload", .blob(sealed.payload))]
        let settings = columns.enumerated().map { "\($1.name) = $\($0 + 2)" }.joined(separator: ", ")
        try session.execute(
            "UPDATE flag SET \(settings), version = version + 1 WHERE id = $1",
            [.int(summary.id)] + columns.map(\.value))
    }
}
