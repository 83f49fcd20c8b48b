import ChatExports
import Foundation
import Messages
import Testing

/// The mapping that is proposed for a table that no format knows.
@Suite struct ColumnRolesTests {
    struct Table: Sendable, CustomTestStringConvertible {
        let text: String
        let map: String
        var testDescription: String { String(text.prefix { $0 != "\n" }) }

        /// A header, rows, and the mapping that is meant.
        init(_ header: String, _ rows: [String], _ map: String) {
            text = ([header] + rows).joined(separator: "\n") + "\n"
            self.map = map
        }
    }

    @Test(arguments: [
        // A group's name is nobody's.
        Table(
            "group_name,send_time,member,msg_body", ["柳溪村,2026-05-29 08:14:05,甲,停水了", "柳溪村,2026-05-29 08:15:05,乙,马上修"],
            "time=send_time,sender=member,text=msg_body,group=group_name"),
        Table(
            "群名称,发言时间,发言人,发言内容,部门", ["柳溪村,2026-05-29 08:14,甲,停水了,三组", "柳溪村,2026-05-29 08:15,乙,马上修,村委"],
            "time=发言时间,sender=发言人,text=发言内容,group=群名称"),
        Table(
            "会话名称,账号,时间,昵称,消息正文", ["柳溪村,u1,2026/5/29 8:14,甲,停水了", "柳溪村,u1,2026/5/29 8:15,乙,马上修"],
            "time=时间,sender=昵称,text=消息正文,group=会话名称"),
        Table(
            "chat_id,chat_name,created_at,user_id,user_name,content,extra",
            ["c1,柳溪村,2026-05-29T08:14:05Z,u1,甲,停水了,", "c1,柳溪村,2026-05-29T08:15:05Z,u2,乙,马上修,"],
            "time=created_at,sender=user_name,sender-id=user_id,text=content,group=chat_name,group-id=chat_id"),
        Table(
            "room_id,room,timestamp,from,type,text,x",
            ["r1,柳溪村,1780013645,甲,text,停水了,1", "r1,柳溪村,1780013705,乙,image,[图片],1"],
            "time=timestamp,sender=from,text=text,group=room,group-id=room_id,kind=type"),
        // A day with a clock before a day alone, whichever is called what.
        Table(
            "日期,发送时间,发送人,消息", ["2026-05-29,2026-05-29 08:14:05,甲,停水了", "2026-05-29,2026-05-29 08:15:05,乙,马上修"],
            "time=发送时间,sender=发送人,text=消息"),
        Table(
            "date,clock time,who,said text", ["2026-05-29,08:14:05,甲,停水了", "2026-05-29,08:15:05,乙,马上修"],
            "time=clock time,date=date,sender=who,text=said text"),
        Table(
            "日期,姓名,所说的话,手机", ["2026-05-29,甲,停水了,", "2026-05-29,乙,马上修,"], "time=日期,sender=姓名,text=所说的话"),
        Table(
            "更新时间,消息时间,成员,内容,状态",
            ["2026-06-01 00:00:00,2026-05-29 08:14:05,甲,停水了,1", "2026-06-01 00:00:00,2026-05-29 08:15:05,乙,马上修,1"],
            "time=消息时间,sender=成员,text=内容"),
        Table(
            "导出时间,聊天对象,发信人,发信日期,文本", ["2026-06-01 00:00,柳溪村,甲,2026-05-29 08:14,停水了"],
            "time=发信日期,sender=发信人,text=文本,group=聊天对象"),
        // Ids say whose they are; a row's number is nobody's.
        Table(
            "序号,消息ID,发送者ID,发送者,群ID,发送时间,消息类型,内容,部门",
            ["1,7412000000000000001,wxid_a,甲,g1,2026-05-29 08:14:05,文本,停水了,x"],
            "time=发送时间,sender=发送者,sender-id=发送者ID,text=内容,group-id=群ID,id=消息ID,kind=消息类型"),
        Table(
            "id,msgid,sender_userid,roomid,msgtime,msgtype,msg_text",
            ["1,m-000000001,u1,r1,1780013645123,text,停水了", "2,m-000000002,u2,r1,1780013705123,text,马上修"],
            "time=msgtime,sender-id=sender_userid,text=msg_text,group-id=roomid,id=msgid,kind=msgtype"),
        Table(
            "微信号,群昵称,群名,消息时刻,聊天内容,引用内容", ["wx1,甲,柳溪村,2026-05-29 08:14,停水了,", "wx2,乙,柳溪村,2026-05-29 08:15,马上修,停水了"],
            "time=消息时刻,sender=群昵称,sender-id=微信号,text=聊天内容,group=群名,quote=引用内容"),
        Table(
            "工号,人员姓名,接收人,时间,信息内容", ["1001,甲,乙,2026-05-29 08:14,停水了"],
            "time=时间,sender=人员姓名,sender-id=工号,text=信息内容"),
        // What a column holds, where its name says nothing or something else.
        Table(
            "a,b,c,d", ["1,甲,停水了停水了,2026-05-29 08:14:05", "2,乙,马上叫人来修,2026-05-29 08:15:05"],
            "time=d,sender=…,text=c"),
        Table(
            "sender_type,sender_name,time,is_text,text",
            ["1,甲,2026-05-29 08:14:05,1,停水了", "1,乙,2026-05-29 08:15:05,1,马上修"],
            "time=time,sender=sender_name,text=text"),
        Table(
            "类型,人,时间,话", ["1,甲,2026-05-29 08:14:05,停水了停水了", "3,乙,2026-05-29 08:15:05,马上叫人来修"],
            "time=时间,sender=人,text=话"),
        // A header over several lines, and names that can't be typed.
        Table(
            "\"发送\n时间\",\"发言人\n(昵称)\",\"消息,内容\",备注栏", ["2026-05-29 08:14:05,甲,停水了,x", "2026-05-29 08:15:05,乙,马上修,x"],
            "time=#1,sender=#2,text=#3"),
        Table(
            "时间\t发言人\t内容\t附加", ["2026-05-29 08:14:05\t甲\t停水了\t"], "time=时间,sender=发言人,text=内容"),
        Table(
            "Nick Name,Message Text,Sent At,Channel", ["甲,停水了,2026-05-29 08:14,liuxi", "乙,马上修,2026-05-29 08:15,liuxi"],
            "time=Sent At,sender=Nick Name,text=Message Text,group=Channel"),
        Table(
            "消息数,群成员,发布时间,留言", ["3,甲,2026-05-29 08:14,停水了", "5,乙,2026-05-29 08:15,马上修"],
            "time=发布时间,sender=群成员,text=留言"),
    ])
    func `what is proposed for a table`(_ table: Table) throws {
        let error = #expect(throws: ExportError.self) {
            try ExportFile(bytes: Array(table.text.utf8), name: "a.csv", options: ExportOptions(now: Rendering.now))
        }
        #expect(error?.reason == .unknownTable)
        let proposed = try #require(error?.detail?.components(separatedBy: "--map ").last)
        #expect(proposed == "\"" + table.map + "\"")
        guard !table.map.contains("…") else { return }
        // It reads the rows that it was proposed for.
        var options = ExportOptions(now: Rendering.now)
        options.columnMap = try ColumnMap(table.map)
        let file = try ExportFile(bytes: Array(table.text.utf8), name: "a.csv", options: options)
        let block = try #require(try file.nextChunk()).block()
        #expect(block.records.first.map { block.string($0.text).hasPrefix("停水了") } == true)
        #expect(block.rejects.isEmpty)
        #expect(block.records.allSatisfy { $0.speakerKey != 0 && !$0.isFromStranger })
    }

    @Test func `a column may be named without the line ends of its header`() throws {
        var options = ExportOptions(now: Rendering.now)
        options.columnMap = try ColumnMap("time=发送时间,sender=发言人,text=内容")
        let text = "\"发送\n时间\",\"发言\n\n人\",内容\n2026-05-29 08:14:05,甲,停水了\n"
        let file = try ExportFile(bytes: Array(text.utf8), name: "a.csv", options: options)
        let block = try #require(try file.nextChunk()).block()
        #expect(block.records.map { block.string($0.text) } == ["停水了"])
        #expect(block.records.first?.line == 5)
    }
}
