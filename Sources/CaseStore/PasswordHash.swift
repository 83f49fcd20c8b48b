import Crypto
import CryptoExtras
import Foundation

/// A password as the store keeps it: `scrypt$rounds$block$lanes$salt$hash`, salt and hash in Base64.
enum PasswordHash {
    /// Makes the hash of a new password: some 100 ms and 32 MiB for the 32768 rounds of an installation.
    static func make(_ password: String, rounds: Int) throws -> String {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let hash = try derive(password, salt: salt, rounds: rounds, blockSize: 8, lanes: 1)
        return "scrypt$\(rounds)$8$1$\(Data(salt).base64EncodedString())$\(Data(hash).base64EncodedString())"
    }

    /// True when the password is the one that was hashed; takes as long when it isn't.
    static func matches(_ password: String, _ stored: String) -> Bool {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let lanes = Int(parts[3]), let salt = Data(base64Encoded: String(parts[4])),
            let wanted = Data(base64Encoded: String(parts[5])), !wanted.isEmpty,
            let found = try? derive(
                password, salt: [UInt8](salt), rounds: rounds, blockSize: blockSize, lanes: lanes)
        else { return false }
        return areEqual(found, [UInt8](wanted))
    }

    /// Compares in a time that doesn't depend on where they differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// True when a password is too easy.
    ///
    /// Length is what counts: no rules about kinds of characters, which only make people write it down.
    static func isWeak(_ password: String, name: String) -> Bool {
        let characters = Array(folded(password))
        let plain = folded(name)
        return characters.count < 10 || characters.count > 200 || Set(characters).count < 5
            || (plain.count > 3 && folded(password).contains(plain))
    }

    private static func derive(
        _ password: String, salt: [UInt8], rounds: Int, blockSize: Int, lanes: Int
    ) throws -> [UInt8] {
        // What an input method gives for one key may differ from machine to machine; RFC 8265 folds it likewise.
        let key = try KDF.Scrypt.deriveKey(
            from: Data(folded(password).utf8), salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize,
            parallelism: lanes)
        return key.withUnsafeBytes { Array($0) }
    }

    private static func folded(_ text: String) -> String { text.precomposedStringWithCompatibilityMapping }
}
