internal import ChineseText
public import Messages

/// Says which village a text is about.
///
/// The group's home is the strongest evidence; a village named in the text as subject or place overrides it; a neighbour or
/// comparison does not. Where names are ambiguous and nothing decides, it says nothing rather than something wrong.
///
/// - Input: the utterance's text, the code of the group's village (or township) if one is registered.
/// - Output: an attribution under today's codes, or nil.
/// - Confidence: 0.97 named, and home agrees; 0.95 named, one place of that name; 0.9 several of that name, the township
///   named in the text decides; 0.85 home alone; 0.8 several of that name, the home's township decides; 0.75 a township
///   named as the place; 0.7 the unit that holds several villages, or the seat of the home's township; 0.6 a stem, hamlet or
///   landmark with a cue, or home beside one that is not known nearby; 0.5 a township of which the list knows no such village.
/// - Cost: O(text). No I/O, clock or randomness.
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
    /// - Returns: the village or unit; nil when nothing decided.
    public func attribution(of text: String, home: String?, forwarded: Bool = false) -> Attribution? {
        resolution(of: text, home: home, forwarded: forwarded).attribution
    }

    /// The village of one utterance, with the reasons and, where nothing decided, the villages that it may be.
    ///
    /// - Parameters:
    ///   - text: what was said.
    ///   - home: the code of the group's village; nil when the group is unknown.
    ///   - forwarded: true for words from elsewhere: a place in them moves nothing.
    /// - Returns: the village or unit with its reasons.
    public func resolution(of text: String, home: String?, forwarded: Bool = false) -> Resolution {
        let homePlace = home.flatMap { gazetteer.place(of: $0) }
        if forwarded { return atHome(homePlace, 0.85, [.forwarded]) }
        let normal = TextNormalizer.shared.normalized(text)
        let mentions = MentionFinder(gazetteer: gazetteer, text: normal).mentions()
        return Weighing(gazetteer: gazetteer, home: homePlace, text: normal).resolution(mentions)
            ?? seat(homePlace, normal) ?? atHome(homePlace, 0.85, reasons(mentions))
    }

    /// 镇区公厕: the seat of the home's township.
    private func seat(_ home: Int?, _ text: NormalizedText) -> Resolution? {
        guard let home, let town = gazetteer.unit(.township, of: home),
            let place = PlaceCues.seat.first(in: 0..<text.count, of: text),
            PlaceCues.seatTowards.ends(at: place, in: text) == 0,
            PlaceCues.ours.first(in: 0..<text.count, of: text) == nil
        else { return nil }
        let length = PlaceCues.seat.begins(at: place, in: text)
        if PlaceCues.seatWithFacility.begins(at: place, in: text) > 0,
            PlaceCues.facility.begins(at: place + length, in: text) == 0
        {
            return nil
        }
        let known = gazetteer.places[town]
        return Resolution(
            attribution: Attribution(
                code: known.code, name: known.name, basis: .township, confidence: 0.7,
                spans: [text.original(place..<place + length)]),
            reasons: [.townshipSeat])
    }

    private func reasons(_ mentions: [Mention]) -> [Reason] {
        mentions.contains { $0.role != .place } ? [.othersMentioned] : []
    }

    private func atHome(_ home: Int?, _ confidence: Double, _ reasons: [Reason]) -> Resolution {
        guard let home else { return Resolution(attribution: nil, reasons: reasons + [.noGroup]) }
        let known = gazetteer.places[home]
        return Resolution(
            attribution: Attribution(code: known.code, name: known.name, basis: .group, confidence: confidence),
            reasons: reasons + [.groupsVillage])
    }
}

extension VillageResolver {
    /// Why a text was attributed as it was, or not at all.
    ///
    /// The raw values are for logs and JSON.
    public enum Reason: String, Sendable, CaseIterable {
        /// A village's name stands in the text and home agrees.
        case namedHome = "named-home"
        /// A village's name stands in the text; no other village in reach bears it.
        case namedUnique = "named-unique"
        /// Several bear the name; the township or county in the text decides.
        case namedWithUnit = "named-with-unit"
        /// Several bear the name; one lies in the home's township (or is the only one in its county).
        case namedNearHome = "named-near-home"
        /// A stem, hamlet or landmark with a cue, near home.
        case weakNearHome = "weak-near-home"
        /// A stem or hamlet that is not known near home was passed over.
        case weakPassedOver = "weak-passed-over"
        /// 我是X村的.
        case speakersVillage = "speakers-village"
        /// A township stands in the text as the place.
        case township
        /// 镇区, 集镇: the seat of the home's township.
        case townshipSeat = "township-seat"
        /// A township with a village that the list doesn't know there.
        case unknownInTownship = "unknown-in-township"
        /// Several villages; the lowest unit that holds them all.
        case several
        /// The group's registered village.
        case groupsVillage = "groups-village"
        /// Places stand in the text, but only as neighbours, comparisons, offices or destinations.
        case othersMentioned = "others-mentioned"
        /// A forward: places in it move nothing.
        case forwarded
        /// Several villages bear the name and nothing decides.
        case ambiguous
        /// A village that no list knows (or none in this county) is plainly meant.
        case unlisted
        /// Another village is the place and 我们村 is spoken of as well.
        case conflict
        /// Several villages that no one unit holds.
        case noCommonUnit = "no-common-unit"
        /// Nothing in the text, and the group has no registered village.
        case noGroup = "no-group"
    }

    /// An attribution with what led to it.
    public struct Resolution: Sendable, Equatable {
        /// The village or unit; nil when nothing decided.
        public var attribution: Attribution?
        /// What led to it.
        public var reasons: [Reason]
        /// Where several villages bear the name: their codes, sorted.
        public var candidates: [String] = []
    }
}
