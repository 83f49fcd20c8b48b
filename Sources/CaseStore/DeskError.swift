public import Casework
public import Messages

/// Something that a person on the desk may not, or cannot, do.
public struct DeskError: ExplainedError, Equatable {
    /// Why; closed.
    public enum Reason: Sendable, Equatable {
        /// No staff member has the number, or has left.
        case noSuchStaff(Int)
        /// The rules of the case refuse the action.
        case refused(CaseRefusal, CaseAction)
        /// The role may not do this.
        case role(StaffRole)
        /// Nobody was named, and the installation's operator may not do this.
        case nobody
        /// There is no flag that the person may see under the number.
        case noSuchFlag(Int)
        /// Somebody else has it in hand.
        case claimed(Int)
        /// The flag's state doesn't allow it.
        case flagState(Int, FlagState)
        /// It was changed since it was looked at.
        case changedMeanwhile
        /// No body has the number.
        case noSuchUnit(Int)
        /// No official has the number.
        case noSuchOfficial(Int)
        /// No tie has the number, or it has ended.
        case noSuchTie(Int)
        /// A field cannot be used (its name).
        case badField(String)
        /// The summary repeats the original words.
        case copiedWords
        /// The other case isn't one that this can be done with.
        case otherCase
        /// The wall stands before everyone who could take it: it must go up.
        case mustGoUp
        /// The wall stands before this person.
        case walled(Int)
        /// A second reader must agree before the words are erased.
        case sameReader
        /// Nobody changes his own role, ties or rights.
        case oneself
        /// The old password was not given, or is another one.
        case wrongPassword
        /// A password is too short, too plain, or holds the name.
        case weakPassword
        /// No token of the person has the number, or it has ended.
        case noSuchToken(Int)
        /// A case is held, or is a report without a receipt: its words must be kept.
        case mustBeKept
        /// No case has this number and this code.
        case wrongCode
        /// Decisions on many flags at once are not for reports of misconduct.
        case oneByOne
        /// A case's text cannot be opened: it was altered or moved.
        case damagedText
        /// The words of a case were erased: nothing more is written under their key.
        case wordsErased
        /// A case was registered under this number of another platform before.
        case knownReference
        /// A flag's time was extended before: it must be decided.
        case extendedBefore(Int)
        /// The rows of a case or a flag were changed by another program.
        case alteredRows
        /// The file of a packet or a copy is there already, or cannot be written (its name).
        case file(String)
        /// A backup is no store of this folder, is damaged, or its chain is not sound.
        case backup(String)
        /// No version of the lexicons has the number.
        case noSuchVersion(Int)
        /// A version waits for approval, was approved before, or is in use: this can't be done with it.
        case versionState(Int)
        /// Whoever proposed a version does not approve it.
        case ownProposal
    }

    /// Why.
    public let reason: Reason
    /// The case that was tried, for the log alone: the person may not even know that it is there.
    var attempted = 0

    /// Names the reason.
    public init(_ reason: Reason) { self.reason = reason }

    init(_ reason: Reason, attempted: Int) {
        self.reason = reason
        self.attempted = attempted
    }

    /// Two errors are equal when their reasons are.
    public static func == (left: DeskError, right: DeskError) -> Bool { left.reason == right.reason }

    /// The line in a language: what, and what to do.
    public func explanation(in language: Language) -> String {
        let (zh, en) = lines(language)
        return language == .zh ? zh : en
    }

    /// A code for the audit log.
    var code: String {
        switch reason {
        case .refused(let refusal, let action):
            switch refusal {
            case .guarded(let rule): "\(action.rawValue),\(rule.rawValue)"
            case .state(let state): "\(action.rawValue),state-\(state.rawValue)"
            case .notVisible: "not-visible"
            case .role: "\(action.rawValue),role"
            case .notYourUnit: "\(action.rawValue),unit"
            case .notAssigned: "\(action.rawValue),not-assigned"
            case .badReason: "\(action.rawValue),reason"
            case .gate: "\(action.rawValue),gate"
            }
        case .role: "role"
        case .nobody: "nobody"
        case .noSuchFlag: "not-visible"
        case .claimed: "claimed"
        case .flagState: "state"
        case .changedMeanwhile: "changed-meanwhile"
        case .copiedWords: "copied-words"
        case .otherCase: "other-case"
        case .mustGoUp: "must-go-up"
        case .walled: "walled"
        case .sameReader: "same-reader"
        case .oneself: "oneself"
        case .wrongPassword: "password"
        case .weakPassword: "weak-password"
        case .mustBeKept: "must-be-kept"
        case .wrongCode: "code"
        case .alteredRows: "altered-rows"
        case .knownReference: "known-reference"
        case .wordsErased: "words-erased"
        case .extendedBefore: "extended-before"
        case .ownProposal: "own-proposal"
        case .versionState: "state"
        default: "input"
        }
    }

    private func lines(_ language: Language) -> (String, String) {
        switch reason {
        case .noSuchStaff(let id):
            ("没有工作人员 \(id)，或已离岗。请查看 minsheng staff list。", "There is no staff member \(id). See minsheng staff list.")
        case .refused(let refusal, let action):
            (
                refusal.text(of: action, in: .zh) + "。" + (refusal.remedy(in: .zh).map { $0 + "。" } ?? ""),
                refusal.text(of: action, in: .en) + "." + (refusal.remedy(in: .en).map { " " + $0 + "." } ?? "")
            )
        case .role(let role):
            ("\(role.name(in: .zh))不能这样做。请由有权的人办理。", "A \(role.name(in: .en)) may not do this. Ask somebody who may.")
        case .nobody:
            ("请用 --as 编号 说明您是哪位工作人员，见 minsheng staff list。", "Say who you are: --as PERSON, see minsheng staff list.")
        case .noSuchFlag(let id):
            (
                "没有线索 \(id)，或您不能看。请查看 minsheng flags list。",
                "There is no flag \(id), or you may not see it. See minsheng flags list."
            )
        case .claimed(let id): ("线索 \(id) 正由别人处理。请稍后再试。", "Somebody else has flag \(id) in hand. Try again later.")
        case .flagState(let id, let state):
            (
                "线索 \(id) 处于“\(state.name(in: .zh))”，不能这样办。请查看 minsheng flags show \(id)。",
                "Flag \(id) is \(state.name(in: .en)): this can't be done. See minsheng flags show \(id)."
            )
        case .changedMeanwhile: ("已被他人修改。请重新打开再办。", "Somebody else changed it. Open it again, then decide.")
        case .noSuchUnit(let id):
            ("没有单位 \(id)。请查看 minsheng units list。", "There is no unit \(id). See minsheng units list.")
        case .noSuchOfficial(let id):
            ("没有干部 \(id)。请查看 minsheng units list。", "There is no official \(id). See minsheng units list.")
        case .noSuchTie(let id):
            ("没有回避关系 \(id)。请查看 minsheng ties list。", "There is no tie \(id). See minsheng ties list.")
        case .badField(let name):
            (
                "\(name) 不能用。\(Self.hint(for: name, in: .zh) ?? "请改正")。",
                "\(name) cannot be used. \(Self.hint(for: name, in: .en) ?? "Correct it")."
            )
        case .copiedWords:
            (
                "摘要与原话有 12 个字连着相同，会让人认出是谁说的。请用自己的话写。",
                "Twelve characters in a row equal the original. Use your own words."
            )
        case .otherCase:
            (
                "另一个件不存在、您不能看，或类别、状态不合。请核对它的件号、类别和状态。",
                "The other case isn't there, isn't yours to see, or doesn't fit. Check its number, track and state."
            )
        case .mustGoUp:
            (
                "被反映对象由上级管理，本级无人可办。线索请用 flags forward-up 上交，已登记的件用 cases forward-up；来信来访不要录入，五个工作日内直接报上级。",
                "The accused is managed higher up: nobody here may handle it. Send a flag up by flags forward-up and a case by "
                    + "cases forward-up; a letter or a visit is not entered but reported up within five working days."
            )
        case .walled(let id):
            ("工作人员 \(id) 应当回避或无权，不能交给他。", "Staff member \(id) is behind the wall or may not: it can't be given to him.")
        case .sameReader: ("须由另一人再看一遍、同样办理才算数。请换一个人办。", "It takes two: another one must read it and do the same.")
        case .oneself: ("不能改自己的角色、回避或权限。请由别人办理。", "Nobody changes his own role, ties or rights. Ask somebody else.")
        case .wrongPassword: ("原密码不对。请重新输入。", "The old password is not right. Enter it again.")
        case .weakPassword:
            (
                "密码太简单：至少 10 个字符、5 种字符，不含姓名。请换一个。",
                "The password is too plain: 10 characters or more, 5 different ones, without the name. Choose another."
            )
        case .mustBeKept:
            (
                "须先取得移交回执，或先由两人解除留存，才能删除。",
                "It is held, or a report without a receipt: its words must be kept for now."
            )
        case .wrongCode: ("件号或查询码不对。请核对后再试。", "Number or code is not right. Check both, then try again.")
        case .oneByOne: ("检举控告须逐条审看，不能成批处理。", "Reports of misconduct are decided one by one.")
        case .noSuchToken(let id):
            ("没有令牌 \(id)。请查看 minsheng staff tokens。", "There is no token \(id). See minsheng staff tokens.")
        case .damagedText: ("文字打不开，已被改动。请从备份恢复。", "A text was altered and cannot be opened. Restore a backup.")
        case .wordsErased:
            (
                "这个件的文字已按规定删除，不能再写。同一事项有新情况，请另行登记。",
                "The words of this case were erased as the rules ask, and none are added. Register what is new as a case of its own."
            )
        case .knownReference:
            (
                "这个编号的来件已经登记过，没有再登记。请查看 minsheng cases list --view all。",
                "What came under this number is registered already; nothing was added. See minsheng cases list --view all."
            )
        case .extendedBefore(let id):
            (
                "线索 \(id) 已延期一次，现在须作出决定：confirm、join、dismiss 或 forward-up。",
                "Flag \(id) was extended once. Decide now: confirm, join, dismiss or forward-up."
            )
        case .alteredRows:
            (
                "这条记录在本程序之外被改动，不能再办。请运行 minsheng audit verify，再从备份恢复。",
                "This record was changed by another program. Run minsheng audit verify, then restore a backup."
            )
        case .file(let name):
            (
                "\(name) 读不了、写不了、内容不对，或已存在。请核对路径和内容，或换一个文件。",
                "\(name) cannot be read or written, holds something else, or exists already. Check the path, or choose another file."
            )
        case .noSuchVersion(let id):
            (
                "没有第 \(id) 版词库。请查看 minsheng lexicon versions。",
                "There is no version \(id) of the lexicons. See minsheng lexicon versions."
            )
        case .versionState(let id):
            (
                "第 \(id) 版词库的状态不合：未批准的不能退回，批准过的不能再批，在用的不必再用。请查看 minsheng lexicon versions。",
                "Version \(id) is not in the right state: not yet approved, approved before, or in use. See minsheng lexicon versions."
            )
        case .ownProposal:
            ("提交的人不能自己批准。请另一位词库员或审批人批准。", "Nobody approves his own version. Ask another keeper or a supervisor.")
        case .backup(let name):
            ("\(name) 不是本目录的备份，或已损坏。请换一份。", "\(name) is no backup of this folder, or is damaged. Use another.")
        }
    }
}
