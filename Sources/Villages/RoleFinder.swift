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
        if PlaceCues.notBefore.ends(at: start, in: text) > 0 { return .beside }
        if isBeside(start, end) { return .beside }
        if isAway(start, end) { return .away }
        if isUnit {
            if PlaceCues.offices.begins(at: end, in: text) > 0 { return .agent }
            if PlaceCues.towardsBefore.ends(at: start, in: text) > 0 { return .away }
        } else {
            if PlaceCues.speakerBefore.ends(at: start, in: text) > 0 { return .speaker }
            if PlaceCues.ownBefore.ends(at: start, in: text) > 0 { return .own }
        }
        if isContrasted(end, next: next) || isComparedToUs(end) || fallsOnUs(end) { return .beside }
        return .place
    }

    private func isBeside(_ start: Int, _ end: Int) -> Bool {
        for distance in 0...2 where start - distance > 0 {
            let cues = distance == 0 ? PlaceCues.besideBefore : PlaceCues.besideBeforeLoosely
            let length = cues.ends(at: start - distance, in: text)
            guard length > 0 else { continue }
            // 帮隔壁X村的老人问: the matter is there.
            if PlaceCues.onBehalfBefore.ends(at: start - distance - length, in: text) == 0 { return true }
        }
        if PlaceCues.pairBefore.ends(at: start, in: text) > 0 {
            if begins(PlaceCues.pairAfter, at: end, within: 1) { return true }
            if begins(PlaceCues.borderAfter, at: end, within: 1), !followsOurs(start) { return true }
        }
        if PlaceCues.evenBefore.ends(at: start, in: text) > 0, begins(PlaceCues.evenAfter, at: end, within: 0) {
            return true
        }
        return PlaceCues.likenessAfter.begins(at: end, in: text) > 0
    }

    private func followsOurs(_ start: Int) -> Bool {
        let joint = PlaceCues.enumeration.ends(at: start, in: text)
        return joint > 0 && PlaceCues.ours.ends(at: start - joint, in: text) > 0
    }

    private func isAway(_ start: Int, _ end: Int) -> Bool {
        if PlaceCues.marriedBefore.ends(at: start, in: text) > 0 { return true }
        if PlaceCues.marriedAfter.begins(at: end, in: text) > 0 { return true }
        return PlaceCues.goingBefore.ends(at: start, in: text) > 0 && begins(PlaceCues.visitAfter, at: end, within: 2)
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
        where PlaceCues.others.begins(at: end + distance, in: text) > 0 && text.units[end + distance - 1] != 0x6237 {
            return true
        }
        guard let we = PlaceCues.we.first(in: end..<limit, of: text) else { return false }
        if isWellOff(end..<we) {
            let after = min(text.count, we + 2)..<min(text.count, we + 18)
            return PlaceCues.lacking.first(in: after, of: text) != nil
        }
        guard PlaceCues.trouble.first(in: end..<we, of: text) == nil else { return false }
        return PlaceCues.reproach.first(in: min(text.count, we + 2)..<min(text.count, we + 9), of: text) != nil
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
            if PlaceCues.we.begins(at: place, in: text) > 0, PlaceCues.ontoUs.ends(at: place, in: text, from: end) > 0 {
                return true
            }
        }
        return false
    }

    /// 青瓦村路灯坏了。高坪村早修好了: where one place has a trouble, the one that has none is a comparison.
    private func settleStates(_ mentions: inout [Mention]) {
        let groups = Set(mentions.filter { $0.role == .place || $0.role == .own }.map(\.group))
        guard groups.count > 1 else { return }
        var left = groups.count
        for index in mentions.indices where mentions[index].role == .place && mentions[index].group == index {
            let end = mentions[index].span.upperBound
            let near = end..<min(text.count, end + 10)
            guard left > 1, begins(PlaceCues.already, at: end, within: 2),
                PlaceCues.having.first(in: near, of: text) != nil
            else { continue }
            left -= 1
            mentions[index].role = .beside
        }
    }

    /// Whether one of the words begins at most so many units after a place.
    private func begins(_ words: WordSet, at place: Int, within distance: Int) -> Bool {
        (0...distance).contains { words.begins(at: place + $0, in: text) > 0 }
    }
}
