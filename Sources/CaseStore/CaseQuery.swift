public import Casework
public import Messages

/// Which cases a queue shows.
public struct CaseQuery: Sendable, Equatable {
    /// The ready-made views.
    public enum View: String, Sendable, CaseIterable {
        /// Open ones.
        case open
        /// Given to the person, or to the person's unit.
        case mine
        /// A term ends within a working day.
        case yellow
        /// A term is over.
        case red
        /// They came back.
        case recurring
        /// Under supervision (督办).
        case watched
        /// Put off by the person until a day.
        case snoozed
        /// Replied, and nobody outside asked yet.
        case followUp = "follow-up"
        /// All, closed ones too.
        case all
    }

    /// The view.
    public var view = View.open
    /// A track.
    public var track: Track?
    /// A topic.
    public var topic: Topic?
    /// A severity.
    public var severity: Severity?
    /// The days of reception, both of them counted.
    public var received: ClosedRange<CivilDay>?
    /// A state.
    public var state: CaseState?
    /// A 12-digit code: cases of this place and of all below it.
    public var area: String?
    /// Words that the summary must hold.
    public var words: String?
    /// How many at most.
    public var limit = 50
    /// How many to pass over.
    public var offset = 0
    /// Only what comes after this place of the same view: the next page.
    public var after: CaseMark?

    /// Open cases.
    public init() {}

    /// The days from one on, to another one; either may be open, and where they lie the wrong way round it is the first alone.
    public static func days(from first: CivilDay?, to last: CivilDay?, today: CivilDay) -> ClosedRange<CivilDay>? {
        guard first != nil || last != nil else { return nil }
        let first = first ?? CivilDay(0)
        return first...max(first, last ?? max(first, today))
    }
}

/// A place in a queue: that of the last case on a page.
public struct CaseMark: Sendable, Equatable {
    /// 1 among the open cases.
    var isOpen: Int
    /// What the view's order goes by.
    var key: Int
    /// The case's number; the row's own is nobody's business.
    var number: String

    /// The place of a case in a view.
    public init(_ summary: CaseSummary, in view: CaseQuery.View) {
        isOpen = summary.state.isOpen ? 1 : 0
        number = summary.number
        key =
            switch view.order {
            case .queue: summary.queueOn
            case .due: summary.dueOn?.number ?? 0
            case .received: summary.receivedOn.number
            }
    }

    /// Reads what ``text`` writes; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let isOpen = Int(parts[0]), let key = Int(parts[1]), !parts[2].isEmpty else {
            return nil
        }
        (self.isOpen, self.key, number) = (isOpen, key, String(parts[2]))
    }

    /// The place as a text for an address.
    public var text: String { "\(isOpen).\(key).\(number)" }
}

extension CaseQuery.View {
    /// The orders of the views.
    enum Order {
        /// Severity and recurrence give a head start, and age wins in the end.
        case queue
        /// What is due is worked off by its day.
        case due
        case received
    }

    var order: Order {
        switch self {
        case .yellow, .red: .due
        case .followUp: .received
        case .open, .mine, .recurring, .watched, .snoozed, .all: .queue
        }
    }
}
