import ArgumentParser
import CaseStore
import Casework
import ChatExports
import Foundation
import Messages
import Pipeline

/// `minsheng init`.
struct Initialize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: say("建立数据目录：配置、密钥、空库", "Makes the data folder: configuration, key, empty store"))

    @Flag(
        name: .long,
        help: ArgumentHelp(say("填入虚构的示范县并导入其导出记录", "fill in the invented demo county and import its exports")))
    var demo = false

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption

    func run() async throws {
        let county = demo ? try DemoCounty.find() : nil
        let store = try CaseStore.create(at: data.folder)
        Console.tell(
            say(
                "已建立 \(data.folder)。其中的 key 文件是密钥：请另存一份，丢失后已存文字无法读出，也不要和数据放在同一份备份里。",
                "Made \(data.folder). The file 'key' in it is the key: keep a copy elsewhere; without it no stored text can be read."
            ))
        try ShippedCalendar.take(into: store)
        guard let county else {
            Console.tell(say("下一步：minsheng gazetteer import 村名表.csv", "Next: minsheng gazetteer import VILLAGES.csv"))
            return
        }
        _ = try GazetteerImporting.run(county + "/villages.csv", into: store)
        _ = try GroupImporting.run(county + "/groups.csv", into: store)
        try store.close()
        let installation = try Installation(folder: data.folder, lexicons: lexicon.lexicons)
        var options = Importer.Options(now: Int64(Date().timeIntervalSince1970))
        options.jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let files = FileFinder.files(at: [county + "/exports"])
        let reports = try await Importer(installation, options: options).run(files) { progress in
            Console.progress("\(progress.done)/\(progress.total) " + progress.file)
        }
        Console.clearBar()
        var total = FileCounts()
        for report in reports { total += report.counts }
        // The county has hostile files in it on purpose, so what it refuses is no failure of the demo.
        ImportOutput.tell(reports, total: total, isJSON: false, isDryRun: false)
    }
}

/// Where the demo county lies.
enum DemoCounty {
    static func find() throws -> String {
        if let folder = ShippedFolder.find("demo-county", holding: "groups.csv") { return folder }
        Console.complain(
            say(
                "找不到示范县 Fixtures/demo-county。请在软件的源码目录里运行。",
                "Fixtures/demo-county is not here. Run it in the source folder."))
        throw ExitCode(2)
    }
}

/// What is shipped beside the program: in `Fixtures` of a folder above it, or under `share/minsheng`.
enum ShippedFolder {
    static func find(_ name: String, holding file: String) -> String? {
        var folder = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .resolvingSymlinksInPath().deletingLastPathComponent()
        var candidates = [folder.deletingLastPathComponent().appendingPathComponent("share/minsheng/\(name)").path]
        for _ in 0..<5 {
            candidates.append(folder.appendingPathComponent("Fixtures/\(name)").path)
            folder = folder.deletingLastPathComponent()
        }
        candidates.append("Fixtures/\(name)")
        return candidates.first { FileManager.default.fileExists(atPath: $0 + "/" + file) }
    }
}

/// The calendar of working days that is shipped: a new folder has it, so that the first case can be registered.
enum ShippedCalendar {
    static func take(into store: CaseStore) throws {
        let name = "workdays.csv"
        guard let folder = ShippedFolder.find("calendar", holding: name),
            let data = FileManager.default.contents(atPath: folder + "/" + name)
        else {
            Console.tell(
                say(
                    "没有随软件的工作日历：登记件之前请先 minsheng calendar import 文件。",
                    "No calendar came with the program: run minsheng calendar import FILE before the first case."))
            return
        }
        let calendar = try WorkCalendar(csv: String(decoding: data, as: UTF8.self), file: name)
        try CaseDesk(store, now: DeskOptions.now).importCalendar(calendar)
    }
}
