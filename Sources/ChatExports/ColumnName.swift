/// What a column is called, and what that says of it.
struct ColumnName {
    /// Small letters, without blanks, line ends and marks.
    private let name: String

    init(_ name: String) {
        let letters = name.lowercased().unicodeScalars.filter {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        self.name = String(String.UnicodeScalarView(letters))
    }

    static let texts = [
        "消息内容", "聊天内容", "发言内容", "内容", "正文", "content", "消息正文", "文本", "原文", "message", "text", "消息", "说了", "说的", "发言",
        "留言",
        "聊天记录", "记录", "msg", "body", "words", "诉求", "反映",
    ]
    static let senders = [
        "发送者昵称", "发送人昵称", "发送者", "发送人", "发言人", "发言者", "发信人", "发件人", "发布人", "发布者", "说话人", "讲话人", "发信者", "群昵称", "群内昵称",
        "sendernick", "sendername", "sender", "speaker", "author", "fromname", "fromuser", "from", "发送", "发言", "发布",
        "昵称",
        "nick", "群名片", "姓名", "成员", "member", "username", "用户", "user", "网名", "名字", "称呼", "谁", "who", "talker", "显示名",
        "displayname", "名称", "name", "备注", "remark", "人",
    ]

    private func has(_ words: [String]) -> Bool { words.contains { name.contains($0) } }

    /// The place of the first word that the name holds; nil for none, or where it is refused.
    func rank(of words: [String], refusing isRefused: Bool) -> Int? {
        isRefused ? nil : words.firstIndex { name.contains($0) }
    }

    /// True where it says nothing of what it holds.
    var isPlain: Bool { !isID && !isOfGroup && !isKind && !isFlag }

    /// Ids and numbers of whatever.
    var isID: Bool {
        ["id", "编号", "序号", "编码", "号", "no", "seq"].contains { name.hasSuffix($0) }
            || has(["wxid", "openid", "账号", "帐号", "account"])
    }

    /// Yes and no.
    private var isFlag: Bool {
        ["is", "是否", "has", "已"].contains { name.hasPrefix($0) && name != $0 } && !name.hasPrefix("issue")
    }

    /// Of the chat or the account that was exported, and not of one message: nobody speaks under such a name.
    var isOfGroup: Bool {
        let ofMessages = ["内容", "content", "text", "时间", "time", "日期", "date", "消息", "message", "msg", "记录"]
        return has([
            "群", "会话", "聊天室", "聊天对象", "讨论组", "频道", "room", "group", "chat", "conversation", "session", "channel",
            "talkername",
        ])
            && !isPerson && !has(ofMessages)
    }

    /// A member of the group, by a name of the group's.
    var isPerson: Bool {
        has(["昵称", "名片", "nick", "card", "成员", "member", "群友", "发送", "发言", "sender", "from", "user", "用户"])
    }

    var isOfReceiver: Bool {
        has(["接收", "收件", "收信", "receiver", "recipient", "提及", "mention"]) || name == "to"
            || name.hasPrefix("to") && isID
    }

    /// Of the message itself: its id is the platform's.
    var isOfMessage: Bool {
        has(["消息", "message", "msg", "svr", "server", "信息", "记录id", "recordid"])
            && !has(["发送", "发言", "sender", "from", "user"])
    }

    var isKind: Bool { has(["类型", "类别", "种类", "type", "kind", "格式", "category"]) }

    var isQuote: Bool { has(["引用", "被回复", "回复内容", "回复的", "quote", "quoted"]) }

    /// What a tool heard in a voice message.
    var isTranscript: Bool {
        let words = ["转写", "转文字", "转录", "语音识别", "语音文字", "语音内容", "语音文本", "transcript", "voicetext"]
        return has(words)
            && !isID && !isFlag && !isKind && timeRank == nil && !has(["状态", "status", "文件", "file", "路径", "path"])
    }

    /// Whose id it is: the sender's in so many words first.
    var senderIDRank: Int? {
        let words = [
            "发送", "发言", "sender", "from", "speaker", "author", "wxid", "openid", "userid", "用户", "user", "成员", "member",
            "微信", "qq", "工号",
            "员工", "staff", "talker", "unionid",
        ]
        return words.firstIndex { name.contains($0) }
    }

    /// How much it is the time of the message: 0 for that, 1 for some other; nil where it is none.
    var timeRank: Int? {
        guard !isFlag, !isKind,
            has(["时间", "时刻", "日期", "time", "date", "发送于", "timestamp", "何时", "createdat", "sentat", "createat"])
        else { return nil }
        if name.contains("timezone") || name.contains("times") && !name.contains("timestamp") { return nil }
        let others = [
            "更新", "修改", "编辑", "撤回", "导出", "接收", "已读", "入群", "加入", "生日", "截止", "录入", "备份", "归档", "update", "edit",
            "modif", "revoke",
            "recall", "export", "receiv", "read", "join", "deadline", "import", "backup",
        ]
        return has(others) ? 1 : 0
    }

    /// A day and nothing of a clock.
    var saysDayAlone: Bool { saysDay && !has(["时间", "时刻", "time"]) }
    var saysDay: Bool { has(["日期", "date"]) && !has(["update"]) }

    var saysNoText: Bool {
        let hints = [
            "数", "长度", "length", "count", "size", "状态", "status", "来源", "source", "路径", "path", "链接", "url", "人", "者",
        ]
        return isID || isKind || isFlag || isQuote || isTranscript || timeRank != nil || has(hints)
    }

    var saysNoSender: Bool {
        let others = [
            "人数", "内容", "content", "text", "文件", "file", "头像", "avatar", "手机", "电话", "phone", "mobile", "性别", "部门",
            "职务", "岗位", "角色",
            "role", "department", "消息", "message", "msg", "设备", "平台", "platform", "应用", "app", "地址", "文本", "次数", "时长",
        ]
        return isID || isKind || isFlag || isQuote || timeRank != nil || isOfGroup || isOfReceiver || has(others)
    }
}
