internal import Messages

/// What is said of several places: what is in order, and what is not.
extension RoleFinder {
    /// Where several places are named, those that nothing is the matter with are none.
    ///
    /// 主要是高坪村 says which one is meant; 高坪村没问题, 高坪村早修好了 say which one is not.
    func settleStates(_ mentions: inout [Mention]) {
        if settleSides(&mentions) || settleOurStretch(&mentions) || settleLine(&mentions) { return }
        settleLeftOut(&mentions)
        let open = mentions.indices.filter {
            mentions[$0].group == $0 && (mentions[$0].role == .place || mentions[$0].role == .own)
                && mentions[$0].kind != .region && mentions[$0].kind != .township
        }
        let focused = open.filter {
            PlaceCues.focusBefore.ends(at: mentions[$0].start, in: text) > 0 || isSingledOut(mentions[$0].start)
                || PlaceCues.focusAfter.begins(at: mentions[$0].span.upperBound, in: text) > 0
        }
        var aside: Set<Int> = []
        if !focused.isEmpty, focused.count < open.count {
            aside = Set(open).subtracting(focused)
        } else if let mistake = mistake(open, mentions) {
            aside = mistake
        } else {
            aside = inOrder(open, mentions)
        }
        for index in mentions.indices where aside.contains(mentions[index].group) { mentions[index].role = .neighbour }
        settlePairs(&mentions, aside)
    }

    /// A村与B村相距五里，B村早通了路，A村还走泥路: what is in order by itself is so in the pair as well.
    private func settlePairs(_ mentions: inout [Mention], _ aside: Set<Int>) {
        guard !aside.isEmpty else { return }
        let fine = Set(aside.compactMap { mentions[$0].places.first })
        let still = Set(
            mentions.indices.filter { index in
                mentions[index].role == .place && isAlone(index, mentions)
            }.compactMap { mentions[$0].places.first })
        for index in mentions.indices where mentions[index].role == .place && !isAlone(index, mentions) {
            guard let place = mentions[index].places.first, fine.contains(place), !still.contains(place) else {
                continue
            }
            mentions[index].role = .neighbour
        }
    }

    private func isAlone(_ index: Int, _ mentions: [Mention]) -> Bool {
        let group = mentions[index].group
        return !(index > 0 && mentions[index - 1].group == group)
            && !(index + 1 < mentions.count && mentions[index + 1].group == group)
    }

    /// A村有拆迁，B村有拆迁，为什么C村没有: of several the one that goes without; the others are what it is compared with.
    private func settleLeftOut(_ mentions: inout [Mention]) {
        func isOpen(_ mention: Mention) -> Bool {
            (mention.role == .place || mention.role == .own) && mention.kind != .region && mention.kind != .township
        }
        guard
            let last = mentions.indices.last(where: { index in
                isOpen(mentions[index]) && PlaceCues.whyNot.ends(at: mentions[index].start, in: text) > 0
                    && PlaceCues.lacking.first(in: clause(of: index, mentions), of: text) != nil
            })
        else { return }
        for index in mentions.indices.prefix(last)
        where isOpen(mentions[index]) && mentions[index].places != mentions[last].places
            && isWellOff(clause(of: index, mentions))
        {
            mentions[index].role = .comparison
        }
    }

    /// A村与B村交界，靠近A村的一侧有油污: of the places that meet the one whose side is meant.
    private func settleSides(_ mentions: inout [Mention]) -> Bool {
        guard mentions.count > 1 else { return false }
        let sides = mentions.filter {
            $0.role == .neighbour && PlaceCues.sideAfter.begins(at: $0.span.upperBound, in: text) > 0
        }.compactMap(\.places.first)
        let meant = mentions.indices.filter { index in
            mentions[index].role == .place && mentions[index].places.first.map(sides.contains) ?? false
        }
        guard !meant.isEmpty else { return false }
        for index in mentions.indices where mentions[index].role == .place && !meant.contains(index) {
            mentions[index].role = .neighbour
        }
        return true
    }

    /// 青瓦到高坪那条路，高坪那段修了，我们这段没修: of what leads from home to another the part at home.
    private func settleOurStretch(_ mentions: inout [Mention]) -> Bool {
        guard let home,
            mentions.contains(where: { $0.places.contains(home) || $0.includesHome }),
            PlaceCues.ourStretch.first(in: 0..<text.count, of: text) != nil
        else { return false }
        for index in mentions.indices
        where (mentions[index].role == .place || mentions[index].role == .own)
            && !mentions[index].places.contains(home)
        {
            mentions[index].role = .neighbour
        }
        return true
    }

    /// 高坪村到青瓦村的班车停了，高坪村的老人…; 青瓦村至高坪村的路…，青瓦段最烂: of the two ends of a road the one that is named again.
    private func settleLine(_ mentions: inout [Mention]) -> Bool {
        guard
            let left = mentions.indices.dropLast().first(where: { index in
                let (one, other) = (mentions[index], mentions[index + 1])
                // 柏南下楼村: what leads to a name may begin within the one before it.
                guard one.role == .place, one.group == other.group, one.span.upperBound < other.start else {
                    return false
                }
                let gap = one.span.upperBound..<other.start
                return PlaceCues.lineTo.begins(at: gap.lowerBound, in: text, limit: gap.upperBound) == gap.count
            })
        else { return false }
        let ends = [left, left + 1]
        let rest = mentions[left + 1].span.upperBound..<text.count
        let again = ends.filter { index in
            let places = mentions[index].places
            return mentions[(left + 2)...].contains { !$0.places.isEmpty && $0.places == places }
                || namesStretch(of: mentions[index], in: rest)
        }
        guard again.count == 1, let meant = again.first else { return false }
        for index in mentions.indices where mentions[index].places != mentions[meant].places {
            if mentions[index].role == .place { mentions[index].role = .neighbour }
        }
        return true
    }

    /// 青瓦段, 青瓦那段: a stretch by the stem of a village.
    private func namesStretch(of mention: Mention, in rest: Range<Int>) -> Bool {
        let stem = text.units[mention.span.lowerBound..<mention.span.lowerBound + max(2, mention.stemLength)]
        guard stem.count <= rest.count else { return false }
        return rest.contains { place in
            place + stem.count < text.count && text.units[place..<place + stem.count].elementsEqual(stem)
                && PlaceCues.stretch.begins(at: place + stem.count, in: text) > 0
        }
    }

    /// 占的是B村的地; A村这边没有，是B村那边.
    private func isSingledOut(_ start: Int) -> Bool {
        guard start > 3, text.units[start - 1] == 0x662F else { return false }
        let before = text.units[start - 2]
        return before == 0x7684 || before == 0x2C
    }

    /// A村？打错了，是B村: those before the word that takes them back.
    private func mistake(_ open: [Int], _ mentions: [Mention]) -> Set<Int>? {
        guard open.count > 1, let word = PlaceCues.mistaken.first(in: 0..<text.count, of: text) else { return nil }
        let before = open.filter { mentions[$0].start < word }
        return before.isEmpty || before.count == open.count ? nil : Set(before)
    }

    /// The places that nothing is the matter with, where something is with others.
    private func inOrder(_ open: [Int], _ mentions: [Mention]) -> Set<Int> {
        let clauses = open.map { clause(of: $0, mentions) }
        var bad: Set<Int> = []
        for (index, clause) in zip(open, clauses) where !isOver(clause) {
            let isLacking = PlaceCues.lackingThere.first(in: clause, of: text) != nil
            if PlaceCues.trouble.first(in: clause, of: text) != nil || isLacking { bad.insert(index) }
        }
        // What is bad once is not well for being named again.
        let badPlaces = Set(bad.compactMap { mentions[$0].places.first })
        for index in open where mentions[index].places.first.map(badPlaces.contains) ?? false { bad.insert(index) }
        var fine: [Int] = []
        var next = -1
        // From the last on: 渡口村的船，后港村的闸，都修好了 says it of both.
        for (index, clause) in zip(open, clauses).reversed() {
            let end = lastOfGroup(index, mentions).span.upperBound
            let isGood =
                isFine(end, clause.upperBound) || isMended(end) || isOver(clause)
                || !bad.isEmpty && !bad.contains(index) && isWellOff(clause)
            let isOpen = !bad.contains(index) && clause.count < 5 && clause.last.map { text.units[$0] == 0x2C } ?? false
            if isGood || isOpen && fine.last == next { fine.append(index) }
            next = index
        }
        // Where one place only is named, the speaker's own must stand against it.
        let stands =
            open.count > fine.count
            || fine.contains { PlaceCues.we.first(in: mentions[$0].span.upperBound..<text.count, of: text) != nil }
        return stands ? Set(fine) : []
    }

    /// 高坪停水一天就来了: nothing is the matter any more.
    private func isOver(_ clause: Range<Int>) -> Bool {
        guard let word = PlaceCues.recovered.first(in: clause, of: text) else { return false }
        let rest = word + PlaceCues.recovered.begins(at: word, in: text)..<clause.upperBound
        return rest.isEmpty || PlaceCues.trouble.first(in: rest, of: text) == nil
    }

    private func lastOfGroup(_ index: Int, _ mentions: [Mention]) -> Mention {
        var last = index
        while last + 1 < mentions.count, mentions[last + 1].group == mentions[index].group { last += 1 }
        return mentions[last]
    }

    /// What is said of a place: up to the next one or the end of the sentence.
    private func clause(of index: Int, _ mentions: [Mention]) -> Range<Int> {
        let start = lastOfGroup(index, mentions).span.upperBound
        let next =
            mentions[index...].first { $0.start >= start && $0.group != mentions[index].group }?.start ?? text.count
        let limit = min(next, text.count, start + Self.reach / 2)
        return
            start..<max(
                start, (start..<max(start, limit)).first { text.units[$0] == 0x3002 || text.units[$0] == 0x0A } ?? limit
            )
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

    /// Whether a cadre of theirs and then, in a clause of its own, one of ours is spoken of.
    func isCadreAgainstOurs(_ end: Int, _ we: Int) -> Bool {
        guard PlaceCues.isCadre(after: end, in: text), text.units[we - 1] &- 0x4E00 >= 0x5200,
            PlaceCues.foul.first(in: end..<we, of: text) == nil
        else { return false }
        let after = we + max(ownSide(at: we), PlaceCues.we.begins(at: we, in: text))
        return PlaceCues.isCadre(after: after, in: text)
    }
}
