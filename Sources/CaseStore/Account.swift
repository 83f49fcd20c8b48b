public import Casework

/// What an installation decides about its doors.
public struct AccountPolicy: Sendable, Equatable {
    /// The cost of a password's hash: a power of two.
    public var rounds = 1 << 15
    /// After how many wrong passwords in a row an account is locked.
    public var attempts = 5
    /// For how many seconds.
    public var lockSeconds: Int64 = 900
    /// After how many seconds without a request a session ends.
    public var idleSeconds: Int64 = 1800
    /// After how many seconds a session ends in any case.
    public var longestSeconds: Int64 = 12 * 3600
    /// For how many days a token holds.
    public var tokenDays = 90

    /// The defaults.
    public init() {}
}

/// What came of a try to sign in.
public enum SignIn: Sendable, Equatable {
    /// The person; `mustChange` where an administrator gave the password, which then has to be replaced first.
    case accepted(StaffMember, mustChange: Bool)
    /// No such person, no password, or a wrong one: which of them is not said.
    case refused
    /// Too many wrong passwords, until an instant (seconds since 1970-01-01 UTC).
    case locked(until: Int64)
}

/// An open session of the desk.
public struct DeskSession: Sendable, Equatable {
    /// What the browser holds; the store knows its digest alone.
    public var secret: String
    /// The person, as the tables say now: who has left has no session.
    public var person: StaffMember
    /// What every form must carry; follows from the secret.
    public var csrf: String
    /// When it was opened, seconds since 1970-01-01 UTC.
    public var openedAt: Int64
    /// True where the password must be replaced before anything else.
    public var mustChange: Bool
}

/// A token by which a program works as a person.
public struct APIToken: Sendable, Equatable {
    /// The number.
    public var id: Int
    /// The person.
    public var staff: Int
    /// What it is for, in the person's words.
    public var label: String
    /// When it was issued.
    public var issuedOn: CivilDay
    /// The last day on which it holds.
    public var expiresOn: CivilDay
    /// When it was ended; nil while it holds.
    public var endedOn: CivilDay?
}
