/// How workbooks write days and times: as numbers of days, which only the cell's style tells from other numbers.
enum SheetDates {
    /// How a number is shown.
    enum Style: UInt8 {
        case plain, date, minutes, seconds
    }

    /// What a number format shows.
    static func style(ofFormat id: Int, code: String?) -> Style {
        if let code { return style(ofCode: code) }
        switch id {
        case 14...17, 27...31, 34...36, 50...54, 57, 58: return .date
        case 18, 20, 22, 32, 55: return .minutes
        case 19, 21, 33, 45...47, 56: return .seconds
        default: return .plain
        }
    }

    /// What a format code shows: letters outside quotes, brackets and escapes count.
    private static func style(ofCode code: String) -> Style {
        var letters: Set<Character> = []
        var isQuoted = false
        var isSkipped = false
        var bracket = ""
        var isInBrackets = false
        for sign in code.prefix(while: { $0 != ";" || isQuoted }).lowercased() {
            if isSkipped {
                isSkipped = false
            } else if sign == "\"" {
                isQuoted.toggle()
            } else if isQuoted {
                continue
            } else if sign == "\\" || sign == "_" || sign == "*" {
                isSkipped = true
            } else if sign == "[" {
                isInBrackets = true
                bracket = ""
            } else if sign == "]" {
                isInBrackets = false
                // [h] and [mm] are hours and minutes that go on counting; [Red] and [$-804] are neither.
                if let first = bracket.first, "hms".contains(first), bracket.allSatisfy({ $0 == first }) {
                    letters.insert(first)
                }
            } else if isInBrackets {
                bracket.append(sign)
            } else {
                letters.insert(sign)
            }
        }
        if letters.contains("s") { return .seconds }
        if letters.contains("h") { return .minutes }
        return letters.isDisjoint(with: ["y", "d", "年", "月", "日"]) && !letters.contains("m") ? .plain : .date
    }

    /// A number of days as text, such as `2026-03-02 08:14:05`; nil when it is no day of a calendar.
    ///
    /// A moment of whole minutes in a style that shows no seconds has no seconds.
    static func text(_ days: Double, style: Style, from1904: Bool) -> String? {
        guard days.isFinite, days >= 0, days < 2_958_466 else { return nil }
        var whole = Int(days)
        var seconds = Int(((days - Double(whole)) * 86_400).rounded())
        if seconds == 86_400 { (whole, seconds) = (whole + 1, 0) }
        let clock = pad(seconds / 3600) + ":" + pad(seconds / 60 % 60)
        let full = seconds % 60 == 0 && style == .minutes ? clock : clock + ":" + pad(seconds % 60)
        if whole == 0, !from1904 { return seconds == 0 ? nil : full }
        // 1900 has a 29 February there: day 60. From March 1900 on the count is two off.
        let sinceEpoch = from1904 ? whole - 24_107 : whole < 60 ? whole - 25_568 : whole - 25_569
        let (year, month, day) = civil(sinceEpoch)
        let date = "\(year)-" + pad(month) + "-" + pad(day)
        return seconds == 0 && style == .date ? date : date + " " + full
    }

    private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    private static func civil(_ day: Int) -> (Int, Int, Int) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }
}
