public import Messages

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
        /// A name that a person taught in this group or township.
        case taught
        /// No village is written so, but exactly one near home sounds so.
        case homophone
        /// A stem, hamlet or landmark with a cue, near home.
        case weakNearHome = "weak-near-home"
        /// A stem or hamlet that is not known near home was passed over.
        case weakPassedOver = "weak-passed-over"
        /// 我是X村的.
        case speakersVillage = "speakers-village"
        /// A township stands in the text as the place.
        case township
        /// A county stands in the text, and nothing below it.
        case county
        /// 镇区, 集镇: the seat of the home's township; 306路公交车: what runs through it.
        case townshipSeat = "township-seat"
        /// A township with a village that the list doesn't know there.
        case unknownInTownship = "unknown-in-township"
        /// The village was split since: which part is meant, nobody can tell.
        case wasSplit = "was-split"
        /// Several villages; the lowest unit that holds them all.
        case several
        /// The group's registered village.
        case groupsVillage = "groups-village"
        /// The village that the name of the group names; nobody registered it.
        case groupsName = "groups-name"
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
        /// The rules alone would have said otherwise: the model judged by the words around the names.
        case wordsAround = "words-around"
        /// Several villages that no one unit holds.
        case noCommonUnit = "no-common-unit"
        /// Nothing in the text, and the group has no registered village.
        case noGroup = "no-group"
    }

    /// A place in the text that moves nothing.
    public struct Other: Sendable, Equatable {
        /// What part it plays.
        ///
        /// The raw values are for logs and JSON.
        public enum Role: String, Sendable, CaseIterable {
            /// What the matter lies beside.
            case neighbour
            /// What it is compared with.
            case comparison
            /// What it comes from.
            case source
            /// Where somebody went.
            case away
            /// Who should act.
            case agent
            /// Where the speaker is from.
            case speaker

            init(_ role: Mention.Role) {
                switch role {
                case .away: self = .away
                case .agent: self = .agent
                case .speaker: self = .speaker
                case .neighbour, .place, .own: self = .neighbour
                case .comparison: self = .comparison
                case .source: self = .source
                }
            }
        }

        /// What part it plays.
        public var role: Role
        /// The codes that it may stand for.
        public var codes: [String]
        /// Half-open UTF-8 byte offsets of its name.
        public var span: Range<Int>
    }

    /// An attribution with what led to it.
    public struct Resolution: Sendable, Equatable {
        /// The village or unit; nil when nothing decided.
        public var attribution: Attribution?
        /// What led to it.
        public var reasons: [Reason]
        /// Where several villages are meant or bear the name: their codes today, sorted.
        public var candidates: [String] = []
        /// Where nothing decided: half-open UTF-8 byte offsets of the words that it hung on.
        public var spans: [Range<Int>] = []
        /// Places in the text that move nothing, in text order.
        public var others: [Other] = []

        /// How well founded it is; Q where nothing decided.
        public var tier: Attribution.Tier { attribution?.tier ?? .q }

        /// True when a person should look before the village's desk does: a unit above it, nothing, or a name without 村
        /// that is not the home's.
        public var needsLook: Bool { tier == .q || tier == .d }

        /// Puts other offsets in place of all.
        mutating func moveSpans(_ moved: (Range<Int>) -> Range<Int>) {
            let decided = attribution?.spans ?? []
            attribution?.spans = decided.map(moved)
            spans = spans.map(moved)
            for index in others.indices { others[index].span = moved(others[index].span) }
        }
    }
}
