//! What a message can carry, and how each of it begins.

use serde::{Deserialize, Serialize};
use zizhi_crypto::b64;
use zizhi_model::json::strict;
use zizhi_model::{Json, Limits};

/// What the body of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A credential for its holder.
    Credential,
    /// A request for a dossier.
    Request,
    /// A dossier, sealed or not.
    Dossier,
    /// A decision about a dossier.
    Decision,
    /// A status list.
    StatusList,
    /// A receipt.
    Receipt,
    /// Words for people.
    Notice,
}

/// How far into a body its kind has to show, in bytes.
const START: usize = 4 * 1024;

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Credential,
        Self::Request,
        Self::Dossier,
        Self::Decision,
        Self::StatusList,
        Self::Receipt,
        Self::Notice,
    ];

    /// The word in an envelope.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::Request => "request",
            Self::Dossier => "dossier",
            Self::Decision => "decision",
            Self::StatusList => "status_list",
            Self::Receipt => "receipt",
            Self::Notice => "notice",
        }
    }

    /// The types of the signed objects of this kind; none for a dossier and a notice.
    #[must_use]
    pub const fn typs(self) -> &'static [&'static str] {
        match self {
            // A decision is a credential of one type (formats.md §6); its `vct` tells the two apart.
            Self::Credential | Self::Decision => &["dc+sd-jwt", "vc+sd-jwt"],
            Self::Request => &["dossier-request+jwt"],
            Self::StatusList => &["statuslist+jwt"],
            Self::Receipt => {
                &["mail-receipt+jwt", "redemption-receipt+jwt", "voucher-hold+jwt", "settlement-request+jwt"]
            }
            Self::Dossier | Self::Notice => &[],
        }
    }

    /// Whether a body that begins with `start` (its first 4 KiB, or all of it) can be of this kind. A
    /// notice has no form of its own.
    #[must_use]
    pub fn fits(self, start: &[u8]) -> bool {
        match self {
            // A ZIP's first record, or a sealed file (formats.md §5).
            Self::Dossier => {
                start.starts_with(b"PK\x03\x04") || start.starts_with(b"age-encryption.org/v1\n")
            }
            Self::Notice => true,
            _ => typ(start).is_some_and(|typ| self.typs().contains(&typ.as_str())),
        }
    }
}

/// The `typ` in the header of a compact JWS.
fn typ(start: &[u8]) -> Option<String> {
    let header = start.get(..start.len().min(START))?.split(|byte| *byte == b'.').next()?;
    let header = b64::decode(header).ok()?;
    let header = strict(&header, Limits::default().json_depth).ok()?;
    header.get("typ").and_then(Json::as_str).map(str::to_owned)
}
