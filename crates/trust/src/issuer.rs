//! One issuer of the register: its keys over time, and what it may issue (formats.md §3).

mod judge;
mod read;

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use zizhi_crypto::PublicKey;
use zizhi_model::region::Region;
use zizhi_model::{CheckCode, Provenance, Uscc};

pub use judge::KeyJudgement;
pub use read::thumbprint;

/// What a key of an issuer may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyUse {
    /// Credentials.
    Credential,
    /// Status lists.
    Status,
    /// Decisions.
    Decision,
    /// Requests.
    Request,
    /// Verification reports.
    Report,
    /// What a hub signs: its card, receipts, holds (docs/hub.md).
    Hub,
}

/// What kind of organisation an issuer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssuerRole {
    /// 孵化器
    Incubator,
    /// 认定机构, 主管部门
    Authority,
    /// 创新券管理方
    VoucherFund,
    /// 服务机构
    ServiceProvider,
    /// 银行
    Bank,
    /// 产权或技术交易机构
    Exchange,
}

/// A name that the issuer bore until a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// The last day on which it was borne.
    pub until: Option<NaiveDate>,
}

/// A credential type with the provenances in which the issuer may issue it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayIssue {
    /// Type id with hyphens and without version, such as `incubatee-certificate`.
    pub credential_type: String,
    /// The provenances.
    pub provenance: Vec<Provenance>,
}

/// The key itself, or why it is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Material {
    /// A key that may verify.
    Usable(PublicKey),
    /// A key that was refused where it entered: `KEY-WEAK`, or `SIG-ALG` for one that is not of our
    /// algorithms or not a key.
    Refused(CheckCode),
}

/// One key of an issuer with its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerKey {
    /// RFC 7638 thumbprint. Known for a refused key too, so that a report can name it.
    pub kid: String,
    /// The key.
    pub material: Material,
    /// What it may sign.
    pub uses: Vec<KeyUse>,
    /// The id of the hub that signs with it; of a key for a hub alone.
    pub hub: Option<String>,
    /// From when it may sign.
    pub valid_from: DateTime<Utc>,
    /// Until when it may sign, that second included.
    pub valid_until: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why it was revoked.
    pub revoked_reason: Option<String>,
}

/// One issuer of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerRecord {
    /// Who it is.
    pub uscc: Uscc,
    /// Its name now.
    pub name: String,
    /// The names it bore.
    pub former_names: Vec<FormerName>,
    /// What it is. Roles that this program does not know are left out.
    pub roles: Vec<IssuerRole>,
    /// Level of an incubator, such as `ministry_standard`.
    pub level: Option<String>,
    /// Where it is.
    pub region: Region,
    /// Every key it ever had.
    pub keys: Vec<IssuerKey>,
    /// `age` recipients to seal dossiers to.
    pub seal_to: Vec<String>,
    /// What it may issue.
    pub may_issue: Vec<MayIssue>,
}

impl IssuerRecord {
    /// The key with the thumbprint `kid`.
    #[must_use]
    pub fn key(&self, kid: &str) -> Option<&IssuerKey> {
        self.keys.iter().find(|key| key.kid == kid)
    }

    /// Whether the issuer may issue `credential_type` (with hyphens, without version) in this
    /// provenance. If not: `ISS-SCOPE`.
    #[must_use]
    pub fn may_issue(&self, credential_type: &str, provenance: Provenance) -> bool {
        self.may_issue
            .iter()
            .any(|scope| scope.credential_type == credential_type && scope.provenance.contains(&provenance))
    }

    /// Whether the issuer is of this kind.
    #[must_use]
    pub fn has_role(&self, role: IssuerRole) -> bool {
        self.roles.contains(&role)
    }
}

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal,)+ }) => {
        impl $name {
            /// The word used in files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value whose word is `text`.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words!(KeyUse {
    Credential = "credential",
    Status = "status",
    Decision = "decision",
    Request = "request",
    Report = "report",
    Hub = "hub",
});

words!(IssuerRole {
    Incubator = "incubator",
    Authority = "authority",
    VoucherFund = "voucher_fund",
    ServiceProvider = "service_provider",
    Bank = "bank",
    Exchange = "exchange",
});
