import ArgumentParser
import CaseStore
import ChatExports
import Foundation
import Messages
import Pipeline
import Villages

/// Finds the village of a text that names its group by id or name.
struct PlaceFinder: Sendable {
    let store: CaseStore
    let resolver: VillageResolver
    private let homes: GroupHomes
    private let groups: [String: RegisteredGroup]

    /// The names that a segmenter should keep whole.
    var words: [String] { (try? store.places()).map { Gazetteer.words($0) } ?? [] }

    /// Opens the data folder; nil when none was named, none is there, and none is needed.
    init?(folder named: String?, isNeeded: Bool) throws {
        let folder = DataOptions.folder(named)
        if named == nil, !isNeeded, !FileManager.default.fileExists(atPath: folder + "/store.sqlite") { return nil }
        store = try CaseStore(opening: folder)
        resolver = try Self.resolver(of: store)
        homes = GroupHomes(try store.groupHomes())
        var groups: [String: RegisteredGroup] = [:]
        for group in try store.groups() { for name in group.formerNames + [group.name] { groups[name] = group } }
        for group in try store.groups() { groups[group.id] = group }
        self.groups = groups
    }

    /// The compiled gazetteer of a store, place by place.
    static func resolver(of store: CaseStore) throws -> VillageResolver {
        var builder = GazetteerBuilder()
        try store.forEachPlace { builder.add($0) }
        return VillageResolver(
            builder.gazetteer(successions: try store.successions(), taught: try store.taughtAliases()))
    }

    func attribution(of request: TextRequest) -> Attribution? { resolution(of: request).attribution }

    func resolution(of request: TextRequest) -> VillageResolver.Resolution {
        resolver.resolution(of: request.text, in: context(of: request))
    }

    /// From where and when a request is to be read; a group's home goes before a home that stands in the line.
    func context(of request: TextRequest) -> VillageResolver.Context {
        let sentAt = request.sentAt.flatMap(Moment.seconds)
        if let group = request.group.flatMap({ groups[$0] }) {
            return homes.context(of: group, sentAt: sentAt, isForwarded: request.isForwarded)
        }
        if request.home == nil, let name = request.group {
            return resolver.context(ofGroupNamed: name, sentAt: sentAt, isForwarded: request.isForwarded)
        }
        return VillageResolver.Context(
            home: request.home, group: request.group, sentAt: sentAt, isForwarded: request.isForwarded)
    }

    static func json(_ attribution: Attribution?) -> JSONValue {
        guard let attribution else { return .null }
        return [
            "basis": .string(attribution.basis.rawValue), "code": .string(attribution.code),
            "confidence": .number(attribution.confidence), "name": .string(attribution.name),
        ]
    }
}

/// A time as it stands in JSON.
enum Moment {
    /// Seconds since 1970-01-01 UTC of an ISO time, a day or a number; a time without a zone is China's.
    static func seconds(_ text: String) -> Int64? {
        if let number = Int64(text) { return number > 100_000_000_000 ? number / 1000 : number }
        let parts = text.split(whereSeparator: { $0 == "T" || $0 == " " })
        guard let day = parts.first, Day.isValid(String(day)) else { return nil }
        let numbers = day.split(separator: "-").compactMap { Int($0) }
        // Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let year = numbers[1] <= 2 ? numbers[0] - 1 : numbers[0]
        let (era, ofEra) = (year / 400, year % 400)
        let ofYear = (153 * (numbers[1] + (numbers[1] > 2 ? -3 : 9)) + 2) / 5 + numbers[2] - 1
        let days = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
        var seconds = Int64(days) * 86_400
        guard parts.count > 1 else { return seconds + 4 * 3600 }
        let clock = parts[1].prefix { $0.isNumber || $0 == ":" }.split(separator: ":").compactMap { Int64($0) }
        guard clock.count > 1, clock[0] < 24, clock[1] < 60, clock.count < 3 || clock[2] <= 60 else { return nil }
        seconds += clock[0] * 3600 + clock[1] * 60 + (clock.count > 2 ? clock[2] : 0)
        let zone = parts[1].drop { $0.isNumber || $0 == ":" || $0 == "." }
        if zone.hasPrefix("Z") { return seconds }
        guard let sign = zone.first, sign == "+" || sign == "-" else { return seconds - 8 * 3600 }
        let offset = zone.dropFirst().split(separator: ":").compactMap { Int64($0) }
        guard let hours = offset.first, hours < 10_000, offset.count < 2 || offset[1] < 60 else { return nil }
        let shift =
            (hours > 99 ? hours / 100 * 3600 + hours % 100 * 60 : hours * 3600)
            + (offset.count > 1 ? offset[1] * 60 : 0)
        return seconds - (sign == "-" ? -shift : shift)
    }
}

/// `minsheng attribute`.
struct Attribute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attribute",
        abstract: say("逐行归属到村：标准输入 JSONL → 标准输出 JSONL", "Attributes lines to villages: JSONL in, JSONL out"),
        discussion: say(
            "输入 {\"id\",\"text\",\"group\"?,\"home\"?,\"sentAt\"?,\"forwarded\"?}；输出 {\"id\",\"village\":{…}|null}。群未登记时可用 home 写村代码。",
            "Takes {\"id\",\"text\",\"group\"?,\"home\"?,\"sentAt\"?,\"forwarded\"?}; gives {\"id\",\"village\":{…}|null}. Without a registered group, home may hold a village's code."
        ))

    @Flag(
        name: .long,
        help: ArgumentHelp(
            say(
                "同时给出等级、理由、依据的词语和位置、候选村", "also the tier, the reasons, the words that decided and where, the candidates"
            )))
    var explain = false

    @OptionGroup var data: DataOptions
    @OptionGroup var filter: FilterOptions

    func run() async throws {
        guard let place = try PlaceFinder(folder: data.data ?? data.folder, isNeeded: true) else { return }
        let explain = explain
        let failed = try await Classify.filter(jobs: filter.jobs) { request, _ in
            if let time = request.sentAt, Moment.seconds(time) == nil {
                return [
                    "error": .string(
                        say(
                            "sentAt 不是时间，请写 2024-05-01 或 2024-05-01T08:00:00+08:00",
                            "sentAt is no time: write 2024-05-01 or 2024-05-01T08:00:00+08:00")),
                    "id": .raw(request.id), "village": .null,
                ]
            }
            let resolution = place.resolution(of: request)
            var answer: [String: JSONValue] = [
                "id": .raw(request.id), "village": PlaceFinder.json(resolution.attribution),
            ]
            if explain { answer.merge(Explanation(resolution, request.text, place.resolver).json) { $1 } }
            return .object(answer)
        }
        if failed > 0 { throw ExitCode(1) }
    }
}

/// Why a text lies where it lies.
struct Explanation {
    let resolution: VillageResolver.Resolution
    let text: String
    let resolver: VillageResolver

    init(_ resolution: VillageResolver.Resolution, _ text: String, _ resolver: VillageResolver) {
        self.resolution = resolution
        self.text = text
        self.resolver = resolver
    }

    private var spans: [Range<Int>] { resolution.attribution?.spans ?? resolution.spans }

    /// The members beside `id` and `village`.
    var json: [String: JSONValue] {
        [
            "candidates": .array(resolution.candidates.map(named)),
            "former": .array(
                (resolution.attribution?.former ?? []).map { ["code": .string($0.code), "name": .string($0.name)] }),
            "others": .array(
                resolution.others.map { other in
                    var words = FlagOutput.hit(text, Hit(rule: other.role.rawValue, span: other.span))
                    if case .object(var members) = words {
                        members["codes"] = .array(other.codes.map { .string($0) })
                        words = .object(members)
                    }
                    return words
                }),
            "reasons": .array(resolution.reasons.map { .string($0.rawValue) }), "summary": .string(line),
            "tier": .string(resolution.tier.rawValue),
            "why": .string(resolver.explained(resolution, of: text, isChinese: language == .zh)),
            "words": .array(
                spans.map {
                    FlagOutput.hit(text, Hit(rule: resolution.attribution?.basis.rawValue ?? "", span: $0))
                }),
        ]
    }

    private func named(_ code: String) -> JSONValue {
        ["code": .string(code), "name": .string(resolver.gazetteer.today(of: code)?.name ?? "")]
    }

    /// All of it on one line.
    var line: String {
        let words = spans.map { span in
            let bytes = text.utf8
            let start = bytes.prefix(span.lowerBound).count { $0 & 0xC0 != 0x80 }
            let slice = FlagOutput.slice(text, span)
            return "「\(slice)」@\(start)-\(start + slice.unicodeScalars.count)"
        }
        let why = ([words.joined(separator: " ")] + resolution.reasons.map(\.rawValue)).filter { !$0.isEmpty }
        let place = resolution.attribution.map { "village=\($0.code) \($0.name)" } ?? "village=null"
        let others = resolution.candidates.map { $0 + " " + (resolver.gazetteer.today(of: $0)?.name ?? "") }
        return place + " [\(resolution.tier.rawValue): " + why.joined(separator: ", ") + "]"
            + (others.isEmpty ? "" : " ? " + others.joined(separator: ", "))
    }
}
