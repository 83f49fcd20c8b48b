internal import ChineseText
internal import Messages

/// Finds the mentions of places in a text, in text order, with their roles.
///
/// - Cost: O(units + hits): whatever is looked at around a name lies within a fixed number of units.
struct MentionFinder {
    let gazetteer: Gazetteer
    let text: NormalizedText
    let reading: Reading

    /// The mentions that stand; roles included.
    func mentions(_ hits: [NameHit]) -> [Mention] {
        let whole = hits.filter { hit in
            (gazetteer.formed[Int(hit.name)].isNamed || mayStandAlone(hit))
                && !(Int(hit.start) + 1..<Int(hit.end)).contains { text.gaps[$0].contains(.wide) }
        }
        var names = Self.longest(nearest(whole.filter { isFullName($0) && !isCounted($0, whole) }))
        names += Self.longest(Self.inGaps(whole.filter { !isFullName($0) }, of: names))
        names.sort { $0.start < $1.start }
        let led = led(names)
        var mentions: [Mention] = []
        var refused: [Range<Int>] = []
        for (position, hit) in names.enumerated() {
            let next = position + 1 < names.count ? names[position + 1] : nil
            let last = position > 0 && names[position - 1].end == hit.start ? names[position - 1] : nil
            let floor = position > 0 ? Int(names[position - 1].end) : 0
            if let mention = longerHomophone(hit, floor: floor) ?? ledVillage(hit, last: last, led)
                ?? mention(hit, next: next, last: last)
            {
                mentions.append(mention)
            } else {
                refused.append(Int(hit.start)..<Int(hit.end))
            }
        }
        mentions = UnlistedVillages(text: text, gazetteer: gazetteer, reading: reading)
            .added(to: mentions, refused: refused)
        guard !mentions.isEmpty else { return [] }
        mentions = expanded(mentions)
        chain(&mentions)
        return RoleFinder(text: text, home: reading.home, names: homes(hits, mentions)).withRoles(mentions)
    }

    /// Where home's own name stands, by itself or within a mention of it.
    func homes(_ hits: [NameHit], _ mentions: [Mention]) -> [Range<Int>] {
        guard let home = reading.home else { return [] }
        var index = 0
        return hits.filter { hit in
            while index < mentions.count, mentions[index].span.upperBound <= Int(hit.start) { index += 1 }
            guard
                gazetteer.meanings(of: Int(hit.name)).contains(where: {
                    $0.nameClass != .landmark && Int($0.place) == home
                })
            else { return false }
            return index == mentions.count || mentions[index].span.lowerBound >= Int(hit.end)
                || mentions[index].places.contains(home)
        }.map { Int($0.start)..<Int($0.end) }
    }

    /// Where home is named beside other places, in whatever way; words of everyday language are none of its names.
    func namesOfHome(_ hits: [NameHit], _ mentions: [Mention]) -> [Range<Int>] {
        guard mentions.contains(where: { $0.kind != .township && $0.kind != .region }) else { return [] }
        let names = hits.filter { hit in
            gazetteer.formed[Int(hit.name)].traits.isDisjoint(with: [.everyday, .ordinary, .shortStem])
        }
        return homes(names, mentions)
    }

    /// Whether a stem may be one by what follows it: most stems are words of everyday language.
    private func mayStandAlone(_ hit: NameHit) -> Bool {
        let end = Int(hit.end)
        // 文殊街上: on the street of 文殊, though its community is called 文殊街.
        if end < text.count, text.units[end] == 0x4E0A, text.units[end - 1] == 0x8857 { return false }
        if gazetteer.formed[Int(hit.name)].traits.isDisjoint(with: [.everyday, .ordinary]) { return true }
        // 白水镇山美的机耕路: right behind a township.
        if endsUnit(Int(hit.start)) { return true }
        return end >= text.count || !text.gaps[end].isEmpty || !isHan(end)
            || PlaceCues.stemFollowers.contains(text.units[end])
            || mayBeNearby(hit)
    }

    func isFullName(_ hit: NameHit) -> Bool {
        gazetteer.formed[Int(hit.name)].isNamed
            && gazetteer.meanings(of: Int(hit.name)).contains { $0.nameClass == .named && reading.counts($0) }
    }

    /// Of overlapping hits the leftmost and there the longest: 山下村 beats 下村, 新村镇 beats 新村.
    static func longest(_ hits: [NameHit]) -> [NameHit] {
        var kept: [NameHit] = []
        for hit in hits {
            if let last = kept.last, hit.start < last.end {
                if hit.start == last.start, hit.end > last.end { kept[kept.count - 1] = hit }
            } else {
                kept.append(hit)
            }
        }
        return kept
    }

    /// 联三、湘东、湘南三村: no 南三村, but the last of three.
    private func isCounted(_ hit: NameHit, _ hits: [NameHit]) -> Bool {
        let end = Int(hit.end)
        guard end > 2, text.units[end - 1] == 0x6751,
            PlaceCues.numerals.contains(text.units[end - 2]) || text.units[end - 2] == 0x4E24
        else { return false }
        return hits.contains { stem in
            Int(stem.end) == end - 2 && stem.start < hit.start
                && PlaceCues.enumeration.ends(at: Int(stem.start), in: text) > 0
        }
    }

    /// Without names that home's county doesn't have where the end of one is a name that it has: 山上桂林村.
    private func nearest(_ hits: [NameHit]) -> [NameHit] {
        guard let home = reading.home else { return hits }
        return hits.indices.filter { index in
            let hit = hits[index]
            var next = index + 1
            while next < hits.count, hits[next].start < hit.end {
                if hits[next].start > hit.start, hits[next].end == hit.end, isNear(home, hits[next]) {
                    return isNear(home, hit)
                }
                next += 1
            }
            return true
        }.map { hits[$0] }
    }

    /// Whether a village of home's county bears a name.
    func isNear(_ home: Int, _ hit: NameHit) -> Bool {
        gazetteer.meanings(of: Int(hit.name)).contains {
            $0.nameClass == .named && reading.counts($0) && gazetteer.shareCounty(Int($0.place), home)
        }
    }

    /// The stems that no full name overlaps.
    private static func inGaps(_ stems: [NameHit], of names: [NameHit]) -> [NameHit] {
        var index = 0
        return stems.filter { stem in
            while index < names.count, names[index].end <= stem.start { index += 1 }
            return index == names.count || names[index].start >= stem.end
        }
    }

    /// A hit as a mention, or nil when it is part of something else; `last` is a name that ends where it begins.
    private func mention(_ hit: NameHit, next: NameHit?, last: NameHit?) -> Mention? {
        let meanings = gazetteer.meanings(of: Int(hit.name)).filter(reading.counts)
        let named = meanings.filter { $0.nameClass == .named }
        if named.isEmpty { return shortName(hit, meanings, next: next, last: last) }
        if let next, let unit = shortUnit(hit, meanings, before: next) { return unit }
        let villages = named.filter { gazetteer.places[Int($0.place)].level == .village }
        return villages.isEmpty ? unit(hit, named, next: next, last: last) : fullName(hit, villages, last: last)
    }

    /// 戴村东风村: the short name of 戴村镇 before a village of it, though a village is called 戴村 too.
    private func shortUnit(
        _ hit: NameHit, _ meanings: [Gazetteer.Meaning], before next: NameHit
    ) -> Mention? {
        let hints = meanings.filter { $0.nameClass == .hint }
        guard !hints.isEmpty, next.start == hit.end else { return nil }
        let units = reading.units(hints).filter { unit in
            holds(unit, next)
        }
        let span = Int(hit.start)..<Int(hit.end)
        let towns = units.isEmpty ? townshipOfStem(hints, span, next) ?? [] : units
        return towns.isEmpty ? nil : Mention(span: span, kind: .region, places: towns)
    }

    /// A township or larger by its full name.
    private func unit(
        _ hit: NameHit, _ named: [Gazetteer.Meaning], next: NameHit?, last: NameHit?
    ) -> Mention? {
        let span = Int(hit.start)..<Int(hit.end)
        let named = named.contains(where: \.isLoose) ? believed(named, hit, next: next, last: last) : named
        guard !named.isEmpty else { return nil }
        // 东沙河镇 is not 沙河镇.
        if isModified(span.lowerBound) || isModifiedBehindUnit(span.lowerBound) { return nil }
        // 豫南新县: a county of one character right behind what holds it.
        let isHeld = last.map { before in
            gazetteer.meanings(of: Int(before.name)).contains { holder in
                named.contains { $0.place != holder.place && gazetteer.isWithin(Int($0.place), Int(holder.place)) }
            }
        }
        if gazetteer.formed[Int(hit.name)].traits.contains(.shortStem), isHeld != true,
            !hasLeftBoundary(span.lowerBound)
        {
            return nil
        }
        let isTown = named.contains { gazetteer.places[Int($0.place)].level == .township }
        // 沙河镇 is whole wherever it stands; a county only helps to choose.
        var mention = Mention(span: span, kind: isTown ? .township : .region, places: reading.units(named))
        mention.isWithinOtherForm = named.allSatisfy(\.isLoose)
        return mention
    }

    /// The units of a name without those that the list has in another form and nothing speaks for.
    ///
    /// 枫桥街道 is the 枫桥镇 of the list in home's county, behind its county's name, or before a village of it; elsewhere
    /// it is chance.
    private func believed(
        _ named: [Gazetteer.Meaning], _ hit: NameHit, next: NameHit?, last: NameHit?
    ) -> [Gazetteer.Meaning] {
        let exact = named.filter { !$0.isLoose }
        // 中山街道路: a road.
        let end = Int(hit.end)
        if gazetteer.formed[Int(hit.name)].form == .street, end < text.count, text.units[end] == 0x8DEF { return exact }
        return exact
            + named.filter { meaning in
                let unit = Int(meaning.place)
                guard meaning.isLoose, !exact.contains(where: { gazetteer.shareCounty(Int($0.place), unit) }) else {
                    return false
                }
                if let home = reading.home { return gazetteer.shareCounty(home, unit) }
                // 平岗街道办事处 is what became of 平岗镇; 平岗乡 may be any.
                if exact.isEmpty, named.count == 1, gazetteer.formed[Int(hit.name)].form == .street,
                    gazetteer.countyCount <= Weighing.fewCounties
                {
                    return true
                }
                if let next, next.start == hit.end, holds(unit, next) { return true }
                return last.map { before in
                    gazetteer.meanings(of: Int(before.name)).contains { gazetteer.isWithin(unit, Int($0.place)) }
                } ?? false
            }
    }

    /// Whether a unit holds a village of a name.
    private func holds(_ unit: Int, _ hit: NameHit) -> Bool {
        gazetteer.meanings(of: Int(hit.name)).contains {
            $0.nameClass == .named && Int($0.place) != unit && gazetteer.isWithin(Int($0.place), unit)
        }
    }

    /// A village by a name that says what it is.
    private func fullName(_ hit: NameHit, _ villages: [Gazetteer.Meaning], last: NameHit?) -> Mention? {
        let span = Int(hit.start)..<Int(hit.end)
        let traits = gazetteer.formed[Int(hit.name)].traits
        // 海滨社区城中村, 关于贵村村民反映: what kind of village, and whose one writes to.
        if last.map({ unit in villages.contains { isHeld(Int($0.place), by: unit) } }) != true,
            reading.home.map({ isNear($0, hit) }) != true,
            PlaceCues.noNames.begins(at: span.lowerBound, in: text, limit: span.upperBound) == span.count
        {
            return nil
        }
        // 第三、四村民小组: groups.
        if span.count == 2, PlaceCues.numerals.contains(text.units[span.lowerBound]),
            PlaceCues.groupsOfPeople.begins(at: span.upperBound, in: text) > 0
        {
            return nil
        }
        if span.count == 2, last == nil, reading.home.map({ isNear($0, hit) }) == false,
            let mention = UnlistedVillages(text: text, gazetteer: gazetteer, reading: reading)
                .numbered(before: span.upperBound - 1, floor: 0)
        {
            return mention
        }
        if let home = reading.home, last == nil, !isNear(home, hit) {
            // 上周村干部: that there is a 上周村 somewhere is no evidence.
            let stem = span.upperBound - gazetteer.formed[Int(hit.name)].form.length
            if PlaceCues.noStemWords.begins(at: span.lowerBound, in: text, limit: stem) == stem - span.lowerBound {
                return nil
            }
            if let alike = homophone(hit) { return alike }
        }
        let isFormer = villages.filter { !$0.isLoose }.allSatisfy { isFormerName($0, span) }
        // 周河乡西河村民宿: an everyday word right behind the township that has a village of that name.
        let isInside =
            PlaceCues.continuationsOfFull.begins(at: span.upperBound, in: text) == 0
            && (last.map { unit in villages.contains { isHeld(Int($0.place), by: unit) } } ?? false)
        let isNearHome = reading.home.map { home in
            villages.contains { gazetteer.shareTownship(Int($0.place), home) }
        }
        guard
            isInside || isWhole(span, traits, isNearHome: isNearHome ?? false) || isFormer && isCalledOld(span)
                || isGoneUpTo(span)
        else {
            return unlisted(span, traits) ?? shortNameAsPlace(span, traits, villages)
        }
        let isLed = span.lowerBound > 0 && isHan(span.lowerBound - 1) && text.gaps[span.lowerBound].isEmpty
        if last == nil,
            traits.contains(.institution) && !hasLeftBoundary(span.lowerBound) || mayBeVerb(span, traits) && !isLed
        {
            // 凤栖街道社区 is none of the list's 街道社区; 团结村干部… at the start may be a verb.
            return Mention(span: span, kind: .unlisted, places: [])
        }
        var mention = Mention(span: span, kind: .village, places: reading.places(villages.filter { !$0.isLoose }))
        mention.loosePlaces = reading.places(villages.filter(\.isLoose))
        mention.stemLength = span.count - gazetteer.formed[Int(hit.name)].form.length
        mention.isTaught = villages.contains { $0.scope >= 0 }
        return mention
    }

    /// Whether a village lies in a township that is named right before it.
    private func isHeld(_ village: Int, by last: NameHit) -> Bool {
        // 柏木新村: the short name alone counts near home.
        let isNamed = gazetteer.formed[Int(last.name)].isNamed && isFullName(last)
        guard isNamed || hasLeftBoundary(Int(last.start)) else { return false }
        return gazetteer.meanings(of: Int(last.name)).contains {
            (isNamed || $0.nameClass == .hint && isBelievedShort($0))
                && gazetteer.places[Int($0.place)].level == .township && gazetteer.isWithin(village, Int($0.place))
        }
    }

    /// Whether a name is that of a village that is no more, or one that it had before.
    private func isFormerName(_ meaning: Gazetteer.Meaning, _ span: Range<Int>) -> Bool {
        let place = Int(meaning.place)
        guard gazetteer.places[place].to == Int32.max else { return true }
        let stem = Array(VillageName(gazetteer.name(of: place)).stem.utf16)
        return !text.units[span].starts(with: stem)
    }

    /// A township's short name, a stem or a landmark: believed with a cue only.
    private func shortName(
        _ hit: NameHit, _ meanings: [Gazetteer.Meaning], next: NameHit?, last: NameHit?
    ) -> Mention? {
        let span = Int(hit.start)..<Int(hit.end)
        let hints = meanings.filter { $0.nameClass == .hint }
        if !hints.isEmpty {
            // 福清江镜镇: the short name of what holds the unit right behind it.
            let holdsNext = next.map { next in
                Int(next.start) == span.upperBound && hints.contains { holds(Int($0.place), next) }
            }
            // 磨洋河远东村: no 洋河, though what is behind it is a village; 城郊的沙坝社区: outside a town.
            let isPart = OrdinaryWords.isPartOfTown(String(decoding: text.units[span], as: UTF16.self))
            if let next,
                holdsNext ?? false
                    || !isPart && hasLeftBoundary(span.lowerBound) && isRightBefore(next, span.upperBound)
            {
                return Mention(span: span, kind: .region, places: reading.units(hints))
            }
            if let next, let town = townshipOfStem(hints, span, next) {
                return Mention(span: span, kind: .region, places: town)
            }
            if let town = shortTownship(hints, span) { return Mention(span: span, kind: .township, places: town) }
            if let county = shortCounty(hints, span) { return Mention(span: span, kind: .region, places: [county]) }
        }
        let traits = gazetteer.formed[Int(hit.name)].traits
        let stems = reading.places(meanings.filter { $0.nameClass == .stem })
        if !stems.isEmpty {
            if let kind = kindInList(hit, next: next, last: last) {
                return Mention(span: span, kind: kind, places: stems)
            }
            // 迎水四村: no 迎水, but what sounds like 迎水寺村, or a village that no list knows.
            if isNumbered(span.upperBound) {
                guard hasLeftBoundary(span.lowerBound), !gazetteer.formed[Int(hit.name)].traits.contains(.ordinary)
                else {
                    return nil
                }
                return UnlistedVillages(text: text, gazetteer: gazetteer, reading: reading)
                    .homophone(before: span.upperBound + 1, floor: span.lowerBound)
                    ?? Mention(span: span.lowerBound..<span.upperBound + 2, kind: .unlisted, places: [])
            }
            if let last, let inside = stemInTownship(stems, last, span.upperBound, traits) {
                return Mention(span: span, kind: .village, places: inside)
            }
            if let home = reading.home, stems.contains(home), isHomesStem(span, traits) {
                return Mention(span: span, kind: .weak, places: [home])
            }
            var mention = cuedStem(span, stems, traits)
            // 喊柘塘的干部，柘塘说…: a township is called so too.
            if let home = reading.home, hints.contains(where: { gazetteer.shareCounty(Int($0.place), home) }) {
                mention?.isRepeated = false
            }
            return mention
        }
        // 礁头小学 is enough by itself, 老粮站 is not.
        guard !traits.contains(.ordinary),
            PlaceCues.afterLandmark.begins(at: span.upperBound, in: text) > 0
                || span.count > 3 && hasLeftBoundary(span.lowerBound)
        else { return nil }
        let landmarks = reading.places(meanings.filter { $0.nameClass == .landmark })
        return landmarks.isEmpty ? nil : Mention(span: span, kind: .weak, places: landmarks)
    }

    /// Whether a number and 村 follow, so that a name is one of another village.
    func isNumbered(_ place: Int) -> Bool {
        place + 1 < text.count && text.units[place + 1] == 0x6751 && text.gaps[place].isEmpty
            && PlaceCues.numerals.contains(text.units[place])
    }

    /// 树上王村 for 墅上王村: a name of home's township in another spelling, that ends in what is a village elsewhere.
    private func longerHomophone(_ hit: NameHit, floor: Int) -> Mention? {
        let start = Int(hit.start)
        guard let home = reading.home, start > floor, isHan(start - 1), text.gaps[start].isEmpty,
            text.units[Int(hit.end) - 1] == 0x6751,
            !gazetteer.meanings(of: Int(hit.name)).contains(where: {
                $0.nameClass == .named && gazetteer.shareTownship(Int($0.place), home)
            }),
            let longer = UnlistedVillages(text: text, gazetteer: gazetteer, reading: reading)
                .homophone(before: Int(hit.end) - 1, floor: max(floor, start - 2)),
            longer.span.lowerBound < start, longer.stemLength > 2, let place = longer.places.first
        else { return nil }
        return gazetteer.shareTownship(place, home) ? longer : nil
    }

    /// 关山村 for 观山村: what the list has elsewhere only, and home's township has in another spelling.
    private func homophone(_ hit: NameHit) -> Mention? {
        guard gazetteer.formed[Int(hit.name)].form == .village else { return nil }
        return UnlistedVillages(text: text, gazetteer: gazetteer, reading: reading)
            .homophone(before: Int(hit.end) - 1, floor: Int(hit.start))
    }
}
