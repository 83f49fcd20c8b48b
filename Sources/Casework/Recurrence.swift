public import Messages

/// Whether a matter came back: the same village and topic within a window after a reply or a closing.
///
/// It never asks who says so: two households are a stronger sign than one, and nobody's is kept.
public struct Recurrence: Sendable, Equatable {
    /// Within how many days, where a topic has no window of its own.
    public var standardWindow = 30
    /// Windows of single topics, 7...90 days.
    public var windows: [Topic: Int]

    /// The shipped windows.
    ///
    /// What is mended in a day must hold longer than a day; what takes a season comes back with the season.
    public init(
        windows: [Topic: Int] = [.sanitation: 14, .noise: 14, .farming: 90, .land: 90, .drainage: 60, .roads: 60]
    ) {
        self.windows = windows.mapValues { min(90, max(7, $0)) }
    }

    /// Within how many days a matter of the topic counts as the same one.
    public func window(of topic: Topic) -> Int { windows[topic] ?? standardWindow }

    /// What a new report means for a case that was answered.
    public enum Finding: Sendable, Equatable {
        /// The same unit had it: it is opened again, and the alert is about the unit.
        case redo(days: Int, unit: Int)
        /// Another unit would handle it: the two are related.
        case related(days: Int)
    }

    /// What a report of a village and topic means for an earlier case; nil when nothing.
    ///
    /// `day` is that on which it was written, whenever somebody came to read it. What was written before the last reply is no
    /// recurrence: the reply speaks of it.
    /// `unit` is the one that would handle the new report, nil when that isn't decided: then the old one's.
    public func finding(
        village: String, topic: Topic, on day: CivilDay, unit: Int?, earlier: CaseFile
    ) -> Finding? {
        guard earlier.track != .misconduct, earlier.area == village, earlier.topic == topic,
            let state = earlier.state, [.replied, .followedUp, .closed].contains(state)
        else { return nil }
        let reply = earlier.events.lastIndex { $0.action == .reply } ?? earlier.events.startIndex
        // A closing after it begins the window anew, for what was written after the closing.
        let answers = earlier.events[reply...].filter { $0.action == .reply || $0.to == .closed && $0.from != .closed }
        guard let answered = answers.last(where: { $0.day <= day }) else { return nil }
        let days = day.number - answered.day.number
        guard days <= window(of: topic) else { return nil }
        guard let owner = earlier.unit, unit == nil || unit == owner else { return .related(days: days) }
        return .redo(days: days, unit: owner)
    }
}
