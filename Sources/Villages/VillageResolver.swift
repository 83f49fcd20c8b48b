internal import ChineseText
public import Messages

/// Says which village a text is about.
///
/// The group's home is the strongest evidence; a village named in the text as subject or place overrides it; a neighbour or
/// comparison does not. Where names are ambiguous and nothing decides, it says nothing rather than something wrong.
///
/// - Input: the utterance's text, the code of the group's village if one is registered.
/// - Output: an attribution under today's codes, or nil.
/// - Confidence: 0.97 named and home agree; 0.95 named, unique; 0.8 ambiguous, decided by township; 0.85 home alone; 0.8 a
///   township; 0.7 several villages' common unit; 0.6 a stem with a cue.
/// - Cost: O(text + mentions²). Run on flagged texts only.
public struct VillageResolver: Sendable {
    /// The places.
    public let gazetteer: Gazetteer

    /// Makes a resolver.
    public init(_ gazetteer: Gazetteer) { self.gazetteer = gazetteer }

    /// The village of one utterance.
    ///
    /// - Parameters:
    ///   - text: what was said.
    ///   - home: the code of the group's village; nil when the group is unknown.
    ///   - forwarded: true for words from elsewhere: a place in them moves nothing.
    public func attribution(of text: String, home: String?, forwarded: Bool = false) -> Attribution? {
        let homePlace = home.flatMap { gazetteer.place(of: $0) }
        if forwarded { return atHome(homePlace) }
        let normal = TextNormalizer.shared.normalized(text)
        let mentions = MentionFinder(gazetteer: gazetteer, text: normal).mentions()
        let resolved = resolve(mentions.filter { $0.role == .place }, home: homePlace, text: normal)
        switch resolved {
        case .nothing: return atHome(homePlace)
        case .unclear: return nil
        case .places(let found): return attribution(found, home: homePlace, text: normal)
        }
    }

    /// A mention that was decided.
    private struct Found {
        let place: Int
        let mention: Mention
        let confidence: Double
    }

    private enum Outcome {
        case nothing
        case unclear
        case places([Found])
    }

    private func resolve(_ mentions: [Mention], home: Int?, text: NormalizedText) -> Outcome {
        var found: [Found] = []
        var isUnclear = false
        for (index, mention) in mentions.enumerated() {
            let township = mentions[..<index].last { isTownship($0) }
            switch mention.nameClass {
            case .stem:
                // A stem is believed near the group's home only.
                let near = mention.places.filter { place in
                    place == home
                        || home.flatMap { gazetteer.township(of: $0) }.map { gazetteer.isWithin(place, $0) } ?? false
                }
                if near.count == 1, let place = near.first {
                    found.append(Found(place: place, mention: mention, confidence: 0.6))
                }
            case .named:
                guard let place = choose(mention, home: home, township: township) else {
                    isUnclear = true
                    continue
                }
                found.append(
                    Found(place: place, mention: mention, confidence: mention.places.count == 1 ? 0.95 : 0.8))
            }
        }
        if found.isEmpty { return isUnclear ? .unclear : .nothing }
        let isNamed = found.contains { $0.mention.nameClass == .named && gazetteer.places[$0.place].level == .village }
        if isUnclear && !isNamed { return .unclear }
        return .places(found)
    }

    /// One meaning of a name: the one within the township named before it, else home, else the only one near home.
    private func choose(_ mention: Mention, home: Int?, township: Mention?) -> Int? {
        var places = mention.places
        if let township {
            let within = places.filter { place in township.places.contains { gazetteer.isWithin(place, $0) } }
            // 溪湖镇石桥村 with no such village there: the township is sure, a namesake elsewhere is not.
            if within.isEmpty { return township.places.count == 1 ? township.places[0] : nil }
            places = within
        }
        if places.count == 1 { return places[0] }
        if let home, places.contains(home) { return home }
        if let home, let town = gazetteer.township(of: home) {
            let near = places.filter { gazetteer.isWithin($0, town) }
            if near.count == 1 { return near[0] }
        }
        return nil
    }

    private func isTownship(_ mention: Mention) -> Bool {
        mention.nameClass == .named && mention.places.allSatisfy { gazetteer.places[$0].level == .township }
    }

    private func attribution(_ found: [Found], home: Int?, text: NormalizedText) -> Attribution? {
        let spans = found.map { text.original($0.mention.span) }
        let villages = found.filter { gazetteer.places[$0.place].level == .village }
        // A sure name decides over a stem with a cue.
        let sure = villages.filter { $0.mention.nameClass == .named }
        let deciding = sure.isEmpty ? villages : sure
        let places = Set(deciding.map(\.place))
        if places.count == 1, let place = places.first {
            let confidence = deciding.map(\.confidence).max() ?? 0
            return make(place, .text, place == home ? 0.97 : confidence, spans)
        }
        if places.count > 1 {
            return gazetteer.commonUnit(places).map { make($0, .parent, 0.7, spans) }
        }
        let townships = Set(found.filter { gazetteer.places[$0.place].level == .township }.map(\.place))
        if let town = townships.first, townships.count == 1 {
            // 溪湖镇垃圾没人收 in a group of that township's village may well be about the village; the township is sure.
            return make(town, .township, 0.8, spans)
        }
        if townships.count > 1 { return gazetteer.commonUnit(townships).map { make($0, .parent, 0.7, spans) } }
        return atHome(home)
    }

    private func atHome(_ home: Int?) -> Attribution? {
        home.map { make($0, .group, 0.85, []) }
    }

    private func make(
        _ place: Int, _ basis: Attribution.Basis, _ confidence: Double, _ spans: [Range<Int>]
    ) -> Attribution {
        let known = gazetteer.places[place]
        return Attribution(
            code: known.code, name: known.name, basis: basis, confidence: confidence, spans: spans)
    }
}
