internal import CScan

/// Whether bytes are valid UTF-8.
enum UTF8Check {
    /// True when all of a view is valid.
    static func isValid(_ view: ByteView) -> Bool {
        view.baseAddress.map { cscan_is_utf8($0, view.count) } ?? true
    }
}
