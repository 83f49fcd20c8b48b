import ArgumentParser
import Foundation
import Messages
import Pipeline

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("界面语言：zh 或 en", "language of messages: zh or en")))
    var lang: Language?
}

/// What every command that works on a data folder takes.
struct DataOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "数据目录（默认 $MINSHENG_DATA 或 ./minsheng-data）",
                "the data folder (default $MINSHENG_DATA or ./minsheng-data)"),
            valueName: "dir"),
        completion: .directory)
    var data: String?

    @OptionGroup var common: CommonOptions

    /// The data folder that is meant.
    var folder: String { Self.folder(data) }

    static func folder(_ named: String?) -> String {
        let environment = ProcessInfo.processInfo.environment["MINSHENG_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        return named ?? environment ?? "./minsheng-data"
    }
}

/// The flag for machines.
struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: ArgumentHelp(say("每行一个 JSON 对象", "one JSON object a line")))
    var json = false
}

/// Which lexicons to use.
struct LexiconOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(say("词库目录（默认随软件发布的）", "folder of lexicons (default: the shipped ones)"), valueName: "dir"),
        completion: .directory)
    var lexicons: String?
}

/// Days since 1970-01-01 and their text form, without a formatter: the calendar of the store is plain arithmetic.
enum Day {
    /// YYYY-MM-DD of a day since 1970-01-01.
    ///
    /// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    static func text(_ day: Int) -> String {
        let (year, month, dayOfMonth) = civil(day)
        return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(dayOfMonth, 2)
    }

    /// ISO 8601 in China's time of seconds since 1970-01-01 UTC.
    static func stamp(_ seconds: Int64) -> String {
        let local = Int(seconds) + 8 * 3600
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let rest = local - day * 86_400
        return text(day) + "T" + pad(rest / 3600, 2) + ":" + pad(rest / 60 % 60, 2) + ":" + pad(rest % 60, 2) + "+08:00"
    }

    /// YYYY-MM-DD of a day as a person or a spreadsheet writes it (2026/1/5, 2026.1.5, 2026年1月5日, with a time behind it); nil
    /// for anything else.
    static func written(_ text: String) -> String? {
        let day = text.split(separator: " ").first ?? ""
        let parts = day.split { "-/.年月日".contains($0) }.compactMap { Int($0) }
        guard parts.count == 3, parts[0] > 999 else { return nil }
        let written = pad(parts[0], 4) + "-" + pad(parts[1], 2) + "-" + pad(parts[2], 2)
        return isValid(written) ? written : nil
    }

    /// True for a day of the calendar written YYYY-MM-DD.
    static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), (1...12).contains(month), (1...31).contains(day)
        else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    private static func civil(_ day: Int) -> (Int, Int, Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
