internal import ChineseText
internal import Messages

extension Gazetteer {
    /// How sure a name is by itself.
    enum NameClass: UInt8, Sendable {
        /// The short name of a township or county (芦园): counts only right before a village's name.
        case hint
        /// A stem alone (柳垭) or a hamlet: counts with a cue, near the group's home.
        case stem
        /// 老粮站: every township has one, so it counts in the home's township only.
        case landmark
        /// A name that says what it is: 柳垭村, 芦园镇, 锦绣家园.
        case named
    }

    /// What must be looked at before a name is believed.
    struct NameTraits: OptionSet, Sendable {
        let rawValue: UInt8

        /// The stem has one character (新村, 下村): what stands before it may be part of another name.
        static let shortStem = NameTraits(rawValue: 1)
        /// The stem is a word of everyday language (团结, 水沟): it never counts alone.
        static let ordinary = NameTraits(rawValue: 2)
        /// It ends in 村 or 社区, so that words may run on over its end (村民, 村委会).
        static let body = NameTraits(rawValue: 4)
        /// 街道社区: a name before it (凤栖街道社区) makes another village of it.
        static let institution = NameTraits(rawValue: 8)
        /// A hamlet or a name that was taught: it is in no official list.
        static let unofficial = NameTraits(rawValue: 16)
        /// The stem stands in the table of words (半山, 中标): alone it needs a plain cue.
        static let everyday = NameTraits(rawValue: 32)
    }

    /// What follows a stem in a name: read after the stem was found, so that the scanner holds each stem once.
    enum Form: UInt8, Sendable, CaseIterable {
        case bare, village, community, committee, naturalVillage, group, town, rural, street

        /// The number of units.
        var length: Int {
            switch self {
            case .bare: 0
            case .village, .group, .town, .rural: 1
            case .community, .street: 2
            case .committee, .naturalVillage: 3
            }
        }

        /// The normal form of the words.
        var units: [UInt16] {
            switch self {
            case .bare: []
            case .village: Array("村".utf16)
            case .community: Array("社区".utf16)
            case .committee: Array("居委会".utf16)
            case .naturalVillage: Array("自然村".utf16)
            case .group: Array("组".utf16)
            case .town: Array("镇".utf16)
            case .rural: Array("乡".utf16)
            case .street: Array("街道".utf16)
            }
        }
    }

    /// A name of an entry: a stem and what follows it.
    struct Name {
        let stem: String
        var form = Form.bare
        let nameClass: NameClass
        var isLoose = false
        var traits: NameTraits = []
    }

    /// All names of an entry; the same may come twice.
    static func names(of entry: GazetteerEntry) -> [Name] {
        switch entry.level {
        case .village:
            // A stem that the operator lists as a short name is one, even if it is a word (铁匠铺).
            let short = entry.aliases.filter { $0.kind == .short }.map(\.text)
            var names = spoken(entry.name).filter { $0.nameClass != .stem || !short.contains($0.stem) }
            for alias in entry.aliases { names += self.names(of: alias) }
            return names
        case .township:
            let parts = TownshipName(entry.name)
            let full = [entry.name, parts.spoken, parts.short, parts.office].compactMap(\.self)
            let names = units(full, stem: parts.stem, entry)
            return names + parts.otherForms.map { unit($0, [], isLoose: true) }
        case .county, .city, .province:
            return units([entry.name] + laterNames(of: entry), stem: String(entry.name.dropLast()), entry)
        }
    }

    /// 长乐区 for a list's 长乐市, 沙县区 for its 沙县: lists are years old, and counties become districts.
    private static func laterNames(of entry: GazetteerEntry) -> [String] {
        guard entry.level == .county, let last = entry.name.last, last == "县" || last == "市" else { return [] }
        return [entry.name.scalarCount > 2 ? entry.name.dropLast() + "区" : entry.name + "区"]
    }

    private static let unitForms: [(String, Form)] = [("街道", .street), ("镇", .town), ("乡", .rural)]

    private static func units(_ full: [String], stem: String, _ entry: GazetteerEntry) -> [Name] {
        // 城镇, 新乡: a township of one character needs a boundary before it.
        let traits: NameTraits = stem.scalarCount == 1 ? .shortStem : []
        var names = full.filter { $0.scalarCount > 1 }.map { unit($0, traits) }
        for text in [stem] + entry.aliases.map(\.text) where text.scalarCount > 1 {
            // 柏木镇 as an alias says what it is; 柏木 alone is a hint for what follows.
            let isFull =
                ["镇", "乡", "街道", "苏木", "县", "区", "市", "省", "旗"].contains { text.endsInBytes(of: $0) }
                && text.scalarCount > 2
            names.append(isFull ? unit(text, []) : Name(stem: text, nameClass: .hint))
        }
        return names
    }

    private static func unit(_ text: String, _ traits: NameTraits, isLoose: Bool = false) -> Name {
        for (suffix, form) in unitForms where text.hasEnding(suffix) && text.scalarCount > suffix.scalarCount + 1 {
            return Name(
                stem: text.without(suffix), form: form, nameClass: .named, isLoose: isLoose, traits: traits)
        }
        return Name(stem: text, nameClass: .named, isLoose: isLoose, traits: traits)
    }

    /// The names under which a village's official name (or an alias that looks like one) is spoken of.
    private static func spoken(_ name: String) -> [Name] {
        let parts = VillageName(name)
        var traits: NameTraits = OrdinaryWords.contains(parts.stem) ? .ordinary : []
        if OrdinaryWords.isInstitution(parts.stem) { traits.formUnion([.ordinary, .institution]) }
        guard parts.kind != .bare else {
            // 官塘屯, 红旗林场 are names by themselves; two characters may be anything.
            let isNamed = parts.stem.scalarCount > 2 && traits.isEmpty
            var names = [Name(stem: parts.stem, nameClass: isNamed ? .named : .stem, traits: traits)]
            // 东王屯 is called 东王屯村 too.
            if parts.stem.scalarCount > 1 {
                names.append(
                    Name(
                        stem: parts.stem, form: .village, nameClass: .named, isLoose: true, traits: traits.union(.body))
                )
            }
            return names
        }
        if parts.stem.scalarCount > 1 {
            let isWord = WordSegmenter.isListed(parts.stem.utf16) && !OrdinaryWords.isPlaceLike(parts.stem)
            let stem = Name(
                stem: parts.stem, nameClass: .stem, traits: isWord ? traits.union(.everyday) : traits)
            traits.formUnion(.body)
            // 江村社区 was 江村: what ends in 云江村村 is another village.
            if parts.stem.scalarCount == 2, parts.stem.endsInBytes(of: "村") { traits.formUnion(.shortStem) }
            // 村里村 is a village somewhere, and 村里村干部 everywhere.
            if traits.contains(.ordinary), parts.stem.hasPrefix("村") { traits.formUnion(.shortStem) }
            return [stem] + full(parts, traits)
        }
        traits.formUnion([.body, .shortStem])
        return full(parts, traits)
    }

    private static func full(_ parts: VillageName, _ traits: NameTraits) -> [Name] {
        parts.spoken.map { named($0, isLoose: false, traits) }
            + parts.spokenLoosely.map { named($0, isLoose: true, traits) }
    }

    private static let villageForms: [(String, Form)] = [
        ("自然村", .naturalVillage), ("居委会", .committee), ("社区", .community), ("村", .village),
    ]

    /// A name that says what it is, cut into stem and form where the stem is long enough to be looked for.
    private static func named(_ text: String, isLoose: Bool, _ traits: NameTraits) -> Name {
        for (suffix, form) in villageForms where text.hasEnding(suffix) && text.scalarCount > suffix.scalarCount + 1 {
            return Name(
                stem: text.without(suffix), form: form, nameClass: .named, isLoose: isLoose,
                traits: traits)
        }
        return Name(stem: text, nameClass: .named, isLoose: isLoose, traits: traits)
    }

    /// The names that an alias gives.
    static func names(of alias: GazetteerEntry.Alias) -> [Name] {
        let text = alias.text
        let isBare = VillageName(text).kind == .bare
        switch alias.kind {
        case .old, .typo: return spoken(text)
        case .short:
            guard isBare else { return spoken(text) }
            return [Name(stem: text, nameClass: .stem)]
        case .natural:
            guard isBare else {
                return spoken(text).map {
                    Name(
                        stem: $0.stem, form: $0.form, nameClass: $0.nameClass, isLoose: $0.isLoose,
                        traits: $0.traits.union(.unofficial))
                }
            }
            var traits: NameTraits = OrdinaryWords.contains(text) ? [.ordinary, .unofficial] : .unofficial
            if WordSegmenter.isListed(text.utf16), !OrdinaryWords.isPlaceLike(text) { traits.formUnion(.everyday) }
            return [Name(stem: text, nameClass: .stem, traits: traits)]
                + [Form.village, .naturalVillage, .group].map {
                    Name(
                        stem: text, form: $0, nameClass: .named,
                        traits: $0 == .village ? [.body, .unofficial] : .unofficial
                    )
                }
        case .estate: return [Name(stem: text, nameClass: text.scalarCount > 2 ? .named : .stem)]
        case .taught:
            if !isBare { return spoken(text) }
            return [Name(stem: text, nameClass: text.scalarCount > 2 ? .named : .stem)]
        case .landmark: return [Name(stem: text, nameClass: .landmark)]
        }
    }
}
