import ArgumentParser

/// A command that prints what it lists: one JSON object a line with `--json`, else what a person reads.
protocol Listing: ParsableCommand {
    associatedtype Item
    var output: JSONOption { get }
    func items() throws -> [Item]
    static func json(_ item: Item) -> JSONValue
    /// One line or several.
    static func lines(_ item: Item) -> [String]
    /// What a person is told where there is nothing to list.
    static var nothing: String { get }
}

extension Listing {
    static var nothing: String { say("没有可列的。", "nothing to list.") }

    func run() throws {
        let items = try items()
        if items.isEmpty, !output.json { Console.tell(Self.nothing) }
        for item in items {
            if output.json {
                Console.write(Self.json(item).line)
            } else {
                for line in Self.lines(item) { Console.print(Console.safe(line)) }
            }
        }
    }
}

/// A command that makes one thing and prints its number.
protocol Adding: ParsableCommand {
    var output: JSONOption { get }
    func add() throws -> Int
}

extension Adding {
    func run() throws {
        let id = try add()
        if output.json { Console.write(JSONValue.object(["id": .int(id)]).line) } else { Console.print(String(id)) }
    }
}

/// A command that does something and has nothing to print but that it is done.
protocol Doing: ParsableCommand {
    var output: JSONOption { get }
    func act() throws
}

extension Doing {
    func run() throws {
        try act()
        if output.json { Console.write(JSONValue.object(["done": true]).line) }
    }
}

extension JSONValue {
    /// A number, or null.
    static func optional(_ number: Int?) -> JSONValue { number.map { .int($0) } ?? .null }
}
