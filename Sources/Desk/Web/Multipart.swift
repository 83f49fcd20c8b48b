import Foundation

/// The files of a form as browsers send them without a script (RFC 7578).
enum Multipart {
    /// The boundary that a content type names; nil when it is another type.
    static func boundary(of contentType: String?) -> String? {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for part in contentType.split(separator: ";").dropFirst() {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].lowercased() == "boundary" else { continue }
            let value = pair[1].filter { $0 != "\"" }
            return (1...70).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }

    /// The named files in a body, in order.
    static func files(in body: [UInt8], boundary: String) -> [(name: String, range: Range<Int>)] {
        let line = Array(("--" + boundary).utf8)
        var files: [(String, Range<Int>)] = []
        var start = find(line, in: body, from: 0)
        while let begin = start {
            let head = begin + line.count
            guard let end = find([0x0D, 0x0A, 0x0D, 0x0A], in: body, from: head),
                let next = find([0x0D, 0x0A] + line, in: body, from: end + 2)
            else { break }
            let fields = String(decoding: body[head..<end], as: UTF8.self)
            if let name = fileName(in: fields), !name.isEmpty { files.append((name, end + 4..<max(end + 4, next))) }
            start = next + 2
        }
        return files
    }

    /// The text of a named field that is no file; nil where there is none, or nothing in it.
    static func field(_ name: String, in body: [UInt8], boundary: String) -> String? {
        let head = Array("name=\"\(name)\"\r\n\r\n".utf8)
        guard let at = find(head, in: body, from: 0),
            let end = find([0x0D, 0x0A] + Array(("--" + boundary).utf8), in: body, from: at + head.count)
        else { return nil }
        let text = String(decoding: body[(at + head.count)..<end], as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }

    private static func fileName(in fields: String) -> String? {
        guard let at = fields.range(of: "filename=\"") else { return nil }
        return String(fields[at.upperBound...].prefix { $0 != "\"" })
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard body.count >= needle.count, start <= body.count - needle.count else { return nil }
        return body.withUnsafeBufferPointer { bytes in
            var index = start
            while index <= bytes.count - needle.count {
                if bytes[index] == needle[0], needle.indices.allSatisfy({ bytes[index + $0] == needle[$0] }) {
                    return index
                }
                index += 1
            }
            return nil
        }
    }
}
