//! Settlement and statements.

use std::process::ExitCode;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{ArgGroup, Args};
use serde_json::{Value, json};
use zizhi_app::print_report;
use zizhi_app::voucher::settle::{self, Answer as Said};
use zizhi_app::voucher::statement::{self, Span};
use zizhi_app::voucher::statement_paper::{self, StatementPaper};
use zizhi_app::{Failure, Host as _, SystemHost};
use zizhi_model::Uscc;
use zizhi_model::civil::{self, rfc3339};

use super::{Place, words};
use crate::commands::shared::{MaybeOut, uscc, words as some_words, written};
use crate::lang::Lang;
use crate::say::Voice;
use crate::usage;

/// Requests that are listed of each direction.
const MOST: usize = 1000;

/// 申请兑付 / ask for settlement
#[derive(Debug, Args)]
pub struct Settle {
    /// 发券单位 / the fund
    #[arg(value_name = "USCC", value_parser = uscc)]
    fund: Uscc,
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 申请列表 / the requests
#[derive(Debug, Args)]
pub struct Settlements {
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// 答复 / answer
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("outcome").required(true).args(["paid", "returned"]))]
pub struct Answer {
    /// 申请编号 / the request's id
    #[arg(value_name = "ID")]
    id: String,
    /// 已兑付，付款编号 / paid, under this number
    #[arg(long, value_name = "NUMBER", value_parser = some_words)]
    paid: Option<String>,
    /// 恢复数据库之后：已对照付款记录核对，没有付过 / after a restore: looked at the record of payments, it was not paid
    #[arg(long, requires = "paid")]
    looked: bool,
    /// 退回，理由 / given back, and why
    #[arg(long, value_name = "WORDS", value_parser = some_words)]
    returned: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// 对账单 / a statement
#[derive(Debug, Args)]
pub struct Statement {
    /// 起始日期 / the first day
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<NaiveDate>,
    /// 截止日期 / the last day
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<NaiveDate>,
    #[command(flatten)]
    out: MaybeOut,
    #[command(flatten)]
    place: Place,
    /// 输出JSON / print JSON
    #[arg(long, conflicts_with = "out")]
    json: bool,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    civil::parse_date(text)
        .map_err(|error| usage::either("日期写成 2026-11-01", &format!("{error}, such as 2026-11-01")))
}

/// Asks for settlement.
pub fn settle(args: &Settle, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    let row = settle::request(&opened.desk(), &args.fund)?;
    if args.json {
        voice.data(&words::settlement(&row).to_string());
    } else {
        words::tell_settlement(&row, voice);
        voice.talk(voice.lang.pick("已放入发件箱，下次同步时发出", "in the outbox; the next round sends it"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists the requests.
pub fn list(args: &Settlements, voice: Voice) -> Result<ExitCode, Failure> {
    let unlocked = args.place.look(voice)?;
    let rows = settle::list(&unlocked.database, MOST)?;
    if args.json {
        voice.data(&Value::from_iter(rows.iter().map(words::settlement)).to_string());
    } else {
        rows.iter().for_each(|row| words::tell_settlement(row, voice));
    }
    Ok(ExitCode::SUCCESS)
}

/// Answers a request.
pub fn answer(args: &Answer, voice: Voice) -> Result<ExitCode, Failure> {
    let opened = args.place.open(voice)?;
    let said = match (&args.paid, &args.returned) {
        (Some(number), _) => Said::Paid { number, looked: args.looked },
        (None, words) => Said::Returned(words.as_deref().unwrap_or_default()),
    };
    words::tell_settlement(&settle::answer(&opened.desk(), &args.id, said)?, voice);
    Ok(ExitCode::SUCCESS)
}

/// Puts a statement together, as a file or on standard output.
pub fn statement(args: &Statement, voice: Voice) -> Result<ExitCode, Failure> {
    let span = Span { from: args.from, until: args.until };
    // Before a passphrase is asked for.
    let now = SystemHost.now();
    span.check(now)?;
    args.out.place().map_or(Ok(()), |place| statement_paper::named(place.path))?;
    let unlocked = args.place.look(voice)?;
    if let Some(place) = args.out.place() {
        let paper = StatementPaper {
            span,
            language: match voice.lang {
                Lang::Zh => print_report::Lang::Zh,
                Lang::En => print_report::Lang::En,
            },
            drill: false,
            now,
        };
        let fonts = || Ok(Arc::new(print_report::fonts(None)?));
        statement_paper::export(&unlocked.database, &paper, fonts, &place)?;
        written(place.path, voice);
        return Ok(ExitCode::SUCCESS);
    }
    let made = statement::statement(&unlocked.database, span, now)?;
    if args.json {
        let lines: Vec<Value> = made
            .lines
            .iter()
            .map(|line| {
                json!({
                    "at": rfc3339(line.at), "voucher": line.voucher, "fund": line.fund.as_str(),
                    "firm": line.firm.as_str(), "redeemer": line.redeemer.as_str(), "seq": line.seq,
                    "amount": line.amount.0, "state": line.state.as_str(), "receipt": line.receipt,
                })
            })
            .collect();
        let told = json!({ "lines": lines, "redeemed": made.redeemed.0, "provisional": made.provisional.0 });
        voice.data(&told.to_string());
        return Ok(ExitCode::SUCCESS);
    }
    for line in &made.lines {
        let state = words::pick(voice.lang, zizhi_app::voucher::words::redemption(line.state));
        let day = civil::date_in_shanghai(line.at);
        voice.data(&format!("{day}  {}  {}  {}  {state}", line.voucher, line.redeemer, line.amount.yuan()));
    }
    voice.data(&match voice.lang {
        Lang::Zh => format!("已核销合计 {}，预核销未到账 {}", made.redeemed.yuan(), made.provisional.yuan()),
        Lang::En => format!("redeemed {}, provisional {}", made.redeemed.yuan(), made.provisional.yuan()),
    });
    Ok(ExitCode::SUCCESS)
}
