//! 创新券 (docs/hub.md §6, domain: vouchers): what a fund, a redeemer and a firm do with a voucher.
//!
//! ```text
//! fund      enter ──────────────> ledger <── redeem, hold ── redeemer (take, book, round)
//!           decide, revoke, close ──┘  └── view, receipts ──> everybody
//!           answer <── settlement request (sealed message) ── redeemer
//! ```
//!
//! Only the ledger redeems. What is booked here is 预核销，未到账 until a receipt of the ledger verified, and what
//! may have reached the ledger is asked for again under the same key until its answer is here.

pub mod book;
mod failures;
pub mod fund;
pub mod hold;
pub mod ledger;
pub mod list;
pub mod round;
pub mod settle;
mod standing;
pub mod statement;
pub mod statement_paper;
pub mod take;
pub(crate) mod terms;
pub mod withheld;
pub mod words;

use zizhi_crypto::SigningKey;
use zizhi_model::OrgId;
use zizhi_store::{Database, Entry};
use zizhi_sync::{Id, Token};

pub use zizhi_store::{
    Hold, HoldState, Redemption, RedemptionState, Settlement, SettlementDirection, SettlementState,
};
pub use zizhi_sync::api::{Conflict, Decision, HoldState as LedgerHold};

use crate::failure::Failure;
use crate::firm::no_profile;
use crate::stop::Stop;
use crate::{Host, hub_join};

/// A desk that may ask ledgers.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Its open database.
    pub database: &'a Database,
    /// This device's key ([`vault::device_key`](crate::vault::device_key)).
    pub key: &'a SigningKey,
    /// Certificates (PEM) of those who may vouch for a ledger's server, in the place of those that are kept with it.
    pub ca: Option<&'a [u8]>,
    /// Time and randomness.
    pub host: &'a dyn Host,
    /// Ends waiting for an answer.
    pub stop: &'a Stop,
}

impl Desk<'_> {
    /// Whose desk it is.
    fn own(&self) -> Result<OrgId, Failure> {
        Ok(OrgId::from(self.database.reader()?.profile()?.ok_or_else(no_profile)?.uscc))
    }

    fn entry(&self, action: &str) -> Result<Entry, Failure> {
        hub_join::entry(self.database, action, self.host)
    }
}

/// A new id.
fn new_id(host: &dyn Host) -> Id {
    let mut random = [0; 10];
    host.random().fill(&mut random);
    Id::new(host.now().timestamp_millis(), random)
}

/// A key for a request, told apart from every other by 74 random bits.
fn new_key(host: &dyn Host) -> Result<Token, Failure> {
    Token::parse(&new_id(host).to_string()).map_err(|error| failures::number().because(error))
}

/// A voucher's id as ledgers write it.
fn token(id: &str) -> Result<Token, Failure> {
    Token::parse(id).map_err(|error| failures::number().because(error))
}
