//! Held credentials for the window.

use zizhi_app::claim_lines::ClaimLine;
use zizhi_app::held_changes::Moved;
use zizhi_app::hold_credentials::{Held, HeldInFull};
use zizhi_app::hold_standing::Standing as Stands;
use zizhi_model::civil::rfc3339;
use zizhi_store::Profile;
use zizhi_wire::{CredentialView, HeldLine, HeldMoved, HeldPage, Line, Standing};

use crate::refusal::sentence;
use crate::type_form::provenance;

/// A held credential of `owner` in a line.
pub(super) fn line(held: &Held, owner: &Profile) -> HeldLine {
    let row = &held.row;
    HeldLine {
        id: row.id.clone(),
        kind: row.credential_type.clone(),
        title: sentence(&held.looked.title()),
        number: row.number.clone(),
        issuer: held.issuer(),
        provenance: provenance(row.provenance),
        issued_on: row.issued_on.map(|day| day.to_string()),
        valid_until: held.looked.valid_until.map(|day| day.to_string()),
        days_left: held.looked.days_left.map(whole_days),
        standing: standing(held.looked.standing),
        remark: held.looked.remark.as_ref().map(sentence),
        // A branch has a name of its own.
        moved: None,
        other_name: (row.subject_uscc == owner.uscc && row.subject_name != owner.name)
            .then(|| row.subject_name.clone()),
    }
}

/// What became of a credential since somebody looked.
pub(super) fn moved(moved: &Moved) -> HeldMoved {
    HeldMoved { from: standing(moved.from), at: rfc3339(moved.at) }
}

/// Days for the window, which counts them in 32 bits.
pub(crate) fn whole_days(days: i64) -> i32 {
    i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX })
}

/// A held credential in full.
pub(super) fn page(full: HeldInFull, owner: &Profile) -> HeldPage {
    let line = line(&full.held, owner);
    let row = full.held.row;
    let shown = full.lines.iter().filter(|line| !line.value.zh.is_empty());
    HeldPage {
        view: CredentialView {
            path: row.id.clone(),
            kind: row.credential_type.clone(),
            title: line.title.clone(),
            lines: shown.map(|line| claim(line, within(&full.selectable, &line.path))).collect(),
            hidden: 0,
        },
        line,
        status_uri: row.status_uri,
        status: full.status.as_ref().map(sentence),
    }
}

/// A claim as a line.
pub(crate) fn claim(claim: &ClaimLine, selectable: bool) -> Line {
    let raw = || zizhi_app::Text { zh: claim.path.clone().into(), en: None };
    Line {
        label: sentence(claim.label.as_ref().unwrap_or(&raw())),
        value: claim.value.zh.clone().into_owned(),
        path: claim.path.clone(),
        selectable,
    }
}

/// Whether a claim is one of those that can be left out, or stands inside one.
fn within(selectable: &[String], path: &str) -> bool {
    selectable.iter().any(|outer| {
        path.strip_prefix(outer.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with('['))
    })
}

fn standing(standing: Stands) -> Standing {
    match standing {
        Stands::Valid => Standing::Valid,
        Stands::Expiring => Standing::Expiring,
        Stands::Expired => Standing::Expired,
        Stands::Revoked => Standing::Revoked,
        Stands::Ended => Standing::Ended,
        Stands::Suspended => Standing::Suspended,
        Stands::Unknown => Standing::Unknown,
    }
}
