public import Messages

/// Where each group belonged at which time.
public struct GroupHomes: Sendable {
    private let byGroup: [String: [GroupHome]]

    /// Takes the homes that were not always the same.
    public init(_ homes: [GroupHome]) { byGroup = Dictionary(grouping: homes, by: \.group) }

    /// The code of a group's home at a time; the registered village where nothing else was declared for it.
    public func home(of group: RegisteredGroup, at sentAt: Int64?) -> String {
        guard let homes = byGroup[group.id] else { return group.village }
        let day = VillageResolver.day(of: sentAt)
        let fitting = homes.last { home in
            (GazetteerBuilder.day(home.validFrom) ?? 0) <= day
                && day <= (GazetteerBuilder.day(home.validTo) ?? Int32.max)
        }
        return fitting?.place ?? group.village
    }

    /// From where and when a message of a group is to be read.
    public func context(of group: RegisteredGroup, sentAt: Int64?, isForwarded: Bool) -> VillageResolver.Context {
        VillageResolver.Context(
            home: home(of: group, at: sentAt), group: group.id, sentAt: sentAt, isForwarded: isForwarded)
    }
}
