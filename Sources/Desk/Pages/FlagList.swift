import CaseStore
import Casework
import Lexicons
import Messages

/// The flags of a queue as a person sees them.
struct FlagList {
    /// The rows of the page.
    var rows: [QueuedFlag] { page.rows }
    /// The place of the last row; nil when there are none behind it.
    var next: String? { page.next?.text }
    /// What was read.
    let page: FlagPage

    /// The rows from `offset` on; what somebody has just dismissed and could take back is left out.
    init(_ filter: QueueFilter, limit: Int, offset: Int, since mark: StoreMark? = nil, _ call: Call) throws {
        let pages = call.app.pages
        page = try call.desk().flagPage(
            filter.flags(limit: limit, offset: offset, today: call.today), without: call.app.dismissals.flags,
            by: pages.kept, since: mark ?? pages.freshen(call.app.store))
    }
}

extension Call {
    /// A masked text with what carried the verdict marked.
    ///
    /// With a `limit` in characters, a stretch around the first hit.
    func marked(_ content: FlagRecord.Content, limit: Int? = nil) -> Markup {
        marked(content.text, content.hits, limit: limit)
    }

    /// The same for a text that is no flag.
    func marked(_ text: String, _ hits: [Hit], limit: Int? = nil) -> Markup {
        let bytes = Array(text.utf8)
        var spans: [(range: Range<Int>, rules: [String])] = []
        for hit in hits.sorted(by: {
            ($0.span.lowerBound, $0.span.upperBound) < ($1.span.lowerBound, $1.span.upperBound)
        }) {
            let span = max(0, hit.span.lowerBound)..<min(bytes.count, max(0, hit.span.upperBound))
            guard !span.isEmpty else { continue }
            if let last = spans.last, span.lowerBound < last.range.upperBound {
                spans[spans.count - 1].range = last.range.lowerBound..<max(last.range.upperBound, span.upperBound)
                spans[spans.count - 1].rules.append(hit.rule)
            } else {
                spans.append((span, [hit.rule]))
            }
        }
        let window = Self.window(in: bytes, around: spans.first?.range.lowerBound ?? 0, characters: limit)
        var html: Markup = window.lowerBound > 0 ? "…" : ""
        var position = window.lowerBound
        func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        for (span, rules) in spans {
            let span = span.clamped(to: window)
            guard !span.isEmpty, span.lowerBound >= position else { continue }
            let title = Set(rules).sorted().joined(separator: ", ")
            html += "\(part(position..<span.lowerBound))<mark title=\"\(title)\">\(part(span))</mark>"
            position = span.upperBound
        }
        html += "\(part(position..<window.upperBound))"
        if window.upperBound < bytes.count { html += "…" }
        return html
    }

    /// A stretch of whole characters around a byte.
    private static func window(in bytes: [UInt8], around center: Int, characters: Int?) -> Range<Int> {
        guard let characters, bytes.count > characters * 3 else { return 0..<bytes.count }
        var start = max(0, min(center - characters, bytes.count - characters * 3))
        while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        var end = min(bytes.count, start + characters * 3)
        while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return start..<end
    }

    // MARK: - Small parts that rows share

    /// The name of a topic.
    func name(_ topic: Topic) -> String { app.taxonomy.name(of: topic, in: language) }

    /// The name of a track.
    func name(_ track: Track) -> String { app.taxonomy.name(of: track, in: language) }

    /// The name of a severity.
    func name(_ severity: Severity) -> String {
        switch severity {
        case .high: t(.severityHigh)
        case .medium: t(.severityMedium)
        case .low: t(.severityLow)
        }
    }

    /// Track, topic and severity as badges.
    func badges(_ track: Track, _ topic: Topic, _ severity: Severity) -> Markup {
        """
        <span class="badge track-\(track.letter)">\(track.letter) \(name(track))</span> \
        <span class="badge">\(name(topic))</span> \
        <span class="badge severity-\(severity.rawValue)">\(name(severity))</span>
        """
    }

    /// The select of topics, by track.
    func topicOptions(selected: Topic?, tracks: [Track] = [.grievance, .misconduct, .suggestion]) -> Markup {
        var html = Markup()
        for track in tracks {
            var options = Markup()
            for topic in Topic.allCases where topic.track == track {
                let mark: Markup = topic == selected ? " selected" : ""
                options += "<option value=\"\(topic.rawValue)\"\(mark)>\(name(topic))</option>"
            }
            html += "<optgroup label=\"\(name(track))\" data-track=\"\(track.rawValue)\">\(options)</optgroup>"
        }
        return html
    }

    /// An option of a select.
    func option(_ value: String, _ name: String, selected: Bool) -> Markup {
        let mark: Markup = selected ? " selected" : ""
        return "<option value=\"\(value)\"\(mark)>\(name)</option>"
    }
}
