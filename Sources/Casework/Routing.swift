public import Messages

/// Which bodies may handle which topics, and how far up a matter begins.
public struct Routing: Sendable, Equatable {
    /// Topics that begin above the village: the village itself is spoken of, or can't mend it.
    public var notForVillages: Set<Topic>
    /// Topics that only a county's or a city's body can handle.
    public var notForTownships: Set<Topic>

    /// The shipped table: whatever concerns money, entitlements and openness doesn't go back to the village committee.
    public init(
        notForVillages: Set<Topic> = [
            .subsidies, .assistance, .insurance, .disclosure, .land, .pollution, .transport, .education, .health,
            .labour,
            .market, .telecom,
        ], notForTownships: Set<Topic> = [.transport, .telecom]
    ) {
        self.notForVillages = notForVillages.union(notForTownships)
        self.notForTownships = notForTownships
    }

    /// True when a body may handle a complaint or suggestion of a topic.
    ///
    /// A discipline organ supervises and never handles.
    public func allows(_ kind: UnitKind, for topic: Topic) -> Bool {
        guard topic.track != .misconduct, !kind.isDiscipline else { return false }
        switch kind.rank {
        case .village: return !notForVillages.contains(topic)
        case .township: return !notForTownships.contains(topic)
        case .county, .city: return true
        }
    }

    /// The lowest level on which a topic may begin.
    public func firstRank(of topic: Topic) -> Rank {
        if notForTownships.contains(topic) { return .county }
        return notForVillages.contains(topic) ? .township : .village
    }
}

/// A body that handles or supervises, as the rules see it.
public struct OrgUnit: Sendable, Equatable {
    /// Its number.
    public var id: Int
    /// The body above it.
    public var parent: Int?
    /// What it is.
    public var kind: UnitKind
    /// The 12-digit code of its place.
    public var area: String
    /// Its name.
    public var name: String

    /// Makes a body.
    public init(id: Int, parent: Int?, kind: UnitKind, area: String, name: String) {
        self.id = id
        self.parent = parent
        self.kind = kind
        self.area = area
        self.name = name
    }

    /// True when it can be the body above one of a kind in a place: of a higher level, or, from the county up, of the same
    /// (a government above its departments), and for that place.
    public func canStandAbove(_ other: UnitKind, area: String) -> Bool {
        covers(area) && (kind.rank > other.rank || kind.rank == other.rank && kind.rank >= .county)
    }

    /// True when a place lies in what the body answers for.
    public func covers(_ place: String) -> Bool {
        let digits = kind.rank.digits
        return place.prefix(digits) == area.prefix(digits)
    }

    /// Who may get a matter that some bodies sent back: of those that can take it, the lowest that stands above all of them.
    ///
    /// Above by the chain of superiors; where that names none, by place and level, all of the lowest level alike. Where
    /// nobody stands above them, as with two departments of a county that has no body above its departments on record,
    /// those of their level that didn't send it back; and where there is none of these either, the highest there are:
    /// a matter that nobody could get would lie for good.
    package static func arbiters(of disputants: Set<Int>, among able: Set<Int>, in units: [Int: OrgUnit]) -> Set<Int> {
        let others = able.subtracting(disputants)
        let chains = disputants.map { superiors(of: $0, in: units) }
        if let first = chains.first,
            let common = first.first(where: { body in others.contains(body) && chains.allSatisfy { $0.contains(body) } }
            )
        {
            return [common]
        }
        let bodies = disputants.compactMap { units[$0] }
        let height = bodies.map(\.kind.rank).max() ?? .village
        let above = others.compactMap { units[$0] }.filter { unit in
            unit.kind.rank > height && bodies.allSatisfy { unit.covers($0.area) }
        }
        if let lowest = above.map(\.kind.rank).min() { return Set(above.filter { $0.kind.rank == lowest }.map(\.id)) }
        let peers = others.filter { units[$0]?.kind.rank == height && height >= .county }
        if !peers.isEmpty { return peers }
        let highest = able.compactMap { units[$0]?.kind.rank }.max()
        return able.filter { units[$0]?.kind.rank == highest }
    }

    /// The bodies above a body, the nearest first.
    public static func superiors(of id: Int, in units: [Int: OrgUnit]) -> [Int] {
        var chain = [id]
        // A unit that is its own superior by a slip of the table must not hang the rule.
        while let parent = chain.last.flatMap({ units[$0]?.parent }), !chain.contains(parent) {
            chain.append(parent)
        }
        return Array(chain.dropFirst())
    }
}
