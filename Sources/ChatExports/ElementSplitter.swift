internal import CScan
internal import Messages

/// Cuts the array that is open (or a sequence of objects) into pieces of whole elements, in bounded memory.
///
/// A broken element costs itself: reading goes on at the next place that looks like the beginning of a record.
final class ElementSplitter {
    /// A cut record shorter than this costs less to scan again than to remember.
    private static let rescanned = 1 << 15

    private static let lookahead = 256

    /// So many objects are looked for at once.
    private static let run = 4096

    private let window: ByteWindow
    private let options: ExportOptions
    /// True for objects one after another without an array around them.
    let isSequence: Bool
    /// True for an array in an object that others like it follow.
    private let isNested: Bool
    private var number = 0
    /// The elements that were counted, the broken ones too.
    var count: Int { number }
    /// How records of this file begin, from the brace to the end of the first key.
    private var signature: [UInt8] = []
    /// Where records are texts instead of objects: the first byte of the first of them.
    private var opening: UInt8?
    private var isRecovering = false
    /// While a broken element is left behind: the last byte of it that is no white space.
    private var lastLeft: UInt8 = 0
    private var hasRecovered = false
    private(set) var hasEnded = false
    /// True when the file ended before the array did.
    private(set) var endedEarly = false
    private var elements: [(start: Int32, number: Int32)] = []
    private var rejects: [(reason: Reject.Reason, line: Int, number: Int?)] = []
    /// The broken element that is being left behind, and those before it in this piece.
    private var breaking: [UInt8] = []
    private var broken: [(line: Int, bytes: [UInt8])] = []

    init(_ window: ByteWindow, options: ExportOptions, isSequence: Bool, isNested: Bool = false) {
        self.window = window
        self.isNested = isNested
        self.options = options
        self.isSequence = isSequence
    }

    /// The next piece, nil at the end of the array.
    func next() throws(ExportError) -> RecordPiece? {
        while !hasEnded {
            if let piece = try step() { return piece }
        }
        return nil
    }

    /// Works on what the window holds and reads on once; nil when that gave no piece yet.
    private func step() throws(ExportError) -> RecordPiece? {
        if isRecovering, try !recover() { return takePiece(upTo: window.start) }
        var at = opening == nil ? acceptRun(from: window.start) : acceptTexts(from: window.start)
        if at - window.start >= options.chunkBytes { return takePiece(upTo: at) }
        while true {
            at = separatorsEnd(from: at)
            guard at < window.bytes.count else {
                if let piece = takePiece(upTo: at) { return piece }
                if try !window.fill() { end(early: !isSequence) }
                return takePiece(upTo: window.start)
            }
            if window.bytes[at] == 0x5D, !isSequence {
                if window.bytes.count - at < Self.lookahead, !window.isAtEnd {
                    // Whether this is the array's end shows in what follows.
                    let piece = takePiece(upTo: at)
                    _ = try window.fill(atLeast: Self.lookahead)
                    return piece
                }
                if isStray(&at) { continue }
                let piece = takePiece(upTo: at)
                window.start += 1
                hasEnded = true
                return piece
            }
            var scanner = ValueScanner()
            let isLast = window.isAtEnd
            switch window.bytes.withUnsafeBufferPointer({ scanner.scan($0, from: at, isLast: isLast) }) {
            case .done(let end) where end == at:
                // A stray closing bracket or colon.
                rejects.append((.notJSON, number + 1, nil))
                at += 1
            case .done(let end):
                accept(at..<end)
                at = end
                if at - window.start >= options.chunkBytes { return takePiece(upTo: at) }
            case .broken(let end):
                return abandon(at: at, noticed: end)
            case .more(let next):
                if let piece = takePiece(upTo: at) { return piece }
                window.start = at
                // A record that merely stands on the edge is scanned again, together with those behind it.
                if next - at < Self.rescanned, try window.fill() { return nil }
                return try finish(scanner, at: next)
            }
        }
    }

    /// Reads on until the element at the window's start is whole.
    ///
    /// It is alone in its piece or left for the next step.
    private func finish(_ begun: ValueScanner, at next: Int) throws(ExportError) -> RecordPiece? {
        var scanner = begun
        var at = next
        while true {
            let length = at - window.start
            if length > options.longestRecord { return try skip(scanner, at: at) }
            guard try window.fill(atLeast: min(length, options.longestRecord)) else {
                end(early: true)
                return takePiece(upTo: window.start)
            }
            at = length
            let isLast = window.isAtEnd
            switch window.bytes.withUnsafeBufferPointer({ scanner.scan($0, from: at, isLast: isLast) }) {
            case .done(let end):
                accept(window.start..<end)
                return takePiece(upTo: end)
            case .broken(let end):
                return abandon(at: window.start, noticed: end)
            case .more(let next):
                at = next
            }
        }
    }

    /// Gives up the element at an offset, which was noticed to be broken at another.
    ///
    /// That may lie behind the next records' beginnings: they are looked for from the element's own, unless it is too long
    /// to be kept until then.
    private func abandon(at start: Int, noticed end: Int) -> RecordPiece? {
        number += 1
        let isTooLong = end - start > options.longestRecord
        rejects.append((isTooLong ? .tooLong : .notJSON, number, nil))
        isRecovering = true
        breaking = isTooLong ? [] : [window.bytes[start]]
        lastLeft = isTooLong ? 0 : window.bytes[start]
        return takePiece(upTo: isTooLong ? end : start + 1)
    }

    private func skip(_ begun: ValueScanner, at next: Int) throws(ExportError) -> RecordPiece? {
        number += 1
        rejects.append((.tooLong, number, nil))
        var scanner = begun
        var at = next
        while true {
            window.start = at
            guard try window.fill() else {
                end(early: true)
                break
            }
            let isLast = window.isAtEnd
            switch window.bytes.withUnsafeBufferPointer({ scanner.scan($0, from: 0, isLast: isLast) }) {
            case .done(let end):
                window.start = end
                return takePiece(upTo: end)
            case .broken(let end):
                window.start = end
                isRecovering = true
                breaking = []
                lastLeft = 0
                return takePiece(upTo: end)
            case .more(let next):
                at = next
            }
        }
        return takePiece(upTo: window.start)
    }

    /// Takes whole objects one after another, as nearly all of a file is; says where it stopped, for whatever reason.
    private func acceptRun(from start: Int) -> Int {
        guard !signature.isEmpty else { return start }
        var end = start
        while end - start < options.chunkBytes {
            let run = objects(from: end, most: options.chunkBytes - (end - start))
            end = run.end
            if !run.isFull { break }
        }
        return end
    }

    /// The same where the records are texts.
    private func acceptTexts(from start: Int) -> Int {
        window.bytes.withUnsafeBufferPointer { view in
            var at = start
            while at &- start < options.chunkBytes {
                var begin = at
                while begin < view.count, view[begin] <= 0x20 || view[begin] == 0x2C { begin &+= 1 }
                guard begin < view.count, view[begin] == 0x22 else { break }
                let end = JSONScan.closingQuote(in: view, from: begin &+ 1)
                // What follows must be seen, and be what follows an element.
                guard end &+ 1 < view.count, end &+ 1 &- begin <= options.longestRecord else { break }
                let next = view[end &+ 1]
                guard next <= 0x20 || next == 0x2C || next == 0x5D else { break }
                at = end &+ 1
                number &+= 1
                elements.append((Int32(begin &- window.start), Int32(truncatingIfNeeded: number)))
            }
            return at
        }
    }

    /// Takes objects that are plainly sound; full where there may be more of them behind.
    private func objects(from start: Int, most: Int) -> (end: Int, isFull: Bool) {
        let shift = start - window.start
        return window.bytes.withUnsafeBufferPointer { view in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.run) { starts in
                guard let base = view.baseAddress else { return (start, false) }
                var count = 0
                let end = cscan_objects(
                    base, view.count, start, most, options.longestRecord, starts.baseAddress, starts.count, &count)
                elements.reserveCapacity(elements.count + count)
                for offset in starts[..<count] {
                    number &+= 1
                    elements.append((Int32(Int(offset) &+ shift), Int32(truncatingIfNeeded: number)))
                }
                return (end, count == starts.count)
            }
        }
    }

    private func accept(_ range: Range<Int>) {
        number += 1
        guard range.count <= options.longestRecord else {
            rejects.append((.tooLong, number, nil))
            return
        }
        elements.append((Int32(range.lowerBound - window.start), Int32(truncatingIfNeeded: number)))
        if signature.isEmpty, window.bytes[range.lowerBound] == 0x7B {
            let head = window.bytes[range].prefix(200)
            if let open = head.firstIndex(of: 0x22), let close = head[(open + 1)...].firstIndex(of: 0x22) {
                signature = Array(head[...close])
            }
        } else if opening == nil, signature.isEmpty, window.bytes[range.lowerBound] == 0x22, range.count > 2 {
            opening = window.bytes[range.lowerBound + 1]
        }
    }

    private func end(early: Bool) {
        hasEnded = true
        guard early else { return }
        endedEarly = true
        breaking = []
        leave(upTo: window.bytes.count)
        broken.append((number + 1, breaking))
        rejects.append((.endsEarly, number + 1, window.fileOffset))
    }

    /// What was found so far, up to an offset, where the window then begins; nil when that is nothing.
    ///
    /// Offsets into the window may have moved.
    private func takePiece(upTo end: Int) -> RecordPiece? {
        let end = max(window.start, min(end, window.bytes.count))
        guard !elements.isEmpty else {
            window.start = end
            guard !rejects.isEmpty || !broken.isEmpty else { return nil }
            defer { (rejects, broken) = ([], []) }
            return RecordPiece(bytes: [], layout: .elements([]), rejects: rejects, broken: broken)
        }
        defer { (elements, rejects, broken) = ([], [], []) }
        let bytes = window.take(upTo: end)
        return RecordPiece(bytes: bytes, layout: .elements(elements), rejects: rejects, broken: broken)
    }

    /// Leaves a part of a broken element behind; what a person could mend of it is kept.
    private func leave(upTo end: Int) {
        let room = MendingFile.longestRecord - breaking.count
        breaking += window.bytes[window.start..<end].prefix(max(0, room))
        window.start = end
    }

    private func separatorsEnd(from start: Int) -> Int {
        window.bytes.withUnsafeBufferPointer { view in
            var at = start
            while at < view.count, view[at] <= 0x20 || view[at] == 0x2C { at += 1 }
            return at
        }
    }

    /// Looks for the next record's beginning; false when the file ended before one came.
    private func recover() throws(ExportError) -> Bool {
        while true {
            let found = beginning()
            leave(upTo: found?.at ?? window.bytes.count)
            if let found, found.isWhole {
                broken.append((number, breaking))
                isRecovering = false
                hasRecovered = true
                return true
            }
            guard try window.fill() else {
                leave(upTo: window.bytes.count)
                broken.append((number, breaking))
                hasEnded = true
                endedEarly = true
                return false
            }
        }
    }

    /// The first brace from the window's start on that begins a record; not whole where more must be read to know.
    private func beginning() -> (at: Int, isWhole: Bool)? {
        window.bytes.withUnsafeBufferPointer { view in
            for at in window.start..<view.count where view[at] > 0x20 {
                // A comma stands before it, or in a sequence the end of the record before.
                let follows = lastLeft == 0x2C || (isSequence && lastLeft == 0x7D)
                if view[at] == 0x7B, follows, let isWhole = isBeginning(view, at) { return (at, isWhole) }
                if let opening, view[at] == 0x22, follows, at + 1 < view.count ? view[at + 1] == opening : true {
                    return (at, at + 1 < view.count || window.isAtEnd)
                }
                lastLeft = view[at]
            }
            return nil
        }
    }

    /// Nil where a brace begins no record, else whether enough was read to be sure of it.
    private func isBeginning(_ view: ByteView, _ brace: Int) -> Bool? {
        guard signature.isEmpty else {
            let length = min(signature.count, view.count - brace)
            guard view[brace..<(brace + length)].elementsEqual(signature.prefix(length)) else { return nil }
            return length == signature.count || window.isAtEnd
        }
        let next = JSONScan.skipSpace(in: view, from: brace + 1)
        if next >= view.count { return window.isAtEnd }
        return view[next] == 0x22 ? true : nil
    }

    /// True for a closing bracket behind which records go on; goes behind it.
    ///
    /// It is a stray one, or that of a list in a record that was left in the middle.
    private func isStray(_ at: inout Int) -> Bool {
        let view = Array(window.bytes[at..<min(window.bytes.count, at + Self.lookahead)].filter { $0 > 0x20 }.prefix(4))
        if view.starts(with: [0x5D, 0x7B]) || view.starts(with: [0x5D, 0x2C, 0x7B]) {
            rejects.append((.notJSON, number + 1, nil))
            at += 1
            return true
        }
        if !isNested, view.starts(with: [0x5D, 0x5B, 0x7B]) {
            // One array behind the other: answers of an interface, saved to one file.
            while window.bytes[at] != 0x5B { at += 1 }
            at += 1
            return true
        }
        guard hasRecovered, !isNested, view.starts(with: [0x5D, 0x7D, 0x2C, 0x7B]) else { return false }
        while at < window.bytes.count, window.bytes[at] != 0x2C { at += 1 }
        return true
    }
}
