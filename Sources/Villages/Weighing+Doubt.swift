internal import Messages

/// What is left to a person although the words decide it: a key pressed costs less than a complaint on the wrong desk.
///
/// Another village is believed against home where it is the subject or the place of the matter. Three signs say that it may be
/// neither, whatever else stands in the text: nobody says that anything is the matter, and it sounds like talk; the speaker's
/// own side begins a clause behind it; the name stands where one goes to.
extension Weighing {
    /// A text names few places up to here.
    private static let fewNames = 8

    /// Whether it is open that another village is the subject or the place.
    func isDoubtful(_ named: [(mention: Mention, choice: Choice)]) -> Bool {
        // A text with many names is weighed by how often each stands in it; looking at each beside each would take too long.
        guard named.count <= Self.fewNames, self.mentions.count <= Self.fewNames * 4 else { return false }
        let mentions = named.map(\.mention)
        guard let last = mentions.last, !mentions.contains(where: { !$0.within.isEmpty }) else { return false }
        return isTalk(mentions) || isHalfNamed(mentions) || mentions.allSatisfy(isVehicle)
            || PlaceCues.villageWish.first(in: last.span.upperBound..<max(last.span.upperBound, text.count), of: text)
                != nil
            || namesHomeToo
            || isHereAgain(behind: last)
            || mentions.allSatisfy(isGoal)
    }

    /// 锦美的水管老爆，村里不管: a stem, and 村里 in a clause of its own, which is mostly the speaker's.
    private func isHalfNamed(_ mentions: [Mention]) -> Bool {
        guard let last = mentions.last, mentions.allSatisfy({ $0.kind == .weak && !$0.isTaught }) else { return false }
        return (last.span.upperBound + 1..<max(last.span.upperBound + 1, text.count)).contains { place in
            text.units[place - 1] &- 0x4E00 >= 0x5200 && PlaceCues.ownVillageAgain.begins(at: place, in: text) > 0
        }
    }

    /// 葛店村烧垃圾的味飘得霞坂都是: home is named as well, and no word says as what.
    private var namesHomeToo: Bool {
        homeNames.prefix(Self.fewNames * 4).contains { name in
            !isFeature(name) && PlaceCues.besideHomesName.ends(at: name.lowerBound, in: text) == 0
                // 西营子村五号机井: a thing of the other village that is called so.
                && !mentions.contains {
                    $0.span.overlaps(name) && $0.role != .place || $0.span.upperBound == name.lowerBound
                }
        }
    }

    /// 葛店的混凝土车把路压坏了: whose it is, and no word says whose road.
    private func isVehicle(_ mention: Mention) -> Bool {
        let end = mention.span.upperBound
        guard counts[mention.places.first ?? -1] ?? 1 < 2, mention.start == 0 || text.units[mention.start - 1] != 0x662F
        else { return false }
        let near = end..<min(text.count, end + 6)
        guard let word = PlaceCues.vehicles.first(in: near, of: text) else { return false }
        return PlaceCues.vehiclesDo.first(in: word..<min(text.count, word + 14), of: text) != nil
    }

    /// 吴山河: a river that is called so, wherever it runs.
    private func isFeature(_ name: Range<Int>) -> Bool {
        name.upperBound < text.count && PlaceCues.features.contains(text.units[name.upperBound])
    }

    /// 东星村的乡亲，今晚有电影: nothing is the matter, and somebody is invited, thanked or envied.
    private func isTalk(_ mentions: [Mention]) -> Bool {
        let all = 0..<text.count
        guard PlaceCues.talk.first(in: all, of: text) != nil,
            !mentions.contains(where: { PlaceCues.isCadre(after: $0.span.upperBound, in: text) })
        else { return false }
        // The names themselves have such words in them (清水村, 三断桥).
        return !all.contains { place in
            PlaceCues.matter.begins(at: place, in: text) > 0 && PlaceCues.noMatter.begins(at: place, in: text) == 0
                && !mentions.contains { $0.span.contains(place) }
        }
    }

    /// 南岭村的班车改线以后，这边就没车了: a clause of its own speaks of where the speaker is.
    private func isHereAgain(behind mention: Mention) -> Bool {
        guard counts[mention.places.first ?? -1] ?? 1 < 2 else { return false }
        return (mention.span.upperBound + 2..<max(mention.span.upperBound + 2, text.count)).contains { place in
            text.units[place - 1] &- 0x4E00 >= 0x5200 && PlaceCues.hereAgain.begins(at: place, in: text) > 0
        }
    }

    /// 去高坪村的路…, 从高坪村…: where one goes to or comes from, and nothing that one saw there.
    private func isGoal(_ mention: Mention) -> Bool {
        // A story tells what is the matter there.
        guard text.count < Self.shortText / 2, counts[mention.places.first ?? -1] ?? 1 < 2,
            PlaceCues.goalBefore.ends(at: mention.start, in: text) > 0
        else { return false }
        let end = mention.span.upperBound
        // 我妹妹嫁到白鹿塘村，她家门口的路烂了.
        let comma = (end..<min(text.count, end + 8)).first { text.units[$0] == 0x2C }
        if let comma, PlaceCues.thereAgain.begins(at: comma + 1, in: text) > 0 { return false }
        return PlaceCues.atGoal.begins(at: end, in: text) == 0
            && PlaceCues.seenAtGoal.first(in: end..<text.count, of: text) == nil
            && PlaceCues.seenAtGoal.first(in: 0..<mention.start, of: text) == nil
    }
}
