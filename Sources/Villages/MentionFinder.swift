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
        return RoleFinder(text: text).withRoles(mentions)
    }

    /// Whether a stem may be one by what follows it: most stems are words of everyday language.
    private func mayStandAlone(_ hit: NameHit) -> Bool {
        let end = Int(hit.end)
        if gazetteer.formed[Int(hit.name)].traits.isDisjoint(with: [.everyday, .ordinary]) { return true }
        return end >= text.count || !text.gaps[end].isEmpty || !isHan(end)
            || PlaceCues.stemFollowers.contains(text.units[end])
            || gazetteer.meanings(of: Int(hit.name)).contains { $0.nameClass == .hint }
    }

    private func isFullName(_ hit: NameHit) -> Bool {
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
    private func isNear(_ home: Int, _ hit: NameHit) -> Bool {
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
        let span = Int(hit.start)..<Int(hit.end)
        let meanings = gazetteer.meanings(of: Int(hit.name)).filter(reading.counts)
        let traits = gazetteer.formed[Int(hit.name)].traits
        let named = meanings.filter { $0.nameClass == .named }
        if !named.isEmpty {
            let villages = named.filter { gazetteer.places[Int($0.place)].level == .village }
            if villages.isEmpty {
                // 东沙河镇 is not 沙河镇.
                if isModified(span.lowerBound) { return nil }
                if traits.contains(.shortStem), !hasLeftBoundary(span.lowerBound) { return nil }
                let isTown = named.contains { gazetteer.places[Int($0.place)].level == .township }
                // 沙河镇 is whole wherever it stands; a county only helps to choose.
                return Mention(span: span, kind: isTown ? .township : .region, places: reading.units(named))
            }
            if let home = reading.home, last == nil, !isNear(home, hit) {
                // 上周村干部: that there is a 上周村 somewhere is no evidence.
                let stem = span.upperBound - gazetteer.formed[Int(hit.name)].form.length
                if PlaceCues.noStemWords.begins(at: span.lowerBound, in: text, limit: stem) == stem - span.lowerBound {
                    return nil
                }
                if let alike = homophone(hit) { return alike }
            }
            guard isWhole(span, traits) else { return unlisted(span, traits) }
            let isLed = span.lowerBound > 0 && isHan(span.lowerBound - 1) && text.gaps[span.lowerBound].isEmpty
            if last == nil,
                traits.contains(.institution) && !hasLeftBoundary(span.lowerBound) || mayBeVerb(span, traits) && !isLed
            {
                // 凤栖街道社区 is none of the list's 街道社区; 团结村干部… at the start may be a verb.
                return Mention(span: span, kind: .unlisted, places: [])
            }
            var mention = Mention(
                span: span, kind: .village, places: reading.places(villages.filter { !$0.isLoose }))
            mention.loosePlaces = reading.places(villages.filter(\.isLoose))
            mention.stemLength = span.count - gazetteer.formed[Int(hit.name)].form.length
            mention.isTaught = villages.contains { $0.scope >= 0 }
            return mention
        }
        if meanings.contains(where: { $0.nameClass == .hint }), let next, isRightBefore(next, span.upperBound) {
            let units = reading.units(meanings.filter { $0.nameClass == .hint })
            return Mention(span: span, kind: .region, places: units)
        }
        if meanings.contains(where: { $0.nameClass == .hint }), let town = townshipByFacility(meanings, span) {
            return Mention(span: span, kind: .township, places: town)
        }
        let isInList = isEnumerated(after: span.upperBound, next: next)
        let stems = reading.places(meanings.filter { $0.nameClass == .stem })
        // 青瓦、高坪的路灯: both near home, or neither.
        if !stems.isEmpty, let next, !isInList, isStemInList(span.upperBound, next), hasLeftBoundary(span.lowerBound) {
            return Mention(span: span, kind: .weak, places: stems)
        }
        if !stems.isEmpty, isInList, hasLeftBoundary(span.lowerBound) || text.units[span.lowerBound - 1] == 0x3001 {
            return Mention(span: span, kind: .village, places: stems)
        }
        if let last, let inside = stemInTownship(stems, last, span.upperBound) {
            return Mention(span: span, kind: .village, places: inside)
        }
        guard !traits.contains(.ordinary) else { return nil }
        if !stems.isEmpty {
            guard hasLeftBoundary(span.lowerBound),
                PlaceCues.afterStem.begins(at: span.upperBound, in: text) > 0 || standsApart(span)
                    || traits.isDisjoint(with: [.everyday, .ordinary]) && isLooselyCued(span),
                PlaceCues.continuations.begins(at: span.upperBound, in: text) == 0
            else { return nil }
            let isFull = PlaceCues.bodyAfterStem.begins(at: span.upperBound, in: text) > 0
            return Mention(span: span, kind: isFull ? .village : .weak, places: stems)
        }
        guard PlaceCues.afterLandmark.begins(at: span.upperBound, in: text) > 0 else { return nil }
        let landmarks = reading.places(meanings.filter { $0.nameClass == .landmark })
        return landmarks.isEmpty ? nil : Mention(span: span, kind: .weak, places: landmarks)
    }

    /// 关山村 for 观山村: what the list has elsewhere only, and home's township has in another spelling.
    private func homophone(_ hit: NameHit) -> Mention? {
        guard gazetteer.formed[Int(hit.name)].form == .village else { return nil }
        return UnlistedVillages(text: text, gazetteer: gazetteer, reading: reading)
            .homophone(before: Int(hit.end) - 1, floor: Int(hit.start))
    }

    /// 柏木卫生院: the short name of a township of home's county before what a township has.
    private func townshipByFacility(_ meanings: [Gazetteer.Meaning], _ span: Range<Int>) -> [Int]? {
        guard let home = reading.home, hasLeftBoundary(span.lowerBound),
            PlaceCues.townFacility.begins(at: span.upperBound, in: text) > 0
        else { return nil }
        let towns = reading.units(meanings.filter { $0.nameClass == .hint }).filter {
            gazetteer.places[$0].level == .township && gazetteer.shareCounty($0, home)
        }
        return towns.count == 1 ? towns : nil
    }

    /// 柏木镇青瓦: a stem right behind its township, with nothing behind it that makes another name of it.
    private func stemInTownship(_ stems: [Int], _ last: NameHit, _ end: Int) -> [Int]? {
        guard !stems.isEmpty, gazetteer.formed[Int(last.name)].isNamed else { return nil }
        let isWhole =
            end == text.count || !text.gaps[end].isEmpty || !isHan(end)
            || PlaceCues.afterStem.begins(at: end, in: text) > 0 || PlaceCues.afterPlace.begins(at: end, in: text) > 0
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
        return span.count > 2 && isFirst
    }

    /// 高坪，路灯坏了: a stem between marks.
    private func standsApart(_ span: Range<Int>) -> Bool {
        let (start, end) = (span.lowerBound, span.upperBound)
        guard start == 0 || !text.gaps[start].isEmpty || !isHan(start - 1), end < text.count else { return false }
        return text.units[end] == 0x2C || text.units[end] == 0x3A || text.gaps[end].contains(.space)
    }

    /// 小高坪村: a village, but not the one that the list knows.
    private func unlisted(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Mention? {
        guard !traits.contains(.shortStem), isModified(span.lowerBound) else { return nil }
        // 上周村干部: no 上周村.
        guard PlaceCues.noStemWords.ends(at: span.upperBound - 1, in: text, from: span.lowerBound - 1) == 0 else {
            return nil
        }
        return Mention(span: span.lowerBound - 1..<span.upperBound, kind: .unlisted, places: [])
    }

    /// Whether a full name stands by itself and is no part of another.
    private func isWhole(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Bool {
        if PlaceCues.continuationsOfFull.begins(at: span.upperBound, in: text) > 0 { return false }
        if traits.contains(.ordinary), PlaceCues.afterOrdinary.begins(at: span.upperBound, in: text) > 0 {
            // 中心村村民 repeats the character; 中心村民 alone is not believed.
            return false
        }
        // 我们要团结村干部: the verb governs 村干部. At the start of a clause see `mayBeVerb`.
        if mayBeVerb(span, traits), span.lowerBound > 0, isHan(span.lowerBound - 1),
            !hasLeftBoundary(span.lowerBound)
        {
            return false
        }
        // 上下沿河村 names two.
        if twin(of: span) != nil { return true }
        if traits.contains(.ordinary), PlaceCues.wishes.begins(at: span.lowerBound, in: text) > 0,
            PlaceCues.afterWish.begins(at: span.upperBound, in: text) > 0
        {
            return false
        }
        if traits.contains(.ordinary), PlaceCues.planBefore.ends(at: span.lowerBound, in: text) > 0 { return false }
        if isModified(span.lowerBound) { return false }
        guard traits.contains(.shortStem) else { return true }
        guard hasLeftBoundary(span.lowerBound) || endsUnit(span.lowerBound) else { return false }
        return endsUnit(span.lowerBound) || PlaceCues.afterShortStem.begins(at: span.upperBound, in: text) > 0
    }

    /// 团结村干部: the village's, or "unite the village's".
    private func mayBeVerb(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Bool {
        traits.contains(.ordinary) && PlaceCues.verbsBefore.begins(at: span.lowerBound, in: text) > 0
            && PlaceCues.cadreAfter.begins(at: span.upperBound, in: text) > 0
    }

    /// 上沿河村 is not 沿河村: a direction or size before a name makes another name of it, unless it ends a word (路上).
    private func isModified(_ place: Int) -> Bool {
        guard place > 0, text.gaps[place].isEmpty, PlaceCues.modifiers.contains(text.units[place - 1]) else {
            return false
        }
        // 问下高坪村.
        if PlaceCues.openers.ends(at: place, in: text) > 1 { return false }
        return place == 1 || !isHan(place - 2) || !text.gaps[place - 1].isEmpty
            || PlaceCues.openers.ends(at: place - 1, in: text) > 0
    }

    /// Whether a name may begin here: at the start, after a mark or blank, or after a word that leads to a place.
    private func hasLeftBoundary(_ place: Int) -> Bool {
        place == 0 || !text.gaps[place].isEmpty || !isHan(place - 1) || PlaceCues.openers.ends(at: place, in: text) > 0
            || endsUnit(place)
    }

    /// Whether a township's name or suffix ends here.
    private func endsUnit(_ place: Int) -> Bool { PlaceCues.unitEnds.ends(at: place, in: text) > 0 }

    private func isHan(_ place: Int) -> Bool { text.units[place] &- 0x4E00 < 0x5200 }

    private func isRightBefore(_ hit: NameHit, _ place: Int) -> Bool {
        let start = Int(hit.start)
        return (start == place || start == place + 1 && text.units[place] == 0x7684)
            && gazetteer.meanings(of: Int(hit.name)).contains {
                $0.nameClass == .named && gazetteer.places[Int($0.place)].level == .village
            }
    }

    /// 青瓦、高坪两村: a stem in a list that ends in "both villages", or right before 、 and another name.
    private func isEnumerated(after place: Int, next: NameHit?) -> Bool {
        if PlaceCues.bothVillages.begins(at: place, in: text) > 0 { return true }
        let joint = PlaceCues.enumeration.begins(at: place, in: text)
        guard joint > 0, let next, Int(next.start) == place + joint else { return false }
        let isComma = text.units[place] == 0x3001
        let end = Int(next.end)
        if isComma && isFullName(next) { return true }
        if PlaceCues.bothVillages.begins(at: end, in: text) > 0 { return true }
        // One more member; a longer list is named by its last two.
        let further = PlaceCues.enumeration.begins(at: end, in: text)
        guard further > 0 else { return false }
        return (end + further..<min(text.count, end + further + 12)).contains {
            PlaceCues.bothVillages.begins(at: $0, in: text) > 0
        }
    }

    /// Whether a joint and a stem with a cue follow.
    private func isStemInList(_ place: Int, _ next: NameHit) -> Bool {
        let joint = PlaceCues.enumeration.begins(at: place, in: text)
        return joint > 0 && Int(next.start) == place + joint && !isFullName(next)
            && PlaceCues.afterStem.begins(at: Int(next.end), in: text) > 0
    }

    /// 上、下沿河村 and 上下沿河村 name two villages.
    private func expanded(_ mentions: [Mention]) -> [Mention] {
        mentions.flatMap { mention in
            mention.kind == .village ? [twin(of: mention.span), mention].compactMap(\.self) : [mention]
        }
    }

    /// The other of two villages that share all but the first character: the 上沿河村 of 上、下沿河村.
    private func twin(of span: Range<Int>) -> Mention? {
        let start = span.lowerBound
        guard start > 0, PlaceCues.modifiers.contains(text.units[start]) else { return nil }
        let hasJoint = text.units[start - 1] == 0x3001 || text.units[start - 1] == 0x548C
        let other = start - (hasJoint ? 2 : 1)
        guard other >= 0, PlaceCues.modifiers.contains(text.units[other]) else { return nil }
        // 反映一下后浦村 names one.
        if !hasJoint, other > 0, text.units[other - 1] == 0x4E00 || PlaceCues.openers.ends(at: start, in: text) > 1 {
            return nil
        }
        var name = [text.units[other]] + text.units[start + 1..<span.upperBound]
        // 上下埭两个村.
        if name.last != 0x6751, PlaceCues.bothVillages.begins(at: span.upperBound, in: text) > 0 { name.append(0x6751) }
        let places = reading.then(gazetteer.villages(named: name))
        return places.isEmpty ? nil : Mention(span: other..<start, kind: .village, places: places)
    }

    /// Joins a township or county with the village named right after it.
    private func chain(_ mentions: inout [Mention]) {
        var result: [Mention] = []
        for mention in mentions {
            var mention = mention
            if let last = result.last, last.kind == .township || last.kind == .region, mention.kind != .region,
                isJoined(last.span.upperBound, mention.span.lowerBound)
            {
                mention.start = last.start
                if mention.kind == .township {
                    // 平湾区白石镇: of the townships of that name the one in the county.
                    let inside = mention.places.filter { town in
                        last.places.contains { gazetteer.isWithin(town, $0) }
                    }
                    if !inside.isEmpty { mention.places = inside }
                } else {
                    mention.within = last.places
                }
                result.removeLast()
            } else if let last = result.last, last.kind == .township || last.kind == .region,
                mention.kind == .village, !mention.isHomophone,
                isLonger(last.span.upperBound, mention.span.lowerBound)
            {
                // 东回镇前石窑村 is not its 石窑村.
                mention = Mention(
                    span: last.span.upperBound..<mention.span.upperBound, kind: .unlisted, places: [])
                mention.within = last.places
                mention.start = last.start
                result.removeLast()
            } else if mention.kind == .township,
                isInUnknownUnit(mention.span.lowerBound, floor: result.last?.span.upperBound ?? 0)
            {
                // 某市某区城南镇: a township of that name elsewhere.
                mention = Mention(span: mention.span, kind: .unlisted, places: [])
            } else if mention.kind == .village,
                isInUnknownUnit(mention.span.lowerBound, floor: result.last?.span.upperBound ?? 0)
            {
                mention = Mention(span: mention.span, kind: .unlisted, places: [])
            }
            result.append(mention)
        }
        mentions = result
    }

    /// 石湾镇柳塘村, 石湾镇小柳塘村: a township that the list doesn't know stands before the name, right before it or with
    /// the beginning of a longer name between.
    private func isInUnknownUnit(_ place: Int, floor: Int) -> Bool {
        for distance in 0...2 where place - distance > floor {
            let end = place - distance
            guard text.gaps[end].isEmpty, isHan(end - 1) else { return false }
            guard PlaceCues.unknownUnit.ends(at: end, in: text, from: floor) > 0 else { continue }
            if end - 2 < floor || !isHan(end - 2) || PlaceCues.noUnit.ends(at: end, in: text) > 0 { return false }
            return distance == 0
                || PlaceCues.unitJoint.begins(at: end, in: text) == 0
                    && PlaceCues.openers.ends(at: place, in: text) == 0
        }
        return false
    }

    /// Whether one or two characters between a unit and a name belong to the name.
    private func isLonger(_ end: Int, _ start: Int) -> Bool {
        guard start - end == 1 || start - end == 2, (end..<start).allSatisfy({ isHan($0) }),
            (end...start).allSatisfy({ text.gaps[$0].isEmpty })
        else { return false }
        return PlaceCues.unitJoint.begins(at: end, in: text) == 0 && PlaceCues.openers.ends(at: start, in: text) == 0
            && PlaceCues.enumeration.begins(at: end, in: text) == 0
            && PlaceCues.noStemWords.begins(at: end, in: text) == 0
    }

    private func isJoined(_ end: Int, _ start: Int) -> Bool {
        start == end || start > end && PlaceCues.unitLinks.begins(at: end, in: text, limit: start) == start - end
    }
}
