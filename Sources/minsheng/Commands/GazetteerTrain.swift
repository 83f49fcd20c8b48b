import ArgumentParser
import Foundation
import Messages
import Workbench

/// `minsheng gazetteer train`.
struct TrainPlaces: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: say("训练“事情在哪个村”的模型", "Trains the model that says in which village a matter lies"),
        discussion: say(
            "每行 {\"text\",\"group\":\"H\"或null,\"place\"}：村名写成 {A}、{B}、{C}，本群的村写成 {H}，乡镇和县写成 {T}、{K}；place 是事情所在的村。同样的输入得到同样的文件。模型随程序编译，换了文件要重新编译。",
            "Each line {\"text\",\"group\":\"H\" or null,\"place\"}: villages are {A}, {B}, {C}, the group's own {H}, township and county {T} and {K}; place is where the matter lies. Equal input gives an equal file. The model lies in the program: build anew after writing it."
        ))

    @Argument(help: ArgumentHelp(say("JSONL 文件", "JSONL files")), completion: .file(extensions: ["jsonl"]))
    var files: [String]
    @Option(name: .long, help: ArgumentHelp(say("输出文件", "the file to write")), completion: .file())
    var out: String
    @Flag(
        name: .long,
        help: ArgumentHelp(
            say("另报每个文件由其余文件训练时判对多少", "also how much of each file is right when the other files teach")))
    var held = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        var parts: [[PlaceLine]] = []
        for file in files {
            let data: Data
            do {
                data = try Data(contentsOf: URL(fileURLWithPath: file))
            } catch {
                throw ValidationError(say("打不开 \(file)。", "\(file) cannot be opened."))
            }
            let read = PlaceTrainer.lines(of: data)
            for (line, problem) in read.problems {
                Console.tell(
                    say("\(file) 第 \(line) 行：", "\(file):\(line): ")
                        + Self.words(problem))
            }
            guard read.problems.isEmpty else { throw ExitCode(1) }
            parts.append(read.lines)
        }
        let trained = PlaceTrainer().model(of: parts, isHeld: held)
        for (file, found) in zip(files, trained.held) {
            Console.tell(
                say(
                    "\(file)：由其余文件训练时，\(found.of) 处中判对 \(found.right) 处",
                    "\(file): \(found.right) of \(found.of) right when the other files teach"))
        }
        do {
            try WholeFile.write(Data(trained.bytes), to: out)
        } catch {
            throw ValidationError(say("写不了 \(out)。", "\(out) cannot be written."))
        }
        Console.tell(
            say(
                "已写入 \(out)：\(parts.joined().count) 条，问到的地方 \(trained.villages) 处。",
                "Wrote \(out): \(parts.joined().count) lines, \(trained.villages) places asked about in them."))
    }

    private static func words(_ problem: PlaceTrainer.Problem) -> String {
        switch problem {
        case .notALine:
            say("不是含 text 和 place 的 JSON 对象。", "not a JSON object with text and place.")
        case .unknownPlace:
            say("place 不是 H，文中也没有这个村的占位符。", "place is neither H nor a village that the text names.")
        }
    }
}
