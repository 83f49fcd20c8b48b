/// What a masked stretch was.
///
/// The raw values are those of the JSON.
public enum MaskKind: String, Sendable, CaseIterable, Codable {
    /// A telephone number, mobile or fixed.
    case phone
    /// An identity card number, whole or partly starred.
    case idNumber = "id-number"
    /// A bank card number.
    case card
    /// Another number that leads to one household or person: an account, a meter, the tail of a card.
    case number
    /// A car's number plate.
    case plate
    /// Somebody addressed with `@`.
    case mention
    /// An e-mail address.
    case mail
    /// The id of a WeChat or QQ account.
    case account
    /// The name of a resident.
    case name
    /// The door of a home.
    case address

    /// The word that stands in the mask.
    public var word: String {
        switch self {
        case .phone: "电话"
        case .idNumber: "证件号"
        case .card: "银行卡"
        case .number: "号码"
        case .plate: "车牌"
        case .mention: "提及"
        case .mail: "邮箱"
        case .account: "账号"
        case .name: "姓名"
        case .address: "住址"
        }
    }

    /// What is written in place of the stretch: the word between two blocks.
    public var mask: String { "▮\(word)▮" }
}
