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
        var names = Self.longest(nearest(whole.filter { isFullName($0) }))
        names += Self.inGaps(Self.longest(whole.filter { !isFullName($0) }), of: names)
        names.sort { $0.start < $1.start }
        var mentions: [Mention] = []
        var refused: [Range<Int>] = []
        for (position, hit) in names.enumerated() {
            let next = position + 1 < names.count ? names[position + 1] : nil
            let last = position > 0 && names[position - 1].end == hit.start ? names[position - 1] : nil
            if let mention = mention(hit, next: next, last: last) {
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
    private func homes(_ hits: [NameHit], _ mentions: [Mention]) -> [Range<Int>] {
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

    /// Whether a stem may be one by what follows it: most stems are words of everyday language.
    private func mayStandAlone(_ hit: NameHit) -> Bool {
        let end = Int(hit.end)
        if gazetteer.formed[Int(hit.name)].traits.isDisjoint(with: [.everyday, .ordinary]) { return true }
        return end >= text.count || !text.gaps[end].isEmpty || !isHan(end)
            || PlaceCues.stemFollowers.contains(text.units[end])
            || gazetteer.meanings(of: Int(hit.name)).contains { $0.nameClass == .hint || Int($0.place) == reading.home }
    }

    func isFullName(_ hit: NameHit) -> Bool {
        gazetteer.formed[Int(hit.name)].isNamed
            && gazetteer.meanings(of: Int(hit.name)).contains { $0.nameClass == .named && reading.counts($0) }
    }

    /// Of overlapping hits the leftmost and there the longest: 山下村 beats 下村, 新村镇 beats 新村.
    private static func longest(_ hits: [NameHit]) -> [NameHit] {
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
        return villages.isEmpty ? unit(hit, named) : fullName(hit, villages, last: last)
    }

    /// 戴村东风村: the short name of 戴村镇 before a village of it, though a village is called 戴村 too.
    private func shortUnit(
        _ hit: NameHit, _ meanings: [Gazetteer.Meaning], before next: NameHit
    ) -> Mention? {
        let hints = meanings.filter { $0.nameClass == .hint }
        guard !hints.isEmpty, next.start == hit.end else { return nil }
        let units = reading.units(hints).filter { unit in
            gazetteer.meanings(of: Int(next.name)).contains {
                $0.nameClass == .named && gazetteer.isWithin(Int($0.place), unit) && Int($0.place) != unit
            }
        }
        return units.isEmpty ? nil : Mention(span: Int(hit.start)..<Int(hit.end), kind: .region, places: units)
    }

    /// A township or larger by its full name.
    private func unit(_ hit: NameHit, _ named: [Gazetteer.Meaning]) -> Mention? {
        let span = Int(hit.start)..<Int(hit.end)
        // 东沙河镇 is not 沙河镇.
        if isModified(span.lowerBound) { return nil }
        if gazetteer.formed[Int(hit.name)].traits.contains(.shortStem), !hasLeftBoundary(span.lowerBound) { return nil }
        let isTown = named.contains { gazetteer.places[Int($0.place)].level == .township }
        // 沙河镇 is whole wherever it stands; a county only helps to choose.
        return Mention(span: span, kind: isTown ? .township : .region, places: reading.units(named))
    }

    /// A village by a name that says what it is.
    private func fullName(_ hit: NameHit, _ villages: [Gazetteer.Meaning], last: NameHit?) -> Mention? {
        let span = Int(hit.start)..<Int(hit.end)
        let traits = gazetteer.formed[Int(hit.name)].traits
        if let home = reading.home, last == nil, !isNear(home, hit) {
            // 上周村干部: that there is a 上周村 somewhere is no evidence.
            let stem = span.upperBound - gazetteer.formed[Int(hit.name)].form.length
            if PlaceCues.noStemWords.begins(at: span.lowerBound, in: text, limit: stem) == stem - span.lowerBound {
                return nil
            }
            if let alike = homophone(hit) { return alike }
        }
        let isFormer = villages.filter { !$0.isLoose }.allSatisfy { isFormerName($0, span) }
        guard isWhole(span, traits) || isFormer && isCalledOld(span) || isGoneUpTo(span) else {
            return unlisted(span, traits)
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
            if let next, isRightBefore(next, span.upperBound) {
                return Mention(span: span, kind: .region, places: reading.units(hints))
            }
            if let town = shortTownship(hints, span) { return Mention(span: span, kind: .township, places: town) }
        }
        let traits = gazetteer.formed[Int(hit.name)].traits
        let stems = reading.places(meanings.filter { $0.nameClass == .stem })
        if !stems.isEmpty {
            if let kind = kindInList(hit, next: next, last: last) {
                return Mention(span: span, kind: kind, places: stems)
            }
            if let last, let inside = stemInTownship(stems, last, span.upperBound, traits) {
                return Mention(span: span, kind: .village, places: inside)
            }
            if let home = reading.home, stems.contains(home), isHomesStem(span, traits) {
                return Mention(span: span, kind: .weak, places: [home])
            }
            return cuedStem(span, stems, traits)
        }
        // 礁头小学 is enough by itself, 老粮站 is not.
        guard !traits.contains(.ordinary),
            PlaceCues.afterLandmark.begins(at: span.upperBound, in: text) > 0
                || span.count > 3 && hasLeftBoundary(span.lowerBound)
        else { return nil }
        let landmarks = reading.places(meanings.filter { $0.nameClass == .landmark })
        return landmarks.isEmpty ? nil : Mention(span: span, kind: .weak, places: landmarks)
    }

    /// A stem with a cue of its own.
    private func cuedStem(_ span: Range<Int>, _ stems: [Int], _ traits: Gazetteer.NameTraits) -> Mention? {
        let isRare = traits.isDisjoint(with: [.everyday, .ordinary])
        guard !traits.contains(.ordinary), hasLeftBoundary(span.lowerBound),
            PlaceCues.afterStem.begins(at: span.upperBound, in: text) > 0 || standsApart(span)
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
    private func uncuedStem(_ span: Range<Int>, _ stems: [Int], _ traits: Gazetteer.NameTraits) -> Mention? {
        let (start, end) = (span.lowerBound, span.upperBound)
        guard traits.isDisjoint(with: [.everyday, .ordinary, .unofficial]), let home = reading.home,
            start == 0 || !text.gaps[start].isEmpty || !isHan(start - 1), end < text.count, isHan(end),
            PlaceCues.continuations.begins(at: end, in: text) == 0, !isWare(end),
            PlaceCues.groupItself.begins(at: end, in: text) == 0,
            PlaceCues.afterLooseStem.begins(at: end, in: text) == 0,
            !PlaceCues.surnames.contains(text.units[start]),
            stems.contains(where: { gazetteer.shareTownship($0, home) })
        else { return nil }
        var mention = Mention(span: span, kind: .weak, places: stems)
        mention.isUncued = true
        return mention
    }

    /// 老鹰岩矿泉水, 荷叶甸酒家.
    private func isWare(_ end: Int) -> Bool { PlaceCues.waresAfterStem.begins(at: end, in: text) > 0 }

    /// 我们石涌, 上泾为什么没有: home's own stem needs hardly a cue, as home is what is meant without it.
    private func isHomesStem(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Bool {
        let (start, end) = (span.lowerBound, span.upperBound)
        guard PlaceCues.continuations.begins(at: end, in: text) == 0, !isWare(end),
            PlaceCues.groupItself.begins(at: end, in: text) == 0
        else { return false }
        if PlaceCues.ownBefore.ends(at: start, in: text) > 0 {
            // 我们渡口的人去看了: who only went there.
            return PlaceCues.onlookers.begins(at: end, in: text) == 0
        }
        guard !traits.contains(.ordinary) else { return false }
        return start == 0 || !text.gaps[start].isEmpty || !isHan(start - 1)
            || PlaceCues.beforeHomesStem.ends(at: start, in: text) > 0
    }

    /// 关山村 for 观山村: what the list has elsewhere only, and home's township has in another spelling.
    private func homophone(_ hit: NameHit) -> Mention? {
        guard gazetteer.formed[Int(hit.name)].form == .village else { return nil }
        return UnlistedVillages(text: text, gazetteer: gazetteer, reading: reading)
            .homophone(before: Int(hit.end) - 1, floor: Int(hit.start))
    }

    /// 柏木卫生院, 柏木到县城的班车, 柏木、石湾两个镇: the short name of a township of home's county as the township.
    private func shortTownship(_ hints: [Gazetteer.Meaning], _ span: Range<Int>) -> [Int]? {
        guard let home = reading.home else { return nil }
        let end = span.upperBound
        let isFirst = hasLeftBoundary(span.lowerBound) || text.units[span.lowerBound - 1] == 0x3001
        guard isFirst,
            PlaceCues.townFacility.begins(at: end, in: text) > 0 || leadsToBus(end) || isInTownshipList(end)
        else { return nil }
        // 石湾到柏木的公交 is 石湾's in 石湾 only.
        let isLine = leadsToBus(end)
        let towns = reading.units(hints).filter {
            gazetteer.places[$0].level == .township && gazetteer.shareCounty($0, home)
                && (!isLine || gazetteer.isWithin(home, $0))
        }
        return towns.count == 1 ? towns : nil
    }

    /// 柏木到县城的班车: a line of the township's, unless it is our village that it passes by.
    private func leadsToBus(_ place: Int) -> Bool {
        let length = PlaceCues.leadsTo.begins(at: place, in: text)
        let all = 0..<text.count
        return length > 0 && PlaceCues.bus.first(in: place..<min(text.count, place + 12), of: text) != nil
            && PlaceCues.ours.first(in: all, of: text) == nil
    }

    /// 柏木、石湾两个镇.
    private func isInTownshipList(_ place: Int) -> Bool {
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
    private func stemInTownship(
        _ stems: [Int], _ last: NameHit, _ end: Int, _ traits: Gazetteer.NameTraits
    ) -> [Int]? {
        guard !stems.isEmpty, gazetteer.formed[Int(last.name)].isNamed else { return nil }
        let isWhole =
            end == text.count || !text.gaps[end].isEmpty || !isHan(end)
            || PlaceCues.afterStem.begins(at: end, in: text) > 0 || PlaceCues.afterPlace.begins(at: end, in: text) > 0
            || traits.isDisjoint(with: [.everyday, .ordinary])
                && PlaceCues.continuations.begins(at: end, in: text) == 0
        guard isWhole else { return nil }
        let towns = gazetteer.meanings(of: Int(last.name)).filter {
            $0.nameClass == .named && gazetteer.places[Int($0.place)].level == .township
        }
        let inside = stems.filter { stem in towns.contains { gazetteer.isWithin(stem, Int($0.place)) } }
        return inside.isEmpty ? nil : inside
    }

    /// 望月台的桥, 在望月台看到, 水管漏了，望月台的: a stem that is no word of everyday language needs less of a cue.
    private func isLooselyCued(_ span: Range<Int>) -> Bool {
        let (start, end) = (span.lowerBound, span.upperBound)
        if PlaceCues.afterRareStem.begins(at: end, in: text) > 0 { return true }
        if PlaceCues.beforeRareStem.ends(at: start, in: text) > 0 { return true }
        let isFirst = start == 0 || !text.gaps[start].isEmpty || !isHan(start - 1)
        // 大李庄丢羊了.
        return span.count > 2 && isFirst && PlaceCues.afterLooseStem.begins(at: end, in: text) == 0
    }

    /// 高坪，路灯坏了: a stem between marks.
    private func standsApart(_ span: Range<Int>) -> Bool {
        let (start, end) = (span.lowerBound, span.upperBound)
        guard start == 0 || !text.gaps[start].isEmpty || !isHan(start - 1), end < text.count else { return false }
        return text.units[end] == 0x2C || text.units[end] == 0x3A || text.gaps[end].contains(.space)
    }
}
