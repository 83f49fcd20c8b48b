/// A string as a key that is compared by its bytes.
///
/// Swift's own hashing and comparison of strings goes through Unicode normalisation, which for Chinese costs more than all
/// else in a lexicon's load; the words of a lexicon are compared after folding anyway.
package struct ByteKey: Hashable, Sendable {
    /// The string.
    package let text: String

    /// Wraps a string.
    package init(_ text: String) { self.text = text }

    /// Equal bytes.
    package static func == (left: ByteKey, right: ByteKey) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isDone == nil { for byte in text.utf8 { hasher.combine(byte) } }
    }
}
