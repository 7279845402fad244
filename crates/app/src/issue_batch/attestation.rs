//! How the original of a paper was seen (核验背书).

use chrono::NaiveDate;
use serde_json::{Map, Value};
use zizhi_credential::types::{PathPart, TypeMetadata};
use zizhi_model::{OrgId, Text, Uscc, civil};

use crate::failure::{Failure, told};
use crate::register_fields as fields;

/// How an original was seen, as a person typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attestation {
    /// 原件核对, 官网查询, 扫码核验 or 数据接口; in either language or as it is stored.
    pub method: String,
    /// In which system.
    pub system: String,
    /// At which address; empty for none.
    pub url: String,
    /// On which day.
    pub checked_on: String,
    /// By whom.
    pub operator: String,
}

impl Attestation {
    /// The claim `attested` of formats.md §1.
    pub(super) fn claim(
        &self,
        metadata: &TypeMetadata,
        by: &Uscc,
        today: NaiveDate,
    ) -> Result<Value, Failure> {
        let line = |label: (&str, &str), text: &str| -> Result<Value, Failure> {
            let line = fields::line(text).map_err(|flaw| unfit(label, &flaw))?;
            if line.is_empty() { Err(unfit(label, &missing())) } else { Ok(line.into()) }
        };
        let mut claim = Map::new();
        claim.insert("by".to_owned(), OrgId::from(*by).to_string().into());
        claim.insert("method".to_owned(), self.method(metadata)?.into());
        claim.insert("system".to_owned(), line(("核验系统", "system"), &self.system)?);
        let when = ("核验日期", "day of the check");
        let checked_on = fields::date(&self.checked_on).map_err(|flaw| unfit(when, &flaw))?;
        if checked_on > today {
            let flaw = told(
                format!("{}还没有到。", civil::date_zh(checked_on)),
                format!("{checked_on} is in the future"),
            );
            return Err(unfit(when, &flaw));
        }
        claim.insert("checked_on".to_owned(), checked_on.to_string().into());
        claim.insert("operator".to_owned(), line(("核验人", "operator"), &self.operator)?);
        let url = self.url.trim();
        if !url.is_empty() {
            let web = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
            if !web || url.contains(char::is_whitespace) {
                let flaw = Text::fixed("应以 https:// 开头。", "it begins with https://");
                return Err(unfit(("核验网址", "address"), &flaw));
            }
            claim.insert("url".to_owned(), line(("核验网址", "address"), url)?);
        }
        Ok(claim.into())
    }

    fn method(&self, metadata: &TypeMetadata) -> Result<String, Failure> {
        let typed = fields::tidy(&self.method);
        let is_method = |path: &[PathPart]| match path {
            [PathPart::Member(outer), PathPart::Member(inner)] => outer == "attested" && inner == "method",
            _ => false,
        };
        let choices =
            metadata.claims.iter().filter(|claim| is_method(&claim.path)).flat_map(|claim| &claim.choices);
        let mut named = choices.filter(|choice| {
            let labels = choice.display.iter().map(|display| display.label.to_lowercase());
            choice.value == typed || labels.into_iter().any(|label| label.starts_with(&typed.to_lowercase()))
        });
        let found = named.next().filter(|_| !typed.is_empty()).map(|choice| choice.value.clone());
        let flaw = Text::fixed(
            "请选择原件核对、官网查询、扫码核验或数据接口。",
            "choose one of original checked, looked up on the official site, code scanned, data interface",
        );
        found.ok_or_else(|| unfit(("核验方式", "method"), &flaw))
    }
}

/// Nothing was said about how the original was seen.
pub(super) fn none() -> Failure {
    Failure::input(
        "ISSUE-ATTESTED",
        Text::fixed(
            "核验背书须写明怎样核对了原件，没有签发。",
            "an attested paper says how its original was seen; nothing was issued",
        ),
        Text::fixed("请填写核验方式、系统、日期和核验人。", "give method, system, day and operator"),
    )
}

fn unfit(label: (&str, &str), flaw: &Text) -> Failure {
    Failure::input(
        "ISSUE-ATTESTED",
        told(
            format!("核验背书的“{}”不合要求，没有签发：{}", label.0, flaw.zh),
            format!("the {} of the attestation cannot be used; nothing was issued: {}", label.1, flaw.en()),
        ),
        Text::fixed("请改正后再签发。", "correct it and issue again"),
    )
}

fn missing() -> Text {
    Text::fixed("没有填写。", "it is empty")
}
