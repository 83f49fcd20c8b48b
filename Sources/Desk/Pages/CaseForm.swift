import CaseStore
import Casework
import Messages

/// The form of one action on a case: the fields that its guards ask for.
struct CaseForm {
    private let action: CaseAction
    private let view: CaseView
    private let call: Call
    private let guards: [CaseGuard]

    init(_ action: CaseAction, _ view: CaseView, _ call: Call) {
        (self.action, self.view, self.call) = (action, view, call)
        let one = view.summary
        guards =
            CaseTransition.all.first {
                $0.action == action && $0.tracks.contains(one.track) && $0.from.contains(one.state)
            }?.guards ?? []
    }

    var markup: Markup {
        let name = action.name(in: call.language)
        return """
            <details class="act"><summary>\(name)</summary>
            <form method="post" action="/cases/\(view.summary.number)/act" class="stack">\(call.tokenField())
            <input type="hidden" name="action" value="\(action.rawValue)"><input type="hidden" name="version" value="\(view.summary.version)">
            \(fields)<button class="first">\(name)</button></form></details>

            """
    }

    private var fields: Markup {
        var html = Markup()
        if !action.reasons.isEmpty { html += reasons }
        if takesUnit { html += units }
        if action == .assign, view.summary.track == .misconduct { html += staff }
        if action == .split {
            html +=
                "<label>\(call.t(.topic))<select name=\"topic\">\(call.topicOptions(selected: nil))</select></label>"
        }
        if action == .merge || action == .relate {
            html += "<label>\(call.t(.otherNumber))<input name=\"other\" required maxlength=\"40\"></label>"
        }
        if action == .join {
            html +=
                "<label>\(call.t(.flagNumber))<input name=\"flag\" required inputmode=\"numeric\" maxlength=\"10\"></label>"
        }
        if action == .supervise { html += levels }
        if action == .reply { html += reply }
        if action == .enterResult || action == .close { html += resolution }
        if guards.contains(where: { [.wakeDay, .oneExtension, .studyRecord].contains($0) }) {
            html += "<label>\(call.t(dayName))<input type=\"date\" name=\"until\" required></label>"
        }
        if guards.contains(.receipt) || guards.contains(.studyRecord) {
            html += "<label>\(call.t(.paper))<input name=\"paper\" required maxlength=\"200\"></label>"
        }
        if takesText { html += text }
        if let warning { html += "<p class=\"small\">\(call.t(warning))</p>" }
        return html
    }

    private var dayName: Phrase {
        switch action {
        case .suspend: .dayWake
        case .extend: .dayUntil
        default: .dayStudy
        }
    }

    private var takesUnit: Bool {
        switch action {
        case .assign: view.summary.track != .misconduct
        case .escalate, .assist, .narrow: true
        default: false
        }
    }

    private var takesText: Bool {
        guards.contains(.text) || guards.contains(.ownSummary)
            || [.accept, .followUp, .redo, .supervise, .retaliation, .keep].contains(action)
    }

    private var reasons: Markup {
        var options = Markup()
        for reason in action.reasons {
            options += call.option(reason.rawValue, reason.name(in: call.language), selected: false)
        }
        let isNeeded = guards.contains(.reason)
        let none: Markup = isNeeded ? "" : call.option("", "–", selected: true)
        return "<label>\(call.t(.reason))<select name=\"reason\">\(none)\(options)</select></label>"
    }

    private var units: Markup {
        let one = view.summary
        let routing = Routing()
        let fitting = call.units.values.filter { unit in
            guard unit.covers(one.area) else { return false }
            if action == .narrow { return !unit.kind.isCommission }
            return routing.allows(unit.kind, for: one.topic) && unit.id != one.unit
        }.sorted { ($0.kind.rank, $0.id) < ($1.kind.rank, $1.id) }
        var options = Markup()
        for unit in fitting {
            options += call.option(String(unit.id), unit.name, selected: false)
            guard action == .narrow else { continue }
            for post in call.officials where post.unit == unit.id {
                options += call.option("\(unit.id):\(post.id)", unit.name + " " + post.post, selected: false)
            }
        }
        let none: Markup = fitting.isEmpty ? "<p class=\"small\">\(call.t(.unitsNone))</p>" : ""
        return "<label>\(call.t(.unit))<select name=\"unit\" required>\(options)</select></label>\(none)"
    }

    private var staff: Markup {
        var options = Markup()
        for person in call.people.values.sorted(by: { $0.id < $1.id })
        where [.inspector, .townshipDiscipline, .intake, .supervisor].contains(person.role) {
            options += call.option(String(person.id), person.name + " · " + person.unit.name, selected: false)
        }
        return "<label>\(call.t(.assignee))<select name=\"staff\" required>\(options)</select></label>"
    }

    private var levels: Markup {
        var options = Markup()
        for level in Supervision.allCases where level != view.summary.supervision {
            options += call.option(level.slug, level.name(in: call.language), selected: false)
        }
        return "<label>\(call.t(.level))<select name=\"level\">\(options)</select></label>"
    }

    private var reply: Markup {
        """
        <label>\(call.t(.replyDone))<textarea name="done" rows="3" required maxlength="2000"></textarea></label>
        <label>\(call.t(.replyDay))<input type="date" name="doneOn" required></label>
        <label>\(call.t(.replyResult))<textarea name="result" rows="2" required maxlength="2000"></textarea></label>
        <label>\(call.t(.replyProofs))<input type="number" name="evidence" min="0" max="99" value="0"></label>
        <p class="small">\(call.t(.replyHelp))</p>
        """
    }

    /// What came of it: asked for with a report's result, offered with a complaint's closing.
    private var resolution: Markup {
        var problems: Markup = action == .close ? call.option("", "–", selected: true) : ""
        for problem in CaseResolution.Problem.allCases {
            problems += call.option(problem.rawValue, problem.name(in: call.language), selected: false)
        }
        var measures = Markup()
        for measure in CaseResolution.Measure.allCases {
            measures += call.option(measure.rawValue, measure.name(in: call.language), selected: measure == .nothing)
        }
        return """
            <div class="grid2"><label>\(call.t(.resolution))<select name="problem">\(problems)</select></label>
            <label>\(call.t(.resolutionMeasure))<select name="measure">\(measures)</select></label>
            <label>\(call.t(.resolutionHowMany))<input type="number" name="persons" min="0" max="10000" value="0"></label>
            <label>\(call.t(.resolutionMoney))<input type="number" name="returned" min="0" value="0"></label></div>
            <label class="choice"><input type="checkbox" name="gap" value="1"> \(call.t(.resolutionGap))</label>
            """
    }

    private var text: Markup {
        let isSummary = guards.contains(.ownSummary)
        let needed: Markup = guards.contains(.text) || isSummary ? " required" : ""
        let label = isSummary ? call.t(.summaryOwn) : call.t(action == .note ? .noteText : .text)
        let help: Markup = isSummary ? "<p class=\"small\">\(call.t(.summaryHelp))</p>" : ""
        let value = action == .summarise ? view.words ?? "" : ""
        return
            "<label>\(label)<textarea name=\"text\" rows=\"3\" maxlength=\"4000\"\(needed)>\(value)</textarea></label>\(help)"
    }

    /// What the person should know before it is done.
    private var warning: Phrase? {
        switch action {
        case .toMisconduct: .warnMisconduct
        case .recuse: .warnRecuse
        case .retaliation: .warnRetaliation
        case .forwardUp: .warnForwardUp
        case .note: .warnNote
        case .merge: .warnMerge
        default: nil
        }
    }
}
