//! How a held credential stands: whether its issuer is known, whether it was taken back, when it ends.
//! What cannot be checked on the data at hand is said, and is never told as "valid".

use chrono::NaiveDate;
use serde_json::Value;
use zizhi_credential::types::TypeMetadata;
use zizhi_model::ids::TechSmeNumber;
use zizhi_model::{Check, CheckCode, Limits, Outcome, Provenance, Text, civil};
use zizhi_trust::KeyUse;

use crate::claim_lines::metadata;
use crate::failure::told;
use crate::firm::Firm;
use crate::inspect_credential::{Against, look};

/// Days before an end from which it counts as near (DATE-SOON).
pub const SOON: i64 = 90;
/// Days before an end at which the words become urgent.
const URGENT: [i64; 2] = [30, 7];

/// How a held credential stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// 有效
    Valid,
    /// 即将到期
    Expiring,
    /// 已过期
    Expired,
    /// 已撤销
    Revoked,
    /// 已注销
    Ended,
    /// 已暂停
    Suspended,
    /// 状态未知
    Unknown,
}

impl Standing {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::Valid => Text::fixed("有效", "valid"),
            Self::Expiring => Text::fixed("即将到期", "ends soon"),
            Self::Expired => Text::fixed("已过期", "expired"),
            Self::Revoked => Text::fixed("已撤销", "revoked"),
            Self::Ended => Text::fixed("已注销", "ended"),
            Self::Suspended => Text::fixed("已暂停", "suspended"),
            Self::Unknown => Text::fixed("状态未知", "status unknown"),
        }
    }

    /// Whether a destination may still take it.
    #[must_use]
    pub fn usable(self) -> bool {
        matches!(self, Self::Valid | Self::Expiring | Self::Unknown)
    }
}

/// A credential that was looked at.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Everything it says.
    pub payload: Value,
    /// What its claims are called, if the type is known.
    pub metadata: Option<TypeMetadata>,
    /// The key that its header names.
    pub kid: Option<String>,
    /// The issuer's name in the register.
    pub issuer_name: Option<String>,
    /// Every check.
    pub checks: Vec<Check>,
    /// The last civil day of validity.
    pub valid_until: Option<NaiveDate>,
    /// Days until then; negative after it.
    pub days_left: Option<i64>,
    /// How it stands.
    pub standing: Standing,
    /// Why, in words; nothing where it is valid.
    pub remark: Option<Text>,
}

impl Looked {
    /// A claim that is text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.payload.get(name).and_then(Value::as_str)
    }

    /// Its type id, such as `high-tech-enterprise`.
    #[must_use]
    pub fn type_id(&self) -> &str {
        self.text("vct").and_then(|vct| vct.rsplit(':').nth(1)).unwrap_or_default()
    }

    /// What its type is called.
    #[must_use]
    pub fn title(&self) -> Text {
        title_of(self.type_id(), self.metadata.as_ref())
    }

    /// Who stands behind it.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        self.text("provenance").and_then(Provenance::parse).unwrap_or(Provenance::Declared)
    }

    /// The check about its status, if it has one.
    pub(crate) fn status(&self) -> Option<&Check> {
        self.checks.iter().find(|check| check.code.as_str().starts_with("STAT-"))
    }
}

/// What a type is called; its id where nobody says.
pub(crate) fn title_of(type_id: &str, metadata: Option<&TypeMetadata>) -> Text {
    metadata.map_or_else(|| Text { zh: type_id.to_owned().into(), en: None }, TypeMetadata::name)
}

/// Looks at a credential as its holder has it.
#[must_use]
pub fn look_at(firm: &Firm<'_>, issued: &str) -> Looked {
    let limits = Limits::default();
    let against = Against { issuer: None, holder: None, aud: None, nonce: None, library: Some(firm.library) };
    let found = look(issued.as_bytes(), None, KeyUse::Credential, &against, firm.host, &limits);
    let payload = found.inspection.payload.unwrap_or_default();
    let vct = payload.get("vct").and_then(Value::as_str).unwrap_or_default();
    let metadata = metadata(vct, Some(firm.library.trust()));
    let valid_until = last_day(&payload, vct);
    let mut looked = Looked {
        metadata,
        kid: found.inspection.kid,
        issuer_name: found.issuer_name,
        checks: found.inspection.checks,
        valid_until,
        days_left: valid_until.map(|day| civil::days_left(firm.today(), day)),
        standing: Standing::Valid,
        remark: None,
        payload,
    };
    if looked.provenance() == Provenance::Declared {
        // It lives a day by design and is signed anew with every dossier.
        let short = |check: &Check| check.code == CheckCode::DateExpired && check.outcome == Outcome::Fail;
        looked.checks.retain(|check| !short(check));
    }
    let (standing, remark) = standing(&looked, firm.today());
    looked.standing = standing;
    looked.remark = remark;
    looked
}

/// The last civil day: what it says, or the end of the year in the number of a 科技型中小企业.
fn last_day(payload: &Value, vct: &str) -> Option<NaiveDate> {
    let text = |name: &str| payload.get(name).and_then(Value::as_str);
    let said = text("valid_until").and_then(|day| civil::parse_date(day).ok());
    let by_number = || TechSmeNumber::parse(text("number")?).ok()?.valid_until();
    if vct.contains(":tech-sme:") {
        return [said, by_number()].into_iter().flatten().min();
    }
    said
}

fn standing(looked: &Looked, today: NaiveDate) -> (Standing, Option<Text>) {
    let failed = |code: CheckCode| {
        looked.checks.iter().find(|check| check.code == code && check.outcome == Outcome::Fail)
    };
    let taken_back = [
        (CheckCode::StatRevoked, Standing::Revoked),
        (CheckCode::StatEnded, Standing::Ended),
        (CheckCode::StatSuspended, Standing::Suspended),
    ];
    for (code, standing) in taken_back {
        if let Some(check) = failed(code) {
            return (standing, Some(check.text()));
        }
    }
    if let (Some(until), Some(left)) = (looked.valid_until, looked.days_left)
        && left < 0
    {
        return (Standing::Expired, Some(over(until)));
    }
    if let Some(check) = failed(CheckCode::DateExpired) {
        return (Standing::Expired, Some(check.text()));
    }
    let worst = looked.checks.iter().max_by_key(|check| check.outcome);
    let doubt = worst.filter(|check| check.outcome >= Outcome::Pending);
    if let Some(check) = doubt.filter(|check| check.outcome == Outcome::Fail) {
        return (Standing::Unknown, Some(check.text()));
    }
    let from = looked.text("valid_from").and_then(|day| civil::parse_date(day).ok());
    if let Some(from) = from.filter(|from| *from > today) {
        return (Standing::Unknown, Some(not_yet(from)));
    }
    let doubt = doubt.map(Check::text);
    match (looked.valid_until, looked.days_left) {
        (Some(until), Some(left)) if left <= SOON => {
            (Standing::Expiring, Some(joined(soon(until, left), doubt)))
        }
        _ if doubt.is_some() => (Standing::Unknown, doubt),
        _ => (Standing::Valid, None),
    }
}

fn over(until: NaiveDate) -> Text {
    told(
        format!("已于{}到期，接收方不再采信；请换领或更新后重新导入。", civil::date_zh(until)),
        format!("it ended on {until} and is no longer taken; have it renewed and import the new one"),
    )
}

fn not_yet(from: NaiveDate) -> Text {
    told(
        format!("自{}起有效，现在尚未生效。", civil::date_zh(from)),
        format!("it is valid from {from} on and not yet in force"),
    )
}

fn soon(until: NaiveDate, left: i64) -> Text {
    let day = civil::date_zh(until);
    let [near, urgent] = URGENT;
    if left <= urgent {
        told(
            format!("只剩{left}天（{day}到期），请立即办理更新，不要再用于新的申报。"),
            format!("only {left} days are left (until {until}): have it renewed at once"),
        )
    } else if left <= near {
        told(
            format!("还剩{left}天（{day}到期），请尽快办理更新。"),
            format!("{left} days are left (until {until}): have it renewed soon"),
        )
    } else {
        told(
            format!("还剩{left}天，{day}到期，请安排更新。"),
            format!("{left} days are left, until {until}: plan its renewal"),
        )
    }
}

/// Two sentences as one.
pub(crate) fn joined(first: Text, second: Option<Text>) -> Text {
    match second {
        None => first,
        Some(second) => {
            told(format!("{}{}", first.zh, second.zh), format!("{}; {}", first.en(), second.en()))
        }
    }
}
