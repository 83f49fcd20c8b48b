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
    /// What settles a text that the rules leave open between home and another village.
    private static let settling = (there: 1.0, home: -1.0)
    /// What singles one out of several villages, and up to what the others must come.
    private static let singling = (one: 1.0, others: -0.5)

    /// Up to which log-odds each of several villages that stand as equals must come for home to be the place.
    private static let allHome = -2.5

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
    }

    /// The resolution after the words around the names were heard; nil leaves the text to home, as before.
    func heard(_ result: Resolution?, _ model: PlaceModel) -> Resolution? {
        let candidates = candidates(beside: result, model)
        guard let first = candidates.max(by: { $0.odds < $1.odds }) else { return result }
        let second = candidates.filter { $0.place != first.place }.map(\.odds).max() ?? -.infinity
        guard home != nil else {
            guard result?.reasons.first == .several, !isEnumeration, first.odds >= Self.singling.one,
                second <= Self.singling.others
            else { return result }
            return there(first)
        }
        let code = result?.attribution?.code
        let homes = home.map { gazetteer.codes[Int(gazetteer.places[$0].today)] }
        if result == nil || code == homes {
            if first.odds < Self.overHome.open { return result }
            return first.odds >= Self.overHome.there && second <= Self.overHome.open ? there(first) : open(candidates)
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
        if result?.attribution?.basis == .text { return result }
        if result?.attribution?.basis == .parent, isEnumeration {
            let isWithHome = mentions.contains { $0.role == .own } || !homeNames.isEmpty
            return first.odds <= Self.allHome && !isWithHome ? atHome(candidates) : result
        }
        if first.odds <= Self.settling.home { return atHome(candidates) }
        return first.odds >= Self.settling.there && second <= Self.overHome.open ? there(first) : result
    }

    /// Whether the result is one that turns on which village is meant: home, one village, several, or nothing because of both.
    private func isOpenToWords(_ result: Resolution?) -> Bool {
        // What a person taught is not for a model to doubt.
        guard !mentions.contains(where: { $0.includesHome || $0.isTaught }) else { return false }
        guard let result else { return true }
        guard let attribution = result.attribution else { return result.reasons.contains(.conflict) }
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
        var order: [Int] = []
        for (mention, choice) in choices where isVillage(mention) && !mention.isUncued {
            guard case .place(let place, _, _) = choice, place != home, gazetteer.places[place].level == .village,
                found[place] == nil
            else { continue }
            found[place] = mention
            order.append(place)
        }
        guard (1...Self.mostVillages).contains(order.count) else { return [] }
        let signs = PlaceSigns(text: text, names: names(order), hasHome: home != nil)
        return order.enumerated().compactMap { number, place in
            found[place].map { Candidate(place: place, mention: $0, odds: model.odds(signs, of: number)) }
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
                } else if case .place(let place, _, _) = choice, let number = order.firstIndex(of: place) {
                    add(mention.span, .village(number))
                } else if !mention.isUncued {
                    add(mention.span, .village(Self.mostVillages))
                }
            }
        }
        for span in homeNames { add(span, .home) }
        names.sort { ($0.span.lowerBound, $1.span.upperBound) < ($1.span.lowerBound, $0.span.upperBound) }
        var apart: [PlaceSigns.Name] = []
        for name in names where apart.last.map({ $0.span.upperBound <= name.span.lowerBound }) ?? true {
            apart.append(name)
        }
        return apart
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
