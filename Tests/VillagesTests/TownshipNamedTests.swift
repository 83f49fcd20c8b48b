import Messages
import Testing
import Villages

/// What the township that a text names decides, wherever it stands; a county of invented names.
struct TownshipNamedTests {
    private static let resolver: VillageResolver = {
        let rows = Places.rows(
            """
            code,name
            990101000000,岚东县
            990101101000,盖溪镇
            990101101201,浦埠村委会
            990101101202,东岐村委会
            990101101203,镇后村委会
            990101101204,后陂村委会
            990101102000,上沔乡
            990101102201,浦埠村委会
            990101102202,新村村委会
            990101102203,寺后村委会
            990201000000,岚西县
            990201101000,白沙镇
            990201101201,新村社区居委会
            990201002000,五峰街道办事处
            990201002001,浦埠居委会
            990201003000,石塘街道
            990201003001,浦埠社区居委会
            """)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else {
            return VillageResolver(rules: Gazetteer([]))
        }
        return VillageResolver(rules: Gazetteer(table.entries(rows.dropFirst()).entries))
    }()

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let code: String?
        var testDescription: String { text }
    }

    @Test(arguments: [
        // Two of that name: the township that is named beside it, before or after.
        Case(text: "在浦埠村新桥旁的沟里发臭，盖溪镇的干部管不管", code: "990101101201"),
        Case(text: "浦埠村離上沔鄉只有三里，村道被人圍了起來", code: "990101102201"),
        Case(text: "浦埠村的沟里发臭，管不管", code: nil),
        // The last character said once more.
        Case(text: "上沔乡新村村的水管爆了", code: "990101102202"),
        Case(text: "新村村位于岚东县城南十里", code: "990101102202"),
        Case(text: "新村村在上沔乡东边", code: "990101102202"),
        Case(text: "新村村位于岚西县城南十里", code: "990201101201"),
        Case(text: "岚西县石塘街道办事处浦埠社区违规收费", code: "990201003001"),
        Case(text: "石塘街道办事处浦埠社区违规收费", code: "990201003001"),
        // Short names, each within the one before it.
        Case(text: "岚东盖溪后陂，山体滑坡把路堵了", code: "990101101204"),
        Case(text: "岚东盖溪寺后，山体滑坡把路堵了", code: nil),
        // A street's office by its short name.
        Case(text: "五峰办事处浦埠村的沟里发臭", code: "990201002001"),
        Case(text: "五峰街道办浦埠村的沟里发臭", code: "990201002001"),
        // A stem right behind its township, where the township's last character begins another.
        Case(text: "盖溪镇后陂的路塌了", code: "990101101204"),
        // A sound counts in the township that is named, not in the county.
        Case(text: "盖溪镇东歧村的路塌了", code: "990101101202"),
        Case(text: "上沔乡东歧村的路塌了", code: "990101102000"),
        Case(text: "岚东县东歧村的路塌了", code: nil),
    ])
    func `without a group's home`(_ row: Case) {
        #expect(Self.resolver.attribution(of: row.text, home: nil)?.code == row.code)
    }
}
