internal import Messages

/// Words that say where somebody is from, was, or came home from: the matter is where the speaker stands.
extension PlaceCues {
    /// Of whom one says where they are from; the speaker is none of them.
    static let persons = WordSet(
        """
        人 老人 媳妇 老婆 老公 爱人 配偶 丈夫 妻子 前夫 前妻 对象 女婿 儿媳 亲家 丈人 丈母娘 岳父 岳母 外公 爷爷 妹夫 姐夫 舅 舅舅 姑 姑妈 姨 姨妈 叔 婶 表哥 表弟 表姐 表妹 妈 爸 爹 娘 母亲 父亲 奶奶 外婆 姐 妹 哥 弟 嫂子 朋友 同学 同事 \
        司机 老板 师傅 施工队 包工头 承包商 包工 工人 医生 老师 校长 主任 书记 支书 会计 站长 所长 干部 村医 保管员 出纳 文书 组长 保安 保洁 保洁员 护林员 水管员 电工 管水员 中介 贩子 他 她 他们 她们 者 被告 被告人 嫌疑人 肇事人 当事人 那位 新来的 代理的 管事的
        """)
    /// Those of them who mostly live elsewhere.
    static let kinElsewhere = WordSet(
        "外婆 外公 奶奶 爷爷 姐 妹 哥 弟 嫂子 舅 舅舅 姑 姑妈 姨 姨妈 叔 婶 表哥 表弟 表姐 表妹 亲家 丈人 丈母娘 岳父 岳母 妈 爸 爹 娘 母亲 父亲 朋友 同学 同事")
    /// What links a person with a village.
    static let fromLinks = WordSet("是 为 系 来自 户口在 户籍在 籍贯 原籍 祖籍 都是 也是 又是 就是")
    /// How a place that somebody is from ends.
    static let ofVillage = WordSet("的人 的 人 人士 村民 的村民 户口 籍 嫁来的 嫁过来的 过来的")
    /// 媳妇娘家X村的.
    static let parentsHome = WordSet("娘家是 娘家在 娘家 婆家是 婆家在 婆家 老家是 老家在 老家")
    /// （户籍地X村）.
    static let registeredAt = WordSet("户籍 户籍地 户籍地: 户籍地为 户籍在 户籍所在地 户籍所在地为 户口所在地 户口在 籍贯 原籍 祖籍")
    /// 举报人：X村李某; 被举报人 is none.
    static let reporters = WordSet(
        "信访人住址: 举报人住址: 反映人住址: 来访人住址: 投诉人住址: 家庭住址: 现住址: 本人住址: 户籍地址: 举报人: 信访人: 反映人: 投诉人: 来信人: 报案人: 求助人: 举报人系 信访人系 反映人系")
    /// X村是Y镇最大的村.
    static let belonging = WordSet("是 属于 属 隶属 隶属于 归")
    /// 谢谢X村的好心人.
    static let thanks = WordSet("祝 祝愿 祝贺 恭喜 谢谢 感谢 多谢 谢过 感激")
    /// 借X村的抽水机.
    static let borrowing = WordSet("借 借了 借来 借用 租 租了 租用 跟着")
    /// 卖给X村老板: who got what was ours.
    static let givenTo = WordSet("给了 分给 分给了 留给 留给了 安排给 拨给 卖给了 租给了 包给了 借给了 让给了 卖给 借给 租给 包给 承包给 转给 转租给 转包给 送给 抵给 让给")
    /// 木料让X村的人拉走了.
    static let takenBy = WordSet("让 被 叫 给")
    static let peopleThere = WordSet("的人 人 的老板 老板 的村民 村民 的书记 书记 的包工头 包工头")
    static let takes = WordSet("拉走 偷 砍 占 挖 抢 搬走 运走 牵走 抱走 拿走 开走 捡走 截 包了 包走 买走 租 圈 堵 拦 骗走 领走 顶了 顶替")
    /// 村主任家在X村有三栋楼.
    static let officialsHouse = WordSet("主任 书记 支书 会计 村长 主任家 书记家 支书家 会计家 村长家 干部 村干部")
    static let owning = WordSet("有 买 盖 建 开了 置")
    static let property = WordSet("楼 房 别墅 店 厂 酒店 铺面 门面 宅")
    /// 有谁认识X村开钩机的.
    static let knowing = WordSet("有谁认识 谁认识 哪个认识 有认识 谁知道 捡到 有没有认识")
    /// 看看人家.
    static let lookAtThem = WordSet("看看人家 学学人家 看人家 瞧瞧人家 比比人家")
    /// What can't wait for whose it is.
    static let emergency = WordSet("着火 山火 火烧山 救火 打119 打110 打120 报警 失火")
    /// 登记成X村的, 导航到X村去了: what was taken for another place.
    static let takenFor = WordSet(
        "登记成 登记到 写成 写成了 错写成 误写成 算成 算成了 当成 当成了 改成 导航到 导到 定位到 定位成 标成 标到 划到 划给 划归 划入 误认为 送错到 错送到 错寄到 寄到")
    /// 听X村人说.
    static let hearing = WordSet("听 听说 听到 听见")
    static let tellers = WordSet("人说 的人说 人讲 的人讲 一桌人讲 村民说 的村民说 那边说 那边讲 那边人说 老乡说 的老乡说")
    /// 村医去X村了.
    static let villagesOwn = WordSet("村医 医生 书记 支书 主任 会计 村长 干部 电工 水管员 管水员 老师 兽医 网格员 保洁员 环卫工")
    /// 村里就不能设一个点: what is wished of one's own village.
    static let villageWish = WordSet("村里就不能 村里能不能 村里也不 村里啥时候 村里什么时候 村里为什么不 村里咋不 村里怎么不 另外村里 村里自己 村里就没")
    /// 在X村小学教书，学校的围墙裂了: where one works, and what is the matter there.
    static let workplaces = WordSet("学校 校园 校门 厂里 厂 工地 单位 食堂 宿舍 车间 矿上 井下")
    static let doneForUs = WordSet("给我们 给咱 给俺 给村里 给我家 给我")
    /// 没去过X村.
    static let notBeenTo = WordSet("没去过 没到过")
    /// 原任X村会计: a former post, where a present one follows.
    static let formerPost = WordSet("原任 曾任 历任 曾担任 先后任 先后担任 原先任 以前任")
    static let presentPost = WordSet("现任 现为 现担任 调任 转任 后任 改任 现在任 现在是 现在当")
    /// 去X村走亲戚，一进村就闻到….
    static let entering = WordSet("一进村 进村 进了村 一到村 刚进村 刚到村 到村里一看 到那一看 到了那 到那里 在那里 在那看")
    /// 在X村干活，…，回来看到村里….
    static let backHome = WordSet("回来 回家 回到 回村 到家")
    static let atTheDoor = WordSet("到家 自家 家门口 门前 我家 俺家 屋后 屋前")
    static let afterBackHome = WordSet("看 发现 一看 才 村 咱 我们 俺 家 就 路 听 报 又 拿 还")
    /// 我家孩子在那念书: what is the speaker's stays where the other place is.
    static let stayingThere = WordSet("在那 还在那 就在那 都在那 住那 住在那 到那 去那 那边 那头 困在")
    static let theirsThere = WordSet("听他们说 听他们讲 听他们那 听那边 听说他们 他们那 他们村 他们庄 人家那 人家村 那村里 那个村")
    /// Where one lodges: in a village, at somebody's.
    static let stayBefore = WordSet("在 到 去 住在 住到 借住在 躲在 躲到")
    static let hosts = WordSet(
        "亲戚家 亲戚那 亲戚屋里 我姐家 姐姐家 我妹家 妹妹家 我姑家 姑姑家 我姨家 姨妈家 舅舅家 我舅家 叔叔家 朋友家 同学家 女儿家 闺女家 儿子家 丈母娘家 岳母家 娘家 租房 租的房")
    /// Who speaks for somebody elsewhere.
    static let forOthers = WordSet(
        "托我发 托我反映 托我问 让我帮忙发 叫我帮忙发 让我帮发 让我发到 叫我发到 让我转发 叫我转发 这个群让我问 打字让我问 不会发让我 叫我帮他在群 让我帮他在群 叫我帮她在群 让我帮她在群 叫我帮他反映 让我帮他反映 叫我帮她反映 让我帮她反映 叫我帮他发 让我帮他发 让我帮他问 叫我帮他问 让我帮她问 叫我帮她问 让我帮忙问 叫我帮忙问 让我帮忙反映 叫我帮忙反映 帮朋友发 替朋友发 帮亲戚发 替亲戚发 帮人发 替人发 代发一 代发: 帮代发 帮人代发 帮忙转一下"
    )
    /// 他丈人家, 她姐家.
    static let kinsHouse = WordSet(
        "丈人家 老丈人家 岳父家 岳母家 丈母娘家 亲家家 亲家 亲戚家 舅家 舅舅家 姐家 姐姐家 妹家 妹妹家 哥家 弟家 叔家 姑家 姨家 女儿家 闺女家 儿子家 老家 娘家 婆家")
    /// What follows 村 in the name of a village's body: 高坪村村民委员会.
    static let bodyOfVillage = WordSet("民委员会 村民委员会 村委会 委会 委 两委 村两委 经济合作社 股份经济合作社 经联社 党支部 村 社区 居委会")
    /// What one of two that go to law is.
    static let parties = WordSet("被告 被告人 原告 第三人 上诉人 被上诉人 被申请人 申请人")
    /// How a person's address is given in a judgment.
    static let livingAt = WordSet("住 现住 家住 住址 住址为 住所地 经常居住地 户籍在 户籍所在地")
    /// How a letter to an office above the village begins.
    static let salutations = WordSet(
        """
        县长你好 县长您好 县长: 区长你好 区长您好 区长: 市长你好 市长您好 市长: 书记县长 县委书记你好 县委书记您好 县委书记: 市委书记你好 市委书记您好 市委书记: 尊敬的县 尊敬的市 尊敬的区 尊敬的省 尊敬的领导 尊敬的各位领导 \
        尊敬的纪委 尊敬的信访 尊敬的书记 领导你好 领导您好 各位领导 县纪委: 县纪委领导 县纪委你好 县纪委您好 市纪委: 市纪委领导 市纪委你好 市纪委您好 区纪委: 区纪委领导 省纪委: 省纪委领导 信访局: 信访局领导 信访局你好 信访局您好 \
        巡察组: 巡察组领导 巡察组你好 巡察组您好 巡视组: 巡视组领导 督查组: 督查组领导 督导组:
        """)
    /// So far from its beginning a letter says where it comes from.
    private static let mostOfHead = 40
    /// Whether a text greets an office and says nothing of the speaker before a place.
    static func isLetter(before place: Int, in text: NormalizedText) -> Bool {
        place <= Self.mostOfHead && salutations.begins(at: 0, in: text) > 0
            && FirstPerson(text: text).strongest(in: 0..<place) == nil
    }
    /// 在咱这儿反映: told in this chat, not falling on us.
    static let toldHere = WordSet(
        "咱这儿反映 咱这里反映 咱这反映 咱们这儿反映 咱们这里反映 咱们这反映 我们这反映 我们这儿反映 我们这里反映 咱这儿说 咱这里说 咱这儿问一 我们这里问一 我们这里问下")
    static let ownRoof = WordSet("自家 自己家 我家 俺家 咱家 我们家 老屋 老房 村里 队里 自己房")
    /// 我们村人开的石料厂, 我们村的车.
    static let ownersFrom = WordSet("人开的 的人开的 老板开的 的老板开的 人办的 人包的 的车在 的车到 的车去 的货车 的三轮 的人在那 的工程队 的施工队")
    static let movedTo = WordSet("换到 调到 搬到 嫁到 迁到 去了 转到")
    /// 停水一天就来了: what was the matter is over.
    static let recovered = WordSet(
        "就来了 就来水 就来电 就通了 就好了 就修好 就恢复 就处理 就解决 就弄好 又来了水 来了水 又通了 已恢复 恢复了 恢复供 倒是通了 就有了 倒来了 就清了 就清走 就送来")
    /// 高坪村入选市级示范村.
    static let honours = WordSet("入选 获评 荣获 被评为 被评上 上榜 夺冠 获奖 拿了第一 得了第一 拿第一 授牌")
    /// 东为越王村，西李家村.
    static let directions = Set("东南西北".utf16)
    static let aroundBefore = WordSet("东为 南为 西为 北为 东邻 南邻 西邻 北邻 东接 南接 西接 北接 东临 南临 西临 北临 东靠 南靠 西靠 北靠 东与 南与 西与 北与")
    /// 这就是我们村的出村道路: what is ours is meant, whatever else is named.
    static let oursMeant = WordSet("就是我们村 就是咱村 就是咱们村 就是俺村 就是俺们村 就是本村 而是我们村 而是咱村 才是我们村 才是咱村 偏偏我们村 偏偏咱村")
    /// 自己村的抽水机.
    static let ownOnes = WordSet("自己村 自个村 自家村 自己这边 自己这里")
    static let theirOwn = WordSet("他们 她们 人家 你们 别人 他 她")
}
