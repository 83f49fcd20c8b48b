internal import ChineseText

/// What a lexicon must never look for: the closed taxonomy is about officials' conduct and public services.
enum ForbiddenDomain: String, CaseIterable {
    case opinion, leaders, petition, assembly, religion, ethnicity

    var zh: String {
        switch self {
        case .opinion: "言论和对政策的看法"
        case .leaders: "对国家领导人和执政党的议论"
        case .petition: "上访、请愿"
        case .assembly: "集会、聚集、罢工"
        case .religion: "宗教信仰"
        case .ethnicity: "民族"
        }
    }

    var en: String {
        switch self {
        case .opinion: "opinion and criticism of policy"
        case .leaders: "talk of the country's leaders and ruling party"
        case .petition: "petitioning"
        case .assembly: "assembly and strikes"
        case .religion: "religion"
        case .ethnicity: "ethnicity"
        }
    }

    /// Stems, by blanks; in normal form.
    private var stems: String {
        switch self {
        case .opinion:
            """
            言论 妄议 妄评 造谣 传谣 谣言 散布 抹黑 煽动 煽风点火 反动 反华 负能量 舆情 不当评论 不满情绪 发牢骚 骂政府 骂党 骂国家 \
            骂社会 批评政府 批评政策 批评领导 反对政策 反对政府 反政府 反党 不满政府 政府无能 政策不好 政策不对 体制 颠覆 敌对势力 \
            翻墙软件 翻墙上网 外媒 境外媒体 自由亚洲 美国之音 法轮功媒体 人权 言论自由 新闻自由 民主自由 民主运动 普选 多党 独裁 专制 暴政 \
            发帖 网帖 发微博 上热搜 爆料 维权人士 异见 持不同政见 政治犯 良心犯 敏感词 坏话 对政策 对政府有 骂领导 骂干部 骂书记 骂上面 外网 境外网站 三观 反骨 思想有问题 立场有问题 思想动态 不满政策 政策不公 政府腐败 反革命 黑五类 外国势力 境外势力 推特 民运 自媒体 找记者 找媒体 网上曝光 发抖音 \
            发网上 发到网上 opinion dissent censor slander rumour rumor
            """
        case .leaders:
            """
            习近平 习主席 习大大 总书记 国家主席 国家领导人 党和国家领导 中央领导 党中央 政治局 国务院总理 总理 毛主席 毛泽东 邓小平 \
            江泽民 胡锦涛 共产党 一党 包子帝 维尼 对党 对中央 leader president communist
            """
        case .petition:
            """
            上访 信访 访民 越级 进京 赴京 到北京告 去北京告 去北京反映 截访 缠访 闹访 非访 集访 重访 请愿 联名 万人签名 签名信 告御状 \
            拦轿 喊冤 申冤 伸冤 血书 尚访 上坊 上fang shangfang xinfang 爱告状 告状户 告状专业户 刺头 钉子户 去省里告 去市里告 去中央 到省里告 到中央 到市里告 稳控 重点人员 敏感人员 不稳定因素 上京 跑北京 上北京 赴省 到处告 petition
            """
        case .assembly:
            """
            游行 示威 静坐 集会 聚众 聚集 集结 串联 串连 罢工 罢课 罢市 罢运 罢考 拉横幅 打横幅 举横幅 横幅 举牌 围堵政府 围政府 堵政府 \
            堵大门 冲击政府 包围政府 集体行动 集体散步 抗议 维权 讨说法 群体事件 群体性 聚会地点 起义 暴动 造反 闹事 闹大 集合去 \
            一起去政府 一起去县 一起去镇 一起去乡 一起去市 抱团 挑头 领头闹 带头闹 起哄 protest rally strike demonstration assembly riot gathering
            """
        case .religion:
            """
            宗教 礼拜寺 主麻 古尔邦 开斋 乃玛孜 诵经 做法事 法会 信教 教徒 信徒 信众 教友 教民 教会 教堂 家庭教会 基督 耶稣 天主 上帝 圣经 福音 传教 布道 传福音 祷告 祈祷 做礼拜 礼拜堂 弥撒 \
            神父 牧师 修女 伊斯兰 穆斯林 清真 阿訇 古兰 斋月 封斋 朝觐 佛教 佛祖 念佛 拜佛 信佛 求神拜佛 和尚 尼姑 居士 道教 道士 喇嘛 活佛 \
            达赖 法轮 轮子功 邪教 全能神 呼喊派 门徒会 烧香拜佛 迷信活动 主日 信主 上香 拜神 入教 佛堂 道观 会道门 一贯道 十字架 church mosque muslim christian islam buddh religio falun
            """
        case .ethnicity:
            """
            民族 少数民族 维吾尔 维族 回族 回民 藏族 藏民 蒙古族 蒙族 壮族 苗族 彝族 满族 侗族 瑶族 土家族 布依族 朝鲜族 白族 哈尼族 哈萨克 黎族 \
            傣族 畲族 傈僳族 东乡族 仡佬族 拉祜族 佤族 水族 纳西族 羌族 土族 仫佬族 锡伯族 柯尔克孜 景颇族 达斡尔 撒拉族 布朗族 毛南族 \
            塔吉克 普米族 阿昌族 怒族 鄂温克 京族 基诺族 德昂族 保安族 俄罗斯族 裕固族 乌孜别克 门巴族 鄂伦春 独龙族 塔塔尔族 赫哲族 高山族 \
            珞巴族 汉族 汉人 番子 蛮子 鞑子 疆独 藏独 台独 港独 独立运动 新疆人 西藏人 老缅 缠头 白帽 藏人 蒙人 uyghur uighur tibet ethnic minorit
            """
        }
    }

    /// Words that hold a stem and mean something else.
    private var innocent: String {
        switch self {
        case .opinion: "体制内 体制改革 散布肥料 一抹黑 抹黑走 说我造谣 说我们造谣 诬我造谣"
        case .leaders: "经理总理 team leader 党中央八项规定"
        case .petition:
            "信访办 信访局 信访窗口 信访件 信访科 信访站 信访接待 越级提拔 越级任命 联名卡 进京东 进京动"
        case .assembly:
            """
            聚集地 蚊虫聚集 苍蝇聚集 垃圾聚集 聚集蚊 聚集苍蝇 集结号 闹大肚子 闹大水 集会村 设备罢工 机器罢工 横幅掉 横幅挡 横幅坏 \
            横幅破 横幅没 横幅倒 开工横幅 打架闹事 喝酒闹事 酒后闹事 酒鬼闹事 聚众赌 聚众打牌 聚众喝酒
            """
        case .religion:
            """
            教会我 教会你 教会他 教会她 教会大 教会村民 教会孩 教会老 教会学 教会了 教会怎 教会群众 清真寺路 清真寺街 教堂路 教堂街 \
            教堂边 教堂门口 教堂旁 清真食品厂 和尚村 和尚桥 和尚岭 上帝视角 假和尚 信教骗钱
            """
        case .ethnicity:
            """
            民族村 民族路 民族街 民族小学 民族中学 民族乡 民族学校 民族幼儿园 民族团结 民族医院 水族箱 水族馆 土族乡 回族乡 苗族乡 瑶族乡 \
            侗族乡 彝族乡 满族乡 壮族乡 土家族乡 畲族乡 白族乡 藏族乡 傣族乡 黎族乡 自治县 自治州 自治区
            """
        }
    }

    /// Who brushes off or takes revenge, and how.
    private static let officialStems = """
        干部 书记 主任 村委 支书 领导 政府 镇里 镇上 乡里 县里 村里 大队 街道 社区 居委 派出所 城管 窗口 工作人员 办事员 热线 部门 信访办 信访局 打击 报复 \
        开除 扣 停 卡 威胁 恐吓 吓 不让 不准 不许 不给 不理 不管 不办 不回 不受理 没人 没回 没下文 没消息 没动静 没结果 推 拖 踢 敷衍 应付 糊弄 转给 转到 穿小鞋 \
        骂 整 逼 强迫 叫我 让我 入户 走访 问卷 检查 验收 抓 拘 关 撤 删 禁言 刁难 麻烦 打 罚 断 拆 取消 重视 感谢 客气 石沉 已读 回复 答复 办结 满意
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    /// True for a word that names officials or what they do to somebody who asked.
    static func saysWhatOfficialsDid(_ text: String) -> Bool { officialStems.contains { text.contains($0) } }

    private static let tables: [(domain: ForbiddenDomain, stems: [String], innocent: [String])] = allCases.map {
        domain in
        func words(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }
        return (domain, words(domain.stems), words(domain.innocent))
    }

    private static let scanner = TermScanner(
        Set(tables.flatMap(\.stems)).map { Array($0.utf16) }.sorted { $0.lexicographicallyPrecedes($1) })

    /// The forbidden stem in a text in normal form, with what it is about; nil for innocent words.
    static func breach(in text: String) -> (domain: ForbiddenDomain, stem: String)? {
        // Nearly all words hold no stem at all: one scan says so.
        var hits: [TermHit] = []
        let units = Array(text.utf16)
        units.withUnsafeBufferPointer { if let base = $0.baseAddress { scanner.scan(base, units.count, into: &hits) } }
        guard !hits.isEmpty else { return nil }
        for (domain, stems, innocent) in tables {
            var rest = text
            for word in innocent where rest.contains(word) { rest = rest.replacing(word, with: "") }
            if let stem = stems.first(where: { holds(rest, $0) }) { return (domain, stem) }
        }
        return nil
    }

    /// Stems that also say something of things and of officials: a machine is on strike, cadres gather to gamble.
    ///
    /// They are refused where they flag by themselves, and in topics in which they are about people.
    static let ambiguous: Set<String> = ["罢工", "聚众", "闹事", "横幅", "聚集", "集结"]

    /// Latin stems begin a word: `strike` is one in `sets.strikes`, not in `outstriker`.
    private static func holds(_ text: String, _ stem: String) -> Bool {
        guard let range = text.firstRange(of: stem) else { return false }
        guard stem.first?.isASCII ?? false, range.lowerBound > text.startIndex else { return true }
        return !text[text.index(before: range.lowerBound)].isLetter
    }

    /// Texts that are about the domain and nothing else: a rule that flags one reaches beyond the taxonomy.
    ///
    /// Invented. None of them says a word of an official's conduct or a public service.
    static let probes: [(domain: ForbiddenDomain, text: String)] = [
        (.opinion, "我觉得这个政策不对，应该改一改"), (.opinion, "这政策就是不合理，我不赞成"),
        (.opinion, "他在网上发帖议论国家大事"), (.opinion, "转发了一篇批评的文章"), (.opinion, "有人在群里说政府的不是"),
        (.opinion, "这个制度有问题，早晚要改"), (.opinion, "我对现在的社会很不满意"), (.opinion, "他老在群里发表不同意见"),
        (.opinion, "大家别乱说话，小心祸从口出"), (.opinion, "外国的新闻是这么说的"),
        (.opinion, "他到处说政府的坏话"), (.opinion, "有人对政策有意见"), (.opinion, "他在外头骂书记骂领导"), (.opinion, "他手机上看外网"),
        (.opinion, "把视频拍了发到抖音上去"), (.opinion, "他爱在网上评论"), (.opinion, "这人思想有问题，爱唱反调"),
        (.leaders, "他对党不满"), (.leaders, "上面的人说话不算数"), (.leaders, "国家领导人昨天讲话了"), (.leaders, "我不喜欢那位大领导的讲话"),
        (.leaders, "省里的领导水平不行"),
        (.leaders, "议论中央的事不好"), (.leaders, "这个党员发表了对上面的看法"),
        (.petition, "老李明天去省里上访"), (.petition, "他们几户准备联名写信到北京"), (.petition, "有人要进京"),
        (.petition, "群众到信访局递材料去了"), (.petition, "大家一起签名，往上面送"), (.petition, "订好了去北京的车，去那里讨个公道"),
        (.petition, "他是老上访户"), (.petition, "王婶又去县里上访了"), (.petition, "三组的人商量着越级反映"),
        (.petition, "他要去省里告状"), (.petition, "老李又去尚访了"), (.petition, "他是个刺头，爱告状"), (.petition, "那家是钉子户"),
        (.petition, "坐火车到京城找大官说理"), (.petition, "隔壁村民上访"), (.petition, "老张又上访了"), (.petition, "那家人到处告"),
        (.opinion, "那家人发帖"),
        (.assembly, "村民闹事"), (.petition, "材料递到了省里的大院"), (.petition, "他们家年年往上跑"),
        (.assembly, "大家一起去县里"), (.assembly, "哪天大家一起去，都跟着走"), (.assembly, "一个人去没用，人多才好"),
        (.assembly, "明天早上八点大家到县政府门口集合"),
        (.assembly, "一起去市里站一站，人越多越好"), (.assembly, "周六广场上有游行"),
        (.assembly, "工友们商量停一天工"), (.assembly, "拉了一条横幅站在门口"), (.assembly, "几十个人坐在大门口不走"),
        (.assembly, "大家明天都不去上班了"), (.assembly, "叫上全村人一起去，把门围起来"),
        (.religion, "信主的人今天主日聚会"), (.religion, "初一十五去庙里上香"), (.religion, "她家供着菩萨，天天磕头"), (.religion, "请师父来家里念经"),
        (.religion, "星期天去教堂做礼拜"), (.religion, "他家信基督教，常有人来聚会"), (.religion, "隔壁在家里念经祷告"),
        (.religion, "清真寺今天人很多"), (.religion, "她天天去庙里烧香拜佛"), (.religion, "有人来村里传福音"), (.religion, "他是信徒，家里有经书"),
        (.ethnicity, "那几个戴白帽的是回回"), (.ethnicity, "新来了几个老缅"), (.ethnicity, "他们那个族的人不跟我们一样"), (.ethnicity, "那家是回族，不吃猪肉"),
        (.ethnicity, "新搬来几户维吾尔族人"), (.ethnicity, "他们少数民族说自己的话"),
        (.ethnicity, "苗寨的人在过自己的节"), (.ethnicity, "藏族同胞来卖药材"),
    ]
}
