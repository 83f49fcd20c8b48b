internal import ChineseText
internal import Messages

/// Stems without a cue, for the words around them to judge.
extension MentionFinder {
    /// 枫埔谁家有拖拉机: the stems of villages of home's township that no cue makes a place of, where they are no part of a word.
    func bareStems(_ hits: [NameHit], beside mentions: [Mention]) -> [Mention] {
        guard let home = reading.home, text.count <= Weighing.longest else { return [] }
        var index = 0
        let stems = hits.filter { hit in
            while index < mentions.count, mentions[index].span.upperBound <= Int(hit.start) { index += 1 }
            return (index == mentions.count || mentions[index].start >= Int(hit.end))
                && gazetteer.meanings(of: Int(hit.name)).contains {
                    $0.nameClass == .stem && gazetteer.shareTownship(Int($0.place), home)
                }
        }
        let found = Self.longest(stems).compactMap { bareStem($0, home) }
        guard !found.isEmpty else { return [] }
        return RoleFinder(text: text, home: home, names: homes(hits, mentions)).withRoles(found)
    }

    /// A stem as the name of the one village of home's township that it may mean; nil for a word, a part of one, or a taught name.
    private func bareStem(_ hit: NameHit, _ home: Int) -> Mention? {
        let span = Int(hit.start)..<Int(hit.end)
        let traits = gazetteer.formed[Int(hit.name)].traits
        let meanings = gazetteer.meanings(of: Int(hit.name)).filter(reading.counts)
        guard !traits.contains(.ordinary), !meanings.contains(where: { $0.scope >= 0 }),
            !traits.contains(.shortStem) || isVillageOfOneCharacter(span), !isPartOfWord(span),
            !traits.contains(.everyday) || !WordCosts.isCurrent(text.units[span]), !goesOnAsAnother(span),
            !isNobodysVillage(span),
            // 屋顶的青瓦, 到处乱流.
            span.lowerBound == 0 || !Self.beforeNoName.contains(text.units[span.lowerBound - 1])
        else { return nil }
        let near = reading.places(
            meanings.filter { $0.nameClass == .stem && gazetteer.shareTownship(Int($0.place), home) })
        guard near.count == 1, near[0] != home else { return nil }
        return Mention(span: span, kind: .weak, places: near)
    }

    /// 小王你把发票拍清楚点: how people are called; a number, a city.
    func isNobodysVillage(_ span: Range<Int>) -> Bool {
        span.count == 2 && Self.familiar.contains(text.units[span.lowerBound])
            && PlaceCues.surnames.contains(text.units[span.lowerBound + 1])
            || isNumberOrCity(span)
    }

    /// 二十六号那天, 在三楼, 在石家庄念书.
    func isNumberOrCity(_ span: Range<Int>) -> Bool {
        if span.count > 2, OrdinaryWords.isCity(String(decoding: text.units[span], as: UTF16.self)) { return true }
        let last = text.units[span.upperBound - 1]
        return text.units[span].dropLast().allSatisfy { PlaceCues.numerals.contains($0) || $0 == 0x4E00 }
            && (PlaceCues.numerals.contains(last) || Self.counted.contains(last))
    }

    private static let beforeNoName = Set("的处".utf16)
    private static let counted = Set("楼层号队组天年岁".utf16)
    private static let familiar = Set("小老阿大".utf16)

    /// 高坪上种的茶, 高坪村大道, 高坪超市: a hill, a road, a shop.
    private func goesOnAsAnother(_ span: Range<Int>) -> Bool {
        let end = span.upperBound
        // “息州老李”: what somebody calls himself.
        if end + 1 < text.count, text.units[end] == 0x8001, PlaceCues.surnames.contains(text.units[end + 1]) {
            return true
        }
        return PlaceCues.continuations.begins(at: end, in: text) > 0
            || PlaceCues.afterLooseStem.begins(at: end, in: text) > 0
            || end < text.count && text.units[end] == 0x6751
            || isWare(end) || PlaceCues.groupItself.begins(at: end, in: text) > 0
    }

    /// 肥村有人倒煤矸石, in the township of 肥村村; 本村 and 下村 are any.
    private func isVillageOfOneCharacter(_ span: Range<Int>) -> Bool {
        span.count == 2 && text.units[span.upperBound - 1] == 0x6751 && hasLeftBoundary(span.lowerBound)
            && !Self.beforeAnyVillage.contains(text.units[span.lowerBound])
    }

    private static let beforeAnyVillage = Set("下上进出入到回驻包全本各我咱俺邻外农乡山该贵某新老旧大小前后东西南北中两三四五六七八九十百".utf16)

    /// 好楼格局: whether a word of everyday language begins or ends within a name, or holds it.
    private func isPartOfWord(_ span: Range<Int>) -> Bool {
        if (span.lowerBound + 1..<span.upperBound).contains(where: { text.gaps[$0].contains(.wide) }) { return true }
        func isWord(_ word: Range<Int>) -> Bool {
            text.gaps[word.lowerBound + 1..<word.upperBound].allSatisfy(\.isEmpty)
                && WordCosts.isCurrent(text.units[word])
        }
        for length in 2...4 {
            let first = max(0, span.lowerBound - length + 1)
            for start in first..<max(first, min(span.upperBound, text.count - length + 1))
            where !(span.lowerBound <= start && start + length <= span.upperBound) {
                if isWord(start..<start + length) { return true }
            }
        }
        return false
    }
}
