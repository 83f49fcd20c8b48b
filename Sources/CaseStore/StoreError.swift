import GRDB
import Glibc
public import Messages

/// Something that the store could not do.
public struct StoreError: ExplainedError, Equatable {
    /// Why it could not; closed.
    public enum Reason: Sendable, Equatable {
        /// The folder holds no store.
        case notADataFolder
        /// There is something at the place of a new folder.
        case alreadyExists
        /// The key file is not there.
        case keyMissing
        /// Others than the owner may read the key file (its mode, as octal digits).
        case keyPermissions(String)
        /// The key file is not the one that the store was made with, or is damaged.
        case keyWrong
        /// The configuration cannot be used (the key to blame, or the file's name).
        case configuration(String)
        /// Another program is writing.
        case busy
        /// Others have the store open, so that no other one can be put in its place.
        case inUse
        /// A backup is just being put in its place.
        case beingReplaced
        /// No room is left.
        case diskFull
        /// The file system refused to read or write.
        case inputOutput
        /// The file is damaged.
        case corrupt
        /// The folder cannot be written to.
        case readOnly
        /// The folder or a file in it cannot be opened.
        case notPermitted
        /// A newer program has changed the store.
        case newerStore
        /// The group is not in the register (its id).
        case unknownGroup(String)
        /// The group is in the register already (its id).
        case duplicateGroup(String)
        /// A field of a group cannot be used (its id, the field).
        case badGroup(String, field: String)
        /// No village of the gazetteer has the code.
        case noSuchVillage(String)
        /// A place stands twice in what was given, or cannot be used (its code).
        case badPlace(String)
        /// No flag has the id.
        case noSuchFlag(Int)
        /// Every message of the new flag is in another one (its id).
        case duplicateFlag(Int)
        /// The flag's state doesn't allow it (its id, the state).
        case wrongState(Int, FlagState)
        /// Somebody else changed the flag in the meantime (its id).
        case changedMeanwhile(Int)
        /// The flag's text cannot be opened: it was altered or moved (its id).
        case damagedFlag(Int)
        /// A reason code is not made of small letters and hyphens.
        case badReason
        /// The import has ended, by itself or by an earlier error.
        case importEnded
        /// The installation asks for an impact assessment before the first import, and none is on record.
        case assessmentMissing
        /// Rows were changed by another program (which).
        case alteredRows(AuditVerdict.RowKind)
        /// The engine refused (its result code).
        case engine(Int)
    }

    /// Why.
    public let reason: Reason
    /// The data folder as the user gave it.
    public let folder: String

    /// Names what went wrong, and where.
    public init(_ reason: Reason, folder: String) {
        self.reason = reason
        self.folder = folder
    }

    /// The line in a language: where, what, what to do.
    public func explanation(in language: Language) -> String {
        let (what, remedy) = language == .zh ? chinese : english
        return language == .zh ? "\(folder)：\(what)。\(remedy)。" : "\(folder): \(what). \(remedy)."
    }
}

extension StoreError {
    /// Puts an engine's error into words of this room.
    init(_ error: any Error, folder: String) {
        switch error {
        case let error as StoreError: self = error
        case is SQLRowError: self.init(.corrupt, folder: folder)
        case let error as DatabaseError:
            let code = error.extendedResultCode.rawValue
            self.init(Self.reason(ofCode: code, room: Self.room(in: folder)), folder: folder)
        default: self.init(.engine(0), folder: folder)
        }
    }

    /// The reason behind a result code of SQLite, with so many bytes left on the disk (nil where that is not known).
    ///
    /// On a full disk not even reading goes on, as readers share a small file beside the store, and SQLite calls that an
    /// error of input and output.
    package static func reason(ofCode code: Int32, room: Int?) -> Reason {
        let result = ResultCode(rawValue: code)
        let isFull = result == .SQLITE_IOERR_SHMSIZE || room.map { $0 < leastRoom } ?? false
        return switch result.primaryResultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_FULL: .diskFull
        case .SQLITE_IOERR: isFull ? .diskFull : .inputOutput
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
        case .SQLITE_READONLY: .readOnly
        case .SQLITE_CANTOPEN: isFull ? .diskFull : .notPermitted
        case .SQLITE_PERM, .SQLITE_AUTH: .notPermitted
        default: .engine(Int(code))
        }
    }

    /// What SQLite takes for the file that readers share, in bytes.
    private static let leastRoom = 32_768

    /// How many bytes are left where a folder lies; 0 where no further file can be made, nil where nobody says.
    private static func room(in folder: String) -> Int? {
        var status = statvfs()
        guard statvfs(folder, &status) == 0, status.f_blocks > 0 else { return nil }
        if status.f_files > 0, status.f_favail == 0 { return 0 }
        return Int(clamping: status.f_bavail) * Int(clamping: status.f_frsize)
    }
}

extension StoreError {
    private var chinese: (what: String, remedy: String) {
        switch reason {
        case .notADataFolder: ("不是民声的数据文件夹", "请先运行 minsheng init，或用 --data 指明文件夹")
        case .alreadyExists: ("已经存在", "请换一个位置，或直接使用它")
        case .keyMissing: ("缺少密钥文件 key", "请从备份恢复密钥；没有它，已存的文字打不开")
        case .keyPermissions(let mode): ("密钥文件 key 的权限是 \(mode)，别人也能读", "请运行 chmod 600 key")
        case .keyWrong: ("密钥文件 key 与数据不配套或已损坏", "请从同一次备份恢复密钥")
        case .configuration(let key): ("config.json 的 \(key) 不能用", "请改正或删去这一项")
        case .busy: ("另一个程序正在写入", "请等它结束再试")
        case .inUse: ("别的程序正开着这个数据文件夹", "请先停下网页台（minsheng serve）和别的 minsheng 命令再恢复")
        case .beingReplaced: ("正在用备份恢复", "请等恢复结束再试")
        case .diskFull: ("磁盘已满，这一步没有生效", "请删去不用的文件，腾出空间再试")
        case .inputOutput: ("磁盘读写失败，这一步没有生效", "请检查磁盘和剩余空间再试")
        case .corrupt: ("数据文件已损坏", "请运行 minsheng doctor，并从备份恢复")
        case .readOnly: ("只能读，不能写", "请检查文件夹的权限")
        case .notPermitted: ("打不开", "请检查文件夹的权限")
        case .newerStore: ("由更新版本的民声写成", "请升级程序")
        case .unknownGroup(let id): ("群 \(id) 没有登记", "请用 minsheng groups add --id \(id) 登记")
        case .duplicateGroup(let id): ("群 \(id) 已经登记", "请查看 minsheng groups list")
        case .badGroup(let id, let field): ("群 \(id) 的 \(field) 不能用", "请改正后再登记")
        case .noSuchVillage(let code): ("地名库里没有村 \(code)", "请先用 minsheng gazetteer import 导入")
        case .badPlace(let code): ("地名 \(code) 重复或有误", "请只留一行并改正")
        case .noSuchFlag(let id): ("没有线索 \(id)", "请查看 minsheng flags list")
        case .duplicateFlag(let id): ("这些消息已在线索 \(id) 里", "不必再建")
        case .wrongState(let id, let state): ("线索 \(id) 处于 \(state.rawValue)，不能这样办", "请查看 minsheng flags show \(id)")
        case .changedMeanwhile(let id): ("线索 \(id) 已被他人修改", "请重新打开再办")
        case .damagedFlag(let id): ("线索 \(id) 的文字打不开，已被改动", "请从备份恢复")
        case .badReason: ("理由代码有误", "请只用小写字母和连字符")
        case .importEnded: ("这次导入已经结束", "请重新导入")
        case .assessmentMissing: ("还没有登记个人信息保护影响评估", "请运行 minsheng duties record --kind assessment --reference 文号")
        case .alteredRows(let kind):
            ("\(kind.name(in: .zh))在本程序之外被改动，不能再办", "请运行 minsheng audit verify，再从备份恢复")
        case .engine(let code): ("数据库拒绝了（代码 \(code)）", "请运行 minsheng doctor")
        }
    }

    private var english: (what: String, remedy: String) {
        switch reason {
        case .notADataFolder: ("is no data folder of Minsheng", "Run minsheng init first, or name one with --data")
        case .alreadyExists: ("exists already", "Choose another place, or use it as it is")
        case .keyMissing:
            ("the key file 'key' is missing", "Restore it from a backup: without it no text can be opened")
        case .keyPermissions(let mode): ("the key file 'key' has mode \(mode): others may read it", "Run chmod 600 key")
        case .keyWrong: ("the key file 'key' doesn't fit the store or is damaged", "Restore it from the same backup")
        case .configuration(let key): ("config.json: '\(key)' cannot be used", "Correct it, or delete it")
        case .busy: ("another program is writing", "Wait for it, then try again")
        case .inUse: ("is open in another program", "Stop the desk (minsheng serve) and other commands, then restore")
        case .beingReplaced: ("is just being restored", "Wait for it, then try again")
        case .diskFull:
            ("the disk is full, nothing was changed", "Delete what is not needed to make room, then try again")
        case .inputOutput: ("the disk refused, nothing was changed", "Check the disk, then try again")
        case .corrupt: ("the store is damaged", "Run minsheng doctor and restore a backup")
        case .readOnly: ("can be read, not written", "Check the folder's rights")
        case .notPermitted: ("cannot be opened", "Check the folder's rights")
        case .newerStore: ("was written by a newer Minsheng", "Upgrade this program")
        case .unknownGroup(let id): ("group \(id) is not registered", "Register it: minsheng groups add --id \(id)")
        case .duplicateGroup(let id): ("group \(id) is registered already", "See minsheng groups list")
        case .badGroup(let id, let field): ("group \(id): \(field) cannot be used", "Correct it, then register again")
        case .noSuchVillage(let code): ("no village \(code) in the gazetteer", "Import it: minsheng gazetteer import")
        case .badPlace(let code): ("place \(code) stands twice or is wrong", "Keep one line and correct it")
        case .noSuchFlag(let id): ("there is no flag \(id)", "See minsheng flags list")
        case .duplicateFlag(let id): ("its messages are in flag \(id) already", "There is nothing to add")
        case .wrongState(let id, let state): ("flag \(id) is \(state.rawValue)", "See minsheng flags show \(id)")
        case .changedMeanwhile(let id): ("flag \(id) was changed by somebody else", "Open it again, then decide")
        case .damagedFlag(let id): ("the text of flag \(id) was altered and cannot be opened", "Restore a backup")
        case .badReason: ("a reason code is wrong", "Use small letters and hyphens only")
        case .importEnded: ("this import has ended", "Import again")
        case .assessmentMissing:
            ("no impact assessment is on record", "Run minsheng duties record --kind assessment --reference NUMBER")
        case .alteredRows(let kind):
            ("\(kind.name(in: .en)) was changed by another program", "Run minsheng audit verify, then restore a backup")
        case .engine(let code): ("the database refused (code \(code))", "Run minsheng doctor")
        }
    }
}
