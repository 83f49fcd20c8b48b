internal import ChineseText
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
                .badPattern, rule.file, line: node.line, column: column, owner: rule.id, "正则式有错：\(error.message)",
                "the pattern is wrong: \(error.message)")
            return
        }
        if PatternProbe.matchesNothing(text) {
            context.note(
                .emptyMatch, rule.file, node, owner: rule.id, "正则式什么都不写也算命中，等于没有条件。请去掉末尾的 * 或 ?",
                "the pattern matches the empty text, and so is no condition. Look for a * or ? too many")
        }
        let letters = literals(of: text)
        if letters.isEmpty {
            context.note(
                .patternWithoutLiteral, rule.file, node, owner: rule.id, "正则式里没有一个实在的字，什么都能命中。请写出必须有的词",
                "the pattern holds no literal character. Write what must be there")
        }
        let requires = context.draft.expanded(rule.lists["requires"] ?? [], in: rule.file).map(\.normal)
        let known = Set(letters)
        if !requires.isEmpty, !letters.isEmpty, requires.allSatisfy({ word in !word.contains { known.contains($0) } }) {
            context.note(
                .strangeRequirement, rule.file, rule["requires"], owner: rule.id, "requires 的词和正则式没有一个共同的字。请核对",
                "the words under requires and the pattern have no character in common. Look again")
        }
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

    /// The characters that a pattern names, each once, in order: what stands outside of classes' escapes and repeats.
    static func literals(of pattern: String) -> [Character] {
        var found: [Character] = []
        var isEscaped = false
        var braces = 0
        for character in pattern {
            if isEscaped {
                isEscaped = false
                continue
            }
            if character == "\\" {
                isEscaped = true
                continue
            }
            if character == "{" { braces += 1 }
            if character == "}" { braces = max(0, braces - 1) }
            guard braces == 0, character.isLetter || character.isNumber, !found.contains(character) else { continue }
            found.append(character)
        }
        return found
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
