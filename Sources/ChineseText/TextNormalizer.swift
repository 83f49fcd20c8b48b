internal import CICU
public import Messages

/// Brings text into the form that lexicons and texts are compared in.
///
/// - Input: valid UTF-8.
/// - Output: NFKC with case folding, Traditional→Simplified, default ignorables gone, noise characters dropped; for each
///   unit the bytes it came from.
/// - Cost: one table look-up a character; texts with characters that fold to several units or join their neighbours
///   (㈱, ﬁ, e + ◌́) go through ICU, run by run.
/// - Source: Unicode NFKC_Casefold (UAX #44), OpenCC's character table.
///
/// `@unchecked`: the tables are filled before anybody sees them, never changed and never freed. As pointers they cost no
/// reference counting, which is a tenth of a short message's time.
public struct TextNormalizer: @unchecked Sendable {
    /// Per BMP code unit: the folded unit, or one of the `Fold` values.
    let table: UnsafePointer<UInt16>
    /// Per folded unit: itself, or a `Fold` value; for what ICU hands back.
    let classes: UnsafePointer<UInt16>

    /// The values of the table that are no text.
    enum Fold {
        static let drop = UInt16(CICU_FOLD_DROP)
        static let space = UInt16(CICU_FOLD_SPACE)
        static let symbol = UInt16(CICU_FOLD_SYMBOL)
        static let slow = UInt16(CICU_FOLD_SLOW)
    }

    /// The normaliser: the tables are made once in a process, in some 15 ms.
    public static let shared = TextNormalizer()

    private init() {
        let folds = UnsafeMutablePointer<UInt16>.allocate(capacity: 65_536)
        let error = cicu_fold_table(folds)
        precondition(error == 0, "ICU has no normalisation data (error \(error)); install libicu72 or newer")
        let simple = TraditionalTable.simplified
        for unit in 0..<65_536 where folds[unit] > Fold.slow { folds[unit] = simple[Int(folds[unit])] }
        let kinds = UnsafeMutablePointer<UInt16>.allocate(capacity: 65_536)
        for unit in 0..<65_536 {
            let kind = cicu_unit_class(UInt16(unit))
            kinds[unit] = kind > Fold.slow ? simple[Int(kind)] : kind
        }
        table = UnsafePointer(folds)
        classes = UnsafePointer(kinds)
    }

    /// Normalises a string.
    ///
    /// For lexicon terms and tests.
    public func normalized(_ text: String) -> NormalizedText {
        var result = NormalizedText()
        var copy = text
        copy.withUTF8 { normalize($0, into: &result) }
        return result
    }

    /// The units of a string's normal form.
    ///
    /// For lexicon terms.
    public func units(_ text: String) -> [UInt16] {
        let result = normalized(text)
        return Array(result.units[..<result.count])
    }

    /// Normalises UTF-8 into a reused buffer.
    ///
    /// The bytes must be valid UTF-8.
    public func normalize(_ bytes: UnsafeBufferPointer<UInt8>, into text: inout NormalizedText) {
        text.reserve(bytes.count + 1)
        text.count = 0
        guard let source = bytes.baseAddress else { return }
        let finished = text.units.withUnsafeMutableBufferPointer { units in
            text.starts.withUnsafeMutableBufferPointer { starts in
                text.ends.withUnsafeMutableBufferPointer { ends in
                    text.gaps.withUnsafeMutableBufferPointer { gaps in
                        guard let units = units.baseAddress, let starts = starts.baseAddress,
                            let ends = ends.baseAddress, let gaps = gaps.baseAddress
                        else { return true }
                        var sink = Sink(units: units, starts: starts, ends: ends, gaps: gaps)
                        let finished = Self.fold(source, bytes.count, table, &sink)
                        text.count = sink.count
                        return finished
                    }
                }
            }
        }
        if !finished { normalizeSlowly(bytes, into: &text) }
    }

    /// Where the fold writes; room for one unit a byte.
    private struct Sink {
        let units: UnsafeMutablePointer<UInt16>
        let starts: UnsafeMutablePointer<UInt32>
        let ends: UnsafeMutablePointer<UInt32>
        let gaps: UnsafeMutablePointer<NormalizedText.Gap>
        var count = 0

        @inline(__always)
        mutating func append(_ unit: UInt16, _ start: Int, _ end: Int, _ gap: NormalizedText.Gap) {
            units[count] = unit
            starts[count] = UInt32(truncatingIfNeeded: start)
            ends[count] = UInt32(truncatingIfNeeded: end)
            gaps[count] = gap
            count += 1
        }
    }

    /// The fast way; false when a character needs ICU.
    @inline(__always)
    private static func fold(
        _ source: UnsafePointer<UInt8>, _ length: Int, _ table: UnsafePointer<UInt16>, _ sink: inout Sink
    ) -> Bool {
        var position = 0
        var gap = Gap()
        while position < length {
            foldCommon(source, length, table, &sink, &position, &gap)
            guard position < length else { return true }
            guard foldOne(source, length, table, &sink, &position, &gap) else { return false }
        }
        return true
    }

    /// Goes over characters of one and three bytes that fold to one unit: nearly all there are.
    @inline(__always)
    private static func foldCommon(
        _ source: UnsafePointer<UInt8>, _ length: Int, _ table: UnsafePointer<UInt16>, _ sink: inout Sink,
        _ position: inout Int, _ gap: inout Gap
    ) {
        // In locals: written through the sink, they would be stored and loaded again with every character.
        let (units, starts, ends, gaps) = (sink.units, sink.starts, sink.ends, sink.gaps)
        var count = sink.count
        var kinds = gap.kinds
        var place = position
        // Four bytes are read at once.
        while place + 4 <= length {
            let bytes = UnsafeRawPointer(source + place).loadUnaligned(as: UInt32.self)
            let end: Int
            let point: UInt32
            if bytes & 0xF0 == 0xE0 {
                point = (bytes & 0x0F) << 12 | bytes >> 2 & 0x0FC0 | bytes >> 16 & 0x3F
                end = place + 3
            } else if bytes & 0x80 == 0 {
                point = bytes & 0x7F
                end = place + 1
            } else {
                break
            }
            let unit = table[Int(point)]
            guard unit > Fold.slow else { break }
            units[count] = unit
            starts[count] = UInt32(truncatingIfNeeded: place)
            ends[count] = UInt32(truncatingIfNeeded: end)
            gaps[count] = kinds
            count += 1
            kinds = []
            place = end
        }
        sink.count = count
        if place > position { gap = Gap() }
        position = place
    }

    /// Goes over one character of any kind; false when it needs ICU.
    private static func foldOne(
        _ source: UnsafePointer<UInt8>, _ length: Int, _ table: UnsafePointer<UInt16>, _ sink: inout Sink,
        _ position: inout Int, _ gap: inout Gap
    ) -> Bool {
        let start = position
        let lead = UInt32(source[position])
        let point: UInt32
        if lead < 0x80 {
            point = lead
            position += 1
        } else if lead < 0xE0 {
            point = (lead & 0x1F) << 6 | UInt32(source[position + 1] & 0x3F)
            position += 2
        } else if lead < 0xF0 {
            point =
                (lead & 0x0F) << 12 | UInt32(source[position + 1] & 0x3F) << 6 | UInt32(source[position + 2] & 0x3F)
            position += 3
        } else {
            point =
                (lead & 0x07) << 18 | UInt32(source[position + 1] & 0x3F) << 12
                | UInt32(source[position + 2] & 0x3F) << 6 | UInt32(source[position + 3] & 0x3F)
            position += 4
            if foldsBeyondBMP(point) { return false }
            sink.append(UInt16(0xD800 + (point - 0x10000) >> 10), start, position, gap.take())
            sink.append(UInt16(0xDC00 + (point - 0x10000) & 0x3FF), start, position, [])
            return true
        }
        let unit = table[Int(point)]
        if unit > Fold.slow {
            sink.append(unit, start, position, gap.take())
        } else if unit == Fold.slow {
            return false
        } else if unit == Fold.symbol, point < 0x80, sink.count > 0, position < length,
            isDigit(UInt16(source[position])), isDigit(sink.units[sink.count - 1]), gap.isNone
        {
            // 3.5万, 8-10点: between digits a symbol is part of the number.
            sink.append(UInt16(point), start, position, [])
        } else if unit != Fold.drop {
            gap.add(unit)
        }
        return true
    }

    /// Counts what is dropped between two units.
    struct Gap {
        /// What was dropped.
        private(set) var kinds: NormalizedText.Gap = []
        private var length = 0

        /// Nothing was dropped.
        var isNone: Bool { length == 0 }

        /// One more character is dropped.
        mutating func add(_ fold: UInt16) {
            kinds.formUnion(fold == Fold.space ? .space : .symbol)
            length += 1
            if length > 2 { kinds.formUnion(.wide) }
        }

        /// What was dropped since the last unit; starts anew.
        @inline(__always)
        mutating func take() -> NormalizedText.Gap {
            guard length > 0 else { return [] }
            defer { self = Gap() }
            return kinds
        }
    }

    /// True for `0`…`9`.
    @inline(__always)
    static func isDigit(_ unit: UInt16) -> Bool { unit &- 0x30 < 10 }

    /// The planes' parts in which NFKC_Casefold changes something; elsewhere a pair of surrogates stays as it is.
    @inline(__always)
    static func foldsBeyondBMP(_ point: UInt32) -> Bool {
        switch point {
        case 0x10400...0x104FF, 0x10570...0x105FF, 0x10780...0x107BF, 0x10C80...0x10CBF, 0x110BA, 0x11099...0x110AB,
            0x1112E...0x1112F, 0x1133E...0x11357, 0x114B0...0x114BF, 0x115B8...0x115BF, 0x118A0...0x118BF,
            0x16E40...0x16E5F, 0x1D100...0x1D1FF, 0x1D400...0x1D7FF, 0x1E900...0x1E943, 0x1EE00...0x1EEFF,
            0x1F100...0x1F1E5, 0x1F200...0x1F26F, 0x1FBF0...0x1FBF9, 0x2F800...0x2FA1F, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}

extension TextNormalizer {
    /// The version of ICU that does the folding and the word breaks, as "72.1".
    public static var libraryVersion: String { String(cString: cicu_version()) }
}
