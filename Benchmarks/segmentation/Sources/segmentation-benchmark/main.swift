import ChineseText
import Foundation

// segmentation-benchmark [WORDS]
// Cuts the lines of stdin; WORDS holds one user word a line. The words go to stdout, separated by one blank, the seconds of
// CPU that the cutting took (reading, writing and the first line not counted) to stderr.

/// The process's CPU time in seconds.
func cpu() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

var userWords: [String] = []
if CommandLine.arguments.count > 1 {
    guard let file = FileManager.default.contents(atPath: CommandLine.arguments[1]) else {
        FileHandle.standardError.write(Data("\(CommandLine.arguments[1]): cannot be read\n".utf8))
        exit(2)
    }
    userWords = String(decoding: file, as: UTF8.self).split(separator: "\n").map(String.init)
}
let began = cpu()
let segmenter = WordSegmenter(userWords: userWords)
let scratch = segmenter.makeScratch()
_ = segmenter.words(in: "开始", scratch: scratch)
let ready = cpu()
let text = [UInt8](FileHandle.standardInput.readDataToEndOfFile())
let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
let start = cpu()
let cuts = lines.map { line in
    line.withUnsafeBufferPointer { segmenter.pieces(of: $0, scratch: scratch) }
}
let seconds = cpu() - start
var output: [UInt8] = []
output.reserveCapacity(text.count * 2)
for (line, pieces) in zip(lines, cuts) {
    var isFirst = true
    for piece in pieces {
        let word = line[(line.startIndex + piece.lowerBound)..<(line.startIndex + piece.upperBound)]
        if word.first == 0x20 { continue }
        if !isFirst { output.append(0x20) }
        isFirst = false
        output.append(contentsOf: word)
    }
    output.append(0x0A)
}
FileHandle.standardOutput.write(Data(output))
FileHandle.standardError.write(Data("\(seconds) \(ready - began)\n".utf8))
