internal import Foundation
public import Messages

/// A text with the verdict that a careful reader gives it.
public struct LabelledText: Sendable, Equatable {
    /// The text as it was typed.
    public var text: String
    /// The track, nil for nothing to flag.
    public var track: Track?
    /// The topic, nil for nothing to flag.
    public var topic: Topic?
    /// What kind of line it is (`chat`, `notice`, `answer` …), empty when the file does not say.
    public var kind: String
    /// Where it stands.
    public var origin: Origin

    /// Makes a labelled text.
    public init(text: String, track: Track?, topic: Topic?, kind: String = "", origin: Origin) {
        self.text = text
        self.track = track
        self.topic = topic
        self.kind = kind
        self.origin = origin
    }
}

/// A file of labelled texts that cannot be used.
public struct LabelledTextError: ExplainedError, Equatable {
    /// What is wrong.
    public enum Reason: Sendable, Equatable {
        /// The file cannot be opened or is not UTF-8.
        case unreadable
        /// The line is no JSON object with a text.
        case notAnObject
        /// A slug that the taxonomy does not have.
        case unknownSlug(String)
        /// The topic belongs to another track.
        case trackDiffers(track: String, topic: String)
        /// No line holds a text.
        case empty
    }

    /// What is wrong.
    public let reason: Reason
    /// Where.
    public let origin: Origin

    init(_ reason: Reason, at origin: Origin) {
        self.reason = reason
        self.origin = origin
    }

    /// Where, what, and what to do, on one line.
    public func explanation(in language: Language) -> String {
        let isChinese = language == .zh
        let text =
            switch reason {
            case .unreadable:
                isChinese
                    ? "打不开，或不是 UTF-8。请检查路径和编码"
                    : "cannot be opened, or is not UTF-8. Check the path and the encoding"
            case .notAnObject:
                isChinese
                    ? "不是含 text 的 JSON 对象。每行写 {\"text\":\"…\",\"track\":…,\"topic\":…}"
                    : "not a JSON object with text. Write {\"text\":\"…\",\"track\":…,\"topic\":…} a line"
            case .unknownSlug(let slug):
                isChinese
                    ? "没有“\(slug)”这个类别。类别见 Lexicons/taxonomy.yaml"
                    : "no track or topic '\(slug)'. See Lexicons/taxonomy.yaml"
            case .trackDiffers(let track, let topic):
                isChinese ? "主题 \(topic) 不属于 \(track)" : "topic \(topic) does not belong to \(track)"
            case .empty: isChinese ? "没有可用的行" : "holds no line to use"
            }
        return "\(origin)" + (isChinese ? "：" : ": ") + text
    }
}

/// Reads labelled texts: JSONL with `text`, `track`, `topic`, and `kind` where there is one.
public enum LabelledTextFile {
    private struct Line: Decodable {
        var text: String
        var track: String?
        var topic: String?
        var kind: String?
    }

    /// The texts of a file, in order; blank lines are passed over.
    public static func read(_ path: String) throws(LabelledTextError) -> [LabelledText] {
        guard let data = FileManager.default.contents(atPath: path),
            let content = String(validating: data, as: UTF8.self)
        else { throw LabelledTextError(.unreadable, at: Origin(file: path)) }
        let decoder = JSONDecoder()
        var texts: [LabelledText] = []
        for (index, line) in content.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { $0 > 0x20 }) {
            let origin = Origin(file: path, line: index + 1)
            guard let row = try? decoder.decode(Line.self, from: Data(line)) else {
                throw LabelledTextError(.notAnObject, at: origin)
            }
            texts.append(try labelled(row, at: origin))
        }
        if texts.isEmpty { throw LabelledTextError(.empty, at: Origin(file: path)) }
        return texts
    }

    private static func labelled(_ row: Line, at origin: Origin) throws(LabelledTextError) -> LabelledText {
        var track: Track?
        if let slug = row.track {
            guard let known = Track(rawValue: slug) else { throw LabelledTextError(.unknownSlug(slug), at: origin) }
            track = known
        }
        var topic: Topic?
        if let slug = row.topic {
            guard let known = Topic(rawValue: slug) else { throw LabelledTextError(.unknownSlug(slug), at: origin) }
            guard known.track == track else {
                throw LabelledTextError(.trackDiffers(track: row.track ?? "null", topic: slug), at: origin)
            }
            topic = known
        }
        return LabelledText(text: row.text, track: track, topic: topic, kind: row.kind ?? "", origin: origin)
    }
}
