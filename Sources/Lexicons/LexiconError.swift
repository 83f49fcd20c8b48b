public import Messages

/// A lexicon that cannot be used: the file and line, what is wrong, what to do.
public struct LexiconError: ExplainedError, Equatable {
    /// What is wrong.
    public enum Reason: Sendable, Equatable {
        case noSuchFolder
        case notPermitted
        case notUTF8
        case noFiles
        case notYAML(String)
        case wrongShape(expected: String)
        case unknownKey(String, known: [String])
        case missingKey(String)
        case badValue(String, expected: String)
        case duplicateID(String, first: Origin)
        case duplicateTerm(String)
        case unknownSet(String)
        case setOfSets(String)
        case emptyTerm
        case unreachable(condition: Int)
        case badPattern(String, offset: Int)
        case catastrophicPattern
        case patternWithoutLiteral
        case taxonomyDiffers(String)
    }

    /// What is wrong.
    public let reason: Reason
    /// Where.
    public let origin: Origin

    /// Makes an error.
    public init(_ reason: Reason, at origin: Origin) {
        self.reason = reason
        self.origin = origin
    }

    /// Where, what, and what to do, on one line.
    public func explanation(in language: Language) -> String {
        let (problem, remedy) = language == .zh ? chinese : english
        return language == .zh ? "\(origin): \(problem)。\(remedy)。" : "\(origin): \(problem). \(remedy)."
    }

    private var english: (String, String) {
        switch reason {
        case .noSuchFolder:
            (
                "there is no such folder, or you may not read it",
                "Check the path and its rights, or name one with --lexicons"
            )
        case .notPermitted: ("you may not read this file", "Change its rights, or use an account that may")
        case .notUTF8: ("not UTF-8", "Save the file as UTF-8")
        case .noFiles: ("no lexicon files here", "Name a folder with .yaml files, as Lexicons/ of the package")
        case .notYAML(let why): ("not valid YAML (\(why))", "Mend the line; look for a missing quote or blank")
        case .wrongShape(let expected): ("\(expected) expected", "See docs/reference/lexicon.md")
        case .unknownKey(let key, let known): ("unknown key '\(key)'", "Use one of: \(known.joined(separator: ", "))")
        case .missingKey(let key): ("'\(key)' is missing", "Write it")
        case .badValue(let value, let expected): ("'\(value)' cannot stand here", "Write \(expected)")
        case .duplicateID(let id, let first): ("the id '\(id)' is already used at \(first)", "Give it another id")
        case .duplicateTerm(let term): ("'\(term)' stands here twice", "Delete one of the two")
        case .unknownSet(let name): ("no set '\(name)'", "Define it under `sets:` here or in sets.yaml")
        case .setOfSets(let name): ("the set '\(name)' cannot be used inside a set", "Name both sets in the rule")
        case .emptyTerm: ("an empty word", "Delete it, or quote what YAML took for something else")
        case .unreachable(let condition):
            (
                "this rule can never fire: each word of condition \(condition) is cancelled or protected",
                "Change its words or its `unless`"
            )
        case .badPattern(let why, let offset): ("the pattern is wrong at character \(offset + 1): \(why)", "Mend it")
        case .catastrophicPattern:
            ("the pattern takes too long on some texts", "Avoid nested repeats such as (a+)+; bound them as {0,9}")
        case .patternWithoutLiteral: ("a pattern without `requires`", "List words of which one must be there")
        case .taxonomyDiffers(let slug):
            ("'\(slug)' does not agree with the closed taxonomy", "Restore the shipped file")
        }
    }

    private var chinese: (String, String) {
        switch reason {
        case .noSuchFolder: ("没有这个文件夹，或没有读取权限", "请检查路径和权限，或用 --lexicons 指明词库文件夹")
        case .notPermitted: ("没有读取权限", "请修改文件权限，或换用有权限的账户")
        case .notUTF8: ("不是 UTF-8 编码", "请另存为 UTF-8")
        case .noFiles: ("此文件夹里没有词库文件", "请指定存放 .yaml 文件的词库文件夹")
        case .notYAML(let why): ("不是有效的 YAML（\(ParserWords.yaml(why))）", "请修改此行，检查引号和空格")
        case .wrongShape(let expected): ("此处应为\(Self.inChinese(expected))", "写法见 docs/reference/lexicon.md")
        case .unknownKey(let key, let known): ("不认识的键“\(key)”", "可用的键：\(known.joined(separator: "、"))")
        case .missingKey(let key): ("缺少“\(key)”", "请补上")
        case .badValue(let value, let expected): ("此处不能写“\(value)”", "请写 \(Self.inChinese(expected))")
        case .duplicateID(let id, let first): ("编号“\(id)”已在 \(first) 用过", "请换一个编号")
        case .duplicateTerm(let term): ("“\(term)”在此重复", "请删去一个")
        case .unknownSet(let name): ("没有词组“\(name)”", "请在本文件或 sets.yaml 的 sets 下定义")
        case .setOfSets(let name): ("词组里不能再引用词组“\(name)”", "请在规则里同时写两个词组")
        case .emptyTerm: ("空词", "请删去，或给被 YAML 误读的词加引号")
        case .unreachable(let condition):
            ("这条规则永远不会命中：第 \(condition) 个条件的词全被取消或保护了", "请修改词语或 unless")
        case .badPattern(let why, let offset): ("正则式第 \(offset + 1) 个字符处有错：\(ParserWords.pattern(why))", "请修改")
        case .catastrophicPattern: ("这个正则式在某些文本上耗时过长", "请避免 (a+)+ 之类的嵌套重复，改用 {0,9} 限定")
        case .patternWithoutLiteral: ("正则式缺少 requires", "请列出必须先出现的词")
        case .taxonomyDiffers(let slug): ("“\(slug)”与固定分类不符", "请恢复随软件发布的文件")
        }
    }

    /// What the readers expect, in Chinese; values such as `0…1` are the same in both.
    private static func inChinese(_ expected: String) -> String {
        switch expected {
        case "a mapping", "a mapping (key: value)": "“键: 值”"
        case "a list ([a, b] or lines with -)": "列表（[词, 词]，或每行一个“- 词”）"
        case "a text": "一个词"
        case "a key": "键"
        case "one character": "一个字"
        case "two or more characters": "两个以上的字"
        case "a word of 2…8 characters": "2 到 8 个字的词"
        case "1…5 conditions": "1 到 5 个条件"
        default: expected
        }
    }
}
