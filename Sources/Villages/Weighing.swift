internal import Messages

/// Weighs the mentions of one text against each other and the group's home.
struct Weighing {
    let gazetteer: Gazetteer
    let reading: Reading
    let text: NormalizedText
    /// The counties, cities and provinces that the text names, in text order.
    var regions: [[Int]] = []
    /// The townships that the text names, but for those that are compared or gone to.
    var towns: Set<Int> = []
    /// The counties, cities and provinces that the gazetteer doesn't know, or that home does not lie in.
    var abroad: [ForeignRegion] = []
    /// Where home's own name stands, mentions of it or not.
    var homeNames: [Range<Int>] = []
    /// Stems of villages near home that the rules make no place of, each of one village.
    var stems: [Mention] = []
    /// The mentions of the text with what each comes to.
    private(set) var choices: [(mention: Mention, choice: Choice)] = []
    /// The mentions of the text.
    private(set) var mentions: [Mention] = []
    /// How often each place is named, in whatever part.
    private(set) var counts: [Int: Int] = [:]
    /// By township the names that villages of it bear in the text, each by the first place that it may mean.
    private(set) var siblings: [Int: Set<Int>] = [:]

    init(gazetteer: Gazetteer, reading: Reading, text: NormalizedText) {
        self.gazetteer = gazetteer
        self.reading = reading
        self.text = text
    }

    typealias Reason = VillageResolver.Reason
    typealias Resolution = VillageResolver.Resolution

    var home: Int? { reading.home }

    /// More words than this prove nothing more.
    static let spanLimit = 64
    /// With more counties than this a name that only one village bears is too likely that of an unlisted one elsewhere.
    ///
    /// Tried on real lists, three villages in ten taken out and named all the same: of the names of two characters that one
    /// village bears 2 in 100 are then another's in one county, 5 in three, 7 in eight, 10 in forty; of longer ones 1.
    static let fewCounties = 3

    /// Up to so many units a text names several villages as equals.
    static let shortText = 60

    /// What a mention comes to.
    enum Choice {
        case place(Int, Double, Reason)
        /// Nothing decides among these; none are left for an unlisted village.
        case unclear([Int])
        /// Not near home: passed over.
        case passed
    }

    /// The resolution that the mentions lead to; nil when they lead nowhere.
    mutating func resolution(_ mentions: [Mention]) -> Resolution? {
        self.mentions = mentions
        for mention in mentions where !mention.isUncued {
            for place in mention.places.prefix(8) { counts[place, default: 0] += 1 }
        }
        regions = mentions.filter { $0.kind == .region }.map(\.places)
        // 吴城村是北高镇最大的村: where it belongs is no destination.
        for mention in mentions
        where mention.kind == .township && mention.role != .comparison
            && (mention.role != .away || PlaceCues.belonging.ends(at: mention.start, in: text) > 0)
        {
            towns.formUnion(mention.places)
        }
        abroad = foreignRegions()
        noteSiblings()
        var choices: [(mention: Mention, choice: Choice)] = []
        var known: [Int: Choice] = [:]
        var earlierTown: Mention?
        for mention in mentions {
            var choice = isAbroad(mention) ? .passed : choice(for: mention, earlierTown: earlierTown)
            // 建新镇港头村…，港头村一侧: what was said with its township is meant again.
            if let first = mention.places.first {
                if case .unclear = choice, mention.within.isEmpty, let same = known[first] { choice = same }
                if case .place = choice, !mention.within.isEmpty { known[first] = choice }
            }
            choices.append((mention, choice))
            if mention.kind == .township { earlierTown = mention }
        }
        self.choices = choices
        let own = choices.filter { $0.mention.role == .own && isVillage($0.mention) }
        // 从上董寨到旧关村的路: a stem that stands in one enumeration with a full name is one.
        let full = mentions.contains { $0.kind == .weak } ? fullGroups : []
        let named = choices.filter {
            $0.mention.role == .place && isVillage($0.mention)
                && ($0.mention.kind != .weak || !$0.mention.isUncued && full.contains($0.mention.group))
        }
        let speaker = choices.filter { $0.mention.role == .speaker }
        // 我们是后坑村的村民，…: a letter's writer, whatever else is named.
        if home == nil, named.count > 1, var result = decided(speaker) {
            result.reasons.append(.speakersVillage)
            return result
        }
        if !own.isEmpty {
            if let result = openBeside(own, named) { return result }
            // 我们A村和B村: what is joined with one's own village shares the role.
            if let result = decided(own) { return result }
        }
        let weak = choices.filter {
            $0.mention.role == .place && $0.mention.kind == .weak && !full.contains($0.mention.group)
        }
        if !named.isEmpty { return decidedAgainstHome(mainPlace(of: named), beside: weak) }
        let cued = weak.filter { if case .passed = $0.choice { false } else { true } }
        if !cued.isEmpty, let result = decidedAgainstHome(cued, beside: []) { return result }
        if var result = decided(speaker) {
            result.reasons.append(.speakersVillage)
            return result
        }
        if let result = openAside(choices) { return result }
        if let result = townships(choices.filter { $0.mention.kind == .township }.map(\.mention)) { return result }
        if let result = unitAlone(mentions) { return result }
        if home == nil, let result = loneVillage { return result }
        if !weak.isEmpty, let home {
            return Resolution(
                attribution: attribution([home], .group, 0.6, [], .c), reasons: [.weakPassedOver, .groupsVillage])
        }
        return nil
    }

    /// 我在岚溪柏木镇高坪村的厂里打工，老板欠着工钱: no group, and no place but one village, said with what it lies in.
    private var loneVillage: Resolution? {
        let villages = choices.filter { isVillage($0.mention) }
        let parts: Set<Mention.Role> = [.away, .source, .speaker]
        guard abroad.isEmpty, villages.allSatisfy({ parts.contains($0.mention.role) }),
            villages.contains(where: { !$0.mention.within.isEmpty }),
            !choices.contains(where: { $0.mention.kind == .township }),
            // 系高坪村村民，在本村…: the same village.
            FirstPerson(text: text).strongest(in: 0..<text.count)?.sense != .place
                || PlaceCues.formalOurs.first(in: 0..<text.count, of: text) != nil,
            var result = decided(villages), result.attribution?.basis == .text
        else { return nil }
        result.attribution?.tier = .d
        result.attribution?.confidence = 0.5
        return result
    }

    /// The enumerations in which a full name stands.
    private var fullGroups: Set<Int> {
        Set(mentions.filter { $0.role == .place && ($0.kind == .village || $0.kind == .unlisted) }.map(\.group))
    }

    func isVillage(_ mention: Mention) -> Bool {
        mention.kind == .village || mention.kind == .unlisted || mention.kind == .weak
    }

    private mutating func noteSiblings() {
        let names = mentions.filter { $0.kind == .village && !$0.isHomophone && $0.places.count <= 64 }
        guard names.count > 1 else { return }
        for name in names {
            guard let first = name.places.first else { continue }
            for place in name.places {
                if let town = gazetteer.unit(.township, of: place) { siblings[town, default: []].insert(first) }
            }
        }
    }
}
