/// The posts that officials are named by.
///
/// They stay readable: see ``TextMasker``.
enum Posts {
    private static let officials = """
        书记 副书记 支书 村支书 主任 副主任 村主任 妇女主任 会计 出纳 报账员 文书 村长 组长 队长 片长 网格员 网格长 委员 监委 监督员
        村干部 干部 镇长 乡长 县长 区长 市长 局长 科长 处长 股长 所长 站长 院长 校长 部长 厅长 镇干部 领导 站所 秘书 干事 专干
        驻村干部 第一书记 工作队 队员 包村干部 挂村干部 纪委 纪检 监察 民警 警官 警察 法官
        村委 村委会 居委会 社区 镇政府 政府 供电所 水厂 管理员 护林员 联络员 信息员
        """
    private static let ofOfficials = WordSet(officials)
    /// Callings that follow a surname, too: 李老师 is no given name, yet no official either.
    private static let words = WordSet(officials + "\n医生 村医 老师 园长 经理 老板 物业 客服 电工 保洁员 司机 师傅")

    /// True when a post begins at the place (王|主任).
    static func begins(at place: Int, in scan: MaskScan) -> Bool {
        words.length(at: place, in: scan) != nil
    }

    /// True when a name ends in an official's post (溪东张书记).
    static func ends(_ range: Range<Int>, in scan: MaskScan) -> Bool {
        ofOfficials.length(before: range.upperBound, limit: range.count, in: scan) != nil
    }
}
