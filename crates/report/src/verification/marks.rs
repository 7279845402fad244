//! Marks and words for what came out. A mark is a shape that survives a photocopier; a word stands beside
//! it always.

use zizhi_model::{CheckCode, Outcome, Verdict, catalogue};
use zizhi_verify::report::{Answer, CredentialReport, ItemReport, ItemState};

use crate::details::SuppliedState;
use crate::lang::Lang;

const YES: &str = "√";
const PARTLY: &str = "△";
const OPEN: &str = "○";
const NO: &str = "×";
const NOTE: &str = "·";

/// The mark of a verdict.
pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => YES,
        Verdict::PassedWithConditions => PARTLY,
        Verdict::Pending => OPEN,
        Verdict::Failed => NO,
    }
}

/// Mark and word of a verdict.
pub(super) fn verdict_word(of: Verdict, lang: Lang) -> String {
    format!("{} {}", verdict(of), lang.pick(of.zh(), of.en()))
}

/// Mark and word of an answer to one of the four questions.
pub(super) fn answer(answer: Answer, lang: Lang) -> String {
    let (mark, zh, en) = match answer {
        Answer::Pass => (YES, "是", "yes"),
        Answer::Fail => (NO, "否", "no"),
        Answer::Pending => (OPEN, "待联网复核", "pending"),
    };
    format!("{mark} {}", lang.pick(zh, en))
}

/// Mark and word of a finding.
pub(super) fn outcome(outcome: Outcome, lang: Lang) -> String {
    let (mark, zh, en) = match outcome {
        Outcome::Pass => (YES, "符合", "pass"),
        Outcome::Info => (NOTE, "说明", "note"),
        Outcome::Warning => (PARTLY, "注意", "warning"),
        Outcome::Pending => (OPEN, "待联网复核", "pending"),
        Outcome::Fail => (NO, "不通过", "fail"),
    };
    format!("{mark} {}", lang.pick(zh, en))
}

/// Mark and word of a checklist item.
pub(super) fn item(item: &ItemReport, lang: Lang) -> String {
    let (mark, zh, en) = match (item.state, item.required) {
        (ItemState::Met, _) => (YES, "已备", "met"),
        (ItemState::Missing, true) => (NO, "缺", "missing"),
        (ItemState::Missing, false) => (NOTE, "未提供", "not given"),
        (ItemState::Insufficient, _) => (PARTLY, "不符", "insufficient"),
        (ItemState::Open, _) => (OPEN, "待联网复核", "open"),
    };
    format!("{mark} {}", lang.pick(zh, en))
}

/// Mark and word of something that was to be supplemented.
pub(super) fn supplied(state: SuppliedState, lang: Lang) -> String {
    let (mark, zh, en) = match state {
        SuppliedState::Met => (YES, "已补齐", "supplied"),
        SuppliedState::Open => (NO, "仍未补齐", "still open"),
        SuppliedState::Look => (OPEN, "人工查看", "for a person to look at"),
    };
    format!("{mark} {}", lang.pick(zh, en))
}

/// The state of a credential in the words that staff use, from the worst of what was found about it;
/// nothing where there is nothing to say.
pub(super) fn state(credential: &CredentialReport, lang: Lang) -> Option<String> {
    let worst = credential.checks.iter().filter(|check| check.outcome >= Outcome::Warning);
    // Of equally bad findings the first counts: checks stand in the order in which they matter.
    let worst = worst.rev().max_by_key(|check| check.outcome)?;
    use CheckCode as C;
    let (zh, en) = match worst.code {
        C::DateSoon => ("即将到期", "ends soon"),
        C::DateExpired => ("已过期", "expired"),
        C::DateFuture => ("尚未生效", "not yet in force"),
        C::StatRevoked => ("已撤销", "revoked"),
        C::StatEnded => ("已注销", "ended"),
        C::StatSuspended => ("已暂停", "suspended"),
        C::StatStale | C::StatMissing | C::StatCorrupt | C::StatRollback => ("状态未知", "state unknown"),
        C::SubjUscc | C::HashCredential => ("信息不符", "does not match"),
        C::SubjName => ("名称不符", "other name"),
        C::SigInvalid => ("签名无效", "signature invalid"),
        C::IssUnknown => ("签发方未列入名录", "issuer not registered"),
        C::SigUnknownKey => ("签名密钥未登记", "key not registered"),
        C::IssScope => ("签发方无此权限", "outside the issuer's scope"),
        C::ProvLow => ("来源不足", "provenance too low"),
        code => return Some(lang.of(&catalogue::title(code)).to_owned()),
    };
    Some(lang.pick(zh, en).to_owned())
}
