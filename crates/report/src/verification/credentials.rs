//! 资质明细: every credential in a row of its own, and the checklist as an annex.

use zizhi_model::{Outcome, Provenance, Verdict};
use zizhi_verify::report::{CredentialReport, FirmFacts, ItemReport};
use zizhi_verify::{Grounds, Report};

use super::marks;
use crate::lang::Lang;
use crate::paper::{Block, Column, Field, Row};

/// What people call a credential.
pub(super) fn name(credential: &CredentialReport, lang: Lang) -> String {
    kind(&credential.credential_type, lang)
}

/// What people call a type; a level of some province has no other name than its own.
fn kind(id: &str, lang: Lang) -> String {
    zizhi_verify::type_name(id).map_or_else(|| id.to_owned(), |text| lang.of(&text).to_owned())
}

/// The table of credentials.
pub(super) fn table(report: &Report, grounds: &Grounds, lang: Lang) -> Block {
    if report.credentials.is_empty() {
        return Block::text(
            lang.pick("档案中没有可读的资质凭证。", "The dossier holds no readable credential."),
        );
    }
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::words(lang.pick("资质名称／编号", "Qualification, number"), 43),
        Column::words(lang.pick("颁发机构", "Issuer"), 0),
        Column::short(lang.pick("有效期至", "Valid until"), 22),
        Column::words(lang.pick("来源／互认", "Provenance, taken"), 24),
        Column::words(lang.pick("核验结果", "Result"), 26),
    ];
    let firm = report.dossier.as_ref().map(|dossier| &dossier.firm);
    let rows = (1..).zip(&report.credentials).map(|(number, credential)| {
        let said = basis(credential, grounds, lang);
        row(number, credential, firm, said, lang)
    });
    Block::Table { columns, rows: rows.collect() }
}

fn row(
    number: usize,
    credential: &CredentialReport,
    firm: Option<&FirmFacts>,
    said: String,
    lang: Lang,
) -> Row {
    let mut named = vec![name(credential, lang)];
    named.extend(credential.number.clone());
    let issuer = credential.issuer.as_ref();
    let issuer = issuer.map(|issuer| {
        // A firm that declares something itself is in no register of issuers.
        let own = firm.filter(|firm| firm.uscc == issuer.uscc).map(|firm| firm.name.clone());
        issuer.name.clone().or(own).unwrap_or_else(|| issuer.uscc.clone())
    });
    let provenance = credential.provenance.map(|provenance| tag(provenance, lang));
    // How it would be taken is no question for what does not hold.
    let holds = credential.verdict != Verdict::Failed;
    let mode = holds.then(|| lang.pick(credential.mode.zh(), credential.mode.en()).to_owned());
    let mut result = vec![marks::verdict_word(credential.verdict, lang)];
    result.extend(marks::state(credential, lang));
    Row {
        cells: vec![
            vec![number.to_string()],
            named,
            vec![issuer.unwrap_or_else(|| "—".to_owned())],
            vec![credential.valid_until.clone().unwrap_or_else(|| "—".to_owned())],
            provenance.into_iter().chain(mode).collect(),
            result,
        ],
        note: Some(Field::new(lang.pick("说明／依据", "Basis"), said)),
    }
}

/// 【直签】【背书】【自述】
fn tag(provenance: Provenance, lang: Lang) -> String {
    match lang {
        Lang::Zh => match provenance {
            Provenance::Direct => "【直签】",
            Provenance::Attested => "【背书】",
            Provenance::Declared => "【自述】",
        }
        .to_owned(),
        Lang::En => format!("[{}]", provenance.en()),
    }
}

/// What it rests on with the rule, what the credential counts as, what has to be added, and the codes of what was
/// found.
fn basis(credential: &CredentialReport, grounds: &Grounds, lang: Lang) -> String {
    let mut said = vec![lang.of(&grounds.taken(credential)).to_owned()];
    if let Some(local) = &credential.maps_to {
        said.push(format!("{}{}", lang.pick("计为：", "counts as "), kind(local, lang)));
    }
    if !credential.supplements.is_empty() {
        let titles: Vec<String> =
            credential.supplements.iter().map(|wanted| lang.of(&wanted.title).to_owned()).collect();
        said.push(format!("{}{}", lang.pick("须补充：", "to be added: "), lang.list(&titles)));
    }
    let mut codes: Vec<String> = Vec::new();
    for check in credential.checks.iter().filter(|check| check.outcome >= Outcome::Warning) {
        let code = check.code.to_string();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if !codes.is_empty() {
        said.push(format!("{}{}", lang.pick("见 ", "see "), lang.list(&codes)));
    }
    said.join(lang.pick("；", "; "))
}

/// A checklist of so many items stays in one piece, below the signature where there is room for it; a longer one has
/// pages of its own.
const SHORT: usize = 15;

/// The checklist, item by item; nothing where there was no rule pack to hold one.
pub(super) fn annex(report: &Report, grounds: &Grounds, lang: Lang) -> Vec<Block> {
    if report.items.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::short(lang.pick("序号", "No."), 11),
        Column::words(lang.pick("材料", "Item"), 0),
        Column::short(lang.pick("要求", "Need"), 20),
        Column::words(lang.pick("状态", "State"), 27),
        Column::words(lang.pick("对应材料", "Answered by"), 56),
    ];
    let rows = (1..).zip(&report.items).map(|(number, item)| Row {
        cells: vec![
            vec![number.to_string()],
            vec![lang.of(&item.title).to_owned()],
            vec![
                if item.required { lang.pick("必备", "required") } else { lang.pick("可选", "optional") }
                    .to_owned(),
            ],
            vec![marks::item(item, lang)],
            answers(report, item, lang),
        ],
        note: None,
    });
    let title = lang.pick("附件：材料清单核对表", "Annex: the checklist");
    let table = Block::Table { columns, rows: rows.collect() };
    let below = asked_by(report, grounds, lang);
    if report.items.len() > SHORT {
        let head = [Block::Annex { text: title.to_owned() }, table];
        return head.into_iter().chain(below).collect();
    }
    let blocks = [Block::heading(title), table].into_iter().chain(below).collect();
    vec![Block::Together { blocks }]
}

/// Why the items are asked for: each law or agreement once, with the rows that rest on it.
fn asked_by(report: &Report, grounds: &Grounds, lang: Lang) -> Vec<Block> {
    let mut cited: Vec<(&str, Vec<String>)> = Vec::new();
    for (number, item) in (1..).zip(&report.items) {
        let Some(basis) = grounds.item(&item.item_id) else { continue };
        match cited.iter_mut().find(|(known, _)| *known == basis) {
            Some((_, rows)) => rows.push(number.to_string()),
            None => cited.push((basis, vec![number.to_string()])),
        }
    }
    let all = cited.len() == 1 && cited.iter().all(|(_, rows)| rows.len() == report.items.len());
    let note = |(basis, rows): (&str, Vec<String>)| {
        let rows = lang.list(&rows);
        Block::note(match lang {
            Lang::Zh if all => format!("依据：{basis}"),
            Lang::Zh => format!("第{rows}项依据：{basis}"),
            Lang::En if all => format!("Basis: {basis}"),
            Lang::En => format!("Basis of {rows}: {basis}"),
        })
    };
    cited.into_iter().map(note).collect()
}

fn answers(report: &Report, item: &ItemReport, lang: Lang) -> Vec<String> {
    if item.by.is_empty() {
        return vec!["—".to_owned()];
    }
    let named = item.by.iter().map(|path| {
        let row = report.credentials.iter().position(|credential| credential.path == *path);
        match row {
            Some(row) => {
                let name = super::subjects::name(report, path, lang);
                match lang {
                    Lang::Zh => format!("资质第{}项　{name}", row + 1),
                    Lang::En => format!("{}. {name}", row + 1),
                }
            }
            None => super::subjects::name(report, path, lang),
        }
    });
    named.collect()
}
