import ArgumentParser
import CaseStore
import ChatExports
import Foundation
import Messages
import Pipeline

/// `minsheng read`.
struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: say("看导入时会读到什么，不保存", "Shows what the importer sees; stores nothing"))

    /// What `read` writes.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case chatlab
    }

    @Argument(help: ArgumentHelp(say("导出文件、文件夹或 ZIP", "export files, folders or ZIP archives")), completion: .file())
    var paths: [String]

    @Flag(
        name: .long, help: ArgumentHelp(say("说明认作哪种格式、依据和缺口", "explains the format, what spoke for it, and known gaps"))
    )
    var explain = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            say("把无法读取的记录写到文件，改好后可以再读这个文件", "writes what could not be read to a file that can be mended and read again")
        ),
        completion: .file())
    var rejects: String?

    @Option(
        name: .long, help: ArgumentHelp(say("写成 ChatLab JSON 行（只能有一个群）", "writes ChatLab JSON lines (of one group)")))
    var format: Format?

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func validate() throws {
        if format != nil, explain || output.json {
            throw ValidationError(
                say("--format 不能和 --explain、--json 一起用", "--format goes with neither --explain nor --json"))
        }
    }

    func run() throws {
        // The register only tells the name of a group that is named by its id; without a data folder it stays nameless.
        let register = reading.group == nil ? nil : try? CaseStore(opening: data.folder).groups()
        var options = try reading.options(groups: register ?? [])
        options.readsPrivateChats = true
        var run = ReadRun(command: self, options: options)
        let files = FileFinder.inputs(at: paths)
        if files.isEmpty {
            Console.complain(say("没有找到任何文件。请检查文件夹。", "There are no files here. Check the folder."))
            throw ExitCode(2)
        }
        for input in files { try run.read(input) }
        if let rejects { try run.write(to: rejects) }
        if run.passed > 0 {
            Console.tell(
                say(
                    "\(run.passed) 个图片、语音、视频等文件没有文字，已跳过。",
                    "\(run.passed) pictures, sounds, films and the like hold no text and were passed over."))
        }
        if run.failed + run.passed == files.count { throw ExitCode(2) }
        if run.needsALook || run.failed > 0 { throw ExitCode(1) }
    }
}

/// What one file came to.
struct ReadSummary {
    var messages = 0
    var rejects = 0
    var blanks = 0
    var groups: [GroupIdentity] = []
    private(set) var withID = 0
    private(set) var first: Int64?
    private(set) var last: Int64?
    private var ordinals: [UInt64: Int] = [0: 0]
    /// Messages of senders whom the export doesn't name: each has a number of its own, and none is looked up again.
    private var strangers = 0
    /// The last speakers under the low bits of their keys: a few people write most messages, and a dictionary is slower.
    private var recent = [(key: UInt64, ordinal: Int)](repeating: (0, 0), count: 256)
    private var countOfKind = [Int](repeating: 0, count: MessageKind.allCases.count)
    private var countOfPrecision = [Int](repeating: 0, count: TimePrecision.allCases.count)

    /// The number of speakers, the system not among them.
    var speakers: Int { ordinals.count - 1 + strangers }
    /// How many messages there are of each kind.
    var kinds: [MessageKind: Int] {
        Dictionary(uniqueKeysWithValues: zip(MessageKind.allCases, countOfKind).filter { $0.1 > 0 })
    }
    /// How finely the times are told.
    var precisions: [TimePrecision] { zip(TimePrecision.allCases, countOfPrecision).filter { $0.1 > 0 }.map { $0.0 } }

    /// Counts a message; the number of its speaker.
    mutating func note(_ record: MessageBlock.Record) -> Int {
        messages += 1
        countOfKind[Int(record.kind.rawValue)] += 1
        countOfPrecision[Int(record.precision.rawValue)] += 1
        if !record.id.isEmpty { withID += 1 }
        first = min(first ?? record.sentAt, record.sentAt)
        last = max(last ?? record.sentAt, record.sentAt)
        if record.isFromStranger {
            strangers += 1
            return ordinals.count - 1 + strangers
        }
        let slot = Int(record.speakerKey & 255)
        if recent[slot].key == record.speakerKey { return recent[slot].ordinal }
        let ordinal = ordinals[record.speakerKey] ?? ordinals.count + strangers
        ordinals[record.speakerKey] = ordinal
        recent[slot] = (record.speakerKey, ordinal)
        return ordinal
    }
}

/// One run of `minsheng read` over its files.
private struct ReadRun {
    let command: Read
    let options: ExportOptions
    private let shelf = ExportShelf()
    private var mending: MendingFile
    private var writer: ChatLabWriter?
    private var written: GroupIdentity?
    private var isMendingFull = false
    private(set) var failed = 0
    private(set) var passed = 0
    private(set) var needsALook = false

    init(command: Read, options: ExportOptions) {
        self.command = command
        self.options = options
        mending = MendingFile(instructions: [
            say(
                "下面是没有读成的记录。请改好每个 #reject 下面的内容，不要改动以 # 开头的行，改不了的留着不动。",
                "These records could not be read. Mend what stands below each #reject; leave the lines with # as they are."
            ),
            say(
                "改好后运行：minsheng import 这个文件。只会导入原来缺少的消息。用完请删除：里面有原文。",
                "Then run: minsheng import THIS-FILE. Only what was missing is imported. Delete it afterwards: it holds texts."
            ),
        ])
    }

    mutating func read(_ input: ExportInput) throws {
        do throws(ExportError) {
            let file = try shelf.open(input, options: options)
            var rejected: [Reject] = []
            let summary = try read(file, path: input.path, &rejected)
            needsALook = needsALook || summary.rejects > 0 || !file.knownGaps.isEmpty
            if command.explain {
                ReadExplanation(file: file, path: input.path, summary: summary).tell(command.output.json)
            }
            if command.rejects != nil {
                try mending.add(input, from: shelf, options: options, rejects: rejected) {
                    $0.explanation(in: language)
                }
            }
        } catch {
            if !input.isNamed, error.isNoText {
                passed += 1
            } else {
                failed += 1
                Console.complain(error.explanation(in: language))
            }
        }
    }

    /// Writes what is to be mended, for the owner's eyes only: it holds texts.
    func write(to path: String) throws {
        Console.flush()
        let isWritten = FileManager.default.createFile(
            atPath: path, contents: Data(mending.bytes), attributes: [.posixPermissions: 0o600])
        guard isWritten else {
            Console.complain(
                say(
                    "\(path)：写不进去。请检查文件夹、权限和磁盘空间。",
                    "\(path): cannot be written. Check folder, rights and space."))
            throw ExitCode(2)
        }
        Console.tell(
            say(
                "\(path)：写出 \(mending.records) 条没有读成的记录。", "\(path): \(mending.records) records that could not be read."
            ))
    }

    private mutating func read(
        _ file: ExportFile, path: String, _ rejected: inout [Reject]
    ) throws(ExportError) -> ReadSummary {
        var summary = ReadSummary()
        // Asked once: a flag is looked up in what was parsed.
        let (isExplained, keepsRejects) = (command.explain, command.rejects != nil)
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            summary.rejects += block.rejects.count
            summary.blanks += block.blankLines
            var isUsed = [Bool](repeating: false, count: block.groups.count)
            for record in block.records { isUsed[Int(record.group)] = true }
            for (group, isUsed) in zip(block.groups, isUsed) where isUsed && !summary.groups.contains(group) {
                summary.groups.append(group)
            }
            if keepsRejects { rejected += block.rejects }
            for reject in block.rejects where !keepsRejects { Console.tell(reject.explanation(in: language)) }
            if command.format != nil {
                write(chatLab: block, summary.groups)
                for record in block.records { _ = summary.note(record) }
                continue
            }
            for record in block.records {
                let speaker = summary.note(record)
                if !isExplained { write(record, of: block, speaker: speaker, path: path) }
            }
        }
        return summary
    }

    private mutating func write(chatLab block: MessageBlock, _ groups: [GroupIdentity]) {
        guard let group = groups.first else { return }
        if writer == nil {
            let fresh = ChatLabWriter(group: group)
            Console.write(fresh.header(exportedAt: options.now))
            writer = fresh
            written = group
        }
        guard groups.count == 1, written == group else {
            Console.flush()
            Console.complain(
                say(
                    "有不止一个群，ChatLab 文件只能有一个群。请逐个文件转换，或用 --group 指明。",
                    "There is more than one group; a ChatLab file holds one. Convert file by file, or name it with --group."
                ))
            Foundation.exit(2)
        }
        if let lines = writer?.lines(of: block) { Console.write(lines) }
    }

    private func write(_ record: MessageBlock.Record, of block: MessageBlock, speaker: Int, path: String) {
        let group = block.groups[Int(record.group)]
        let text = block.string(record.text)
        guard command.output.json else {
            let who = speaker == 0 ? say("系统", "system") : "#\(speaker)"
            let quote =
                record.quote.isEmpty ? "" : say("（引用：", " (quoting: ") + block.string(record.quote) + say("）", ")")
            Console.print(
                Console.safe(
                    Day.stamp(record.sentAt) + " " + group.name + " " + who + " [" + record.kind.name(in: language)
                        + "] "
                        + text.replacing("\n", with: " ⏎ ") + quote))
            return
        }
        var value: [String: JSONValue] = [
            "group": [
                "id": .string(group.id), "name": .string(group.name), "platform": .string(group.platform.rawValue),
            ],
            "id": record.id.isEmpty ? .null : .string(block.string(record.id)), "kind": .string(record.kind.name),
            "origin": ["file": .string(path), "line": .int(Int(record.line))],
            "precision": .string(record.precision.name),
            "quote": record.quote.isEmpty ? .null : .string(block.string(record.quote)),
            "sentAt": .string(Day.stamp(record.sentAt)), "speaker": .int(speaker), "text": .string(text),
        ]
        if record.forwarded { value["forwarded"] = true }
        Console.write(JSONValue.object(value).line)
    }
}

/// What `read --explain` says of a file.
private struct ReadExplanation {
    let file: ExportFile
    let path: String
    let summary: ReadSummary

    private var days: [String] {
        [summary.first, summary.last].compactMap { $0 }.map { String(Day.stamp($0).prefix(10)) }
    }

    func tell(_ isJSON: Bool) {
        if isJSON { Console.write(json.line) } else { tellPerson() }
    }

    private var json: JSONValue {
        let detection = file.detection
        let kinds = summary.kinds.sorted { $0.key.name < $1.key.name }
        return [
            "blank": .int(summary.blanks), "encoding": .string(detection.encoding.rawValue),
            "evidence": .array(detection.evidence.map { .string($0) }), "file": .string(path),
            "first": .optional(days.first), "format": .string(detection.format),
            "gaps": .array(file.knownGaps.map { .string($0.rawValue) }),
            "groups": .array(
                summary.groups.map {
                    ["id": .string($0.id), "name": .string($0.name), "platform": .string($0.platform.rawValue)]
                }), "kinds": .array(kinds.map { ["count": .int($0.value), "kind": .string($0.key.name)] }),
            "last": .optional(days.last), "messages": .int(summary.messages),
            "precision": .array(summary.precisions.map { .string($0.name) }), "rejects": .int(summary.rejects),
            "runnerUp": detection.runnerUp.map { ["format": .string($0.format), "whyNot": .string($0.whyNot)] }
                ?? .null,
            "speakers": .int(summary.speakers), "withID": .int(summary.withID),
        ]
    }

    private func tellPerson() {
        let detection = file.detection
        Console.print(Console.safe(path))
        func row(_ zh: String, _ en: String, _ value: String) {
            Console.print("  " + say(zh, en) + Console.safe(value))
        }
        row("格式：", "format: ", detection.format)
        row("编码：", "encoding: ", detection.encoding.rawValue)
        row(
            "依据：", "because: ",
            detection.evidence.map { EvidenceWords.told($0, in: language) }.joined(separator: say("；", "; ")))
        if let other = detection.runnerUp {
            row(
                "其次：", "next best: ",
                other.format + say("（", " (") + EvidenceWords.told(whyNot: other.whyNot, in: language) + say("）", ")"))
        }
        for group in summary.groups {
            let isNamed = !(group.name + group.id).isEmpty
            let named = group.name + "  " + group.id + "  " + group.platform.rawValue
            row(
                "群：", "group: ",
                isNamed ? named : say("文件里没有写明，请用 --group 指定", "not named in the file; say it with --group"))
        }
        row("日期：", "days: ", days.joined(separator: " … "))
        row(
            "消息：", "messages: ",
            say(
                "\(summary.messages) 条，\(summary.speakers) 人；无法读取 \(summary.rejects)，空行 \(summary.blanks)",
                "\(summary.messages), speakers \(summary.speakers), rejects \(summary.rejects), blank \(summary.blanks)"
            ))
        if let tally = file.lineTally {
            row(
                "行：", "lines: ",
                say(
                    "\(tally.lines) = 消息 \(tally.inMessages) + 无法读取 \(summary.rejects) + 跳过 \(summary.blanks)",
                    "\(tally.lines) = in messages \(tally.inMessages) + rejects \(summary.rejects) + passed over \(summary.blanks)"
                ))
        }
        let kinds = summary.kinds.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }
        row(
            "种类：", "kinds: ", kinds.map { "\($0.key.name(in: language)) \($0.value)" }.joined(separator: say("、", ", "))
        )
        let fineness = summary.precisions.map { precision in
            switch precision {
            case .second: say("秒", "seconds")
            case .minute: say("分", "minutes")
            case .day: say("日", "days")
            }
        }
        row("时间精确到：", "times tell: ", fineness.joined(separator: ", "))
        row(
            "消息编号：", "message ids: ",
            summary.withID == 0
                ? say("没有，按时间和内容去重", "none; known again by time and words")
                : say("\(summary.withID) 条有", "\(summary.withID) have one"))
        for gap in file.knownGaps { row("缺口：", "gap: ", gap.explanation(in: language)) }
    }
}
