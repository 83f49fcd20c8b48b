/// What the argument parser says of help and wrong usage, in Chinese.
///
/// The parser knows English only. Names of commands, options and values stay as they are typed; a sentence that is not in the
/// table stays English rather than vanish.
enum UsageWords {
    /// A whole message: the fault, what the option is for, and the usage.
    static func told(fault message: String) -> String {
        message.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            let line = String(line)
            if index == 0, line.hasPrefix("Error: ") { return "用法有误：" + fault(String(line.dropFirst(7))) }
            for (english, chinese) in [("Help:  ", "说明："), ("Usage: ", "用法：")] where line.hasPrefix(english) {
                return chinese + line.dropFirst(english.count)
            }
            if let more = line.wholeMatch(of: #/  See '(.+)' for more information\./#) { return "  详见 \(more.1)" }
            return index == 0 ? fault(line) : line
        }.joined(separator: "\n")
    }

    /// A help screen.
    static func told(help message: String) -> String {
        var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            for (english, chinese) in headings where line.hasPrefix(english) {
                lines[index] = chinese + line.dropFirst(english.count)
            }
            if let more = line.wholeMatch(of: #/  See '(.+)' for detailed help\./#) { lines[index] = "  详见 \(more.1)" }
            for (english, chinese) in phrases { lines[index].replace(english, with: chinese) }
        }
        return lines.joined(separator: "\n")
    }

    private static let headings = [
        ("OVERVIEW: ", "概要："), ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "子命令："),
    ]

    private static let phrases = [
        ("Show the version.", "版本号"), ("Show help information.", "这个说明"), ("(default: ", "(默认："),
        ("; default: ", "；默认："),
        ("(values: ", "(可写："), ("(default)", "(默认)"),
    ]

    private static func fault(_ said: String) -> String {
        if let option = said.wholeMatch(of: /Unknown option '(.+)'\. Did you mean '(.+)'\?/) {
            return "没有选项 \(option.1)。是不是 \(option.2)？"
        }
        if let option = said.wholeMatch(of: /Unknown option '(.+)'/) { return "没有选项 \(option.1)。" }
        if let option = said.wholeMatch(of: /Missing value for '(.+)'/) { return "\(option.1) 后面缺值。" }
        if let word = said.wholeMatch(of: /Unexpected argument '(.+)'/) { return "多余的参数或没有的子命令“\(word.1)”。" }
        if let words = said.wholeMatch(of: /(\d+) unexpected arguments: (.+)/) {
            return "多了 \(words.1) 个参数：\(words.2.replacing("', '", with: "'、'"))。"
        }
        if let argument = said.wholeMatch(of: /Missing expected argument '(.+)'/) { return "缺少 \(argument.1)。" }
        if let some = said.wholeMatch(of: /Missing one of: (.+)/) { return "这些要写一个：\(some.1)。" }
        if said == "Missing required subcommand." { return "缺少子命令。" }
        if let value = said.wholeMatch(of: /The option '(.+)' does not take any value, but '(.+)' was specified\./) {
            return "\(value.1) 后面不带值，却写了“\(value.2)”。"
        }
        if let option = said.wholeMatch(of: /Invalid option: (.+)/) { return "没有选项 \(option.1)。" }
        if let value = said.wholeMatch(
            of: /The value '(.*)' is invalid for '(.+?)'\. Please provide one of the following:/)
        {
            return "\(value.2) 不能是“\(value.1)”。可写："
        }
        if let value = said.wholeMatch(
            of: /The value '(.*)' is invalid for '(.+?)'(?:\. Please provide one of (.+)\.|: (.+))?/)
        {
            let what = "\(value.2) 不能是“\(value.1)”。"
            if let list = value.3 {
                return what + "可写："
                    + list.replacing(" or ", with: "、").replacing(" and ", with: "、").replacing(", ", with: "、") + "。"
            }
            return value.4.map { what + $0 } ?? what
        }
        return said
    }
}
