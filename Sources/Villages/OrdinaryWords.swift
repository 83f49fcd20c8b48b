/// Stems of villages that are words of everyday language: 团结村 is a village, 团结 is not.
enum OrdinaryWords {
    /// Whether a stem is such a word, or counts something (第一).
    static func contains(_ stem: String) -> Bool {
        words.contains(stem) || isPartOfAnyPlace(stem) || stem.hasPrefix("第") && stem.scalarCount == 2
    }

    /// 田尾, 屋后, 沟边: what any village has.
    private static func isPartOfAnyPlace(_ stem: String) -> Bool {
        guard stem.scalarCount == 2, let first = stem.unicodeScalars.first, let last = stem.unicodeScalars.last else {
            return false
        }
        // 八里外 is a distance.
        if last == "里", numerals.contains(first) { return true }
        return things.contains(first) && parts.contains(last)
    }

    private static let things = Set("田地村街楼屋院塘沟坎墙门".unicodeScalars)
    private static let numerals = Set("一二三四五六七八九十百".unicodeScalars)
    private static let parts = Set("头尾边口上下前后里外面角底".unicodeScalars)

    /// Whether a township's short name is a part of any town: 城郊, 城关.
    static func isPartOfTown(_ name: String) -> Bool { partsOfTowns.contains(name) }

    private static let partsOfTowns: Set<String> = [
        "城郊", "城关", "城厢", "城东", "城西", "城南", "城北", "东关", "西关", "南关", "北关",
    ]

    /// Whether it is a name first and a word second (团结, 东山, 三联), and no thing that any village has (水沟, 路口).
    static func isNameLike(_ stem: String) -> Bool { names.contains(stem) }

    private static let names = Set(
        """
        团结 和平 胜利 光明 前进 幸福 友好 友谊 促进 振兴 复兴 建国 解放 民主 自由 联合 合作 互助 协作 丰富 丰收 丰产 富强 富裕 富民 兴旺 兴隆 \
        繁荣 先进 进步 向上 向阳 向东 跃进 奋斗 奋进 红旗 东风 东方 东方红 朝阳 曙光 黎明 春光 光荣 光辉 光华 永久 安乐 平安 感恩 新农 新华 新生 \
        新民 新兴 三合 三联 四方 五一 八一 同心 同乐 共和 共青 南山 北山 东山 西山 南湖 北湖 东湖 西湖 南河 北河 东河 西河 沙河 清水 金星 红星 \
        五星 明星 金桥 金山 银山 凤凰 金龙 青龙 白马 湖南 江南 江北 城东 城西 城南 城北 城关
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Whether it is a word for a kind of unit or institution, so that a name before it makes another name of it.
    static func isInstitution(_ stem: String) -> Bool { institutions.contains(stem) }

    /// Whether a stem that stands in the table of words can be nothing but a place's name: 陈家庄, 二十里铺, but not 养殖场.
    static func isPlaceLike(_ stem: String) -> Bool {
        guard stem.scalarCount > 1, let last = stem.unicodeScalars.last else { return false }
        if stem.scalarCount == 2 { return shortPlaceEnds.contains(last) && !shortWords.contains(stem) }
        return placeEnds.contains(last) && !cities.contains(stem)
    }

    /// 罗庄, 杨湾: ends that make a place's name of two characters.
    private static let shortPlaceEnds = Set("庄湾坪屯寨洼峪垴圩畈垸郢厝垵垅岙埭塬垭".unicodeScalars)
    /// What ends so and is none.
    private static let shortWords: Set<String> = [
        "山庄", "村庄", "农庄", "钱庄", "茶庄", "饭庄", "酒庄", "布庄", "坐庄", "台湾", "港湾", "海湾", "河湾", "水湾", "转湾", "草坪", "山寨", "村寨",
        "营寨",
        "低洼", "坑洼", "水洼", "苗寨", "侗寨", "赶圩", "老庄", "新庄", "全庄", "本庄", "各庄", "全寨", "本寨", "全屯", "本屯", "该屯",
    ]

    private static let placeEnds = Set("庄湾坪沟岭坡洼峪垴埠洲圩屯寨堡铺冲垭坳墩畈掌塬垸郢厝垵垅岙埭".unicodeScalars)
    /// Whether it is the name of a city known everywhere, which is what people mean who say no 村 behind it.
    static func isCity(_ stem: String) -> Bool { stem == "石家庄" || stem == "乌鲁木齐" }

    private static let cities: Set<String> = ["石家庄", "平顶山", "景德镇", "葫芦岛"]

    private static let institutions: Set<String> = [
        "街道", "集镇", "城镇", "城区", "镇区", "政府", "镇政府", "学院", "学校", "市场", "中心", "农场", "林场", "牧场", "渔场", "茶场", "开发区",
        "园区", "机关", "铁路", "矿区", "新区", "老街", "新街", "街上",
    ]

    /// Words with which villages are named all over the country, and things that stand in any village.
    private static let words = Set(
        """
        车上 船上 早安 午安 晚安 同一 统一 唯一 有关 相关 个别 全体 广大 多数 少数 外来 困难 普通 常住 涉事 留守 团结 和平 胜利 光明 前进 幸福 友好 友谊 促进 振兴 发展 复兴 建设 建国 解放 民主 自由 平等 联合 合作 互助 协作 服务 丰富 丰收 \
        丰产 富强 富裕 富民 兴旺 兴隆 繁荣 文明 文化 先进 进步 向前 向上 向阳 向东 跃进 奋斗 奋进 努力 创业 创新 开放 改革 革命 红旗 \
        东风 东方 东方红 朝阳 太阳 阳光 星光 灯光 曙光 黎明 早晨 春光 光荣 光辉 光华 荣光 成功 成立 理想 希望 永久 永远 长久 长远 长期 \
        安全 安定 安乐 平安 平静 平等 公平 公正 公开 正义 忠诚 诚信 感恩 感谢 团圆 美丽 美好 美满 秀丽 新农 新建 新华 新生 新民 新兴 新型 新风 \
        隔壁 邻居 对面 旁边 中心 中央 中间 中部 内地 外地 周围 周边 前面 后面 上面 下面 里面 外面 东面 西面 南面 北面 东边 西边 南边 北边 河边 路边 海边 \
        山边 沿河 沿江 沿海 沿湖 沿街 靠山 靠河 码头 渡口 山头 山顶 山脚 山口 山下 山上 山前 山后 河口 河头 河湾 河沟 水沟 水库 水井 \
        水塘 水田 水源 水电 大塘 大坝 大桥 大路 大山 大河 大沟 大院 大门 小桥 小河 小山 小路 石头 石板 石桥 木桥 铁路 铁桥 铁匠铺 公路 \
        马路 路口 桥头 桥东 桥西 桥南 桥北 城东 城西 城南 城北 城关 城中 街道 街上 集镇 老城 新城 市场 广场 工厂 学院 学校 学堂 小学 中学 医院 书院 \
        房子 窑洞 窑厂 砖厂 砖瓦 农场 林场 牧场 渔场 果园 菜园 花园 公园 茶园 桃园 竹园 竹林 松林 树林 森林 草场 草地 \
        庙宇 祠堂 教堂 宝塔 凉亭 老屋 新屋 高楼 楼房 平房 仓库 粮站 车站 火车站 移民 渔民 农民 工农 军民 人民 青年 妇女 老人 同心 \
        同乐 同意 共同 共和 共青 三合 三联 四方 五一 八一 十里 三里 五里 二十里 上游 下游 上坡 下坡 高坡 高山 平原 平地 荒地 \
        南山 北山 东山 西山 后山 前山 南湖 北湖 东湖 西湖 南河 北河 东河 西河 沙河 清水 黄河 长江 湖南 湖北 江南 江北 河南 河北 \
        金星 红星 五星 明星 金桥 彩虹 金山 银山 黄金 白银 宝石 凤凰 金龙 青龙 白马 牛栏 羊圈 马场 养殖 种植 苗圃 镇政府 政府 \
        村里 村口 村头 村尾 村中 村部 村前 村后 村边 村东 村西 村南 村北 全村 本村 各村 乡村 农村 山村 我村 家里 \
        上坎 下坎 新桥 旧桥 老街 新街 古街 十字路 三岔 岔路 岔口 转弯 田坝 院坝 河坝 坝上 坝子 坡头 东头 西头 南头 北头 上头 下头 里头 外头 前头 后头
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
