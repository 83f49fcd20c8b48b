import CaseStore
import Casework
import Lexicons
import Matching
import Messages
import Pipeline

/// The lexicons: rules, and a box to type a sentence into and see what matches and why.
enum LexiconPage {
    static func show(_ call: Call) throws -> WebResponse { try show(call, sentence: nil) }

    /// The sentence lives for this answer alone: it is stored nowhere.
    static func attempt(_ call: Call) throws -> WebResponse { try show(call, sentence: call.field("sentence") ?? "") }

    private static func show(_ call: Call, sentence: String?) throws -> WebResponse {
        let bench = try call.app.bench()
        return call.page(
            call.t(.navLexicons), .lexicons,
            """
            <h1>\(call.t(.navLexicons))</h1>
            <section class="card"><h2>\(call.t(.tryTitle))</h2><form method="post" action="/lexicons/try" class="stack">\(call.tokenField())
            <label>\(call.t(.trySentence))<textarea name="sentence" rows="3" required maxlength="4000">\(sentence ?? "")</textarea></label>
            <button class="first">\(call.t(.tryButton))</button></form><p class="small">\(call.t(.tryHelp))</p>\(sentence.map { verdict($0, bench, call) } ?? Markup())</section>
            \(rules(bench.lexicon, call))
            """)
    }

    private static func verdict(_ sentence: String, _ bench: LexiconBench, _ call: Call) -> Markup {
        let verdict = bench.analyser.analysis(of: sentence, scratch: LexiconMatcher.Scratch()).verdict
        var head: Markup =
            "<p><span class=\"badge\">\(call.t(.tryNothing))</span> \(call.t(.flagScore)) \(FlagPage.percent(verdict.score))</p>"
        if verdict.flagged, let track = verdict.track, let topic = verdict.topic, let severity = verdict.severity {
            head =
                "<p>\(call.badges(track, topic, severity)) \(call.t(.flagScore)) \(FlagPage.percent(verdict.score))</p>"
        }
        var list = Markup()
        for rule in Set(verdict.evidence.map(\.rule)).sorted() { list += "<li><code>\(rule)</code></li>" }
        if !verdict.guards.isEmpty {
            list += "<li>\(call.t(.flagGuards)) <code>\(verdict.guards.joined(separator: ", "))</code></li>"
        }
        return
            "<div class=\"said\" role=\"status\"><q class=\"big\">\(call.marked(sentence, verdict.evidence))</q>\(head)<ul>\(list)</ul></div>"
    }

    private static func rules(_ lexicon: Lexicon, _ call: Call) -> Markup {
        var byTopic: [Topic: [Rule]] = [:]
        var others: [Rule] = []
        for rule in lexicon.rules {
            if case .evidence(let topic, _, _) = rule.effect {
                byTopic[topic, default: []].append(rule)
            } else {
                others.append(rule)
            }
        }
        var html = Markup()
        for topic in Topic.allCases {
            guard let rules = byTopic[topic] else { continue }
            html += group(call.name(topic), rules, call)
        }
        html += group(call.t(.guardsTitle), others, call)
        return "<section class=\"card\"><h2>\(call.t(.rulesTitle, String(lexicon.rules.count)))</h2>\(html)</section>"
    }

    private static func group(_ name: String, _ rules: [Rule], _ call: Call) -> Markup {
        guard !rules.isEmpty else { return Markup() }
        var list = Markup()
        for rule in rules {
            let so = call.precision[rule.id]
            let note: Markup =
                so.map {
                    " <span class=\"dim\">\(call.t(.rulePrecision, String($0.confirmed), String($0.confirmed + $0.dismissed)))</span>"
                } ?? Markup()
            let example: Markup = rule.matching.first.map { " <span>「\($0)」</span>" } ?? Markup()
            list += "<li><code>\(rule.id)</code>\(example)\(note)</li>"
        }
        return "<details><summary>\(name) <span class=\"dim\">\(rules.count)</span></summary><ul>\(list)</ul></details>"
    }
}

/// The lexicons, loaded once.
struct LexiconBench: Sendable {
    let lexicon: Lexicon
    let analyser: TextAnalyser
}
