/// A village's official name taken apart: what people say is the stem with 村 or 社区, hardly ever the full form.
struct VillageName: Equatable {
    /// What kind of body it is.
    enum Kind {
        /// 嘎查 is what a village is called in Inner Mongolia.
        case village, community, pasture, bare
    }

    /// The name without its suffix: 柳垭 of 柳垭村民委员会.
    let stem: String
    /// 村, 社区, or neither (官塘屯, 红旗林场).
    let kind: Kind

    /// The suffixes of registers, longest first; trailing errors occur in them (居民委员, 村会, and 村委 in lists that cut names).
    private static let suffixes: [(String, Kind)] = [
        ("嘎查村民委员会", .pasture), ("嘎查委员会", .pasture),
        ("社区居民委员会", .community), ("社区居民委员", .community), ("社区居委会", .community), ("社区委员会", .community),
        ("村村民委员会", .village), ("村民委员会", .village), ("村民委会", .village), ("村村委会", .village), ("村委会会", .village),
        ("村民委员", .village), ("村委会", .village), ("村民会", .village), ("村委", .village), ("村会", .village),
        ("社区居委", .community), ("居委", .community), ("行政村", .village), ("嘎查", .pasture), ("居民委员会", .community),
        ("居委会", .community), ("社区", .community),
        ("村", .village),
    ]

    /// Takes a name apart.
    init(_ name: String) {
        for (suffix, kind) in Self.suffixes where name.hasEnding(suffix) {
            stem = name.without(suffix)
            self.kind = kind
            return
        }
        stem = name
        kind = .bare
    }

    /// What people write when they mean it and say so: 柳垭村, 水南社区; 白鹭村 for 白鹭畲族村.
    var spoken: [String] {
        switch kind {
        case .village: [stem + "村"] + (stemWithoutPeople.map { [$0 + "村"] } ?? [])
        case .community: [stem + "社区", stem + "居委会"]
        case .pasture: [stem + "嘎查", stem + "嘎查村"]
        case .bare: [stem]
        }
    }

    /// What people may write although another village can have a better claim to it.
    ///
    /// Many communities were villages until lately and are called so.
    var spokenLoosely: [String] {
        guard kind == .community else { return [] }
        // 报晓新村居委会 is called 报晓新村.
        let isEstate = stem.scalarCount > 2 && stem.endsInBytes(of: "村")
        return isEstate ? [stem, stem + "村"] : [stem + "村"]
    }

    /// The stem without the name of a people: 白鹭 of 白鹭畲族; nil where none is in it.
    private var stemWithoutPeople: String? { stem.withoutPeople }
}

extension String {
    /// Without the name of a people at the end: 白鹭 of 白鹭畲族; nil where none is there.
    fileprivate var withoutPeople: String? {
        guard endsInBytes(of: "族") else { return nil }
        for people in ["畲族", "畬族", "回族", "满族", "苗族", "瑶族", "侗族", "壮族", "彝族", "白族", "藏族", "土家族", "布依族", "蒙古族"]
        where hasEnding(people) && scalarCount > people.scalarCount + 1 {
            return without(people)
        }
        return nil
    }
}

/// A township's official name taken apart.
struct TownshipName: Equatable {
    /// The name without its suffix: 望湖 of 望湖街道办事处.
    let stem: String
    /// What people write when they say that it is a township: 望湖街道.
    let spoken: String
    /// The same without the name of a people: 马鞍乡 of 马鞍苗族乡; nil where none is in it.
    var short: String? = nil
    /// A street's office in full: 望湖街道办事处; nil for others.
    var office: String? = nil
    /// What it may be called besides: 乡 become 镇, and both become 街道, while lists are years old or people are.
    var otherForms: [String] = []

    /// Takes a name apart.
    init(_ name: String) {
        let plain = name.hasEnding("办事处") && name.scalarCount > 4 ? name.without("办事处") : name
        for suffix in ["街道", "苏木", "镇", "乡"] where plain.hasEnding(suffix) {
            stem = plain.without(suffix)
            spoken = plain
            short = stem.withoutPeople.map { $0 + suffix }
            if suffix == "街道" { office = spoken + "办事处" }
            if stem.scalarCount > 1, suffix != "苏木" {
                otherForms = ["乡", "镇", "街道"].filter { $0 != suffix }.map { stem + $0 }
                // 五星办事处, 五星街道办.
                if suffix == "街道" { otherForms += [stem + "办事处", spoken + "办"] }
            }
            return
        }
        stem = plain
        // 西街办事处 is called 西街街道; 西街 alone may be any western street.
        spoken = plain == name ? name : plain + "街道"
    }
}
