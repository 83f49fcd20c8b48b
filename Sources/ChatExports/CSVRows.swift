/// Puts the lines of a CSV file together to rows: RFC 4180, quoted fields may span lines.
///
/// A quote opens a field only at its beginning. Elsewhere it stands for itself, as in words that a tool wrote as they were.
struct CSVRows {
    /// A quoted field longer than this has lost its closing quote.
    private static let longest = 1 << 20

    private let separator: UInt8
    /// The lines of the row at hand, joined by line feeds, and where each began.
    private var pending: [UInt8] = []
    private var pendingStarts: [Int] = []
    /// Where the row at hand begins.
    private(set) var firstLine = 0
    /// True while a quoted field is open.
    private(set) var isOpen = false
    /// True when something stands behind a closing quote of the row at hand: then it may be another field's.
    private(set) var isDoubtful = false
    /// The fields of the last row, decoded one after another, and where each ends.
    private(set) var text: [UInt8] = []
    private(set) var ends: [Int] = []

    init(separator: UInt8 = 0x2C) { self.separator = separator }

    /// The number of lines of the row at hand.
    var lineCount: Int { pendingStarts.count }

    /// Takes a line; the line at which the row begins when it is whole, else nil.
    mutating func take(_ line: ByteView, number: Int) -> Int? {
        if isOpen {
            pending.append(0x0A)
        } else {
            pending.removeAll(keepingCapacity: true)
            pendingStarts.removeAll(keepingCapacity: true)
            firstLine = number
            isDoubtful = false
        }
        pendingStarts.append(pending.count)
        pending.append(contentsOf: line)
        isOpen = leavesOpen(line)
        if isOpen { return nil }
        split()
        return firstLine
    }

    /// True when the open field is too long to be one.
    var isRunaway: Bool { isOpen && pending.count > Self.longest }

    /// A line of the row at hand.
    func line(_ index: Int) -> [UInt8] {
        let end = index + 1 < pendingStarts.count ? pendingStarts[index + 1] - 1 : pending.count
        return Array(pending[pendingStarts[index]..<end])
    }

    /// False where the second line of the row at hand has too few separators for a row of its own.
    func secondMayBeRow(of width: Int) -> Bool {
        guard pendingStarts.count > 1 else { return false }
        let end = pendingStarts.count > 2 ? pendingStarts[2] - 1 : pending.count
        return pending.withUnsafeBufferPointer { view in
            let line = view.part(pendingStarts[1]..<end)
            var at = -1
            for _ in 1..<max(2, width) {
                at = JSONScan.byte(separator, or: separator, in: line, from: at + 1)
                if at >= line.count { return false }
            }
            return true
        }
    }

    /// Gives up the row at hand: its lines, each for itself.
    mutating func abandon() -> [[UInt8]] {
        let lines = pendingStarts.indices.map(line)
        pending = []
        pendingStarts = []
        isOpen = false
        return lines
    }

    /// Splits a line that is taken for a row of its own, whatever its quotes; true where it leaves one open.
    @discardableResult
    mutating func splitAlone(_ line: [UInt8]) -> Bool {
        pending = line
        pendingStarts = []
        isOpen = false
        let isOpen = line.withUnsafeBufferPointer { leavesOpen($0) }
        split()
        pending = []
        return isOpen
    }

    /// Goes over a line from the state at hand; true when a quoted field is open at its end.
    private mutating func leavesOpen(_ line: ByteView) -> Bool {
        var at = 0
        var isQuoted = isOpen
        while true {
            if !isQuoted, let open = quote(line, at) {
                isQuoted = true
                at = open + 1
            }
            if isQuoted {
                guard let close = closing(line, at) else { return true }
                isQuoted = false
                at = JSONScan.byte(separator, or: separator, in: line, from: close + 1)
                if !isBlank(line, close + 1..<at) { isDoubtful = true }
            } else {
                at = JSONScan.byte(separator, or: separator, in: line, from: at)
            }
            guard at < line.count else { return false }
            at += 1
        }
    }

    /// The quote that opens the field at an offset, behind blanks or at once.
    private func quote(_ view: ByteView, _ start: Int) -> Int? {
        var at = start
        while at < view.count, view[at] == 0x20 { at += 1 }
        return at < view.count && view[at] == 0x22 ? at : nil
    }

    /// The quote that closes a field; two in a row are one of the words.
    private func closing(_ view: ByteView, _ start: Int) -> Int? {
        var at = start
        while true {
            at = JSONScan.byte(0x22, or: 0x22, in: view, from: at)
            guard at < view.count else { return nil }
            guard at + 1 < view.count, view[at + 1] == 0x22 else { return at }
            at += 2
        }
    }

    private func isBlank(_ view: ByteView, _ range: Range<Int>) -> Bool { view[range].allSatisfy { $0 == 0x20 } }

    private mutating func split() {
        var text = exchange(&self.text, with: [])
        var ends = exchange(&self.ends, with: [])
        text.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        pending.withUnsafeBufferPointer { view in
            var at = 0
            while true {
                var end = view.count
                if let open = quote(view, at) {
                    if let close = closing(view, open + 1) {
                        end = JSONScan.byte(separator, or: separator, in: view, from: close + 1)
                        if isBlank(view, close + 1..<end) {
                            unescape(view, open + 1..<close, onto: &text)
                        } else {
                            // The quotes are the words' own, but for a pair around all of them.
                            let isAround = view[end - 1] == 0x22
                            text.append(contentsOf: view[isAround ? open + 1..<end - 1 : open..<end])
                        }
                    } else {
                        unescape(view, open + 1..<end, onto: &text)
                    }
                } else {
                    end = JSONScan.byte(separator, or: separator, in: view, from: at)
                    text.append(contentsOf: view.part(at..<end))
                }
                ends.append(text.count)
                guard end < view.count else { break }
                at = end + 1
            }
        }
        self.text = text
        self.ends = ends
    }

    private func unescape(_ view: ByteView, _ range: Range<Int>, onto text: inout [UInt8]) {
        var at = range.lowerBound
        while at < range.upperBound {
            let next = min(JSONScan.byte(0x22, or: 0x22, in: view, from: at), range.upperBound)
            text.append(contentsOf: view.part(at..<next))
            guard next < range.upperBound else { return }
            text.append(0x22)
            at = next + 2
        }
    }

    /// The range in `text` of a field of the last row.
    func field(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
