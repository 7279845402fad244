//! Fixed keys, a repeatable source of randomness, and one credential that everything is tried on.

use serde_json::{Map, Value, json};
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_crypto::{Algorithm, Random, SigningKey};
use zizhi_model::Limits;

pub const IAT: i64 = 1_790_000_000;
pub const AUD: &str = "urn:uscc:91310117DEM000030B";
pub const NONCE: &str = "f4mJ0gkzQ2a7bXyN";
pub const LIST: &str = "https://status.example/1";

/// Bytes that are the same in every run.
pub struct Counting(pub u64);

impl Random for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            // Knuth's MMIX generator; any will do that does not repeat.
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

/// Ed25519, whose signatures are the same in every run.
pub fn issuer() -> SigningKey {
    SigningKey::generate(Algorithm::EdDsa, &mut Counting(1)).unwrap()
}

pub fn holder() -> SigningKey {
    SigningKey::generate(Algorithm::EdDsa, &mut Counting(2)).unwrap()
}

pub fn stranger() -> SigningKey {
    SigningKey::generate(Algorithm::EdDsa, &mut Counting(3)).unwrap()
}

/// The claims of a credential: 7 visible ones of their own, 12 disclosures and more inside some.
pub fn claims() -> Map<String, Value> {
    object(json!({
        "iss": "urn:uscc:91340100DEM0000228",
        "sub": "urn:uscc:91340100DEM000014D",
        "vct": "urn:zizhitong:credential:incubatee-certificate:1",
        "iat": IAT,
        "provenance": "direct",
        "name": "合肥星河量子传感技术有限公司【演示】",
        "region": "340104",
        "number": "HFUSP-2026-0117",
        "issued_on": "2026-09-01",
        "valid_until": "2028-12-15",
        "entered_on": "2024-12-16",
        "established_on": "2024-03-18",
        "incubator_level": "ministry_standard",
        "rd_on_site": true,
        "owners": ["合肥星河", "量子传感"],
        "attested": { "by": "urn:uscc:91340100DEM0000228", "method": "original", "checked_on": "2026-09-01" },
    }))
}

pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

/// The credential, signed by `key`.
pub fn issued_by(key: &SigningKey, claims: &Map<String, Value>) -> String {
    let holder = holder();
    let statement = Statement {
        claims,
        holder: holder.public(),
        status: Some(StatusRef { uri: LIST.into(), idx: 42 }),
        decoys: 0,
        metadata: None,
    };
    issue(&statement, key, &mut Counting(7)).unwrap()
}

pub fn issued() -> String {
    issued_by(&issuer(), &claims())
}

pub fn limits() -> Limits {
    Limits::default()
}
