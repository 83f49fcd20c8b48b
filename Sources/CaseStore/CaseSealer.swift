import Crypto
import Foundation
import Glibc

/// Seals the texts of cases.
///
/// Each case has a key for its file and one for the original words, which die sooner. They are wrapped by a key that is
/// derived from the folder's key file, so that a sealed flag and a sealed case never share a key. What is sealed is
/// bound to its row by its name.
struct CaseSealer: Sendable {
    /// The first byte of what is sealed, for the day on which the form changes.
    private static let form: UInt8 = 1
    /// Texts are padded to a multiple of this, since a length can point at one message of a group.
    private static let step = 128

    private let wrapping: SymmetricKey
    private let searching: SymmetricKey
    private let rows: HMAC<SHA256>
    /// The key of the rows as HMAC hashes it, before them and around their hash (RFC 2104).
    private let before: [UInt8]
    private let around: [UInt8]
    private let keeping: SymmetricKey

    /// Reads the key file of a data folder that the store has opened, and so checked, before.
    init(folder: String) throws(StoreError) {
        let files = DataFolder(path: folder)
        _ = try files.key()
        guard let bytes = FileManager.default.contents(atPath: files.keyFile) else {
            throw StoreError(.keyMissing, folder: folder)
        }
        func derive(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: bytes), info: Data("minsheng \(purpose)".utf8), outputByteCount: 32
            )
        }
        wrapping = derive("case keys")
        searching = derive("case search")
        let rowKey = derive("case rows")
        func padded(_ mask: UInt8) -> [UInt8] {
            rowKey.withUnsafeBytes { key in (0..<64).map { $0 < key.count ? key[$0] ^ mask : mask } }
        }
        rows = HMAC<SHA256>(key: rowKey)
        (before, around) = (padded(0x36), padded(0x5C))
        keeping = derive("kept filters")
    }

    /// A new key, wrapped for the store under its number.
    func newKey(_ id: Int) throws -> [UInt8] {
        let own = SymmetricKey(size: .bits256)
        let sealed = try own.withUnsafeBytes {
            try AES.GCM.seal(Data($0), using: wrapping, authenticating: Self.name("key", id))
        }
        return [Self.form] + (sealed.combined ?? Data())
    }

    /// A text sealed under a wrapped key.
    func seal(_ text: String, as id: Int, key wrapped: [UInt8], _ keyID: Int) throws -> [UInt8] {
        try Self.seal(text, unwrap(wrapped, keyID), as: Self.name("text", id))
    }

    /// The text again; throws when the row, the key or a single bit is another one.
    func open(_ payload: [UInt8], as id: Int, key wrapped: [UInt8], _ keyID: Int) throws -> String {
        try Self.open(payload, unwrap(wrapped, keyID), as: Self.name("text", id))
    }

    /// What a person keeps for the queue, sealed: no case's words, so no key that dies with a case.
    func seal(filters text: String, of staff: Int) throws -> [UInt8] {
        try Self.seal(text, keeping, as: Self.name("filters", staff))
    }

    /// That again.
    func openFilters(_ payload: [UInt8], of staff: Int) throws -> String {
        try Self.open(payload, keeping, as: Self.name("filters", staff))
    }

    private static func seal(_ text: String, _ key: SymmetricKey, as name: Data) throws -> [UInt8] {
        // The length goes first, as a text may end in what it is padded with.
        let plain = Data(text.utf8)
        var padded = withUnsafeBytes(of: UInt32(plain.count).bigEndian) { Data($0) } + plain
        padded.append(Data(repeating: 0, count: (step - padded.count % step) % step))
        let sealed = try AES.GCM.seal(padded, using: key, authenticating: name)
        return [form] + (sealed.combined ?? Data())
    }

    private static func open(_ payload: [UInt8], _ key: SymmetricKey, as name: Data) throws -> String {
        guard payload.first == form else { throw CryptoKitError.authenticationFailure }
        let padded = try AES.GCM.open(
            AES.GCM.SealedBox(combined: payload.dropFirst()), using: key, authenticating: name)
        let bytes = [UInt8](padded)
        guard bytes.count >= 4 else { throw CryptoKitError.incorrectParameterSize }
        let count = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard count <= bytes.count - 4 else { throw CryptoKitError.incorrectParameterSize }
        return String(decoding: bytes[4..<4 + count], as: UTF8.self)
    }

    /// What the log says of a search: equal words give equal codes, and nobody reads them without the key file.
    func code(of words: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data(words.utf8), using: searching).prefix(8)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// A keyed digest by which a number of another platform is known again, and not read.
    func digest(of text: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data("reference \(text)".utf8), using: searching))
    }

    /// Room for rows that are to be sealed.
    var blank: RowBytes { RowBytes(after: before) }

    /// The seal of rows that were written into ``blank`` room: HMAC by its definition, as Crypto's makes contexts and metadata
    /// that cost several times the hashes, and a verification asks for millions.
    func seal(_ rows: borrowing RowBytes) -> SHA256Digest {
        var within = SHA256()
        rows.withBytes { within.update(bufferPointer: $0) }
        var code = SHA256()
        around.withUnsafeBytes { code.update(bufferPointer: $0) }
        within.finalize().withUnsafeBytes { code.update(bufferPointer: $0) }
        return code.finalize()
    }

    /// True where a hash is what is stored.
    static func isSame(_ hash: SHA256Digest, _ stored: UnsafeRawBufferPointer) -> Bool {
        hash.withUnsafeBytes { hash in
            guard stored.count == hash.count, let known = stored.baseAddress, let made = hash.baseAddress else {
                return false
            }
            return memcmp(known, made, hash.count) == 0
        }
    }

    /// The same seal before the first byte, for rows that come bit by bit.
    var unfinishedSeal: HMAC<SHA256> { rows }

    /// True for one number in twenty, by the key: which flags get a second reader can't be told beforehand.
    func isSampled(_ flag: Int) -> Bool {
        let code = Array(HMAC<SHA256>.authenticationCode(for: Data("second reader \(flag)".utf8), using: searching))
        return (Int(code[0]) << 8 | Int(code[1])) % 20 == 0
    }

    private func unwrap(_ wrapped: [UInt8], _ id: Int) throws -> SymmetricKey {
        guard wrapped.first == Self.form else { throw CryptoKitError.authenticationFailure }
        let box = try AES.GCM.SealedBox(combined: wrapped.dropFirst())
        return SymmetricKey(data: try AES.GCM.open(box, using: wrapping, authenticating: Self.name("key", id)))
    }

    private static func name(_ kind: String, _ id: Int) -> Data { Data("minsheng case \(kind) \(id)".utf8) }
}
