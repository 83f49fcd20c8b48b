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
                guard (1...200).contains(value.unicodeScalars.count) else { throw DeskError(.badField(name)) }
            }
            var found = try select(export.query, for: person, in: act)
            if export.form == .open311 { found.removeAll { $0.track == .misconduct } }
            let bytes =
                switch export.form {
                case .csv: try table(found, in: act)
                case .open311: Open311.requests(found, units: try act.units())
                }
            let digest = CaseStore.hex(Array(SHA256.hash(data: bytes)))
            let columns = export.form == .csv ? Self.exportColumns : Open311.fields
            let seq = try act.log("export", "none", 0, "form=\(export.form.rawValue);rows=\(found.count)")
            try act.session.execute(
                """
                INSERT INTO export_log (id, exported_by, exported_on, recipient, purpose, form, columns, row_count, sha256,
                  audit_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                [
                    .int(try act.nextID("export_log")), .int(person.id), .int(today.number), .text(export.recipient),
                    .text(export.purpose), .text(export.form.rawValue), .text(columns.joined(separator: ",")),
                    .int(found.count), .text(digest), .int(seq),
                ])
            return bytes
        }
    }

    private func table(_ cases: [CaseSummary], in act: Act) throws -> [UInt8] {
        // The mark tells spreadsheets that it is UTF-8.
        var text = "\u{FEFF}" + SafeCell.line(Self.exportColumns)
        for one in cases {
            text += SafeCell.line([
                one.number, one.track.letter, one.topic.rawValue, one.severity.rawValue, one.area, one.source.rawValue,
                one.state.rawValue, one.unit.map(String.init) ?? "", one.receivedOn.description,
                one.dueOn?.description ?? "", one.supervision.slug, String(one.recurrence),
                try act.texts([.summary], of: one.id).last?.words ?? "",
            ])
        }
        return Array(text.utf8)
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
