internal import ChineseText
internal import Messages

/// Finds villages that no list knows, and listed ones that are called by their number in a row (二村).
///
/// 在石桥村那边 must not be told to the home village's desk with confidence.
///
/// Two signs are believed: a stem that ends as villages' names end (石桥, 杨家湾), or one right after 在, 到, 从 … or at the
/// start of a clause that goes on as only a place does (永丰村的桥). 村 after a verb (反映村委不公开) is nobody's name.
struct UnlistedVillages {
    let text: NormalizedText
    let gazetteer: Gazetteer
    let reading: Reading

    /// The mentions with the unlisted ones among them, in text order.
    func added(to mentions: [Mention], refused: [Range<Int>]) -> [Mention] {
        var result: [Mention] = []
        var next = 0
        var barred = 0
        for place in 0..<text.count {
            while next < mentions.count, mentions[next].span.lowerBound <= place {
                let mention = mentions[next]
                let village = mention.span.upperBound - 1
                next += 1
                let again = mention.span.count == 2 ? numbered(before: village, behind: result) : nil
                result.append(again ?? mention)
            }
            let suffix = suffixLength(at: place)
            guard suffix > 0 else { continue }
            if let last = result.last, last.span.upperBound > place { continue }
            if let mention = numbered(before: place, behind: result)
                ?? numbered(before: place, floor: result.last?.span.upperBound ?? 0)
            {
                result.append(mention)
                continue
            }
            guard PlaceCues.bothVillages.ends(at: place + suffix, in: text) == 0 else { continue }
            while barred < refused.count, refused[barred].upperBound <= place { barred += 1 }
            if barred < refused.count, refused[barred].lowerBound <= place { continue }
            let floor = result.last?.span.upperBound ?? 0
            if suffix == 1 || text.units[place] == 0x560E, let mention = homophone(before: place, floor: floor) {
                result.append(mention)
                continue
            }
            if text.units[place] == 0x560E { continue }
            guard let start = stemStart(before: place, floor: floor, isCommunity: suffix == 2) else { continue }
            result.append(Mention(span: start..<place + suffix, kind: .unlisted, places: []))
        }
        result += mentions[next...]
        return result
    }

    /// 二村 where home is 青瓦一村 or 青瓦二村 itself: the one of its row with that number.
    ///
    /// 三村都 may be three villages, and 一村一品 is none.
    func numbered(before place: Int, floor: Int) -> Mention? {
        let start = place - 1
        guard let home = reading.home, start >= floor, text.units[place] == 0x6751,
            Self.numbers.contains(text.units[start]), text.gaps[place].isEmpty,
            start == 0 || !text.gaps[start].isEmpty || !isHan(start - 1) && text.units[start - 1] != 0x3001
                || PlaceCues.ownBefore.ends(at: start, in: text) > 0
                || PlaceCues.locative.ends(at: start, in: text, from: floor) > 0,
            !isCount(start)
        else { return nil }
        let stem = Array(VillageName(gazetteer.name(of: home)).stem.utf16)
        guard stem.count > 2, let last = stem.last, Self.numbers.contains(last) else { return nil }
        let near = reading.then(gazetteer.villages(named: stem.dropLast() + text.units[start...place]))
            .filter { gazetteer.shareTownship($0, home) }
        guard Set(near).count == 1 else { return nil }
        var mention = Mention(span: start..<place + 1, kind: .village, places: [near[0]])
        mention.stemLength = 1
        return mention
    }

    /// 青瓦一、二村; 青瓦一村修好了，二村没人理: another of the row of which one was named before.
    private func numbered(before place: Int, behind earlier: [Mention]) -> Mention? {
        let start = place - 1
        guard start > 1, text.units[place] == 0x6751, Self.numbers.contains(text.units[start]),
            text.gaps[place].isEmpty
        else { return nil }
        if PlaceCues.enumeration.ends(at: start, in: text) == 0,
            isHan(start - 1) && text.gaps[start].isEmpty
                || isCount(start) || earlier.count > 1 && text.units[start] != 0x4E8C && text.units[start] != 0x4E00
        {
            return nil
        }
        if PlaceCues.groupsOfPeople.begins(at: place + 1, in: text) > 0 { return nil }
        for last in earlier.suffix(Self.mostEarlier).reversed() where last.span.upperBound < start {
            let first = last.span.upperBound - (text.units[last.span.upperBound - 1] == 0x6751 ? 1 : 0)
            guard first - last.span.lowerBound > 2, Self.numbers.contains(text.units[first - 1]) else { continue }
            let name = text.units[last.span.lowerBound..<first - 1] + text.units[start...place]
            let places = reading.then(gazetteer.villages(named: Array(name))).filter { village in
                last.places.contains { gazetteer.shareTownship($0, village) }
            }
            guard !places.isEmpty else { continue }
            var mention = Mention(span: start..<place + 1, kind: .village, places: Array(Set(places)).sorted())
            mention.stemLength = 1
            return mention
        }
        return nil
    }

    /// 一村人, 三村都: villages that are counted, or all people of one.
    private func isCount(_ number: Int) -> Bool {
        PlaceCues.countedAfter.begins(at: number + 2, in: text) > 0
            || text.units[number] == 0x4E00 && PlaceCues.afterWholeVillage.begins(at: number + 2, in: text) > 0
    }

    /// So many names before a number are looked at for its row.
    private static let mostEarlier = 8
    private static let numbers = PlaceCues.numerals.union("一".utf16)

    /// 清瓦村 for 青瓦村: exactly one village near home sounds like what stands before 村.
    ///
    /// Only in home's township, then in its county; edit distance is no evidence, as most villages have one a character away.
    func homophone(before place: Int, floor: Int) -> Mention? {
        guard let home = reading.home, !gazetteer.sounds.isEmpty else { return nil }
        for length in stride(from: 4, through: 2, by: -1) where place - length >= floor {
            let start = place - length
            // 那良村: what a name begins with may be a word elsewhere.
            guard isHan(start), (start + 1..<place).allSatisfy({ isStemUnit($0) }),
                (start + 1...place).allSatisfy({ text.gaps[$0].isEmpty }),
                let sound = PinyinTable.shared.sound(of: text.units[start..<place]),
                let alike = gazetteer.sounds[sound],
                PlaceCues.noStem.ends(at: place, in: text, from: start) == 0,
                PlaceCues.noStemWords.ends(at: place, in: text, from: start) == 0
            else { continue }
            let places = reading.then(alike.map { Int($0) })
            let town = places.filter { gazetteer.shareTownship($0, home) }
            // In the county a chance likeness is likelier: only where a name may begin.
            let isLed =
                start == floor || !text.gaps[start].isEmpty || !isHan(start - 1)
                || PlaceCues.locative.ends(at: start, in: text, from: floor) > 0
            let near = town.isEmpty && isLed ? places.filter { gazetteer.shareCounty($0, home) } : town
            guard near.count == 1, isBelievable(near[0], home, isLed: isLed) else { continue }
            var mention = Mention(
                span: start..<place + suffixLength(at: place), kind: .village, places: near)
            mention.isHomophone = true
            mention.stemLength = length
            return mention
        }
        return nil
    }

    /// 平按村 for 平安村: a village that is called by an everyday word only within home's township, where a name may begin.
    private func isBelievable(_ place: Int, _ home: Int, isLed: Bool) -> Bool {
        !OrdinaryWords.contains(VillageName(gazetteer.name(of: place)).stem)
            || isLed && gazetteer.shareTownship(place, home)
    }

    private func suffixLength(at place: Int) -> Int {
        if text.units[place] == 0x6751 { return 1 }
        // 嘎查
        if text.units[place] == 0x560E, place + 1 < text.count, text.units[place + 1] == 0x67E5 { return 2 }
        return text.units[place] == 0x793E && place + 1 < text.count && text.units[place + 1] == 0x533A ? 2 : 0
    }

    /// Where the stem begins, or nil when what stands before 村 is no name.
    private func stemStart(before place: Int, floor: Int, isCommunity: Bool) -> Int? {
        var start = place
        while start > floor, place - start < 5, text.gaps[start].isEmpty, isStemUnit(start - 1) {
            if start < place, PlaceCues.locative.ends(at: start, in: text, from: floor) > 0 { break }
            start -= 1
        }
        let length = place - start
        guard (2...4).contains(length) else { return nil }
        let isLed = PlaceCues.locative.ends(at: start, in: text, from: floor) > 0
        let isFirst = start == floor || !text.gaps[start].isEmpty || !isHan(start - 1)
        guard isLed || isFirst, !PlaceCues.noStemEnds.contains(text.units[place - 1]) else { return nil }
        if PlaceCues.noStem.ends(at: place, in: text, from: start) > 0 { return nil }
        if PlaceCues.noStemWords.begins(at: start, in: text, limit: place) > 0 { return nil }
        if PlaceCues.noStemWords.ends(at: place, in: text, from: start) > 0 { return nil }
        let after = place + (isCommunity ? 2 : 1)
        if isCommunity { return length < 4 && PlaceCues.placeAfter.begins(at: after, in: text) > 0 ? start : nil }
        if PlaceCues.stemEnds.contains(text.units[place - 1]) { return start }
        // 回来发现村口的路又挖了: a word, and a 村口 of its own.
        if !isLed, PlaceCues.partsOfVillage.begins(at: place, in: text) > 0,
            WordSegmenter.isListed(text.units[start..<place])
        {
            return nil
        }
        return length < 4 && PlaceCues.placeAfter.begins(at: after, in: text) > 0 ? start : nil
    }

    private func isStemUnit(_ place: Int) -> Bool {
        isHan(place) && !PlaceCues.noStemCharacters.contains(text.units[place]) && text.units[place] != 0x6751
    }

    private func isHan(_ place: Int) -> Bool { text.units[place] &- 0x4E00 < 0x5200 }
}
