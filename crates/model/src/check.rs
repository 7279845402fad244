//! One check, its code and its outcome: the unit of every report (formats.md §6).

mod read;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Deserialize, Serialize, Serializer};

use crate::civil;
use crate::text::Text;

/// What came out of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// Worth knowing; changes nothing.
    Info,
    /// A person should look.
    Warning,
    /// It could not be decided on the data at hand. Not the same as wrong.
    Pending,
    /// It was checked and is wrong.
    Fail,
}

/// The four questions that every report answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// 内容未被改动？ Has nothing been altered?
    Integrity,
    /// 谁签的、可信吗？ Who signed, and is the signer trusted?
    Issuer,
    /// 现在还有效吗？ Is it still in force?
    Currency,
    /// 材料齐全并符合互认规则吗？ Is all there, and does the destination recognise it?
    Recognition,
}

macro_rules! codes {
    ($($variant:ident = $code:literal, $question:ident;)+) => {
        /// A stable code of the catalogue. Its texts are in [`crate::catalogue`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the catalogue holds the meaning of each code, once")]
        pub enum CheckCode { $($variant,)+ }

        impl CheckCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as people and files write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The question that the check helps to answer.
            #[must_use]
            pub const fn question(self) -> Question {
                match self { $(Self::$variant => Question::$question,)+ }
            }
        }
    };
}

codes! {
    FmtJson = "FMT-JSON", Integrity;
    FmtUscc = "FMT-USCC", Integrity;
    FmtOrg = "FMT-ORG", Integrity;
    FmtGr = "FMT-GR", Recognition;
    FmtTsme = "FMT-TSME", Recognition;
    FmtPat = "FMT-PAT", Recognition;
    FmtTcon = "FMT-TCON", Recognition;
    FmtSoft = "FMT-SOFT", Recognition;
    FmtEcert = "FMT-ECERT", Recognition;
    LimitSize = "LIMIT-SIZE", Integrity;
    LimitCount = "LIMIT-COUNT", Integrity;
    LimitRatio = "LIMIT-RATIO", Integrity;
    LimitDepth = "LIMIT-DEPTH", Integrity;
    ZipCorrupt = "ZIP-CORRUPT", Integrity;
    ZipMimetype = "ZIP-MIMETYPE", Integrity;
    ZipOrder = "ZIP-ORDER", Integrity;
    ZipExtra = "ZIP-EXTRA", Integrity;
    ZipMissing = "ZIP-MISSING", Integrity;
    ZipPath = "ZIP-PATH", Integrity;
    ZipDup = "ZIP-DUP", Integrity;
    ZipSymlink = "ZIP-SYMLINK", Integrity;
    ZipEncrypted = "ZIP-ENCRYPTED", Integrity;
    ZipPrepended = "ZIP-PREPENDED", Integrity;
    ZipTrailing = "ZIP-TRAILING", Integrity;
    ZipMismatch = "ZIP-MISMATCH", Integrity;
    HashCredential = "HASH-CREDENTIAL", Integrity;
    HashAttach = "HASH-ATTACH", Integrity;
    SigInvalid = "SIG-INVALID", Integrity;
    SigAlg = "SIG-ALG", Integrity;
    SigTyp = "SIG-TYP", Integrity;
    SigCrit = "SIG-CRIT", Integrity;
    SigUnknownKey = "SIG-UNKNOWN-KEY", Issuer;
    SigUse = "SIG-USE", Issuer;
    KeyWeak = "KEY-WEAK", Issuer;
    SigKeyNotYet = "SIG-KEY-NOT-YET", Issuer;
    SigKeyExpired = "SIG-KEY-EXPIRED", Issuer;
    SigKeyHistorical = "SIG-KEY-HISTORICAL", Issuer;
    SigKeyRevoked = "SIG-KEY-REVOKED", Issuer;
    SdjwtInvalid = "SDJWT-INVALID", Integrity;
    KbMissing = "KB-MISSING", Integrity;
    KbAud = "KB-AUD", Integrity;
    KbNonce = "KB-NONCE", Integrity;
    KbSdhash = "KB-SDHASH", Integrity;
    KbTime = "KB-TIME", Integrity;
    HolderKey = "HOLDER-KEY", Integrity;
    SubjUscc = "SUBJ-USCC", Recognition;
    SubjName = "SUBJ-NAME", Recognition;
    AudMismatch = "AUD-MISMATCH", Recognition;
    AudUnchecked = "AUD-UNCHECKED", Recognition;
    ReqExpired = "REQ-EXPIRED", Currency;
    ReqFirm = "REQ-FIRM", Recognition;
    ReqIssuer = "REQ-ISSUER", Recognition;
    ReqNonce = "REQ-NONCE", Integrity;
    ReqTerms = "REQ-TERMS", Recognition;
    Replay = "REPLAY", Integrity;
    Unsolicited = "UNSOLICITED", Recognition;
    IssUnknown = "ISS-UNKNOWN", Issuer;
    IssScope = "ISS-SCOPE", Issuer;
    TrustInvalid = "TRUST-INVALID", Issuer;
    TrustMissing = "TRUST-MISSING", Issuer;
    TrustRole = "TRUST-ROLE", Issuer;
    TrustStale = "TRUST-STALE", Issuer;
    TrustRollback = "TRUST-ROLLBACK", Issuer;
    StatRevoked = "STAT-REVOKED", Currency;
    StatEnded = "STAT-ENDED", Currency;
    StatSuspended = "STAT-SUSPENDED", Currency;
    StatStale = "STAT-STALE", Currency;
    StatMissing = "STAT-MISSING", Currency;
    StatCorrupt = "STAT-CORRUPT", Currency;
    StatRollback = "STAT-ROLLBACK", Currency;
    DateExpired = "DATE-EXPIRED", Currency;
    DateFuture = "DATE-FUTURE", Currency;
    DateSoon = "DATE-SOON", Currency;
    DateOrder = "DATE-ORDER", Recognition;
    RuleFalse = "RULE-FALSE", Recognition;
    RuleOpen = "RULE-OPEN", Recognition;
    RuleMissing = "RULE-MISSING", Recognition;
    RuleExpired = "RULE-EXPIRED", Recognition;
    RuleConflict = "RULE-CONFLICT", Recognition;
    RegScope = "REG-SCOPE", Recognition;
    RegAuthority = "REG-AUTHORITY", Recognition;
    ProvLow = "PROV-LOW", Recognition;
    ChkMissing = "CHK-MISSING", Recognition;
    MovePartial = "MOVE-PARTIAL", Recognition;
    MoveReport3m = "MOVE-REPORT-3M", Recognition;
    IncAge = "INC-AGE", Recognition;
    IncLimit = "INC-LIMIT", Recognition;
    IncRdsite = "INC-RDSITE", Recognition;
    VchScope = "VCH-SCOPE", Recognition;
    VchBalance = "VCH-BALANCE", Recognition;
    VchDouble = "VCH-DOUBLE", Recognition;
    PiConsent = "PI-CONSENT", Recognition;
    DupNumber = "DUP-NUMBER", Recognition;
    ClockBehind = "CLOCK-BEHIND", Currency;
}

impl CheckCode {
    /// The code written as `text`, if the catalogue has it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// Whether a failure shows tampering. Such a failure fails the whole dossier wherever it stands
    /// (formats.md §6, last paragraph).
    #[must_use]
    pub fn shows_tampering(self) -> bool {
        let code = self.as_str();
        matches!(self, Self::SdjwtInvalid | Self::HolderKey | Self::SubjUscc | Self::KeyWeak | Self::FmtJson)
            || ["SIG-", "KB-", "HASH-"].iter().any(|prefix| code.starts_with(prefix))
    }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CheckCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One fact that a check rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Text from the data under check. A host must treat it as hostile.
    Text(Cow<'static, str>),
    /// A count, a number of days, a size in bytes.
    Int(i64),
    /// A moment, NumericDate. Written as RFC 3339 in Asia/Shanghai, and only where somebody reads it.
    Time(i64),
    /// A civil day.
    Day(NaiveDate),
    /// Several texts.
    List(Vec<String>),
}

/// Named facts in the order they are told.
pub type Facts = Vec<(&'static str, Fact)>;

/// One check with its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which check.
    pub code: CheckCode,
    /// What came out.
    pub outcome: Outcome,
    /// What it is about: a path in the dossier, an item of the checklist, or a role of the trust data.
    pub subject: Arc<str>,
    /// A text from the rule pack that stands in for the catalogue's.
    pub message: Option<Text>,
    /// What it rests on.
    pub facts: Facts,
}

impl Check {
    /// A check without facts.
    #[must_use]
    pub fn new(code: CheckCode, outcome: Outcome, subject: &Arc<str>) -> Self {
        Self { code, outcome, subject: Arc::clone(subject), message: None, facts: Vec::new() }
    }

    /// The same check with one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }

    /// The fact `name`.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find(|(key, _)| *key == name).map(|(_, fact)| fact)
    }

    /// By what a person reads first: the worst outcome, and of equal ones what shows tampering.
    #[must_use]
    pub fn urgency(&self) -> (Outcome, bool) {
        (self.outcome, self.code.shows_tampering())
    }

    /// What to tell a person: the pack's own text, or the catalogue's with the facts put in.
    #[must_use]
    pub fn text(&self) -> Text {
        self.message.clone().unwrap_or_else(|| crate::catalogue::render(self))
    }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.text();
        let mut out = serializer.serialize_struct("Check", 6)?;
        out.serialize_field("code", &self.code)?;
        out.serialize_field("outcome", &self.outcome)?;
        out.serialize_field("question", &self.code.question())?;
        out.serialize_field("subject", &*self.subject)?;
        out.serialize_field("message", &Both { zh: &text.zh, en: text.en() })?;
        out.serialize_field("facts", &FactMap(&self.facts))?;
        out.end()
    }
}

#[derive(Serialize)]
struct Both<'a> {
    zh: &'a str,
    en: &'a str,
}

struct FactMap<'a>(&'a Facts);

impl Serialize for FactMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, fact) in self.0 {
            match fact {
                Fact::Text(text) => map.serialize_entry(name, text)?,
                Fact::Int(number) => map.serialize_entry(name, number)?,
                Fact::Time(_) | Fact::Day(_) => map.serialize_entry(name, &fact.to_string())?,
                Fact::List(texts) => map.serialize_entry(name, texts)?,
            }
        }
        map.end()
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Int(number) => write!(f, "{number}"),
            Self::Time(seconds) => match civil::from_numeric_date(*seconds) {
                Some(time) => f.write_str(&civil::rfc3339(time)),
                None => write!(f, "{seconds}"),
            },
            Self::Day(day) => write!(f, "{day}"),
            Self::List(texts) => f.write_str(&texts.join("、")),
        }
    }
}

impl From<&'static str> for Fact {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Fact {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<NaiveDate> for Fact {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for Fact {
    fn from(time: DateTime<Utc>) -> Self {
        Self::Time(time.timestamp())
    }
}

impl From<Vec<String>> for Fact {
    fn from(texts: Vec<String>) -> Self {
        Self::List(texts)
    }
}
