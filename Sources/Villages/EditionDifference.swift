public import Messages

/// What changed between two editions of a list.
///
/// Stems are compared, not names: of 13,538 codes that one edition renamed, 2,608 had another name and the rest another suffix.
/// No edition says who absorbed whom; that is for a person to add.
public struct EditionDifference: Sendable {
    /// One village that is not as it was.
    public struct Change: Sendable, Equatable {
        /// What happened.
        public enum Kind: String, Sendable, CaseIterable {
            case added, removed, renamed, recoded, reparented
        }

        /// What happened.
        public var kind: Kind
        /// The village before; nil when it was added.
        public var old: GazetteerEntry?
        /// The village after; nil when it was removed.
        public var new: GazetteerEntry?
    }

    /// What changed, by code.
    public private(set) var changes: [Change] = []
    /// The number of villages that are as they were, another suffix included.
    public private(set) var unchanged = 0
    private let newEntries: [GazetteerEntry]

    /// Compares two editions.
    public init(old: [GazetteerEntry], new: [GazetteerEntry]) {
        newEntries = new
        let before = old.filter { $0.level == .village && $0.validTo == nil }
        let after = new.filter { $0.level == .village && $0.validTo == nil }
        let oldByCode = Dictionary(before.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let newByCode = Dictionary(after.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var gone: [GazetteerEntry] = []
        var come: [GazetteerEntry] = []
        for entry in before {
            guard let now = newByCode[entry.code] else {
                gone.append(entry)
                continue
            }
            if Self.stem(entry) == Self.stem(now) {
                unchanged += 1
            } else {
                changes.append(Change(kind: .renamed, old: entry, new: now))
            }
        }
        for entry in after where oldByCode[entry.code] == nil { come.append(entry) }
        pair(&gone, &come, .recoded) { $0.parent ?? String($0.code.prefix(9)) }
        pair(&gone, &come, .reparented) { String($0.code.prefix(6)) }
        changes += gone.map { Change(kind: .removed, old: $0, new: nil) }
        changes += come.map { Change(kind: .added, old: nil, new: $0) }
        changes.sort { ($0.old?.code ?? $0.new?.code ?? "") < ($1.old?.code ?? $1.new?.code ?? "") }
    }

    private static func stem(_ entry: GazetteerEntry) -> String { VillageName(entry.name).stem }

    /// Takes a removed and an added village of one stem in one unit for the same place, where each is the only one.
    private mutating func pair(
        _ gone: inout [GazetteerEntry], _ come: inout [GazetteerEntry], _ kind: Change.Kind,
        _ unit: (GazetteerEntry) -> String
    ) {
        let left = Dictionary(grouping: gone) { unit($0) + " " + Self.stem($0) }
        let right = Dictionary(grouping: come) { unit($0) + " " + Self.stem($0) }
        var taken: Set<String> = []
        for (key, olds) in left {
            guard olds.count == 1, let news = right[key], news.count == 1 else { continue }
            changes.append(Change(kind: kind, old: olds[0], new: news[0]))
            taken.formUnion([olds[0].code, news[0].code])
        }
        gone.removeAll { taken.contains($0.code) }
        come.removeAll { taken.contains($0.code) }
    }

    /// The dated places and successions that follow, once a person has confirmed the difference.
    ///
    /// - Parameters:
    ///   - first: the first day of the new edition, YYYY-MM-DD.
    ///   - last: the day before.
    /// - Returns: what is to be merged into the gazetteer.
    public func dated(from first: String, last: String) -> (entries: [GazetteerEntry], successions: [Succession]) {
        var entries: [GazetteerEntry] = []
        var successions: [Succession] = []
        var changed: Set<String> = []
        for change in changes {
            if var old = change.old {
                old.validTo = last
                entries.append(old)
            }
            if var new = change.new {
                new.validFrom = first
                entries.append(new)
                changed.insert(new.code)
            }
            if let old = change.old, let new = change.new {
                let kind: Succession.Kind =
                    switch change.kind {
                    case .renamed: .rename
                    case .reparented: .reparent
                    case .recoded, .added, .removed: .recode
                    }
                successions.append(Succession(from: old.code, to: new.code, kind: kind))
            }
        }
        // A code that both editions have keeps its row, so that what the operator added to it stays.
        entries += newEntries.filter { $0.level != .village }
        return (entries, successions)
    }
}
