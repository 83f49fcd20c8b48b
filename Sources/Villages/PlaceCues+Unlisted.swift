internal import Messages

/// What a village that no list knows may be called, and what stands before 村 and is no name.
extension PlaceCues {
    /// Characters that villages' stems end in, and verbs don't.
    static let stemEnds = Set(
        "桥园湾坪塘岭坡沟冲坝山河庄屯寨店铺堡营家岗洼峪沱垭坳井泉林坑墩埠洲滩圩浦港溪源关城楼垸畈窑庙寺台堂场峰洞岩石崖坎圳背厝田湖海江池潭渡岔嘴咀垅垄垌塬塔亭桐柳槐杨木竹集甸旺垇塝族".utf16)
    /// What ends like a stem and is none.
    static let noStem = WordSet(
        """
        修进 开进 走进 拉进 通进 跑进 住进 搬进 送进 流进 冲进 倒进 驶进 大家 人家 国家 水进 来进 能进 人进 回家 全家 我家 自家 公家 一家 各家 每家 几家 两家 那家 这家 哪家 农家 老家 住家 本家 娘家 婆家 搬家 专家 当家 厂家 商家 \
        店家 东家 离家 到家 起家 持家 上山 下山 进山 出山 荒山 靠山 封山 开山 江山 下田 种田 农田 水田 良田 责任田 上场 现场 市场 广场 农场 林场 \
        操场 立场 当场 过场 出场 山林 造林 园林 进城 县城 省城 全城 上台 后台 出台 平台 电台 舞台 食堂 课堂 下河 过河 治河 树木 积木 赶集 召集 \
        收集 募集 征集 聚集 下海 上海 机关 有关 相关 无关 公关 海关 把关 资源 水源 来源 能源 货源 财源 房源 校园 家园 公园 果园 幼儿园 花园 \
        下坡 上坡 爬坡 扶贫 违背 后背 开店 网店 商店 饭店 酒店 住店 大堂 门店 药店 电池 水池 煤矿 化石 采石 大楼 教学楼 办公楼 上楼 下楼 \
        开关 过关 出关 挖塘 鱼塘 清塘 修桥 造桥 过桥 大桥 修坝 大坝 打井 水井 挖井 窨井 枯井 挖沟 水沟 清沟 填坑 挖坑 土坑 填湖 采木 伐木 伐竹
        """)
    /// Characters that are in no stem.
    static let noStemCharacters = Set("该此我你他她它咱俺这那哪其本全整各每别某个们的些了着过没不很就都也还又才啥谁怎吗呢吧啊哦嗯两几".utf16)
    /// 孩子回村: what one does with a village, and no name's end.
    static let noStemEnds = Set("回返驻离组队在到从去出把被让给是往停".utf16)
    /// Two-character words before 村 that are no names: what one does to a village, and what kind of village one means.
    static let noStemWords = WordSet(
        """
        可进 政府 反映 举报 投诉 要求 希望 建议 请求 请问 感谢 支持 监督 督促 自己 三条 两条 几条 联系 通知 麻烦 看看 查查 管管 问问 说说 帮忙 关于 听说 其他 别的 所有 全体 整个 一个 \
        人家 自家 大家 全家 这个 那个 每个 哪个 几个 各个 几个 多个 美丽 文明 贫困 脱贫 示范 模范 先进 后进 空心 行政 自然 中心 移民 城中 城边 城郊 畲族 回族 满族 苗族 瑶族 壮族 侗族 彝族 土家族 少数民族 镇上 乡镇 农村 乡村 山村 \
        新农 新型 传统 古老 特色 旅游 帮扶 大山 深山 偏远 边远 山区 驻点 包保 挂点 定点 试点 重点 度假 画家 艺术 影视 生态 民俗 民宿 网红 长寿 亿元 问题 整治 治理 建设 发展 振兴 服务 管理 负责 领导 组织 带领 代表 选举 担任 当选 进入 \
        离开 回到 来到 走进 走出 路过 经过 通过 附近 周边 周围 隔壁 旁边 对面 邻近 相邻 靠近 外面 里面 外地 本地 当地 属于 关系 没有 只有 还有 就是 \
        不是 可是 但是 因为 所以 如果 上周 下周 本周 这周 由原 任原 时任 上月 本月 每周 每月 周末 白天 夜里 半夜 现在 以前 以后 今年 去年 明年 昨天 今天 明天 早上 晚上 中午 上午 下午 傍晚 凌晨 半夜 明早 今晚 明晚 老人 群众 村民 干部 大队 小组 平时 年底 月底
        """)
    /// Villages' names that are words for any village: they are names near home and behind the township alone.
    static let noNames = WordSet("城中村 城郊村 城边村 贵村 敝村")
    /// 原望江镇: a township that is no more.
    static let formerTown = WordSet("原 原来 原先 以前 从前 过去 老")
    /// What is any village's: 村口, 村支书.
    static let partsOfVillage = WordSet("村口 村头 村小学 村支书 村水库 村学校 村后山")
    static let placeAfter = WordSet("的 村 那边 那里 那头 那段 口 头 桥 路 有人 有个 后山 支书 水库 小学 砖厂 学校")
    static let locative = WordSet(
        "上个月 这个月 昨天 今天 前天 今年 去年 前年 今早 昨晚 最近 现在 目前 上次 上周 这次 在 到 去 从 往 住 路过 经过 住在 家住 位于 反映 举报 投诉 关于 听说 隔壁 旁边 附近 像 比 跟 和 与 不如 靠近 离 距 距离 人家 看看 对面 邻村 说 看 是 帮 替 代 让 请问 连 不像 参照 给 问"
    )
}
