/// How the rows under a seal are written, oldest first: a store of an older program is read in its own form once, and sealed
/// anew.
package enum SealForm: Int, Comparable, Sendable {
    /// Before the step `members` of the schema: of words and keys only whether they were there.
    case narrow
    /// Before the step `storage`: every value as text, with `|` between them.
    case joined
    /// Every value with how it is stored, and its length.
    case stored

    /// What stands before everything else, so that bytes of two forms are never the same.
    static let mark: UInt8 = 2

    package static func < (left: SealForm, right: SealForm) -> Bool { left.rawValue < right.rawValue }
}
