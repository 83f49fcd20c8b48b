import ChatExports
import Foundation
import Messages
import Testing

/// Mails: their text, and the exports attached to them.
@Suite struct MailTests {
    @Test func `a mail's plain text and its attachments are files of their own`() throws {
        let inputs = ExportInput.inputs(in: Fixture.path("mail.eml"))
        #expect(inputs.map { $0.path.components(separatedBy: "!/").last } == ["mail.txt", "柳溪村_聊天记录.json", "青石村.txt"])
        let shelf = ExportShelf()
        var found: [String] = []
        for input in inputs {
            let file = try shelf.open(input, options: ExportOptions(now: Rendering.now))
            found.append(
                "\(file.detection.format) \(file.detection.encoding.rawValue) \(try TextFormatTests.texts(file).count)")
        }
        let attached = try Rendering(path: Fixture.path("echotrace.json")).messages.count
        #expect(found == ["wechat-mail GB18030 2", "echotrace-json UTF-8 \(attached)", "weflow-text UTF-8 1"])
    }

    @Test func `the parts may be read in any order and twice`() throws {
        let inputs = ExportInput.inputs(in: Fixture.path("mail.eml"))
        let shelf = ExportShelf()
        let options = ExportOptions(now: Rendering.now)
        let forward = try inputs.map { try TextFormatTests.texts(shelf.open($0, options: options)) }
        let backward = try inputs.reversed().map { try TextFormatTests.texts(shelf.open($0, options: options)) }
        #expect(forward == backward.reversed())
    }

    @Test func `where only the web page holds messages it is read`() throws {
        let text = String(decoding: try Fixture.bytes("mail.eml"), as: UTF8.self)
        let start = try #require(text.range(of: "--inner\r\nContent-Type: text/plain"))
        let end = try #require(text.range(of: "--inner--"))
        let textPart = "--inner\r\nContent-Type: text/plain\r\n\r\nHTML only\r\n"
        let file = try TemporaryFile((text[..<start.lowerBound] + textPart + text[end.lowerBound...]).utf8)
        let input = try #require(ExportInput.inputs(in: file.path).first)
        #expect(input.path.hasSuffix("!/mail.html"))
        let export = try ExportShelf().open(input, options: ExportOptions(now: Rendering.now))
        #expect(try TextFormatTests.texts(export) == ["id=网页里的字"])
    }

    @Test func `a mail cut at any byte is survived`() throws {
        let bytes = try Fixture.bytes("mail.eml")
        for length in stride(from: 100, to: bytes.count, by: 61) {
            let file = try TemporaryFile(bytes.prefix(length))
            for input in ExportInput.inputs(in: file.path) {
                do throws(ExportError) {
                    let export = try ExportShelf().open(input, options: ExportOptions(now: Rendering.now))
                    while let chunk = try export.nextChunk() { _ = chunk.block() }
                } catch {
                    #expect(!error.explanation(in: .zh).isEmpty)
                }
            }
        }
    }

    @Test func `a mail without any chat says so`() throws {
        let mail =
            "From: a@example.invalid\r\nTo: b@example.invalid\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n您好，附件忘了。\r\n"
        let file = try TemporaryFile(mail.utf8)
        let input = try #require(ExportInput.inputs(in: file.path).first)
        #expect(throws: ExportError.self) { try ExportShelf().open(input, options: ExportOptions(now: Rendering.now)) }
    }

    @Test(arguments: 0..<4)
    func `a mail that an editor saved anew is read as before`(_ kind: Int) throws {
        let text = String(decoding: try Fixture.bytes("mail.eml"), as: UTF8.self)
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let big = units.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let saved = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little, [0xFE, 0xFF] + big,
        ]
        func texts(_ bytes: [UInt8]) throws -> [[String]] {
            let file = try TemporaryFile(bytes)
            let shelf = ExportShelf()
            return try ExportInput.inputs(in: file.path).map {
                try TextFormatTests.texts(shelf.open($0, options: ExportOptions(now: Rendering.now)))
            }
        }
        let plain = try texts(saved[0])
        #expect(plain.count == 3)
        #expect(try texts(saved[kind]) == plain)
    }

    @Test(arguments: ["utf-16", "utf-16le"])
    func `the text of a mail may be UTF-16`(_ charset: String) throws {
        let body = "微信群\"柳溪村监督群\"的聊天记录如下:\r\n\r\n—————  2026-05-29  —————\r\n\r\n示例甲  08:14\r\n\r\n停水\r\n"
        let units = body.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let bytes: [UInt8] = charset == "utf-16" ? [0xFF, 0xFE] + units : units
        let head =
            "From: a@example.invalid\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=\(charset)\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
        let file = try TemporaryFile((head + Data(bytes).base64EncodedString(options: .lineLength76Characters)).utf8)
        let input = try #require(ExportInput.inputs(in: file.path).first)
        let export = try ExportShelf().open(input, options: ExportOptions(now: Rendering.now))
        #expect(try TextFormatTests.texts(export) == ["id=停水"])
    }

    @Test func `a mailbox gives the texts of all its mails`() throws {
        let body = "微信群\"柳溪村监督群\"的聊天记录如下:\r\n\r\n—————  2026-05-29  —————\r\n\r\n示例甲  08:14\r\n\r\n停水\r\n"
        let one =
            "From a@example.invalid Fri May 29 10:00:00 2026\r\nFrom: a@example.invalid\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\(body)\r\n"
        let file = try TemporaryFile((one + one + one).utf8)
        #expect(ExportInput.inputs(in: file.path).count == 3)
    }

    @Test func `a chat whose lines have colons is no mail`() throws {
        let file = try TemporaryFile("甲: 一\nContent-Type: 二\n".utf8)
        #expect(ExportInput.inputs(in: file.path).first?.path == file.path)
    }
}
