/// How the bytes of a file stand for characters.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case gb18030 = "GB18030"
}

/// What a file was taken for, and why.
public struct Detection: Sendable, Equatable {
    /// The format that came closest without being taken.
    public struct RunnerUp: Sendable, Equatable {
        /// Its slug.
        public var format: String
        /// What it lacked, or why the other was preferred.
        public var whyNot: String
    }

    /// The slug of the format, such as `weflow-json`.
    public var format: String
    /// The encoding of the text.
    public var encoding: TextEncoding
    /// What spoke for the format: names of keys, columns and lines, never contents.
    public var evidence: [String]
    /// The next best format, if any other had something for it.
    public var runnerUp: RunnerUp?
}
