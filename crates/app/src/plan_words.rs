//! What to say about an item of the checklist: what is missing or ends soon, and what to do about it.

use zizhi_credential::{Path, Step};
use zizhi_model::{RecognitionMode, Text};
use zizhi_rules::dcql;
use zizhi_rules::pack::{Item, RulePack};
use zizhi_store::DraftFile;
use zizhi_verify::Library;

use crate::claim_lines::metadata;
use crate::draft_body::Fields;
use crate::failure::told;
use crate::firm::nfc;
use crate::hold_credentials::Held;
use crate::plan_evidence::{Evidence, Taken};
use crate::plan_facts::label;
use crate::plan_kinds::kind_name;
use crate::plan_readiness::Readiness;
use crate::rule_book::types;

/// The kind of attachment that ties names together.
pub(crate) const NAME_NOTICE: &str = "name_change_notice";

/// What a remark is made from.
pub(crate) struct Asked<'a> {
    pub(crate) item: &'a Item,
    /// The firm's code.
    pub(crate) uscc: &'a str,
    pub(crate) pack: &'a RulePack,
    pub(crate) state: Readiness,
    pub(crate) used: &'a [(&'a Evidence<'a>, &'a Taken<'a>)],
    pub(crate) outstanding: &'a [Text],
    pub(crate) findings: Vec<Text>,
    /// Claims that rules look at and the attachments that answer the item do not tell.
    pub(crate) unread: &'a [&'a str],
    pub(crate) unfit: &'a [Unfit<'a>],
    pub(crate) candidates: &'a [&'a Held],
    pub(crate) fields: &'a Fields,
    pub(crate) files: &'a [DraftFile],
    pub(crate) library: &'a Library,
}

/// A held credential of a type that is asked for which does not answer the item, the claims that it lacks, and those whose
/// values are not accepted.
pub(crate) struct Unfit<'h> {
    held: &'h Held,
    lacks: Vec<Text>,
    others: Vec<Text>,
}

/// Those of what is held that stand and do not answer the item although they are of a type that it asks for.
pub(crate) fn unfit<'h>(item: &Item, all: &[Evidence<'h>], library: &Library) -> Vec<Unfit<'h>> {
    let queries = || item.evidence.query.iter().flat_map(|query| &query.credentials);
    let unfit = |evidence: &Evidence<'h>| {
        let authorities = evidence.authorities();
        let candidate = evidence.candidate(&authorities);
        if queries().any(|asked| asked.matched(0, &candidate).is_some()) {
            return None;
        }
        let lacking = queries().find_map(|asked| asked.lacking(&candidate))?;
        let label = |claim: &dcql::ClaimQuery| {
            claim_label(candidate.vct, &claim.path.iter().map(step).collect(), library)
        };
        let (others, lacks): (Vec<_>, Vec<_>) = lacking.into_iter().partition(|(_, there)| *there);
        let labels =
            |claims: Vec<(&dcql::ClaimQuery, bool)>| claims.iter().map(|(claim, _)| label(claim)).collect();
        Some(Unfit { held: evidence.held, lacks: labels(lacks), others: labels(others) })
    };
    all.iter().filter(|evidence| evidence.held.looked.standing.usable()).filter_map(unfit).collect()
}

fn step(step: &dcql::Step) -> Step<'_> {
    match step {
        dcql::Step::Key(name) => Step::Member(name.as_str().into()),
        dcql::Step::Index(index) => Step::Element(*index),
        dcql::Step::All => Step::Element(0),
    }
}

/// What a claim of a type is called.
fn claim_label(vct: &str, path: &Path<'_>, library: &Library) -> Text {
    let label = metadata(vct, Some(library.trust())).and_then(|metadata| metadata.label(path));
    label.unwrap_or_else(|| Text { zh: path.to_string().into(), en: None })
}

/// Everything there is to say, sentence after sentence; nothing where all is well.
pub(crate) fn remark(asked: &Asked<'_>) -> Option<Text> {
    let mut said: Vec<Text> = Vec::new();
    if asked.state == Readiness::Missing {
        said.extend(missing(asked));
    }
    said.extend(asked.findings.iter().cloned());
    if !asked.unread.is_empty() {
        said.push(by_hand(asked));
    }
    if asked.state != Readiness::Missing && !asked.unfit.is_empty() {
        let (zh, en) = lacking(asked.unfit);
        said.push(told(
            format!("另持有的{zh}，不能用于这一项。"),
            format!("Also held: {en}, which does not answer this."),
        ));
    }
    for (evidence, taken) in asked.used {
        said.extend(evidence.held.looked.remark.clone());
        said.extend(taken.findings.iter().filter_map(|finding| finding.message.clone()));
        said.extend(mode(evidence.held, taken));
        said.extend(old_name(evidence.held, asked));
    }
    if !asked.outstanding.is_empty() {
        said.push(to_add(asked.outstanding));
    }
    let mut told: Option<Text> = None;
    let mut known: Vec<Text> = Vec::new();
    for sentence in said {
        if known.contains(&sentence) {
            continue;
        }
        known.push(sentence.clone());
        told = Some(match told {
            None => sentence,
            Some(before) => crate::told(
                format!("{}{}", ended(&before.zh, "。！？；", "。"), sentence.zh),
                format!("{} {}", ended(before.en(), ".!?;", "."), sentence.en()),
            ),
        });
    }
    told
}

/// A sentence with its mark at the end: what a rule says of itself may stand without.
fn ended<'s>(sentence: &'s str, marks: &str, mark: &str) -> std::borrow::Cow<'s, str> {
    if sentence.ends_with(|last| marks.contains(last)) {
        sentence.into()
    } else {
        format!("{sentence}{mark}").into()
    }
}

fn missing(asked: &Asked<'_>) -> Option<Text> {
    let (usable, over): (Vec<&Held>, Vec<&Held>) =
        asked.candidates.iter().partition(|held| held.looked.standing.usable());
    if !usable.is_empty() {
        let (zh, en) = listed(usable.iter().map(|held| held.label()));
        return Some(told(format!("您持有{zh}，选入即可。"), format!("You hold {en}: choose it.")));
    }
    if let (Some(held), true) = (over.first(), asked.unfit.is_empty()) {
        let label = held.label();
        let why =
            held.looked.remark.clone().unwrap_or(Text::fixed("已不能使用。", "it cannot be used any more."));
        return Some(told(
            format!("您持有的{}{}", label.zh, why.zh),
            format!("You hold {}: {}", label.en(), why.en()),
        ));
    }
    let kinds = asked.item.evidence.attachment_kinds.iter().map(|kind| kind_name(kind, Some(asked.pack)));
    let kinds: Vec<Text> = kinds.collect();
    let types = types(asked.item, asked.library);
    let credential = (!types.is_empty()).then(|| {
        let (zh, en) = listed(types.into_iter());
        if asked.unfit.iter().any(|unfit| !unfit.lacks.is_empty()) {
            return (
                "请签发方补上后重新签发，再导入".to_owned(),
                "ask its issuer for one that has it, and import that".to_owned(),
            );
        }
        if !asked.unfit.is_empty() {
            return (format!("请另交一份符合要求的{zh}凭证"), format!("bring another {en} that does"));
        }
        (
            format!("请向签发方申领{zh}凭证，或请在园孵化器核验背书后导入"),
            format!("ask its issuer for {en}, or have it attested by your incubator, and import it"),
        )
    });
    let file = (!kinds.is_empty()).then(|| {
        let (zh, en) = listed(kinds.into_iter());
        (format!("请附上{zh}（PDF、OFD或图片）"), format!("attach {en} as PDF, OFD or image"))
    });
    let (zh, en) = match (credential, file) {
        (Some((zh, en)), None) | (None, Some((zh, en))) => (zh, en),
        (Some((zh, en)), Some((zh2, en2))) if asked.item.evidence.any => {
            (format!("{zh}；或{}", zh2.trim_start_matches('请')), format!("{en}; or {en2}"))
        }
        (Some((zh, en)), Some((zh2, en2))) => {
            (format!("{zh}；并{}", zh2.trim_start_matches('请')), format!("{en}; and {en2}"))
        }
        (None, None) => return None,
    };
    if asked.unfit.is_empty() {
        return Some(told(format!("尚未准备。{zh}。"), format!("Nothing answers it yet: {en}.")));
    }
    let (unfit_zh, unfit_en) = lacking(asked.unfit);
    Some(told(
        format!("您持有的{unfit_zh}，不能用于这一项。{zh}。"),
        format!("You hold {unfit_en}, which does not answer this: {en}."),
    ))
}

/// Held credentials that do not answer an item, each with what it lacks.
fn lacking(unfit: &[Unfit<'_>]) -> (String, String) {
    let each = unfit.iter().map(|unfit| {
        let label = unfit.held.label();
        if unfit.lacks.is_empty() && !unfit.others.is_empty() {
            let (zh, en) = listed(unfit.others.iter().cloned());
            return told(
                format!("{}的“{zh}”不在接受的范围内", label.zh),
                format!("{}, whose “{en}” is not accepted", label.en()),
            );
        }
        if unfit.lacks.is_empty() {
            return told(
                format!("{}由不在接受范围内的单位签发", label.zh),
                format!("{} of an issuer that is not taken", label.en()),
            );
        }
        let (zh, en) = listed(unfit.lacks.iter().cloned());
        told(format!("{}没有“{zh}”", label.zh), format!("{} without “{en}”", label.en()))
    });
    listed(each)
}

/// That a rule looks at what no attachment tells, so that a person has to.
fn by_hand(asked: &Asked<'_>) -> Text {
    let queries = asked.item.evidence.query.iter().flat_map(|query| &query.credentials);
    let vct = queries.flat_map(|query| query.vct_values.iter().flatten()).next();
    let labels = asked.unread.iter().map(|name| {
        let path = Path::parse(name).unwrap_or_default();
        claim_label(vct.map_or("", String::as_str), &path, asked.library)
    });
    let (zh, en) = listed(labels);
    let (types_zh, types_en) = listed(types(asked.item, asked.library).into_iter());
    told(
        format!(
            "程序读不出附件里的“{zh}”，核验时这一项待定，由接收方人工核对；有{types_zh}凭证的，请选凭证。"
        ),
        format!(
            "The program does not read “{en}” in an attachment, so that this is left open for the destination to look at; where you hold {types_en}, choose that."
        ),
    )
}

/// What follows from how the destination takes a credential.
fn mode(held: &Held, taken: &Taken<'_>) -> Option<Text> {
    let title = held.looked.title();
    let (zh, en) = match taken.mode {
        RecognitionMode::Direct | RecognitionMode::Equivalent | RecognitionMode::Supplement => return None,
        RecognitionMode::Recertify => ("在当地须重新认定，不能直接沿用。", "has to be certified again there"),
        RecognitionMode::Reference => ("在当地仅作参考。", "is for reference only there"),
        RecognitionMode::None => ("在当地不予互认。", "is not recognised there"),
    };
    Some(told(format!("{}{zh}", title.zh), format!("{} {en}.", title.en())))
}

/// That a rule cannot be decided before the firm has stated these facts.
pub(crate) fn to_state(names: &[&str]) -> Text {
    let (zh, en) = listed(names.iter().map(|name| label(name)));
    told(
        format!("须先在“基本信息”中填写：{zh}，才能判断这一项。"),
        format!("State on the first step, so that this can be decided: {en}."),
    )
}

fn to_add(outstanding: &[Text]) -> Text {
    let (zh, en) = listed(outstanding.iter().cloned());
    told(format!("接收方还需要：{zh}。"), format!("The destination also needs: {en}."))
}

/// A paper under an earlier name: what ties the names together, if it is not there yet.
fn old_name(held: &Held, asked: &Asked<'_>) -> Option<Text> {
    let name = &held.row.subject_name;
    if held.row.subject_uscc.as_str() != asked.uscc || *name == nfc(asked.fields.name.trim()) {
        return None;
    }
    let told_of = asked.fields.former_names.iter().any(|former| nfc(former.name.trim()) == *name);
    let proved = asked.files.iter().any(|file| file.kind == NAME_NOTICE);
    match (told_of, proved) {
        (true, true) => None,
        (true, false) => Some(told(
            format!("证书上是曾用名“{name}”，请附准予变更登记通知书，否则接收方会提出警告。"),
            format!(
                "It bears the former name {name:?}: attach the notice of the change, or the destination will warn."
            ),
        )),
        (false, _) => Some(told(
            format!("证书上的名称是“{name}”，与现名不同：请在曾用名中写明，并附准予变更登记通知书。"),
            format!(
                "It bears the name {name:?}: name it among the former names and attach the notice of the change."
            ),
        )),
    }
}

fn listed(names: impl Iterator<Item = Text>) -> (String, String) {
    let names: Vec<Text> = names.collect();
    let zh: Vec<&str> = names.iter().map(|name| name.zh.as_ref()).collect();
    let en: Vec<&str> = names.iter().map(Text::en).collect();
    (zh.join("、"), en.join(", "))
}
