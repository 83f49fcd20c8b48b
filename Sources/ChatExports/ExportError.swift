public import Messages

/// A file that cannot be read as an export.
public struct ExportError: ExplainedError, Equatable {
    /// What is wrong with it.
    ///
    /// Closed, so that every reason has words in both languages.
    public enum Reason: String, Sendable, CaseIterable {
        case noSuchFile, folder, notPermitted, notARegularFile, unreadable
        case empty, picture, database, pdf, archive, workbook, html
        case encryptedArchive, trainingSet, privateChat, unknownJSON, unknownText
    }

    /// What is wrong.
    public let reason: Reason
    /// The file.
    public let origin: Origin

    /// Makes an error about a file.
    public init(_ reason: Reason, file: String) {
        self.reason = reason
        self.origin = Origin(file: file)
    }

    /// Where, what, and what to do, on one line.
    public func explanation(in language: Language) -> String {
        switch language {
        case .zh: "\(origin)：\(chinese.problem)。\(chinese.remedy)"
        case .en: "\(origin): \(english.problem). \(english.remedy)"
        }
    }

    private var chinese: (problem: String, remedy: String) {
        switch reason {
        case .noSuchFile: ("找不到这个文件", "请检查文件名和所在文件夹。")
        case .folder: ("这是文件夹，不是文件", "请选择文件夹里的导出文件。")
        case .notPermitted: ("没有读取权限", "请修改文件权限，或换用有权限的账户。")
        case .notARegularFile: ("这不是普通文件", "请先把内容保存成文件再导入。")
        case .unreadable: ("读取时出错", "请检查磁盘，或重新复制这个文件。")
        case .empty: ("文件里没有任何消息", "请重新导出，并确认选对了群和日期。")
        case .picture: ("这是图片，不是文字记录", "请用导出工具导出文字，截图无法导入。")
        case .database: ("这是聊天软件的数据库，不是导出记录", "请用导出工具打开它，另存为 JSON。")
        case .pdf: ("这是 PDF，暂不支持", "请重新导出为 JSON 或 TXT。")
        case .archive: ("这是压缩包，不能直接读取", "请先解压，再导入里面的文件。")
        case .workbook: ("这是表格或文档文件，暂不支持", "请重新导出为 JSON，或另存为 CSV。")
        case .html: ("这是网页，暂不支持", "请重新导出为 JSON 或 TXT。")
        case .encryptedArchive: ("这是未解密的企业微信会话存档", "请先用企业私钥解密，再导入解密后的 JSON 行。")
        case .trainingSet: ("这是训练数据集，没有发言时间和发言人", "请用同一工具导出为 CSV 或 JSON 聊天记录。")
        case .privateChat: ("这是两个人的私聊，不是监督群", "请只导出已登记的监督群。")
        case .unknownJSON: ("是 JSON，但不是已知的导出格式", "请查看 formats 文档，改用其中的导出方式。")
        case .unknownText: ("不是已知的导出格式", "请查看 formats 文档，改用其中的导出方式。")
        }
    }

    private var english: (problem: String, remedy: String) {
        switch reason {
        case .noSuchFile: ("there is no such file", "Check the name and the folder.")
        case .folder: ("this is a folder where a file is expected", "Name the export file inside it.")
        case .notPermitted: ("you may not read this file", "Change its rights, or use an account that may.")
        case .notARegularFile: ("this is not a regular file", "Save the contents to a file and import that.")
        case .unreadable: ("reading failed", "Check the disk, or copy the file again.")
        case .empty: ("there are no messages in it", "Export again; check the group and the dates.")
        case .picture: ("this is a picture", "Export the text with an exporter; screenshots cannot be read.")
        case .database: ("this is a chat program's database, not an export", "Open it in an exporter and save JSON.")
        case .pdf: ("PDF is not read", "Export again as JSON or TXT.")
        case .archive: ("this is a packed archive", "Unpack it and import the files inside.")
        case .workbook: ("workbooks and documents are not read yet", "Export as JSON, or save as CSV.")
        case .html: ("web pages are not read yet", "Export again as JSON or TXT.")
        case .encryptedArchive:
            (
                "this is the sealed form of the WeCom archive",
                "Decrypt it with the corporation's private key, then import the decrypted JSON lines."
            )
        case .trainingSet:
            (
                "this is a training set without senders and times",
                "Export the chat as CSV or JSON with the same tool."
            )
        case .privateChat: ("this is a private chat, not a group", "Export only registered supervision groups.")
        case .unknownJSON: ("JSON, but in no known export format", "See the formats page for what can be read.")
        case .unknownText: ("in no known export format", "See the formats page for what can be read.")
        }
    }
}
