internal import Messages

/// Whether a matter is the township's or home's, by the words around the township's name and around 镇 and 乡 without one.
///
/// The rules know which offices act and which facilities are complained of; where the model of the words is sure of the contrary
/// it decides.
extension Weighing {
    /// From which log-odds on a matter is the township's although the rules stay at home, the same where they know it as who should
    /// act, and up to which it is home's although they say that it is the township's.
    private static let township = (there: 1.0, overAgent: 2.0, home: -0.5)

    /// The resolution after the words around the township's name, or around 镇 and 乡 without one, were heard.
    func heardOfTownship(_ result: Resolution, _ model: PlaceModel) -> Resolution {
        guard let home, gazetteer.places[home].level == .village, !reading.isHomeGuessed, text.count <= Self.longest,
            let town = gazetteer.unit(.township, of: home), let attribution = result.attribution,
            attribution.basis == .group || attribution.code == gazetteer.codes[town], stems.isEmpty
        else { return result }
        var names: [PlaceSigns.Name] = []
        for mention in mentions {
            switch mention.kind {
            case .township:
                guard mention.places.contains(town) else { return result }
                names.append(.init(span: PlaceSigns.whole(mention.span, .township, in: text), kind: .township))
            case .region: names.append(.init(span: PlaceSigns.whole(mention.span, .region, in: text), kind: .region))
            case .village, .weak, .unlisted: return result
            }
        }
        names += PlaceSigns.townships(in: text)
        guard names.contains(where: { $0.kind == .township }) else { return result }
        // 镇派出所旁边的路灯, 镇垃圾中转站后侧那条沟: what lies beside it is ours.
        let isBeside = names.contains { name in
            name.kind == .township
                && PlaceCues.besideFacility.first(
                    in: name.span.upperBound..<min(text.count, name.span.upperBound + 8), of: text) != nil
        }
        if isBeside, attribution.basis == .group { return result }
        let marks = PlaceSigns.apart(names)
        let odds = model.odds(PlaceSigns(text: text, names: marks, hasHome: true), of: .township)
        if attribution.basis == .group {
            let isAgent = mentions.contains { $0.role == .agent }
            guard odds >= (isAgent ? Self.township.overAgent : Self.township.there) else { return result }
            let spans = marks.filter { $0.kind == .township }.map { text.original($0.span) }
            return Resolution(
                attribution: self.attribution([town], .township, 0.7, spans, .c), reasons: [.wordsAround, .township])
        }
        guard odds <= Self.township.home else { return result }
        return Resolution(
            attribution: self.attribution([home], .group, 0.7, [], .c), reasons: [.wordsAround, .groupsVillage])
    }

    /// 从柏木镇开到石湾镇的公交车: what runs between two townships lies above both.
    func line(between mentions: [Mention]) -> Resolution? {
        guard mentions.count == 2, let first = mentions.first, let last = mentions.last,
            first.span.upperBound < last.start, last.start - first.span.upperBound < 6,
            PlaceCues.wayFrom.ends(at: first.start, in: text) > 0, PlaceCues.lineTo.ends(at: last.start, in: text) > 0,
            PlaceCues.bus.first(in: last.span.upperBound..<min(text.count, last.span.upperBound + 12), of: text) != nil
        else { return nil }
        let places = Set(
            mentions.flatMap { inRegions($0.places) }.filter { town in
                home.map { gazetteer.shareCounty($0, town) } ?? true
            })
        guard places.count == 2, let unit = gazetteer.commonUnit(places) else { return nil }
        let spans = mentions.map { text.original($0.span) }
        return Resolution(attribution: attribution([unit], .parent, 0.7, spans, .b), reasons: [.several])
    }
}
