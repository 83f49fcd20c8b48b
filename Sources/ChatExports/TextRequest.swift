internal import Foundation

/// A line of the JSON Lines that `classify` and `attribute` take: a text with what is known of it.
public struct TextRequest: Sendable {
    /// The value of `id` as it stood, to be given back unchanged; `null` where there is none.
    public var id: [UInt8]
    /// The text to look at.
    public var text: String
    /// The id or name of its group.
    public var group: String?
    /// The code of its village or township, where no group is named.
    public var home: String?
    /// What somebody else said in the group directly before, at most half an hour earlier.
    public var before: String?
    /// What somebody else said directly after.
    public var after: String?
    /// When it was sent, as it stood: an ISO time, a day, or seconds.
    public var sentAt: String?
    /// True where the words come from elsewhere.
    public var isForwarded: Bool

    /// Reads a line; nil when it is no JSON object with a string `text`.
    ///
    /// `quote` may stand in it: it is not looked at, as it is somebody else's words.
    public init?(_ line: UnsafeBufferPointer<UInt8>) {
        let json = JSONView(line)
        var id: [UInt8]?
        var text: String?
        var group: String?
        var home: String?
        var (before, after): (String?, String?)
        var sentAt: String?
        var forwarded = false
        let end = json.forEachMember(at: JSONScan.skipSpace(in: line, from: 0)) { key, value in
            if json.equals(key, "id") {
                id = Array(line[Self.whole(value)])
            } else if json.equals(key, "text"), value.kind == .string {
                text = String(decoding: json.decoded(value), as: UTF8.self)
            } else if json.equals(key, "group"), value.kind == .string {
                group = String(decoding: json.decoded(value), as: UTF8.self)
            } else if json.equals(key, "home"), value.kind == .string {
                home = String(decoding: json.decoded(value), as: UTF8.self)
            } else if json.equals(key, "before"), value.kind == .string {
                before = String(decoding: json.decoded(value), as: UTF8.self)
            } else if json.equals(key, "after"), value.kind == .string {
                after = String(decoding: json.decoded(value), as: UTF8.self)
            } else if json.equals(key, "sentAt") || json.equals(key, "date") {
                sentAt =
                    value.kind == .string
                    ? String(decoding: json.decoded(value), as: UTF8.self)
                    : String(decoding: line[value.range], as: UTF8.self)
            } else if json.equals(key, "forwarded") {
                forwarded = json.isTrue(value)
            }
        }
        guard let end, let text, JSONScan.skipSpace(in: line, from: end) >= line.count else { return nil }
        // It is given back as it stood, so it has to be JSON.
        if let id, !Self.isWhole(id) { return nil }
        self.id = id ?? Array("null".utf8)
        self.text = text
        self.group = group
        self.home = home
        self.before = before
        self.after = after
        self.sentAt = sentAt == "null" ? nil : sentAt
        isForwarded = forwarded
    }

    /// True for a value that may stand in JSON.
    ///
    /// Strings and numbers, which nearly all ids are, are looked at here: Foundation has no number beyond a Double's.
    private static func isWhole(_ value: [UInt8]) -> Bool {
        if value.first == 0x22 { return true }
        if String(decoding: value, as: UTF8.self).wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/)
            != nil
        {
            return true
        }
        return (try? JSONSerialization.jsonObject(with: Data(value), options: .fragmentsAllowed)) != nil
    }

    /// A value's bytes with the quotes of a string.
    private static func whole(_ value: JSONValue) -> Range<Int> {
        value.kind == .string ? Int(value.start) - 1..<Int(value.end) + 1 : value.range
    }
}
