//! Saves what was typed into a draft, with every keystroke and as it was typed; and removes a draft.

use zizhi_model::money::Fen;

use crate::add_to_dossier::no_fact;
use crate::draft_body::{Fields, KIND, Stage, TEXT, TypedFact, change, read, signed};
use crate::failure::Failure;
use crate::firm::Firm;
use crate::plan_facts;

/// Characters of one field, so that a whole book pasted by mistake is refused.
const LONGEST: usize = 1_000_000;
/// The end of the name of an amount in 分 (formats.md §0).
const FEN: &str = "_fen";

/// Saves all fields. Nothing is written where nothing changed.
///
/// # Errors
/// `DRAFT-SIGNED`, `DRAFT-ABSENT`, `DRAFT-LONG`; as every write to the database.
pub fn save(firm: &Firm<'_>, id: &str, fields: Fields) -> Result<(), Failure> {
    let kept = read(&firm.database.reader()?, id)?;
    if kept.body.fields == fields {
        return Ok(());
    }
    if longest(&fields) > LONGEST {
        return Err(long());
    }
    change(firm, id, "draft.saved", TEXT, |_, kept| {
        kept.body.fields = fields;
        Ok(())
    })
}

/// Sets facts that are written `name=value`, as they would be typed; an empty value takes the fact out. An amount whose
/// name ends in `_fen` is whole 分, as in the signed manifest, unless it has a unit. Gives all facts as they are then.
///
/// # Errors
/// `DRAFT-FACT` if one has no `=`; as [`save`].
pub fn state(firm: &Firm<'_>, id: &str, facts: &[String]) -> Result<Vec<TypedFact>, Failure> {
    let mut fields = read(&firm.database.reader()?, id)?.body.fields;
    for fact in facts {
        let (name, value) = fact.split_once('=').ok_or_else(|| no_fact(fact))?;
        let name = name.trim();
        if name.is_empty() {
            return Err(no_fact(fact));
        }
        fields.facts.retain(|known| known.name != name);
        if !value.is_empty() {
            let value = if name.ends_with(FEN) { in_yuan(fact, value)? } else { value.to_owned() };
            fields.facts.push(TypedFact { name: name.to_owned(), value });
        }
    }
    // What cannot be read is told now, and not when it is signed.
    if let Some(failure) = plan_facts::facts(&fields.facts).1.pop() {
        return Err(failure);
    }
    save(firm, id, fields.clone())?;
    Ok(fields.facts)
}

/// An amount as a form has it, where a number without a unit is 元.
fn in_yuan(fact: &str, value: &str) -> Result<String, Failure> {
    let value = value.trim();
    if value.ends_with('元') || value.starts_with(['¥', '￥']) {
        return Ok(value.to_owned());
    }
    let fen: i64 = value.parse().map_err(|error| no_fen(fact).because(error))?;
    Ok(Fen(fen).yuan())
}

/// Removes a draft that nothing was signed from.
///
/// # Errors
/// `DRAFT-SIGNED`, `DRAFT-ABSENT`; as every write to the database.
pub fn remove(firm: &Firm<'_>, id: &str) -> Result<(), Failure> {
    let entry = firm.entry("draft.removed")?.about(KIND, id);
    let writer = firm.database.writer()?;
    let kept = read(&writer, id)?;
    if kept.stage != Stage::Draft || !kept.sent.is_empty() {
        return Err(signed(&kept.row.title));
    }
    let files = writer.draft_files(id)?;
    writer.remove_draft(id)?;
    for file in files {
        writer.forget_original(&file.sha256)?;
    }
    writer.commit(&entry)?;
    Ok(())
}

fn longest(fields: &Fields) -> usize {
    let texts = [&fields.title, &fields.name, &fields.origin_region];
    let names = fields.former_names.iter().map(|former| &former.name);
    let facts = fields.facts.iter().flat_map(|fact| [&fact.name, &fact.value]);
    let consents =
        fields.consents.iter().flat_map(|it| [&it.recipient, &it.purpose].into_iter().chain(&it.kinds));
    let all = texts.into_iter().chain(names).chain(facts).chain(consents);
    all.map(|text| text.chars().count()).max().unwrap_or(0)
}

fn no_fen(fact: &str) -> Failure {
    Failure::refused(
        "DRAFT-FACT",
        format!("“{fact}”的金额应为以分为单位的整数，草稿没有改动。"),
        format!("the amount of {fact:?} has to be whole 分; the draft was not changed"),
        "例如 3000 元写成 redemption.amount_fen=300000，或带单位写成 redemption.amount_fen=3000元。",
        "¥3,000 is redemption.amount_fen=300000, or with its unit redemption.amount_fen=3000元",
    )
}

fn long() -> Failure {
    Failure::refused(
        "DRAFT-LONG",
        format!("有一栏超过{LONGEST}个字，这次输入没有保存，之前的内容还在。"),
        format!(
            "a field has more than {LONGEST} characters; this input was not kept, what was there before is"
        ),
        "请缩短该栏；长材料请作为附件加入。",
        "make it shorter; attach long documents as files",
    )
}
