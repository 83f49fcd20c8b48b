import Testing

struct ProgramTests {
    @Test func `exists`() {}
}
