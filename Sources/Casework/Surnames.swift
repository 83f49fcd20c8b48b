/// The surnames of the mainland that cover nearly everybody, and the words that only look like names.
enum Surnames {
    /// Surnames that seldom begin an everyday word.
    static let strong = Set(
        Scalars.of(
            """
            王李张刘陈杨黄赵吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔
            崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎武赖龚文庞樊兰殷施陶洪翟颜倪牛俞章鲁葛韦毕聂丛焦柳邢岳齐庄涂詹欧耿柯申柏冉蓝覃鄢阮骆翁辛
            纪甄祁沙缪宁蒲霍臧卓裴隋娄荆闵闫甘戚宗卞褚娜晏巫邬苗谷凌苟佘佟鞠匡屈滕晁肖
            """
        ).filter { Scalars.isHan($0) })

    /// Surnames that are everyday words as well: more must speak for a name.
    static let weak = Set(
        Scalars.of(
            "周高马万方白金任常于于严安乔贺易成时向包关路车花水边左古项乐强展占修相祝支冷简商游桑温尤解管明计代许尚平米司应单全连经池桂党原屠童麦"
        ))

    static let compound = WordSet("欧阳 上官 司马 司徒 诸葛 尉迟 皇甫 令狐 东方 夏侯 公孙 慕容 端木 南宫 长孙 宇文 轩辕 张简 范姜")

    /// Characters that no given name holds in practice.
    static let neverGiven = Set(Scalars.of("的了吗呢吧啊呀哦么们你我他她它这那哪什谁是被把很没说吃喝坏骂打死病瘫残"))

    /// Words that begin with a surname and are no names.
    private static let words = WordSet(
        """
        高中 高龄 高血 高考 高压 高速 高铁 高烧 高度 高兴 高级 高低 高价 高额 高层 高位 高温 高山 高于 高坎 高校 高职 高危 安全 安排 安置 安装 安徽 安溪 安静 安慰 安居 安保 安检
        方便 方面 方法 方向 方圆 马上 马路 马桶 马虎 白天 白白 白内 白血 白发 白干 白跑 白癜 周围 周末 周边 周日 周六 周五 周一 周二 周三 周四 周年 周岁 周转
        曾经 任何 任务 任由 任职 任性 全部 全家 全年 全村 全身 全县 全镇 全是 全都 全体 全国 向来 向村 向镇 向上 向你 向他 向有 向政 向组 严重 严格 严肃 温泉 温度 温饱 温馨 金额 金融 金钱
        单亲 单身 单位 单独 单纯 单元 单单 石匠 石头 石子 石料 石材 石灰 江西 江苏 江边 江北 江南 江里 江水 云南 车主 车子 车祸 车辆 车间 车上 车站 车费 路过 路上 路口 路灯 路边 路面 路费
        党员 党组 党委 党支 党费 花钱 花了 花费 花农 万一 万元 万分 成年 成员 成绩 成本 成立 成了 成天 成为 成都 田间 田地 田里 田埂 田头 田边 田野 水电 水费 水管 水库 水田 水泥 水稻 水表
        常年 常住 常常 常务 常在 余下 余额 余款 余粮 余地 应届 应该 应当 应得 应有 于是 于去 于今 于前 于本 于二 于昨 于上 于一 于村 于当 于该 于此 于其 关心 关系 关键 关于 关节 关注 关门
        时常 时候 时间 时期 时不 时至 许多 许久 许可 平时 平常 平民 平均 平房 平方 平台 平白 包工 包地 包村 包括 包干 包庇 左邻 左右 左腿 左手 左边 左眼 古稀 古厝 古迹 武警 武术
        文盲 文化 文件 文书 文明 文凭 管理 管水 管道 管事 管不 管电 林场 林农 林业 林地 林木 林权 林下 林区 林子 黄牛 黄土 黄河 黄金 黄昏 黄泥 黄豆 黄色 黄花 柳州 郑州 徐州 苏州 温州 梅州 贺州 杭州 江门
        顾客 季度 习惯 计生 计划 计较 计算 代表 代理 代办 代领 代管 商户 商贩 商人 商店 商量 项目 连续 连夜 连累 连同 连带 连一 边上 边远 明明 明天 明显 明白 明年 明确 简单 简直 强烈 强行 强制 强占 强拆
        冷库 冷天 冷冷 支部 支书 支持 支付 支出 支委 修路 修房 修车 修理 修水 解决 解释 解放 解除 尚未 尚且 尤其 辛苦 辛辛 钱款 钱财 钱都 钱没 钱被 钱已 钱到 洪水 洪灾 洪涝 雷电 雷雨
        何时 何必 何况 何处 何人 何种 何以 何等 何年 何故 何苦 孙子 孙女 孙辈 孙媳 张口 张罗 张贴 张嘴 李子 王八 杨梅 杨树 程度 程序 陆续 夏天 夏季 夏收 叶子 朱红 毛病 毛竹 毛坯 毛巾 梁柱
        胡乱 胡说 胡同 胡子 谢谢 谢意 郑重 苏醒 韩国 范围 范例 江湖 康复 康庄 牛奶 牛羊 牛棚 牛圈 庄稼 庄严 庄户 施工 施肥 纪律 纪念 纪要 沙子 沙石 沙场 沙土 沙滩 汤药 甘蔗 甘愿 甘肃 申请 申诉 申报 申领 申办
        龙眼 龙头 龙岩 龙虾 宁可 宁愿 宁德 宁波 宁夏 蒲公 史上 段时 段路 齐全 齐心 涂改 焦急 焦虑 殷切 颜色 章程 章子 盖章 兰州 兰花 沈阳 唐山 汪汪 傅粉 沙发 苗木 苗圃 苗子 谷子 谷物 凌晨 卓越 欧洲
        文体 文旅 石油 孔子 丁点 钟头 钟点 熊孩 姜葱 葛根 柏油 肖像 曹操 罗列 彭湃 侯鸟 毕竟 毕业 岳父 岳母 祝福 祝愿 祝大 相信 相关 相当 相比 相邻 占用 占了 占地 占道 占着 展开 展示 和村 和他 和她 和我 和你 和老 和孩 和家 和邻 和大 和两 和一
        易地 易腐 易燃 乐意 乐于 乐坏 贺年 乔迁 池塘 池子 桂花 桂圆 原来 原因 原本 原先 原有 童年 麦子 麦田 米饭 米粮 米价 游客 游泳 游玩 司机 司法 经常 经过 经济 经营 经手 经村 全靠 全凭 平安
        """)

    /// True when an everyday word stands where a name would begin.
    static func isCommonWord(at place: Int, in scan: MaskScan) -> Bool {
        words.length(at: place, in: scan) != nil
    }
}

/// Words that often follow a name without punctuation.
enum Followers {
    private static let words = WordSet(
        """
        的 是 在 家 住 来 有 今年 现年 今天 昨天 去年 前年 现在 年纪 年龄 年老 已经 已 因 因为 由于 被 把 给 将 向 对 从 到 和 跟 与 也 都 就 还 只 又 一直 一个 一家 一人 两 七十 八十 六十 九十 五十
        反映 举报 投诉 带 想 要 请 问 求 希望 身份 电话 手机 联系 微信 户 男 女 住院 去世 过世 死 病 生病 瘫 残 患 得了 身患 身体 低保 申请 领 拿 交 种 养 干活 打工 上 下 不 没 无 未 常年 长期 独 靠
        老人 同志 先生 女士 大爷 大妈 阿姨 家里 家门 房 房子 等 说 称 告 为 于 符合 属于 应该 为何 为什么 怎么 能 可以 会 岁 至今 曾 当时 多次 刚 才 退休 残疾 贫困 种地 务农 名下 账户 卡 我 他 她 你 前 之 以 其 这 那
        """)

    static func begins(at place: Int, in scan: MaskScan) -> Bool {
        Scalars.isDigit(scan[place]) || words.length(at: place, in: scan) != nil
    }
}

/// Words for relatives.
enum Kin {
    /// Words that say kin by themselves.
    private static let long = WordSet(
        """
        爸爸 父亲 老爸 老父 妈妈 母亲 老妈 老母 爷爷 奶奶 外公 外婆 姥姥 姥爷 阿公 阿嬷 阿婆 公公 婆婆 岳父 岳母 丈人 老丈人 丈母娘 老公 丈夫 爱人 老婆 妻子 媳妇 老伴 内人 儿子 女儿 闺女 儿媳 儿媳妇 女婿
        孙子 孙女 外孙 外孙女 哥哥 大哥 二哥 三哥 弟弟 小弟 姐姐 大姐 二姐 妹妹 小妹 嫂子 大嫂 二嫂 姐夫 妹夫 弟媳 弟妹 叔叔 大叔 二叔 三叔 小叔 小叔子 伯伯 大伯 二伯 伯父 伯母 婶婶 大婶 姑姑 姑妈 姑父 姑丈 舅舅
        大舅 小舅 小舅子 舅妈 阿姨 姨妈 姨丈 侄子 侄女 侄儿 外甥 外甥女 堂哥 堂弟 堂兄 堂妹 表哥 表弟 表兄 表妹 亲戚 亲家 家属 家母 家父 亡夫 亡妻 亡父 亡母 兄弟 胞弟 胞兄 大儿子 小儿子 大女儿 小女儿 孩子 小孩 我娃
        """)
    /// Words that say kin after 我, 俺, 他 and the like only.
    private static let short = WordSet(
        "爸 妈 爹 娘 爷 奶 公 婆 哥 弟 姐 妹 嫂 叔 伯 婶 姑 舅 姨 妻 夫 儿 女 娃 孙 侄 家老人 老头 老头子 老太 老太太 家那口子 家老头 家男人 男人 女人 对象 老爹 老娘 家属")
    private static let owners = Set(Scalars.of("我俺咱他她你其"))

    /// Where a word for kin that begins at the place ends.
    static func end(at place: Int, in scan: MaskScan) -> Int? {
        if owners.contains(scan[place]) {
            var inner = place + 1
            if scan[inner] == 0x7684 || scan[inner] == 0x5BB6 { inner += 1 }
            let length = long.length(at: inner, in: scan) ?? short.length(at: inner, in: scan)
            return length.map { inner + $0 }
        }
        return long.length(at: place, in: scan).map { place + $0 }
    }
}
