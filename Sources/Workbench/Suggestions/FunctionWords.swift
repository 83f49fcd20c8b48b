/// Words that hold a sentence together and say nothing of its matter: a phrase that begins or ends with one is no find for a lexicon.
enum FunctionWords {
    /// True for particles, pronouns, adverbs, prepositions, conjunctions, measure words and the commonest verbs; also for runs of them.
    static func contains(_ word: String) -> Bool {
        words.contains(word) || word.allSatisfy { characters.contains($0) }
    }

    /// True for a character that stands for itself in such words.
    static func contains(_ character: Character) -> Bool { characters.contains(character) }

    /// True for a character that is a particle by itself and the end of many nouns: 厕所, 下水道, 房前.
    static func isPartOfNouns(_ word: String) -> Bool { word.count == 1 && parts.contains(word.first ?? "的") }

    private static let parts = Set("所会点上下中内外前后里")

    private static let characters = Set(
        "的了着过在是不没有也都就还又才很太再我你他她它们这那哪啥谁吗呢吧啊呀嘛哦嗯么和与跟及或而但把被给对向从到里上下中内外来去要会能可以为因所个些点样么之其各每某第几多少时候后前"
    )

    private static let words = Set(
        """
        我们 你们 他们 她们 它们 咱们 咱 俺 俺们 大家 自己 人家 别人 有人 这个 那个 这些 那些 这样 那样 这么 那么 这边 那边 这里 那里 这儿 那儿 这次 那次 \
        哪个 哪里 哪些 什么 怎么 怎样 为什么 为啥 咋 咋办 多少 几个 一个 一些 一点 一下 一次 一样 一直 一定 一起 两个 有点 有些 有的 没有 不是 就是 还是 都是 \
        也是 只是 可是 但是 于是 而且 或者 如果 因为 所以 虽然 不过 然后 以后 以前 之后 之前 后来 现在 今天 昨天 明天 今年 去年 前年 最近 刚才 刚刚 已经 还有 \
        还没 正在 可以 可能 应该 需要 必须 希望 觉得 知道 认为 看到 看见 听说 说是 说了 就说 出来 出去 起来 下来 下去 进来 进去 回来 过来 过去 时候 时间 样子 \
        东西 事情 问题 情况 地方 方面 里面 外面 上面 下面 前面 后面 旁边 中间 非常 特别 真的 真是 确实 到底 究竟 居然 竟然 根本 完全 反正 其实 总是 老是 经常 \
        有时 马上 立刻 赶紧 赶快 通过 根据 按照 关于 对于 由于 除了 以及 并且 至于 为了 作为 成为 请问 谢谢 麻烦 您好 你好 领导 各位 请 谢 该 让 叫 使 由 于 等 \
        说 讲 问 看 想 做 弄 搞 做了 进行 每天 每次 每年 天天 年年 几次 几天 几年 好几 好多 很多 许多 全部 所有 任何 另外 其他 其余 反映 建议
        """.split(separator: " ").map(String.init))
}
