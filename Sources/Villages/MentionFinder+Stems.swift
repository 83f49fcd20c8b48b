internal import Messages

/// Stems and short names: what makes a place of a word that doesn't say what it is.
extension MentionFinder {
    /// A stem with a cue of its own.
    func cuedStem(_ span: Range<Int>, _ stems: [Int], _ traits: Gazetteer.NameTraits) -> Mention? {
        let isRare = traits.isDisjoint(with: [.everyday, .ordinary])
        if isNumberOrCity(span) { return nil }
        guard !traits.contains(.ordinary), hasLeftBoundary(span.lowerBound),
            PlaceCues.afterStem.begins(at: span.upperBound, in: text) > 0 || standsApart(span) || isComeBy(span)
                || hasFacility(span, stems) || isShared(span)
                || isRare && isLooselyCued(span),
            PlaceCues.continuations.begins(at: span.upperBound, in: text) == 0
                || isRare && PlaceCues.afterRareStem.begins(at: span.upperBound, in: text) > 1,
            !isWare(span.upperBound), PlaceCues.groupItself.begins(at: span.upperBound, in: text) == 0
        else { return uncuedStem(span, stems, traits) }
        let isFull = PlaceCues.bodyAfterStem.begins(at: span.upperBound, in: text) > 0
        var mention = Mention(span: span, kind: isFull ? .village : .weak, places: stems)
        mention.isOfficial = !traits.contains(.unofficial)
        return mention
    }

    /// 方洼修水库占的地…: a stem of home's township that is no word stands first in its clause, and nothing says what it is.
    func uncuedStem(_ span: Range<Int>, _ stems: [Int], _ traits: Gazetteer.NameTraits) -> Mention? {
        let (start, end) = (span.lowerBound, span.upperBound)
        let isWork = isWorkOfVillage(span, traits)
        let isPlaced = !traits.contains(.ordinary) && (isLedTo(span) || isRepeated(span))
        guard !traits.contains(.unofficial), let home = reading.home, !isNobodysVillage(span),
            isWork || isPlaced || end < text.count && isHan(end),
            isWork || PlaceCues.continuations.begins(at: end, in: text) == 0
                || isPlaced && PlaceCues.comingBy.begins(at: end, in: text) > 0
                || PlaceCues.worksOfVillage.begins(at: end, in: text) > 0,
            !isWare(end), PlaceCues.groupItself.begins(at: end, in: text) == 0,
            isWork || PlaceCues.afterLooseStem.begins(at: end, in: text) == 0,
            isWork || isPlaced
                || (traits.isDisjoint(with: [.everyday, .ordinary])
                    ? isFirst(start) && !isPersonLike(span) : isWordAsPlace(span, traits)),
            stems.contains(where: { gazetteer.shareTownship($0, home) })
        else { return nil }
        var mention = Mention(span: span, kind: .weak, places: stems)
        // 坂头合作社骗补贴: no word, and works of that name with which something is the matter.
        mention.isUncued =
            !(isWork && traits.isDisjoint(with: [.everyday, .ordinary]) && !isPersonLike(span)
            || isGoverned(span, traits))
        mention.isRepeated = isRepeated(span) && !isPersonLike(span)
        mention.isOfficial = true
        return mention
    }

    /// 高坪砖厂拖欠工资, 联盟工地的塔吊: works that are called after their village, and something is the matter with them.
    private func isWorkOfVillage(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Bool {
        guard !traits.contains(.ordinary), isFirst(span.lowerBound) else { return false }
        let length = PlaceCues.worksNamedAfter.begins(at: span.upperBound, in: text)
        guard length > 0 else { return false }
        let rest = span.upperBound + length..<min(text.count, span.upperBound + length + RoleFinder.reach)
        return rest.contains {
            PlaceCues.matter.begins(at: $0, in: text) > 0 && PlaceCues.noMatter.begins(at: $0, in: text) == 0
        }
    }

    /// A word that is home or a township, or a village of home's township that stands where a place does or more than once.
    func mayBeNearby(_ hit: NameHit) -> Bool {
        var isNear = false
        for meaning in gazetteer.meanings(of: Int(hit.name)) {
            if meaning.nameClass == .hint || Int(meaning.place) == reading.home { return true }
            if let home = reading.home, meaning.nameClass == .stem, gazetteer.shareTownship(Int(meaning.place), home) {
                isNear = true
            }
        }
        guard isNear else { return false }
        let end = Int(hit.end)
        if PlaceCues.bodiesOfVillage.begins(at: end, in: text) > 0 { return true }
        guard !gazetteer.formed[Int(hit.name)].traits.contains(.ordinary) else { return false }
        let span = Int(hit.start)..<end
        return PlaceCues.worksNamedAfter.begins(at: end, in: text) > 0 || isLedTo(span) || isRepeated(span)
    }

    /// 送货到高坪，桥头那根电线…; 姐夫在田头跑摩的: what one came to or is in, and something is the matter.
    private func isLedTo(_ span: Range<Int>) -> Bool {
        let end = span.upperBound
        // 从大德路过.
        if PlaceCues.wayFrom.ends(at: span.lowerBound, in: text) > 0, PlaceCues.comingBy.begins(at: end, in: text) > 0 {
            return hasMatter(outside: span)
        }
        guard end == text.count || !isHan(end) || !PlaceCues.features.contains(text.units[end]) else { return false }
        return PlaceCues.broughtTo.ends(at: span.lowerBound, in: text) > 0 && hasMatter(outside: span)
    }

    /// Whether a stem stands in the text again, where a name may begin.
    private func isRepeated(_ span: Range<Int>) -> Bool {
        guard hasLeftBoundary(span.lowerBound), text.count < Weighing.shortText * 4, hasMatter(outside: span) else {
            return false
        }
        let name = text.units[span]
        return (0...max(0, text.count - span.count)).contains { start in
            start + span.count <= text.count && !span.overlaps(start..<start + span.count)
                && text.units[start] == text.units[span.lowerBound]
                && text.units[start..<start + span.count].elementsEqual(name)
        }
    }

    /// Whether something is the matter, by words outside a name.
    private func hasMatter(outside span: Range<Int>) -> Bool {
        let near = max(0, span.lowerBound - RoleFinder.reach)..<min(text.count, span.upperBound + 2 * RoleFinder.reach)
        return near.contains {
            PlaceCues.matter.begins(at: $0, in: text) > 0 && PlaceCues.noMatter.begins(at: $0, in: text) == 0
                && !span.contains($0)
        }
    }

    /// 林明 is a person, 赵湾 and 邹棚 are none, and 苏陂 is one whatever follows.
    private func isPersonLike(_ span: Range<Int>) -> Bool {
        !PlaceCues.endsOfPlacesOnly.contains(text.units[span.upperBound - 1])
            && PlaceCues.surnames.contains(text.units[span.lowerBound])
            && !(PlaceCues.placeEndsAfterSurname.contains(text.units[span.upperBound - 1])
                && PlaceCues.placeAfterSurname.begins(at: span.upperBound, in: text) > 0)
    }

    /// 东山那边, 水口那一段: a word that is a village's name near home, and is said as a place; 路口那边 is any.
    func isWordAsPlace(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Bool {
        guard PlaceCues.thankful.begins(at: span.lowerBound, in: text) == 0 else { return false }
        // 大埔那家石材厂, 古城的活动室: first in its clause a word that is none of the commonest needs less.
        if !traits.contains(.ordinary), isFirst(span.lowerBound),
            PlaceCues.afterRareStem.begins(at: span.upperBound, in: text) > 0
                || PlaceCues.facilityAfterStem.begins(at: span.upperBound, in: text) > 0
        {
            return true
        }
        guard hasLeftBoundary(span.lowerBound),
            isGoverned(span, traits) || PlaceCues.afterWord.begins(at: span.upperBound, in: text) > 0
        else {
            return false
        }
        return !traits.contains(.ordinary) || isGoverned(span, traits)
            || OrdinaryWords.isNameLike(String(decoding: text.units[span], as: UTF16.self))
    }

    /// 桃园党支部, 桃园村支书: what only villages have; 学校党支部 is none.
    private func isGoverned(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Bool {
        !traits.contains(.institution) && isFirst(span.lowerBound)
            && PlaceCues.bodiesOfVillage.begins(at: span.upperBound, in: text) > 0
    }

    /// 中街老人会: what a village has, behind the stem of one in home's township.
    private func hasFacility(_ span: Range<Int>, _ stems: [Int]) -> Bool {
        guard let home = reading.home else { return false }
        return PlaceCues.facilityAfterStem.begins(at: span.upperBound, in: text) > 0
            && stems.contains { gazetteer.shareTownship($0, home) }
    }

    /// 杨集和唐庙共用一个提灌站: the last of two that share something.
    private func isShared(_ span: Range<Int>) -> Bool {
        let joint = PlaceCues.enumeration.ends(at: span.lowerBound, in: text)
        guard joint > 0 else { return false }
        // 咱村跟高坪中间那个蓄水池: what is ours stands before it.
        let isWithUs = PlaceCues.ours.ends(at: span.lowerBound - joint, in: text) > 0
        return PlaceCues.sharedAfter.begins(at: span.upperBound, in: text) > 0
            || !isWithUs && PlaceCues.bothAfter.begins(at: span.upperBound, in: text) > 0
    }

    /// 路过东施，看到: what one comes by, and nothing behind it that makes another word of it.
    func isComeBy(_ span: Range<Int>) -> Bool {
        let end = span.upperBound
        return PlaceCues.comingBy.ends(at: span.lowerBound, in: text) > 0
            && (end == text.count || !text.gaps[end].isEmpty || !isHan(end)
                || PlaceCues.afterComingBy.begins(at: end, in: text) > 0)
    }

    func isFirst(_ place: Int) -> Bool { place == 0 || !text.gaps[place].isEmpty || !isHan(place - 1) }

    /// 老鹰岩矿泉水, 荷叶甸酒家.
    func isWare(_ end: Int) -> Bool { PlaceCues.waresAfterStem.begins(at: end, in: text) > 0 || isShopped(end) }

    /// 杨店街上买的种子: who was on its street, and bought what is the matter.
    private func isShopped(_ end: Int) -> Bool {
        let street = PlaceCues.onTheStreet.begins(at: end, in: text)
        return street > 0 && PlaceCues.shopping.begins(at: end + street, in: text) > 0
    }

    /// 我们石涌, 上泾为什么没有: home's own stem needs hardly a cue, as home is what is meant without it.
    func isHomesStem(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Bool {
        let (start, end) = (span.lowerBound, span.upperBound)
        guard PlaceCues.continuations.begins(at: end, in: text) == 0, !isWare(end),
            PlaceCues.groupItself.begins(at: end, in: text) == 0
        else { return false }
        if PlaceCues.ownBefore.ends(at: start, in: text) > 0 {
            // 我们渡口的人去看了: who only went there.
            return PlaceCues.onlookers.begins(at: end, in: text) == 0
        }
        // 灯光这段一盏灯都没有: that stretch of the road is home's.
        guard !traits.contains(.ordinary) else {
            return isFirst(start) && PlaceCues.homesStretch.begins(at: end, in: text) > 0
        }
        return isFirst(start) || PlaceCues.beforeHomesStem.ends(at: start, in: text) > 0
    }

    /// 岚溪汽车站, 岚溪医院: home's own county by its short name, before what a county has.
    func shortCounty(_ hints: [Gazetteer.Meaning], _ span: Range<Int>) -> Int? {
        guard let home = reading.home, hasLeftBoundary(span.lowerBound),
            PlaceCues.afterCounty.begins(at: span.upperBound, in: text) > 1
        else { return nil }
        return reading.units(hints).first {
            gazetteer.places[$0].level == .county && gazetteer.isWithin(home, $0)
        }
    }

    /// 柏木卫生院, 柏木到县城的班车, 柏木、石湾两个镇: the short name of a township of home's county as the township.
    func shortTownship(_ hints: [Gazetteer.Meaning], _ span: Range<Int>) -> [Int]? {
        guard let home = reading.home else { return nil }
        let end = span.upperBound
        let isFirst = hasLeftBoundary(span.lowerBound) || text.units[span.lowerBound - 1] == 0x3001
        let hasLink = end < text.count && text.units[end] == 0x7684
        let facility = PlaceCues.townFacility.begins(at: hasLink ? end + 1 : end, in: text)
        // 子路街上买的化肥 is the buyer's.
        let isShopped = facility > 0 && PlaceCues.shopping.begins(at: end + facility, in: text) > 0
        guard isFirst, facility > 0 && !isShopped || leadsToBus(end) || isInTownshipList(end) else { return nil }
        // 石湾到柏木的公交 is 石湾's in 石湾 only.
        let isLine = leadsToBus(end)
        let towns = reading.units(hints).filter {
            gazetteer.places[$0].level == .township && gazetteer.shareCounty($0, home)
                && (!isLine || gazetteer.isWithin(home, $0))
        }
        return towns.count == 1 ? towns : nil
    }

    /// 柏木青瓦的: the short name of a township right before the stem of a village that only it has there.
    func townshipOfStem(_ hints: [Gazetteer.Meaning], _ span: Range<Int>, _ next: NameHit) -> [Int]? {
        guard Int(next.start) == span.upperBound, hasLeftBoundary(span.lowerBound), !isFullName(next),
            isWholeStem(Int(next.end), gazetteer.formed[Int(next.name)].traits)
        else { return nil }
        let towns = reading.units(hints).filter { unit in
            gazetteer.places[unit].level == .township && hints.contains { isBelievedShort($0) && Int($0.place) == unit }
                && gazetteer.meanings(of: Int(next.name)).contains {
                    $0.nameClass == .stem && gazetteer.isWithin(Int($0.place), unit)
                }
        }
        return towns.count == 1 ? towns : nil
    }

    /// Whether a township's short name counts by itself: in home's county, or in a list of few.
    func isBelievedShort(_ hint: Gazetteer.Meaning) -> Bool {
        reading.home.map { gazetteer.shareCounty($0, Int(hint.place)) }
            ?? (gazetteer.countyCount <= Weighing.fewCounties)
    }

    /// Whether nothing behind a stem makes another name of it.
    private func isWholeStem(_ end: Int, _ traits: Gazetteer.NameTraits) -> Bool {
        end == text.count || !text.gaps[end].isEmpty || !isHan(end) || text.units[end] == 0x7684
            || PlaceCues.afterStem.begins(at: end, in: text) > 0 || PlaceCues.afterPlace.begins(at: end, in: text) > 0
            || traits.isDisjoint(with: [.everyday, .ordinary])
                && PlaceCues.continuations.begins(at: end, in: text) == 0
    }

    /// 柏木到县城的班车: a line of the township's, unless it is our village that it passes by.
    func leadsToBus(_ place: Int) -> Bool {
        let length = PlaceCues.leadsTo.begins(at: place, in: text)
        let all = 0..<text.count
        return length > 0 && PlaceCues.bus.first(in: place..<min(text.count, place + 12), of: text) != nil
            && PlaceCues.ours.first(in: all, of: text) == nil
    }

    /// 柏木、石湾两个镇.
    func isInTownshipList(_ place: Int) -> Bool {
        let limit = min(text.count, place + 16)
        guard
            PlaceCues.enumeration.begins(at: place, in: text) > 0
                || PlaceCues.townships.begins(at: place, in: text) > 0,
            let end = PlaceCues.townships.first(in: place..<limit, of: text)
        else { return false }
        return !(place..<end).contains {
            text.units[$0] == 0x2C || text.units[$0] == 0x3002 || text.units[$0] == 0x7684
        }
    }

    /// 柏木镇青瓦: a stem right behind its township, with nothing behind it that makes another name of it.
    func stemInTownship(
        _ stems: [Int], _ last: NameHit, _ end: Int, _ traits: Gazetteer.NameTraits
    ) -> [Int]? {
        guard !stems.isEmpty, isWholeStem(end, traits) else { return nil }
        let hints = gazetteer.meanings(of: Int(last.name)).filter { $0.nameClass == .hint }
        let span = Int(last.start)..<Int(last.end)
        let isShort = !hints.isEmpty && hasLeftBoundary(span.lowerBound)
        if !hints.isEmpty, !isShort, !isFullName(last) { return nil }
        let towns = gazetteer.meanings(of: Int(last.name)).filter {
            ($0.nameClass == .named || isShort && $0.nameClass == .hint && isBelievedShort($0))
                && gazetteer.places[Int($0.place)].level == .township
        }
        let inside = stems.filter { stem in towns.contains { gazetteer.isWithin(stem, Int($0.place)) } }
        return inside.isEmpty ? nil : inside
    }

    /// 望月台的桥, 在望月台看到, 水管漏了，望月台的: a stem that is no word of everyday language needs less of a cue.
    func isLooselyCued(_ span: Range<Int>) -> Bool {
        let (start, end) = (span.lowerBound, span.upperBound)
        // 顶坡的时候: what one does.
        if PlaceCues.whileDoing.begins(at: end, in: text) > 0 { return false }
        if PlaceCues.afterRareStem.begins(at: end, in: text) > 0 { return true }
        if PlaceCues.beforeRareStem.ends(at: start, in: text) > 0 || isVisited(span) { return true }
        // 猪山上 is a hill, 白土堰里 is in a village.
        let loose = PlaceCues.afterLooseStem.begins(at: end, in: text)
        // 古城东边 is east of 古城.
        guard loose == 0 || loose == 1 && span.count > 2 && text.units[end] != 0x8FB9 else { return false }
        // 昨天洋厝停电….
        if PlaceCues.dayBefore.ends(at: start, in: text) > 0, PlaceCues.matterAfterStem.begins(at: end, in: text) > 0 {
            return true
        }
        guard isFirst(start) else { return false }
        // 大李庄丢羊了; 罗庄死猪扔在河里, but 罗庄羊汤馆 is a shop and 林厝生 a person.
        if span.count > 2 { return true }
        // No word, no surname, and a village of the township that something is the matter with: 仙桥停水七天.
        let isNobody =
            PlaceCues.placeEndsAfterSurname.contains(text.units[end - 1])
            || !PlaceCues.surnames.contains(text.units[start])
        return PlaceCues.matterAfterStem.begins(at: end, in: text) > 0
            && (isNobody || OrdinaryWords.isPlaceLike(String(decoding: text.units[span], as: UTF16.self)))
    }

    /// 去苏家寨走亲戚, 刚从陈棚回来: where one went to or comes from.
    private func isVisited(_ span: Range<Int>) -> Bool {
        span.lowerBound > 0 && Self.motions.contains(text.units[span.lowerBound - 1])
            && (PlaceCues.visitAfter.begins(at: span.upperBound, in: text) > 0
                || PlaceCues.wayFromAfter.begins(at: span.upperBound, in: text) > 0)
    }

    private static let motions = Set("去到从往回".utf16)

    /// 高坪，路灯坏了: a stem between marks.
    func standsApart(_ span: Range<Int>) -> Bool {
        let (start, end) = (span.lowerBound, span.upperBound)
        guard isFirst(start), end < text.count else { return false }
        return text.units[end] == 0x2C || text.units[end] == 0x3A || text.gaps[end].contains(.space)
    }
}
