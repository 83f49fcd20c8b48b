extension ExportShelf {
    /// Goes through the lines of an input, on the disk or in an archive, behind a byte-order mark; nothing is decoded.
    ///
    /// - Parameters:
    ///   - input: the file or entry.
    ///   - longest: of a longer line only so many bytes are given.
    ///   - body: takes a line without its end and whether all of it is there; false ends the walk.
    /// - Throws: for what cannot be opened or read.
    /// - Complexity: memory for one line of `longest` bytes and a block of a mebibyte.
    package func forEachLine(
        of input: ExportInput, longest: Int, _ body: (UnsafeBufferPointer<UInt8>, Bool) -> Bool
    ) throws(ExportError) {
        let source = try source(of: input)
        var offset = 0
        var line: [UInt8] = []
        var isWhole = true
        func give() -> Bool {
            let goesOn = line.withUnsafeBufferPointer { body($0, isWhole) }
            line.removeAll(keepingCapacity: true)
            isWhole = true
            return goesOn
        }
        while true {
            let block = try source.bytes(at: offset, count: 1 << 20)
            if block.isEmpty { break }
            var start = offset == 0 && block.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            offset += block.count
            while start < block.count {
                let end = block[start...].firstIndex(of: 0x0A)
                let piece = block[start..<(end ?? block.count)]
                let room = max(0, longest - line.count)
                line += piece.prefix(room)
                isWhole = isWhole && piece.count <= room
                guard let end else { break }
                start = end + 1
                if !give() { return }
            }
        }
        if !line.isEmpty || !isWhole { _ = give() }
    }
}
