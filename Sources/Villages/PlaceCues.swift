/// Words around a name that say where it begins and ends and what it is; `PlaceCues+Roles` has what part it plays.
enum PlaceCues {
    /// Characters that make another name of what follows, unless they end a word of their own (路上, 以后).
    static let modifiers = Set("上下东西南北前后大小老新旧中".utf16)
    /// What names of counties, cities and provinces end in.
    static let regionEnds = Set("县市区省旗".utf16)
    /// Words after which a name begins.
    static let openers = WordSet(
        """
        咋 为何 凭啥 那个 这个 原来 原来的 原 上次 这次 我们 咱们 俺们 你们 他们 我 咱 俺 在 到 住 从 去 回 来 往 是 叫 向 对 由 让 把 被 给 请 问 听 帮 替 代 和 与 及 跟 同 比 像 离 距 为 \
        为什么 凭什么 为啥 怎么 昨天 今天 前天 今年 去年 今早 昨晚 最近 现在 目前 上个月 上周 反映 反映一下 问一下 说一下 举报 投诉 请问 关于 听说 看看 隔壁 旁边 附近 对面 靠近 路过 经过 认识 邻村 人家 住在 家住 位于 位於 以及 还有 就是 只有 \
        问下 说下 看下 查下 讲下 反映下 打听下 路上 山上 街上 山下 坡上 坡下 唯独 希望 要求 建议 麻烦 求 查查 管管 连 的 说
        """)
    /// What makes a sentence about a place of a stem: 柳垭那边, 柳垭的路.
    static let afterStem = WordSet(
        """
        这边 那边 那里 这里 那头 这头 那儿 这儿 那块 那片 那几户 这几户 村口 村里 村头 村尾 村委 村民 村部 片区 小组 支部 党支部 村支部 副书记 副主任 老支书 原支书 原书记 组 一组 二组 三组 四组 五组 \
        六组 支书 书记 村支书 村书记 村主任 村长 会计 文书 村医 七组 八组 九组 十组 一社 二社 三社 四社 五社 六社 七社 八社 1社 2社 3社 4社 5社 1组 2组 3组 4组 5组 6组 7组 8组 9组 一队 二队 三队 四队 的路 的桥 的灯 的水管 的水井 的水塔 的水渠 的自来水 \
        的电 的人 的村民 的村干部 的支书 的书记 的干部 的会计 的主任 的小学 小学 幼儿园 卫生室 卫生所 教学点 村小 祠堂 的祠堂 的学校 的垃圾 的路灯 的广场 的低保 的厕所 的公厕 的变压器 的河道 的水库 的卫生室 的井 \
        的房子 的老人 的群众 的泵房 的山 的塘 的大坝 的排水沟 的水沟 的下水道 的养鸡场 的养猪场 的养殖场 的砖厂 的石材厂 的采石场 的砂场 的加工厂 的水泥厂 的鱼塘 自然村 行政村 古村 古村落 大队 居委会 社区
        """)
    /// 杨集和唐庙共用一个提灌站.
    static let sharedAfter = WordSet("共用 合用 共有 争 抢水 打架")
    /// 中街老人会, 三联自来水: what a village has, right behind its stem; believed in home's township only.
    static let facilityAfterStem = WordSet(
        """
        自来水 变压器 路灯 老人会 老人协会 老年活动 宗祠 村道 机耕路 机耕道 灌溉渠 水渠 水塔 公厕 垃圾池 垃圾点 菜市场 农田 农网 低保 宅基地
        """)
    /// A stem that goes on like this is a village for sure.
    static let bodyAfterStem = WordSet("行政村 自然村 古村 古村落 大队 居委会 村委 村委会 社区")
    /// What follows a stem that its township stands before.
    static let afterPlace = WordSet("片的 附近 一带 境内 地界 段 路段 辖区 等地 范围")
    /// What follows a stem that is no everyday word.
    static let afterRareStem = WordSet(
        "口 书记 主任 山脚 河边 大坑 坑里 沟里 塘里 码头 水闸 后山 路口 桥上 堤上 的 那段 那点 那块 那条 那个 那家 那座 那口 那一 那些 那帮 那伙 那群 那户 那几 街上 集上 圩上 墟上 种的 养的 有家 有户 人 村 大队 屯 寨 水库边 桥头 路段 口子 有人 有个 又 昨 今 段 一带 境内 地界 附近"
    )
    /// 路过东施，: what one comes by is a place, whether or not its name is a word too.
    static let comingBy = WordSet("路过 经过 住在 家住 位于 来自 回到 走到 到了")
    static let whileDoing = WordSet("的时候 的时间 的过程")
    /// When something was, before the stem of where it was.
    static let dayBefore = WordSet("昨天 今天 前天 昨晚 今早 今晚 昨夜 前晚 上周 上个月 最近 这几天 前几天")
    /// 路过东施看到….
    static let afterComingBy = WordSet("看到 看见 瞧见 见到 发现 的时候 时 那 村")
    /// 水口那一段, 东山那边: what makes a place of a word that may be a thing.
    static let afterWord = WordSet(
        "那边 那头 那儿 那里 那块 那片 那段 那一段 那一片 那点 村口 村部 支书 书记 主任 会计 小学 自来水 变压器 路灯 老人会 的地 的田 的坟 的山林 有一户 有户 有一家 街上 街里 集上 圩上")
    static let beforeRareStem = WordSet("在 路过 经过 到了 刚到 看到 住在 住 回到 来自 位于 反映 举报 投诉 主要是")
    /// What a township has: 柏木卫生院, 镇卫生院.
    static let townFacility = WordSet(
        """
        卫生院 中心卫生院 社区卫生服务中心 卫生服务中心 医院 派出所 中心小学 中心校 中心学校 中学 初中 初级中学 敬老院 养老院 福利院 农贸市场 信用社 邮局 邮政所 农机站 农技站 兽医站 水厂 自来水厂 \
        营业厅 农商行 快递站 步行街 屠宰场 污水处理厂 污水厂 垃圾填埋场 填埋场 菜市场 政府食堂 政府门前 政府门口 政府招 政府大院 政府大楼 粮站 公交司机 环线公交 那个便民大厅 汽车站 客运站 公交站 的农村客运 农村客运 集市 大集 圩场 圩日 火车站 高铁站 法庭 税务所 文化站 便民服务中心 便民中心 便民大厅 办事大厅 服务大厅 中心幼儿园 老街 街上 集镇 集镇上
        """)
    /// Words for the village's own people in what the township or county has: 县医院的单子村里不盖章.
    static let villageSelf = WordSet("村里 村委 村干部 村支书 村书记 村主任 村部 村医 村卫生室 我家 我们家 家门口")
    static let villagesPeople = WordSet("村里 村委 村干部 村支书 村书记 村主任 村部")
    /// Beside a facility: 镇派出所旁边的路灯.
    static let besideFacility = WordSet("旁 后侧 后面 对面 附近 边上 背后 隔壁 前面")
    /// What a county has.
    static let countyFacility = WordSet("城公交车 城公交 城出租车 城客运站 大病救助 医院 人民医院 中医院 妇幼保健院 一中 二中 高中 职高 汽车站 客运站")
    /// Where an office is spoken of that deals with something, and not complained of.
    static let dealing = WordSet(
        """
        说 答应 来 派 让 叫 要求 没下文 没动静 没消息 回复 答复 推 处理 不管 管 查 拨 批 修 通知 解决 转 给 接 打 问 发 开会 检查 调研 承诺 表示 不理 不给 没人管 组织 \
        罚 拆 请 找 帮 催 教 送 报 定 下来 派来 已 会 要
        """)
    /// 灯光这段: the part of a road that is home's.
    static let homesStretch = WordSet("这段 这一段 这半截 这截 这头 段")
    /// What follows a stem of two characters where it is a place, and no person's name or shop.
    static let matterAfterStem = WordSet(
        "有段 有几 有片 有条 有户 有人 有家 养猪 养鸭 养鸡 养牛 养羊 养鱼 修 挖 占 死 偷 抽 浇 旱 水泵 水井 水库 有人 没 停水 停电 塌 漏 把 征 拆 烧 垃圾 大桥 村路 低保 支部 干部 砂场 砖厂 煤矿 鱼塘 到处 天天 好几 两个 三个 几个 全是"
    )
    /// What may follow a stem or landmark that stands alone.
    static let stemFollowers = afterStem.beginnings.union(facilityAfterStem.beginnings).union(afterWord.beginnings)
        .union(afterPlace.beginnings).union(
            afterLandmark.beginnings
        ).union(
            bodyAfterStem.beginnings
        ).union(afterComingBy.beginnings).union(
            sharedAfter.beginnings
        ).union(borderAfter.beginnings).union(
            enumeration.beginnings
        ).union(bothVillages.beginnings).union(
            bothAfter.beginnings)
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
        镇 乡 街道 县 市 区 高速 隧道 机场 火车站 中学 医院 学院 大学
        """)
    /// 南庄煤矿, 猪山上: a firm, or a hill.
    static let afterLooseStem = WordSet(
        "煤矿 铁矿 矿业 电厂 水厂 砖厂 茶厂 酒厂 加工厂 建材 物业 商店 小吃 上 下 里 边")
    /// The commonest surnames: 林厝生 is a person, though a village is called 林厝.
    static let surnames = Set(
        "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾夏邱方侯邹熊孟秦白江薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武莫孔向汤".utf16)
    /// 青瓦群里: the chat, not the place.
    static let groupItself = WordSet("群里 这个群 群主 本群 群能 群可以")
    /// The same after a full name: 高坪村路 is rare beside 高坪村路灯, so only what can be nothing else.
    static let continuationsOfFull = WordSet(
        "大道 大街 路的路灯 新村 新区 小区 花园 家园 公寓 镇银行 大桥上 路与 路和 路交叉口 站台 路号")
    /// A village of one character goes on like this, or it is a verb (下村走访) or a plan (新村建设).
    static let afterShortStem = WordSet(
        """
        这边 那边 那里 这里 村 支部 支书 书记 主任 村口 口 委会 的路 的桥 的灯 的水 的电 的公厕 的厕所 的垃圾 的自来水 的变压器 的低保 的干渠 一组 \
        二组 三组 四组 五组 六组 1组 2组 3组 4组 5组 6组 那座 那条 那段 那家 那口 那片 那个 这座 这条 这段 的小学 的村民 的村委 的房子 的老人 小学 卫生室 停水 停电 没水 没电 断水 断电
        """)
    /// 西村戏台子: what a village of one character has, believed in home's township only.
    static let facilityAfterShortStem = WordSet(
        "戏台 祠堂 宗祠 水塔 机井 大井 变压器 路灯 公厕 厕所 水渠 老人会 老人协会 村道 幼儿园 卫生所 村委会 党支部")
    /// 第三、四村民小组: what stands behind 村 there.
    static let groupsOfPeople = WordSet("民小组 民组")
    static let numerals = Set("二三四五六七八九十".utf16)
    /// What the digits of a count stand for.
    static let counts: [UInt16: Int] = [
        0x4E24: 2, 0x4E8C: 2, 0x4E09: 3, 0x56DB: 4, 0x4E94: 5, 0x516D: 6, 0x4E03: 7, 0x516B: 8, 0x4E5D: 9,
    ]
    /// 三村都没水, 一村一品: villages that are counted.
    static let countedAfter = WordSet("一 都 共 合 联 交 各 之间 同 民小组 组 村民小组")
    /// 一村人没水喝, 一村之长.
    static let afterWholeVillage = WordSet("人 老 之 几 上下 大小 男女 百 千 全 的人 的老")
    /// What ends in one of these says in which unit the next name lies.
    static let unitEnds = WordSet("苏木 镇 乡 街道 办事处 街道办 县 镇的 乡的 街道的")
    /// 进村入户、下村走访: what is done in villages.
    static let afterGoingDown = WordSet("走访 调研 入户 检查 指导 宣传 蹲点 慰问 督查 督导 办公 工作 服务 帮扶 核查 巡查 演出 放映 采访 收购 收费")
    /// What ends in a character that is a direction too: 以后新村干部.
    static let afterwards = WordSet("以后 之后 然后 今后 最后 往后 届后 会后 年后 节后 事后 以前 之前 目前")
    /// What may end like a township and is none: 我们镇, 全镇.
    static let noUnit = WordSet(
        "侨乡 水乡 茶乡 山乡 花乡 果乡 渔乡 竹乡 异乡 他乡 之乡 重镇 名镇 强镇 投资区 开发区 产业区 园区 示范区 保税区 度假区 管理区 经济区 试验区 合作区 工业区 们镇 本镇 全镇 同镇 该镇 个镇 各镇 邻镇 小镇 城镇 们乡 本乡 全乡 同乡 该乡 个乡 各乡 邻乡 老乡 下乡 家乡 回乡 故乡 进乡 城乡 返乡 小区 社区 山区 地区 城区 片区 库区 灾区 景区 园区 校区 新区 老区 我区 全区 本区 该区 辖区 各区 郊区 矿区 厂区 院区 开发区 城市 全市 我市 本市 该市 各市 超市 门市 夜市 菜市 集市 楼市 都市 们县 本县 全县 同县 该县 个县 各县 乡镇 镇乡 在县 到县 进县 去县 在镇 到镇 去镇 从镇 从县"
    )
    /// The short names of the provinces.
    static let provinces = WordSet(
        """
        北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
        """)
    /// The provinces by the first two digits of the codes below them (GB/T 2260).
    static let provincesByCode = [
        "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江", "31": "上海",
        "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南", "42": "湖北", "43": "湖南",
        "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州", "53": "云南", "54": "西藏", "61": "陕西",
        "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆", "71": "台湾", "81": "香港", "82": "澳门",
    ]
    /// How news sounds.
    static let news = WordSet(
        "记者 报讯 日讯 日电 据报道 据悉 获悉 日报 晚报 新闻 网友 通报 典型案例 近日 监委消息 中纪委 央视 新华社 【 警示 以案 被双开 被判 获刑 热搜 看到报道")
    static let unknownUnit = WordSet("镇 乡 县 街道 区 市")
    /// Between a township and a village of it.
    static let unitJoint = WordSet("上 里 内 下 辖 的 下辖 属 所属")
    /// Who stands after 村 where an everyday verb before it may govern them.
    static let cadreAfter = WordSet("干部 委 两委 支")
    /// An everyday word and 村 go on like this where 村 belongs to what follows: 团结村民, 中心村建设.
    static let afterOrdinary = WordSet("民 集体 级 务 医 容 貌 规 建设 规划 布局 改造 试点 示范 创建")
    /// What is built or strived for is no village: 建设新农村.
    static let planBefore = WordSet("建设 创建 打造 推进 美丽 社会主义 规划 争创 评为 评选 搞 成为 建成 建")
    static let kindBefore = WordSet("一个 一座")
    /// 希望村里公开: a wish, though a village is called 希望.
    static let wishes = WordSet("希望 理想")
    static let afterWish = WordSet("里 委 干部 民 支 书记 主任 两委 组 能 集体")
    /// 感恩书记: what one feels, though a village is called so.
    static let thankful = WordSet("感恩 感谢")
    /// Everyday words that are verbs: 团结村干部 may be "unite with".
    static let verbsBefore = WordSet("感恩 团结 促进 振兴 发展 服务 建设 联合 帮扶 感谢 解放 改造 复兴")
}
