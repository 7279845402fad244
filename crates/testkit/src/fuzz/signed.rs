//! Targets for what is signed: JWS, SD-JWT, status lists, manifests and requests.

use serde_json::Value;
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::sdjwt;
use zizhi_credential::status::{Bits, StatusList, UnverifiedToken};
use zizhi_crypto::{b64, jws as crypto_jws};
use zizhi_dossier::{manifest as dossier_manifest, request};
use zizhi_model::json::{self, Profile};
use zizhi_model::{Json, Limits};

use super::{key, pieces};

/// A compact JWS with this header and payload, signed with the fixed key.
fn signed(header: &[u8], payload: &[u8]) -> Option<String> {
    let text = format!("{}.{}", b64::encode(header), b64::encode(payload));
    let signature = key()?.sign(text.as_bytes()).ok()?;
    Some(format!("{text}.{}", b64::encode(&signature)))
}

/// A header of this type, as our own writers make it.
fn header(typ: &str) -> Vec<u8> {
    format!("{{\"alg\":\"EdDSA\",\"typ\":\"{typ}\"}}").into_bytes()
}

/// Compact JWS: the bytes as text; and header and payload, signed.
pub fn jws(data: &[u8]) {
    let limits = Limits::default();
    let Some(key) = key() else { return };
    let types = ["dossier+jwt", "dossier-request+jwt"];
    if let Ok(text) = std::str::from_utf8(data) {
        for profile in [Profile::Strict, Profile::Foreign] {
            if let Ok(unverified) = crypto_jws::Unverified::parse_as(text, &limits, profile) {
                drop(unverified.verify(key.public(), &types));
            }
        }
    }
    if let [header, payload] = pieces(data).as_slice()
        && let Some(text) = signed(header, payload)
        && let Ok(unverified) = crypto_jws::Unverified::parse(&text, &limits)
        && let Ok(verified) = unverified.verify(key.public(), &types)
    {
        assert!(verified.payload() == *payload, "what is verified is what was signed");
        let header = json::strict(header, limits.json_depth);
        let typ = header.ok().and_then(|header| Some(header.get("typ")?.as_str()?.to_owned()));
        assert!(typ.is_some_and(|typ| types.contains(&typ.as_str())), "only the wanted types pass");
    }
}

/// SD-JWT: the bytes as text or JSON; and payload and disclosures, signed.
pub fn sdjwt(data: &[u8]) {
    look(data);
    let all = pieces(data);
    let Some((payload, disclosures)) = all.split_first() else { return };
    let Some(mut text) = signed(&header("dc+sd-jwt"), payload) else { return };
    text.push('~');
    for disclosure in disclosures {
        text.push_str(&b64::encode(disclosure));
        text.push('~');
    }
    look(text.as_bytes());
    let limits = Limits::default();
    let Some(key) = key() else { return };
    let Ok(unverified) = sdjwt::Unverified::parse(&text, &limits) else { return };
    let Ok(verified) = unverified.verify(key.public()) else { return };
    if let Ok(disclosed) = verified.disclose() {
        assert!(is_clean(disclosed.payload()), "digests are left in the payload");
        assert!(disclosed.disclosures().len() == disclosures.len(), "each disclosure is used once");
    }
}

/// Inspects as the command line does, and holds what is shown against RFC 9901 §7.1.
fn look(bytes: &[u8]) {
    let expected = Expected { issuer: None, aud: Some("a"), nonce: Some("n"), at: 1_790_000_000 };
    let found = inspect(bytes, &expected, &Limits::default());
    assert!(!found.checks.is_empty(), "every look ends in checks");
    if let Some(payload) = &found.payload {
        assert!(is_clean_value(payload), "digests are left in the payload");
    }
}

/// Whether nothing of RFC 9901's own members is left anywhere.
fn is_clean(value: &Json<'_>) -> bool {
    is_clean_value(&value.to_value())
}

fn is_clean_value(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(is_clean_value),
        Value::Object(members) => {
            members.iter().all(|(name, value)| name != "_sd" && name != "..." && is_clean_value(value))
        }
        _ => true,
    }
}

/// Status lists: the bytes as a token; as a payload, signed; and as a deflated list.
pub fn status_list(data: &[u8]) {
    let limits = Limits::default();
    let Some(key) = key() else { return };
    let texts = [std::str::from_utf8(data).ok().map(str::to_owned), signed(&header("statuslist+jwt"), data)];
    for text in texts.iter().flatten() {
        if let Ok(token) = UnverifiedToken::parse(text, &limits)
            && let Ok(token) = token.verify(key.public(), None)
        {
            read_all(&token.list);
        }
    }
    for bits in [Bits::One, Bits::Two, Bits::Four, Bits::Eight] {
        if let Ok(list) = StatusList::inflate(bits, data) {
            read_all(&list);
            let again = list.deflate().ok().and_then(|bytes| StatusList::inflate(bits, &bytes).ok());
            assert!(again.is_some_and(|again| again.entries() == list.entries()), "a list survives packing");
        }
    }
}

/// Looks at the ends of a list and past them.
fn read_all(list: &StatusList) {
    let entries = list.entries();
    for idx in (0..64).chain(entries.saturating_sub(4)..entries) {
        assert!(list.get(idx).is_ok() == (idx < entries), "entry {idx} of {entries}");
    }
    assert!(list.get(entries).is_err() && list.get(u64::MAX).is_err(), "nothing is past the end");
    assert!(list.exceptions().take(1000).all(|(idx, _)| idx < entries), "exceptions are entries");
}

/// Manifests and requests: the bytes as text; and as a payload, signed.
pub fn manifest(data: &[u8]) {
    let limits = Limits::default();
    let Some(key) = key() else { return };
    let raw = std::str::from_utf8(data).ok().map(str::to_owned);
    let wrapped = [signed(&header("dossier+jwt"), data), signed(&header("dossier-request+jwt"), data)];
    for text in raw.iter().chain(wrapped.iter().flatten()) {
        if let Ok(unverified) = dossier_manifest::Unverified::parse(text, &limits) {
            let peeked = unverified.peek();
            if let Ok(verified) = unverified.verify() {
                assert!(
                    peeked.is_ok_and(|peeked| peeked == *verified.manifest()),
                    "a look shows what is signed"
                );
            }
        }
        if let Ok(unverified) = request::Unverified::parse(text, &limits) {
            let issuer = unverified.issuer();
            let peeked = unverified.peek();
            if let Ok(verified) = unverified.verify(key.public()) {
                assert!(
                    issuer.is_some_and(|issuer| issuer == verified.request().iss),
                    "a look finds the issuer"
                );
                assert!(
                    peeked.is_ok_and(|peeked| peeked == *verified.request()),
                    "a look shows what is signed"
                );
            }
        }
    }
}
