//! Texts about the credential's form, the holder's proof and the subject.

use super::entry::{Entry, line};
use crate::check::Outcome::{Fail, Info, Pending, Warning};

pub(super) const SDJWT_INVALID: Entry = Entry {
    usual: Fail,
    title: line("凭证结构", "Structure of the credential"),
    ok: line(
        "凭证结构符合规范，披露的内容都有签名保护。",
        "The credential is well-formed, and all that it discloses is covered by its signature.",
    ),
    problem: line(
        "凭证结构不符合规范[：{rule}][（{claim}）]，可能被改动，不予采信。",
        "The credential breaks the rules of its format[: {rule}][ ({claim})]. It may have been altered and is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业用本软件重新出示原凭证；仍有问题的，请签发方重新签发。",
        "The firm should present the original credential again with this program; if that fails too, the issuer should issue it again.",
    ),
};

pub(super) const KB_MISSING: Entry = Entry {
    usual: Fail,
    title: line("持有人签名", "Holder's proof"),
    ok: line("凭证带有持有企业的出示签名。", "The holder signed for presenting the credential."),
    problem: line(
        "凭证没有持有企业的出示签名，不能证明是企业本身提交的。",
        "The holder did not sign for presenting the credential, so nothing shows that the firm itself submitted it.",
    ),
    variants: &[],
    advice: line(
        "请企业用保存凭证的密钥重新生成、签名档案。",
        "The firm should make and sign the dossier again with the key that holds the credential.",
    ),
};

pub(super) const KB_AUD: Entry = Entry {
    usual: Fail,
    title: line("出示对象", "Recipient of the presentation"),
    ok: line(
        "凭证是向本档案的接收方出示的。",
        "The credential was presented to the recipient of this dossier.",
    ),
    problem: line(
        "凭证是向另一单位[“{found}”]出示的，不是本档案的接收方[“{expected}”]，可能是转用他处的材料。",
        "The credential was presented to somebody else[ (“{found}”)], not to the recipient of this dossier[ (“{expected}”)]. It may have been taken from another submission.",
    ),
    variants: &[],
    advice: line(
        "请企业针对本接收方重新生成、签名档案。",
        "The firm should make and sign the dossier again for this recipient.",
    ),
};

pub(super) const KB_NONCE: Entry = Entry {
    usual: Fail,
    title: line("出示的一次性标记", "One-time mark of the presentation"),
    ok: line("出示签名属于本次提交。", "The holder's proof belongs to this submission."),
    problem: line(
        "出示签名的一次性标记与本档案不一致，可能取自以前的提交。",
        "The one-time mark in the holder's proof is not that of this dossier. It may come from an earlier submission.",
    ),
    variants: &[],
    advice: line(
        "请企业为本次请求重新生成、签名档案。",
        "The firm should make and sign the dossier again for this request.",
    ),
};

pub(super) const KB_SDHASH: Entry = Entry {
    usual: Fail,
    title: line("出示内容", "What was presented"),
    ok: line("披露的内容与企业签名时一致。", "What is disclosed is what the firm signed for."),
    problem: line(
        "披露的内容与企业签名时不一致，签名之后有内容被增减。",
        "What is disclosed is not what the firm signed for: something was added or left out afterwards.",
    ),
    variants: &[],
    advice: line(
        "请企业核对要披露的内容，重新生成、签名档案。",
        "The firm should choose again what to disclose, then make and sign the dossier again.",
    ),
};

pub(super) const KB_TIME: Entry = Entry {
    usual: Fail,
    title: line("出示时间", "Time of the presentation"),
    ok: line("出示时间与档案一致。", "The time of the presentation fits the dossier."),
    problem: line(
        "出示签名的时间[（{at}）]不合理：晚于当前时间、早于凭证签发，或与档案签名相差超过5分钟。",
        "The time of the holder's proof[ ({at})] cannot be right: in the future, before the credential was issued, or more than 5 minutes from the dossier's signature.",
    ),
    variants: &[],
    advice: line(
        "请企业校准电脑时间后重新生成、签名档案。",
        "The firm should set its computer's clock, then make and sign the dossier again.",
    ),
};

pub(super) const HOLDER_KEY: Entry = Entry {
    usual: Fail,
    title: line("持有人密钥", "Holder's key"),
    ok: line("凭证与档案由同一企业密钥持有。", "Credential and dossier are held by the same key."),
    problem: line(
        "凭证绑定的密钥不是签署本档案的密钥，不能证明凭证属于提交的企业。",
        "The credential is bound to another key than the one that signed the dossier, so it cannot be shown to belong to the firm.",
    ),
    variants: &[],
    advice: line(
        "请企业用凭证绑定的密钥签署档案；更换过密钥的，请签发方为新密钥重新签发凭证。",
        "The firm should sign with the key the credential is bound to; after a change of key the issuer should issue it again.",
    ),
};

pub(super) const SUBJ_USCC: Entry = Entry {
    usual: Fail,
    title: line("持证主体", "Subject of the credential"),
    ok: line("持证主体就是提交档案的企业。", "The credential is about the firm that submits the dossier."),
    problem: line(
        "主体不符：凭证属于{found|另一单位}，不是提交档案的企业[（{expected}）]，不予采信。",
        "Wrong subject: the credential belongs to {found|somebody else}, not to the firm that submits the dossier[ ({expected})]. It is not accepted.",
    ),
    variants: &[(
        Pending,
        line(
            "凭证属于{found|另一单位}，不是提交档案的企业[（{expected}）]；证明两者关系的执照目前无法核验，能否采信待联网复核。",
            "The credential belongs to {found|somebody else}, not to the firm that submits the dossier[ ({expected})]. The licence that ties them together cannot be verified now; pending online check.",
        ),
    )],
    advice: line(
        "请企业提交本单位的凭证；属于分公司或子公司的，应在档案的企业自述里填写其代码、名称和与本企业的关系，并附营业执照。",
        "The firm should submit its own credential; for a branch or subsidiary, give its code, name and relation in the statements of the dossier and add its licence.",
    ),
};

pub(super) const SUBJ_NAME: Entry = Entry {
    usual: Warning,
    title: line("持证主体名称", "Name of the subject"),
    ok: line("凭证上的名称与企业现名一致。", "The name on the credential is the firm's name."),
    problem: line(
        "凭证上的名称[“{found}”]与企业现名[“{expected}”]不同，且没有更名依据；统一社会信用代码一致。",
        "The name on the credential[, “{found}”,] is not the firm's name[, “{expected}”,] and nothing shows a change of name. The unified social credit code is the same.",
    ),
    variants: &[(
        Info,
        line(
            "凭证上的名称[“{found}”]是企业的曾用名，更名依据齐全，统一社会信用代码一致。",
            "The name on the credential[, “{found}”,] is a former name of the firm; the change is shown and the unified social credit code is the same.",
        ),
    )],
    advice: line(
        "请企业补充名称变更登记通知书，并向发证单位申请换发（编号、有效期不变）。",
        "The firm should add the notice of its change of name and ask for the certificate under the new name; number and validity stay.",
    ),
};
