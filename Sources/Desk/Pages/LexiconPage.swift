import CaseStore
import Casework
import Lexicons
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
            <div class="titleline"><h1>\(call.t(.navLexicons))</h1> <a class="button" href="/lexicons/versions">\(call.t(.versionsTitle))</a></div>
            <section class="card"><h2>\(call.t(.tryTitle))</h2><form method="post" action="/lexicons/try" class="stack">\(call.tokenField())
            <label>\(call.t(.trySentence))<textarea name="sentence" rows="3" required maxlength="4000">\(sentence ?? "")</textarea></label>
            <button class="first">\(call.t(.tryButton))</button></form><p class="small">\(call.t(.tryHelp))</p>\(sentence.map { TrialView($0, bench, call).markup } ?? Markup())</section>
            \(try RuleTrend.card(bench.lexicon, call))\(rules(bench.lexicon, call))
            """)
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
            html += group(call.name(topic), rules, on: topic, call)
        }
        html += group(call.t(.guardsTitle), others, on: nil, call)
        return
            "<section class=\"card\" id=\"rules\"><h2>\(call.t(.rulesTitle, String(lexicon.rules.count)))</h2><ul class=\"topics\">\(html)</ul></section>"
    }

    /// A topic and, where it is the one that was asked for, its rules: all of them at once would be a tenth of a megabyte.
    private static func group(_ name: String, _ rules: [Rule], on topic: Topic?, _ call: Call) -> Markup {
        guard !rules.isEmpty else { return Markup() }
        let code = topic?.rawValue ?? "guards"
        let isOpen = call.request.query("topic") == code
        let current: Markup = isOpen ? " aria-current=\"true\"" : ""
        let head: Markup = """
            <a href="/lexicons?topic=\(code)#rules"\(current)>\(name)</a> <span class="dim">\(rules.count)</span>
            """
        guard isOpen else { return "<li>\(head)</li>" }
        var list = Markup()
        for rule in rules {
            let note: Markup =
                call.share(of: rule.id, on: topic).map {
                    " <span class=\"dim\">\(call.t(.rulePrecision, $0.text))</span>"
                } ?? Markup()
            let example: Markup = rule.matching.first.map { " <span>「\($0)」</span>" } ?? Markup()
            list += "<li><code>\(rule.id)</code>\(example)\(note)</li>"
        }
        return "<li>\(head)<ul>\(list)</ul></li>"
    }
}

/// The lexicons, loaded once.
struct LexiconBench: Sendable {
    let lexicon: Lexicon
    let analyser: TextAnalyser
}
