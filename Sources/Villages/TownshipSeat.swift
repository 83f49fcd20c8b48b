internal import Messages

/// What belongs to the township or county as a whole: 镇区公厕, 镇卫生院, 306路公交车, 全镇停电.
struct TownshipSeat {
    let text: NormalizedText

    /// The words that say so; whether they speak of the county.
    struct Found {
        let span: Range<Int>
        let isCounty: Bool
    }

    /// Where a text speaks of the township or county; nil where it does not, or as of an office that deals with something.
    func found() -> Found? {
        let all = 0..<text.count
        // 6路车到我们村口就掉头 is ours.
        guard PlaceCues.ours.first(in: all, of: text) == nil else { return nil }
        if let place = PlaceCues.above.first(in: all, of: text), place > 0, text.units[place - 1] &- 0x30 < 10 {
            return Found(span: place - 1..<place + PlaceCues.above.begins(at: place, in: text), isCounty: false)
        }
        if let place = busLine(),
            PlaceCues.bus.first(in: all, of: text) != nil
                || PlaceCues.runs.first(in: place..<min(text.count, place + 16), of: text) != nil
        {
            return Found(span: place - 1..<place + 1, isCounty: false)
        }
        guard !isOurs, !isInvitation else { return nil }
        return whole() ?? facility() ?? built() ?? bare()
    }

    /// 不是咱村的事，是县里的事: whose it is, in so many words; nil where the text doesn't say so.
    func saidToBeAbove() -> Found? {
        let all = 0..<text.count
        guard let word = PlaceCues.notTheVillages.first(in: all, of: text) else { return nil }
        let rest = word + PlaceCues.notTheVillages.begins(at: word, in: text)..<text.count
        guard let above = rest.first(where: { PlaceCues.aboveIt.begins(at: $0, in: text) > 0 }) else { return nil }
        let end = above + PlaceCues.aboveIt.begins(at: above, in: text)
        return Found(span: above..<end, isCounty: text.units[above..<end].contains(0x53BF))
    }

    /// Where the text speaks of the speaker's village too, that is the place.
    private var isOurs: Bool {
        let all = 0..<text.count
        return PlaceCues.ours.first(in: all, of: text) != nil || PlaceCues.villageSelf.first(in: all, of: text) != nil
    }

    /// 镇区的补习班推荐一个: nothing is the matter.
    private var isInvitation: Bool {
        let all = 0..<text.count
        return PlaceCues.invitations.first(in: all, of: text) != nil
            && PlaceCues.foul.first(in: all, of: text) == nil
    }

    /// 全镇停电.
    private func whole() -> Found? {
        for place in 0..<text.count {
            let town = PlaceCues.wholeTownship.begins(at: place, in: text)
            let county = town == 0 ? PlaceCues.wholeCounty.begins(at: place, in: text) : 0
            guard town + county > 0, place == 0 || PlaceCues.seatTowards.ends(at: place, in: text) == 0 else {
                continue
            }
            // 全镇最差的村, 全县都修了就剩这里.
            guard PlaceCues.afterWhole.begins(at: place + town + county, in: text) == 0 else { continue }
            return Found(span: place..<place + town + county, isCounty: county > 0)
        }
        return nil
    }

    /// 镇区的路灯, 集镇上的下水道, 镇上那家快递点.
    private func built() -> Found? {
        guard
            let place = (0..<text.count).first(where: { PlaceCues.seat.begins(at: $0, in: text) > 0 && !endsName($0) }),
            PlaceCues.seatTowards.ends(at: place, in: text) == 0
        else { return nil }
        let length = PlaceCues.seat.begins(at: place, in: text)
        let end = place + length
        if PlaceCues.seatOnTop.begins(at: place, in: text) > 0 {
            guard isFirst(place) || PlaceCues.timeBefore.ends(at: place, in: text) > 0,
                PlaceCues.peopleOfSeat.begins(at: end, in: text) == 0
            else { return nil }
            if PlaceCues.seatWithFacility.begins(at: place, in: text) > 0,
                PlaceCues.facility.first(in: end..<min(text.count, end + 8), of: text) == nil
                    || PlaceCues.sentToVillages.first(in: end..<min(text.count, end + 6), of: text) != nil
            {
                return nil
            }
        }
        return Found(span: place..<end, isCounty: false)
    }

    /// 马集镇 has 集镇 in it by chance.
    private func endsName(_ place: Int) -> Bool {
        let unit = text.units[place]
        return (unit == 0x96C6 || unit == 0x5729 || unit == 0x573A) && !isFirst(place)
    }

    /// 镇卫生院, 乡里的信用社, 县医院: with the word for the unit before it.
    private func facility() -> Found? {
        for place in 0..<text.count {
            let unit = text.units[place]
            // 镇 乡 县 旗 木 (苏木)
            guard unit == 0x9547 || unit == 0x4E61 || unit == 0x53BF || unit == 0x65D7 || unit == 0x6728 else {
                continue
            }
            var start = unit == 0x6728 && place > 0 && text.units[place - 1] == 0x82CF ? place - 1 : place
            if unit == 0x6728, start == place { continue }
            // 乡镇那个便民大厅.
            if unit == 0x9547, place > 0, text.units[place - 1] == 0x4E61 { start = place - 1 }
            guard isFirst(start) else { continue }
            let isCounty = unit == 0x53BF || unit == 0x65D7
            let after = place + 1 + PlaceCues.seatLink.begins(at: place + 1, in: text)
            let length = (isCounty ? PlaceCues.countyFacility : PlaceCues.townFacility).begins(at: after, in: text)
            if length == 0, !isCounty, let office = office(at: after) {
                return Found(span: start..<office, isCounty: false)
            }
            guard length > 0 || !isCounty && leadsToBus(place + 1) else { continue }
            // 派出所 that deals with something is no place.
            let end = after + length
            if PlaceCues.besideFacility.begins(at: end, in: text) > 0 { continue }
            // 县医院的专家什么时候下乡: only what is complained of itself is the county's.
            if isCounty, !PlaceCues.isCountysOwn(after: end, isSubject: beginsClause(start), in: text) || ownsThing {
                continue
            }
            if length > 0, text.units[end - 1] == 0x6240 || text.units[end - 1] == 0x5EAD,
                PlaceCues.officesFaults.first(in: end..<min(text.count, end + 12), of: text) == nil || ownsThing,
                PlaceCues.dealing.first(in: end..<min(text.count, end + 12), of: text) != nil
            {
                continue
            }
            return Found(span: start..<end, isCounty: isCounty)
        }
        return nil
    }

    /// 派出所的电话没人接, 中心校的校车超载: what a township has one of, first in the text, and something is the matter with it.
    private func bare() -> Found? {
        let length = PlaceCues.onlyOne.begins(at: 0, in: text)
        guard length > 0, !ownsThing, PlaceCues.toVillage.first(in: length..<text.count, of: text) == nil,
            PlaceCues.besideFacility.begins(at: length, in: text) == 0
        else { return nil }
        let clause = length..<min(text.count, length + 24)
        let isOffice = PlaceCues.onlyOneOffice.begins(at: 0, in: text) > 0
        let faults = isOffice ? PlaceCues.officesFaults : PlaceCues.matter
        // 民政办的人说下午不办公: what is said of those who work there.
        let isFault =
            clause.contains { faults.begins(at: $0, in: text) > 0 && PlaceCues.noMatter.begins(at: $0, in: text) == 0 }
        return isFault ? Found(span: 0..<length, isCounty: false) : nil
    }

    /// Where an office ends that is complained of itself: 乡政府窗口的人嗑瓜子; nil where it only deals with something.
    private func office(at place: Int) -> Int? {
        let length = PlaceCues.seatOffices.begins(at: place, in: text)
        guard length > 0 else { return nil }
        let end = place + length
        let clause = end..<min(text.count, end + 18)
        let faults = PlaceCues.officials.ends(at: end, in: text) > 0 ? PlaceCues.mannersFaults : PlaceCues.officesFaults
        return faults.first(in: clause, of: text) == nil || ownsThing ? nil : end
    }

    /// Whether the text speaks of what is the speaker's own, so that the office is only where it was taken to.
    private var ownsThing: Bool {
        FirstPerson(text: text).ownsThing
    }

    /// 苏木通往旗里的班车.
    private func leadsToBus(_ place: Int) -> Bool {
        let length = PlaceCues.leadsTo.begins(at: place, in: text)
        return length > 0 && PlaceCues.bus.first(in: place..<min(text.count, place + 12), of: text) != nil
    }

    private func isFirst(_ place: Int) -> Bool {
        beginsClause(place) || PlaceCues.openers.ends(at: place, in: text) > 0
    }

    private func beginsClause(_ place: Int) -> Bool {
        place == 0 || !text.gaps[place].isEmpty || text.units[place - 1] &- 0x4E00 >= 0x5200
    }

    /// Where the 路 of a bus line's number stands.
    private func busLine() -> Int? {
        (1..<max(1, text.count)).first { place in
            text.units[place - 1] &- 0x30 < 10 && PlaceCues.busLine.begins(at: place, in: text) > 0
                && PlaceCues.noBusLine.begins(at: place, in: text) == 0
        }
    }
}
