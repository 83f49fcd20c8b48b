import Lexicons
import Matching
import Messages
import Pipeline
import Workbench

/// What the line makes of a sentence, stage by stage: the verdict first, then why.
struct TrialView {
    private let trial: TextTrial
    private let call: Call

    init(_ sentence: String, _ bench: LexiconBench, _ call: Call) {
        trial = TextTrial(sentence, analyser: bench.analyser, lexicon: bench.lexicon)
        self.call = call
    }

    var markup: Markup {
        """
        <div class="said" role="status"><q class="big">\(call.marked(trial.text, trial.verdict.evidence))</q>\(verdict)
        <h2>\(call.t(.trialRules))</h2>\(rules)\(topics)\(model)
        <details><summary>\(call.t(.trialStages))</summary><dl class="facts wide"><div><dt>\(call.t(.trialNormal))</dt><dd>\(trial.normal)</dd></div>
        <div><dt>\(call.t(.trialWords))</dt><dd>\(trial.words.joined(separator: " | "))</dd></div>
        <div><dt>\(call.t(.trialHits))</dt><dd>\(trial.hits.isEmpty ? "–" : trial.hits.map { slice($0.span) }.joined(separator: "、"))</dd></div></dl></details></div>
        """
    }

    private var verdict: Markup {
        let verdict = trial.verdict
        let score: Markup = "\(call.t(.flagScore)) \(FlagDetailPage.percent(verdict.score))"
        guard verdict.flagged, let track = verdict.track, let topic = verdict.topic, let severity = verdict.severity
        else {
            return "<p><span class=\"badge\">\(call.t(.tryNothing))</span> \(score)</p>"
        }
        return "<p>\(call.badges(track, topic, severity)) \(score)</p>"
    }

    /// Rules that fired, then those that had their words and did not: what stopped them.
    private var rules: Markup {
        var list = Markup()
        for rule in trial.rules.prefix(60) {
            let words: Markup = "<mark>\(rule.spans.prefix(6).map(slice).joined(separator: "、"))</mark>"
            if rule.fired {
                list += "<li><b>✓</b> <code>\(rule.id)</code> \(words) \(effect(rule))\(stops(rule))</li>"
            } else {
                let why = rule.obstacle.map(explain) ?? ""
                list += "<li class=\"dim\"><b>✗</b> <code>\(rule.id)</code> \(words) \(why)</li>"
            }
        }
        return list.isEmpty ? "<p class=\"dim\">\(call.t(.trialNoRule))</p>" : "<ul class=\"why\">\(list)</ul>"
    }

    private func effect(_ rule: TextTrial.RuleLine) -> Markup {
        switch rule.effect {
        case .evidence(let topic, _, let weight):
            let weakened: Markup =
                rule.guards.isEmpty
                ? "" : " <span class=\"dim\">\(call.t(.trialWeakened, rule.guards.joined(separator: ", ")))</span>"
            return "\(call.name(topic)) \(two(rule.weight ?? weight))\(weakened)"
        case .guarding(_, _, let factor): return "\(call.t(.trialGuards, two(factor)))"
        }
    }

    private func stops(_ rule: TextTrial.RuleLine) -> Markup {
        var html = Markup()
        for stop in rule.stopped.prefix(3) { html += "<br><span class=\"dim\">\(explain(stop))</span>" }
        return html
    }

    /// Why a rule or a hit does not count.
    private func explain(_ obstacle: TextTrial.Obstacle) -> String {
        switch obstacle.key {
        case "within": call.t(.trialApart, String(obstacle.number ?? 0))
        case "order": call.t(.trialOrder)
        case "across": call.t(.trialAcross)
        case "pattern": call.t(.trialPattern)
        case "undecided": call.t(.trialUndecided)
        case "boundaries": call.t(.trialBoundaries)
        case "all": call.t(.trialMissing, String(obstacle.number ?? 1))
        default: call.t(.trialCancelled, obstacle.word, obstacle.key)
        }
    }

    private var topics: Markup {
        guard !trial.topics.isEmpty else { return Markup() }
        let list = trial.topics.map { call.name($0.topic) + " " + two($0.score) }.joined(separator: " · ")
        return "<p>\(call.t(.trialTopics)) \(list)</p>"
    }

    private var model: Markup {
        guard let model = trial.model else { return Markup() }
        let shares = Track.allCases.map { call.name($0) + " " + FlagDetailPage.percent(model.probabilities[$0] ?? 0) }
        let carriers = model.carriers.prefix(8).map(slice).joined(separator: "、")
        return """
            <p>\(call.t(.trialModel, shares.joined(separator: " · "), FlagDetailPage.percent(model.accept)))\(carriers.isEmpty ? "" : " <mark>\(carriers)</mark>")</p>
            """
    }

    private func slice(_ span: Range<Int>) -> String {
        let bytes = Array(trial.text.utf8)
        return String(decoding: bytes[span.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    private func two(_ number: Double) -> String { String((number * 100).rounded() / 100) }
}
