import CaseStore
import ChatExports
import Foundation
import Glibc
import Messages
import Pipeline
import Synchronization

/// Imports that run behind the pages, one after the other.
///
/// A file that was dropped lies in memory only: raw exports never touch the disk. What is done of an import stays, and the
/// same file dropped again goes on where it ended, since a message is read once however often it is exported.
final class ImportJobs: Sendable {
    /// One file that was dropped.
    struct Job: Sendable {
        enum State: Sendable {
            case waiting
            case running(messages: Int)
            case done([FileReport])
            case failed(Failed)
            case cancelled
        }

        /// Why a file could not be read at all, in each language: who looks at it may have changed theirs meanwhile.
        struct Failed: Sendable {
            private let words: [Language: String]

            init(_ error: any Error) {
                let pairs = Language.allCases.map { language in
                    (language, (error as? any ExplainedError)?.explanation(in: language) ?? "\(error)")
                }
                words = Dictionary(uniqueKeysWithValues: pairs)
            }

            func text(in language: Language) -> String { words[language] ?? "" }
        }

        var id: Int
        /// The person who dropped it.
        var staff: Int
        /// The name as the browser gave it.
        var name: String
        /// In bytes.
        var size: Int
        /// Who made the export, where that was said.
        var exporter: ExporterRole?
        var state: State

        /// True once nothing more comes of it.
        var isOver: Bool {
            switch state {
            case .waiting, .running: false
            case .done, .failed, .cancelled: true
            }
        }
    }

    private struct Work: Sendable {
        var jobs: [Job] = []
        var files: [Int: [UInt8]] = [:]
        /// Goes through the line; nil while nothing waits.
        var runner: Task<Void, Never>?
        /// The file that is being read, and what reads it.
        var current: (id: Int, task: Task<Job.State, Never>)?
        var next = 1
    }

    private let work = Mutex(Work())
    /// How many bytes may wait: they are held in memory.
    private let room: Int

    init(room: Int = 1 << 30) { self.room = room }

    /// Puts a file in the line.
    ///
    /// - Returns: its number; nil where too much waits already.
    func add(
        _ name: String, _ bytes: [UInt8], by staff: Int, exporter: ExporterRole? = nil, folder: String,
        lexicons: String?
    ) -> Int? {
        work.withLock { work in
            guard work.jobs.reduce(bytes.count, { $0 + ($1.isOver ? 0 : $1.size) }) <= room else { return nil }
            let id = work.next
            work.next += 1
            work.jobs.append(
                Job(id: id, staff: staff, name: name, size: bytes.count, exporter: exporter, state: .waiting))
            work.files[id] = bytes
            // The list is a list, not an archive.
            if work.jobs.count > 200, let old = work.jobs.firstIndex(where: \.isOver) { work.jobs.remove(at: old) }
            if work.runner == nil {
                work.runner = Task.detached { await self.run(folder: folder, lexicons: lexicons) }
            }
            return id
        }
    }

    /// The files of a person, the newest first.
    func jobs(of staff: Int) -> [Job] { work.withLock { $0.jobs.filter { $0.staff == staff }.reversed() } }

    /// One file of a person.
    func job(_ id: Int, of staff: Int) -> Job? { work.withLock { $0.jobs.first { $0.id == id && $0.staff == staff } } }

    /// Takes a file out of the line, or stops reading it: of a file that isn't read to its end nothing is kept.
    ///
    /// - Returns: false when it is done.
    func cancel(_ id: Int, by staff: Int) -> Bool {
        work.withLock { work in
            guard let index = work.jobs.firstIndex(where: { $0.id == id && $0.staff == staff }),
                !work.jobs[index].isOver
            else { return false }
            if let current = work.current, current.id == id {
                current.task.cancel()
            } else {
                work.jobs[index].state = .cancelled
                work.files[id] = nil
            }
            return true
        }
    }

    /// Stops what runs and forgets what waits, and returns when nothing runs any more.
    func close() async {
        let runner = work.withLock { work in
            for index in work.jobs.indices where !work.jobs[index].isOver && work.jobs[index].id != work.current?.id {
                work.jobs[index].state = .cancelled
            }
            work.files = [:]
            work.current?.task.cancel()
            return work.runner
        }
        await runner?.value
    }

    private func run(folder: String, lexicons: String?) async {
        while let (id, task) = start(folder: folder, lexicons: lexicons) { set(await task.value, of: id) }
    }

    /// Takes the next file of the line and begins to read it.
    private func start(folder: String, lexicons: String?) -> (Int, Task<Job.State, Never>)? {
        work.withLock { work in
            for (index, job) in work.jobs.enumerated() {
                guard case .waiting = job.state, let bytes = work.files.removeValue(forKey: job.id) else { continue }
                work.jobs[index].state = .running(messages: 0)
                let id = job.id
                let task = Task.detached {
                    await Self.imported(job, bytes, folder: folder, lexicons: lexicons) { messages in
                        self.report(messages, of: id)
                    }
                }
                work.current = (id, task)
                return (id, task)
            }
            (work.runner, work.current) = (nil, nil)
            return nil
        }
    }

    private func report(_ messages: Int, of id: Int) {
        work.withLock { work in
            guard let index = work.jobs.firstIndex(where: { $0.id == id }), case .running = work.jobs[index].state
            else {
                return
            }
            work.jobs[index].state = .running(messages: messages)
        }
    }

    private func set(_ state: Job.State, of id: Int) {
        work.withLock { work in
            guard let index = work.jobs.firstIndex(where: { $0.id == id }) else { return }
            work.jobs[index].state = state
        }
    }

    private static func imported(
        _ job: Job, _ bytes: [UInt8], folder: String, lexicons: String?, progress: @escaping @Sendable (Int) -> Void
    ) async -> Job.State {
        do {
            let file = try MemoryFile(bytes)
            let installation = try Installation(folder: folder, lexicons: lexicons)
            var options = Importer.Options(now: Int64(Date().timeIntervalSince1970))
            options.exporter = job.exporter
            options.importer = job.staff
            options.jobs = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)
            var reports = try await Importer(installation, options: options).run(FileFinder.inputs(at: [file.path])) {
                progress($0.messages)
            }
            for index in reports.indices {
                reports[index].file = reports[index].file.replacing(file.path, with: job.name)
            }
            return .done(reports)
        } catch is CancellationError {
            return .cancelled
        } catch {
            return .failed(Job.Failed(error))
        }
    }
}

/// Bytes under a path that no disk ever holds.
final class MemoryFile {
    private let descriptor: Int32
    /// Where readers find it.
    let path: String

    init(_ bytes: [UInt8]) throws {
        let name = "/minsheng-" + Secret.token()
        descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw WebProblem(500, .errorInternal) }
        // Without a name nobody else finds it, and it goes with the program whatever happens.
        shm_unlink(name)
        path = "/proc/self/fd/\(descriptor)"
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw WebProblem(500, .errorInternal) }
            rest = rest.dropFirst(written)
        }
    }

    deinit { close(descriptor) }
}
