internal import Messages

/// What is set against the speaker's own side: places that are envied, compared or better off.
extension RoleFinder {
    /// X村都装了路灯，我们村什么时候装; A村修好了，为何B村不修.
    func isContrasted(_ end: Int, next: Mention?, isUnit: Bool) -> Bool {
        let limit = min(text.count, end + Self.reach)
        if let next, (end..<limit).contains(next.start), next.kind == .village || next.kind == .unlisted,
            PlaceCues.whyNot.ends(at: next.start, in: text, from: end) > 0, isWellOff(end..<next.start)
        {
            return true
        }
        // 半岭那几户人家 are of the place, X村，人家的路多宽 is a comparison.
        for distance in 0...3
        where PlaceCues.others.begins(at: end + distance, in: text) > 0
            && !PlaceCues.beforeHousehold.contains(text.units[end + distance - 1]) && isApart(end + distance, from: end)
        {
            return true
        }
        let namesUs = homes.isEmpty ? nil : (end..<limit).first { isSetAgainstByName($0) }
        guard let we = [PlaceCues.we.first(in: end..<limit, of: text), namesUs].compactMap(\.self).min() else {
            return false
        }
        // 住高坪村，…，本村村委将五保款扣去三年: a letter's writer says 本村 of the place that was named.
        if home == nil, PlaceCues.formalOurs.begins(at: we, in: text) > 0 { return false }
        // 高坪村的书记讲话算数，我们村的书记只会拖: like is set against like.
        if isCadreAgainstOurs(end, we) { return true }
        // 都修了，就差我们.
        if PlaceCues.onlyLeft.ends(at: we, in: text) > 0 { return true }
        if isUnit, !isWellOff(end..<we) { return false }
        // X村加油站旁边那个坑，俺的车胎都爆了: who only came by sets nothing against it.
        let wonders = PlaceCues.wondering.ends(at: we, in: text) > 0
        if !wonders, we != namesUs, FirstPerson(text: text).sense(at: we) == .observer, !isWellOff(end..<we) {
            return false
        }
        // 赤坑村的支书真是干事的人，我们的支书呢.
        if !isUnit, isAskedOfOurs(we), PlaceCues.trouble.first(in: end..<we, of: text) == nil { return true }
        // 红旗村搞起了民宿，我们的路还没修到屋: ours is set against a place that nothing is the matter with.
        if PlaceCues.whyUs.first(in: we..<min(text.count, we + 6), of: text) != nil { return true }
        // The 不 of 不知道我们是怎么评的 is no trouble there.
        let said = end..<max(end, we - PlaceCues.beforeWe.ends(at: we, in: text))
        if isSetAgainst(we),
            text.units[we - 1] == 0x2C || text.units[we - 1] == 0x3002 || !text.gaps[we].isEmpty
                || PlaceCues.beforeWe.ends(at: we, in: text) > 1,
            PlaceCues.trouble.first(in: said, of: text) == nil, PlaceCues.accused.first(in: said, of: text) == nil
        {
            return true
        }
        if isWellOff(end..<we) {
            let after = min(text.count, we + 2)..<min(text.count, we + 18)
            return PlaceCues.lacking.first(in: after, of: text) != nil
        }
        // 让我们交钱 sets nobody against anybody.
        guard isSetAgainst(we), PlaceCues.trouble.first(in: end..<we, of: text) == nil else { return false }
        return PlaceCues.reproach.first(in: min(text.count, we + 2)..<min(text.count, we + 9), of: text) != nil
    }

    /// 二村三村都有公交站，就友谊没有: home by its name is what was left out.
    func isLeftOut(_ end: Int) -> Bool {
        guard !homes.isEmpty else { return false }
        return (end..<min(text.count, end + Self.reach)).contains { place in
            guard let length = homes[place], PlaceCues.leftOutBefore.ends(at: place, in: text) > 0 else { return false }
            return PlaceCues.hasNone.begins(at: place + length, in: text) > 0 && isWellOff(end..<place)
        }
    }

    /// 我们的支书呢, 我们呢: ends the text, in a clause of its own.
    private func isAskedOfOurs(_ we: Int) -> Bool {
        guard text.units[we - 1] &- 0x4E00 >= 0x5200 else { return false }
        let last = (we..<text.count).last { text.units[$0] &- 0x4E00 < 0x5200 }
        return last.map { text.units[$0] == 0x5462 && $0 - we < 9 } ?? false
    }

    /// 蓉中村有游泳馆，灯光连个篮球架都没有: home's own name begins a clause that says what it lacks.
    private func isSetAgainstByName(_ place: Int) -> Bool {
        guard let length = homes[place], text.units[place - 1] &- 0x4E00 >= 0x5200 else { return false }
        let end = place + length
        // 石桥民宿怎么没有: what of ours it is may stand between.
        return PlaceCues.lackingOfOurs.begins(at: end, in: text) > 0
            || PlaceCues.lackingLater.first(in: end..<min(text.count, end + 6), of: text) != nil
    }

    /// X村，人家的路 and X村那边人家; but 水上人家 and 田园人家 are names.
    private func isApart(_ place: Int, from end: Int) -> Bool {
        place == end || !text.gaps[place].isEmpty || text.units[place - 1] &- 0x4E00 >= 0x5200
            || PlaceCues.sideWords.ends(at: place, in: text, from: end) > 0
    }

    /// Whether 我们 begins a clause, or a word that compares stands before it.
    private func isSetAgainst(_ place: Int) -> Bool {
        place == 0 || !text.gaps[place].isEmpty || text.units[place - 1] &- 0x4E00 >= 0x5200
            || PlaceCues.beforeWe.ends(at: place, in: text) > 0
    }

    /// X村的灯比我们村亮, X村和我们村一样.
    func isComparedToUs(_ end: Int) -> Bool {
        for place in end..<min(text.count, end + Self.reach / 2) {
            let unit = text.units[place]
            if unit == 0x2C || unit == 0x3002 || unit == 0x0A { return false }
            let length = max(
                ownSide(at: place), PlaceCues.we.begins(at: place, in: text), PlaceCues.me.begins(at: place, in: text))
            guard length > 0 else { continue }
            if PlaceCues.comparedToUs.ends(at: place, in: text, from: end) > 0 { return true }
            return PlaceCues.pairBefore.ends(at: place, in: text, from: end) > 0
                && begins(PlaceCues.pairAfter, at: place + length, within: 0)
        }
        return false
    }

    /// Whether what is said of the other place is something to be envied.
    func isWellOff(_ range: Range<Int>) -> Bool {
        if PlaceCues.having.first(in: range, of: text) != nil { return true }
        let near = range.lowerBound..<min(range.upperBound, range.lowerBound + 6)
        if let place = PlaceCues.already.first(in: near, of: text) {
            let rest = place..<min(range.upperBound, place + 6)
            if PlaceCues.trouble.first(in: rest, of: text) == nil { return true }
        }
        return range.contains { place in
            PlaceCues.hasAny.begins(at: place, in: text) > 0 && PlaceCues.hasNot.begins(at: place, in: text) == 0
                && (place == 0 || text.units[place - 1] != 0x6CA1)
        }
    }
}
