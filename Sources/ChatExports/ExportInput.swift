/// A file to be read as an export: on the disk, or in an archive there.
public struct ExportInput: Sendable {
    /// How reports name it; an entry of an archive follows after `!/`.
    public let path: String
    /// Why it cannot be opened, where listing it showed that.
    public let problem: ExportError?
    /// True when a person named it; false for what a folder or an archive holds.
    public var isNamed: Bool
    /// The file on the disk.
    let file: String
    /// The number of the entry in each archive on the way, from the outside in.
    let steps: [Int]

    init(path: String, file: String, steps: [Int] = [], problem: ExportError? = nil, isNamed: Bool = true) {
        self.path = path
        self.file = file
        self.steps = steps
        self.problem = problem
        self.isNamed = isNamed
    }

    /// A file on the disk, whatever it is.
    public init(file: String) { self.init(path: file, file: file) }

    /// The files that a file stands for: itself, or the entries of an archive and of the archives in it.
    ///
    /// Nothing is unpacked to the disk; of each entry the first bytes are looked at. Folders, hidden files and what a
    /// Macintosh adds are passed over. An archive that cannot be read, or is larger than is sensible, comes as one input
    /// with a problem.
    public static func inputs(in file: String) -> [ExportInput] { inputs(in: file, limits: ContainerLimits()) }

    /// The same of bytes in memory.
    package static func inputs(bytes: [UInt8], name: String) -> [ExportInput] {
        inputs(in: name, limits: ContainerLimits(), source: ByteSource(path: name, bytes: bytes))
    }

    static func inputs(in file: String, limits: ContainerLimits, source given: ByteSource? = nil) -> [ExportInput] {
        do throws(ExportError) {
            var opened = given
            if opened == nil { opened = try ByteSource(path: file) }
            guard let source = opened else { return [] }
            var listing = Listing(file: file, limits: limits)
            try listing.list(source, steps: [])
            return listing.inputs
        } catch {
            return [ExportInput(path: file, file: file, problem: error)]
        }
    }
}

/// Walks through an archive and the archives in it.
private struct Listing {
    let file: String
    let limits: ContainerLimits
    var inputs: [ExportInput] = []
    private var bytes = 0
    private var entries = 0

    init(file: String, limits: ContainerLimits) {
        self.file = file
        self.limits = limits
    }

    mutating func list(_ source: ByteSource, steps: [Int]) throws(ExportError) {
        guard let container = try Containers.open(source) else {
            inputs.append(ExportInput(path: source.path, file: file, steps: steps, isNamed: steps.isEmpty))
            return
        }
        guard steps.count < limits.depth else { throw ExportError(.archiveTooDeep, file: source.path) }
        let before = inputs.count
        let size = try source.size()
        var claimed = 0
        var index = 0
        do throws(ExportError) {
            while let entry = try container.next() {
                defer { index += 1 }
                entries += 1
                claimed += entry.size ?? 0
                bytes += entry.size ?? 0
                if entries > limits.entries || entry.size ?? 0 > limits.entryBytes || bytes > limits.totalBytes
                    || limits.isTooLarge(claimed, archive: size)
                {
                    throw ExportError(.archiveTooLarge, file: source.path)
                }
                if entry.isLocked { throw ExportError(.archiveLocked, file: source.path) }
                guard !Self.isHidden(entry.name) else { continue }
                try look(at: entry, container, source, steps + [index])
            }
        } catch {
            // What an archive without its end still gives is read; what is locked or too large is refused as a whole.
            if error.reason != .archiveDamaged {
                inputs.removeSubrange(before...)
                throw error
            }
            inputs.append(ExportInput(path: source.path, file: file, steps: steps, problem: error))
        }
        if inputs.count == before {
            throw ExportError(.empty, file: source.path)
        }
    }

    /// Adds an entry, or what is in it where it is a container itself: its first bytes tell.
    private mutating func look(
        at entry: ContainerEntry, _ container: any Container, _ source: ByteSource, _ steps: [Int]
    ) throws(ExportError) {
        let path = Containers.path(source.path, entry.name)
        let stream = try EntryStream(container, of: source, index: steps[steps.count - 1], path: path, limits: limits)
        let inner = ByteSource(path: path, stream: stream)
        do throws(ExportError) {
            try list(inner, steps: steps)
        } catch {
            if error.reason == .archiveTooLarge { throw error }
            inputs.append(ExportInput(path: path, file: file, steps: steps, problem: error, isNamed: false))
        }
    }

    private static func isHidden(_ name: String) -> Bool {
        name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains { $0.first == "." || $0 == "__MACOSX" }
    }
}

/// Opens inputs one after the other; neighbours in an archive are read in one walk through it.
public final class ExportShelf {
    private struct Level {
        let source: ByteSource
        /// Nil after a step backwards: the next one opens it again.
        var container: (any Container)?
        /// The number of entries that the container has gone to.
        var position = 0
    }

    private var file = ""
    private var steps: [Int] = []
    private var levels: [Level] = []
    private let limits = ContainerLimits()

    /// Makes a shelf without anything open.
    public init() {}

    /// A shelf over bytes in memory instead of a file.
    package init(bytes: [UInt8], name: String) {
        file = name
        levels = [Level(source: ByteSource(path: name, bytes: bytes))]
    }

    /// Opens an input and decides its format by its content.
    ///
    /// - Throws: for what cannot be opened, is no export, or is an export that must not be read.
    public func open(_ input: ExportInput, options: ExportOptions) throws(ExportError) -> ExportFile {
        try ExportFile(source: source(of: input), options: options)
    }

    /// The bytes of an input.
    func source(of input: ExportInput) throws(ExportError) -> ByteSource {
        if let problem = input.problem { throw problem }
        if input.steps.isEmpty {
            return try input.file == file && levels.count == 1 ? levels[0].source : ByteSource(path: input.file)
        }
        if input.file != file || levels.isEmpty {
            levels = [Level(source: try ByteSource(path: input.file))]
            file = input.file
            steps = []
        }
        // The levels above the first step that differs stay as they are.
        let common = zip(steps, input.steps).prefix { $0 == $1 }.count
        levels.removeSubrange((min(common, levels.count - 1) + 1)...)
        var inner: ByteSource?
        for depth in (levels.count - 1)..<input.steps.count {
            let source = try enter(depth, input.steps[depth])
            inner = source
            if depth + 1 < input.steps.count { levels.append(Level(source: source)) }
        }
        steps = input.steps
        guard let inner else { throw ExportError(.archiveDamaged, file: input.path) }
        return inner
    }

    /// Goes to an entry of a level's container.
    private func enter(_ depth: Int, _ step: Int) throws(ExportError) -> ByteSource {
        let source = levels[depth].source
        if levels[depth].container == nil || levels[depth].position > step {
            levels[depth].container = try Containers.open(source)
            levels[depth].position = 0
        }
        guard let container = levels[depth].container else { throw ExportError(.archiveDamaged, file: source.path) }
        var entry: ContainerEntry?
        while levels[depth].position <= step {
            entry = try container.next()
            levels[depth].position += 1
            if entry == nil { throw ExportError(.archiveDamaged, file: source.path) }
        }
        let path = Containers.path(source.path, entry?.name ?? "")
        let stream = try EntryStream(container, of: source, index: step, path: path, limits: limits)
        return ByteSource(path: path, stream: stream)
    }
}

extension ByteSource {
    /// A file on the disk, or an entry of an archive there under the name that reports give it.
    static func named(_ path: String) throws(ExportError) -> ByteSource {
        let parts = path.split(separator: "!/", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return try ByteSource(path: path) }
        var source = try ByteSource(path: String(parts[0]))
        for part in parts.dropFirst() {
            var wanted: [Substring] = []
            for step in part.split(separator: "/") where step != "." {
                if step == "..", !wanted.isEmpty { wanted.removeLast() } else { wanted.append(step) }
            }
            source = try entry(wanted.joined(separator: "/"), of: source)
        }
        return source
    }

    private static func entry(_ name: String, of source: ByteSource) throws(ExportError) -> ByteSource {
        guard let container = try Containers.open(source) else { throw ExportError(.noSuchFile, file: source.path) }
        var index = 0
        while let entry = try container.next() {
            if entry.name == name {
                let path = Containers.path(source.path, name)
                return ByteSource(
                    path: path,
                    stream: try EntryStream(container, of: source, index: index, path: path, limits: ContainerLimits()))
            }
            index += 1
        }
        throw ExportError(.noSuchFile, file: Containers.path(source.path, name))
    }
}
