internal import Messages

/// What is known of a file when its format is decided.
enum ExportHead {
    case json(JSONOutline)
    case text(TextHead)
    /// A page or script with a list of messages.
    case script(ScriptHead)

    var outline: JSONOutline? { if case .json(let outline) = self { outline } else { nil } }
    var script: ScriptHead? { if case .script(let head) = self { head } else { nil } }
    var text: TextHead? { if case .text(let head) = self { head } else { nil } }
}

/// The first lines of a text file, decoded.
///
/// A last line that the head cuts is not among them.
struct TextHead {
    var lines: [[UInt8]]
    /// The last lines, for formats that ask for them.
    var end: [[UInt8]] = []
    /// The day that the caller names for texts that hold none.
    var assumedDay: CalendarDay?
    /// How well the lines fit the layouts of texts.
    let scores = TextScores()
}

extension ExportHead {
    /// The head with what the caller says beside it.
    func told(_ options: ExportOptions) -> ExportHead {
        guard case .text(var head) = self else { return self }
        head.assumedDay = options.assumedDay
        return .text(head)
    }
}

/// What speaks for a format, and what it would need.
struct Recognition {
    /// What was found: names of keys, columns, lines.
    var found: [String] = []
    /// What is lacking; the format is taken only when this is empty.
    var missing: [String] = []
    /// True when the rest of a JSON file could still change the decision or name the group.
    var needsWholeFile = false

    var isMatch: Bool { missing.isEmpty && !found.isEmpty }

    /// Requires a condition, under a name that a person can check.
    mutating func require(_ isMet: Bool, _ name: String) {
        if isMet { found.append(name) } else { missing.append(name) }
    }
}

/// How the records of a file are found and read.
struct FormatReading {
    enum Source {
        /// The elements of the array under these keys; no keys for an array at the root.
        case array([String], any JSONRecordReader)
        /// One record a line, or objects one after another.
        case sequence(any JSONRecordReader)
        /// The objects of the list in a script.
        case script(String, any JSONRecordReader)
        /// Conversations under these keys, each with a list of messages under a name.
        case conversations([String], String, ConversationLabels, any JSONRecordReader)
        case lines(any LineReader)
        /// The lines that a web page shows.
        case page(any LineReader)
    }

    /// The group that the file names as a whole.
    var group: GroupIdentity
    var source: Source
    /// True for the talk of two people: it is no group's, and only read where the caller asks for it.
    var isPrivate = false
    /// A file beside it that names the group, where the file itself names none.
    var companion: Companion?
    /// The holes that are known before the records are read.
    var gaps: [ExportGap] = []
    /// What was assumed, for `read --explain`.
    var remarks: [String] = []
}

/// One export format: how it is recognised and read.
///
/// A new one is a file, a line in `ExportFormats.all`, and fixtures.
protocol ExportFormat: Sendable {
    /// Its name in JSON and in the documentation.
    var slug: String { get }
    /// What in the head speaks for this format.
    func recognise(_ head: ExportHead) -> Recognition
    /// How to read the file; called only when the format was recognised. Throws for what must be refused with words.
    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading
    /// The holes that the exporter itself admits.
    func gaps(in outline: JSONOutline) -> [ExportGap]
    /// True for a text that says behind its messages whose they are.
    var needsEnd: Bool { get }
}

extension ExportFormat {
    var needsEnd: Bool { false }
    func gaps(in outline: JSONOutline) -> [ExportGap] { [] }
}

/// Reads one record of a JSON format.
///
/// Pure: called from any thread.
protocol JSONRecordReader: Sendable {
    /// The keys it asks for, in the order of its fields.
    var keys: JSONKeys { get }
    /// The number of fields of a record in the record; 0 where it reads none.
    var innerFields: Int { get }
    /// Turns a record into messages or a reject.
    func read(_ record: JSONRecord, into builder: inout BlockBuilder)
    /// Turns an element that is a text into a message or a reject; false where the format has no such elements.
    func read(_ text: ByteView, line: Int, into builder: inout BlockBuilder) -> Bool
}

extension JSONRecordReader {
    var innerFields: Int { 0 }
    func read(_ text: ByteView, line: Int, into builder: inout BlockBuilder) -> Bool { false }
}

/// Reads a text format line by line, in order.
protocol LineReader {
    /// Takes the next line, without its end.
    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder)
    /// Takes all whole lines of a piece of text from an offset on, and says where the rest begins.
    mutating func read(
        linesOf view: ByteView, from start: Int, _ place: inout LinePlace, into builder: inout BlockBuilder
    ) -> Int
    /// The builder's block is about to be handed out: nothing open may stay in it.
    mutating func pause(_ builder: inout BlockBuilder)
    /// A new block: what was open goes on in it.
    mutating func resume(_ builder: inout BlockBuilder)
    /// The number of lines that belong to a message; nil where that isn't counted.
    var lineCount: Int? { get }
    /// The file is over: hands out what is pending.
    mutating func finish(into builder: inout BlockBuilder)
}

/// Where in a text its reader stands.
struct LinePlace {
    /// The lines that were taken.
    var number = 0
    /// True when a line feed that comes first next belongs to the carriage return before it.
    var afterReturn = false
    /// The longest line that is read, in bytes.
    var longest = Int.max
}

extension LineReader {
    mutating func pause(_ builder: inout BlockBuilder) {}
    mutating func resume(_ builder: inout BlockBuilder) {}
    var lineCount: Int? { nil }

    /// One call a piece, so that the calls for its lines are direct ones.
    mutating func read(
        linesOf view: ByteView, from start: Int, _ place: inout LinePlace, into builder: inout BlockBuilder
    ) -> Int {
        var at = start
        while at < view.count {
            if place.afterReturn {
                place.afterReturn = false
                if view[at] == 0x0A {
                    at += 1
                    continue
                }
            }
            let end = JSONScan.byte(0x0A, or: 0x0D, in: view, from: at)
            guard end < view.count else { break }
            place.number += 1
            if end - at > place.longest {
                builder.reject(.tooLong, line: place.number)
            } else {
                read(view.part(at..<end), number: place.number, into: &builder)
            }
            place.afterReturn = view[end] == 0x0D
            at = end + 1
        }
        return at
    }
}

/// Every format that is read.
public enum ExportFormats {
    static let all: [any ExportFormat] = [
        ChatLabJSON(), ChatLabLines(), WeFlowJSON(), CipherTalkJSON(), EchoTraceJSON(), ChatlogJSON(), ChatlogWebhook(),
        WeComArchive(), WeComVendors(),
        DwsJSON(), DwsEvents(), DingTalkRobot(), DingTalkLocalJSON(), DingTalkExportJSON(),
        WeFlowAPI(), ChatlogKeeperJSON(),
        WetracePlusJSON(),
        PyWxDumpJSON(), WechatCliJSON(), ExportStudioJSON(), WechatDecryptJSON(), WxCliJSON(), WeChatDataAnalysisJSON(),
        WeChatExportToolJSON(), WechatExportJSON(),
        MemoTraceSidecar(), QCEJSON(), QCEChunk(),
        MemoTraceHTML(), EchoTraceHTML(), PyWxDumpHTML(), WeFlowHTML(), ChatlogCSV(), MemoTraceOldCSV(), MemoTraceCSV(),
        PyWxDumpCSV(), WeCloneCSV(), DingTalkLocalCSV(), WeFlowTable(), CipherTalkTable(), QCETable(),
        ExportStudioCSV(), WechatDecryptCSV(), DesktopExporterCSV(), PlainTable(),
        QCEText(), WechatCliMarkdown(), WechatCliText(), ExportStudioMarkdown(), ExportStudioText(), WeFlowMarkdown(),
        DesktopExporterText(), WeChatExportToolText(), WxCliMarkdown(), WxCliYAML(), MemoTraceDialogue(),
        WechatDumpText(),
        MailText(), WeFlowText(), QQText(), WeLinkText(), WxCliText(), WechatExporterText(), WeChatDataAnalysisText(),
        DingTalkText(), ChatlogText(), MemoTraceText(), PastedText(),
        PastedPage(),
    ]

    /// The slugs of all formats, in the order in which they are asked.
    public static var slugs: [String] { all.map(\.slug) }
}
