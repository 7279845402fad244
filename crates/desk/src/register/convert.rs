//! Firms and rosters for the window and from it.

use zizhi_app::register_fields::Field;
use zizhi_app::register_firms::{RegisteredFirm, TypedFirm};
use zizhi_app::roster_preview::{self, Roster};
use zizhi_crypto::PublicKey;
use zizhi_store::FirmState as Stands;
use zizhi_wire::{
    CellProblem, ColumnChoice, Firm, FirmState, FormerName, LeftOut, RosterField, RosterPreview, RosterRow,
};

use crate::incubator::count;
use crate::refusal::sentence;

/// A firm of the register.
pub(super) fn firm(firm: &RegisteredFirm) -> Firm {
    let facts = &firm.facts;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    Firm {
        id: firm.id.clone(),
        uscc: facts.uscc.to_string(),
        name: facts.name.clone(),
        former_names: facts
            .former_names
            .iter()
            .map(|(name, until)| FormerName { name: name.clone(), until: day(*until) })
            .collect(),
        region: facts.region.map(|region| region.to_string()).unwrap_or_default(),
        established_on: day(facts.established_on),
        entered_on: day(facts.entered_on),
        site_address: facts.site_address.clone(),
        area_sqm: facts.area_sqm,
        rd_on_site: facts.rd_on_site,
        field: facts.field.clone(),
        agreement_no: facts.agreement_no.clone(),
        incubation_deadline: day(facts.incubation_deadline),
        contact_name: facts.contact_name.clone(),
        contact_phone: facts.contact_phone.clone(),
        holder_jwk: facts.holder.as_ref().map(jwk),
        state: state(facts.state),
        issued: count(firm.issued),
    }
}

/// A public key as text. A JWK has nothing that JSON could not hold.
pub(super) fn jwk(key: &PublicKey) -> String {
    serde_json::to_string(&key.to_jwk()).unwrap_or_default()
}

/// A firm as it was typed.
pub(super) fn typed(firm: Firm) -> TypedFirm {
    let former = firm.former_names.into_iter();
    TypedFirm {
        id: firm.id,
        uscc: firm.uscc,
        name: firm.name,
        former_names: former.map(|former| (former.name, former.until.unwrap_or_default())).collect(),
        region: firm.region,
        established_on: firm.established_on.unwrap_or_default(),
        entered_on: firm.entered_on.unwrap_or_default(),
        site_address: firm.site_address.unwrap_or_default(),
        area_sqm: firm.area_sqm,
        rd_on_site: firm.rd_on_site,
        field: firm.field.unwrap_or_default(),
        agreement_no: firm.agreement_no.unwrap_or_default(),
        incubation_deadline: firm.incubation_deadline.unwrap_or_default(),
        contact_name: firm.contact_name.unwrap_or_default(),
        contact_phone: firm.contact_phone.unwrap_or_default(),
        holder_jwk: firm.holder_jwk.unwrap_or_default(),
        state: stands(firm.state),
    }
}

/// What an import would do.
pub(super) fn preview(roster: &Roster) -> RosterPreview {
    let choice = |(column, field): (u32, &Option<Field>)| ColumnChoice { column, field: field.map(told) };
    RosterPreview {
        id: roster.id.clone(),
        headings: roster.headings.clone(),
        mapping: (0_u32..).zip(&roster.columns).map(choice).collect(),
        sample: roster
            .sample
            .iter()
            .map(|row| RosterRow { row: row.row, cells: row.cells.clone(), usable: row.usable })
            .collect(),
        problems: roster
            .problems
            .iter()
            .map(|problem| CellProblem {
                row: problem.row,
                column: problem.column,
                text: problem.text.clone(),
                problem: sentence(&problem.flaw),
                left_out: match problem.left_out {
                    roster_preview::LeftOut::Row => LeftOut::Row,
                    roster_preview::LeftOut::Cell => LeftOut::Cell,
                    roster_preview::LeftOut::Nothing => LeftOut::Nothing,
                },
            })
            .collect(),
        new: roster.new,
        changed: roster.changed,
        same: roster.same,
        refused: roster.refused,
    }
}

/// Where a firm stands, from the window.
pub(super) fn stands(state: FirmState) -> Stands {
    match state {
        FirmState::In => Stands::In,
        FirmState::Graduated => Stands::Graduated,
        FirmState::Left => Stands::Left,
    }
}

fn state(stands: Stands) -> FirmState {
    match stands {
        Stands::In => FirmState::In,
        Stands::Graduated => FirmState::Graduated,
        Stands::Left => FirmState::Left,
    }
}

/// A field of the register, from the window.
pub(super) fn meant(field: RosterField) -> Field {
    match field {
        RosterField::Uscc => Field::Uscc,
        RosterField::Name => Field::Name,
        RosterField::Region => Field::Region,
        RosterField::EstablishedOn => Field::EstablishedOn,
        RosterField::EnteredOn => Field::EnteredOn,
        RosterField::SiteAddress => Field::SiteAddress,
        RosterField::AreaSqm => Field::AreaSqm,
        RosterField::RdOnSite => Field::RdOnSite,
        RosterField::Field => Field::Field,
        RosterField::AgreementNo => Field::AgreementNo,
        RosterField::IncubationDeadline => Field::IncubationDeadline,
        RosterField::ContactName => Field::ContactName,
        RosterField::ContactPhone => Field::ContactPhone,
        RosterField::FormerName => Field::FormerName,
        RosterField::HolderKey => Field::HolderKey,
    }
}

fn told(field: Field) -> RosterField {
    match field {
        Field::Uscc => RosterField::Uscc,
        Field::Name => RosterField::Name,
        Field::Region => RosterField::Region,
        Field::EstablishedOn => RosterField::EstablishedOn,
        Field::EnteredOn => RosterField::EnteredOn,
        Field::SiteAddress => RosterField::SiteAddress,
        Field::AreaSqm => RosterField::AreaSqm,
        Field::RdOnSite => RosterField::RdOnSite,
        Field::Field => RosterField::Field,
        Field::AgreementNo => RosterField::AgreementNo,
        Field::IncubationDeadline => RosterField::IncubationDeadline,
        Field::ContactName => RosterField::ContactName,
        Field::ContactPhone => RosterField::ContactPhone,
        Field::FormerName => RosterField::FormerName,
        Field::HolderKey => RosterField::HolderKey,
    }
}
