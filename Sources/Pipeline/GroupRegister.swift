internal import Casework
internal import Messages

/// The declared groups, found by what an export says of a group.
struct GroupRegister: Sendable {
    private let groups: [RegisteredGroup]
    private let byID: [String: Int]
    private let byName: [String: Int]
    /// The days on which the groups' members were told, days since 1970-01-01.
    private let noticeDays: [Int]

    init(_ groups: [RegisteredGroup]) {
        self.groups = groups
        noticeDays = groups.map { CivilDay($0.noticePostedOn)?.number ?? .max }
        byID = Dictionary(groups.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var names: [String: Int] = [:]
        var twice: Set<String> = []
        for (index, group) in groups.enumerated() {
            for name in [group.name] + group.formerNames where !name.isEmpty {
                if let other = names[name], other != index { twice.insert(name) }
                names[name] = index
            }
        }
        // Two groups of one name can't be told apart by it.
        for name in twice { names[name] = nil }
        byName = names
    }

    /// True when a message of a day (days since 1970-01-01) was written before the group's members were told that it is read.
    func isBeforeNotice(_ day: Int, position: Int) -> Bool { day < noticeDays[position] }

    subscript(_ position: Int) -> RegisteredGroup { groups[position] }

    /// The position of the registered group that an export means: by its id, and only where the format has none by its name.
    func position(of group: GroupIdentity) -> Int? {
        group.id.isEmpty ? byName[group.name] : byID[group.id]
    }
}
