extension CaseStore {
    /// The column mappings that imports were given, by the group's id.
    public func columnMaps() throws(StoreError) -> [String: String] {
        try read { session in
            var maps: [String: String] = [:]
            for row in try session.query("SELECT group_id, map FROM column_map") {
                maps[try row.text(0)] = try row.text(1)
            }
            return maps
        }
    }

    /// Keeps a group's column mapping for its next tables.
    public func setColumnMap(_ map: String, group: String) throws(StoreError) {
        try write { session in
            guard try !session.query("SELECT 1 FROM chat_group WHERE id = $1", [.text(group)]).isEmpty else {
                throw StoreError(.unknownGroup(group), folder: folder)
            }
            try session.execute(
                """
                INSERT INTO column_map (group_id, map) VALUES ($1, $2)
                ON CONFLICT (group_id) DO UPDATE SET map = excluded.map
                """, [.text(group), .text(map)])
        }
    }
}
