/// Finds telephone, identity, card and account numbers, and number plates.
///
/// Shape decides, not the sum of digits: a price list is no telephone number. Where both fit, the number is masked.
enum NumberMasking {
    /// A run of digits.
    private struct Run {
        var start: Int
        var end: Int
        var count: Int { end - start }
    }

    static func claim(in scan: inout MaskScan) {
        plates(in: &scan)
        starred(in: &scan)
        hanNumbers(in: &scan)
        chains(in: &scan)
    }

    // MARK: - Chains of digit runs

    /// Goes over the runs of digits that are joined by at most two blanks or dashes.
    private static func chains(in scan: inout MaskScan) {
        var runs: [Run] = []
        var place = 0
        while place < scan.count {
            guard Scalars.isDigit(scan[place]) else {
                place += 1
                continue
            }
            var end = place
            while Scalars.isDigit(scan[end]) { end += 1 }
            if let last = runs.last, !joins(last.end..<place, in: scan) {
                settle(runs, in: &scan)
                runs.removeAll(keepingCapacity: true)
            }
            runs.append(Run(start: place, end: end))
            place = end
        }
        settle(runs, in: &scan)
    }

    private static func joins(_ gap: Range<Int>, in scan: MaskScan) -> Bool {
        guard gap.count <= 3 else { return false }
        return gap.allSatisfy { Scalars.isBlank(scan[$0]) || Scalars.isDash(scan[$0]) || scan[$0] == 0x29 }
    }

    private static func settle(_ runs: [Run], in scan: inout MaskScan) {
        var first = 0
        while first < runs.count {
            // The longest reading wins; eleven single digits are the longest there is.
            var found: (last: Int, kind: MaskKind)?
            var (last, total) = (first, runs[first].count)
            while last + 1 < runs.count, total + runs[last + 1].count <= 19 {
                last += 1
                total += runs[last].count
            }
            while last >= first {
                // Shorter than ten digits only a single run says anything, by its cue.
                if last == first || mayBeNumber(runs[first], total: total, in: scan),
                    let kind = kind(of: runs[first...last], in: scan)
                {
                    found = (last, kind)
                    break
                }
                total -= runs[last].count
                last -= 1
            }
            guard let found else {
                first += 1
                continue
            }
            var (start, end) = (runs[first].start, runs[found.last].end)
            if found.kind == .idNumber, scan[end] == 0x78 { end += 1 }
            if scan[start - 1] == 0x2B { start -= 1 }
            if found.kind == .phone, scan[start] == 0x30, scan[start - 1] == 0x28 { start -= 1 }
            scan.claim(start..<end, as: found.kind)
            first = found.last + 1
        }
    }

    /// A cheap look at the first run, so that a long list of digits costs little.
    private static func mayBeNumber(_ first: Run, total: Int, in scan: MaskScan) -> Bool {
        switch scan[first.start] {
        case 0x30 where (10...16).contains(total): true
        case 0x31 where total == 11, 0x38 where total == 13: true
        default: (16...19).contains(total) && first.count >= 3
        }
    }

    private static func kind(of runs: ArraySlice<Run>, in scan: MaskScan) -> MaskKind? {
        let lengths = runs.map(\.count)
        let total = lengths.reduce(0, +)
        let start = runs[runs.startIndex].start
        let end = runs[runs.endIndex - 1].end
        // A letter or digit of an identifier on either side (编号A2026…) changes nothing: digits are digits.
        if runs.count == 1 {
            return kindOfOne(total: total, start: start, end: end, in: scan)
        }
        let digits = runs.flatMap { run in (run.start..<run.end).map { scan[$0] - 0x30 } }
        if isMobile(digits), phoneShapes.contains(lengths) || lengths.allSatisfy({ $0 <= 2 }),
            !isListOfAmounts(runs, in: scan)
        {
            return .phone
        }
        if let tail = withoutCountryCode(digits), isMobile(tail), lengths.count <= 4, lengths.first ?? 0 <= 4 {
            return .phone
        }
        if isLandline(digits, lengths: lengths) { return .phone }
        if total == 18 || (total == 17 && scan[end] == 0x78), idShapes.contains(lengths), hasBirthDate(digits) {
            return .idNumber
        }
        if (16...19).contains(total), lengths.dropLast().allSatisfy({ $0 == 4 }) || lengths == [6, total - 6],
            [3, 4, 5, 6, 9].contains(digits[0]), !isListOfAmounts(runs, in: scan)
        {
            return .card
        }
        return nil
    }

    private static func kindOfOne(total: Int, start: Int, end: Int, in scan: MaskScan) -> MaskKind? {
        if let kind = kindByCue(total: total, start: start, in: scan) { return kind }
        guard total >= 10 else { return nil }
        let digits = (start..<min(end, start + 20)).map { scan[$0] - 0x30 }
        switch total {
        case 10...12 where isLandline(digits, lengths: [total]): return .phone
        case 11 where isMobile(digits): return .phone
        case 13, 14, 15:
            if let tail = withoutCountryCode(digits), isMobile(tail) { return .phone }
            if total == 15, (1...12).contains(two(digits, 8)), (1...31).contains(two(digits, 10)) { return .idNumber }
            return .number
        case 16...19:
            if total == 18 || (total == 17 && scan[end] == 0x78), hasBirthDate(digits) { return .idNumber }
            return .card
        case 20...: return .number
        default: return nil
        }
    }

    private static let phoneShapes: [[Int]] = [
        [3, 4, 4], [3, 8], [7, 4], [4, 4, 3], [3, 3, 5], [5, 6], [4, 3, 4], [6, 5],
    ]
    private static let idShapes: [[Int]] = [
        [6, 8, 4], [6, 4, 4, 4], [6, 8, 3], [6, 4, 4, 3], [3, 3, 4, 4, 4], [14, 4], [14, 3], [6, 12], [6, 11],
    ]

    private static func isMobile(_ digits: [UInt32]) -> Bool {
        digits.count == 11 && digits[0] == 1 && digits[1] >= 3
    }

    private static func withoutCountryCode(_ digits: [UInt32]) -> [UInt32]? {
        if digits.starts(with: [0, 0, 8, 6]) { return Array(digits.dropFirst(4)) }
        if digits.starts(with: [8, 6]) { return Array(digits.dropFirst(2)) }
        if digits.first == 0, digits.count == 12 { return Array(digits.dropFirst()) }
        return nil
    }

    /// An area code that begins with 0, and seven or eight digits.
    private static func isLandline(_ digits: [UInt32], lengths: [Int]) -> Bool {
        guard digits.count >= 10, digits.count <= 12, digits[0] == 0, digits[1] >= 1 else { return false }
        if lengths.count == 1 { return true }
        guard lengths[0] == 3 || lengths[0] == 4, lengths.count <= 3 else { return false }
        return (7...8).contains(digits.count - lengths[0]) && lengths.dropFirst().allSatisfy { $0 >= 3 }
    }

    private static func two(_ digits: [UInt32], _ index: Int) -> UInt32 { digits[index] * 10 + digits[index + 1] }

    private static func hasBirthDate(_ digits: [UInt32]) -> Bool {
        digits.count >= 17 && digits[0] >= 1 && (18...20).contains(two(digits, 6))
            && (1...12).contains(two(digits, 10)) && (1...31).contains(two(digits, 12))
    }

    /// Round hundreds side by side are money (3000 4000 5000 6000), not a card.
    private static func isListOfAmounts(_ runs: ArraySlice<Run>, in scan: MaskScan) -> Bool {
        runs.allSatisfy { $0.count >= 3 && scan[$0.end - 1] == 0x30 && scan[$0.end - 2] == 0x30 }
    }

    // MARK: - Short numbers after a cue

    private static let phoneCues = WordSet("电话 手机 手机号 电话号码 手机号码 座机 短号 tel 联系方式 致电")
    private static let numberCues = WordSet(
        "户号 卡号 账号 帐号 折号 身份证号 身份证号码 证号 证件号 残疾证 社保号 医保号 表号 尾号 后四位 末四位 后六位")
    private static let quantities = Set(Scalars.of("年元万块月亿"))
    private static let cueLinks = Set(Scalars.of("号码是为:的有 "))

    private static func kindByCue(total: Int, start: Int, in scan: MaskScan) -> MaskKind? {
        // 账号2025年被停: a year or an amount is no number of anybody's.
        guard total >= 4, !quantities.contains(scan[start + total]) else { return nil }
        var place = start
        while place > start - 4, cueLinks.contains(scan[place - 1]) { place -= 1 }
        // The links are part of some cues (户号), so both readings are tried.
        for end in place...start {
            if (6...15).contains(total), phoneCues.length(before: end, in: scan) != nil { return .phone }
            if (4...14).contains(total), numberCues.length(before: end, in: scan) != nil { return .number }
        }
        return nil
    }

    // MARK: - Partly starred numbers

    /// 138****5678 and 350583********1234: what is left still leads to the person.
    private static func starred(in scan: inout MaskScan) {
        var place = 0
        while place < scan.count {
            guard Scalars.isStar(scan[place]) else {
                place += 1
                continue
            }
            var end = place
            while Scalars.isStar(scan[end]) { end += 1 }
            var (start, tail) = (place, end)
            while start > place - 19, Scalars.isDigit(scan[start - 1]) { start -= 1 }
            while tail < end + 19, Scalars.isDigit(scan[tail]) { tail += 1 }
            let (stars, left, right) = (end - place, place - start, tail - end)
            if stars >= 3, left >= 3, left + stars + right >= 9, right >= 2 || left >= 6 {
                let isID = left + stars + right >= 15
                if isID, scan[tail] == 0x78 { tail += 1 }
                scan.claim(start..<tail, as: isID ? .idNumber : .phone)
            }
            place = max(tail, end)
        }
    }

    // MARK: - Numbers in characters

    private static let hanDigits: [UInt32: UInt32] = {
        var table: [UInt32: UInt32] = [:]
        for (row, digits) in ["〇零", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"].enumerated() {
            for scalar in digits.unicodeScalars { table[scalar.value] = UInt32(row) }
        }
        return table
    }()

    /// 一三八〇〇…: eleven characters that spell a mobile number, alone or mixed with digits.
    private static func hanNumbers(in scan: inout MaskScan) {
        var place = 0
        while place < scan.count {
            var digits: [UInt32] = []
            var end = place
            var isHan = false
            while true {
                if let digit = hanDigits[scan[end]] {
                    digits.append(digit)
                    isHan = true
                } else if Scalars.isDigit(scan[end]) {
                    digits.append(scan[end] - 0x30)
                } else {
                    break
                }
                end += 1
            }
            if isHan, isMobile(digits) { scan.claim(place..<end, as: .phone) }
            if isHan, digits.count >= 15 { scan.claim(place..<end, as: .number) }
            place = max(end, place + 1)
        }
    }

    // MARK: - Plates

    private static let provinces = Set(Scalars.of("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"))

    private static func plates(in scan: inout MaskScan) {
        var place = 0
        while place < scan.count {
            defer { place += 1 }
            guard provinces.contains(scan[place]), Scalars.isLetter(scan[place + 1]) else { continue }
            var start = place + 2
            if Scalars.isBlank(scan[start]) || Scalars.isDash(scan[start]) || scan[start] == 0x2022 { start += 1 }
            var end = start
            var digits = 0
            while end < start + 7, Scalars.isDigit(scan[end]) || Scalars.isLetter(scan[end]) {
                if Scalars.isDigit(scan[end]) { digits += 1 }
                end += 1
            }
            // At most two letters stand among the five.
            guard (5...6).contains(end - start), digits >= 3 else { continue }
            scan.claim(place..<end, as: .plate)
        }
    }
}
