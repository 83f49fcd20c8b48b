internal import Messages

/// Where somebody is from or came home from, whom one thanks, what one borrows.
extension RoleFinder {
    /// Whether a place is only where somebody or something is from.
    func isOrigin(_ start: Int, _ end: Int) -> Bool {
        if isFormerPost(start, end) { return true }
        if isFrom(start, end) || isParentsHome(start, end) { return !goesOnThere(end) && !isOnBehalf(start) }
        guard home != nil else { return false }
        if PlaceCues.thanks.ends(at: start, in: text) > 0 { return !goesOnThere(end) }
        if PlaceCues.givenTo.ends(at: start, in: text) > 0 || PlaceCues.takenFor.ends(at: start, in: text) > 0 {
            return !goesOnThere(end)
        }
        if PlaceCues.knowing.ends(at: start, in: text) > 0 { return !goesOnThere(end) }
        if isProperty(start, end) || isBoughtAt(start, end) || isTaker(start, end) || isHeardOf(start, end)
            || isRelative(start, end) || hasGone(start, end)
        {
            return true
        }
        // 借高坪村的抽水机抗旱.
        if PlaceCues.borrowing.ends(at: start, in: text) > 0, end < text.count, text.units[end] == 0x7684 {
            return true
        }
        return PlaceCues.goingBefore.ends(at: start, in: text) > 0 && comesHome(end)
    }

    /// 主任家在高坪村有三栋楼: what an official of ours owns there.
    private func isProperty(_ start: Int, _ end: Int) -> Bool {
        guard start > 2, text.units[start - 1] == 0x5728, PlaceCues.officialsHouse.ends(at: start - 1, in: text) > 0,
            PlaceCues.owning.begins(at: end, in: text) > 0
        else { return false }
        return PlaceCues.property.first(in: end..<min(text.count, end + 10), of: text) != nil
    }

    /// 在高坪村菜市场买的种子不出苗，村里…: what one bought there, where what is here is spoken of.
    private func isBoughtAt(_ start: Int, _ end: Int) -> Bool {
        guard start > 0, text.units[start - 1] == 0x5728,
            let bought = (end..<max(end, min(text.count - 1, end + 8))).first(where: {
                text.units[$0] == 0x4E70 && text.units[$0 + 1] == 0x7684
            })
        else { return false }
        let rest = bought..<min(text.count, bought + Self.reach)
        return PlaceCues.villageSelf.first(in: rest, of: text) != nil
            || FirstPerson(text: text).strongest(in: rest).map { $0.sense > .affected } ?? false
    }

    /// 木料让高坪村的人拉走了: who took what was ours.
    private func isTaker(_ start: Int, _ end: Int) -> Bool {
        let length = PlaceCues.peopleThere.begins(at: end, in: text)
        guard length > 0, PlaceCues.takenBy.ends(at: start, in: text) > 0 else { return false }
        return PlaceCues.takes.begins(at: end + length, in: text) > 0
    }

    /// 我是高坪村人，嫁到这边，…: where one lives now.
    func livesHere(_ end: Int) -> Bool {
        guard home != nil, let word = PlaceCues.comeHere.first(in: end..<min(text.count, end + 20), of: text) else {
            return false
        }
        let rest = word..<min(text.count, word + Self.reach)
        return PlaceCues.here.first(in: rest, of: text) != nil
            && !rest.contains {
                PlaceCues.parentsHome.begins(at: $0, in: text) > 0 || PlaceCues.theirs.begins(at: $0, in: text) > 0
            }
    }

    /// 听高坪村人说医保涨了: who told it, unless they told of themselves.
    private func isHeardOf(_ start: Int, _ end: Int) -> Bool {
        let length = PlaceCues.tellers.begins(at: end, in: text)
        guard length > 0, PlaceCues.hearing.ends(at: start, in: text) > 0 else { return false }
        let rest = end + length..<min(text.count, end + length + Self.reach)
        return PlaceCues.theirOwn.first(in: rest, of: text) == nil
    }

    /// 书记把高坪村的亲戚安排进了公益岗: whom he brought in.
    private func isRelative(_ start: Int, _ end: Int) -> Bool {
        start > 0 && text.units[start - 1] == 0x628A && end < text.count && text.units[end] == 0x7684
            && PlaceCues.acquaintances.begins(at: end + 1, in: text) > 0
    }

    /// 村医去高坪村了，一个星期没开门: who of ours went there.
    private func hasGone(_ start: Int, _ end: Int) -> Bool {
        guard start > 2, text.units[start - 1] == 0x53BB || text.units[start - 1] == 0x5230, end + 1 < text.count,
            text.units[end] == 0x4E86, text.units[end + 1] &- 0x4E00 >= 0x5200
        else { return false }
        return PlaceCues.villagesOwn.ends(at: start - 1, in: text) > 0 && !goesOnThere(end + 1)
    }

    /// 配偶为高坪村人; 里面有个老人是高坪村的.
    private func isFrom(_ start: Int, _ end: Int) -> Bool {
        let link = PlaceCues.fromLinks.ends(at: start, in: text)
        guard link > 0, PlaceCues.persons.ends(at: start - link, in: text) > 0, endsOrigin(end) else { return false }
        // 我外婆是高坪村的，老人家低保被取消了: what is the matter may be the kin's, unless what is ours is spoken of.
        guard PlaceCues.kinElsewhere.ends(at: start - link, in: text) > 0 else { return true }
        let rest = end..<min(text.count, end + Self.reach * 2)
        return PlaceCues.here.first(in: rest, of: text) != nil || PlaceCues.villageSelf.first(in: rest, of: text) != nil
            || FirstPerson(text: text).strongest(in: rest).map { $0.sense > .observer } ?? false
    }

    /// 被告人张某，高坪村人，在青瓦村…; （户籍地高坪村）; 举报人：高坪村李某: who somebody is, where another village follows.
    func personsRole(_ start: Int, _ end: Int) -> Mention.Role? {
        if PlaceCues.registeredAt.ends(at: start, in: text) > 0 { return .away }
        let reporter = PlaceCues.reporters.ends(at: start, in: text)
        if reporter > 0 { return start > reporter && text.units[start - reporter - 1] == 0x88AB ? nil : .speaker }
        // 被告人范某，住高坪村。…在青瓦村….
        let living = PlaceCues.livingAt.ends(at: start, in: text)
        if living > 0, start > living, text.units[start - living - 1] == 0x2C, end < text.count,
            text.units[end] == 0x3002 || text.units[end] == 0x2C
        {
            return .away
        }
        guard start > 0, text.units[start - 1] == 0x2C, text.units[end < text.count ? end : 0] == 0x4EBA,
            end + 1 < text.count, text.units[end + 1] == 0x2C
        else { return nil }
        return .speaker
    }

    /// 媳妇娘家高坪村的; one's own only where what is here is spoken of.
    private func isParentsHome(_ start: Int, _ end: Int) -> Bool {
        let length = PlaceCues.parentsHome.ends(at: start, in: text)
        guard home != nil, length > 0, end == text.count || text.units[end] == 0x2C || endsOrigin(end) else {
            return false
        }
        if PlaceCues.persons.ends(at: start - length, in: text) > 0 { return true }
        let rest = end..<min(text.count, end + Self.reach * 2)
        return PlaceCues.here.first(in: rest, of: text) != nil || PlaceCues.comeHere.first(in: rest, of: text) != nil
            || FirstPerson(text: text).strongest(in: rest).map { $0.sense > .observer } ?? false
    }

    /// Whether a clause ends as it does behind whose village that is.
    private func endsOrigin(_ end: Int) -> Bool {
        let length = PlaceCues.ofVillage.begins(at: end, in: text)
        let after = end + length
        guard length > 0 else { return false }
        // 保洁是高坪村的老倪，人蛮勤快: with a name behind it.
        let name = after + 2
        let isNamed = after < text.count && (text.units[after] == 0x8001 || text.units[after] == 0x5C0F)
        return after == text.count || text.units[after] &- 0x4E00 >= 0x5200
            || isNamed && (name >= text.count || text.units[name] &- 0x4E00 >= 0x5200)
    }

    /// 原任高坪村会计，现任…: a former post.
    private func isFormerPost(_ start: Int, _ end: Int) -> Bool {
        // 原高坪村支书孙某调任青瓦村支书后….
        let isOnce = start > 0 && text.units[start - 1] == 0x539F && PlaceCues.isCadre(after: end, in: text)
        return (isOnce || PlaceCues.formerPost.ends(at: start, in: text) > 0)
            && PlaceCues.presentPost.first(in: end..<min(text.count, end + Self.reach), of: text) != nil
    }

    /// 在高坪村打零工，老板跑了，回来看到村里公厕又锁了: what one found at home.
    private func comesHome(_ end: Int) -> Bool {
        let limit = min(text.count, end + Self.reach * 3 / 4)
        guard
            let back = (end + 1..<max(end + 1, limit)).first(where: {
                PlaceCues.backHome.begins(at: $0, in: text) > 0 && clauseBegins(before: $0, from: end)
            })
        else { return false }
        let after = back + PlaceCues.backHome.begins(at: back, in: text)
        let rest = after..<min(text.count, after + Self.reach)
        // 下班回来八点多了，从桥头走到家这一段….
        return
            (PlaceCues.afterBackHome.begins(at: after, in: text) > 0
            || PlaceCues.atTheDoor.first(in: rest, of: text) != nil)
            && !rest.contains { PlaceCues.thereAgain.begins(at: $0, in: text) > 1 }
    }

    /// Whether a clause began at most five units before a place: 跑了一天回来.
    private func clauseBegins(before place: Int, from end: Int) -> Bool {
        (max(end + 1, place - 5)...place).contains { text.units[$0 - 1] == 0x2C }
    }

    /// 嫁到高坪村快十年了，这边的…: who married there may speak from there.
    func speaksFromThere(_ start: Int, _ end: Int) -> Bool {
        let word = start - PlaceCues.marriedBefore.ends(at: start, in: text)
        let isOwn = word == 0 || text.units[word - 1] &- 0x4E00 >= 0x5200 || text.units[word - 1] == 0x6211
        guard isOwn, let comma = (end..<min(text.count, end + 14)).first(where: { text.units[$0] == 0x2C }) else {
            return false
        }
        return PlaceCues.hereAgain.begins(at: comma + 1, in: text) > 0
    }
}
