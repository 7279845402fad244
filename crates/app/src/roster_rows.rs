//! One row of a roster: its cells read as what the register holds, and every cell that cannot be used.

use chrono::NaiveDate;
use zizhi_crypto::PublicKey;
use zizhi_model::{Region, Text, Uscc};

use crate::failure::told;
use crate::register_fields::{self as fields, Field};
use crate::register_firms::FirmFacts;
use crate::roster_table::{Cell, Row};

/// What is left out because of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Its whole row.
    Row,
    /// The cell alone.
    Cell,
    /// Nothing: it is unusual, and taken as it stands.
    Nothing,
}

/// A cell that cannot be used, or is unusual.
#[derive(Debug, Clone, PartialEq)]
pub struct CellProblem {
    /// Row in the table, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// What stands there.
    pub text: String,
    /// What is wrong with it.
    pub flaw: Text,
    /// What is left out because of it.
    pub left_out: LeftOut,
}

/// A row as it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReadRow {
    pub number: u32,
    pub uscc: Option<Uscc>,
    pub name: Option<String>,
    pub former_names: Vec<String>,
    pub region: Option<Region>,
    pub established_on: Option<NaiveDate>,
    pub entered_on: Option<NaiveDate>,
    pub site_address: Option<String>,
    pub area_sqm: Option<u32>,
    pub rd_on_site: Option<bool>,
    pub field: Option<String>,
    pub agreement_no: Option<String>,
    pub incubation_deadline: Option<NaiveDate>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub holder: Option<PublicKey>,
    pub problems: Vec<CellProblem>,
}

/// Reads a row by the fields of its columns.
pub(crate) fn read_row(row: &Row, columns: &[Option<Field>]) -> ReadRow {
    let mut read = ReadRow { number: row.number, ..ReadRow::default() };
    for (column, field) in (0_u32..).zip(columns) {
        let Some(field) = *field else { continue };
        let at = usize::try_from(column).unwrap_or(usize::MAX);
        let cell = row.cells.get(at).unwrap_or(&Cell::Empty);
        let taken = match cell {
            _ if cell.is_empty() && field == Field::Uscc => Err(no_code()),
            _ if cell.is_empty() => continue,
            Cell::Error(error) => Err(broken_formula(error)),
            cell => read.take(field, cell),
        };
        if let Err(flaw) = taken {
            let row_goes = !may_be_left_out(field) || matches!(cell, Cell::Error(_));
            let left_out = if row_goes { LeftOut::Row } else { LeftOut::Cell };
            read.problems.push(CellProblem { row: row.number, column, text: shown(cell), flaw, left_out });
        }
        if let Some(flaw) = read.unusual(field) {
            read.problems.push(CellProblem {
                row: row.number,
                column,
                text: shown(cell),
                flaw,
                left_out: LeftOut::Nothing,
            });
        }
    }
    read
}

impl ReadRow {
    /// Whether nothing keeps it out.
    pub(crate) fn usable(&self) -> bool {
        self.problems.iter().all(|problem| problem.left_out != LeftOut::Row)
    }

    /// What the register would know of the firm: what it knew, with what the row says. Empty cells change
    /// nothing.
    pub(crate) fn merged(&self, uscc: Uscc, before: Option<FirmFacts>) -> Option<FirmFacts> {
        let mut facts = match before {
            Some(before) => before,
            None => FirmFacts::new(uscc, self.name.clone()?),
        };
        let text = |said: &Option<String>, known: &mut Option<String>| {
            if let Some(said) = said {
                *known = Some(said.clone());
            }
        };
        if let Some(name) = &self.name {
            facts.name.clone_from(name);
        }
        for former in &self.former_names {
            if facts.former_names.iter().all(|(name, _)| name != former) && *former != facts.name {
                facts.former_names.push((former.clone(), None));
            }
        }
        text(&self.site_address, &mut facts.site_address);
        text(&self.field, &mut facts.field);
        text(&self.agreement_no, &mut facts.agreement_no);
        text(&self.contact_name, &mut facts.contact_name);
        text(&self.contact_phone, &mut facts.contact_phone);
        facts.region = self.region.or(facts.region);
        facts.established_on = self.established_on.or(facts.established_on);
        facts.entered_on = self.entered_on.or(facts.entered_on);
        facts.area_sqm = self.area_sqm.or(facts.area_sqm);
        facts.rd_on_site = self.rd_on_site.or(facts.rd_on_site);
        facts.incubation_deadline = self.incubation_deadline.or(facts.incubation_deadline);
        if let Some(holder) = &self.holder {
            facts.holder = Some(holder.clone());
        }
        Some(facts)
    }

    /// The value of a field as it would be stored, for the sample of a preview.
    pub(crate) fn stored(&self, field: Field) -> Option<String> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        match field {
            Field::Uscc => self.uscc.map(|uscc| uscc.to_string()),
            Field::Name => self.name.clone(),
            Field::Region => self.region.map(|region| region.label().into_owned()),
            Field::EstablishedOn => day(self.established_on),
            Field::EnteredOn => day(self.entered_on),
            Field::SiteAddress => self.site_address.clone(),
            Field::AreaSqm => self.area_sqm.map(|area| area.to_string()),
            Field::RdOnSite => self.rd_on_site.map(|yes| if yes { "是" } else { "否" }.to_owned()),
            Field::Field => self.field.clone(),
            Field::AgreementNo => self.agreement_no.clone(),
            Field::IncubationDeadline => day(self.incubation_deadline),
            Field::ContactName => self.contact_name.clone(),
            Field::ContactPhone => self.contact_phone.clone(),
            Field::HolderKey => self.holder.as_ref().map(|key| key.key_id().as_str().to_owned()),
            Field::FormerName => (!self.former_names.is_empty()).then(|| self.former_names.join("；")),
        }
    }

    fn take(&mut self, field: Field, cell: &Cell) -> Result<(), Text> {
        match field {
            Field::Uscc => self.uscc = Some(code(cell)?),
            Field::Name => self.name = Some(fields::name(&cell.text())?),
            Field::Region => self.region = Some(fields::region(&cell.text())?),
            Field::EstablishedOn => self.established_on = Some(day(cell)?),
            Field::EnteredOn => self.entered_on = Some(day(cell)?),
            Field::SiteAddress => self.site_address = Some(fields::line(&cell.text())?),
            Field::AreaSqm => self.area_sqm = Some(fields::area(&cell.text())?),
            Field::RdOnSite => self.rd_on_site = Some(fields::yes_or_no(&cell.text())?),
            Field::Field => self.field = Some(fields::line(&cell.text())?),
            Field::AgreementNo => self.agreement_no = Some(fields::line(&cell.text())?),
            Field::IncubationDeadline => self.incubation_deadline = Some(day(cell)?),
            Field::ContactName => self.contact_name = Some(fields::line(&cell.text())?),
            Field::ContactPhone => self.contact_phone = Some(fields::phone(&cell.text())?),
            Field::HolderKey => self.holder = Some(fields::holder_key(&cell.text())?),
            Field::FormerName => self.former_names = fields::former_names(&cell.text())?,
        }
        Ok(())
    }

    /// What is odd about a value that was read.
    fn unusual(&self, field: Field) -> Option<Text> {
        match field {
            Field::Uscc => self.uscc.filter(|uscc| !uscc.inner_check_holds()).map(|_| {
                Text::fixed(
                    "代码整体校验通过，但其中的组织机构代码校验位不符，请与营业执照核对。",
                    "the code as a whole is right, but the check character of the organisation code inside is not; compare it with the licence",
                )
            }),
            Field::Region => self.region.and_then(|region| region.abolished_since()).map(|year| {
                told(
                    format!("该行政区划已于{year}年撤销，请核对现在的地区。"),
                    format!("this region was abolished in {year}; look up what it is now"),
                )
            }),
            _ => None,
        }
    }
}

fn code(cell: &Cell) -> Result<Uscc, Text> {
    match cell {
        // From the sixteenth digit on a number of a spreadsheet is not what was typed.
        Cell::Number(number) if number.abs() >= 1e15 => Err(fields::lost_digits()),
        cell => fields::uscc(&cell.text()),
    }
}

fn day(cell: &Cell) -> Result<NaiveDate, Text> {
    match cell {
        Cell::Date(day) => Ok(*day),
        cell => fields::date(&cell.text()),
    }
}

/// Fields without which the rest of the row is still right.
fn may_be_left_out(field: Field) -> bool {
    matches!(
        field,
        Field::AreaSqm | Field::RdOnSite | Field::ContactName | Field::ContactPhone | Field::FormerName
    )
}

/// What stands in a cell, cut where it is long.
pub(crate) fn shown(cell: &Cell) -> String {
    cell.text().chars().take(120).collect()
}

fn no_code() -> Text {
    Text::fixed(
        "缺少统一社会信用代码，无法确定是哪家企业。",
        "the unified social credit code is missing, so it is not known which firm this is",
    )
}

fn broken_formula(error: &str) -> Text {
    told(
        format!("单元格的公式出错（{error}），没有值可以导入。"),
        format!("the formula of this cell failed ({error}); there is no value to import"),
    )
}
