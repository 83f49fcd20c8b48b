internal import Messages

/// A part of a text that is judged by itself where the whole is no complaint.
///
/// A complaint amid small talk sounds like small talk on the whole. Its sentence doesn't; where people run on without full stops,
/// some of its clauses don't.
struct TextPiece: Equatable {
    /// The bytes of the original.
    let bytes: Range<Int>
    /// The score from which it counts: out of its context more than a whole text must have.
    let accept: Double

    /// What a sentence must come to.
    static let sentenceAccept = 0.5
    /// What some clauses of a long sentence must come to.
    static let clauseAccept = 0.7
    /// The fewest units of a sentence, and of some clauses.
    static let fewestOfSentence = 6
    static let fewestOfClauses = 8
    /// A sentence of more units is tried in runs of clauses of at most `mostOfClauses`.
    static let longSentence = 40
    static let mostOfClauses = 32

    /// The sentences of a text, and of long ones the runs of clauses; none where it is one short sentence.
    ///
    /// - Cost: one pass, and for each clause of a long sentence a piece of bounded length.
    static func pieces(of text: NormalizedText) -> [TextPiece] {
        var pieces: [TextPiece] = []
        var start = 0
        var commas: [Int] = []
        for at in 0..<text.count {
            switch text.units[at] {
            case 0x3002, 0x21, 0x3F, 0x3B, 0x0A:
                add(start..<at + 1, commas, of: text, to: &pieces)
                start = at + 1
                commas.removeAll(keepingCapacity: true)
            case 0x2C, 0x3001: commas.append(at + 1)
            default: break
            }
        }
        add(start..<text.count, commas, of: text, to: &pieces)
        return pieces
    }

    private static func add(
        _ sentence: Range<Int>, _ commas: [Int], of text: NormalizedText, to pieces: inout [TextPiece]
    ) {
        if sentence.count >= fewestOfSentence, sentence.count < text.count {
            pieces.append(TextPiece(bytes: bytes(sentence, of: text), accept: sentenceAccept))
        }
        guard sentence.count > longSentence else { return }
        let starts = [sentence.lowerBound] + commas.filter { $0 < sentence.upperBound }
        let ends = starts.dropFirst() + [sentence.upperBound]
        var last = 0
        for (index, start) in starts.enumerated() {
            last = max(last, index)
            while last + 1 < starts.count, ends[ends.startIndex + last + 1] - start <= mostOfClauses { last += 1 }
            let clauses = start..<ends[ends.startIndex + last]
            guard clauses.count >= fewestOfClauses, clauses.count < sentence.count else { continue }
            pieces.append(TextPiece(bytes: bytes(clauses, of: text), accept: clauseAccept))
        }
    }

    /// From behind what stands before it, so that what was dropped in between belongs to it.
    private static func bytes(_ units: Range<Int>, of text: NormalizedText) -> Range<Int> {
        let start = units.lowerBound == 0 ? 0 : Int(text.ends[units.lowerBound - 1])
        return start..<max(start, Int(text.ends[units.upperBound - 1]))
    }
}
