internal import Messages

/// What is known of a file when its format is decided.
enum ExportHead {
    case json(JSONOutline)
    case text(TextHead)

    var outline: JSONOutline? { if case .json(let outline) = self { outline } else { nil } }
    var text: TextHead? { if case .text(let head) = self { head } else { nil } }
}

/// The first lines of a text file, decoded.
///
/// A last line that the head cuts is not among them.
struct TextHead {
    var lines: [[UInt8]]
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
        case lines(any LineReader)
    }

    /// The group that the file names as a whole.
    var group: GroupIdentity
    var source: Source
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
}

extension ExportFormat {
    func gaps(in outline: JSONOutline) -> [ExportGap] { [] }
}

/// Reads one record of a JSON format.
///
/// Pure: called from any thread.
protocol JSONRecordReader: Sendable {
    /// The keys it asks for, in the order of its fields.
    var keys: JSONKeys { get }
    /// Turns a record into messages or a reject.
    func read(_ record: JSONRecord, into builder: inout BlockBuilder)
}

/// Reads a text format line by line, in order.
protocol LineReader {
    /// Takes the next line, without its end.
    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder)
    /// The file is over: hands out what is pending.
    mutating func finish(into builder: inout BlockBuilder)
}

/// Every format that is read.
public enum ExportFormats {
    static let all: [any ExportFormat] = [
        ChatLabJSON(), ChatLabLines(), WeFlowJSON(), CipherTalkJSON(), EchoTraceJSON(), ChatlogJSON(), WeComArchive(),
        DwsJSON(), DingTalkRobot(), ChatlogCSV(), MailText(),
    ]

    /// The slugs of all formats, in the order in which they are asked.
    public static var slugs: [String] { all.map(\.slug) }
}
