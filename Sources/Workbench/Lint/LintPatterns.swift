internal import ChineseText
internal import Lexicons
internal import Matching
internal import Messages

/// Checks the patterns: form, literals, and what hostile texts do to them.
struct LintPatterns {
    /// Steps that a sentence needs at most; a pattern beyond runs away.
    private static let short: UInt32 = 40_000
    /// Steps on a long text: more is slow, though it ends.
    private static let long: UInt32 = 400_000

    static func check(_ context: inout LintContext) {
        for rule in context.draft.rules {
            guard let node = rule["pattern"], let text = node.text, !text.isEmpty else { continue }
            check(text, node, rule, &context)
        }
    }

    private static func check(_ text: String, _ node: SourceNode, _ rule: DraftRule, _ context: inout LintContext) {
        let probe: PatternProbe
        do throws(PatternProbe.Failure) {
            probe = try PatternProbe(text)
        } catch {
            let column =
                node.column + (node.isBracketed ? 1 : 0)
                + String(decoding: text.utf8.prefix(error.offset), as: UTF8.self).count
            context.note(
                .badPattern, rule.file, line: node.line, column: column, owner: rule.id,
                "正则式有错：\(ParserWords.pattern(error.message))",
                "the pattern is wrong: \(error.message)")
            return
        }
        if PatternProbe.matchesNothing(text) {
            context.note(
                .emptyMatch, rule.file, node, owner: rule.id, "正则式什么都不写也算命中，等于没有条件。请去掉末尾的 * 或 ?",
                "the pattern matches the empty text, and so is no condition. Look for a * or ? too many")
        }
        let shape = PatternShape(text)
        checkLiterals(shape, node, rule, &context)
        let letters = shape.samples
        let requires = context.draft.expanded(rule.lists["requires"] ?? [], in: rule.file).map(\.normal)
        checkRequirements(shape, requires, rule, &context)
        checkNames(text, node, rule, &context)
        if (hostileTexts(letters, requires) + hostileExamples(rule)).contains(where: {
            probe.outcome(on: $0, limit: short) == .tooLong
        }) {
            context.note(
                .catastrophicPattern, rule.file, node, owner: rule.id,
                "正则式在某些文本上会失控（一百来个字就超过 \(short) 步）。请避免 (a+)+ 之类的嵌套重复，改用 {0,9} 限定",
                "the pattern runs away: more than \(short) steps on some hundred characters. Avoid nested repeats such as (a+)+; bound them as {0,9}"
            )
        } else if longTexts(letters, requires).contains(where: { probe.outcome(on: $0, limit: long) == .tooLong }) {
            context.note(
                .slowPattern, rule.file, node, owner: rule.id, "正则式在长文本上很慢。请把 .* 和 + 改成有上限的 {0,9}",
                "the pattern is slow on long texts. Bound .* and + as {0,9}")
        }
    }

    /// Ways through the pattern without a character of its own, and characters that no text holds.
    private static func checkLiterals(
        _ shape: PatternShape, _ node: SourceNode, _ rule: DraftRule, _ context: inout LintContext
    ) {
        if let bare = shape.branches.first(where: { !$0.hasLiteral }) {
            let which = shape.branches.count > 1 ? "“\(bare.text)”这一支" : ""
            let branch = shape.branches.count > 1 ? " in '\(bare.text)'" : ""
            context.note(
                .patternWithoutLiteral, rule.file, node, owner: rule.id, "正则式\(which)里没有一个必须出现的字，什么都能命中。请写出必须有的词",
                "the pattern asks for no character of its own\(branch). Write what must be there")
        }
        for (character, plain) in shape.unmatchable {
            let name = character == " " ? "空格" : "“\(character)”"
            context.note(
                .unmatchableLiteral, rule.file, node, owner: rule.id,
                "正则式里的\(name)永远等不到：匹配前文字已统一成简体、半角、小写，并去掉夹带的空格。"
                    + (plain.isEmpty ? "请删去" : "请写“\(plain)”"),
                "no text holds '\(character)' when it is matched: it is made simplified, half-width and small first, blanks are dropped. "
                    + (plain.isEmpty ? "Delete it" : "Write '\(plain)'"))
        }
        if shape.branches.contains(where: \.goesBeyondEnd) {
            context.note(
                .unmatchableLiteral, rule.file, node, owner: rule.id, "正则式只在一句话里找，句末标点（。！？；）之后的部分永远等不到",
                "a pattern is tried within one sentence: what it wants behind the sentence's end is never there")
        }
    }

    /// Names of villages, written out in the pattern or required beside it.
    private static func checkNames(
        _ text: String, _ node: SourceNode, _ rule: DraftRule, _ context: inout LintContext
    ) {
        let written = text.split { !$0.unicodeScalars.allSatisfy { (0x3400..<0xA000).contains($0.value) } }.map(
            String.init)
        let required = (rule.lists["requires"] ?? []).filter { !$0.isReference }.map(\.normal)
        guard let name = (written + required).first(where: { !$0.isEmpty && context.namesPlace($0) }) else { return }
        context.note(
            .villageName, rule.file, node, owner: rule.id, "正则式里的“\(name)”像是村名或地名。词库各村通用，地名请导入地名库",
            "'\(name)' in the pattern looks like the name of a village. A lexicon is for all of them; names belong in the gazetteer"
        )
    }

    /// Words under `requires` that the pattern cannot hold, and ways through it that none of them opens.
    private static func checkRequirements(
        _ shape: PatternShape, _ requires: [String], _ rule: DraftRule, _ context: inout LintContext
    ) {
        guard !requires.isEmpty, shape.hasLiteral else { return }
        func holds(_ branch: PatternShape.Branch, _ word: String) -> Bool {
            branch.isOpen || word.allSatisfy(branch.letters.contains)
        }
        let foreign = requires.filter { word in !word.contains { letter in shape.samples.contains(letter) } }
        if foreign.count == requires.count {
            context.note(
                .strangeRequirement, rule.file, rule["requires"], owner: rule.id, "requires 的词和正则式没有一个共同的字。请核对",
                "the words under requires and the pattern have no character in common. Look again")
            return
        }
        // A dot may take any word; without one, what is required must be spelled out.
        if let word = foreign.first, !shape.branches.contains(where: \.isOpen) {
            context.note(
                .strangeRequirement, rule.file, rule["requires"], owner: rule.id, "requires 的“\(word)”和正则式没有一个共同的字。请核对",
                "'\(word)' under requires and the pattern have no character in common. Look again")
        }
        guard shape.branches.count > 1 else { return }
        for branch in shape.branches where !requires.contains(where: { holds(branch, $0) }) {
            context.note(
                .strangeRequirement, rule.file, rule["requires"], owner: rule.id,
                "“\(branch.text)”这一支里没有 requires 的任何一个词，单独等不到。请在 requires 里补上",
                "no word under requires stands in '\(branch.text)', so that it is not tried by itself. Add one")
        }
    }

    /// Short texts of few characters over and over, with an end that spoils the match.
    private static func hostileTexts(_ letters: [Character], _ requires: [String]) -> [String] {
        let base = requires.first ?? ""
        var fillers = letters.prefix(24).map(String.init) + ["一", "a", "1", " ", "啊"]
        fillers += requires.prefix(3)
        for pair in zip(letters.prefix(12), letters.dropFirst().prefix(12)) { fillers.append("\(pair.0)\(pair.1)") }
        fillers.append(String(letters.prefix(6)))
        return fillers.flatMap { filler -> [String] in
            let count = max(1, 100 / max(1, filler.count))
            let run = String(repeating: filler, count: count)
            return [run, base + run + "!", run + "\u{1}", base + run + base, run + base + "!"]
        }
    }

    /// The rule's own examples with one character over and over, and a mark that spoils the match behind it.
    ///
    /// They have what the pattern asks for before and behind a repeat: without that PCRE2 gives up at once, and nothing runs away.
    private static func hostileExamples(_ rule: DraftRule) -> [String] {
        rule.matching.prefix(3).flatMap { example -> [String] in
            let characters = Array(example.normal.prefix(60))
            return characters.indices.flatMap { at -> [String] in
                let head = String(characters[...at])
                let tail = String(characters[(at + 1)...])
                let run = String(repeating: characters[at], count: 60)
                return [head + run + "\u{1}" + tail, head + run + tail.dropFirst() + "\u{1}" + tail]
            }
        }
    }

    private static func longTexts(_ letters: [Character], _ requires: [String]) -> [String] {
        let base = requires.first ?? ""
        let fillers = letters.prefix(8).map(String.init) + ["一", "a", "1"] + requires.prefix(2)
        return fillers.map { base + String(repeating: $0, count: 1800 / max(1, $0.count)) + "\u{1}" }
    }
}
