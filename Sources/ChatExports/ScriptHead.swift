/// What is known of a web page or script that holds its messages as a list of JavaScript objects.
struct ScriptHead {
    /// The variable that holds the list.
    var variable: String
    /// What the page is called.
    var title: String
    /// The chat's id, where the page shows it.
    var chatID: String

    /// The variables that exporters put their messages into.
    static let variables: [StaticString] = ["chatMessages", "messagesData", "local_msg_list"]

    /// How much of a page is looked at for its title.
    private static let titled = 1 << 20

    /// Goes to the first list under one of the names and stands behind its bracket; nil where there is none.
    static func enter(_ window: ByteWindow) throws(ExportError) -> ScriptHead? {
        var before: [UInt8] = []
        while true {
            let found = window.bytes.withUnsafeBufferPointer { list(in: $0, from: window.start) }
            if before.count < titled { before += window.bytes[window.start..<(found?.end ?? window.bytes.count)] }
            if let found {
                window.start = found.end
                return before.withUnsafeBufferPointer { ScriptHead(variable: found.name, $0) }
            }
            // The name may stand on the edge.
            let kept = min(window.bytes.count - window.start, 128)
            if before.count < titled { before.removeLast(kept) }
            window.start = window.bytes.count - kept
            guard try window.fill() else { return nil }
        }
    }

    private init(variable: String, _ page: ByteView) {
        self.variable = variable
        title = Self.text(after: "<title>", until: "<", in: page)
        chatID = ""
        if let label = page.find("微信ID"), let value = page.find("info-value\">", from: label) {
            chatID = Self.text(after: "info-value\">", until: "<", in: page.part(value..<page.count))
        }
    }

    private static func text(after tag: StaticString, until end: StaticString, in page: ByteView) -> String {
        guard let start = page.find(tag) else { return "" }
        let from = start + tag.utf8CodeUnitCount
        let inner = page.part(from..<(page.find(end, from: from) ?? from))
        return String(decoding: WeChatXML.decoded(inner.part(inner.trimmed(0..<inner.count))), as: UTF8.self)
    }

    /// `name = [` in a view, and where it ends.
    private static func list(in view: ByteView, from start: Int) -> (name: String, end: Int)? {
        var best: (name: String, start: Int, end: Int)?
        for name in variables {
            var at = start
            while let found = view.find(name, from: at) {
                at = found + name.utf8CodeUnitCount
                if let best, best.start < found { break }
                var end = JSONScan.skipSpace(in: view, from: at)
                guard end < view.count, view[end] == 0x3D else { continue }
                end = JSONScan.skipSpace(in: view, from: end + 1)
                guard end < view.count, view[end] == 0x5B else { continue }
                best = ("\(name)", found, end + 1)
                break
            }
        }
        return best.map { ($0.name, $0.end) }
    }
}
