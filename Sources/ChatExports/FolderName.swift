internal import Messages

/// What the folder of an export says of its group, where the file itself names none.
enum FolderName {
    /// The group that a path's folders name: `群名(555@chatroom)`, or `群名_cid…`.
    static func group(of path: String, platform: Platform) -> GroupIdentity {
        for folder in path.split(separator: "/").dropLast().reversed().prefix(3) {
            if let room = room(folder) { return GroupIdentity(id: room.id, name: room.name, platform: platform) }
            if platform == .dingtalk, let at = folder.lastIndex(of: "_") {
                let id = folder[folder.index(after: at)...]
                if id.utf8.count >= 6 {
                    return GroupIdentity(id: String(id), name: String(folder[..<at]), platform: platform)
                }
            }
        }
        return GroupIdentity(id: "", name: "", platform: platform)
    }

    /// The group of the folders, else one by the name of the file: exporters write the group's name into it.
    static func groupOrStem(of path: String, platform: Platform) -> GroupIdentity {
        var group = group(of: path, platform: platform)
        if group.id.isEmpty { group.name = stem(path) }
        return group
    }

    /// A file's name without its ending and without what exporters append: dates, an encoding, a number.
    static func stem(_ path: String) -> String {
        var parts = (path.split(separator: "/").last ?? "").split(separator: ".")[...]
        if parts.count > 1 { parts.removeLast() }
        var words = parts.joined(separator: ".").split(separator: "_", omittingEmptySubsequences: false)[...]
        func isAppendix(_ word: Substring) -> Bool {
            word == "utf8" || word == "全部时间" || word == "聊天记录"
                || !word.isEmpty && word.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2D }
        }
        while words.count > 1, let last = words.last, isAppendix(last) { words.removeLast() }
        return words.joined(separator: "_")
    }

    /// A file's name, with its folder where that names the group.
    static func telling(_ path: String) -> String {
        let parts = path.split(separator: "/")
        guard let name = parts.last else { return path }
        if parts.count > 1, room(parts[parts.count - 2]) != nil { return "\(parts[parts.count - 2])/\(name)" }
        return String(name)
    }

    /// The name of the folder that a file lies in.
    static func folder(of path: String) -> String {
        let name = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
        return name.hasSuffix("!") || name.hasPrefix(".") ? "" : name
    }

    /// The person or room in brackets at the end of a folder's name; nil where it is none.
    private static func room(_ folder: Substring) -> (id: String, name: String)? {
        for (open, close) in [("(", ")"), ("（", "）")] {
            guard folder.hasSuffix(close), let at = folder.lastIndex(of: Character(open)) else { continue }
            let id = folder[folder.index(after: at)...].dropLast()
            if id.hasSuffix("@chatroom") || id.hasSuffix("@im.chatroom") {
                return (String(id), String(folder[..<at]))
            }
        }
        return nil
    }

    /// True when the nearest folder that names a chat names one with a single person.
    static func isPrivate(_ path: String) -> Bool {
        guard let folder = path.split(separator: "/").dropLast().last, folder.hasSuffix(")") || folder.hasSuffix("）"),
            let at = folder.lastIndex(where: { $0 == "(" || $0 == "（" })
        else { return false }
        return folder[folder.index(after: at)...].hasPrefix("wxid_")
    }
}
