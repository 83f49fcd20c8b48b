import ArgumentParser
import CaseStore
import Foundation
import Messages

/// `minsheng backup`.
struct Backup: Doing {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: say("备份数据库到新文件（不含密钥）", "Copies the store to a new file, without the key"))

    @Argument(help: ArgumentHelp(say("新文件", "a new file")), completion: .file())
    var file: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws {
        try desk.desk().backUp(to: file)
        Console.tell(
            say(
                "已备份到 \(file)。密钥 key 不在里面：请另存别处。备份留存不超过 30 天。",
                "Backed up to \(file). The key is not in it: keep it elsewhere. Keep a backup for 30 days at most."))
    }
}

/// `minsheng restore`.
struct Restore: Doing {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: say("用备份换掉数据库；备份之后删除的内容会再次删除，换库记入审计", "Puts a backup in place; erases again what was erased since"))

    @Argument(help: ArgumentHelp(say("备份文件", "the backup")), completion: .file())
    var file: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws {
        let report = try CaseDesk.restore(
            file, into: desk.data.folder, by: desk.person ?? 0, now: Int64(Date().timeIntervalSince1970))
        Console.tell(say("已恢复。请立即打新的锚点：minsheng audit anchor。", "Restored. Anchor anew: minsheng audit anchor."))
        if report.lostCases + report.lostImports > 0 {
            Console.tell(
                say(
                    "备份之后登记的 \(report.lostCases) 件、导入的 \(report.lostImports) 个文件不在里面：文件请重新导入；件请按 store.sqlite.replaced 核对补登，件号会重新发出，已告知来访人的请另行告知。",
                    "\(report.lostCases) cases and \(report.lostImports) imports made since the backup are not in it: import the files again; register the cases anew. Their numbers are given out anew: tell whoever was told one."
                ))
        }
        if report.holds > 0 {
            Console.tell(
                say("备份之后的 \(report.holds) 项暂缓删除照样有效。", "\(report.holds) holds placed since the backup hold on."))
        }
        if report.reports > 0 {
            Console.tell(
                say(
                    "有 \(report.reports) 件在备份之后转为检举控告：已收回，不在任何单位手中，请受理人员马上重新转。",
                    "\(report.reports) complaints became reports since the backup: they are in nobody's hands; intake must make them reports again now."
                ))
        }
        guard let goes = report.replacedGoes else { return }
        let replaced = desk.data.folder + "/store.sqlite.replaced"
        Console.tell(
            say(
                "换下的库留在 \(replaced)，里面什么也不会删除；\(goes) 起由 minsheng retention run 删掉，核对后也可自己先删。恢复错了：minsheng restore \(replaced)",
                "The store that was there is \(replaced), in which nothing is erased; minsheng retention run removes it from \(goes) on, or remove it yourself after checking. To undo: minsheng restore \(replaced)"
            ))
    }
}
