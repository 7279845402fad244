//! Takes credentials in: `.zzcred` files as their issuers handed them out. A file that is damaged, forged,
//! issued to another key or about another firm is refused; what only cannot be checked on the data at
//! hand is taken in, and its standing says so.

use std::path::{Path, PathBuf};

use serde_json::Value;
use zizhi_credential::sdjwt;
use zizhi_crypto::{PublicKey, digest};
use zizhi_model::check::Fact;
use zizhi_model::{
    Check, CheckCode, Json, Limits, OrgId, Outcome, Provenance, Region, Text, Uscc, catalogue, civil,
};
use zizhi_store::{Credential, CredentialDirection, CredentialFilter, CredentialState, Profile, Reader};

use crate::decide;
use crate::failure::Failure;
use crate::files::{self, file_name};
use crate::firm::Firm;
use crate::held_changes;
use crate::hold_credentials::{self, Held};
use crate::hold_standing::{Looked, look_at};
use crate::inspect_credential::{own_key, read_issued};
use crate::vault;

/// Types that say that a branch or subsidiary belongs to its parent, with the claim that names it.
const LICENCES: [&str; 2] = ["branch-licence", "business-licence"];
const PARENT: &str = "parent_uscc";

/// What became of the files.
#[derive(Debug)]
pub struct Imported {
    /// Taken in, in the order of the files.
    pub imported: Vec<Held>,
    /// Not taken in, in the order of the files.
    pub refused: Vec<Refused>,
}

/// A file that was not taken in.
#[derive(Debug)]
pub struct Refused {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub failure: Failure,
}

/// Takes in every file that can be. All of them are stored at once, or none.
///
/// # Errors
/// `PROFILE-NONE`, `KEY-NONE`; as every write to the database. What is wrong with a file is in the result.
pub fn import(firm: &Firm<'_>, paths: &[PathBuf]) -> Result<Imported, Failure> {
    let owner = firm.owner()?;
    let key = vault::holder_public(firm.database)?;
    let writer = firm.database.writer()?;
    let mut related = related(&writer, &owner)?;
    let mut result = Imported { imported: Vec::new(), refused: Vec::new() };
    // A licence of a branch lets the branch's other papers in, whichever file comes first.
    let mut waiting: Vec<&PathBuf> = paths.iter().collect();
    for last in [false, true] {
        let mut postponed = Vec::new();
        for path in waiting {
            match take(firm, &writer, path, &owner, &key, &related) {
                Ok(held) => {
                    related.extend(ties(&held.looked, &owner));
                    writer.add_credential(&held.row, held.issued.as_bytes())?;
                    result.imported.push(held);
                }
                Err(failure) if !last && failure.code == CheckCode::SubjUscc.as_str() => postponed.push(path),
                Err(failure) => result.refused.push(Refused { path: path.clone(), failure }),
            }
        }
        waiting = postponed;
    }
    let place = |path: &Path| paths.iter().position(|known| known == path);
    result.refused.sort_by_key(|refused| place(&refused.path));
    if !result.imported.is_empty() {
        let ids: Vec<&str> = result.imported.iter().map(|held| held.row.id.as_str()).collect();
        let entry = match ids.as_slice() {
            [only] => firm.entry("credential.imported")?.about("credential", only),
            _ => firm.entry("hold.imported")?.with(serde_json::json!({ "credentials": ids })),
        };
        held_changes::begin(&writer, &result.imported)?;
        writer.commit(&entry)?;
    }
    Ok(result)
}

/// The credential in a file: that which is held already, else it is taken in.
///
/// # Errors
/// As [`import`], and what is wrong with the file.
pub fn held_from(firm: &Firm<'_>, path: &Path) -> Result<Held, Failure> {
    let sha256 = digest::sha256(read(path)?.as_bytes());
    let known = firm.database.reader()?.credential_by_digest(CredentialDirection::Held, &sha256)?;
    if let Some(known) = known {
        return hold_credentials::one(firm, &known.id);
    }
    let mut came = import(firm, &[path.to_owned()])?;
    match came.refused.pop() {
        Some(refused) => Err(refused.failure),
        None => came.imported.pop().ok_or_else(|| twice(path)),
    }
}

/// Organisations other than the firm whose papers it may hold: those that a held licence ties to it.
fn related(reader: &Reader<'_>, owner: &Profile) -> Result<Vec<Uscc>, Failure> {
    let mut related = Vec::new();
    for kind in LICENCES {
        let filter =
            CredentialFilter { credential_type: Some(kind.to_owned()), ..CredentialFilter::default() };
        for row in reader.credentials(&filter, None, 200)?.rows {
            // Only a licence that names the firm as parent was ever taken in.
            if row.subject_uscc != owner.uscc {
                related.push(row.subject_uscc);
            }
        }
    }
    Ok(related)
}

/// The organisation that a licence ties to the firm, if it does.
fn ties(looked: &Looked, owner: &Profile) -> Option<Uscc> {
    let parent = looked.text(PARENT)?;
    let own = parent.strip_prefix("urn:uscc:").unwrap_or(parent) == owner.uscc.as_str();
    if !own || !LICENCES.contains(&looked.type_id()) {
        return None;
    }
    OrgId::parse(looked.text("sub")?).ok().map(|org| *org.uscc())
}

fn take(
    firm: &Firm<'_>,
    reader: &Reader<'_>,
    path: &Path,
    owner: &Profile,
    key: &PublicKey,
    related: &[Uscc],
) -> Result<Held, Failure> {
    let issued = read(path)?;
    let unverified = sdjwt::Unverified::parse_issued(&issued, &Limits::default());
    let contents = unverified.and_then(|unverified| {
        let (payload, claims) = unverified.claimed()?.into_contents()?;
        Ok((Json::to_value(&payload), Row::of(&claims)))
    });
    let (payload, row) = contents.map_err(|error| unusable(path, error.code()).because(error))?;
    if payload.get("vct").and_then(Value::as_str) == Some(decide::VCT) {
        return Err(decision(path));
    }
    if own_key(&payload).is_none_or(|holder| holder != *key) {
        let (_, subject) = parties(path, &payload)?;
        let of_ours = subject == owner.uscc || related.contains(&subject);
        return Err(other_key(path, (!of_ours).then_some((row.name.as_str(), subject))));
    }
    let sha256 = digest::sha256(issued.as_bytes());
    if reader.credential_by_digest(CredentialDirection::Held, &sha256)?.is_some() {
        return Err(twice(path));
    }
    let looked = look_at(firm, &issued);
    let (issuer, subject) = parties(path, &payload)?;
    let of_ours = subject == owner.uscc || related.contains(&subject) || ties(&looked, owner).is_some();
    if !of_ours {
        return Err(other_firm(path, &subject, owner));
    }
    if let Some(check) = looked.checks.iter().find(|check| refuses(check)) {
        return Err(broken(path, check));
    }
    let text = |name: &str| looked.text(name).map(str::to_owned);
    let day = |name: &str| looked.text(name).and_then(|day| civil::parse_date(day).ok());
    let row = Credential {
        id: firm.new_id(),
        direction: CredentialDirection::Held,
        sha256,
        credential_type: looked.type_id().to_owned(),
        number: text("number"),
        issuer_uscc: issuer,
        subject_uscc: subject,
        subject_name: row.name,
        provenance: row.provenance,
        region: Region::parse(&row.region).ok(),
        issued_on: day("issued_on"),
        valid_until: looked.valid_until,
        iat: civil::from_numeric_date(row.issued_at).unwrap_or_default(),
        status_uri: row.status.as_ref().map(|(uri, _)| uri.clone()),
        status_idx: row.status.map(|(_, idx)| idx),
        state: CredentialState::Valid,
        reason: None,
        changed: None,
        received: firm.host.now(),
    };
    Ok(Held { row, issued, looked })
}

/// What everybody sees, owned.
struct Row {
    name: String,
    region: String,
    provenance: Provenance,
    issued_at: i64,
    status: Option<(String, u64)>,
}

impl Row {
    fn of(claims: &sdjwt::Claims<'_>) -> Self {
        Self {
            name: claims.name.clone().into_owned(),
            region: claims.region.clone().into_owned(),
            provenance: claims.provenance,
            issued_at: claims.issued_at,
            status: claims.status.as_ref().map(|status| (status.uri.clone().into_owned(), status.idx)),
        }
    }
}

/// The text of a credential file of any size that a credential may have.
fn read(path: &Path) -> Result<String, Failure> {
    if files::read_up_to(path, 2)?.starts_with(b"PK") {
        return Err(unusable(path, CheckCode::SdjwtInvalid));
    }
    read_issued(path)
}

fn parties(path: &Path, payload: &Value) -> Result<(Uscc, Uscc), Failure> {
    let org = |name: &str| {
        let text = payload.get(name).and_then(Value::as_str).unwrap_or_default();
        OrgId::parse(text).map(|org| *org.uscc())
    };
    let wrong = |error| unusable(path, CheckCode::FmtUscc).because(error);
    Ok((org("iss").map_err(wrong)?, org("sub").map_err(wrong)?))
}

/// Whether a check keeps a credential out: it is forged or damaged, or nobody may issue it so. One that
/// has ended or was taken back is kept, so that the firm sees why it cannot be used any more.
fn refuses(check: &Check) -> bool {
    check.outcome == Outcome::Fail
        && (check.code.shows_tampering() || matches!(check.code, CheckCode::IssUnknown | CheckCode::IssScope))
}

fn broken(path: &Path, check: &Check) -> Failure {
    let (text, advice) = (check.text(), catalogue::advice(check.code));
    Failure::input(
        check.code.as_str(),
        crate::told(
            format!("{}：{}没有收下。", file_name(path), text.zh),
            format!("{}: {} It was not taken in.", file_name(path), text.en()),
        ),
        advice,
    )
}

fn unusable(path: &Path, code: CheckCode) -> Failure {
    Failure::input(
        code.as_str(),
        crate::told(
            format!("{} 不是可用的凭证文件，没有收下。", file_name(path)),
            format!("{} is not a credential that can be used; it was not taken in", file_name(path)),
        ),
        Text::fixed(
            "请确认选的是签发方交来的 .zzcred 文件；文件损坏时请向签发方重新索取。",
            "check that this is the .zzcred that the issuer handed out; if it is damaged, ask for it again",
        ),
    )
}

/// A credential for another key, and whose it is by its own account where it is another firm's.
fn other_key(path: &Path, of: Option<(&str, Uscc)>) -> Failure {
    let file = file_name(path);
    let Some((name, uscc)) = of else {
        return Failure::refused(
            "HOLDER-KEY",
            format!("{file} 是签发给另一把密钥的，在这里无法出示，没有收下。"),
            format!(
                "{file} was issued to another key and cannot be presented from here; it was not taken in"
            ),
            "请把本企业的公钥（“资质凭证”页的“导出企业公钥”）交给签发方，请其重新签发。",
            "give the issuer this firm's public key (“Export the firm's key” among the credentials) and have the credential issued anew",
        );
    };
    Failure::refused(
        "HOLDER-KEY",
        format!(
            "{file} 的持有企业写的是{name}（{uscc}），签发给了那家企业的密钥，在这里无法出示，没有收下。"
        ),
        format!(
            "{file} names {name} ({uscc}) as its holder and was issued to another key; it cannot be presented from here and was not taken in"
        ),
        "请交给这家企业导入；它是本企业的分公司、子公司的，请把本企业的公钥（“资质凭证”页的“导出企业公钥”）交给签发方，请其重新签发。",
        "hand it to that firm; for a branch or subsidiary of this one, give the issuer this firm's public key (“Export the firm's key” among the credentials) and have it issued anew",
    )
}

fn other_firm(path: &Path, found: &Uscc, owner: &Profile) -> Failure {
    let other = Fact::from(found.to_string());
    Failure::refused(
        "SUBJ-USCC",
        format!("{} 的持有企业是 {other}，不是本企业（{}），没有收下。", file_name(path), owner.uscc),
        format!(
            "{} is about {other} and not about this firm ({}); it was not taken in",
            file_name(path),
            owner.uscc
        ),
        "分公司、子公司的凭证，请先导入写明本企业为总部的营业执照凭证，再导入。",
        "for a branch or subsidiary, first import its licence that names this firm as its parent",
    )
}

fn twice(path: &Path) -> Failure {
    Failure::refused(
        "HOLD-TWICE",
        format!("{} 已在库中，没有重复导入。", file_name(path)),
        format!("{} is held already and was not taken in again", file_name(path)),
        "无需再导入；要查看它，请在列表中按编号查找。",
        "nothing needs to be done; look for it in the list by its number",
    )
}

fn decision(path: &Path) -> Failure {
    Failure::refused(
        "HOLD-DECISION",
        format!("{} 是互认决定，不是资质凭证，没有收下。", file_name(path)),
        format!("{} is a decision and no qualification; it was not taken in", file_name(path)),
        "请在“迁移与异地经营”中用“导入决定”打开它。",
        "open it with “import decision” among the dossiers",
    )
}
