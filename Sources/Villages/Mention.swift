internal import ChineseText
internal import Messages

/// A place's name in a text, with what it may mean and the part it plays there.
struct Mention {
    /// What the place is in the sentence.
    enum Role {
        /// The matter is there, or is its.
        case place
        /// 隔壁X村, 像X村那样: what the matter is compared with or lies beside.
        case beside
        /// X镇政府: who should act, not where.
        case agent
    }

    /// The units of the name in the normalised text.
    var span: Range<Int>
    /// What it may mean: positions in the gazetteer.
    var places: [Int]
    /// How sure the name is.
    var nameClass: Gazetteer.NameClass
    /// What it is in the sentence.
    var role = Role.place
}

/// Finds the mentions in a text.
struct MentionFinder {
    let gazetteer: Gazetteer
    let text: NormalizedText

    /// The mentions that stand, longest first where names are nested, in text order.
    func mentions() -> [Mention] {
        var hits: [TermHit] = []
        gazetteer.scanner.scan(text, into: &hits)
        hits.removeAll { hit in (Int(hit.start) + 1..<Int(hit.end)).contains { !text.gaps[$0].isEmpty } }
        let longestFirst = hits.sorted {
            ($0.end - $0.start, $1.start) > ($1.end - $1.start, $0.start)
        }
        var taken: [Range<Int32>] = []
        var mentions: [Mention] = []
        for hit in longestFirst where !taken.contains(where: { $0.overlaps(hit.start..<hit.end) }) {
            let meanings = gazetteer.meanings[Int(hit.term)]
            guard let nameClass = meanings.map(\.nameClass).max() else { continue }
            let span = Int(hit.start)..<Int(hit.end)
            guard isWhole(span, nameClass, hasShortStem: gazetteer.hasShortStem[Int(hit.term)]) else { continue }
            taken.append(hit.start..<hit.end)
            let places = Set(meanings.filter { $0.nameClass == nameClass }.map(\.place)).sorted()
            mentions.append(Mention(span: span, places: places, nameClass: nameClass))
        }
        mentions.sort { $0.span.lowerBound < $1.span.lowerBound }
        for index in mentions.indices { mentions[index].role = role(of: mentions[index]) }
        return mentions
    }

    /// Whether a name stands by itself and is no part of another.
    private func isWhole(_ span: Range<Int>, _ nameClass: Gazetteer.NameClass, hasShortStem: Bool) -> Bool {
        switch nameClass {
        case .named:
            // 上沿河村 is not 沿河村: a direction or size before a name makes another name of it.
            if span.lowerBound > 0, text.gaps[span.lowerBound].isEmpty,
                Cue.modifiers.contains(text.units[span.lowerBound - 1]), !isCue(before: span.lowerBound)
            {
                return false
            }
            // 溪瑶村新村, 溪瑶新村 are estates.
            if Cue.stands(Cue.estates, at: span.upperBound, in: text) { return false }
            guard hasShortStem else { return true }
            return span.lowerBound == 0 || !Cue.isHan(text.units[span.lowerBound - 1])
                || isCue(before: span.lowerBound)
                || Cue.townEnds.contains(text.units[span.lowerBound - 1])
        case .stem:
            if Cue.stands(Cue.continuations, at: span.upperBound, in: text) { return false }
            let hasLeft =
                span.lowerBound == 0 || !Cue.isHan(text.units[span.lowerBound - 1]) || isCue(before: span.lowerBound)
            return hasLeft && Cue.stands(Cue.afterStem, at: span.upperBound, in: text)
        }
    }

    private func isCue(before place: Int) -> Bool {
        Cue.ends(Cue.beforeName, before: place, reach: 0, in: text)
    }

    private func role(of mention: Mention) -> Mention.Role {
        if Cue.ends(Cue.neighbours, before: mention.span.lowerBound, reach: 3, in: text) { return .beside }
        if Cue.stands(Cue.likeness, at: mention.span.upperBound, in: text) { return .beside }
        if Cue.stands(Cue.already, at: mention.span.upperBound, in: text), says(Cue.ourVillage) { return .beside }
        let isVillage = mention.places.contains { gazetteer.places[$0].level == .village }
        if !isVillage, Cue.stands(Cue.offices, at: mention.span.upperBound, in: text) { return .agent }
        return .place
    }

    private func says(_ words: [[UInt16]]) -> Bool {
        (0..<text.count).contains { Cue.stands(words, at: $0, in: text) }
    }
}

/// Words around a name that say what it is there.
enum Cue {
    static let modifiers = Set("上下东西南北前后大小新老旧中内外".utf16)
    static let townEnds = Set("镇乡道县区市的".utf16)
    static let beforeName = words("我们 咱们 咱 在 到 住 从 去 回 来 往 是 叫 反映 帮 替 给 请问 关于 对 由 和 与 及 跟 、 , : ; . ! ? 】 ) ]")
    static let neighbours = words("隔壁 隔壁的 邻村 邻近 旁边 靠近 挨着 紧挨 附近 像 比 比起 不像 跟 学学 看看人家 人家 连 除了 不如 路过 经过 以为")
    static let likeness = words("一样 那样 那边一样 似的 比 交界 隔壁 旁边")
    static let already = words("都 早就 早都 早已 已经 也 就 全都 前年就 去年就")
    static let ourVillage = words("我们村 咱们村 咱村 俺村 俺们村 本村 我村 我们这 咱们这 咱这 我们 咱们 俺们")
    static let offices = words(
        "政府 党委 纪委 领导 干部 书记 镇长 乡长 派出所 民政 财政 国土 司法 供电 卫生院 中学 中心小学 人大 武装部 信访 医院 农商行 信用社 的领导 的干部 里不管 不管")
    static let estates = words("新村 新区 小区 花园 家园")
    /// A stem that goes on like this is a road, a river, a shop …: not the village.
    static let continuations = words("路 街 大道 河 江 溪 桥 港 湖 山 水库 大桥 新村 小区 花园 广场 市场 超市 饭店 酒店 公司 镇 乡 街道 县 市 区 高速 隧道 机场 火车站 中学")
    static let afterStem = words("这边 那边 那里 这里 那头 的人 人 村民 的村民 小学 村口 村里 村头 村尾 组 一组 二组 三组 四组 五组 的路 的桥 的水 自然村 队")

    /// Whether one of the words begins at a place.
    static func stands(_ words: [[UInt16]], at place: Int, in text: NormalizedText) -> Bool {
        words.contains { word in
            place + word.count <= text.count && word.indices.allSatisfy { text.units[place + $0] == word[$0] }
        }
    }

    /// Whether one of the words ends at most `reach` units before a place.
    static func ends(_ words: [[UInt16]], before place: Int, reach: Int, in text: NormalizedText) -> Bool {
        (0...reach).contains { distance in
            words.contains { word in
                let start = place - distance - word.count
                return start >= 0 && word.indices.allSatisfy { text.units[start + $0] == word[$0] }
            }
        }
    }

    static func isHan(_ unit: UInt16) -> Bool { unit &- 0x4E00 < 0x5200 }

    private static func words(_ list: String) -> [[UInt16]] {
        list.split(separator: " ").map { Array($0.utf16) }
    }
}
