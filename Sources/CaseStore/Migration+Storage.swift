extension Migration {
    /// Seals say how each value is stored (`SealForm.stored`), and cover the ranks and prefixes of bodies, readings and imports:
    /// everything is sealed anew with this step, where it fits its old seal (`RowSeal.takeOver`).
    static let storage = Migration(name: "storage", script: "")
}
