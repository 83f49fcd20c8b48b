/// Finds e-mail addresses, chat accounts and `@` mentions.
enum ContactMasking {
    static func claim(in scan: inout MaskScan) {
        mails(in: &scan)
        mentions(in: &scan)
        accounts(in: &scan)
    }

    // MARK: - E-mail

    private static func isMailScalar(_ value: UInt32) -> Bool {
        Scalars.isDigit(value) || Scalars.isLetter(value) || value == 0x2E || value == 0x5F || value == 0x2D
            || value == 0x2B || value == 0x25
    }

    private static func mails(in scan: inout MaskScan) {
        var from = 0
        for place in 0..<scan.count where scan[place] == 0x40 {
            var start = place
            while start > from, isMailScalar(scan[start - 1]) { start -= 1 }
            var end = place + 1
            var lastDot: Int?
            while isMailScalar(scan[end]), scan[end] != 0x25, scan[end] != 0x2B {
                if scan[end] == 0x2E { lastDot = end }
                end += 1
            }
            from = place + 1
            guard start < place, let lastDot, lastDot > place + 1 else { continue }
            // A full stop that ends the sentence is no part of it.
            if lastDot == end - 1 { end -= 1 }
            scan.claim(start..<end, as: .mail)
            from = end
        }
    }

    // MARK: - Mentions

    /// WeChat ends a mention with this blank.
    private static let mentionEnd: UInt32 = 0x2005
    private static let everybody = ["所有人", "全体成员", "全员", "all"].map(Scalars.of)

    private static func mentions(in scan: inout MaskScan) {
        var place = 0
        while place < scan.count {
            guard scan[place] == 0x40 else {
                place += 1
                continue
            }
            let end = endOfMention(in: scan, from: place + 1)
            let name = place + 1..<end
            if name.isEmpty || everybody.contains(where: { $0.count == name.count && scan.has($0, at: place + 1) })
                || Posts.ends(name, in: scan)
            {
                place += 1
            } else {
                scan.claim(place..<end, as: .mention)
                place = end
            }
        }
    }

    /// Where the name after an `@` ends.
    private static func endOfMention(in scan: MaskScan, from start: Int) -> Int {
        // A nickname may hold blanks and punctuation; WeChat's own end mark settles it.
        var place = start
        while place < min(start + 40, scan.count), !Scalars.isLineEnd(scan[place]), scan[place] != MaskScan.barrier,
            scan[place] != 0x40
        {
            if scan[place] == mentionEnd { return place }
            place += 1
        }
        place = start
        while place < start + 11, !Scalars.isBoundary(scan[place]) || scan[place] == 0x5F { place += 1 }
        // Typed by hand without an end: the name's length is anybody's guess, and most have two or three characters.
        guard place < start + 11 else { return start + 3 }
        // A dash or a dot inside a name (三组-王秀英) belongs to it when a word follows.
        if scan[place] == 0x2D || scan[place] == 0xB7, !Scalars.isBoundary(scan[place + 1]) {
            var tail = place + 1
            while tail < place + 9, !Scalars.isBoundary(scan[tail]) { tail += 1 }
            return tail
        }
        return place
    }

    // MARK: - Accounts

    private static let cues = WordSet("微信号 微信 威信 薇信 v信 vx wx wechat weixin qq号 qq号码 qq 扣扣")
    private static let links = Set(Scalars.of("号是为:： 码加同"))
    private static let ownPrefix = Scalars.of("wxid_")

    private static func isAccountScalar(_ value: UInt32) -> Bool {
        Scalars.isDigit(value) || Scalars.isLetter(value) || value == 0x5F || value == 0x2D
    }

    private static func accounts(in scan: inout MaskScan) {
        var place = 0
        while place < scan.count {
            if scan.has(ownPrefix, at: place), !isAccountScalar(scan[place - 1]) {
                let end = endOfAccount(in: scan, from: place)
                scan.claim(place..<end, as: .account)
                place = end
            } else if let cue = cues.length(at: place, in: scan), !Scalars.isLetter(scan[place - 1]) {
                var start = place + cue
                let limit = start + 4
                while start < limit, links.contains(scan[start]) || Scalars.isBlank(scan[start]) { start += 1 }
                let end = endOfAccount(in: scan, from: start)
                if end - start >= 5, end - start <= 24 { scan.claim(start..<end, as: .account) }
                place = max(end, place + cue)
            } else {
                place += 1
            }
        }
    }

    private static func endOfAccount(in scan: MaskScan, from start: Int) -> Int {
        var end = start
        while isAccountScalar(scan[end]) { end += 1 }
        return end
    }
}
