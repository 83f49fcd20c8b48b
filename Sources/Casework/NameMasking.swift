/// Finds the names that residents give of themselves, of their kin and of each other.
///
/// A surname alone proves nothing in Chinese text (高血压, 林地, 何时), so a name counts only after a cue: 我叫, 我是, 姓名,
/// a word for kin, 村民. The weaker the cue, the more must speak for the name.
enum NameMasking {
    /// How much must speak for a name.
    private enum Demand {
        /// 我叫, 姓名：: any surname, whatever follows.
        case little
        /// 我爸: a common surname, or a rare one with a clear end.
        case some
        /// 我是, 村民: a common surname and a clear end.
        case much
    }

    static func claim(in scan: inout MaskScan) {
        var place = 0
        while place < scan.count {
            place = claimOne(at: place, in: &scan) ?? place + 1
        }
    }

    private static func claimOne(at place: Int, in scan: inout MaskScan) -> Int? {
        if let cue = surnameCues.length(at: place, in: scan) {
            let start = place + cue
            if let length = surnameLength(at: start, in: scan) ?? rareSurname(at: start, in: scan) {
                scan.claim(start..<start + length, as: .name)
                return claimGiven(after: start + length, in: &scan) ?? start + length
            }
            return start
        }
        if let cue = statedCues.length(at: place, in: scan) {
            return claimNickname(from: place + cue, in: &scan)
                ?? claimName(from: place + cue, demand: .little, in: &scan)
        }
        if let cue = labels.length(at: place, in: scan) {
            let start = place + cue
            let linked = labelLinks.contains(scan[start])
            return claimName(from: linked ? start + 1 : start, demand: linked ? .little : .much, in: &scan)
        }
        if let cue = beingCues.length(at: place, in: scan) {
            let start = place + cue
            return claimBeing(from: start, in: &scan) ?? start
        }
        if let end = Kin.end(at: place, in: scan) {
            return claimName(from: end, demand: .some, in: &scan)
        }
        if let cue = residents.length(at: place, in: scan) {
            return claimName(from: place + cue, demand: .much, in: &scan)
        }
        return claimStanding(at: place, in: &scan)
    }

    /// 我姓王，叫秀英: the rest of the name after the surname.
    private static func claimGiven(after surname: Int, in scan: inout MaskScan) -> Int? {
        var place = surname
        while place < surname + 2, !Scalars.isHan(scan[place]) { place += 1 }
        guard let cue = givenCues.length(at: place, in: scan) else { return nil }
        let start = place + cue
        let end = isGiven(scan[start]) ? (isGiven(scan[start + 1]) ? start + 2 : start + 1) : start
        scan.claim(start..<end, as: .name)
        return end
    }

    /// 我叫小芳: a name that has no surname.
    private static func claimNickname(from place: Int, in scan: inout MaskScan) -> Int? {
        let start = skippingLinks(from: place, in: scan)
        guard nicknames.contains(scan[start]), isGiven(scan[start + 1]),
            isEndOfClause(scan[start + 2]) || Followers.begins(at: start + 2, in: scan)
        else { return nil }
        scan.claim(start..<start + 2, as: .name)
        return start + 2
    }

    private static let givenCues = WordSet("名叫 叫 名 单名")
    private static let nicknames = Set(Scalars.of("小阿老大二三"))

    // MARK: - Cues

    private static let surnameCues = WordSet("我姓 本人姓 免贵姓 敝姓 鄙人姓 我家姓 我爸姓 我妈姓 我老公姓 我爱人姓 名字姓")
    private static let statedCues = WordSet("我叫 我名叫 我名字叫 我的名字叫 我的名字是 我名字是 本人名叫 本人叫 本名 真名 真名叫 实名 实名叫 大名叫 大名")
    private static let labels = WordSet(
        "姓名 名字 户主 反映人 举报人 投诉人 联系人 申请人 当事人 受害人 签名 署名 落款 持卡人 开户人 户名 收款人 留守老人 病人 患者 死者")
    private static let labelLinks = Set(Scalars.of("：:是为叫 "))
    private static let beingCues = WordSet("我是 我就是 本人是 本人 我本人 我们是 俺是 咱是")
    private static let residents = WordSet(
        "村民 居民 社员 户主 低保户 贫困户 五保户 脱贫户 监测户 残疾人 老人 孤寡老人 留守老人 农户 群众 邻居 隔壁 病人 患者 伤者 死者 学生 学生家长 举报人 投诉人 反映人 家长")

    /// 我是 and 本人: a name at once, or after 溪东村三组的.
    private static func claimBeing(from start: Int, in scan: inout MaskScan) -> Int? {
        if let end = nameEnd(at: skippingLinks(from: start, in: scan), demand: .much, in: scan) {
            let begin = skippingLinks(from: start, in: scan)
            scan.claim(begin..<end, as: .name)
            return end
        }
        var place = start
        while place < start + 14, !Scalars.isBoundary(scan[place]) {
            place += 1
            guard origins.contains(scan[place - 1]), let end = nameEnd(at: place, demand: .much, in: scan),
                isEndOfClause(scan[end])
            else { continue }
            scan.claim(place..<end, as: .name)
            return end
        }
        return nil
    }

    static let origins = Set(Scalars.of("的村组队社厝屯庄员长师工户"))

    private static func claimName(from place: Int, demand: Demand, in scan: inout MaskScan) -> Int {
        let begin = skippingLinks(from: place, in: scan)
        let linked = begin > place
        // 我爸叫王山, 我妈（李桂花）: said outright.
        guard let end = nameEnd(at: begin, demand: linked && demand == .some ? .little : demand, in: scan) else {
            return place
        }
        scan.claim(begin..<end, as: .name)
        return end
    }

    private static let links = WordSet("名叫 名字叫 姓名 叫做 叫 ： : （ ( 、 “ 「")

    private static func skippingLinks(from place: Int, in scan: MaskScan) -> Int {
        var place = scan.skippingBlanks(from: place)
        var steps = 0
        while steps < 3, let link = links.length(at: place, in: scan) {
            place = scan.skippingBlanks(from: place + link)
            steps += 1
        }
        return place
    }

    // MARK: - A name

    /// Where a name that begins at the place ends; nil when there is none.
    private static func nameEnd(at place: Int, demand: Demand, in scan: MaskScan) -> Int? {
        if let end = starredName(at: place, in: scan) { return end }
        guard let surname = surnameLength(at: place, in: scan) else { return nil }
        let weak = surname == 1 && Surnames.weak.contains(scan[place])
        let given = place + surname
        if Posts.begins(at: given, in: scan) || Surnames.isCommonWord(at: place, in: scan) { return nil }
        var clear: Int?
        var most = given
        for length in 1...2 {
            guard isGiven(scan[given + length - 1]) else { break }
            most = given + length
            // 王芳低保被停: a word that may follow a name ends it; the longer name wins.
            if isEndOfClause(scan[most]) || Followers.begins(at: most, in: scan) { clear = most }
        }
        guard most > given else { return nil }
        if let clear, !notNames.contains(scan[clear - 1]) || demand == .little { return clear }
        switch demand {
        case .little: return most
        case .some: return weak || clear != nil || notNames.contains(scan[most - 1]) ? nil : most
        case .much: return nil
        }
    }

    /// 王某某, 李XX, 陈**: already half hidden, yet the surname still leads somewhere.
    private static func starredName(at place: Int, in scan: MaskScan) -> Int? {
        let surname = surnameLength(at: place, in: scan) ?? 1
        guard Scalars.isHan(scan[place]) else { return nil }
        var end = place + surname
        var hidden = 0
        while end < place + surname + 3, isHidden(scan[end]) {
            end += 1
            hidden += 1
        }
        guard hidden > 0 else { return nil }
        // 王某芳: the last character is given away.
        if hidden == 1, isGiven(scan[end]), isEndOfClause(scan[end + 1]) { end += 1 }
        return end
    }

    private static func isHidden(_ value: UInt32) -> Bool {
        value == 0x67D0 || Scalars.isStar(value) || value == 0x25CB
    }

    static func isGiven(_ value: UInt32) -> Bool {
        Scalars.isHan(value) && !Surnames.neverGiven.contains(value)
    }

    private static func isEndOfClause(_ value: UInt32) -> Bool { Scalars.isBoundary(value) }

    private static func surnameLength(at place: Int, in scan: MaskScan) -> Int? {
        if Surnames.compound.length(at: place, in: scan) != nil { return 2 }
        return Surnames.strong.contains(scan[place]) || Surnames.weak.contains(scan[place]) ? 1 : nil
    }

    /// After 我姓 any character is a surname.
    private static func rareSurname(at place: Int, in scan: MaskScan) -> Int? {
        Scalars.isHan(scan[place]) && Scalars.isBoundary(scan[place + 1]) ? 1 : nil
    }

    /// Last characters of words for people and places, which a name seldom ends with.
    private static let notNames = Set(Scalars.of("人户员工村镇乡县市省区组队厂店校路街屯坑寨者委会局站们的了吗呢吧啊"))
}
