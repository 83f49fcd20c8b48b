import CaseStore
import Casework
import Messages

/// Deciding flags.
enum FlagActs {
    /// One decision; then the next flag of the queue.
    static func decide(_ call: Call) throws -> WebResponse {
        let id = try call.idInPath()
        guard let verdict = call.field("verdict").flatMap(FlagVerdict.init(rawValue:)) else {
            throw WebProblem(422, .errorVerdict)
        }
        do {
            switch verdict {
            case .nothing: try dismiss(id, call)
            case .repeat: try join(id, call)
            case .grievance, .misconduct, .suggestion: try confirm(id, verdict.track ?? .grievance, call)
            }
        } catch {
            // What can be mended is shown with what was typed; the rest is a page of its own.
            let failure = Failure(error, in: call.language)
            guard failure.status == 422 else { throw error }
            return try FlagDetailPage.show(call, problem: failure)
        }
        return .see(try next(call))
    }

    /// The flag that now stands at this one's position, or the queue.
    private static func next(_ call: Call) throws -> String {
        var filter = QueueFilter(call)
        filter.isExpanded = false
        guard filter.offset > 0 else { return filter.address(at: 0) }
        if let flag = try FlagList(filter, limit: 1, offset: filter.offset - 1, call).rows.first {
            return filter.address("/flags/\(flag.record.summary.id)", at: filter.offset)
        }
        let before = max(0, filter.offset - 2)
        if filter.offset > 1, let flag = try FlagList(filter, limit: 1, offset: before, call).rows.first {
            return filter.address("/flags/\(flag.record.summary.id)", at: before + 1)
        }
        filter.offset = 0
        return filter.address()
    }

    private static func confirm(_ id: Int, _ track: Track, _ call: Call) throws {
        var confirmation = FlagConfirmation(summary: call.field("summary") ?? "")
        confirmation.track = track
        confirmation.version = call.number("version")
        let topic = call.field("topic").flatMap(Topic.init(rawValue:))
        confirmation.topic = track == .suggestion ? .suggestion : topic
        if let topic = confirmation.topic, topic.track != track { throw WebProblem(422, .errorTopicTrack) }
        if let text = call.field("area") {
            guard let code = QueueFilter.code(of: text, call) else { throw WebProblem(422, .errorPlace) }
            confirmation.area = code
        }
        if track == .misconduct, let accused = call.field("accused") {
            let parts = accused.split(separator: ":").compactMap { Int($0) }
            if let unit = parts.first {
                confirmation.accused = [.init(unit: unit, official: parts.count > 1 ? parts[1] : nil)]
            }
        }
        let outcome = try call.desk().confirm(id, confirmation)
        call.leave(Notice(text: text(of: outcome, call), number: outcome.reopened ?? outcome.number))
    }

    static func text(of outcome: CaseOutcome, _ call: Call) -> String {
        var text =
            outcome.reopened.map { call.t(.doneReopened, $0) }
            ?? outcome.number.map { call.t(.doneRegistered, $0) } ?? call.t(.doneOutOfSight)
        if outcome.clues.count >= 2 { text += " " + call.t(.doneClues) }
        return text
    }

    private static func join(_ id: Int, _ call: Call) throws {
        guard let number = call.field("number") else { throw WebProblem(422, .errorNumber) }
        let record = try call.desk().flag(id)
        if let version = call.number("version"), version != record.summary.version {
            throw DeskError(.changedMeanwhile)
        }
        let outcome = try call.desk().join(id, to: number)
        call.leave(Notice(text: call.t(.doneJoined, String(id), number), number: outcome.number))
    }

    private static func dismiss(_ id: Int, _ call: Call) throws {
        guard let reason = call.field("reason").flatMap(DismissalReason.init(rawValue:)) else {
            throw WebProblem(422, .errorReason)
        }
        try hold(id, reason, version: call.number("version"), call)
        call.leave(Notice(text: call.t(.doneDismissed, String(id), reason.name(in: call.language)), undo: id))
    }

    /// Claims the flag and lets its dismissal wait for a change of mind.
    private static func hold(_ id: Int, _ reason: DismissalReason, version: Int?, _ call: Call) throws {
        let desk = try call.desk()
        let record = try desk.flag(id)
        if let version, version != record.summary.version { throw DeskError(.changedMeanwhile) }
        try desk.claim(id)
        let now = try desk.flag(id).summary.version
        call.app.dismissals.add(id, reason: reason.rawValue, version: now, by: call)
    }

    static func undo(_ call: Call) throws -> WebResponse {
        let id = try call.idInPath()
        guard call.app.dismissals.takeBack(id, by: call.person?.id ?? -1) else {
            throw WebProblem(409, .errorUndone)
        }
        try call.desk().release(id)
        call.leave(Notice(text: call.t(.doneUndone, String(id))))
        return .see("/flags/\(id)")
    }

    /// Takes a first reading back, before the second reader agreed.
    static func withdraw(_ call: Call) throws -> WebResponse {
        let id = try call.idInPath()
        try call.desk().withdrawDismissal(id)
        call.leave(Notice(text: call.t(.doneUndone, String(id))))
        return .see("/flags/\(id)")
    }

    /// Puts a flag under a village, and teaches the name that decided.
    static func settle(_ call: Call) throws -> WebResponse {
        let id = try call.idInPath()
        guard let village = call.field("village").flatMap({ QueueFilter.code(of: $0, call) }) else {
            throw WebProblem(422, .errorPlace)
        }
        let taught = try call.desk().attribute(
            id, village: village, teaching: call.field("teach"), version: call.number("version"))
        var text = call.t(.doneVillage, String(id), call.place(village))
        if let taught {
            text += call.language == .zh ? "，" : ", "
            text += call.t(.doneTaught, taught.text)
        }
        call.leave(Notice(text: text))
        return .see(SignInPages.local(call.field("back")))
    }

    /// Several rows of an expanded list at once; never reports.
    static func bulk(_ call: Call) throws -> WebResponse {
        guard let reason = call.field("reason").flatMap(DismissalReason.init(rawValue:)) else {
            throw WebProblem(422, .errorReason)
        }
        let chosen = call.fields("flag").prefix(100).compactMap { text -> (Int, Int)? in
            let parts = text.split(separator: ":").compactMap { Int($0) }
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        guard !chosen.isEmpty else { throw WebProblem(422, .errorNothingPicked) }
        var done = 0
        for (id, version) in chosen {
            do {
                // The page shows no box for a report; a request that was made by hand gets none either.
                guard try call.desk().flag(id).summary.track != .misconduct else {
                    throw WebProblem(422, .errorBulkReport)
                }
                try hold(id, reason, version: version, call)
                done += 1
            } catch {
                call.leave(
                    Notice(text: "#\(id): " + Failure(error, in: call.language).text, isProblem: true))
            }
        }
        call.leave(Notice(text: call.t(.doneBulk, String(done), String(call.app.settings.undoSeconds))))
        return .see(SignInPages.local(call.field("back")))
    }
}
