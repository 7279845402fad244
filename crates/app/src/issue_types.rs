//! Which types of credential this organisation may issue, by its entry in the register of the trust data.
//!
//! Without an entry it may still issue what only an incubator can state about its own firms; everybody
//! who verifies such a credential is told that its issuer is unknown, and so is whoever issues it.

use std::sync::Arc;

use zizhi_credential::types::TypeMetadata;
use zizhi_model::{Provenance, Text};
use zizhi_trust::{IssuerRecord, KeyUse};

use crate::failure::{Failure, told};
use crate::incubator::Incubator;
use crate::type_forms::{TypeForm, form, known_types};
use crate::vault;

/// A decision is a credential by its form, and is made by deciding.
const DECISION: &str = "recognition-decision";

/// Claims that the register of firms fills in.
pub(crate) const FROM_REGISTER: [&str; 9] = [
    "established_on",
    "entered_on",
    "site_address",
    "area_sqm",
    "rd_on_site",
    "field",
    "agreement_no",
    "incubation_deadline",
    "former_names",
];
/// The claim that the organisation's own entry fills in.
pub(crate) const LEVEL: &str = "incubator_level";
/// The claim that holds the number of a qualification.
pub(crate) const NUMBER: &str = "number";

/// What may be issued.
#[derive(Debug, Clone)]
pub struct Issuable {
    /// The types as forms, each with the ways in which it may be stated.
    pub forms: Vec<TypeForm>,
    /// Whether the organisation's level is known, so that nobody has to give it.
    pub level: Option<String>,
    /// What to mind about all of them.
    pub remark: Option<Text>,
}

/// A type that may be issued.
pub(crate) struct IssuableType {
    pub metadata: TypeMetadata,
    pub form: TypeForm,
}

/// The types that may be issued.
///
/// # Errors
/// `PROFILE-NONE`; as every read of the database.
pub fn issuable(incubator: &Incubator<'_>) -> Result<Issuable, Failure> {
    let record = own_record(incubator)?;
    let forms = allowed(incubator, record.as_deref()).map(|known| known.form).collect();
    let level = record.as_ref().and_then(|record| record.level.clone());
    Ok(Issuable { forms, level, remark: remark(incubator, record.as_deref())? })
}

/// The claims of a type that are filled in where nothing is typed, from the register of firms or the
/// organisation's own entry.
#[must_use]
pub fn filled_in(form: &TypeForm, level: Option<&str>) -> Vec<&'static str> {
    let mut names = FROM_REGISTER.to_vec();
    names.extend(numbered_by_code(&form.id).then_some(NUMBER));
    names.extend(level.map(|_| LEVEL));
    names
}

/// Whether the number of a type is the code of the firm that it is about.
pub(crate) fn numbered_by_code(kind: &str) -> bool {
    kind == "business-licence"
}

/// One of them.
///
/// # Errors
/// `ISS-SCOPE` if there is no such type or this organisation may not issue it so.
pub(crate) fn one(
    incubator: &Incubator<'_>,
    record: Option<&IssuerRecord>,
    kind: &str,
    provenance: Provenance,
) -> Result<IssuableType, Failure> {
    let found = allowed(incubator, record).find(|known| known.form.id == kind);
    found.filter(|known| known.form.provenance.contains(&provenance)).ok_or_else(|| outside(kind, provenance))
}

/// The organisation's own entry in the register, where there is one that can be read.
pub(crate) fn own_record(incubator: &Incubator<'_>) -> Result<Option<Arc<IssuerRecord>>, Failure> {
    let owner = incubator.owner()?;
    // A province that is broken has no entries that anybody could use.
    Ok(incubator.library.trust().issuer(&owner.uscc).ok().flatten())
}

fn allowed<'a>(
    incubator: &Incubator<'a>,
    record: Option<&'a IssuerRecord>,
) -> impl Iterator<Item = IssuableType> + 'a {
    known_types(incubator.library.trust()).into_iter().filter_map(move |metadata| {
        let mut form = form(&metadata);
        if form.id == DECISION {
            return None;
        }
        form.provenance = match record {
            Some(record) => {
                let both = [Provenance::Direct, Provenance::Attested].into_iter();
                both.filter(|way| form.provenance.contains(way) && record.may_issue(&form.id, *way)).collect()
            }
            // Nobody but an incubator can state these, and it states nothing else by itself.
            None if form.provenance == [Provenance::Direct] => vec![Provenance::Direct],
            None => Vec::new(),
        };
        (!form.provenance.is_empty()).then_some(IssuableType { metadata, form })
    })
}

/// Why others could not verify a decision that is signed here; nothing where they can. It may be signed all the same:
/// it counts once the key is registered.
///
/// # Errors
/// `PROFILE-NONE`; as every read of the database.
pub fn unregistered_to_decide(incubator: &Incubator<'_>) -> Result<Option<Text>, Failure> {
    let Some(record) = own_record(incubator)? else {
        return Ok(Some(Text::fixed(
            "本单位不在已导入的信任数据中：现在签署的决定，企业和其他单位核验时会显示“签发方未列入名录”，不能采信。请先把公钥提交给所在省的登记部门，登记后导入新的信任数据，再签署决定。",
            "this organisation is not in the trust data at hand: a decision that is signed now cannot be verified by the firm or by others, since its issuer is unknown. First have your public key registered by your province and import the new trust data, then sign",
        )));
    };
    Ok((!listed(incubator, &record, KeyUse::Decision)?).then(|| {
        told(
            format!("信任数据中“{}”名下没有本机用于签发决定的密钥：现在签署的决定，企业和其他单位无法核验。请先把本机公钥提交给所在省的登记部门，登记后导入新的信任数据，再签署决定。", record.name),
            format!("the trust data does not list this machine's key for decisions of {}: a decision that is signed now cannot be verified by the firm or by others. First have the public key registered by your province and import the new trust data, then sign", record.name),
        )
    }))
}

/// Whether the register lists this machine's key for a use.
fn listed(incubator: &Incubator<'_>, record: &IssuerRecord, wanted: KeyUse) -> Result<bool, Failure> {
    let key = vault::signing_public(incubator.database, wanted)?;
    let listed = record.key(key.key_id().as_str());
    Ok(listed.is_some_and(|listed| listed.uses.contains(&wanted) && listed.revoked_at.is_none()))
}

fn remark(incubator: &Incubator<'_>, record: Option<&IssuerRecord>) -> Result<Option<Text>, Failure> {
    let Some(record) = record else {
        return Ok(Some(Text::fixed(
            "本单位不在已导入的信任数据中，所签凭证在别处核验时会显示“签发方未列入名录”，不能采信。请把公钥提交给所在省的登记部门，登记后导入新的信任数据。",
            "this organisation is not in the trust data at hand: what it issues cannot be accepted elsewhere, since its issuer is unknown. Have your public key registered by your province, then import the new trust data",
        )));
    };
    Ok((!listed(incubator, record, KeyUse::Credential)?).then(|| {
        told(
            format!("信任数据中“{}”名下没有本机的签名密钥，所签凭证在别处核验时不能采信。请把本机公钥提交给所在省的登记部门，登记后导入新的信任数据。", record.name),
            format!("the trust data does not list this machine's signing key for {}: what it issues cannot be accepted elsewhere. Have the public key registered by your province, then import the new trust data", record.name),
        )
    }))
}

fn outside(kind: &str, provenance: Provenance) -> Failure {
    Failure::refused(
        "ISS-SCOPE",
        format!("本单位没有以“{}”方式签发 {kind} 的范围，没有签发。", provenance.zh()),
        format!("this organisation may not issue {kind} as {}; nothing was issued", provenance.en()),
        "请从可签发的类型中选择；确需签发的，请向所在省的登记部门申请扩大签发范围。",
        "choose one of the types that may be issued; for others, ask your province to extend what you may issue",
    )
}
