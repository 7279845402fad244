//! Texts about the request that a dossier answers, and its recipient.

use super::entry::{Entry, line};
use crate::check::Outcome::{Fail, Info};

pub(super) const AUD_MISMATCH: Entry = Entry {
    usual: Fail,
    title: line("档案的接收方", "Recipient of the dossier"),
    ok: line("档案是提交给本单位的。", "The dossier is meant for this organisation."),
    problem: line(
        "档案是提交给另一单位[“{found}”]的，不是本单位[“{expected}”]，不能在此办理。",
        "The dossier is meant for another organisation[ (“{found}”)], not for this one[ (“{expected}”)]. It cannot be handled here.",
    ),
    variants: &[],
    advice: line(
        "请企业针对本单位重新生成、签名档案；错投的请退回。",
        "The firm should make and sign the dossier again for this organisation; send back what came by mistake.",
    ),
};

pub(super) const AUD_UNCHECKED: Entry = Entry {
    usual: Info,
    title: line("接收方未核对", "Recipient not compared"),
    ok: line("接收方已核对。", "The recipient was compared."),
    problem: line(
        "没有指明核验单位，未核对档案是否提交给本单位[；档案写明的接收方是{found}]。",
        "No verifying organisation was given, so the dossier's recipient[ ({found})] was not compared with it.",
    ),
    variants: &[],
    advice: line(
        "请经办人确认档案写明的接收方就是本单位，或指明本单位的统一社会信用代码后重新核验。",
        "The operator should confirm the recipient, or verify again and give this organisation's unified social credit code.",
    ),
};

pub(super) const REQ_EXPIRED: Entry = Entry {
    usual: Fail,
    title: line("核验请求的期限", "Deadline of the request"),
    ok: line("企业在期限内答复了核验请求。", "The firm answered the request in time."),
    problem: line(
        "企业答复时[（{at}）]核验请求已过期[（期限{until}）]，本次提交无效。",
        "The request was over[ ({until})] when the firm answered[ ({at})]. The submission is not valid.",
    ),
    variants: &[],
    advice: line(
        "请接收方发出新的核验请求，企业据此重新提交。",
        "The recipient should make a new request, and the firm should answer that.",
    ),
};

pub(super) const REQ_FIRM: Entry = Entry {
    usual: Fail,
    title: line("核验请求指定的企业", "Firm that the request names"),
    ok: line("提交档案的就是核验请求指定的企业。", "The firm is the one the request names."),
    problem: line(
        "核验请求指定的是另一企业[（{expected}）]，不是提交档案的企业[（{found}）]，本次提交无效。",
        "The request names another firm[ ({expected})], not the one that submits the dossier[ ({found})]. The submission is not valid.",
    ),
    variants: &[],
    advice: line(
        "请接收方为该企业另发核验请求，企业据此重新提交。",
        "The recipient should make a request for this firm, and the firm should answer that.",
    ),
};

pub(super) const REQ_ISSUER: Entry = Entry {
    usual: Fail,
    title: line("核验请求的发出单位", "Origin of the request"),
    ok: line("核验请求由本档案的接收方发出。", "The request comes from the recipient of this dossier."),
    problem: line(
        "核验请求由另一单位[“{found}”]发出，不是本档案的接收方[“{expected}”]，不能作为提交依据。",
        "The request comes from another organisation[ (“{found}”)], not from the recipient of this dossier[ (“{expected}”)]. It does not cover the submission.",
    ),
    variants: &[],
    advice: line(
        "请企业向接收方取得核验请求后重新提交。",
        "The firm should get a request from the recipient and submit again.",
    ),
};

pub(super) const REQ_NONCE: Entry = Entry {
    usual: Fail,
    title: line("核验请求的一次性标记", "One-time mark of the request"),
    ok: line("档案与核验请求的一次性标记一致。", "The dossier carries the request's one-time mark."),
    problem: line(
        "档案的一次性标记与核验请求不一致，不能认定是对该请求的答复。",
        "The dossier's one-time mark is not that of the request, so it cannot be taken as the answer to it.",
    ),
    variants: &[],
    advice: line(
        "请企业打开原核验请求，重新生成、签名档案。",
        "The firm should open the original request, then make and sign the dossier again.",
    ),
};

pub(super) const REQ_TERMS: Entry = Entry {
    usual: Fail,
    title: line("核验请求的内容", "Terms of the request"),
    ok: line(
        "档案按核验请求的情形、地区和清单准备。",
        "The dossier was prepared on the terms of the request.",
    ),
    problem: line(
        "档案没有按核验请求的要求准备[（不同之处：{rule}）]，不能认定是对该请求的答复。",
        "The dossier was not prepared on the terms of the request[ (they differ in {rule})], so it cannot be taken as the answer to it.",
    ),
    variants: &[],
    advice: line(
        "请企业打开原核验请求，不改动情形、地区和清单，重新生成、签名档案。",
        "The firm should open the original request, leave scenario, region and checklist as they are, and make and sign the dossier again.",
    ),
};

pub(super) const REPLAY: Entry = Entry {
    usual: Fail,
    title: line("重复提交", "Repeated submission"),
    ok: line("这一核验请求此前没有答复过。", "The request was not answered before."),
    problem: line(
        "这一核验请求此前已经答复过[（{at}）]，同一请求只能答复一次，本次提交无效。",
        "The request was answered before[ ({at})]. A request is answered once, so this submission is not valid.",
    ),
    variants: &[],
    advice: line(
        "需要更新材料的，请接收方发出新的核验请求。",
        "If the material has changed, the recipient should make a new request.",
    ),
};

pub(super) const UNSOLICITED: Entry = Entry {
    usual: Info,
    title: line("主动提交", "Unsolicited submission"),
    ok: line("档案是对核验请求的答复。", "The dossier answers a request."),
    problem: line(
        "档案没有附核验请求：企业主动提交，或补正时没有附上。不影响其他核验结果。",
        "The dossier comes without a request: the firm submitted it of its own accord, or left it out of a supplement. This does not change the other results.",
    ),
    variants: &[],
    advice: line(
        "请经办人与企业确认提交的目的；需要时可发出核验请求。",
        "The operator should ask the firm for its purpose, and may send it a request.",
    ),
};
