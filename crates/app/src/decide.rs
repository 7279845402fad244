//! 决定: what the destination decides on a dossier that it verified, signed for the firm.

mod claims;
mod subject;
mod unsaid;

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use zizhi_crypto::{SigningKey, jws};
use zizhi_model::{Check, CheckCode, Limits, OrgId, Outcome, Text, Uscc, Verdict, civil};
use zizhi_trust::KeyUse;
use zizhi_verify::{Library, Signed, signer};

use crate::Host;
use crate::failure::{Failure, told};
use crate::issue_credential::{StatusPlace, signed};
use crate::output::Output;

pub(crate) use claims::VCT;
pub(crate) use subject::{Judged, region_of, report_digest};
pub(crate) use unsaid::Unsaid;

/// The `typ` of a signed report.
pub(crate) const REPORT_TYP: &str = "verification-report+jwt";

/// What the destination says to the firm (formats.md §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionOutcome {
    /// 认可
    Accepted,
    /// 有条件认可
    AcceptedWithConditions,
    /// 需补充材料
    SupplementRequired,
    /// 不予认可
    Rejected,
}

/// What has to be added, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The item of the checklist.
    pub item_id: String,
    /// What to add.
    pub text: String,
    /// Until when.
    pub due: Option<NaiveDate>,
}

/// What is decided.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// Who decides.
    pub by: Uscc,
    /// What.
    pub outcome: DecisionOutcome,
    /// Why: a code of the catalogue or one's own, and the words; without words the catalogue's.
    pub reasons: Vec<(String, Option<String>)>,
    /// What has to be added.
    pub supplements: Vec<Wanted>,
    /// Who prepared it.
    pub operator: String,
    /// Who checked it.
    pub reviewer: Option<String>,
    /// Its number in the destination's books.
    pub number: Option<String>,
    /// Where its status will stand. Without one the signed statement lives 24 hours (formats.md §1).
    pub status: Option<StatusPlace>,
    /// The firm's public key, where the dossier does not say.
    pub holder: Option<&'a Path>,
    /// Whether to accept a dossier that failed verification.
    pub despite_verdict: bool,
}

/// What was decided and signed.
#[derive(Debug, Serialize)]
pub struct Decided {
    /// The text of the `.zzdecision`.
    #[serde(skip)]
    pub text: String,
    /// What the verification came to.
    pub verdict: Verdict,
    /// The dossier's identifier.
    pub dossier_id: String,
    /// SHA-256 of the dossier, base64url.
    pub dossier_sha256: String,
    /// SHA-256 of the report, base64url.
    pub report_sha256: String,
    /// Whether the statement ends after 24 hours.
    pub for_a_day: bool,
    /// What the register says about the deciding organisation and this key.
    pub signer: Vec<Check>,
}

/// With what a dossier is verified before it is decided on.
#[derive(Clone, Copy)]
pub struct Grounds<'a> {
    /// The dossier, sealed or not, or a signed report.
    pub file: &'a Path,
    /// The trust data.
    pub library: &'a Library,
    /// The secrets that open sealed dossiers.
    pub identities: &'a [String],
}

impl DecisionOutcome {
    /// Every outcome.
    pub const ALL: [Self; 4] =
        [Self::Accepted, Self::AcceptedWithConditions, Self::SupplementRequired, Self::Rejected];

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithConditions => "accepted_with_conditions",
            Self::SupplementRequired => "supplement_required",
            Self::Rejected => "rejected",
        }
    }

    /// The outcome whose word is `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }

    const fn accepts(self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedWithConditions)
    }
}

impl Wanted {
    /// Reads `item_id=text@due`, with the day left out or not.
    ///
    /// # Errors
    /// A sentence in English, for the command line's own refusal.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "a supplement is written ITEM=TEXT or ITEM=TEXT@YYYY-MM-DD".to_owned();
        let (item_id, rest) = text.split_once('=').filter(|(item, _)| !item.is_empty()).ok_or_else(wrong)?;
        let (words, due) = match rest.rsplit_once('@') {
            // Words may hold an @; only what looks like a day is one.
            Some((words, day)) if day.chars().all(|c| c.is_ascii_digit() || c == '-') => {
                (words, Some(civil::parse_date(day).map_err(|error| format!("{day}: {error}"))?))
            }
            _ => (rest, None),
        };
        if words.trim().is_empty() {
            return Err(wrong());
        }
        Ok(Self { item_id: item_id.to_owned(), text: words.to_owned(), due })
    }
}

/// Verifies what is decided on and signs the decision; the report, too, where a place for it is named.
///
/// # Errors
/// `IO-READ`, `IO-EXISTS`, `IO-SAME`, `SEAL-IDENTITY`, `SEAL-DAMAGED`; `DECIDE-UNREADABLE` if there is no firm to
/// answer, `DECIDE-VERDICT` for accepting what failed, `DECIDE-REASON`, `DECIDE-SUPPLEMENT` or `DECIDE-DUE` if
/// something is left unsaid; `DECIDE-KEY` if by the register the key may not sign for the organisation. Nothing is written then.
pub fn decide(
    grounds: &Grounds<'_>,
    decision: &Decision<'_>,
    key: &SigningKey,
    output: &Output<'_>,
    report: Option<&Output<'_>>,
    host: &dyn Host,
) -> Result<Decided, Failure> {
    output.check()?;
    if let Some(report) = report {
        report.check()?;
        report.check_apart(output)?;
    }
    let limits = Limits::default();
    let judged = subject::judged(grounds, decision, host, &limits)?;
    allowed(decision, judged.verdict, host.now())?;
    let decided = sign_decision(&judged, decision, key, grounds.library, host)?;
    may_decide(&decided, decision.by)?;
    // Both are on the disk before either is in its place.
    let answer = output.filled(decided.text.as_bytes())?;
    if let Some(place) = report {
        let text = jws::sign_bytes(key, REPORT_TYP, &judged.report).map_err(|error| {
            Failure::internal(
                "报告没有签成，没有写入任何内容。",
                "the report was not signed; nothing was written",
            )
            .because(error)
        })?;
        place.write(text.as_bytes())?;
    }
    output.put(answer)?;
    Ok(decided)
}

/// Signs a decision on what was judged, and writes nothing.
///
/// # Errors
/// `DECIDE-REASON` for a reason without words; `INTERNAL` if the key does not sign.
pub(crate) fn sign_decision(
    judged: &Judged,
    decision: &Decision<'_>,
    key: &SigningKey,
    library: &Library,
    host: &dyn Host,
) -> Result<Decided, Failure> {
    let now = host.now();
    let claims = claims::claims(decision, judged, now)?;
    let issued = signed(&claims, &judged.holder, decision.status.as_ref(), 0, key, host)?;
    let mine = Signed {
        by: OrgId::from(decision.by),
        kid: Some(key.public().key_id().as_str()),
        wanted: KeyUse::Decision,
        iat: now.timestamp(),
    };
    Ok(Decided {
        text: issued.text,
        verdict: judged.verdict,
        report_sha256: report_digest(&judged.report),
        dossier_id: judged.dossier_id.clone(),
        dossier_sha256: judged.dossier_sha256.clone(),
        for_a_day: decision.status.is_none(),
        signer: signer(library, now, &mine, &"signer".into()).checks,
    })
}

/// Refuses a key that the register does not give to the organisation: no reader would take the decision. An
/// organisation that is not in the register yet may sign; whoever reads it later may know it.
pub(crate) fn may_decide(decided: &Decided, by: Uscc) -> Result<(), Failure> {
    let wrong = decided.signer.iter().find(|check| check.outcome == Outcome::Fail);
    let Some(check) = wrong.filter(|check| check.code != CheckCode::IssUnknown) else { return Ok(()) };
    let text = check.text();
    Err(Failure::input(
        "DECIDE-KEY",
        told(
            format!("按名录，这把密钥不能代表 {by} 签署决定，没有签署。{}", text.zh),
            format!(
                "by the register this key may not sign decisions for {by}; nothing was signed. {}",
                text.en()
            ),
        ),
        Text::fixed(
            "请换用本单位登记在名录中的密钥，或核对作决定的单位；密钥刚更换的，请先导入新的信任数据。",
            "use the key that the register gives to your organisation, or check who decides; after a change of keys, import the new trust data first",
        ),
    ))
}

/// Refuses what nobody should sign without meaning to.
fn allowed(decision: &Decision<'_>, verdict: Verdict, now: DateTime<Utc>) -> Result<(), Failure> {
    if verdict == Verdict::Failed && decision.outcome.accepts() && !decision.despite_verdict {
        return Err(Failure::refused(
            "DECIDE-VERDICT",
            "核验结论为不通过，没有签署认可的决定。".to_owned(),
            "verification failed, so no decision that accepts was signed".to_owned(),
            "请先查看核验结果里的原因；确要认可时写明理由（命令行加 --despite-verdict 和 --reason）。",
            "look at the reasons in the verdict; to accept nevertheless, say why (on the command line: --despite-verdict and --reason)",
        ));
    }
    let explained = !decision.reasons.is_empty();
    let today = civil::date_in_shanghai(now);
    let unsaid = (verdict == Verdict::Failed && !explained)
        .then_some(Unsaid::Reason)
        .or_else(|| Unsaid::of(decision.outcome, explained, &decision.supplements, today));
    unsaid.map_or(Ok(()), |unsaid| Err(unsaid.refused(on_the_command_line(unsaid))))
}

/// How to say what is missing, by the options of the command line.
fn on_the_command_line(unsaid: Unsaid) -> Text {
    match unsaid {
        Unsaid::Reason => Text::fixed(
            "请至少写明一条理由（命令行用 --reason 代码 或 --reason 代码=说明，可多次）。",
            "give at least one reason (on the command line: --reason CODE or --reason CODE=TEXT)",
        ),
        Unsaid::Supplement => Text::fixed(
            "请写明要补充什么、什么时候以前（命令行用 --supplement 事项=说明@期限，可多次）。",
            "say what is to be added and until when (on the command line: --supplement ITEM=TEXT@YYYY-MM-DD)",
        ),
        Unsaid::Condition => Text::fixed(
            "请写明条件和期限（命令行用 --supplement 事项=说明@期限，可多次）；没有条件的，用 --outcome accepted。",
            "say what is to be met and until when (on the command line: --supplement ITEM=TEXT@YYYY-MM-DD); without conditions use --outcome accepted",
        ),
        Unsaid::Due | Unsaid::Passed(_) => Text::fixed(
            "请给每一项写上今天或以后的期限（命令行用 --supplement 事项=说明@期限）。",
            "give every item a day that is today or later (on the command line: --supplement ITEM=TEXT@YYYY-MM-DD)",
        ),
    }
}
