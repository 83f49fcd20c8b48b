/// Puts the lines of a CSV file together to rows: RFC 4180, quoted fields may span lines.
struct CSVRows {
    /// A quoted field longer than this has lost its closing quote.
    private static let longest = 1 << 20

    private let separator: UInt8
    /// The lines of the row that is open, joined by line feeds, and where each began.
    private var pending: [UInt8] = []
    private var pendingStarts: [Int] = []
    private var firstLine = 0
    private var isQuoted = false
    /// The fields of the last row, decoded one after another, and where each ends.
    private(set) var text: [UInt8] = []
    private(set) var ends: [Int] = []

    init(separator: UInt8 = 0x2C) { self.separator = separator }

    /// True while a quoted field is open.
    var isOpen: Bool { !pendingStarts.isEmpty }
    var openLine: Int { firstLine }

    /// Takes a line; the line at which the row begins when it is whole, else nil.
    mutating func take(_ line: ByteView, number: Int) -> Int? {
        if pendingStarts.isEmpty {
            firstLine = number
            isQuoted = false
        } else {
            pending.append(0x0A)
        }
        pendingStarts.append(pending.count)
        pending.append(contentsOf: line)
        var at = JSONScan.byte(0x22, or: 0x22, in: line, from: 0)
        while at < line.count {
            isQuoted.toggle()
            at = JSONScan.byte(0x22, or: 0x22, in: line, from: at + 1)
        }
        if isQuoted { return nil }
        split()
        pending.removeAll(keepingCapacity: true)
        pendingStarts.removeAll(keepingCapacity: true)
        return firstLine
    }

    /// True when the open field is too long to be one.
    var isRunaway: Bool { pending.count > Self.longest }

    /// Gives up the open row: its lines, each for itself.
    mutating func abandon() -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for (index, start) in pendingStarts.enumerated() {
            let end = index + 1 < pendingStarts.count ? pendingStarts[index + 1] - 1 : pending.count
            lines.append(Array(pending[start..<end]))
        }
        pending = []
        pendingStarts = []
        isQuoted = false
        return lines
    }

    /// Splits a line that is taken for a row of its own, whatever its quotes.
    mutating func splitAlone(_ line: [UInt8]) {
        pending = line
        split()
        pending = []
    }

    private mutating func split() {
        var text = exchange(&self.text, with: [])
        var ends = exchange(&self.ends, with: [])
        let separator = separator
        text.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        pending.withUnsafeBufferPointer { view in
            var at = 0
            var quoted = false
            while at < view.count {
                let next = JSONScan.byte(0x22, or: quoted ? 0x22 : separator, in: view, from: at)
                if next > at { text.append(contentsOf: view.part(at..<next)) }
                at = next + 1
                guard next < view.count else { break }
                if view[next] == separator {
                    ends.append(text.count)
                } else if quoted, at < view.count, view[at] == 0x22 {
                    text.append(0x22)
                    at += 1
                } else {
                    quoted.toggle()
                }
            }
        }
        ends.append(text.count)
        self.text = text
        self.ends = ends
    }

    /// The range in `text` of a field of the last row.
    func field(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
