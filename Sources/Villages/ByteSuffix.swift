/// Ends of names, compared by bytes: comparing characters goes through Unicode's rules for clusters, which for a nation's list
/// costs more than all else.
extension String {
    /// Whether the bytes end in those of another string.
    func endsInBytes(of suffix: String) -> Bool {
        let (own, other) = (utf8, suffix.utf8)
        return own.count >= other.count && own.suffix(other.count).elementsEqual(other)
    }

    /// Whether there is something before such an end.
    func hasEnding(_ suffix: String) -> Bool { utf8.count > suffix.utf8.count && endsInBytes(of: suffix) }

    /// What stands before an end that was found by ``hasEnding(_:)``.
    func without(_ suffix: String) -> String {
        String(decoding: utf8.prefix(utf8.count - suffix.utf8.count), as: UTF8.self)
    }

    /// The number of Unicode scalars: that of the characters of a Chinese name.
    var scalarCount: Int { unicodeScalars.count }
}
