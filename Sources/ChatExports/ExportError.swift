public import Messages

/// A file that cannot be read as an export.
public struct ExportError: ExplainedError, Equatable {
    /// What is wrong with it.
    ///
    /// Closed, so that every reason has words in both languages.
    public enum Reason: String, Sendable, CaseIterable {
        case dateMissing, unknownTable, unknownColumns, mailWithoutExport
        case noSuchFile, folder, notPermitted, notARegularFile, unreadable
        case empty, picture, database, pdf, archive, workbook, html
        case encryptedArchive, trainingSet, privateChat, unknownJSON, unknownText, companion
        case sqlScript, media, archiveLocked, archiveDamaged, archiveTooLarge, archiveTooDeep, workbookTooLarge
    }

    /// What is wrong.
    public let reason: Reason
    /// The file.
    public let origin: Origin
    /// What belongs to the reason: names of columns, never contents.
    public let detail: String?

    /// Makes an error about a file.
    public init(_ reason: Reason, file: String, detail: String? = nil) {
        self.reason = reason
        self.origin = Origin(file: file)
        self.detail = detail
    }

    /// True for pictures and other files that hold no messages: what exporters and people put beside an export.
    public var isNoText: Bool { [.picture, .media, .companion].contains(reason) }

    /// Where, what, and what to do, on one line.
    public func explanation(in language: Language) -> String {
        switch language {
        case .zh: "\(origin)：\(chinese.problem)\(detail.map { "：" + $0 } ?? "")。\(chinese.remedy)"
        case .en: "\(origin): \(english.problem)\(detail.map { ": " + $0 } ?? ""). \(english.remedy)"
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
        case .archive: ("这种压缩包不能直接读取", "请改用 ZIP 打包，或先解压再导入里面的文件。")
        case .workbook: ("这是文档或旧式表格，不能读取", "请重新导出为 JSON，或另存为 .xlsx 或 CSV。")
        case .html: ("这是网页，里面没有找到聊天记录", "请用同一工具重新导出为 JSON 或 TXT。")
        case .encryptedArchive: ("这是未解密的企业微信会话存档", "请先用企业私钥解密，再导入解密后的 JSON 行。")
        case .trainingSet: ("这是训练数据集，没有发言时间和发言人", "请用同一工具导出为 CSV 或 JSON 聊天记录。")
        case .privateChat: ("这是两个人的私聊，不是监督群", "请只导出已登记的监督群。")
        case .unknownJSON: ("是 JSON，但不是已知的导出格式", "请在导出工具里改选 ChatLab JSON、TXT 或 CSV；能读的格式见 docs/reference/formats.md。")
        case .dateMissing:
            ("里面的消息没有日期", "请用 --day 2026-03-02 说明是哪一天的（写着“昨天”“星期二”的，填复制那天），或把日期写进文件名。")
        case .unknownTable: ("表格的列名不属于已知的导出格式", "请用 --map 说明哪一列是时间、发言人和内容。")
        case .unknownColumns: ("--map 里的列在表格中找不到", "请对照表格的列名改正 --map。")
        case .mailWithoutExport: ("邮件里没有聊天记录", "请把聊天记录作为正文或附件发送。")
        case .companion: ("这是导出记录的附属文件，里面没有消息", "请导入同一文件夹里的消息文件，或直接导入整个文件夹。")
        case .unknownText:
            (
                "不是已知的导出格式：看不到带姓名和时间的消息",
                "请用导出工具重新导出为 JSON，或在手机微信里多选消息用邮件发出；从窗口复制时连同姓名和时间一起复制。"
            )
        case .sqlScript: ("这是 SQL 脚本，不是聊天记录文件", "请用同一工具重新导出为 JSON 或 TXT。")
        case .media: ("这是语音、视频或字体文件，不是文字记录", "请导入同一次导出里的文字记录。")
        case .archiveLocked: ("压缩包设了密码", "请不设密码重新打包，或解压后再导入。")
        case .archiveDamaged: ("压缩包已损坏或不完整", "请重新复制或重新打包。")
        case .archiveTooLarge: ("压缩包里的内容过多或过大，没有读取", "请确认来源，解压后分批导入。")
        case .archiveTooDeep: ("压缩包一层套一层，套得太深", "请解开外面几层再导入。")
        case .workbookTooLarge: ("表格过大或内容异常，没有读取", "请在 Excel 或 WPS 中另存为 CSV 再导入。")
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
        case .archive: ("this kind of archive is not read", "Pack it as ZIP, or unpack it and import the files inside.")
        case .workbook: ("this is a document or an old workbook", "Export as JSON, or save as .xlsx or CSV.")
        case .html: ("no list of messages is in this web page", "Export again as JSON or TXT.")
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
        case .unknownJSON:
            (
                "JSON, but in no known export format",
                "Choose ChatLab JSON, TXT or CSV in the exporter; docs/reference/formats.md lists what can be read."
            )
        case .dateMissing:
            (
                "its messages have no dates",
                "Say which day they are of (for 昨天 the day of copying) with --day 2026-03-02, or put it in the file's name."
            )
        case .unknownTable:
            ("a table with columns of no known export", "Say with --map which column is time, sender and text.")
        case .unknownColumns: ("--map names columns that the table lacks", "Correct --map by the table's columns.")
        case .mailWithoutExport: ("no chat record is in this mail", "Send it as the mail's text or as an attachment.")
        case .companion:
            (
                "this belongs to an export and holds no messages",
                "Import the files of messages beside it, or the folder."
            )
        case .unknownText:
            (
                "in no known export format: no line shows a name and a time",
                "Export as JSON, or mail the messages from the phone; copied text needs the names and times."
            )
        case .sqlScript: ("this is an SQL script", "Export the same chat as JSON or TXT with the same tool.")
        case .media: ("this is sound, film or a font", "Import the text of the same export.")
        case .archiveLocked: ("the archive has a password", "Pack it again without one, or unpack it and import that.")
        case .archiveDamaged: ("the archive is damaged or incomplete", "Copy it again, or pack it again.")
        case .archiveTooLarge:
            ("the archive holds too much and was not read", "Check where it comes from; unpack it and import parts.")
        case .archiveTooDeep: ("archives lie too deep in archives", "Unpack the outer ones and import the inner.")
        case .workbookTooLarge: ("the workbook is too large or strange", "Save it as CSV and import that.")
        }
    }
}
