internal import CICU
internal import Messages

extension TextNormalizer {
    /// Normalises run by run: from one normalisation boundary to the next.
    ///
    /// All units of a changed run map to the whole run.
    func normalizeSlowly(_ bytes: UnsafeBufferPointer<UInt8>, into text: inout NormalizedText) {
        let (runs, source) = Self.runs(bytes)
        var out = [UInt16](repeating: 0, count: 64)
        var gap = Gap()
        text.count = 0
        text.reserve(bytes.count + 1)
        for (index, run) in runs.enumerated() {
            let written = Self.fold(source[run.units], into: &out)
            let next = index + 1 < runs.count ? source[runs[index + 1].units.lowerBound] : 0
            for unit in out[..<written] {
                let kind = Self.isSurrogate(unit) ? unit : classes[Int(unit)]
                let isInNumber =
                    kind == Fold.symbol && unit < 0x80 && written == 1 && text.count > 0 && gap.isNone
                    && Self.isDigit(next) && Self.isDigit(text.units[text.count - 1])
                if kind > Fold.slow || isInNumber {
                    text.append(isInNumber ? unit : kind, from: run.bytes, after: gap.take())
                } else if kind != Fold.drop {
                    gap.add(kind)
                }
            }
        }
    }

    /// A stretch that normalises by itself.
    private struct Run {
        var units: Range<Int>
        var bytes: Range<Int>
    }

    /// Cuts the text at normalisation boundaries; the second part is the text in UTF-16.
    private static func runs(_ bytes: UnsafeBufferPointer<UInt8>) -> ([Run], [UInt16]) {
        var source: [UInt16] = []
        var runs: [Run] = []
        var offset = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let first = source.count
            source.append(contentsOf: String(scalar).utf16)
            let end = offset + UTF8.width(scalar)
            // A run longer than 30 marks is no writing; it is cut so that a hostile one costs no more than others.
            if let last = runs.last, cicu_boundary_before(Int32(scalar.value)) == 0, last.units.count < 31 {
                runs[runs.count - 1] = Run(
                    units: last.units.lowerBound..<source.count, bytes: last.bytes.lowerBound..<end)
            } else {
                runs.append(Run(units: first..<source.count, bytes: offset..<end))
            }
            offset = end
        }
        return (runs, source)
    }

    /// Folds one run with ICU; U+2026 is kept from becoming three full stops, which would be dropped anyway.
    private static func fold(_ run: ArraySlice<UInt16>, into out: inout [UInt16]) -> Int {
        run.withUnsafeBufferPointer { source in
            while true {
                let written = out.withUnsafeMutableBufferPointer {
                    cicu_fold_run(source.baseAddress, Int32(source.count), $0.baseAddress, Int32($0.count))
                }
                if written >= 0 { return Int(written) }
                guard out.count < 4096 else { return 0 }
                out = [UInt16](repeating: 0, count: out.count * 4)
            }
        }
    }

    private static func isSurrogate(_ unit: UInt16) -> Bool { unit & 0xF800 == 0xD800 }
}

extension NormalizedText {
    /// Appends one unit, growing the buffers where a fold is longer than its source.
    fileprivate mutating func append(_ unit: UInt16, from source: Range<Int>, after gap: Gap) {
        if count == units.count {
            units.append(0)
            starts.append(0)
            ends.append(0)
            gaps.append([])
        }
        units[count] = unit
        starts[count] = UInt32(truncatingIfNeeded: source.lowerBound)
        ends[count] = UInt32(truncatingIfNeeded: source.upperBound)
        gaps[count] = gap
        count += 1
    }
}
