/// Some cases of a queue, in the queue's order.
///
/// What lies with a unit and what it assists in are asked for apart and put together here: asked for at once, thousands
/// would be sorted for a page of fifty.
struct CasePage {
    private let query: CaseQuery
    private let act: CaseDesk.Act
    private let conditions: [CaseCondition]

    init(_ query: CaseQuery, _ person: StaffMember, _ act: CaseDesk.Act) throws {
        (self.query, self.act) = (query, act)
        conditions = try CaseCondition.Share.all(of: person, in: act).map {
            try CaseCondition(query, person, act, share: $0)
        }
    }

    /// The cases that a further condition on `m` lets through, `limit` at most, without the first `offset`.
    ///
    /// `checked`: without those that another program changed.
    func cases(limit: Int, offset: Int = 0, where more: String? = nil, checked: Bool = true) throws -> [CaseSummary] {
        let found = try read(limit: limit, offset: offset, where: more)
        return checked ? try act.listable(found) : found
    }

    private func read(limit: Int, offset: Int, where more: String?) throws -> [CaseSummary] {
        let (limit, offset) = (max(0, limit), max(0, offset))
        let end = limit.addingReportingOverflow(offset)
        let wanted = end.overflow ? Int.max : end.partialValue
        let isOne = conditions.count == 1
        let pages = try conditions.map { condition in
            try act.session.query(
                """
                SELECT \(CaseRow.columns) FROM readable_matter AS m\(condition.clause)\(more.map { " AND " + $0 } ?? "")
                \(condition.order) LIMIT \(isOne ? limit : wanted) OFFSET \(isOne ? offset : 0)
                """, condition.values
            ).map(CaseRow.summary)
        }
        guard !isOne else { return pages[0] }
        return Array(pages.joined().sorted(by: precedes).dropFirst(offset).prefix(limit))
    }

    /// How many there are; counting stops at `most`.
    func count(upTo most: Int) throws -> Int {
        let counts = try conditions.map { condition in
            try act.session.query(
                "SELECT COUNT(*) FROM (SELECT 1 FROM readable_matter AS m\(condition.clause) LIMIT \(most)) AS found",
                condition.values)[0].int(0)
        }
        return min(most, counts.reduce(0, +))
    }

    private func precedes(_ one: CaseSummary, _ other: CaseSummary) -> Bool {
        let (mark, next) = (CaseMark(one, in: query.view), CaseMark(other, in: query.view))
        if query.view.order == .queue, mark.isOpen != next.isOpen { return mark.isOpen > next.isOpen }
        return (mark.key, one.id) < (next.key, other.id)
    }
}
