//! 核验: one dossier, or a folder of them. Needs no database and no login.

use crate::{CodeAdvice, Line, Report, Sentence, Verdict};

wire! {
    /// A dossier to verify.
    pub struct VerifyFile {
        /// Its path.
        pub path: String,
        /// A file with the secret that opens a sealed dossier; the open database's own key is tried by itself.
        pub identity: Option<String>,
    }

    /// A verdict with all that the screen shows.
    pub struct Verified {
        /// The report.
        pub report: Report,
        /// The path it was read from.
        pub path: String,
        /// What the conclusions rest on: each credential's and each item's whose rule pack says so.
        pub grounds: Vec<GroundsLine>,
        /// What the documents are called and what each credential shows, in the order of the report.
        pub credentials: Vec<CredentialView>,
        /// Who signed what.
        pub signatures: Vec<SignatureLine>,
        /// The attachments with what can be done with each.
        pub attachments: Vec<AttachmentView>,
        /// Advice for each code that stands in the report.
        pub advice: Vec<CodeAdvice>,
        /// The case that already holds this very file; only while the database is open.
        pub case_id: Option<String>,
        /// Cases of this firm that wait for something that this dossier may be; only while the database is open.
        pub waiting: Vec<crate::WaitingCase>,
        /// Whether anything in it is marked 【演示】.
        pub demo: bool,
    }

    /// What one conclusion rests on.
    pub struct GroundsLine {
        /// A credential's path, or an item's id.
        pub subject: String,
        /// The law or agreement, of a credential with the rule; or that no rule applies.
        pub text: Sentence,
    }

    /// A credential, read.
    pub struct CredentialView {
        /// Its path in the container, or its file name outside one.
        pub path: String,
        /// Its type id.
        pub kind: String,
        /// What the type is called.
        pub title: Sentence,
        /// What was disclosed.
        pub lines: Vec<Line>,
        /// How many claims stay hidden.
        pub hidden: u32,
    }

    /// One signature.
    pub struct SignatureLine {
        /// What it covers: the manifest, or a credential's path.
        pub subject: String,
        /// What that is called.
        pub title: Sentence,
        /// Who signed: code.
        pub signer: String,
        /// Who signed: name, if known.
        pub signer_name: Option<String>,
        /// When, by the signer's own clock.
        pub signed_at: Option<String>,
        /// `ES256`, `EdDSA`, `SM2-SM3`.
        pub algorithm: Option<String>,
        /// The key's thumbprint.
        pub kid: Option<String>,
        /// Whether it holds.
        pub answer: crate::Answer,
    }

    /// An attachment of a dossier or a draft.
    pub struct AttachmentView {
        /// Its path in the container, or its id in a draft.
        pub path: String,
        /// Its name, for people.
        pub name: String,
        /// What it is, as checklists ask for it.
        pub kind: String,
        /// Its media type, by its bytes and not by its name.
        pub media_type: String,
        /// Bytes.
        pub size: u64,
        /// Whether its bytes are those that were signed.
        pub intact: bool,
        /// A remark such as 含签章，未在本软件内验签.
        pub remark: Option<Sentence>,
        /// Whether the window can show it.
        pub preview: bool,
    }

    /// An attachment to look at.
    pub struct PreviewAttachment {
        /// The dossier's path; or absent for one of a case or draft.
        pub dossier: Option<String>,
        /// The case; or absent.
        pub case_id: Option<String>,
        /// Which version of the case; absent for the newest.
        #[serde(default)]
        #[ts(optional)]
        pub version: Option<u32>,
        /// The draft; or absent.
        pub draft_id: Option<String>,
        /// The attachment's path.
        pub path: String,
    }

    /// An attachment's bytes, at most 32 MiB.
    pub struct AttachmentBytes {
        /// Its media type.
        pub media_type: String,
        /// Base64.
        pub base64: String,
    }

    /// An attachment to take out.
    pub struct SaveAttachment {
        /// Which.
        pub which: PreviewAttachment,
        /// Where to.
        pub to: String,
    }

    /// A folder of dossiers to verify. Progress comes as `batch` events.
    pub struct VerifyFolder {
        /// The folder.
        pub path: String,
        /// A file with the secret that opens sealed dossiers.
        pub identity: Option<String>,
    }

    /// One dossier of a folder.
    pub struct BatchLine {
        /// Its path.
        pub path: String,
        /// Its name.
        pub name: String,
        /// The verdict; absent if it could not be opened, or is no dossier.
        pub verdict: Option<Verdict>,
        /// The firm's name, if the manifest could be read.
        pub firm: Option<String>,
        /// The worst finding, or why it could not be read.
        pub reason: Option<Sentence>,
        /// The code of that.
        pub code: Option<String>,
    }

    /// The result of a folder, failures first.
    pub struct BatchSummary {
        /// Every dossier, what failed first.
        pub lines: Vec<BatchLine>,
        /// Whether the person stopped it.
        pub cancelled: bool,
        /// Other files of the folder, which are no dossiers by their endings and were not looked at.
        pub others: u32,
    }

    /// The result of a folder to write as a table.
    pub struct ExportBatch {
        /// The lines as the screen shows them.
        pub lines: Vec<BatchLine>,
        /// Where to: `.xlsx` or `.csv`.
        pub path: String,
    }

    /// The report of one dossier to write.
    pub struct SaveReport {
        /// The dossier.
        pub dossier: VerifyFile,
        /// Where to: `.pdf` or `.json`.
        pub path: String,
        /// In which language.
        pub language: crate::Language,
        /// Who verified.
        pub hands: crate::Hands,
    }
}
