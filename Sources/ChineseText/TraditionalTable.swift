/// Traditional characters and their simplified forms, one to one, so that offsets stay as they are.
///
/// It does no harm to simplified text: characters that GB 2312 has are left alone (乾隆, 俱乐部, 著名), but for 於, 徵, 後, 夥, 麽.
enum TraditionalTable {
    /// Replaces the traditional entries of a table that is indexed by BMP code unit.
    static func apply(to table: inout [UInt16]) {
        var source: UInt16?
        for unit in pairs.utf16 where unit != 0x0A {
            if let from = source {
                table[Int(from)] = unit
                source = nil
            } else {
                source = unit
            }
        }
    }

    /// A table of 65,536 entries: the simplified form of each BMP code unit, or itself.
    static let simplified: [UInt16] = {
        var table = [UInt16](unsafeUninitializedCapacity: 65_536) { buffer, count in
            for unit in 0..<65_536 { buffer[unit] = UInt16(unit) }
            count = 65_536
        }
        apply(to: &table)
        return table
    }()
}
