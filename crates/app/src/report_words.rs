//! What a report found, in sentences that name the papers they are about.

use zizhi_model::{Check, Text};
use zizhi_report::{Lang, paper_name};
use zizhi_verify::Report;

/// A sentence with the papers that it is about before it, unless it names them all itself.
pub(crate) fn of_papers(papers: &[String], said: &str, lang: Lang) -> String {
    if papers.iter().all(|paper| said.contains(paper.as_str())) {
        return said.to_owned();
    }
    match lang {
        Lang::Zh => format!("{}：{said}", papers.join("、")),
        Lang::En => format!("{}: {said}", papers.join(", ")),
    }
}

/// What a paper or an item of the checklist is called; nothing for the dossier as a whole and what it rests on.
#[must_use]
pub fn paper(report: &Report, subject: &str) -> Option<Text> {
    let name = |lang| paper_name(report, subject, lang);
    Some(Text { zh: name(Lang::Zh)?.into(), en: name(Lang::En).map(Into::into) })
}

/// What a check says, with the paper that it is about.
pub(crate) fn of_paper(report: &Report, check: &Check) -> Text {
    let text = check.text();
    let with = |lang, said: &str| {
        let paper: Vec<String> = paper_name(report, &check.subject, lang).into_iter().collect();
        of_papers(&paper, said, lang)
    };
    Text { zh: with(Lang::Zh, &text.zh).into(), en: Some(with(Lang::En, text.en()).into()) }
}
