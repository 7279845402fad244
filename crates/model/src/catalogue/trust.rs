//! Texts about issuers and the trust data.

use super::entry::{Entry, line};
use crate::check::Outcome::{Fail, Pending};

pub(super) const ISS_UNKNOWN: Entry = Entry {
    usual: Fail,
    title: line("签发方登记", "Registration of the issuer"),
    ok: line("签发方[“{name}”]已列入信任名录。", "The issuer[ “{name}”] is in the register."),
    problem: line(
        "签发方[“{name}”][（{issuer}）]未列入信任名录，其签发的内容不予采信。",
        "The issuer[ “{name}”][ ({issuer})] is not in the register. What it issued is not accepted.",
    ),
    variants: &[(
        Pending,
        line(
            "本机信任名录[（数据截至{at}）]不是最新，其中没有签发方[“{name}”][（{issuer}）]，待联网复核。",
            "The trust data here[ (as of {at})] is not current and does not list the issuer[ “{name}”][ ({issuer})]; pending online check.",
        ),
    )],
    advice: line(
        "请经办人更新信任数据后重新核验；仍未列入的，请签发方向本省名录维护单位申请列入。",
        "The operator should update the trust data and verify again; if the issuer is still not listed, it should apply to its province.",
    ),
};

pub(super) const ISS_SCOPE: Entry = Entry {
    usual: Fail,
    title: line("签发权限", "What the issuer may issue"),
    ok: line("签发方有权签发此类凭证。", "The issuer may issue credentials of this type."),
    problem: line(
        "签发方[“{name}”]无权以此方式[（{provenance}）]签发此类凭证[（{type}）]，不予采信。",
        "The issuer[ “{name}”] may not issue this type[ ({type})] in this way[ ({provenance})]. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业向有权的签发方取得凭证，或由孵化器核验原件后背书。",
        "The firm should get the credential from an issuer that may issue it, or have an incubator attest the original.",
    ),
};

pub(super) const TRUST_INVALID: Entry = Entry {
    usual: Pending,
    title: line("信任数据签名", "Signatures of the trust data"),
    ok: line("信任数据的签名齐全有效。", "The trust data is properly signed."),
    problem: line(
        "信任数据[（{role}）]的签名不足或无效，整份数据未予使用，涉及的核验待联网复核。",
        "The trust data[ ({role})] is not signed by enough keys, or wrongly. None of it was used; what rests on it is pending online check.",
    ),
    variants: &[],
    advice: line(
        "请经办人从正式渠道重新取得信任数据；反复出现的，请告知名录维护单位。",
        "The operator should get the trust data again from the official source, and tell its maintainers if it happens again.",
    ),
};

pub(super) const TRUST_MISSING: Entry = Entry {
    usual: Pending,
    title: line("信任数据", "Trust data"),
    ok: line("已载入信任数据。", "Trust data is loaded."),
    problem: line(
        "没有可用的信任数据，不能判断签发方是否可信，待导入后复核。",
        "There is no usable trust data, so it cannot be told whether the issuers can be trusted. Pending until it is imported.",
    ),
    variants: &[],
    advice: line(
        "请经办人导入信任数据（.zztrust文件）后重新核验。",
        "The operator should import a trust package (.zztrust) and verify again.",
    ),
};

pub(super) const TRUST_ROLE: Entry = Entry {
    usual: Pending,
    title: line("分省信任数据", "A province's trust data"),
    ok: line("分省信任数据完整有效。", "The province's trust data is complete and valid."),
    problem: line(
        "分省信任数据[（{role}）]缺失或签名无效，已停用；该省签发的内容待联网复核，其他省不受影响。",
        "A province's trust data[ ({role})] is missing or wrongly signed and is not used. What that province issued is pending online check; others are not affected.",
    ),
    variants: &[],
    advice: line(
        "请经办人重新取得信任数据；反复出现的，请告知该省名录维护单位。",
        "The operator should get the trust data again, and tell that province's maintainers if it happens again.",
    ),
};

pub(super) const TRUST_STALE: Entry = Entry {
    usual: Pending,
    title: line("信任数据时效", "Age of the trust data"),
    ok: line("信任数据在时效之内[，数据截至{at}]。", "The trust data is current[, as of {at}]."),
    problem: line(
        "信任数据已过时效[，数据截至{at}][，已有{age_days:days}][，上限{max_age_days:days}]，其后的变化无从得知，待联网复核。",
        "The trust data is out of date[, as of {at}][, {age_days:days} old][, limit {max_age_days:days}]. What changed since is not known; pending online check.",
    ),
    variants: &[],
    advice: line(
        "请经办人取得较新的信任数据，导入后重新核验。",
        "The operator should get newer trust data, import it, and verify again.",
    ),
};

pub(super) const TRUST_ROLLBACK: Entry = Entry {
    usual: Pending,
    title: line("信任数据版本", "Version of the trust data"),
    ok: line("信任数据不早于本机已有的版本。", "The trust data is not older than what is held here."),
    problem: line(
        "导入的信任数据[（{role}，版本{found}）]比本机已有的[（版本{expected}）]旧，已拒绝导入，继续使用原有数据。",
        "The trust data offered[ ({role}, version {found})] is older than what is held here[ (version {expected})]. It was refused; the newer data stays in use.",
    ),
    variants: &[],
    advice: line(
        "请经办人索取最新的信任数据；来源可疑的，请告知名录维护单位。",
        "The operator should ask for the newest trust data, and tell its maintainers if the source is doubtful.",
    ),
};
