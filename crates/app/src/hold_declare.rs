//! A statement of the firm about itself (企业自述): `iss` is `sub`, signed with the firm's own key.
//!
//! No list tells whether a firm has taken its own word back, so that such a statement may live a day at
//! most (formats.md §1, `status`). What the database keeps is what was said; it is signed anew whenever a
//! dossier is made.

use serde_json::{Map, Value};
use zizhi_credential::types::TypeMetadata;
use zizhi_crypto::{SigningKey, digest};
use zizhi_model::{OrgId, Provenance, Text, civil};
use zizhi_store::{Credential, CredentialDirection, CredentialState, Profile};

use crate::failure::{Failure, told};
use crate::firm::{Firm, nfc};
use crate::hold_credentials::Held;
use crate::hold_standing::look_at;
use crate::inspect_credential::payload_of;
use crate::issue_credential::signed;
use crate::type_forms::{FormField, TypeForm, VALID_UNTIL, claims, form, known_types};
use crate::{Host, vault};

/// Seconds that such a statement lives.
pub(crate) const A_DAY: i64 = 24 * 60 * 60;
/// Claims that the program fills in.
const FILLED_IN: [&str; 5] = ["cnf", "iat", "exp", "nbf", "status"];

/// What to state.
#[derive(Debug, Clone)]
pub struct Declaring<'a> {
    /// The type.
    pub kind: &'a str,
    /// What was typed, by the names of the claims.
    pub typed: Vec<(String, String)>,
    /// The last civil day of validity, as typed.
    pub valid_until: Option<&'a str>,
    /// Opens the firm's key.
    pub passphrase: &'a str,
}

/// The types that a firm may state about itself, as forms.
#[must_use]
pub fn types(firm: &Firm<'_>) -> Vec<TypeForm> {
    let types = known_types(firm.library.trust());
    let mut forms: Vec<TypeForm> = types.iter().filter(|known| may_declare(known)).map(form).collect();
    for form in &mut forms {
        form.provenance = vec![Provenance::Declared];
    }
    forms
}

/// Signs a statement and keeps it.
///
/// # Errors
/// `TYPE-UNKNOWN`, `FORM-VALUE`, `FORM-FIELD`, `FORM-MISSING`, `ISSUE-CLAIMS`; those of the key, and as every
/// write to the database. Nothing is kept then.
pub fn declare(firm: &Firm<'_>, declaring: &Declaring<'_>) -> Result<Held, Failure> {
    let owner = firm.owner()?;
    let region = owner.region.ok_or_else(no_region)?;
    let form = types(firm).into_iter().find(|form| form.id == declaring.kind);
    let form = form.ok_or_else(|| unknown(declaring.kind))?;
    let typed = declaring.typed.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let until = declaring.valid_until.map(|day| (VALID_UNTIL, day));
    let mut said = claims(&form, typed.chain(until))?;
    if let Some(field) = form.fields.iter().find(|field| field.required && !said.contains_key(&field.name)) {
        return Err(not_filled_in(field));
    }
    let org = OrgId::from(owner.uscc).to_string();
    let mut put = |name: &str, value: String| said.insert(name.to_owned(), value.into());
    put("iss", org.clone());
    put("sub", org);
    put("vct", form.vct.clone());
    put("provenance", Provenance::Declared.as_str().to_owned());
    put("name", nfc(&owner.name));
    put("region", region.to_string());
    let key = vault::holder_key(firm.database, firm.database.folder(), declaring.passphrase)?;
    let issued = sign(&said, &key, firm.host)?;
    let held = keep(firm, issued, &owner)?;
    Ok(held)
}

/// The same statement, signed now with `key`.
///
/// # Errors
/// As signing any credential.
pub(crate) fn renewed(issued: &str, key: &SigningKey, host: &dyn Host) -> Result<String, Failure> {
    let payload = payload_of(issued).map_err(|error| {
        Failure::refused(
            error.code().as_str(),
            "库中的一份企业自述已损坏，没有签署。".to_owned(),
            "a statement of the firm that is held is damaged; nothing was signed".to_owned(),
            "请删除它，重新填写一份。",
            "remove it and state it anew",
        )
        .because(error)
    })?;
    let Value::Object(mut said) = payload else { return Ok(issued.to_owned()) };
    said.retain(|name, _| !FILLED_IN.contains(&name.as_str()));
    sign(&said, key, host)
}

fn sign(said: &Map<String, Value>, key: &SigningKey, host: &dyn Host) -> Result<String, Failure> {
    let now = host.now().timestamp();
    let mut said = said.clone();
    said.insert("iat".to_owned(), now.into());
    said.insert("exp".to_owned(), now.saturating_add(A_DAY).into());
    Ok(signed(&said, key.public(), None, 0, key, host)?.text)
}

fn keep(firm: &Firm<'_>, issued: String, owner: &Profile) -> Result<Held, Failure> {
    let looked = look_at(firm, &issued);
    let day = |name: &str| looked.text(name).and_then(|day| civil::parse_date(day).ok());
    let row = Credential {
        id: firm.new_id(),
        direction: CredentialDirection::Held,
        sha256: digest::sha256(issued.as_bytes()),
        credential_type: looked.type_id().to_owned(),
        number: looked.text("number").map(str::to_owned),
        issuer_uscc: owner.uscc,
        subject_uscc: owner.uscc,
        subject_name: owner.name.clone(),
        provenance: Provenance::Declared,
        region: owner.region,
        issued_on: day("issued_on"),
        valid_until: looked.valid_until,
        iat: firm.host.now(),
        status_uri: None,
        status_idx: None,
        state: CredentialState::Valid,
        reason: None,
        changed: None,
        received: firm.host.now(),
    };
    let entry = firm.entry("credential.declared")?.about("credential", &row.id);
    let writer = firm.database.writer()?;
    writer.add_credential(&row, issued.as_bytes())?;
    writer.commit(&entry)?;
    Ok(Held { row, issued, looked })
}

fn may_declare(metadata: &TypeMetadata) -> bool {
    metadata.provenance.is_empty() || metadata.provenance.contains(&Provenance::Declared)
}

fn unknown(kind: &str) -> Failure {
    Failure::input(
        "TYPE-UNKNOWN",
        told(
            format!("没有企业可以自述的凭证类型 {kind}，没有签署。"),
            format!("there is no type {kind} that a firm may state about itself; nothing was signed"),
        ),
        Text::fixed(
            "请从列表中选择类型；其他资质请由签发方签发，或请孵化器核验背书。",
            "choose a type of the list; have others issued, or attested by the incubator",
        ),
    )
}

fn not_filled_in(field: &FormField) -> Failure {
    let label = &field.label;
    Failure::refused(
        "FORM-MISSING",
        format!("“{}”还没有填写，没有签署。", label.zh),
        format!("{} is not filled in; nothing was signed", label.en()),
        "带星号的栏目都要填写。",
        "fill in every field that is marked as required",
    )
}

fn no_region() -> Failure {
    Failure::input(
        "PROFILE-NONE",
        Text::fixed(
            "还没有填写本企业所在地区，没有签署。",
            "the firm's region is not given; nothing was signed",
        ),
        Text::fixed("请先在“我的企业”中选择地区。", "choose the region in the firm's profile first"),
    )
}
