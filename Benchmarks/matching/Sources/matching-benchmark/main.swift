import CHyperscan
import ChineseText
import Foundation
import Messages

// matching-benchmark WORDS [megabytes] [runs]
// WORDS: lines of word, count, tag (jieba's dict.txt, MIT).
// Prints CPU MB/s of fold + noise skipping + scan + original offsets, and of Hyperscan called per message on the same text.

/// Prints a line on standard error and ends.
func fail(_ why: String) -> Never {
    FileHandle.standardError.write(Data((why + "\n").utf8))
    exit(2)
}

guard CommandLine.arguments.count > 1, let file = FileManager.default.contents(atPath: CommandLine.arguments[1]) else {
    fail(
        "usage: matching-benchmark WORDS [megabytes] [runs]; WORDS holds lines of word, count and tag, as jieba's dict.txt"
    )
}
let megabytes = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 20 : 20
let runs = CommandLine.arguments.count > 3 ? Int(CommandLine.arguments[3]) ?? 5 : 5
let list: [(word: String, count: Int)] = String(decoding: file, as: UTF8.self).split(separator: "\n").compactMap {
    line in
    let fields = line.split(separator: " ")
    guard fields.count > 1, let count = Int(fields[1]),
        fields[0].unicodeScalars.allSatisfy({ $0.value >= 0x4E00 && $0.value < 0xA000 })
    else { return nil }
    return (String(fields[0]), count)
}
// Words whose normal form is other than they are written would be found in places where Hyperscan cannot see them.
let plainList = list.filter { TextNormalizer.shared.normalized($0.word).string == $0.word }
let corpus = Corpus(words: plainList, megabytes: megabytes, seed: 1)

/// One pass of fold, scan and offsets.
func scan(_ text: [UInt8], _ ends: [Int], _ scanner: TermScanner) -> (tally: tally, seconds: Double) {
    var normal = NormalizedText()
    var hits: [TermHit] = []
    var result = tally()
    let began = thread_time()
    text.withUnsafeBufferPointer { text in
        var start = 0
        for end in ends {
            TextNormalizer.shared.normalize(UnsafeBufferPointer(rebasing: text[start..<end]), into: &normal)
            hits.removeAll(keepingCapacity: true)
            scanner.scan(normal, into: &hits)
            for hit in hits {
                result.hits += 1
                result.sum &+= UInt64(normal.ends[Int(hit.end) - 1])
            }
            start = end
        }
    }
    return (result, Double(thread_time() - began) / 1e9)
}

/// Hyperscan's literal matcher.
struct Hyperscan {
    private var database: OpaquePointer?
    private var scratch: OpaquePointer?

    init(_ terms: [String]) {
        var copies = terms.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let lengths = terms.map { $0.utf8.count }
        let flags = [UInt32](repeating: 0, count: terms.count)
        let ids = (0..<terms.count).map { UInt32($0) }
        var problem: UnsafeMutablePointer<hs_compile_error_t>?
        let outcome = copies.withUnsafeMutableBufferPointer { copies in
            copies.withMemoryRebound(to: UnsafePointer<CChar>?.self) {
                hs_compile_lit_multi(
                    $0.baseAddress, flags, ids, lengths, UInt32(terms.count), UInt32(HS_MODE_BLOCK), nil, &database,
                    &problem)
            }
        }
        guard outcome == HS_SUCCESS, hs_alloc_scratch(database, &scratch) == HS_SUCCESS else {
            fail("Hyperscan refuses the terms")
        }
    }

    func scan(_ text: [UInt8], _ ends: [Int]) -> (tally: tally, seconds: Double) {
        var result = tally()
        let began = thread_time()
        text.withUnsafeBufferPointer { text in
            text.withMemoryRebound(to: CChar.self) { text in
                var start = 0
                for end in ends {
                    hs_scan(
                        database, text.baseAddress.map { $0 + start }, UInt32(end - start), 0, scratch,
                        { _, _, to, _, context in
                            let tally = context?.assumingMemoryBound(to: tally.self)
                            tally?.pointee.hits += 1
                            tally?.pointee.sum &+= to
                            return 0
                        }, &result)
                    start = end
                }
            }
        }
        return (result, Double(thread_time() - began) / 1e9)
    }

    /// The hits in plain messages, their ends counted where the same characters end in the disguised ones.
    func mapped(_ corpus: Corpus) -> tally {
        struct Context {
            var tally: tally
            var map: UnsafePointer<UInt32>
        }
        return corpus.map.withUnsafeBufferPointer { map in
            guard let base = map.baseAddress else { return tally() }
            var context = Context(tally: tally(), map: base)
            corpus.plain.withUnsafeBufferPointer { text in
                text.withMemoryRebound(to: CChar.self) { text in
                    var start = 0
                    for end in corpus.plainEnds {
                        context.map = base + start
                        hs_scan(
                            database, text.baseAddress.map { $0 + start }, UInt32(end - start), 0, scratch,
                            { _, _, to, _, context in
                                let context = context?.assumingMemoryBound(to: Context.self)
                                guard let context else { return 1 }
                                context.pointee.tally.hits += 1
                                context.pointee.tally.sum &+= UInt64(context.pointee.map[Int(to) - 1])
                                return 0
                            }, &context)
                        start = end
                    }
                }
            }
            return context.tally
        }
    }
}

print(
    "plain text \(corpus.plain.count) bytes, disguised \(corpus.disguised.count) bytes, \(corpus.plainEnds.count) messages, best of \(runs)"
)
print("terms    kind        hits      build ms  minsheng MB/s  disguised MB/s  Hyperscan MB/s")
for (size, isMixed) in [(1_000, false), (1_000, true), (10_000, false), (10_000, true), (100_000, false)] {
    var random = SplitMix64(state: 7)
    var pool = plainList.map(\.word).filter { (2...6).contains($0.unicodeScalars.count) }
    var terms: Set<String> = isMixed ? ["wifi", "app", "4g", "𠮷", "😂", "村", "钱", "丢", "ok"] : []
    while terms.count < size, !pool.isEmpty {
        let index = random.next(pool.count)
        terms.insert(pool[index])
        pool.swapAt(index, pool.count - 1)
        pool.removeLast()
    }
    let sorted = terms.sorted()
    let units = sorted.map { TextNormalizer.shared.units($0) }
    let built = thread_time()
    let scanner = TermScanner(units)
    let buildTime = Double(thread_time() - built) / 1e6
    let hyperscan = Hyperscan(sorted)
    let expected = hyperscan.mapped(corpus)
    var best = (ours: Double.infinity, disguised: Double.infinity, theirs: Double.infinity)
    var hits: UInt64 = 0
    for _ in 0..<runs {
        let ours = scan(corpus.plain, corpus.plainEnds, scanner)
        let disguised = scan(corpus.disguised, corpus.disguisedEnds, scanner)
        let theirs = hyperscan.scan(corpus.plain, corpus.plainEnds)
        guard ours.tally.hits == theirs.tally.hits, ours.tally.sum == theirs.tally.sum else {
            fail("\(size) terms: hits \(ours.tally) against Hyperscan's \(theirs.tally)")
        }
        guard disguised.tally.hits == expected.hits, disguised.tally.sum == expected.sum else {
            fail("\(size) terms, disguised: hits \(disguised.tally) against \(expected)")
        }
        hits = ours.tally.hits
        best.ours = min(best.ours, ours.seconds)
        best.disguised = min(best.disguised, disguised.seconds)
        best.theirs = min(best.theirs, theirs.seconds)
    }
    func speed(_ bytes: Int, _ seconds: Double) -> String { String(format: "%.0f", Double(bytes) / seconds / 1e6) }
    func pad(_ text: String, _ width: Int) -> String { text.padding(toLength: width, withPad: " ", startingAt: 0) }
    print(
        pad("\(size)", 9) + pad(isMixed ? "mixed" : "Han", 12) + pad("\(hits)", 10)
            + pad(String(format: "%.1f", buildTime), 10)
            + pad(speed(corpus.plain.count, best.ours), 15) + pad(speed(corpus.disguised.count, best.disguised), 16)
            + speed(corpus.plain.count, best.theirs))
}
print("hits and sums of offsets agree")
