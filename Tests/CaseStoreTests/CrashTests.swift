import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// What a process does that may be killed at any step: one import of twenty flags, of which some replace an older one.
private func importTwenty(into folder: String, stopAt step: Int) throws {
    let store = try CaseStore(opening: folder)
    var steps = 0
    func tick() {
        steps += 1
        if steps == step { kill(getpid(), SIGKILL) }
    }
    let session = try store.openImport(of: Scratch.source)
    tick()
    for number in 1...20 {
        let member = UInt64(1000 + number)
        try session.setDigests([member], group: "g2", day: 20500 + number)
        tick()
        try session.insert(try Scratch.draft("第\(number)条新的线索没人管", members: [member]))
        tick()
    }
    try session.replace(1, with: try Scratch.draft("旧的线索换了新的文字", members: [1, 2]))
    tick()
    try session.finish(ImportCounts())
    tick()
    try store.erase(2, as: .dismissed, reason: "x", on: 20530)
    tick()
    try store.close()
    tick()
    exit(0)
}

@Suite(.serialized) struct CrashTests {
    private let scratch = Scratch()

    /// What the store says, without numbers that a retry may give anew.
    private struct Picture: Equatable {
        var texts: [String?]
        var digests: [[UInt64]]
        var imports: Int
        var failed: [String]

        init(_ folder: String) throws {
            let store = try CaseStore(opening: folder)
            texts = try store.records().map { $0.content?.text }
            imports = try store.imports().count
            failed = try store.checks().filter { !$0.passed }.map(\.name)
            let session = try store.openImport(of: Scratch.source)
            digests = try (1...20).map { try session.digests(group: "g2", day: 20500 + $0) }
            session.cancel()
        }
    }

    @Test(arguments: 0..<12)
    func `a process killed at any step leaves all of its import or none`(_ seed: UInt64) async throws {
        let store = try scratch.store()
        _ = try store.importing(try Scratch.draft("旧的线索没人管", members: [1]))
        _ = try store.importing(try Scratch.draft("要删的线索没人管", members: [5]))
        try store.close()
        let before = try Picture(scratch.folder)

        var random = SplitMix64(state: seed)
        let step = Int.random(in: 1...45, using: &random)
        let folder = scratch.folder
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, step = step as Int] in
            try importTwenty(into: folder, stopAt: step)
        }
        let after = try Picture(folder)
        #expect(after.failed == [])
        if step <= 42 {
            #expect(after == before)
        } else {
            #expect(after.texts.count == 22 && after.imports == 3)
            #expect(after.digests == (1...20).map { [UInt64(1000 + $0)] })
            #expect(after.texts.contains("旧的线索换了新的文字") && !after.texts.contains("旧的线索没人管"))
            #expect(after.texts.contains(nil) == (step > 43))
        }
        // What was half done leaves nothing to read.
        if step <= 42 { #expect(scratch.files(holding: Array("第3条新的线索没人管".utf8)) == []) }
    }

    @Test(arguments: [false, true])
    func `a killed import leaves no lock`(whileItWrites: Bool) async throws {
        let store = try scratch.store()
        try store.close()
        let folder = scratch.folder
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [folder = folder as String, whileItWrites = whileItWrites as Bool] in
            let session = try CaseStore(opening: folder).openImport(of: Scratch.source)
            if whileItWrites { try session.begin() }
            kill(getpid(), SIGKILL)
        }
        let hasty = try CaseStore(opening: folder, busySeconds: 0.05)
        #expect(throws: Never.self) { try hasty.openImport(of: Scratch.source).finish(ImportCounts()) }
    }

    @Test func `the files of a running import, copied and opened, hold nothing of it`() throws {
        let store = try scratch.store()
        _ = try store.importing(try Scratch.draft("旧的线索没人管", members: [1]))
        let session = try store.openImport(of: Scratch.source)
        for number in 1...2000 {
            try session.insert(try Scratch.draft("第\(number)条新的线索没人管", members: [UInt64(10 + number)]))
        }
        let copy = scratch.root + "/copy"
        try FileManager.default.copyItem(atPath: scratch.folder, toPath: copy)
        let opened = try CaseStore(opening: copy)
        #expect(try opened.records().map { $0.content?.text } == ["旧的线索没人管"])
        #expect(try opened.checks().filter { !$0.passed } == [])
    }

    @Test func `a full disk is said so, undoes the import and leaves the store whole`() throws {
        let store = try scratch.store()
        _ = try store.importing(try Scratch.draft("旧的线索没人管", members: [1]))
        try store.close()
        let small = try CaseStore(opening: scratch.folder, busySeconds: 1, pageLimit: 80)
        let session = try small.openImport(of: Scratch.source)
        let failure = reason {
            for number in 1...2000 {
                try session.insert(try Scratch.draft("第\(number)条新的线索没人管", members: [UInt64(10 + number)]))
            }
            try session.finish(ImportCounts())
        }
        #expect(failure == .diskFull)
        #expect(reason { try session.setDigests([1], group: "g2", day: 1) } == .importEnded)
        #expect(reason { try session.finish(ImportCounts()) } == .importEnded)
        #expect(try small.records().map { $0.content?.text } == ["旧的线索没人管"])
        try small.close()
        let large = try CaseStore(opening: scratch.folder)
        #expect(try large.checks().filter { !$0.passed } == [])
        #expect(try large.importing(try Scratch.draft("又能写了没人管", members: [2])) == 2)
    }

    @Test func `a disk that takes no more bytes is said so`() async throws {
        let store = try scratch.store()
        try store.close()
        let folder = scratch.folder
        await #expect(processExitsWith: .exitCode(42)) { [folder = folder as String] in
            let store = try CaseStore(opening: folder)
            // Every write beyond a quarter of a megabyte fails, as on a full disk.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 262_144, rlim_max: 262_144)
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(3) }
            let session = try store.openImport(of: Scratch.source)
            let failure = reason {
                for number in 1...4000 {
                    try session.insert(try Scratch.draft("第\(number)条新的线索没人管", members: [UInt64(number)]))
                }
                try session.finish(ImportCounts())
            }
            exit(failure == .diskFull || failure == .inputOutput ? 42 : 1)
        }
        #expect(try CaseStore(opening: folder).flags().isEmpty)
    }
}

/// A small seeded generator: equal seeds give equal tests.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
