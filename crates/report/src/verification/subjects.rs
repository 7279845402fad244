//! What a finding is about, as a reader of the paper finds it there.

use zizhi_model::Check;
use zizhi_verify::Report;

use crate::lang::Lang;

/// The subjects of several findings in one line: credentials by the number of their row, everything else
/// by name.
pub(super) fn line(report: &Report, checks: &[&Check], lang: Lang) -> String {
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    for check in checks {
        let row = report.credentials.iter().position(|credential| *credential.path == *check.subject);
        match row {
            Some(row) => push(&mut rows, (row + 1).to_string()),
            None => push(&mut names, name(report, &check.subject, lang)),
        }
    }
    let numbers = lang.list(&rows);
    let numbers = match (lang, rows.len()) {
        (_, 0) => None,
        (Lang::Zh, _) => Some(format!("资质第{numbers}项")),
        (Lang::En, 1) => Some(format!("qualification {numbers}")),
        (Lang::En, _) => Some(format!("qualifications {numbers}")),
    };
    let all: Vec<String> = numbers.into_iter().chain(names).collect();
    lang.list(&all)
}

fn push(to: &mut Vec<String>, text: String) {
    if !to.contains(&text) {
        to.push(text);
    }
}

/// What to call a paper or an item of the checklist that a check is about; nothing for the dossier as a whole
/// and what it rests on.
#[must_use]
pub fn paper_name(report: &Report, subject: &str, lang: Lang) -> Option<String> {
    let credential = report.credentials.iter().find(|credential| credential.path == *subject);
    if let Some(credential) = credential {
        return Some(super::credentials::name(credential, lang));
    }
    if let Some(item) = report.items.iter().find(|item| item.item_id == *subject) {
        return Some(lang.of(&item.title).to_owned());
    }
    let attachments = report.dossier.iter().flat_map(|dossier| &dossier.attachments);
    attachments
        .into_iter()
        .find(|attachment| attachment.path == *subject)
        .map(|attachment| attachment.name.clone())
}

/// What to call one subject.
pub(super) fn name(report: &Report, subject: &str, lang: Lang) -> String {
    if let Some(paper) = paper_name(report, subject, lang) {
        return paper;
    }
    let (zh, en) = match subject {
        "dossier" => ("整份档案", "the dossier"),
        "manifest.jwt" => ("档案目录", "the manifest"),
        "request" => ("核验请求", "the request"),
        "rule_pack" => ("互认规则包", "the rule pack"),
        "trust" => ("信任数据", "the trust data"),
        other => return other.to_owned(),
    };
    lang.pick(zh, en).to_owned()
}
