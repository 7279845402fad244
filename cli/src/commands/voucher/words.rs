//! Vouchers as data and as lines.

use serde_json::{Value, json};
use zizhi_app::voucher::list::{Line, Page, Part};
use zizhi_app::voucher::{
    Conflict, Decision, Hold, HoldState, Redemption, Settlement, SettlementDirection, SettlementState, round,
    words as app_words,
};
use zizhi_model::civil::{self, rfc3339};
use zizhi_model::money::Fen;

use crate::lang::Lang;
use crate::say::Voice;

/// A voucher as data. Amounts are fen.
pub fn line(line: &Line) -> Value {
    json!({
        "id": line.id, "part": part_word(line.part), "fund": line.fund.0.as_str(), "firm": line.firm.as_str(),
        "amount": line.entry.amount.0, "spent": line.seen.map(|_| line.taken.0.0),
        "held": line.seen.map(|_| line.taken.1.0), "free": line.free().0, "provisional": line.provisional.0,
        "from": line.entry.from.to_string(), "until": line.entry.until.to_string(),
        "kinds": line.entry.kinds, "regions": line.entry.regions, "seen": line.seen.map(rfc3339),
        "revoked": line.revoked, "undecided": line.undecided,
    })
}

/// A voucher with what was done, as data.
pub fn page(page: &Page) -> Value {
    let mut told = line(&page.line);
    if let Some(members) = told.as_object_mut() {
        members.insert("redemptions".to_owned(), page.redemptions.iter().map(redemption).collect());
        members.insert("holds".to_owned(), page.holds.iter().map(hold).collect());
        let receipts = page.receipts.iter().map(|it| json!({
            "id": it.jti.to_string(), "redeemer": it.redeemer.uscc().as_str(), "seq": it.seq, "amount": it.amount.0, "at": it.at,
        }));
        members.insert("receipts".to_owned(), receipts.collect());
        members.insert("conflicts".to_owned(), page.conflicts.iter().map(conflict).collect());
        let others = page.held.iter().filter(|(hold, _)| is_other(page, &hold.jti.to_string()));
        members.insert("holds_of_others".to_owned(), others.map(|(hold, line)| json!({
            "id": hold.jti.to_string(), "redeemer": hold.redeemer.uscc().as_str(), "amount": hold.amount.0, "until": hold.until,
            "open": line.closed_at.is_none(), "reason": line.reason,
        })).collect());
    }
    told
}

/// Whether a hold that the ledger shows is none of this desk.
fn is_other(page: &Page, id: &str) -> bool {
    page.holds.iter().all(|own| own.id.as_deref() != Some(id))
}

/// A redemption as data.
pub fn redemption(row: &Redemption) -> Value {
    json!({
        "key": row.key, "voucher": row.voucher, "amount": row.amount, "kind": row.kind,
        "day": row.day.to_string(), "region": row.region.as_str(), "document": row.document,
        "state": row.state.as_str(), "code": row.code, "reason": row.reason, "conflict": row.conflict,
        "receipt": row.receipt, "redeemed": row.redeemed.map(rfc3339), "settlement": row.settlement,
    })
}

/// A hold as data.
pub fn hold(row: &Hold) -> Value {
    json!({
        "id": row.id, "voucher": row.voucher, "amount": row.amount, "until": rfc3339(row.until),
        "state": row.state.as_str(), "code": row.code, "reason": row.reason,
    })
}

/// A settlement as data.
pub fn settlement(row: &Settlement) -> Value {
    json!({
        "id": row.id, "direction": row.direction.as_str(), "other": row.other.as_str(), "amount": row.amount,
        "at": rfc3339(row.at), "state": row.state.as_str(), "day": row.day.map(|day| day.to_string()),
        "reference": row.reference, "reason": row.reason,
    })
}

fn conflict(it: &Conflict) -> Value {
    json!({
        "id": it.id.to_string(), "redeemer": it.redeemer.uscc().as_str(), "amount": it.redemption.amount.0,
        "kind": it.redemption.kind, "day": it.redemption.day.to_string(), "code": it.code.as_str(), "at": it.at,
        "decision": it.judgement.as_ref().map(|it| match it.decision {
            Decision::Accepted => "accepted",
            Decision::Rejected => "rejected",
        }),
        "reason": it.judgement.as_ref().map(|it| it.reason.clone()),
    })
}

const fn part_word(part: Part) -> &'static str {
    match part {
        Part::Fund => "fund",
        Part::Firm => "firm",
        Part::Redeemer => "redeemer",
    }
}

/// Tells a voucher in two lines.
pub fn tell_line(line: &Line, voice: Voice) {
    let lang = voice.lang;
    let over = match &line.revoked {
        Some(_) => lang.pick("  已撤销", "  revoked"),
        None => "",
    };
    voice.data(&format!("{}  {}{over}", line.id, pick(lang, app_words::part(line.part))));
    if line.undecided > 0 {
        voice.data(&match lang {
            Lang::Zh => format!("    {} 笔待裁定", line.undecided),
            Lang::En => format!("    {} to be decided", line.undecided),
        });
    }
    let seen = match (line.seen, lang) {
        (Some(seen), Lang::Zh) => format!("登记方截至 {}", rfc3339(seen)),
        (Some(seen), Lang::En) => format!("as its ledger had it at {}", rfc3339(seen)),
        (None, Lang::Zh) => "尚未问过登记方".to_owned(),
        (None, Lang::En) => "its ledger was never asked".to_owned(),
    };
    voice.data(&match lang {
        Lang::Zh => format!(
            "    额度 {}，可用 {}，预核销未到账 {}；{} 至 {}；{seen}",
            line.entry.amount.yuan(),
            line.free().yuan(),
            line.provisional.yuan(),
            line.entry.from,
            line.entry.until
        ),
        Lang::En => format!(
            "    {} in all, {} free, {} provisional; {} to {}; {seen}",
            line.entry.amount.yuan(),
            line.free().yuan(),
            line.provisional.yuan(),
            line.entry.from,
            line.entry.until
        ),
    });
}

/// Tells a fund how many redemptions wait for its decision, and how to see them; `waiting` are its vouchers with some.
pub fn tell_undecided(waiting: &[(String, usize)], voice: Voice) {
    let Some((first, _)) = waiting.first() else { return };
    let count: usize = waiting.iter().map(|(_, count)| count).sum();
    voice.advise(&match voice.lang {
        Lang::Zh => format!(
            "有 {count} 笔核销等待本单位裁定（{} 张券）；用 zizhi voucher show {} 查看，用 zizhi voucher decide 裁定",
            waiting.len(),
            first
        ),
        Lang::En => format!(
            "{count} redemptions wait for your decision, on {} vouchers; see them with zizhi voucher show {}, decide with zizhi voucher decide",
            waiting.len(),
            first
        ),
    });
}

/// Tells a voucher with what was done.
pub fn tell_page(page: &Page, voice: Voice) {
    let lang = voice.lang;
    tell_line(&page.line, voice);
    page.redemptions.iter().for_each(|row| tell_redemption(row, voice));
    for row in &page.holds {
        voice.data(&format!(
            "    {} {}  {}  {}  {}",
            lang.pick("预约", "hold"),
            row.id.as_deref().unwrap_or(&row.key),
            Fen(row.amount).yuan(),
            pick(lang, hold_word(row.state)),
            rfc3339(row.until)
        ));
    }
    let own = |key: &str| page.redemptions.iter().any(|own| own.key == key);
    for it in page.receipts.iter().filter(|it| !own(it.key.as_str())) {
        let at = civil::from_numeric_date(it.at).map(rfc3339).unwrap_or_default();
        let (redeemer, amount) = (it.redeemer.uscc(), it.amount.yuan());
        voice.data(&match lang {
            Lang::Zh => format!("    登记方第 {} 笔核销  {redeemer}  {amount}  {at}", it.seq),
            Lang::En => format!("    redemption {} of the ledger  {redeemer}  {amount}  {at}", it.seq),
        });
    }
    for (hold, line) in page.held.iter().filter(|(hold, _)| is_other(page, &hold.jti.to_string())) {
        let until = civil::from_numeric_date(hold.until).map(rfc3339).unwrap_or_default();
        voice.data(&format!(
            "    {} {}  {}  {}  {}  {until}",
            lang.pick("其他机构的预约", "hold of another"),
            hold.jti,
            hold.redeemer.uscc(),
            hold.amount.yuan(),
            if line.closed_at.is_some() {
                lang.pick("已了结", "over")
            } else {
                lang.pick("已预约", "held")
            },
        ));
    }
    for it in &page.conflicts {
        let decided = match it.judgement.as_ref().map(|it| it.decision) {
            None => lang.pick("待裁定", "to be decided"),
            Some(Decision::Accepted) => lang.pick("已裁定：予以核销", "decided: redeemed"),
            Some(Decision::Rejected) => lang.pick("已裁定：不予核销", "decided: not redeemed"),
        };
        voice.data(&format!(
            "    {} {}  {}  {}  {decided} [{}]",
            lang.pick("裁定", "conflict"),
            it.id,
            it.redeemer.uscc(),
            it.redemption.amount.yuan(),
            it.code.as_str()
        ));
    }
}

/// Tells a redemption, and why it is not redeemed.
pub fn tell_redemption(row: &Redemption, voice: Voice) {
    let lang = voice.lang;
    voice.data(&format!(
        "    {} {}  {}  {}",
        lang.pick("核销", "redemption"),
        row.key,
        Fen(row.amount).yuan(),
        pick(lang, app_words::redemption(row.state))
    ));
    if let Some(reason) = &row.reason {
        voice.data(&format!("        {}{reason}", lang.pick("理由：", "reason: ")));
    }
    if let Some(code) = &row.code
        && let Some((fact, advice)) = round::why(code)
    {
        voice.data(&format!("        {} [{code}]", lang.of(&fact)));
        voice.data(&format!("        {}{}", lang.pick("建议：", "hint: "), lang.of(&advice)));
    }
}

/// Tells a request for settlement.
pub fn tell_settlement(row: &Settlement, voice: Voice) {
    let lang = voice.lang;
    let direction = match row.direction {
        SettlementDirection::Made => lang.pick("向", "to"),
        SettlementDirection::Received => lang.pick("来自", "from"),
    };
    let state = match row.state {
        SettlementState::Waiting => lang.pick("待答复", "waiting"),
        SettlementState::Paid => lang.pick("已兑付", "paid"),
        SettlementState::Returned => lang.pick("已退回", "returned"),
    };
    let said = row.reference.as_deref().or(row.reason.as_deref()).unwrap_or_default();
    let amount = Fen(row.amount).yuan();
    let line = format!("{}  {direction} {}  {amount}  {state} {said}", row.id, row.other);
    voice.data(line.trim_end());
}

/// What became of a hold.
pub const fn hold_word(state: HoldState) -> (&'static str, &'static str) {
    match state {
        HoldState::Asked => ("等待登记方", "asked for"),
        HoldState::Open => ("已预约", "held"),
        HoldState::Redeemed => ("已核销", "redeemed"),
        HoldState::Released => ("已释放", "released"),
        HoldState::Closed => ("已由发券单位关闭", "closed by the fund"),
        HoldState::Refused => ("未获准", "refused"),
    }
}

/// One of two languages.
pub const fn pick(lang: Lang, (zh, en): (&'static str, &'static str)) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
