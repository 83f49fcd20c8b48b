internal import Glibc
internal import Messages

/// How much time each rule takes, from a sample of texts.
package struct RuleCosts {
    private let matcher: LexiconMatcher
    private var nanoseconds: [UInt64]
    private var texts = 0

    package init(_ matcher: LexiconMatcher) {
        self.matcher = matcher
        nanoseconds = [UInt64](repeating: 0, count: matcher.rules.count)
    }

    /// Looks at a text again, which was normalised and matched last with this scratch, and takes the time of every rule.
    package mutating func add(_ scratch: LexiconMatcher.Scratch, _ text: UnsafeBufferPointer<UInt8>) {
        texts += 1
        guard matcher.scan(scratch) else { return }
        matcher.collectCandidates(scratch)
        let view = TextView(scratch.text)
        var result = LexiconMatcher.Result()
        let candidates = scratch.candidates
        for index in candidates {
            let before = Self.now()
            matcher.evaluate(matcher.rules[Int(index)], view, text, scratch, into: &result)
            nanoseconds[Int(index)] += Self.now() - before
        }
    }

    /// Microseconds for each rule that was looked at, as for a million texts.
    package var microsecondsInAMillion: [(rule: String, microseconds: Double)] {
        guard texts > 0 else { return [] }
        return nanoseconds.indices.filter { nanoseconds[$0] > 0 }.map { index in
            (matcher.rules[index].id, Double(nanoseconds[index]) / Double(texts) * 1000)
        }
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
