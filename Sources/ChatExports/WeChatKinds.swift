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

    private static let names: [(StaticString, MessageKind)] = [
        ("文本消息", .text), ("图片消息", .image), ("语音消息", .voice), ("名片消息", .card), ("视频消息", .video),
        ("动画表情", .sticker), ("位置消息", .location), ("链接消息", .link), ("通话消息", .call), ("系统消息", .system),
        ("引用消息", .text), ("音乐消息", .link), ("群公告", .notice), ("转账消息", .money), ("文件消息", .file),
        ("聊天记录", .forward), ("小程序消息", .link), ("接龙消息", .relay), ("接龙", .relay), ("卡片式链接", .link),
        ("图文消息", .link), ("红包卡片", .money), ("转账卡片", .money), ("红包消息", .money), ("小程序分享", .link),
        ("聊天记录合并转发", .forward), ("拍一拍", .system),
    ]

    /// The kind of an exporter's type name; `.other` when it is unknown.
    static func kind(name: ByteView) -> MessageKind {
        names.first { name.equals($0.0) }?.1 ?? .other
    }

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
