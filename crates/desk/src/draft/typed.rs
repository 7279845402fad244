//! What was typed into a draft, to and from the window.

use zizhi_app::draft_body::{Fields, TypedConsent, TypedFact, TypedName};
use zizhi_wire::{Consent, DraftFields, FormerName, TypedClaim};

/// From the window.
pub(super) fn fields(fields: DraftFields) -> Fields {
    let DraftFields { title, name, origin_region, former_names, facts, consents } = fields;
    let names = former_names.into_iter().map(|FormerName { name, until }| TypedName { name, until });
    let facts = facts.into_iter().map(|TypedClaim { name, value }| TypedFact { name, value });
    let consents = consents.into_iter();
    Fields {
        title,
        name,
        origin_region,
        former_names: names.collect(),
        facts: facts.collect(),
        consents: consents
            .map(|Consent { recipient, purpose, kinds, until }| TypedConsent {
                recipient,
                purpose,
                kinds,
                until,
            })
            .collect(),
    }
}

/// For the window.
pub(super) fn shown(fields: Fields) -> DraftFields {
    let Fields { title, name, origin_region, former_names, facts, consents } = fields;
    let names = former_names.into_iter().map(|TypedName { name, until }| FormerName { name, until });
    let facts = facts.into_iter().map(|TypedFact { name, value }| TypedClaim { name, value });
    let consents = consents.into_iter();
    DraftFields {
        title,
        name,
        origin_region,
        former_names: names.collect(),
        facts: facts.collect(),
        consents: consents
            .map(|TypedConsent { recipient, purpose, kinds, until }| Consent {
                recipient,
                purpose,
                kinds,
                until,
            })
            .collect(),
    }
}
