public import Casework
import Messages

extension CaseDesk {
    /// All bodies, by number.
    public func units() throws -> [OrgUnit] {
        try store.read { try Staff.units(in: $0) }.values.sorted { $0.id < $1.id }
    }

    /// All posts that a report can speak of.
    public func officials() throws -> [Official] {
        try store.read { session in
            try session.query("SELECT id, unit_id, post, managed_rank FROM official ORDER BY id").map {
                Official(id: try $0.int(0), unit: try $0.int(1), post: try $0.text(2), managedRank: try $0.int(3))
            }
        }
    }

    /// Everyone who has not left.
    public func staff() throws -> [StaffMember] {
        try store.read { try Staff.members("s.ended_on IS NULL", [], in: $0) }
    }

    /// Adds a body and returns its number.
    public func addUnit(kind: UnitKind, area: String, name: String, parent: Int? = nil) throws -> Int {
        try run("unit-add") { act in
            try act.requireAdministrator()
            try act.checkPlace(area, of: kind)
            if let parent {
                guard let above = try act.units()[parent] else { throw DeskError(.noSuchUnit(parent)) }
                guard above.canStandAbove(kind, area: area) else { throw DeskError(.badField("parent")) }
            }
            let id = try act.insertUnit(kind: kind, area: area, name: name, parent: parent)
            try act.log("unit-add", "unit", id)
            return id
        }
    }

    /// Adds a post and returns its number.
    public func addOfficial(unit: Int, post: String, managedRank: Int) throws -> Int {
        try run("official-add", "unit", unit) { act in
            try act.requireAdministrator()
            guard try act.units()[unit] != nil else { throw DeskError(.noSuchUnit(unit)) }
            guard (1...100).contains(post.unicodeScalars.count) else { throw DeskError(.badField("post")) }
            guard (2...5).contains(managedRank) else { throw DeskError(.badField("managed-rank")) }
            let id = try act.nextID("official")
            try act.session.execute(
                "INSERT INTO official (id, unit_id, post, managed_rank) VALUES ($1, $2, $3, $4)",
                [.int(id), .int(unit), .text(post), .int(managedRank)])
            try act.log("official-add", "unit", unit, "official=\(id)")
            return id
        }
    }

    /// Adds a person and returns the number; the role must be one that the body has.
    public func addStaff(unit: Int, role: StaffRole, name: String, official: Int? = nil) throws -> Int {
        try run("staff-add", "unit", unit) { act in
            try act.requireAdministrator()
            guard let body = try act.units()[unit] else { throw DeskError(.noSuchUnit(unit)) }
            guard body.kind.roles.contains(role) else { throw DeskError(.badField("role")) }
            guard (1...100).contains(name.unicodeScalars.count) else { throw DeskError(.badField("name")) }
            if let official {
                let rows = try act.session.query("SELECT unit_id FROM official WHERE id = $1", [.int(official)])
                guard try rows.first?.int(0) == unit else { throw DeskError(.noSuchOfficial(official)) }
                let taken = try act.session.query("SELECT 1 FROM staff WHERE official_id = $1", [.int(official)])
                guard taken.isEmpty else { throw DeskError(.badField("official")) }
            }
            let id = try act.nextID("staff")
            try act.session.execute(
                "INSERT INTO staff (id, unit_id, official_id, role, name) VALUES ($1, $2, $3, $4, $5)",
                [.int(id), .int(unit), .int(official), .text(role.rawValue), .text(name)])
            try act.log("staff-add", "staff", id, "role=\(role.rawValue)")
            return id
        }
    }

    /// Ends a person's work.
    ///
    /// Open reports go to somebody of the same role whom the wall lets through; where there is nobody they stay in the
    /// leaver's hand, who reads nothing any more, until ``handOver(from:to:)`` or an assignment gives them to somebody;
    /// ``orphanCount()`` tells of them. Sessions, tokens, the password and what the person kept for the queue end.
    /// - Returns: How many open reports are left in hand, but those that the wall keeps from whoever asks.
    @discardableResult
    public func endStaff(_ id: Int) throws -> Int {
        try run("staff-end", "staff", id) { act in
            try act.requireAdministrator()
            guard id != actor else { throw DeskError(.oneself) }
            guard let leaver = try Staff.member(id, in: act.session) else { throw DeskError(.noSuchStaff(id)) }
            let others = try Staff.members(
                "s.role = '\(leaver.role.rawValue)' AND s.ended_on IS NULL AND s.id <> $1 AND s.unit_id = $2",
                [.int(id), .int(leaver.unit.id)], in: act.session)
            _ = try act.handOver(from: id, to: others.map(\.id))
            try act.session.execute("DELETE FROM credential WHERE staff_id = $1", [.int(id)])
            try act.session.execute("DELETE FROM desk_session WHERE staff_id = $1", [.int(id)])
            try act.session.execute("DELETE FROM saved_filter WHERE staff_id = $1", [.int(id)])
            try act.session.execute(
                "UPDATE api_token SET ended_on = $2 WHERE staff_id = $1 AND ended_on IS NULL",
                [.int(id), .int(today.number)])
            try act.session.execute(
                "UPDATE staff SET ended_on = $2 WHERE id = $1", [.int(id), .int(today.number)])
            for row in try act.session.query(
                """
                SELECT DISTINCT a.matter_id FROM assignment AS a JOIN matter AS m ON m.id = a.matter_id
                WHERE a.staff_id = $1 AND a.ended_on IS NULL AND m.is_open = 0
                """, [.int(id)])
            {
                let matter = try row.int(0)
                try act.checkWhole(matter)
                act.touch(matter)
                try act.session.execute(
                    "UPDATE assignment SET ended_on = $3 WHERE matter_id = $1 AND staff_id = $2 AND ended_on IS NULL",
                    [.int(matter), .int(id), .int(today.number)])
            }
            let left = try act.session.query(
                """
                SELECT COUNT(*) FROM assignment AS a WHERE a.staff_id = $1 AND a.ended_on IS NULL
                  AND NOT EXISTS (SELECT 1 FROM wall AS w WHERE w.staff_id = $2 AND w.matter_id = a.matter_id)
                """, [.int(id), .int(actor)])[0].int(0)
            try act.log("staff-end", "staff", id)
            return left
        }
    }

    /// Declares a tie and returns its number: one's own, or a colleague's as supervisor or administrator.
    ///
    /// What it concerns leaves the person's views in the same transaction.
    public func declare(_ tie: StaffTie) throws -> Int {
        try run("tie-add", "staff", tie.staff) { act in
            if tie.staff != actor || act.person == nil { try act.requireTieKeeper() }
            guard try Staff.member(tie.staff, in: act.session) != nil else {
                throw DeskError(.noSuchStaff(tie.staff))
            }
            if let unit = tie.unit, try act.units()[unit] == nil { throw DeskError(.noSuchUnit(unit)) }
            if let official = tie.official,
                try act.session.query("SELECT 1 FROM official WHERE id = $1", [.int(official)]).isEmpty
            {
                throw DeskError(.noSuchOfficial(official))
            }
            guard tie.unit != nil || tie.official != nil else { throw DeskError(.badField("unit")) }
            let id = try act.insertTie(tie, matter: nil)
            try act.log("tie-add", "staff", tie.staff, "tie=\(id)")
            return id
        }
    }

    /// Ends a tie; nobody ends one's own.
    public func endTie(_ id: Int) throws {
        try run("tie-end") { act in
            try act.requireTieKeeper()
            let rows = try act.session.query(
                "SELECT staff_id FROM staff_tie WHERE id = $1 AND ended_on IS NULL", [.int(id)])
            guard let staff = try rows.first?.int(0) else { throw DeskError(.noSuchTie(id)) }
            guard staff != actor else { throw DeskError(.oneself) }
            try act.session.execute(
                "UPDATE staff_tie SET ended_on = $2 WHERE id = $1", [.int(id), .int(today.number)])
            try act.log("tie-end", "staff", staff, "tie=\(id)")
        }
    }

    /// The ties to posts and bodies that hold.
    ///
    /// Those to single cases stay in the cases: a list of them would tell who is spoken of.
    public func ties() throws -> [StaffTie] {
        try store.read { session in
            try session.query(
                """
                SELECT id, staff_id, kind, official_id, unit_id, declared_on FROM staff_tie
                WHERE ended_on IS NULL AND matter_id IS NULL ORDER BY id
                """
            ).map { row in
                var tie = StaffTie(
                    staff: try row.int(1), kind: try row.choice(2), official: try row.intOrNil(3),
                    unit: try row.intOrNil(4))
                tie.id = try row.int(0)
                tie.declaredOn = CivilDay(try row.int(5))
                return tie
            }
        }
    }

    /// The calendar; empty before one was imported.
    public func calendar() throws -> WorkCalendar { try store.read { try Staff.calendar(in: $0) } }

    /// Takes over a calendar: its years replace what was known of them.
    public func importCalendar(_ calendar: WorkCalendar) throws {
        try run("calendar-import") { act in
            if act.person != nil { _ = try act.require([.sysadmin, .supervisor, .intake]) }
            for year in Set(calendar.entries.map(\.day.year)).sorted() {
                guard let first = CivilDay(year: year, month: 1, day: 1),
                    let last = CivilDay(year: year, month: 12, day: 31)
                else { continue }
                try act.session.execute(
                    "DELETE FROM calendar_day WHERE day BETWEEN $1 AND $2", [.int(first.number), .int(last.number)])
            }
            try act.session.insert(
                into: "calendar_day", columns: ["day", "kind", "source"],
                rows: calendar.entries.map {
                    [.int($0.day.number), .text($0.kind.rawValue), .text(String($0.source.prefix(200)))]
                })
            try act.log("calendar-import", "store", 0, "days=\(calendar.entries.count)")
        }
    }
}

extension CaseDesk.Act {
    /// Accounts are an administrator's, or the operator's until there is one.
    func requireAdministrator() throws {
        guard person == nil else {
            _ = try require([.sysadmin])
            return
        }
        let administrators = try session.query(
            "SELECT 1 FROM staff WHERE role = 'sysadmin' AND ended_on IS NULL LIMIT 1")
        guard administrators.isEmpty else { throw DeskError(.nobody) }
    }

    func requireTieKeeper() throws {
        if person == nil { try requireAdministrator() } else { _ = try require([.supervisor, .sysadmin]) }
    }

    /// A body's place must be one of its level, as far as the gazetteer knows it; a village must be in it, where there is
    /// one.
    fileprivate func checkPlace(_ area: String, of kind: UnitKind) throws {
        let levels = try session.query("SELECT DISTINCT level FROM place WHERE code = $1", [.text(area)]).map {
            try $0.text(0)
        }
        if levels.isEmpty, kind == .village {
            guard try session.query("SELECT 1 FROM place LIMIT 1").isEmpty else { throw DeskError(.badField("area")) }
        }
        if kind.rank < .county, area.dropFirst(kind.rank.digits - 3).prefix(3) == "000" {
            throw DeskError(.badField("area"))
        }
        let level = kind.rank.name(in: .en)
        // A city without counties has bodies of either level in one place.
        guard levels.isEmpty || levels.contains(level) || kind.rank >= .county && !levels.contains("village") else {
            throw DeskError(.badField("area"))
        }
    }

    func insertUnit(kind: UnitKind, area: String, name: String, parent: Int?) throws -> Int {
        guard area.utf8.count == 12, area.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw DeskError(.badField("area"))
        }
        guard (1...200).contains(name.unicodeScalars.count) else { throw DeskError(.badField("name")) }
        if let parent, try units()[parent] == nil { throw DeskError(.noSuchUnit(parent)) }
        let id = try nextID("unit")
        try session.execute(
            """
            INSERT INTO unit (id, parent_id, kind, rank, area_code, area_prefix, name)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .int(id), .int(parent), .text(kind.rawValue), .int(kind.rank.rawValue), .text(area),
                .text(String(area.prefix(kind.rank.digits))), .text(name),
            ])
        forgetUnits()
        return id
    }

    func insertTie(_ tie: StaffTie, matter: Int?) throws -> Int {
        // Ties to single cases are in no list, so their numbers must leave no gaps in those of the others.
        let first = 5_000_000_000_000_000
        let id = try session.query(
            "SELECT COALESCE(MAX(id), $1) + 1 FROM staff_tie WHERE (id >= $2) = ($1 > 0)",
            [.int(matter == nil ? 0 : first), .int(first)])[0].int(0)
        try session.execute(
            """
            INSERT INTO staff_tie (id, staff_id, kind, official_id, unit_id, matter_id, declared_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .int(id), .int(tie.staff), .text(tie.kind.rawValue), .int(tie.official), .int(tie.unit), .int(matter),
                .int(desk.today.number),
            ])
        return id
    }
}
