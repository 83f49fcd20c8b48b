/// Turns who spoke into a number while a file is read.
///
/// The number is never stored; the id and the name go no further.
enum SpeakerKey {
    /// The key of a person, 0 for the system.
    ///
    /// `ordinal` makes a key of its own for a person whom the export doesn't name, so that strangers aren't joined.
    static func key(id: ByteView, name: ByteView, ordinal: Int) -> UInt64 {
        switch meaning(of: id) {
        case .person: return hash(id)
        case .system: return 0
        case .nobody: break
        }
        switch meaning(of: name) {
        case .person: return hash(name)
        case .system: return 0
        case .nobody: return mix(UInt64(bitPattern: Int64(ordinal)) ^ 0x9E37_79B9_7F4A_7C15) | 1 << 63
        }
    }

    /// The same of two values of a record.
    @inline(__always)
    static func key(id: JSONValue, name: JSONValue, in json: JSONView, ordinal: Int) -> UInt64 {
        if !id.isEscaped, !name.isEscaped { return key(id: json.raw(id), name: json.raw(name), ordinal: ordinal) }
        return json.plain(id) { id in json.plain(name) { key(id: id, name: $0, ordinal: ordinal) } }
    }

    private enum Meaning { case person, system, nobody }

    private static func meaning(of text: ByteView) -> Meaning {
        if text.isEmpty { return .nobody }
        // Nearly all ids and names are told apart from these by their length or first byte.
        if text.count <= 12, text.count >= 4, isSuspect(text[0], text[1]) {
            if systems.contains(where: { text.equals($0) }) { return .system }
            if nobodies.contains(where: { text.equals($0) }) { return .nobody }
        }
        guard text[text.count - 1] == 0x6D else { return .person }
        return text.ends(with: "@chatroom") || text.ends(with: "@im.chatroom") ? .system : .person
    }

    /// True for the first two bytes of the names below.
    private static func isSuspect(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first {
        case 0x53, 0x55, 0x24, 0x6E, 0x75: true
        // 系, 未, 已, 群
        case 0xE7: second == 0xB3 || second == 0xBE
        case 0xE6: second == 0x9C
        case 0xE5: second == 0xB7
        default: false
        }
    }

    private static let systems: [StaticString] = ["SYSTEM", "系统消息", "系统", "系统通知"]
    /// What exporters write where they know nobody's name.
    private static let nobodies: [StaticString] = [
        "null", "undefined", "未知", "未知用户", "已隐藏", "群成员", "Unknown", "$username$", "$names$",
    ]

    /// A hash of 63 bits, never 0; the highest bit is that of strangers.
    static func hash(_ bytes: ByteView) -> UInt64 {
        var state: UInt64 = 0x2545_F491_4F6C_DD1D ^ UInt64(bytes.count)
        let raw = UnsafeRawBufferPointer(bytes)
        var at = 0
        while at + 8 <= raw.count {
            state = mix(state ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var tail: UInt64 = 0
        while at < raw.count {
            tail = tail << 8 | UInt64(raw[at])
            at += 1
        }
        return max(1, mix(state ^ tail) & (UInt64.max >> 1))
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low &+ 0xD6E8_FEB8_6659_FD93
    }
}
