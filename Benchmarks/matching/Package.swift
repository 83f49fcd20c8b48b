// swift-tools-version: 6.2
import PackageDescription

// The literal scan beside Hyperscan, which is used here only (apt: libhyperscan-dev).
let package = Package(
    name: "matching-benchmark",
    dependencies: [.package(name: "minsheng", path: "../..")],
    targets: [
        .systemLibrary(name: "CHyperscan", providers: [.apt(["libhyperscan-dev"])]),
        .executableTarget(
            name: "matching-benchmark",
            dependencies: ["CHyperscan", .product(name: "MinshengLine", package: "minsheng")]),
    ],
    swiftLanguageModes: [.v6]
)
