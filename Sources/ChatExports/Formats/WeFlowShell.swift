/// WeFlow's page of a long chat: it shows the messages and holds none, they stand in the chunks of a folder beside it.
enum WeFlowShell {
    /// The folder of the chunks, as the page calls it; nil for any other page.
    static func folder(of page: [UInt8], file: String) -> String? {
        page.withUnsafeBufferPointer { view in
            guard view.find("window.WEFLOW_DATA = null") != nil, let manifest = view.find("WEFLOW_MANIFEST") else {
                return nil
            }
            let named = name(in: view.part(manifest..<min(view.count, manifest + 4096)))
            return (named ?? FolderName.stem(file) + "_data") + "/chunk-000000.js"
        }
    }

    /// The first text that ends in `_data`, or goes on with a chunk of it; its last part, the signs of an address taken back.
    private static func name(in manifest: ByteView) -> String? {
        guard let end = manifest.find("_data") else { return nil }
        var start = end
        while start > 0, manifest[start - 1] != 0x22, manifest[start - 1] != 0x2F { start -= 1 }
        let name = String(decoding: plain(manifest.part(start..<end)), as: UTF8.self) + "_data"
        let isShown = name.count < 120 && !name.unicodeScalars.contains { $0.value < 0x20 }
        return start < end && isShown ? name : nil
    }

    /// A part of an address without its percent signs.
    private static func plain(_ text: ByteView) -> [UInt8] {
        var out: [UInt8] = []
        var at = 0
        while at < text.count {
            if text[at] == 0x25, at + 2 < text.count, let high = digit(text[at + 1]), let low = digit(text[at + 2]) {
                out.append(high << 4 | low)
                at += 3
            } else {
                out.append(text[at])
                at += 1
            }
        }
        return out
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
