import CaseStore
import Casework
import Messages

/// Registering a group: its village, and the day on which its members were told.
enum GroupForm {
    static func markup(_ call: Call) -> Markup {
        var platforms = Markup()
        for platform in Platform.allCases {
            platforms += call.option(platform.rawValue, call.t(name(platform)), selected: platform == .wechat)
        }
        return """
            <details class="act"><summary>\(call.t(.groupAdd))</summary><form method="post" action="/villages/groups" class="fields">\(call.tokenField())
            <label>\(call.t(.groupID))<input name="id" required maxlength="100" autocomplete="off"></label>
            <label>\(call.t(.groupName))<input name="name" required maxlength="100" autocomplete="off"></label>
            <label>\(call.t(.platform))<select name="platform">\(platforms)</select></label>
            <label>\(call.t(.village))<input name="village" list="places" required autocomplete="off"></label>
            <label>\(call.t(.groupNotice))<input type="date" name="day" required max="\(call.today.description)"></label>
            <div class="buttons"><button class="first">\(call.t(.groupAdd))</button></div></form><p class="small">\(call.t(.groupHelp))</p></details>
            """
    }

    private static func name(_ platform: Platform) -> Phrase {
        switch platform {
        case .wechat: .platformWeChat
        case .dingtalk: .platformDingTalk
        case .wecom: .platformWeCom
        case .qq: .platformQQ
        case .welink: .platformWeLink
        }
    }

    static func add(_ call: Call) throws -> WebResponse {
        guard let village = call.field("village").flatMap({ QueueFilter.code(of: $0, call) }) else {
            throw WebProblem(422, .errorPlace)
        }
        guard let platform = call.field("platform").flatMap(Platform.init(rawValue:)), let id = call.field("id"),
            let name = call.field("name"), let day = call.field("day")
        else { throw WebProblem(422, .errorForm) }
        try call.desk().add(
            RegisteredGroup(id: id, name: name, platform: platform, village: village, noticePostedOn: day))
        call.app.forgetDirectory()
        call.leave(Notice(text: call.t(.groupAdded, name, call.place(village))))
        return .see("/villages")
    }
}
