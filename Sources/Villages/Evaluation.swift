internal import Messages

/// Counts how well a resolver does on labelled texts.
///
/// - Input: items with their gold codes, one at a time.
/// - Output: counts by slice; a gold code that was replaced since counts as its successor, and several gold codes are answered
///   rightly by one of them alone only where they name one place, else by the lowest unit that holds them all.
public struct VillageEvaluation {
    /// One labelled text.
    public struct Item: Sendable {
        /// The line it stands on.
        public var line: Int
        /// What was said.
        public var text: String
        /// Where and when.
        public var context: VillageResolver.Context
        /// The codes that are right; empty where nothing must be said.
        public var gold: [String]
        /// What it is counted under beside the whole.
        public var slices: [String]

        /// Labels a text.
        public init(
            line: Int, text: String, context: VillageResolver.Context, gold: [String], slices: [String] = []
        ) {
            self.line = line
            self.text = text
            self.context = context
            self.gold = gold
            self.slices = slices
        }
    }

    /// What an answer is.
    public enum Outcome: String, Sendable, CaseIterable {
        /// As the label says; also silence where nothing must be said.
        case right
        /// A place that the label doesn't name.
        case wrong
        /// Silence where a place should have been said.
        case unattributed
        /// A place taken from the text where none must be said.
        case falseVillage = "false-village"
        /// The group's home where nothing must be said.
        case homeOnly = "home-only"
    }

    /// The counts of a slice.
    public struct Counts: Sendable, Equatable {
        /// How many items.
        public var items = 0
        /// How many of them have a gold code.
        public var placed = 0
        /// How many came out how.
        public var outcomes: [Outcome: Int] = [:]
        /// Answers that left the home for another place, and those of them that were right to.
        public var overrides = 0
        public var rightOverrides = 0
        /// Items whose gold is another place than home.
        public var wantedOverrides = 0

        /// The number of an outcome.
        public subscript(outcome: Outcome) -> Int { outcomes[outcome] ?? 0 }

        /// How many answers name a place.
        public var answered: Int { self[.wrong] + self[.falseVillage] + rightPlaced }

        /// Right answers that name a place.
        public var rightPlaced: Int { placed - self[.wrong] - self[.unattributed] }

        /// Items without a place in the label.
        public var empty: Int { items - placed }
    }

    /// An answer that is not right.
    public struct Miss: Sendable {
        /// The item.
        public var item: Item
        /// What came out.
        public var outcome: Outcome
        /// With its reasons.
        public var resolution: VillageResolver.Resolution
    }

    private let resolver: VillageResolver
    private let scratch = VillageResolver.Scratch()
    /// The counts of all items.
    public private(set) var total = Counts()
    /// The counts by slice.
    public private(set) var slices: [String: Counts] = [:]
    /// What was not right, in the order of the items.
    public private(set) var misses: [Miss] = []

    /// Begins an evaluation.
    public init(_ resolver: VillageResolver) { self.resolver = resolver }

    /// Answers an item and counts what came out.
    public mutating func take(_ item: Item) {
        let gazetteer = resolver.gazetteer
        let resolution = resolver.resolution(of: item.text, in: item.context, scratch: scratch)
        let gold = Set(item.gold.map { gazetteer.today(of: $0)?.code ?? $0 })
        let outcome = outcome(resolution.attribution, gold)
        let home = item.context.home.flatMap { gazetteer.today(of: $0)?.code }
        let moved = home != nil && resolution.attribution != nil && resolution.attribution?.code != home
        let wanted = home != nil && !gold.isEmpty && !(home.map(gold.contains) ?? false)
        let wasAbolished = item.gold.contains { gazetteer.today(of: $0)?.code != $0 }
        let names =
            item.slices + [home == nil ? "home:unknown" : "home:known"] + (wasAbolished ? ["gold:abolished"] : [])
        for name in ["*"] + names {
            var counts = name == "*" ? total : slices[name] ?? Counts()
            counts.items += 1
            if !gold.isEmpty { counts.placed += 1 }
            counts.outcomes[outcome, default: 0] += 1
            if moved { counts.overrides += 1 }
            if moved, outcome == .right { counts.rightOverrides += 1 }
            if wanted { counts.wantedOverrides += 1 }
            if name == "*" { total = counts } else { slices[name] = counts }
        }
        if outcome != .right { misses.append(Miss(item: item, outcome: outcome, resolution: resolution)) }
    }

    private func outcome(_ attribution: Attribution?, _ gold: Set<String>) -> Outcome {
        guard let attribution else { return gold.isEmpty ? .right : .unattributed }
        if gold.isEmpty { return attribution.basis == .group ? .homeOnly : .falseVillage }
        let parts = Array(gold)
        let isRight =
            gold.contains(attribution.code)
            || gold.count > 1 && resolver.gazetteer.commonUnit(ofCodes: parts) == attribution.code
        return isRight ? .right : .wrong
    }

    /// The interval that holds a share with 95 % confidence.
    ///
    /// Source: Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
    public static func interval(_ count: Int, of total: Int) -> ClosedRange<Double> {
        guard total > 0 else { return 0...1 }
        let (share, size, z) = (Double(count) / Double(total), Double(total), 1.959964)
        let middle = share + z * z / (2 * size)
        let half = z * (share * (1 - share) / size + z * z / (4 * size * size)).squareRoot()
        let whole = 1 + z * z / size
        // Rounding must not leave a trace of 1e-19 where nothing was counted.
        let low = count == 0 ? 0 : max(0, (middle - half) / whole)
        return low...(count == total ? 1 : min(1, (middle + half) / whole))
    }
}
