internal import Messages

/// What a township or county runs, and how one complains of it itself.
///
/// 乡政府窗口的人嗑瓜子 is the township's matter, 乡政府来人量了我家的地 is ours.
extension PlaceCues {
    /// What a township runs, right behind its name.
    static let institutions = WordSet(
        "卫生院 中心卫生院 医院 派出所 中学 中心小学 信用社 邮政所 农商行 敬老院 便民服务中心 便民中心 财政所 税务所 法庭 水厂 自来水厂")
    static let officials = WordSet("干部 领导 书记 镇长 乡长 工作人员 办事员")
    /// Who works for a township: 镇政府, 乡里的干部.
    static let seatOffices = WordSet(
        """
        政府 人民政府 干部 领导 书记 镇长 乡长 工作人员 办事员 纪委 财政所 民政所 民政办 派出所 供电所 国土所 自然资源所 社保所 司法所 林业站 水利站 农技站 城管 城管队 综治办 \
        信访办 扶贫办
        """)
    /// What is said of a county's hospital or school where it is complained of itself.
    private static let countysFaults = WordSet(
        """
        收费 排队 挂号 缴费 窗口 态度 停车 门口 食堂 急诊 厕所 电梯 坏 关门 没人 太贵 宰 红包 乱 没床位 等了 等两 等三 骂 打人 多收 发烧 饭菜 宿舍 校服 补课 保安
        """)
    /// 下乡, 要村里盖章: who comes to the villages, or what one needs of them.
    private static let fromCounty = WordSet("下乡 下村 进村 到村 来村 义诊 村里 村医 村口 进不来 到不了")
    /// Whether what a county runs is complained of itself: it begins a clause, or a fault of it is named.
    static func isCountysOwn(after end: Int, isSubject: Bool, in text: NormalizedText) -> Bool {
        (isSubject || countysFaults.first(in: end..<min(text.count, end + 16), of: text) != nil)
            && fromCounty.first(in: 0..<text.count, of: text) == nil
    }
    /// What a county has, right behind its name: 萧山区医院.
    static let afterCounty = WordSet("医院 第一医院 人民医院 第一人民医院 中医院 妇幼保健院 一中 二中 一高 二高 高中 职高 政府 人民政府 局 汽车站 客运站 火车站 高铁站")
    static let notTheVillages = WordSet(
        "不是咱村的事 不是我们村的事 不是本村的事 不是村里的事 不是村里的问题 不是我们村的问题 问题不在村里 问题不在村 不怪村里 不怪村干部 不关村里的事 跟村里没关系 和村里没关系 与村里无关")
    static let aboveIt = WordSet("是镇里 是镇上 是乡里 是乡上 是县里 是镇政府 是乡政府 是县 是镇 是乡 怪镇里 怪乡里 怪县里")
    /// What follows 县, 市 and 省 where they stand for one's own: 县里, 县城, 市区.
    static let afterOwnUnit = Set("里上城内委级直区民场".utf16)
    /// What the offices of a county do for all of it.
    static let countysBusiness = WordSet(
        "全县 全区 全市 招聘 招考 招录 公招 录用 教师编 事业编 公务员 中考 高考 学区划分 招生政策 拍卖 土地出让 城区 县城 网站 热线 政务大厅 办事大厅")
    /// What a township has one of, and a village none: 派出所, 卫生院, 中心校.
    static let onlyOne = WordSet(
        """
        派出所 卫生院 中心卫生院 中心校 中心小学 中心学校 信用社 农商行 邮政所 邮政局 供电所 民政办 民政所 林业站 水利站 农技站 农机站 国土所 自然资源所 财政所 司法所 司法办 税务所 敬老院 \
        便民服务中心 便民大厅 政务大厅 办事大厅 农贸市场 综合执法队 执法队 城管队 城管 计生办 信访办 镇区 社保所
        """)
    /// Those of them that deal with villages' matters: only a fault of their own is theirs.
    static let onlyOneOffice = WordSet(
        """
        派出所 供电所 民政办 民政所 林业站 水利站 农技站 国土所 自然资源所 财政所 司法所 司法办 综合执法队 执法队 城管队 城管 计生办 信访办 社保所
        """)
    /// Where an office came to the village, or lets it do something.
    static let toVillage = WordSet("来村 到村 进村 下村 村里 村口 村民 我们村 咱村 本村 家门口 屋后 屋前 门前")
    /// 赶集的时候镇上那条街….
    static let timeBefore = WordSet("时候 每天 天天 一到晚上 一到下雨 每逢 早上 晚上 下雨天 今天 昨天 昨晚 最近 现在 这几天")
    /// 镇里的垃圾车一个月才来一趟: what the township sends to the villages.
    static let sentToVillages = WordSet("垃圾车 洒水车 环卫车 清运车 保洁车 吸粪车 扫路车 消防车 救护车 宣传车 工作组 督查组 检查组")
    static let onTheStreet = WordSet("街上 集上 圩上 墟上")
    /// 子路街上买的化肥: who shops there.
    static let shopping = WordSet("买 吃 打工 遇 碰 看到 赶集 看见 的人 回来")
    /// What is complained of an office itself.
    static let officesFaults = WordSet(
        """
        窗口 大厅 食堂 值班 要等 等了 办个身份证 办个户口 办张 没人接 不接电话 打不通 下班 上班 不开门 关着门 跑三趟 跑了 办身份证 收费 排队 跑两趟 跑四趟 跑五趟 白跑 手续费 办公楼 停车 电梯 \
        厕所 叫号 取号 装修 态度 刁难 脸色 早退 迟到 踢皮球 吵架 挂电话 挂断 就挂 不理人 爱理不理 爱答不理 嗑瓜子 玩手机 打牌 打麻将 喝酒 聊天 抽烟 睡觉 非要 不上门 乱估 乱收 \
        找熟人 走后门 要钱 请客 吃请 塞钱 送礼 托关系 办个户 办户口 罚单 乱罚 不办公 没人在 没有人在 锁着门 关门 才来 不来人 抄表 电费翻倍 多收 索要 红包 坐在车里 转一圈 走过场 一问三不知 服务差 凶 骂人 公车 不出警 才出警
        """)
    /// What is complained of beside a named township's office: 柏木镇政府门口.
    static let besideOffice = WordSet("门口 门前 对面 旁边")
    /// What is said of those who work there.
    static let mannersFaults = WordSet(
        """
        态度 刁难 脸色 早退 迟到 踢皮球 吵架 挂电话 挂断 就挂 不理人 爱理不理 爱答不理 嗑瓜子 玩手机 打牌 打麻将 喝酒 聊天 抽烟 睡觉 非要 乱收 多收 索要 红包 坐在车里 转一圈 \
        走过场 一问三不知 服务差 凶 骂人 公车 办公楼 食堂 上班 下班 收费 手续费
        """)
}
