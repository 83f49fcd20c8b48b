// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error),
]

/// Targets on the hot path are optimised in debug builds too, so that `swift test` stays quick.
///
/// Exclusive access is checked at run time in the debug builds that the tests run, and not again in release builds.
let hot: [SwiftSetting] =
    house + [
        .unsafeFlags(["-O"], .when(configuration: .debug)),
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    ]

let package = Package(
    name: "minsheng",
    products: [
        .executable(name: "minsheng", targets: ["minsheng"]),
        .executable(name: "minsheng-desk", targets: ["minsheng-desk"]),
        .library(name: "MinshengStore", targets: ["Messages", "Casework", "CaseStore"]),
        .library(name: "MinshengLine", targets: ["Messages", "ChineseText", "Lexicons", "Matching", "Classifying"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // The desk's alone: `swift build --product minsheng` compiles none of these.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    ],
    targets: [
        // The value types on the arrows between the rooms.
        .target(name: "Messages", swiftSettings: hot),

        // ICU and the table of words behind plain C types (ICU can't be a system library target beside Foundation).
        .target(
            name: "CICU", exclude: ["words.bin"],
            linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
        // PCRE2, 8-bit code units.
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),

        // libyaml: the events of YAML files.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // The heap's settings of glibc.
        .target(name: "CMalloc"),

        // libarchive behind plain C types: the entries of ZIP files.
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive")]),
        // Bytes looked for sixteen at a time, in plain C; optimised in debug builds too.
        .target(name: "CScan", cSettings: [.unsafeFlags(["-O2"])]),
        // Expat: the XML of workbooks.
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        // GMime behind plain C types: the parts of mails.
        .target(
            name: "CMail",
            cSettings: [
                .unsafeFlags([
                    "-I/usr/include/gmime-3.0", "-I/usr/include/glib-2.0",
                    "-I/usr/lib/x86_64-linux-gnu/glib-2.0/include", "-I/usr/lib/aarch64-linux-gnu/glib-2.0/include",
                ])
            ], linkerSettings: [.linkedLibrary("gmime-3.0"), .linkedLibrary("gobject-2.0"), .linkedLibrary("glib-2.0")]),

        // Export files to messages and rejects.
        .target(
            name: "ChatExports", dependencies: ["Messages", "CScan", "CArchive", "CExpat", "CMail"], swiftSettings: hot),
        // Messages to one speaker's consecutive lines.
        .target(name: "Utterances", dependencies: ["Messages"], swiftSettings: hot),
        // Text to its normal form with a map back, and to words.
        .target(name: "ChineseText", dependencies: ["Messages", "CICU"], swiftSettings: hot),
        // YAML files to a checked lexicon.
        .target(
            name: "Lexicons", dependencies: ["Messages", "CYAML"], swiftSettings: hot),
        // Normal form and lexicon to hits.
        .target(
            name: "Matching", dependencies: ["Messages", "ChineseText", "Lexicons", "CPCRE2"], swiftSettings: hot),
        // Hits to a verdict.
        .target(name: "Classifying", dependencies: ["Messages", "ChineseText"], swiftSettings: hot),
        // libxlsxwriter: workbooks.
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        // The analyst's bench: lint, trial, comparison, measures, training, versions over the same rooms.
        .target(
            name: "Workbench",
            dependencies: [
                "Messages", "ChineseText", "Lexicons", "Matching", "Classifying", "ChatExports", "Utterances",
                "Villages", "Casework", "CaseStore", "Pipeline", "CXLSXWriter",
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: hot),
        // Utterance and gazetteer to the village it is about.
        .target(name: "Villages", dependencies: ["Messages", "ChineseText", "CPlaces"], swiftSettings: hot),
        // The weights of the model that says which of several villages is meant.
        .target(name: "CPlaces", exclude: ["places.bin"]),
        // Verdict and attribution to a flag; masking. Pure.
        .target(name: "Casework", dependencies: ["Messages"], swiftSettings: hot),
        // Flags, batches, registers and digests to SQLite.
        .target(
            name: "CaseStore",
            dependencies: [
                "Messages", "Casework", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ], swiftSettings: house),
        // Files, threads and order: runs the rooms over what a user names.
        .target(
            name: "Pipeline",
            dependencies: [
                "Messages", "CMalloc", "ChatExports", "Utterances", "ChineseText", "Lexicons", "Matching",
                "Classifying",
                "Villages", "Casework", "CaseStore", .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: hot),
        // The desk: pages, API and the desk's own rules of conduct over the store; knows no server.
        .target(
            name: "Desk",
            dependencies: [
                "Messages", "Casework", "CaseStore", "Pipeline", "Lexicons", "Matching", "Classifying", "ChatExports",
                "Workbench",
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: house),
        // The program that serves the desk.
        .executableTarget(
            name: "minsheng-desk",
            dependencies: [
                "Messages", "Lexicons", "CaseStore", "Pipeline", "Desk",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: house),
        // The command line.
        .executableTarget(
            name: "minsheng",
            dependencies: [
                "Messages", "CMalloc", "Pipeline", "ChatExports", "Lexicons", "ChineseText", "Matching", "Classifying",
                "Villages",
                "Casework", "CaseStore", "Utterances", "Workbench",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: house),

        .testTarget(name: "ChineseTextTests", dependencies: ["Messages", "ChineseText"], swiftSettings: house),
        .testTarget(name: "LexiconsTests", dependencies: ["Messages", "Lexicons"], swiftSettings: house),
        .testTarget(
            name: "MatchingTests", dependencies: ["Messages", "ChineseText", "Lexicons", "Matching"],
            swiftSettings: house),
        .testTarget(
            name: "ClassifyingTests", dependencies: ["Messages", "ChineseText", "Classifying"], swiftSettings: house),
        .testTarget(
            name: "WorkbenchTests",
            dependencies: [
                "Messages", "ChineseText", "Lexicons", "Matching", "Classifying", "ChatExports", "Casework",
                "CaseStore", "Pipeline", "Workbench",
            ], swiftSettings: house),
        .testTarget(name: "UtterancesTests", dependencies: ["Messages", "Utterances"], swiftSettings: house),
        .testTarget(
            name: "ChatExportsTests", dependencies: ["Messages", "ChatExports"], exclude: ["Fixtures", "Golden"],
            swiftSettings: house),
        .testTarget(
            name: "VillagesTests", dependencies: ["Messages", "ChineseText", "Villages"], exclude: ["Fixtures"],
            swiftSettings: house),
        .testTarget(name: "CaseworkTests", dependencies: ["Messages", "Casework"], swiftSettings: house),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Messages", "Pipeline", "CaseStore", "Casework", "ChatExports", "Lexicons", "Matching", "Classifying",
                "ChineseText", "Villages",
            ], swiftSettings: house),
        .testTarget(
            name: "DeskTests",
            dependencies: ["Messages", "Casework", "Lexicons", "CaseStore", "Desk"], exclude: ["Browser", "Load"],
            swiftSettings: house),
        .testTarget(name: "minshengTests", dependencies: ["minsheng", "Messages"], swiftSettings: house),
        .testTarget(
            name: "CaseStoreTests",
            dependencies: ["Messages", "Casework", "CaseStore", .product(name: "GRDB", package: "GRDB.swift")],
            exclude: ["Golden"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
