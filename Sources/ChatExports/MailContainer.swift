internal import CMail

/// A mail, or a mailbox of them: its text where that is an export, and the files attached to it.
///
/// Of alternatives the plain text is taken, the web page where only that holds messages. Pictures, sounds and films are passed over.
final class MailContainer: Container {
    private let mail: OpaquePointer
    /// Keeps alive what the callback reads from.
    private let context: MailSource
    private var entries: [(part: Int32, name: String)] = []
    private var position = 0

    /// True for the first bytes of a mail: several lines of a header, and one that only mails have.
    static func isMail(_ head: [UInt8]) -> Bool {
        var names: Set<String> = []
        for line in head.prefix(4096).split(separator: 0x0A, omittingEmptySubsequences: false).prefix(60) {
            if line.isEmpty || line.elementsEqual([0x0D]) { break }
            // The line of a mailbox, and the rest of a long line.
            if line.starts(with: Array("From ".utf8)) || line.first == 0x20 || line.first == 0x09 { continue }
            guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex else { return false }
            let name = line[..<colon]
            guard name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
            names.insert(String(decoding: name, as: UTF8.self).lowercased())
        }
        let telling: Set<String> = [
            "mime-version", "received", "return-path", "delivered-to", "message-id", "content-type",
        ]
        return names.count > 1 && (!names.isDisjoint(with: telling) || names.isSuperset(of: ["from", "subject"]))
    }

    /// The mail in a file that an editor saved behind a byte-order mark, perhaps as UTF-16; nil where there is none.
    static func resaved(_ source: ByteSource, head: [UInt8]) throws(ExportError) -> ByteSource? {
        let marks: [([UInt8], TextEncoding)] = [
            ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
        ]
        guard let (mark, encoding) = marks.first(where: { head.starts(with: $0.0) }) else { return nil }
        let text = ByteSource(path: source.path, stream: DecodedStream(source, encoding, mark: mark.count))
        return isMail(try text.bytes(at: 0, count: 4096)) ? text : nil
    }

    /// - Throws: when the bytes are no mail after all, or nothing in it can be an export.
    init(_ source: ByteSource) throws(ExportError) {
        context = MailSource(source)
        let size = try source.size()
        let isMailbox = try source.bytes(at: 0, count: 5).elementsEqual("From ".utf8)
        let opened = cmail_open(
            Unmanaged.passUnretained(context).toOpaque(), Int64(size),
            { context, offset, target, count in
                guard let context, let target else { return -1 }
                return Unmanaged<MailSource>.fromOpaque(context).takeUnretainedValue().read(offset, target, count)
            }, isMailbox ? 1 : 0)
        guard let opened else { throw ExportError(.mailWithoutExport, file: source.path) }
        mail = opened
        choose(source.path)
        if let failure = context.failure { throw failure }
        if entries.isEmpty { throw ExportError(.mailWithoutExport, file: source.path) }
    }

    deinit { cmail_close(mail) }

    func next() throws(ExportError) -> ContainerEntry? {
        guard position < entries.count else { return nil }
        defer { position += 1 }
        _ = cmail_select(mail, entries[position].part)
        return ContainerEntry(name: entries[position].name, size: nil)
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ContainerFailure) -> Int {
        let got = cmail_read(mail, target.baseAddress, Int64(target.count))
        if let failure = context.failure { throw .source(failure) }
        if got < 0 { throw .damaged }
        return Int(got)
    }

    // MARK: Which parts

    private struct Part {
        var index: Int32
        var type: String
        var name: String
        var alternative: Int
        var isAttachment: Bool
        var isText: Bool { !isAttachment && name.isEmpty && (type == "text/plain" || type == "text/html") }
    }

    private func choose(_ path: String) {
        var texts: [Part] = []
        var files: [Part] = []
        for index in 0..<cmail_count(mail) {
            var raw = CMailPart()
            guard cmail_part(mail, index, &raw) == 1 else { continue }
            let part = Part(
                index: index, type: String(cString: raw.type), name: String(cString: raw.name),
                alternative: Int(raw.alternative), isAttachment: raw.isAttachment == 1)
            if part.isText {
                texts.append(part)
            } else if !["image/", "audio/", "video/"].contains(where: { part.type.hasPrefix($0) }) {
                files.append(part)
            }
        }
        var ordinal = 0
        var done: Set<Int> = []
        for part in texts where part.alternative == 0 || done.insert(part.alternative).inserted {
            let others = part.alternative == 0 ? [] : texts.filter { $0.alternative == part.alternative }
            let choices = (others.isEmpty ? [part] : others).sorted {
                ($0.type == "text/plain" ? 0 : 1) < ($1.type == "text/plain" ? 0 : 1)
            }
            guard let chosen = choices.first(where: { isExport($0, path) }) ?? (files.isEmpty ? choices.first : nil)
            else { continue }
            ordinal += 1
            let ending = chosen.type == "text/html" ? "html" : "txt"
            entries.append((chosen.index, ordinal == 1 ? "mail.\(ending)" : "mail-\(ordinal).\(ending)"))
        }
        var taken: Set<String> = []
        for (number, part) in files.enumerated() {
            let plain = part.name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
            var name = plain.isEmpty || plain.hasPrefix(".") ? "attachment-\(number + 1)" : plain
            if !taken.insert(name).inserted { name = "\(number + 1)-\(name)" }
            entries.append((part.index, name))
        }
    }

    /// True when a text is an export, or one that is refused for what it is.
    private func isExport(_ part: Part, _ path: String) -> Bool {
        guard cmail_select(mail, part.index) == 1 else { return false }
        let head = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
            while filled < buffer.count {
                let rest = buffer.count - filled
                let got = cmail_read(mail, buffer.baseAddress.map { $0 + filled }, Int64(rest))
                if got <= 0 { break }
                filled += Int(got)
            }
        }
        let source = ByteSource(path: path, bytes: head)
        do throws(ExportError) {
            let finding = try Sniffer(source).find()
            _ = try finding.format.reading(finding.head, file: path)
            return true
        } catch {
            return error.reason == .dateMissing
        }
    }
}

/// What the callback reads from.
private final class MailSource {
    private let source: ByteSource
    var failure: ExportError?

    init(_ source: ByteSource) { self.source = source }

    func read(_ offset: Int64, _ target: UnsafeMutableRawPointer, _ count: Int64) -> Int64 {
        do throws(ExportError) {
            return Int64(
                try source.read(
                    at: Int(offset), into: UnsafeMutableRawBufferPointer(start: target, count: Int(count))))
        } catch {
            failure = error
            return -1
        }
    }
}
