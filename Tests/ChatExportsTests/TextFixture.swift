import Foundation
import ChatExports
import Messages
import Testing

/// The text exports beside the tests, and what each must be taken for.
struct TextFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let slug: String
    var testDescription: String { name }

    /// Texts whose lines are counted.
    static let all = [
        TextFixture(name: "weflow-text.txt", slug: "weflow-text"),
        TextFixture(name: "memotrace-text.txt", slug: "memotrace-text"),
        TextFixture(name: "memotrace-text-3.txt", slug: "memotrace-text"),
        TextFixture(name: "chatlog-text.txt", slug: "chatlog-text"),
        TextFixture(name: "chatlog-text-2026-05-29.txt", slug: "chatlog-text"),
        TextFixture(name: "chatlog-text-20260501-20260531.txt", slug: "chatlog-text"),
        TextFixture(name: "wx-cli.txt", slug: "wx-cli-text"),
        TextFixture(name: "wechat-data-analysis.txt", slug: "wechat-data-analysis-text"),
        TextFixture(name: "dingtalk.txt", slug: "dingtalk-text"),
        TextFixture(name: "wechat-exporter.txt", slug: "wechat-exporter-text"),
        TextFixture(name: "welink.txt", slug: "welink-text"), TextFixture(name: "qq.txt", slug: "qq-text"),
        TextFixture(name: "pasted-dates.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-2026-05-29.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-lines.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-brackets.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-bars.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-colons-2026-05-29.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-columns.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-pairs.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-over-time.md", slug: "pasted-text"),
        TextFixture(name: "pasted-line.txt", slug: "pasted-text"),
        TextFixture(name: "pasted-days.txt", slug: "pasted-text"),
        TextFixture(name: "chatlog-alpha.txt", slug: "chatlog-text"),
        TextFixture(name: "qce-text.txt", slug: "qce-text"), TextFixture(name: "wx-cli.md", slug: "wx-cli-markdown"),
        TextFixture(name: "wx-cli.yaml", slug: "wx-cli-yaml"),
        TextFixture(name: "weflow-markdown.md", slug: "weflow-markdown"),
        TextFixture(name: "wechat-dump.txt", slug: "wechat-dump-text"),
        TextFixture(name: "desktop-exporter.txt", slug: "desktop-exporter-text"),
        TextFixture(name: "desktop-exporter-old.txt", slug: "desktop-exporter-text"),
        TextFixture(name: "wechat-export-tool.txt", slug: "wechat-export-tool-text"),
        TextFixture(name: "export-studio.md", slug: "export-studio-markdown"),
        TextFixture(name: "export-studio.txt", slug: "export-studio-text"),
        TextFixture(name: "weflow-stream.txt", slug: "weflow-text"),
        TextFixture(name: "wechat-cli.md", slug: "wechat-cli-markdown"),
        TextFixture(name: "wechat-cli.txt", slug: "wechat-cli-text"),
        TextFixture(name: "wechat-cli-history.txt", slug: "wechat-cli-text"),
        TextFixture(name: "memotrace-dialogue.txt", slug: "memotrace-dialogue"),
        TextFixture(name: "mail.txt", slug: "wechat-mail"), TextFixture(name: "mail-2025.txt", slug: "wechat-mail"),
        TextFixture(name: "mail-dense.txt", slug: "wechat-mail"),
        TextFixture(name: "mail-page.html", slug: "wechat-mail"),
        TextFixture(name: "pasted-page.html", slug: "pasted-page"),
    ]

    /// Those that have a golden file of their own suite.
    static let golden = all.filter { !$0.name.hasPrefix("mail") || $0.name.hasSuffix(".html") }
}

/// The seeds of a property: so many, or with `MINSHENG_SEEDS=50` fifty times as many.
enum Seeds {
    private static let times = ProcessInfo.processInfo.environment["MINSHENG_SEEDS"].flatMap { Int($0) } ?? 1

    static func some(_ count: Int, from first: Int = 0) -> [Int] { Array(first..<(first + count * max(1, times))) }
}

/// A seeded source of random numbers, so that a failure's seed repeats it.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension Rendering {
    /// A message's id, words and quote, as its line in a golden file ends.
    static func words(_ record: MessageBlock.Record, in block: MessageBlock) -> String {
        func escaped(_ slice: MessageBlock.Slice) -> String {
            block.string(slice).unicodeScalars.map {
                $0.value < 0x20 || $0.value == 0x2028 ? "\\u{\(String($0.value, radix: 16))}" : "\($0)"
            }
            .joined()
        }
        let quote = record.quote.isEmpty ? "" : "quote=" + escaped(record.quote)
        return "id=" + block.string(record.id) + escaped(record.text) + quote
    }
}
