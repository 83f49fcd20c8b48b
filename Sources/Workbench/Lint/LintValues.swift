internal import Lexicons
internal import Messages

/// Checks plain values that YAML readers do not agree on, and the forms of `words.yaml` and `variants.yaml`.
struct LintValues {
    static func check(_ context: inout LintContext) {
        for (index, file) in context.files.enumerated() {
            guard let root = file.root else { continue }
            if file.stem != "taxonomy" { checkTexts(root, index, &context) }
            switch file.stem {
            case "words":
                if let list = root["words"] { checkList(list, index, "words", &context) }
            case "variants": checkVariants(root, index, &context)
            default: break
            }
        }
    }

    // MARK: Words that other readers take for something else

    /// Words and examples without quotes that are a number, a truth value or nothing to other readers of YAML.
    private static func checkTexts(_ node: SourceNode, _ file: Int, _ context: inout LintContext) {
        for entry in node.entries ?? [] { checkTexts(entry.value, file, &context) }
        for item in node.items ?? [] {
            guard let text = item.text else {
                checkTexts(item, file, &context)
                continue
            }
            guard !item.isBracketed, isOther(text) else { continue }
            context.note(
                .unquotedValue, file, item, "“\(text)”没有引号，别的 YAML 工具会当成数字或真假。请加引号",
                "'\(text)' without quotes is a number or a truth value to other readers of YAML. Quote it",
                edits: [TextEdit(range: item.range, text: "\"\(text)\"")])
        }
    }

    private static let others: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~"]

    /// Whether YAML 1.1 or 1.2 reads a plain text as something else than text.
    static func isOther(_ text: String) -> Bool {
        if others.contains(text.lowercased()) { return true }
        guard let first = text.first, first.isASCII, first.isNumber || "+-.".contains(first) else { return false }
        let digits = text.replacing("_", with: "").replacing(":", with: "")
        return Double(digits) != nil || text.hasPrefix("0x") || text.hasPrefix("0o")
    }

    // MARK: Shared words and other spellings

    private static func checkVariants(_ root: SourceNode, _ file: Int, _ context: inout LintContext) {
        let asked = askedWords(context)
        for entry in root.entries ?? [] {
            let key = entry.key.text ?? ""
            if key == "parts" {
                checkParts(entry.value, file, &context)
                continue
            }
            guard checkList(entry.value, file, key, &context) else { continue }
            let isKind = SpellingVariants.Kind(rawValue: key) != nil
            for item in entry.value.items ?? [] {
                guard let text = item.text, !text.isEmpty else { continue }
                if isKind, !(2...8).contains(text.count) {
                    context.note(
                        .badValue, file, item, owner: key, "\(key) 里的“\(text)”应为 2 到 8 个字的词",
                        "'\(text)' under \(key): a word of 2 to 8 characters expected")
                } else if isKind, !asked.contains(DraftWord.normal(of: text)) {
                    context.note(
                        .idleVariant, file, item, owner: key, "没有规则用到“\(text)”，它的其他写法认了也没用。请删去，或照规则里的写法写",
                        "no rule has '\(text)', so that its other spellings find nothing. Delete it, or write it as the rule does"
                    )
                } else if !isKind, text.count < 2 {
                    context.note(
                        .badValue, file, item, owner: key, "“\(text)”应为两个以上形近的字",
                        "'\(text)': two or more characters that look alike expected")
                }
            }
        }
    }

    /// The words of all conditions, in normal form.
    private static func askedWords(_ context: LintContext) -> Set<String> {
        var words: Set<String> = []
        for rule in context.draft.rules {
            for condition in rule.conditions {
                words.formUnion(context.draft.expanded(condition, in: rule.file).map(\.normal))
            }
            words.formUnion(context.draft.expanded(rule.lists["requires"] ?? [], in: rule.file).map(\.normal))
        }
        return words
    }

    private static func checkParts(_ node: SourceNode, _ file: Int, _ context: inout LintContext) {
        guard let entries = node.entries else {
            context.note(
                .wrongShape, file, node, owner: "parts", "parts 应为“字: 拆开的部分”", "parts must be 'character: its parts'")
            return
        }
        for entry in entries {
            let whole = entry.key.text ?? ""
            if whole.count != 1 {
                context.note(
                    .badValue, file, entry.key, owner: "parts", "“\(whole)”应为一个字", "'\(whole)': one character expected")
            }
            if entry.value.text?.isEmpty ?? true {
                context.note(
                    .badValue, file, entry.value, owner: "parts", "“\(whole)”没有写拆开的部分",
                    "the parts of '\(whole)' are missing")
            }
        }
    }

    /// A list of texts, none empty, none twice; false where it is none.
    @discardableResult
    private static func checkList(_ node: SourceNode, _ file: Int, _ owner: String, _ context: inout LintContext)
        -> Bool
    {
        guard let items = node.items else {
            context.note(
                .wrongShape, file, node, owner: owner, "“\(owner)”应为列表：[词, 词]",
                "'\(owner)' must be a list: [word, word]")
            return false
        }
        var seen: [String: Int] = [:]
        for item in items {
            guard let text = item.text else {
                context.note(.wrongShape, file, item, owner: owner, "列表里应为词，不是列表", "a word expected here, not a list")
                continue
            }
            if text.isEmpty {
                context.note(.emptyTerm, file, item, owner: owner, "空词。请删去", "an empty word. Delete it")
            } else if let line = seen.updateValue(item.line, forKey: text), owner != "words" {
                // The words of words.yaml are compared with all others.
                context.note(
                    .duplicateTerm, file, item, owner: owner, "“\(text)”在此重复（第 \(line) 行）。请删去一个",
                    "'\(text)' stands here twice (line \(line)). Delete one")
            }
        }
        return true
    }
}
