public import Messages

/// A piece of an export that can be turned into messages on any thread.
public struct ExportChunk: Sendable {
    enum Content: Sendable {
        case parsed(MessageBlock)
        case records(RecordPiece, any JSONRecordReader, ReadingContext)
    }

    let content: Content

    /// The chunk's messages, rejects and blank lines, in the order of the file.
    ///
    /// Pure: equal chunks give equal blocks.
    public func block() -> MessageBlock {
        switch content {
        case .parsed(let block): return block
        case .records(let piece, let reader, let context):
            var builder = BlockBuilder(context)
            for reject in piece.rejects {
                builder.reject(reject.reason, line: reject.line, number: reject.number)
            }
            piece.bytes.withUnsafeBufferPointer { view in
                withUnsafeTemporaryAllocation(of: JSONValue.self, capacity: reader.keys.count) { fields in
                    fields.initialize(repeating: JSONValue())
                    Self.read(view, piece.layout, reader, fields, into: &builder)
                }
            }
            return builder.finished()
        }
    }

    private static func read(
        _ view: ByteView, _ layout: RecordPiece.Layout, _ reader: any JSONRecordReader,
        _ fields: UnsafeMutableBufferPointer<JSONValue>, into builder: inout BlockBuilder
    ) {
        let keys = reader.keys
        switch layout {
        case .elements(let elements):
            builder.reserve(bytes: view.count / 4, records: elements.count)
            let json = JSONView(view)
            for element in elements {
                let line = Int(element.number)
                if let record = JSONRecord(json, at: Int(element.start), line: line, keys: keys, fields: fields) {
                    reader.read(record, into: &builder)
                } else {
                    builder.reject(.notJSON, line: line)
                }
            }
        case .lines(let first, let cutAt):
            builder.reserve(bytes: view.count / 4, records: view.count / 256)
            var line = first
            var start = 0
            while start < view.count {
                let end = JSONScan.lineFeed(in: view, from: start)
                let text = view.trimmed(start..<end)
                let isCut = cutAt != nil && end == view.count
                if text.isEmpty || view[text.lowerBound] == 0x23 {
                    builder.pass()
                } else {
                    let json = JSONView(view.part(text))
                    // What follows an object on its line would be lost: such a line is no record.
                    if let record = JSONRecord(json, at: 0, line: line, keys: keys, fields: fields),
                        record.end == text.count
                    {
                        reader.read(record, into: &builder)
                    } else if isCut {
                        builder.reject(.endsEarly, line: line, number: cutAt)
                    } else {
                        builder.reject(.notJSON, line: line)
                    }
                }
                line += 1
                start = end + 1
            }
        }
    }
}
