internal import ChatExports

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Finds the files that a user means: those named, and all in the folders named, by path.
public enum FileFinder {
    /// The files, each once, in the order named; those of a folder sorted by path.
    ///
    /// Hidden files and links are passed over.
    public static func files(at paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.flatMap(files(at:)).filter { seen.insert($0).inserted }
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
