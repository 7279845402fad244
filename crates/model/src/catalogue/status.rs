//! Texts about status lists and the dates of a credential.

use super::entry::{Entry, line};
use crate::check::Outcome::{Fail, Pending, Warning};

pub(super) const STAT_REVOKED: Entry = Entry {
    usual: Fail,
    title: line("撤销状态", "Revocation"),
    ok: line("未被撤销[（吊销名单数据截至{at}）]。", "It is not revoked[ (status list as of {at})]."),
    problem: line(
        "签发方已撤销该凭证[（吊销名单数据截至{at}）]，不予采信。",
        "The issuer has revoked the credential[ (status list as of {at})]. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业向签发方了解撤销原因；已有新凭证的，请改交新凭证。",
        "The firm should ask the issuer why, and submit the newer credential if there is one.",
    ),
};

pub(super) const STAT_ENDED: Entry = Entry {
    usual: Fail,
    title: line("注销状态", "End of the qualification"),
    ok: line("未被注销[（吊销名单数据截至{at}）]。", "It has not been ended[ (status list as of {at})]."),
    problem: line(
        "该凭证已注销[（吊销名单数据截至{at}）]，所证明的资质已经终止，不予采信。",
        "The credential has been ended[ (status list as of {at})]: the qualification is over. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业提交现行有效的凭证，或从材料中去掉该项。",
        "The firm should submit a credential that is in force, or leave this one out.",
    ),
};

pub(super) const STAT_SUSPENDED: Entry = Entry {
    usual: Fail,
    title: line("暂停状态", "Suspension"),
    ok: line("未被暂停[（吊销名单数据截至{at}）]。", "It is not suspended[ (status list as of {at})]."),
    problem: line(
        "签发方已暂停该凭证[（吊销名单数据截至{at}）]，暂停期间不予采信。",
        "The issuer has suspended the credential[ (status list as of {at})]. It is not accepted while that lasts.",
    ),
    variants: &[(
        Pending,
        line(
            "吊销名单[（数据截至{at}）]显示该凭证被暂停，但名单已过时效，可能已经恢复，待联网复核。",
            "The status list[ (as of {at})] shows the credential as suspended, but the list is out of date and that may be over; pending online check.",
        ),
    )],
    advice: line(
        "请企业向签发方了解暂停原因；恢复后更新吊销名单重新核验。",
        "The firm should ask the issuer why; once it is lifted, update the status list and verify again.",
    ),
};

pub(super) const STAT_STALE: Entry = Entry {
    usual: Pending,
    title: line("吊销名单时效", "Age of the status list"),
    ok: line("吊销名单在时效之内[，数据截至{at}]。", "The status list is current[, as of {at}]."),
    problem: line(
        "吊销名单已过时效[，数据截至{at}][，已有{age_days:days}][，上限{max_age_days:days}]，此后是否被撤销无从得知，待联网复核。",
        "The status list is out of date[, as of {at}][, {age_days:days} old][, limit {max_age_days:days}]. Whether it was revoked since is not known; pending online check.",
    ),
    variants: &[],
    advice: line(
        "请经办人取得带有较新吊销名单的信任数据，导入后重新核验。",
        "The operator should get trust data with newer status lists, import it, and verify again.",
    ),
};

pub(super) const STAT_MISSING: Entry = Entry {
    usual: Pending,
    title: line("吊销名单", "Status list"),
    ok: line("已有该凭证的吊销名单。", "The credential's status list is here."),
    problem: line(
        "本机没有该凭证的吊销名单[（{uri}）]，或凭证未写明名单，不能判断是否被撤销，待联网复核。",
        "The credential's status list[ ({uri})] is not here, or the credential names none. Whether it is revoked cannot be told; pending online check.",
    ),
    variants: &[],
    advice: line(
        "请经办人更新信任数据和吊销名单后重新核验；凭证未写明名单的，请签发方重新签发。",
        "The operator should update the trust data and status lists and verify again; a credential that names no list should be issued again.",
    ),
};

pub(super) const STAT_CORRUPT: Entry = Entry {
    usual: Pending,
    title: line("吊销名单可用性", "Soundness of the status list"),
    ok: line("吊销名单完整有效。", "The status list is sound."),
    problem: line(
        "吊销名单[（{uri}）]损坏、签名无效、不是签发方所签，或没有该凭证的位置，未予使用，待联网复核。",
        "The status list[ ({uri})] is damaged, wrongly signed, not the issuer's, or has no place for this credential. It was not used; pending online check.",
    ),
    variants: &[],
    advice: line(
        "请经办人重新取得吊销名单；反复出现的，请告知签发方。",
        "The operator should get the status list again, and tell the issuer if it happens again.",
    ),
};

pub(super) const STAT_ROLLBACK: Entry = Entry {
    usual: Pending,
    title: line("吊销名单版本", "Version of the status list"),
    ok: line("吊销名单不早于本机已有的名单。", "The status list is not older than what is held here."),
    problem: line(
        "提供的吊销名单[（{found}）]早于本机已有的[（{expected}）]，未予采用，继续使用较新的名单。",
        "The status list offered[ ({found})] is older than the one held here[ ({expected})]. It was not used; the newer one stays.",
    ),
    variants: &[],
    advice: line(
        "请经办人索取最新的吊销名单；来源可疑的，请告知签发方。",
        "The operator should ask for the newest status list, and tell the issuer if the source is doubtful.",
    ),
};

pub(super) const DATE_EXPIRED: Entry = Entry {
    usual: Fail,
    title: line("有效期", "Validity"),
    ok: line("在有效期内[（至{until}）]。", "It is within its validity[ (until {until})]."),
    problem: line(
        "已过期[，有效期至{until}]，不予采信[：企业自述签名后只有效{hours}小时，请企业重新签署]。",
        "It has expired[ ({until})]. It is not accepted[: a firm's own statement holds for {hours} hours; the firm should sign it again].",
    ),
    variants: &[],
    advice: line(
        "请企业办理续期或重新认定，提交新的凭证；企业自述请企业重新签署档案，当天送达。",
        "The firm should have it renewed and submit the new credential; for its own statement it signs the dossier again and hands it over the same day.",
    ),
};

pub(super) const DATE_FUTURE: Entry = Entry {
    usual: Fail,
    title: line("生效时间", "Start of validity"),
    ok: line("已经生效[（自{from}）]。", "It is in force[ (since {from})]."),
    problem: line(
        "尚未生效[，生效时间为{from}]，目前不予采信。",
        "It is not in force yet[ (from {from})]. It is not accepted now.",
    ),
    variants: &[],
    advice: line(
        "请企业在生效之后提交；日期有误的，请签发方更正。也请核对本机时间。",
        "The firm should submit it once it is in force, or the issuer should correct the date. Check this machine's clock too.",
    ),
};

pub(super) const DATE_SOON: Entry = Entry {
    usual: Warning,
    title: line("到期提醒", "Expiry notice"),
    ok: line(
        "离到期还有90天以上[（有效期至{until}）]。",
        "It is valid for more than 90 days[ (until {until})].",
    ),
    problem: line(
        "即将到期[，有效期至{until}][，{days_left:left}]。",
        "It expires soon[ ({until})][, {days_left:left}].",
    ),
    variants: &[],
    advice: line(
        "请企业提前办理续期；经办人可约定到期后补交新凭证。",
        "The firm should renew in time; the operator may agree that the new credential is handed in later.",
    ),
};

pub(super) const DATE_ORDER: Entry = Entry {
    usual: Fail,
    title: line("日期先后", "Order of the dates"),
    ok: line("各日期的先后合理。", "The dates are in a possible order."),
    problem: line(
        "日期先后矛盾[：{found}][，早于{expected}]，所填内容不可能属实，不予采信。",
        "The dates contradict each other[: {found}][ is before {expected}]. This cannot be true and is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业对照原件核对日期，由签发方更正后重新签发。",
        "The firm should compare the dates with the originals, and the issuer should issue a corrected credential.",
    ),
};
