internal import ChineseText
internal import Messages

/// Names that stand together: lists, twins, and a unit with the village named right after it.
extension MentionFinder {
    func isRightBefore(_ hit: NameHit, _ place: Int) -> Bool {
        let start = Int(hit.start)
        let link = PlaceCues.hintLinks.begins(at: place, in: text, limit: start)
        return (start == place || link > 0 && start == place + link)
            && gazetteer.meanings(of: Int(hit.name)).contains {
                $0.nameClass == .named && gazetteer.places[Int($0.place)].level == .village
            }
    }

    /// Where names stand that a larger unit's short name leads to: 郊尾 in 仙游郊尾梅塘, by where they begin.
    func led(_ names: [NameHit]) -> Set<Int> {
        var led: Set<Int> = []
        for (one, next) in zip(names, names.dropFirst()) where one.end == next.start {
            let start = Int(one.start)
            let holders = units(one).filter { gazetteer.places[$0].level != .township }
            guard !holders.isEmpty, led.contains(start) || hasLeftBoundary(start) else { continue }
            let isHeld = units(next).contains { unit in
                holders.contains { $0 != unit && gazetteer.isWithin(unit, $0) }
            }
            if isHeld { led.insert(Int(next.start)) }
        }
        return led
    }

    /// 仙游郊尾梅塘: a stem right behind the short name of its township, which stands right behind that of its county.
    func ledVillage(_ hit: NameHit, last: NameHit?, _ led: Set<Int>) -> Mention? {
        guard let last, led.contains(Int(last.start)), !isFullName(hit) else { return nil }
        let (start, end) = (Int(hit.start), Int(hit.end))
        let towns = units(last).filter { gazetteer.places[$0].level == .township }
        let stems = reading.places(gazetteer.meanings(of: Int(hit.name)).filter { $0.nameClass == .stem })
        let inside = stems.filter { stem in towns.contains { gazetteer.isWithin(stem, $0) } }
        guard !inside.isEmpty, PlaceCues.continuations.begins(at: end, in: text) == 0 else { return nil }
        var mention = Mention(span: start..<end, kind: .village, places: inside)
        mention.within = towns
        return mention
    }

    /// Townships and larger units that a name may mean.
    private func units(_ hit: NameHit) -> [Int] {
        reading.units(
            gazetteer.meanings(of: Int(hit.name)).filter { $0.nameClass == .hint || $0.nameClass == .named }
        ).filter { gazetteer.places[$0].level != .village }
    }

    /// How a stem stands in a list; nil where it stands in none.
    func kindInList(_ hit: NameHit, next: NameHit?, last: NameHit?) -> Mention.Kind? {
        let span = Int(hit.start)..<Int(hit.end)
        // 迎水四村 is one village, 青瓦、高坪、南岩三村 are three.
        let isInList =
            isEnumerated(after: span.upperBound, next: next) && !isWishForBoth(span, hit)
            && (!isNumbered(span.upperBound) || PlaceCues.enumeration.ends(at: span.lowerBound, in: text) > 0
                || twin(of: span) != nil)
        let isFirst = hasLeftBoundary(span.lowerBound)
        // 青瓦、高坪的路灯: both near home, or neither.
        if let next, !isInList, isStemInList(span.upperBound, next), isFirst { return .weak }
        if isInList, isFirst || text.units[span.lowerBound - 1] == 0x3001 || twin(of: span) != nil { return .village }
        if isOneOfNeighbours(span, hit, next: next) { return .village }
        // 从青瓦到高坪这条路: the far end of a road.
        if isLineEnd(span), let home = reading.home,
            gazetteer.meanings(of: Int(hit.name)).contains(where: { gazetteer.shareTownship(Int($0.place), home) })
        {
            return .village
        }
        // 上埭下埭一起淹.
        if let next, isTwin(hit, next), isFirst { return .village }
        if let last, isTwin(last, hit) { return .village }
        if twin(of: span) != nil, PlaceCues.bothAfter.begins(at: span.upperBound, in: text) > 0 { return .village }
        return nil
    }

    /// 青瓦、高坪、南岩的烟农, 青瓦和高坪都没批, 青瓦到高坪那段路: stems of home's township with a joint between them are villages.
    private func isOneOfNeighbours(_ span: Range<Int>, _ hit: NameHit, next: NameHit?) -> Bool {
        let (start, end) = (span.lowerBound, span.upperBound)
        guard let home = reading.home, isOfTownship(home, hit) else { return false }
        if let next, isFirst(start), isOfTownship(home, next) {
            let joint = PlaceCues.stemJoints.begins(at: end, in: text)
            if joint > 0, Int(next.start) == end + joint { return true }
        }
        let joint = PlaceCues.stemJoints.ends(at: start, in: text)
        guard joint > 0 else { return false }
        let last = start - joint
        return (2...4).contains { length in
            last >= length && isFirst(last - length)
                && gazetteer.villages(named: Array(text.units[last - length..<last]) + [0x6751]).contains {
                    gazetteer.shareTownship($0, home)
                }
        }
    }

    /// Whether a name is that of a village of home's township, and no word of everyday language.
    private func isOfTownship(_ home: Int, _ hit: NameHit) -> Bool {
        !gazetteer.formed[Int(hit.name)].traits.contains(.ordinary)
            && gazetteer.meanings(of: Int(hit.name)).contains {
                ($0.nameClass == .stem || $0.nameClass == .named) && gazetteer.shareTownship(Int($0.place), home)
            }
    }

    /// 到高坪这条路, 至高坪的公路: what a road leads to, and its other end before it.
    private func isLineEnd(_ span: Range<Int>) -> Bool {
        let joint = PlaceCues.lineTo.ends(at: span.lowerBound, in: text)
        guard joint > 0, PlaceCues.roadBehind.begins(at: span.upperBound, in: text) > 0 else { return false }
        let start = span.lowerBound - joint
        return (max(0, start - 6)..<start).contains { PlaceCues.wayFrom.ends(at: $0, in: text) > 0 }
    }

    /// Whether a stem stands right behind another that differs in its first character only, as 上埭下埭.
    private func isTwin(_ left: NameHit, _ right: NameHit) -> Bool {
        guard left.end == right.start, left.end - left.start == right.end - right.start else { return false }
        let (one, other) = (Int(left.start), Int(right.start))
        return PlaceCues.modifiers.contains(text.units[one]) && PlaceCues.modifiers.contains(text.units[other])
            && (1..<Int(left.end) - one).allSatisfy { text.units[one + $0] == text.units[other + $0] }
    }

    /// …，希望两个村一块查: no village called so.
    private func isWishForBoth(_ span: Range<Int>, _ hit: NameHit) -> Bool {
        gazetteer.formed[Int(hit.name)].traits.contains(.ordinary)
            && PlaceCues.bothVillages.begins(at: span.upperBound, in: text) > 0
            && PlaceCues.enumeration.ends(at: span.lowerBound, in: text) == 0
    }

    /// 青瓦、高坪两村: a stem in a list that ends in "both villages", or right before 、 and another name.
    func isEnumerated(after place: Int, next: NameHit?) -> Bool {
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
    func isStemInList(_ place: Int, _ next: NameHit) -> Bool {
        let joint = PlaceCues.enumeration.begins(at: place, in: text)
        return joint > 0 && Int(next.start) == place + joint && !isFullName(next)
            && (PlaceCues.afterStem.begins(at: Int(next.end), in: text) > 0
                || PlaceCues.sharedAfter.begins(at: Int(next.end), in: text) > 0
                || PlaceCues.borderAfter.begins(at: Int(next.end), in: text) > 0)
    }

    /// 上、下沿河村 and 上下沿河村 name two villages.
    func expanded(_ mentions: [Mention]) -> [Mention] {
        mentions.indices.flatMap { index in
            let mention = mentions[index]
            guard mention.kind == .village, let twin = twin(of: mention.span) else { return [mention] }
            // 柏南下楼村: 南 ends the name of the township.
            let isTaken = index > 0 && mentions[index - 1].span.upperBound > twin.span.lowerBound
            return isTaken ? [mention] : [twin, mention]
        }
    }

    /// The other of two villages that share all but the first character: the 上沿河村 of 上、下沿河村.
    func twin(of span: Range<Int>) -> Mention? {
        let start = span.lowerBound
        guard start > 0, PlaceCues.modifiers.contains(text.units[start]) else { return nil }
        let hasJoint = text.units[start - 1] == 0x3001 || text.units[start - 1] == 0x548C
        let other = start - (hasJoint ? 2 : 1)
        guard other >= 0, PlaceCues.modifiers.contains(text.units[other]) else { return nil }
        if !hasJoint, PlaceCues.afterwards.ends(at: start, in: text) > 0 { return nil }
        // 反映一下后浦村 names one.
        if !hasJoint, other > 0, text.units[other - 1] == 0x4E00 || PlaceCues.openers.ends(at: start, in: text) > 1 {
            return nil
        }
        var name = [text.units[other]] + text.units[start + 1..<span.upperBound]
        // 上下埭两个村.
        if name.last != 0x6751,
            PlaceCues.bothVillages.begins(at: span.upperBound, in: text) > 0
                || PlaceCues.bothAfter.begins(at: span.upperBound, in: text) > 0
        {
            name.append(0x6751)
        }
        let places = reading.then(gazetteer.villages(named: name))
        return places.isEmpty ? nil : Mention(span: other..<start, kind: .village, places: places)
    }

    /// Joins a township or county with the village named right after it.
    func chain(_ mentions: inout [Mention]) {
        var result: [Mention] = []
        for (index, mention) in mentions.enumerated() {
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
                    mention.isWithinOtherForm = last.isWithinOtherForm
                }
                result.removeLast()
            } else if let last = result.last, last.kind == .township || last.kind == .region,
                mention.kind == .village || mention.kind == .unlisted, !mention.isHomophone,
                isLonger(last.span.upperBound, mention.span.lowerBound)
            {
                // 东回镇前石窑村 is not its 石窑村.
                mention = Mention(
                    span: last.span.upperBound..<mention.span.upperBound, kind: .unlisted, places: [])
                mention.within = last.places
                mention.isWithinOtherForm = last.isWithinOtherForm
                mention.start = last.start
                result.removeLast()
            } else if mention.kind == .township,
                isInUnknownUnit(mention.span.lowerBound, floor: result.last?.span.upperBound ?? 0)
            {
                // 某市某区城南镇: a township of that name elsewhere; 大同市云州区西坪镇: the one that the city has.
                let next = index + 1 < mentions.count ? mentions[index + 1] : nil
                if let town = onlyTownship(of: mention, in: result.last) ?? onlyTownship(of: mention, with: next) {
                    mention.places = [town]
                } else {
                    mention = Mention(span: mention.span, kind: .unlisted, places: [])
                }
            } else if mention.kind == .village,
                isInUnknownUnit(mention.span.lowerBound, floor: result.last?.span.upperBound ?? 0)
            {
                let towns = cutShort(before: mention)
                if let near = nearFormerTown(mention) {
                    mention.places = [near]
                } else if let unit = holder(of: mention, behind: result.last) {
                    mention.within = [unit]
                    mention.isWithinOtherForm = true
                } else if towns.isEmpty {
                    mention = Mention(span: mention.span, kind: .unlisted, places: [])
                } else {
                    mention.within = towns
                    mention.isWithinOtherForm = true
                }
            }
            if mention.kind == .village, mention.within.isEmpty, let last = result.last, !last.within.isEmpty,
                let inside = inSameUnit(mention, behind: last)
            {
                mention.within = inside
            }
            result.append(mention)
        }
        mentions = result
    }

    /// 柏木镇的青瓦、高坪等村: the township of the first of a list, where it has the next of them too.
    private func inSameUnit(_ mention: Mention, behind last: Mention) -> [Int]? {
        let gap = last.span.upperBound..<max(last.span.upperBound, mention.start)
        // 柏木镇上、下沿河村: the twins meet.
        guard mention.places.count > 1,
            gap.isEmpty
                || PlaceCues.enumeration.begins(at: gap.lowerBound, in: text, limit: gap.upperBound) == gap.count
        else { return nil }
        let inside = last.within.filter { unit in
            gazetteer.places[unit].level == .township && mention.places.contains { gazetteer.isWithin($0, unit) }
        }
        return inside.isEmpty ? nil : inside
    }

    /// 原望江镇青瓦村: home, or the one of its township, behind a township that is said to be no more.
    private func nearFormerTown(_ mention: Mention) -> Int? {
        let start = mention.span.lowerBound
        guard let home = reading.home, PlaceCues.formerTown.first(in: max(0, start - 7)..<start, of: text) != nil else {
            return nil
        }
        if mention.places.contains(home) { return home }
        let near = mention.places.filter { gazetteer.shareTownship($0, home) }
        return near.count == 1 ? near[0] : nil
    }

    /// 岚溪县望江镇青瓦村: the county that is named before a township that is no more, where only one village of it is called so.
    private func holder(of mention: Mention, behind last: Mention?) -> Int? {
        guard let last, last.kind == .region, last.places.count == 1, let unit = last.places.first,
            last.span.upperBound < mention.span.lowerBound
        else { return nil }
        let gap = last.span.upperBound..<mention.span.lowerBound
        // 乌陂县东平岗镇 may be a township beside 平岗镇.
        guard (3...10).contains(gap.count), gap.allSatisfy(isHan), gap.allSatisfy({ text.gaps[$0].isEmpty }),
            !PlaceCues.modifiers.contains(text.units[gap.lowerBound])
        else { return nil }
        let inside = mention.places.filter { gazetteer.isWithin($0, unit) }
        guard inside.count == 1, let village = inside.first else { return nil }
        // In a city of many counties only a name that is no common one.
        return gazetteer.places[unit].level == .county || Set(mention.places) == [village] && mention.stemLength > 2
            ? unit : nil
    }

    /// The one township of a name in the city that is named before a county that the list doesn't know: it was renamed since.
    private func onlyTownship(of mention: Mention, in last: Mention?) -> Int? {
        guard let last, last.kind == .region, last.span.upperBound < mention.span.lowerBound else { return nil }
        let gap = last.span.upperBound..<mention.span.lowerBound
        guard (2...5).contains(gap.count), gap.allSatisfy(isHan), gap.allSatisfy({ text.gaps[$0].isEmpty }) else {
            return nil
        }
        let inside = mention.places.filter { town in last.places.contains { gazetteer.isWithin(town, $0) } }
        return inside.count == 1 ? inside[0] : nil
    }

    /// 云冈区云冈镇石头村: the one township of a name that has a village of the name right behind it; two names that meet are no
    /// chance, whatever the county is called today.
    private func onlyTownship(of mention: Mention, with next: Mention?) -> Int? {
        guard let next, next.kind == .village, isJoined(mention.span.upperBound, next.span.lowerBound) else {
            return nil
        }
        let holders = mention.places.filter { town in next.places.contains { gazetteer.isWithin($0, town) } }
        return holders.count == 1 ? holders[0] : nil
    }

    /// 石湾镇柳塘村, 石湾镇小柳塘村: a township that the list doesn't know stands before the name, right before it or with
    /// the beginning of a longer name between.
    func isInUnknownUnit(_ place: Int, floor: Int) -> Bool {
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

    /// 平岗关镇大塘村, which the list has in 平岗镇: the townships whose name in the list is cut short by a character.
    private func cutShort(before mention: Mention) -> [Int] {
        let end = mention.span.lowerBound
        guard end > 2, let unit = text.units[..<end].last, unit == 0x9547 || unit == 0x4E61 else { return [] }
        let towns = Set(mention.places.compactMap { gazetteer.unit(.township, of: $0) })
        let alike = soundingLike(towns, before: end)
        guard alike.isEmpty, end > 4 else { return alike }
        return towns.filter { town in
            if let home = reading.home, !gazetteer.shareCounty(home, town) { return false }
            let stem = Array(gazetteer.name(of: town).utf16.dropLast())
            let start = end - 2 - stem.count
            return stem.count > 1 && start >= 0 && text.units[start..<end - 2].elementsEqual(stem)
                && (hasLeftBoundary(start) || PlaceCues.noUnit.ends(at: start, in: text) == 0)
        }.sorted()
    }

    /// 聚乐乡五里台村, which the list has in 巨乐乡: the one township with a village of that name that sounds like what is written.
    private func soundingLike(_ towns: Set<Int>, before end: Int) -> [Int] {
        guard end > 2, hasLeftBoundary(end - 3), (end - 3..<end).allSatisfy(isHan),
            (end - 2..<end).allSatisfy({ text.gaps[$0].isEmpty }),
            let sound = PinyinTable.shared.sound(of: text.units[end - 3..<end - 1])
        else { return [] }
        let alike = towns.filter { town in
            if let home = reading.home, !gazetteer.shareCounty(home, town) { return false }
            let name = Array(gazetteer.name(of: town).utf16)
            return name.count == 3 && name.last == text.units[end - 1]
                && PinyinTable.shared.sound(of: name.dropLast()) == sound
        }
        return alike.count == 1 ? Array(alike) : []
    }

    /// Whether one or two characters between a unit and a name belong to the name.
    func isLonger(_ end: Int, _ start: Int) -> Bool {
        guard start - end == 1 || start - end == 2, (end..<start).allSatisfy({ isHan($0) }),
            (end...start).allSatisfy({ text.gaps[$0].isEmpty })
        else { return false }
        return PlaceCues.unitJoint.begins(at: end, in: text) == 0 && PlaceCues.openers.ends(at: start, in: text) == 0
            && PlaceCues.enumeration.begins(at: end, in: text) == 0
            && PlaceCues.noStemWords.begins(at: end, in: text) == 0
    }

    func isJoined(_ end: Int, _ start: Int) -> Bool {
        start == end || start > end && PlaceCues.unitLinks.begins(at: end, in: text, limit: start) == start - end
    }
}
