internal import Messages

/// Why a text lies where it lies, in words for the people who work the queue.
extension VillageResolver {
    /// One line: what decided, what was passed over, and between which a person may choose.
    ///
    /// - Parameters:
    ///   - resolution: what came of the text.
    ///   - text: the text itself; the words that decided are quoted from it.
    ///   - isChinese: false for English.
    /// - Returns: a sentence without codes and offsets.
    public func explained(_ resolution: Resolution, of text: String, isChinese: Bool) -> String {
        let quoted = (resolution.attribution?.spans ?? resolution.spans).prefix(4).map {
            Self.quoted($0, text, isChinese)
        }
        let isOpen = resolution.attribution == nil
        // The list of the other places says the same.
        let isTurned = resolution.reasons.first == .wordsAround
        var clauses = resolution.reasons.filter {
            ($0 != .othersMentioned || resolution.others.isEmpty) && ($0 != .groupsVillage || !isTurned)
        }.map { reason in
            let words = reason.words(isOpen: isOpen)
            return isChinese ? words.chinese : words.english
        }
        if !quoted.isEmpty { clauses.insert((isChinese ? "文中写的是" : "the text says ") + quoted.joined(), at: 0) }
        let others = resolution.others.prefix(4).map { other in
            let role = other.role.words
            return Self.quoted(other.span, text, isChinese) + (isChinese ? "（\(role.chinese)）" : " (\(role.english))")
        }
        if !others.isEmpty {
            let list = others.joined()
            clauses.append(isChinese ? "没有当作事情所在地的：" + list : "not taken for the place: " + list)
        }
        let names = resolution.candidates.prefix(6).map { gazetteer.today(of: $0)?.name ?? $0 }
        if isOpen || resolution.needsLook, !names.isEmpty {
            clauses.append((isChinese ? "请在这些里选：" : "choose among: ") + names.joined(separator: isChinese ? "、" : ", "))
        }
        return clauses.joined(separator: isChinese ? "；" : "; ")
    }

    private static func quoted(_ span: Range<Int>, _ text: String, _ isChinese: Bool) -> String {
        let words = String(decoding: text.utf8.dropFirst(span.lowerBound).prefix(span.count), as: UTF8.self)
        return isChinese ? "「\(words)」" : "“\(words)”"
    }
}

extension VillageResolver.Reason {
    /// The reason in words; `isOpen` where nothing was decided.
    package func words(isOpen: Bool) -> (chinese: String, english: String) {
        switch self {
        case .namedHome: ("就是本群所在的村", "the group's own village")
        case .namedUnique: ("附近没有第二个村叫这个名字", "no other village in reach bears the name")
        case .namedWithUnit: ("连同上级地名一起写明了", "named together with its township or county")
        case .namedNearHome: ("同名的村不止一个，取离本群最近的", "several bear the name; the one nearest to the group")
        case .taught: ("这个叫法是工作人员添加过的", "a person taught this name")
        case .homophone: ("没有村这样写，附近只有一个村读音相同", "no village is written so; one nearby sounds so")
        case .weakNearHome: ("没带“村”字，但说法像地名，本乡镇有这个村", "without 村, yet said as a place; a village of the township")
        case .weakPassedOver: ("有个字眼也是别处的村名，没有旁证，没有采用", "a word is a village's name elsewhere too: not taken")
        case .speakersVillage: ("说话人讲明了自己是哪个村的", "the speaker says where they are from")
        case .township: ("说的是乡镇的地方或机构", "a place or office of the township")
        case .county: ("只写到县一级", "nothing below the county is named")
        case .townshipSeat: ("说的是镇区，或全乡镇共用的设施", "the seat of the township, or what all of it shares")
        case .unknownInTownship: ("村名表里这个乡镇没有这个村，先归到乡镇", "the list has no such village there: left at the township")
        case .wasSplit: ("这个村后来拆分了，分不清指哪一部分", "the village was split since")
        case .several:
            isOpen
                ? ("涉及几个村，看不出主要是哪个", "several villages, and none stands out")
                : ("涉及几个村，归到它们共同的上级", "several villages: the unit that holds them all")
        case .groupsVillage: ("没有指明事情在别处，按本群登记的村", "no other place is meant: the group's village")
        case .groupsName: ("本群没有登记，按群名里的村名", "the group is not registered: the village in its name")
        case .othersMentioned: ("提到的别处不是事情所在地", "other places are named, but not as the place")
        case .forwarded: ("转发或通知，里面的地名不作数", "a forward or notice: places in it do not count")
        case .ambiguous: ("可能指不止一个地方，定不下来", "it may be more than one place")
        case .unlisted: ("像是村名，但村名表里没有", "it looks like a village that the list does not know")
        case .conflict: ("写到了别的村，但看不准事情在那里还是在本村", "another village is named, but the matter may be here")
        case .wordsAround:
            isOpen
                ? ("从前后的话看，说不准事情在哪个村", "by the words around the names it may be either")
                : ("是按前后的话判断的", "judged by the words around the names")
        case .noCommonUnit: ("这些村没有共同的上级", "no unit holds them all")
        case .noGroup: ("没有写明地方，群也没有登记所在的村", "no place is named, and the group has no village")
        }
    }
}

extension VillageResolver.Other.Role {
    fileprivate var words: (chinese: String, english: String) {
        switch self {
        case .neighbour: ("只说在旁边，或顺带提到", "beside it")
        case .comparison: ("拿来比较", "compared with")
        case .source: ("事情从那里来", "where it comes from")
        case .away: ("去处或来处", "where one goes or comes from")
        case .agent: ("办事的机关", "who should act")
        case .speaker: ("说话人的来处", "where the speaker is from")
        }
    }
}
