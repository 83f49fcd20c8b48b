internal import Messages

/// Where somebody went, came from or lived, and what is only praised or sold.
extension RoleFinder {
    func isAway(_ start: Int, _ end: Int) -> Bool {
        if PlaceCues.marriedBefore.ends(at: start, in: text) > 0 {
            return !isOnBehalf(start) && !goesOnThere(end) && !speaksFromThere(start, end)
        }
        if isOrigin(start, end) { return true }
        // 以前在神溪村住，昨天回去看: there again.
        if PlaceCues.formerlyBefore.ends(at: start, in: text) > 0 || isPastStay(start, end) {
            // 没去过高坪村，那个村部三年没开门: told of there.
            return !goesBack(end) && !(PlaceCues.notBeenTo.ends(at: start, in: text) > 0 && goesOnThere(end))
        }
        // 集中安置在…玉涂村: not where they live; 搬到玉涂村的… is.
        if homes[start] == nil, PlaceCues.resettledBefore.ends(at: start, in: text) > 0,
            end == text.count || text.units[end] == 0x2C || isResettledIn(end)
        {
            return true
        }
        if isLodging(start, end) || isTrader(end) || isShopkeeper(start, end) || isAtKins(start, end) { return true }
        // 高坪村来收桂圆的老板.
        if home != nil, PlaceCues.comingToTrade.begins(at: end, in: text) > 0, !goesOnThere(end) { return true }
        if isOffered(end) { return true }
        if PlaceCues.marriedAfter.begins(at: end, in: text) > 0 || PlaceCues.comesFrom.begins(at: end, in: text) > 0 {
            return true
        }
        // 谁有高坪村会计的电话.
        if home != nil, PlaceCues.asking.ends(at: start, in: text) > 0, !goesOnThere(end),
            PlaceCues.asked.first(in: end..<min(text.count, end + 10), of: text) != nil
        {
            return true
        }
        if PlaceCues.directionAfter.begins(at: end, in: text) > 0 || isBystanders(end) || isFetched(start, end) {
            return true
        }
        if PlaceCues.homelandBefore.ends(at: start, in: text) > 0, hasComeHere(end) { return true }
        if isOnTheWay(start, end) { return true }
        // 去高坪村的班车改线了: a line from here.
        if homes[start] == nil, PlaceCues.wayBefore.ends(at: start, in: text) > 0,
            PlaceCues.lineAfter.begins(at: end, in: text) > 0
        {
            return true
        }
        return PlaceCues.goingBefore.ends(at: start, in: text) > 0
            && (begins(PlaceCues.visitAfter, at: end, within: 2) || isWorkplace(end)) && !isKinsPlace(start, end)
            && !isSeenThere(end)
            && !isAtWork(end) && !isTheirsNext(end)
    }

    /// 高坪村的萝卜便宜卖, 高坪村今晚做戏欢迎来看: something is sold or people are invited.
    func isOffered(_ end: Int) -> Bool {
        PlaceCues.wares.first(in: end..<min(text.count, end + 16), of: text) != nil || isInvitation(end)
    }

    /// 在X村那边的石材厂上班: in what of the village one works.
    private func isWorkplace(_ end: Int) -> Bool {
        let limit = min(text.count, end + 10)
        let clause = end..<((end..<limit).first { text.units[$0] &- 0x4E00 >= 0x5200 } ?? limit)
        return PlaceCues.working.first(in: clause, of: text) != nil
    }

    /// 会计把账本拉到高坪村他丈人家去了: somebody's house there.
    private func isAtKins(_ start: Int, _ end: Int) -> Bool {
        guard home != nil, PlaceCues.goingBefore.ends(at: start, in: text) > 0, end < text.count else { return false }
        let owner = text.units[end] == 0x4ED6 || text.units[end] == 0x5979 ? end + 1 : end
        return owner > end && PlaceCues.kinsHouse.begins(at: owner, in: text) > 0 && !goesOnThere(end)
    }

    /// 在高坪村开了个小店: where one has a business.
    private func isShopkeeper(_ start: Int, _ end: Int) -> Bool {
        guard home != nil, start > 0, text.units[start - 1] == 0x5728, end < text.count,
            PlaceCues.opening.begins(at: end, in: text) > 0
        else { return false }
        return PlaceCues.shops.first(in: end..<min(text.count, end + 8), of: text) != nil && !goesOnThere(end)
    }

    /// 安置在湖洋镇石坎村，群众…: a township and a village that the list doesn't know.
    private func isResettledIn(_ end: Int) -> Bool {
        guard let comma = (end..<min(text.count, end + 6)).first(where: { text.units[$0] &- 0x4E00 >= 0x5200 }) else {
            return false
        }
        return text.units[comma] == 0x2C && comma > end && text.units[comma - 1] == 0x6751
    }

    /// 在高坪亲戚家借住，自家房顶漏得不能住人: where one sleeps while the matter is at one's own home.
    private func isLodging(_ start: Int, _ end: Int) -> Bool {
        guard home != nil, PlaceCues.stayBefore.ends(at: start, in: text) > 0,
            PlaceCues.hosts.begins(at: end, in: text) > 0
        else { return false }
        let rest = end..<min(text.count, end + Self.reach)
        return PlaceCues.ownRoof.first(in: rest, of: text) != nil
    }

    /// 高坪村招工, 刘集今天逢集，谁去帮我带: what goes on there, and nothing is the matter with it.
    private func isInvitation(_ end: Int) -> Bool {
        let rest = end..<min(text.count, end + Self.reach / 2)
        return PlaceCues.invitations.first(in: rest, of: text) != nil
            && PlaceCues.foul.first(in: end..<text.count, of: text) == nil
    }

    /// 去X村的路上, 往X村走, 从X村过来, 从我们村到X村的班车, 只开到X村.
    private func isOnTheWay(_ start: Int, _ end: Int) -> Bool {
        if PlaceCues.wayBefore.ends(at: start, in: text) > 0,
            begins(PlaceCues.wayAfter, at: end, within: 0) && PlaceCues.visitAfter.begins(at: end, in: text) == 0
                || PlaceCues.onTheWay.first(in: end..<min(text.count, end + 8), of: text) != nil
        {
            return true
        }
        if PlaceCues.wayPast.ends(at: start, in: text) > 0, begins(PlaceCues.wayPastAfter, at: end, within: 0) {
            return true
        }
        if PlaceCues.boundFor.ends(at: start, in: text) > 0 { return true }
        if PlaceCues.wayThrough.ends(at: start, in: text) > 0 { return true }
        if PlaceCues.wayFrom.ends(at: start, in: text) > 0 {
            let isMove = PlaceCues.moving.first(in: end..<min(text.count, end + 5), of: text) != nil
            // 从X村请人来闹事.
            let comes = (end..<min(text.count, end + 5)).contains { place in
                // 从高坪村口下来那段路 is there.
                text.units[place] == 0x6765 && text.units[place - 1] != 0x4E0B && text.units[place - 1] != 0x4E0A
            }
            // 从X村走一个半小时到乡里; 从X村亲戚家吃完酒回来.
            let clause =
                end..<((end..<min(text.count, end + 14)).first { text.units[$0] == 0x2C } ?? min(text.count, end + 14))
            let isLeft =
                PlaceCues.toTheSeat.first(in: clause, of: text) != nil
                // 路灯是从高坪村一家店买的.
                || home != nil && PlaceCues.boughtThere.first(in: clause, of: text) != nil
                || home != nil && homes[start] == nil && PlaceCues.cameBack.first(in: clause, of: text) != nil
            if isMove || comes || isLeft || begins(PlaceCues.wayFromAfter, at: end, within: 0) {
                return !goesOnThere(end)
            }
        }
        return isLineFromHere(start, end)
    }

    /// 从我们村到X村的路灯, 青瓦到X村的班车: what leads from here is ours.
    func isLineFromHere(_ start: Int, _ end: Int) -> Bool {
        let joint = PlaceCues.lineTo.ends(at: start, in: text)
        guard joint > 0 else { return false }
        // 从青瓦村到高坪村的路 lies in both.
        guard PlaceCues.lineAfter.begins(at: end, in: text) > 0 else { return false }
        let here = start - joint
        let isFrom = { (place: Int) in place > 0 && self.text.units[place - 1] == 0x4ECE }
        if homeEnds.contains(here) || homeEnds.contains(here - 1) { return true }
        return (max(0, here - 5)..<here).contains { place in
            isFrom(place) && place + FirstPerson(text: text).villageLength(at: place) == here
        }
    }

    /// 在X村干过三年会计, 在X村放过几年羊, 年轻时候在X村跑船.
    private func isPastStay(_ start: Int, _ end: Int) -> Bool {
        guard start > 0, text.units[start - 1] == 0x5728 else { return false }
        if PlaceCues.longAgo.ends(at: start - 1, in: text) > 0 { return true }
        guard let past = (end..<min(text.count, end + 5)).first(where: { text.units[$0] == 0x8FC7 }) else {
            return false
        }
        return (past + 1..<min(text.count, past + 6)).contains { text.units[$0] == 0x5E74 }
    }

    /// X村的亲戚来串门说, X村的老陈问我: who tells of it or came by.
    private func isBystanders(_ end: Int) -> Bool {
        guard end < text.count else { return false }
        if PlaceCues.addressed.begins(at: end, in: text) > 0, isAddressed(end) { return true }
        let start = text.units[end] == 0x7684 ? end + 1 : end
        if isFriendly(start) { return true }
        let length = PlaceCues.bystanders.begins(at: start, in: text)
        guard length > 0 else { return false }
        let rest = start + length..<min(text.count, start + length + 4)
        guard let word = PlaceCues.telling.first(in: rest, of: text) else { return false }
        return !goesOnThere(end) && !tellsOfTrouble(word)
    }

    /// 高坪村的乡亲，今晚有电影: spoken to.
    private func isAddressed(_ end: Int) -> Bool {
        let after = end + PlaceCues.addressed.begins(at: end, in: text)
        return after < text.count && text.units[after] &- 0x4E00 >= 0x5200
    }

    /// 高坪村的二婶喊我去帮忙割稻子: what kin do for the speaker, and nothing is the matter in that clause.
    private func isFriendly(_ start: Int) -> Bool {
        let length = PlaceCues.acquaintances.begins(at: start, in: text)
        guard length > 0 else { return false }
        let limit = min(text.count, start + length + 10)
        let clause = start + length..<((start + length..<limit).first { text.units[$0] &- 0x4E00 >= 0x5200 } ?? limit)
        return PlaceCues.friendlyToMe.first(in: clause, of: text) != nil
            && PlaceCues.foul.first(in: clause, of: text) == nil
    }

    /// …跟我说他们那边的水是黄的: what is the matter there, and not here.
    private func tellsOfTrouble(_ word: Int) -> Bool {
        let limit = min(text.count, word + 8)
        guard let there = (word..<limit).first(where: { PlaceCues.theirs.begins(at: $0, in: text) > 0 }) else {
            return false
        }
        let rest = there..<text.count
        let near = there..<min(text.count, there + 10)
        if PlaceCues.already.first(in: near, of: text) != nil, PlaceCues.trouble.first(in: near, of: text) == nil {
            return false
        }
        return !isWellOff(there..<min(text.count, there + Self.reach / 2))
            && PlaceCues.we.first(in: rest, of: text) == nil && PlaceCues.here.first(in: rest, of: text) == nil
    }

    /// 在X村吃酒席，看到粪水流进河里: what one saw there, unless it is praised or ours is spoken of.
    private func isSeenThere(_ end: Int) -> Bool {
        let limit = min(text.count, end + 10)
        guard let comma = (end..<limit).first(where: { text.units[$0] == 0x2C }) else { return false }
        let seen = max(
            PlaceCues.seeing.begins(at: comma + 1, in: text), PlaceCues.entering.begins(at: comma + 1, in: text))
        // 去高坪村卖菜回来，发现村口的路又挖了: back home.
        guard seen > 0, PlaceCues.cameBack.first(in: end..<comma, of: text) == nil else { return false }
        let rest = comma + 1 + seen..<text.count
        return PlaceCues.praising.first(in: rest, of: text) == nil && PlaceCues.others.first(in: rest, of: text) == nil
            && PlaceCues.we.first(in: rest, of: text) == nil && PlaceCues.here.first(in: rest, of: text) == nil
    }

    /// 在X村小学教书，学校的围墙裂了: where one works, unless what is here is spoken of.
    private func isAtWork(_ end: Int) -> Bool {
        guard let comma = (end..<min(text.count, end + 10)).first(where: { text.units[$0] == 0x2C }),
            PlaceCues.workplaces.begins(at: comma + 1, in: text) > 0
        else { return false }
        let rest = comma..<text.count
        return PlaceCues.villageSelf.first(in: rest, of: text) == nil && PlaceCues.here.first(in: rest, of: text) == nil
            && PlaceCues.cameBack.first(in: rest, of: text) == nil
            && FirstPerson(text: text).strongest(in: rest).map { $0.sense > .affected } != true
    }

    /// 昨天回去看，…: unless what is ours is spoken of after it.
    private func goesBack(_ end: Int) -> Bool {
        guard let back = PlaceCues.wentBack.first(in: end..<min(text.count, end + 14), of: text) else { return false }
        let rest = back..<text.count
        return PlaceCues.here.first(in: rest, of: text) == nil && PlaceCues.we.first(in: rest, of: text) == nil
    }

    /// 南阳那边的老板来收蘑菇: who comes to trade here.
    private func isTrader(_ end: Int) -> Bool {
        var place = end + PlaceCues.sideWords.begins(at: end, in: text)
        if place < text.count, text.units[place] == 0x7684 { place += 1 }
        let length = max(
            PlaceCues.traders.begins(at: place, in: text), PlaceCues.craftsmen.begins(at: place, in: text))
        // 仁山那边下来的车开得飞快.
        guard length > 0 else { return PlaceCues.comingDown.begins(at: place, in: text) > 0 && !goesOnThere(end) }
        let rest = place + length..<min(text.count, place + length + 4)
        // 锦美的师傅装的净水器.
        let isMade = text.units[place] == 0x5E08 && PlaceCues.made.begins(at: place + length, in: text) > 0
        // 高坪村的包工头给我们修水渠.
        if PlaceCues.craftsmen.begins(at: place, in: text) > 0, PlaceCues.doneForUs.first(in: rest, of: text) != nil {
            return !goesOnThere(end)
        }
        return (isMade || PlaceCues.comingToTrade.first(in: rest, of: text) != nil) && !goesOnThere(end)
    }

    /// 请了X村的师傅来修泵.
    private func isFetched(_ start: Int, _ end: Int) -> Bool {
        PlaceCues.fetching.ends(at: start, in: text) > 0
            && PlaceCues.craftsmen.first(in: end..<min(text.count, end + 6), of: text) != nil
    }

    /// 老家是X村的，来这边二十年了; 娘家在X村，嫁过来八年.
    private func hasComeHere(_ end: Int) -> Bool {
        let rest = end..<min(text.count, end + 20)
        return PlaceCues.comeHere.first(in: rest, of: text) != nil || rest.contains { homes[$0] != nil }
    }

    /// 我外甥在X村当老师，工资拖了三个月: what is the matter there is the kin's.
    private func isKinsPlace(_ start: Int, _ end: Int) -> Bool {
        let before = max(0, start - 9)..<start
        guard PlaceCues.kin.first(in: before, of: text) != nil else { return false }
        guard let comma = (end..<min(text.count, end + 8)).first(where: { text.units[$0] == 0x2C }) else {
            return false
        }
        let rest = comma..<min(text.count, comma + Self.reach / 2)
        return PlaceCues.troubleOfKin.first(in: rest, of: text) != nil
            && PlaceCues.atHome.first(in: rest, of: text) == nil
            && FirstPerson(text: text).strongest(in: rest).map { $0.sense > .observer } != true
    }

    /// 嫁在X村，她家房子裂了; 从X村回来，那条沟堵了: the next clause stays there.
    func goesOnThere(_ end: Int) -> Bool {
        let limit = min(text.count, end + 10)
        guard let mark = clauseEnd(end..<limit) else { return false }
        return PlaceCues.thereAgain.begins(at: mark, in: text) > 0
    }

    /// 去高坪村走亲戚 他们那公厕锁了: what is theirs begins the next clause.
    private func isTheirsNext(_ end: Int) -> Bool {
        clauseEnd(end..<min(text.count, end + 10)).map { mark in
            // 去高坪村喝喜酒，回来看见他们村口….
            let back = mark + PlaceCues.backHome.begins(at: mark, in: text)
            let seen = back + PlaceCues.seeing.begins(at: back, in: text)
            return [mark, back, seen].contains { PlaceCues.theirsThere.begins(at: $0, in: text) > 0 }
        } ?? false
    }

    /// Where the next clause begins: behind a comma, or a blank that stands for one.
    private func clauseEnd(_ range: Range<Int>) -> Int? {
        let mark = range.first { text.units[$0] == 0x2C || $0 > range.lowerBound && !text.gaps[$0].isEmpty }
        return mark.map { text.units[$0] == 0x2C ? $0 + 1 : $0 }
    }

    /// 替我姐反映一下，她嫁在X村: the matter is there.
    func isOnBehalf(_ start: Int) -> Bool {
        (max(0, start - 20)..<start).contains {
            PlaceCues.forKin.begins(at: $0, in: text, limit: start) > 0
        }
    }
}
