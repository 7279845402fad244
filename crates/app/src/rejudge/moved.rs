//! What moved a verdict: kept with its notice in the sentences of the two reports, told as one.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use zizhi_model::{CheckCode, Outcome, Text, Verdict, catalogue};
use zizhi_store::{ChangeNotice, DecisionOutcome, Why};
use zizhi_verify::Report;

use crate::failure::told;
use crate::report_words::of_paper;
use crate::told_decision::outcome_name;

/// Sentences that are told of those that came, and of those that went; more are counted.
const SAID: usize = 3;

/// What a notice keeps of what is between two reports.
pub(super) fn between(from: Verdict, before: Option<&Report>, after: &Report, why: Why) -> Value {
    let (was, is) = (before.map(findings).unwrap_or_default(), findings(after));
    details((from, after.verdict), (&(&is - &was), &(&was - &is)), before, after, why)
}

/// What a notice keeps: the codes that came and went, and what the reports say of the weightiest of them.
pub(super) fn details(
    (from, to): (Verdict, Verdict),
    (came, went): (&BTreeSet<CheckCode>, &BTreeSet<CheckCode>),
    before: Option<&Report>,
    after: &Report,
    why: Why,
) -> Value {
    let codes = |codes: &BTreeSet<CheckCode>| codes.iter().map(|code| code.as_str()).collect::<Vec<_>>();
    json!({
        "because": why.as_str(),
        "came": codes(came),
        "went": codes(went),
        "found": sentences(after, came),
        "gone": before.map(|before| sentences(before, went)).unwrap_or_default(),
        "from": from.as_str(),
        "to": to.as_str(),
    })
}

/// What had been decided on the case when its verdict moved.
pub(crate) fn decided(why: &Value) -> Option<DecisionOutcome> {
    why.get("decided").and_then(Value::as_str).and_then(DecisionOutcome::parse)
}

/// What happened to a case's verdict, in a sentence: whose it is, from what to what, and why.
pub(crate) fn sentence(notice: &ChangeNotice, number: &str, firm: Option<&str>) -> Text {
    let (from, to) = (notice.from_verdict, notice.to_verdict);
    let (zh_firm, en_firm) =
        firm.map(|firm| (format!("{firm}的"), format!(" of {firm}"))).unwrap_or_default();
    let why = why_moved(&notice.why);
    let (zh_stands, en_stands) = decided(&notice.why).map_or_else(Default::default, |outcome| {
        let outcome = outcome_name(outcome);
        (
            format!("此前已决定“{}”，决定不因此改变；请看是否要联系企业。", outcome.zh),
            format!(" It was “{}” before, which stands; see whether to contact the firm.", outcome.en()),
        )
    });
    told(
        format!("{zh_firm}办件 {number}，核验结论由“{}”变为“{}”。{}{zh_stands}", from.zh(), to.zh(), why.zh),
        format!(
            "Case {number}{en_firm}: the verdict went from “{}” to “{}”. {}{en_stands}",
            from.en(),
            to.en(),
            why.en()
        ),
    )
}

/// What moved a verdict: after what, what was found since, and what is no longer the case.
fn why_moved(why: &Value) -> Text {
    let because = why.get("because").and_then(Value::as_str).and_then(Why::parse).map(after);
    let (zh_after, en_after) = because.unwrap_or(("数据更新后", "After the data changed"));
    let mut parts: Vec<(String, String)> = Vec::new();
    if let Some((zh, en)) = listed(why, "found", "came") {
        parts.push((format!("新发现：{zh}"), format!("this was found: {en}")));
    }
    if let Some((zh, en)) = listed(why, "gone", "went") {
        parts.push((format!("原来的这些情况已不存在：{zh}"), format!("this is no longer the case: {en}")));
    }
    if parts.is_empty() {
        parts.push(("结论随之改变。".to_owned(), "the verdict changed with them.".to_owned()));
    }
    let (zh, en): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
    told(format!("{zh_after}，{}", zh.concat()), format!("{en_after}, {}", en.join(" And ")))
}

const fn after(why: Why) -> (&'static str, &'static str) {
    match why {
        Why::Received => ("收件核验时", "When it was taken in"),
        Why::Trust => ("信任数据更新后", "After trust data changed"),
        Why::Status => ("吊销名单更新后", "After a status list changed"),
        Why::Rules => ("互认规则更新后", "After recognition rules changed"),
        Why::Time => ("有内容到期或数据过时后", "After time passed"),
        Why::Asked => ("人工要求重新核验后", "After somebody asked for it"),
    }
}

/// The sentences that a notice keeps, with how many more there are; the titles of the codes where an earlier program
/// kept no sentences.
fn listed(why: &Value, sentences: &str, codes: &str) -> Option<(String, String)> {
    let of = |name: &str| why.get(name).and_then(Value::as_array).into_iter().flatten();
    let codes: Vec<CheckCode> = of(codes).filter_map(|code| CheckCode::parse(code.as_str()?)).collect();
    let kept: Vec<Text> =
        of(sentences).filter_map(|said| serde_json::from_value(said.clone()).ok()).collect();
    if codes.is_empty() {
        return None;
    }
    if kept.is_empty() {
        let titles: Vec<Text> = codes.into_iter().map(catalogue::title).collect();
        let join = |words: Vec<&str>, and: &str| words.join(and);
        let zh = join(titles.iter().map(|text| text.zh.as_ref()).collect(), "、");
        let en = join(titles.iter().map(Text::en).collect(), ", ");
        return Some((format!("{zh}。"), format!("{en}.")));
    }
    let mut zh: String = kept.iter().map(|text| text.zh.as_ref()).collect();
    let mut en = kept.iter().map(Text::en).collect::<Vec<_>>().join(" ");
    if codes.len() > kept.len() {
        let more = codes.len() - kept.len();
        zh.push_str(&format!("另有 {more} 项，见办件。"));
        en.push_str(&format!(" {more} more, see the case."));
    }
    Some((zh, en))
}

/// What a report says of these codes: of each what weighs most, the weightiest first.
fn sentences(report: &Report, codes: &BTreeSet<CheckCode>) -> Vec<Text> {
    let worst = codes.iter().filter_map(|code| {
        let of_code = report.findings().filter(|check| check.code == *code);
        of_code.reduce(|worst, next| if next.urgency() > worst.urgency() { next } else { worst })
    });
    let mut worst: Vec<_> = worst.collect();
    worst.sort_by_key(|check| std::cmp::Reverse(check.urgency()));
    worst.into_iter().take(SAID).map(|check| of_paper(report, check)).collect()
}

/// The codes of what neither holds nor merely informs.
fn findings(report: &Report) -> BTreeSet<CheckCode> {
    report.findings().filter(|check| check.outcome >= Outcome::Warning).map(|check| check.code).collect()
}
