/// A village's official name taken apart: what people say is the stem with 村 or 社区, never the full form.
struct VillageName: Equatable {
    /// What kind of body it is.
    enum Kind {
        case village, community, bare
    }

    /// The name without its suffix: 溪瑶 of 溪瑶村民委员会.
    let stem: String
    /// 村, 社区, or neither (官塘屯, 红旗林场).
    let kind: Kind

    /// The suffixes of registers, longest first; trailing errors (居民委员) occur in them.
    private static let suffixes: [(String, Kind)] = [
        ("社区居民委员会", .community), ("社区居民委员", .community), ("社区居委会", .community), ("社区委员会", .community),
        ("村村民委员会", .village), ("村民委员会", .village), ("村民委会", .village), ("村村委会", .village), ("村委会", .village),
        ("行政村", .village), ("居民委员会", .community), ("居委会", .community), ("社区", .community), ("村", .village),
    ]

    /// Takes a name apart.
    init(_ name: String) {
        for (suffix, kind) in Self.suffixes where name.hasSuffix(suffix) && name.count > suffix.count {
            stem = String(name.dropLast(suffix.count))
            self.kind = kind
            return
        }
        stem = name
        kind = .bare
    }

    /// What people write when they mean it and say so: 溪瑶村, 水南社区.
    var spoken: [String] {
        switch kind {
        case .village: [stem + "村"]
        // Many communities were villages until lately and are called so.
        case .community: [stem + "社区", stem + "村"]
        case .bare: [stem]
        }
    }
}
