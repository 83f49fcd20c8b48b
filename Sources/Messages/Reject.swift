/// Something in an export that could not be read as a message.
///
/// Data, not an error: the good lines beside it go on.
public struct Reject: Sendable, Hashable {
    /// Why.
    ///
    /// Closed, so that messages can be written in both languages and counted.
    public enum Reason: String, Sendable, CaseIterable {
        /// A line that is not valid JSON.
        case notJSON
        /// The file ends inside a record.
        case endsEarly
        /// A record without the fields that make it a message.
        case missingField
        /// A time that cannot be read, lies before the platform existed, or in the future.
        case badTime
        /// A line that stands outside any message (text formats).
        case strayLine
        /// A row with the wrong number of columns.
        case wrongColumns
        /// Longer than the limit for one record.
        case tooLong
        /// Bytes that are valid in no encoding that is known.
        case badEncoding
    }

    /// Why it could not be read.
    public var reason: Reason
    /// Where it stands.
    public var origin: Origin
    /// A number that goes with the reason (bytes for `endsEarly`, columns for `wrongColumns`), else nil.
    public var number: Int?

    /// Makes a reject.
    ///
    /// It never carries the line's text.
    public init(reason: Reason, origin: Origin, number: Int? = nil) {
        self.reason = reason
        self.origin = origin
        self.number = number
    }
}
