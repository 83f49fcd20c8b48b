import Casework
import Crypto
import Foundation
import Messages

/// What leaves the store, for whom and what for.
public struct CaseExport: Sendable, Equatable {
    /// The forms.
    public enum Form: String, Sendable, CaseIterable {
        /// A table for a spreadsheet, UTF-8 with a byte order mark.
        case csv
        /// A workbook whose cells are texts.
        case xlsx
        /// Service requests as Open311 GeoReport v2 shapes them; complaints and suggestions only.
        case open311
    }

    /// The form.
    public var form: Form
    /// Who gets it.
    public var recipient: String
    /// What for.
    public var purpose: String
    /// Which cases.
    public var query: CaseQuery

    /// Describes an export.
    public init(form: Form, recipient: String, purpose: String, query: CaseQuery) {
        self.form = form
        self.recipient = recipient
        self.purpose = purpose
        self.query = query
    }
}

extension CaseDesk {
    /// The columns of the table: codes and days, and the summary in human words; no original words, no alias.
    static let exportColumns = [
        "number", "track", "topic", "severity", "area", "source", "state", "unit", "received", "due", "supervision",
        "recurrence", "summary",
    ]

    /// Makes a file of the cases that the person may read, and logs recipient, purpose, fields, rows and digest.
    ///
    /// What the wall hides is not in it, nor counted. The Open311 form has no words at all.
    public func export(_ export: CaseExport) throws -> [UInt8] {
        try run("export") { act in
            let person = try act.require([.intake, .supervisor])
            for (name, value) in [("recipient", export.recipient), ("purpose", export.purpose)] {
                try act.checkLine(value, name)
            }
            var found = try select(export.query, for: person, in: act)
            if export.form == .open311 { found.removeAll { $0.track == .misconduct } }
            // What leaves the store is what the log knows of.
            for one in found {
                try act.checkWhole(one.id)
                try act.checkLatest(one.id)
            }
            let bytes =
                switch export.form {
                case .csv: try csv(found, in: act)
                case .xlsx: try workbook(found, in: act)
                case .open311: Open311.requests(found, units: try act.units())
                }
            try act.logExport(
                export.form.rawValue, to: export.recipient, for: export.purpose,
                fields: export.form == .open311 ? Open311.fields : Self.exportColumns, rows: found.count, bytes)
            return bytes
        }
    }

    private func csv(_ cases: [CaseSummary], in act: Act) throws -> [UInt8] {
        // The mark tells spreadsheets that it is UTF-8.
        var text = "\u{FEFF}" + SafeCell.line(Self.exportColumns)
        for one in cases { text += SafeCell.line(try cells(one, in: act)) }
        return Array(text.utf8)
    }

    private func workbook(_ cases: [CaseSummary], in act: Act) throws -> [UInt8] {
        let rows = try cases.map { try cells($0, in: act) }
        guard let bytes = Workbook.file(sheet: "件", heading: Self.exportColumns, rows: rows) else {
            throw DeskError(.badField("limit"))
        }
        return bytes
    }

    private func cells(_ one: CaseSummary, in act: Act) throws -> [String] {
        [
            one.number, one.track.letter, one.topic.rawValue, one.severity.rawValue, one.area, one.source.rawValue,
            one.state.rawValue, one.unit.map(String.init) ?? "", one.receivedOn.description,
            one.dueOn?.description ?? "", one.supervision.slug, String(one.recurrence),
            try act.texts([.summary], of: one.id).last?.words ?? "",
        ]
    }

    /// The sheet for a visit or a hand-over, logged like an export.
    ///
    /// It has number, place, topic, terms and the summary in human words; no original words, no alias.
    ///
    /// A summary with twelve characters in a row of the original can't be in it: such a one was never stored.
    public func sheet(of number: String, recipient: String, purpose: String) throws -> CaseView {
        try run("print") { act in
            let person = try act.require(Self.readers)
            let (summary, events) = try act.load(number, for: person)
            for (name, value) in [("recipient", recipient), ("purpose", purpose)] { try act.checkLine(value, name) }
            var view = try act.view(summary, events, person)
            (view.original, view.alias, view.texts, view.offers) = ([], nil, [], [])
            try act.log("print", "case", summary.id)
            try act.logExport(
                "sheet", to: recipient, for: purpose, fields: ["number", "area", "topic", "clocks", "summary"], rows: 1,
                Array("\(number) \(view.words ?? "")".utf8))
            return view
        }
    }
}

extension CaseExport {
    /// The digest of what left the store, as the log has it: SHA-256 in hex digits.
    public static func digest(of bytes: [UInt8]) -> String { CaseStore.hex(Array(SHA256.hash(data: bytes))) }
}

extension CaseDesk.Act {
    /// Writes down what leaves the store: for whom, what for, which fields, how many rows, and the digest of the bytes.
    func logExport(
        _ form: String, to recipient: String, for purpose: String, fields: [String], rows: Int, _ bytes: [UInt8]
    ) throws {
        let seq = try log("export", "none", 0, "form=\(form);rows=\(rows)")
        try session.execute(
            """
            INSERT INTO export_log (id, exported_by, exported_on, recipient, purpose, form, columns, row_count, sha256,
              audit_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .int(try nextID("export_log")), .int(desk.actor), .int(desk.today.number), .text(recipient),
                .text(purpose), .text(form), .text(fields.joined(separator: ",")), .int(rows),
                .text(CaseExport.digest(of: bytes)), .int(seq),
            ])
    }
}

/// Service requests in the shape of Open311 GeoReport v2: no description, no address, no position, no media.
enum Open311 {
    static let fields = [
        "service_request_id", "status", "status_notes", "service_code", "agency_responsible", "requested_datetime",
        "expected_datetime", "jurisdiction_id",
    ]

    static func requests(_ cases: [CaseSummary], units: [Int: OrgUnit]) -> [UInt8] {
        let lines = cases.map { one -> String in
            // Days stand as midnight in China: a day is the finest that is known.
            func stamp(_ day: CivilDay?) -> String { day.map { "\"\($0)T00:00:00+08:00\"" } ?? "null" }
            let agency = one.unit.flatMap { units[$0]?.name }.map(quoted) ?? "null"
            return "{\"agency_responsible\":\(agency),\"expected_datetime\":\(stamp(one.dueOn)),"
                + "\"jurisdiction_id\":\"\(one.area.prefix(9))000\",\"requested_datetime\":\(stamp(one.receivedOn)),"
                + "\"service_code\":\"\(one.topic.rawValue)\",\"service_request_id\":\"\(one.number)\","
                + "\"status\":\"\(one.state.isOpen ? "open" : "closed")\",\"status_notes\":\"\(one.state.rawValue)\"}"
        }
        return Array(("[" + lines.joined(separator: ",\n") + "]\n").utf8)
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": return "\\" + String(scalar)
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: return String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
