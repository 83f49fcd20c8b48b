import ArgumentParser
import CaseStore
import ChatExports
import ChineseText
import Foundation
import Glibc
import Lexicons
import Matching
import Messages
import Pipeline
import Villages

/// What the commands that filter lines take.
struct FilterOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("并行线程数", "number of threads")))
    var jobs: Int = max(1, ProcessInfo.processInfo.activeProcessorCount)

    func validate() throws {
        if jobs < 1 { throw ValidationError(say("--jobs 至少为 1", "--jobs must be at least 1")) }
    }
}

/// `minsheng classify`.
struct Classify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: say(
            "逐行判断：标准输入 JSONL → 标准输出 JSONL，顺序和条数不变", "Classifies lines: JSONL in, JSONL out, same order, same count"),
        discussion: say(
            "输入 {\"id\",\"text\",\"group\"?,\"quote\"?,\"sentAt\"?,\"before\"?,\"after\"?}（before、after：前后别人说的话）。不需要数据目录；有数据目录时才归属到村。",
            """
            Takes {"id","text","group"?,"quote"?,"sentAt"?,"before"?,"after"?} (before, after: what somebody else said directly
            before and after). Needs no data folder; attributes to villages where there is one.
            """
        ))

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var filter: FilterOptions

    func run() async throws {
        let place = try PlaceFinder(folder: data.data, isNeeded: false)
        let lexicons = try LoadedLexicons(at: lexicon.lexicons ?? place?.store.configuration.lexicons)
        let analyser = TextAnalyser(
            try LexiconMatcher(lexicons.lexicon, names: place?.words ?? []), model: lexicons.model)
        let failed = try await Self.filter(jobs: filter.jobs) { request, scratch in
            let verdict = analyser.analysis(
                of: request.text, after: request.before, before: request.after, scratch: scratch
            ).verdict
            let village = verdict.flagged ? place?.attribution(of: request) : nil
            return [
                "flagged": .bool(verdict.flagged),
                "hits": .array(verdict.evidence.map { FlagOutput.hit(request.text, $0) }),
                "id": .raw(request.id), "score": .number(verdict.score),
                "severity": .optional(verdict.severity?.rawValue), "topic": .optional(verdict.topic?.rawValue),
                "track": .optional(verdict.track?.rawValue), "village": PlaceFinder.json(village),
            ]
        }
        if failed > 0 { throw ExitCode(1) }
    }

    /// Answers each line of standard input; a line that cannot be read is answered with its error, so that the count stays.
    ///
    /// - Returns: the number of lines that could not be read.
    static func filter(
        jobs: Int, answer: @escaping @Sendable (TextRequest, LexiconMatcher.Scratch) -> JSONValue
    ) async throws -> Int {
        var failed = 0
        try await LineFilter.run(descriptor: STDIN_FILENO, jobs: jobs) { piece in
            var output: [UInt8] = []
            var problems: [String] = []
            let scratch = LexiconMatcher.Scratch()
            piece.forEachLine { line, number in
                // A replacement character may stand for bytes of another encoding: such a text can't be judged.
                if let request = TextRequest(line), request.text.utf8.count <= ExportOptions.longestText,
                    !request.text.unicodeScalars.contains("\u{FFFD}") || String(validating: line, as: UTF8.self) != nil
                {
                    output += answer(request, scratch).line
                } else if line.contains(where: { $0 > 0x20 }) {
                    let problem = say(
                        "标准输入第 \(number) 行：不是含 text（最长 256 KiB）的 UTF-8 JSON 对象。每行写 {\"id\":1,\"text\":\"…\"}",
                        "standard input, line \(number): not a JSON object with text (at most 256 KiB), in UTF-8. Write {\"id\":1,\"text\":\"…\"}"
                    )
                    problems.append(problem)
                    let value: JSONValue = ["error": .string(problem), "id": .null]
                    output += value.line
                }
            }
            return (output, problems)
        } take: { output, problems in
            failed += problems.count
            for problem in problems { Console.complain(problem) }
            Console.write(output)
            Console.flush()
        }
        return failed
    }
}

/// `minsheng segment`.
struct Segment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment", abstract: say("分词：标准输入一行文字，输出以空格分开的词", "Cuts lines into words separated by one space"))

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var filter: FilterOptions

    func run() async throws {
        let place = try PlaceFinder(folder: data.data, isNeeded: false)
        let lexicons = try LoadedLexicons(at: lexicon.lexicons ?? place?.store.configuration.lexicons)
        let segmenter = try LexiconMatcher(lexicons.lexicon, names: place?.words ?? []).words
        try await LineFilter.run(descriptor: STDIN_FILENO, jobs: filter.jobs) { piece in
            var output: [UInt8] = []
            let scratch = segmenter.makeScratch()
            piece.forEachLine { line, _ in
                let words = segmenter.words(in: String(decoding: line, as: UTF8.self), scratch: scratch)
                output += words.joined(separator: " ").utf8
                output.append(0x0A)
            }
            return output
        } take: { output in
            Console.write(output)
            Console.flush()
        }
    }
}
