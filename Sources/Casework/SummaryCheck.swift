/// Whether a summary gives away the words, or the household, that it was made from.
public enum SummaryCheck {
    /// How many characters in a row may not equal the original.
    public static let run = 12

    /// The first stretch of ``run`` characters or more that stands in both; nil when there is none.
    ///
    /// Blanks and punctuation don't count on either side: a comma that was moved makes no sentence new.
    ///
    /// - Cost: linear in the summary and the original.
    public static func copiedStretch(in summary: String, of original: String) -> String? {
        let (new, old) = (letters(summary), letters(original))
        guard new.count >= run, old.count >= run else { return nil }
        let windows = Set((0...(old.count - run)).map { ArraySlice(old[$0..<$0 + run]) })
        var start = 0
        while start + run <= new.count {
            if windows.contains(new[start..<start + run]) {
                return String(String.UnicodeScalarView(new[start..<start + run]))
            }
            start += 1
        }
        return nil
    }

    /// What in a summary can point at one household; closed.
    public enum Clue: String, Sendable, CaseIterable {
        case household, date, amount, relation
    }

    /// The clues that stand in a summary.
    ///
    /// Two of them in a village group of under 200 people are nearly a name.
    public static func clues(in summary: String) -> Set<Clue> {
        var clues: Set<Clue> = []
        let households = ["低保", "五保", "特困", "贫困户", "脱贫户", "监测户", "残疾", "孤儿", "单亲", "独居", "重病", "我家", "他家", "她家", "一户"]
        if households.contains(where: summary.contains) { clues.insert(.household) }
        let relations = ["儿子", "女儿", "丈夫", "妻子", "老公", "老婆", "爸", "妈", "父亲", "母亲", "爷爷", "奶奶", "婆婆", "公公", "媳妇", "孙子"]
        if relations.contains(where: summary.contains) { clues.insert(.relation) }
        let scalars = Array(summary.unicodeScalars)
        for (index, scalar) in scalars.enumerated() where index > 0 && isDigit(scalars[index - 1]) {
            if scalar == "元" || scalar == "万" { clues.insert(.amount) }
            if scalar == "日" || scalar == "号" { clues.insert(.date) }
        }
        return clues
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || "一二三四五六七八九十百千两".unicodeScalars.contains(scalar)
    }

    private static func letters(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
}
