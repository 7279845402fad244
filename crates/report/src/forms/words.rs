//! The sentences of the templates.

use super::FormFacts;
use crate::lang::Lang;

/// A line to write on.
const LINE: &str = "＿＿＿＿＿＿＿＿＿＿";

/// What each of them is, and is not.
pub(super) const fn template(lang: Lang) -> &'static str {
    lang.pick(
        "本页是供双方孵化器办理资质互认使用的参考模板，由企业填写、签字、盖章；不是行政机关的格式文书，双方协议另有约定的从其约定。",
        "This page is a template for the use of the two incubators, to be completed, signed and stamped by the firm. It \
         is no official form; what the two have agreed otherwise goes before it.",
    )
}

/// Under the list of papers.
pub(super) const fn handed_over(lang: Lang) -> &'static str {
    lang.pick(
        "复印件须注明“与原件一致”并加盖企业公章和日期。接收人核对原件后在末栏打勾；核对只表示看到了原件，不代表核验结论。",
        "A copy bears the words “as the original”, the firm's seal and the date. Whoever receives ticks the last column \
         after seeing the original; that is no result of verification.",
    )
}

fn scenario(facts: &FormFacts, lang: Lang) -> &str {
    facts.scenario.as_ref().map_or(LINE, |scenario| lang.of(scenario))
}

fn recipient(facts: &FormFacts) -> &str {
    facts.recipient.as_ref().map_or(LINE, |to| to.name.as_str())
}

/// Who authorises whom for what.
pub(super) fn authorises(facts: &FormFacts, lang: Lang) -> String {
    let (what, to) = (scenario(facts, lang), recipient(facts));
    match lang {
        Lang::Zh => format!("本企业因办理{what}，授权下列人员向{to}办理资质互认的有关事项。"),
        Lang::En => format!("For {what}, the firm authorises the person named below to act towards {to}."),
    }
}

/// What the person may do.
pub(super) const fn matters(lang: Lang) -> &'static str {
    lang.pick(
        "提交资质互认档案和纸质材料；按通知补正；签收收件回执、核验报告和决定通知。不包括代本企业签署协议、收付款项和处分资产。",
        "To hand over the dossier and papers, to supplement them when asked, and to receive receipts, reports and \
         decisions. It does not extend to agreements, payments or property.",
    )
}

/// What the authorisation does not extend to.
pub(super) const fn no_further(lang: Lang) -> &'static str {
    lang.pick(
        "未列出的字段不出示。被授权人不得转委托。授权变更或撤回的，本企业书面告知接收方，此前已办理的事项不受影响。",
        "Fields that are not listed are not shown. The authorisation cannot be passed on. The firm tells the recipient in \
         writing when it is changed or withdrawn; what was done before stands.",
    )
}

/// Who consents to what.
pub(super) fn consents(facts: &FormFacts, lang: Lang) -> String {
    let firm = facts.firm.as_ref().map_or(LINE, |firm| firm.name.as_str());
    let (what, to) = (scenario(facts, lang), recipient(facts));
    match lang {
        Lang::Zh => format!(
            "{firm}因办理{what}，需要向{to}提供本人的下列个人信息。提供方式为经企业签名的档案文件，由U盘或双方约定的枢纽传递。本人单独同意如下。"
        ),
        Lang::En => format!(
            "For {what}, {firm} needs to provide the following personal information to {to}, in a signed file that is \
             handed over on a stick or by the agreed hub. I consent separately as follows."
        ),
    }
}

/// What the person was told.
pub(super) const fn known(lang: Lang) -> &'static str {
    lang.pick(
        "接收方只可用于所列目的；超出目的、方式或种类的，须重新取得同意。本人可以查阅、复制、更正个人信息，可以向企业或接收方书面撤回同意；撤回不影响此前已进行的处理。不同意不影响本人依法享有的权益。",
        "The recipient may use it for the purposes listed only; another purpose, manner or kind takes a new consent. I may \
         read, copy and correct it, and withdraw this consent in writing; that does not affect what was done before. \
         Not consenting costs me no right.",
    )
}

/// Who commits to what.
pub(super) fn commits(facts: &FormFacts, lang: Lang) -> String {
    let (what, to) = (scenario(facts, lang), recipient(facts));
    match lang {
        Lang::Zh => format!("本企业因办理{what}，就向{to}提交的档案和材料承诺如下："),
        Lang::En => {
            format!("For {what}, the firm commits towards {to} as follows, for the dossier and all papers:")
        }
    }
}

/// The promises, a paragraph each.
pub(super) fn promises(lang: Lang) -> Vec<String> {
    let all = [
        (
            "1. 所提交的凭证、附件和填写的事实真实、完整、有效，复印件和扫描件与原件一致，没有隐瞒已被撤销、注销或过期的情况。",
            "1. Credentials, files and stated facts are true, complete and valid; copies are as their originals; nothing \
             that was revoked, ended or expired is concealed.",
        ),
        (
            "2. 提交后名称、住所、资质状态或迁移范围发生变化的，自变化之日起＿＿＿＿个工作日内书面告知接收方。",
            "2. Changes of name, address, qualifications or of the move are told to the recipient in writing within \
             ________ working days.",
        ),
        (
            "3. 涉及他人个人信息的，已依法取得本人的单独同意。",
            "3. Where it contains personal information, those concerned have consented separately.",
        ),
        (
            "4. 知悉核验结论仅供双方孵化器内部互认使用，不构成行政认定，不替代证照原件；需要向主管部门办理的手续由本企业自行办理。",
            "4. The result serves recognition between the two incubators only; it is no administrative decision and \
             replaces no original. Whatever authorities require, the firm does itself.",
        ),
    ];
    all.into_iter().map(|(zh, en)| lang.pick(zh, en).to_owned()).collect()
}
