internal import ChineseText
internal import Messages

/// Where names begin and end, and what is part of another name.
extension MentionFinder {
    /// 小高坪村: a village, but not the one that the list knows.
    func unlisted(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Mention? {
        guard !traits.contains(.shortStem), isModified(span.lowerBound),
            // 换届以后新村干部.
            PlaceCues.afterwards.ends(at: span.lowerBound, in: text) == 0
        else { return nil }
        // 上周村干部: no 上周村.
        guard PlaceCues.noStemWords.ends(at: span.upperBound - 1, in: text, from: span.lowerBound - 1) == 0 else {
            return nil
        }
        return Mention(span: span.lowerBound - 1..<span.upperBound, kind: .unlisted, places: [])
    }

    /// Whether a full name stands by itself and is no part of another.
    func isWhole(_ span: Range<Int>, _ traits: Gazetteer.NameTraits, isNearHome: Bool) -> Bool {
        if PlaceCues.continuationsOfFull.begins(at: span.upperBound, in: text) > 0 { return false }
        if traits.contains(.ordinary), PlaceCues.afterOrdinary.begins(at: span.upperBound, in: text) > 0,
            PlaceCues.notVillagers.begins(at: span.upperBound, in: text) == 0
        {
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
        if traits.contains(.ordinary), isKindOfVillage(span) { return false }
        if isModified(span.lowerBound) { return false }
        guard traits.contains(.shortStem) else { return true }
        // 新村村位于…: no verb ends so.
        let end = span.upperBound
        if span.count == 3, text.units[end - 1] == 0x6751, text.units[end - 2] == 0x6751 { return true }
        guard hasLeftBoundary(span.lowerBound) || endsUnit(span.lowerBound) else { return false }
        // 二村菜市场: a number is no verb.
        let isNumber =
            PlaceCues.numerals.contains(text.units[span.lowerBound])
            && PlaceCues.continuations.begins(at: span.upperBound, in: text) == 0
        // 田尾村、典村两村.
        let isListed =
            PlaceCues.afterGoingDown.begins(at: span.upperBound, in: text) == 0
            && span.lowerBound > 0 && text.units[span.lowerBound - 1] == 0x3001
            || PlaceCues.bothVillages.begins(at: span.upperBound, in: text) > 0
        return endsUnit(span.lowerBound) || isNumber || isListed
            || PlaceCues.afterShortStem.begins(at: span.upperBound, in: text) > 0
            || isNearHome && PlaceCues.facilityAfterShortStem.begins(at: span.upperBound, in: text) > 0
    }

    /// 管村的活动中心: a village of one character in home's township, or a verb; a person tells.
    func shortNameAsPlace(
        _ span: Range<Int>, _ traits: Gazetteer.NameTraits, _ villages: [Gazetteer.Meaning]
    ) -> Mention? {
        guard traits.contains(.shortStem), traits.isDisjoint(with: .ordinary), let home = reading.home,
            span.lowerBound == 0 || !text.gaps[span.lowerBound].isEmpty || !isHan(span.lowerBound - 1),
            span.upperBound < text.count, text.units[span.upperBound] == 0x7684
        else { return nil }
        let near = reading.places(villages).filter { gazetteer.shareTownship($0, home) && $0 != home }
        guard near.count == 1 else { return nil }
        var mention = Mention(span: span, kind: .weak, places: near)
        mention.isUncued = true
        return mention
    }

    /// 一个只有八百人的小山村: what kind of village, and no name.
    private func isKindOfVillage(_ span: Range<Int>) -> Bool {
        let start = span.lowerBound
        guard start > 0, text.units[start - 1] == 0x7684, !endsUnit(start),
            PlaceCues.kindBefore.first(in: max(0, start - 12)..<start, of: text) != nil
        else { return false }
        let stem = text.units[span.lowerBound..<span.upperBound - 1]
        return !OrdinaryWords.isNameLike(String(decoding: stem, as: UTF16.self))
    }

    /// 团结村干部: the village's, or "unite the village's".
    func mayBeVerb(_ span: Range<Int>, _ traits: Gazetteer.NameTraits) -> Bool {
        traits.contains(.ordinary) && PlaceCues.verbsBefore.begins(at: span.lowerBound, in: text) > 0
            && PlaceCues.cadreAfter.begins(at: span.upperBound, in: text) > 0
    }

    /// 老万安村, 原万安村: said of a village that is no more.
    func isCalledOld(_ span: Range<Int>) -> Bool {
        span.lowerBound > 0 && (text.units[span.lowerBound - 1] == 0x8001 || text.units[span.lowerBound - 1] == 0x539F)
    }

    /// 上高坪村赶集: 上 is where one goes.
    func isGoneUpTo(_ span: Range<Int>) -> Bool {
        span.lowerBound == 1 && text.units[0] == 0x4E0A
            && PlaceCues.visitAfter.begins(at: span.upperBound, in: text) > 0
    }

    /// 上沿河村 is not 沿河村: a direction or size before a name makes another name of it, unless it ends a word (路上).
    func isModified(_ place: Int) -> Bool {
        guard place > 0, text.gaps[place].isEmpty, PlaceCues.modifiers.contains(text.units[place - 1]) else {
            return false
        }
        // 问下高坪村.
        if PlaceCues.openers.ends(at: place, in: text) > 1 { return false }
        return place == 1 || !isHan(place - 2) || !text.gaps[place - 1].isEmpty
            || PlaceCues.openers.ends(at: place - 1, in: text) > 0
    }

    /// 乌陂县东沙河镇 is not 沙河镇; but 县上沙河镇, 县里….
    func isModifiedBehindUnit(_ place: Int) -> Bool {
        guard place > 1, text.gaps[place].isEmpty, PlaceCues.modifiers.contains(text.units[place - 1]) else {
            return false
        }
        let (modifier, before) = (text.units[place - 1], text.units[place - 2])
        return modifier != 0x4E0A && modifier != 0x4E0B && PlaceCues.regionEnds.contains(before)
    }

    /// Whether a name may begin here: at the start, after a mark or blank, or after a word that leads to a place.
    func hasLeftBoundary(_ place: Int) -> Bool {
        place == 0 || !text.gaps[place].isEmpty || !isHan(place - 1) || PlaceCues.openers.ends(at: place, in: text) > 0
            || endsUnit(place)
    }

    /// Whether a township's name or suffix ends here.
    func endsUnit(_ place: Int) -> Bool { PlaceCues.unitEnds.ends(at: place, in: text) > 0 }

    func isHan(_ place: Int) -> Bool { text.units[place] &- 0x4E00 < 0x5200 }
}
