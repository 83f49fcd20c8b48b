package import Messages

extension FlagDraft {
    /// What a stored flag still holds, to be read anew: words that are masked already, and the verdict as it was.
    package init(kept text: String, quote: String?, hits: [Hit], placing: FlagPlacing, topic: Topic) {
        self.init(
            groupID: "", village: nil, placing: placing, day: 0, track: topic.track, topic: topic, severity: .low,
            score: 0, text: text, quote: quote, hits: hits, rules: [], guards: [], undecided: [], lexiconVersion: "",
            gazetteerVersion: "", members: [], messageCount: 0)
    }
}
