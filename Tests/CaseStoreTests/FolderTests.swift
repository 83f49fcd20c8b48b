import CaseStore
import Foundation
import Messages
import Testing

struct FolderTests {
    private let scratch = Scratch()

    private func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.folder + name)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }

    @Test func `a new folder and its files are for the owner's eyes only`() throws {
        let store = try CaseStore.create(at: scratch.folder)
        #expect(try mode("") == 0o700)
        for file in ["/key", "/config.json", "/store.sqlite"] { #expect(try mode(file) == 0o600) }
        try store.replacePlaces(Scratch.places)
        #expect(try mode("/store.sqlite-wal") == 0o600)
        #expect(store.digestKey.count == 16)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.root) == ["data"])
    }

    @Test func `two folders have different keys`() throws {
        let first = try CaseStore.create(at: scratch.root + "/a")
        let second = try CaseStore.create(at: scratch.root + "/b")
        #expect(first.digestKey != second.digestKey)
    }

    @Test func `parents of a new folder are made, an empty folder is taken over`() throws {
        #expect(throws: Never.self) { try CaseStore.create(at: scratch.root + "/x/y/z") }
        try FileManager.default.createDirectory(atPath: scratch.folder, withIntermediateDirectories: false)
        #expect(throws: Never.self) { try CaseStore.create(at: scratch.folder) }
        #expect(try mode("") == 0o700)
    }

    @Test func `nothing is ever made over what is there`() throws {
        try CaseStore.create(at: scratch.folder)
        let before = scratch.files()["data/key"]
        #expect(reason { try CaseStore.create(at: scratch.folder) } == .alreadyExists)
        #expect(scratch.files()["data/key"] == before)
        try Data("x".utf8).write(to: URL(fileURLWithPath: scratch.root + "/file"))
        #expect(reason { try CaseStore.create(at: scratch.root + "/file") } == .alreadyExists)
        #expect(reason { try CaseStore.create(at: scratch.root + "/file/below") } != nil)
    }

    @Test func `what is no data folder is refused`() throws {
        #expect(reason { _ = try CaseStore(opening: scratch.folder) } == .notADataFolder)
        #expect(reason { _ = try CaseStore(opening: scratch.root) } == .notADataFolder)
        try Data("x".utf8).write(to: URL(fileURLWithPath: scratch.root + "/file"))
        #expect(reason { _ = try CaseStore(opening: scratch.root + "/file") } == .notADataFolder)
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o777])
    func `a key that others may read is refused with its mode`(_ mode: Int) throws {
        try CaseStore.create(at: scratch.folder)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: scratch.folder + "/key")
        #expect(
            reason { _ = try CaseStore(opening: scratch.folder) } == .keyPermissions(String(mode, radix: 8)))
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: scratch.folder + "/key")
        #expect(throws: Never.self) { _ = try CaseStore(opening: scratch.folder) }
    }

    @Test func `a missing, a short and another folder's key are refused`() throws {
        try CaseStore.create(at: scratch.folder)
        try CaseStore.create(at: scratch.root + "/other")
        let key = URL(fileURLWithPath: scratch.folder + "/key")
        try FileManager.default.removeItem(at: key)
        #expect(reason { _ = try CaseStore(opening: scratch.folder) } == .keyMissing)
        try FileManager.default.copyItem(at: URL(fileURLWithPath: scratch.root + "/other/key"), to: key)
        #expect(reason { _ = try CaseStore(opening: scratch.folder) } == .keyWrong)
        try Data(repeating: 1, count: 47).write(to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        #expect(reason { _ = try CaseStore(opening: scratch.folder) } == .keyWrong)
    }

    @Test func `a file that is no database is called damaged`() throws {
        try CaseStore.create(at: scratch.folder).close()
        let file = URL(fileURLWithPath: scratch.folder + "/store.sqlite")
        try Data(repeating: 0x41, count: 8192).write(to: file)
        #expect(reason { _ = try CaseStore(opening: scratch.folder) } == .corrupt)
    }

    @Test func `the configuration has defaults, keeps what it was given and refuses what it doesn't know`() throws {
        var configuration = StoreConfiguration()
        configuration.utteranceSeconds = 60
        configuration.lexicons = "/srv/lexicons"
        #expect(try CaseStore.create(at: scratch.folder, configuration: configuration).configuration == configuration)
        let file = URL(fileURLWithPath: scratch.folder + "/config.json")
        try Data(#"{"flagDays": 7}"#.utf8).write(to: file)
        let read = try CaseStore(opening: scratch.folder).configuration
        #expect(read.flagDays == 7 && read.utteranceSeconds == 120 && read.lexicons == nil)
        for (json, key) in [
            (#"{"flagDay": 7}"#, "flagDay"), (#"{"flagDays": "7"}"#, "flagDays"), (#"{"flagDays": 0}"#, "flagDays"),
            (#"{"utteranceSeconds": -1}"#, "utteranceSeconds"), (#"{"#, "config.json"), ("[]", "config.json"),
        ] {
            try Data(json.utf8).write(to: file)
            #expect(reason { _ = try CaseStore(opening: scratch.folder) } == .configuration(key), "\(json)")
        }
        try FileManager.default.removeItem(at: file)
        #expect(try CaseStore(opening: scratch.folder).configuration == StoreConfiguration())
    }

    @Test func `a full disk is told as full, whatever SQLite calls it`() {
        let (outOfRoom, noWrite, noOpen, noSharedFile) = (Int32(13), Int32(778), Int32(14), Int32(4874))
        #expect(StoreError.reason(ofCode: outOfRoom, room: nil) == .diskFull)
        #expect(StoreError.reason(ofCode: noSharedFile, room: nil) == .diskFull)
        for code in [noWrite, noOpen] { #expect(StoreError.reason(ofCode: code, room: 4096) == .diskFull) }
        #expect(StoreError.reason(ofCode: noWrite, room: 1 << 30) == .inputOutput)
        #expect(StoreError.reason(ofCode: noWrite, room: nil) == .inputOutput)
        #expect(StoreError.reason(ofCode: noOpen, room: 1 << 30) == .notPermitted)
        #expect(
            StoreError.reason(ofCode: 5, room: 0) == .busy,
            "somebody else writes: that the disk is full, too, shows next")
    }

    @Test func `every error says where, what and what to do in both languages`() {
        let reasons: [StoreError.Reason] = [
            .notADataFolder, .alreadyExists, .keyMissing, .keyPermissions("644"), .keyWrong, .configuration("x"), .busy,
            .diskFull, .inputOutput, .corrupt, .readOnly, .notPermitted, .newerStore, .unknownGroup("g"),
            .duplicateGroup("g"), .badGroup("g", field: "name"), .noSuchVillage("1"), .badPlace("1"), .noSuchFlag(1),
            .duplicateFlag(1), .wrongState(1, .joined), .changedMeanwhile(1), .damagedFlag(1), .badReason,
            .importEnded, .assessmentMissing, .alteredRows(.groups), .engine(1),
        ]
        var lines: Set<String> = []
        for reason in reasons {
            let error = StoreError(reason, folder: "data")
            for language in Language.allCases {
                let line = error.explanation(in: language)
                #expect(line.hasPrefix(language == .zh ? "data：" : "data: ") && !line.contains("\n"))
                #expect(line.hasSuffix(language == .zh ? "。" : "."))
                #expect(lines.insert(line).inserted)
            }
        }
        #expect(
            StoreError(.busy, folder: "d").description == "d: another program is writing. Wait for it, then try again.")
    }
}
