//! Signs a draft. From here on it is a dossier: its bytes are kept, and written out as they are or sealed
//! to the destination, now and as often as wanted.

use std::fs::File;
use std::io::{BufWriter, Read, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;
use zizhi_dossier::Digest;
use zizhi_model::{Text, Uscc};
use zizhi_store::{Direction, Sent, SentState};

use crate::draft_body::{EXPORTED, KIND, Stage, read, signed};
use crate::draft_folder::materialise;
use crate::failure::Failure;
use crate::firm::Firm;
use crate::output::Output;
use crate::requests_stored::{known, request_of, still_open};
use crate::seal_dossier::{registered, seal_into};
use crate::sign_dossier::sign_dossier;
use crate::vault;
use crate::verify_file::is_named_sealed;

/// The media type of a dossier (docs/formats.md).
const MEDIA: &str = zizhi_dossier::MIMETYPE;

/// A draft to sign.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// The draft.
    pub draft: &'a str,
    /// Opens the firm's key.
    pub passphrase: &'a str,
    /// Where the file goes.
    pub path: &'a Path,
    /// Whether it is sealed to the destination.
    pub seal: bool,
}

/// A file that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its digest.
    pub sha256: Digest,
    /// Bytes.
    pub size: u64,
}

/// Signs the draft, keeps the dossier and writes it out.
///
/// # Errors
/// `DRAFT-ABSENT`, `DRAFT-SIGNED`, `DRAFT-FIELD`, `DRAFT-FACT`, `FORM-VALUE`, `DRAFT-MOVED`, `REQ-EXPIRED`,
/// `REPLAY`, `SEAL-RECIPIENT`, `IO-NAME`, `IO-WRITE`, `LIMIT-SIZE`; those of the key and as every write to the database.
/// Nothing is signed then; only `SIGNED-UNWRITTEN` tells that the dossier is kept and was not written out.
pub fn sign(firm: &Firm<'_>, signing: &Signing<'_>) -> Result<WrittenFile, Failure> {
    let owner = firm.owner()?;
    let output = Output { path: signing.path, force: true };
    output.check()?;
    named(signing.path, signing.seal)?;
    let reader = firm.database.reader()?;
    let kept = read(&reader, signing.draft)?;
    let files = reader.draft_files(signing.draft)?;
    if kept.stage != Stage::Draft {
        return Err(signed(&kept.row.title));
    }
    let request = request_of(&reader, &kept, firm.host.now())?;
    drop(reader);
    answerable(firm, request.as_deref(), kept.body.before.as_deref())?;
    let recipients = recipients(firm, &kept.aud, signing.seal)?;
    let key = vault::holder_key(firm.database, firm.database.folder(), signing.passphrase)?;
    let work = materialise(firm, &kept, owner.uscc, &key)?;
    let made = work.path("signed.zzdossier");
    let dossier = sign_dossier(&work.folder, &key, &Output { path: &made, force: false }, firm.host)?;
    let open = || File::open(&made).map_err(|error| Failure::unreadable(&made, error));
    // Everything that can go wrong with the place goes wrong before anything is kept.
    let (file, written) = fill(&output, open()?, recipients.as_deref())?;

    let summary =
        serde_json::json!({ "dossier": dossier.id, "sha256": dossier.sha256, "sealed": signing.seal });
    let entry = firm.entry("draft.signed")?.about(KIND, signing.draft).with(summary);
    let writer = firm.database.writer()?;
    let now = read(&writer, signing.draft)?;
    if now.stage != Stage::Draft || now.body != kept.body || writer.draft_files(signing.draft)? != files {
        return Err(moved());
    }
    let original = writer.add_original(&mut open()?, MEDIA, firm.host.now())?;
    writer.add_sent(&Sent {
        dossier_id: dossier.id.clone(),
        draft: Some(signing.draft.to_owned()),
        sha256: original.sha256,
        aud: kept.aud,
        signed_at: firm.host.now(),
        state: SentState::Prepared,
        decision: None,
    })?;
    if let Some(request) = &request {
        if kept.body.before.is_some() {
            writer.reopen_request(Direction::Received, request)?;
        }
        writer.answer_request(Direction::Received, request, &dossier.id)?;
    }
    writer.commit(&entry)?;
    output.put(file).map_err(|failure| unwritten(&failure))?;
    Ok(written)
}

/// Writes the signed dossier of a draft again: the very bytes, or those sealed anew.
///
/// # Errors
/// `DRAFT-ABSENT`, `DRAFT-UNSIGNED`, `SEAL-RECIPIENT`, `IO-NAME`, `IO-WRITE`; as every read of the database.
pub fn export(firm: &Firm<'_>, draft: &str, path: &Path, seal: bool) -> Result<WrittenFile, Failure> {
    let output = Output { path, force: true };
    output.check()?;
    named(path, seal)?;
    let reader = firm.database.reader()?;
    let kept = read(&reader, draft)?;
    let last = kept.sent.last().ok_or_else(|| unsigned(&kept.row.title))?;
    let recipients = recipients(firm, &kept.aud, seal)?;
    let original = reader.open_original(&last.sha256)?.ok_or_else(|| unsigned(&kept.row.title))?;
    let (file, written) = fill(&output, original, recipients.as_deref())?;
    drop(reader);
    let summary = serde_json::json!({ "dossier": last.dossier_id, "sealed": seal });
    let entry = firm.entry(EXPORTED)?.about(KIND, draft).with(summary);
    firm.database.writer()?.commit(&entry)?;
    output.put(file)?;
    Ok(written)
}

/// Refuses a name by which everybody would take what is not sealed for sealed.
fn named(path: &Path, seal: bool) -> Result<(), Failure> {
    if seal || !is_named_sealed(path) {
        return Ok(());
    }
    let name = crate::files::file_name(path);
    Err(Failure::refused(
        "IO-NAME",
        format!("“{name}”是加密档案的文件名，而这份档案不加密。没有写出任何文件。"),
        format!(
            "“{name}” is what a sealed dossier is called, and this one is not sealed; no file was written"
        ),
        "请勾选加密，或把文件名改为以 .zzdossier 结尾。",
        "have it sealed, or end the name in .zzdossier",
    ))
}

/// To whom a file is sealed; nothing if it is not.
fn recipients(firm: &Firm<'_>, aud: &Uscc, seal: bool) -> Result<Option<Vec<String>>, Failure> {
    if !seal {
        return Ok(None);
    }
    registered(firm.library, aud).map(Some).map_err(|failure| Failure {
        advice: Text::fixed(
            "请导入最新的信任数据；对方没有登记收件密钥时，请不加密导出，用可靠的方式交给对方。",
            "import the newest trust data; if the destination has no inbox key, write the file unsealed and hand it over safely",
        ),
        ..failure
    })
}

/// The file beside its place, filled with the dossier or with it sealed.
fn fill(
    output: &Output<'_>,
    mut dossier: impl Read,
    recipients: Option<&[String]>,
) -> Result<(NamedTempFile, WrittenFile), Failure> {
    let file = output.begin()?;
    let unwritable = |error| Failure::unwritable(output.path, error);
    match recipients {
        Some(recipients) => seal_into(recipients, dossier, file.as_file(), output.path)?,
        None => {
            let mut writer = BufWriter::with_capacity(256 * 1024, file.as_file());
            std::io::copy(&mut dossier, &mut writer).map_err(unwritable)?;
            writer.flush().map_err(unwritable)?;
        }
    }
    file.as_file().sync_all().map_err(unwritable)?;
    let (sha256, size) = Digest::of_reader(file.reopen().map_err(unwritable)?).map_err(unwritable)?;
    Ok((file, WrittenFile { sha256, size }))
}

/// Refuses to answer a request that is over or was answered by another dossier than the one `before`.
fn answerable(firm: &Firm<'_>, request: Option<&str>, before: Option<&str>) -> Result<(), Failure> {
    let Some(id) = request else { return Ok(()) };
    let row = firm.database.reader()?.request(Direction::Received, id)?;
    row.as_ref().and_then(known).map_or(Ok(()), |known| still_open(firm, &known, before))
}

fn moved() -> Failure {
    Failure::input(
        "DRAFT-MOVED",
        Text::fixed(
            "草稿在签署时被改动，签名页上看到的已不是现在的内容，没有签署。",
            "the draft was changed while it was being signed, so that it is not what the page showed; nothing was signed",
        ),
        Text::fixed("请重新查看签名页后再签署。", "look at the page again, then sign"),
    )
}

fn unwritten(failure: &Failure) -> Failure {
    Failure::refused(
        "SIGNED-UNWRITTEN",
        format!("档案已经签署并保存在库中，但文件没有写出：{}", failure.fact.zh),
        format!("the dossier is signed and kept, but was not written out: {}", failure.fact.en()),
        "请换一个位置重新导出；不需要再签署。",
        "write it out again to another place; it need not be signed again",
    )
}

fn unsigned(title: &str) -> Failure {
    Failure::refused(
        "DRAFT-UNSIGNED",
        format!("“{title}”还没有签署，没有可导出的档案。"),
        format!("{title:?} is not signed yet; there is no dossier to write"),
        "请先自检并签署。",
        "check and sign it first",
    )
}
