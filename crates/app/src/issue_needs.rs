//! What a form of issuing has to ask for beyond the type's own claims, what it fills in by itself, and how a
//! number of the type looks.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use zizhi_model::{Text, civil};
use zizhi_rules::dcql::Step;
use zizhi_verify::Library;

use crate::failure::told;
use crate::issue_batch::MONTHS;
use crate::issue_types::{LEVEL, filled_in};
use crate::plan_pack::packs_in_force;
use crate::type_forms::{TypeForm, VALID_UNTIL};

/// Who issued a paper of others, by the names that types have for it.
const BODIES: [&str; 4] = ["authority", "registrar", "body", "office"];
/// The day on which it came into being, by the names that types have for it; the first that a type has counts.
const DAYS: [&str; 5] = ["granted_on", "registered_on", "signed_on", "closed_on", "issued_on"];
/// Types of papers that end: without the last day nobody can say whether one still stands.
const WITH_END: [&str; 9] = [
    "high-tech-enterprise",
    "tech-sme",
    "srdi-sme",
    "little-giant",
    "innovative-sme",
    "zj-tech-sme",
    "management-cert",
    "innovation-voucher",
    "instrument-eligibility",
];

/// Claims without which an attested paper cannot be judged: who issued it, when, and until when it stands.
#[must_use]
pub fn attested_needs(form: &TypeForm) -> Vec<&'static str> {
    let has = |name: &&str| form.fields.iter().any(|field| field.name == *name);
    let mut needs: Vec<&str> = BODIES.into_iter().filter(|name| has(name)).take(1).collect();
    needs.extend(DAYS.into_iter().find(has));
    needs.extend(Some(VALID_UNTIL).filter(|name| has(name) && WITH_END.contains(&form.id.as_str())));
    needs
}

/// A made-up number of the type as it is written; nothing where no form is prescribed.
#[must_use]
pub fn number_sample(kind: &str) -> Option<&'static str> {
    match kind {
        "incubatee-certificate" | "graduation-certificate" => Some("FH-2026-{0001}"),
        "high-tech-enterprise" => Some("GR202534990001"),
        "tech-sme" => Some("202634010408990001"),
        "patent" => Some("ZL202419900001.2"),
        "software-copyright" => Some("2025SR9900001"),
        "tech-contract-registration" => Some("2026340104990001"),
        _ => None,
    }
}

/// The claims that destinations ask for of each type of credential, by the rule packs in force.
#[derive(Debug)]
pub struct AskedFor(BTreeSet<(String, String)>);

impl AskedFor {
    /// Reads the rule packs.
    #[must_use]
    pub fn read(library: &Library, today: NaiveDate) -> Self {
        let mut asked = BTreeSet::new();
        for (_, pack) in packs_in_force(library, today) {
            let items = pack.checklists.iter().flat_map(|list| &list.items);
            let queries = items.filter_map(|item| item.evidence.query.as_ref());
            for query in queries.flat_map(|query| &query.credentials) {
                let names = query.claims.iter().filter_map(|claim| match claim.path.first()? {
                    Step::Key(name) => Some(name),
                    _ => None,
                });
                for name in names {
                    let vcts = query.vct_values.iter().flatten();
                    asked.extend(vcts.map(|vct| (vct.clone(), name.clone())));
                }
            }
        }
        Self(asked)
    }

    fn has(&self, form: &TypeForm, name: &str) -> bool {
        self.0.contains(&(form.vct.clone(), name.to_owned()))
    }
}

/// What is signed where a field of the form stays empty, or what follows from that, by the field's name.
#[must_use]
pub fn hints<'f>(
    form: &'f TypeForm,
    level: Option<&str>,
    asked: &AskedFor,
    today: NaiveDate,
) -> Vec<(&'f str, Text)> {
    let mut hints: Vec<(&str, Text)> = Vec::new();
    let incubatee = form.id == "incubatee-certificate";
    if incubatee {
        let until = civil::last_day_of_term(today, MONTHS);
        hints.push((
            VALID_UNTIL,
            told(
                format!("不填时签到{}；孵化截止日期更早的企业，签到孵化截止日期", civil::date_zh(until)),
                format!("left empty it is {until}, or the day on which a firm's incubation ends if that is earlier"),
            ),
        ));
        hints.push((
            "incubation_deadline",
            Text::fixed(
                "不填时取名册中各企业的孵化截止日期；名册没有的，按入驻日期和技术领域推算最长期限",
                "left empty it is taken from the register, firm by firm; where the register has none, it is the longest term by the day of entry and the field",
            ),
        ));
    }
    let field = form.fields.iter().find(|field| field.name == LEVEL);
    if let (Some(field), Some(level)) = (field, level) {
        let called = field.choices.iter().find(|(value, _)| value == level);
        let (zh, en) = called.map_or((level, level), |(_, label)| (label.zh.as_ref(), label.en()));
        hints.push((
            LEVEL,
            told(
                format!("不填时取信任数据中本单位登记的级别：{zh}"),
                format!("left empty it is the level that the trust data has for this organisation: {en}"),
            ),
        ));
    }
    if form.provenance.contains(&zizhi_model::Provenance::Direct) {
        for name in ["issued_on", "valid_from"] {
            hints.push((
                name,
                told(format!("不填时签{}", civil::date_zh(today)), format!("left empty it is {today}")),
            ));
        }
    }
    hints.retain(|(name, _)| form.fields.iter().any(|field| field.name == *name));
    let filled = filled_in(form, level);
    let needed = attested_needs(form);
    for field in form.fields.iter().filter(|field| !field.required && asked.has(form, &field.name)) {
        let name = field.name.as_str();
        if !filled.contains(&name) && !needed.contains(&name) && hints.iter().all(|(known, _)| *known != name)
        {
            hints.push((
                name,
                Text::fixed(
                    "有的接收方要求出示这一项：不填，企业在那里用不了这份凭证",
                    "some destinations ask to see this: left empty, the firm cannot use the credential there",
                ),
            ));
        }
    }
    hints
}
