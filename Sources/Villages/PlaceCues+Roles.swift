internal import Messages

/// Words around a name that say what part the place plays.
extension PlaceCues {
    /// Before a name: what follows is beside the matter.
    static let nearBefore = WordSet(
        """
        隔壁 隔壁的 隔壁邻居 邻村 邻村的 邻近 邻近的 相邻 相邻的 旁边 旁边的 附近 附近的 对面 对面的 靠近 挨着 挨近 紧挨 紧挨着 毗邻 临近 接近 \
        离 距 距离 除了 除 不包括 东接 南接 西接 北接 东邻 南邻 西邻 北邻 东临 南临 西临 北临 东靠 南靠 西靠 北靠 东连 南连 西连 北连 东为 南为 西为 北为 \
        东是 南是 西是 北是 东与 南与 西与 北与 东和 南和 西和 北和 交界的 相邻的 隔着 绕过 绕开 没到 还没到 上面的 上游的 下游的
        """)
    /// Those of them that say where something is.
    static let beside = WordSet("靠近 挨着 挨近 紧挨 紧挨着 毗邻 临近 接近 靠 离 距")
    /// Before a name: what follows is compared with the matter.
    static let likeBefore = WordSet(
        """
        要是在 换成 换作 要是换成 假如在 如果在 哪像 像 好像 就像 比 比不上 比起 相比 不如 不像 不及 赶不上 人家 人家的 别人 别个 参照 参考 对照 按照 学学 学习 学着 以为 类似 羡慕 同样是 \
        同样的 照着 模仿 看看 看看人家 看人家 你看 你看看 看看隔壁 向人家
        """)
    /// Both with up to two characters between (隔壁那个X村).
    static let besideBeforeLoosely = WordSet("隔壁 邻村 旁边的 附近的 对面的 相邻的 人家")
    /// 跟X村一样, 和X村相比, 与X村交界.
    static let pairBefore = WordSet("跟 和 与 同 向 较 照 按")
    static let pairAfter = WordSet(
        "是同一年 同一年 是同一批 同一批 一个标准 同一个标准 一个价 一个样 一个水厂 一样的标准 同名 一个名 重名 一样 一比 相比 比 不同 不一样 差不多 似的 那样 看齐 学习 的标准 标准 那边一样 那边比 的做法 比较"
    )
    static let borderAfter = WordSet("交界 相邻 接壤 相连 挨着 毗邻 隔壁 旁边 附近 对面")
    /// Right after a name: X村那样, X村一样.
    static let likenessAfter = WordSet("也有类似 有类似 那样 一样 似的 那种 那般 的做法 的经验 的模式")
    /// X村没问题, X村那边还好: nothing is the matter there.
    static let fineAfter = WordSet(
        """
        没得事 没得问题 达标 没问题 没有问题 没啥问题 没什么问题 没什么大问题 没多大问题 没事 没啥事 没什么事 没毛病 没得说 还好 还行 还可以 还不错 挺好 蛮好 很好 都好 好得很 好的很 \
        是好的 都是好的 倒是好的 还是好的 好好的 正常 没停 没断 没坏 没塌 没影响 不受影响 没受影响 没意见 不缺水 有水 有电 已经修好 修好了 已经解决 解决了 没这个问题 \
        没这种事 不存在 就不说了 先不说 暂且不说 不说了 不用说 不是重点 无关 没关系 不关 不算
        """)
    /// What takes back that a place is fine: 修好了又坏了, 没问题吗.
    static let notFine = WordSet("又 吗 嘛 么 谁说 哪里 才怪 没多久 没几天 几天 就坏 才几")
    /// 主要是X村, 问题出在X村: what follows is the place, and what else is named is not.
    static let focusBefore = WordSet(
        """
        源头在 根子在 发生于 发生在 事发 事发地在 事发地是 地点在 地点是 地址在 才知道是 主要是 主要在 主要就是 重点是 重点在 关键是 关键在 问题是 问题在 问题出在 问题主要在 问题主要是 出问题的是 有问题的是 就在 坏的是 坏了的是 断的是 塌的是 停水的是 \
        停电的是 没水的是 没电的是 缺水的是 堵的是 脏的是 说的是 我说的是 指的是 我指的是 讲的是 反映的是 要反映的是 我反映的是 投诉的是 举报的是 而是 其实是 实际是 实际上是 \
        真正的是 应该是 是说 就是说 我是说 得看 要看 严重的是 最严重的是 最差的是 最脏的是 倒霉的是 遭殃的是
        """)
    /// X村那段, X村一侧: the place where it is.
    static let focusAfter = WordSet("一侧 那侧 这侧 那一侧 这一侧 那段 这段 那一段 这一段 段的 段有 段最 段更 段全 段都 段是 段没 段塌 段坏 段比 路段")
    /// 青瓦段, 青瓦那一侧.
    static let stretch = WordSet("段 那段 这段 那一段 这一段 路段 一侧 那侧 那头 这头 境内 那边 村段")
    static let ourStretch = WordSet(
        "我们这段 我们这一段 我们那段 我们这头 我们这一头 我们这半截 我们这截 我们村这段 我们村这头 我们村口这段 我们村口这头 咱村这段 咱村这头 咱们这头 俺们这头 俺村这段 我们村里这段 我们村那段 我们这边这段 我们这截路 咱这段 咱们这段 俺们这段 俺这段"
    )
    /// 靠近X村的一侧.
    static let sideAfter = WordSet("的一侧 一侧 那侧 这侧 那一侧 这一侧 的一边 那一边 的这边 的那边 一头 的一头")
    /// 去X村路上, 往X村方向: what one goes to.
    static let wayBefore = WordSet("去 到 往 回 开往 通往 通向 前往 走 要去 想去 驶往")
    static let wayAfter = WordSet(
        "去的 走的 坐船 换车 转车 走 路上 的路上 的途中 途中 半路 的半路 半道 半路上 必经 的必经 要经过 得经过 必须经过 要过 得绕 要绕 的公路边 的路边 的路旁 的公路旁 的公路上")
    /// 去X村吃酒的路上.
    static let onTheWay = WordSet("的路上 的途中 的半路")
    static let directionAfter = WordSet("方向 的方向 那个方向 那方向")
    /// 从X村过来: what one comes from.
    static let wayFrom = WordSet("从 自 由")
    /// 从X村走一个半小时到乡里.
    static let toTheSeat = WordSet("到乡里 到镇上 到镇里 到乡上 到县城 到县里 到乡政府 到镇政府 到街上 到集上")
    static let boughtThere = WordSet("买的 买来的 进的货 订的 批发的 租来的 借来的 请来的")
    /// 过了X村就全是坑.
    static let wayPast = WordSet("过了 一过 刚过")
    static let wayPastAfter = WordSet("就 以后 之后 再 往 没多远 不远 ，")
    /// Towards the speaker: 高坪村烧垃圾的烟飘过来.
    static let hither = WordSet("飘过来 流过来 吹过来 传过来 排过来 冲下来 流下来 冲过来 跑过来 飘来 漫过来 倒过来 熏过来 窜过来 漂过来 漂下来")
    /// What was long ago: 以前在X村.
    static let formerlyBefore = WordSet(
        "原来住 以前住 原先住 早先住 之前住 原来住在 以前住在 以前是 原来是 之前是 曾是 以前在 之前在 当年在 早年在 从前在 小时候在 小时候去过 年轻时在 年轻的时候在 曾在 曾经在 原来在 前我在 那时在 那时候在 早先在 过去在 多年前在 前在 早先 以前去过 去过"
    )
    static let seeing = WordSet("看到 看见 发现 瞧见 见到 亲眼看")
    /// What is said of a place that nothing is the matter with.
    static let praising = WordSet("真好 真不错 多好 真漂亮 真干净 羡慕 搞得好 搞得真 修得真 学学 有模有样 厉害 漂亮 整洁 干净")
    static let praisedAtEnd = WordSet("真好 真不错 多好 好羡慕 真羡慕 羡慕")
    /// 三村的人在群里打广告.
    static let inTheChat = WordSet("的人在群里 的人老在群里 的人天天在群里 的在群里 的人在这个群")
    static let cameBack = WordSet("回来 回家 回到 回村 回去")
    static let wentBack = WordSet("回去 回村 又去")
    /// Who comes from elsewhere to trade.
    static let traders = WordSet("老板 贩子 菜贩 小贩 商贩 客商 收粮的 收猪的 收破烂的 师傅 司机 人")
    /// What comes through from there.
    static let comingDown = WordSet("下来的车 过来的车 开来的车 来的车 下来的货车 过来的货车 下来的摩托 过来的人 下来的人")
    static let comingToTrade = WordSet("来收 来卖 来买 来拉 来租 来修 来做 来刷 来装 来推销 来包")
    /// 在X村开了个小店.
    static let opening = WordSet("开 开了 租了 租 盘了 盘下 接手")
    static let shops = WordSet("店 铺 厂 馆 超市 作坊 诊所 网吧 饭庄")
    /// What is sold or praised: 高坪村大米有人要吗.
    static let wares = WordSet(
        "谁要 正好 甩卖 出售 尝鲜 包甜 自家种 自家晒 自家做 斤装 自家漏 群里卖 现货 到货 预定 接龙 下单 谁帮带 几斤来 有人要吗 有人要不 有人要没 要的私 二手 低价转 要的联系 一斤 块钱一斤 好吃 好喝 包邮 起送 批发 代购 一箱 注册商标 甜得很 真甜 酸甜 唱得真好 出货 便宜卖 上市了 欢迎采摘 欢迎品尝 团购"
    )
    /// What invites to come, buy or bring: 高坪村招工, 谁去帮我带.
    static let invitations = WordSet(
        """
        招工 招人 招聘 招普工 招小工 招零工 招短工 招临时工 招女工 招杂工 招采 招摘 包吃 推荐一个 推荐个 推荐一下 求推荐 谁去帮 谁去带 谁去捎 谁去赶 谁去玩 谁去过 有去的 帮我带 帮忙带 帮带 捎点 捎一 捎两 捎个 报名的 要割的 要种的 拼单 拼车 点开场 \
        唱戏 唱大戏 放电影 逢集 欢迎来 开业 打折 大酬宾 恭喜 考上 谁有电话 电话谁有 微信谁有 有谁知道 有谁晓得 有要的 推名片 需要的联系 常去玩 小时候常 晚上去听 晚上去看 去看不 去听不 有空去 一起去玩
        """)
    /// What makes a complaint of an invitation.
    static let foul = WordSet(
        "骗 欠 挤 全挤 没人指挥 乱停 占道 拖着 拖了 扣 假 坏 塌 堵 污 臭 乱 偷 黑 贪 占 收费 涨价 打人 被打 没人管 没人修 没有人管 不管 不发 不给 没发 投诉 举报 反映 危险 噪 吵 断 停 死 漏"
    )
    static let wayFromAfter = WordSet(
        "开车经过 骑车经过 坐车经过 开车路过 骑车路过 开车 骑车 过去 过来 回来 出来 出去 出发 开过来 开来 搬来 搬过来 运来 运过来 拉来 拉过来 流下来 流过来 流来 排过来 飘过来 传过来 调来 调过来 买的 买来 借的 借来 请的 请来"
    )
    /// Something that is not meant: 不是我们X村.
    static let notBefore = WordSet(
        "不要再说是 别再说是 别说是 不要说是 不要拿 别拿 莫拿 又不是去 不是去 没有包给 没包给 不是包给 别光盯着 别光说 别光看 别老盯着 别只盯着 别只看 不要只盯着 不要只报 别只报 不要只说 别只说 不要只看 不要光看 不要光说 别光查 不要只查 别只查 不要只管 别只管 不是 并非 不在 不是我们 不是咱们 又不是 而不是 不关 不怪"
    )
    /// 连X村都有了.
    static let evenBefore = WordSet("连")
    static let evenAfter = WordSet("都 也")
    static let ownBefore = WordSet("我代表 我们代表 现代表 我们 咱们 咱 俺们 俺 我 就我们 我们的")
    static let speakerBefore = WordSet(
        "家是 屋头在 屋里在 俺是 咱是 俺们是 俺家在 俺家住 俺住 我哋系 我系 我是 我们是 本人是 本人系 我家住 我家在 我家住在 我住在 家住 家住在 家在 我住 本人家住 本人 我来自 我老家是 我老家在")
    /// How a hotline's record begins: 来信人系….
    static let writers = WordSet(
        "本人系 本人是 本人为 我系 我们系 我等系 来信人系 来电人系 投诉人系 举报人系 反映人系 信访人系 来访人系 市民系 网友系 来信人是 来电人是 投诉人是 举报人是 反映人是 信访人是 来信人为 来电人为 投诉人为 举报人为 反映人为"
    )
    /// 嫁到X村; 从X村嫁过来.
    static let marriedBefore = WordSet("嫁到 嫁到了 嫁去 嫁在 嫁进 嫁给 嫁往 搬到 搬去 搬到了 迁到 迁去 分到 调到 娶的")
    static let marriedAfter = WordSet("嫁 嫁过来 嫁来 搬过来 搬来 迁过来 迁来 调来 调过来 娶")
    /// 在X村打工, 去X镇赶集.
    static let goingBefore = WordSet("在 到 去 往 上 回 来 赴 跑 带娃去 组织去")
    static let visitAfter = WordSet(
        """
        打工 上班 做工 干活 务工 上学 读书 念书 读初中 读小学 读高中 读大学 上高中 上初中 上大学 陪读 住校 参观 考察 取经 学习 玩 游玩 旅游 旅行 走亲戚 串门 吃酒 喝酒 吃席 喝喜酒 赶集 赶场 赶圩 \
        买药 拿药 抓药 买化肥 买东西 取款 取钱 取快递 充话费 交电费 换煤气 打米 磨面 碾米 办卡 打零工 打短工 打小工 帮工 帮忙 盖房 摘茶 收谷 割稻 跑车 送货 拉货 开车 进货 办年货 剃头 理发 吃早饭 看戏 听戏 看庙会 烧香 做客 开会 培训 相亲 卖菜 买菜 看病 打针 住院 办事 坐船 换车 转车 当老师 教书 开店 做生意 租店 租了店 租了个店 开了店 开了个店 开了家店 摆摊 接孩子 送孩子 接人 送料 送菜 送饭 拉砖 拉沙 拉料 收货 卸货 当兵 当上门女婿
        """)
    /// 在X村那边的石材厂上班.
    static let working = WordSet("上班 打工 做工 干活 务工 打零工 打短工 做事 当学徒 当老师 教书 当保安 当厨师")
    /// 帮X村的亲戚反映: the matter is there.
    static let onBehalfBefore = WordSet("帮 替 代 帮忙 帮着 代替 受 给")
    /// The same said before the kin.
    static let forKin = WordSet("替我 帮我 代我 替俺 帮俺 帮忙问 帮亲戚 替亲戚 帮朋友 替朋友 代朋友")
    /// How a clause goes on about a place that was named before.
    static let thereAgain = WordSet("她家 他家 她们村 他们村 她们 他们 她 他 那边 那里 那条 那段 那座 那个 那儿 人家村")
    /// The speaker's village without its name.
    static let ourVillage = WordSet("我们村 咱们村 咱村 俺们村 俺村 我村 本村 我们社区 咱们社区 本社区 我们组 我嘎查 本嘎查 我们嘎查 我们屯 我们寨")
    /// The same, and 我们这.
    static let ours = WordSet(
        "伢村 伢社区 伢格里 伢这里 伲村 吾村 阮村 阮这 阮厝 额村 我哩村 我们村 咱们村 咱村 俺们村 俺村 我村 本村 我们这 咱们这 我们这边 我们组 我们社区 咱们社区 本社区 我们队 咱这")
    /// What is ours besides: 堵在我家门口.
    static let oursAlone = WordSet("我家 我们家 俺家 咱家 我们田 我们的田 我们地里 我的田 我们门口")
    /// The same said shortly: only after what leads there (流到这里).
    static let here = WordSet("这里 这边 这儿 这块 家门口")
    /// Words for the speaker's side in a comparison.
    static let we = WordSet(
        "我们 伢村 伢社区 伢格里 伢这里 伢伲 伲村 吾村 阮村 阮这 阮厝 我伲 我哩 额们 额村 咱们 俺们 我伢 阿拉 咱村 俺村 我村 本村 咱这 我哋 咱 俺 我嘎查 本嘎查 我屯 我寨 本社区")
    /// A reproach right behind 我们 that compares whatever was said before.
    static let reproach = WordSet("凭什么 凭啥 为什么 为啥 怎么没 怎么就 排最后 排在最后 轮不到 最后 连 却 只有 只赔 只发 只给 只补 一分 一条 一次 一趟 就没 哪有 才 倒好")
    /// X村比我们村亮; X村和我们村一样.
    static let comparedToUs = WordSet("比 不如 不像 超过 好过 强过 多过 比起")
    /// X村，人家的路多宽.
    static let others = WordSet("人家 别人")
    /// What follows home's own name where another village is envied.
    static let lackingOfOurs = WordSet(
        "连 却 只有 只发 只给 只补 只能 才 怎么 什么时候 几时 凭什么 凭啥 为什么 为啥 还在 还没 还是 一分 一个 一条 一盏 什么都没 啥都没 就没 哪有 村连 村却 村只 村还 村什么 村怎么 村为什么 村一")
    /// 不知道我们是怎么评的: what is said of others is asked of ours.
    static let wondering = WordSet("不知道 不晓得 想知道 不懂")
    /// X村那边人家.
    static let sideWords = WordSet("看见 看到 瞧见 见 那边 那里 那儿 的 就 都 是")
    /// 老人家, 本人家, 几户人家: no 人家 that compares.
    static let beforeHousehold = Set("户老本男女富穷商每各电信诉报映".utf16)
    /// What sets 我们 against what was said before.
    static let beforeWe = WordSet(
        "不知道 不晓得 想知道 一对比 对比之下 一路之隔 一河之隔 一墙之隔 就 可 但 而 可是 但是 为什么 凭什么 为啥 凭啥 为何 怎么 咋 轮到 到了 只有 唯独 偏偏 那 比 还 不像 同样 哪像 同是 都是 偏 光 单单 单 问问 请问"
    )
    /// 我们村在X村旁边.
    static let nearAfter = WordSet("旁边 隔壁 附近 对面 边上 上游 下游 后面 前面 东边 西边 南边 北边 上面 下面 交界")
    /// What our people can't do for what is broken elsewhere.
    static let troubledThere = WordSet(
        "的人 的老人 的孩子 的小孩 的学生 的娃 村民 的村民 的车 的群众 出不去 过不去 走不了 没法 进不来 进不去 绕 也 和 跟 与 有人 有个 的亲戚 的一个 去 到 上学 隔壁 旁边")
    /// Between a township and its village.
    static let unitLinks = WordSet("那边 那边的 那边那个 的那个 那里的 的 那个 这个 下面的 下辖的 下属的 里的 上的 所属 所辖 辖区 辖区内")
    /// What one says of one's own side in a comparison.
    static let lacking = WordSet(
        """
        没 什么时候 几时 啥时候 啥辰光 何时 怎么没 怎么不 怎么就 为什么 为啥 凭什么 凭啥 为何 还是 还在 还没 却 只有 只赔 只发 只给 只能 一分 一条 一次 一个 一趟 \
        一盏 一直 黑着 差 哪有 还要 就没 就不 少了 呢 连 不 从来 排 最后 也想 也要 也该 能不能 可不可以 能否 轮到 等到 倒 只能 只是 拖 不见 不给 不修 不管 只剩 多久
        """)
    /// What one says of the other side in a comparison.
    static let having = WordSet(
        """
        修得宽 宽宽的 亮亮的 修得好 铺得 不收 不用交 免收 免了 修好 修了 修通 装了 装上 装好 通了 发了 发的 亮了 换了 建了 建好 赔 补了 补的 每户 每人 一年 天天 按时 公示了 公开了 解决了 弄好 搞好 办好 涨了 \
        公开了 查完了 好了 恢复了 来水了 来电了 通水了 通电了 亮起来 建成 完工 到账 到位 领了 有了 贴出来 随叫随到 勤快 办事快 态度好 搞得好 管得好 做得好 干干净净 亮堂堂 早修 早装 早通 早发 早解决 早有 全覆盖 覆盖了 都有 先通 先修 先装 先发 清过 修过 换过 扫过 通过了 处理过 清了 修的 建的 换的 铺的 通的 装的 拿到 领到 分到 分红 评上 装的 硬化 铺好 铺了 用上 喝上 清理了 收走 报销 免费 补贴 涨到 提高 改造了 满格 通上 通车 落实 兑现 上墙
        """)
    static let hasAny = WordSet("有")
    static let hasNot = WordSet("有人 有个 有一 有几 有些 有大 有坑 有很多 有好多 有没有 有时")
    static let already = WordSet("都 也 也都 早都 早就 早 已经 已 全都 就")
    /// Whose doings a complaint is about, whatever it says of us.
    static let accused = WordSet("支书 书记 主任 村长 会计 干部 组长 队长 村委 两委 有人 有个 烧 排 污 吵 噪 臭 贪 骗 欠 偷 霸 吃 拿 扣 问 反映")
    /// The persons who hold an office in a village.
    private static let cadres = WordSet(
        "支书 书记 主任 会计 村长 文书 干部 组长 出纳 村支书 村书记 村主任 村会计 村干部 党支部书记 村委会主任 村委主任")
    /// Who turns to a hotline, behind the village's name: 高坪村民来电.
    static let callers = WordSet("民留言 村民留言 网友留言 民来电 村民来电 民来信 村民来信 民反映 村民反映 民投诉 村民投诉 群众来电 群众反映 居民来电 居民反映")
    /// What stands in a village and is complained of itself.
    static let villageOffices = WordSet("拆迁办 村部 卫生室 便民 服务站 服务中心 支部 小学 幼儿园 敬老院 幸福院")
    /// The bodies that act for a village, behind its name.
    static let committees = WordSet("委会 村委会 村委 委 两委 村两委 党支部 村集体 集体 合作社 经联社 股份合作社")
    /// What they do to us that is theirs to mend.
    static let owes = WordSet("欠 还欠 拖欠 一直欠 一直拖欠 骗 坑 没给 不给 少给 扣了 克扣")
    static let goodCadre = WordSet("勤快 负责任 真负责 有担当 办实事 干实事 干事的人 随叫随到 热心 公道 好说话 说到做到")
    /// 高坪村委会欠我们施工队的工钱: the debtor's village is the place.
    static func isDebtor(after end: Int, in text: NormalizedText) -> Bool {
        owes.begins(at: end + committees.begins(at: end, in: text), in: text) > 0
    }
    /// 高坪村的会计, 高坪村支书.
    static func isCadre(after end: Int, in text: NormalizedText) -> Bool {
        guard end < text.count else { return false }
        return cadres.begins(at: text.units[end] == 0x7684 ? end + 1 : end, in: text) > 0
    }
    /// Bad things: "X村都停水三天了，我们…" compares nothing.
    static let trouble = WordSet("干死 旱死 枯死 淹死 饿死 停 没 坏 塌 断 堵 漏 烂 淹 臭 裂 冲 乱 偷 垮 倒 脏 不 挖")
    /// The other place stands first: A村都修好了，为何B村不修.
    static let whyNot = WordSet("为何 为什么 凭什么 凭啥 为啥 唯独 偏偏 怎么")
    /// What comes to, falls on, is taken from our village: the doer's village is not the place.
    static let ontoOurs = WordSet(
        """
        来 到 进 流到 流进 倒在 倒到 排到 堆到 承包 承包了 影响 影响了 影响着 影响到 不来 霸占 霸占了 占 占了 占用了 挖了 砍了 跑来 跑到 在 停在 放在 堆在 丢在 \
        扔在 扔到 丢到 埋在 埋到 建在 建到 住在 往 向 给 找 抢 抢了 偷 偷了 偷走 淹了 淹到 冲到 冲了 冲毁 殃及 波及 危及 熏到 吵到 害 害了 欺负 堵了 堵住 堵住了 \
        挖断 挖断了 切断 截了 截断 截断了 拦了 把 拉到 拉来 运到 运来 拖到 过来 抽走 抽了 引走 飘到 飘进 吹到 钻到 窜到 进了 漫到 灌到 灌进 从 压坏 压坏了 压烂 压烂了
        """)
    static let ontoHere = WordSet(
        "来 到 流到 流进 倒在 倒到 排到 堆到 跑来 跑到 停在 放在 堆在 丢在 扔在 扔到 丢到 埋在 埋到 建在 建到 淹到 冲到 拉到 运到 拖到 飘到 飘进 吹到 漫到 灌到")
    static let ontoUs = WordSet(
        """
        流到 流进 吵得 熏得 震得 震坏 震裂 淹得 呛得 排到 影响 影响了 影响到 倒到 飘到 吹到 害得 害苦了 害 害了 欺负 打 打了 骂 骂了 拦住 拦着 不让 赶 赶走 抢 抢了 偷 偷了 占 占了 挖断 挖断了 \
        淹了 截了 截断 冲了 堵了 把 往 向 对 来 在 到 进 落到 来吃 吃 吃了 拱了 啃 啃了 踩了 糟蹋 糟蹋了 跑到 跑进 常年在 天天来 抓 捞 电
        """)
    /// Between stems of home's township that stand together.
    static let stemJoints = WordSet("、 和 跟 与 同 及 到 至")
    static let enumeration = WordSet("同 和 与 跟 及 、 以及 还有 到 至 -")
    /// A、B两村; A和B两个村.
    static let bothVillages = WordSet(
        "四个嘎查 五个嘎查 几个嘎查 各嘎查 两条村 三条村 四条村 几条村 各条村 两个嘎查 三个嘎查 两嘎查 两村 两个村 二村 三村 三个村 四村 四个村 五村 五个村 几个村 各村 等村 等几个村 等三个村 等四个村 两个行政村 两个自然村 两个社区 两社区 三个社区 这两个村 这几个村"
    )

    // MARK: Townships

    static let offices = WordSet(
        """
        政府 人民政府 党委 纪委 纪检 监委 领导 干部 书记 镇长 乡长 主任 派出所 司法 民政 财政 国土 自然资源 城建 供电 水务 水利 人大 武装部 信访 农业 执法 \
        城管 城管队 城管办 综合执法 交警 公安 法庭 司法所 供电所 民政办 信访办 房管所 林业站 畜牧站 交管站 规划所 计生办 经管站 环保所 环卫所 环卫站 市场监管所 市监所 工商所 食药所 粮管所 城建所 村镇办 三资办 扶贫办 残联 妇联 \
        土管所 农技站 国土所 水利站 财政所 社保所 党委 党政办 综治 办事处 办 里派 里不管 里说 里答应 里的领导 里领导 里干部 里的干部 上的领导 的领导 的干部 的人 的工作人员 来人 派人 说 答应 不管 那边说 相关部门 有关部门 各部门
        """)
    static let towardsBefore = WordSet("到 去 往 上 回 通往 开往 至 赴 离 距 距离 找 问 给 是 属于 同样是 同是 归 进 跑 跑到 打电话给")
    /// 请问岚溪县的补贴…: what ends in 问 and leads nowhere.
    static let politely = WordSet("请问 问问 咨询 想问 问一下")
    /// Where people were brought to.
    static let resettledBefore = WordSet("安置在 安置到 转移到 疏散到 撤离到 搬迁到 搬到 暂住在 寄住在")
    /// The built-up seat of the township, said as a place.
    static let seat = WordSet(
        "镇区 集镇 圩镇 乡集镇 场镇 镇街 镇上的 镇里的 乡上的 乡里的 镇上那家 镇上那个 镇上那条 镇上赶集 镇上有家 镇上主街 镇上大街 镇上老街 镇上正街 镇上新街 乡上主街 乡里主街 乡里集上 镇里集上 镇上集上 集上的"
    )
    /// 镇上的公厕 is the seat, 镇里的科室 an office.
    static let seatWithFacility = WordSet("镇上的 镇里的 乡上的 乡里的")
    static let facility = WordSet(
        "交易市场 快递 药店 公交 班车 环线 巴士 加油站 粮站 集市 学校 变电站 公厕 厕所 路灯 广场 街 红绿灯 垃圾 下水道 菜市场 农贸市场 公园 停车 排水 绿化带 人行道 消防栓 站亭 站台 井盖 监控 摄像头 菜场 银行 超市 商场 充电桩 河道 候车"
    )
    /// 306路公交车 runs through several villages.
    static let above = WordSet("路公交 路班车 路车 号公交")
    /// 公交18路: a line by its number, where a bus is spoken of.
    static let busLine = WordSet("路 号线")
    static let bus = WordSet("公交 班车 公车 大巴 中巴")
    /// 306路早上那班又没来: what is said of a line without a word for the bus, behind its number.
    static let runs = WordSet("头班 首班 末班 那班 这班 一班 两班 班次 趟 晚点 不来 没来 改线 改道 绕行 停运 停开 挤 司机 不停站 甩站 等车 坐车")
    static let noBusLine = WordSet("路口 路灯 路边 路段 路上 路面 路旁 路东 路西 路南 路北")
    /// Words that begin what somebody passed on.
    static let passedOn = WordSet(
        "通知: 通告: 公告: 温馨提示 友情提示 紧急通知 停水通知 停电通知 重要通知 各位村民 各位居民 各位业主 接上级通知 接供电 接水厂 @所有人 转发 转: 转自 转载 [转] 【转】 [转: 【转: [转自 【转自 [转发 [转载 【转发 【转载 链接: [链接 【链接 [分享 [公众号 [文章 [网页 [视频号 [小程序 [聊天记录 [合并转发"
    )
    /// How what became of somebody is made known, before a colon.
    static let bulletins = WordSet("纪委通报 纪委曝光 纪委查处 监委通报 纪检监察组通报 政府通报 街道通报 党委通报 纪委处分 通报曝光")
    static let higherOffices = WordSet("县纪 市纪 区纪 省纪 县监 市监 区监 县法院 市法院 县检 市检 县公安 市公安 中纪")
    /// 老陈转发了一条消息：…: who passes on what follows.
    static let passesOn = WordSet(
        "转发了 转发一 转了一条 转了一篇 转一篇 转一条 转来一条 转来一篇 转来的消息 转过来的 转到群里 分享了 转帖 今天报纸上的 网上看到 看到一篇 看到一条")
    /// 【停水通知】, 【便民中心】: who speaks is no resident.
    static let noticeTitle = WordSet("通知 公告 提示 提醒 停水 停电 中心 管理站 供电 水务 安委 气象 预警 公示 会议 安排 动态 快讯 新闻 信息")
    /// What may stand between the seat's 镇 and a facility.
    static let seatLink = WordSet("上的 里的 上 里 里那个 里那家 上那个 上那家 里这个 上这个 那个")
    static let seatTowards = WordSet("到 去 往 上 从 离 回 在 跑 赶 找 问")

    // MARK: The speaker's own side

    /// 都修了，就差我们.
    static let onlyLeft = WordSet("就差 只差 就剩 只剩 唯独 单单 偏偏 就漏了")
    static let leftOutBefore = WordSet("就 就差 唯独 单单 偏偏 只有 就剩 只剩")
    static let hasNone = WordSet("没 还没 不 一个都没 啥都没 什么都没")
    /// 我们凭啥收五百.
    static let whyUs = WordSet("凭啥 凭什么 为什么 为啥 怎么就")
    /// X村跟我一样.
    static let me = WordSet("我")
    /// How a letter speaks of the writer's village.
    static let formalOurs = WordSet("我村 本村 我社区 本社区 我嘎查 本嘎查 我组")
    /// 你们高庙村停了没.
    static let youBefore = WordSet("你们 你 恁 你哋")
    /// 有没有高坪村的朋友？你们停电了吗.
    static let whoIs = WordSet("有没有 有无 谁是 哪位是")
    static let theirPeople = WordSet("的人 的朋友 的老乡 的邻居 的亲戚 人")
    static let questionEnds = WordSet("没 没有 吗 呢 嘛 么 了没 没得")
    /// 我们杨柳坪的人去帮忙: no sufferers.
    static let onlookers = WordSet("的人挑 的人去 的人来 的人去 的人过 的人路过 的人到 人去 的人在那")
    /// What home's own stem may stand behind besides a mark.
    static let beforeHomesStem = WordSet("从 难道 那 可 怎么 轮到 到 来 在 就 就差 又 跟 和 而 嫁到 搬到")
    /// 嫁过来, 入赘: how one came to the village where one lives.
    static let comeHere = WordSet("婆家这 没迁过来 迁不过来 嫁过来 嫁来 嫁到 来这 搬来 搬过来 迁过来 迁来 入赘")
    static let homelandBefore = WordSet("媳妇是 老婆是 爱人是 老公是 儿媳是 女婿是 对象是 老家是 老家在 娘家在 娘家是 婆家在")
    /// What is at home, where somebody's work elsewhere is spoken of.
    static let atHome = WordSet("家里 村里 门口 屋里 回来 回家 这边 这里")

    // MARK: Who comes from elsewhere

    /// 柏木镇来的技术员; 柏木镇今天来检查.
    static let sentFrom = WordSet("来的 派来 下来的 上来的 今天来 明天来 昨天来 下午来 上午来 要来 刚来 来检查 来调研")
    static let comesFrom = WordSet(
        "的人都来 的人也来 人都来 的人来告 的人来闹 的人来看 人开的 人办的 人包的 人承包的 老板开的 老板包的 人养的 人建的 人种的 来的 派来的 嫁来的 搬来的 过来的")
    /// X村的亲戚说….
    static let bystanders = WordSet(
        "亲戚们 亲戚 朋友们 朋友 同学 老乡 弟兄们 兄弟们 兄弟 弟兄 老表 战友 同事 熟人 老李 老王 老张 老陈 老刘 老赵 老杨 老周 老吴 老徐 老孙 老马 老朱 老胡 老林 老何 老高 老罗 老黄 老郑 老谢 老许 老韩 老唐 老冯 老邓"
    )
    static let telling = WordSet("说 告诉 跟我 问 讲 来串门 来走 来吃 来喝 来玩 来做客 来住 来接 打电话 喊 教 谢")
    /// 他们那的水是黄的.
    static let theirs = WordSet("他们那 他们村 他们家 她们那 她们村 她们家 他那 她那 他家 她家 那边 那里")
    /// 请了X村的师傅.
    static let fetching = WordSet("请了 请 请来 叫了 叫来 找了 找来 雇了 喊了 喊来 让 叫 找 包给 承包给 发包给 借给 租给 卖给")
    static let craftsmen = WordSet("师傅 包工头 老板 施工队 工人 电工 工匠 木匠 瓦匠 泥水匠 医生 专家")
    /// 我外甥在X村当老师，工资拖了三个月.
    static let kin = WordSet(
        "外甥 外婆 儿子 女儿 姐 妹 弟 哥 叔 姨 舅 姑 同学 朋友 亲戚 侄 孙 表 爸 妈 爹 娘 老公 老婆 媳妇")
    static let troubleOfKin = WordSet("拖 欠 围墙 不发 没发 塌 坏 漏 扣 危 不给 被打 受伤")
    /// 年轻时候在X村跑船.
    static let longAgo = WordSet(
        "年轻时候 年轻时 年轻的时候 小时候 当年 早年 以前 从前 那时候 十几年前 几年前 多年前 前几年 前些年 早些年 那会儿 原先 搬来之前 曾经")
    static let moving = WordSet("搬 迁")

    // MARK: Ways and lines

    /// 要经过X村, 只开到X村.
    static let wayThrough = WordSet("要经过 得经过 都要经过 必须经过 要路过 只开到 只到 开到 转到 坐到 要先到 坐车到")
    /// 开往X村的班车.
    static let boundFor = WordSet("开往 驶往 发往")
    static let lineTo = WordSet("到 至 往 去 通")
    static let lineAfter = WordSet("的班车 的公交 的客车 的路灯 的车 的小巴 的巴士")
    /// Behind the far end of a road: 到高坪这条路.
    static let roadBehind = WordSet(
        "这条 那条 的路 的公路 的水泥路 的村道 的县道 的乡道 的道路 的机耕路 公路 县道 乡道 村道 路段 这段 那段 这一段 之间 沿线 一线 的路灯")
    /// 柏木到县城的班车.
    static let leadsTo = WordSet("里到 上到 里去 上去 到 至 往 去 通往 开往 发往")

    // MARK: Several places

    /// 打错了，是X村.
    static let mistaken = WordSet("打错了 搞错了 说错了 弄错了 写错了 发错了 记错了 看错了")
    /// What is said of the one of several places where nothing was done.
    static let lackingThere = WordSet(
        """
        还没 还在 还是 还走 还住 还喝 还用 还点 还靠 还要 还得 还黑 还空 还停 还欠 还等 没影 没动静 没着落 轮不到 还堆 还躺 还淤 什么时候 几时 何时 啥时候 为什么没 为何没 为何不 为什么不 怎么没 怎么不 没发 就没 却 唯独 的呢 呢 一分 没得
        """)
    /// 大小寨之间.
    static let bothAfter = WordSet("之间 中间 交界")
    /// Between the short name of a township and a village of it: 通济那个溪口村.
    static let hintLinks = WordSet("的 那个 那边 那边的 那边那个 的那个 那里的")
    /// 柏木、石湾两个镇.
    static let townships = WordSet("两个镇 三个镇 四个镇 几个镇 两镇 三镇 两个乡 三个乡 两个乡镇 三个乡镇 几个乡镇 各乡镇")
    /// 老鹰岩矿泉水, 荷叶甸酒家: what is named after a place.
    static let waresAfterStem = WordSet(
        """
        矿泉水 纯净水 大米 米粉 白酒 包谷酒 米酒 茶叶 绿茶 蜂蜜 腊肉 豆腐 粉条 西瓜 荔枝 辣椒 大闸蟹 莲子 竹笋 酒家 酒楼 餐馆 餐厅 饭馆 农庄 山庄 农家乐 茶楼 奶茶 烧烤 烧鸭 烧鹅 烧鸡 烧腊 烧饼 面馆
        """)

    /// What a village's name ends in.
    static let villageEnds = WordSet("村 社区 嘎查 居委会 村委会")

    // MARK: Notices and the township as a whole

    /// Who is named before a colon and speaks: 大墟供电所：….
    static let bodies = WordSet(
        "供电所 供水站 水厂 水务所 卫生院 管理站 管理处 气象台 应急办 供电局 理事会 交警大队 消防队 林业站 农技站 监测站 水利站 客运站")
    /// What heads what an office says, before a colon.
    static let noticeHeads = WordSet("通知 公告 通告 通报 提示 预警 公示 纪要 记录 议程 三务公开 村务公开 财务公开 简报 快讯")
    /// 【求助】: what heads a resident's words.
    static let residentsTitle = WordSet(
        "求助 投诉 举报 反映 咨询 建议 诉求 爆料 吐槽 曝光 急 寻 维权 问 请 关于 网友 民生 热线 留言 来信 来电 转办 交办 督办 工单")
    /// How residents write to an office that they name before a colon.
    static let complaining = WordSet("反映 举报 投诉 恳请 我家 请你们 请求 求")
    static let wholeTownship = WordSet("全镇 全乡 全苏木 全街道 整个镇 整个乡")
    static let wholeCounty = WordSet("全县 全旗 全区 整个县")
    /// 全镇最差的村 is one village.
    static let afterWhole = WordSet("最 第一 都有 都修 都通 都装 就剩 就我们 就咱 唯一 里最 排名 通报 倒数 的村 各村")
    static let seatOnTop = WordSet("镇上的 镇里的 乡上的 乡里的 镇上那家 镇上那个 镇上那条 镇上赶集 镇上有家")
    static let peopleOfSeat = WordSet("人 领导 干部 书记 老板 朋友 亲戚 同学 房子 说 来")
}
