import CaseStore
import Casework
import Messages

/// One case: what it is about, what was done, what may be done.
enum CasePage {
    static func show(_ call: Call) throws -> WebResponse {
        let number = call.captures[0]
        let view = try call.desk().view(number)
        let one = view.summary
        return call.page(
            one.number, .cases,
            """
            <div class="crumbs"><a href="/cases">← \(call.t(.navCases))</a> <span class="push"></span>
            <a class="button" href="/cases/\(one.number)/print">\(call.t(.printView))</a>\(visitLink(one, call))</div>
            \(head(one, call))
            <div class="split">
            <div class="left">\(about(view, call))\(timeline(view, call))</div>
            <div class="right">\(gate(view, call))\(clocks(view, call))\(actions(view, call))\(OwnWork.forms(view, call))\(links(view, call))</div>
            </div>
            """)
    }

    private static func visitLink(_ one: CaseSummary, _ call: Call) -> Markup {
        " <a class=\"button\" href=\"/cases/\(one.number)/visit\">\(call.t(.visitSheet))</a>"
    }

    static func head(_ one: CaseSummary, _ call: Call) -> Markup {
        """
        <div class="titleline"><h1>\(one.number)</h1> <span class="badge state">\(one.state.name(in: call.language))</span> \
        \(call.badges(one.track, one.topic, one.severity)) \(CaseList.marks(one, call)) <span class="unverified">\(call.t(.unverified))</span></div>
        """
    }

    static func about(_ view: CaseView, _ call: Call) -> Markup {
        let one = view.summary
        var facts = Markup()
        func fact(_ name: Phrase, _ value: Markup) { facts += "<div><dt>\(call.t(name))</dt><dd>\(value)</dd></div>" }
        fact(.place, "\(call.placePath(one.area))")
        fact(.source, "\(one.source.name(in: call.language))")
        fact(.received, "\(one.receivedOn.description)")
        if one.track != .misconduct { fact(.unit, "\(call.unit(one.unit))") }
        if let alias = view.alias { fact(.alias, "\(alias)") }
        if !view.accused.isEmpty {
            fact(.accused, "\(view.accused.map { accused($0, call) }.joined(separator: "；"))")
        }
        if view.isHeld { fact(.held, "\(call.t(.heldHelp))") }
        if view.proposedSupervision > view.summary.supervision {
            fact(.proposedLevel, "\(view.proposedSupervision.name(in: call.language))")
        }
        if let came = view.resolution { fact(.resolution, resolution(came, call)) }
        var original = Markup()
        for words in view.original { original += "<blockquote class=\"said\">\(words)</blockquote>" }
        let originalPart: Markup =
            original.isEmpty
            ? ""
            : "<details><summary>\(call.t(.originalWords))</summary>\(original)<p class=\"small\">\(call.t(.originalHelp))</p></details>"
        let words: Markup = view.words.map { "\($0)" } ?? "<span class=\"dim\">\(call.t(.summaryNone))</span>"
        return """
            <section class="card"><h2>\(call.t(.summary))</h2><p class="summary">\(words)</p>\(originalPart)<dl class="facts">\(facts)</dl></section>
            """
    }

    private static func resolution(_ came: CaseResolution, _ call: Call) -> Markup {
        var parts = [came.problem.name(in: call.language)]
        if came.measure != .nothing { parts.append(came.measure.name(in: call.language)) }
        if came.persons > 0 { parts.append(call.t(.resolutionPersons, String(came.persons))) }
        if came.returned > 0 { parts.append(call.t(.resolutionReturned, String(came.returned))) }
        if came.hasGap { parts.append(call.t(.resolutionGap)) }
        return "\(parts.joined(separator: " · "))"
    }

    private static func accused(_ one: CaseView.Accused, _ call: Call) -> String {
        let post = one.official.flatMap { id in call.officials.first { $0.id == id }?.post }
        return call.unit(one.unit) + (post.map { " " + $0 } ?? "")
    }

    // MARK: - What was done

    static func timeline(_ view: CaseView, _ call: Call) -> Markup {
        var rows = Markup()
        for (index, event) in view.events.enumerated() {
            var texts = Markup()
            for text in view.texts where text.event == index + 1 {
                let kind: Phrase = text.kind == "reply" ? .textReply : text.kind == "paper" ? .textPaper : .textNote
                texts +=
                    "<blockquote><span class=\"dim\">\(call.t(kind))</span> \(text.words ?? call.t(.wordsErased))</blockquote>"
            }
            rows += """
                <li class="event"><time datetime="\(event.day.description)">\(event.day.description)</time>
                <div><p><b>\(event.action.name(in: call.language))</b>\(details(event, call)) <span class="dim">\(actor(event, call))</span></p>\(texts)</div></li>

                """
        }
        return "<section class=\"card\"><h2>\(call.t(.timeline))</h2><ol class=\"timeline\">\(rows)</ol></section>"
    }

    private static func details(_ event: CaseEvent, _ call: Call) -> Markup {
        var parts: [String] = []
        if let reason = event.reason { parts.append(reason.name(in: call.language)) }
        if let unit = event.unit { parts.append(call.unit(unit)) }
        if let until = event.until { parts.append(until.description) }
        if let level = event.supervision { parts.append(level.name(in: call.language)) }
        if let reply = event.reply {
            if let day = reply.doneOn { parts.append(call.t(.replyDoneOn, day.description)) }
            parts.append(call.t(.replyEvidence, String(reply.evidence)))
        }
        let state: Markup =
            event.from != event.to && event.to.name(in: call.language) != event.action.name(in: call.language)
            ? " <span class=\"badge state\">\(event.to.name(in: call.language))</span>" : ""
        return parts.isEmpty ? state : "（\(parts.joined(separator: " · "))）\(state)"
    }

    private static func actor(_ event: CaseEvent, _ call: Call) -> String {
        guard event.actor != 0 else { return call.t(.byRule) }
        let unit = call.unit(event.actorUnit)
        // Who handles a complaint learns which body acted, not who in it.
        guard call.person?.role != .handler || event.actorUnit == call.person?.unit.id else { return unit }
        return (call.people[event.actor]?.name ?? call.t(.formerStaff)) + " · " + unit
    }

    // MARK: - Terms and gate

    static func clocks(_ view: CaseView, _ call: Call) -> Markup {
        var rows = Markup()
        for clock in view.clocks {
            rows += """
                <tr><th scope="row">\(call.t(Phrase(clock.kind)))</th><td>\(clock.due.description)</td><td><span class="badge clock-\(clock.status.rawValue)">\(call.t(Phrase(clock.status)))</span></td></tr>
                """
        }
        guard !rows.isEmpty else { return Markup() }
        return """
            <section class="card"><h2>\(call.t(.clocks))</h2><table class="plain"><thead class="hidden"><tr><th>\(call.t(.clock))</th><th>\(call.t(.due))</th><th>\(call.t(.state))</th></tr></thead><tbody>\(rows)</tbody></table></section>
            """
    }

    /// What stands between the case and its closing, and signs of a reply for form's sake.
    private static func gate(_ view: CaseView, _ call: Call) -> Markup {
        var html = Markup()
        let offer = view.offers.first { $0.action == .close }
        if case .gate(let missing) = offer?.blockedBy {
            var list = Markup()
            for one in missing { list += "<li>\(call.language == .zh ? one.names.zh : one.names.en)</li>" }
            html += "<section class=\"card warn\"><h2>\(call.t(.gateTitle))</h2><ul>\(list)</ul></section>"
        }
        if !view.signs.isEmpty {
            var list = Markup()
            for sign in view.signs { list += "<li>\(call.language == .zh ? sign.names.zh : sign.names.en)</li>" }
            let title = PerfunctoryCheck.isSuspected(view.signs) ? call.t(.signsSuspected) : call.t(.signsTitle)
            html +=
                "<section class=\"card warn\"><h2>\(title)</h2><ul>\(list)</ul><p class=\"small\">\(call.t(.signsHelp))</p></section>"
        }
        return html
    }

    private static func links(_ view: CaseView, _ call: Call) -> Markup {
        guard !view.links.isEmpty else { return Markup() }
        var list = Markup()
        for link in view.links {
            list += "<li>\(call.t(linkName(link.kind))) <a href=\"/cases/\(link.number)\">\(link.number)</a></li>"
        }
        return "<section class=\"card\"><h2>\(call.t(.linked))</h2><ul>\(list)</ul></section>"
    }

    private static func linkName(_ kind: String) -> Phrase {
        switch kind {
        case "merged_into": .linkMerged
        case "repeat_of": .linkRepeat
        case "split_from": .linkSplit
        default: .linkRelated
        }
    }

    // MARK: - What may be done

    private static func actions(_ view: CaseView, _ call: Call) -> Markup {
        var forms = Markup()
        var blocked = Markup()
        for offer in view.offers {
            if let refusal = offer.blockedBy {
                blocked +=
                    "<li><b>\(offer.action.name(in: call.language))</b> <span class=\"dim\">\(refusal.text(of: offer.action, in: call.language))</span></li>"
            } else {
                forms += CaseForm(offer.action, view, call).markup
            }
        }
        let none: Markup = forms.isEmpty ? "<p class=\"dim\">\(call.t(.actionsNone))</p>" : ""
        let blockedPart: Markup =
            blocked.isEmpty
            ? "" : "<details class=\"later\"><summary>\(call.t(.actionsBlocked))</summary><ul>\(blocked)</ul></details>"
        return "<section class=\"card acts\"><h2>\(call.t(.actions))</h2>\(forms)\(none)\(blockedPart)</section>"
    }
}
