/// A place's name in a text, with what it may mean and the part it plays there.
struct Mention {
    /// What kind of name it is.
    enum Kind {
        /// A village's name that says what it is.
        case village
        /// A stem, hamlet or landmark without 村: believed near the group's home.
        case weak
        /// A township.
        case township
        /// A county or larger: helps to choose among villages, decides nothing.
        case region
        /// 石桥村 that no list knows.
        case unlisted
    }

    /// What the place is in the sentence.
    enum Role: CaseIterable {
        /// The matter is there, or is its.
        case place
        /// 我们青瓦村: the speaker's own village, said so.
        case own
        /// 我是青瓦村的: where the speaker is from.
        case speaker
        /// 隔壁X村, 靠近X村, X村没问题: what the matter lies beside.
        case neighbour
        /// 像X村那样, X村都…我们村: what it is compared with.
        case comparison
        /// X村的污水流到我们这里: what it comes from.
        case source
        /// 在X村打工, 嫁到X村, 到X镇: where somebody went.
        case away
        /// X镇政府: who should act, not where.
        case agent
    }

    /// The units of the name in the normalised text.
    var span: Range<Int>
    /// What kind of name it is.
    var kind: Kind
    /// What it may mean: positions in the gazetteer; empty for an unlisted village.
    var places: [Int]
    /// Positions that bear the name only loosely (水南村 said of 水南社区).
    var loosePlaces: [Int] = []
    /// The township or county named right before it (三汊镇的大塘村), with where that begins.
    var within: [Int] = []
    /// True where that township's name has another form in the list (枫桥街道 for 枫桥镇).
    var isWithinOtherForm = false
    /// Where the whole expression begins, the township before the name included.
    var start: Int
    /// The number of the enumeration (A村和B村, A、B两村) that it belongs to; its own position otherwise.
    var group = 0
    /// True for 我们村和X村: the home village is concerned as well.
    var includesHome = false
    /// What it is in the sentence.
    var role = Role.place
    /// The number of characters of the name without 村.
    var stemLength = 0
    /// True for the stem of an official name.
    var isOfficial = false
    /// True for a stem that nothing in the text makes a place of.
    var isUncued = false
    /// True for a stem that stands in the text again, and is hardly a person's name.
    var isRepeated = false
    /// True when a person taught the name.
    var isTaught = false
    /// True when the places are those that sound like what is written.
    var isHomophone = false

    init(span: Range<Int>, kind: Kind, places: [Int]) {
        self.span = span
        self.kind = kind
        self.places = places
        start = span.lowerBound
    }
}
