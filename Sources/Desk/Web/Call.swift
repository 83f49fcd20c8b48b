import CaseStore
import Casework
import Foundation
import Messages

/// One request on its way through a handler: who asks, what for, in which language.
struct Call: Sendable {
    let app: DeskApplication
    let request: WebRequest
    let language: Language
    let now: Int64
    /// What stood at the open segments of the address.
    var captures: [String] = []
    /// The fields of a form.
    var form: [(name: String, value: String)] = []
    /// Nil for programs and before signing in.
    var session: DeskSession?
    /// Who asks; nil before signing in.
    var person: StaffMember?

    /// The desk of the person.
    func desk() throws -> CaseDesk { try app.desk().acting(as: person?.id ?? -1, now: now) }

    /// Today in China.
    var today: CivilDay { CivilDay(instant: now) }

    /// A phrase in the person's language.
    func t(_ phrase: Phrase, _ values: String...) -> String { phrase.text(in: language, values) }

    /// A field of the form, without blanks around it; nil when empty.
    func field(_ name: String) -> String? {
        guard let value = form.first(where: { $0.name == name })?.value else { return nil }
        let trimmed = value.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// A number in the form.
    func number(_ name: String) -> Int? { field(name).flatMap { Int($0) } }

    /// All values of a field.
    func fields(_ name: String) -> [String] { form.filter { $0.name == name }.map(\.value) }

    /// A number in the address.
    func idInPath() throws -> Int {
        guard let text = captures.first, let id = Int(text), id > 0 else { throw WebProblem(404, .errorNotFound) }
        return id
    }

    /// Leaves a line for the next page.
    func leave(_ notice: Notice) {
        if let secret = session?.secret { app.notices.leave(notice, for: secret) }
    }

    /// True for the roles that see flags.
    var seesFlags: Bool { person.map { [.intake, .supervisor].contains($0.role) } ?? false }
    /// True for the roles that read cases.
    var readsCases: Bool {
        person.map { [.handler, .townshipDiscipline, .intake, .inspector, .supervisor].contains($0.role) } ?? false
    }
}
