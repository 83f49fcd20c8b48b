internal import Messages

/// What the words around the villages' names say, as the model has learned it, set against what the rules came to.
///
/// The rules know frames; where another village stands in a frame that they don't know they take it for the place, and where it
/// stands in one that misleads they pass it over. Where the model is sure of the contrary it decides, where it leans there the text
/// is left to a person.
extension Weighing {
    /// From which log-odds on a village is the place although the rules stay at home, and from which on that is open.
    private static let overHome = (there: 1.0, open: 0.0)
    /// Up to which log-odds a village is not the place although the rules say so, and up to which that is open.
    private static let overPlace = (home: -0.75, open: 0.25)
    /// The same for one that is said with its township (柏木镇高坪村): people say so of what they mean.
    private static let overLed = -1.5
    /// The same as `overHome` for a stem that the rules make no place of.
    private static let overStem = (there: 1.0, open: 0.0)
    /// The same for what the rules know as the cause; a neighbour (隔壁X村) or a comparison (像X村那样) is never the place by the words
    /// alone, but may be open.
    private static let overCause = (there: 2.0, open: 0.75)
    private static let overNeighbour = (there: Double.infinity, open: 1.5)
    private static let overComparison = (there: Double.infinity, open: 0.75)
    /// What settles a text that the rules leave open between home and another village.
    private static let settling = (there: 1.0, home: -1.0)
    /// Of several villages that stand as equals: up to where all must come for home to be the place, from where on one is singled
    /// out and up to where the others must come then, and from where on the second must come for all of them to be meant.
    private static let equals = (home: -1.5, one: 0.5, others: -0.5, all: -0.5)
    /// Up to where all of one enumeration (青瓦、高坪两村) must come for home to be the place.
    private static let ofEnumeration = -2.0
    /// The same where home is one of two that are no enumeration: up to where it is the place, and from where on both are or the other.
    private static let withHome = (home: -0.75, both: 0.5, there: 2.0)

    /// Longer texts are reports: the model was taught messages and letters.
    static let longest = 300
    /// More villages than this are a list.
    private static let mostVillages = 4

    /// A village other than home that the text names.
    private struct Candidate {
        let place: Int
        let mention: Mention
        /// The log-odds that the matter lies there.
        let odds: Double
        /// Whether it is a stem that the rules make no place of.
        let isBare: Bool
    }

    /// The resolution after the words around the names were heard; nil leaves the text to home, as before.
    func heard(_ result: Resolution?, _ model: PlaceModel) -> Resolution? {
        let candidates = candidates(beside: result, model)
        guard let first = candidates.max(by: { $0.odds < $1.odds }) else { return result }
        guard let home else {
            guard let result, result.reasons.first == .several else { return result }
            return heard(result, ofSeveral: candidates)
        }
        let code = result?.attribution?.code
        let homes = gazetteer.codes[Int(gazetteer.places[home].today)]
        if result == nil || code == homes {
            let passing = candidates.filter { $0.odds >= threshold(over: $0).open }
            guard let first = passing.max(by: { $0.odds < $1.odds }) else { return result }
            if let all = allOf(passing) { return all }
            return isThere(first, from: threshold(over: first).there, among: passing) ? there(first) : open(candidates)
        }
        if let chosen = candidates.first(where: { codeOfToday($0.place) == code }) {
            let others = candidates.filter { $0.place != chosen.place }.map(\.odds).max() ?? -.infinity
            let floor = chosen.mention.within.isEmpty ? Self.overPlace.open : Self.overLed
            if chosen.odds > floor, others < chosen.odds { return result }
            // 我表哥家在高坪村，…，叫我帮他在群里问: for somebody there.
            if isHomeDenied || isMeant(chosen.mention) || isForOthers || isSeenOnTheWay(chosen.mention)
                || isCaller(chosen.mention)
                || isSubject(chosen.mention) && chosen.odds > Self.overPlace.home
            {
                return result
            }
            if first.odds <= Self.overPlace.home { return atHome(candidates) }
            return isThere(first, from: Self.overHome.there, among: candidates) ? there(first) : open(candidates)
        }
        // A village that the words were not asked about.
        if let result, result.attribution == nil,
            !Set(result.candidates).isSubset(of: candidates.map { codeOfToday($0.place) } + [homes])
        {
            return result
        }
        if result?.attribution?.basis == .text { return result }
        if let result, result.attribution?.basis == .parent { return heard(result, ofSeveral: candidates) }
        if first.odds <= Self.settling.home { return atHome(candidates) }
        return isThere(first, from: Self.settling.there, among: candidates) ? there(first) : result
    }

    /// From where on home yields to a village: what a rule knows as neighbour, cause or comparison must be surer.
    private func threshold(over candidate: Candidate) -> (there: Double, open: Double) {
        switch candidate.mention.role {
        case .source: Self.overCause
        case .neighbour:
            // 我们村靠近高坪村那头的水渠塌了.
            FirstPerson(text: text).strongest(in: 0..<text.count)?.sense == .place || isOursBeside(candidate.mention)
                ? (.infinity, .infinity) : Self.overNeighbour
        case .comparison: Self.overComparison
        case .place, .own, .speaker, .away, .agent: candidate.isBare ? Self.overStem : Self.overHome
        }
    }

    /// 我们靠近高坪村的那段: said of what is ours.
    private func isOursBeside(_ mention: Mention) -> Bool {
        let near = PlaceCues.beside.ends(at: mention.start, in: text)
        return near > 0 && PlaceCues.we.ends(at: mention.start - near, in: text) > 0
    }

    /// Whether the words alone make a village the place: its log-odds reach a floor, no other's come near, and no rule knows it as
    /// a neighbour or a comparison.
    private func isThere(_ candidate: Candidate, from floor: Double, among all: [Candidate]) -> Bool {
        candidate.odds >= floor && threshold(over: candidate).there.isFinite
            && all.allSatisfy { $0.place == candidate.place || $0.odds <= Self.overHome.open }
    }

    /// 通往青瓦村和高坪村的客车停了，两个村的老人都出不了门: the unit of one enumeration, each of which comes to the place.
    private func allOf(_ candidates: [Candidate]) -> Resolution? {
        guard candidates.count > 1, Set(candidates.map(\.mention.group)).count == 1,
            Set(candidates.map(\.isBare)).count == 1,
            candidates.allSatisfy({ $0.odds >= threshold(over: $0).there }),
            let unit = gazetteer.commonUnit(Set(candidates.map(\.place)))
        else { return nil }
        let spans = candidates.map { text.original($0.mention.span) }
        return Resolution(
            attribution: attribution([unit], .parent, 0.7, spans, .c), reasons: [.wordsAround, .several],
            candidates: codes(Set(candidates.map(\.place))))
    }

    /// What several villages come to that the rules take for equals: one of them, home, all, or nothing.
    ///
    /// In a letter without a group one is singled out, or all stand as before.
    private func heard(_ result: Resolution, ofSeveral candidates: [Candidate]) -> Resolution {
        let odds = candidates.map(\.odds).sorted(by: >)
        guard let first = candidates.max(by: { $0.odds < $1.odds }) else { return result }
        let mayBePlace = threshold(over: first).there.isFinite
        let isWithHome =
            mentions.contains { $0.role == .own || home.map($0.places.contains) ?? false } || !homeNames.isEmpty
        if isEnumeration, !first.isBare {
            return first.odds <= Self.ofEnumeration && !isWithHome ? atHome(candidates) ?? result : result
        }
        if odds.count == 1 {
            // 青瓦村修好了，高坪村还没有, written in one of the two.
            guard isWithHome, let atHome = atHome(candidates) else { return result }
            if first.odds <= Self.withHome.home { return atHome }
            if first.odds >= Self.withHome.there, mayBePlace { return there(first) }
            return first.odds >= Self.withHome.both ? result : open(candidates)
        }
        if home != nil, first.odds <= Self.equals.home { return atHome(candidates) ?? result }
        if first.odds >= Self.equals.one, odds[1] <= Self.equals.others, mayBePlace { return there(first) }
        return home == nil || odds[1] >= Self.equals.all ? result : open(candidates)
    }

    /// Whether the result is one that turns on which village is meant: home, one village, several, or nothing as it may be either.
    private func isOpenToWords(_ result: Resolution?) -> Bool {
        // What a person taught is not for a model to doubt.
        guard !mentions.contains(where: { $0.includesHome || $0.isTaught }) else { return false }
        guard let result else { return true }
        guard let attribution = result.attribution else {
            return result.reasons.contains(.conflict) || home != nil && result.reasons == [.ambiguous]
        }
        switch attribution.basis {
        case .group, .text: return true
        case .township: return false
        case .parent: return result.reasons.first == .several
        }
    }

    /// 青瓦、高坪两村: whether all places named stand in one enumeration, as equals; one that is named again by itself does not.
    private var isEnumeration: Bool {
        let equals = mentions.filter { ($0.role == .place || $0.role == .own) && isVillage($0) && !$0.isUncued }
        let groups = Set(equals.map(\.group))
        guard groups.count > 1 else { return groups.count == 1 }
        // 青瓦村和高坪村的名单对不上，青瓦多了三个，高坪少了五个: all of them again, each by itself.
        let all = Set(equals.compactMap(\.places.first))
        let group = groups.sorted().first { group in
            Set(equals.filter { $0.group == group }.compactMap(\.places.first)) == all
        }
        let again = mentions.filter { isVillage($0) && $0.group != group }.compactMap(\.places.first)
        return group != nil && all.count > 1 && Set(again) == all
    }

    /// 不是我们青瓦村: home is named to say that it is not meant.
    private var isHomeDenied: Bool {
        homeNames.contains { name in
            let ours = PlaceCues.ownBefore.ends(at: name.lowerBound, in: text)
            return PlaceCues.notBefore.ends(at: name.lowerBound - ours, in: text) > 0
        }
    }

    /// 今天从高坪村过，桥头那个坑…: what one saw in passing.
    private func isSeenOnTheWay(_ mention: Mention) -> Bool {
        let end = mention.span.upperBound
        return PlaceCues.wayFrom.ends(at: mention.start, in: text) > 0 && end + 1 < text.count
            && text.units[end] == 0x8FC7 && text.units[end + 1] == 0x2C
    }

    /// 高坪村的大棚项目是谁批的: what a text begins with that says nothing of the speaker.
    private func isSubject(_ mention: Mention) -> Bool {
        let end = mention.span.upperBound
        guard mention.start == 0, !mention.isUncued, mention.kind == .village, end < text.count else { return false }
        return
            (text.units[end] == 0x7684 || PlaceCues.committees.begins(at: end, in: text) > 0
            || PlaceCues.villageOffices.begins(at: end, in: text) > 0)
            && (FirstPerson(text: text).strongest(in: 0..<text.count)?.sense ?? .observer) == .observer
    }

    private var isForOthers: Bool { PlaceCues.forOthers.first(in: 0..<text.count, of: text) != nil }

    private func codeOfToday(_ place: Int) -> String { gazetteer.codes[Int(gazetteer.places[place].today)] }

    /// The villages that the text names beside home, with what the words around them say; none where they have no say.
    private func candidates(beside result: Resolution?, _ model: PlaceModel) -> [Candidate] {
        guard text.count <= Self.longest, isOpenToWords(result) else { return [] }
        if let home, gazetteer.places[home].level != .village || reading.isHomeGuessed { return [] }
        var found: [Int: (mention: Mention, isBare: Bool)] = [:]
        var order: [Int] = []
        func add(_ place: Int, _ mention: Mention, isBare: Bool) {
            guard let known = found[place] else {
                found[place] = (mention, isBare)
                return order.append(place)
            }
            // 隔壁高坪村…，高坪村的…: what says most of the place counts.
            if Self.rank(mention, isBare: isBare) > Self.rank(known.mention, isBare: known.isBare) {
                found[place] = (mention, isBare)
            }
        }
        for (mention, choice) in choices {
            guard let place = village(mention, choice) else { continue }
            let isPlace = if case .place = choice { true } else { false }
            add(place, mention, isBare: mention.isUncued && !isPlace)
        }
        for mention in stems where order.count < Self.mostVillages || found[mention.places[0]] != nil {
            add(mention.places[0], mention, isBare: true)
        }
        guard (1...Self.mostVillages).contains(order.count) else { return [] }
        let signs = PlaceSigns(text: text, names: names(order), hasHome: home != nil)
        return order.enumerated().compactMap { number, place in
            found[place].map {
                Candidate(
                    place: place, mention: $0.mention, odds: model.odds(signs, of: .village(number)), isBare: $0.isBare)
            }
        }
    }

    /// How much a mention says of its village: a full name more than a stem, the place of the matter more than another role.
    private static func rank(_ mention: Mention, isBare: Bool) -> Int {
        (isBare ? 0 : 2) + (mention.role == .place || mention.role == .own ? 1 : 0)
    }

    /// The village other than home that a mention comes to, or that it comes to if it isn't home; nil for any other.
    private func village(_ mention: Mention, _ choice: Choice) -> Int? {
        guard isVillage(mention) else { return nil }
        switch choice {
        case .passed:
            guard mention.isUncued, let home else { return nil }
            let near = mention.places.filter { $0 != home && gazetteer.shareTownship($0, home) }
            return near.count == 1 ? near[0] : nil
        case .place(let place, _, _): return place != home && gazetteer.places[place].level == .village ? place : nil
        case .unclear(let places):
            // 永兴超市: a shop.
            guard mention.kind == .weak, PlaceCues.continuations.begins(at: mention.span.upperBound, in: text) == 0
            else { return nil }
            let others = places.filter { $0 != home && gazetteer.places[$0].level == .village }
            return others.count == 1 && (home.map { gazetteer.shareTownship($0, others[0]) } ?? true) ? others[0] : nil
        }
    }

    /// The names of the text as marks: the candidates by their numbers, other villages by the last.
    private func names(_ order: [Int]) -> [PlaceSigns.Name] {
        var names: [PlaceSigns.Name] = []
        func add(_ span: Range<Int>, _ kind: PlaceSigns.Kind) {
            names.append(.init(span: PlaceSigns.whole(span, kind, in: text), kind: kind))
        }
        for (mention, choice) in choices {
            if mention.start < mention.span.lowerBound { add(mention.start..<mention.span.lowerBound, .township) }
            switch mention.kind {
            case .township: add(mention.span, .township)
            case .region: add(mention.span, .region)
            case .village, .weak, .unlisted:
                if let home, mention.places.contains(home) {
                    add(mention.span, .home)
                } else if let place = village(mention, choice), let number = order.firstIndex(of: place) {
                    add(mention.span, .village(number))
                } else if !mention.isUncued {
                    add(mention.span, .village(Self.mostVillages))
                }
            }
        }
        for mention in stems {
            if let number = order.firstIndex(of: mention.places[0]) { add(mention.span, .village(number)) }
        }
        for span in homeNames { add(span, .home) }
        return PlaceSigns.apart(names)
    }

    private func there(_ candidate: Candidate) -> Resolution {
        Resolution(
            attribution: attribution([candidate.place], .text, 0.8, [text.original(candidate.mention.span)], .c),
            reasons: [.wordsAround])
    }

    private func atHome(_ candidates: [Candidate]) -> Resolution? {
        home.map { home in
            Resolution(
                attribution: attribution([home], .group, 0.7, [], .c), reasons: [.wordsAround, .groupsVillage],
                candidates: codes(Set(candidates.map(\.place) + [home])))
        }
    }

    private func open(_ candidates: [Candidate]) -> Resolution {
        Resolution(
            attribution: nil, reasons: [.wordsAround],
            candidates: codes(Set(candidates.map(\.place) + (home.map { [$0] } ?? []))),
            spans: candidates.map { text.original($0.mention.span) })
    }
}
