//! 补登: enters credentials again that this organisation issued, from their files. After a restore
//! the database does not know what was issued after the backup, and what it does not know it cannot revoke.
//!
//! What counts is the organisation's own signature, so that it does not matter who handed the file back. Nothing that
//! is here is overwritten. A list that the database never saw becomes known with it, and is signed once it was
//! settled (decision 0017).

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zizhi_credential::sdjwt::{self, Disclosed, SdJwtError};
use zizhi_crypto::{PublicKey, digest};
use zizhi_model::{CheckCode, Json, Limits, OrgId, Provenance, Region, Text, Uscc, civil};
use zizhi_store::{Credential, CredentialDirection, CredentialState, Reader, Writer};
use zizhi_trust::KeyUse;

use crate::after_restore::unsettle;
use crate::failure::{Failure, told};
use crate::files::{ending_in, file_name};
use crate::incubator::Incubator;
use crate::inspect_credential::{own_key, read_issued};
use crate::issue_batch::count_past;
use crate::issued_credentials::{Issued, titled};
use crate::own_status_lists as lists;
use crate::register_firms::FirmFacts;
use crate::{decide, vault};

/// Files with this ending in a folder are credentials.
const ENDING: &str = ".zzcred";

/// What became of the files.
#[derive(Debug)]
pub struct Recovered {
    /// Entered again, in the order of the files.
    pub taken: Vec<Issued>,
    /// How many the database knew already.
    pub known: usize,
    /// Not entered again, in the order of the files.
    pub refused: Vec<Refused>,
    /// How many firms were added to the register.
    pub firms: usize,
    /// What is to be looked at: numbers that another credential has as well.
    pub remarks: Vec<Text>,
}

/// A file that was not entered again.
#[derive(Debug)]
pub struct Refused {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub failure: Failure,
}

/// Enters every credential again that can be. Folders stand for the credentials in them. All of them are stored at
/// once, or none.
///
/// # Errors
/// `PROFILE-NONE`; `IO-READ` for a folder, `IO-EMPTY` where there is no credential at all; as every write to the
/// database. What is wrong with a file is in the result: among it `ISSUED-FOREIGN` for what no key of this
/// organisation signed, `ISSUED-LIST` for what is in none of its lists, `ISSUED-PARTS` for a presentation that leaves
/// claims out, `ISSUED-PLACE` where another credential has its place.
pub fn recover_issued(incubator: &Incubator<'_>, paths: &[PathBuf]) -> Result<Recovered, Failure> {
    let owner = incubator.owner()?.uscc;
    let files = files(paths)?;
    let entry = incubator.entry("credentials.recovered")?;
    let writer = incubator.database.writer()?;
    let keys = vault::publics(&writer, KeyUse::Credential)?;
    let (mut taken, mut known, mut refused, mut firms) = (Vec::new(), 0, Vec::new(), 0);
    let mut remarks = Vec::new();
    for path in files {
        let found = match read(&path, &keys, &owner) {
            Ok(found) => found,
            Err(failure) => {
                refused.push(Refused { path, failure });
                continue;
            }
        };
        match is_new(&writer, &path, &found)? {
            Ok(true) => {
                firms += usize::from(register(incubator, &writer, &found)?);
                remarks.extend(same_number(&writer, &found)?);
                taken.push(take(incubator, &writer, &found)?);
            }
            Ok(false) => known += 1,
            Err(failure) => refused.push(Refused { path, failure }),
        }
    }
    if !taken.is_empty() {
        let ids: Vec<&str> = taken.iter().map(|row| row.id.as_str()).collect();
        writer.commit(&entry.with(json!({ "credentials": ids, "firms": firms })))?;
    }
    Ok(Recovered { taken: titled(taken, incubator.library.trust()), known, refused, firms, remarks })
}

/// A credential of this organisation.
struct Found {
    text: String,
    sha256: [u8; 32],
    kind: String,
    payload: Value,
    subject: Uscc,
    name: String,
    region: Option<Region>,
    provenance: Provenance,
    issued_at: i64,
    uri: String,
    idx: u64,
}

impl Found {
    fn text(&self, name: &str) -> Option<&str> {
        self.payload.get(name).and_then(Value::as_str)
    }

    fn day(&self, name: &str) -> Option<chrono::NaiveDate> {
        civil::parse_date(self.text(name)?).ok()
    }
}

/// The files that are meant: those of a folder in the order of their names.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(ending_in(path, &[ENDING])?);
        } else {
            files.push(path.clone());
        }
    }
    if files.is_empty() { Err(nothing_there()) } else { Ok(files) }
}

/// Reads a file and verifies that this organisation issued what is in it.
fn read(path: &Path, keys: &[PublicKey], owner: &Uscc) -> Result<Found, Failure> {
    let text = read_issued(path)?;
    let unusable = |error: SdJwtError| unusable(path, error.code()).because(error);
    let unverified = sdjwt::Unverified::parse_issued(&text, &Limits::default()).map_err(unusable)?;
    let verified = keys.iter().find_map(|key| unverified.verify(key).ok()).ok_or_else(|| foreign(path))?;
    let disclosed: Disclosed<'_> = verified.disclose().map_err(unusable)?;
    if disclosed.undisclosed_count() > 0 {
        return Err(in_part(path));
    }
    let claims = disclosed.claims();
    if !OrgId::parse(&claims.issuer).is_ok_and(|issuer| issuer.uscc() == owner) {
        return Err(foreign(path));
    }
    if claims.vct == decide::VCT {
        return Err(decision(path));
    }
    let place = claims.status.as_ref().filter(|place| lists::is_own(&place.uri, owner));
    let (uri, idx) = place.map(|place| (place.uri.to_string(), place.idx)).ok_or_else(|| no_list(path))?;
    let subject = OrgId::parse(&claims.subject)
        .map_err(|error| self::unusable(path, CheckCode::FmtUscc).because(error))?;
    Ok(Found {
        sha256: digest::sha256(text.as_bytes()),
        kind: claims.type_id().to_owned(),
        subject: *subject.uscc(),
        name: claims.name.to_string(),
        region: Region::parse(&claims.region).ok(),
        provenance: claims.provenance,
        issued_at: claims.issued_at,
        payload: Json::to_value(disclosed.payload()),
        uri,
        idx,
        text: text.clone(),
    })
}

/// Whether the database does not have it yet; refuses one whose place is another's, or that no list has room for. A
/// database that cannot be read is no fault of the file.
fn is_new(reader: &Reader<'_>, path: &Path, found: &Found) -> Result<Result<bool, Failure>, Failure> {
    if reader.credential_by_digest(CredentialDirection::Issued, &found.sha256)?.is_some() {
        return Ok(Ok(false));
    }
    if let Some(other) = reader.credential_at(&found.uri, found.idx)? {
        // What was signed is the same credential, in whichever order its parts were written.
        let signed = |text: &[u8]| text.split(|byte| *byte == b'~').next().map(<[u8]>::to_vec);
        let here = reader.credential_bytes(&other.id)?.unwrap_or_default();
        let same = signed(&here) == signed(found.text.as_bytes());
        return Ok(if same { Ok(false) } else { Err(other_there(path, &other)) });
    }
    // How large a list is that was never seen is a guess.
    let seen = reader.status_list(&found.uri)?.filter(|row| row.iat.is_some());
    let room =
        seen.map_or_else(|| lists::heard_of(&found.uri, found.idx).is_some(), |row| found.idx < row.size);
    Ok(if room { Ok(true) } else { Err(no_list(path)) })
}

/// What there is to say where another credential of the type has the number already: both stay as they are, since who
/// holds them has them. What is attested of one firm's paper again is no other paper.
fn same_number(reader: &Reader<'_>, found: &Found) -> Result<Option<Text>, Failure> {
    let Some(number) = found.text("number") else { return Ok(None) };
    let other = reader.issued_with_number(number)?.into_iter().find(|other| {
        let other_paper = found.provenance == Provenance::Direct || other.subject_uscc != found.subject;
        other.credential_type == found.kind && other_paper
    });
    Ok(other.map(|other| {
        told(
            format!(
                "编号“{number}”有两份凭证：补登的一份属于{}，原有的一份属于{}，请核对后撤销有误的一份。",
                found.name, other.subject_name
            ),
            format!(
                "two credentials have the number {number:?}: the one entered again is of {}, the one that was here of {}; find out which is wrong and revoke it",
                found.name, other.subject_name
            ),
        )
    }))
}

/// Adds the firm to the register where it is not there. Whether it was added.
fn register(incubator: &Incubator<'_>, writer: &Writer<'_>, found: &Found) -> Result<bool, Failure> {
    if writer.firm_by_uscc(&found.subject)?.is_some() {
        return Ok(false);
    }
    let mut facts = FirmFacts::new(found.subject, found.name.clone());
    facts.region = found.region;
    facts.holder = own_key(&found.payload);
    let row = facts.row(incubator.new_id(), None, incubator.today(), incubator.host.now());
    writer.add_firm(&row)?;
    Ok(true)
}

/// Stores one, with what its list says of it.
fn take(incubator: &Incubator<'_>, writer: &Writer<'_>, found: &Found) -> Result<Credential, Failure> {
    let now = incubator.host.now();
    let iat = civil::from_numeric_date(found.issued_at).unwrap_or(now);
    if writer.status_list(&found.uri)?.is_none_or(|row| row.size <= found.idx) {
        lists::absorb(writer, &lists::heard_of(&found.uri, found.idx).ok_or_else(unplaced)?)?;
    }
    // Somebody else gave this place, so that nobody here may give any, nor knows what else is on the list.
    lists::close(writer, &found.uri)?;
    lists::learn(writer, &found.uri, incubator.library.trust(), now)?;
    unsettle(writer, &found.uri, iat)?;
    let row = Credential {
        id: incubator.new_id(),
        direction: CredentialDirection::Issued,
        sha256: found.sha256,
        credential_type: found.kind.clone(),
        number: found.text("number").map(str::to_owned),
        issuer_uscc: incubator.owner()?.uscc,
        subject_uscc: found.subject,
        subject_name: found.name.clone(),
        provenance: found.provenance,
        region: found.region,
        issued_on: found.day("issued_on"),
        valid_until: found.day("valid_until"),
        iat,
        status_uri: Some(found.uri.clone()),
        status_idx: Some(found.idx),
        state: CredentialState::Valid,
        reason: None,
        changed: None,
        received: now,
    };
    writer.add_credential(&row, found.text.as_bytes())?;
    // The number of another's paper says nothing of the series here.
    if let Some(number) = row.number.as_ref().filter(|_| row.provenance == Provenance::Direct) {
        count_past(writer, number)?;
    }
    let list = writer.status_list(&found.uri)?.ok_or_else(unplaced)?;
    if let Some(status) = lists::at(&list, found.idx)? {
        lists::worsen(writer, &row, status, None, now)?;
    }
    Ok(writer.credential(&row.id)?.unwrap_or(row))
}

fn nothing_there() -> Failure {
    Failure::input(
        "IO-EMPTY",
        Text::fixed(
            "没有找到凭证文件（.zzcred），没有补登。",
            "there are no credentials (.zzcred); nothing was entered again",
        ),
        Text::fixed(
            "请选择存放已签发凭证的文件夹，或直接选择文件。",
            "choose the folder with what was issued, or the files",
        ),
    )
}

fn unusable(path: &Path, code: CheckCode) -> Failure {
    Failure::input(
        code.as_str(),
        told(
            format!("{} 不是可用的凭证文件，没有补登。", file_name(path)),
            format!("{} is not a credential that can be used; it was not entered again", file_name(path)),
        ),
        Text::fixed(
            "请选择本单位签发时写出的 .zzcred 文件；文件损坏时请向持有企业索取一份。",
            "choose the .zzcred as it was issued; if it is damaged, ask the firm that holds it",
        ),
    )
}

fn foreign(path: &Path) -> Failure {
    Failure::refused(
        "ISSUED-FOREIGN",
        format!("{} 不是本单位的密钥签发的，没有补登。", file_name(path)),
        format!(
            "{} was not issued with a key of this organisation; it was not entered again",
            file_name(path)
        ),
        "只能补登本单位签发的凭证。备份之后更换过签名密钥的，请用新密钥的备份恢复。",
        "only what this organisation issued can be entered again; if its key was replaced after the backup, restore a backup that has the new key",
    )
}

fn in_part(path: &Path) -> Failure {
    Failure::refused(
        "ISSUED-PARTS",
        format!("{} 缺少签发时的一部分内容，没有补登。", file_name(path)),
        format!("{} lacks a part of what was issued; it was not entered again", file_name(path)),
        "请选择签发时写出的原文件，不要用出示给别人的那一份。",
        "choose the file as it was issued and not one that was presented to somebody",
    )
}

fn decision(path: &Path) -> Failure {
    Failure::refused(
        "ISSUED-KIND",
        format!("{} 是互认决定，不是资质凭证，没有补登。", file_name(path)),
        format!("{} is a decision and no qualification; it was not entered again", file_name(path)),
        "只补登资质凭证；决定在台账中查找。",
        "enter qualifications again only; decisions are among the cases",
    )
}

fn no_list(path: &Path) -> Failure {
    Failure::refused(
        "ISSUED-LIST",
        format!("{} 不在本单位的吊销名单里，无法由此撤销，没有补登。", file_name(path)),
        format!(
            "{} has no place in a status list of this organisation and cannot be revoked here; it was not entered again",
            file_name(path)
        ),
        "命令行签发的凭证，请用 zizhi status set 修改它自己的名单。",
        "change the list of what the command line issued with zizhi status set",
    )
}

fn other_there(path: &Path, other: &Credential) -> Failure {
    let number = other.number.as_deref().unwrap_or_default();
    Failure::refused(
        "ISSUED-PLACE",
        format!(
            "{} 在吊销名单中的位置已属于{}的另一份凭证 {number}，内容不同，没有补登，原有的没有改动。",
            file_name(path),
            other.subject_name
        ),
        format!(
            "the place of {} in its status list is that of another credential of {}, {number}; it was not entered again, and what is here is unchanged",
            file_name(path),
            other.subject_name
        ),
        "请把两份文件对照，查明哪一份有效；撤销其中一份会使两份都失效。",
        "compare the two files and find out which one stands; revoking one of them ends both",
    )
}

fn unplaced() -> Failure {
    Failure::internal(
        "吊销名单没有这个位置，没有补登。",
        "the status list has no such place; nothing was entered again",
    )
}
