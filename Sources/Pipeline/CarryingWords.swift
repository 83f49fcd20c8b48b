internal import Classifying
internal import Matching
internal import Messages

/// What of an utterance a flag keeps: the lines that carry the verdict, and none of what was said around them.
///
/// A line that is a complaint by itself is kept. Where only the lines together are one (我的低保金, 被村干部截留了), those are kept
/// that hold a rule's words. The line that names the village stays with them.
struct CarryingWords {
    /// The words that are kept.
    var text: String
    /// The verdict, its spans within `text`.
    var verdict: Verdict

    /// Chooses among the lines of an utterance.
    init(
        of utterance: Utterance, verdict: Verdict, place: [Range<Int>], analyser: TextAnalyser,
        scratch: LexiconMatcher.Scratch
    ) {
        self.verdict = verdict
        text = utterance.text
        guard utterance.lines.count > 1 else { return }
        let bytes = Array(utterance.text.utf8)
        let kept = Self.kept(utterance.lines, bytes, verdict, place, analyser, scratch)
        guard kept.contains(false) else { return }
        var left: [UInt8] = []
        var moved: [(line: Range<Int>, by: Int)] = []
        for (line, stays) in zip(utterance.lines, kept) where stays {
            if !left.isEmpty { left.append(0x0A) }
            moved.append((line, left.count - line.lowerBound))
            left += bytes[line]
        }
        text = String(decoding: left, as: UTF8.self)
        self.verdict.evidence = verdict.evidence.compactMap { hit in
            // A pattern's hit may reach into the next line.
            guard let by = moved.first(where: { $0.line.contains(hit.span.lowerBound) })?.by,
                moved.contains(where: { $0.by == by && $0.line.contains(hit.span.upperBound - 1) })
            else { return nil }
            return Hit(rule: hit.rule, span: hit.span.lowerBound + by..<hit.span.upperBound + by)
        }
    }

    private static func kept(
        _ lines: [Range<Int>], _ bytes: [UInt8], _ verdict: Verdict, _ place: [Range<Int>], _ analyser: TextAnalyser,
        _ scratch: LexiconMatcher.Scratch
    ) -> [Bool] {
        let alone = lines.map { line in
            let single = analyser.analysis(of: String(decoding: bytes[line], as: UTF8.self), scratch: scratch).verdict
            return single.flagged ? single : nil
        }
        let byRules = verdict.evidence.filter {
            $0.rule != ComplaintClassifier.modelRule && !$0.rule.hasPrefix(TextContext.prefix)
        }
        let evidence = byRules.isEmpty ? verdict.evidence : byRules
        var kept: [Bool]
        if alone.contains(where: { $0?.track == verdict.track }) {
            kept = alone.map { $0 != nil }
        } else {
            kept = lines.map { line in evidence.contains { line.overlaps($0.span) } }
        }
        guard kept.contains(true) else { return lines.map { _ in true } }
        // A rule's words may stand in two lines, of which one is a complaint by itself: the other stays where both say it more clearly.
        let rules = Set(
            zip(lines, kept).filter(\.1).flatMap { line, _ in byRules.filter { line.overlaps($0.span) }.map(\.rule) })
        let joined = zip(lines, kept).map { line, stays in
            stays || byRules.contains { line.overlaps($0.span) && rules.contains($0.rule) }
        }
        if joined != kept {
            let text = zip(lines, joined).filter(\.1).map { String(decoding: bytes[$0.0], as: UTF8.self) }
            let together = analyser.analysis(of: text.joined(separator: "\n"), scratch: scratch).verdict
            let strongest = alone.compactMap { $0?.track == verdict.track ? $0?.score : nil }.max() ?? 0
            if together.flagged, together.score > strongest + 0.1 { kept = joined }
        }
        for (index, line) in lines.enumerated() where place.contains(where: { line.overlaps($0) }) {
            kept[index] = true
        }
        return kept
    }
}
