//! What each check code means to a person: in Chinese and English, with advice.
//!
//! The catalogue is the only place where the outcome of a check becomes a sentence. Each sentence tells
//! the fact and what follows from it; [`advice`] tells who should do what. The match in `entry` is
//! exhaustive, so that a code without texts does not compile.

mod container;
mod entry;
mod fill;
mod holder;
mod incubation;
mod number;
mod recognition;
mod request;
mod signature;
mod status;
mod trust;
mod words;

use crate::check::{Check, CheckCode, Outcome};
use crate::text::Text;
use entry::Entry;
use fill::{Language, fill};

/// The catalogue's sentence for a check, with its facts put in.
///
/// Facts come from the data under check: they are cut to 120 characters and lose control characters and
/// marks that turn the direction of text. A missing fact leaves its clause out.
#[must_use]
pub fn render(check: &Check) -> Text {
    let sentence = entry(check.code).sentence(check.outcome);
    Text { zh: fill(sentence.zh, check, Language::Zh), en: Some(fill(sentence.en, check, Language::En)) }
}

/// What a member of a dossier's `facts` is called, where the format gives it a meaning (formats.md §5);
/// `path` may lead into an object or list, as `redemption.amount_fen` or `related[0].uscc`.
#[must_use]
pub fn fact_label(path: &str) -> Option<Text> {
    words::fact(path).map(entry::Line::text)
}

/// What the check is about, as a noun phrase.
#[must_use]
pub fn title(code: CheckCode) -> Text {
    entry(code).title.text()
}

/// A rule of the formats that a check names as broken, in words; nothing for one that has none.
#[must_use]
pub fn broken_rule(name: &str) -> Option<Text> {
    words::of("rule", name).map(entry::Line::text)
}

/// What to do when the check does not pass, and who should do it.
#[must_use]
pub fn advice(code: CheckCode) -> Text {
    entry(code).advice.text()
}

/// The advice for a check as it came out: none where it passed.
#[must_use]
pub fn advice_for(check: &Check) -> Option<Text> {
    (check.outcome != Outcome::Pass).then(|| advice(check.code))
}

/// What the check usually comes to where it does not pass.
#[must_use]
pub fn usual_outcome(code: CheckCode) -> Outcome {
    entry(code).usual
}

/// Every sentence of a code before its facts are put in: first the one for a pass, then the others.
/// For documentation and for tests of the catalogue itself.
pub fn templates(code: CheckCode) -> impl Iterator<Item = Text> {
    let entry = entry(code);
    let variants = entry.variants.iter().map(|(_, line)| *line);
    [entry.ok, entry.problem].into_iter().chain(variants).map(entry::Line::text)
}

fn entry(code: CheckCode) -> &'static Entry {
    use CheckCode as C;
    match code {
        C::FmtJson => &container::FMT_JSON,
        C::FmtUscc => &number::FMT_USCC,
        C::FmtOrg => &number::FMT_ORG,
        C::FmtGr => &number::FMT_GR,
        C::FmtTsme => &number::FMT_TSME,
        C::FmtPat => &number::FMT_PAT,
        C::FmtTcon => &number::FMT_TCON,
        C::FmtSoft => &number::FMT_SOFT,
        C::FmtEcert => &number::FMT_ECERT,
        C::LimitSize => &container::LIMIT_SIZE,
        C::LimitCount => &container::LIMIT_COUNT,
        C::LimitRatio => &container::LIMIT_RATIO,
        C::LimitDepth => &container::LIMIT_DEPTH,
        C::ZipCorrupt => &container::ZIP_CORRUPT,
        C::ZipMimetype => &container::ZIP_MIMETYPE,
        C::ZipOrder => &container::ZIP_ORDER,
        C::ZipExtra => &container::ZIP_EXTRA,
        C::ZipMissing => &container::ZIP_MISSING,
        C::ZipPath => &container::ZIP_PATH,
        C::ZipDup => &container::ZIP_DUP,
        C::ZipSymlink => &container::ZIP_SYMLINK,
        C::ZipEncrypted => &container::ZIP_ENCRYPTED,
        C::ZipPrepended => &container::ZIP_PREPENDED,
        C::ZipTrailing => &container::ZIP_TRAILING,
        C::ZipMismatch => &container::ZIP_MISMATCH,
        C::HashCredential => &container::HASH_CREDENTIAL,
        C::HashAttach => &container::HASH_ATTACH,
        C::SigInvalid => &signature::SIG_INVALID,
        C::SigAlg => &signature::SIG_ALG,
        C::SigTyp => &signature::SIG_TYP,
        C::SigCrit => &signature::SIG_CRIT,
        C::SigUnknownKey => &signature::SIG_UNKNOWN_KEY,
        C::SigUse => &signature::SIG_USE,
        C::KeyWeak => &signature::KEY_WEAK,
        C::SigKeyNotYet => &signature::SIG_KEY_NOT_YET,
        C::SigKeyExpired => &signature::SIG_KEY_EXPIRED,
        C::SigKeyHistorical => &signature::SIG_KEY_HISTORICAL,
        C::SigKeyRevoked => &signature::SIG_KEY_REVOKED,
        C::SdjwtInvalid => &holder::SDJWT_INVALID,
        C::KbMissing => &holder::KB_MISSING,
        C::KbAud => &holder::KB_AUD,
        C::KbNonce => &holder::KB_NONCE,
        C::KbSdhash => &holder::KB_SDHASH,
        C::KbTime => &holder::KB_TIME,
        C::HolderKey => &holder::HOLDER_KEY,
        C::SubjUscc => &holder::SUBJ_USCC,
        C::SubjName => &holder::SUBJ_NAME,
        C::AudMismatch => &request::AUD_MISMATCH,
        C::AudUnchecked => &request::AUD_UNCHECKED,
        C::ReqExpired => &request::REQ_EXPIRED,
        C::ReqFirm => &request::REQ_FIRM,
        C::ReqIssuer => &request::REQ_ISSUER,
        C::ReqNonce => &request::REQ_NONCE,
        C::ReqTerms => &request::REQ_TERMS,
        C::Replay => &request::REPLAY,
        C::Unsolicited => &request::UNSOLICITED,
        C::IssUnknown => &trust::ISS_UNKNOWN,
        C::IssScope => &trust::ISS_SCOPE,
        C::TrustInvalid => &trust::TRUST_INVALID,
        C::TrustMissing => &trust::TRUST_MISSING,
        C::TrustRole => &trust::TRUST_ROLE,
        C::TrustStale => &trust::TRUST_STALE,
        C::TrustRollback => &trust::TRUST_ROLLBACK,
        C::StatRevoked => &status::STAT_REVOKED,
        C::StatEnded => &status::STAT_ENDED,
        C::StatSuspended => &status::STAT_SUSPENDED,
        C::StatStale => &status::STAT_STALE,
        C::StatMissing => &status::STAT_MISSING,
        C::StatCorrupt => &status::STAT_CORRUPT,
        C::StatRollback => &status::STAT_ROLLBACK,
        C::DateExpired => &status::DATE_EXPIRED,
        C::DateFuture => &status::DATE_FUTURE,
        C::DateSoon => &status::DATE_SOON,
        C::DateOrder => &status::DATE_ORDER,
        C::RuleFalse => &recognition::RULE_FALSE,
        C::RuleOpen => &recognition::RULE_OPEN,
        C::RuleMissing => &recognition::RULE_MISSING,
        C::RuleExpired => &recognition::RULE_EXPIRED,
        C::RuleConflict => &recognition::RULE_CONFLICT,
        C::RegScope => &recognition::REG_SCOPE,
        C::RegAuthority => &recognition::REG_AUTHORITY,
        C::ProvLow => &recognition::PROV_LOW,
        C::ChkMissing => &recognition::CHK_MISSING,
        C::MovePartial => &recognition::MOVE_PARTIAL,
        C::MoveReport3m => &recognition::MOVE_REPORT_3M,
        C::IncAge => &incubation::INC_AGE,
        C::IncLimit => &incubation::INC_LIMIT,
        C::IncRdsite => &incubation::INC_RDSITE,
        C::VchScope => &incubation::VCH_SCOPE,
        C::VchBalance => &incubation::VCH_BALANCE,
        C::VchDouble => &incubation::VCH_DOUBLE,
        C::PiConsent => &incubation::PI_CONSENT,
        C::DupNumber => &incubation::DUP_NUMBER,
        C::ClockBehind => &incubation::CLOCK_BEHIND,
    }
}
