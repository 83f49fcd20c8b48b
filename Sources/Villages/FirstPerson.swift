internal import Messages

/// What a text says of the speaker's own side: 我们村, 我家的田, 俺们浇不上地.
///
/// Where another village stands in a text beside it, the matter is mostly ours: what is theirs is envied, or falls on us. Who
/// only looks, asks or passes (我们去问过) owns nothing.
struct FirstPerson {
    let text: NormalizedText

    /// What 我们 is, from the least to the most that makes a matter ours.
    enum Sense: Int, Comparable {
        /// 我们去看了, 让我们等.
        case observer
        /// 我们浇不上地.
        case affected
        /// 我家门口, 我们的路.
        case holder
        /// 我们村, 咱庄, 俺们这.
        case place

        static func < (left: Sense, right: Sense) -> Bool { left.rawValue < right.rawValue }
    }

    /// The strongest sense of a stretch of text, with where it stands; nil without any first person.
    ///
    /// 我们这边没问题 is passed over: nothing is the matter there.
    func strongest(in range: Range<Int>) -> (sense: Sense, place: Int)? {
        var best: (sense: Sense, place: Int)?
        for place in range {
            guard let sense = sense(at: place), !isFine(place) else { continue }
            if best.map({ $0.sense < sense }) ?? true { best = (sense, place) }
        }
        return best
    }

    /// The length of words for the speaker's village at a place; 0 where there are none.
    func villageLength(at place: Int) -> Int {
        let plural = Self.plural.begins(at: place, in: text)
        let single = plural == 0 ? Self.single.begins(at: place, in: text) : 0
        guard plural + single > 0 else { return 0 }
        let after = place + plural + single
        guard Self.noPlaces.begins(at: after, in: text) == 0 else { return 0 }
        let length = (plural > 0 ? Self.places : Self.placesOfOne).begins(at: after, in: text)
        return length > 0 ? plural + single + length : 0
    }

    /// What the word at a place is; nil where no first person begins.
    func sense(at place: Int) -> Sense? {
        let plural = Self.plural.begins(at: place, in: text)
        let single = plural == 0 ? Self.single.begins(at: place, in: text) : 0
        guard plural + single > 0 else {
            if Self.formal.begins(at: place, in: text) > 0 { return .place }
            // 自己村的抽水机, but 他们自己村的.
            return PlaceCues.ownOnes.begins(at: place, in: text) > 0
                && PlaceCues.theirOwn.ends(at: place, in: text) == 0
                ? .place : nil
        }
        // 不是我们青瓦的问题.
        if PlaceCues.notBefore.ends(at: place, in: text) > 0 { return .observer }
        let village = villageLength(at: place)
        // 这事我们这边都传遍了: who only heard of it.
        if village > 0 {
            let after = place + village
            // 我们村人开的石料厂; 从我们村换到高坪: who or what of ours is elsewhere.
            let isElsewhere =
                PlaceCues.ownersFrom.begins(at: after, in: text) > 0
                || PlaceCues.wayFrom.ends(at: place, in: text) > 0 && PlaceCues.movedTo.begins(at: after, in: text) > 0
            return isElsewhere || Self.rumour.begins(at: after, in: text) > 0 ? .observer : .place
        }
        let after = place + plural + single
        if Self.movables.begins(at: after, in: text) > 0 { return .observer }
        // 我家亲戚在高坪: kin, and where they live.
        if text.units[min(after, text.count - 1)] == 0x5BB6 {
            if Self.relatives.begins(at: after + 1, in: text) > 0 { return .observer }
            let kin = Self.kin.begins(at: after + 1, in: text)
            if kin > 0, Self.living.begins(at: after + 1 + kin, in: text) > 0 { return .observer }
        }
        if plural == 0, Self.taking.ends(at: place, in: text) > 0 { return .observer }
        if staysThere(after) { return .observer }
        let holders = plural > 0 ? Self.holders : Self.holdersOfOne
        if holders.begins(at: after, in: text) > 0 { return .holder }
        // 俺妈路过被咬了: who of ours only passed.
        let kin = Self.kin.begins(at: after, in: text)
        if kin > 0, (after + kin..<min(text.count, after + kin + 5)).contains(where: { isPassing($0) }) {
            return .observer
        }
        // 俺舅交了八千: 俺 is 我 before kin.
        if kin > 0, plural == 1 { return .observer }
        // 俺表哥在李营村: where one's kin live is no place of ours.
        if kin > 0, Self.living.begins(at: after + kin, in: text) > 0 { return .observer }
        let isObject = Self.objects.ends(at: place, in: text) > 0
        guard plural > 0, !isObject, Self.observing.begins(at: after, in: text) == 0 else { return .observer }
        return Self.people.begins(at: after, in: text) > 0 ? .holder : .affected
    }

    /// Whether a text speaks of what is the speaker's or the speaker's kin's: 我家的地, 我爸的残疾证.
    var ownsThing: Bool {
        let all = 0..<text.count
        if strongest(in: all).map({ $0.sense > .affected }) ?? false { return true }
        return all.contains { place in
            let we = Self.plural.begins(at: place, in: text)
            let length = we > 0 ? we : Self.single.begins(at: place, in: text)
            guard length > 0 else { return false }
            let kin = Self.kin.begins(at: place + length, in: text)
            return kin > 0 && Self.ofKin.begins(at: place + length + kin, in: text) > 0
        }
    }

    /// 我家孩子在那念书, 我妈还在那头喝: before the clause ends.
    private func staysThere(_ after: Int) -> Bool {
        let limit = min(text.count, after + 9)
        let end = (after..<max(after, limit)).first { text.units[$0] &- 0x4E00 >= 0x5200 } ?? limit
        return PlaceCues.stayingThere.first(in: after..<max(after, end), of: text) != nil
    }

    private func isPassing(_ place: Int) -> Bool { Self.passing.begins(at: place, in: text) > 0 }

    private func isFine(_ place: Int) -> Bool {
        (place + 1..<min(text.count, place + 9)).contains { PlaceCues.fineAfter.begins(at: $0, in: text) > 0 }
    }

    private static let plural = WordSet("我们 咱们 俺们 我伢 我哋 我地 我伲 我哩 额们 伢伲 阿拉 咱 俺")
    private static let single = WordSet("我")
    private static let kin = WordSet(
        "妈 爸 爹 娘 爷爷 奶奶 姐 妹 哥 弟 叔 婶 姑 舅 姨 表叔 表姑 表舅 表婶 表姨 伯 大伯 大爷 大娘 姥姥 姥爷 外公 外婆 外甥女 嫂 堂哥 堂弟 堂姐 堂妹 连襟 战友 同事 工友 公公 婆婆 丈母娘 岳父 岳母 媳妇 老公 老婆 儿子 女儿 闺女 侄 外甥 孙子 同学 朋友 表哥 表弟 表姐 表妹 舅舅 姑姑 姨妈 姑父 姨夫 亲家 丈人"
    )
    private static let rumour = WordSet("都传 都听 都知 都晓得 也听 也传 都在传 都在说 都在议论 的人都知 的人都晓得 的人都在说")
    private static let relatives = WordSet("亲戚 亲家 亲戚们 亲戚家 的亲戚")
    private static let ofKin = WordSet("的 家 那")
    private static let passing = WordSet("路过 经过 骑车 开车")
    private static let living = WordSet("在 住 是 嫁 家在 家住")
    private static let formal = WordSet("本村 本社区 本嘎查 本组 阮村 阮厝 额村 我哩村 伢村 伢社区 伢格里 伢这里 伲村 吾村")
    private static let places = WordSet(
        "村里 村 庄 屯 寨 湾 箐 沟 坪 岙 埭 塘 围 圩 埂 郢 泾 浜 甸 荡 冲 垭 坡 岭 嘎查 社区 小区 组 队 社 大队 这 呢度 本村 自己村")
    private static let placesOfOne = WordSet("村 组 队 庄 屯 社区 嘎查 社")
    private static let noPlaces = WordSet(
        "这儿反映 这里反映 这反映 这儿投诉 这里投诉 这儿说 这里问一 这里问下 这儿问一 这儿问下 这些 这次 这样 这种 这个 这两 这几 这一 这回 组织 社会 队伍 塘鱼")
    private static let holders = WordSet(
        "家 的 门口 门前 地里 田里 田 地 河里 河 涌 井 房 屋 渠 鱼塘 塘里 菜地")
    /// Who and what suffers with its owner, unless somebody has us do something.
    private static let people = WordSet("老人 孩子 娃 小孩 自己的 自己 水 电 路")
    private static let holdersOfOne = WordSet(
        """
        家 门口 门前 屋 田 地里 的田 的地 的房 的羊 的猪 的鸡 的鸭 的牛 的果 的树 的苗 的菜 的承包 的宅基 的低保 的补
        """)
    /// What goes along with its owner says nothing of the place.
    private static let movables = WordSet(
        "监督群 微信群 这个群 群里 群主 群能 群可 群有 群是 群不 群发 车 的车 家的车 的电动车 的摩托 的手机 的电话 的人去 的意思 的意见 的问题是")
    private static let observing = WordSet(
        """
        几个老乡 几个工 几个打工 工人 一帮 这帮人 去 来 路过 经过 看 几个都看 几个看 几个亲 几个人看 大家都看 问 找 说 讲 听 知道 要求 希望 请 想 要 反映 举报 投诉 帮 替 打电话 从 到 在 刚 今 昨 前天 早上 晚上 是 不是 亲 拍 报 \
        跟 有个 有亲 有同 有朋 开车 送 拉 骑 租 买 坐 走 代 敢 觉得 认为 以为 担心 建议 支持 感谢 谢 先 再 曾 以前 过去 上次 都闻 都看 都听 都知 也看 也听 闻到 只有看
        """)
    /// Who has us do something is the one that acts.
    private static let objects = WordSet("让 叫 给 教 请 问 对 跟 向 喊 告诉 通知 答复 回复 骗 要 收 逼")
    /// 修路占了我家的田: a village does it to its own.
    private static let taking = WordSet("占了 占 征了 征 拆了 拆 扣了 扣 欠 欠了 收了")
}
