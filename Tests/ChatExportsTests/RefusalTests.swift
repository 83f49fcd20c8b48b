import ChatExports
import Foundation
import Messages
import Testing

@Suite struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let reason: ExportError.Reason
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ reason: ExportError.Reason) {
            (self.name, bytes, self.reason) = (name, Array(text.utf8), reason)
        }

        init(_ name: String, _ bytes: [UInt8], _ reason: ExportError.Reason) {
            (self.name, self.bytes, self.reason) = (name, bytes, reason)
        }
    }

    @Test(arguments: [
        Case("nothing", "", .empty), Case("white space", "  \n\n", .empty), Case("an empty array", "[ ]", .empty),
        Case("chatlog's null", "null", .empty), Case("a PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D], .picture),
        Case("a JPEG", [0xFF, 0xD8, 0xFF, 0xE0], .picture), Case("a GIF", "GIF89a", .picture),
        Case("a WebP", "RIFF0000WEBPVP8", .picture), Case("a database", "SQLite format 3\0…", .database),
        Case("a PDF", "%PDF-1.7", .pdf), Case("an archive", "PK\u{3}\u{4}messages.json", .archive),
        Case("a broken workbook", "PK\u{3}\u{4}…[Content_Types].xml", .archiveDamaged),
        Case("gzip", [0x1F, 0x8B, 8], .archive), Case("bzip2", Array("BZh91AY&SY".utf8) + [0x80, 1, 0], .archive),
        Case("an empty bzip2", Array("BZh9".utf8) + [0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0], .archive),
        Case("Zstandard", [0x28, 0xB5, 0x2F, 0xFD, 4, 0], .archive),
        Case("words like bzip2's", "BZh的记录\n", .unknownText),
        Case("tar", Array("chat.csv".utf8) + [UInt8](repeating: 0, count: 249) + Array("ustar\0".utf8), .archive),
        Case("a web page", "<!DOCTYPE html><html>", .html),
        Case(
            "the sealed archive", #"{"errcode":0,"chatdata":[{"seq":1,"msgid":"a","encrypt_random_key":"b"}]}"#,
            .encryptedArchive),
        Case("a sealed line", #"{"seq":1,"msgid":"a","encrypt_chat_msg":"b"}"#, .encryptedArchive),
        Case(
            "a training set", #"[{"conversations":[{"role":"user","content":"停水"}]}]"#, .trainingSet),
        Case(
            "a private chat", #"{"weflow":{},"session":{"wxid":"wxid_demo","type":"私聊"},"messages":[]}"#, .privateChat),
        Case("a private mail", "甲 和 乙 在微信上的聊天记录如下，请查收。\n", .privateChat),
        Case("other JSON", #"{"a":1,"b":[1,2]}"#, .unknownJSON), Case("a register", #"[{"id":1}]"#, .unknownJSON),
        Case("a dump of a database", "BEGIN;\nINSERT INTO messages (id, content) VALUES (1, '停水');\n", .sqlScript),
        Case("a table of files", "序号,时间,资源类型,文件名\n1,2026-05-29 08:14:05,image,a.jpg\n", .companion),
        Case("a table of counts", "统计项目,数值\n消息总数,2\n", .companion),
        Case("a letter", "您好：\n路灯坏了。\n", .unknownText), Case("bracketed text", "[2026-03-02] 甲: 停水\n", .unknownText),
    ])
    func `is refused with a reason`(_ row: Case) throws {
        let file = try TemporaryFile(row.bytes)
        let error = #expect(throws: ExportError.self) { try Rendering(path: file.path) }
        #expect(error?.reason == row.reason)
    }

    @Test func `a folder, a missing file and a pipe are told apart`() throws {
        func reason(_ path: String) -> ExportError.Reason? {
            #expect(throws: ExportError.self) { try Rendering(path: path) }?.reason
        }
        #expect(reason(FileManager.default.temporaryDirectory.path) == .folder)
        #expect(reason("/nonexistent/export.json") == .noSuchFile)
        #expect(reason("/dev/null") == .notARegularFile)
    }

    @Test func `a file without read permission is refused`() throws {
        let file = try TemporaryFile("[]".utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
        // The superuser may read everything.
        guard getuid() != 0 else { return }
        #expect(#expect(throws: ExportError.self) { try Rendering(path: file.path) }?.reason == .notPermitted)
    }

    @Test(arguments: ExportError.Reason.allCases)
    func `says where, what, and what to do, on one line`(_ reason: ExportError.Reason) {
        let error = ExportError(reason, file: "a.json")
        for language in Language.allCases {
            let text = error.explanation(in: language)
            #expect(text.hasPrefix("a.json"))
            #expect(!text.contains("\n"))
            #expect(text.hasSuffix(language == .zh ? "。" : "."))
        }
    }

    @Test(arguments: ExportGap.allCases)
    func `a gap is explained in both languages`(_ gap: ExportGap) {
        #expect(gap.explanation(in: .zh) != gap.explanation(in: .en))
    }
}
