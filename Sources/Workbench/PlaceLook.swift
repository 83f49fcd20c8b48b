internal import ChineseText

/// What looks like the name of a village, wherever it is.
enum PlaceLook {
    private static let endings: Set<Character> = ["村", "屯", "寨", "庄", "乡", "镇", "县"]
    /// What stands before 村 and the like in words that name no village.
    private static let plain: Set<Character> = Set(
        "我咱俺你您他她全各本这那每哪隔邻整进下驻包回到去外来在由让给把被是离从出住同一二三几多两半小大老新旧空穷富乡农渔山城中当选管帮找问叫请求向跟和与或等到我们他们你们咱们某别临靠近坐围谢偷")

    /// What makes another word of 村 and the like.
    private static let behind = Set("民里干委官口道长支上头中外内容子重稼")

    /// Whether a word is a name, or begins with one: 王家坪村没灯.
    static func beginsWithPlace(_ word: String) -> Bool {
        if isPlace(word) { return true }
        // 赵庄没灯: a family and 庄 are a village, whatever follows; 赵村民 is a person.
        if isHamlet(Array(word.prefix(2))), !(word.dropFirst(2).first.map(behind.contains) ?? false) { return true }
        // 李家庄没灯: 家 in the middle leaves no doubt.
        if word.count > 3, isFamily(Array(word.prefix(3))) { return true }
        // Shorter beginnings are verbs with 村民 and 乡里 behind them.
        return word.indices.contains { index in
            let name = word[...index]
            let next = word[word.index(after: index)...].first
            return name.count >= 4 && (endings.contains(word[index]) || name.hasSuffix("社区") || name.hasSuffix("街道"))
                && next.map { !behind.contains($0) } ?? false
                && isPlace(String(name))
        }
    }

    /// What a village of one family is called by beside 村: 张家湾, 王家坪.
    private static let grounds = Set("村屯寨庄镇湾坪沟坡岗塘店堡铺营洼岭垭冲坝垸圩坳坎窑堰集")
    /// What stands before 家 in words that are no family's name.
    private static let noFamily = Set("谁自人国大公专农厂商东回搬老亲娘婆住私独百")

    /// Names of families that are no other word before 村: 和村里, 向村里, 任村主任, 余村 and the like are left out.
    private static let families = Set(
        "赵李张王刘陈杨黄周吴徐孙胡朱郭罗梁宋郑谢韩冯董萧程曹袁邓傅沈彭吕苏卢蒋蔡贾魏薛叶阎潘杜戴汪姜姚谭廖邹熊陆郝孔崔邱秦侯邵孟段雷汤尹黎乔贺赖龚庞樊施洪翟颜倪严")

    /// 赵庄, 吴寨: a family's village in two characters.
    private static func isHamlet(_ name: [Character]) -> Bool {
        name.count == 2 && families.contains(name[0]) && "村庄屯寨".contains(name[1])
    }

    /// 李家庄 is so common a name that dictionaries have it.
    private static func isFamily(_ name: [Character]) -> Bool {
        name.count == 3 && name[1] == "家" && grounds.contains(name[2]) && !noFamily.contains(name[0])
            && !plain.contains(name[0])
    }

    /// 城关街道, 幸福社区: the stem may be an ordinary word.
    private static func isNeighbourhood(_ characters: [Character]) -> Bool {
        guard (4...6).contains(characters.count), ["社区", "街道"].contains(String(characters.suffix(2))) else {
            return false
        }
        let stem = characters.dropLast(2)
        let isOurs = stem.first.map { "我咱俺你您他她各本这那每哪全某整".contains($0) } ?? true
        return !isOurs
            && !["农村", "城市", "办事", "办公", "建议", "希望", "请求", "要求", "反映", "麻烦", "感谢", "联系", "通知"].contains(String(stem))
    }

    static func isPlace(_ word: String) -> Bool {
        let characters = Array(word)
        if isHamlet(characters) || isFamily(characters) || isNeighbourhood(characters) { return true }
        guard (3...6).contains(characters.count), let last = characters.last, endings.contains(last) else {
            return false
        }
        guard !WordSegmenter.isListed(word.utf16) else { return false }
        var stem = characters.dropLast()
        // 大柳树村, 新石桥镇: what is said of the place belongs to its name.
        if stem.count > 2, let first = stem.first, "大小老新".contains(first) { stem = stem.dropFirst() }
        if stem.contains(where: plain.contains) { return false }
        // 感谢村里, 麻烦镇上: a common word before it is no name.
        if let cost = WordCosts.cost(of: String(stem)), cost <= 1500 { return false }
        // 溪瑶村, 石桥镇: a stem of two to four characters, none of them a word's ending.
        return stem.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x4E00 && $0.value < 0xA000 } }
    }
}
