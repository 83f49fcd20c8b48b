extension CaseDesk {
    /// The desk of another person at another instant, over the same store.
    ///
    /// - Cost: none; a new desk reads the folder's key and derives three from it, some 100 µs.
    public func acting(as actor: Int, now: Int64) -> CaseDesk { CaseDesk(like: self, as: actor, now: now) }

    private init(like desk: CaseDesk, as actor: Int, now: Int64) {
        (store, sealer) = (desk.store, desk.sealer)
        (self.actor, self.now) = (actor, now)
    }
}
