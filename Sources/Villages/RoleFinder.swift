internal import Messages

/// Says what part each place plays in its sentence.
struct RoleFinder {
    let text: NormalizedText
    /// The group's village, or nil.
    let home: Int?
    /// Where home's own name begins, with its length.
    let homes: [Int: Int]
    /// Where it ends.
    let homeEnds: Set<Int>
    /// 那里的村民让我帮忙发到这里: whether the words are somebody else's.
    private let isForOthers: Bool

    /// Reads a text in a group; `names` is where home's own name stands in it.
    init(text: NormalizedText, home: Int?, names: [Range<Int>]) {
        self.text = text
        self.home = home
        homes = Dictionary(names.map { ($0.lowerBound, $0.count) }, uniquingKeysWith: max)
        homeEnds = Set(names.map(\.upperBound))
        isForOthers = PlaceCues.forOthers.first(in: 0..<text.count, of: text) != nil
    }

    /// How far after a name its sentence is looked at, in units.
    static let reach = 40

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
            var role = role(of: mentions[first], end: mentions[last].span.upperBound, next: next)
            if role == .comparison,
                joinsUs(mentions[last].span.upperBound) || first < last && isHome(mentions[first...last])
            {
                role = .place
            }
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
        // 从青瓦到高坪村的班车: what leads from here is ours.
        if let home, left.places == [home], isLineFromHere(right.start, right.span.upperBound) { return false }
        guard left.span.upperBound <= right.start else { return false }
        let gap = left.span.upperBound..<right.start
        guard !gap.isEmpty else { return right.span.lowerBound == right.start }
        guard let joint = joint(gap, before: right),
            PlaceCues.enumeration.begins(at: joint.lowerBound, in: text, limit: joint.upperBound) == joint.count
        else { return false }
        return
            !(PlaceCues.pairBefore.ends(at: right.start, in: text) > 0
            && begins(PlaceCues.pairAfter, at: right.span.upperBound, within: 0))
    }

    /// What joins two names, without what both are called as parties (青瓦村村民委员会与被告高坪村村民委员会), and without 我们
    /// before home's own (高坪村还有我们青瓦，三个村的路).
    private func joint(_ gap: Range<Int>, before right: Mention) -> Range<Int>? {
        let start = gap.lowerBound + PlaceCues.bodyOfVillage.begins(at: gap.lowerBound, in: text, limit: gap.upperBound)
        var end = gap.upperBound - PlaceCues.parties.ends(at: gap.upperBound, in: text, from: start)
        if isHome([right]), begins(PlaceCues.bothVillages, at: right.span.upperBound, within: 2) {
            end -= PlaceCues.ownBefore.ends(at: end, in: text, from: start)
        }
        return start < end ? start..<end : nil
    }

    /// Whether one of some mentions is home by its name.
    private func isHome(_ mentions: some Sequence<Mention>) -> Bool {
        guard let home else { return false }
        return mentions.contains { $0.places.contains(home) }
    }

    /// 高坪村还有我们村，三个村的渠: said of all of them.
    private func joinsUs(_ end: Int) -> Bool {
        let joint = PlaceCues.enumeration.begins(at: end, in: text)
        let ours = joint > 0 ? PlaceCues.ours.begins(at: end + joint, in: text) : 0
        guard ours > 0 else { return false }
        return begins(PlaceCues.bothVillages, at: end + joint + ours, within: 1)
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
        // 幸好不在高坪村住了，那边井水一股柴油味: what is the matter there all the same.
        if PlaceCues.notBefore.ends(at: start, in: text) > 0 && !goesOnThere(end) || isAskedInPassing(start, end) {
            return .neighbour
        }
        // 从X村嫁到我们这: where one married to is one's own.
        if let home, mention.places.contains(home), PlaceCues.marriedBefore.ends(at: start, in: text) > 0 {
            return .own
        }
        // 柏木镇高坪村村民留言：…: who turns to a hotline.
        if !isUnit, start == 0, PlaceCues.callers.begins(at: end, in: text) > 0 {
            return home == nil ? .speaker : .place
        }
        if let role = besideRole(start, end) { return role }
        // 县长您好：柏木镇高坪村…: where the writer is.
        if !isUnit, !mention.within.isEmpty, PlaceCues.isLetter(before: start, in: text) { return .place }
        if let next, next.kind != .township, next.kind != .region, let role = personsRole(start, end) { return role }
        if mention.kind == .unlisted, isListedByDirection(start) { return .neighbour }
        if home != nil, mention.within.isEmpty, !isUnit, isHonoured(end) { return .comparison }
        // 来信人系高坪村村民，…: where no group is known, who writes is of the place.
        if home == nil, PlaceCues.writers.ends(at: start, in: text) > 0 { return .speaker }
        // 2016年嫁到岚溪县柏木镇高坪村，村里…: where no group is known, whoever married there lives there.
        if home == nil, !mention.within.isEmpty, PlaceCues.marriedBefore.ends(at: mention.start, in: text) > 0 {
            return .speaker
        }
        // 柏木镇高坪村的萝卜便宜卖: where no group is known, who offers something gives the address.
        if home == nil, !isUnit, !mention.within.isEmpty, isOffered(end) { return .place }
        // 我表哥在柏木镇高坪村租的厂房，…，让我问.
        if isForOthers, !isUnit, !mention.within.isEmpty { return .place }
        if isAway(start, end) { return .away }
        if isUnit {
            if PlaceCues.sentFrom.begins(at: end, in: text) > 0 { return .agent }
            if isOffice(mention) { return .agent }
            // 我是岚溪柏木镇的，镇上那条老街…: where no group is known, the speaker's own.
            if home == nil, PlaceCues.speakerBefore.ends(at: start, in: text) > 0 { return .speaker }
            // 请问岚溪县的高龄补贴: asked about it, not of it.
            if PlaceCues.towardsBefore.ends(at: start, in: text) > 0,
                PlaceCues.politely.ends(at: start, in: text) == 0
            {
                return .away
            }
            if isEnviedUnit(mention) { return .comparison }
            // 柏木镇垃圾中转站后侧那几户: where the speaker lives.
            if mention.kind == .township,
                PlaceCues.besideWorks.first(in: end..<min(text.count, end + 10), of: text) != nil
            {
                return .neighbour
            }
        } else {
            let link = PlaceCues.speakerBefore.ends(at: start, in: text)
            if link > 0, PlaceCues.kinElsewhere.ends(at: start - link, in: text) > 0 {
                // 俺姐家在高坪，人家补贴八百，俺们村才六百.
                let rest = end..<min(text.count, end + Self.reach)
                let isOurs = FirstPerson(text: text).strongest(in: rest).map { $0.sense > .observer } ?? false
                return home != nil && isOurs && !isForOthers ? .away : .place
            }
            if link > 0 {
                // 我娘家在高坪村，那边早发了，我们这里还没有.
                let isSetAgainst =
                    PlaceCues.parentsHome.ends(at: start, in: text) > 0
                    && isContrasted(end, next: next, isUnit: false)
                return isSetAgainst || livesHere(end) ? .away : .speaker
            }
            if isLeftOut(end) { return .comparison }
            if PlaceCues.ownBefore.ends(at: start, in: text) > 0 {
                // 我们高坪的人去帮忙: the matter is where they went.
                return PlaceCues.onlookers.begins(at: end, in: text) > 0 ? .neighbour : .own
            }
        }
        // 柏木镇高坪村，俺们村的桥断了: who one is, before what is said.
        if !isUnit, home == nil || !mention.within.isEmpty {
            let comma = end + PlaceCues.ofVillage.begins(at: end, in: text)
            if comma < text.count, text.units[comma] == 0x2C,
                FirstPerson(text: text).villageLength(at: comma + 1) > 0
            {
                return .own
            }
        }
        // 有没有高坪村的人在群里？你们村… tells them something.
        if PlaceCues.inTheChat.begins(at: end, in: text) > 0, PlaceCues.whoIs.ends(at: start, in: text) == 0 {
            return .neighbour
        }
        if fallsOnUs(end), !isOwnCadres(end), !isForOthers { return .source }
        if home != nil, isPraised(end, next: next) || isGoodCadre(end) { return .comparison }
        if isForOthers, !isUnit { return .place }
        // 岚溪县柏木镇高坪村安置房逾期两年，我们一直租房住: a letter gives its own address in full.
        if home == nil, !mention.within.isEmpty { return .place }
        // Nobody compares where no side is known and none is spoken of.
        if home == nil, FirstPerson(text: text).strongest(in: 0..<text.count).map({ $0.sense > .observer }) != true {
            return .place
        }
        return isContrasted(end, next: next, isUnit: isUnit) || isComparedToUs(end) ? .comparison : .place
    }

    /// 听说高坪村选了个年轻的书记，真好: nothing is the matter there, up to the end of the sentence.
    private func isPraised(_ end: Int, next: Mention?) -> Bool {
        let limit = min(text.count, next?.start ?? text.count, end + Self.reach)
        let clause =
            end..<max(
                end, (end..<max(end, limit)).first { text.units[$0] == 0x3002 || text.units[$0] == 0x0A } ?? limit)
        return PlaceCues.praisedAtEnd.first(in: clause, of: text) != nil
            && PlaceCues.trouble.first(in: clause, of: text) == nil
    }

    /// 喜报！高坪村入选市级示范村: and nothing is the matter anywhere.
    private func isHonoured(_ end: Int) -> Bool {
        let near = end..<min(text.count, end + Self.reach)
        return
            (PlaceCues.honours.first(in: end..<min(text.count, end + 10), of: text) != nil
            || PlaceCues.lookAtThem.first(in: end..<min(text.count, end + Self.reach), of: text) != nil)
            && PlaceCues.foul.first(in: near, of: text) == nil && PlaceCues.trouble.first(in: near, of: text) == nil
    }

    /// 东为越王村，西李家村，北与…相邻: one of those around, without a word.
    private func isListedByDirection(_ start: Int) -> Bool {
        guard start > 0, text.units[start - 1] == 0x2C, start < text.count,
            PlaceCues.directions.contains(text.units[start])
        else { return false }
        return PlaceCues.aroundBefore.first(
            in: max(0, start - Self.reach * 2)..<min(text.count, start + Self.reach * 2), of: text) != nil
    }

    /// 高坪村的书记倒是勤快: nothing that he is accused of.
    private func isGoodCadre(_ end: Int) -> Bool {
        guard PlaceCues.isCadre(after: end, in: text) else { return false }
        let rest = end..<min(text.count, end + Self.reach / 2)
        return PlaceCues.goodCadre.first(in: rest, of: text) != nil
            && PlaceCues.foul.first(in: rest, of: text) == nil
    }

    /// 高坪村的会计把我家的补贴打错了: whose cadres deal with what is mine is where I live.
    private func isOwnCadres(_ end: Int) -> Bool {
        PlaceCues.isDebtor(after: end, in: text)
            || PlaceCues.isCadre(after: end, in: text)
                && FirstPerson(text: text).strongest(in: 0..<text.count).map { $0.sense == .place } != true
    }

    /// 停电了，你们高庙村停了没: others are asked about what is the matter here.
    private func isAskedInPassing(_ start: Int, _ end: Int) -> Bool {
        if PlaceCues.whoIs.ends(at: start, in: text) > 0, PlaceCues.theirPeople.begins(at: end, in: text) > 0,
            asksAfter(end)
        {
            return true
        }
        // 有没有高坪村的？帮我带包药.
        if PlaceCues.whoIs.ends(at: start, in: text) > 0, end < text.count, text.units[end] == 0x7684,
            end + 1 == text.count || text.units[end + 1] &- 0x4E00 >= 0x5200,
            PlaceCues.youBefore.first(in: end..<text.count, of: text) == nil
        {
            return true
        }
        guard start > 4, PlaceCues.youBefore.ends(at: start, in: text) > 0 else { return false }
        return asksAfter(start)
    }

    /// Whether the text ends in a question.
    private func asksAfter(_ start: Int) -> Bool {
        var last = text.count
        while last > start, text.units[last - 1] &- 0x4E00 >= 0x5200 { last -= 1 }
        return PlaceCues.questionEnds.ends(at: last, in: text, from: start) > 0
    }

    /// The length of words for the speaker's village at a place, its own name among them; 0 where there are none.
    func ownSide(at place: Int) -> Int {
        let words = max(
            PlaceCues.ours.begins(at: place, in: text), FirstPerson(text: text).villageLength(at: place))
        return max(words, homes[place] ?? 0)
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
        let isTowards =
            PlaceCues.towardsBefore.ends(at: mention.start, in: text) > 0
            && PlaceCues.politely.ends(at: mention.start, in: text) == 0
        if mention.kind == .region || isTowards { return true }
        // 柏木镇政府电话打了一上午没人接: complained of.
        let rest = end + length..<max(end + length, min(text.count, end + length + 18))
        if mention.kind == .township,
            PlaceCues.officesFaults.first(in: rest, of: text) != nil
                || PlaceCues.besideOffice.first(in: rest, of: text) != nil
        {
            return false
        }
        // 说 and the like are offices' words themselves (柏木镇说马上修).
        if PlaceCues.dealing.begins(at: end, in: text) >= length { return true }
        let limit = max(end + length, min(text.count, end + 18))
        let clause =
            end + length..<((end..<limit).first { text.units[$0] == 0x3002 || text.units[$0] == 0x0A } ?? limit)
        return PlaceCues.dealing.first(in: clause, of: text) != nil
    }

    /// 小溪镇那边都装天然气了: another township that nothing is the matter with.
    private func isEnviedUnit(_ mention: Mention) -> Bool {
        let end = mention.span.upperBound
        let side = PlaceCues.sideWords.begins(at: end, in: text)
        guard home != nil, mention.kind == .township, side > 1,
            PlaceCues.already.begins(at: end + side, in: text) > 0
        else { return false }
        if PlaceCues.having.first(in: end..<min(text.count, end + 12), of: text) != nil { return true }
        return PlaceCues.trouble.first(in: end..<min(text.count, end + 12), of: text) == nil
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

    /// X村的污水流到我们这里, X村的人来我们村倒垃圾: ours is the place, X the source.
    func fallsOnUs(_ end: Int) -> Bool {
        let limit = min(text.count, end + Self.reach)
        for place in end..<limit {
            if text.units[place] == 0x3002 || text.units[place] == 0x0A { return false }
            // 能不能在咱这儿反映: in this chat.
            if PlaceCues.toldHere.begins(at: place, in: text) > 0 { continue }
            // X村到我们村的路 lies in both: `includesHome`.
            if ownSide(at: place) > 0,
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
            // 一条水泥路通到家门口: where nobody's village is known, nobody's door is ours.
            guard home != nil else { continue }
            if PlaceCues.hither.begins(at: place, in: text) > 0 { return true }
            if PlaceCues.here.begins(at: place, in: text) > 0 || PlaceCues.oursAlone.begins(at: place, in: text) > 0,
                PlaceCues.ontoHere.ends(at: place, in: text, from: end) > 0
            {
                return true
            }
        }
        return false
    }

    /// Whether one of the words begins at most so many units after a place.
    func begins(_ words: WordSet, at place: Int, within distance: Int) -> Bool {
        (0...distance).contains { words.begins(at: place + $0, in: text) > 0 }
    }
}
