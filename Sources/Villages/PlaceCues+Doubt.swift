/// Words that make it doubtful, or plain, that a named village is what a text is about.
extension PlaceCues {
    /// How people talk of what is no matter for anybody's desk.
    static let talk = WordSet(
        """
        谢谢 感谢 多谢 人好 随叫随到 热心 手艺好 技术好 态度好 服务好 口碑好 恭喜 祝贺 祝 一起 有空 欢迎 今晚 明晚 明天 后天 下周 周末 放电影 有电影 电影 演出 唱戏 大戏 喜酒 办酒 结婚 出嫁 满月 生日 好吃 好喝 好玩 \
        新鲜 私聊 电话多少 谁有 谁认识 有认识 组队 钓鱼 打球 比赛 跳舞 羡慕 佩服 点赞 捎 带我 带点 表哥 表弟 表姐 表妹 舅舅 姑姑 姨妈 二婶 大婶 老乡 乡亲 吃着不错 真香 真甜 赶集 \
        聚会 开席 喝茶 吃饭 打牌的 三缺一 招工 招人 
        """)
    /// What a river, road or hill is called by behind the stem of a village.
    static let features = Set("河江溪湖渠沟街桥山岭峰".utf16)
    /// That something is the matter: one of these stands in nearly every complaint, mostly several.
    static let matter = WordSet(
        """
        没 不 坏 塌 断 停 漏 堵 烂 淹 臭 裂 冲 乱 偷 垮 倒 脏 挖 占 欠 扣 拖 骗 贪 吞 骂 打人 被打 砍 烧 排 污 黑 毒 死 伤 危 险 违 冒 虚 私 侵 挪 霸 瘫 满 溢 浑 黄 锈 掉 缺 少 差 慢 贵 吵 噪 扰 呛 熏 漂 \
        堆 扔 丢 抽 拆 征 荒 废 闲 空 歪 斜 松 破 碎 灭 瞎 抢 逼 罚 摊 捞 圈 填 推 铲 毁 盗 赌 炸 采 超 绕 为什么 为啥 凭啥 凭什么 怎么 咋 公示 公开 查 问题 反映 举报 投诉 求 建议 能否 能不能 管管 补 赔 难 仍 \
        白 假 坑 尘 灰 味 虫 蝇 鼠 旱 涝 火 烟 截 瞒 拦 锁 关 垫 撕 干涸 粪 爆 泔 养狗 咬 流 被 一半 蛀 翘 摔 翻 撞 压 喷 泡 过期 垂 拉票 养鸭 养猪 洗砂 洗沙 掺 涨 收费 乱收 只有 只剩 只开 太
        """)
    /// 金星村民主评议: what begins like 村民 behind a name.
    static let notVillagers = WordSet("民主 民政 民宿 民房 民办 民兵 民俗")
    /// What has a word of them in it, and is none.
    static let noMatter = WordSet("不错 不贵 不少 不愧 没事 没问题 少不了 不用谢 不客气")
    /// Where the speaker is, at the head of a clause.
    static let hereAgain = WordSet("这边 我这 我们这 咱这 俺这 这里就 这儿就")
    /// Before where one goes to.
    static let goalBefore = WordSet("去 到 往 回 前往 跑去 赶到 送到 拉到 运到 送去 拉去 运去 搬去")
    /// Behind a name that one came to, and that is the place all the same.
    static let atGoal = WordSet("那 的 路段 之间 方向 看 办 村口 村部 这段 这条")
    static let seenAtGoal = WordSet("看到 看见 发现 瞧见 见到 见 亲眼 听说 反映 举报 投诉 闻到 听到 碰到 撞见 一进村 进村 踩到 掉进 摔")
    /// 高坪村的表哥, 高坪村的二婶: kin and friends, who may only be dealt with.
    static let acquaintances = WordSet(
        """
        表哥 表弟 表姐 表妹 表叔 表舅 堂哥 堂弟 堂姐 堂妹 大哥 大姐 二哥 二姐 姐夫 妹夫 姐姐 妹妹 哥哥 弟弟 大伯 伯伯 叔叔 大叔 二叔 三叔 婶婶 大婶 二婶 三婶 婶子 姑姑 姑妈 姑父 姨妈 姨夫 姨 舅舅 舅妈 大舅 小舅 \
        外公 外婆 丈人 丈母娘 岳父 岳母 亲家 亲家母 媳妇 女婿 侄子 外甥 亲戚们 亲戚 朋友们 朋友 同学 老乡 兄弟 战友 同事 熟人
        """)
    /// What they do to or for the speaker.
    static let friendlyToMe = WordSet(
        """
        喊我 叫我 帮我 请我 约我 送我 借我 问我 找我 教我 给我 陪我 带我 喊俺 叫俺 帮俺 请俺 送俺 借俺 问俺 找俺 给俺 喊咱 叫咱 帮咱 请咱 问咱 来我家 来俺家 来咱家 来我们家 到我家 帮忙修好 过生日 结婚 办酒 摆酒 满月
        """)
    /// 高坪村的乡亲，今晚…: who is spoken to.
    static let addressed = WordSet("的乡亲 的乡亲们 的父老 的父老乡亲 的朋友们 的朋友 的老乡们 的街坊 的家长们 的各位")
    /// 谁有高坪村会计的电话: what is asked for.
    static let asking = WordSet("谁有 哪个有 哪位有")
    static let asked = WordSet("电话 号码 微信 联系方式 名片")
    /// What a craftsman from elsewhere made here.
    static let made = WordSet("装的 修的 焊的 砌的 刷的 安的")
    /// The village's own side at the head of a clause.
    static let ownVillageAgain = WordSet("村里 村委 村干部 村部")
    /// What is asked of ours a few characters behind its name.
    static let lackingLater = WordSet("怎么没 为什么没 为啥没 咋没 什么时候 啥时候 几时 凭什么没 凭啥没")
    /// 张湾组: a group of home that is called like a village elsewhere.
    static let groupEnds = WordSet("组 小组 村民组 村民小组")
    /// 镇垃圾中转站后侧: beside what the township runs is where the speaker lives.
    static let besideWorks = WordSet("站后侧 站后面 站旁边 站附近 站隔壁 站边上 场后侧 场后面 场旁边 场附近 场隔壁 场边上 厂后侧 厂后面 厂旁边 厂附近 厂隔壁 厂边上")
    /// 龙寨水库: what is named after the village that it mostly lies in.
    static let worksOfVillage = WordSet("水库 水电站")
    /// 葛店的混凝土车把路压坏了.
    static let vehicles = WordSet("水泥车 混凝土车 渣土车 货车 大车 拖拉机 挖机 挖掘机 铲车 三轮 摩托 卡车 沙车 罐车 收割机 班车 校车 快递车")
    static let vehiclesDo = WordSet("把路 把桥 把我 把村 把人 压坏 压烂 压断 撞 堵在 堵着 撒一 撒得")
    /// 高坪砖厂, 联盟工地: firms and works, left open where something is the matter with them.
    static let worksNamedAfter = WordSet(
        """
        砖厂 砖窑 煤矿 石料厂 采石场 石材厂 砂场 沙场 砂石厂 水泥厂 搅拌站 养殖场 养猪场 猪场 养鸡场 鸡场 茶厂 酒厂 加工厂 服装厂 鞋厂 纸厂 化工厂 米粉厂 电厂 水厂 变电所 变电站 污水处理站 污水处理厂 垃圾场 \
        填埋场 中转站 工地 工业区 工业园 矿山 电站 合作社 果园 林场 超市 诊所 药店 牌坊 站 公交站 车站 收费站 隧道口 渡口 码头 桥头 大坝 坝上 水闸 泵站 抽水站 祖坟 坟地 公墓 老人饭堂 饭堂 食堂 老年食堂
        """)
    /// 桃园党支部: what only villages have.
    static let bodiesOfVillage = WordSet(
        """
        党支部 支部书记 村支书 支书 两委 村委 村部 村主任 村书记 村会计 老支书 妇女主任 五保户 低保户 选举 换届 选村长 选书记 选支书 \
        的支书 的书记 的会计 的村长 的村主任 的村支书 的村委 的两委 的选举 的换届 的低保户 的低保名单 的五保户 那个支书 那个书记 那个会计 那个村长
        """)
    /// Where one brought something, or came to.
    static let broughtTo = WordSet("在 去 到 去过 没去过 安置到 换到 装到 修到 通到 送货到 送到 拉到 开车到 骑车到 走到 开到 运到 跑到 赶到 路过 经过 途经")
    /// What ends villages' names and hardly a person's.
    static let endsOfPlacesOnly = Set("陂墘坂埔坑垵垭垸畈寨坳岙棚圩垅垄塬峪洼埠屿垱塝榜坎坞圳墩".utf16)
    /// What follows such a name where it is a place: 赵湾拉电线, 叶冲修路; 林厝生 and 李庄羊汤馆 go on otherwise.
    static let placeAfterSurname = WordSet(
        """
        拉 搞 建 砍 被 给 种 养 街 有 的 那 村 大队 屯 又 昨 今天停 一带 境内 附近 路口 桥头 水库 修 挖 占 死 偷 抽 浇 旱 水泵 水井 没 停水 停电 塌 漏 把 征 拆 烧 垃圾 村路 低保 支部 干部 砂场 砖厂 煤矿 鱼塘 到处 天天 好几 两个 三个 几个 全是 书记 主任 会计 小学 卫生室 自来水 变压器 路灯
        """)
    /// Before home's own name where it is no place of the matter: 不是霞坂, 从霞坂到镇上.
    static let besideHomesName = WordSet("不是 并非 从 离 距 出了 过了 由 不在 除了")
    /// Last characters of villages' names that are hardly those of persons: 赵湾, 邹棚, 陈店.
    static let placeEndsAfterSurname = Set("湾棚店庄寨岭岗畈楼营沟坪坑塘洋墩堡窑洼圩埠厝坝集铺垄冲屯垸郢塝榜扶寺庙桥坳垭坂坡埔坎围厂口头".utf16)
}
