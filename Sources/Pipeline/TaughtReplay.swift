public import CaseStore
internal import Casework
public import Messages
public import Villages

/// Names that people taught: applied to waiting flags, and replayed as the installation's own tests.
public struct TaughtReplay {
    /// One replayed correction.
    public struct Case: Sendable {
        /// What was replayed.
        public enum What: String, Sendable {
            /// A sentence with the name as its place, in the scope in which it was taught.
            case sentence
            /// The text of the flag that was corrected, as long as it is kept.
            case flag
        }

        /// The name.
        public var alias: TaughtAlias
        /// What was replayed.
        public var what: What
        /// The code that came out.
        public var got: String?
        /// Whether it is the taught village.
        public var passed: Bool
    }

    private let store: CaseStore
    private let groups: [RegisteredGroup]
    private let homes: GroupHomes

    /// Opens what is needed of a store.
    public init(_ store: CaseStore) throws {
        self.store = store
        groups = try store.groups()
        homes = GroupHomes(try store.groupHomes())
    }

    private func resolver() throws -> VillageResolver {
        var builder = GazetteerBuilder()
        try store.forEachPlace { builder.add($0) }
        return VillageResolver(
            builder.gazetteer(successions: try store.successions(), taught: try store.taughtAliases()))
    }

    /// What a flag's text comes to now.
    public func resolution(of record: FlagRecord, _ resolver: VillageResolver) throws -> VillageResolver.Resolution {
        // A flag knows its day, not its second: noon is within the day in China.
        let sentAt = Int64(record.summary.day) * 86_400 + 4 * 3600
        let group = groups.first { $0.id == record.summary.groupID }
        let context = group.map { homes.context(of: $0, sentAt: sentAt, isForwarded: false) }
        return resolver.resolution(
            of: record.content?.text ?? "", in: context ?? VillageResolver.Context(home: nil, sentAt: sentAt))
    }

    /// Puts right the waiting flags in whose texts a taught name decides now.
    ///
    /// - Returns: the numbers of the flags that were moved.
    public func apply(_ alias: TaughtAlias, on day: String, seconds: Int64) throws -> [Int] {
        let resolver = try resolver()
        var filter = FlagFilter()
        filter.states = [.new, .claimed]
        if case .group(let id) = alias.scope { filter.groupID = id }
        var moved: [Int] = []
        for record in try store.records(filter) {
            guard record.summary.village?.code != alias.village, record.content?.text.contains(alias.text) == true,
                // What a person has decided about one flag stands.
                try store.correctionCount(of: record.summary.id) == 0
            else { continue }
            let resolution = try resolution(of: record, resolver)
            guard resolution.reasons.contains(.taught), resolution.attribution?.code == alias.village else { continue }
            if try store.reattribute(record.summary, to: alias.village, because: alias, on: day, seconds: seconds) {
                moved.append(record.summary.id)
            }
        }
        return moved
    }

    /// Replays every name that still counts: in a sentence of its own, and in the flag that it was taught from.
    ///
    /// No text outlives its flag for this: when the flag is erased, the sentence is what is left.
    public func results() throws -> [Case] {
        let resolver = try resolver()
        var cases: [Case] = []
        for alias in try store.taughtAliases() where alias.validTo == nil {
            let today = resolver.gazetteer.today(of: alias.village)?.code
            let group =
                switch alias.scope {
                case .group(let id): groups.first { $0.id == id }
                case .township(let code): groups.first { $0.village.prefix(9) == code.prefix(9) }
                }
            if let group {
                let answer = resolver.resolution(
                    of: alias.text + "那边的路坏了", in: homes.context(of: group, sentAt: nil, isForwarded: false))
                let got = answer.attribution?.code
                cases.append(Case(alias: alias, what: .sentence, got: got, passed: got == today))
            }
            if let id = alias.flag, let record = try? store.flag(id), record.content != nil {
                let got = try resolution(of: record, resolver).attribution?.code
                cases.append(Case(alias: alias, what: .flag, got: got, passed: got == today))
            }
        }
        return cases
    }
}
