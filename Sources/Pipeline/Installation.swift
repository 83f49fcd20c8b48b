internal import CMalloc
public import CaseStore
public import Classifying
internal import Casework
internal import Crypto
public import Lexicons
internal import Matching
public import Messages
internal import Utterances
public import Villages

internal import Foundation

/// A data folder that is open, with the lexicons and the gazetteer compiled: what the commands work on.
public struct Installation: Sendable {
    /// The register, the flags, the digests.
    public let store: CaseStore
    /// The lexicons in use.
    public let lexicons: LoadedLexicons
    /// The declared groups.
    public let groups: [RegisteredGroup]
    /// The gazetteer, compiled.
    public let resolver: VillageResolver
    /// Where each group belonged at which time.
    public let homes: GroupHomes
    /// The digest of the gazetteer, as hex text.
    public let gazetteerVersion: String
    /// Text to verdict.
    public let analyser: TextAnalyser

    /// Opens a data folder; `lexicons` is a folder of lexicons, nil for the installation's, or else the shipped ones.
    ///
    /// - Throws: `StoreError` or `LexiconError`, each a line that a person can act on.
    public init(folder: String, lexicons path: String? = nil) throws {
        store = try CaseStore(opening: folder)
        let entries = try store.places()
        let version = try store.lexiconVersions().first(where: \.isCurrent)
        if path == nil, let version {
            lexicons = try LoadedLexicons(of: version, in: store)
        } else {
            lexicons = try LoadedLexicons(at: path ?? store.configuration.lexicons)
        }
        groups = try store.groups()
        resolver = VillageResolver(
            Gazetteer(entries, successions: try store.successions(), taught: try store.taughtAliases()))
        homes = GroupHomes(try store.groupHomes())
        gazetteerVersion = try store.gazetteerVersion()
        analyser = TextAnalyser(
            try LexiconMatcher(lexicons.lexicon, names: Gazetteer.words(entries)), model: lexicons.model)
        // Loading leaves some 20 MB of freed nodes behind, which an import would otherwise carry along.
        cmalloc_trim()
    }

    /// False where two people have put a version of the lexicons into use, and these are of another: one that was approved
    /// once and rolled back is no more in use than one that never was.
    public func hasApprovedLexicons() throws -> Bool {
        guard let current = try store.lexiconVersions().first(where: \.isCurrent) else { return true }
        return current.digest == lexicons.version
    }

    /// The parallel part of an import.
    var blockAnalyser: BlockAnalyser {
        BlockAnalyser(
            analyser: analyser, resolver: resolver, homes: homes,
            drafter: FlagDrafter(lexiconVersion: lexicons.version, gazetteerVersion: gazetteerVersion),
            register: GroupRegister(groups),
            grouper: UtteranceGrouper(window: Int64(store.configuration.utteranceSeconds)),
            digests: SipHash(key: store.digestKey))
    }
}

/// A folder of lexicons, checked, with its version.
public struct LoadedLexicons: Sendable {
    /// The folder.
    public let folder: String
    /// The rules.
    public let lexicon: Lexicon
    /// The model that was trained beside them; nil when the folder has none.
    public let model: LinearModel?
    /// SHA-256 over the files' names and contents, the model included, as hex text.
    public let version: String

    /// Loads a folder; nil means the shipped lexicons.
    ///
    /// - Throws: `LexiconError`, or `ModelError` for a damaged `model.bin`.
    public init(at path: String?) throws {
        folder = path ?? Self.shipped
        var loaded = try LexiconLoader.load(folder: folder)
        let modelPath = folder + "/model.bin"
        if let data = FileManager.default.contents(atPath: modelPath) {
            do {
                model = try LinearModel(bytes: Array(data))
            } catch {
                throw ModelError(error.reason, file: modelPath)
            }
            loaded.source += data
        } else {
            model = nil
        }
        version = SHA256.hash(data: loaded.source).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        loaded.source = []
        lexicon = loaded
    }

    /// Loads a version that the store keeps; where its folder was altered, the files are written anew from the store.
    public init(of version: LexiconVersion, in store: CaseStore) throws {
        let loaded = try? LoadedLexicons(at: store.unpack(version))
        if let loaded, loaded.version == version.digest {
            self = loaded
        } else {
            self = try LoadedLexicons(at: store.unpack(version, anew: true))
        }
    }

    /// The shipped lexicons: `$MINSHENG_LEXICONS`, else `Lexicons` in a folder above the program (a checkout), else
    /// `../share/minsheng/Lexicons` beside it (a package), else `./Lexicons`.
    public static var shipped: String {
        if let path = ProcessInfo.processInfo.environment["MINSHENG_LEXICONS"], !path.isEmpty { return path }
        var folder = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .resolvingSymlinksInPath().deletingLastPathComponent()
        let packaged = folder.deletingLastPathComponent().appendingPathComponent("share/minsheng/Lexicons").path
        if isLexicons(packaged) { return packaged }
        for _ in 0..<5 {
            let candidate = folder.appendingPathComponent("Lexicons").path
            if isLexicons(candidate) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return "Lexicons"
    }

    private static func isLexicons(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/taxonomy.yaml")
    }
}
