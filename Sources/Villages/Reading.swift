internal import Messages

/// From where and when a text is read: what its names mean there and then.
struct Reading {
    let gazetteer: Gazetteer
    /// The home as it was on the day, or nil.
    let home: Int?
    /// The id of the group.
    let group: String?
    /// The day as 20200630; `Int32.max` for today.
    let day: Int32
    /// True when nobody registered the home.
    var isHomeGuessed = false

    /// Whether a meaning counts here: taught names have a scope.
    func counts(_ meaning: Gazetteer.Meaning) -> Bool {
        guard meaning.scope >= 0 else { return true }
        let scope = gazetteer.scopes[Int(meaning.scope)]
        guard scope.from <= day, day == Int32.max ? scope.to == Int32.max : day <= scope.to else { return false }
        if let wanted = scope.group { return wanted == group }
        guard let home, scope.unit >= 0 else { return false }
        return gazetteer.isWithin(home, Int(scope.unit))
    }

    /// The villages that were meant on the day.
    func places(_ meanings: [Gazetteer.Meaning]) -> [Int] {
        // What a person taught here goes before what a list says.
        let taught = meanings.filter { $0.scope >= 0 }
        return then((taught.isEmpty ? meanings : taught).map { Int($0.place) })
    }

    /// Places as they were on the day; those that came later only where there is no other.
    func then(_ places: [Int]) -> [Int] {
        guard gazetteer.hasHistory else { return places }
        let known = places.flatMap { gazetteer.then($0, on: day) }
        let current = known.filter { gazetteer.places[$0].from <= day }
        return Array(Set(current.isEmpty ? known : current)).sorted()
    }

    /// Townships and counties, as they are today.
    func units(_ meanings: [Gazetteer.Meaning]) -> [Int] {
        Array(Set(meanings.map { Int(gazetteer.places[Int($0.place)].today) })).sorted()
    }
}
