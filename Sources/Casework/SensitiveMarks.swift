/// Words that point at somebody's health or at minors: what holds them is kept from more eyes (个人信息保护法 28, 31).
///
/// A short list on purpose, of words that hardly stand for anything else. A person may mark a case besides.
public enum SensitiveMarks {
    private static let words = [
        "艾滋", "梅毒", "肝炎", "结核", "癌", "肿瘤", "精神病", "精神障碍", "抑郁症", "智力障碍", "残疾证", "病历", "诊断书", "怀孕", "流产",
        "未成年", "小孩", "孩子", "幼儿", "儿童", "女童", "男童", "婴儿", "小学生", "中学生",
    ]

    /// True where a text holds such a word.
    public static func stand(in text: String) -> Bool { words.contains { text.contains($0) } }
}
