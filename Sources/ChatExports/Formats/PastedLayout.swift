internal import Messages

/// Which of the ways to write who and when a pasted text uses.
struct PastedLayout: Sendable, Equatable {
    enum Shape: CaseIterable {
        /// `[2026-03-02 08:14] [名] 正文`, also with `<名>`, and without brackets around the time.
        case timePair
        /// `2026-03-02 08:14`, the name and the words in columns: between tabs, strokes, or two blanks and more.
        case columns
        /// `名 2026-03-02 8:14`, `名 昨天 8:14`, `名 8:14`.
        case nameTime
        /// `名(2026-03-02 08:14:05)`.
        case nameBracket
        /// `[2026-03-02 08:14] 名: 正文`.
        case bracketName
        /// `2026-03-02 08:14 名：正文`.
        case timeWords
        /// `2026-03-02 08:14 名`, the words below.
        case timeName
        /// `名：`, the words below; no time at all.
        case nameColon
    }

    /// The shapes that this text uses.
    private(set) var shapes: Set<Shape> = []
    /// True when the text's heads name their day: then a bare clock at a line's end is no head.
    private(set) var hasDates = false
    /// The lines that begin a message.
    private(set) var count = 0

    /// True for a name, a line with nothing but the time below it, and the words below that.
    private(set) var isOverTime = false
    /// What stands between names and words, where all heads say it alike.
    private(set) var colon = PastedColon.first
    /// The heads without words that notices are not.
    private var dry = 0
    /// Those of them whose time stands in brackets.
    private var dryInBrackets = 0
    /// True where a title of a chat stands above the first message: then each such title begins another chat.
    private(set) var hasSections = false
    /// The heads by what they look like.
    private var counts: [Shape: Int] = [:]

    init(_ lines: [[UInt8]]) {
        var found = Self.count(lines, Shape.allCases)
        // Words may look like columns, too: nearly all lines must be built so.
        let others: [Shape] = [.bracketName, .timeWords, .timeName]
        for shape in [Shape.timePair, .columns] where found.counts[shape, default: 0] > 0 {
            let isOther = shape == .columns ? ColumnSign.isTable(lines) || !found.areColumns : !found.arePairs
            if isOther {
                found = Self.count(lines, found.asked.filter { $0 != shape })
            } else {
                for other in others { found.counts[other] = nil }
            }
        }
        // Lines of a name and a colon are too plain to be told by one or two of them.
        if found.counts[.nameColon, default: 0] < 2 || found.counts.count > 1 { found.counts[.nameColon] = nil }
        (counts, dry, dryInBrackets) = (found.counts, found.dry, found.dryInBrackets)
        hasSections = found.hasSections
        // A notice may have one time below its title.
        let times = NameOverTime.count(lines)
        let over = times > 1 ? times : 0
        guard let most = counts.values.max() else {
            (isOverTime, hasDates, count) = (over > 0, over > 0, over)
            return
        }
        if over > most {
            (isOverTime, hasDates, count) = (true, true, over)
            return
        }
        shapes = Set(counts.filter { $0.value * 3 >= most }.keys)
        count = shapes.reduce(0) { $0 + counts[$1, default: 0] }
        hasDates = shapes.reduce(0) { $0 + found.dated[$1, default: 0] } * 2 > count
        if shapes.contains(.bracketName) || shapes.contains(.timeWords) { colon = PastedColon(lines, shapes) }
    }

    /// The heads of a text, counted by shape.
    private struct Count {
        var asked: [Shape]
        var counts: [Shape: Int] = [:]
        var dated: [Shape: Int] = [:]
        /// The names in the second brackets, and what stands before a colon behind them.
        var names: [Substring: Int] = [:]
        var prefixes: [Substring: Int] = [:]
        /// Times with something behind them that is neither a name with words nor a notice.
        var dry = 0
        var dryInBrackets = 0
        var hasSections = false

        /// Of the heads with columns, and of the others, those with each sign behind the time.
        var columns: [ColumnSign.Kind: Int] = [:]
        var signs: [ColumnSign.Kind: Int] = [:]

        private func sum(_ shapes: [Shape]) -> Int { shapes.reduce(0) { $0 + counts[$1, default: 0] } }

        /// False where the second brackets hold ranks and names stand behind them: `[时间] [组长] 李四: 正文`.
        var arePairs: Bool {
            let own = counts[.timePair, default: 0]
            let ranks = prefixes.values.reduce(0, +) == own && prefixes.count > names.count && prefixes.count * 2 <= own
            return !ranks && own >= sum([.bracketName, .timeWords, .timeName]) * 4
        }

        /// False where words with a sign in them make columns out of a name with a colon.
        ///
        /// A tab stands in few words, and notices have no name; two blanks and strokes stand in many.
        var areColumns: Bool {
            guard let (kind, own) = columns.max(by: { $0.value < $1.value }) else { return false }
            let same = signs[kind, default: 0]
            let rest = sum([.bracketName, .timeWords, .timeName]) - same
            return own >= same * (kind == .tab ? 2 : 9) && own > rest
        }
    }

    /// What to describe to read a text whose names can't be told from words; nil for any other text.
    var suggestion: String? {
        guard dry >= 2, !isCertain || dry * 2 > count(of: .timeWords) + count(of: .bracketName) else { return nil }
        return dryInBrackets * 2 > dry
            ? "--map \"line=[{time}] {sender} {text}\"" : "--map \"line={date} {time} {sender} {text}\""
    }

    private func count(of shape: Shape) -> Int { counts[shape, default: 0] }

    private static func count(_ lines: [[UInt8]], _ asked: [Shape]) -> Count {
        var found = Count(asked: asked)
        var isApart = true
        // A time with something behind it, until a line below shows that it is a name.
        var isWaiting = false
        for line in lines {
            line.withUnsafeBufferPointer { view in
                let isBlank = TextLine.isBlank(view)
                defer { isApart = isBlank }
                guard !isBlank, DayBar(view) == nil else { return }
                for shape in asked {
                    guard let head = PastedHead(view, shape), shape != .nameColon || isApart else { continue }
                    found.counts[shape, default: 0] += 1
                    if let moment = head.moment, !moment.needsDay { found.dated[shape, default: 0] += 1 }
                    if shape == .timePair {
                        found.names[Substring(decoding: view[head.name], as: UTF8.self), default: 0] += 1
                        if let prefix = PastedHead.prefix(view, head) { found.prefixes[prefix, default: 0] += 1 }
                    }
                    if shape == .columns || shape == .timeWords || shape == .timeName,
                        let kind = PastedHead.timeOnly(view)?.sign?.kind
                    {
                        if shape == .columns {
                            found.columns[kind, default: 0] += 1
                        } else {
                            found.signs[kind, default: 0] += 1
                        }
                    }
                    if isWaiting { found.dry += 1 }
                    isWaiting = shape == .timeName && !SystemLine.isNotice(view)
                    return
                }
                if PastedHead.isNameless(view) {
                    found.dry += 1
                    found.dryInBrackets += 1
                }
                if found.counts.isEmpty, SectionTitle.name(view) != nil { found.hasSections = true }
                isWaiting = false
            }
        }
        if isWaiting { found.dry += 1 }
        return found
    }

    /// True where each head holds its words.
    var holdsWords: Bool { !shapes.isDisjoint(with: [.timeWords, .columns, .timePair]) }

    /// False where many heads have neither a colon nor words below: then names can't be told from words.
    var isCertain: Bool {
        if shapes.contains(.bracketName), dryInBrackets >= 2, dryInBrackets * 4 > count(of: .bracketName) {
            return false
        }
        // Between brackets such a line is somebody's without a name; without them it would stick to the words before it.
        let bare = dry - dryInBrackets
        return !(shapes.contains(.timeWords) && bare >= 2 && bare * 8 > count(of: .timeWords))
    }

    /// How a head looks, for `read --explain`.
    var example: String {
        if isOverTime { return "名, 2026-03-02 08:14 below it" }
        if shapes.contains(.timePair) { return "[2026-03-02 08:14] [名] 正文" }
        if shapes.contains(.columns) { return "2026-03-02 08:14⇥名⇥正文" }
        if shapes.contains(.bracketName) { return "[2026-03-02 08:14] 名: 正文" }
        if shapes.contains(.timeWords) { return "2026-03-02 08:14 名：正文" }
        if shapes.contains(.timeName) { return "2026-03-02 08:14 名" }
        if shapes.contains(.nameBracket) { return "名(2026-03-02 08:14:05)" }
        if shapes.contains(.nameColon) { return "名：" }
        return hasDates || shapes.isEmpty ? "名 2026-03-02 8:14" : "名 8:14"
    }
}
