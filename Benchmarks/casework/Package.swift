// swift-tools-version: 6.2
import PackageDescription

// A million cases: queues, decisions and the chain, beside plain tables without wall and log.
let package = Package(
    name: "casework-benchmark",
    dependencies: [
        .package(name: "minsheng", path: "../.."),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    ],
    targets: [
        .executableTarget(
            name: "casework-benchmark",
            dependencies: [
                .product(name: "MinshengStore", package: "minsheng"), .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
