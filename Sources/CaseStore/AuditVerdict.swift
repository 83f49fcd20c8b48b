public import Messages

/// What a verification of the chain says.
public enum AuditVerdict: Sendable, Equatable {
    /// Every row follows from the one before, and every anchor fits.
    case sound(rows: Int)
    /// A row was changed, put in or taken out in the middle (the first that doesn't follow).
    case altered(seq: Int)
    /// Rows at the end are gone: cases know of acts that the log doesn't have (the last that it has, the last known).
    case cut(last: Int, known: Int)
    /// An older copy of the whole store was put back: an anchor lies beyond its end.
    case restored(last: Int, anchor: Int)
    /// Rows beside the log were changed by another program: which kind, and the first row's number.
    case changed(RowKind, row: Int)
    /// The store went another way since an anchor: its history was rewritten, or a restored copy was worked on.
    case forked(anchor: Int)
    /// What stands beside the store to tell of an older copy is gone or can't be read: which file.
    case lost(Witness)

    /// What tells of an older copy that was put back.
    public enum Witness: String, Sendable {
        /// The file `log-end`.
        case end = "log-end"
        /// The file `anchors.txt`, of which the log has rows.
        case anchors = "anchors.txt"
    }

    /// Rows that are held against the log and their seals.
    public enum RowKind: String, Sendable {
        /// A case, or what hangs on it.
        case matter = "case"
        case flag
        /// Bodies, posts, people, ties, the calendar.
        case organisation
        /// The register of groups.
        case groups
        /// The gazetteer, and the names that people taught.
        case places
        /// Passwords and tokens.
        case accounts
        /// Versions of the word lists.
        case lexicons
        /// What was handed on, and the deployer's duties.
        case papers
        /// Requests of the people whom the words are about.
        case requests
        /// Who is on duty.
        case roster
        /// What must go up, and since when that is known.
        case upward
        /// What was imported, of which groups, exported by whom.
        case imports
        /// One of the registers: older rows of it were put back.
        case register
        /// The sums of all seals.
        case seals
        /// Tables, views and triggers themselves.
        case schema
        /// An index that hasn't its table's rows.
        case indices

        /// Its name.
        public func name(in language: Language) -> String {
            let (zh, en) =
                switch self {
                case .matter: ("件", "a case")
                case .flag: ("线索", "a flag")
                case .organisation: ("单位、人员、回避或日历", "bodies, people, ties or the calendar")
                case .groups: ("群登记", "the register of groups")
                case .places: ("地名", "the gazetteer")
                case .accounts: ("密码或令牌", "passwords or tokens")
                case .lexicons: ("词库版本", "the versions of the lexicons")
                case .papers: ("导出或履职台账", "the records of exports or duties")
                case .requests: ("查阅、更正、删除申请", "the requests of people")
                case .roster: ("值班表", "the duty roster")
                case .upward: ("上交期限", "the terms of what must go up")
                case .imports: ("导入记录", "the records of imports")
                case .register: ("某个登记表（放回了旧内容）", "a register (older rows were put back)")
                case .seals: ("封印合计", "the sums of the seals")
                case .schema: ("表、视图或触发器", "tables, views or triggers")
                case .indices: ("索引", "an index")
                }
            return language == .zh ? zh : en
        }
    }

    /// True when nothing is wrong.
    public var isSound: Bool { if case .sound = self { true } else { false } }

    /// Its slug.
    public var slug: String {
        switch self {
        case .sound: "sound"
        case .altered: "altered"
        case .cut: "cut"
        case .changed: "changed"
        case .restored: "restored"
        case .forked: "forked"
        case .lost: "lost"
        }
    }

    /// One line in a language.
    public func text(in language: Language) -> String {
        let isChinese = language == .zh
        switch self {
        case .sound(let rows):
            return isChinese ? "审计链完好，共 \(rows) 行" : "the audit chain is sound, \(rows) rows"
        case .altered(let seq):
            return isChinese
                ? "第 \(seq) 行起对不上：有行被改、被插或被抽走" : "row \(seq) doesn't follow: rows were altered, put in or taken out"
        case .cut(let last, let known):
            return isChinese
                ? "末尾被截：日志到第 \(last) 行，而件里记着第 \(known) 行"
                : "the end was cut: the log ends at \(last), cases know of \(known)"
        case .changed(let kind, let row):
            let (what, place) = (kind.name(in: language), row == 0 ? "" : isChinese ? "（第 \(row) 行）" : " (row \(row))")
            return isChinese
                ? "\(what)\(place)在本程序之外被改动；请从备份恢复" : "\(what)\(place) was changed by another program; restore a backup"
        case .restored(let last, let anchor):
            return isChinese
                ? "放回了旧库：日志到第 \(last) 行，外部锚点已到第 \(anchor) 行"
                : "an old copy was put back: the log ends at \(last), an anchor says \(anchor)"
        case .forked(let anchor):
            return isChinese
                ? "与第 \(anchor) 行的外部锚点不符：历史被重写，或旧库放回后又有新行"
                : "the anchor at row \(anchor) doesn't fit: history was rewritten, or went on from an old copy"
        case .lost(.end):
            return isChinese
                ? "数据目录里的 log-end 不见了或读不懂：查不出是否放回过旧库。请用别处的锚点核对（--anchors），再从备份恢复；若现库无误，先 minsheng backup 再 minsheng restore 它"
                : "the file log-end of the data folder is missing or garbled: an older copy that was put back can't be told. Compare with anchors kept elsewhere (--anchors), then restore a backup; if the store is right as it is, minsheng backup and then minsheng restore that"
        case .lost(.anchors):
            return isChinese
                ? "日志里打过锚点，锚点文件 anchors.txt 却不见了、读不懂或缺了行：请用别处的锚点核对（--anchors），无误后运行 minsheng audit anchor"
                : "the log has anchors that anchors.txt hasn't (missing, garbled, or lines gone): compare with anchors kept elsewhere (--anchors), and if they fit run minsheng audit anchor"
        }
    }
}
