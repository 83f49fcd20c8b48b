/// Words around a name that say what it is there.
enum PlaceCues {
    // MARK: Where a name may begin and end

    /// Characters that make another name of what follows, unless they end a word of their own (路上, 以后).
    static let modifiers = Set("上下东西南北前后大小老新旧中".utf16)
    /// Words after which a name begins.
    static let openers = WordSet(
        """
        那个 这个 原来 原来的 原 上次 这次 我们 咱们 俺们 你们 他们 我 咱 俺 在 到 住 从 去 回 来 往 是 叫 向 对 由 让 把 被 给 请 问 帮 替 代 和 与 及 跟 同 比 像 离 距 为 \
        为什么 凭什么 为啥 怎么 昨天 今天 前天 今年 去年 今早 昨晚 最近 现在 目前 上个月 上周 反映 反映一下 问一下 说一下 举报 投诉 请问 关于 听说 看看 隔壁 旁边 附近 对面 靠近 路过 经过 邻村 人家 住在 家住 位于 位於 以及 还有 就是 只有 \
        唯独 希望 要求 建议 麻烦 求 查查 管管 连 的 说
        """)
    /// What makes a sentence about a place of a stem: 柳垭那边, 柳垭的路.
    static let afterStem = WordSet(
        """
        这边 那边 那里 这里 那头 这头 那儿 这儿 那块 那片 那几户 这几户 村口 村里 村头 村尾 村委 村民 村部 片区 小组 组 一组 二组 三组 四组 五组 \
        六组 七组 八组 九组 十组 1组 2组 3组 4组 5组 6组 7组 8组 9组 一队 二队 三队 四队 的路 的桥 的灯 的水管 的水井 的水塔 的水渠 的自来水 \
        的电 的人 的村民 的村干部 的支书 的书记 的小学 的学校 的垃圾 的路灯 的广场 的低保 的厕所 的公厕 的变压器 的河道 的水库 的卫生室 的井 \
        的房子 的老人 的群众 的泵房 的山 的塘 的大坝 的排水沟 的水沟 的下水道 自然村 行政村 大队 居委会
        """)
    /// A stem that goes on like this is a village for sure.
    static let bodyAfterStem = WordSet("行政村 自然村 大队 居委会 村委 村委会")
    /// What may follow a stem or landmark that stands alone.
    static let stemFollowers = afterStem.beginnings.union(afterLandmark.beginnings).union(bodyAfterStem.beginnings)
        .union(enumeration.beginnings).union(bothVillages.beginnings)
    /// A landmark with one of these is a place where something is.
    static let afterLandmark = WordSet(
        """
        后面 旁边 门口 前面 对面 那边 附近 后头 前头 边上 背后 门前 下面 上面 里面 那里 那块 那个 那栋 路口 这边 那条 的墙 的路 的房 的屋 的灯 的厕所 \
        的公厕 那堵 后边 前边 外面 里头 隔壁 侧边 后侧
        """)
    /// A stem or name that goes on like this is a road, a river, a shop, an estate: not the village.
    static let continuations = WordSet(
        """
        路 街 大道 大街 河 江 溪 桥 港 湖 山 岭 水库 大桥 新村 新区 小区 花园 家园 公寓 广场 公园 市场 商场 超市 饭店 酒店 宾馆 公司 厂 \
        镇 乡 街道 县 市 区 高速 隧道 机场 火车站 中学 小学 医院 学院 大学
        """)
    /// The same after a full name: 高坪村路 is rare beside 高坪村路灯, so only what can be nothing else.
    static let continuationsOfFull = WordSet(
        "大道 大街 路的路灯 新村 新区 小区 花园 家园 公寓 镇银行 大桥上 路与 路和 路交叉口 站台 路号")
    /// A village of one character goes on like this, or it is a verb (下村走访) or a plan (新村建设).
    static let afterShortStem = WordSet(
        """
        这边 那边 那里 这里 村 支部 支书 书记 主任 村口 口 委会 的路 的桥 的灯 的水 的电 的公厕 的厕所 的垃圾 的自来水 的变压器 的低保 的干渠 一组 \
        二组 三组 四组 五组 六组 1组 2组 3组 4组 5组 6组 的小学 的村民 的村委 的房子 的老人 小学 卫生室 停水 停电 没水 没电 断水 断电
        """)
    /// What ends in one of these says in which unit the next name lies.
    static let unitEnds = WordSet("镇 乡 街道 县 镇的 乡的 街道的")
    /// What may end like a township and is none: 我们镇, 全镇.
    static let noUnit = WordSet(
        "们镇 本镇 全镇 同镇 该镇 个镇 各镇 邻镇 小镇 城镇 们乡 本乡 全乡 同乡 该乡 个乡 各乡 邻乡 老乡 下乡 家乡 回乡 故乡 进乡 城乡 返乡 小区 社区 山区 地区 城区 片区 库区 灾区 景区 园区 校区 新区 老区 我区 全区 本区 该区 辖区 各区 郊区 矿区 厂区 院区 开发区 城市 全市 我市 本市 该市 各市 超市 门市 夜市 菜市 集市 楼市 都市 们县 本县 全县 同县 该县 个县 各县 乡镇 镇乡 在县 到县 进县 去县 在镇 到镇 去镇 从镇 从县"
    )
    static let unknownUnit = WordSet("镇 乡 县 街道 区 市")
    /// Between a township and a village of it.
    static let unitJoint = WordSet("上 里 内 下 辖 的 下辖 属 所属")
    /// Who stands after 村 where an everyday verb before it may govern them.
    static let cadreAfter = WordSet("干部 委 两委 支")
    /// An everyday word and 村 go on like this where 村 belongs to what follows: 团结村民, 中心村建设.
    static let afterOrdinary = WordSet("民 集体 级 务 医 容 貌 规 建设 规划 布局 改造 试点 示范 创建")
    /// What is built or strived for is no village: 建设新农村.
    static let planBefore = WordSet("建设 创建 打造 推进 美丽 社会主义 规划 争创 评为 评选 搞 成为 建成 建")
    /// Everyday words that are verbs: 团结村干部 may be "unite with".
    static let verbsBefore = WordSet("团结 促进 振兴 发展 服务 建设 联合 帮扶 感谢 解放 改造 复兴")

    // MARK: What part a place plays

    /// Before a name: what follows is beside the matter or compared with it.
    static let besideBefore = WordSet(
        """
        隔壁 隔壁的 隔壁邻居 邻村 邻村的 邻近 邻近的 相邻 相邻的 旁边 旁边的 附近 附近的 对面 对面的 靠近 挨着 挨近 紧挨 紧挨着 毗邻 临近 接近 像 \
        好像 就像 比 比不上 比起 相比 不如 不像 人家 别人 别个 参照 参考 对照 按照 学学 学习 离 距 距离 除了 以为 类似
        """)
    /// The same with up to two characters between (隔壁那个X村).
    static let besideBeforeLoosely = WordSet("隔壁 邻村 旁边的 附近的 对面的 相邻的 人家")
    /// 跟X村一样, 和X村相比, 与X村交界.
    static let pairBefore = WordSet("跟 和 与 同 向 较 照 按")
    static let pairAfter = WordSet(
        "一样 一比 相比 比 不同 不一样 差不多 似的 那样 看齐 学习 的标准 标准 那边一样 那边比 的做法 比较")
    static let borderAfter = WordSet("交界 相邻 接壤 相连 挨着 毗邻 隔壁 旁边 附近 对面")
    /// Right after a name: X村那样, X村一样, X村隔壁 (another place).
    static let likenessAfter = WordSet("那样 一样 似的 那种")
    /// 连X村都有了.
    static let evenBefore = WordSet("连")
    static let evenAfter = WordSet("都 也")
    /// 不是我们X村.
    static let notBefore = WordSet("不是 并非 不在 不是我们 不是咱们 又不是 而不是")
    static let ownBefore = WordSet("我们 咱们 咱 俺们 俺 我 就我们 我们的")
    static let speakerBefore = WordSet(
        "我是 我们是 本人是 本人系 我家住 我家在 我家住在 我住在 家住 家住在 家在 我住 本人家住 本人 我来自 我老家是 我老家在")
    /// 嫁到X村; 从X村嫁过来.
    static let marriedBefore = WordSet("嫁到 嫁到了 嫁去 嫁在 嫁进 嫁给 嫁往 搬到 搬去 搬到了 迁到 迁去 分到 调到 娶的")
    static let marriedAfter = WordSet("嫁 嫁过来 嫁来 搬过来 搬来 迁过来 迁来 调来 调过来 娶")
    /// 在X村打工, 去X镇赶集.
    static let goingBefore = WordSet("在 到 去 往 上 回 来 赴 跑 带娃去 组织去")
    static let visitAfter = WordSet(
        """
        打工 上班 做工 干活 务工 上学 读书 念书 读初中 读小学 参观 考察 取经 学习 玩 游玩 旅游 旅行 走亲戚 串门 吃酒 喝酒 吃席 喝喜酒 赶集 赶场 赶圩 \
        做客 开会 培训 相亲 卖菜 买菜 看病 打针 住院 办事 当老师 教书 开店 做生意 当兵 当上门女婿
        """)
    /// 帮X村的亲戚反映: the matter is there.
    static let onBehalfBefore = WordSet("帮 替 代 帮忙 帮着 代替 受 给")
    /// The speaker's village without its name.
    static let ourVillage = WordSet("我们村 咱们村 咱村 俺们村 俺村 我村 本村 我们社区 咱们社区 本社区 我们组")
    /// The same, and 我们这.
    static let ours = WordSet("我们村 咱们村 咱村 俺们村 俺村 我村 本村 我们这 咱们这 我们这边 我们组 我们社区 咱们社区 本社区 我们队 咱这")
    /// Words for the speaker's side in a comparison.
    static let we = WordSet("我们 咱们 俺们 咱村 俺村 我村 本村 咱这")
    /// A reproach right behind 我们 that compares whatever was said before.
    static let reproach = WordSet("凭什么 凭啥 为什么 为啥 怎么没 怎么就 却 只有 只赔 只发 只给 只补 一分 一条 一次 一趟 就没 哪有 才 倒好")
    /// X村比我们村亮; X村和我们村一样.
    static let comparedToUs = WordSet("比 不如 不像 超过 好过 强过 多过 比起")
    /// X村，人家的路多宽.
    static let others = WordSet("人家 别人")
    /// Between a township and its village.
    static let unitLinks = WordSet("的 那个 这个 下面的 下辖的 下属的 里的 上的 所属 所辖 辖区 辖区内")
    /// What one says of one's own side in a comparison.
    static let lacking = WordSet(
        """
        没 什么时候 几时 啥时候 何时 怎么没 怎么不 怎么就 为什么 为啥 凭什么 凭啥 为何 还是 还在 还没 却 只有 只赔 只发 只给 只能 一分 一条 一次 一个 一趟 \
        一盏 一直 黑着 差 哪有 还要 就没 就不 少了
        """)
    /// What one says of the other side in a comparison.
    static let having = WordSet(
        """
        修好 修了 修通 装了 装上 装好 通了 发了 发的 亮了 换了 建了 建好 赔 补了 补的 每户 每人 一年 天天 按时 公示了 公开了 解决了 弄好 搞好 办好 涨了 \
        早修 早装 早通 早发 早解决 早有
        """)
    static let hasAny = WordSet("有")
    static let hasNot = WordSet("有人 有个 有一 有几 有些 有大 有坑 有很多 有好多 有没有 有时")
    static let already = WordSet("都 也 也都 早都 早就 早 已经 已 全都 就")
    /// Bad things: "X村都停水三天了，我们…" compares nothing.
    static let trouble = WordSet("停 没 坏 塌 断 堵 漏 烂 淹 臭 裂 冲 乱 偷 垮 倒 脏 不 挖")
    /// The other place stands first: A村都修好了，为何B村不修.
    static let whyNot = WordSet("为何 为什么 凭什么 凭啥 为啥 唯独 偏偏 怎么")
    /// What comes to, falls on, is taken from our village: the doer's village is not the place.
    static let ontoOurs = WordSet("来 到 进 流到 流进 倒在 倒到 排到 堆到 承包 承包了 影响 影响了 不来 霸占 霸占了 占 占了 占用了 挖了 砍了 欠 欠了")
    static let ontoUs = WordSet("流到 流进 吵得 熏得 排到 影响 影响了 倒到 飘到 吹到 害得")
    static let enumeration = WordSet("和 与 跟 及 、 以及 还有 到 至 -")
    /// A、B两村; A和B两个村.
    static let bothVillages = WordSet(
        "两村 两个村 二村 三村 三个村 四村 四个村 五村 五个村 几个村 各村 等村 等几个村 等三个村 等四个村 两个行政村 两个自然村 两个社区 两社区 三个社区 这两个村 这几个村")

    // MARK: Townships

    static let offices = WordSet(
        """
        政府 人民政府 党委 纪委 纪检 监委 领导 干部 书记 镇长 乡长 主任 派出所 司法 民政 财政 国土 自然资源 城建 供电 水务 水利 人大 武装部 信访 农业 执法 \
        综治 办事处 办 里派 里不管 里说 里答应 里的领导 里领导 里干部 里的干部 上的领导 的领导 的干部 的人 的工作人员 来人 派人 说 答应 不管 那边说 相关部门 有关部门 各部门
        """)
    static let towardsBefore = WordSet("到 去 往 上 回 通往 开往 至 赴 离 距 距离 找 问 给 是 属于 同样是 同是 归 进 跑 跑到 打电话给")
    /// The built-up seat of the township, said as a place.
    static let seat = WordSet("镇区 集镇 圩镇 乡集镇 场镇 镇上的 镇里的")
    /// 镇上的公厕 is the seat, 镇里的科室 an office.
    static let seatWithFacility = WordSet("镇上的 镇里的")
    static let facility = WordSet("公厕 厕所 路灯 广场 街 红绿灯 垃圾 下水道 菜市场 农贸市场 公园 停车 排水 绿化带 人行道")
    /// 306路公交车 runs through several villages.
    static let above = WordSet("路公交 路班车 路车 号公交")
    /// Words that begin what somebody passed on.
    static let passedOn = WordSet("@所有人 转发 转: 转自 转载 [转 【转 链接:")
    static let seatTowards = WordSet("到 去 往 上 从 离 回 在 跑 赶 找 问")

    // MARK: Villages that no list knows

    /// Characters that villages' stems end in, and verbs don't.
    static let stemEnds = Set(
        "桥园湾坪塘岭坡沟冲坝山河庄屯寨店铺堡营家岗洼峪沱垭坳井泉林坑墩埠洲滩圩浦港溪源关城楼垸畈窑庙寺台堂场峰洞岩石崖坎圳背厝田湖海江池潭渡岔嘴咀垅垄垌塬塔亭桐柳槐杨木竹集甸旺垇塝族".utf16)
    /// What ends like a stem and is none.
    static let noStem = WordSet(
        """
        大家 人家 国家 回家 全家 我家 自家 公家 一家 各家 每家 几家 两家 那家 这家 哪家 农家 老家 住家 本家 娘家 婆家 搬家 专家 当家 厂家 商家 \
        店家 东家 离家 到家 起家 持家 上山 下山 进山 出山 荒山 靠山 封山 开山 江山 下田 种田 农田 水田 良田 责任田 上场 现场 市场 广场 农场 林场 \
        操场 立场 当场 过场 出场 山林 造林 园林 进城 县城 省城 全城 上台 后台 出台 平台 电台 舞台 食堂 课堂 下河 过河 治河 树木 积木 赶集 召集 \
        收集 募集 征集 聚集 下海 上海 机关 有关 相关 无关 公关 海关 把关 资源 水源 来源 能源 货源 财源 房源 校园 家园 公园 果园 幼儿园 花园 \
        下坡 上坡 爬坡 扶贫 违背 后背 开店 网店 商店 饭店 酒店 住店 大堂 门店 药店 电池 水池 煤矿 化石 采石 大楼 教学楼 办公楼 上楼 下楼 \
        开关 过关 出关 挖塘 鱼塘 清塘 修桥 造桥 过桥 大桥 修坝 大坝 打井 水井 挖井 窨井 枯井 挖沟 水沟 清沟 填坑 挖坑 土坑 填湖 采木 伐木 伐竹
        """)
    /// Characters that are in no stem.
    static let noStemCharacters = Set("我你他她它咱俺这那哪其本全整各每别某个们的些了着过没不很就都也还又才啥谁怎吗呢吧啊哦嗯两几".utf16)
    /// Two-character words before 村 that are no names: what one does to a village, and what kind of village one means.
    static let noStemWords = WordSet(
        """
        反映 举报 投诉 要求 希望 建议 请求 请问 感谢 支持 监督 督促 联系 通知 麻烦 看看 查查 管管 问问 说说 帮忙 关于 听说 其他 别的 所有 全体 整个 一个 \
        这个 那个 每个 哪个 几个 各个 几个 多个 美丽 文明 贫困 脱贫 示范 模范 先进 后进 空心 行政 自然 中心 移民 城中 城边 城郊 镇上 乡镇 农村 乡村 山村 \
        新农 新型 传统 古老 特色 旅游 帮扶 大山 深山 偏远 边远 山区 驻点 包保 挂点 定点 试点 重点 度假 画家 艺术 影视 生态 民俗 民宿 网红 长寿 亿元 问题 整治 治理 建设 发展 振兴 服务 管理 负责 领导 组织 带领 代表 选举 担任 当选 进入 \
        离开 回到 来到 走进 走出 路过 经过 通过 附近 周边 周围 隔壁 旁边 对面 邻近 相邻 靠近 外面 里面 外地 本地 当地 属于 关系 没有 只有 还有 就是 \
        不是 可是 但是 因为 所以 如果 现在 以前 以后 今年 去年 明年 昨天 今天 明天 早上 晚上 中午 下午 老人 群众 村民 干部 大队 小组 平时 年底 月底
        """)
    static let placeAfter = WordSet("的 村 那边 那里 那头 那段 口 头 桥 路 有人 有个 后山 支书 水库 小学 砖厂 学校")
    static let locative = WordSet(
        "上个月 这个月 昨天 今天 前天 今年 去年 前年 今早 昨晚 最近 现在 目前 上次 上周 这次 在 到 去 从 往 住 路过 经过 住在 家住 位于 反映 举报 投诉 关于 听说 隔壁 旁边 附近 像 比 跟 和 与 不如 靠近 离 距 距离 人家 看看 对面 邻村 说 看 是 帮 替 代 让 请问 连 不像 参照 给 问"
    )
}
