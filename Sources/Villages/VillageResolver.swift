internal import ChineseText
public import Messages

/// Says which village a text is about.
///
/// The group's home is the strongest evidence; a village named in the text as subject or place overrides it; a neighbour or
/// comparison does not. Where names are ambiguous and nothing decides, it says nothing rather than something wrong.
///
/// - Input: the utterance's text, the group and its home, and when it was sent.
/// - Output: an attribution under today's codes, or nil; names are read as of the day of the message.
/// - Confidence: 0.97 named, and home agrees; 0.95 named, one place of that name; 0.9 several of that name, the township
///   named in the text decides, or a name that a person taught; 0.85 home alone; 0.8 several of that name, the home's
///   township decides, or the words around the name turned to it; 0.75 a township named as the place; 0.7 the unit that
///   holds several villages, the seat of the home's township, a name that sounds like one near home, or home or the
///   township where the words turned to it; 0.6 a stem, hamlet or landmark with a cue, or home beside one that is not known nearby; 0.5 a
///   township of which the list knows no such village, or the unit of a village that was split.
/// - Cost: O(text). No I/O, clock or randomness.
public struct VillageResolver: Sendable {
    /// The places.
    public let gazetteer: Gazetteer

    /// What the words around the names say; nil leaves the word to the rules.
    private let model: PlaceModel?

    /// Makes a resolver with the shipped model.
    public init(_ gazetteer: Gazetteer) { self.init(gazetteer, model: .shipped) }

    /// Makes a resolver; without a model the rules decide.
    package init(_ gazetteer: Gazetteer, model: PlaceModel?) {
        self.gazetteer = gazetteer
        self.model = model
    }

    /// Where and when something was said.
    public struct Context: Sendable, Equatable {
        /// The code of the group's village or township; nil when the group is unknown.
        public var home: String?
        /// The id of the group in the register.
        public var group: String?
        /// Seconds since 1970-01-01 UTC; nil for now.
        public var sentAt: Int64?
        /// True for words from elsewhere: a place in them moves nothing.
        public var isForwarded: Bool
        /// True when nobody registered the home: it was read from the group's name.
        public var isHomeGuessed = false

        /// Says where and when.
        public init(home: String?, group: String? = nil, sentAt: Int64? = nil, isForwarded: Bool = false) {
            self.home = home
            self.group = group
            self.sentAt = sentAt
            self.isForwarded = isForwarded
        }
    }

    /// Buffers that are reused from text to text; one a thread.
    public final class Scratch {
        var text = NormalizedText()
        var hits: [TermHit] = []
        var names: [NameHit] = []

        /// Makes empty buffers.
        public init() {}
    }

    /// The village of one utterance.
    ///
    /// - Parameters:
    ///   - text: what was said.
    ///   - home: the code of the group's village; nil when the group is unknown.
    ///   - forwarded: true for words from elsewhere: a place in them moves nothing.
    /// - Returns: the village or unit; nil when nothing decided.
    public func attribution(of text: String, home: String?, forwarded: Bool = false) -> Attribution? {
        resolution(of: text, in: Context(home: home, isForwarded: forwarded)).attribution
    }

    /// The village of one utterance, with the reasons and, where nothing decided, the villages that it may be.
    ///
    /// - Parameters:
    ///   - text: what was said.
    ///   - home: the code of the group's village; nil when the group is unknown.
    ///   - forwarded: true for words from elsewhere: a place in them moves nothing.
    /// - Returns: the village or unit with its reasons.
    public func resolution(of text: String, home: String?, forwarded: Bool = false) -> Resolution {
        resolution(of: text, in: Context(home: home, isForwarded: forwarded))
    }

    /// The village of one utterance, with the reasons and, where nothing decided, the villages that it may be.
    public func resolution(of text: String, in context: Context, scratch: Scratch = Scratch()) -> Resolution {
        var copy = text
        return copy.withUTF8 { resolution(of: $0, in: context, scratch: scratch) }
    }

    /// The same for bytes of valid UTF-8.
    public func resolution(
        of bytes: UnsafeBufferPointer<UInt8>, in context: Context, scratch: Scratch
    ) -> Resolution {
        let reading = reading(in: context)
        if context.isForwarded { return atHome(reading, 0.85, [.forwarded]) }
        if let cleaned = CleanedText(bytes) {
            cleaned.withBytes { TextNormalizer.shared.normalize($0, into: &scratch.text) }
            var result = resolution(reading, scratch)
            result.moveSpans { cleaned.original($0) }
            return result
        }
        TextNormalizer.shared.normalize(bytes, into: &scratch.text)
        return resolution(reading, scratch)
    }

    /// From where and when a message of a group that nobody registered is to be read: its name may say where it lives.
    ///
    /// 石门村小微权力监督群 is 石门村's where one village of that name is in reach; 泉边新村邻里群 is nobody's.
    public func context(ofGroupNamed name: String, sentAt: Int64?, isForwarded: Bool = false) -> Context {
        let found = resolution(of: name, in: Context(home: nil, sentAt: sentAt)).attribution
        var context = Context(home: nil, group: name, sentAt: sentAt, isForwarded: isForwarded)
        if let found, found.basis == .text || found.basis == .township, found.tier <= .b {
            context.home = found.code
            context.isHomeGuessed = true
        }
        return context
    }

    /// The villages that a person may settle a text on, by code: those that the text leaves open, and where a person should
    /// look the one that was chosen and home.
    public func candidates(of resolution: Resolution, home: String?) -> [String] {
        var codes = resolution.candidates
        guard resolution.needsLook else { return codes }
        let chosen = resolution.attribution?.code
        for code in [chosen, home].compactMap({ $0.flatMap { gazetteer.today(of: $0) } })
        where code.level == .village && !codes.contains(code.code) { codes.append(code.code) }
        return codes
    }

    private func reading(in context: Context) -> Reading {
        let day = gazetteer.hasHistory || !gazetteer.scopes.isEmpty ? Self.day(of: context.sentAt) : Int32.max
        let home = context.home.flatMap { gazetteer.place(of: $0, on: day) }.flatMap { place in
            gazetteer.hasHistory ? self.home(place, on: day) : place
        }
        return Reading(
            gazetteer: gazetteer, home: home, group: context.group, day: day, isHomeGuessed: context.isHomeGuessed)
    }

    /// The home as it was on a day; the unit that holds the parts where it was split since the group was registered.
    private func home(_ place: Int, on day: Int32) -> Int {
        let then = gazetteer.then(place, on: day)
        return then.count == 1 ? then[0] : Int(gazetteer.places[place].today)
    }

    private func resolution(_ reading: Reading, _ scratch: Scratch) -> Resolution {
        scratch.names.removeAll(keepingCapacity: true)
        let count = scratch.text.count
        scratch.text.units.withUnsafeBufferPointer { units in
            guard let base = units.baseAddress else { return }
            gazetteer.names(in: base, count, hits: &scratch.hits, into: &scratch.names)
        }
        let text = scratch.text
        guard !scratch.names.isEmpty || Self.mayNamePlace(text) || PlaceCues.onlyOne.begins(at: 0, in: text) > 0 else {
            return atHome(reading, 0.85, [])
        }
        if reading.home != nil, PlaceCues.passedOn.begins(at: 0, in: text) > 0 || isNotice(text) || isPassedOn(text) {
            return atHome(reading, 0.85, [.forwarded])
        }
        if let above = seat(reading.home, TownshipSeat(text: text).saidToBeAbove(), text) { return above }
        let finder = MentionFinder(gazetteer: gazetteer, text: text, reading: reading)
        let mentions = finder.mentions(scratch.names)
        var weighing = Weighing(gazetteer: gazetteer, reading: reading, text: text)
        weighing.homeNames = finder.namesOfHome(scratch.names, mentions)
        if model != nil { weighing.stems = finder.bareStems(scratch.names, beside: mentions) }
        let byRules = weighing.resolution(mentions)
        let heard = model.map { weighing.heard(byRules, $0) } ?? byRules
        var result =
            heard ?? seat(reading.home, TownshipSeat(text: text).found(), text)
            ?? atHome(reading, 0.85, reasons(mentions))
        if let model { result = weighing.heardOfTownship(result, model) }
        // 镇纪委通报：岚洋村…, of another township: what happened elsewhere.
        if let home = reading.home, isBulletin(text),
            let found = result.attribution, found.basis == .text, found.tier > .a,
            let place = gazetteer.place(of: found.code), !gazetteer.shareTownship(place, home)
        {
            result = atHome(reading, 0.85, [.forwarded])
        }
        result.others = others(mentions, text, beside: result)
        return result
    }

    /// 乡纪委通报：高坪村两名组长…: the matter of the village that it names; a county's are news from anywhere.
    private func isBulletin(_ text: NormalizedText) -> Bool {
        guard let colon = (1..<max(1, min(text.count, 16))).first(where: { Self.endsTitle(text.units[$0]) }) else {
            return false
        }
        return text.units[colon] == 0x3A && PlaceCues.bulletins.ends(at: colon, in: text) > 0
            && PlaceCues.higherOffices.first(in: 0..<colon, of: text) == nil
    }

    /// Whether a text without any known name may still speak of a place.
    private static func mayNamePlace(_ text: NormalizedText) -> Bool {
        text.units.withUnsafeBufferPointer { units in
            units[..<text.count].indices.contains { index in
                // 村 嘎 社 镇 乡 木 县 旗 集 圩 公 车 @ 转
                switch units[index] {
                case 0x6751, 0x560E, 0x793E, 0x9547, 0x4E61, 0x6728, 0x53BF, 0x65D7, 0x96C6, 0x5729, 0x516C, 0x8F66,
                    0x40, 0x8F6C:
                    true
                // 306路早上那班.
                case 0x8DEF: index > 0 && units[index - 1] &- 0x30 < 10
                // 街道办.
                case 0x8857: index + 1 < text.count && units[index + 1] == 0x9053
                default: false
                }
            }
        }
    }

    /// 镇区公厕, 306路公交车, 县医院: what belongs to home's township or county.
    private func seat(_ home: Int?, _ found: @autoclosure () -> TownshipSeat.Found?, _ text: NormalizedText)
        -> Resolution?
    {
        guard let home, let found = found() else { return nil }
        guard let unit = gazetteer.unit(found.isCounty ? .county : .township, of: home),
            !found.isCounty || !gazetteer.places[unit].isUnnamed
        else { return nil }
        return Resolution(
            attribution: Attribution(
                code: gazetteer.codes[unit], name: gazetteer.name(of: unit),
                basis: found.isCounty ? .parent : .township, confidence: found.isCounty ? 0.6 : 0.7,
                spans: [text.original(found.span)], tier: found.isCounty ? .q : .c),
            reasons: [found.isCounty ? .county : .townshipSeat])
    }

    /// 【停水通知】马店村…, 大墟供电所：…: who speaks is an office.
    ///
    /// 【求助】 heads a resident's own words, and an office before a line break is the one that is written to.
    private func isNotice(_ text: NormalizedText) -> Bool {
        guard text.count > 3 else { return false }
        if text.units[0] == 0x3010 || text.units[0] == 0x5B {
            guard
                let end = (1..<min(text.count, 20)).first(where: { text.units[$0] == 0x3011 || text.units[$0] == 0x5D })
            else { return false }
            if PlaceCues.residentsTitle.first(in: 1..<end, of: text) != nil { return false }
            // 【高坪村】路灯坏了: where it is, not who speaks.
            if PlaceCues.villageEnds.ends(at: end, in: text) > 0 { return false }
            return text.units[0] == 0x3010 && end > 2 || PlaceCues.noticeTitle.first(in: 1..<end, of: text) != nil
        }
        guard let colon = (1..<min(text.count, 16)).first(where: { Self.endsTitle(text.units[$0]) }),
            text.units[colon] == 0x3A, colon + 1 < text.count, text.units[colon + 1] != 0x0A,
            PlaceCues.complaining.first(in: 0..<text.count, of: text) == nil,
            !isBulletin(text)
        else { return false }
        return PlaceCues.bodies.ends(at: colon, in: text) > 0
            || PlaceCues.noticeHeads.first(in: 0..<colon, of: text) != nil
    }

    /// 老陈转发了一条消息：….
    private func isPassedOn(_ text: NormalizedText) -> Bool {
        guard let colon = (1..<max(1, min(text.count, 20))).first(where: { Self.endsTitle(text.units[$0]) }),
            text.units[colon] == 0x3A
        else { return false }
        return PlaceCues.passesOn.first(in: 0..<colon, of: text) != nil
    }

    private static func endsTitle(_ unit: UInt16) -> Bool {
        unit == 0x3A || unit == 0x2C || unit == 0x3002 || unit == 0x0A || unit == 0x3F || unit == 0x21
    }

    private func reasons(_ mentions: [Mention]) -> [Reason] {
        mentions.contains { $0.role != .place } ? [.othersMentioned] : []
    }

    /// The places that stand in the text as neighbours, sources, comparisons, offices or destinations, and those that the words
    /// around them spoke against.
    private func others(_ mentions: [Mention], _ text: NormalizedText, beside result: Resolution) -> [Other] {
        let isOverruled = result.reasons.first == .wordsAround && result.attribution?.basis == .group
        let chosen = result.reasons.first == .wordsAround ? result.attribution.map { [$0.code] } : nil
        return mentions.filter {
            $0.role != .own && $0.kind != .region && ($0.role != .place || isOverruled && !$0.isUncued)
        }.prefix(16).map { mention in
            Other(
                role: Other.Role(mention.role), codes: mention.places.map { gazetteer.codes[$0] },
                span: text.original(mention.span))
        }.filter { $0.codes != chosen }
    }

    private func atHome(_ reading: Reading, _ confidence: Double, _ reasons: [Reason]) -> Resolution {
        guard let home = reading.home else { return Resolution(attribution: nil, reasons: reasons + [.noGroup]) }
        let now = Int(gazetteer.places[home].today)
        var found = Attribution(
            code: gazetteer.codes[now], name: gazetteer.name(of: now), basis: .group,
            confidence: reading.isHomeGuessed ? 0.6 : confidence,
            tier: gazetteer.places[now].level != .village ? .q : reading.isHomeGuessed ? .d : .c)
        if now != home { found.former = [.init(code: gazetteer.codes[home], name: gazetteer.name(of: home))] }
        return Resolution(attribution: found, reasons: reasons + [reading.isHomeGuessed ? .groupsName : .groupsVillage])
    }

    /// The day in China's time as 20200630.
    ///
    /// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    static func day(of seconds: Int64?) -> Int32 {
        guard let seconds else { return Int32.max }
        let days = Int((Double(seconds) + 8 * 3600) / 86_400) + 719_468
        let era = days / 146_097
        let ofEra = days - era * 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let day = ofYear - (153 * month + 2) / 5 + 1
        let isNext = month >= 10
        return Int32(
            truncatingIfNeeded: ((year + era * 400 + (isNext ? 1 : 0)) * 100 + (isNext ? month - 9 : month + 3)) * 100
                + day)
    }
}
