/// A text with its expected hits marked in it: `我的⟦低保金⟧被⟦截留⟧了`.
///
/// Nobody counts offsets.
struct Marked {
    /// The text without marks.
    let text: String
    /// The marked stretches, half-open UTF-8 byte offsets into `text`, in order.
    let spans: [Range<Int>]

    init(_ marked: String) {
        var text = ""
        var spans: [Range<Int>] = []
        var start = 0
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "⟦": start = text.utf8.count
            case "⟧": spans.append(start..<text.utf8.count)
            default: text.unicodeScalars.append(scalar)
            }
        }
        self.text = text
        self.spans = spans
    }
}
