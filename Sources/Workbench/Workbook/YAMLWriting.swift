/// Rules and sets as YAML, the way the shipped files are written.
enum YAMLWriting {
    /// The order in which a rule's keys are written.
    static let order = [
        "id", "topic", "severity", "weight", "against", "scope", "factor", "any", "all", "pattern", "requires",
        "within", "order",
        "across", "unless", "unless-anywhere", "not-after", "not-before", "protect", "boundaries", "examples",
    ]

    /// `[a, b]`.
    static func list(_ words: [String]) -> String { "[" + words.map(YAMLText.scalar).joined(separator: ", ") + "]" }

    /// A plain value: numbers and flags as they are, patterns in single quotes.
    static func value(_ key: String, _ text: String) -> String {
        switch key {
        case "weight", "factor", "within", "order", "across", "topic", "severity", "scope", "boundaries": text
        case "pattern" where !text.contains("\n"):
            "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        default: YAMLText.scalar(text)
        }
    }

    /// The lines of one key, without indentation.
    static func lines(_ key: String, of item: SheetItem) -> [String] {
        switch key {
        case "id": return ["id: " + YAMLText.scalar(item.name)]
        case "any": return item.conditions.count == 1 ? ["any: " + list(item.conditions[0])] : []
        case "all": return item.conditions.count > 1 ? ["all:"] + item.conditions.map { "  - " + list($0) } : []
        case "examples":
            let parts = ["match", "miss"].compactMap { key in item.lists[key].map { "  \(key): " + list($0) } }
            return parts.isEmpty ? [] : ["examples:"] + parts
        default:
            if let words = item.lists[key] { return ["\(key): " + list(words)] }
            return item.values[key].map { ["\(key): " + value(key, $0)] } ?? []
        }
    }

    /// A rule or guard as an item of a list, with its comment.
    static func rule(_ item: SheetItem, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        let lines = order.flatMap { Self.lines($0, of: item) }
        var text = item.comment.map { margin + ($0.isEmpty ? "#" : "# " + $0) + "\n" }.joined()
        for (index, line) in lines.enumerated() { text += margin + (index == 0 ? "- " : "  ") + line + "\n" }
        return text
    }

    /// A set, with its comment.
    static func set(_ item: SheetItem, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        let comment = item.comment.map { margin + ($0.isEmpty ? "#" : "# " + $0) + "\n" }.joined()
        let words = list(item.conditions.first ?? [])
        let name = YAMLText.scalar(item.name)
        guard let protect = item.lists["protect"] else { return comment + margin + name + ": " + words + "\n" }
        return comment + margin + name + ":\n" + margin + "  terms: " + words + "\n" + margin + "  protect: "
            + list(protect) + "\n"
    }

    /// A whole file.
    static func file(stem: String, title: String, _ items: [SheetItem]) -> String {
        let sets = items.filter { $0.kind == .set }
        let rules = items.filter { $0.kind == .rule }
        let guards = items.filter { $0.kind == .guarding }
        var text = stem == "sets" || stem.hasPrefix("sets-") || stem == "guards" ? "" : "subject: \(stem)\n"
        if !title.isEmpty { text += "title: " + YAMLText.scalar(title) + "\n" }
        if !sets.isEmpty { text += "sets:\n" + sets.map { set($0, indent: 2) }.joined() }
        if !rules.isEmpty { text += "rules:\n" + rules.map { rule($0, indent: 2) }.joined() }
        if !guards.isEmpty { text += "guards:\n" + guards.map { rule($0, indent: 2) }.joined() }
        return text
    }
}
