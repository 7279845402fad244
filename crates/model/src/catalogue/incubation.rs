//! Texts about incubation, vouchers, consent, and what only a station itself can notice.

use super::entry::{Entry, line};
use crate::check::Outcome::{Fail, Pending, Warning};

pub(super) const INC_AGE: Entry = Entry {
    usual: Fail,
    title: line("入驻时成立时间", "Age at entry"),
    ok: line(
        "企业入驻时的成立时间符合在孵企业条件[（{basis}）]。",
        "The firm was young enough when it entered[ ({basis})].",
    ),
    problem: line(
        "企业入驻时成立时间超过上限[{limit:months}][，超出{beyond_months:months}][，超出{beyond_days:days}]，不符合在孵企业条件[（{basis}）]。",
        "The firm was too old when it entered[: the limit is {limit:months}][, exceeded by {beyond_months:months}][, exceeded by {beyond_days:days}]. It does not meet the conditions of an incubatee[ ({basis})].",
    ),
    variants: &[],
    advice: line(
        "请孵化器核对成立日期和入驻日期；确已超过的，可按加速器或一般入驻企业办理。",
        "The incubator should check both dates; a firm that is too old may enter an accelerator or as an ordinary tenant.",
    ),
};

pub(super) const INC_LIMIT: Entry = Entry {
    usual: Fail,
    title: line("孵化时限", "Incubation limit"),
    ok: line("在孵化时限之内[（至{until}）]。", "It is within the incubation limit[ (until {until})]."),
    problem: line(
        "孵化时限[（{until}）]已过，或超过规定的上限[{limit:months}][（{basis}）]，在孵身份不能采信。",
        "The incubation period[ ({until})] is over or longer than allowed[ ({limit:months})][ ({basis})]. The incubatee status is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请原孵化器核对孵化时限，或为企业办理毕业。",
        "The origin incubator should check the period, or let the firm graduate.",
    ),
};

pub(super) const INC_RDSITE: Entry = Entry {
    usual: Warning,
    title: line("主要研发场所", "Main R&D site"),
    ok: line("主要研发场所仍在原孵化器。", "The main R&D site is still at the origin incubator."),
    problem: line(
        "[据企业自述，部分研发人员（{actual}%）在接收地，]主要研发场所可能已不在原孵化器，在孵条件可能不再满足[（{basis}）]。",
        "[By the firm's own figures part of its R&D staff ({actual}%) works at the destination. ]The main R&D site may have left the origin incubator, and the incubatee conditions may no longer hold[ ({basis})].",
    ),
    variants: &[],
    advice: line(
        "请原孵化器确认企业的主要研发场所，必要时更新在孵企业证明。",
        "The origin incubator should confirm where the main R&D site is, and update the incubatee certificate if needed.",
    ),
};

pub(super) const VCH_SCOPE: Entry = Entry {
    usual: Fail,
    title: line("创新券使用范围", "Scope of the voucher"),
    ok: line("在创新券的使用范围之内。", "The use is within the voucher's scope."),
    problem: line(
        "超出创新券的使用范围[：{rule}不符][（{region}）]，不能兑付。",
        "The use is outside the voucher's scope[: {rule}][ ({region})]. It cannot be redeemed.",
    ),
    variants: &[],
    advice: line(
        "请企业对照券面范围改选服务，或向发券单位申请适用的创新券。",
        "The firm should choose a service within the scope, or ask the issuer for a voucher that fits.",
    ),
};

pub(super) const VCH_BALANCE: Entry = Entry {
    usual: Fail,
    title: line("创新券余额", "Balance of the voucher"),
    ok: line("创新券余额[（{limit:yuan}）]足够。", "The voucher's balance[ ({limit:yuan})] is enough."),
    problem: line(
        "抵扣金额[（{actual:yuan}）]超过创新券余额[（{limit:yuan}）]，不能兑付。",
        "The amount[ ({actual:yuan})] is more than the voucher's balance[ ({limit:yuan})]. It cannot be redeemed.",
    ),
    variants: &[],
    advice: line(
        "请服务机构按余额调整抵扣金额，差额由企业自付。",
        "The provider should lower the amount to the balance; the firm pays the rest itself.",
    ),
};

pub(super) const VCH_DOUBLE: Entry = Entry {
    usual: Pending,
    title: line("创新券重复核销", "Double redemption"),
    ok: line("没有发现重复核销。", "No double redemption was found."),
    problem: line(
        "加上其他预核销，合计[（{actual:yuan}）]超过创新券余额[（{limit:yuan}）]，以发券单位台账的先后为准，待联网复核。",
        "Together with other provisional redemptions the amount[ ({actual:yuan})] is more than the balance[ ({limit:yuan})]. The issuer's ledger decides which comes first; pending online check.",
    ),
    variants: &[],
    advice: line(
        "请服务机构联网后向发券单位确认；确认之前，预核销的风险由服务机构承担。",
        "The provider should ask the issuer once online; until then the provider bears the risk of the provisional redemption.",
    ),
};

pub(super) const PI_CONSENT: Entry = Entry {
    usual: Fail,
    title: line("个人信息单独同意", "Separate consent"),
    ok: line(
        "涉及个人信息的材料已取得单独同意。",
        "There is a separate consent for the personal information.",
    ),
    problem: line(
        "材料含有个人信息，但没有针对本接收方的有效单独同意，不能接收。",
        "The material holds personal information, but there is no valid separate consent for this recipient. It may not be taken.",
    ),
    variants: &[],
    advice: line(
        "请企业取得本人的单独同意并补充到档案中，或去掉该材料；经办人请勿留存。",
        "The firm should get the person's separate consent and add it, or leave the material out; the operator should not keep it.",
    ),
};

pub(super) const DUP_NUMBER: Entry = Entry {
    usual: Warning,
    title: line("编号重复", "Repeated number"),
    ok: line("没有发现编号重复。", "No number occurs under two subjects."),
    problem: line(
        "同一编号[“{number}”]出现在两个主体名下[（另见{found}）]，其中一处可能有误。",
        "One number[ (“{number}”)] occurs under two subjects[ (see also {found})]. One of them may be wrong.",
    ),
    variants: &[],
    advice: line(
        "请经办人向签发方核对该编号属于哪个主体。",
        "The operator should ask the issuer whose number it is.",
    ),
};

pub(super) const CLOCK_BEHIND: Entry = Entry {
    usual: Pending,
    title: line("本机时间", "This machine's clock"),
    ok: line("本机时间正常。", "This machine's clock is plausible."),
    problem: line(
        "本机时间[（{found}）]早于已经收到的签名数据[（{expected}）]，有效期和时效不能可靠判断，待校准时间后复核。",
        "This machine's clock[ ({found})] is behind signed data already received[ ({expected})]. Validity cannot be judged reliably until the clock is set.",
    ),
    variants: &[],
    advice: line(
        "请经办人校准本机日期和时间后重新核验。",
        "The operator should set this machine's date and time and verify again.",
    ),
};
