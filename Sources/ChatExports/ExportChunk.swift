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
                JSONScratch.with(fields: reader.keys.count, inner: reader.innerFields) { scratch in
                    Self.read(view, piece.layout, reader, scratch, into: &builder)
                }
            }
            return builder.finished()
        }
    }

    private static func read(
        _ view: ByteView, _ layout: RecordPiece.Layout, _ reader: any JSONRecordReader,
        _ scratch: JSONScratch, into builder: inout BlockBuilder
    ) {
        let keys = reader.keys
        switch layout {
        case .elements(let elements):
            builder.reserve(bytes: view.count / 2, records: elements.count)
            for element in elements { read(element, of: view, reader, keys, scratch, into: &builder) }
        case .grouped(let elements, let groups):
            builder.reserve(bytes: view.count / 2, records: elements.count)
            for (index, group) in groups.enumerated() {
                builder.enter(group.group)
                let end = index + 1 < groups.count ? groups[index + 1].first : elements.count
                for element in elements[group.first..<end] {
                    read(element, of: view, reader, keys, scratch, into: &builder)
                }
            }
        case .lines(let first, let cutAt):
            builder.reserve(bytes: view.count / 2, records: view.count / 200)
            var line = first
            var start = 0
            while start < view.count {
                let end = JSONScan.lineFeed(in: view, from: start)
                let text = view.trimmed(start..<end)
                let isCut = cutAt != nil && end == view.count
                if text.isEmpty || view[text.lowerBound] == 0x23 {
                    builder.pass()
                } else if text.count > builder.context.longestRecord {
                    builder.reject(.tooLong, line: line)
                } else {
                    // A view that ends with the line, so that an open string doesn't run on into the next.
                    let json = JSONView(view.part(0..<text.upperBound))
                    // What follows an object on its line would be lost: such a line is no record.
                    if let record = JSONRecord(json, at: text.lowerBound, line: line, keys: keys, scratch: scratch),
                        record.end == text.upperBound
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

    @inline(__always)
    private static func read(
        _ element: (start: Int32, number: Int32), of view: ByteView, _ reader: any JSONRecordReader, _ keys: JSONKeys,
        _ scratch: JSONScratch, into builder: inout BlockBuilder
    ) {
        let json = JSONView(view)
        let line = Int(element.number)
        if let record = JSONRecord(json, at: Int(element.start), line: line, keys: keys, scratch: scratch) {
            reader.read(record, into: &builder)
        } else if let (value, _) = json.value(at: Int(element.start)), value.kind == .string,
            scratch.plain(value, in: json, { reader.read($0, line: line, into: &builder) })
        {
            return
        } else {
            builder.reject(.notJSON, line: line)
        }
    }
}
