internal import Lexicons
internal import Messages

/// Checks the form of the files: keys, values, ids, sets.
///
/// What the loader stops at is found here all at once.
struct LintShape {
    static func check(_ context: inout LintContext) {
        for index in context.files.indices { checkFile(index, &context) }
        checkIDs(&context)
        checkSets(&context)
        LintValues.check(&context)
    }

    private static func checkFile(_ index: Int, _ context: inout LintContext) {
        let file = context.files[index]
        guard let root = file.root else {
            let line = file.failure?.error.origin.line ?? 1
            let isEmpty = file.text.split(whereSeparator: \.isNewline).allSatisfy { line in
                line.first { !$0.isWhitespace }.map { $0 == "#" } ?? true
            }
            if isEmpty {
                context.note(.emptyFile, index, nil, "空文件。请写内容或删去文件", "an empty file. Write something, or delete it")
            } else {
                let reason = if case .notYAML(let problem) = file.failure?.error.reason { problem } else { "YAML" }
                context.note(
                    .notYAML, index, line: line, column: file.failure?.column ?? 1,
                    "不是有效的 YAML（\(ParserWords.yaml(reason))）。检查引号、冒号后的空格和缩进",
                    "not valid YAML (\(reason)). Look for a quote, a blank after a colon, the indentation")
            }
            return
        }
        guard root.entries != nil else {
            context.note(.wrongShape, index, root, "文件最外层应为“键: 值”", "a mapping (key: value) expected at the top")
            return
        }
        switch file.stem {
        case "taxonomy": checkTaxonomy(index, &context)
        case "words": checkKeys(root, ["words"], index, "", &context)
        case "variants":
            let known = SpellingVariants.Kind.allCases.map(\.rawValue) + ["alike", "parts"]
            checkKeys(root, known, index, "", &context)
        default:
            if file.isShared {
                checkKeys(root, ["sets"], index, "", &context)
            } else {
                checkKeys(root, LexiconSchema.top, index, "", &context)
                checkSubject(root, index, &context)
                for key in ["rules", "guards"] {
                    guard let list = root[key] else { continue }
                    guard let items = list.items else {
                        context.note(.wrongShape, index, list, "“\(key)”应为列表", "'\(key)' must be a list")
                        continue
                    }
                    if items.isEmpty {
                        context.note(
                            .emptyFile, index, list, "“\(key)”是空的。请写规则，或删去这个键",
                            "'\(key)' is empty. Write rules, or delete the key")
                    }
                    for item in items { checkRule(item, isGuard: key == "guards", index, &context) }
                }
                if root["rules"] == nil, root["guards"] == nil {
                    context.note(
                        .emptyFile, index, root, "没有规则。请写 rules，或删去文件", "no rules here. Write them, or delete the file")
                }
            }
            if let sets = root["sets"] { checkSetShapes(sets, index, &context) }
        }
    }

    private static func checkTaxonomy(_ index: Int, _ context: inout LintContext) {
        let file = context.files[index]
        do throws(LexiconError) {
            _ = try LexiconLoader.lexicon(of: [(file.path, file.text)])
        } catch {
            context.note(
                .taxonomyDiffers, index, line: max(1, error.origin.line), column: 1,
                "与固定分类不符。分类是封闭的，不能增删；请恢复随软件发布的文件",
                "differs from the closed taxonomy, to which nothing may be added. Restore the shipped file")
        }
    }

    private static func checkSubject(_ root: SourceNode, _ index: Int, _ context: inout LintContext) {
        let stem = context.files[index].stem
        if let subject = root["subject"], subject.text != stem {
            context.note(
                .wrongSubject, index, subject, "subject 应为文件名“\(stem)”",
                "the subject must be the file's name, '\(stem)'",
                edits: [TextEdit(range: subject.range, text: stem)])
        }
        if stem != "guards", Topic(rawValue: stem) == nil {
            context.note(
                .forbiddenSubject, index, root["subject"],
                "“\(stem)”不在固定分类里。词库只认 taxonomy.yaml 的主题，不能新增类别；请把规则放进相应主题的文件",
                "'\(stem)' is not in the closed taxonomy, to which nothing may be added. Move the rules into the file of a topic"
            )
        }
    }

    /// Unknown keys and keys that stand twice.
    static func checkKeys(
        _ node: SourceNode, _ known: [String], _ file: Int, _ owner: String, _ context: inout LintContext
    ) {
        var seen: Set<String> = []
        for entry in node.entries ?? [] {
            guard let key = entry.key.text else {
                context.note(.wrongShape, file, entry.key, owner: owner, "键应为文字", "a key must be a text")
                continue
            }
            if !seen.insert(key).inserted {
                context.note(
                    .duplicateKey, file, entry.key, owner: owner, "“\(key)”写了两次。请合并成一处",
                    "'\(key)' stands here twice. Make one of the two")
            } else if !known.contains(key) {
                let meant = Spelling.nearest(key, among: known.filter { !seen.contains($0) })
                context.note(
                    .unknownKey, file, entry.key, owner: owner,
                    "不认识的键“\(key)”。" + (meant.map { "是不是“\($0)”？" } ?? "可用：\(known.joined(separator: "、"))"),
                    "unknown key '\(key)'. "
                        + (meant.map { "Did you mean '\($0)'?" } ?? "Use one of: \(known.joined(separator: ", "))"),
                    edits: meant.map { [TextEdit(range: entry.key.range, text: $0)] } ?? [])
            }
        }
    }

    private static func checkSetShapes(_ sets: SourceNode, _ file: Int, _ context: inout LintContext) {
        guard let entries = sets.entries else {
            context.note(.wrongShape, file, sets, "sets 应为“名称: [词, 词]”", "sets must be 'name: [word, word]'")
            return
        }
        var seen: Set<String> = []
        for entry in entries {
            let name = entry.key.text ?? ""
            if !seen.insert(name).inserted {
                context.note(
                    .duplicateKey, file, entry.key, owner: name, "词组“\(name)”定义了两次。请合并",
                    "the set '\(name)' is defined twice. Merge the two")
            }
            if entry.value.entries != nil {
                checkKeys(entry.value, ["terms", "protect"], file, name, &context)
                if entry.value["terms"] == nil {
                    context.note(
                        .missingKey, file, entry.key, owner: name, "词组“\(name)”缺少 terms",
                        "the set '\(name)' has no terms")
                }
                for part in entry.value.entries ?? [] { checkWords(part.value, file, name, isSet: true, &context) }
            } else {
                checkWords(entry.value, file, name, isSet: true, &context)
            }
        }
    }

    private static func checkRule(_ item: SourceNode, isGuard: Bool, _ file: Int, _ context: inout LintContext) {
        guard item.entries != nil else {
            context.note(.wrongShape, file, item, "每条规则应为“键: 值”", "each rule must be a mapping")
            return
        }
        let keys = LexiconSchema.keys(isGuard: isGuard)
        let id = item["id"]?.text ?? ""
        checkKeys(item, keys.map(\.name), file, id, &context)
        for key in keys {
            guard let value = item[key.name] else {
                if key.isRequired {
                    let code: LintCode = key.name == "examples" ? .missingExample : .missingKey
                    context.note(
                        code, file, item, owner: id, "缺少“\(key.name)”（\(key.zh)）",
                        "'\(key.name)' is missing (\(key.en))")
                }
                continue
            }
            checkValue(value, key, file, id, &context)
        }
        if item["any"] == nil, item["all"] == nil, item["pattern"] == nil {
            context.note(
                .missingKey, file, item, owner: id, "没有条件：请写 any、all 或 pattern",
                "no condition: write any, all or pattern")
        }
        let conditions = (item["any"] == nil ? 0 : 1) + (item["all"]?.items?.count ?? 0)
        if conditions > 5 {
            context.note(
                .badValue, file, item["all"], owner: id, "有 \(conditions) 个条件，最多 5 个",
                "\(conditions) conditions; at most five")
        }
        if item["pattern"] != nil, item["requires"] == nil {
            context.note(
                .patternWithoutLiteral, file, item["pattern"], owner: id, "正则式缺少 requires。请列出必须先出现的词",
                "a pattern without requires. List words of which one must be there")
        }
        if item["pattern"] == nil, let requires = item["requires"] {
            context.note(.missingKey, file, requires, owner: id, "有 requires 而没有 pattern", "requires without a pattern")
        }
        let prefix = isGuard ? "guard." : context.files[file].stem + "."
        if let node = item["id"], !id.hasPrefix(prefix) || id.count == prefix.count {
            context.note(.wrongID, file, node, owner: id, "编号应以“\(prefix)”开头", "the id must begin with '\(prefix)'")
        } else if let node = item["id"], !id.allSatisfy(Self.isPlain) {
            context.note(
                .wrongID, file, node, owner: id, "编号只用小写字母、数字、点和连字符，如 \(prefix)no-repair",
                "an id is small letters, digits, dots and hyphens, as \(prefix)no-repair")
        }
        if !isGuard, let topic = item["topic"], Topic(rawValue: topic.text ?? "") != nil,
            topic.text != context.files[file].stem,
            Topic(rawValue: context.files[file].stem) != nil
        {
            context.note(
                .otherTopic, file, topic, owner: id, "主题是 \(topic.text ?? "")，文件是 \(context.files[file].stem)。请移到那个文件",
                "the topic is \(topic.text ?? ""), the file \(context.files[file].stem). Move the rule to that file")
        }
    }

    /// What an id is made of, so that it can be typed and named in `lint.allow`.
    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLowercase || character.isNumber || character == "." || character == "-")
    }

    private static func checkValue(
        _ node: SourceNode, _ key: LexiconSchema.Key, _ file: Int, _ id: String, _ context: inout LintContext
    ) {
        func bad(_ expected: String, edits: [TextEdit] = []) {
            context.note(
                .badValue, file, node, owner: id, "\(key.name) 不能写“\(node.text ?? "…")”，应为 \(expected)",
                "\(key.name) cannot be '\(node.text ?? "…")'. Write \(expected)", edits: edits)
        }
        switch key.value {
        case .text: if node.text?.isEmpty ?? true { bad("…") }
        case .number(let range):
            if !(node.text.flatMap(DecimalText.value(of:)).map(range.contains) ?? false) {
                bad("\(Int(range.lowerBound))…\(Int(range.upperBound))")
            }
        case .whole(let range):
            let value = node.text.flatMap(DecimalText.value(of:)).flatMap { Int(exactly: $0) }
            if !(value.map(range.contains) ?? false) {
                bad("\(range.lowerBound)…\(range.upperBound)")
            }
        case .flag:
            guard let text = node.text, Bool(text) == nil else { break }
            let meant =
                ["true", "yes", "on"].contains(text.lowercased())
                ? "true" : ["false", "no", "off"].contains(text.lowercased()) ? "false" : nil
            bad("true / false", edits: meant.map { [TextEdit(range: node.range, text: $0)] } ?? [])
        case .choice(let known):
            if !known.contains(node.text ?? "") {
                let meant = node.text.flatMap { Spelling.nearest($0, among: known) }
                context.note(
                    key.name == "topic" ? .forbiddenSubject : .badValue, file, node, owner: id,
                    "\(key.name) 没有“\(node.text ?? "…")”。"
                        + (meant.map { "是不是“\($0)”？" } ?? "可用：\(known.joined(separator: "、"))"),
                    "no \(key.name) '\(node.text ?? "…")'. "
                        + (meant.map { "Did you mean '\($0)'?" } ?? "Use one of: \(known.joined(separator: ", "))"),
                    edits: meant.map { [TextEdit(range: node.range, text: $0)] } ?? [])
            }
        case .choices(let known):
            guard let items = node.items, !items.isEmpty else { return bad("[\(known.joined(separator: ", "))]") }
            var seen: Set<String> = []
            for item in items where !seen.insert(item.text ?? "").inserted {
                context.note(
                    .duplicateTerm, file, item, owner: id, "“\(item.text ?? "")”在此重复。请删去一个",
                    "'\(item.text ?? "")' stands here twice. Delete one",
                    edits: context.removal(of: items.lastIndex { $0.range == item.range } ?? 0, from: items, in: file)
                        .map { [$0] }
                        ?? [])
            }
            for item in items where !known.contains(item.text ?? "") {
                context.note(
                    .badValue, file, item, owner: id,
                    "\(key.name) 没有“\(item.text ?? "…")”。可用：\(known.joined(separator: "、"))",
                    "no \(key.name) '\(item.text ?? "…")'. Use: \(known.joined(separator: ", "))")
            }
        case .words: checkWords(node, file, id, isSet: false, &context)
        case .conditions:
            guard let items = node.items, !items.isEmpty else { return bad("[[…], […]]") }
            for item in items { checkWords(item, file, id, isSet: false, &context) }
        case .examples: checkExamples(node, file, id, &context)
        }
    }

    private static func checkExamples(_ node: SourceNode, _ file: Int, _ id: String, _ context: inout LintContext) {
        guard node.entries != nil else {
            context.note(
                .wrongShape, file, node, owner: id, "examples 应为“match: [例句], miss: [例句]”",
                "examples must be 'match: [text], miss: [text]'")
            return
        }
        checkKeys(node, ["match", "miss"], file, id, &context)
        for (key, zh) in [("match", "应命中的例句"), ("miss", "不应命中的例句")] {
            guard let list = node[key], let items = list.items, !items.isEmpty else {
                context.note(
                    .missingExample, file, node[key] ?? node, owner: id, "缺少 \(key)：至少写一句\(zh)",
                    "no \(key) examples: write at least one text")
                continue
            }
            for item in items where item.text?.allSatisfy(\.isWhitespace) ?? true {
                context.note(.emptyExample, file, item, owner: id, "空的例句", "an empty example")
            }
        }
    }

    /// Form of a list of words; empty ones are found by `LintWords`.
    private static func checkWords(
        _ node: SourceNode, _ file: Int, _ owner: String, isSet: Bool, _ context: inout LintContext
    ) {
        guard let items = node.items else {
            let edits = node.text.map { _ in
                [TextEdit(range: node.range, text: "[\(context.files[file].slice(node.range))]")]
            }
            context.note(
                .wrongShape, file, node, owner: owner, "应为列表：[词, 词]", "a list expected: [word, word]",
                edits: node.text?.isEmpty == false && node.range.count > 0 ? edits ?? [] : [])
            return
        }
        if items.isEmpty {
            context.note(.emptyTerm, file, node, owner: owner, "空的列表", "an empty list")
        }
        for item in items {
            guard let text = item.text else {
                context.note(.wrongShape, file, item, owner: owner, "列表里应为词，不是列表", "a word expected here, not a list")
                continue
            }
            guard text.hasPrefix("@") else { continue }
            if isSet {
                context.note(
                    .setOfSets, file, item, owner: owner, "词组里不能再引用词组“\(text)”。请在规则里同时写两个",
                    "a set cannot hold the set '\(text)'. Name both in the rule")
            } else if context.draft.set(text, in: file) == nil {
                let known = context.draft.sets.filter { $0.file == file || context.files[$0.file].isShared }.map(\.name)
                let meant = Spelling.nearest(String(text.dropFirst()), among: known)
                let edit = meant.map { [TextEdit(range: item.range, text: "\"@\($0)\"")] } ?? []
                context.note(
                    .unknownSet, file, item, owner: owner,
                    "没有词组“\(text)”。" + (meant.map { "是不是“@\($0)”？" } ?? "请在 sets 下定义"),
                    "no set '\(text)'. " + (meant.map { "Did you mean '@\($0)'?" } ?? "Define it under sets"),
                    edits: edit)
            }
        }
    }

    private static func checkIDs(_ context: inout LintContext) {
        var first: [String: (file: Int, line: Int)] = [:]
        for rule in context.draft.rules where !rule.id.isEmpty {
            if let known = first[rule.id] {
                let place = "\(context.files[known.file].path):\(known.line)"
                context.note(
                    .duplicateID, rule.file, rule.idNode, owner: rule.id, "编号已在 \(place) 用过。请换一个",
                    "the id is used at \(place) already. Choose another")
            } else {
                first[rule.id] = (rule.file, rule.idNode.line)
            }
        }
    }

    private static func checkSets(_ context: inout LintContext) {
        var used: Set<String> = []
        for rule in context.draft.rules {
            let lists = rule.conditions + Array(rule.lists.values)
            for word in lists.joined() where word.isReference {
                if let set = context.draft.set(word.text, in: rule.file) { used.insert("\(set.file) \(set.name)") }
            }
        }
        var shared: [String: Int] = [:]
        for set in context.draft.sets where context.files[set.file].isShared {
            if let other = shared.updateValue(set.file, forKey: set.name), other != set.file {
                context.note(
                    .duplicateKey, set.file, set.node, owner: set.name,
                    "公用词组“\(set.name)”已在 \(context.files[other].path) 定义",
                    "the shared set '\(set.name)' is defined in \(context.files[other].path) already")
            }
        }
        for set in context.draft.sets {
            if !context.files[set.file].isShared, shared[set.name] != nil {
                context.note(
                    .duplicateKey, set.file, set.node, owner: set.name, "词组“\(set.name)”与公用词组同名。请换个名称",
                    "a shared set is called '\(set.name)' too. Choose another name")
            }
            if !used.contains("\(set.file) \(set.name)") {
                context.note(
                    .unusedSet, set.file, set.node, owner: set.name,
                    "词组“\(set.name)”没有规则使用。请删去，或在规则里写 \"@\(set.name)\"",
                    "no rule uses the set '\(set.name)'. Delete it, or write \"@\(set.name)\" in a rule")
            }
        }
    }
}
