internal import Messages

/// How well a file's first lines fit a text layout.
struct TextScore {
    /// The lines that begin a message.
    private(set) var headers = 0
    /// Those of them that words belong to.
    private(set) var withWords = 0
    /// The lines before the first header that nothing explains.
    private(set) var strays = 0

    init(_ lines: [[UInt8]], _ grammar: some TextGrammar) {
        var grammar = grammar
        var isApart = true
        var hasHeader = false
        for line in lines {
            line.withUnsafeBufferPointer { view in
                if TextLine.isBlank(view) {
                    isApart = true
                    return
                }
                defer { isApart = false }
                if grammar.notice(view, isApart: isApart) != nil || DayBar(view) != nil { return }
                if let header = grammar.header(view) {
                    headers += 1
                    if header.words != nil { withWords += 1 }
                    hasHeader = header.words == nil
                } else if headers == 0 {
                    if !TextTitle.isPart(view) { strays += 1 }
                } else if hasHeader {
                    withWords += 1
                    hasHeader = false
                }
            }
        }
    }

    /// True when the lines may be of this layout: a letter with one date in it is not.
    var isPlausible: Bool { headers > 0 && strays <= max(3, headers) && withWords > 0 && withWords * 4 >= headers }
}

/// A text layout that a file may be of.
struct TextRival {
    let slug: String
    let score: TextScore
    /// How much one line says: quotes, numbers and titles stand in no other layout's headers.
    let weight: Int

    var rank: Int { score.headers * weight }
}

/// The scores of a file's first lines, found once for all formats that ask.
final class TextScores {
    private var found: [TextRival]?

    func all(_ lines: [[UInt8]]) -> [TextRival] {
        if let found { return found }
        let scores = TextRivals.scores(lines)
        found = scores
        return scores
    }
}

/// The text layouts that look alike, so that each asks how well the others fit.
enum TextRivals {
    /// The scores of all layouts, the more telling ones first.
    static func scores(_ lines: [[UInt8]]) -> [TextRival] {
        var rivals: [TextRival] = []
        func add(_ slug: String, of other: [[UInt8]]? = nil, _ grammar: some TextGrammar, weight: Int = 1) {
            rivals.append(TextRival(slug: slug, score: TextScore(other ?? lines, grammar), weight: weight))
        }
        add(WeFlowText.slug, WeFlowTextGrammar(), weight: 3)
        add(QQText.slug, QQGrammar(), weight: 3)
        add(WeLinkText.slug, WeLinkGrammar(), weight: 3)
        if WxCliText.title(lines) != nil { add(WxCliText.slug, WxCliGrammar(), weight: 3) }
        add(WechatExporterText.slug, WechatExporterGrammar(), weight: 3)
        add(WeChatDataAnalysisText.slug, DataAnalysisGrammar(), weight: 2)
        add(DingTalkText.slug, DingTalkTextGrammar())
        add(ChatlogText.slug, ChatlogGrammar(day: nil), weight: 2)
        let layout = PastedLayout(lines)
        let memoTrace = TextScore(lines, MemoTraceGrammar(isEscaped: false))
        // Lines that hold the words, too, begin alike.
        if !layout.isOverTime, !layout.holdsWords || memoTrace.withWords * 2 >= memoTrace.headers {
            rivals.append(TextRival(slug: MemoTraceText.slug, score: memoTrace, weight: 1))
        }
        if layout.isOverTime {
            add(PastedText.slug, of: NameOverTime.joined(lines), OverTimeGrammar())
        } else if layout.count > 0, layout.isCertain {
            add(PastedText.slug, PastedGrammar(layout, day: nil))
        }
        return rivals
    }

    /// What speaks for a layout, and which other one speaks louder.
    static func recognition(of slug: String, like shape: String, in head: ExportHead) -> Recognition {
        guard let text = head.text else { return Recognition(missing: ["text"]) }
        let rivals = text.scores.all(text.lines)
        var recognition = Recognition()
        let own = rivals.first { $0.slug == slug }
        guard let own, own.score.isPlausible else {
            if let own, own.score.headers > 0 { recognition.found.append("\(own.score.headers) lines like \(shape)") }
            recognition.missing.append("lines like \(shape)")
            return recognition
        }
        recognition.found.append("\(own.score.headers) of the first \(text.lines.count) lines like \(shape)")
        // Ties go to the layout that is asked first.
        var best = own
        var isBefore = true
        for rival in rivals where rival.score.isPlausible {
            if rival.slug == slug {
                isBefore = false
            } else if rival.rank > best.rank || isBefore && rival.rank == best.rank {
                best = rival
            }
        }
        if best.slug != slug {
            recognition.missing.append("more such lines than \(best.slug) has (\(best.score.headers))")
        }
        return recognition
    }
}

extension TextHead {
    /// The reading of a text whose messages have headers.
    func reading(_ grammar: some TextGrammar, group: GroupIdentity) -> FormatReading {
        let reader = HeadedReader(grammar, spacing: spacing(of: grammar), bars: DayBars(lines, grammar))
        return TextTitle(lines).named(FormatReading(group: group, source: .lines(DirectReader(reader))))
    }

    func spacing(of grammar: some TextGrammar) -> TextSpacing {
        var spacing = TextSpacing(
            lines,
            isHeader: { line in
                var grammar = grammar
                return grammar.header(line) != nil
            },
            isNotice: { line in
                var grammar = grammar
                return grammar.notice(line, isApart: true) != nil || DayBar(line) != nil
            })
        if grammar.wordsFollowAtOnce { spacing.hasBlankAfter = false }
        return spacing
    }
}
