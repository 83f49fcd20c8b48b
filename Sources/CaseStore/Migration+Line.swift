extension Migration {
    /// The flags that wait, in the order in which they are worked off, and the open cases of a place: both are a few
    /// among all that ever were.
    static let line = Migration(
        name: "line",
        // Put like this the condition is no comparison that the planner would come by another index for.
        script: """
            DROP INDEX flag_urgency;
            CREATE INDEX flag_waiting ON flag ((expires_on - 7 * severity), id) WHERE (state || '') IN ('new', 'claimed');
            CREATE INDEX matter_place_open ON matter (area_code, topic) WHERE is_open = 1;
            """)
}
