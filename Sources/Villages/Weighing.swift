internal import Messages

/// Weighs the mentions of one text against each other and the group's home.
struct Weighing {
    let gazetteer: Gazetteer
    let home: Int?
    let text: NormalizedText

    typealias Reason = VillageResolver.Reason
    typealias Resolution = VillageResolver.Resolution

    /// More words than this prove nothing more.
    private static let spanLimit = 64

    /// What a mention comes to.
    private enum Choice {
        case place(Int, Double, Reason)
        /// Nothing decides among these; none are left for an unlisted village.
        case unclear([Int])
        /// Not near home: passed over.
        case passed
    }

    /// The resolution that the mentions lead to; nil when they lead nowhere.
    func resolution(_ mentions: [Mention]) -> Resolution? {
        var choices: [(mention: Mention, choice: Choice)] = []
        var earlierTown: Mention?
        for mention in mentions {
            choices.append((mention, choice(for: mention, earlierTown: earlierTown)))
            if mention.kind == .township { earlierTown = mention }
        }
        let own = choices.filter { $0.mention.role == .own && isVillage($0.mention) }
        if !own.isEmpty {
            // 我们A村和B村: what is joined with one's own village shares the role.
            if let result = decided(own) { return result }
        }
        let named = choices.filter { $0.mention.role == .place && $0.mention.kind != .weak && isVillage($0.mention) }
        if !named.isEmpty { return decidedAgainstHome(named) }
        let weak = choices.filter { $0.mention.role == .place && $0.mention.kind == .weak }
        if let result = decided(weak.filter { if case .passed = $0.choice { false } else { true } }) { return result }
        let speaker = choices.filter { $0.mention.role == .speaker }
        if let result = decided(speaker) {
            return Resolution(
                attribution: result.attribution, reasons: result.reasons + [.speakersVillage],
                candidates: result.candidates)
        }
        if let result = townships(choices.filter { $0.mention.kind == .township }.map(\.mention)) { return result }
        if !weak.isEmpty, let home {
            return Resolution(
                attribution: attribution(home, .group, 0.6, []), reasons: [.weakPassedOver, .groupsVillage])
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
            let near = Set(mention.places.filter { place in home.map { gazetteer.shareTownship($0, place) } ?? false })
            if let home, near.contains(home) { return .place(home, 0.97, .namedHome) }
            if near.count == 1, let place = near.first { return .place(place, 0.6, .weakNearHome) }
            return near.isEmpty ? .passed : .unclear(near.sorted())
        case .unlisted, .village:
            return mention.within.isEmpty
                ? choice(among: mention, earlierTown: earlierTown) : choice(within: mention)
        }
    }

    /// 三汊镇大塘村: the one in the township; a namesake elsewhere is none.
    private func choice(within mention: Mention) -> Choice {
        // 白沙镇 is in many counties: home's decides.
        let near = mention.within.filter { unit in home.map { gazetteer.shareCounty($0, unit) } ?? false }
        let within = near.isEmpty ? mention.within : near
        func inside(_ places: [Int]) -> [Int] {
            Set(places.filter { place in within.contains { gazetteer.isWithin(place, $0) } }).sorted()
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
        }
        let all = Set(mention.places.isEmpty ? mention.loosePlaces : mention.places)
        let current = all.filter { !gazetteer.places[$0].isGone }
        let places = current.isEmpty ? all : current
        if places.count > 1, let earlierTown {
            let inside = places.filter { place in earlierTown.places.contains { gazetteer.isWithin(place, $0) } }
            if inside.count == 1, let place = inside.first { return .place(place, 0.9, .namedWithUnit) }
        }
        // That there is one in the next county is no evidence: half of what people name is in no list.
        let reach = home.map { home in places.filter { gazetteer.shareCounty(home, $0) } } ?? places
        if reach.count == 1, let place = reach.first {
            if gazetteer.places[place].isGone {
                return gazetteer.places[place].parent.map { .place($0, 0.5, .unknownInTownship) } ?? .unclear([place])
            }
            return .place(place, places.count == 1 ? 0.95 : 0.8, places.count == 1 ? .namedUnique : .namedNearHome)
        }
        if let home {
            let near = reach.filter { gazetteer.shareTownship(home, $0) }
            if near.count == 1, let place = near.first { return .place(place, 0.8, .namedNearHome) }
        }
        return .unclear(reach.sorted())
    }

    // MARK: Several mentions

    /// Villages named as the place: they override home, unless 我们村 is spoken of as well.
    private func decidedAgainstHome(_ named: [(mention: Mention, choice: Choice)]) -> Resolution? {
        guard let result = decided(named) else { return nil }
        guard let attribution = result.attribution, attribution.basis == .text, speaksOfUs else { return result }
        guard let home else {
            return Resolution(attribution: nil, reasons: [.conflict], candidates: [attribution.code])
        }
        let code = gazetteer.places[home].code
        if gazetteer.places[home].level == .village, attribution.code != code {
            return Resolution(attribution: nil, reasons: [.conflict], candidates: [attribution.code, code].sorted())
        }
        return result
    }

    /// Whether 我们村 stands anywhere, or a clause begins with 我们这.
    private var speaksOfUs: Bool {
        let all = 0..<text.count
        return PlaceCues.ourVillage.first(in: all, of: text) != nil
            || all.contains { place in
                PlaceCues.ours.begins(at: place, in: text) > 0
                    && (place == 0 || text.units[place - 1] &- 0x4E00 >= 0x5200)
            }
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
        // A township and a village in it (云岭乡枣园村, 南山村): the township holds both.
        if places.count == 1, let place = places.first {
            let basis: Attribution.Basis = gazetteer.places[place].level == .village ? .text : .township
            return Resolution(attribution: attribution(place, basis, confidence, spans), reasons: reasons)
        }
        guard places.count > 1 else { return nil }
        guard let unit = gazetteer.commonUnit(places) else {
            return Resolution(attribution: nil, reasons: [.several, .noCommonUnit], candidates: codes(places))
        }
        return Resolution(attribution: attribution(unit, .parent, 0.7, spans), reasons: [.several])
    }

    /// A mention that nothing decides: nil, unless whichever is meant comes to the same unit.
    private func unclear(_ open: [[Int]], beside places: Set<Int>, _ spans: [Range<Int>]) -> Resolution {
        // 青瓦村 is home and named; that 石桥村 is named beside it moves nothing only where both have one unit.
        if open.count == 1, let candidates = open.first, !candidates.isEmpty, candidates.count <= 8, !places.isEmpty {
            let units = Set(candidates.map { gazetteer.commonUnit(places.union([$0])) })
            if units.count == 1, let only = units.first, let unit = only {
                return Resolution(attribution: attribution(unit, .parent, 0.7, spans), reasons: [.several])
            }
        }
        let candidates = Set(open.joined())
        return Resolution(
            attribution: nil, reasons: [candidates.isEmpty ? .unlisted : .ambiguous], candidates: codes(candidates))
    }

    /// Townships named as the place; an office of another township leaves it open.
    private func townships(_ mentions: [Mention]) -> Resolution? {
        let meant = mentions.filter { $0.role == .place }
        let units = Set(meant.flatMap(\.places))
        let spans = meant.prefix(Self.spanLimit).map { text.original($0.span) }
        if units.count == 1, let unit = units.first {
            return Resolution(attribution: attribution(unit, .township, 0.75, spans), reasons: [.township])
        }
        if units.count > 1 {
            // Townships of one name in two counties: home's county decides.
            let near = units.filter { unit in home.map { gazetteer.shareCounty($0, unit) } ?? false }
            if meant.count == 1, near.count == 1, let unit = near.first {
                return Resolution(attribution: attribution(unit, .township, 0.75, spans), reasons: [.township])
            }
            guard meant.count > 1, let unit = gazetteer.commonUnit(units) else {
                return Resolution(attribution: nil, reasons: [.ambiguous], candidates: codes(units))
            }
            return Resolution(attribution: attribution(unit, .parent, 0.7, spans), reasons: [.several])
        }
        // 三汊镇政府 in a group of another township: whose matter it is, nobody can tell.
        let agents = mentions.filter { $0.role == .agent }
        guard let home, let agent = agents.first, PlaceCues.ours.first(in: 0..<text.count, of: text) == nil,
            !agents.contains(where: { $0.places.contains { gazetteer.isWithin(home, $0) } })
        else { return nil }
        return Resolution(attribution: nil, reasons: [.ambiguous], candidates: codes(Set(agent.places + [home])))
    }

    private func codes(_ places: Set<Int>) -> [String] { places.prefix(32).map { gazetteer.places[$0].code }.sorted() }

    private func attribution(
        _ place: Int, _ basis: Attribution.Basis, _ confidence: Double, _ spans: [Range<Int>]
    ) -> Attribution {
        let known = gazetteer.places[place]
        return Attribution(code: known.code, name: known.name, basis: basis, confidence: confidence, spans: spans)
    }
}
