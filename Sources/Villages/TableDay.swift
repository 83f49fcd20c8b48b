/// A day as people write it into tables: 2020-08-01, 2020/8/1, 2020.8.1, 2020年8月1日, 20200801.
struct TableDay {
    /// YYYY-MM-DD.
    let text: String

    /// Reads a day; nil when there is no such day.
    init?(_ field: String) {
        // A spreadsheet may add a time of day.
        let day = field.split(separator: " ").first.map(String.init) ?? ""
        var numbers = day.split(whereSeparator: { "-/.年月日".contains($0) }).map(String.init)
        if numbers.count == 1, day.utf8.count == 8 {
            numbers = [String(day.prefix(4)), String(day.dropFirst(4).prefix(2)), String(day.suffix(2))]
        }
        guard numbers.count == 3, numbers.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }),
            numbers[0].utf8.count == 4, numbers[1].utf8.count < 3, numbers[2].utf8.count < 3,
            let year = Int(numbers[0]), let month = Int(numbers[1]), let date = Int(numbers[2]),
            (1900...2200).contains(year), (1...12).contains(month), (1...Self.days(month, year)).contains(date)
        else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        text = "\(year)-\(two(month))-\(two(date))"
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
