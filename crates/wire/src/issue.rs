//! 签发: credentials for the firms of the register, one or a thousand, and their status afterwards.

use crate::{Line, Provenance, RefusedFile, Sentence, Written};

wire! {
    /// The types that can be issued, as forms.
    pub struct IssueTypes {
        /// In the order of the field's own list.
        pub types: Vec<TypeForm>,
        /// What to mind about all of them: the organisation or its key is not in the register.
        pub remark: Option<Sentence>,
    }

    /// A type of credential as a form. Types are data: a new one needs no change of the window.
    pub struct TypeForm {
        /// Its id, with hyphens.
        pub id: String,
        /// What it is called.
        pub title: Sentence,
        /// What it is for.
        pub description: Sentence,
        /// In which ways this organisation may issue it, by its entry in the register.
        pub provenance: Vec<Provenance>,
        /// Its claims, without the last day of validity, which is asked for apart.
        pub claims: Vec<ClaimField>,
        /// Names of claims that the register of firms fills in for each firm; what is typed counts for all.
        pub from_register: Vec<String>,
        /// Whether it has a number.
        pub number: bool,
        /// Whether it has a last day of validity.
        pub valid_until: bool,
        /// How a number of this type is written; absent where no form is prescribed.
        pub number_sample: Option<String>,
        /// Names of claims without which an attested paper cannot be judged, `valid_until` perhaps among them.
        pub attested_needs: Vec<String>,
        /// What is signed where a field stays empty.
        pub hints: Vec<ClaimHint>,
    }

    /// What is signed where a field stays empty.
    pub struct ClaimHint {
        /// The claim's name.
        pub name: String,
        /// What it is then.
        pub hint: Sentence,
    }

    /// What would be signed.
    pub struct IssuePreview {
        /// How many firms get one.
        pub count: u32,
        /// The firms that get one.
        pub firms: Vec<GettingFirm>,
        /// Firms that would get none, with the reason.
        pub refused: Vec<RefusedFirm>,
        /// Those of the firms that hold a valid one of this type from this organisation already.
        pub holding: Vec<HoldingFirm>,
        /// Those of the firms whose credential of this type from this organisation was revoked within a year.
        pub revoked: Vec<RevokedFirm>,
        /// Those of the firms whose public key another firm of the register has too.
        pub sharing: Vec<SharingFirm>,
        /// Every claim of the first one's.
        pub first: Vec<Line>,
        /// The claims that differ from firm to firm.
        pub differing: Vec<DifferingClaim>,
    }

    /// A firm that gets a credential.
    pub struct GettingFirm {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Its number.
        pub uscc: String,
        /// What its credential says of each claim that differs, in their order; empty where it does not have it.
        pub values: Vec<String>,
    }

    /// A claim that differs from firm to firm.
    pub struct DifferingClaim {
        /// The claim's name.
        pub name: String,
        /// What it is called.
        pub label: Sentence,
    }

    /// A firm whose credential of the type was revoked.
    pub struct RevokedFirm {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// The day on which the latest of them was revoked.
        pub on: String,
        /// Why, as it was typed then.
        pub reason: Option<String>,
    }

    /// A firm whose public key another one has too.
    pub struct SharingFirm {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Which other firms have its key, and what to do.
        pub warning: Sentence,
    }

    /// A firm that holds a valid credential of the type.
    pub struct HoldingFirm {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// The last day of the one that ends last; absent if one has no end.
        pub until: Option<String>,
    }

    /// A claim as a field of a form.
    pub struct ClaimField {
        /// The claim's name.
        pub name: String,
        /// What it is called.
        pub label: Sentence,
        /// What kind of value it takes.
        pub kind: ClaimKind,
        /// Whether it has to be there.
        pub required: bool,
        /// The values to choose from; empty for free entry.
        pub choices: Vec<ClaimChoice>,
    }

    /// A value to choose.
    pub struct ClaimChoice {
        /// As it is stored.
        pub value: String,
        /// As it is called.
        pub label: Sentence,
    }

    /// Values typed into the form, by claim name; empty values are left out.
    pub struct TypedClaim {
        /// The claim's name.
        pub name: String,
        /// As typed.
        pub value: String,
    }

    /// A credential to issue to each of some firms.
    pub struct Issue {
        /// Its type.
        pub kind: String,
        /// In which way.
        pub provenance: Provenance,
        /// The firms, by id in the register.
        pub firms: Vec<String>,
        /// Values that are the same for all. What the register knows of a firm fills the rest.
        pub claims: Vec<TypedClaim>,
        /// Pattern of the number, `HFUSP-2026-{0001}`: the part in braces counts on, from there or from the last
        /// number of that pattern. Without braces it is the number itself, for one firm.
        pub number: Option<String>,
        /// Whether somebody looked at the number, which has to be done once after a restore.
        #[serde(default)]
        pub number_looked_at: bool,
        /// Last civil day of validity.
        pub valid_until: Option<String>,
        /// For attested papers: how the original was seen.
        pub attested: Option<Attestation>,
        /// Opens the signing key once more.
        pub passphrase: String,
        /// The folder for the `.zzcred` files.
        pub folder: String,
    }

    /// How the original was seen.
    pub struct Attestation {
        /// 原件核对, 官网查询, 扫码, 数据接口
        pub method: String,
        /// In which system.
        pub system: String,
        /// At which address.
        pub url: Option<String>,
        /// On which civil date.
        pub checked_on: String,
        /// By whom.
        pub operator: String,
    }

    /// What issuing came to.
    pub struct IssuedBatch {
        /// How many were issued.
        pub issued: u32,
        /// Their ids.
        pub ids: Vec<String>,
        /// Firms that got none, with the reason.
        pub refused: Vec<RefusedFirm>,
        /// The folder with the files.
        pub folder: String,
        /// The name of the status list that has to be published with them; empty if nothing was issued.
        pub status_list: String,
    }

    /// A firm that got no credential.
    pub struct RefusedFirm {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Why.
        pub why: Sentence,
        /// The code of that.
        pub code: String,
    }

    /// A search among issued credentials.
    pub struct FindIssued {
        /// Part of a name, pinyin, a code or a number; empty for all.
        pub text: String,
        /// Only this type.
        pub kind: Option<String>,
        /// Only this status.
        pub status: Option<CredentialStatus>,
        /// Only this firm.
        pub firm: Option<String>,
        /// Whether they come by the firm's name as it is read.
        #[serde(default)]
        pub by_name: bool,
        /// Continue after this cursor.
        pub after: Option<String>,
        /// At most so many.
        pub limit: u32,
    }

    /// Some issued credentials.
    pub struct IssuedList {
        /// Newest first, or by the firm's name.
        pub credentials: Vec<IssuedLine>,
        /// The cursor to continue with; absent at the end.
        pub next: Option<String>,
    }

    /// An issued credential.
    pub struct IssuedLine {
        /// Its id.
        pub id: String,
        /// Its type.
        pub kind: String,
        /// What the type is called.
        pub title: Sentence,
        /// Its number.
        pub number: Option<String>,
        /// The firm's code.
        pub firm_uscc: String,
        /// The firm's name when it was issued.
        pub firm_name: String,
        /// When it was issued.
        pub issued: String,
        /// Last civil day of validity.
        pub valid_until: Option<String>,
        /// Its status now.
        pub status: CredentialStatus,
        /// The status list that it is in.
        pub status_list: Option<String>,
        /// Its place in that list.
        pub status_place: Option<u32>,
        /// Why it has that status.
        pub reason: Option<String>,
        /// Since when.
        pub changed: Option<String>,
        /// Who stands behind it.
        pub provenance: Provenance,
    }

    /// A new status for some credentials.
    pub struct SetStatus {
        /// Which credentials.
        pub ids: Vec<String>,
        /// The status.
        pub status: CredentialStatus,
        /// Why.
        pub reason: String,
        /// Opens the signing key once more, to sign the list.
        pub passphrase: String,
    }

    /// Where the status lists go.
    pub struct ExportStatusList {
        /// A file for the list, or a folder that is there: every list named after the organisation and the day.
        pub path: String,
        /// Signs the lists anew before, so that they count as fresh again. Without it they go as last signed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub passphrase: Option<String>,
    }

    /// What is open since the database was restored from a backup.
    pub struct AfterRestore {
        /// When it was restored; absent if it never was.
        pub at: Option<String>,
        /// When the backup was made.
        pub made: Option<String>,
        /// Status lists that are not signed until they were settled.
        pub lists: Vec<UnsettledList>,
        /// Whether the first number of each series has to be looked at, since it may have been given.
        pub numbers: bool,
        /// Series that somebody has looked at since, each with `{}` where its numbers count.
        pub series: Vec<String>,
        /// Whether credentials may have been issued after the backup that are not here, and nobody has looked yet.
        pub unknown: bool,
        /// The number that the first case after the restore gets; cases received between the backup and the restore
        /// are not here.
        pub next_case: Option<String>,
    }

    /// A status list of before the backup.
    pub struct UnsettledList {
        /// Its name.
        pub uri: String,
        /// Up to when it is known what was on it.
        pub known_until: Option<String>,
        /// How many credentials are revoked, suspended or ended, as far as is known.
        pub not_valid: u32,
        /// When the list of the trust data at hand was signed; absent where that cannot settle it.
        pub in_trust: Option<String>,
    }

    /// Where lists are that settle open ones.
    pub struct ListSource {
        /// The file of a list, or trust data that hold it; absent for the trust data at hand.
        pub path: Option<String>,
    }

    /// What of a source can settle open lists.
    pub struct ReadLists {
        /// One at least.
        pub lists: Vec<ReadList>,
    }

    /// Files of credentials that this organisation issued.
    pub struct RecoverIssued {
        /// Files, or folders for all in them.
        pub paths: Vec<String>,
    }

    /// What became of them.
    pub struct RecoveredIssued {
        /// Entered again.
        pub taken: Vec<IssuedLine>,
        /// How many were here already.
        pub known: u32,
        /// Not entered again, with the reason.
        pub refused: Vec<RefusedFile>,
        /// How many firms were added to the register.
        pub firms: u32,
        /// What is to be looked at: numbers that another credential has as well.
        pub remarks: Vec<Sentence>,
    }

    /// A list that can settle one of the open ones, before it does.
    pub struct ReadList {
        /// Its name.
        pub uri: String,
        /// When it was signed.
        pub signed_at: String,
        /// When the backup was made since which it is open; absent if there was none.
        pub made: Option<String>,
        /// SHA-256 of its text, hexadecimal.
        pub sha256: String,
        /// The credentials that are no longer valid by it, with the status that it gives them.
        pub adds: Vec<IssuedLine>,
        /// How many more places it marks, of credentials that this database does not know.
        pub unknown: u32,
    }

    /// How lists are settled: by lists that were read, or for all by a statement.
    pub struct SettleLists {
        /// The lists that were read.
        pub read: Option<SettleBy>,
        /// What changed since the backup, where no lists are given; all of it.
        pub since: Vec<StatusSince>,
        /// How that is known, where no lists are given.
        pub reason: Option<String>,
        /// Opens the key that signs lists.
        pub passphrase: String,
    }

    /// Lists as they were read.
    pub struct SettleBy {
        /// Their file; absent for the trust data at hand.
        pub path: Option<String>,
        /// SHA-256 of each, hexadecimal.
        pub sha256: Vec<String>,
    }

    /// A status that a credential got since the backup.
    pub struct StatusSince {
        /// The credential.
        pub credential_id: String,
        /// Its status.
        pub status: CredentialStatus,
    }

    /// Whether others can know how credentials stand.
    pub struct ListStanding {
        /// Since when a status list has changes that were not exported; absent if there are none.
        pub not_exported_since: Option<String>,
    }

    /// The organisation's public keys, as its province registers them.
    pub struct OwnKeys {
        /// The file.
        pub written: Written,
        /// Fingerprints of the keys that sign today, in groups of four.
        pub fingerprints: Vec<String>,
    }

    /// What was issued, or what a filter leaves of it, to write as a table.
    pub struct ExportIssuedTable {
        /// Which credentials.
        pub filter: FindIssued,
        /// Where to; the ending says which: `.xlsx` or `.csv`.
        pub path: String,
    }

    /// Files to write again.
    pub struct ExportIssued {
        /// Which credentials.
        pub ids: Vec<String>,
        /// The folder.
        pub folder: String,
    }
}

words! {
    /// What kind of value a claim takes.
    pub enum ClaimKind {
        /// Text.
        Text,
        /// A civil date.
        Date,
        /// A whole number.
        Integer,
        /// Money, typed in 元.
        Money,
        /// Yes or no.
        Boolean,
        /// A region.
        Region,
        /// Several texts, one on a line.
        TextList,
    }

    /// The status of an issued credential (formats.md §2).
    pub enum CredentialStatus {
        /// 有效
        Valid,
        /// 已撤销
        Revoked,
        /// 已暂停
        Suspended,
        /// 已注销
        Ended,
    }
}
