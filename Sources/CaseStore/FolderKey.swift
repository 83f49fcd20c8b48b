import Crypto
import Foundation

/// The data folder's secret: 32 bytes that wrap the keys of single texts, and 16 for the digests of messages.
///
/// Each text has a key of its own, wrapped by the folder's. What is sealed is bound to its row by its name, so that a
/// value that was moved to another row doesn't open.
struct FolderKey: Sendable {
    static let wrappingBytes = 32
    static let digestBytes = 16
    /// The first byte of what is sealed, for the day on which the form changes.
    private static let form: UInt8 = 1
    /// Texts are padded to a multiple of this, since a length can point at one message of a group.
    private static let step = 128

    private let wrapping: SymmetricKey
    /// The key of the messages' digests.
    let digest: [UInt8]

    /// Takes the bytes of a key file; nil unless there are exactly 48.
    init?(file bytes: [UInt8]) {
        guard bytes.count == Self.wrappingBytes + Self.digestBytes else { return nil }
        wrapping = SymmetricKey(data: bytes[..<Self.wrappingBytes])
        digest = Array(bytes[Self.wrappingBytes...])
    }

    /// The bytes of a new key file.
    static func newFile() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<wrappingBytes + digestBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// What the store keeps to recognise its key by; it tells nothing about it.
    var check: String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("minsheng key check".utf8) + digest, using: wrapping)
        return code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// A text under a new key of its own: the sealed text, and its key wrapped for the store.
    func seal(_ plain: Data, flag: Int, key: Int) throws -> (payload: [UInt8], wrapped: [UInt8]) {
        let own = SymmetricKey(size: .bits256)
        // JSON bears blanks at its end.
        let padded = plain + Data(repeating: 0x20, count: (Self.step - plain.count % Self.step) % Self.step)
        let payload = try AES.GCM.seal(padded, using: own, authenticating: Self.name("flag", flag))
        let wrapped = try own.withUnsafeBytes {
            try AES.GCM.seal(Data($0), using: wrapping, authenticating: Self.name("key", key))
        }
        return ([Self.form] + (payload.combined ?? Data()), [Self.form] + (wrapped.combined ?? Data()))
    }

    /// The text again; throws when the row, the key or a single bit is another one.
    func open(_ payload: [UInt8], wrapped: [UInt8], flag: Int, key: Int) throws -> Data {
        guard payload.first == Self.form, wrapped.first == Self.form else { throw CryptoKitError.authenticationFailure }
        let own = try AES.GCM.open(
            AES.GCM.SealedBox(combined: wrapped.dropFirst()), using: wrapping, authenticating: Self.name("key", key))
        return try AES.GCM.open(
            AES.GCM.SealedBox(combined: payload.dropFirst()), using: SymmetricKey(data: own),
            authenticating: Self.name("flag", flag))
    }

    private static func name(_ kind: String, _ id: Int) -> Data { Data("minsheng \(kind) \(id)".utf8) }
}
