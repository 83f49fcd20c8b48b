/// What is known of a web page or script that holds its messages as a list of JavaScript objects.
struct ScriptHead {
    /// The variable that holds the list.
    var variable: String
    /// What the page is called.
    var title: String
    /// The chat's id, where the page shows it.
    var chatID: String

    /// True where the page says that it is the talk of two people.
    var isPrivate = false

    /// The variables that exporters put their messages into.
    static let variables: [StaticString] = [
        "chatMessages", "messagesData", "local_msg_list", "WEFLOW_DATA", "__WEFLOW_CHUNK_LOADED__",
    ]

    /// How much of a page is looked at for its title.
    private static let titled = 1 << 20
    private static let longestName = 24

    /// Goes to the first list under one of the names and stands behind its bracket; nil where there is none.
    static func enter(_ window: ByteWindow) throws(ExportError) -> ScriptHead? {
        var before: [UInt8] = []
        while true {
            let found = window.bytes.withUnsafeBufferPointer {
                list(in: $0, from: window.start, isLast: window.isAtEnd)
            }
            // A name may stand on the edge.
            let edge = max(window.start, window.bytes.count - longestName)
            let used = found?.start ?? edge
            if before.count < titled { before += window.bytes[window.start..<used].prefix(titled - before.count) }
            window.start = used
            if let found, let end = found.end {
                window.start = end
                return before.withUnsafeBufferPointer { ScriptHead(variable: found.name, $0) }
            }
            guard try window.fill() else { return nil }
        }
    }

    /// A page of its own that says the same of itself, up to the bracket of its list.
    var opening: String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\n", with: " ")
        }
        let id = chatID.isEmpty ? "" : "<b>微信ID</b><b class=\"info-value\">" + escaped(chatID) + "</b>"
        let kind = isPrivate ? "<span>私聊</span>" : ""
        return "<title>" + escaped(title) + "</title>" + id + kind + "<script>const \(variable) = ["
    }

    private init(variable: String, _ page: ByteView) {
        self.variable = variable
        title = Self.text(after: "<title>", until: "<", in: page)
        chatID = ""
        isPrivate = page.find("<span>私聊</span>") != nil
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

    /// The first `name = [` in a view, and where it ends; nil as its end where more must be read to know.
    private static func list(in view: ByteView, from start: Int, isLast: Bool) -> (name: String, start: Int, end: Int?)?
    {
        var best: (name: String, start: Int, end: Int?)?
        for name in variables {
            var at = start
            while let found = view.find(name, from: at) {
                at = found + name.utf8CodeUnitCount
                if let best, best.start < found { break }
                var end = JSONScan.skipSpace(in: view, from: at)
                if end < view.count, view[end] == 0x28 {
                    // A call with a number before the list.
                    end += 1
                    while end < view.count, view[end] &- 0x30 < 10 || view[end] == 0x2C || view[end] <= 0x20 {
                        end += 1
                    }
                } else if end < view.count, view[end] == 0x3D {
                    end = JSONScan.skipSpace(in: view, from: end + 1)
                } else if end < view.count {
                    continue
                }
                guard end - found < 4096, end < view.count ? view[end] == 0x5B : !isLast else { continue }
                best = ("\(name)", found, end < view.count ? end + 1 : nil)
                break
            }
        }
        return best
    }
}
