internal import Messages

/// Weighs the mentions of one text against each other and the group's home.
struct Weighing {
    let gazetteer: Gazetteer
    let reading: Reading
    let text: NormalizedText
    /// The counties, cities and provinces that the text names, in text order.
    var regions: [[Int]] = []
    /// The counties, cities and provinces that the gazetteer doesn't know, or that home does not lie in.
    var abroad: [ForeignRegion] = []
    /// The mentions of the text.
    private(set) var mentions: [Mention] = []
    /// By township the names that villages of it bear in the text, each by the first place that it may mean.
    private var siblings: [Int: Set<Int>] = [:]

    init(gazetteer: Gazetteer, reading: Reading, text: NormalizedText) {
        self.gazetteer = gazetteer
        self.reading = reading
        self.text = text
    }

    typealias Reason = VillageResolver.Reason
    typealias Resolution = VillageResolver.Resolution

    private var home: Int? { reading.home }

    /// More words than this prove nothing more.
    static let spanLimit = 64
    /// With more counties than this a name that only one village bears is likely that of an unlisted one elsewhere.
    private static let fewCounties = 3

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
        regions = mentions.filter { $0.kind == .region }.map(\.places)
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
        let own = choices.filter { $0.mention.role == .own && isVillage($0.mention) }
        if !own.isEmpty {
            // 我们A村和B村: what is joined with one's own village shares the role.
            if let result = decided(own) { return result }
        }
        let named = choices.filter { $0.mention.role == .place && $0.mention.kind != .weak && isVillage($0.mention) }
        if !named.isEmpty { return decidedAgainstHome(mainPlace(of: named)) }
        let weak = choices.filter { $0.mention.role == .place && $0.mention.kind == .weak }
        if let result = decided(weak.filter { if case .passed = $0.choice { false } else { true } }) { return result }
        let speaker = choices.filter { $0.mention.role == .speaker }
        if var result = decided(speaker) {
            result.reasons.append(.speakersVillage)
            return result
        }
        if let result = townships(choices.filter { $0.mention.kind == .township }.map(\.mention)) { return result }
        if let result = unitAlone(mentions) { return result }
        if !weak.isEmpty, let home {
            return Resolution(
                attribution: attribution([home], .group, 0.6, [], .c), reasons: [.weakPassedOver, .groupsVillage])
        }
        return nil
    }

    private func isVillage(_ mention: Mention) -> Bool {
        mention.kind == .village || mention.kind == .unlisted || mention.kind == .weak
    }

    // MARK: One mention

    private func choice(for mention: Mention, earlierTown: Mention?) -> Choice {
        switch mention.kind {
        case .township, .region: return .passed
        case .weak:
            let near = mention.places.filter { place in home.map { gazetteer.shareTownship($0, place) } ?? false }
            if let home, near.contains(home) { return .place(home, 0.97, .namedHome) }
            if mention.isTaught, mention.places.count == 1 { return .place(mention.places[0], 0.9, .taught) }
            if near.count == 1, let place = near.first { return .place(place, 0.6, .weakNearHome) }
            return near.isEmpty ? .passed : .unclear(near)
        case .unlisted, .village:
            if mention.isHomophone, let place = mention.places.first {
                return .place(place, place == home ? 0.9 : 0.7, .homophone)
            }
            return mention.within.isEmpty
                ? choice(among: mention, earlierTown: earlierTown) : choice(within: mention)
        }
    }

    /// 三汊镇大塘村: the one in the township; a namesake elsewhere is none.
    private func choice(within mention: Mention) -> Choice {
        // 白沙镇 is in many counties: what the text says before decides, else home.
        let named = inRegions(mention.within)
        let local = named.filter { unit in home.map { gazetteer.shareCounty($0, unit) } ?? false }
        let within = local.isEmpty ? named : local
        func inside(_ places: [Int]) -> [Int] {
            places.filter { place in within.contains { gazetteer.isWithin(place, $0) } }
        }
        let exact = inside(mention.places)
        let places = exact.isEmpty ? inside(mention.loosePlaces) : exact
        if let home, places.contains(home) { return .place(home, 0.97, .namedHome) }
        if places.count == 1, let place = places.first {
            return .place(place, mention.places.count == 1 ? 0.95 : 0.9, .namedWithUnit)
        }
        if places.isEmpty, within.count == 1, let unit = within.first,
            gazetteer.places[unit].level == .township
        {
            return .place(unit, 0.5, .unknownInTownship)
        }
        return .unclear(places)
    }

    private func choice(among mention: Mention, earlierTown: Mention?) -> Choice {
        if let home {
            let isLooseHome =
                mention.loosePlaces.contains(home)
                && !mention.places.contains { gazetteer.shareTownship($0, home) }
            if mention.places.contains(home) || isLooseHome { return .place(home, 0.97, .namedHome) }
            if let part = part(of: mention.places, home) { return .place(part, 0.9, .namedHome) }
        }
        let all = mention.places.isEmpty ? mention.loosePlaces : mention.places
        let current = all.filter { !gazetteer.places[$0].isGone }
        var places = current.isEmpty ? all : current
        if mention.isTaught, places.count == 1 { return .place(places[0], 0.9, .taught) }
        let inRegion = inRegions(places)
        if !regions.isEmpty, !inRegion.isEmpty { places = inRegion }
        if places.count > 1, reach(of: places).count != 1 {
            let near = places.filter { hasSibling($0, mention) }
            if near.count == 1 { places = near }
        }
        if places.count > 1, let earlierTown {
            let inside = places.filter { place in earlierTown.places.contains { gazetteer.isWithin(place, $0) } }
            if inside.count == 1, let place = inside.first { return .place(place, 0.9, .namedWithUnit) }
        }
        // That there is one in the next county is no evidence: half of what people name is in no list.
        let reach = reach(of: places)
        if reach.count == 1, let place = reach.first {
            if gazetteer.places[place].isGone {
                let parent = Int(gazetteer.places[place].parent)
                return parent < 0 ? .unclear([place]) : .place(parent, 0.5, .unknownInTownship)
            }
            guard isSupported(place, mention, earlierTown) else { return .unclear(reach) }
            return .place(place, places.count == 1 ? 0.95 : 0.8, places.count == 1 ? .namedUnique : .namedNearHome)
        }
        if let home {
            let near = reach.filter { gazetteer.shareTownship(home, $0) }
            if near.count == 1, let place = near.first { return .place(place, 0.8, .namedNearHome) }
        }
        return .unclear(reach)
    }

    /// Those of some places that lie in home's county; all where home is not known.
    private func reach(of places: [Int]) -> [Int] {
        home.map { home in places.filter { gazetteer.shareCounty(home, $0) } } ?? places
    }

    /// Whether another village of the text lies in a place's township: two names that meet there are no chance.
    private func hasSibling(_ place: Int, _ mention: Mention) -> Bool {
        guard let town = gazetteer.unit(.township, of: place), let names = siblings[town] else { return false }
        return names.contains { $0 != mention.places.first }
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

    /// The home, where what is named was split and home is one of the parts.
    private func part(of places: [Int], _ home: Int) -> Int? {
        guard places.count == 1, let place = places.first, gazetteer.places[place].successorCount > 1 else {
            return nil
        }
        return gazetteer.then(place, on: Int32.max).contains(Int(gazetteer.places[home].today)) ? home : nil
    }

    /// Those of some places that lie in what the text names as county, city or province; all where it names none.
    private func inRegions(_ places: [Int]) -> [Int] {
        guard !regions.isEmpty else { return places }
        return places.filter { place in
            regions.contains { $0.contains { gazetteer.isWithin(place, $0) } }
        }
    }

    /// Whether the only village of a name may be believed.
    ///
    /// Of the villages that people name one in three is in no current list; where a list of many counties holds one of that
    /// name, that is chance more often than not, unless the text or the home says where.
    private func isSupported(_ place: Int, _ mention: Mention, _ earlierTown: Mention?) -> Bool {
        if home != nil || hasSibling(place, mention) { return true }
        if regions.isEmpty, !abroad.isEmpty { return false }
        if !regions.isEmpty { return !inRegions([place]).isEmpty }
        if let earlierTown, !earlierTown.places.isEmpty {
            return earlierTown.places.contains { town in
                gazetteer.isWithin(place, town) || gazetteer.shareCounty(place, town)
            }
        }
        return gazetteer.countyCount <= Self.fewCounties || mention.stemLength > 2
    }

    // MARK: Several mentions

    /// Villages named as the place: they override home, unless 我们村 is spoken of as well.
    private func decidedAgainstHome(_ named: [(mention: Mention, choice: Choice)]) -> Resolution? {
        guard let result = decided(named) else { return nil }
        guard let attribution = result.attribution, attribution.basis == .text, let ours else { return result }
        guard let home else {
            return Resolution(attribution: nil, reasons: [.conflict], candidates: [attribution.code])
        }
        let code = gazetteer.codes[Int(gazetteer.places[home].today)]
        if gazetteer.places[home].level == .village, attribution.code != code {
            // 南岩村的猪场排污，我们村的井水都臭了: ours is where it hurts, unless only our people are held up there.
            let near = ours..<min(text.count, ours + 9)
            if PlaceCues.troubledThere.first(in: near, of: text) == nil {
                return Resolution(
                    attribution: self.attribution([home], .group, 0.6, [], .c),
                    reasons: [.othersMentioned, .groupsVillage],
                    candidates: [attribution.code, code].sorted())
            }
            return Resolution(attribution: nil, reasons: [.conflict], candidates: [attribution.code, code].sorted())
        }
        return result
    }

    /// Where 我们村 stands, or a clause that begins with 我们这.
    ///
    /// 我们这边没问题 is passed over: nothing is the matter there.
    private var ours: Int? {
        func isFine(_ place: Int) -> Bool {
            (place + 2..<min(text.count, place + 8)).contains { PlaceCues.fineAfter.begins(at: $0, in: text) > 0 }
        }
        let all = 0..<text.count
        return all.first { PlaceCues.ourVillage.begins(at: $0, in: text) > 0 && !isFine($0) }
            ?? all.first { place in
                PlaceCues.ours.begins(at: place, in: text) > 0 && !isFine(place)
                    && (place == 0 || text.units[place - 1] &- 0x4E00 >= 0x5200)
            }
    }

    /// Of several places that are spoken of one by one the one that the text is about.
    ///
    /// A report introduces its village with the township before it, and names it again and again; what else it names in passing
    /// it does neither with. Places that stand in one enumeration are on an equal footing.
    private func mainPlace(
        of named: [(mention: Mention, choice: Choice)]
    ) -> [(mention: Mention, choice: Choice)] {
        var groups: [Int: Set<Int>] = [:]
        var counts: [Int: Int] = [:]
        var led: Set<Int> = []
        for (mention, choice) in named {
            guard case .place(let place, _, _) = choice else { continue }
            groups[mention.group, default: []].insert(place)
            counts[place, default: 0] += 1
            if !mention.within.isEmpty { led.insert(mention.group) }
        }
        guard Set(groups.values).count > 1 else { return named }
        let firsts = Set(led.compactMap { groups[$0] })
        var main: Set<Int>?
        if firsts.count == 1 {
            main = firsts.first
        } else if let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value > 2,
            counts.allSatisfy({ $0.key == most.key || $0.value * 2 < most.value })
        {
            main = [most.key]
        }
        guard let main else { return named }
        return named.filter { if case .place(let place, _, _) = $0.choice { main.contains(place) } else { false } }
    }

    private func decided(_ list: [(mention: Mention, choice: Choice)]) -> Resolution? {
        guard !list.isEmpty else { return nil }
        let spans = list.prefix(Self.spanLimit).map { text.original($0.mention.span) }
        var places: Set<Int> = []
        var open: [[Int]] = []
        var confidence = 0.0
        var reasons: [Reason] = []
        for (mention, choice) in list {
            if mention.includesHome {
                if let home { places.insert(home) } else { open.append([]) }
            }
            switch choice {
            case .place(let place, let sure, let reason):
                places.insert(place)
                confidence = max(confidence, sure)
                if !reasons.contains(reason) { reasons.append(reason) }
            case .unclear(let candidates):
                if !open.contains(candidates) { open.append(candidates) }
            case .passed: break
            }
        }
        if !open.isEmpty { return unclear(open, beside: places, spans) }
        let isWhole = list.contains { !$0.mention.within.isEmpty }
        return settled(places, confidence, spans, reasons, isWhole: isWhole)
    }

    /// The places of some day as what they are today.
    private func settled(
        _ places: Set<Int>, _ confidence: Double, _ spans: [Range<Int>], _ reasons: [Reason], isWhole: Bool
    ) -> Resolution? {
        let today = Set(places.map { Int(gazetteer.places[$0].today) })
        let wasSplit = places.contains { gazetteer.places[$0].successorCount > 1 }
        // A township and a village in it (云岭乡枣园村, 南山村): the township holds both.
        if today.count == 1, let place = today.first {
            let isVillage = gazetteer.places[place].level == .village
            let basis: Attribution.Basis = isVillage ? .text : wasSplit ? .parent : .township
            var why = reasons
            if wasSplit { why.append(.wasSplit) }
            return Resolution(
                attribution: attribution(
                    places.sorted(), basis, wasSplit ? 0.5 : confidence, spans, tier(basis, reasons, isWhole: isWhole)),
                reasons: why)
        }
        guard today.count > 1 else { return nil }
        guard let unit = gazetteer.commonUnit(today) else {
            return Resolution(attribution: nil, reasons: [.several, .noCommonUnit], candidates: codes(today))
        }
        var found = attribution([unit], .parent, 0.7, spans, .b)
        found.former = former(places.sorted(), today: nil)
        return Resolution(attribution: found, reasons: [.several], candidates: codes(today))
    }

    private func tier(_ basis: Attribution.Basis, _ reasons: [Reason], isWhole: Bool) -> Attribution.Tier {
        if basis != .text { return .q }
        if reasons.contains(.weakNearHome) { return .d }
        if reasons.contains(.homophone) || reasons.contains(.taught) { return .c }
        return isWhole ? .a : .b
    }

    /// A mention that nothing decides: nil, unless whichever is meant comes to the same unit.
    private func unclear(_ open: [[Int]], beside places: Set<Int>, _ spans: [Range<Int>]) -> Resolution {
        // 青瓦村 is home and named; that 石桥村 is named beside it moves nothing only where both have one unit.
        if open.count == 1, let candidates = open.first, !candidates.isEmpty, candidates.count <= 8, !places.isEmpty {
            let units = Set(candidates.map { gazetteer.commonUnit(places.union([$0])) })
            if units.count == 1, let only = units.first, let unit = only {
                return Resolution(attribution: attribution([unit], .parent, 0.7, spans, .b), reasons: [.several])
            }
        }
        let candidates = Set(open.joined())
        return Resolution(
            attribution: nil, reasons: [candidates.isEmpty ? .unlisted : .ambiguous], candidates: codes(candidates),
            spans: spans)
    }

    /// Townships named as the place; an office of another township leaves it open.
    private func townships(_ mentions: [Mention]) -> Resolution? {
        let meant = mentions.filter { $0.role == .place }
        let units = Set(meant.flatMap { inRegions($0.places) })
        let spans = meant.prefix(Self.spanLimit).map { text.original($0.span) }
        if units.count == 1, let unit = units.first {
            return Resolution(attribution: attribution([unit], .township, 0.75, spans, .b), reasons: [.township])
        }
        if units.count > 1 {
            // Townships of one name in two counties: home's county decides.
            let near = units.filter { unit in home.map { gazetteer.shareCounty($0, unit) } ?? false }
            if meant.count == 1, near.count == 1, let unit = near.first {
                return Resolution(attribution: attribution([unit], .township, 0.75, spans, .b), reasons: [.township])
            }
            guard meant.count > 1, let unit = gazetteer.commonUnit(units) else {
                return Resolution(attribution: nil, reasons: [.ambiguous], candidates: codes(units), spans: spans)
            }
            return Resolution(attribution: attribution([unit], .parent, 0.7, spans, .b), reasons: [.several])
        }
        // 三汊镇政府 in a group of another township: whose matter it is, nobody can tell.
        let agents = mentions.filter { $0.role == .agent }
        guard let home, let agent = agents.first, PlaceCues.ours.first(in: 0..<text.count, of: text) == nil,
            !agents.contains(where: { $0.places.contains { gazetteer.isWithin(home, $0) } })
        else { return nil }
        return Resolution(
            attribution: nil, reasons: [.ambiguous], candidates: codes(Set(agent.places + [home])),
            spans: agents.prefix(Self.spanLimit).map { text.original($0.span) })
    }

    private func codes(_ places: Set<Int>) -> [String] {
        Set(places.map { Int(gazetteer.places[$0].today) }).map { gazetteer.codes[$0] }.sorted().prefix(32).map(\.self)
    }

    private func former(_ places: [Int], today: Int?) -> [Attribution.Former] {
        places.filter { Int(gazetteer.places[$0].today) != $0 }.map {
            Attribution.Former(code: gazetteer.codes[$0], name: gazetteer.name(of: $0))
        }
    }

    /// What some places of the day are today.
    func attribution(
        _ places: [Int], _ basis: Attribution.Basis, _ confidence: Double, _ spans: [Range<Int>],
        _ tier: Attribution.Tier
    ) -> Attribution {
        let now = Int(gazetteer.places[places[0]].today)
        var found = Attribution(
            code: gazetteer.codes[now], name: gazetteer.name(of: now), basis: basis, confidence: confidence,
            spans: spans, tier: tier)
        found.former = former(places, today: now)
        return found
    }
}
