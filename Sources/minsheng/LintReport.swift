import Messages
import Workbench

extension LintFinding {
    /// `file:line:column: level: what [code slug]`, the form that editors jump by.
    var editorLine: String {
        let level =
            switch code.level {
            case .error: say("错误", "error")
            case .warning: say("警告", "warning")
            case .hint: say("提示", "hint")
            }
        let text = language == .zh ? zh : en
        let colon = say("：", ": ")
        let accepted = suppression.map { say("（已放行：", " (accepted: ") + $0 + say("）", ")") } ?? ""
        return
            "\(file):\(line):\(column): \(level)\(colon)\(text)\(accepted) [\(code.rawValue) \(code.slug)]"
    }

    /// For a program.
    var json: JSONValue {
        [
            "code": .string(code.rawValue), "column": .int(column), "file": .string(file), "fixable": .bool(isFixable),
            "level": .string(code.level.rawValue), "line": .int(line), "message": .string(language == .zh ? zh : en),
            "owner": .string(owner), "slug": .string(code.slug), "suppressed": .optional(suppression),
        ]
    }
}
