internal import Messages

/// Cuts a list of JavaScript objects into pieces of JSON records, in bounded memory.
///
/// Exporters write such lists with names without quotes, texts in single quotes and a comma behind the last one. An object
/// that breaks off costs itself: exporters write one a line, so reading goes on at the next line that begins with a brace.
final class ScriptSplitter {
    private let window: ByteWindow
    private let options: ExportOptions
    private var number = 0
    private var hasEnded = false
    private let output = ScriptBuffer()
    /// The text of the broken object that is being left behind, as far as a person could mend it.
    private var breaking: [UInt8] = []

    init(_ window: ByteWindow, options: ExportOptions) {
        self.window = window
        self.options = options
    }

    /// The next piece, nil at the end of the list.
    func next() throws(ExportError) -> RecordPiece? {
        output.removeAll()
        var elements: [(start: Int32, number: Int32)] = []
        var rejects: [(reason: Reject.Reason, line: Int, number: Int?)] = []
        var broken: [(line: Int, bytes: [UInt8])] = []
        while !hasEnded, output.count < options.chunkBytes, rejects.count < 4096 {
            let at = window.bytes.withUnsafeBufferPointer { Self.separatorsEnd(in: $0, from: window.start) }
            window.start = at
            guard at < window.bytes.count else {
                if try !window.fill() { end(&rejects) }
                continue
            }
            if window.bytes[at] == 0x5D {
                hasEnded = true
                break
            }
            let start = output.count
            switch try take() {
            case .done:
                number += 1
                elements.append((Int32(start), Int32(truncatingIfNeeded: number)))
            case .broken:
                number += 1
                output.drop(from: start)
                rejects.append((.notJSON, number, nil))
                if try !recover() { hasEnded = true }
                broken.append((number, breaking))
            case .tooLong:
                number += 1
                output.drop(from: start)
                rejects.append((.tooLong, number, nil))
                if try !recover() { hasEnded = true }
            case .ended:
                output.drop(from: start)
                leave(upTo: window.bytes.count)
                broken.append((number + 1, breaking))
                end(&rejects)
            }
            breaking = []
        }
        guard !elements.isEmpty || !rejects.isEmpty else { return nil }
        return RecordPiece(bytes: output.bytes, layout: .elements(elements), rejects: rejects, broken: broken)
    }

    private func leave(upTo end: Int) {
        let room = max(0, MendingFile.longestRecord + 1 - breaking.count)
        breaking += window.bytes[window.start..<end].prefix(room)
        window.start = end
    }

    private func end(_ rejects: inout [(reason: Reject.Reason, line: Int, number: Int?)]) {
        hasEnded = true
        window.start = window.bytes.count
        rejects.append((.endsEarly, number + 1, window.fileOffset))
    }

    private enum Taking { case done, broken, tooLong, ended }

    /// Turns the object at the window's start into JSON, reading on as far as it goes.
    private func take() throws(ExportError) -> Taking {
        let start = output.count
        while true {
            let isLast = window.isAtEnd
            let outcome = window.bytes.withUnsafeBufferPointer { view in
                Self.copy(view, from: window.start, isLast: isLast, onto: output)
                    ?? ScriptValue.convert(view, from: window.start, onto: output)
            }
            switch outcome {
            case .done(let end):
                // The next record is looked for from the beginning of one that is too long, however far was read.
                let isTooLong = end - window.start > options.longestRecord
                window.start = isTooLong ? window.start + 1 : end
                return isTooLong ? .tooLong : .done
            case .broken(let end):
                let isTooLong = end - window.start > options.longestRecord
                if isTooLong { window.start += 1 } else { leave(upTo: end) }
                return isTooLong ? .tooLong : .broken
            case .more:
                output.drop(from: start)
                let length = window.bytes.count - window.start
                if length > options.longestRecord {
                    window.start += 1
                    return .tooLong
                }
                // Twice as much, so that little is looked at again; never far over the limit.
                guard try window.fill(atLeast: min(length, options.longestRecord - length + 1)) else { return .ended }
            }
        }
    }

    /// An object that is JSON as it stands; nil where it isn't.
    private static func copy(
        _ view: ByteView, from start: Int, isLast: Bool, onto output: ScriptBuffer
    ) -> ScriptValue.Outcome? {
        let next = JSONScan.skipSpace(in: view, from: start + 1)
        guard view[start] == 0x7B, next < view.count, view[next] == 0x22 else { return nil }
        var scanner = ValueScanner()
        switch scanner.scan(view, from: start, isLast: isLast) {
        case .done(let end):
            output.makeRoom(end - start)
            output.append(view.part(start..<end))
            return .done(end)
        case .more: return .more
        case .broken: return nil
        }
    }

    /// Looks for the next line that begins with a brace, or with the list's end.
    private func recover() throws(ExportError) -> Bool {
        var isLineStart = false
        while true {
            let found = window.bytes.withUnsafeBufferPointer { view -> Int? in
                var at = window.start
                while at < view.count {
                    if !isLineStart { at = JSONScan.lineFeed(in: view, from: at) }
                    guard at < view.count else { break }
                    isLineStart = true
                    at = JSONScan.skipSpace(in: view, from: at)
                    guard at < view.count else { break }
                    if view[at] == 0x7B || view[at] == 0x5D { return at }
                    isLineStart = false
                }
                return nil
            }
            leave(upTo: found ?? window.bytes.count)
            if found != nil { return true }
            guard try window.fill() else { return false }
        }
    }

    private static func separatorsEnd(in view: ByteView, from start: Int) -> Int {
        var at = start
        while at < view.count, view[at] <= 0x20 || view[at] == 0x2C { at += 1 }
        return at
    }
}

/// One value of JavaScript as JSON.
enum ScriptValue {
    enum Outcome {
        /// It ends before this offset.
        case done(Int)
        /// It goes on behind the view.
        case more
        /// It is none; noticed at this offset.
        case broken(Int)
    }

    /// Turns the object or list at an offset into JSON.
    static func convert(_ view: ByteView, from start: Int, onto output: ScriptBuffer) -> Outcome {
        // A name of one letter gets two quotes; nothing grows by more.
        output.makeRoom(3 * (view.count - start))
        var at = start
        var depth = 0
        while at < view.count {
            let byte = view[at]
            switch byte {
            case 0x7B, 0x5B:
                depth += 1
                output.append(byte)
                at += 1
            case 0x7D, 0x5D:
                depth -= 1
                output.append(byte)
                at += 1
                if depth <= 0 { return depth == 0 ? .done(at) : .broken(at) }
            case 0x22, 0x27, 0x60:
                switch string(view, from: at, onto: output) {
                case .done(let end): at = end
                case let other: return other
                }
            case 0x2F:
                switch comment(view, at) {
                case .done(let end): at = end
                case let other: return other
                }
            case 0...0x20, 0x2C, 0x3A:
                if byte > 0x20 { output.append(byte) }
                at += 1
            default:
                guard depth > 0, isWord(byte) else { return .broken(at) }
                let end = wordEnd(view, at)
                if end == view.count { return .more }
                word(view.part(at..<end), onto: output)
                at = end
            }
        }
        return .more
    }

    /// A text in single, double or slanted quotes; a line end in it breaks the first two.
    private static func string(_ view: ByteView, from start: Int, onto output: ScriptBuffer) -> Outcome {
        let quote = view[start]
        output.append(0x22)
        var at = start + 1
        while true {
            let next = JSONScan.scriptMark(quote, in: view, from: at)
            if next > at { output.append(view.part(at..<next)) }
            guard next < view.count else { return .more }
            at = next + 1
            switch view[next] {
            case quote:
                output.append(0x22)
                return .done(at)
            case 0x22:
                output.append(0x5C)
                output.append(0x22)
            case 0x0A, 0x0D:
                if quote != 0x60 { return .broken(next) }
                output.append(0x5C)
                output.append(0x6E)
            case 0x5C:
                guard at < view.count, let end = escape(view, at, onto: output) else { return .more }
                at = end
            default: output.append(view[next])
            }
        }
    }

    /// What stands behind a backslash, as JSON; nil where it is cut.
    private static func escape(_ view: ByteView, _ at: Int, onto output: ScriptBuffer) -> Int? {
        switch view[at] {
        case 0x6E, 0x74, 0x72, 0x62, 0x66, 0x22, 0x5C, 0x2F, 0x75:
            guard view[at] != 0x75 || at + 1 < view.count else { return nil }
            if view[at] == 0x75, view[at + 1] == 0x7B { return codePoint(view, at, onto: output) }
            output.append(0x5C)
            output.append(view[at])
            return at + 1
        case 0x78:
            guard at + 2 < view.count else { return nil }
            output.append("\\u00")
            output.append(view.part((at + 1)..<(at + 3)))
            return at + 3
        case 0x0A: return at + 1
        case 0x0D: return at + 1 < view.count ? (view[at + 1] == 0x0A ? at + 2 : at + 1) : nil
        case 0x30, 0x76: return at + 1
        default:
            // A backslash before any other character means that character.
            output.append(view[at])
            return at + 1
        }
    }

    /// `u{1F600}`.
    private static func codePoint(_ view: ByteView, _ at: Int, onto output: ScriptBuffer) -> Int? {
        guard let close = view.part(at..<min(view.count, at + 12)).find("}") else {
            return at + 12 < view.count ? at + 1 : nil
        }
        let digits = String(decoding: view[(at + 2)..<(at + close)], as: UTF8.self)
        if let value = UInt32(digits, radix: 16), value >= 0x20, Unicode.Scalar(value) != nil, value != 0x22,
            value != 0x5C
        {
            output.append(scalar: value)
        }
        return at + close + 1
    }

    /// `// …` up to the line's end, `/* … */`.
    private static func comment(_ view: ByteView, _ at: Int) -> Outcome {
        guard at + 1 < view.count else { return .more }
        switch view[at + 1] {
        case 0x2F:
            let end = JSONScan.lineFeed(in: view, from: at)
            return end < view.count ? .done(end) : .more
        case 0x2A: return view.find("*/", from: at + 2).map { .done($0 + 2) } ?? .more
        default: return .broken(at)
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x2D, 0x2B, 0x2E, 0x80...: true
        default: false
        }
    }

    private static func wordEnd(_ view: ByteView, _ start: Int) -> Int {
        var at = start
        while at < view.count, isWord(view[at]) { at += 1 }
        return at
    }

    /// A number or a word of the language stays; a name is put into quotes.
    private static func word(_ word: ByteView, onto output: ScriptBuffer) {
        let first = word[0]
        if first &- 0x30 < 10 || first == 0x2D || word.equals("true") || word.equals("false") || word.equals("null") {
            output.append(word)
        } else if word.equals("undefined") || word.equals("NaN") {
            output.append("null")
        } else {
            output.append(0x22)
            output.append(word)
            output.append(0x22)
        }
    }
}
