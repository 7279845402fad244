//! The register, what was issued and what is held, as tables for a spreadsheet: every row that the filter on the screen
//! leaves. A table of the register can be imported again and changes nothing.

use chrono::NaiveDate;
use zizhi_model::{Provenance, Region, civil};
use zizhi_report::{Cell, Column, Kind, Table};
use zizhi_store::{Credential, FirmFilter};

use crate::failure::Failure;
use crate::firm::Firm;
use crate::hold_credentials::{self, Held};
use crate::incubator::Incubator;
use crate::issued_credentials::{self, FindIssued, Issued};
use crate::output::Output;
use crate::register_changes;
use crate::register_fields::Field;
use crate::register_firms::{self, FirmFacts, RegisteredFirm};
use crate::status_lists::state_name;
use crate::write_table::write_table;

/// Writes the firms that fit as `.xlsx` or `.csv`, under the headings that an import knows; says how many there are.
///
/// # Errors
/// `TABLE-ENDING`, `TABLE-SIZE`, `IO-EXISTS`, `IO-WRITE`; as every read of the database.
pub fn export_firms(
    incubator: &Incubator<'_>,
    filter: &FirmFilter,
    output: &Output<'_>,
) -> Result<usize, Failure> {
    let rows = register_firms::all(incubator, filter)?.iter().map(firm).collect();
    let headings = FIRM.iter().map(|(field, kind)| (field.label().zh.into_owned(), *kind));
    let more = [("在园状态", Kind::Text), ("已签发（份）", Kind::Number)];
    let headings = headings.chain(more.map(|(heading, kind)| (heading.to_owned(), kind)));
    write("在园企业名册", headings, rows, output, incubator.host.now())
}

/// Writes the issued credentials that fit as `.xlsx` or `.csv`; says how many there are.
///
/// # Errors
/// As [`export_firms`]; `FIRM-NONE`.
pub fn export_issued(
    incubator: &Incubator<'_>,
    find: &FindIssued,
    output: &Output<'_>,
) -> Result<usize, Failure> {
    let rows = issued_credentials::all(incubator, find)?.iter().map(issued).collect();
    let headings = [
        ("编号", Kind::Text),
        ("凭证类型", Kind::Text),
        ("企业名称", Kind::Text),
        ("统一社会信用代码", Kind::Text),
        ("证明来源", Kind::Text),
        ("签发日期", Kind::Date),
        ("有效期至", Kind::Date),
        ("状态", Kind::Text),
        ("状态变更日期", Kind::Date),
        ("变更理由", Kind::Text),
    ];
    write("已签发凭证", headings.map(owned), rows, output, incubator.host.now())
}

/// Writes the held credentials in which `text` is found as `.xlsx` or `.csv`; says how many there are.
///
/// # Errors
/// As [`export_firms`].
pub fn export_held(firm: &Firm<'_>, text: &str, output: &Output<'_>) -> Result<usize, Failure> {
    let rows = hold_credentials::list(firm, text)?.iter().map(held).collect();
    let headings = [
        ("凭证类型", Kind::Text),
        ("编号", Kind::Text),
        ("签发方", Kind::Text),
        ("证明来源", Kind::Text),
        ("签发地区", Kind::Text),
        ("发证日期", Kind::Date),
        ("有效期至", Kind::Date),
        ("剩余（天）", Kind::Number),
        ("状态", Kind::Text),
        ("说明", Kind::Text),
    ];
    write("资质凭证", headings.map(owned), rows, output, firm.host.now())
}

/// The columns of the register that an import reads.
const FIRM: [(Field, Kind); 15] = [
    (Field::Uscc, Kind::Text),
    (Field::Name, Kind::Text),
    (Field::FormerName, Kind::Text),
    (Field::Region, Kind::Text),
    (Field::EstablishedOn, Kind::Date),
    (Field::EnteredOn, Kind::Date),
    (Field::SiteAddress, Kind::Text),
    (Field::AreaSqm, Kind::Number),
    (Field::RdOnSite, Kind::Text),
    (Field::Field, Kind::Text),
    (Field::AgreementNo, Kind::Text),
    (Field::IncubationDeadline, Kind::Date),
    (Field::ContactName, Kind::Text),
    (Field::ContactPhone, Kind::Text),
    (Field::HolderKey, Kind::Text),
];

fn firm(RegisteredFirm { facts, issued, .. }: &RegisteredFirm) -> Vec<Cell> {
    let mut row: Vec<Cell> = FIRM.iter().map(|(field, _)| of_field(facts, *field)).collect();
    row.push(Cell::text(register_changes::state_name(facts.state).zh));
    row.push(Cell::whole(i64::try_from(*issued).unwrap_or(i64::MAX)));
    row
}

fn of_field(facts: &FirmFacts, field: Field) -> Cell {
    match field {
        Field::Uscc => Cell::text(facts.uscc.as_str()),
        Field::Name => Cell::text(facts.name.as_str()),
        Field::FormerName => {
            let names: Vec<&str> = facts.former_names.iter().map(|(name, _)| name.as_str()).collect();
            text(Some(&names.join("；")))
        }
        Field::Region => facts.region.as_ref().map_or(Cell::Empty, |region| Cell::text(region.as_str())),
        Field::EstablishedOn => day(facts.established_on),
        Field::EnteredOn => day(facts.entered_on),
        Field::SiteAddress => text(facts.site_address.as_deref()),
        Field::AreaSqm => facts.area_sqm.map_or(Cell::Empty, |area| Cell::whole(area.into())),
        Field::RdOnSite => text(facts.rd_on_site.map(|yes| if yes { "是" } else { "否" })),
        Field::Field => text(facts.field.as_deref()),
        Field::AgreementNo => text(facts.agreement_no.as_deref()),
        Field::IncubationDeadline => day(facts.incubation_deadline),
        Field::ContactName => text(facts.contact_name.as_deref()),
        Field::ContactPhone => text(facts.contact_phone.as_deref()),
        Field::HolderKey => {
            let jwk = facts.holder.as_ref().and_then(|key| serde_json::to_string(&key.to_jwk()).ok());
            text(jwk.as_deref())
        }
    }
}

fn issued(Issued { row, title }: &Issued) -> Vec<Cell> {
    vec![
        text(row.number.as_deref()),
        Cell::text(title.zh.as_ref()),
        Cell::text(row.subject_name.as_str()),
        Cell::text(row.subject_uscc.as_str()),
        stated(row.provenance),
        Cell::Date(civil::date_in_shanghai(row.iat)),
        day(row.valid_until),
        Cell::text(state_name(row.state).zh),
        day(row.changed.map(civil::date_in_shanghai)),
        text(row.reason.as_deref()),
    ]
}

fn held(held: &Held) -> Vec<Cell> {
    let Credential { number, provenance, region, issued_on, .. } = &held.row;
    vec![
        Cell::text(held.looked.title().zh),
        text(number.as_deref()),
        Cell::text(held.issuer()),
        stated(*provenance),
        region.as_ref().map_or(Cell::Empty, |region: &Region| Cell::text(region.label())),
        day(*issued_on),
        day(held.looked.valid_until),
        held.looked.days_left.map_or(Cell::Empty, Cell::whole),
        Cell::text(held.looked.standing.name().zh),
        held.looked.remark.as_ref().map_or(Cell::Empty, |remark| Cell::text(remark.zh.as_ref())),
    ]
}

/// How it is stated, in the words of the tags beside a credential.
fn stated(provenance: Provenance) -> Cell {
    Cell::text(provenance.zh())
}

fn text(text: Option<&str>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, Cell::text)
}

fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Empty, Cell::Date)
}

fn owned((heading, kind): (&str, Kind)) -> (String, Kind) {
    (heading.to_owned(), kind)
}

fn write(
    title: &str,
    headings: impl IntoIterator<Item = (String, Kind)>,
    rows: Vec<Vec<Cell>>,
    output: &Output<'_>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<usize, Failure> {
    let columns = headings.into_iter().map(|(title, kind)| Column { title, kind }).collect();
    let count = rows.len();
    write_table(&Table { title: title.to_owned(), columns, rows }, output, now)?;
    Ok(count)
}
