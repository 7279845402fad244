//! A draft of the database as a folder, for as long as it is checked or signed: private, inside the data
//! folder, and removed after. One that a crash left is removed before the next.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};
use zizhi_crypto::SigningKey;
use zizhi_dossier::Digest;
use zizhi_model::{OrgId, Provenance, Region, Uscc, civil};
use zizhi_store::{DraftFile, Reader};

use crate::draft::{
    Draft, DraftAttachment, DraftCredential, DraftDisclose, DraftFirm, DraftFolder, DraftName, DraftPack,
    VERSION,
};
use crate::draft_body::{Fields, Kept};
use crate::failure::{Failure, told};
use crate::firm::{Firm, nfc};
use crate::hold_declare::renewed;
use crate::output::Output;
use crate::plan_facts;
use crate::plan_words::NAME_NOTICE;
use crate::requests_stored::request_of;
use crate::{Text, files};

/// The folder inside that of the database.
const WORK: &str = "work";
const REQUEST: &str = "request.zzrequest";

/// A folder that goes when this goes.
pub(crate) struct Work {
    place: tempfile::TempDir,
    /// The draft in it.
    pub(crate) folder: DraftFolder,
}

impl Work {
    /// A place for a file of this work.
    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.place.path().join(name)
    }
}

/// Removes what a crash left behind. To be called when the database is opened.
pub fn sweep(database_folder: &Path) {
    let own = own_prefix();
    let Ok(listing) = fs::read_dir(database_folder.join(WORK)) else { return };
    for entry in listing.flatten() {
        // What this very program is working with stays.
        if !entry.file_name().to_string_lossy().starts_with(&own) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

fn own_prefix() -> String {
    format!("{}-", std::process::id())
}

/// Writes a draft out, as it would be signed now with `key`.
///
/// # Errors
/// `DRAFT-FIELD` naming what was not filled in or cannot be read, `DRAFT-FACT`, `FORM-VALUE`, `HOLD-ABSENT`,
/// `IO-WRITE`; as every read of the database.
pub(crate) fn materialise(
    firm: &Firm<'_>,
    kept: &Kept,
    uscc: Uscc,
    key: &SigningKey,
) -> Result<Work, Failure> {
    sweep(firm.database.folder());
    let place = private(firm.database.folder())?;
    let reader = firm.database.reader()?;
    let attached = reader.draft_files(&kept.row.id)?;
    let mut draft = terms(kept, uscc, &attached)?;
    for (number, chosen) in (1..).zip(&kept.body.credentials) {
        let row = reader.credential(&chosen.id)?.ok_or_else(gone)?;
        let bytes = reader.credential_bytes(&chosen.id)?.ok_or_else(gone)?;
        let mut issued = String::from_utf8_lossy(&bytes).trim().to_owned();
        if row.provenance == Provenance::Declared {
            issued = renewed(&issued, key, firm.host)?;
        }
        let file = format!("credentials/{number:03}-{}.zzcred", row.credential_type);
        let to = place.path().join(&file);
        Output { path: &to, force: false }.write_secret(format!("{issued}\n").as_bytes())?;
        draft.credentials.push(DraftCredential {
            file,
            kind: row.credential_type,
            disclose: DraftDisclose::Only(chosen.disclose.clone()),
            answers: chosen.answers.clone(),
        });
    }
    for (number, file) in (1..).zip(attached) {
        draft.attachments.push(write_out(&reader, place.path(), number, file)?);
    }
    if let Some(id) = request_of(&reader, kept, firm.host.now())? {
        let row = reader.request(zizhi_store::Direction::Received, &id)?.ok_or_else(no_request)?;
        files::write(&place.path().join(REQUEST), &row.bytes)?;
        draft.request = Some(REQUEST.to_owned());
    }
    let folder = DraftFolder { folder: place.path().to_owned(), draft };
    folder.save()?;
    Ok(Work { place, folder })
}

/// What the manifest will say beside its lists.
///
/// # Errors
/// `DRAFT-FIELD`, `DRAFT-FACT`, `FORM-VALUE`.
pub(crate) fn terms(kept: &Kept, uscc: Uscc, attached: &[DraftFile]) -> Result<Draft, Failure> {
    let fields = &kept.body.fields;
    let name = nfc(fields.name.trim());
    if name.is_empty() {
        return Err(field("企业名称", "the firm's name", &fields.name));
    }
    let origin = Region::parse(fields.origin_region.trim());
    let origin = origin
        .map_err(|error| field("企业所在地区", "the firm's region", &fields.origin_region).because(error))?;
    let (facts, mut failures) = plan_facts::facts(&fields.facts);
    if !failures.is_empty() {
        return Err(failures.swap_remove(0));
    }
    Ok(Draft {
        draft_version: VERSION,
        aud: OrgId::from(kept.aud),
        request: None,
        scenario: kept.scenario,
        origin_region: origin,
        destination_region: kept.destination,
        firm: DraftFirm { uscc, name, former_names: former_names(fields, attached)? },
        checklist_id: kept.body.checklist_id.clone(),
        rule_pack: DraftPack { id: kept.body.pack_id.clone(), version: kept.body.pack_version },
        credentials: Vec::new(),
        attachments: Vec::new(),
        facts,
        consents: consents(fields)?,
    })
}

/// The names that the firm had. The notices of change among the attachments are their evidence: the first
/// notice for the first name, and the last one for all that are left.
fn former_names(fields: &Fields, attached: &[DraftFile]) -> Result<Vec<DraftName>, Failure> {
    let notices: Vec<&DraftFile> = attached.iter().filter(|file| file.kind == NAME_NOTICE).collect();
    let written = fields.former_names.iter().filter(|former| !former.name.trim().is_empty());
    let each = written.enumerate().map(|(at, former)| {
        let until = former.until.as_deref().map(str::trim).filter(|until| !until.is_empty());
        let until = until.map(civil::parse_date).transpose().map_err(|error| {
            field(
                "曾用名的停用日期",
                "the day on which a former name ended",
                former.until.as_deref().unwrap_or_default(),
            )
            .because(error)
        })?;
        Ok(DraftName {
            name: nfc(former.name.trim()),
            until,
            evidence: notices.get(at).or(notices.last()).map(|file| file.name.clone()),
        })
    });
    each.collect()
}

fn consents(fields: &Fields) -> Result<Vec<Value>, Failure> {
    let each = fields.consents.iter().map(|consent| {
        let recipient = consent.recipient.trim();
        let bare = recipient.strip_prefix("urn:uscc:").unwrap_or(recipient);
        let to = Uscc::parse_lenient(bare).map_err(|error| {
            field("同意书的接收方代码", "the recipient of a consent", recipient).because(error)
        })?;
        let until = consent.until.as_deref().map(str::trim).filter(|until| !until.is_empty());
        let until = until.map(civil::parse_date).transpose();
        let until = until.map_err(|error| {
            field("同意书的截止日期", "the end of a consent", consent.until.as_deref().unwrap_or_default())
                .because(error)
        })?;
        let kinds: Vec<String> = consent.kinds.iter().map(|kind| nfc(kind.trim())).collect();
        let mut said = json!({
            "recipient": OrgId::from(to).to_string(),
            "purpose": nfc(consent.purpose.trim()),
            "kinds": kinds,
        });
        if let (Some(until), Some(members)) = (until, said.as_object_mut()) {
            members.insert("until".to_owned(), until.to_string().into());
        }
        Ok(said)
    });
    each.collect()
}

/// Copies an attachment out of the database, a piece at a time.
fn write_out(
    reader: &Reader<'_>,
    place: &Path,
    number: usize,
    file: DraftFile,
) -> Result<DraftAttachment, Failure> {
    let mut content = reader.open_original(&file.sha256)?.ok_or_else(gone)?;
    let stored = format!("attachments/{number:03}");
    let to = place.join(&stored);
    let output = Output { path: &to, force: false };
    let mut copy = output.begin()?;
    let size = io::copy(&mut content, &mut copy).map_err(|error| Failure::unwritable(&to, error))?;
    output.persist(copy)?;
    Ok(DraftAttachment {
        file: stored,
        name: file.name,
        kind: file.kind,
        media_type: file.media_type,
        size,
        sha256: Digest(file.sha256).hex(),
        answers: file.answers,
    })
}

/// A new folder that only this user can look into.
fn private(database_folder: &Path) -> Result<tempfile::TempDir, Failure> {
    let work = database_folder.join(WORK);
    let unwritable = |error| Failure::unwritable(&work, error);
    fs::create_dir_all(&work).map_err(unwritable)?;
    let prefix = own_prefix();
    let mut inside = tempfile::Builder::new();
    inside.prefix(&prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let own = fs::Permissions::from_mode(0o700);
        fs::set_permissions(&work, own.clone()).map_err(unwritable)?;
        inside.permissions(own);
    }
    inside.tempdir_in(&work).map_err(unwritable)
}

fn field(zh: &str, en: &str, found: &str) -> Failure {
    let short: String = found.chars().take(60).collect();
    let (zh_fact, en_fact) = if short.trim().is_empty() {
        (format!("{zh}还没有填写，没有继续。"), format!("{en} is not filled in; nothing was done"))
    } else {
        (
            format!("{zh}“{short}”不合要求，没有继续。"),
            format!("{en}, {short:?}, is not of its form; nothing was done"),
        )
    };
    Failure::input(
        "DRAFT-FIELD",
        told(zh_fact, en_fact),
        Text::fixed(
            "请在“基本信息”中填写或改正：日期写成 2026-11-23，地区为六位代码，机构为18位统一社会信用代码。",
            "fill it in or mend it on the first step: a date as 2026-11-23, a region as six digits, an organisation by its code",
        ),
    )
}

fn gone() -> Failure {
    Failure::input(
        "HOLD-ABSENT",
        Text::fixed(
            "草稿用到的一份凭证或附件已不在库中，没有继续。",
            "a credential or file of this draft is no longer there; nothing was done",
        ),
        Text::fixed("请打开草稿，把它移出后重新选择。", "open the draft, take it out and choose again"),
    )
}

fn no_request() -> Failure {
    Failure::input(
        "REQUEST-ABSENT",
        Text::fixed(
            "草稿答复的请求已不在库中，没有继续。",
            "the request that this draft answers is no longer there; nothing was done",
        ),
        Text::fixed("请重新导入该请求，或新建一份草稿。", "import the request again, or begin a new draft"),
    )
}
