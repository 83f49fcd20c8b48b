/// Finds the doors of homes: what follows 我家在 or 住在, and a house number with a room.
///
/// Villages, streets and estates stay readable, since whoever mends the pipe must find it: in 我家在溪东村三组12号 only
/// 三组12号 is masked.
enum AddressMasking {
    private static let cues = WordSet(
        """
        我家在 我家住 我家住在 我家就在 我家就住 我家位于 俺家在 咱家在 家住 家住在 家在 我住 我住在 我就住 我们住 我们家在 住在 住址 地址 家庭住址 家庭地址
        门牌 门牌号 他家在 她家在 他住 她住
        """)
    /// What the number of a door ends with.
    private static let doors = WordSet("号 室 栋 幢 单元 号楼 号院 楼 层 户 座 组")
    /// Words after 号 that make it the number of a public thing.
    private static let things = WordSet(
        "线 公路 路 地铁 井 机井 水井 水泵 泵 变压器 变 台区 桥 渠 闸 水库 坑塘 塘 文 文件 令 杆 电杆 灯 坑 矿 病 窗 窗口 公厕 垃圾")
    /// Words after 号 that make it a day of the month.
    private static let days = WordSet(
        "上午 下午 早上 晚上 凌晨 中午 开始 那天 那晚 当天 停电 停水 断电 断水 以后 之前 之后 以前 前 后 到 至 起")

    static func claim(in scan: inout MaskScan) {
        cued(in: &scan)
        rooms(in: &scan)
    }

    private static func cued(in scan: inout MaskScan) {
        var place = 0
        while place < scan.count {
            guard let cue = cues.length(at: place, in: scan) else {
                place += 1
                continue
            }
            if let home = home(in: scan, from: place + cue) { scan.claim(home, as: .address) }
            place += cue
        }
    }

    /// The stretch of door numbers within the clause.
    private static func home(in scan: MaskScan, from start: Int) -> Range<Int>? {
        var place = start
        while place < start + 36, !isClauseEnd(scan[place]) {
            guard Scalars.isNumeral(scan[place]), let first = endOfDoor(in: scan, from: place, atOnce: place == start)
            else {
                place += 1
                continue
            }
            var end = first
            // The next part follows at once: 3栋2单元501.
            while Scalars.isNumeral(scan[end]) || Scalars.isDash(scan[end]) {
                if let next = endOfDoor(in: scan, from: end, atOnce: false) {
                    end = next
                } else {
                    if Scalars.isDash(scan[end]), !Scalars.isDigit(scan[end + 1]) { break }
                    let bare = end
                    while Scalars.isDigit(scan[end]) || Scalars.isDash(scan[end]) { end += 1 }
                    if end == bare { break }
                }
            }
            return place..<end
        }
        return nil
    }

    /// Where a number with its door word ends; nil when it is none.
    private static func endOfDoor(in scan: MaskScan, from start: Int, atOnce: Bool) -> Int? {
        var place = start
        // 12-1号 and 12之1号 are doors, too.
        while Scalars.isNumeral(scan[place]) || Scalars.isDash(scan[place]) || scan[place] == 0x4E4B {
            if place > start + 10 { return nil }
            place += 1
        }
        // 6月2号 is a day, and so is 我家在2号停电.
        guard let word = doors.length(at: place, in: scan), scan[start - 1] != 0x6708 else { return nil }
        let end = place + word
        if scan[end - 1] == 0x53F7, things.length(at: end, in: scan) != nil { return nil }
        if scan[end - 1] == 0x53F7, atOnce, days.length(at: end, in: scan) != nil { return nil }
        // A group or a floor alone (三组) is no door yet; a number must follow.
        if scan[end - 1] == 0x7EC4 || scan[end - 1] == 0x5C42 {
            var next = end
            while Scalars.isBlank(scan[next]) || scan[next] == 0x7B2C { next += 1 }
            guard Scalars.isNumeral(scan[next]) else { return nil }
            return innerDoor(in: scan, from: next)
        }
        return end
    }

    /// The door below a group: no second group, so that the search can't go on and on.
    private static func innerDoor(in scan: MaskScan, from start: Int) -> Int? {
        var place = start
        while Scalars.isNumeral(scan[place]) || Scalars.isDash(scan[place]), place < start + 10 { place += 1 }
        guard let word = doors.length(at: place, in: scan), scan[place + word - 1] != 0x7EC4 else { return nil }
        if scan[place + word - 1] == 0x53F7, things.length(at: place + word, in: scan) != nil { return nil }
        return place + word
    }

    private static let roomEnds = WordSet("室 单元 户 房")

    /// A house number and a room, with or without a cue (幸福路12号3栋501室); the street stays.
    private static func rooms(in scan: inout MaskScan) {
        var place = 0
        while place < scan.count {
            guard Scalars.isNumeral(scan[place]), !Scalars.isNumeral(scan[place - 1]) else {
                place += 1
                continue
            }
            var end = place
            var parts = 0
            var hasRoom = false
            while Scalars.isNumeral(scan[end]), end < place + 30 {
                var next = end
                while Scalars.isNumeral(scan[next]) || Scalars.isDash(scan[next]), next < end + 8 { next += 1 }
                let room = roomEnds.length(at: next, in: scan)
                guard let word = room ?? doors.length(at: next, in: scan) else {
                    // 3栋501: a bare room of three or four digits closes the address.
                    if parts >= 1, (3...4).contains(next - end), (end..<next).allSatisfy({ Scalars.isDigit(scan[$0]) })
                    {
                        (hasRoom, end) = (true, next)
                    }
                    break
                }
                end = next + word
                parts += 1
                if room != nil { hasRoom = true }
            }
            // 三组12号的 or 三组12号家: somebody's door without a room.
            let closes = parts >= 2 && scan[end - 1] == 0x53F7 && households.contains(scan[end])
            if parts >= 1, hasRoom && (parts >= 2 || isBareRoom(end, in: scan)) || closes {
                scan.claim(place..<end, as: .address)
            }
            place = max(end, place + 1)
        }
    }

    private static let households = Set(Scalars.of("家户的"))

    /// 3栋501 counts, 50户 and 3单元 alone do not.
    private static func isBareRoom(_ end: Int, in scan: MaskScan) -> Bool {
        Scalars.isDigit(scan[end - 1])
    }

    private static func isClauseEnd(_ value: UInt32) -> Bool {
        value == MaskScan.barrier || Scalars.isLineEnd(value)
            || [0x2C, 0xFF0C, 0x3002, 0x21, 0x3F, 0x3B, 0x3001, 0x28, 0x29].contains(value)
    }
}
