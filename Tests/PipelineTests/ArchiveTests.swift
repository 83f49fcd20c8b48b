import ChatExports
import Foundation
import Messages
import Pipeline
import Testing

/// Exports in archives are read as files are, and nothing is unpacked to the disk.
struct ArchiveTests {
    /// A ZIP archive written byte by byte, so that tests can lie in it.
    struct Archive {
        private var bytes: [UInt8] = []
        private var directory: [UInt8] = []
        private var count = 0

        /// Adds an entry without compression; `claimed` is a false size, `flags` the general purpose bits.
        mutating func add(_ name: [UInt8], _ content: [UInt8], flags: UInt16 = 0, claimed: Int? = nil) {
            let start = bytes.count
            let size = UInt32(claimed ?? content.count)
            var common = Self.number(20, 2) + Self.number(UInt32(flags), 2)
            common +=
                Self.number(0, 2) + Self.number(0, 2) + Self.number(0x5C62, 2) + Self.number(Self.checksum(content), 4)
            common += Self.number(size, 4) + Self.number(size, 4) + Self.number(UInt32(name.count), 2)
            common += Self.number(0, 2)
            bytes += Self.number(0x0403_4B50, 4) + common
            bytes += name
            bytes += content
            directory += Self.number(0x0201_4B50, 4) + Self.number(0x0314, 2) + common
            directory += Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2)
            directory += Self.number(0x81A4_0000, 4) + Self.number(UInt32(start), 4)
            directory += name
            count += 1
        }

        mutating func add(_ name: String, _ text: String) { add(Array(name.utf8), Array(text.utf8), flags: 1 << 11) }

        /// The archive's bytes.
        var data: Data {
            var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
            end += Self.number(UInt32(count), 2) + Self.number(UInt32(count), 2)
            end += Self.number(UInt32(directory.count), 4) + Self.number(UInt32(bytes.count), 4)
            end += Self.number(0, 2)
            return Data(bytes + directory + end)
        }

        /// A number in so many bytes, the lowest first.
        private static func number(_ value: UInt32, _ width: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            for index in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * index))) }
            return bytes
        }

        private static func checksum(_ bytes: [UInt8]) -> UInt32 {
            var sum = ~UInt32(0)
            for byte in bytes {
                sum ^= UInt32(byte)
                for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
            }
            return ~sum
        }
    }

    private static func said(_ index: Int) -> ImporterTests.Said {
        ImporterTests.Said(who: "w\(index)", at: index * 500, text: "第\(index)句", id: "7412589630\(100_000 + index)")
    }

    /// What `read` sees: the path of each input and its number of messages, or why it was not read.
    private static func contents(_ path: String) -> [String] {
        let shelf = ExportShelf()
        return FileFinder.inputs(at: [path]).map { input in
            let name = input.path.replacingOccurrences(of: path, with: "zip")
            do throws(ExportError) {
                let file = try shelf.open(input, options: ExportOptions(now: 1_790_000_000))
                var count = 0
                while let chunk = try file.nextChunk() { count += chunk.block().records.count }
                return "\(name) \(count)" + (file.knownGaps.isEmpty ? "" : " \(file.knownGaps[0].rawValue)")
            } catch {
                return "\(name) \(error.reason.rawValue)"
            }
        }
    }

    private func write(_ archive: Archive, to place: ImporterTests.Place, cut: Int = 0) throws -> String {
        let path = place.path + "/week.zip"
        try archive.data.dropLast(cut).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func `entries and archives in archives are files, named behind an exclamation mark`() throws {
        let place = try ImporterTests.Place()
        var inner = Archive()
        inner.add("周三/丙.json", ImporterTests.chatLab([Self.said(3), Self.said(4), Self.said(5)]))
        var archive = Archive()
        archive.add("文件夹/甲.jsonl", ImporterTests.chatLab([Self.said(1)]))
        archive.add(
            Array("第二.jsonl".data(using: .init(rawValue: 0x8000_0632)) ?? Data()),
            Array(ImporterTests.chatLab([Self.said(2)]).utf8))
        archive.add("__MACOSX/._甲.jsonl", "x")
        archive.add(Array("内.zip".utf8), [UInt8](inner.data), flags: 1 << 11)
        archive.add(Array("照片.jpg".utf8), [0xFF, 0xD8, 0xFF, 0xE0, 0], flags: 1 << 11)
        let path = try write(archive, to: place)
        #expect(
            Self.contents(path) == [
                "zip!/文件夹/甲.jsonl 1", "zip!/第二.jsonl 1", "zip!/内.zip!/周三/丙.json 3", "zip!/照片.jpg picture",
            ])
        #expect(FileFinder.inputs(at: [path + "!/内.zip"]).map(\.path) == [path + "!/内.zip!/周三/丙.json"])
    }

    @Test func `importing an archive comes to the same as importing its files`() async throws {
        let place = try ImporterTests.Place()
        let lines = (0..<40).map(Self.said)
        var archive = Archive()
        archive.add("a.jsonl", ImporterTests.chatLab(Array(lines[..<25])))
        archive.add("b.jsonl", ImporterTests.chatLab(Array(lines[15...])))
        archive.add("照片.jpg", "GIF89a")
        let reports = try await place.run(FileFinder.inputs(at: [try write(archive, to: place)]))
        #expect(reports.map(\.counts.new) == [25, 15, 0])
        #expect(reports.map(\.needsALook) == [false, false, false])
        let again = try await place.run([try place.write("all.jsonl", ImporterTests.chatLab(lines))])
        #expect(again[0].counts.seen == 40)
    }

    @Test func `a locked archive, one that holds too much and one without its end are told apart`() throws {
        let place = try ImporterTests.Place()
        var locked = Archive()
        locked.add(Array("a.json".utf8), [UInt8](repeating: 7, count: 40), flags: 1)
        #expect(Self.contents(try write(locked, to: place)) == ["zip archiveLocked"])
        var liar = Archive()
        liar.add(Array("a.json".utf8), Array("{}".utf8), claimed: 3_000_000_000)
        #expect(Self.contents(try write(liar, to: place)) == ["zip archiveTooLarge"])
        var cut = Archive()
        cut.add("a.jsonl", ImporterTests.chatLab([Self.said(1)]))
        cut.add("b.jsonl", ImporterTests.chatLab((0..<30).map(Self.said)))
        // The directory and the end of the second entry are gone: what is there is read, and the hole is named.
        let length = cut.data.count
        let found = Self.contents(try write(cut, to: place, cut: length / 2))
        #expect(found.first == "zip!/a.jsonl 1")
        #expect(found.contains { $0.hasPrefix("zip!/b.jsonl") } && found.last == "zip archiveDamaged", "\(found)")
    }

    @Test(arguments: [300, 900, 2_000])
    func `of an entry that the archive is cut in all whole messages are read`(kept: Int) throws {
        let place = try ImporterTests.Place()
        let lines = ImporterTests.chatLab((0..<30).map(Self.said))
        var archive = Archive()
        archive.add("a.jsonl", ImporterTests.chatLab([Self.said(1)]))
        archive.add("b.jsonl", lines)
        let bytes = [UInt8](archive.data)
        let start = try #require(bytes.firstRange(of: Array("b.jsonl".utf8))).upperBound
        let found = Self.contents(try write(archive, to: place, cut: bytes.count - start - kept))
        let whole = Array(lines.utf8.prefix(kept)).count { $0 == 0x0A } - 1
        #expect(found == ["zip!/a.jsonl 1", "zip!/b.jsonl \(whole) damagedArchive", "zip archiveDamaged"])
    }

    @Test func `chunks in an archive have the group of the manifest beside them`() throws {
        let place = try ImporterTests.Place()
        var archive = Archive()
        let message =
            #"{"id":"m1","timestamp":1772400000000,"sender":{"uid":"u1","uin":"10001","name":"甲"},"type":"text","content":{"text":"停水了"}}"#
        archive.add("导出/chunks/c000001.jsonl", message + "\n")
        archive.add(
            "导出/manifest.json",
            #"{"metadata":{"name":"QQChatExporter"},"chatInfo":{"name":"青石湾村监督群","type":"group"},"chunked":{"format":"jsonl"}}"#
        )
        let shelf = ExportShelf()
        let inputs = FileFinder.inputs(at: [try write(archive, to: place)])
        let chunk = try #require(inputs.first { $0.path.hasSuffix("c000001.jsonl") })
        let file = try shelf.open(chunk, options: ExportOptions(now: 1_790_000_000))
        let block = try #require(try file.nextChunk()).block()
        #expect(block.groups.map(\.name) == ["青石湾村监督群"])
    }

    @Test func `archives nested too deep are refused`() throws {
        let place = try ImporterTests.Place()
        var archive = Archive()
        archive.add("a.jsonl", ImporterTests.chatLab([Self.said(1)]))
        for _ in 0..<4 {
            var outer = Archive()
            outer.add(Array("in.zip".utf8), [UInt8](archive.data))
            archive = outer
        }
        let found = Self.contents(try write(archive, to: place))
        #expect(found.count == 1 && found[0].hasSuffix("archiveTooDeep"), "\(found)")
    }
}
