internal import Messages

/// A county, city or province that home does not lie in.
struct ForeignRegion {
    /// Where its name ends.
    let end: Int
    /// False for what only looks like the name of a county (听说县…).
    let isSure: Bool
}

/// What counties, cities and provinces in a text come to.
extension Weighing {
    /// How far behind the name of a region what is named lies in it, in units.
    private static let regionReach = 16

    /// Where the names of regions end that home does not lie in, or that the gazetteer doesn't know (贵州省某县).
    func foreignRegions() -> [ForeignRegion] {
        var found: [ForeignRegion] = []
        for place in 1..<max(1, text.count) {
            if let home = reading.home, isProvince(endingAt: place, otherThanOf: home) {
                found.append(ForeignRegion(end: place, isSure: true))
            } else if isUnknownRegion(endingAt: place) {
                found.append(ForeignRegion(end: place + 1, isSure: text.units[place] == 0x7701))
            }
        }
        if let home = reading.home {
            found += mentions.filter { mention in
                mention.kind == .region && !mention.places.contains { gazetteer.isWithin(home, $0) }
            }.map { ForeignRegion(end: $0.span.upperBound, isSure: true) }
        }
        return found
    }

    /// Whether the name of a province ends at a place, and home lies in another.
    private func isProvince(endingAt place: Int, otherThanOf home: Int) -> Bool {
        let length = PlaceCues.provinces.ends(at: place, in: text)
        guard length > 0, !isInName(place - 1) else {
            return false
        }
        let start = place - length
        let isFirst =
            start == 0 || !text.gaps[start].isEmpty || text.units[start - 1] &- 0x4E00 >= 0x5200
            || PlaceCues.openers.ends(at: start, in: text) > 0
        guard isFirst || text.units[place] == 0x7701 else { return false }
        return !provinceName(of: home).utf16.starts(with: text.units[start..<place])
    }

    /// 云南那边也有个老鹰岩村: whether the text names a province, and not that of a place.
    func isInOtherProvince(_ place: Int) -> Bool {
        let name = provinceName(of: place)
        return (0..<text.count).contains { start in
            let length = PlaceCues.provinces.begins(at: start, in: text)
            return length > 0 && !isInName(start) && !name.utf16.starts(with: text.units[start..<start + length])
        }
    }

    /// The province of a place; lists of a county have none, but the first two digits of the codes tell.
    private func provinceName(of place: Int) -> String {
        if let province = gazetteer.unit(.province, of: place), !gazetteer.places[province].isUnnamed {
            return gazetteer.name(of: province)
        }
        return PlaceCues.provincesByCode[String(gazetteer.codes[place].prefix(2))] ?? ""
    }

    /// 连坡县的张先生说…: a county that no list knows; what is named after it lies there.
    private func isUnknownRegion(endingAt place: Int) -> Bool {
        guard place >= 2 else { return false }
        let unit = text.units[place]
        guard unit == 0x53BF || unit == 0x5E02 || unit == 0x7701, text.gaps[place].isEmpty,
            (place - 2..<place).allSatisfy({ text.units[$0] &- 0x4E00 < 0x5200 }),
            PlaceCues.noUnit.ends(at: place + 1, in: text) == 0,
            // 建议县里增加号源.
            place + 1 == text.count || !PlaceCues.afterOwnUnit.contains(text.units[place + 1])
        else { return false }
        let isFirst =
            place == 2 || text.units[place - 3] &- 0x4E00 >= 0x5200 || !text.gaps[place - 2].isEmpty
            // 河南省开封市: behind the province that it lies in.
            || text.units[place - 3] == 0x7701
            || PlaceCues.openers.ends(at: place - 2, in: text) > 0
        return isFirst && !isInName(place)
    }

    /// Whether a unit of the text belongs to a mention; they stand in text order.
    private func isInName(_ place: Int) -> Bool {
        var low = 0
        var high = mentions.count
        while low < high {
            let middle = (low + high) / 2
            if mentions[middle].span.upperBound <= place { low = middle + 1 } else { high = middle }
        }
        return low < mentions.count && mentions[low].start <= place
    }

    /// Whether a village lies where home does not: news from elsewhere moves nothing.
    ///
    /// 贵州省某县大坪村 is not the 大坪村 of home's county. What is said with a township or county that the list knows is
    /// believed, unless it sounds like news.
    func isAbroad(_ mention: Mention) -> Bool {
        guard let home = reading.home, mention.kind != .region else { return false }
        if !mention.within.isEmpty {
            // The township or county that the list knows: believed, unless it lies elsewhere and sounds like news.
            let isNear = mention.within.contains { gazetteer.isWithin(home, $0) || gazetteer.shareCounty(home, $0) }
            return !isNear && PlaceCues.news.first(in: 0..<text.count, of: text) != nil
        }
        guard !abroad.isEmpty else { return false }
        let start = mention.span.lowerBound
        return abroad.contains { region in
            region.end <= start && start - region.end <= Self.regionReach
                && (region.isSure || region.end == start || PlaceCues.unitEnds.ends(at: start, in: text) > 0)
                && !(region.end..<start).contains { Self.endsClause(text.units[$0]) }
        }
    }

    private static func endsClause(_ unit: UInt16) -> Bool {
        unit == 0x2C || unit == 0x3002 || unit == 0x3B || unit == 0x21 || unit == 0x3F || unit == 0x0A
    }

    /// 岚溪县教育局招聘教师的名单一直不公示: what a county's office does for the whole county.
    private func isCountysBusiness(_ mention: Mention) -> Bool {
        let end = mention.span.upperBound
        let rest = end..<max(end, text.count)
        guard mention.role == .agent || mention.role == .away && isBureau(mention) else { return false }
        return PlaceCues.countysBusiness.first(in: rest, of: text) != nil
    }

    /// 宁河县公安局网上预约…: a bureau right behind the name, though people go there.
    private func isBureau(_ mention: Mention) -> Bool {
        let end = mention.span.upperBound
        return (end..<min(text.count, end + 5)).contains { text.units[$0] == 0x5C40 }
    }

    /// The one county that is named and nothing below it, home's own where that is known.
    func unitAlone(_ mentions: [Mention]) -> Resolution? {
        if let home = reading.home {
            let counties = mentions.filter {
                $0.kind == .region && ($0.role == .place || isCountysBusiness($0))
                    && ($0.span.count > 2 || PlaceCues.afterCounty.begins(at: $0.span.upperBound, in: text) > 0)
            }
            // 萧山区医院的专家什么时候下乡: what the county runs, and isn't complained of itself.
            if counties.contains(where: { mention in
                PlaceCues.afterCounty.begins(at: mention.span.upperBound, in: text) > 0
                    && !PlaceCues.isCountysOwn(after: mention.span.upperBound, isSubject: true, in: text)
            }) {
                return nil
            }
            // 信阳市浉河区: the county, and what it lies in before it.
            guard
                let county = counties.compactMap(\.places.first).first(where: { gazetteer.places[$0].level == .county }
                ),
                mentions.count == counties.count,
                counties.allSatisfy({ $0.places.count == 1 && gazetteer.isWithin(county, $0.places[0]) }),
                gazetteer.isWithin(home, county), PlaceCues.ours.first(in: 0..<text.count, of: text) == nil,
                PlaceCues.villageSelf.first(in: 0..<text.count, of: text) == nil,
                // 我在柏木县城租房: only where the speaker is.
                FirstPerson(text: text).strongest(in: 0..<text.count) == nil
            else { return nil }
            let spans = counties.prefix(Self.spanLimit).map { text.original($0.span) }
            return Resolution(attribution: attribution([county], .parent, 0.6, spans, .q), reasons: [.county])
        }
        let counties = mentions.filter { mention in
            mention.kind == .region && mention.span.count > 2
                && (mention.role == .place || mention.role == .agent || isBureau(mention))
                && mention.places.allSatisfy { gazetteer.places[$0].level == .county }
        }
        let units = Set(counties.flatMap(\.places))
        guard units.count == 1, let unit = units.first, abroad.isEmpty, !isInOtherProvince(unit),
            mentions.allSatisfy({ $0.kind == .region })
        else { return nil }
        let spans = counties.prefix(Self.spanLimit).map { text.original($0.span) }
        return Resolution(attribution: attribution([unit], .parent, 0.5, spans, .q), reasons: [.county])
    }
}
