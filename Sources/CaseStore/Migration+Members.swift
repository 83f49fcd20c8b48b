extension Migration {
    /// Which messages belong to a flag stands under the flag's seal: in the order in which it is sealed.
    ///
    /// Cases and flags are sealed anew with this step, as their seals cover more (`RowSeal.widen`).
    static let members = Migration(
        name: "members",
        script: """
            DROP INDEX flag_message_flag;
            CREATE INDEX flag_message_flag ON flag_message (flag_id, digest);
            """)
}
