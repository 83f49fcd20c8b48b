/// The chat platform that a group lives on.
public enum Platform: String, Sendable, CaseIterable, Codable {
    case wechat, dingtalk, wecom, qq, welink
}

/// A group as an export names it.
///
/// Not necessarily a registered one.
public struct GroupIdentity: Sendable, Hashable {
    /// The platform's id of the group; empty where the format carries none (mail text).
    public var id: String
    /// The group's name at the time of the export; may be empty.
    public var name: String
    /// The platform it lives on.
    public var platform: Platform

    /// Names a group.
    public init(id: String, name: String, platform: Platform) {
        self.id = id
        self.name = name
        self.platform = platform
    }
}

/// What a message is, one canonical kind for all spellings of the exporters.
public enum MessageKind: UInt8, Sendable, CaseIterable {
    case text, image, voice, video, file, link, location, card, money, call, sticker, notice, relay, forward, system
    case recall, other

    /// The lower-case name that `read --json` prints.
    public var name: String { "\(self)" }
}

/// How finely a format tells the time.
public enum TimePrecision: UInt8, Sendable, CaseIterable {
    case second, minute, day

    /// The lower-case name that `read --json` prints.
    public var name: String { "\(self)" }
}

/// One message of an export, as strings, for faces and tests.
///
/// Bulk work goes over `MessageBlock`.
///
/// There is no sender in it: `speaker` is an ordinal within one file and says nothing outside it.
public struct Message: Sendable, Equatable {
    /// The group it was written in.
    public var group: GroupIdentity
    /// The platform's own id of the message, digits or text unchanged; nil where the export has only ordinals.
    public var id: String?
    /// Seconds since 1970-01-01 UTC.
    ///
    /// Zone-less times of exports are read as +08:00.
    public var sentAt: Int64
    /// How fine `sentAt` is.
    public var precision: TimePrecision
    /// The ordinal of the speaker within the file, from 1 in order of appearance; 0 for the system.
    public var speaker: Int
    /// What it is.
    public var kind: MessageKind
    /// The words the speaker wrote, quotes taken out.
    public var text: String
    /// The words that were quoted, if it is a reply.
    public var quote: String?
    /// True for an item of a merged forward: the words are those of somebody else, elsewhere.
    public var forwarded: Bool
    /// Where it was read.
    public var origin: Origin

    /// Makes a message.
    public init(
        group: GroupIdentity, id: String? = nil, sentAt: Int64, precision: TimePrecision = .second, speaker: Int,
        kind: MessageKind = .text, text: String, quote: String? = nil, forwarded: Bool = false, origin: Origin
    ) {
        self.group = group
        self.id = id
        self.sentAt = sentAt
        self.precision = precision
        self.speaker = speaker
        self.kind = kind
        self.text = text
        self.quote = quote
        self.forwarded = forwarded
        self.origin = origin
    }
}
