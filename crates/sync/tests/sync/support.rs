//! People, keys and one object of each kind.

use chrono::NaiveDate;
use zizhi_crypto::digest::sha256;
use zizhi_crypto::{Algorithm, PublicKey, Random, SigningKey, b64, jws, sealed};
use zizhi_model::money::Fen;
use zizhi_model::{Limits, OrgId, RegionPattern, Uscc};
use zizhi_sync::devices::pairing::{DeviceAnswer, DeviceRequest};
use zizhi_sync::devices::{Device, DeviceList};
use zizhi_sync::envelope::{Envelope, Kind};
use zizhi_sync::hub_card::{API, HubCard};
use zizhi_sync::invitation::{Invitation, Inviter, Role};
use zizhi_sync::ledger::{
    Hold, RedemptionReceipt, Settled, SettlementNotice, SettlementRequest, VoucherEntry,
};
use zizhi_sync::object::{Unverified, sign};
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{Digest, HubId, Id, ObjectError, Payload, Token};

/// A day in November 2026.
pub const NOW: i64 = 1_795_000_000;

/// Bytes that look random and are the same in every run.
struct Repeatable(u64);

impl Random for Repeatable {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            chunk.copy_from_slice(&sha256(&self.0.to_be_bytes())[..chunk.len()]);
        }
    }
}

pub fn key_of(algorithm: Algorithm, seed: u64) -> SigningKey {
    SigningKey::generate(algorithm, &mut Repeatable(seed * 1000)).expect("a key")
}

pub fn key(seed: u64) -> SigningKey {
    key_of(Algorithm::EdDsa, seed)
}

pub fn org(code: &str) -> OrgId {
    OrgId(Uscc::parse(code).expect("a code"))
}

pub fn firm() -> OrgId {
    org("91330421DEM0000814")
}

pub fn other_firm() -> OrgId {
    org("91340100DEM0000228")
}

pub fn id(number: u8) -> Id {
    Id::new(NOW * 1000, [number; 10])
}

pub fn hub() -> HubId {
    HubId::parse("33-main").expect("a hub")
}

pub fn token(text: &str) -> Token {
    Token::parse(text).expect("a token")
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn limits() -> Limits {
    Limits::default()
}

pub fn inbox() -> (String, String) {
    let (secret, recipient) = sealed::generate_identity();
    (secret.to_string(), recipient)
}

pub fn device(key: &SigningKey) -> Device {
    Device { key: key.public().clone(), name: "财务室电脑".to_owned(), added: NOW }
}

pub fn envelope(body: &[u8]) -> Envelope {
    Envelope {
        jti: id(1),
        iss: firm(),
        aud: other_firm(),
        kind: Kind::Notice,
        iat: NOW,
        body_sha256: Digest::of(body),
        body_len: body.len() as u64,
    }
}

pub fn invitation() -> Invitation {
    Invitation {
        jti: id(2),
        iss: Inviter::Hub(hub()),
        sub: firm(),
        name: "嘉善示例科技有限公司".to_owned(),
        role: Role::Firm,
        hub: hub(),
        iat: NOW,
        exp: NOW + 7 * 24 * 3600,
    }
}

pub fn device_list(key: &SigningKey) -> DeviceList {
    DeviceList::begin(firm(), device(key), inbox().1)
}

pub fn hub_card(key: &SigningKey) -> HubCard {
    HubCard { hub: hub(), key: key.public().clone(), epoch: 1, time: NOW, api: API }
}

pub fn mail_receipt() -> MailReceipt {
    MailReceipt {
        jti: id(3),
        msg: id(1),
        sha256: Digest::of(b"message"),
        len: 7,
        from: firm(),
        to: other_firm(),
        seq: 1,
        epoch: 1,
        at: NOW,
    }
}

pub fn entry() -> VoucherEntry {
    VoucherEntry {
        jti: token("ZJ-2026-000123"),
        iss: other_firm(),
        sub: firm(),
        amount: Fen(10_000_000),
        from: date("2026-01-01"),
        until: date("2026-12-31"),
        regions: vec![
            RegionPattern::parse("33").expect("a prefix"),
            RegionPattern::parse("3101").expect("a prefix"),
        ],
        kinds: vec!["检验检测".to_owned(), "research".to_owned()],
        redeemers: vec![firm()],
        iat: NOW,
    }
}

pub fn hold() -> Hold {
    Hold {
        jti: id(4),
        voucher: token("ZJ-2026-000123"),
        redeemer: firm(),
        amount: Fen(500),
        until: NOW + 3600,
        at: NOW,
        hub: hub(),
        epoch: 1,
    }
}

pub fn redemption_receipt() -> RedemptionReceipt {
    RedemptionReceipt {
        jti: id(5),
        voucher: token("ZJ-2026-000123"),
        redeemer: firm(),
        key: token("desk-1-0001"),
        seq: 2,
        amount: Fen(300),
        spent: Fen(800),
        hold: Some(id(4)),
        at: NOW,
        hub: hub(),
        epoch: 1,
    }
}

pub fn settlement_request() -> SettlementRequest {
    SettlementRequest {
        jti: id(6),
        iss: firm(),
        aud: other_firm(),
        iat: NOW,
        amount: Fen(300),
        receipts: vec!["eyJ.a.b".to_owned()],
    }
}

pub fn settlement_notice() -> SettlementNotice {
    SettlementNotice {
        jti: id(7),
        iss: other_firm(),
        aud: firm(),
        iat: NOW,
        request: id(6),
        outcome: Settled::Paid,
        amount: Fen(300),
        day: date("2026-11-26"),
        reference: Some("2026-0117".to_owned()),
        reason: None,
    }
}

pub fn device_request(key: &SigningKey) -> DeviceRequest {
    DeviceRequest { iss: firm(), device: device(key), inbox: inbox().1 }
}

pub fn device_answer(key: &SigningKey) -> DeviceAnswer {
    DeviceAnswer {
        iss: firm(),
        iat: NOW,
        device: key.public().key_id().to_string(),
        url: "https://hub.example".to_owned(),
        card: sign(key, &hub_card(key)).expect("a card"),
        role: Role::Firm,
        name: "某企业【演示】".to_owned(),
        devices: sign(key, &device_list(key)).expect("a list"),
    }
}

/// One object of each kind, signed by `key`.
pub fn one_of_each(key: &SigningKey) -> Vec<(&'static str, String)> {
    fn of<P: Payload>(key: &SigningKey, payload: &P) -> (&'static str, String) {
        (P::TYP, sign(key, payload).expect("a sound object"))
    }
    vec![
        of(key, &envelope(b"body")),
        of(key, &invitation()),
        of(key, &device_list(key)),
        of(key, &hub_card(key)),
        of(key, &mail_receipt()),
        of(key, &entry()),
        of(key, &hold()),
        of(key, &redemption_receipt()),
        of(key, &settlement_request()),
        of(key, &settlement_notice()),
        of(key, &device_request(key)),
        of(key, &device_answer(key)),
    ]
}

/// Reads and verifies, as most callers do.
pub fn accept<P: Payload>(text: &str, key: &PublicKey) -> Result<P, ObjectError> {
    Ok(Unverified::<P>::parse(text, &limits())?.verify(key)?.into_payload())
}

/// The payload of a JWS as text.
pub fn payload_of(text: &str) -> String {
    let payload = text.split('.').nth(1).expect("three parts");
    String::from_utf8(b64::decode(payload).expect("base64url")).expect("text")
}

/// Signs any text as an object of that type, as a hostile owner of a key can.
pub fn forge(key: &SigningKey, typ: &str, payload: &str) -> String {
    jws::sign_bytes(key, typ, payload.as_bytes()).expect("a signature")
}

/// The text of a sound object with one piece of its payload replaced, signed again by its owner.
pub fn rewritten<P: Payload>(key: &SigningKey, payload: &P, from: &str, to: &str) -> String {
    let text = serde_json::to_string(&payload.wire()).expect("JSON");
    assert!(text.contains(from), "{from} has to be in {text} for this case to mean anything");
    forge(key, P::TYP, &text.replacen(from, to, 1))
}
