/// Names that no cue announces but their place: whoever signs, is quoted, or stands in a list.
///
/// Such a place asks for more of the name: a surname that seldom begins an everyday word, and two characters after it.
extension NameMasking {
    /// Claims the name that begins at the place and stands by itself; gives its end.
    static func claimStanding(at place: Int, in scan: inout MaskScan) -> Int? {
        let opens = opensClause(at: place, in: scan)
        let follows = opens || ownWords.length(before: place, in: scan) != nil
        guard follows || isNumbered(at: place, in: scan) || isSigning(at: place, in: scan) else { return nil }
        for end in ends(at: place, in: scan) {
            let isStated =
                opensLine(at: place, in: scan) && scan[end] == colon
                || follows && realNames.length(at: end, in: scan) != nil
                || isNumbered(at: place, in: scan) && Scalars.isBoundary(scan[end])
                || isSigning(at: place, in: scan) && endsLine(at: end, in: scan)
                || end - place == 3 && opens && scan[end] == home && !places.contains(scan[end - 1])
                || end - place == 3 && !opens && follows && Scalars.isBoundary(scan[end])
            if isStated {
                scan.claim(place..<end, as: .name)
                return end
            }
        }
        return nil
    }

    /// Where a name of three or, after that, two characters may end.
    private static func ends(at place: Int, in scan: MaskScan) -> [Int] {
        guard Surnames.strong.contains(scan[place]) || Surnames.compound.length(at: place, in: scan) != nil,
            !Surnames.isCommonWord(at: place, in: scan), !Posts.begins(at: place + 1, in: scan),
            isGiven(scan[place + 1])
        else { return [] }
        if isGiven(scan[place + 2]), Surnames.compound.length(at: place, in: scan) != nil, isGiven(scan[place + 3]) {
            return [place + 4, place + 3, place + 2]
        }
        return isGiven(scan[place + 2]) ? [place + 3, place + 2] : [place + 2]
    }

    private static let colon: UInt32 = 0x3A
    private static let home: UInt32 = 0x5BB6
    private static let ownWords = WordSet("我 俺 本人 我是 学生家长 家长 业主")
    private static let realNames = WordSet("实名 现实名 在此实名 要实名 今实名")
    /// Last characters of names of places: 王家庄家家户户.
    private static let places = Set(Scalars.of("家村镇乡县市区组队庄湾坪坝沟岭山河塘寨屯坑店桥厂场校"))

    private static func opensLine(at place: Int, in scan: MaskScan) -> Bool {
        var before = place - 1
        while Scalars.isBlank(scan[before]) { before -= 1 }
        return before < 0 || Scalars.isLineEnd(scan[before])
    }

    private static func opensClause(at place: Int, in scan: MaskScan) -> Bool {
        place == 0 || Scalars.isBoundary(scan[place - 1]) && scan[place - 1] != MaskScan.barrier
    }

    /// 1. 王秀英: an item of a list that people sign.
    private static func isNumbered(at place: Int, in scan: MaskScan) -> Bool {
        var before = place - 1
        while Scalars.isBlank(scan[before]) { before -= 1 }
        let hasMark = numberEnds.contains(scan[before])
        if hasMark { before -= 1 }
        return (hasMark || before < place - 1) && Scalars.isDigit(scan[before])
    }

    private static let numberEnds = Set(Scalars.of(".、)）:．,，"))

    /// ——三组王秀英, 没人管 王秀英: the last words of a line after a dash or a blank.
    private static func isSigning(at place: Int, in scan: MaskScan) -> Bool {
        if Scalars.isBlank(scan[place - 1]) { return true }
        var before = place - 1
        while before >= place - 8 {
            if scan[before] != MaskScan.barrier, Scalars.isDash(scan[before]) { return true }
            if Scalars.isBlank(scan[before]) { return origins.contains(scan[place - 1]) }
            guard before == place - 1 ? origins.contains(scan[before]) : Scalars.isHan(scan[before]) else {
                return false
            }
            before -= 1
        }
        return false
    }

    private static func endsLine(at place: Int, in scan: MaskScan) -> Bool {
        var place = place
        while Scalars.isBlank(scan[place]) || closers.contains(scan[place]) { place += 1 }
        return place >= scan.count || Scalars.isLineEnd(scan[place])
    }

    private static let closers = Set(Scalars.of("。.!！)）」”"))
}
