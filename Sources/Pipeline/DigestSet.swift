/// A set of 64-bit digests in one flat table.
///
/// Digests are evenly spread by nature, so they are their own hash.
struct DigestSet: Sendable {
    private var table: [UInt64]
    /// The number of digests.
    private(set) var count = 0
    private var hasZero = false

    init(_ digests: [UInt64] = []) {
        var size = 64
        while size < digests.count * 2 { size *= 2 }
        table = [UInt64](repeating: 0, count: size)
        for digest in digests { insert(digest) }
    }

    func contains(_ digest: UInt64) -> Bool {
        if digest == 0 { return hasZero }
        var slot = Int(truncatingIfNeeded: digest) & (table.count - 1)
        while table[slot] != 0 {
            if table[slot] == digest { return true }
            slot = (slot + 1) & (table.count - 1)
        }
        return false
    }

    /// Adds a digest; false when it was there.
    @discardableResult
    mutating func insert(_ digest: UInt64) -> Bool {
        if digest == 0 {
            defer { hasZero = true }
            count += hasZero ? 0 : 1
            return !hasZero
        }
        if count * 2 >= table.count { grow() }
        var slot = Int(truncatingIfNeeded: digest) & (table.count - 1)
        while table[slot] != 0 {
            if table[slot] == digest { return false }
            slot = (slot + 1) & (table.count - 1)
        }
        table[slot] = digest
        count += 1
        return true
    }

    /// All digests, ascending.
    var sorted: [UInt64] {
        var digests = table.filter { $0 != 0 }
        if hasZero { digests.append(0) }
        return digests.sorted()
    }

    private mutating func grow() {
        let old = table
        table = [UInt64](repeating: 0, count: old.count * 2)
        for digest in old where digest != 0 {
            var slot = Int(truncatingIfNeeded: digest) & (table.count - 1)
            while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
            table[slot] = digest
        }
    }
}
