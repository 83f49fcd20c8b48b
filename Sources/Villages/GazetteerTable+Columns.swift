internal import Messages

extension GazetteerTable {
    /// The columns that a header may name, with what they are called in practice.
    static let columns: [(key: String, names: [String])] = [
        (
            "code",
            [
                "code", "代码", "编码", "区划代码", "行政区划代码", "统计用区划代码", "统计用区划代码和城乡划分代码", "code12", "村代码", "村编码",
                "行政村代码", "村社区代码", "地名代码", "单位代码",
            ]
        ),
        (
            "name",
            ["name", "名称", "村名", "村名称", "行政村", "行政村名称", "村社区", "村社区名称", "区划名称", "行政区划名称", "单位名称", "地名"]
        ),
        ("level", ["level", "级别", "层级", "行政级别"]),
        (
            "parent",
            [
                "parent", "parent_code", "上级", "上级代码", "上级区划代码", "父级代码", "乡镇代码", "所属乡镇代码", "town_code", "streetcode",
                "pcode", "parentcode",
            ]
        ),
        ("town", ["town", "street", "乡镇", "乡镇名称", "所属乡镇", "镇街", "乡镇街道"]),
        ("city", ["city", "市名称", "地市", "所属市", "设区市"]), ("province", ["province", "省", "省份", "所属省"]),
        ("county", ["county", "area", "县", "县区", "区县", "县名称", "所属县"]),
        ("aliases", ["aliases", "alias", "别名", "俗名"]),
        ("old", ["old_names", "曾用名", "原名", "旧名"]),
        ("natural", ["natural_villages", "自然村", "下辖自然村", "自然屯"]),
        ("from", ["valid_from", "启用日期", "生效日期", "设立日期"]),
        ("to", ["valid_to", "停用日期", "撤销日期", "失效日期"]),
        ("succession", ["succession", "变更类型", "变动类型", "变更"]), ("mca", ["mca_code", "民政代码", "民政区划代码"]),
        ("nbs", ["nbs_code", "统计代码"]), ("local", ["local_code", "本地代码", "本地编码"]),
        ("successor", ["successor", "后继代码", "并入代码", "继任代码", "并入村代码"]),
    ]

    static let levels: [String: GazetteerEntry.Level] = [
        "province": .province, "city": .city, "county": .county, "township": .township, "village": .village,
        "省": .province, "市": .city, "县": .county, "区": .county, "乡镇": .township, "镇": .township, "乡": .township,
        "街道": .township, "村": .village, "社区": .village, "1": .province, "2": .city, "3": .county, "4": .township,
        "5": .village, "省级": .province, "市级": .city, "县级": .county, "乡级": .township, "村级": .village,
        "行政村": .village, "居委会": .village, "村委会": .village, "区县": .county,
    ]

    static let kinds: [String: GazetteerEntry.Alias.Kind] = [
        "short": .short, "old": .old, "natural": .natural, "estate": .estate, "landmark": .landmark, "typo": .typo,
        "taught": .taught, "简称": .short, "旧名": .old, "曾用名": .old, "自然村": .natural, "小区": .estate, "地标": .landmark,
        "误写": .typo, "添加": .taught,
    ]

    static let successions: [String: Succession.Kind] = [
        "merge": .merge, "split": .split, "rename": .rename, "recode": .recode, "reparent": .reparent,
        "conversion": .conversion, "合并": .merge, "并入": .merge, "撤并": .merge, "拆分": .split, "分设": .split, "更名": .rename,
        "改名": .rename, "换码": .recode, "代码变更": .recode, "划转": .reparent, "划入": .reparent, "村改居": .conversion,
    ]
}
