//! 资质凭证: what a firm keeps, how long it lasts, and what it was told.

use crate::{CredentialView, Provenance, Sentence};

wire! {
    /// Files to take in.
    pub struct ImportHeld {
        /// `.zzcred` files.
        pub paths: Vec<String>,
    }

    /// What was taken in.
    pub struct ImportedHeld {
        /// Taken in.
        pub imported: Vec<HeldLine>,
        /// Files that were not, with the reason.
        pub refused: Vec<RefusedFile>,
    }

    /// A file that was not taken in.
    pub struct RefusedFile {
        /// Its path.
        pub path: String,
        /// Why.
        pub refusal: crate::Refusal,
    }

    /// A search among held credentials.
    pub struct FindHeld {
        /// Part of a title, a number or an issuer; empty for all.
        pub text: String,
    }

    /// What is held, or what is found in it, to write as a table.
    pub struct ExportHeld {
        /// Which credentials.
        pub filter: FindHeld,
        /// Where to; the ending says which: `.xlsx` or `.csv`.
        pub path: String,
    }

    /// What is held, what ends first before the rest.
    pub struct HeldList {
        /// The credentials.
        pub credentials: Vec<HeldLine>,
    }

    /// A held credential.
    pub struct HeldLine {
        /// Its id.
        pub id: String,
        /// Its type.
        pub kind: String,
        /// What the type is called.
        pub title: Sentence,
        /// Its number.
        pub number: Option<String>,
        /// Who issued it: name, or code where the register does not know it.
        pub issuer: String,
        /// Who stands behind it.
        pub provenance: Provenance,
        /// Civil date of issue.
        pub issued_on: Option<String>,
        /// Last civil day of validity.
        pub valid_until: Option<String>,
        /// Days that are left; negative when it has ended, absent when it does not end.
        pub days_left: Option<i32>,
        /// How it stands.
        pub standing: Standing,
        /// Why, in words.
        pub remark: Option<Sentence>,
        /// The firm's name in it, where that is another than now.
        pub other_name: Option<String>,
        /// How it stood before, where that changed and nobody has seen it.
        pub moved: Option<HeldMoved>,
    }

    /// A credential that stands otherwise than before.
    pub struct HeldMoved {
        /// How it stood.
        pub from: Standing,
        /// When that was noticed.
        pub at: String,
    }

    /// A held credential in full.
    pub struct HeldPage {
        /// In a line.
        pub line: HeldLine,
        /// Every claim.
        pub view: CredentialView,
        /// Where its status can be looked up.
        pub status_uri: Option<String>,
        /// The status as the trust data has it, with its age.
        pub status: Option<Sentence>,
    }

    /// A statement of the firm about itself, signed with its own key (企业自述).
    pub struct Declare {
        /// Its type.
        pub kind: String,
        /// The values.
        pub claims: Vec<crate::TypedClaim>,
        /// Last civil day of validity.
        pub valid_until: Option<String>,
        /// Opens the signing key once more.
        pub passphrase: String,
    }

    /// The firm's public key for an issuer.
    pub struct ExportHolderKey {
        /// Where to, `.jwk`.
        pub path: String,
    }
}

words! {
    /// How a held credential stands.
    pub enum Standing {
        /// 有效
        Valid,
        /// 即将到期 (90 days)
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
}
