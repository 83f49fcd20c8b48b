public import Messages

/// A model file that cannot be used.
public struct ModelError: ExplainedError, Equatable {
    /// What is wrong.
    public enum Reason: Sendable, Equatable {
        /// It does not begin as a model does.
        case notAModel
        /// It is of another version of the program.
        case version(Int)
        /// It ends early, or goes on too long.
        case length(expected: Int, found: Int)
        /// Its checksum differs: it was changed or damaged.
        case damaged
        /// It could not be written.
        case notWritten
    }

    /// What is wrong.
    public let reason: Reason
    /// The file.
    public var file = ""

    /// Makes an error.
    public init(_ reason: Reason, file: String = "") {
        self.reason = reason
        self.file = file
    }

    /// Where, what, and what to do, on one line.
    public func explanation(in language: Language) -> String {
        let isChinese = language == .zh
        let what =
            switch reason {
            case .notAModel: isChinese ? "不是模型文件" : "is no model file"
            case .version(let found):
                isChinese
                    ? "是第 \(found) 版的模型，本程序读第 3、4 版"
                    : "is a model of version \(found), this program reads versions 3 and 4"
            case .length(let expected, let found):
                isChinese
                    ? "应有 \(expected) 字节，实有 \(found)" : "should have \(expected) bytes and has \(found)"
            case .damaged: isChinese ? "校验和不符" : "does not fit its checksum"
            case .notWritten: isChinese ? "写不进去" : "cannot be written"
            }
        if reason == .notWritten {
            return isChinese
                ? "\(file)：\(what)。请检查路径、权限和磁盘空间"
                : "\(file): \(what). Check the path, its rights and the disk's room"
        }
        let remedy =
            isChinese
            ? "请重新训练：minsheng model train，或换回随软件发布的 model.bin"
            : "Train it anew: minsheng model train, or take the shipped model.bin"
        return isChinese ? "\(file)：\(what)。\(remedy)" : "\(file): \(what). \(remedy)"
    }
}

extension LinearModel {
    private static let magic: [UInt8] = Array("MSMODEL".utf8) + [4]
    private static let headBytes = 24

    /// The model as a file: a head with the tables' rows, numbers as little-endian IEEE 754 doubles, tables as bytes, a checksum.
    public var bytes: [UInt8] {
        var bytes = Self.magic
        for table in [tracks, pairs, topics] {
            for shift in stride(from: 0, to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: table.rowCount >> shift))
            }
        }
        bytes += [UInt8](repeating: 0, count: Self.headBytes - bytes.count)
        for number in numbers {
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(shift)))
            }
        }
        bytes += tracks.rows.map { UInt8(bitPattern: $0) }
        bytes += pairs.rows.map { UInt8(bitPattern: $0) }
        bytes += topics.rows.map { UInt8(bitPattern: $0) }
        let sum = Self.checksum(bytes[...])
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: sum >> UInt64(shift))) }
        return bytes
    }

    private var numbers: [Double] {
        [trackScale, pairScale, topicScale, topicShare, accept, strictness] + trackBias + topicBias + evidenceWeights
    }

    /// Reads a model file: one of version 3 knows no pairs, and has the tables' rows as powers of two.
    public init(bytes: [UInt8]) throws(ModelError) {
        guard bytes.count > Self.headBytes + 8, bytes.starts(with: Self.magic.dropLast()) else {
            throw ModelError(.notAModel)
        }
        guard (3...4).contains(bytes[7]) else { throw ModelError(.version(Int(bytes[7]))) }
        self.init()
        let isOld = bytes[7] == 3
        let headBytes = isOld ? 16 : Self.headBytes
        let rowCounts =
            isOld
            ? [1 << Int(min(24, bytes[8])), 0, 1 << Int(min(24, bytes[9]))]
            : (0..<3).map { table in
                (0..<4).reduce(0) { $0 | Int(bytes[8 + 4 * table + $1]) << (8 * $1) }
            }
        guard rowCounts.allSatisfy(GramTable.isRowCount) else { throw ModelError(.damaged) }
        let sizes = zip(rowCounts, [tracks, pairs, topics]).map { $0 * ($1.columns + 1) }
        let count = numbers.count - (isOld ? 1 : 0)
        let expected = headBytes + 8 * count + sizes.reduce(0, +) + 8
        guard bytes.count == expected else { throw ModelError(.length(expected: expected, found: bytes.count)) }
        func number(at offset: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
        }
        guard number(at: expected - 8) == Self.checksum(bytes[..<(expected - 8)]) else { throw ModelError(.damaged) }
        var read = (0..<count).map { Double(bitPattern: number(at: headBytes + 8 * $0)) }[...]
        func take(_ count: Int) -> [Double] {
            defer { read = read.dropFirst(count) }
            return Array(read.prefix(count))
        }
        trackScale = take(1)[0]
        if !isOld { pairScale = take(1)[0] }
        let single = take(4)
        (topicScale, topicShare) = (single[0], single[1])
        (accept, strictness) = (single[2], single[3])
        trackBias = take(3)
        topicBias = take(Topic.allCases.count)
        evidenceWeights = take(3 * Self.evidenceNames.count)
        var start = headBytes + 8 * count
        func table(_ rowCount: Int, like other: GramTable) -> GramTable {
            var table = GramTable(rowCount: rowCount, columns: other.columns)
            table.rows = bytes[start..<(start + table.rows.count)].map { Int8(bitPattern: $0) }
            start += table.rows.count
            return table
        }
        tracks = table(rowCounts[0], like: tracks)
        pairs = table(rowCounts[1], like: pairs)
        topics = table(rowCounts[2], like: topics)
    }

    /// FNV-1a, 64 bits.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBufferPointer { view in
            var sum: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in view { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return sum
        }
    }
}
