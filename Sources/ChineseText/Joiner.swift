/// Joins characters that no word of the table holds, by a linear model over the characters around them.
///
/// A structured perceptron's weights, trained on UD_Chinese-GSD by `Scripts/make-word-table.py`. Particles, adverbs, pronouns
/// and measures stand by themselves.
struct Joiner {
    let table = WordTable.shared
    let kinds: UnsafePointer<UInt8>
    let line: LineBuffers

    /// What a character standing by itself gets in advance, in 1/8 of the training's units.
    private static let reserve = 64
    private static let longest = 4

    /// Joins inside a run that was cut.
    func join(in run: Range<Int>) {
        var start = run.lowerBound
        while start < run.upperBound {
            var end = start
            while end < run.upperBound, isLeftOver(end) { end += 1 }
            if end - start > 1 { cut(start..<end) }
            start = max(end, start + 1)
        }
    }

    @inline(__always)
    private func isLeftOver(_ place: Int) -> Bool {
        line.isBreak[place] && line.isBreak[place + 1]
            && !UnitKinds(rawValue: kinds[Int(line.simple[place])]).contains(.loner)
    }

    private func cut(_ span: Range<Int>) {
        let costs = line.costs
        let origins = line.origins
        costs[span.lowerBound] = 0
        (costs + span.lowerBound + 1).update(repeating: Int.max, count: span.count)
        let scores = span.map(scores)
        for place in span {
            let own = scores[place - span.lowerBound]
            var sum = Int(own[0])
            for end in (place + 1)...min(span.upperBound, place + Self.longest) {
                let last = scores[end - 1 - span.lowerBound]
                let score = end == place + 1 ? Int(own[3]) + Self.reserve : sum + Int(last[2])
                if end > place + 1 { sum += Int(last[1]) }
                if costs[place] - score < costs[end] {
                    costs[end] = costs[place] - score
                    origins[end] = Int32(truncatingIfNeeded: place)
                }
            }
        }
        for place in span.dropFirst() { line.isBreak[place] = false }
        var end = span.upperBound
        while end > span.lowerBound {
            line.isBreak[end] = true
            end = Int(origins[end])
        }
    }

    /// The scores of begin, middle, end and single.
    private func scores(_ place: Int) -> SIMD4<Int32> {
        let back2 = unit(place - 2)
        let back1 = unit(place - 1)
        let here = unit(place)
        let next1 = unit(place + 1)
        let next2 = unit(place + 2)
        return weights(1, here, 0) &+ weights(2, back1, 0) &+ weights(3, next1, 0) &+ weights(4, back1, here)
            &+ weights(5, here, next1) &+ weights(6, back1, next1) &+ weights(7, back2, back1)
            &+ weights(8, next1, next2) &+ weights(9, back2, 0) &+ weights(10, next2, 0)
    }

    @inline(__always)
    private func weights(_ kind: UInt32, _ first: UInt32, _ second: UInt32) -> SIMD4<Int32> {
        var hash = first &* 0x9E37_79B1 &+ second &* 0x85EB_CA6B &+ kind &* 0xC2B2_AE35
        hash ^= hash >> 15
        hash = hash &* 0x2C1B_3C6D
        let bucket = UnsafeRawPointer(table.joins + Int(hash >> 16) * 4).load(as: SIMD4<Int8>.self)
        return SIMD4<Int32>(truncatingIfNeeded: bucket)
    }

    /// The unit with digits and letters as one each; 1 before the text, 2 behind it.
    @inline(__always)
    private func unit(_ place: Int) -> UInt32 {
        if place < 0 { return 1 }
        if place >= line.count { return 2 }
        let unit = line.simple[place]
        if unit &- 0x30 < 10 || unit &- 0xFF10 < 10 { return 0x30 }
        if (unit | 0x20) &- 0x61 < 26 { return 0x61 }
        return UInt32(unit)
    }
}
