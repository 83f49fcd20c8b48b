public import CaseStore
import Foundation

/// How a desk is run.
public struct DeskSettings: Sendable {
    /// What a request may name as its host (`localhost:8080`); others are refused, so that no other site's name can be
    /// pointed at the desk.
    public var hosts: Set<String>
    /// True where the connection is encrypted: cookies are then never sent over another.
    public var isSecure = false
    /// Attempts, locks, and how long a session lives.
    public var accounts = AccountPolicy()
    /// Seconds in which a dismissal can be taken back; only then are the words erased.
    public var undoSeconds: Int64 = 20
    /// Rows on a page.
    public var pageSize = 30
    /// The largest upload in bytes; it is held in memory, since no export may lie on the disk.
    public var uploadBytes = 256 << 20
    /// Where the lexicons lie; nil for the installation's.
    public var lexicons: String?
    /// Seconds since 1970-01-01 UTC.
    public var clock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

    /// Settings for a host.
    public init(hosts: Set<String>) { self.hosts = hosts }
}
