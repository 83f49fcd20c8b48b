import Lexicons
import Messages
import Workbench

/// An evaluation for a person and for a program.
struct EvaluationReport {
    let evaluation: Evaluation
    let names: Taxonomy

    init(_ evaluation: Evaluation, names: Taxonomy) {
        self.evaluation = evaluation
        self.names = names
    }

    // MARK: For a person

    /// The report, line by line.
    func lines(withMistakes: Bool) -> [String] {
        var lines: [String] = []
        for track in [Track.grievance, .misconduct, .suggestion] {
            guard let found = evaluation.tracks[track], found.recall.total + found.precision.total > 0 else { continue }
            lines.append(
                names.name(of: track, in: language) + "  " + line(found) + say("；标出（不论类别）", "; flagged as anything ")
                    + text(found.flagged))
        }
        lines.append(say("主题宏平均 F1 ", "macro-F1 over topics ") + percent(evaluation.macroF1))
        for topic in Topic.allCases {
            guard let found = evaluation.topics[topic] else { continue }
            lines.append("  " + names.name(of: topic, in: language) + "  " + line(found))
        }
        for (kind, alarms) in evaluation.alarms.sorted(by: { $0.key < $1.key }) {
            let accused = evaluation.accusations[kind]?.count ?? 0
            lines.append(
                say("不是线索 ", "nothing ") + (kind.isEmpty ? "-" : kind) + say("：误报 ", ": flagged ") + text(alarms)
                    + say("，其中当作检举控告 \(accused)", ", as misconduct \(accused)"))
        }
        for bin in evaluation.bins {
            lines.append(
                say("分数 ", "score ") + "\(tenth(bin.scores.lowerBound))–\(tenth(bin.scores.upperBound))"
                    + say("（平均 ", " (mean ") + percent(bin.mean) + say("）：属实 ", "): right ") + text(bin.right))
        }
        if withMistakes { lines += evaluation.mistakes.map(line) }
        return lines
    }

    private func line(_ found: Evaluation.Class) -> String {
        say("召回 ", "recall ") + text(found.recall) + say("  准确 ", "  precision ") + text(found.precision) + "  F1 "
            + (found.f1.map(percent) ?? "-")
    }

    private func line(_ mistake: Evaluation.Mistake) -> String {
        let kind =
            switch mistake.kind {
            case .miss: say("漏报", "miss")
            case .falseAlarm: say("误报", "false alarm")
            case .track: say("类别不符", "other track")
            case .topic: say("主题不符", "other topic")
            }
        let truth = mistake.text.topic?.rawValue ?? mistake.text.track?.rawValue ?? mistake.text.kind
        let said = mistake.verdict.topic?.rawValue ?? "-"
        var why = words(mistake)
        if !mistake.verdict.guards.isEmpty { why += "  [" + mistake.verdict.guards.joined(separator: " ") + "]" }
        return "\(mistake.text.origin)  \(kind)  \(truth) → \(said) \(percent(mistake.verdict.score))  "
            + Console.safe(mistake.text.text) + why
    }

    /// The rules with the words that carried the verdict.
    private func words(_ mistake: Evaluation.Mistake) -> String {
        let bytes = Array(mistake.text.text.utf8)
        let words = mistake.verdict.evidence.map { hit in
            hit.rule + "=" + String(decoding: bytes[hit.span], as: UTF8.self)
        }
        return words.isEmpty ? "" : "  {" + Console.safe(words.joined(separator: " ")) + "}"
    }

    private func text(_ share: Proportion) -> String {
        guard let value = share.value, let interval = share.interval else { return "-（0）" }
        return percent(value) + say("（", " (") + percent(interval.lowerBound) + "–" + percent(interval.upperBound)
            + say("，", ", ") + "\(share.count)/\(share.total)" + say("）", ")")
    }

    private func percent(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        return "\(thousandths / 10).\(thousandths % 10) %"
    }

    private func tenth(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    // MARK: For a program

    /// The report as objects with a `type`.
    func rows(withMistakes: Bool) -> [JSONValue] {
        var rows: [JSONValue] = []
        for track in [Track.grievance, .misconduct, .suggestion] {
            if let found = evaluation.tracks[track] {
                rows.append(.object(fields(found).merging(["track": .string(track.rawValue), "type": "track"]) { $1 }))
            }
        }
        for topic in Topic.allCases {
            if let found = evaluation.topics[topic] {
                rows.append(.object(fields(found).merging(["topic": .string(topic.rawValue), "type": "topic"]) { $1 }))
            }
        }
        for (kind, alarms) in evaluation.alarms.sorted(by: { $0.key < $1.key }) {
            rows.append([
                "asMisconduct": share(evaluation.accusations[kind] ?? alarms), "flagged": share(alarms),
                "kind": .string(kind), "type": "nothing",
            ])
        }
        for bin in evaluation.bins {
            rows.append([
                "from": .number(bin.scores.lowerBound), "mean": .number(bin.mean), "right": share(bin.right),
                "to": .number(bin.scores.upperBound), "type": "scores",
            ])
        }
        rows.append(["macroF1": .number(evaluation.macroF1), "type": "total"])
        return withMistakes ? rows + evaluation.mistakes.map(row) : rows
    }

    private func fields(_ found: Evaluation.Class) -> [String: JSONValue] {
        [
            "f1": found.f1.map { .number($0) } ?? .null, "flagged": share(found.flagged),
            "precision": share(found.precision), "recall": share(found.recall),
        ]
    }

    private func share(_ share: Proportion) -> JSONValue {
        [
            "count": .int(share.count), "from": share.interval.map { .number($0.lowerBound) } ?? .null,
            "of": .int(share.total), "to": share.interval.map { .number($0.upperBound) } ?? .null,
            "value": share.value.map { .number($0) } ?? .null,
        ]
    }

    private func row(_ mistake: Evaluation.Mistake) -> JSONValue {
        [
            "file": .string(mistake.text.origin.file),
            "guards": .array(mistake.verdict.guards.map { .string($0) }),
            "hits": .array(mistake.verdict.evidence.map { FlagOutput.hit(mistake.text.text, $0) }),
            "line": .int(mistake.text.origin.line), "mistake": .string(mistake.kind.rawValue),
            "said": .optional(mistake.verdict.topic?.rawValue), "score": .number(mistake.verdict.score),
            "text": .string(mistake.text.text), "topic": .optional(mistake.text.topic?.rawValue),
            "track": .optional(mistake.text.track?.rawValue), "type": "mistake",
        ]
    }
}
