import Messages

/// What spoke for a format, in the words of the person who reads it.
///
/// The readers say it in English, as `--json` prints it; names of keys and columns stay as the file has them.
enum EvidenceWords {
    /// A line of evidence, or of what was missing.
    static func told(_ evidence: String, in language: Language) -> String {
        guard language == .zh else { return evidence }
        if let whole = whole[evidence] { return whole }
        for (english, chinese) in openings where evidence.hasPrefix(english) {
            return chinese + alternatives(evidence.dropFirst(english.count))
        }
        if let like = evidence.wholeMatch(of: /(\d+) of the first (\d+) lines like (.+)/) {
            return "前 \(like.2) 行里有 \(like.1) 行形如“\(like.3)”"
        }
        if let like = evidence.wholeMatch(of: /(\d+) lines like (.+)/) { return "\(like.1) 行形如“\(like.2)”" }
        if let more = evidence.wholeMatch(of: /more such lines than (\S+) has \((\d+)\)/) {
            return "比 \(more.1)（\(more.2) 行）更多的这种行"
        }
        return evidence
    }

    /// Why a format was not taken.
    static func told(whyNot: String, in language: Language) -> String {
        guard language == .zh else { return whyNot }
        if whyNot == "asked later" { return "也像，但排在后面" }
        let lead = "missing: "
        guard whyNot.hasPrefix(lead) else { return whyNot }
        let parts = whyNot.dropFirst(lead.count).split(separator: ", ").map { told(String($0), in: language) }
        return "缺：" + parts.joined(separator: "、")
    }

    private static func alternatives(_ words: Substring) -> String {
        String(words).replacing(" or a day bar", with: " 或日期行").replacing(" or ", with: " 或 ")
            .replacing(" in a list of messages", with: "（在消息列表里）").replacing(" in the header", with: "（在开头）")
            .replacing(", from the file's name", with: "（取自文件名）").replacing(", as given", with: "（照所给的）")
    }

    private static let whole = [
        "text": "可读的文本", "a script": "网页里的脚本", "header row": "标题行", "day bar": "日期行",
        "key content with a message in it": "键 content 里是消息", "a document of several lines": "分行写的整个 JSON",
    ]

    private static let openings = [
        ("key ", "键 "), ("column ", "列 "), ("lines like ", "形如下面的行："), ("line ", "行 "), ("absence of ", "不该有的 "),
        ("title ", "标题 "), ("date assumed: ", "日期是推定的："),
    ]
}

extension MessageKind {
    /// What it is called.
    func name(in language: Language) -> String {
        guard language == .zh else { return name }
        return switch self {
        case .text: "文字"
        case .image: "图片"
        case .voice: "语音"
        case .video: "视频"
        case .file: "文件"
        case .link: "链接"
        case .location: "位置"
        case .card: "名片"
        case .money: "红包转账"
        case .call: "通话"
        case .sticker: "表情"
        case .notice: "群公告"
        case .relay: "接龙"
        case .forward: "合并转发"
        case .system: "系统消息"
        case .recall: "撤回"
        case .other: "其他"
        }
    }
}
