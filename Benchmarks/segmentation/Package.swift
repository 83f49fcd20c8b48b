// swift-tools-version: 6.2
import PackageDescription

// The segmenter as compare.py calls it, beside jieba and cppjieba.
let package = Package(
    name: "segmentation-benchmark",
    dependencies: [.package(name: "minsheng", path: "../..")],
    targets: [
        .executableTarget(
            name: "segmentation-benchmark", dependencies: [.product(name: "MinshengLine", package: "minsheng")])
    ],
    swiftLanguageModes: [.v6]
)
