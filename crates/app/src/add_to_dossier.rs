//! Adds credentials, attachments and the firm's own statements to a draft.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zizhi_dossier::Digest;
use zizhi_model::{Limits, OrgId, Text, json};
use zizhi_verify::Library;

use crate::draft::{DraftAttachment, DraftCredential, DraftFolder, minimum, named, recognise};
use crate::failure::{Failure, told};
use crate::files;
use crate::firm::nfc;
use crate::inspect_credential::{payload_of, read_issued};
use crate::issue_types::NUMBER;
use crate::output::Output;
use crate::present_credential::{Disclose, choosable, path, unreadable};

/// Which claims of a credential go into the dossier.
#[derive(Clone, Copy)]
pub enum Showing<'a> {
    /// All of them.
    All,
    /// These.
    Only(&'a [String]),
    /// What the destination's rule pack asks for and no more.
    Minimum(&'a Library),
}

/// What was added.
#[derive(Debug)]
pub struct AddedCredential {
    /// Its place in the draft.
    pub entry: DraftCredential,
    /// What its type is called.
    pub title: Option<Text>,
    /// Whether it is about another organisation than the firm, such as a branch.
    pub of_other: Option<String>,
}

/// Whether a file is a credential rather than an attachment.
///
/// # Errors
/// `IO-READ`.
pub fn is_credential(file: &Path) -> Result<bool, Failure> {
    let bytes = files::read_up_to(file, Limits::default().credential_bytes)?;
    let text = std::str::from_utf8(&bytes).unwrap_or_default().trim();
    let named = file.extension().is_some_and(|ending| ending == "zzcred");
    Ok(named || (text.contains('~') && text.bytes().all(|byte| byte.is_ascii_graphic())))
}

/// Adds a credential as its issuer handed it out.
///
/// # Errors
/// `DRAFT-TWICE` if it or one of the same number is there already; `PRESENT-CLAIM`, `RULE-MISSING`, and the codes of formats.md for
/// a credential that cannot be used.
pub fn add_credential(
    folder: &mut DraftFolder,
    file: &Path,
    showing: Showing<'_>,
    answers: &[String],
) -> Result<AddedCredential, Failure> {
    let issued = read_issued(file)?;
    let payload = payload_of(&issued).map_err(|error| unreadable(file, error))?;
    let text = |name: &str| payload.get(name).and_then(Value::as_str).unwrap_or_default();
    let vct = text("vct");
    let kind = vct.rsplit(':').nth(1).unwrap_or_default().to_owned();
    for entry in &folder.draft.credentials {
        let Ok(known) = read_issued(&folder.path(&entry.file)) else { continue };
        if known == issued || payload_of(&known).is_ok_and(|known| is_same(&known, &payload)) {
            return Err(twice(file, &entry.file));
        }
    }
    let disclose = match showing {
        Showing::All => Disclose::All,
        Showing::Only(paths) => Disclose::Only(known(file, paths)?),
        Showing::Minimum(library) => {
            Disclose::Only(minimum(&folder.draft, library, &issued, vct, &kind, answers)?)
        }
    };
    let name = format!("credentials/{:03}-{kind}.zzcred", free_number(folder));
    Output { path: &folder.path(&name), force: false }.write_secret(format!("{issued}\n").as_bytes())?;
    let entry = DraftCredential { file: name, kind, disclose: disclose.into(), answers: answers.to_vec() };
    folder.draft.credentials.push(entry.clone());
    folder.save()?;
    let firm = OrgId::from(folder.draft.firm.uscc).to_string();
    let of_other = (text("sub") != firm).then(|| text("sub").to_owned());
    let title = crate::claim_lines::metadata(vct, None).map(|metadata| metadata.name());
    Ok(AddedCredential { entry, title, of_other })
}

/// Adds a document. Its kind of file is recognised by its content.
///
/// # Errors
/// `IO-READ`, `ATTACH-TYPE`, `LIMIT-SIZE`, `DRAFT-TWICE`, `DRAFT-NAME`.
pub fn add_attachment(
    folder: &mut DraftFolder,
    file: &Path,
    kind: &str,
    name: Option<&str>,
    answers: &[String],
) -> Result<DraftAttachment, Failure> {
    let limits = Limits::default();
    let unreadable = |error| Failure::unreadable(file, error);
    let mut content = File::open(file).map_err(unreadable)?;
    let size = content.metadata().map_err(unreadable)?.len();
    if size > limits.entry_bytes {
        return Err(too_large(file, limits.entry_bytes));
    }
    let media = recognise(file, &mut content, &limits)?;
    let own = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = named(name.unwrap_or(&own))?;
    // Copied first: what is hashed is what will be signed, whatever becomes of the original.
    let number = free_number(folder);
    let stored = format!("attachments/{number:03}.{}", media.ending);
    let place = folder.path(&stored);
    let output = Output { path: &place, force: false };
    let mut copy = output.begin()?;
    std::io::copy(&mut content, &mut copy).map_err(|error| Failure::unwritable(&place, error))?;
    let reader = copy.reopen().map_err(|error| Failure::unwritable(&place, error))?;
    let (digest, size) = Digest::of_reader(reader).map_err(|error| Failure::unwritable(&place, error))?;
    let sha256 = digest.hex();
    let mut attached = folder.draft.attachments.iter();
    let repeated = attached.find(|entry| entry.sha256 == sha256 && entry.kind == kind);
    if let Some(known) = repeated {
        return Err(twice(file, &known.file));
    }
    output.put(copy)?;
    let entry = DraftAttachment {
        file: stored,
        name,
        kind: kind.to_owned(),
        media_type: media.media_type.to_owned(),
        size,
        sha256,
        answers: answers.to_vec(),
    };
    folder.draft.attachments.push(entry.clone());
    folder.save()?;
    Ok(entry)
}

/// Texts that a person writes for true or false. A rule that asks for a truth takes none of them, and an item that
/// it requires would be required no more.
const MEANT_AS_BOOLEAN: [&str; 8] = ["true", "false", "yes", "no", "是", "否", "有", "无"];

fn not_true_or_false(fact: &str, name: &str) -> Failure {
    Failure::input(
        "DRAFT-FACT",
        told(
            format!("“{fact}”会被当作文字，而不是“是”或“否”；草稿没有改动。"),
            format!("{fact:?} would be taken as words and not as yes or no; the draft was not changed"),
        ),
        told(
            format!("请写 {name}=true 或 {name}=false；确要写文字时加引号：'{name}=\"…\"'。"),
            format!("write {name}=true or {name}=false; for words put quotes around them: '{name}=\"…\"'"),
        ),
    )
}

/// Sets what the firm says of itself and adds consents, which are JSON objects in files: all of it or
/// nothing. A value is JSON if it reads as JSON, else text; an empty one takes the statement out.
///
/// # Errors
/// `DRAFT-FACT` if there is no `=` or the value is one that cannot be signed; `IO-READ`, `FMT-JSON`,
/// `CONSENT-FORM` for a consent.
pub fn state(folder: &mut DraftFolder, facts: &[String], consents: &[PathBuf]) -> Result<(), Failure> {
    let mut draft = folder.draft.clone();
    for file in consents {
        draft.consents.push(consent(file)?);
    }
    for fact in facts {
        let (name, value) =
            fact.split_once('=').filter(|(name, _)| !name.trim().is_empty()).ok_or_else(|| no_fact(fact))?;
        let name = nfc(name.trim());
        if value.is_empty() {
            draft.facts.remove(&name);
            continue;
        }
        let read = match serde_json::from_str(value) {
            Ok(read) => read,
            Err(_) if MEANT_AS_BOOLEAN.contains(&value.trim().to_lowercase().as_str()) => {
                return Err(not_true_or_false(fact, &name));
            }
            Err(_) => Value::from(nfc(value.trim())),
        };
        // The value stands two levels deep in the draft, and in the manifest.
        let depth = Limits::default().json_depth.saturating_sub(2);
        if let Err(error) = json::strict(read.to_string().as_bytes(), depth) {
            return Err(no_value(fact, &name).because(error));
        }
        draft.facts.insert(name, read);
    }
    folder.draft = draft;
    folder.save()
}

/// A separate consent (个人信息保护法 art. 23), as `docs/formats.md` has it.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Consent {
    /// The destination.
    recipient: OrgId,
    purpose: String,
    /// Kinds of attachment that it covers.
    kinds: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<chrono::NaiveDate>,
}

/// The consent in a file.
fn consent(file: &Path) -> Result<Value, Failure> {
    let unusable = |error| {
        Failure::refused(
            "CONSENT-FORM",
            format!("{} 不是可用的同意书，草稿没有改动。", file.display()),
            format!("{} is no consent that can be used; the draft was not changed", file.display()),
            "同意书是JSON对象，含 recipient（urn:uscc:…）、purpose、kinds，可含 until。",
            "a consent is a JSON object with recipient (urn:uscc:…), purpose, kinds and, if it ends, until",
        )
        .because(error)
    };
    let consent: Consent = serde_json::from_value(crate::read_json::read_json(file)?).map_err(unusable)?;
    let read = serde_json::to_value(consent).map_err(unusable)?;
    json::strict(read.to_string().as_bytes(), Limits::default().json_depth)
        .map_err(|error| crate::read_json::not_json(file, error))?;
    Ok(read)
}

/// The paths, if the credential has all of them.
fn known(file: &Path, paths: &[String]) -> Result<Vec<String>, Failure> {
    let choosable = choosable(file)?;
    for text in paths {
        let wanted = path(text)?.to_string();
        let known = choosable.choosable.iter().chain(&choosable.always).any(|line| line.path == wanted);
        if !known {
            return Err(Failure::refused(
                "PRESENT-CLAIM",
                format!("{} 中没有字段 {text}，没有加入档案。", file.display()),
                format!("{} has no claim {text}; it was not added", file.display()),
                "可选字段见 zizhi credential claims。",
                "zizhi credential claims lists what can be chosen",
            ));
        }
    }
    Ok(paths.to_vec())
}

/// A number that no file of the draft has yet, nor any that an interrupted addition left behind.
fn free_number(folder: &DraftFolder) -> usize {
    let draft = &folder.draft;
    let files = draft
        .credentials
        .iter()
        .map(|entry| &entry.file)
        .chain(draft.attachments.iter().map(|entry| &entry.file));
    let listed = files.filter_map(|file| Some(file.split('/').nth(1)?.to_owned()));
    let present = ["credentials", "attachments"]
        .into_iter()
        .filter_map(|part| std::fs::read_dir(folder.path(part)).ok())
        .flat_map(|listing| listing.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let used = listed
        .chain(present)
        .filter_map(|name| name.split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok());
    used.max().unwrap_or(0).saturating_add(1)
}

/// Whether two credentials say the same of the same holder under the same number, however often it was issued.
fn is_same(one: &Value, other: &Value) -> bool {
    let same = |name: &str| one.get(name) == other.get(name);
    one.get(NUMBER).is_some() && [NUMBER, "iss", "sub", "vct"].into_iter().all(same)
}

fn twice(file: &Path, known: &str) -> Failure {
    Failure::input(
        "DRAFT-TWICE",
        told(
            format!("{} 已在草稿中（{known}，内容或编号相同），没有重复加入。", file.display()),
            format!(
                "{} is in the draft already as {known}, with the same content or number; it was not added again",
                file.display()
            ),
        ),
        told(
            format!(
                "要改变披露的字段或对应的事项：先用 zizhi dossier remove 草稿 {known} 移除，再加入一次。"
            ),
            format!(
                "to change what it discloses or answers, take it out with zizhi dossier remove DRAFT {known} and add it once more"
            ),
        ),
    )
}

pub(crate) fn no_fact(fact: &str) -> Failure {
    Failure::refused(
        "DRAFT-FACT",
        format!("“{fact}”不是 名称=内容 的写法，没有作任何改动。"),
        format!("{fact:?} is not written KEY=VALUE; nothing was changed"),
        "例如：zizhi dossier facts 草稿/ rd_staff_at_destination_percent=60",
        "such as: zizhi dossier facts DRAFT rd_staff_at_destination_percent=60",
    )
}

fn no_value(fact: &str, name: &str) -> Failure {
    Failure::input(
        "DRAFT-FACT",
        told(
            format!("“{fact}”的内容不能签名，见“原因”一行。没有作任何改动。"),
            format!("the value of {fact:?} cannot be signed, as the cause says; nothing was changed"),
        ),
        told(
            format!("小数和很长的号码请写成带引号的文字，例如 '{name}=\"0.5\"'；金额写成以分为单位的整数。"),
            format!(
                "write decimals and long numbers as text in quotes, such as '{name}=\"0.5\"', and amounts as whole 分"
            ),
        ),
    )
}

fn too_large(file: &Path, limit: u64) -> Failure {
    Failure::refused(
        "LIMIT-SIZE",
        format!("{} 超过了单个附件 {limit} 字节的上限，没有加入档案。", file.display()),
        format!("{} is over the limit of {limit} bytes for one attachment and was not added", file.display()),
        "请压缩扫描件，或分成几个文件。",
        "make the scan smaller, or split it",
    )
}
