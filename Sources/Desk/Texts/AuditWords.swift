import Casework
import Messages

/// What the codes of the audit log say to the auditor who reads it.
///
/// The log holds codes, which are the same in every language and for ever; what is in no list is shown as its code.
enum AuditWords {
    /// The name of an act; the acts on cases are named as on their buttons.
    static func name(_ action: String, in language: Language) -> String {
        if let words = names[action] { return language == .zh ? words.0 : words.1 }
        if let known = CaseAction(rawValue: action) { return known.name(in: language) }
        return action
    }

    /// The codes with a name of their own, to choose from.
    static var codes: [String] { names.keys.sorted() + CaseAction.allCases.map(\.rawValue).filter { names[$0] == nil } }

    /// The name of what was acted on.
    static func object(_ kind: String, _ id: Int, in language: Language) -> String {
        let (zh, en) =
            switch kind {
            case "none": ("–", "–")
            case "case": ("件 \(id)", "case \(id)")
            case "flag": ("线索 \(id)", "flag \(id)")
            case "staff": ("人员 \(id)", "person \(id)")
            case "unit": ("单位 \(id)", "body \(id)")
            case "store": ("数据目录", "the store")
            default: ("\(kind) \(id)", "\(kind) \(id)")
            }
        return language == .zh ? zh : en
    }

    private static let names: [String: (String, String)] = [
        "assign": ("分办", "assign"), "audit-anchor": ("抄锚点", "take an anchor"),
        "audit-report": ("查看审计记录", "read the log"), "audit-verify": ("校验审计记录", "verify the log"),
        "backup": ("备份", "backup"), "calendar-import": ("导入日历", "import the calendar"),
        "claim-code": ("给查询码", "issue a claim code"), "count": ("看各视图的数", "count the views"),
        "coverage": ("看覆盖", "see the coverage"), "duty-end": ("撤值班", "end a duty"),
        "duty-record": ("登记材料", "put a paper on record"), "duty-set": ("排值班", "set a duty"),
        "erase": ("销毁文字", "erase words"), "export": ("导出", "export"), "export-list": ("查看导出记录", "list exports"),
        "flag-attribute": ("改线索的村", "place a flag"), "flag-claim": ("领线索", "claim a flag"),
        "flag-confirm": ("确认线索", "confirm a flag"), "flag-dismiss": ("判为非诉求", "dismiss a flag"),
        "flag-dismissal": ("判为非诉求（待复看）", "dismiss a flag, first reader"),
        "flag-dismissal-undo": ("收回判断", "take a dismissal back"), "flag-erase": ("销毁线索文字", "erase a flag's words"),
        "flag-escalate": ("线索转审批人", "escalate a flag"), "flag-expire": ("线索到期", "a flag runs out"),
        "flag-extend": ("线索延期", "extend a flag"), "flag-forward-up": ("线索上交", "hand a flag up"),
        "flag-join": ("并入已有件", "join a flag to a case"), "flag-open": ("看线索", "open a flag"),
        "filters-save": ("保存筛选", "keep filters"),
        "flag-release": ("退回线索", "release a flag"), "flag-similar": ("看相似件", "see similar cases"),
        "import": ("导入", "import"), "flags-counted": ("清点线索", "count the flags"),
        "flags-count": ("数待审线索", "count flags"), "flags-list": ("看待审线索", "list flags"),
        "group-add": ("登记群", "register a group"), "hold-lift": ("解除保全", "lift a hold"),
        "hold-lifting": ("提出解除保全", "ask to lift a hold"), "hold-list": ("看保全", "list holds"),
        "hold-place": ("登记保全", "place a hold"), "incident": ("出事件报告", "report an incident"),
        "lexicon-approve": ("批准词库", "approve lexicons"), "lexicon-outcomes": ("看规则的结果", "read outcomes of rules"),
        "lexicon-propose": ("提词库", "propose lexicons"), "lexicon-rollback": ("退回旧词库", "go back to older lexicons"),
        "lexicon-verdicts": ("看判过的线索", "read judged flags"), "list": ("看件的列表", "list cases"),
        "official-add": ("登记职务", "add a post"), "open": ("看件", "open a case"),
        "orphans": ("查无人能看的件", "count orphans"), "outcomes": ("看处理结果", "read outcomes"),
        "password": ("设密码", "set a password"), "print": ("打印件", "print a case"),
        "progress": ("凭码查进度", "look up by code"),
        "recurrence": ("记复发", "note a recurrence"), "refused": ("被拒绝", "refused"),
        "request-decide": ("决定信息请求", "decide a request"), "request-list": ("看信息请求", "list requests"),
        "request-propose": ("拟答信息请求", "propose an answer"), "request-take": ("登记信息请求", "take down a request"),
        "restore": ("恢复备份", "restore"), "retention": ("到期清理", "retention"),
        "retention-trial": ("试算到期清理", "try retention"),
        "rule-precision": ("看规则的准确", "read rules' precision"), "search": ("搜索", "search"),
        "sign-in": ("登录", "sign in"), "sign-out": ("退出", "sign out"), "snooze": ("暂存", "put off"),
        "staff-add": ("加人员", "add a person"), "staff-end": ("人员离岗", "end an account"),
        "staff-hand-over": ("移交", "hand over"), "statistics": ("看统计", "read figures"),
        "tie-add": ("登记回避", "declare a tie"),
        "tie-end": ("解除回避", "end a tie"), "token-end": ("停用令牌", "end a token"), "token-issue": ("发令牌", "issue a token"),
        "token-list": ("看令牌", "list tokens"), "unit-add": ("加单位", "add a body"),
        "upward-seen": ("看须上交的", "see what must go up"), "year-report": ("年报", "yearly report"),
    ]
}
