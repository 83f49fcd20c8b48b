import Messages

extension DeskError {
    /// What a field takes, by its name, as a whole sentence; nil where the name says enough.
    static func hint(for field: String, in language: Language) -> String? {
        hints[field].map { language == .zh ? $0.zh : $0.en }
    }

    private static let place = (
        zh: "应为本单位辖区内的 12 位地名代码，见 minsheng gazetteer list",
        en: "Give the 12-digit code of a place that your body covers: minsheng gazetteer list"
    )
    private static let day = (zh: "日期不合：不能在今天之后", en: "The day must not lie after today")

    private static let hints: [String: (zh: String, en: String)] = [
        "accused": (zh: "同一单位只写一次", en: "Name each body once"),
        "address": (zh: "地址不能为空，最多 500 字节，不能换行", en: "Give an address of one line, 500 bytes at most"),
        "after": (zh: "请照抄上一页末尾给出的位置", en: "Copy the place that the page before ended with"),
        "area": (
            zh: "应为村名表里与单位级别相合的 12 位地名代码，见 minsheng gazetteer list",
            en: "Give the 12-digit code of a place of the body's level, in the gazetteer: minsheng gazetteer list"
        ), "village": place,
        "class": (zh: "检举控告只能是 accusation，其他不能是", en: "A report is an accusation, and nothing else is"),
        "filters": (zh: "最多保存八个，请先删去一个", en: "Eight are kept at most: delete one first"),
        "from": (
            zh: "没有从这天开始的值班，见 minsheng staff duty-list", en: "No turn begins on that day: minsheng staff duty-list"
        ),
        "hold": (zh: "没有这条留存、已解除，或您不能看，见 minsheng cases holds", en: "No such hold stands: minsheng cases holds"),
        "label": (zh: "应为 1 至 100 个字", en: "Give 1 to 100 characters"),
        "limit": (zh: "太多，一个工作簿装不下；请按视图或村分开导出", en: "Too many for one workbook: export by view or village"),
        "made-on": day, "received": day,
        "managed-rank": (zh: "应为 2 乡镇、3 县、4 市、5 省", en: "Give 2 township, 3 county, 4 city or 5 province"),
        "name": (zh: "名称不能为空，也不能太长", en: "Give a name, and not too long a one"),
        "official": (zh: "这个职务已有人登记", en: "Somebody is registered under this post"),
        "parent": (
            zh: "上级单位须级别更高（县、市可以同级），并管辖该地，见 minsheng units list",
            en:
                "The body above must be of a higher level (from the county up, of the same) and for that place: minsheng units list"
        ),
        "post": (zh: "应为 1 至 100 个字，只写职务不写姓名", en: "Give 1 to 100 characters: a post, never a name"),
        "rating": (
            zh: "只有答复或办结以后可以评价：satisfied 或 not-satisfied", en: "Once it is answered: satisfied or not-satisfied"
        ),
        "reason": (zh: "只用小写字母和连字符，如 not-a-complaint", en: "Use small letters and hyphens, as not-a-complaint"),
        "reference": (zh: "来件编号不能为空，也不能太长", en: "Give the number that it came under"),
        "request": (
            zh: "没有这件申请、已答复，或您不能看，见 minsheng cases requests", en: "No such request waits: minsheng cases requests"
        ),
        "role": (
            zh: "这个单位里没有这个角色：村、乡镇、部门是 handler，乡镇纪委是 township_discipline，其余在县纪委监委",
            en:
                "No such role in this body: handler in a village, township or department, township_discipline, the others in the commission"
        ),
        "summary": (zh: "摘要不能为空，也不能太长，请用自己的话写", en: "Write a summary in your own words, not too long"),
        "teach": (zh: "应为原话里有的地名，至少两个字", en: "Give a name that stands in the words, two characters at least"),
        "to": (zh: "应为另一个人，或不早于起始日、一年以内的日期", en: "Name somebody else, or a day not before the first, within a year"),
        "topic": (zh: "事项与类别不合", en: "The topic doesn't belong to the track"),
        "unit": (zh: "请指明单位，且不是主办单位本身", en: "Name a body, other than the one that leads"),
        "until": (zh: "最多一年以后", en: "A year from now at most"),
        "year": (zh: "应为四位年份", en: "Give a year of four digits"),
    ]
}
