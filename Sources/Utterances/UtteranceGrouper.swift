public import Messages

/// Finds the messages of one speaker that belong together: people type 「我的低保金」 and 「被村干部截留了」 as two messages.
///
/// - Input: the messages of a block in the order of the file.
/// - Output: runs of messages to be matched together, most of them of one message, in the order of their first.
/// - A run holds words of one speaker in one group, each at most `window` seconds after the one before. Pictures, stickers
///   and system lines in between neither belong to it nor end it; another speaker does. Items of a forward join only items.
public struct UtteranceGrouper: Sendable {
    /// The most seconds between two lines of one utterance.
    public var window: Int64 = 120
    /// The most lines of one utterance.
    public var mostLines = 12
    /// The most bytes of one utterance.
    public var mostBytes = 6_000

    /// Makes a grouper with a window in seconds.
    public init(window: Int64 = 120) { self.window = window }

    /// The utterances of a block, as runs over a flat list of record numbers.
    public struct Runs: Sendable {
        /// Record numbers, run after run.
        public var members: [Int32] = []
        /// The end of each run in `members`.
        public var ends: [Int32] = []
        /// True when no other speaker came before the first run: it may go on from the block before.
        public var headIsOpen = false
        /// True when no other speaker came after the last run: it may go on in the next block.
        public var tailIsOpen = false

        /// Makes an empty list.
        public init() {}

        /// The number of runs.
        public var count: Int { ends.count }

        /// The record numbers of a run.
        public subscript(_ run: Int) -> ArraySlice<Int32> {
            members[(run == 0 ? 0 : Int(ends[run - 1]))..<Int(ends[run])]
        }
    }

    /// Groups a block's messages.
    public func runs(in block: MessageBlock) -> Runs {
        var runs = Runs()
        runs.members.reserveCapacity(block.records.count)
        runs.ends.reserveCapacity(block.records.count)
        runs.headIsOpen = true
        var bytes = 0
        var runStart = 0
        var isOpen = false
        var blocked = false
        for (index, record) in block.records.enumerated() {
            guard record.speakerKey != 0 else { continue }
            let saysSomething = Self.hasWords(record, in: block)
            if isOpen, let last = runs.members.last {
                let before = block.records[Int(last)]
                if before.speakerKey == record.speakerKey, before.group == record.group,
                    before.forwarded == record.forwarded
                {
                    guard saysSomething else { continue }
                    let wait = abs(record.sentAt - before.sentAt)
                    if wait <= window, runs.members.count - runStart < mostLines, bytes + record.text.count <= mostBytes
                    {
                        runs.members.append(Int32(index))
                        bytes += record.text.count + 1
                        continue
                    }
                }
                runs.ends.append(Int32(runs.members.count))
                isOpen = false
            }
            if saysSomething {
                if runs.members.isEmpty { runs.headIsOpen = !blocked }
                runStart = runs.members.count
                runs.members.append(Int32(index))
                bytes = record.text.count
                isOpen = true
            } else if runs.members.isEmpty {
                blocked = true
            }
        }
        if isOpen {
            runs.ends.append(Int32(runs.members.count))
            runs.tailIsOpen = true
        }
        return runs
    }

    /// Whether a message has words of its own that a rule may be tried on.
    ///
    /// System lines, recalls, placeholders, link titles and group notices have none: nobody complains in them.
    public static func hasWords(_ record: MessageBlock.Record, in block: MessageBlock) -> Bool {
        guard !record.text.isEmpty, record.speakerKey != 0 else { return false }
        switch record.kind {
        case .text, .relay: return true
        case .voice:
            // A transcript; `[语音]`, `【语音】` and `语音时长：…` alone are placeholders.
            let first = block.bytes[Int(record.text.start)]
            return first != 0x5B && !block.bytes[record.text.range].starts(with: "【语音".utf8)
                && !block.bytes[record.text.range].starts(with: "语音时长".utf8)
        default: return false
        }
    }

    /// One utterance out of a run.
    public func utterance(_ members: some Collection<Int32>, in block: MessageBlock) -> Utterance {
        var text = ""
        var lines: [Range<Int>] = []
        var quotes: [String] = []
        for member in members {
            let record = block.records[Int(member)]
            if !lines.isEmpty { text += "\n" }
            let start = text.utf8.count
            text += block.string(record.text)
            lines.append(start..<text.utf8.count)
            if !record.quote.isEmpty { quotes.append(block.string(record.quote)) }
        }
        let first = members.first.map { block.records[Int($0)] }
        return Utterance(
            text: text, lines: lines, members: members.map { Int($0) },
            quote: quotes.isEmpty ? nil : quotes.joined(separator: "\n"), sentAt: first?.sentAt ?? 0,
            forwarded: first?.forwarded ?? false)
    }
}
