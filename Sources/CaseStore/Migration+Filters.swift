extension Migration {
    /// The filters that people keep for the queue: with the account, so that they follow the person to another machine
    /// and whoever works there next sees none of them.
    static let filters = Migration(
        name: "filters",
        script: """
            CREATE TABLE saved_filter (
              staff_id BIGINT PRIMARY KEY NOT NULL REFERENCES staff (id),
              payload {blob} NOT NULL CHECK (length(payload) BETWEEN 29 AND 8192));
            """)
}
