/// What became of the lines of a text export.
public struct LineTally: Sendable, Equatable {
    /// All lines of the file.
    public var lines = 0
    /// The lines of messages: headers, words, and blank lines between words.
    ///
    /// All others are rejects or were passed over, each counted in the blocks.
    public var inMessages = 0
}
