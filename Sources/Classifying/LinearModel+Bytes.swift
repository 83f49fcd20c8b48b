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
                    ? "是第 \(found) 版的模型，本程序读第 3 版"
                    : "is a model of version \(found), this program reads version 3"
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
    private static let magic: [UInt8] = Array("MSMODEL".utf8) + [3]
    private static let headBytes = 16

    /// The model as a file: a head, numbers as little-endian IEEE 754 doubles, tables as bytes, a checksum.
    public var bytes: [UInt8] {
        var bytes = Self.magic + [UInt8(tracks.bits), UInt8(topics.bits)]
        bytes += [UInt8](repeating: 0, count: Self.headBytes - bytes.count)
        for number in numbers {
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(shift)))
            }
        }
        bytes += tracks.rows.map { UInt8(bitPattern: $0) }
        bytes += topics.rows.map { UInt8(bitPattern: $0) }
        let sum = Self.checksum(bytes[...])
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: sum >> UInt64(shift))) }
        return bytes
    }

    private var numbers: [Double] {
        [trackScale, topicScale, topicShare, accept, strictness] + trackBias + topicBias + evidenceWeights
    }

    /// Reads a model file.
    public init(bytes: [UInt8]) throws(ModelError) {
        guard bytes.count > Self.headBytes + 8, bytes.starts(with: Self.magic.dropLast()) else {
            throw ModelError(.notAModel)
        }
        guard bytes[7] == 3 else { throw ModelError(.version(Int(bytes[7]))) }
        self.init()
        tracks = GramTable(bits: min(24, max(2, Int(bytes[8]))), columns: tracks.columns)
        topics = GramTable(bits: min(24, max(2, Int(bytes[9]))), columns: topics.columns)
        let count = numbers.count
        let expected = Self.headBytes + 8 * count + tracks.rows.count + topics.rows.count + 8
        guard bytes.count == expected else { throw ModelError(.length(expected: expected, found: bytes.count)) }
        func number(at offset: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
        }
        guard number(at: expected - 8) == Self.checksum(bytes[..<(expected - 8)]) else { throw ModelError(.damaged) }
        var read = (0..<count).map { Double(bitPattern: number(at: Self.headBytes + 8 * $0)) }[...]
        func take(_ count: Int) -> [Double] {
            defer { read = read.dropFirst(count) }
            return Array(read.prefix(count))
        }
        let single = take(5)
        (trackScale, topicScale, topicShare) = (single[0], single[1], single[2])
        (accept, strictness) = (single[3], single[4])
        trackBias = take(3)
        topicBias = take(Topic.allCases.count)
        evidenceWeights = take(3 * Self.evidenceNames.count)
        let start = Self.headBytes + 8 * count
        let middle = start + tracks.rows.count
        tracks.rows = bytes[start..<middle].map { Int8(bitPattern: $0) }
        topics.rows = bytes[middle..<(middle + topics.rows.count)].map { Int8(bitPattern: $0) }
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
