internal import Messages

/// Whole records of a JSON export as they stand in the file: the unit of parallel work.
struct RecordPiece: Sendable {
    enum Layout: Sendable {
        /// Where each element begins, and its number within the file.
        case elements([(start: Int32, number: Int32)])
        /// The same of the elements of several groups; each group with the first of its elements.
        case grouped([(start: Int32, number: Int32)], [(first: Int, group: GroupIdentity)])
        /// One record a line; `cutAt` is the file's size when the last line has no line end.
        case lines(first: Int, cutAt: Int?)
    }

    var bytes: [UInt8] = []
    var layout: Layout
    /// What could not be cut out as a record.
    var rejects: [(reason: Reject.Reason, line: Int, number: Int?)] = []
    /// The text of broken elements, as far as a person could mend it; one comes with the piece after its reject.
    var broken: [(line: Int, bytes: [UInt8])] = []
}
