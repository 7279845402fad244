//! 在园企业名册: the incubator's register of firms. Finds, shows, and keeps a firm that was typed in.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value, json};
use zizhi_crypto::PublicKey;
use zizhi_model::{Region, Text, Uscc, civil};
use zizhi_store::{
    After, CredentialDirection, Firm, FirmFilter, FirmState, Page, Reader, StoreError, Writer,
};

use crate::failure::{Failure, told};
use crate::incubator::Incubator;
use crate::pages::whole;
use crate::register_changes::changes;
use crate::register_fields::{self as fields, Field};

/// Firms that are read at a time where all are wanted.
const STRIDE: usize = 1000;
/// More former names than a firm has had.
const MOST_NAMES: usize = 32;

/// What the register knows of a firm.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmFacts {
    /// 统一社会信用代码
    pub uscc: Uscc,
    /// 企业名称
    pub name: String,
    /// 曾用名, each with the last day on which it was borne, where that is known.
    pub former_names: Vec<(String, Option<NaiveDate>)>,
    /// Where it is registered.
    pub region: Option<Region>,
    /// 成立日期
    pub established_on: Option<NaiveDate>,
    /// 入驻日期
    pub entered_on: Option<NaiveDate>,
    /// 场地地址
    pub site_address: Option<String>,
    /// Square metres.
    pub area_sqm: Option<u32>,
    /// Whether its main research is on site.
    pub rd_on_site: Option<bool>,
    /// 技术领域
    pub field: Option<String>,
    /// 孵化协议编号
    pub agreement_no: Option<String>,
    /// 孵化截止日期
    pub incubation_deadline: Option<NaiveDate>,
    /// 联系人
    pub contact_name: Option<String>,
    /// 联系电话, masked.
    pub contact_phone: Option<String>,
    /// The key that its credentials are bound to.
    pub holder: Option<PublicKey>,
    /// Where it stands.
    pub state: FirmState,
}

/// A firm of the register.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredFirm {
    /// Its id.
    pub id: String,
    /// What is known of it.
    pub facts: FirmFacts,
    /// How many credentials were issued to it.
    pub issued: u64,
}

/// A firm as a person typed it. Empty texts are nothing.
#[derive(Debug, Clone)]
pub struct TypedFirm {
    /// Its id; empty for one that is to be added.
    pub id: String,
    /// Its code.
    pub uscc: String,
    /// Its name.
    pub name: String,
    /// The names it had, each with its last day.
    pub former_names: Vec<(String, String)>,
    /// Six digits, or a name.
    pub region: String,
    /// A day.
    pub established_on: String,
    /// A day.
    pub entered_on: String,
    /// An address.
    pub site_address: String,
    /// Square metres.
    pub area_sqm: Option<u32>,
    /// Whether its main research is on site.
    pub rd_on_site: Option<bool>,
    /// A field of technology.
    pub field: String,
    /// A number.
    pub agreement_no: String,
    /// A day.
    pub incubation_deadline: String,
    /// A person.
    pub contact_name: String,
    /// A phone number.
    pub contact_phone: String,
    /// A public key as JWK.
    pub holder_jwk: String,
    /// Where it stands.
    pub state: FirmState,
}

/// Firms, those that entered the register last first or by name, and how many there are in all.
///
/// # Errors
/// As every read of the database.
pub fn list(
    incubator: &Incubator<'_>,
    filter: &FirmFilter,
    after: Option<After>,
    limit: usize,
) -> Result<(Page<RegisteredFirm>, u64), Failure> {
    let reader = incubator.database.reader()?;
    let page = reader.firms(filter, after, limit)?;
    let rows = page.rows.iter().map(|row| registered(&reader, row)).collect::<Result<_, _>>()?;
    Ok((Page { rows, next: page.next }, reader.count_all_firms()?))
}

/// All firms that fit, as they stand at one moment.
pub(crate) fn all(incubator: &Incubator<'_>, filter: &FirmFilter) -> Result<Vec<RegisteredFirm>, Failure> {
    let reader = incubator.database.reader()?;
    let rows = whole(|after| reader.firms(filter, after, STRIDE))?;
    rows.iter().map(|row| registered(&reader, row)).collect()
}

/// A firm.
///
/// # Errors
/// `FIRM-NONE`; as every read of the database.
pub fn get(incubator: &Incubator<'_>, id: &str) -> Result<RegisteredFirm, Failure> {
    let reader = incubator.database.reader()?;
    let row = reader.firm(id)?.ok_or_else(absent)?;
    registered(&reader, &row)
}

/// Adds a firm to the register or changes it. A name that it no longer bears stays as a former one.
///
/// # Errors
/// `FIRM-FIELD`, `FMT-USCC`, `DATE-ORDER`, `KEY-HOLDER` naming the field; `FIRM-NONE`; `FIRM-TWICE` if the
/// code is another firm's; `FIRM-CODE` if credentials were issued to the code that it had. Nothing is
/// changed then.
pub fn save(incubator: &Incubator<'_>, typed: &TypedFirm) -> Result<RegisteredFirm, Failure> {
    let today = incubator.today();
    let facts = read(typed, today)?;
    let writer = incubator.database.writer()?;
    let before = match typed.id.as_str() {
        "" => None,
        id => Some(writer.firm(id)?.ok_or_else(absent)?),
    };
    same_code(&writer, before.as_ref(), &facts)?;
    let id = before.as_ref().map_or_else(|| incubator.new_id(), |before| before.id.clone());
    let row = facts.row(id, before.as_ref(), today, incubator.host.now());
    writer.put_firm(&row).map_err(|error| match error {
        StoreError::Conflict(_) => twice(facts.uscc).because(error),
        error => error.into(),
    })?;
    let saved = registered(&writer, &row)?;
    let action = if before.is_some() { "firm.changed" } else { "firm.added" };
    let entry = incubator.entry(action)?.about("firm", &row.id);
    writer.commit(&match before {
        Some(before) => entry.with(json!({ "fields": changes(&FirmFacts::of(&before), &facts) })),
        None => entry,
    })?;
    Ok(saved)
}

impl FirmFacts {
    /// A firm in incubation of which nothing but code and name is known.
    #[must_use]
    pub fn new(uscc: Uscc, name: String) -> Self {
        Self {
            uscc,
            name,
            former_names: Vec::new(),
            region: None,
            established_on: None,
            entered_on: None,
            site_address: None,
            area_sqm: None,
            rd_on_site: None,
            field: None,
            agreement_no: None,
            incubation_deadline: None,
            contact_name: None,
            contact_phone: None,
            holder: None,
            state: FirmState::In,
        }
    }

    /// What a row of the register says.
    #[must_use]
    pub fn of(row: &Firm) -> Self {
        let text = |name: &str| row.extra.get(name).and_then(Value::as_str);
        let day = |name: &str| text(name).and_then(|day| civil::parse_date(day).ok());
        let until = |name: &str| {
            let day = row.extra.get("former_until")?.get(name)?.as_str()?;
            civil::parse_date(day).ok()
        };
        let holder = row.extra.get("holder_jwk").map(Value::to_string);
        Self {
            uscc: row.uscc,
            name: row.name.clone(),
            former_names: row.former_names.iter().map(|name| (name.clone(), until(name))).collect(),
            region: row.region,
            established_on: row.established_on,
            entered_on: row.entered_on,
            site_address: row.site_address.clone(),
            area_sqm: row.extra.get("area_sqm").and_then(|area| area.as_u64()?.try_into().ok()),
            rd_on_site: row.extra.get("rd_on_site").and_then(Value::as_bool),
            field: text("field").map(str::to_owned),
            agreement_no: text("agreement_no").map(str::to_owned),
            incubation_deadline: day("incubation_deadline"),
            contact_name: row.contact_name.clone(),
            contact_phone: row.contact_phone.clone(),
            holder: holder.and_then(|jwk| PublicKey::from_jwk_bytes(jwk.as_bytes()).ok()),
            state: row.state,
        }
    }

    /// The row that says this. A name that `before` had and this has not becomes a former one.
    pub(crate) fn row(
        &self,
        id: String,
        before: Option<&Firm>,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Firm {
        let mut former = self.former_names.clone();
        let left = before.map(|before| &before.name).filter(|left| **left != self.name);
        if let Some(left) = left.filter(|left| former.iter().all(|(name, _)| name != *left)) {
            former.push((left.clone(), Some(today)));
        }
        let mut extra = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                extra.insert(name.to_owned(), value);
            }
        };
        put("area_sqm", self.area_sqm.map(Value::from));
        put("rd_on_site", self.rd_on_site.map(Value::from));
        put("field", self.field.as_deref().map(Value::from));
        put("agreement_no", self.agreement_no.as_deref().map(Value::from));
        put("incubation_deadline", self.incubation_deadline.map(|day| day.to_string().into()));
        // Public members only, whatever was pasted.
        put("holder_jwk", self.holder.as_ref().and_then(|key| serde_json::to_value(key.to_jwk()).ok()));
        let until: Map<String, Value> = former
            .iter()
            .filter_map(|(name, until)| Some((name.clone(), until.as_ref()?.to_string().into())))
            .collect();
        put("former_until", (!until.is_empty()).then(|| until.into()));
        Firm {
            id,
            uscc: self.uscc,
            name: self.name.clone(),
            former_names: former.into_iter().map(|(name, _)| name).collect(),
            region: self.region,
            established_on: self.established_on,
            entered_on: self.entered_on,
            site_address: self.site_address.clone(),
            contact_name: self.contact_name.clone(),
            contact_phone: self.contact_phone.clone(),
            extra: extra.into(),
            state: self.state,
            updated: now,
        }
    }
}

fn registered(reader: &Reader<'_>, row: &Firm) -> Result<RegisteredFirm, Failure> {
    let issued = reader.count_credentials_about(CredentialDirection::Issued, &row.uscc)?;
    Ok(RegisteredFirm { id: row.id.clone(), facts: FirmFacts::of(row), issued })
}

/// What was typed, as facts.
fn read(typed: &TypedFirm, today: NaiveDate) -> Result<FirmFacts, Failure> {
    let text = |field: Field, text: &str, read: fn(&str) -> Result<String, Text>| {
        filled(text).map(|text| read(text).map_err(|flaw| flawed(field, text, &flaw))).transpose()
    };
    let day = |field: Field, text: &str| {
        filled(text).map(|text| fields::date(text).map_err(|flaw| flawed(field, text, &flaw))).transpose()
    };
    let uscc = fields::uscc(&typed.uscc).map_err(|flaw| flawed(Field::Uscc, &typed.uscc, &flaw))?;
    let name = fields::name(&typed.name).map_err(|flaw| flawed(Field::Name, &typed.name, &flaw))?;
    let region = filled(&typed.region)
        .map(|text| fields::region(text).map_err(|flaw| flawed(Field::Region, text, &flaw)))
        .transpose()?;
    let mut former_names = Vec::new();
    for (name, until) in typed.former_names.iter().take(MOST_NAMES) {
        if let Some(name) = text(Field::FormerName, name, fields::name)? {
            former_names.push((name, day(Field::FormerName, until)?));
        }
    }
    let facts = FirmFacts {
        uscc,
        name,
        former_names,
        region,
        established_on: day(Field::EstablishedOn, &typed.established_on)?,
        entered_on: day(Field::EnteredOn, &typed.entered_on)?,
        site_address: text(Field::SiteAddress, &typed.site_address, fields::line)?,
        area_sqm: typed.area_sqm,
        rd_on_site: typed.rd_on_site,
        field: text(Field::Field, &typed.field, fields::line)?,
        agreement_no: text(Field::AgreementNo, &typed.agreement_no, fields::line)?,
        incubation_deadline: day(Field::IncubationDeadline, &typed.incubation_deadline)?,
        contact_name: text(Field::ContactName, &typed.contact_name, fields::line)?,
        contact_phone: text(Field::ContactPhone, &typed.contact_phone, fields::phone)?,
        holder: filled(&typed.holder_jwk).map(holder).transpose()?,
        state: typed.state,
    };
    match disorder(&facts, today) {
        Some((field, day, flaw)) => {
            Err(Failure { code: "DATE-ORDER", ..flawed(field, &day.to_string(), &flaw) })
        }
        None => Ok(facts),
    }
}

/// The first date that cannot be as the others are: which field, its day, and why.
pub(crate) fn disorder(facts: &FirmFacts, today: NaiveDate) -> Option<(Field, NaiveDate, Text)> {
    if let Some(established) = facts.established_on {
        if let Err(flaw) = fields::not_in_future(established, today) {
            return Some((Field::EstablishedOn, established, flaw));
        }
        if let Some(entered) = facts.entered_on.filter(|entered| *entered < established) {
            let flaw = told(
                format!("早于成立日期{}。", civil::date_zh(established)),
                format!("it is before the firm was established ({established})"),
            );
            return Some((Field::EnteredOn, entered, flaw));
        }
    }
    let (entered, deadline) = (facts.entered_on?, facts.incubation_deadline?);
    (deadline < entered).then(|| {
        let flaw = told(
            format!("早于入驻日期{}。", civil::date_zh(entered)),
            format!("it is before the firm entered ({entered})"),
        );
        (Field::IncubationDeadline, deadline, flaw)
    })
}

fn holder(jwk: &str) -> Result<PublicKey, Failure> {
    fields::holder_key(jwk)
        .map_err(|flaw| Failure { code: "KEY-HOLDER", ..flawed(Field::HolderKey, jwk, &flaw) })
}

fn same_code(writer: &Writer<'_>, before: Option<&Firm>, facts: &FirmFacts) -> Result<(), Failure> {
    let Some(before) = before.filter(|before| before.uscc != facts.uscc) else { return Ok(()) };
    match writer.count_credentials_about(CredentialDirection::Issued, &before.uscc)? {
        0 => Ok(()),
        issued => Err(Failure::refused(
            "FIRM-CODE",
            format!("已向代码 {} 签发了 {issued} 份凭证，代码不能再改，没有保存。", before.uscc),
            format!(
                "{issued} credentials were issued to {}; the code cannot be changed any more, and nothing was kept",
                before.uscc
            ),
            "统一社会信用代码终身不变。确为录错时，请撤销已签发的凭证，并把企业另行录入。",
            "a code never changes; if it was mistyped, revoke what was issued and enter the firm anew",
        )),
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn flawed(field: Field, text: &str, flaw: &Text) -> Failure {
    let label = field.label();
    let code = match field {
        Field::Uscc => "FMT-USCC",
        _ => "FIRM-FIELD",
    };
    let shown: String = text.chars().take(60).collect();
    Failure::input(
        code,
        told(
            format!("“{}”填写的“{shown}”不合要求，没有保存：{}", label.zh, flaw.zh),
            format!("{} {shown:?} cannot be kept: {}", label.en(), flaw.en()),
        ),
        Text::fixed("请改正该字段后再保存。", "correct that field and save again"),
    )
}

fn absent() -> Failure {
    Failure::refused(
        "FIRM-NONE",
        "名册中没有这家企业，可能已在别处删除。没有作任何改动。".to_owned(),
        "the register has no such firm; nothing was changed".to_owned(),
        "请回到名册重新查找。",
        "look for it in the register again",
    )
}

fn twice(uscc: Uscc) -> Failure {
    Failure::refused(
        "FIRM-TWICE",
        format!("名册中已有统一社会信用代码为 {uscc} 的企业，没有保存。"),
        format!("the register has a firm with the code {uscc}; nothing was kept"),
        "请按代码查找并修改已有的那家企业。",
        "find that firm by its code and change it",
    )
}
