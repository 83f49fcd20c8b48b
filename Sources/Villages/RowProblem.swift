public import Messages

extension GazetteerTable {
    /// A row that cannot be used.
    ///
    /// Data, not an error: the good rows beside it are read.
    public struct RowProblem: Sendable, Equatable {
        /// What is wrong with it.
        public enum Reason: String, Sendable, CaseIterable {
            /// Excel turned a code into 3.50E+11: its last digits are lost.
            case codeMangledByExcel
            /// A code must have 12 digits, or 9, 6, 4, 2 for larger units.
            case badCode
            /// There is no name.
            case noName
            /// The level is none of province, city, county, township, village.
            case badLevel
            /// There is no such day, or the last day lies before the first.
            case badDay
            /// The code stands twice.
            case duplicateCode
            /// An alias must be written kind:text with a known kind.
            case badAlias
            /// What happened to the village is none of merge, split, rename, recode, reparent, conversion.
            case badSuccession
        }

        /// The 1-based line of the table.
        public var line: Int
        /// What is wrong.
        public var reason: Reason
        /// The column that is to blame, by its English name.
        public var field: String

        /// Notes a problem.
        public init(line: Int, reason: Reason, field: String) {
            self.line = line
            self.reason = reason
            self.field = field
        }

        /// Where, what, and what to do, on one line.
        ///
        /// The row's own text is not in it.
        ///
        /// - Parameters:
        ///   - file: the table's path as the user gave it.
        ///   - language: the language of the line.
        /// - Returns: the line, without a newline.
        public func explanation(file: String, in language: Language) -> String {
            let (zh, en) = words
            switch language {
            case .zh: return "\(file) 第 \(line) 行“\(field)”列：\(zh)"
            case .en: return "\(Origin(file: file, line: line, field: field)): \(en)"
            }
        }

        private var words: (zh: String, en: String) {
            switch reason {
            case .codeMangledByExcel:
                (
                    "代码被 Excel 改成了科学记数（如 3.50E+11），末几位已丢失，本行未导入。请从原始资料重新导出，先把该列设为“文本”格式再粘贴代码。",
                    "Excel turned the code into a number like 3.50E+11 and its last digits are lost; the row was left out. Export it again with this column formatted as text."
                )
            case .badCode:
                (
                    "代码须是 12 位数字（乡镇 9 位、县 6 位、市 4 位、省 2 位也可），本行未导入。请核对代码。",
                    "a code must have 12 digits (or 9 for a township, 6 for a county, 4 for a city, 2 for a province); the row was left out. Check the code."
                )
            case .noName:
                (
                    "没有名称，本行未导入。请填写名称，或删去这一行。",
                    "there is no name; the row was left out. Write the name, or delete the row."
                )
            case .badLevel:
                (
                    "级别不认识，本行未导入。请写 省、市、县、乡镇、村 之一，或把这一格留空（按代码判断）。",
                    "unknown level; the row was left out. Use one of: province, city, county, township, village, or leave it empty (the code tells)."
                )
            case .badDay:
                (
                    "日期不存在，或停用日期早于启用日期，本行未导入。请写成 2020-08-01 的样子。",
                    "there is no such day, or the last day lies before the first; the row was left out. Write days like 2020-08-01."
                )
            case .duplicateCode:
                (
                    "该代码前面已出现过，本行未导入。请只留一行；旧名请写进“别名”列（旧名:某某村）。",
                    "the code stands on an earlier line; the row was left out. Keep one row, and write an old name into 'aliases' (old:NAME)."
                )
            case .badSuccession:
                (
                    "变更类型须是 合并、拆分、更名、换码、划转、村改居 之一，这一行已导入，但变更没有记下。请改正后再导入。",
                    "succession must be merge, split, rename, recode, reparent or conversion; the row was read, but not this. Correct it and import again."
                )
            case .badAlias:
                (
                    "别名写法不对，本行未导入。请写成“自然村:某某;旧名:某某村”，种类为 简称、旧名、自然村、小区、地标、误写。",
                    "an alias cannot be read; the row was left out. Write 'natural:NAME;old:NAME'; the kinds are short, old, natural, estate, landmark, typo, taught."
                )
            }
        }
    }
}
