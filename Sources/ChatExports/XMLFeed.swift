internal import CExpat

/// An XML document that is read piece by piece: what its elements mean is up to the handler.
///
/// Document type definitions are refused: nothing that a workbook's writer makes has one, and attacks do.
final class XMLFeed {
    /// What is told of the document; names come without their prefix.
    protocol Handler: AnyObject {
        func begin(_ name: StaticName, _ attributes: Attributes)
        func end(_ name: StaticName)
        func text(_ bytes: UnsafeBufferPointer<UInt8>)
    }

    /// A name as bytes, valid during the call.
    struct StaticName {
        private let bytes: UnsafePointer<CChar>

        init(_ qualified: UnsafePointer<CChar>) {
            var start = qualified
            var at = qualified
            while at.pointee != 0 {
                if at.pointee == 0x3A { start = at + 1 }
                at += 1
            }
            bytes = start
        }

        static func == (name: StaticName, text: StaticString) -> Bool {
            let start = UnsafeRawPointer(name.bytes).assumingMemoryBound(to: UInt8.self)
            for index in 0..<text.utf8CodeUnitCount where start[index] != text.utf8Start[index] { return false }
            return start[text.utf8CodeUnitCount] == 0
        }
    }

    /// The attributes of an element, valid during the call.
    struct Attributes {
        fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

        /// The value of an attribute, looked up by its name without prefix.
        subscript(name: StaticString) -> String? { value(name).map { String(cString: $0) } }

        /// The bytes of an attribute's value, ended by a zero.
        func value(_ name: StaticString) -> UnsafePointer<CChar>? {
            guard let list else { return nil }
            var at = 0
            while let key = list[at], let value = list[at + 1] {
                if StaticName(key) == name { return value }
                at += 2
            }
            return nil
        }
    }

    private let parser: XML_Parser
    private unowned let handler: any Handler
    private var isRefused = false

    init(_ handler: any Handler) {
        guard let parser = XML_ParserCreate(nil) else { preconditionFailure("expat has no memory for a parser") }
        self.parser = parser
        self.handler = handler
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { context, name, attributes in
                guard let feed = XMLFeed.from(context), let name else { return }
                feed.handler.begin(StaticName(name), Attributes(list: attributes))
            },
            { context, name in
                guard let feed = XMLFeed.from(context), let name else { return }
                feed.handler.end(StaticName(name))
            })
        XML_SetCharacterDataHandler(parser) { context, text, count in
            guard let feed = XMLFeed.from(context), let text else { return }
            let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
            feed.handler.text(UnsafeBufferPointer(start: start, count: Int(count)))
        }
        XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
            guard let feed = XMLFeed.from(context) else { return }
            feed.isRefused = true
            XML_StopParser(feed.parser, XML_Bool(0))
        }
    }

    deinit { XML_ParserFree(parser) }

    private static func from(_ context: UnsafeMutableRawPointer?) -> XMLFeed? {
        context.map { Unmanaged<XMLFeed>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Takes the next bytes; false when they are no XML.
    func take(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Bool {
        let start = bytes.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
        return XML_Parse(parser, start, Int32(bytes.count), isLast ? 1 : 0) == XML_STATUS_OK && !isRefused
    }
}
