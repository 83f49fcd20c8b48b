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
    /// The same where home is one of two that stand as equals: up to where it is the place, and from where on both are or the other.
    private static let withHome = (home: -0.75, both: 0.5, there: 2.0)

    /// Longer texts are reports: the model was taught messages and letters.
    private static let longest = 300
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
        guard home != nil else {
            guard let result, result.reasons.first == .several, !isEnumeration else { return result }
            return heard(result, ofSeveral: candidates)
        }
        let second = candidates.filter { $0.place != first.place }.map(\.odds).max() ?? -.infinity
        let code = result?.attribution?.code
        let homes = home.map { gazetteer.codes[Int(gazetteer.places[$0].today)] }
        if result == nil || code == homes {
            let over = threshold(over: first)
            if first.odds < over.open { return result }
            return first.odds >= over.there && second <= Self.overHome.open ? there(first) : open(candidates)
        }
        if let chosen = candidates.first(where: { codeOfToday($0.place) == code }) {
            let others = candidates.filter { $0.place != chosen.place }.map(\.odds).max() ?? -.infinity
            let floor = chosen.mention.within.isEmpty ? Self.overPlace.open : Self.overLed
            if chosen.odds > floor, others < chosen.odds { return result }
            if isHomeDenied || isMeant(chosen.mention) { return result }
            if first.odds <= Self.overPlace.home { return atHome(candidates) }
            return first.odds >= Self.overHome.there && second <= Self.overHome.open ? there(first) : open(candidates)
        }
        // A village that the words were not asked about.
        if let result, result.attribution == nil,
            !Set(result.candidates).isSubset(of: candidates.map { codeOfToday($0.place) } + [homes ?? ""])
        {
            return result
        }
        if result?.attribution?.basis == .text { return result }
        if let result, result.attribution?.basis == .parent { return heard(result, ofSeveral: candidates) }
        if first.odds <= Self.settling.home { return atHome(candidates) }
        return first.odds >= Self.settling.there && second <= Self.overHome.open ? there(first) : result
    }

    /// From where on home yields to a village: what a rule knows as neighbour, cause or comparison must be surer.
    private func threshold(over candidate: Candidate) -> (there: Double, open: Double) {
        if candidate.isBare { return Self.overStem }
        switch candidate.mention.role {
        case .source: return Self.overCause
        case .neighbour: return Self.overNeighbour
        case .comparison: return Self.overComparison
        case .place, .own, .speaker, .away, .agent: return Self.overHome
        }
    }

    /// What several villages come to that the rules take for equals: one of them, home, all, or nothing.
    private func heard(_ result: Resolution, ofSeveral candidates: [Candidate]) -> Resolution {
        let odds = candidates.map(\.odds).sorted(by: >)
        guard let first = candidates.max(by: { $0.odds < $1.odds }) else { return result }
        if isEnumeration, !first.isBare {
            let isWithHome = mentions.contains { $0.role == .own } || !homeNames.isEmpty
            return first.odds <= Self.ofEnumeration && !isWithHome ? atHome(candidates) ?? result : result
        }
        if odds.count == 1, let home = atHome(candidates) {
            // 我们村和高坪村: home is the other.
            if first.odds <= Self.withHome.home { return home }
            if first.odds >= Self.withHome.there { return there(first) }
            return first.odds >= Self.withHome.both ? result : open(candidates)
        }
        if first.odds <= Self.equals.home { return atHome(candidates) ?? open(candidates) }
        let second = odds.count > 1 ? odds[1] : -.infinity
        if first.odds >= Self.equals.one, second <= Self.equals.others { return there(first) }
        return second >= Self.equals.all ? result : open(candidates)
    }

    /// From which log-odds on a matter is the township's although the rules stay at home, the same where they know it as who should
    /// act, and up to which it is home's although they say that it is the township's.
    private static let township = (there: 1.0, overAgent: 2.0, home: -0.5)

    /// The resolution after the words around the township's name, or around 镇 and 乡 without one, were heard.
    func heardOfTownship(_ result: Resolution, _ model: PlaceModel) -> Resolution {
        guard let home, gazetteer.places[home].level == .village, !reading.isHomeGuessed, text.count <= Self.longest,
            let town = gazetteer.unit(.township, of: home), let attribution = result.attribution,
            attribution.basis == .group || attribution.code == gazetteer.codes[town], stems.isEmpty
        else { return result }
        var names: [PlaceSigns.Name] = []
        for mention in mentions {
            switch mention.kind {
            case .township:
                guard mention.places.contains(town) else { return result }
                names.append(.init(span: PlaceSigns.whole(mention.span, .township, in: text), kind: .township))
            case .region: names.append(.init(span: PlaceSigns.whole(mention.span, .region, in: text), kind: .region))
            case .village, .weak, .unlisted: return result
            }
        }
        names += homeNames.map { .init(span: $0, kind: .home) } + PlaceSigns.townships(in: text)
        guard names.contains(where: { $0.kind == .township }) else { return result }
        // 镇派出所旁边的路灯, 镇垃圾中转站后侧那条沟: what lies beside it is ours.
        let isBeside = names.contains { name in
            name.kind == .township
                && PlaceCues.besideFacility.first(
                    in: name.span.upperBound..<min(text.count, name.span.upperBound + 8), of: text) != nil
        }
        if isBeside, attribution.basis == .group { return result }
        let marks = PlaceSigns.apart(names)
        let odds = model.odds(PlaceSigns(text: text, names: marks, hasHome: true), of: .township)
        if attribution.basis == .group {
            let isAgent = mentions.contains { $0.role == .agent }
            guard odds >= (isAgent ? Self.township.overAgent : Self.township.there) else { return result }
            let spans = marks.filter { $0.kind == .township }.map { text.original($0.span) }
            return Resolution(
                attribution: self.attribution([town], .township, 0.7, spans, .c), reasons: [.wordsAround, .township])
        }
        guard odds <= Self.township.home else { return result }
        return Resolution(
            attribution: self.attribution([home], .group, 0.7, [], .c), reasons: [.wordsAround, .groupsVillage])
    }

    /// Whether the result is one that turns on which village is meant: home, one village, several, or nothing because of both.
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
        return Set(equals.map(\.group)).count == 1
    }

    /// 不是我们青瓦村: home is named to say that it is not meant.
    private var isHomeDenied: Bool {
        homeNames.contains { name in
            let ours = PlaceCues.ownBefore.ends(at: name.lowerBound, in: text)
            return PlaceCues.notBefore.ends(at: name.lowerBound - ours, in: text) > 0
        }
    }

    private func codeOfToday(_ place: Int) -> String { gazetteer.codes[Int(gazetteer.places[place].today)] }

    /// The villages that the text names beside home, with what the words around them say; none where they have no say.
    private func candidates(beside result: Resolution?, _ model: PlaceModel) -> [Candidate] {
        guard text.count <= Self.longest, isOpenToWords(result) else { return [] }
        if let home, gazetteer.places[home].level != .village || reading.isHomeGuessed { return [] }
        var found: [Int: Mention] = [:]
        var bare: Set<Int> = []
        var order: [Int] = []
        for (mention, choice) in choices {
            guard let place = village(mention, choice), found[place] == nil else { continue }
            found[place] = mention
            if mention.isUncued { bare.insert(place) }
            order.append(place)
        }
        for mention in stems {
            guard let place = mention.places.first, found[place] == nil else { continue }
            found[place] = mention
            bare.insert(place)
            order.append(place)
        }
        guard (1...Self.mostVillages).contains(order.count) else { return [] }
        let signs = PlaceSigns(text: text, names: names(order), hasHome: home != nil)
        return order.enumerated().compactMap { number, place in
            found[place].map {
                Candidate(
                    place: place, mention: $0, odds: model.odds(signs, of: .village(number)),
                    isBare: bare.contains(place))
            }
        }
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
