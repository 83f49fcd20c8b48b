internal import Messages

/// WeChat's own numbers for what a message is, and the exporters' names for them.
enum WeChatKinds {
    /// The kind of a local type; composites hold the sub-type above 32 bits.
    static func kind(type: Int64, subtype: Int64 = 0) -> MessageKind {
        let low = type & 0xFFFF_FFFF
        let high = type >> 32 != 0 ? type >> 32 : subtype
        return switch low {
        case 1: .text
        case 3: .image
        case 34: .voice
        case 42, 66: .card
        case 43, 62: .video
        case 47: .sticker
        case 48: .location
        case 49: app(high)
        case 50: .call
        case 10000, 10002: .system
        default: .other
        }
    }

    private static func app(_ subtype: Int64) -> MessageKind {
        switch subtype {
        case 1, 24, 57: .text
        case 3, 4, 5, 33, 36, 44, 51, 63, 76, 92: .link
        case 6, 74: .file
        case 8: .sticker
        case 17: .location
        case 19, 40: .forward
        case 53: .relay
        case 62: .system
        case 87: .notice
        case 2000, 2001, 2003: .money
        default: .other
        }
    }

    /// The kind of an item of a merged forward by WeChat's `datatype`.
    static func kind(dataType: Int64?) -> MessageKind {
        switch dataType {
        case 1, nil: .text
        case 2: .image
        case 3: .voice
        case 4, 15: .video
        case 5, 19, 22, 29: .link
        case 6: .location
        case 8: .file
        case 17: .forward
        default: .other
        }
    }

    private static let names: [(MessageKind, [StaticString])] = [
        (
            .text,
            ["文本消息", "文本", "文字", "引用消息", "引用回复", "引用", "回复", "text", "reply", "quote", "markdown", "richText"]
        ),
        (.image, ["图片消息", "图片", "image", "picture", "photo", "pic"]),
        (.voice, ["语音消息", "语音", "音频", "voice", "audio", "record", "ptt"]),
        (.video, ["视频消息", "视频", "video", "短视频"]),
        (.file, ["文件消息", "文件", "file"]),
        (
            .link,
            [
                "链接消息", "链接", "卡片式链接", "(分享)卡片式链接", "分享链接", "图文消息", "音乐消息", "音乐分享", "(分享)音乐", "小程序消息", "小程序",
                "小程序分享", "(分享)小程序", "视频号", "(分享)视频号", "(分享)视频号直播", "视频号直播", "收藏笔记", "(分享)笔记", "(分享)收藏夹", "link",
                "share", "app", "music", "miniprogram", "json", "ark", "weapp", "card_link",
            ]
        ),
        (.location, ["位置消息", "位置", "位置分享", "实时位置共享", "location"]),
        (.card, ["名片消息", "名片", "个人/公众号名片", "企业微信名片", "card", "contact", "contact_card"]),
        (
            .money,
            ["红包", "红包消息", "红包卡片", "红包封面", "转账", "转账消息", "转账卡片", "redpacket", "red_packet", "transfer", "wallet"]
        ),
        (.call, ["通话消息", "通话", "音视频通话", "语音通话", "视频通话", "call", "voip", "av_record"]),
        (
            .sticker,
            ["动画表情", "表情包", "表情", "表情消息", "sticker", "emoji", "emotion", "market_face", "face", "mface", "用户上传的GIF表情"]
        ),
        (.notice, ["群公告", "notice", "announcement"]),
        (.relay, ["接龙消息", "接龙", "relay"]),
        (
            .forward,
            [
                "聊天记录", "聊天记录合并转发", "合并转发的聊天记录", "(分享)聊天记录", "chatHistory", "chatrecord", "forward", "multi_forward",
                "multimsg",
            ]
        ),
        (.system, ["系统消息", "系统通知", "系统", "拍一拍", "邀请加群", "群聊邀请", "system", "sys", "pat", "tip", "gray_tip"]),
        (.recall, ["消息撤回", "撤回消息", "recall", "revoke"]),
    ]

    /// By the hash of the name: it is asked for every message.
    private static let kindOfName: [UInt64: MessageKind] = {
        var table: [UInt64: MessageKind] = [:]
        for (kind, names) in names {
            for name in names {
                table[SpeakerKey.hash(ByteView(start: name.utf8Start, count: name.utf8CodeUnitCount))] = kind
            }
        }
        return table
    }()

    /// The kind of an exporter's type name; `.other` when it is unknown.
    static func kind(name: ByteView) -> MessageKind {
        if name.equals("文本") || name.equals("text") || name.equals("文本消息") { return .text }
        if let kind = kindOfName[SpeakerKey.hash(name)] { return kind }
        // 消息撤回5, 消息撤回36: the sub-type stands behind the word.
        return name.begins(with: "消息撤回") ? .recall : .other
    }

    /// The same of a value of a record.
    static func kind(name: JSONValue, in json: JSONView) -> MessageKind { json.plain(name) { kind(name: $0) } }

    /// What stands in for a message without words.
    static func placeholder(_ kind: MessageKind) -> StaticString {
        switch kind {
        case .image: "[图片]"
        case .voice: "[语音]"
        case .video: "[视频]"
        case .file: "[文件]"
        case .link: "[链接]"
        case .location: "[位置]"
        case .card: "[名片]"
        case .money: "[红包]"
        case .call: "[语音通话]"
        case .sticker: "[动画表情]"
        case .forward: "[聊天记录]"
        case .notice: "[群公告]"
        case .relay: "[接龙]"
        case .text, .system, .recall, .other: ""
        }
    }
}
