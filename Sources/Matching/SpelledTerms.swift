internal import ChineseText
internal import Lexicons
internal import Messages

/// The other spellings of those words that ask for them, as further terms of the scan.
///
/// A spelling stands for its word in every rule. One that is a word of its own, in a lexicon or in the table of words, is
/// left out: 地保 is no 低保.
struct SpelledTerms {
    /// A further term.
    struct Form: Equatable {
        var units: [UInt16]
        /// The numbers of the words that are spelled so, ascending.
        var words: [Int]
        /// True when it counts only where it begins and ends with a word: it is made of ordinary characters.
        var needsBreaks: Bool
    }

    /// The further terms, by their units.
    private(set) var forms: [Form] = []
    /// The numbers of the words that may be typed with repeated characters.
    private(set) var repeatable: [Int] = []

    /// So many homophones of a character are tried, the common ones of each reading.
    private static let mostHomophones = 24

    /// Characters that are common words by themselves: 会扣 is no 回扣.
    private static let words = Set(
        """
        的地得了着过是不在有会可就都也还又和与或很到去来上下这那我你他她它们个一二三四五六七八九十百千万两几多少大小人没要想说看做用给把被让\
        叫对从向为以及等才再只能该请问谢好吧吗呢啊哦嗯元块钱天年月日号点分时第次每各某本村镇乡县市省路里外前后中内家事吃喝拿走开起出进回报打发
        """.utf16)

    /// - Throws: a word that no rule asks for.
    init(_ variants: SpellingVariants, _ words: WordGroups) throws(LexiconError) {
        var found: [[UInt16]: Form] = [:]
        let alike = Self.alike(variants)
        for word in variants.words {
            let units = TextNormalizer.shared.units(word.text)
            guard let number = words.number(ofUnits: units) else {
                throw LexiconError(.badValue(word.text, expected: "a word that a rule asks for"), at: word.origin)
            }
            let spellings: [[UInt16]]
            switch word.kind {
            case .repeated:
                repeatable.append(number)
                continue
            case .sound: spellings = Self.soundingLike(units)
            case .look: spellings = Self.lookingLike(units, alike, variants.parts)
            case .latin: spellings = Self.inLatin(units)
            }
            for form in spellings where words.number(ofUnits: form) == nil && !WordSegmenter.isListed(form) {
                // A spelling that Latin letters or a taken-apart character give away needs no more proof.
                let needsBreaks = word.kind == .sound || word.kind == .look && form.count == units.count
                var entry = found[form] ?? Form(units: form, words: [], needsBreaks: needsBreaks)
                if !entry.words.contains(number) { entry.words.append(number) }
                entry.needsBreaks = entry.needsBreaks && needsBreaks
                found[form] = entry
            }
        }
        forms = found.values.sorted { $0.units.lexicographicallyPrecedes($1.units) }
        for index in forms.indices { forms[index].words.sort() }
    }

    /// One character read alike, of words of two characters both.
    private static func soundingLike(_ word: [UInt16]) -> [[UInt16]] {
        let choices = word.map { unit in
            PinyinTable.shared.homophones(of: unit).flatMap { $0.prefix(mostHomophones) }.filter { !words.contains($0) }
        }
        var forms = replacingOne(of: word, by: choices)
        if word.count == 2 {
            for first in choices[0] { forms += choices[1].map { [first, $0] } }
        }
        return forms
    }

    /// One character that looks alike, or is taken apart.
    private static func lookingLike(
        _ word: [UInt16], _ alike: [UInt16: [UInt16]], _ parts: [Character: String]
    ) -> [[UInt16]] {
        var forms = replacingOne(of: word, by: word.map { alike[$0] ?? [] })
        for (place, unit) in word.enumerated() {
            guard let scalar = Unicode.Scalar(unit), let apart = parts[Character(scalar)] else { continue }
            forms.append(Array(word[..<place]) + TextNormalizer.shared.units(apart) + Array(word[(place + 1)...]))
        }
        return forms
    }

    /// Some characters as syllables or first letters, at least one left as it is; and all as syllables.
    private static func inLatin(_ word: [UInt16]) -> [[UInt16]] {
        var forms: [(units: [UInt16], latin: Int)] = [([], 0)]
        let syllables = word.map { PinyinTable.shared.readings(of: $0).map { Array($0.utf16) } }
        for (place, unit) in word.enumerated() {
            var longer: [(units: [UInt16], latin: Int)] = []
            for form in forms {
                longer.append((form.units + [unit], form.latin))
                // Of a long word two characters are enough.
                guard form.latin < 2 || word.count <= 3 else { continue }
                for syllable in syllables[place] {
                    longer.append((form.units + syllable, form.latin + 1))
                    if syllable.count > 1 { longer.append((form.units + [syllable[0]], form.latin + 1)) }
                }
            }
            forms = longer
        }
        let whole = syllables.compactMap(\.first).flatMap { $0 }
        let mixed = forms.filter { $0.latin > 0 && $0.latin < word.count }.map(\.units)
        return mixed + (whole.count >= 5 ? [whole] : [])
    }

    private static func replacingOne(of word: [UInt16], by choices: [[UInt16]]) -> [[UInt16]] {
        word.indices.flatMap { place in
            choices[place].map { other in
                var form = word
                form[place] = other
                return form
            }
        }
    }

    private static func alike(_ variants: SpellingVariants) -> [UInt16: [UInt16]] {
        var alike: [UInt16: [UInt16]] = [:]
        for group in variants.alike {
            let units = TextNormalizer.shared.units(group)
            for unit in units { alike[unit, default: []] += units.filter { $0 != unit } }
        }
        return alike
    }
}

/// A text in which each run of one and the same Han character counts once.
///
/// A second look, never the only one: 天天 stays what it is.
struct SqueezedText {
    private var units: [UInt16] = []
    /// For each unit the first of its run in the text, and the end of the text.
    private var starts: [Int32] = []
    private var hits: [TermHit] = []

    /// Finds the terms that stand in the text with some of their characters repeated.
    mutating func scan(
        _ text: NormalizedText, with scanner: TermScanner, _ isAsked: [Bool], into found: inout [TermHit]
    ) {
        guard squeeze(text) else { return }
        hits.removeAll(keepingCapacity: true)
        units.withUnsafeBufferPointer { units in
            guard let base = units.baseAddress else { return }
            scanner.scan(base, units.count, into: &hits)
        }
        let count = found.count
        for hit in hits where isAsked[Int(hit.term)] {
            let (start, end) = (starts[Int(hit.start)], starts[Int(hit.end)])
            if end - start > hit.end - hit.start { found.append(TermHit(term: hit.term, start: start, end: end)) }
        }
        if found.count > count { found.sort { ($0.start, $0.end, $0.term) < ($1.start, $1.end, $1.term) } }
    }

    /// False when no character is repeated.
    private mutating func squeeze(_ text: NormalizedText) -> Bool {
        var isRepeated = false
        for index in 1..<max(1, text.count) where text.units[index] == text.units[index - 1] {
            isRepeated = true
            break
        }
        guard isRepeated else { return false }
        units.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        for index in 0..<text.count {
            let unit = text.units[index]
            if index > 0, unit == text.units[index - 1], unit &- 0x4E00 < 0x5200 { continue }
            units.append(unit)
            starts.append(Int32(index))
        }
        starts.append(Int32(text.count))
        return units.count < text.count
    }
}
