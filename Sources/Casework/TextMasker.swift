/// Takes out of a text what leads to the person who wrote it, or to a neighbour, before anything is stored.
///
/// Masked are telephone numbers, identity, card and account numbers, number plates, `@` mentions, e-mail addresses, chat
/// accounts, the names that residents give of themselves, their kin and each other, and the doors of homes. Each stretch
/// becomes a block, the kind's word and a block: `▮电话▮`.
///
/// Officials stay as they were written: a post (村支书), and a surname with a post (王主任). The law protects who speaks,
/// not the post that is spoken of, and of two deputy heads the desk must know which one is meant. So an `@` mention that
/// ends in a post stays too. A street and its number stay where no room follows and nobody says that he lives there: it
/// is where the lamp is out.
///
/// - Input: any text; spans as half-open UTF-8 byte offsets into it. Spans beyond the text are cut to it.
/// - Output: the masked text; the spans moved with it, in the same order. What touches a masked stretch covers the mask.
/// - Idempotent: a mask in the input is left alone, and nothing is masked around it that would not be masked anyway.
/// - Cost: linear in the text and, for sorted spans, in the spans. Never throws; no I/O, clock or randomness.
public struct TextMasker: Sendable {
    /// A text without its private parts.
    public struct Masked: Sendable, Equatable {
        /// The text with masks.
        public var text: String
        /// The spans that were given, moved to where they stand now.
        public var spans: [Range<Int>]
        /// The kinds of the masks that were set, in text order, one per mask.
        public var kinds: [MaskKind]
    }

    /// Makes a masker.
    ///
    /// It has no settings: what is masked doesn't depend on an installation.
    public init() {}

    /// The text with its private parts masked.
    public func masked(_ text: String, spans: [Range<Int>] = []) -> Masked {
        var scan = MaskScan(text)
        // A claim can uncover another (a name's end is seen once the number after it is taken), so the detectors run
        // until nothing is found. Two rounds are the rule; the limit keeps hostile texts linear.
        for _ in 0..<8 {
            let before = scan.claims.count
            ContactMasking.claim(in: &scan)
            NumberMasking.claim(in: &scan)
            AddressMasking.claim(in: &scan)
            NameMasking.claim(in: &scan)
            if scan.claims.count == before { break }
        }
        let claims = scan.claims.sorted { $0.range.lowerBound < $1.range.lowerBound }
        guard !claims.isEmpty else {
            return Masked(text: text, spans: spans.map { Self.snapped($0, scan.offsets) }, kinds: [])
        }
        let cuts = Cuts(claims: claims, offsets: scan.offsets, source: Array(text.utf8))
        return Masked(
            text: cuts.text, spans: spans.map { cuts.moved(Self.snapped($0, scan.offsets)) }, kinds: claims.map(\.kind))
    }

    /// Cuts a span to the text and widens it to whole scalars.
    private static func snapped(_ span: Range<Int>, _ offsets: [Int]) -> Range<Int> {
        let length = offsets[offsets.count - 1]
        let lower = min(max(span.lowerBound, 0), length)
        let upper = min(max(span.upperBound, lower), length)
        let first = firstIndex(in: offsets, above: lower) - 1
        let last = firstIndex(in: offsets, above: upper - 1)
        return offsets[first]..<max(offsets[first], offsets[min(last, offsets.count - 1)])
    }

    private static func firstIndex(in offsets: [Int], above value: Int) -> Int {
        var (low, high) = (0, offsets.count)
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// The masked text, and where each old byte went.
private struct Cuts {
    /// The bytes that were taken out, in order, without overlaps.
    private var old: [Range<Int>] = []
    /// Where the masks stand in the new text.
    private var new: [Range<Int>] = []
    private var bytes: [UInt8] = []

    init(claims: [MaskScan.Claim], offsets: [Int], source: [UInt8]) {
        bytes.reserveCapacity(source.count)
        var copied = 0
        for claim in claims {
            let range = offsets[claim.range.lowerBound]..<offsets[claim.range.upperBound]
            bytes.append(contentsOf: source[copied..<range.lowerBound])
            let start = bytes.count
            bytes.append(contentsOf: claim.kind.mask.utf8)
            old.append(range)
            new.append(start..<bytes.count)
            copied = range.upperBound
        }
        bytes.append(contentsOf: source[copied...])
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func moved(_ span: Range<Int>) -> Range<Int> {
        let lower = place(of: span.lowerBound, ending: false)
        // An empty span stays empty unless it stands inside a mask.
        let upper = place(of: span.upperBound, ending: true)
        return lower..<max(lower, upper)
    }

    /// Where a byte offset went: inside a cut to the mask's begin or, for the end of a span, to its end.
    private func place(of offset: Int, ending: Bool) -> Int {
        var (low, high) = (0, old.count)
        while low < high {
            let middle = (low + high) / 2
            if old[middle].lowerBound < offset || (!ending && old[middle].lowerBound == offset) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low > 0 else { return offset }
        let (before, mask) = (old[low - 1], new[low - 1])
        if offset < before.upperBound || (ending && offset == before.upperBound) {
            return ending ? mask.upperBound : mask.lowerBound
        }
        return mask.upperBound + offset - before.upperBound
    }
}
