internal import Messages

extension Gazetteer {
    /// How sure a name is by itself.
    enum NameClass: Int, Sendable {
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
        /// 街道社区: a name before it (凤栖街道社区) makes another village of it.
        static let institution = NameTraits(rawValue: 8)
        /// It ends in 村 or 社区, so that words may run on over its end (村民, 村委会).
        static let body = NameTraits(rawValue: 4)
    }

    /// A name of an entry.
    struct Name {
        let text: String
        let nameClass: NameClass
        var isLoose = false
        var traits: NameTraits = []
    }

    /// All names of an entry; the same text may come twice.
    static func names(of entry: GazetteerEntry) -> [Name] {
        switch entry.level {
        case .village:
            // A stem that the operator lists as a short name is one, even if it is a word (铁匠铺).
            let short = entry.aliases.filter { $0.kind == .short }.map(\.text)
            var names = spoken(entry.name).filter { $0.nameClass != .stem || !short.contains($0.text) }
            for alias in entry.aliases { names += self.names(of: alias) }
            return names
        case .township:
            let parts = TownshipName(entry.name)
            return units([entry.name, parts.spoken], stem: parts.stem, entry)
        case .county, .city, .province:
            return units([entry.name], stem: String(entry.name.dropLast()), entry)
        }
    }

    private static func units(_ full: [String], stem: String, _ entry: GazetteerEntry) -> [Name] {
        // 城镇, 新乡: a township of one character needs a boundary before it.
        let traits: NameTraits = stem.count == 1 ? .shortStem : []
        var names = full.filter { $0.count > 1 }.map { Name(text: $0, nameClass: .named, traits: traits) }
        for text in [stem] + entry.aliases.map(\.text) where text.count > 1 {
            // 柏木镇 as an alias says what it is; 柏木 alone is a hint for what follows.
            let isFull = ["镇", "乡", "街道", "县", "区", "市", "省"].contains { text.hasSuffix($0) } && text.count > 2
            names.append(Name(text: text, nameClass: isFull ? .named : .hint))
        }
        return names
    }

    /// The names under which a village's official name (or an alias that looks like one) is spoken of.
    private static func spoken(_ name: String) -> [Name] {
        let parts = VillageName(name)
        var traits: NameTraits = OrdinaryWords.contains(parts.stem) ? .ordinary : []
        if OrdinaryWords.isInstitution(parts.stem) { traits.formUnion([.ordinary, .institution]) }
        guard parts.kind != .bare else {
            // 官塘屯, 红旗林场 are names by themselves; two characters may be anything.
            let isNamed = parts.stem.count > 2 && traits.isEmpty
            return [Name(text: parts.stem, nameClass: isNamed ? .named : .stem, traits: traits)]
        }
        if parts.stem.count > 1 {
            let stem = Name(text: parts.stem, nameClass: .stem, traits: traits)
            traits.formUnion(.body)
            // 江村社区 was 江村: what ends in 云江村村 is another village.
            if parts.stem.count == 2, parts.stem.hasSuffix("村") { traits.formUnion(.shortStem) }
            return [stem] + full(parts, traits)
        }
        traits.formUnion([.body, .shortStem])
        return full(parts, traits)
    }

    private static func full(_ parts: VillageName, _ traits: NameTraits) -> [Name] {
        parts.spoken.map { Name(text: $0, nameClass: .named, traits: traits) }
            + parts.spokenLoosely.map { Name(text: $0, nameClass: .named, isLoose: true, traits: traits) }
    }

    private static func names(of alias: GazetteerEntry.Alias) -> [Name] {
        let text = alias.text
        let isBare = VillageName(text).kind == .bare
        switch alias.kind {
        case .old, .typo: return spoken(text)
        case .short:
            guard isBare else { return spoken(text) }
            return [Name(text: text, nameClass: .stem)]
        case .natural:
            guard isBare else { return spoken(text) }
            let traits: NameTraits = OrdinaryWords.contains(text) ? .ordinary : []
            return [Name(text: text, nameClass: .stem, traits: traits)]
                + ["村", "自然村", "村民小组", "组"].map {
                    Name(text: text + $0, nameClass: .named, traits: $0 == "村" ? [.body] : [])
                }
        case .estate, .taught:
            return [Name(text: text, nameClass: text.count > 2 ? .named : .stem)]
        case .landmark: return [Name(text: text, nameClass: .landmark)]
        }
    }
}
