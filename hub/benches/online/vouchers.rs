//! Vouchers that are entered and redeemed as desks do it.

use zizhi_model::money::Fen;
use zizhi_model::{Region, RegionPattern, civil};
use zizhi_sync::ledger::VoucherEntry;
use zizhi_sync::{Digest, Token, api, object};

use crate::world::{Ask, NOW, Party, World, ask};

/// More than is ever redeemed of one.
const PLENTY: Fen = Fen(1_000_000_000_000);
const KIND: &str = "检验检测";

/// Enters a voucher of the fund for the firm, which everybody may redeem.
pub async fn enter(world: &World, fund: &Party, firm: &Party, id: &str) {
    let day = |text| civil::parse_date(text).expect("a day");
    let entry = VoucherEntry {
        jti: Token::parse(id).expect("a token"),
        iss: fund.org,
        sub: firm.org,
        amount: PLENTY,
        from: day("2026-01-01"),
        until: day("2099-12-31"),
        regions: vec![RegionPattern::parse("31").expect("a pattern")],
        kinds: vec![KIND.to_owned()],
        redeemers: Vec::new(),
        iat: NOW,
    };
    let entry = object::sign(&fund.key, &entry).expect("an entry");
    let put = ask("PUT", format!("/v1/vouchers/{id}")).json(&api::PutVoucher { entry });
    world.from(fund, put).await.is(201);
}

/// Redeems one fen of it under this key.
pub fn redeem(id: &str, key: &str) -> Ask {
    let asked = api::Redemption {
        redeemer: None,
        amount: Fen(1),
        kind: KIND.to_owned(),
        day: civil::parse_date("2026-03-01").expect("a day"),
        region: Region::parse("310104").expect("a region"),
        document: Digest::of(b"invoice"),
        hold: None,
        made: NOW,
    };
    ask("POST", format!("/v1/vouchers/{id}/redemptions")).field("idempotency-key", key).json(&asked)
}
