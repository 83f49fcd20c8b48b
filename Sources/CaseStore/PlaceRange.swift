/// The codes of a place and of all below it.
///
/// A code ends in zeros where its level ends: everything below begins with the same digits.
struct PlaceRange {
    let first: String
    let last: String

    /// The range of a 12-digit code.
    init(of code: String) {
        let digits = [2, 4, 6, 9].first { code.dropFirst($0).allSatisfy { $0 == "0" } } ?? 12
        first = String(code.prefix(digits))
        last = first + String(repeating: "9", count: max(0, 12 - first.count))
    }
}
