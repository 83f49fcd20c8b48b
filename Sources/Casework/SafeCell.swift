/// Cells of a CSV file that no spreadsheet takes for a formula.
///
/// Every field is quoted. Where the first thing that shows is `=`, `+`, `-`, `@`, their full-width twins, or a tab or line
/// end stands in front, an apostrophe goes before it: the list is OWASP's, with blanks, marks and invisible characters
/// before it passed over, since spreadsheets pass over them, too. Characters that a terminal or a spreadsheet obeys are
/// left out.
public enum SafeCell {
    /// A field, quoted.
    public static func csv(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: shown.append(" ")
            case 0..<0x20, 0x7F..<0xA0: continue
            default: shown.append(scalar)
            }
        }
        let prefix = isRisky(text) ? "'" : ""
        return "\"" + prefix + String(shown).replacing("\"", with: "\"\"") + "\""
    }

    /// True when a spreadsheet might take the text for a formula or a command.
    public static func isRisky(_ text: String) -> Bool {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫", "−", "|", "%", "\t", "\r", "\n":
                return true
            default:
                let properties = scalar.properties
                let isPassedOver =
                    properties.isWhitespace || properties.isDefaultIgnorableCodePoint || scalar == "'" || scalar == "\""
                    || properties.generalCategory == .control || properties.generalCategory == .format
                if !isPassedOver { return false }
            }
        }
        return false
    }

    /// A line of fields, ended as RFC 4180 says.
    public static func line(_ fields: [String]) -> String { fields.map(csv).joined(separator: ",") + "\r\n" }
}
