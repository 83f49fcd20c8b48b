internal import Messages

/// What several mentions come to.
extension Weighing {
    /// Villages named as the place: they override home, unless the speaker's own side is spoken of as well.
    func decidedAgainstHome(
        _ named: [(mention: Mention, choice: Choice)], beside weak: [(mention: Mention, choice: Choice)]
    ) -> Resolution? {
        // …通往石桥村，中间这条就是我们村的: said to be ours.
        if let home, gazetteer.places[home].level == .village, !named.contains(where: { $0.mention.includesHome }),
            PlaceCues.oursMeant.first(in: 0..<text.count, of: text) != nil
        {
            return Resolution(
                attribution: self.attribution([home], .group, 0.6, [], .c), reasons: [.othersMentioned, .groupsVillage])
        }
        guard let result = weighedAgainstHome(named, beside: weak) else { return nil }
        guard let home, let attribution = result.attribution, attribution.basis == .text else { return result }
        let code = gazetteer.codes[Int(gazetteer.places[home].today)]
        guard gazetteer.places[home].level == .village, attribution.code != code,
            !named.contains(where: { isMeant($0.mention) || isCaller($0.mention) }), isDoubtful(named)
        else { return result }
        return Resolution(
            attribution: nil, reasons: [.conflict], candidates: [attribution.code, code].sorted(),
            spans: attribution.spans)
    }

    /// The same before doubt.
    private func weighedAgainstHome(
        _ named: [(mention: Mention, choice: Choice)], beside weak: [(mention: Mention, choice: Choice)]
    ) -> Resolution? {
        guard let result = decided(named) else { return nil }
        if let home, result.attribution == nil, result.reasons == [.unlisted], isOursBeside(named) {
            return Resolution(
                attribution: self.attribution([home], .group, 0.6, [], .c), reasons: [.othersMentioned, .groupsVillage])
        }
        guard let attribution = result.attribution, attribution.basis == .text else { return result }
        guard let home else {
            // 反映X村…我村: who writes to an office means the same one.
            // “俺们村变化这么大！”某县某乡高坪村的贫困户说: who is quoted is of the village that is introduced.
            guard ours != nil, PlaceCues.formalOurs.first(in: 0..<text.count, of: text) == nil,
                !named.allSatisfy({ !$0.mention.within.isEmpty })
            else { return result }
            return Resolution(attribution: nil, reasons: [.conflict], candidates: [attribution.code])
        }
        let code = gazetteer.codes[Int(gazetteer.places[home].today)]
        guard gazetteer.places[home].level == .village, attribution.code != code else { return result }
        let open = Resolution(attribution: nil, reasons: [.conflict], candidates: [attribution.code, code].sorted())
        let own = FirstPerson(text: text).strongest(in: 0..<text.count)
        let namesHome = weak.contains { if case .place(home, _, _) = $0.choice { true } else { false } }
        let count =
            named.compactMap { if case .place(let place, _, _) = $0.choice { place } else { nil } }
            .first.map { counts[$0] ?? 1 } ?? 1
        if named.contains(where: { isMeant($0.mention) || isCaller($0.mention) }) || isLetterOf(named) { return result }
        // 朋友托我发的：高坪村…，本村的反而没有: who says 本村 is there.
        if PlaceCues.forOthers.first(in: 0..<text.count, of: text) != nil { return result }
        // 高坪村的书记…，我们看到的; 高坪村的会计把我家的…: who is accused says where, unless what is ours stands against it.
        if named.contains(where: { PlaceCues.isCadre(after: $0.mention.span.upperBound, in: text) }) {
            return own.map { $0.sense > .affected } ?? false ? open : result
        }
        if own?.sense != .place,
            named.contains(where: { PlaceCues.isDebtor(after: $0.mention.span.upperBound, in: text) })
        {
            return result
        }
        guard let own, own.sense > .observer else { return namesHome && count < 2 ? open : result }
        // What is named again and again is what the text is about.
        if count > 1 { return own.sense == .place ? open : result }
        if own.sense == .place {
            // 南岩村的猪场排污，我们村的井水都臭了: ours is where it hurts, unless only our people are held up there.
            let end = own.place + max(2, FirstPerson(text: text).villageLength(at: own.place))
            if PlaceCues.troubledThere.begins(at: end, in: text) > 0 { return open }
        }
        return Resolution(
            attribution: self.attribution([home], .group, 0.6, [], .c), reasons: [.othersMentioned, .groupsVillage],
            candidates: [attribution.code, code].sorted())
    }

    /// 高坪村民来电，本村…: how a hotline's record begins.
    func isCaller(_ mention: Mention) -> Bool {
        mention.start == 0 && PlaceCues.callers.begins(at: mention.span.upperBound, in: text) > 0
    }

    /// 县长您好：柏木镇高坪村修路占地，我们…: who writes to an office above begins with where it is.
    private func isLetterOf(_ named: [(mention: Mention, choice: Choice)]) -> Bool {
        guard let first = named.first?.mention, !first.within.isEmpty else { return false }
        return PlaceCues.isLetter(before: first.start, in: text)
    }

    /// 我表叔在吴边村当支书，…，我们村糊涂账: a village that no list knows, named once, beside 我们村.
    private func isOursBeside(_ named: [(mention: Mention, choice: Choice)]) -> Bool {
        guard named.count == 1, let mention = named.first?.mention, !mention.includesHome,
            !PlaceCues.isCadre(after: mention.span.upperBound, in: text), !isMeant(mention),
            let own = FirstPerson(text: text).strongest(
                in: mention.span.upperBound..<max(mention.span.upperBound, text.count)),
            own.sense == .place
        else { return false }
        let end = own.place + max(2, FirstPerson(text: text).villageLength(at: own.place))
        return PlaceCues.troubledThere.begins(at: end, in: text) == 0
    }

    /// 隔壁高坪村的支书盖了三层楼; 高坪村的医生走了，…高坪村…到我们这里来: another village is only beside the matter, and yet
    /// it is its cadre that is accused, or itself that is named again: left to a person.
    func openAside(_ choices: [(mention: Mention, choice: Choice)]) -> Resolution? {
        guard let home, gazetteer.places[home].level == .village else { return nil }
        let sense = FirstPerson(text: text).strongest(in: 0..<text.count)?.sense ?? .observer
        let isEmergency = PlaceCues.emergency.first(in: 0..<text.count, of: text) != nil
        let meant = choices.compactMap { mention, choice -> Int? in
            guard case .place(let place, _, _) = choice, place != home, mention.kind == .village else { return nil }
            let isAccused =
                mention.role == .neighbour && sense == .observer
                && PlaceCues.isCadre(after: mention.span.upperBound, in: text)
            // 高坪村火烧山了，烟都飘到我们这了: whoever is nearest must look.
            let isRepeated =
                mention.role == .source
                && (counts[place] ?? 0 > 1 || isEmergency)
            return isAccused || isRepeated ? place : nil
        }
        guard !meant.isEmpty else { return nil }
        return Resolution(attribution: nil, reasons: [.conflict], candidates: codes(Set(meant + [home])))
    }

    /// 主要是X村: said to be the one.
    func isMeant(_ mention: Mention) -> Bool {
        PlaceCues.focusBefore.ends(at: mention.start, in: text) > 0
    }

    /// 我们官圩的人…石甸社区…石甸社区: another village named again and again beside one's own leaves it open.
    func openBeside(
        _ own: [(mention: Mention, choice: Choice)], _ named: [(mention: Mention, choice: Choice)]
    ) -> Resolution? {
        guard let mine = decided(own)?.attribution, let other = decided(named)?.attribution, other.basis == .text,
            other.code != mine.code, let first = named.first, case .place(let place, _, _) = first.choice,
            counts[place] ?? 0 > 1
        else { return nil }
        return Resolution(attribution: nil, reasons: [.conflict], candidates: [mine.code, other.code].sorted())
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
    func mainPlace(
        of named: [(mention: Mention, choice: Choice)]
    ) -> [(mention: Mention, choice: Choice)] {
        var groups: [Int: Set<Int>] = [:]
        var times: [Int: Int] = [:]
        var led: Set<Int> = []
        for (mention, choice) in named {
            guard case .place(let place, _, _) = choice else { continue }
            groups[mention.group, default: []].insert(place)
            times[place] = counts[place]
            if !mention.within.isEmpty { led.insert(mention.group) }
        }
        guard Set(groups.values).count > 1 else { return named }
        let firsts = Set(led.compactMap { groups[$0] })
        var main: Set<Int>?
        if firsts.count == 1 {
            main = firsts.first
        } else if let most = times.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value > 1,
            times.allSatisfy({ $0.key == most.key || $0.value * 2 <= most.value })
        {
            main = [most.key]
        }
        guard let main else { return named }
        return named.filter { if case .place(let place, _, _) = $0.choice { main.contains(place) } else { false } }
    }

    func decided(_ list: [(mention: Mention, choice: Choice)]) -> Resolution? {
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
        if isScattered(list, places) {
            return Resolution(
                attribution: nil, reasons: [.several, .conflict], candidates: codes(places), spans: spans)
        }
        let isWhole = list.contains { !$0.mention.within.isEmpty }
        return settled(places, confidence, spans, reasons, isWhole: isWhole)
    }

    /// A report that speaks of several villages one by one: whose it is, its words don't say.
    ///
    /// A short text names them as equals, and so does one that names them all in one enumeration.
    private func isScattered(_ list: [(mention: Mention, choice: Choice)], _ places: Set<Int>) -> Bool {
        guard places.count > 1, text.count > Self.shortText, !isAnnounced(list, places.count) else { return false }
        var groups: [Int: Set<Int>] = [:]
        for (mention, choice) in list {
            if case .place(let place, _, _) = choice { groups[mention.group, default: []].insert(place) }
        }
        return !groups.values.contains { $0.count == places.count }
            && !list.contains { $0.mention.includesHome }
    }

    /// 通报两起典型问题: 高坪村会计…, 青瓦村支书…: as many cases as villages, told one by one.
    private func isAnnounced(_ list: [(mention: Mention, choice: Choice)], _ count: Int) -> Bool {
        guard let first = list.map(\.mention.start).min() else { return false }
        return (1..<max(1, first)).contains { place in
            guard text.units[place] == 0x8D77 || text.units[place] == 0x4F8B else { return false }
            let number = text.units[place - 1]
            // 12起, 二十二起.
            let before = place > 1 ? text.units[place - 2] : 0
            if before &- 0x30 < 10 || PlaceCues.numerals.contains(before) || before == 0x4E00 { return false }
            let value = PlaceCues.counts[number] ?? (number &- 0x30 < 10 ? Int(number &- 0x30) : 0)
            return value == count
        }
    }

    /// The places of some day as what they are today.
    func settled(
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

    func tier(_ basis: Attribution.Basis, _ reasons: [Reason], isWhole: Bool) -> Attribution.Tier {
        if basis != .text { return .q }
        if reasons.contains(.weakNearHome) { return .d }
        if reasons.contains(.homophone) || reasons.contains(.taught) { return .c }
        return isWhole ? .a : .b
    }

    /// A mention that nothing decides: nil, unless whichever is meant comes to the same unit.
    func unclear(_ open: [[Int]], beside places: Set<Int>, _ spans: [Range<Int>]) -> Resolution {
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
    func townships(_ mentions: [Mention]) -> Resolution? {
        if let result = line(between: mentions) { return result }
        let meant = mentions.filter { $0.role == .place }
        let units = Set(meant.flatMap { inRegions($0.places) })
        let spans = meant.prefix(Self.spanLimit).map { text.original($0.span) }
        // 场口镇上的药店…，回我们村的卫生室也…: ours is where the speaker stands.
        if home != nil, units.count == 1, FirstPerson(text: text).strongest(in: 0..<text.count)?.sense == .place {
            return nil
        }
        // 我妈在龙田镇卫生院住院，报销村里不给开证明: one's own matter stays at home.
        if home != nil, !meant.isEmpty, meant.allSatisfy(isInstitution), speaksOfOwn { return nil }
        // 村支书的侄儿在柏木街上开酒店: the village's own people, and its township only for where.
        if let home, units.count == 1, units.allSatisfy({ gazetteer.isWithin(home, $0) }),
            PlaceCues.villagesPeople.first(in: 0..<text.count, of: text) != nil
        {
            return nil
        }
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
        return offices(mentions.filter { $0.role == .agent }) ?? speakersTownship(mentions)
    }

    /// 我是柏木镇的，镇上那条老街…: no group, and nothing but where the speaker is from.
    private func speakersTownship(_ mentions: [Mention]) -> Resolution? {
        let from = mentions.filter { $0.role == .speaker }
        let units = Set(from.flatMap { inRegions($0.places) })
        guard home == nil, abroad.isEmpty, units.count == 1, let unit = units.first else { return nil }
        let spans = from.prefix(Self.spanLimit).map { text.original($0.span) }
        return Resolution(attribution: attribution([unit], .township, 0.5, spans, .q), reasons: [.township])
    }

    /// Townships' offices that act, and nothing else is named.
    private func offices(_ agents: [Mention]) -> Resolution? {
        guard !agents.isEmpty else { return nil }
        let spans = agents.prefix(Self.spanLimit).map { text.original($0.span) }
        guard let home else {
            // 岚溪县柏木镇党委原副书记接受调查: no group, and nothing but an office with its county before it.
            let units = Set(agents.flatMap { inRegions($0.places) })
            let isLed = !regions.isEmpty || agents.contains { $0.start < $0.span.lowerBound }
            guard units.count == 1, let unit = units.first, abroad.isEmpty, isLed,
                FirstPerson(text: text).strongest(in: 0..<text.count) == nil
            else { return nil }
            return Resolution(attribution: attribution([unit], .township, 0.5, spans, .q), reasons: [.township])
        }
        // 三汊镇政府 in a group of another township: whose matter it is, nobody can tell.
        guard PlaceCues.ours.first(in: 0..<text.count, of: text) == nil,
            !agents.contains(where: { $0.places.contains { gazetteer.isWithin(home, $0) } })
        else { return nil }
        return Resolution(
            attribution: nil, reasons: [.ambiguous], candidates: codes(Set(agents[0].places + [home])), spans: spans)
    }

    /// 龙田镇卫生院, 龙田镇政府: what a township runs, and not a street or market of it.
    private func isInstitution(_ mention: Mention) -> Bool {
        let end = mention.span.upperBound
        return PlaceCues.seatOffices.begins(at: end, in: text) > 0
            || PlaceCues.institutions.begins(at: end, in: text) > 0
    }

    /// Whether the text speaks of the village's own people or of what is the speaker's.
    private var speaksOfOwn: Bool {
        PlaceCues.villageSelf.first(in: 0..<text.count, of: text) != nil
            || FirstPerson(text: text).ownsThing
    }

    func codes(_ places: Set<Int>) -> [String] {
        Set(places.map { Int(gazetteer.places[$0].today) }).map { gazetteer.codes[$0] }.sorted().prefix(32).map(\.self)
    }

    func former(_ places: [Int], today: Int?) -> [Attribution.Former] {
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
