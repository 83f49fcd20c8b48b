/// Brings the rows of a sheet back into a lexicon file: what did not change stays byte for byte, comments and order included.
struct SheetMerge {
    private let file: LexiconFile
    private var edits: [TextEdit] = []

    /// The file's text after the rows are taken over.
    static func text(of items: [SheetItem], into file: LexiconFile) -> String {
        var merge = SheetMerge(file: file)
        merge.merge(items)
        return String(decoding: TextEdit.apply(merge.edits, to: file.bytes), as: UTF8.self)
    }

    private init(file: LexiconFile) { self.file = file }

    private mutating func merge(_ items: [SheetItem]) {
        let old = SheetItem.items(of: file)
        for (kind, section) in [(SheetItem.Kind.set, "sets"), (.rule, "rules"), (.guarding, "guards")] {
            merge(items.filter { $0.kind == kind }, old.filter { $0.kind == kind }, section)
        }
    }

    /// One section: sets, rules or guards.
    private mutating func merge(_ items: [SheetItem], _ old: [SheetItem], _ section: String) {
        let nodes = nodes(section)
        let before = Dictionary(zip(old.map(\.name), old), uniquingKeysWith: { first, _ in first })
        let places = Dictionary(zip(old.map(\.name), nodes), uniquingKeysWith: { first, _ in first })
        let kept = Set(items.map(\.name))
        // A section of which nothing is left goes with its key.
        if !old.isEmpty, kept.isDisjoint(with: before.keys),
            let entry = file.root?.entries?.first(where: { $0.key.text == section })
        {
            let end = file.start(ofLine: file.line(ofByte: max(0, entry.value.textEnd - 1)) + 1)
            edits.append(TextEdit(range: file.start(ofLine: entry.key.line)..<end, text: fresh(items, section)))
            return
        }
        for item in old where !kept.contains(item.name) {
            if let node = places[item.name] { edits.append(TextEdit(range: lines(of: node), text: "")) }
        }
        var additions: [Int: String] = [:]
        var place = nodes.first.map { lines(of: $0).lowerBound }
        for item in items {
            if let was = before[item.name], let node = places[item.name] {
                change(was, item, node)
                place = lines(of: node).upperBound
            } else if let at = place {
                let indent = max(0, (nodes.first?.column ?? 3) - 1)
                // A rule's node begins behind its `- `.
                additions[at, default: ""] +=
                    item.kind == .set
                    ? YAMLWriting.set(item, indent: indent) : YAMLWriting.rule(item, indent: max(0, indent - 2))
            }
        }
        for (at, text) in additions { edits.append(TextEdit(range: at..<at, text: ending(at) + text)) }
        if nodes.isEmpty, !items.isEmpty {
            edits.append(
                TextEdit(
                    range: file.bytes.count..<file.bytes.count, text: ending(file.bytes.count) + fresh(items, section)))
        }
    }

    /// A line break where the file ends without one.
    private func ending(_ place: Int) -> String { place > 0 && file.bytes[place - 1] != 0x0A ? "\n" : "" }

    private func fresh(_ items: [SheetItem], _ section: String) -> String {
        guard !items.isEmpty else { return "" }
        return section + ":\n"
            + items.map { $0.kind == .set ? YAMLWriting.set($0, indent: 2) : YAMLWriting.rule($0, indent: 2) }.joined()
    }

    /// The nodes of a section: for sets their keys with values, for rules the items.
    private func nodes(_ section: String) -> [SourceNode] {
        guard let value = file.root?[section] else { return [] }
        if section == "sets" {
            return (value.entries ?? []).map { entry in
                var node = entry.value
                node.range = entry.key.range.lowerBound..<entry.value.range.upperBound
                node.line = entry.key.line
                node.column = entry.key.column
                return node
            }
        }
        return (value.items ?? []).filter { $0.entries != nil }
    }

    /// The whole lines of an item with the comments above it.
    private func lines(of node: SourceNode) -> Range<Int> {
        let start = file.start(ofLine: file.commentStart(above: node.line))
        return start..<file.start(ofLine: file.line(ofByte: max(0, node.textEnd - 1)) + 1)
    }

    private mutating func change(_ was: SheetItem, _ now: SheetItem, _ node: SourceNode) {
        if was.kind == .set { return changeSet(was, now, node) }
        // A rule in braces has no lines of its own: it is written anew.
        guard !node.isBracketed else {
            if !Self.areEqual(was, now) {
                edits.append(
                    TextEdit(range: lines(of: node), text: YAMLWriting.rule(now, indent: max(0, node.column - 3))))
            }
            return
        }
        for key in YAMLWriting.order where key != "id" && key != "examples" && key != "any" && key != "all" {
            if let old = was.lists[key], let new = now.lists[key], let value = node[key] {
                changeList(value, old, new)
            } else if was.lists[key] != now.lists[key] || !Self.isSame(key, was.values[key], now.values[key]) {
                replace(key, now, node, was)
            }
        }
        changeConditions(was, now, node)
        changeExamples(was, now, node)
    }

    private mutating func changeSet(_ was: SheetItem, _ now: SheetItem, _ node: SourceNode) {
        let isMapping = node.entries != nil
        // A mapping in braces is one line, and `- word` right under the name leaves no room for a key: written anew.
        let isFlush = !isMapping && !node.isBracketed && (node.items?.first?.column ?? 0) - 3 < node.column
        let isOpened = was.lists["protect"] == nil && now.lists["protect"] != nil
        if isMapping && (node.isBracketed || node["terms"] == nil) || isFlush && isOpened {
            guard was.conditions != now.conditions || was.lists != now.lists else { return }
            var item = now
            item.comment = was.comment
            edits.append(TextEdit(range: lines(of: node), text: YAMLWriting.set(item, indent: max(0, node.column - 1))))
            return
        }
        guard let list = isMapping ? node["terms"] : node else { return }
        changeList(list, was.conditions.first ?? [], now.conditions.first ?? [])
        switch (was.lists["protect"], now.lists["protect"]) {
        case (let old?, let new?): if let protect = node["protect"] { changeList(protect, old, new) }
        case (nil, let new?):
            let last = file.start(ofLine: file.line(ofByte: max(0, node.textEnd - 1)) + 1)
            var margin = (node["terms"].flatMap { _ in node.entries?.first }?.key.column ?? node.column + 2) - 1
            if !isMapping { margin = openSet(node, list) }
            let line = String(repeating: " ", count: margin) + "protect: " + YAMLWriting.list(new) + "\n"
            edits.append(TextEdit(range: last..<last, text: ending(last) + line))
        case (_?, nil): edits.append(TextEdit(range: lines(ofKey: "protect", in: node), text: ""))
        case (nil, nil): break
        }
    }

    /// Makes `name: [a, b]  # why` a mapping with `terms`, comments where they are; the column of its keys.
    private mutating func openSet(_ node: SourceNode, _ list: SourceNode) -> Int {
        // A set's node begins at its name.
        guard let first = list.items?.first else { return node.column + 1 }
        if node.isBracketed {
            let bracket =
                file.bytes[node.range.lowerBound..<first.range.lowerBound].lastIndex(of: 0x5B) ?? node.range.lowerBound
            var name = bracket
            while name > 0, [0x20, 0x0A].contains(file.bytes[name - 1]) { name -= 1 }
            let margin = node.column + 1
            edits.append(
                TextEdit(range: name..<bracket, text: "\n" + String(repeating: " ", count: margin) + "terms: "))
            return margin
        }
        // `- word` may stand as deep as the key above it.
        let margin = max(0, first.column - 3)
        let start = file.start(ofLine: file.commentStart(above: first.line))
        edits.append(TextEdit(range: start..<start, text: String(repeating: " ", count: margin) + "terms:\n"))
        return margin
    }

    private mutating func changeConditions(_ was: SheetItem, _ now: SheetItem, _ node: SourceNode) {
        guard was.conditions != now.conditions else { return }
        let nodes = (node["any"].map { [$0] } ?? []) + (node["all"]?.items ?? [])
        if was.conditions.count == now.conditions.count {
            for index in nodes.indices { changeList(nodes[index], was.conditions[index], now.conditions[index]) }
            return
        }
        // Another number of conditions: they are written anew in the place of the old ones.
        var isPlaced = false
        for key in ["any", "all"] where node[key] != nil {
            let range = lines(ofKey: key, in: node)
            let text =
                isPlaced
                ? ""
                : (YAMLWriting.lines("any", of: now) + YAMLWriting.lines("all", of: now)).map {
                    margin(node) + $0 + "\n"
                }.joined()
            edits.append(TextEdit(range: range, text: text))
            isPlaced = true
        }
        if !isPlaced {
            for key in ["any", "all"] { insert(key, now, node) }
        }
    }

    private mutating func changeExamples(_ was: SheetItem, _ now: SheetItem, _ node: SourceNode) {
        guard was.lists["match"] != now.lists["match"] || was.lists["miss"] != now.lists["miss"] else { return }
        if let examples = node["examples"], let match = examples["match"], let miss = examples["miss"],
            let newMatch = now.lists["match"], let newMiss = now.lists["miss"]
        {
            changeList(match, was.lists["match"] ?? [], newMatch)
            changeList(miss, was.lists["miss"] ?? [], newMiss)
        } else {
            replace("examples", now, node, was)
        }
    }

    /// Changes, adds or takes away a key with its lines.
    private mutating func replace(_ key: String, _ now: SheetItem, _ node: SourceNode, _ was: SheetItem) {
        let new = YAMLWriting.lines(key, of: now)
        if node[key] == nil { return insert(key, now, node) }
        if new.isEmpty {
            edits.append(TextEdit(range: lines(ofKey: key, in: node), text: ""))
        } else if let value = node[key], value.text != nil, let text = now.values[key] {
            edits.append(TextEdit(range: value.range, text: YAMLWriting.value(key, text)))
        } else {
            edits.append(
                TextEdit(range: lines(ofKey: key, in: node), text: new.map { margin(node) + $0 + "\n" }.joined()))
        }
    }

    /// Adds a key behind the last of those that stand before it in the usual order.
    private mutating func insert(_ key: String, _ now: SheetItem, _ node: SourceNode) {
        let new = YAMLWriting.lines(key, of: now)
        guard !new.isEmpty, let place = YAMLWriting.order.firstIndex(of: key) else { return }
        let earlier = Set(YAMLWriting.order[..<place])
        let entries = node.entries ?? []
        guard let before = entries.last(where: { earlier.contains($0.key.text ?? "") }) ?? entries.first else { return }
        let at = file.start(ofLine: file.line(ofByte: max(0, before.value.textEnd - 1)) + 1)
        edits.append(TextEdit(range: at..<at, text: ending(at) + new.map { margin(node) + $0 + "\n" }.joined()))
    }

    private func margin(_ node: SourceNode) -> String { String(repeating: " ", count: max(0, node.column - 1)) }

    /// The lines of a key and its value; what stands before the key on its line (`- `) stays.
    private func lines(ofKey key: String, in node: SourceNode) -> Range<Int> {
        guard let entry = node.entries?.last(where: { $0.key.text == key }) else { return 0..<0 }
        let last = file.line(ofByte: max(entry.key.range.lowerBound, entry.value.textEnd - 1))
        return file.start(ofLine: entry.key.line)..<file.start(ofLine: last + 1)
    }

    /// Changes a list word by word, so that its line breaks and comments stay.
    private mutating func changeList(_ node: SourceNode, _ old: [String], _ new: [String]) {
        guard old != new, let items = node.items, items.count == old.count else { return }
        guard !items.isEmpty, !new.isEmpty else {
            edits.append(TextEdit(range: node.range, text: YAMLWriting.list(new)))
            return
        }
        var places: [String: [Int]] = [:]
        for (index, word) in old.enumerated().reversed() { places[word, default: []].append(index) }
        // A set's node begins at its name, so the place of the `- ` is that of the first word.
        let dash = String(repeating: " ", count: max(0, items[0].column - 3))
        let between = node.isBracketed ? ", " : "\n" + dash + "- "
        var text = ""
        var previous: Int?
        for (index, word) in new.enumerated() {
            let kept = places[word]?.popLast()
            if index > 0 {
                // What stood behind the word before stays behind it.
                let separator = previous.flatMap {
                    $0 + 1 < items.count ? file.slice(items[$0].range.upperBound..<items[$0 + 1].range.lowerBound) : nil
                }
                text += separator ?? between
            }
            text += kept.map { file.slice(items[$0].range) } ?? YAMLText.scalar(word)
            // A word in the place of another leaves the line breaks as they are.
            previous = kept ?? (old.count == new.count && !new.contains(old[index]) ? index : nil)
        }
        edits.append(TextEdit(range: items[0].range.lowerBound..<items[items.count - 1].range.upperBound, text: text))
    }

    /// Numbers are equal by value: a spreadsheet writes 0.80 as 0.8.
    private static func isSame(_ key: String, _ left: String?, _ right: String?) -> Bool {
        if left == right { return true }
        guard ["weight", "factor", "within"].contains(key), let left = left.flatMap({ Double($0) }),
            let right = right.flatMap({ Double($0) })
        else { return false }
        return abs(left - right) < 1e-9
    }

    private static func areEqual(_ left: SheetItem, _ right: SheetItem) -> Bool {
        left.conditions == right.conditions && left.lists == right.lists
            && Set(left.values.keys).union(right.values.keys).allSatisfy {
                isSame($0, left.values[$0], right.values[$0])
            }
    }
}
