import Classifying
import Messages
import Testing

struct LinearModelTests {
    static func text(_ string: String) -> NormalizedText {
        var text = NormalizedText()
        let units = Array(string.utf16)
        text.reserve(units.count)
        var offset: UInt32 = 0
        for (index, unit) in units.enumerated() {
            let width: UInt32 = unit < 0x80 ? 1 : 3
            text.units[index] = unit
            text.starts[index] = offset
            text.ends[index] = offset + width
            offset += width
        }
        text.count = units.count
        return text
    }

    static func hashes(_ string: String) -> [UInt64] {
        var hashes: [UInt64] = []
        CharacterGrams.forEach(in: text(string)) { hash, _, _ in hashes.append(hash) }
        return hashes
    }

    @Test func `runs of one to three characters, the ends counted`() {
        var ranges: [Range<Int>] = []
        let count = CharacterGrams.forEach(in: Self.text("停水了")) { _, start, end in
            ranges.append(start..<end)
        }
        #expect(count == ranges.count)
        // 停, ^停, 水, 停水, ^停水, 了, 水了, 停水了, 了$, 水了$
        #expect(ranges == [0..<1, 0..<1, 1..<2, 0..<2, 0..<2, 2..<3, 1..<3, 0..<3, 2..<3, 1..<3])
    }

    @Test func `sums and dates sound alike, words do not`() {
        #expect(Self.hashes("欠3000元") == Self.hashes("欠8125元"))
        #expect(Self.hashes("欠3000元") != Self.hashes("还3000元"))
        #expect(CharacterGrams.forEach(in: NormalizedText()) { _, _, _ in } == 0)
    }

    @Test func `a character that is repeated and repeated counts once, a doubled one and digits as they stand`() {
        #expect(Self.hashes("停水啊") == Self.hashes("停水啊啊啊"))
        #expect(Self.hashes("停水啊") == Self.hashes("停水啊啊啊啊啊啊啊"))
        #expect(Self.hashes("停水啊") != Self.hashes("停水啊啊"))
        #expect(Self.hashes("欠3000元") != Self.hashes("欠3元"))
        let count = CharacterGrams.forEach(in: Self.text("好啊啊啊啊")) { _, _, _ in }
        #expect(count == Self.hashes("好啊啊啊啊").count)
    }

    /// The pairs of a text, as what they span, and as hashes.
    static func pairs(_ string: String) -> (spans: [String], hashes: [UInt64]) {
        var found: (spans: [String], hashes: [UInt64]) = ([], [])
        let text = text(string)
        let runs = CharacterGrams.forEach(in: text) { _, _, _ in
        } pair: { hash, start, end in
            found.spans.append(String(decoding: text.units[start..<end], as: UTF16.self))
            found.hashes.append(hash)
        }
        #expect(CharacterGrams.pairs(ofRuns: runs) == found.spans.count, "\(string)")
        return found
    }

    @Test func `pairs of characters with one or two between them, whatever these are`() {
        #expect(Self.pairs("没一滴水").spans == ["没一滴", "一滴水", "没一滴水"])
        #expect(Self.pairs("停水").spans.isEmpty && Self.pairs("水").spans.isEmpty)
        #expect(CharacterGrams.pairs(ofRuns: 0) == 0)
        #expect(Self.pairs("没来水").hashes == Self.pairs("没有水").hashes)
        #expect(Self.pairs("没来水").hashes != Self.pairs("水来没").hashes)
        // One between them is not two, and a pair is no run.
        let hashes = Self.pairs("没一滴水").hashes + Self.pairs("没来水").hashes + Self.hashes("没水")
        #expect(Set(hashes).count == hashes.count)
        #expect(Self.pairs("欠3000元").hashes == Self.pairs("欠8125元").hashes)
    }

    @Test func `what is repeated and repeated counts once in pairs, and spans tell where they stand`() {
        #expect(Self.pairs("停水啊").hashes == Self.pairs("停水啊啊啊啊").hashes)
        #expect(Self.pairs("没啊啊啊啊水").spans == ["没啊啊啊啊水"])
    }

    @Test func `a pair speaks for a track, not for the peak, and is shown with what stands in it`() throws {
        var model = Self.model("路灯")
        let hash = try #require(Self.pairs("没有水").hashes.first)
        let inserted = model.pairs.insert(hash)
        let row = try #require(inserted)
        model.pairs[row, 1] = 50
        model.pairScale = 0.1
        let sound = model.trackSound(of: Self.text("没来水"), classes: [])
        #expect(sound[1] == 50 * (0.1 * LinearModel.pairShare) && sound[0] == 0 && sound[3] == 0)
        #expect(model.carriers(of: .grievance, in: Self.text("又没一水了")) == [1..<4])
        #expect(model.carriers(of: .grievance, in: Self.text("又没,水了")).isEmpty)
        #expect(model.carriers(of: .misconduct, in: Self.text("又没一水了")).isEmpty)
    }

    @Test func `tables of any number of rows find what was put in, and one of none finds nothing`() throws {
        var table = GramTable(rowCount: 12, columns: 1)
        // Spread evenly over the three buckets.
        let hashes = (0..<12).map { (UInt64.max / 24 * UInt64(2 * $0 + 1)) & ~0xFF | UInt64($0 + 1) }
        let rows = hashes.map { table.insert($0) }
        #expect(rows == Array(0..<12))
        #expect(hashes.map { table.row(of: $0) } == rows)
        var empty = GramTable(rowCount: 0, columns: 1)
        let row = empty.insert(7)
        #expect(row == nil && empty.row(of: 7) == nil)
    }

    @Test func `a table keeps the weights of its runs apart, and says when a bucket is full`() throws {
        var table = GramTable(rowCount: 16, columns: 2)
        // One bucket: the upper two bits are alike.
        let hashes = (1...5).map { UInt64($0) }
        let rows = hashes.map { table.insert($0) }
        #expect(rows == [0, 1, 2, 3, nil])
        for row in 0..<4 { table[row, 1] = Int8(row + 10) }
        for (index, hash) in hashes.prefix(4).enumerated() {
            let row = try #require(table.row(of: hash))
            #expect(table[row, 1] == Int8(index + 10) && table[row, 0] == 0)
        }
        #expect(table.row(of: 5) == nil && table.row(of: 1 | 1 << 63) == nil)
        let again = table.insert(3)
        #expect(again == 2)
    }

    @Test func `a named set speaks for a track as a run does`() throws {
        var model = LinearModel()
        let inserted = model.tracks.insert(CharacterGrams.hash(ofClass: 7))
        let row = try #require(inserted)
        model.tracks[row, 0] = 50
        model.trackScale = 0.1
        #expect(model.trackSound(of: Self.text("甲"), classes: [7])[0] == 5 * LinearModel.classShare)
        #expect(model.trackSound(of: Self.text("甲"), classes: [8]) == .zero)
    }

    @Test func `a text's peak is its loudest piece, and a piece by itself is its own peak`() {
        let model = Self.model("停水")
        let piece = "家里又停水了没有人来"
        let alone = model.trackSound(of: Self.text(piece), classes: [])
        #expect(alone[3] == alone[1])
        let amid = model.trackSound(
            of: Self.text("早上吃了饺子又看了戏,\(piece)。晚上再去走走看看月亮"), classes: [])
        // The piece ends with a mark here, which has runs of its own.
        #expect(amid[1] < alone[1] && amid[3] > amid[1])
        let atEnd = model.trackSound(of: Self.text("早上吃了饺子又看了戏,\(piece)"), classes: [])
        #expect(atEnd[3] > atEnd[1])
    }

    @Test func `a piece is not cut off before it is long enough to sound like anything`() {
        let model = Self.model("停水")
        let joined = model.trackSound(of: Self.text("停水,对,好,啊"), classes: [])
        #expect(joined[3] <= joined[1])
        #expect(model.trackSound(of: NormalizedText(), classes: [])[3] == 0)
    }

    /// A model for which one word is a complaint.
    static func model(_ word: String) -> LinearModel {
        var model = LinearModel()
        CharacterGrams.forEach(in: text(word)) { hash, start, end in
            if end - start == 2, let row = model.tracks.insert(hash) { model.tracks[row, 1] = 100 }
        }
        model.trackScale = 0.1
        let width = LinearModel.evidenceNames.count
        // Nothing speaks for the other tracks.
        model.evidenceWeights[0] = -20
        model.evidenceWeights[2 * width] = -20
        model.evidenceWeights[width] = -2
        model.evidenceWeights[width + 2] = 1
        return model
    }

    @Test func `a text is flagged by its sound, and the runs that carried it are shown`() throws {
        let classifier = ComplaintClassifier(model: Self.model("停水"))
        let text = Self.text("又停水了")
        let sound = try #require(classifier.model).trackSound(of: text, classes: [])
        let suspicion = classifier.suspicion(sound, length: text.count)
        let isSuspicious = classifier.isSuspicious(suspicion, length: text.count)
        #expect(isSuspicious)
        let verdict = classifier.verdict(on: [], text: text, classes: [], sound: sound)
        #expect(verdict.flagged && verdict.track == .grievance)
        #expect(verdict.evidence == [Hit(rule: "model", span: 3..<9)])
        #expect(verdict.score > 0.5 && verdict.score < 1)
    }

    @Test func `what no rule and no run speaks for is not flagged`() throws {
        let classifier = ComplaintClassifier(model: Self.model("停水"))
        let text = Self.text("今天真热")
        let sound = try #require(classifier.model).trackSound(of: text, classes: [])
        let suspicion = classifier.suspicion(sound, length: text.count)
        let isSuspicious = classifier.isSuspicious(suspicion, length: text.count)
        #expect(!isSuspicious)
        let isFlagged = classifier.verdict(on: [], text: text, classes: [], sound: sound).flagged
        #expect(!isFlagged)
    }

    @Test func `bytes give the model back`() throws {
        var model = Self.model("停水")
        model.topicBias[3] = -0.25
        model.accept = 0.31
        let isSame = try LinearModel(bytes: model.bytes) == model
        #expect(isSame)
        let size = model.bytes.count
        #expect(size <= 1_000_000)
    }

    @Test func `a model of before the pairs is still read, and says the same`() throws {
        var model = Self.model("停水")
        model.topics = GramTable(rowCount: 16_384, columns: model.topics.columns)
        model.topicBias[3] = -0.25
        let new = model.bytes
        // The tables' rows as powers of two; no scale for pairs, and no table of them.
        var old = Array(new[..<7]) + [3, 16, 14, 0, 0, 0, 0, 0, 0]
        old += new[24..<32] + new[40..<(new.count - 8)]
        let tables = old.count - model.topics.rowCount * (model.topics.columns + 1) - model.pairs.rowCount * 4
        old.removeSubrange(tables..<(tables + model.pairs.rowCount * 4))
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in old { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for shift in stride(from: 0, to: 64, by: 8) { old.append(UInt8(truncatingIfNeeded: sum >> UInt64(shift))) }
        let read = try LinearModel(bytes: old)
        model.pairs = GramTable(rowCount: 0, columns: 3)
        #expect(read == model)
        let text = Self.text("家里又停水了没有人来")
        #expect(read.trackSound(of: text, classes: []) == model.trackSound(of: text, classes: []))
    }

    @Test func `a damaged model is refused with what is wrong`() {
        var bytes = Self.model("停水").bytes
        #expect(throws: ModelError(.notAModel)) { try LinearModel(bytes: Array("not a model at all".utf8) + bytes) }
        #expect(throws: ModelError(.length(expected: bytes.count, found: bytes.count - 1))) {
            try LinearModel(bytes: Array(bytes.dropLast()))
        }
        bytes[7] = 9
        #expect(throws: ModelError(.version(9))) { try LinearModel(bytes: bytes) }
        bytes[7] = 4
        bytes[5000] ^= 1
        #expect(throws: ModelError(.damaged)) { try LinearModel(bytes: bytes) }
    }
}
