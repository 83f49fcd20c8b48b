/// Tables that are sealed as a whole, as they are small or seldom written: who works where, what is registered, what was
/// handed on, what was read.
enum Register: String, CaseIterable, Sendable {
    case organisation, groups, places, names, corrections, accounts, lexicons, exports, papers, requests, roster, upward
    case imports, exporters

    /// One table of a register: what of it is sealed, and the order of its rows.
    struct Table: Sendable {
        var name: String
        /// Its columns as they are listed; see ``SealedColumns``.
        var columns: [String]
        var order: String
        /// The column whose numbers go up, where rows are only ever added.
        var key = "id"

        fileprivate init(_ name: String, _ columns: String, _ order: String, key: String = "id") {
            self.name = name
            self.columns = SealedColumns.list(columns)
            self.order = order
            self.key = key
        }
    }

    /// Its tables, in the order in which they are sealed.
    var tables: [Table] {
        switch self {
        case .organisation:
            [
                Table("unit", "id parent_id kind +rank area_code +area_prefix name", "x.id"),
                Table("official", "id unit_id post managed_rank", "x.id"),
                Table("staff", "id unit_id official_id role name ended_on", "x.id"),
                Table("staff_tie", "id staff_id kind official_id unit_id matter_id declared_on ended_on", "x.id"),
                Table("calendar_day", "day kind source", "x.day, x.kind"),
            ]
        case .groups:
            [
                Table("chat_group", "id name platform village_code notice_posted_on ordinal", "x.id"),
                Table("chat_group_name", "group_id ordinal name", "x.group_id, x.ordinal"),
                Table(
                    "group_home", "group_id valid_from valid_to place_code confirmed_by", "x.group_id, x.valid_from"),
                Table("column_map", "group_id map", "x.group_id"),
            ]
        case .places:
            [
                Table(
                    "place", "code valid_from name level parent valid_to successor ordinal", "x.code, x.valid_from"),
                Table("place_alias", "code valid_from ordinal text kind", "x.code, x.valid_from, x.ordinal"),
                Table("place_entity", "code valid_from entity scheme", "x.code, x.valid_from"),
                Table("place_code", "code scheme other", "x.code, x.scheme, x.other"),
                Table("succession", "from_code to_code kind", "x.from_code, x.to_code"),
            ]
        case .names:
            [
                Table(
                    "taught_alias",
                    "id text village_code group_id township_code valid_from valid_to taught_by taught_on flag_id "
                        + "+confirmations",
                    "x.id")
            ]
        case .corrections:
            [Table("flag_correction", "id flag_id from_code to_code alias_id corrected_by corrected_on", "x.id")]
        case .accounts:
            [
                // How often a password was wrong changes with every try and gives nobody a right.
                Table("credential", "staff_id hash set_on must_change", "x.staff_id"),
                Table("api_token", "id staff_id HEX:digest label issued_on expires_on ended_on", "x.id"),
            ]
        case .lexicons:
            [
                Table("lexicon_file", "digest HEX:content", "x.digest"),
                Table(
                    "lexicon_version", "id digest proposed_by proposed_at reason approved_by approved_at", "x.id"),
                Table("lexicon_version_file", "version_id name digest", "x.version_id, x.name"),
                Table("lexicon_use", "ordinal version_id used_by used_at reason", "x.ordinal"),
            ]
        case .exports:
            [
                Table(
                    "export_log",
                    "id exported_by exported_on recipient purpose form columns row_count sha256 audit_seq", "x.id")
            ]
        case .papers: [Table("duty_record", "id kind reference made_on recorded_by audit_seq", "x.id")]
        case .requests:
            [
                Table(
                    "subject_request",
                    "id matter_id kind received_on taken_by proposal basis proposed_by decided_by decided_on", "x.id")
            ]
        case .roster:
            [Table("duty_roster", "unit_id staff_id first_day last_day", "x.unit_id, x.first_day, x.staff_id")]
        case .upward: [Table("upward_duty", "kind object_id seen_on", "x.kind, x.object_id")]
        case .imports:
            [
                Table(
                    "import_batch",
                    "id sha256 size format encoding read_count new_count seen_count flagged_count rejected_count "
                        + "refused_count blank_count gap_days first_day last_day started_on finished_on lexicon_version "
                        + "gazetteer_version", "x.id")
            ]
        case .exporters:
            [Table("batch_group", "batch_id group_id exporter", "x.batch_id, x.group_id", key: "batch_id")]
        }
    }

    /// True of a table that grows with every year, and whose rows are only ever added, with numbers that go up: an act
    /// seals what it adds, and doesn't read the rest.
    var isAppended: Bool { [.corrections, .exports, .imports, .exporters].contains(self) }

    /// The first form in which it has a seal.
    var since: SealForm { self == .imports || self == .exporters ? .stored : .narrow }

    /// The name of its seal among the settings of the store.
    var sealName: String { rawValue + "_seal" }

    /// What a verdict calls it.
    var rowKind: AuditVerdict.RowKind {
        switch self {
        case .organisation: .organisation
        case .groups: .groups
        case .places, .names, .corrections: .places
        case .accounts: .accounts
        case .lexicons: .lexicons
        case .exports, .papers: .papers
        case .requests: .requests
        case .roster: .roster
        case .upward: .upward
        case .imports, .exporters: .imports
        }
    }

    private static let byTable = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { register in register.tables.map { ($0.name, register) } })

    /// The register that a table belongs to; nil for those that are sealed row by row, or not at all.
    init?(holding table: some StringProtocol) {
        guard let found = Self.byTable[String(table)] else { return nil }
        self = found
    }
}
