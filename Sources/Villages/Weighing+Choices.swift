internal import ChineseText
internal import Messages

/// What one mention comes to.
extension Weighing {
    func choice(for mention: Mention, earlierTown: Mention?) -> Choice {
        switch mention.kind {
        case .township, .region: return .passed
        case .weak:
            let near = mention.places.filter { place in home.map { gazetteer.shareTownship($0, place) } ?? false }
            if let home, near.contains(home) { return .place(home, 0.97, .namedHome) }
            if mention.isTaught, mention.places.count == 1 { return .place(mention.places[0], 0.9, .taught) }
            if mention.isUncued { return openStem(near, isRepeated: mention.isRepeated) }
            if near.count == 1, let place = near.first { return .place(place, 0.6, .weakNearHome) }
            // 猫鼻梁那边: a name with a cue may be the one in the county, whether or not it is a word too.
            let inCounty =
                mention.isOfficial && PlaceCues.groupEnds.begins(at: mention.span.upperBound, in: text) == 0
                ? mention.places.filter { place in
                    home.map { gazetteer.shareCounty($0, place) } ?? false
                } : []
            if near.isEmpty, inCounty.count == 1, let home { return .unclear(inCounty + [home]) }
            return near.isEmpty ? .passed : .unclear(near)
        case .unlisted, .village:
            if mention.isHomophone, let place = mention.places.first {
                return .place(place, place == home ? 0.9 : 0.7, .homophone)
            }
            return mention.within.isEmpty
                ? choice(among: mention, earlierTown: earlierTown) : choice(within: mention)
        }
    }

    /// A stem near home without a cue: left open, unless the text speaks of the speaker's own side.
    private func openStem(_ near: [Int], isRepeated: Bool) -> Choice {
        guard let home, near.count == 1,
            FirstPerson(text: text).strongest(in: 0..<text.count).map({ $0.sense > .observer }) != true, !isIdle
        else { return .passed }
        // 古县谁家烧秸秆，古县的路都看不见: what is named again is meant.
        if isRepeated, let place = near.first { return .place(place, 0.6, .weakNearHome) }
        return .unclear(near + [home])
    }

    /// 高坪服装厂招缝纫工: somebody is invited, and nothing is the matter.
    private var isIdle: Bool {
        let all = 0..<text.count
        return
            (PlaceCues.invitations.first(in: all, of: text) != nil || PlaceCues.wares.first(in: all, of: text) != nil)
            && PlaceCues.foul.first(in: all, of: text) == nil
    }

    /// 三汊镇大塘村: the one in the township; a namesake elsewhere is none.
    func choice(within mention: Mention) -> Choice {
        // 白沙镇 is in many counties: what the text says before decides, else home.
        let inText = inRegions(mention.within)
        // 长乐市江田镇江田村人，现住仓山区: the county that stands before the township holds, whatever is named later.
        let named = inText.isEmpty && mention.within.count == 1 ? mention.within : inText
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
        if places.isEmpty, let moved = movedOut(mention, within) { return .place(moved, 0.9, .namedWithUnit) }
        if places.isEmpty, let village = inside(villagesOfCommunity(mention)).only {
            return .place(village, 0.9, .namedWithUnit)
        }
        if places.isEmpty, let village = inZone(mention, within) { return .place(village, 0.8, .namedWithUnit) }
        if places.isEmpty, let village = inside(villagesWithoutRepeat(mention)).only {
            return .place(village, 0.9, .namedWithUnit)
        }
        // In a county a chance likeness is likelier.
        if places.isEmpty, within.allSatisfy({ gazetteer.places[$0].level == .township }),
            let village = inside(soundingLike(mention)).only
        {
            return .place(village, 0.7, .homophone)
        }
        if places.isEmpty, within.count == 1, let unit = within.first,
            gazetteer.places[unit].level == .township, !mention.isWithinOtherForm
        {
            return .place(unit, 0.5, .unknownInTownship)
        }
        return .unclear(places)
    }

    /// 石甸镇许郢村, which lies in 柘塘镇 since: the village of that name whose former entry the township holds.
    private func movedOut(_ mention: Mention, _ within: [Int]) -> Int? {
        let former = gazetteer.villages(named: Array(text.units[mention.span])).filter { place in
            gazetteer.places[place].to < Int32.max && within.contains { gazetteer.isWithin(place, $0) }
        }
        let today = Set(former.map { Int(gazetteer.places[$0].today) })
        return today.count == 1 ? today.first.flatMap { mention.places.contains($0) ? $0 : nil } : nil
    }

    /// 湾坞镇半屿村, which the list has in 湾坞工业集中区: the only village of that name in the county, in what is no township.
    private func inZone(_ mention: Mention, _ within: [Int]) -> Int? {
        mention.places.filter { place in
            guard within.contains(where: { gazetteer.shareCounty($0, place) }),
                let town = gazetteer.unit(.township, of: place)
            else { return false }
            let name = gazetteer.name(of: town)
            return name.hasEnding("区") || name.hasEnding("农场") || name.hasEnding("林场")
        }.only
    }

    /// 上莲乡新村村, where the list has 新村 there: the character that ends the name, said once more.
    private func villagesWithoutRepeat(_ mention: Mention) -> [Int] {
        let name = text.units[mention.span]
        guard name.count > 2, name.suffix(2).elementsEqual([0x6751, 0x6751]) else { return [] }
        return reading.then(gazetteer.villages(named: Array(name.dropLast())))
    }

    /// The village whose name has its last character once more in the text, in what the text names; nil where the name as it
    /// stands is one there.
    private func repeatedInText(_ mention: Mention, _ inRegion: [Int]) -> Int? {
        guard inTownshipOfText(mention.places) == nil, regions.isEmpty || inRegion.isEmpty else { return nil }
        let villages = villagesWithoutRepeat(mention)
        return inTownshipOfText(villages) ?? (regions.isEmpty ? nil : inRegions(villages).only)
    }

    /// 店下镇东歧村, where the list has 东岐村 there: within the township that is named, a name of two characters and more
    /// that sounds so.
    private func soundingLike(_ mention: Mention) -> [Int] {
        let name = text.units[mention.span]
        guard name.count > 2, name.last == 0x6751, let sound = PinyinTable.shared.sound(of: name.dropLast()) else {
            return []
        }
        return reading.then((gazetteer.sounds[sound] ?? []).map { Int($0) })
    }

    /// 盖山镇、浦下村: the one of several namesakes that lies in a township of the text, wherever that is named.
    private func inTownshipOfText(_ places: [Int]) -> Int? {
        guard !towns.isEmpty else { return nil }
        return places.filter { place in gazetteer.unit(.township, of: place).map(towns.contains) ?? false }.only
    }

    /// 海滨社区, where the list has 海滨村: what was a village when the list was made.
    private func villagesOfCommunity(_ mention: Mention) -> [Int] {
        guard mention.span.count > 3 else { return [] }
        let name = text.units[mention.span]
        guard name.suffix(2).elementsEqual([0x793E, 0x533A]) else { return [] }
        return reading.then(gazetteer.villages(named: name.dropLast(2) + [0x6751]))
    }

    func choice(among mention: Mention, earlierTown: Mention?) -> Choice {
        if let home {
            let isNear = { gazetteer.shareTownship($0, home) }
            if !mention.places.contains(where: isNear), let village = villagesOfCommunity(mention).filter(isNear).only {
                return .place(village, village == home ? 0.9 : 0.8, village == home ? .namedHome : .namedNearHome)
            }
            // 新村村, where the list has 新村 in home's township.
            if !mention.places.contains(where: isNear), let village = villagesWithoutRepeat(mention).filter(isNear).only
            {
                return .place(village, village == home ? 0.9 : 0.8, village == home ? .namedHome : .namedNearHome)
            }
            let isLooseHome =
                mention.loosePlaces.contains(home)
                && !mention.places.contains { gazetteer.shareTownship($0, home) }
            if mention.places.contains(home) || isLooseHome { return .place(home, 0.97, .namedHome) }
            if let part = part(of: mention.places, home) { return .place(part, 0.9, .namedHome) }
        }
        // 古城村 said of 古城社区 in home's township, though another township has a 古城村.
        if let home, !mention.places.contains(where: { gazetteer.shareTownship($0, home) }),
            let near = mention.loosePlaces.filter({ gazetteer.shareTownship($0, home) }).only
        {
            return .place(near, 0.8, .namedNearHome)
        }
        let all = mention.places.isEmpty ? mention.loosePlaces : mention.places
        let current = all.filter { !gazetteer.places[$0].isGone }
        var places = current.isEmpty ? all : current
        if mention.isTaught, places.count == 1 { return .place(places[0], 0.9, .taught) }
        let inRegion = inRegions(places)
        if !regions.isEmpty, !inRegion.isEmpty { places = inRegion }
        // 新村村位于乌陂县城南, where the list has 新村 there.
        if home == nil, let village = repeatedInText(mention, inRegion) { return .place(village, 0.9, .namedWithUnit) }
        if places.count > 1, reach(of: places).count != 1 {
            let near = places.filter { hasSibling($0, mention) }
            if near.count == 1 { places = near }
        }
        if places.count > 1, let earlierTown {
            let inside = places.filter { place in earlierTown.places.contains { gazetteer.isWithin(place, $0) } }
            if inside.count == 1, let place = inside.first { return .place(place, 0.9, .namedWithUnit) }
        }
        if places.count > 1, let place = inTownshipOfText(places) { return .place(place, 0.9, .namedWithUnit) }
        // That there is one in the next county is no evidence: half of what people name is in no list.
        let reach = reach(of: places)
        if reach.count == 1, let place = reach.first {
            if gazetteer.places[place].isGone {
                let parent = Int(gazetteer.places[place].parent)
                return parent < 0 ? .unclear([place]) : .place(parent, 0.5, .unknownInTownship)
            }
            if isFarFromTowns(place) { return .unclear([]) }
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
    func reach(of places: [Int]) -> [Int] {
        home.map { home in places.filter { gazetteer.shareCounty(home, $0) } } ?? places
    }

    /// Whether another village of the text lies in a place's township: two names that meet there are no chance.
    func hasSibling(_ place: Int, _ mention: Mention) -> Bool {
        guard let town = gazetteer.unit(.township, of: place), let names = siblings[town] else { return false }
        return names.contains { $0 != mention.places.first }
    }

    /// The home, where what is named was split and home is one of the parts.
    func part(of places: [Int], _ home: Int) -> Int? {
        guard places.count == 1, let place = places.first, gazetteer.places[place].successorCount > 1 else {
            return nil
        }
        return gazetteer.then(place, on: Int32.max).contains(Int(gazetteer.places[home].today)) ? home : nil
    }

    /// Those of some places that lie in what the text names as county, city or province; all where it names none.
    func inRegions(_ places: [Int]) -> [Int] {
        guard !regions.isEmpty else { return places }
        return places.filter { place in
            regions.contains { $0.contains { gazetteer.isWithin(place, $0) } }
        }
    }

    /// 仓山镇、盖山镇…，始于霞湖村: whether townships are named, and a place lies in the county of none of them.
    private func isFarFromTowns(_ place: Int) -> Bool {
        home == nil && !towns.isEmpty && !towns.contains { gazetteer.shareCounty($0, place) }
    }

    /// Whether the only village of a name may be believed.
    ///
    /// Of the villages that people name one in three is in no current list; where a list of many counties holds one of that
    /// name, that is chance more often than not, unless the text or the home says where.
    func isSupported(_ place: Int, _ mention: Mention, _ earlierTown: Mention?) -> Bool {
        if home != nil || hasSibling(place, mention) { return true }
        if let town = gazetteer.unit(.township, of: place), towns.contains(town) { return true }
        if regions.isEmpty, !abroad.isEmpty || isInOtherProvince(place) { return false }
        if !regions.isEmpty { return !inRegions([place]).isEmpty }
        if let earlierTown, !earlierTown.places.isEmpty {
            return earlierTown.places.contains { town in
                gazetteer.isWithin(place, town) || gazetteer.shareCounty(place, town)
            }
        }
        return gazetteer.countyCount <= Self.fewCounties || mention.stemLength > 2
    }
}

extension Array {
    /// The one element; nil where there are none or more.
    fileprivate var only: Element? { count == 1 ? self[0] : nil }
}
