public import ChatExports

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Finds the files that a user means: those named, all in the folders named, and all in the archives among them.
public enum FileFinder {
    /// The exports to read, each once, in the order named: files, and the entries of archives as files of their own.
    ///
    /// An entry may be named as reports name it: `week.zip!/folder/file.json`, or a folder in an archive.
    public static func inputs(at paths: [String]) -> [ExportInput] {
        var seen: Set<String> = []
        return paths.flatMap { path -> [ExportInput] in
            if let entries = entries(at: path) { return entries.filter { seen.insert($0.path).inserted } }
            return files(at: path).filter { seen.insert($0).inserted }.flatMap { file in
                ExportInput.inputs(in: file).map { input in
                    var input = input
                    input.isNamed = input.isNamed && file == path
                    return input
                }
            }
        }
    }

    /// The files, each once, in the order named; those of a folder sorted by path.
    ///
    /// Hidden files and links are passed over.
    public static func files(at paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.flatMap(files(at:)).filter { seen.insert($0).inserted }
    }

    /// What a path into an archive means; nil when it is no such path.
    private static func entries(at path: String) -> [ExportInput]? {
        let manager = FileManager.default
        let parts = path.split(separator: "!/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !manager.fileExists(atPath: path) else { return nil }
        let archive = String(parts[0])
        guard manager.fileExists(atPath: archive) else { return nil }
        let folder = path.hasSuffix("/") ? path : path + "/"
        let found = ExportInput.inputs(in: archive).filter { input in
            input.path == path || input.path.hasPrefix(folder) || input.path.hasPrefix(path + "!/")
                || input.problem != nil
        }
        // Nothing there: the reader says so.
        return found.isEmpty ? nil : found
    }

    private static func files(at path: String) -> [String] {
        let manager = FileManager.default
        var isFolder: Bool {
            (try? manager.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeDirectory
        }
        // What is not there, or no folder, is for the reader to explain.
        guard isFolder, let names = try? manager.contentsOfDirectory(atPath: path) else { return [path] }
        // A data folder holds no exports.
        if names.contains("store.sqlite"), names.contains("key") { return [] }
        let base = path.hasSuffix("/") ? path : path + "/"
        return names.filter { !$0.hasPrefix(".") }.sorted().flatMap { name -> [String] in
            let child = base + name
            switch try? manager.attributesOfItem(atPath: child)[.type] as? FileAttributeType {
            case .some(.typeSymbolicLink): return []
            case .some(.typeDirectory): return files(at: child)
            default: return [child]
            }
        }
    }
}
