public import Messages

/// Why a flag is nothing: closed, as a word of one's own would say something of a person.
///
/// The codes stand in the store. Codes that older programs wrote there are read as they are.
public enum DismissalReason: String, CaseIterable, Sendable {
    /// No complaint at all.
    case notComplaint = "not-complaint"
    /// It was settled in the group itself.
    case settledInGroup = "settled-in-group"
    /// A question, and it was answered.
    case questionAnswered = "question-answered"
    /// It is about another county.
    case elsewhere
    /// News that somebody forwarded.
    case news
    /// A joke, or chat.
    case joke

    /// Its name.
    public func name(in language: Language) -> String {
        let (zh, en) =
            switch self {
            case .notComplaint: ("不是诉求", "not a complaint")
            case .settledInGroup: ("群里已办结", "settled in the group")
            case .questionAnswered: ("咨询，已答复", "a question, answered")
            case .elsewhere: ("不是本县的事", "not about this county")
            case .news: ("转发的新闻", "forwarded news")
            case .joke: ("玩笑、闲聊", "joke or chat")
            }
        return language == .zh ? zh : en
    }
}
