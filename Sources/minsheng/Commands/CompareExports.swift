import ArgumentParser
import ChatExports
import Foundation
import Messages
import Pipeline

/// `minsheng groups compare`.
struct CompareExports: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: say("比对同一个群的两份导出：谁缺了哪些消息", "Compares two exports of one group: what one has and the other lacks"),
        discussion: say(
            "导出的人可能就是被反映的人，所以让两个人各导出一份再比对。只列出共同时间内每天缺少的条数、种类和时间段，不显示发言人和内容。有差别时退出码为 1。",
            "The exporter may be the person complained about, so let two people export and compare. Only the days, kinds, numbers and spans of what is lacking are shown, never who or what. Exit 1 when they differ."
        ))

    @Argument(
        help: ArgumentHelp(say("第一个人的导出（文件、文件夹或 ZIP）", "the first export (file, folder or ZIP)")), completion: .file())
    var first: String
    @Argument(help: ArgumentHelp(say("第二个人的导出", "the second export")), completion: .file())
    var second: String

    @Option(
        name: .long,
        help: ArgumentHelp(say("只比对这个群（群编号）", "compare this group only (its id)"), valueName: "id"))
    var group: String?

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        var (one, two) = (try collect(first), try collect(second))
        let isMeant = try theGroup(one.groups, two.groups)
        one.keep(where: isMeant)
        two.keep(where: isMeant)
        let comparison = ExportComparison(one, two)
        if output.json { write(comparison) } else { tell(comparison) }
        if comparison.differs { throw ExitCode(1) }
    }

    private func collect(_ path: String) throws -> ExportMessages {
        var messages = ExportMessages()
        let shelf = ExportShelf()
        let options = ExportOptions(now: Int64(Date().timeIntervalSince1970))
        var isRead = false
        for input in FileFinder.inputs(at: [path]) {
            do throws(ExportError) {
                let file = try shelf.open(input, options: options)
                while let chunk = try file.nextChunk() { messages.add(chunk.block()) }
                for gap in file.knownGaps {
                    Console.tell(Console.safe(input.path) + say("：", ": ") + gap.explanation(in: language))
                }
                isRead = true
            } catch {
                if input.isNamed || !error.isNoText { Console.complain(error.explanation(in: language)) }
            }
        }
        if !isRead { throw ExitCode(2) }
        return messages
    }

    /// The group that both sides hold; formats without an id are known by the name.
    private func theGroup(
        _ one: [GroupIdentity], _ two: [GroupIdentity]
    ) throws -> (GroupIdentity) -> Bool {
        if let group {
            let names = Set((one + two).filter { $0.id == group && !$0.name.isEmpty }.map(\.name))
            // A side that names no group, or holds one without an id (its file's name is called its name), is taken at its
            // word.
            let alone = [one, two].filter { $0.count == 1 && $0[0].id.isEmpty }.map { $0[0] }
            func fits(_ identity: GroupIdentity) -> Bool {
                identity.id == group || identity.name == group || alone.contains(identity)
                    || identity.id.isEmpty && (identity.name.isEmpty || names.contains(identity.name))
            }
            guard one.isEmpty || one.contains(where: fits), two.isEmpty || two.contains(where: fits) else {
                Console.complain(
                    say("两份导出里没有都含群 \(group)。请核对群编号。", "The exports don't both hold group \(group). Check its id."))
                throw ExitCode(2)
            }
            return fits
        }
        if one.count < 2, two.count < 2 { return { _ in true } }
        let ids = Set(one.map(\.id)).intersection(two.map(\.id)).subtracting([""])
        let names = Set(one.map(\.name)).intersection(two.map(\.name)).subtracting([""])
        let common = Set(
            (one + two).filter { ids.contains($0.id) || $0.id.isEmpty && names.contains($0.name) }.map(\.name))
        guard ids.count <= 1, common.count == 1, let name = common.first else {
            Console.complain(
                say("导出里有好几个群。请用 --group 指明要比对的群。", "The exports hold several groups. Name one with --group."))
            throw ExitCode(2)
        }
        return { ids.contains($0.id) || $0.id.isEmpty && $0.name == name }
    }

    // MARK: Output

    private func write(_ comparison: ExportComparison) {
        for lack in comparison.lacks {
            let kinds = lack.kinds.sorted { $0.key.name < $1.key.name }.map { kind, count -> JSONValue in
                ["count": .int(count), "kind": .string(kind.name)]
            }
            let value: JSONValue = [
                "count": .int(lack.count), "day": .string(Day.text(lack.day)),
                "from": .string(Day.stamp(lack.span.lowerBound)), "kinds": .array(kinds),
                "lacking": .string(lack.side.rawValue), "to": .string(Day.stamp(lack.span.upperBound)), "type": "day",
            ]
            Console.write(value.line)
        }
        func side(_ side: ExportComparison.Side, _ path: String) -> JSONValue {
            let count = comparison.counts[side] ?? .init()
            return [
                "file": .string(path), "first": .optional(count.span.map { Day.stamp($0.lowerBound) }),
                "lacking": .int(comparison.lacks.filter { $0.side == side }.reduce(0) { $0 + $1.count }),
                "last": .optional(count.span.map { Day.stamp($0.upperBound) }), "messages": .int(count.messages),
                "outside": .int(count.outside), "rejects": .int(count.rejects),
            ]
        }
        let total: JSONValue = [
            "common": .int(comparison.common), "differs": .bool(comparison.differs), "first": side(.first, first),
            "from": .optional(comparison.span.map { Day.stamp($0.lowerBound) }), "second": side(.second, second),
            "to": .optional(comparison.span.map { Day.stamp($0.upperBound) }), "type": "total",
        ]
        Console.write(total.line)
    }

    private func tell(_ comparison: ExportComparison) {
        for (side, path) in [(ExportComparison.Side.first, first), (.second, second)] {
            let count = comparison.counts[side] ?? .init()
            let days = count.span.map { Self.clock($0.lowerBound) + " … " + Self.clock($0.upperBound) } ?? "–"
            Console.print(
                Console.safe(path)
                    + say(
                        "：\(count.messages) 条，\(days)，共同时间以外 \(count.outside) 条，无法读取 \(count.rejects)",
                        ": \(count.messages) messages, \(days), \(count.outside) outside the common time, \(count.rejects) rejects"
                    ))
        }
        guard let span = comparison.span else {
            Console.print(say("两份导出没有共同的时间，无法比对。", "The exports have no time in common."))
            return
        }
        Console.print(
            say("共同时间：", "Common time: ") + Self.clock(span.lowerBound) + " … " + Self.clock(span.upperBound)
                + say("，两份都有 \(comparison.common) 条", "; both have \(comparison.common)"))
        for lack in comparison.lacks {
            let kinds = lack.kinds.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }
                .map { "\($0.key.name(in: language)) \($0.value)" }.joined(separator: say("、", ", "))
            let times = Self.clock(lack.span.lowerBound).suffix(5) + "–" + Self.clock(lack.span.upperBound).suffix(5)
            let path = Console.safe(lack.side == .first ? first : second)
            Console.print(
                say(
                    "\(Day.text(lack.day)) \(path) 缺 \(lack.count) 条（\(kinds)），\(times)",
                    "\(Day.text(lack.day)) \(path) lacks \(lack.count) (\(kinds)), \(times)"))
        }
        if comparison.lacks.isEmpty { Console.print(say("没有差别。", "No difference.")) }
    }

    /// YYYY-MM-DD HH:MM in China's time.
    private static func clock(_ seconds: Int64) -> String {
        String(Day.stamp(seconds).prefix(16)).replacing("T", with: " ")
    }
}
