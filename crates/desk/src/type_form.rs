//! Types of credential as forms of the wire.

use zizhi_app::issue_needs::{attested_needs, number_sample};
use zizhi_app::type_forms::{FieldKind, FormField, TypeForm as Form, VALID_UNTIL};
use zizhi_model::{Provenance as Stated, Text};
use zizhi_wire::{ClaimChoice, ClaimField, ClaimHint, ClaimKind, Provenance, TypeForm};

use crate::refusal::sentence;

/// The claim that holds the number of a qualification.
const NUMBER: &str = "number";

/// A type as a form. The last day of validity is asked for apart.
pub(crate) fn type_form(form: &Form, from_register: &[&str], hints: &[(&str, Text)]) -> TypeForm {
    let has = |name: &str| form.fields.iter().any(|field| field.name == name);
    let asked_here = |field: &&FormField| field.name != VALID_UNTIL;
    TypeForm {
        id: form.id.clone(),
        title: sentence(&form.title),
        description: sentence(&form.description),
        provenance: form.provenance.iter().copied().map(provenance).collect(),
        claims: form.fields.iter().filter(asked_here).map(claim_field).collect(),
        from_register: from_register.iter().filter(|name| has(name)).map(|name| (*name).to_owned()).collect(),
        number: has(NUMBER),
        valid_until: has(VALID_UNTIL),
        number_sample: number_sample(&form.id).map(str::to_owned),
        attested_needs: attested_needs(form).into_iter().map(str::to_owned).collect(),
        hints: hints.iter().map(|(name, hint)| claim_hint(name, hint)).collect(),
    }
}

fn claim_hint(name: &str, hint: &Text) -> ClaimHint {
    ClaimHint { name: name.to_owned(), hint: sentence(hint) }
}

/// A claim as a field.
pub(crate) fn claim_field(field: &FormField) -> ClaimField {
    ClaimField {
        name: field.name.clone(),
        label: sentence(&field.label),
        kind: match field.kind {
            FieldKind::Text => ClaimKind::Text,
            FieldKind::Date => ClaimKind::Date,
            FieldKind::Integer => ClaimKind::Integer,
            FieldKind::Money => ClaimKind::Money,
            FieldKind::Boolean => ClaimKind::Boolean,
            FieldKind::Region => ClaimKind::Region,
            FieldKind::TextList => ClaimKind::TextList,
        },
        required: field.required,
        choices: field
            .choices
            .iter()
            .map(|(value, label)| ClaimChoice { value: value.clone(), label: sentence(label) })
            .collect(),
    }
}

/// How something is stated, for the window.
pub(crate) fn provenance(stated: Stated) -> Provenance {
    match stated {
        Stated::Direct => Provenance::Direct,
        Stated::Attested => Provenance::Attested,
        Stated::Declared => Provenance::Declared,
    }
}

/// How something is stated, from the window.
pub(crate) fn stated(provenance: Provenance) -> Stated {
    match provenance {
        Provenance::Direct => Stated::Direct,
        Provenance::Attested => Stated::Attested,
        Provenance::Declared => Stated::Declared,
    }
}
