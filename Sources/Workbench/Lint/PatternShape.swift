internal import ChineseText
internal import Messages

/// What a pattern asks for, as far as its text says so without being tried.
struct PatternShape {
    /// One way through a pattern: `(路灯|灯杆).{0,5}坏` has one, `路灯坏|没灯` two.
    struct Branch {
        /// Its text.
        var text = ""
        /// True when each match of it holds a character that the pattern names by itself.
        var hasLiteral = false
        /// The characters that it names anywhere, those of classes too.
        var letters: Set<Character> = []
        /// True where it takes characters that it does not name: a dot, a range, `\w`, `[^…]`.
        var isOpen = false
        /// True where it takes a mark that ends a sentence, and where it wants something behind that.
        var takesEnd = false
        var goesBeyondEnd = false
    }

    /// The alternatives outside of any group.
    private(set) var branches: [Branch] = []
    /// The letters and digits that it names, each once, in order, those of classes too: what hostile texts are made of.
    private(set) var samples: [Character] = []
    /// Characters that it wants literally, in order; of classes none.
    private(set) var literals: [Character] = []
    /// True with `(?i)`: capitals do no harm then.
    private(set) var ignoresCase = false

    private let text: [Character]
    private var at = 0

    init(_ pattern: String) {
        text = Array(pattern)
        branches = alternatives(depth: 0)
    }

    /// True when every match holds a named character.
    var hasLiteral: Bool { branches.allSatisfy(\.hasLiteral) }

    /// The named characters that no text has after normalisation, with what is there instead.
    var unmatchable: [(character: Character, plain: String)] {
        var seen: Set<Character> = []
        return literals.compactMap { character in
            guard seen.insert(character).inserted else { return nil }
            if ignoresCase, character.isUppercase, character.isASCII { return nil }
            // Between digits a dot stays, between Han characters it is noise.
            let around = ["路\(character)灯", "1\(character)2"].map { TextNormalizer.shared.normalized($0).string }
            guard !around.contains(where: { $0.contains(character) }) else { return nil }
            return (character, String(around[0].dropFirst().dropLast()))
        }
    }

    // MARK: Reading

    /// Deeper than this a pattern is not read: PCRE2 itself refuses 250 levels.
    private static let deepest = 60

    private mutating func alternatives(depth: Int) -> [Branch] {
        var found: [Branch] = []
        var branch = Branch()
        var start = at
        while at < text.count, depth == 0 || text[at] != ")" {
            if text[at] == "|" {
                branch.text = String(text[start..<at])
                found.append(branch)
                branch = Branch()
                at += 1
                start = at
            } else {
                add(atom(depth), to: &branch)
            }
        }
        branch.text = String(text[start..<min(at, text.count)])
        return found + [branch]
    }

    private mutating func add(_ atom: Branch, to branch: inout Branch) {
        branch.letters.formUnion(atom.letters)
        branch.isOpen = branch.isOpen || atom.isOpen
        // What may stand no times at all is not asked for.
        guard !isOptional() else { return }
        branch.hasLiteral = branch.hasLiteral || atom.hasLiteral
        let takesSome = atom.isOpen || !atom.letters.isEmpty
        branch.goesBeyondEnd = branch.goesBeyondEnd || atom.goesBeyondEnd || branch.takesEnd && takesSome
        branch.takesEnd = branch.takesEnd || atom.takesEnd
    }

    /// Reads a quantifier; true when it allows none.
    private mutating func isOptional() -> Bool {
        guard at < text.count else { return false }
        var isOptional = false
        switch text[at] {
        case "*", "?": isOptional = true
        case "+": break
        case "{":
            guard let end = text[at...].firstIndex(of: "}"), let first = text[at + 1..<end].first else { return false }
            guard text[at + 1..<end].allSatisfy({ $0.isNumber || $0 == "," }) else { return false }
            let least = text[at + 1..<end].prefix { $0 != "," }
            isOptional = first == "," || least.allSatisfy { $0 == "0" }
            at = end
        default: return false
        }
        at += 1
        if at < text.count, text[at] == "?" || text[at] == "+" { at += 1 }
        return isOptional
    }

    private mutating func atom(_ depth: Int) -> Branch {
        let character = text[at]
        at += 1
        switch character {
        case "(": return group(depth)
        case "[": return characterClass()
        case "\\": return escape()
        case ".": return Branch(isOpen: true)
        case "^", "$", "*", "+", "?": return Branch()
        default: return literal(character)
        }
    }

    private mutating func literal(_ character: Character) -> Branch {
        literals.append(character)
        sample(character)
        return Branch(hasLiteral: true, letters: [character], takesEnd: "。!?;".contains(character))
    }

    private mutating func sample(_ character: Character) {
        if character.isLetter || character.isNumber, !samples.contains(character) { samples.append(character) }
    }

    private mutating func group(_ depth: Int) -> Branch {
        var isNegative = false
        if at < text.count, text[at] == "*" {
            // A verb such as (*ACCEPT).
            at = (text[at...].firstIndex(of: ")") ?? text.count - 1) + 1
            return Branch()
        }
        if at < text.count, text[at] == "?" {
            let (head, isWhole) = groupHead()
            isNegative = head.hasPrefix("?!") || head.hasPrefix("?<!")
            if !head.contains("<"), head.contains("i") { ignoresCase = true }
            if isWhole { return Branch() }
        }
        guard depth < Self.deepest else {
            at = text.count
            return Branch()
        }
        let before = (literals.count, samples.count)
        let inner = alternatives(depth: depth + 1)
        at += 1
        if isNegative {
            // What must not follow is nothing that a match holds.
            literals.removeSubrange(before.0...)
            samples.removeSubrange(before.1...)
            return Branch()
        }
        return Branch(
            hasLiteral: inner.allSatisfy(\.hasLiteral),
            letters: inner.reduce(into: []) { $0.formUnion($1.letters) }, isOpen: inner.contains(where: \.isOpen),
            takesEnd: inner.allSatisfy(\.takesEnd), goesBeyondEnd: inner.contains(where: \.goesBeyondEnd))
    }

    /// Reads `?:`, `?<name>`, `?!`, `?i:` or all of `?i)`; true when nothing of the group is left.
    private mutating func groupHead() -> (head: String, isWhole: Bool) {
        let start = at
        at += 1
        while at < text.count {
            let character = text[at]
            at += 1
            if character == ")" { return (String(text[start..<at]), true) }
            if character == "<", at < text.count, text[at] == "!" || text[at] == "=" {
                at += 1
                break
            }
            if character == ":" || character == "!" || character == "=" || character == ">" { break }
        }
        return (String(text[start..<min(at, text.count)]), false)
    }

    private mutating func characterClass() -> Branch {
        var branch = Branch()
        var members = 0
        if at < text.count, text[at] == "^" {
            branch.isOpen = true
            at += 1
        }
        var isFirst = true
        while at < text.count, text[at] != "]" || isFirst {
            isFirst = false
            let character = text[at]
            at += 1
            if character == "[", at < text.count, text[at] == ":" {
                at = (text[at...].firstIndex(of: "]") ?? text.count - 1) + 1
                branch.isOpen = true
            } else if character == "-", members > 0, at < text.count, text[at] != "]" {
                branch.isOpen = true
            } else {
                let member = character == "\\" ? escapedCharacter() : character
                guard let member else {
                    branch.isOpen = true
                    continue
                }
                members += 1
                sample(member)
                branch.letters.insert(member)
            }
        }
        at += 1
        if branch.isOpen, text.indices.contains(at - 1) { branch.letters = branch.letters.filter { $0 != "-" } }
        // [灯] is 灯.
        branch.hasLiteral = members == 1 && !branch.isOpen
        return branch
    }

    private mutating func escape() -> Branch {
        let start = at
        guard let character = escapedCharacter() else {
            // \b and its like take nothing; \d, \w, \p{…} take what they don't name.
            let isPlace = at > start && "bBAzZGK".contains(text[start])
            return Branch(isOpen: !isPlace)
        }
        return literal(character)
    }

    /// The character behind a backslash; nil for a class or a place.
    private mutating func escapedCharacter() -> Character? {
        guard at < text.count else { return nil }
        let letter = text[at]
        at += 1
        let isCode = letter == "x" || letter == "p" || letter == "P" || letter == "k" || letter == "g"
        if isCode, at < text.count, text[at] == "{" {
            let end = text[at...].firstIndex(of: "}") ?? text.count - 1
            let code = String(text[(at + 1)..<max(at + 1, end)])
            at = end + 1
            return letter == "x" ? UInt32(code, radix: 16).flatMap(Unicode.Scalar.init).map(Character.init) : nil
        }
        return letter.isLetter || letter.isNumber ? nil : letter
    }
}
