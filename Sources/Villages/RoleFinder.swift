internal import Messages

/// Says what part each place plays in its sentence.
struct RoleFinder {
    let text: NormalizedText

    /// How far after a name its sentence is looked at, in units.
    private static let reach = 40

    /// The mentions with their groups and roles.
    func withRoles(_ mentions: [Mention]) -> [Mention] {
        var mentions = mentions
        var first = 0
        while first < mentions.count {
            var last = first
            mentions[first].group = first
            while last + 1 < mentions.count, isEnumerated(mentions[last], mentions[last + 1]) {
                last += 1
                mentions[last].group = first
            }
            let next = last + 1 < mentions.count ? mentions[last + 1] : nil
            let role = role(of: mentions[first], end: mentions[last].span.upperBound, next: next)
            let isWithUs = role == .place && includesHome(mentions[first], mentions[last])
            for index in first...last {
                mentions[index].role = role
                mentions[index].includesHome = isWithUs
            }
            first = last + 1
        }
        settleStates(&mentions)
        return mentions
    }

    /// A村和B村, A、B两村 (but not A村和B村相比, which compares).
    private func isEnumerated(_ left: Mention, _ right: Mention) -> Bool {
        guard left.kind != .township, left.kind != .region, right.kind != .township, right.kind != .region else {
            return false
        }
        let gap = left.span.upperBound..<right.start
        guard !gap.isEmpty else { return right.span.lowerBound == right.start }
        guard PlaceCues.enumeration.begins(at: gap.lowerBound, in: text, limit: gap.upperBound) == gap.count else {
            return false
        }
        return
            !(PlaceCues.pairBefore.ends(at: right.start, in: text) > 0
            && begins(PlaceCues.pairAfter, at: right.span.upperBound, within: 0))
    }

    /// 我们村和X村共用, X村和我们村交界.
    private func includesHome(_ first: Mention, _ last: Mention) -> Bool {
        guard first.kind != .township, first.kind != .region else { return false }
        if begins(PlaceCues.pairAfter, at: last.span.upperBound, within: 0) { return false }
        let before = PlaceCues.enumeration.ends(at: first.start, in: text)
        if before > 0, PlaceCues.ours.ends(at: first.start - before, in: text) > 0 { return true }
        let after = PlaceCues.enumeration.begins(at: last.span.upperBound, in: text)
        return after > 0 && PlaceCues.ours.begins(at: last.span.upperBound + after, in: text) > 0
    }

    private func role(of mention: Mention, end: Int, next: Mention?) -> Mention.Role {
        let start = mention.start
        let isUnit = mention.kind == .township || mention.kind == .region
        if PlaceCues.notBefore.ends(at: start, in: text) > 0 { return .neighbour }
        if let role = besideRole(start, end) { return role }
        if isAway(start, end) { return .away }
        if isUnit {
            if isOffice(mention) { return .agent }
            if PlaceCues.towardsBefore.ends(at: start, in: text) > 0 { return .away }
        } else {
            if PlaceCues.speakerBefore.ends(at: start, in: text) > 0 { return .speaker }
            if PlaceCues.ownBefore.ends(at: start, in: text) > 0 { return .own }
        }
        if fallsOnUs(end) { return .source }
        return isContrasted(end, next: next) || isComparedToUs(end) ? .comparison : .place
    }

    /// 柏木镇政府答应修: who should act; 柏木镇政府的人下班太早 is a matter of the township.
    private func isOffice(_ mention: Mention) -> Bool {
        let end = mention.span.upperBound
        var length = PlaceCues.offices.begins(at: end, in: text)
        if length == 0, mention.kind == .township, PlaceCues.townFacility.begins(at: end, in: text) > 0 {
            // 派出所 acts and is complained of; a school or clinic is a place.
            length = PlaceCues.townFacility.begins(at: end, in: text)
            guard text.units[end + length - 1] == 0x6240 else { return false }
        }
        guard length > 0 else { return false }
        if mention.kind == .region || PlaceCues.towardsBefore.ends(at: mention.start, in: text) > 0 { return true }
        // 说 and the like are offices' words themselves (柏木镇说马上修).
        let limit = min(text.count, end + 18)
        let clause = end..<((end..<limit).first { text.units[$0] == 0x3002 || text.units[$0] == 0x0A } ?? limit)
        return PlaceCues.dealing.first(in: clause, of: text) != nil
    }

    /// What a word right before or behind a name makes of it; nil where none does.
    private func besideRole(_ start: Int, _ end: Int) -> Mention.Role? {
        for distance in 0...2 where start - distance > 0 {
            let near = distance == 0 ? PlaceCues.nearBefore : PlaceCues.besideBeforeLoosely
            let nearLength = near.ends(at: start - distance, in: text)
            let likeLength = distance == 0 ? PlaceCues.likeBefore.ends(at: start, in: text) : 0
            let length = max(nearLength, likeLength)
            guard length > 0, !isOwnHousehold(start - distance, length) else { continue }
            // 帮隔壁X村的老人问: the matter is there.
            guard PlaceCues.onBehalfBefore.ends(at: start - distance - length, in: text) == 0 else { continue }
            if likeLength > nearLength { return .comparison }
            return fallsOnUs(end) ? .source : .neighbour
        }
        if PlaceCues.pairBefore.ends(at: start, in: text) > 0 {
            if begins(PlaceCues.pairAfter, at: end, within: 1) { return .comparison }
            if begins(PlaceCues.borderAfter, at: end, within: 1), !followsOurs(start) { return .neighbour }
        }
        // 我们村在X村旁边.
        if begins(PlaceCues.nearAfter, at: end, within: 1),
            (max(0, start - 6)..<start).contains(where: { PlaceCues.ours.begins(at: $0, in: text, limit: start) > 0 })
        {
            return .neighbour
        }
        if PlaceCues.evenBefore.ends(at: start, in: text) > 0, begins(PlaceCues.evenAfter, at: end, within: 0) {
            return .comparison
        }
        return PlaceCues.likenessAfter.begins(at: end, in: text) > 0 ? .comparison : nil
    }

    /// 本人家住X村 has 人家 in it by chance.
    private func isOwnHousehold(_ end: Int, _ length: Int) -> Bool {
        length == 2 && text.units[end - 1] == 0x5BB6 && end > 2
            && PlaceCues.beforeHousehold.contains(text.units[end - 3])
    }

    private func followsOurs(_ start: Int) -> Bool {
        let joint = PlaceCues.enumeration.ends(at: start, in: text)
        return joint > 0 && PlaceCues.ours.ends(at: start - joint, in: text) > 0
    }

    private func isAway(_ start: Int, _ end: Int) -> Bool {
        if PlaceCues.marriedBefore.ends(at: start, in: text) > 0 { return !isOnBehalf(start) && !goesOnThere(end) }
        if PlaceCues.formerlyBefore.ends(at: start, in: text) > 0 { return true }
        if PlaceCues.wares.first(in: end..<min(text.count, end + 16), of: text) != nil { return true }
        if PlaceCues.marriedAfter.begins(at: end, in: text) > 0 { return true }
        if PlaceCues.directionAfter.begins(at: end, in: text) > 0 { return true }
        if PlaceCues.wayBefore.ends(at: start, in: text) > 0, begins(PlaceCues.wayAfter, at: end, within: 0) {
            return true
        }
        if PlaceCues.wayPast.ends(at: start, in: text) > 0, begins(PlaceCues.wayPastAfter, at: end, within: 0) {
            return true
        }
        if PlaceCues.wayFrom.ends(at: start, in: text) > 0, begins(PlaceCues.wayFromAfter, at: end, within: 0) {
            return !goesOnThere(end)
        }
        return PlaceCues.goingBefore.ends(at: start, in: text) > 0 && begins(PlaceCues.visitAfter, at: end, within: 2)
    }

    /// 嫁在X村，她家房子裂了; 从X村回来，那条沟堵了: the next clause stays there.
    private func goesOnThere(_ end: Int) -> Bool {
        let limit = min(text.count, end + 10)
        guard let comma = (end..<limit).first(where: { text.units[$0] == 0x2C }) else { return false }
        return PlaceCues.thereAgain.begins(at: comma + 1, in: text) > 0
    }

    /// 替我姐反映一下，她嫁在X村: the matter is there.
    private func isOnBehalf(_ start: Int) -> Bool {
        (max(0, start - 20)..<start).contains {
            PlaceCues.forKin.begins(at: $0, in: text, limit: start) > 0
        }
    }

    /// X村都装了路灯，我们村什么时候装; A村修好了，为何B村不修.
    private func isContrasted(_ end: Int, next: Mention?) -> Bool {
        let limit = min(text.count, end + Self.reach)
        if let next, next.start < limit, next.kind == .village || next.kind == .unlisted,
            PlaceCues.whyNot.ends(at: next.start, in: text, from: end) > 0, isWellOff(end..<next.start)
        {
            return true
        }
        // 半岭那几户人家 are of the place, X村，人家的路多宽 is a comparison.
        for distance in 0...3
        where PlaceCues.others.begins(at: end + distance, in: text) > 0
            && !PlaceCues.beforeHousehold.contains(text.units[end + distance - 1])
        {
            return true
        }
        guard let we = PlaceCues.we.first(in: end..<limit, of: text) else { return false }
        // 红旗村搞起了民宿，我们的路还没修到屋: ours is set against a place that nothing is the matter with.
        if isSetAgainst(we), text.units[we - 1] == 0x2C || text.units[we - 1] == 0x3002,
            PlaceCues.trouble.first(in: end..<we, of: text) == nil,
            PlaceCues.accused.first(in: end..<we, of: text) == nil
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

    /// Whether 我们 begins a clause, or a word that compares stands before it.
    private func isSetAgainst(_ place: Int) -> Bool {
        place == 0 || !text.gaps[place].isEmpty || text.units[place - 1] &- 0x4E00 >= 0x5200
            || PlaceCues.beforeWe.ends(at: place, in: text) > 0
    }

    /// X村的灯比我们村亮, X村和我们村一样.
    private func isComparedToUs(_ end: Int) -> Bool {
        for place in end..<min(text.count, end + Self.reach / 2) {
            let unit = text.units[place]
            if unit == 0x2C || unit == 0x3002 || unit == 0x0A { return false }
            let length = max(PlaceCues.ours.begins(at: place, in: text), PlaceCues.we.begins(at: place, in: text))
            guard length > 0 else { continue }
            if PlaceCues.comparedToUs.ends(at: place, in: text, from: end) > 0 { return true }
            return PlaceCues.pairBefore.ends(at: place, in: text, from: end) > 0
                && begins(PlaceCues.pairAfter, at: place + length, within: 0)
        }
        return false
    }

    /// Whether what is said of the other place is something to be envied.
    private func isWellOff(_ range: Range<Int>) -> Bool {
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

    /// X村的污水流到我们这里, X村的人来我们村倒垃圾: ours is the place, X the source.
    private func fallsOnUs(_ end: Int) -> Bool {
        let limit = min(text.count, end + Self.reach)
        for place in end..<limit {
            if text.units[place] == 0x3002 || text.units[place] == 0x0A { return false }
            // X村到我们村的路 lies in both: `includesHome`.
            if PlaceCues.ours.begins(at: place, in: text) > 0,
                PlaceCues.enumeration.begins(at: end, in: text, limit: place) != place - end || place == end,
                PlaceCues.ontoOurs.ends(at: place, in: text, from: end) > 0
            {
                return true
            }
            if PlaceCues.we.begins(at: place, in: text) > 0, PlaceCues.ontoUs.ends(at: place, in: text, from: end) > 0,
                PlaceCues.enumeration.begins(at: end, in: text, limit: place) != place - end || place == end
            {
                return true
            }
            if PlaceCues.hither.begins(at: place, in: text) > 0 { return true }
            if PlaceCues.here.begins(at: place, in: text) > 0 || PlaceCues.oursAlone.begins(at: place, in: text) > 0,
                PlaceCues.ontoHere.ends(at: place, in: text, from: end) > 0
            {
                return true
            }
        }
        return false
    }

    /// Where several places are named, those that nothing is the matter with are none.
    ///
    /// 主要是高坪村 says which one is meant; 高坪村没问题, 高坪村早修好了 say which one is not.
    private func settleStates(_ mentions: inout [Mention]) {
        let open = mentions.indices.filter {
            mentions[$0].group == $0 && (mentions[$0].role == .place || mentions[$0].role == .own)
                && mentions[$0].kind != .region && mentions[$0].kind != .township
        }
        let focused = open.filter {
            PlaceCues.focusBefore.ends(at: mentions[$0].start, in: text) > 0
                || PlaceCues.focusAfter.begins(at: mentions[$0].span.upperBound, in: text) > 0
        }
        var aside: Set<Int> = []
        if !focused.isEmpty, focused.count < open.count {
            aside = Set(open).subtracting(focused)
        } else {
            let clauses = open.map { clause(of: $0, mentions) }
            let bad = Set(zip(open, clauses).filter { PlaceCues.trouble.first(in: $1, of: text) != nil }.map(\.0))
            let fine = zip(open, clauses).filter { index, clause in
                let end = mentions[index].span.upperBound
                return isFine(end, clause.upperBound) || isMended(end)
                    || !bad.isEmpty && !bad.contains(index) && isWellOff(clause)
            }.map(\.0)
            // Where one place only is named, the speaker's own must stand against it.
            let stands =
                open.count > fine.count
                || fine.contains { PlaceCues.we.first(in: mentions[$0].span.upperBound..<text.count, of: text) != nil }
            if stands { aside = Set(fine) }
        }
        for index in mentions.indices where aside.contains(mentions[index].group) { mentions[index].role = .neighbour }
    }

    /// What is said of a place: up to the next one or the end of the sentence.
    private func clause(of index: Int, _ mentions: [Mention]) -> Range<Int> {
        let start = mentions[index].span.upperBound
        let next = mentions[(index + 1)...].first { $0.start >= start }?.start ?? text.count
        let limit = min(next, text.count, start + Self.reach / 2)
        return start..<((start..<limit).first { text.units[$0] == 0x3002 || text.units[$0] == 0x0A } ?? limit)
    }

    /// X村没问题, X村那边还好, before the clause ends.
    private func isFine(_ end: Int, _ next: Int) -> Bool {
        for place in end..<min(text.count, end + 9) {
            let unit = text.units[place]
            if place >= next || unit == 0x2C || unit == 0x3002 || unit == 0x0A { return false }
            let length = PlaceCues.fineAfter.begins(at: place, in: text)
            guard length > 0 else { continue }
            let rest = place + length..<max(place + length, min(next, place + length + 6))
            return PlaceCues.notFine.first(in: rest, of: text) == nil
        }
        return false
    }

    /// X村早修好了.
    private func isMended(_ end: Int) -> Bool {
        begins(PlaceCues.already, at: end, within: 2)
            && PlaceCues.having.first(in: end..<min(text.count, end + 10), of: text) != nil
    }

    /// Whether one of the words begins at most so many units after a place.
    private func begins(_ words: WordSet, at place: Int, within distance: Int) -> Bool {
        (0...distance).contains { words.begins(at: place + $0, in: text) > 0 }
    }
}
