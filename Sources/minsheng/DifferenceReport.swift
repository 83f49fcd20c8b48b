import Messages
import Workbench

/// A difference of two lexicons for a person and for a program.
struct DifferenceReport {
    let difference: LexiconDifference

    init(_ difference: LexiconDifference) { self.difference = difference }

    var lines: [String] {
        if difference.isEmpty { return [say("没有不同。", "no difference.")] }
        return difference.items.flatMap { item -> [String] in
            let fate =
                switch item.fate {
                case .added: say("新增", "added")
                case .dropped: say("删去", "dropped")
                case .changed: say("改动", "changed")
                }
            var head = "\(fate) \(Self.kind(item.kind)) \(item.subject)：\(item.name)"
            if item.kind == "set", item.uses > 0 {
                head += say("（\(item.uses) 条规则使用）", " (used by \(item.uses) rules)")
            }
            let values = item.values.map { value in
                "    \(Self.key(value.key))：" + (value.from.map { $0 + " → " } ?? "")
                    + (value.to ?? say("（删去）", "(none)"))
            }
            let words = item.words.map { list in
                let added = list.added.isEmpty ? "" : " ＋" + list.added.joined(separator: "、")
                let dropped = list.dropped.isEmpty ? "" : " －" + list.dropped.joined(separator: "、")
                return "    \(Self.key(list.key))：\(added)\(dropped)"
            }
            return [head] + values + words
        }
    }

    var rows: [JSONValue] {
        difference.items.map { item in
            [
                "fate": .string(item.fate.rawValue), "kind": .string(item.kind), "name": .string(item.name),
                "subject": .string(item.subject), "uses": .int(item.uses),
                "values": .array(
                    item.values.map { ["from": .optional($0.from), "key": .string($0.key), "to": .optional($0.to)] }),
                "words": .array(
                    item.words.map { list in
                        [
                            "added": .array(list.added.map { .string($0) }),
                            "dropped": .array(list.dropped.map { .string($0) }),
                            "key": .string(list.key),
                        ]
                    }),
            ]
        }
    }

    private static func kind(_ kind: String) -> String {
        switch kind {
        case "rule": say("规则", "rule")
        case "guard": say("防误报", "guard")
        case "set": say("词组", "set")
        case "spelling": say("其他写法", "other spellings")
        case "title": say("名称", "name")
        case "model": say("模型", "model")
        default: say("分词词表", "words")
        }
    }

    private static func key(_ key: String) -> String {
        if key.count == 1, Int(key) != nil { return say("条件\(key)", "condition \(key)") }
        switch key {
        case "terms": return say("词", "words")
        case "digest": return say("摘要", "digest")
        case "title", "zh": return say("名称", key)
        case "match": return say("应命中例句", "examples to match")
        case "miss": return say("不应命中例句", "examples to miss")
        default: return key
        }
    }
}
