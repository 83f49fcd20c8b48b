import ChatExports
import Foundation
import Messages
import Testing

/// Base64 and quoted-printable as mails have them, whole and damaged.
@Suite struct MailDecodingTests {
    private static let text =
        "微信群\"柳溪村监督群\"的聊天记录如下:\n\n—————  2026-05-29  —————\n\n示例甲  08:14\n\n停水 a=b= 100% 了\n\n示例乙  08:15\n\n马上修\n"

    private static func mail(_ encoding: String, _ body: String, charset: String = "utf-8") -> [UInt8] {
        let head =
            "From: a@example.invalid\nMIME-Version: 1.0\nContent-Type: text/plain; charset=\(charset)\n"
            + "Content-Transfer-Encoding: \(encoding)\n\n"
        return Array((head + body).utf8)
    }

    /// The words of the messages that a mail comes to, at all sizes of chunks alike.
    private static func words(_ mail: [UInt8]) throws -> [String] {
        let file = try TemporaryFile(mail)
        let input = try #require(ExportInput.inputs(in: file.path).first)
        var found: [[String]] = []
        for chunkBytes in [1, 61, 1 << 20] {
            var options = ExportOptions(now: Rendering.now)
            options.chunkBytes = chunkBytes
            found.append(try TextFormatTests.texts(ExportShelf().open(input, options: options)))
        }
        #expect(found.allSatisfy { $0 == found[0] })
        return found[0]
    }

    private static let expected = ["id=停水 a=b= 100% 了", "id=马上修"]

    struct Body: Sendable, CustomTestStringConvertible {
        let name: String
        let encoding: String
        let body: String
        var testDescription: String { name }
    }

    private static let bodies: [Body] = {
        let plain = Data(text.utf8)
        let base = plain.base64EncodedString()
        let lines = plain.base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn])
        let half = plain.count / 2 + 1
        let parts = plain.prefix(half).base64EncodedString() + "\n" + plain.dropFirst(half).base64EncodedString()
        let quoted = text.utf8.map { byte in
            byte == 0x0A
                ? "\n" : byte < 0x80 && byte != 0x3D ? String(UnicodeScalar(byte)) : String(format: "=%02X", byte)
        }
        // A line end of the encoding's own behind every tenth letter, blanks before some.
        let soft = quoted.enumerated().map { $1 + ($0 % 10 == 9 ? ["=\n", "=\r\n", "= \t\r\n"][$0 / 10 % 3] : "") }
        return [
            Body(name: "base64 in lines", encoding: "base64", body: lines),
            Body(name: "base64 in one line", encoding: "base64", body: base),
            Body(name: "base64 without its equals signs", encoding: "BASE64", body: base.filter { $0 != "=" }),
            Body(name: "base64 of two parts, each padded", encoding: "base64", body: parts),
            Body(
                name: "base64 with strange signs in it", encoding: "base64",
                body: base.enumerated().map { ($0 % 7 == 3 ? " \u{00E9}!-" : "") + String($1) }.joined()),
            Body(name: "quoted-printable", encoding: "quoted-printable", body: quoted.joined()),
            Body(
                name: "quoted-printable in small letters", encoding: "quoted-printable",
                body: quoted.joined().lowercased()),
            Body(name: "quoted-printable with soft line ends", encoding: "Quoted-Printable", body: soft.joined()),
            Body(
                name: "quoted-printable whose equals signs stand for themselves", encoding: "quoted-printable",
                body: text.replacingOccurrences(of: "100% 了", with: "100% =E4=BA=86")),
            Body(name: "8bit", encoding: "8bit", body: text),
            Body(name: "nothing said", encoding: "binary", body: text),
        ]
    }()

    @Test(arguments: bodies)
    func `a body in an encoding gives its words`(_ body: Body) throws {
        #expect(try Self.words(Self.mail(body.encoding, body.body)) == Self.expected)
    }

    @Test func `a body that is cut gives what it still holds`() throws {
        let base = Data(Self.text.utf8).base64EncodedString()
        let first = try #require(Self.text.range(of: "了\n")).upperBound
        let start = (Self.text[..<first].utf8.count + 2) / 3 * 4
        for length in start..<base.count {
            let words = try Self.words(Self.mail("base64", String(base.prefix(length))))
            #expect(words.first?.hasPrefix(Self.expected[0]) == true)
        }
    }

    @Test func `an equals sign with nothing that it could mean is text`() throws {
        let body = Self.text.replacingOccurrences(of: "停水 a=b= 100% 了", with: "=ZZ =1 =A= =")
        let words = try Self.words(Self.mail("quoted-printable", body))
        // The last one joins its line with the next.
        #expect(words.first?.hasPrefix("id==ZZ =1 =A=") == true)
    }

    @Test func `a large body is decoded as a small one`() throws {
        let message = "\n\n示例甲  08:16\n\n" + String(repeating: "路灯坏了=", count: 40)
        let text = Self.text + String(repeating: message, count: 3000)
        let base = Data(text.utf8).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        let quoted = text.replacingOccurrences(of: "=", with: "=3D")
        let plain = try Self.words(Self.mail("8bit", text))
        #expect(plain.count == 3002)
        #expect(try Self.words(Self.mail("base64", base)) == plain)
        #expect(try Self.words(Self.mail("quoted-printable", quoted)) == plain)
    }

    @Test func `a character set that is converted takes the other way`() throws {
        let big5 = String.Encoding(rawValue: 0x8000_0000 | 0x0A03)
        let text = "微信群\"村\"的聊天記錄如下:\n\n-----  2026-05-29  -----\n\n示例甲  08:14\n\n停水\n"
        let bytes = try #require(text.data(using: big5))
        let words = try Self.words(Self.mail("base64", bytes.base64EncodedString(), charset: "big5"))
        #expect(words == ["id=停水"])
    }
}
