//! 创新券: what a fund, a redeemer and a firm do with vouchers.

mod convert;

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use zizhi_app::voucher::book::{Booking, book, withdraw};
use zizhi_app::voucher::hold::{hold, release};
use zizhi_app::voucher::settle::Answer;
use zizhi_app::voucher::statement::Span;
use zizhi_app::voucher::statement_paper::{StatementPaper, export};
use zizhi_app::voucher::{Decision, Desk as AtLedger, fund, ledger, list, settle, take};
use zizhi_app::{Failure, Output, SigningKey, Text, hub_ca, keys};
use zizhi_model::civil;
use zizhi_model::money::Fen;
use zizhi_wire::commands::VoucherCommands;
use zizhi_wire::*;

use crate::desk::{Desk, Open};
use crate::incubator::{after, count, cursor, limit};
use crate::refusal::refusal;
use crate::request::{region, uscc};
use crate::sync::{no_key, not_in_drill};
use crate::verify::lang;

impl VoucherCommands for Desk {
    fn vouchers_list(&self, request: FindVouchers) -> Result<Vouchers, Refusal> {
        let at_hand = self.at_hand()?;
        let (text, limit) = (&request.text, limit(request.limit));
        let after = after(request.after.as_deref())?;
        let page = list::list(&self.open()?.database, Some(&at_hand.library), text, after, limit);
        let page = page.map_err(|failure| refusal(&failure))?;
        let today = civil::date_in_shanghai(self.host.now());
        let vouchers = page.lines.iter().map(|line| convert::line(line, today)).collect();
        Ok(Vouchers { vouchers, next: cursor(page.next) })
    }

    fn vouchers_accounts(&self, _: Nothing) -> Result<VoucherAccounts, Refusal> {
        accounts(&*self.open()?)
    }

    fn vouchers_page(&self, request: ById) -> Result<VoucherPage, Refusal> {
        self.voucher(&*self.open()?, &request.id)
    }

    fn vouchers_ask(&self, request: AskLedger) -> Result<VoucherPage, Refusal> {
        let fund = uscc(&request.fund)?;
        let id = request.id.trim();
        self.at_ledger(id, |desk| take::ask(desk, id, &fund).map(drop))
    }

    fn vouchers_take(&self, request: ById) -> Result<VoucherPage, Refusal> {
        let open = self.open()?;
        let id = take::take_case(&open.database, &request.id, self.host.as_ref());
        let id = id.map_err(|failure| refusal(&failure))?;
        self.changed(&[Changed::Vouchers, Changed::Upkeep]);
        self.voucher(&open, &id)
    }

    fn vouchers_redeem(&self, request: RedeemVoucher) -> Result<VoucherPage, Refusal> {
        let (amount, day) = (yuan(&request.amount)?, day(&request.day)?);
        let region = region(&request.region)?;
        let at_hand = self.at_hand()?;
        self.at_ledger(&request.id, |desk| {
            let booking = Booking {
                voucher: &request.id,
                amount,
                kind: &request.kind,
                day,
                region,
                document: Path::new(&request.document),
                hold: request.hold.as_deref(),
                offline: request.offline,
            };
            book(desk, &booking, &at_hand.library).map(drop)
        })
    }

    fn vouchers_withdraw(&self, request: VoucherReason) -> Result<VoucherPage, Refusal> {
        self.at_ledger(&request.id, |desk| withdraw(desk, &request.of, &request.reason))
    }

    fn vouchers_hold(&self, request: HoldVoucher) -> Result<VoucherPage, Refusal> {
        let (amount, day) = (yuan(&request.amount)?, day(&request.until)?);
        let until = civil::end_of_day_shanghai(day);
        self.at_ledger(&request.id, |desk| hold(desk, &request.id, amount, until).map(drop))
    }

    fn vouchers_release(&self, request: VoucherReason) -> Result<VoucherPage, Refusal> {
        self.at_ledger(&request.id, |desk| release(desk, &request.id, &request.of))
    }

    fn vouchers_enter(&self, request: ById) -> Result<VoucherPage, Refusal> {
        let (open, key) = self.asking()?;
        let desk = self.desk(&open, &key);
        let id = fund::enter(&desk, fund::Credential::Issued(&request.id));
        self.changed(&[Changed::Vouchers, Changed::Upkeep]);
        self.voucher(&open, &id.map_err(|failure| refusal(&failure))?)
    }

    fn vouchers_revoke(&self, request: VoucherReason) -> Result<VoucherPage, Refusal> {
        self.at_ledger(&request.id, |desk| fund::revoke(desk, &request.id, &request.reason))
    }

    fn vouchers_close_hold(&self, request: VoucherReason) -> Result<VoucherPage, Refusal> {
        self.at_ledger(&request.id, |desk| fund::close_hold(desk, &request.id, &request.of, &request.reason))
    }

    fn vouchers_decide(&self, request: DecideConflict) -> Result<VoucherPage, Refusal> {
        let decision = if request.accepted { Decision::Accepted } else { Decision::Rejected };
        self.at_ledger(&request.id, |desk| {
            fund::decide(desk, &request.id, &request.conflict, decision, &request.reason).map(drop)
        })
    }

    fn vouchers_settle(&self, request: ById) -> Result<VoucherAccounts, Refusal> {
        let fund = uscc(&request.id)?;
        self.settling(|desk| settle::request(desk, &fund).map(drop))
    }

    fn vouchers_answer(&self, request: AnswerSettlement) -> Result<VoucherAccounts, Refusal> {
        let answer = match (&request.paid, &request.returned) {
            (Some(number), _) => Answer::Paid { number, looked: request.looked },
            (None, reason) => Answer::Returned(reason.as_deref().unwrap_or_default()),
        };
        self.settling(|desk| settle::answer(desk, &request.id, answer).map(drop))
    }

    fn vouchers_join(&self, request: JoinLedger) -> Result<VoucherAccounts, Refusal> {
        let (open, key) = self.asking()?;
        let joined = || {
            let invitation = keys::read_passphrase(Path::new(&request.invitation))?;
            let ca = request.ca.as_ref().map(|path| hub_ca::read(Path::new(path))).transpose()?;
            let desk = AtLedger { ca: ca.as_deref(), ..self.desk(&open, &key) };
            ledger::join(&desk, &invitation, &request.url)
        };
        joined().map_err(|failure| refusal(&failure))?;
        self.changed(&[Changed::Vouchers, Changed::Upkeep]);
        accounts(&open)
    }

    fn vouchers_authority(&self, request: ReplaceAuthority) -> Result<VoucherAccounts, Refusal> {
        let open = self.open()?;
        self.authority(&open, &request)?;
        accounts(&open)
    }

    fn vouchers_export(&self, request: ExportStatement) -> Result<Written, Refusal> {
        let open = self.open()?;
        let span = Span {
            from: request.from.as_deref().map(day).transpose()?,
            until: request.until.as_deref().map(day).transpose()?,
        };
        let output = Output { path: Path::new(&request.path), force: true };
        let paper = StatementPaper {
            span,
            language: lang(request.language),
            drill: open.drill,
            now: self.host.now(),
        };
        let lines = export(&open.database, &paper, || self.fonts(), &output);
        let lines = lines.map_err(|failure| refusal(&failure))?;
        Ok(Written { path: request.path, sha256: None, count: count(lines) })
    }
}

impl Desk {
    /// The open database with this device's key, for asking ledgers.
    fn asking(&self) -> Result<(Arc<Open>, Arc<SigningKey>), Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        zizhi_app::hub_status::hub_status(&open.database).map_err(|failure| refusal(&failure))?;
        let key = open.device().ok_or_else(no_key)?;
        Ok((open, key))
    }

    fn desk<'a>(&'a self, open: &'a Open, key: &'a SigningKey) -> AtLedger<'a> {
        AtLedger { database: &open.database, key, ca: None, host: self.host.as_ref(), stop: &open.closing }
    }

    /// Does something with a voucher and shows it as it is then. What was booked before a failure is shown too, once
    /// somebody looks.
    fn at_ledger(
        &self,
        id: &str,
        work: impl FnOnce(&AtLedger<'_>) -> Result<(), Failure>,
    ) -> Result<VoucherPage, Refusal> {
        let (open, key) = self.asking()?;
        let done = work(&self.desk(&open, &key));
        self.changed(&[Changed::Vouchers, Changed::Upkeep]);
        done.map_err(|failure| refusal(&failure))?;
        self.voucher(&open, id)
    }

    /// Does something with settlements; what it put into the outbox goes out at once.
    fn settling(
        &self,
        work: impl FnOnce(&AtLedger<'_>) -> Result<(), Failure>,
    ) -> Result<VoucherAccounts, Refusal> {
        let (open, key) = self.asking()?;
        work(&self.desk(&open, &key)).map_err(|failure| refusal(&failure))?;
        open.bell.ring();
        self.changed(&[Changed::Vouchers, Changed::Sync, Changed::Upkeep]);
        accounts(&open)
    }

    fn voucher(&self, open: &Open, id: &str) -> Result<VoucherPage, Refusal> {
        let at_hand = self.at_hand()?;
        let page = list::page(&open.database, id, Some(&at_hand.library));
        let page = page.map_err(|failure| refusal(&failure))?;
        Ok(convert::page(&page, self.host.now()))
    }
}

fn accounts(open: &Open) -> Result<VoucherAccounts, Refusal> {
    convert::accounts(&open.database).map_err(|failure| refusal(&failure))
}

fn yuan(text: &str) -> Result<Fen, Refusal> {
    Fen::parse(text.trim().trim_start_matches('¥')).map_err(|error| {
        let failure = Failure::input(
            "VOUCHER-AMOUNT",
            Text::fixed("金额不是一个数，没有记账。", "the amount is no number; nothing was booked"),
            Text::fixed("请写成元，如 14400 或 14400.50。", "write it in yuan, such as 14400 or 14400.50"),
        );
        refusal(&failure.because(error))
    })
}

fn day(text: &str) -> Result<NaiveDate, Refusal> {
    civil::parse_date(text).map_err(|error| {
        let failure = Failure::input(
            "VOUCHER-DAY",
            Text::fixed("日期无法识别，操作没有进行。", "the day cannot be read; nothing was done"),
            Text::fixed("请重新选择日期。", "choose the day again"),
        );
        refusal(&failure.because(error))
    })
}
