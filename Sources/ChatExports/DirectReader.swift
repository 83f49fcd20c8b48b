internal import Messages

/// A line reader behind closures that are made where its type is known.
///
/// A generic type behind `any LineReader` runs unspecialised: its witnesses are generic code, which takes two to three times as
/// long here. Closures formed in a specialised initialiser call specialised code.
struct DirectReader: LineReader {
    private let readLines: (ByteView, Int, inout LinePlace, inout BlockBuilder) -> Int
    private let readLine: (ByteView, Int, inout BlockBuilder) -> Void
    private let pauseBlock: (inout BlockBuilder) -> Void
    private let resumeBlock: (inout BlockBuilder) -> Void
    private let finishFile: (inout BlockBuilder) -> Void
    private let countLines: () -> Int?

    init(_ base: some LineReader) {
        var reader = base
        readLines = { view, start, place, builder in reader.read(linesOf: view, from: start, &place, into: &builder) }
        readLine = { line, number, builder in reader.read(line, number: number, into: &builder) }
        pauseBlock = { builder in reader.pause(&builder) }
        resumeBlock = { builder in reader.resume(&builder) }
        finishFile = { builder in reader.finish(into: &builder) }
        countLines = { reader.lineCount }
    }

    var lineCount: Int? { countLines() }

    func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) { readLine(line, number, &builder) }

    func read(
        linesOf view: ByteView, from start: Int, _ place: inout LinePlace, into builder: inout BlockBuilder
    ) -> Int {
        readLines(view, start, &place, &builder)
    }

    func pause(_ builder: inout BlockBuilder) { pauseBlock(&builder) }
    func resume(_ builder: inout BlockBuilder) { resumeBlock(&builder) }
    func finish(into builder: inout BlockBuilder) { finishFile(&builder) }
}
