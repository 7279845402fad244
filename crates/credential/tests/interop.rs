//! Credentials issued here, presented there and verified elsewhere: ours, the Python reference
//! implementation `sd-jwt`, and the JavaScript libraries `@sd-jwt/…`, in every combination.
//!
//! Run with the feature `interop` by `cargo xtask test`, which sets the tools up and says where they
//! are: `ZIZHI_INTEROP_PYTHON` is a Python with the packages of `tests/interop/requirements.txt`,
//! `ZIZHI_INTEROP_NODE` a folder whose `node_modules` hold those of `tests/interop/package.json`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests stop at the first surprise"
)]

use std::env;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};
use zizhi_credential::Path;
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::present::{Binding, Choice, present};
use zizhi_credential::sdjwt::{KbPolicy, StatusRef, Unverified};
use zizhi_credential::status::{Bits, Status, StatusList, TokenClaims, UnverifiedToken, sign};
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
use zizhi_model::Limits;

const IAT: i64 = 1_790_000_000;
/// Python's holder takes the time from the clock, so ours has to be later than any clock.
const LATER: i64 = 4_000_000_000;
const AUD: &str = "urn:uscc:91310117DEM000030B";
const NONCE: &str = "f4mJ0gkzQ2a7bXyN";
const LIST: &str = "https://status.example/1";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Ours,
    Python,
    JavaScript,
}

use Who::{JavaScript, Ours, Python};

macro_rules! paths_of_a_credential {
    ($($name:ident: $issuer:ident, $holder:ident, $verifier:ident;)+) => {
        $(
            #[test]
            fn $name() {
                for (alg, decoys) in [(Algorithm::Es256, false), (Algorithm::Es256, true), (Algorithm::EdDsa, false)] {
                    travel($issuer, $holder, $verifier, alg, decoys);
                }
            }
        )+
    };
}

// issued by, presented by, verified by
paths_of_a_credential! {
    ours_ours_ours: Ours, Ours, Ours;
    ours_ours_python: Ours, Ours, Python;
    ours_ours_javascript: Ours, Ours, JavaScript;
    ours_python_ours: Ours, Python, Ours;
    ours_python_python: Ours, Python, Python;
    ours_python_javascript: Ours, Python, JavaScript;
    ours_javascript_ours: Ours, JavaScript, Ours;
    ours_javascript_python: Ours, JavaScript, Python;
    ours_javascript_javascript: Ours, JavaScript, JavaScript;
    python_ours_ours: Python, Ours, Ours;
    python_ours_python: Python, Ours, Python;
    python_ours_javascript: Python, Ours, JavaScript;
    python_python_ours: Python, Python, Ours;
    python_javascript_ours: Python, JavaScript, Ours;
    javascript_ours_ours: JavaScript, Ours, Ours;
    javascript_ours_python: JavaScript, Ours, Python;
    javascript_ours_javascript: JavaScript, Ours, JavaScript;
    javascript_python_ours: JavaScript, Python, Ours;
    javascript_javascript_ours: JavaScript, JavaScript, Ours;
}

fn travel(issuer: Who, holder: Who, verifier: Who, alg: Algorithm, decoys: bool) {
    if verifier == Python && alg != Algorithm::Es256 {
        // Its verifier takes no other algorithm for the key binding.
        return;
    }
    let keys = Keys { issuer: key(alg), holder: key(alg) };
    let issued = issued_by(issuer, &keys, decoys);
    // One claim; a member and an element inside hidden ones; a whole object; and nothing at all.
    let choices = [&["number"][..], &["attested.by", "owners[1]"], &["attested", "rd_on_site"], &[]];
    let presentations = presented_by(holder, &issued, &keys, &choices);
    let payloads = verified_by(verifier, &presentations, &keys);
    for (payload, paths) in payloads.iter().zip(choices) {
        let told = format!("{issuer:?} → {holder:?} → {verifier:?}, {alg}, {paths:?}");
        assert_eq!(*payload, expected(&keys, paths), "{told}");
    }
}

#[test]
fn a_damaged_presentation_is_refused_by_all() {
    let keys = Keys { issuer: key(Algorithm::Es256), holder: key(Algorithm::Es256) };
    let issued = issued_by(Ours, &keys, false);
    let made = presented_by(Ours, &issued, &keys, &[&["number", "issued_on"], &["number"]]);
    let [sound, other] = made.as_slice() else { unreachable!("two were asked for") };
    let parts: Vec<&str> = sound.split('~').collect();
    let damaged = [
        ("a disclosure dropped", format!("{}~{}~{}", parts[0], parts[1], parts[3])),
        ("another presentation's key binding", format!("{}~{}", other.rsplit_once('~').unwrap().0, parts[3])),
        (
            "the issuer's signature of another",
            format!("{}x~{}~{}~{}", &parts[0][..parts[0].len() - 1], parts[1], parts[2], parts[3]),
        ),
    ];
    for (how, text) in damaged {
        assert!(verify_ours(&text, &keys).is_none(), "{how}: ours");
        for who in [Python, JavaScript] {
            let result = &ask(who, &[verify_job(&text, &keys)])[0];
            assert!(result.get("error").is_some(), "{how}: {who:?} said {result}");
        }
    }
}

#[test]
fn a_status_list_of_ours_is_read_by_javascript() {
    let key = key(Algorithm::Es256);
    for (bits, top) in [(Bits::One, 1_u8), (Bits::Two, 3), (Bits::Four, 15), (Bits::Eight, 255)] {
        let mut list = StatusList::new(bits, 1_000).unwrap();
        for (place, value) in (0..1_000).zip((0..=top).cycle()) {
            list.set(place, Status::from_value(value)).unwrap();
        }
        let claims = TokenClaims { issuer: None, uri: LIST, issued_at: IAT, expires: None, ttl: Some(60) };
        let token = sign(&list, &claims, &key).unwrap();
        let job =
            json!({ "verb": "status-read", "token": token, "places": (0..1_000).collect::<Vec<u64>>() });
        let expected: Vec<u8> = (0..=top).cycle().take(1_000).collect();
        assert_eq!(ask(JavaScript, &[job])[0], json!({ "ok": expected }), "{bits:?}");
    }
}

#[test]
fn a_status_list_of_javascript_is_read_by_us() {
    let key = key(Algorithm::Es256);
    for (bits, top) in [(1, 1_u8), (2, 3), (4, 15), (8, 255)] {
        let statuses: Vec<u8> = (0..=top).cycle().take(1_000).collect();
        let job = json!({ "verb": "status-sign", "statuses": statuses, "bits": bits, "uri": LIST, "iat": IAT,
                          "alg": "ES256", "issuer": private(&key) });
        let answer = ask(JavaScript, &[job]);
        let token = answer[0]["ok"].as_str().expect("a token");
        let token = UnverifiedToken::parse(token, &Limits::default()).unwrap();
        let list = token.verify(key.public(), Some(LIST)).unwrap().list;
        for (place, value) in (0..).zip(statuses) {
            assert_eq!(list.get(place).unwrap().value(), value, "{bits} bits, place {place}");
        }
    }
}

struct Keys {
    issuer: SigningKey,
    holder: SigningKey,
}

fn key(alg: Algorithm) -> SigningKey {
    SigningKey::generate(alg, &mut SystemRandom).unwrap()
}

fn private(key: &SigningKey) -> Value {
    serde_json::from_str(&key.to_jwk_private_json()).unwrap()
}

fn claims() -> Map<String, Value> {
    let claims = json!({
        "iss": "urn:uscc:91340100DEM0000228",
        "sub": "urn:uscc:91340100DEM000014D",
        "vct": "urn:zizhitong:credential:incubatee-certificate:1",
        "iat": IAT,
        "provenance": "direct",
        "name": "合肥星河量子传感技术有限公司【演示】",
        "region": "340104",
        "status": { "status_list": { "uri": LIST, "idx": 42 } },
        "number": "HFUSP-2026-0117",
        "issued_on": "2026-09-01",
        "rd_on_site": true,
        "area": null,
        "owners": ["合肥星河", "量子传感 “二部” \\ é"],
        "attested": { "by": "urn:uscc:91340100DEM0000228", "method": "original", "seen": 3 },
    });
    claims.as_object().unwrap().clone()
}

const VISIBLE: [&str; 8] = ["iss", "sub", "vct", "iat", "provenance", "name", "region", "status"];

/// What a verifier has to see of a presentation of `paths`.
fn expected(keys: &Keys, paths: &[&str]) -> Value {
    let all = claims();
    let mut payload: Map<String, Value> =
        VISIBLE.iter().map(|name| ((*name).to_owned(), all[*name].clone())).collect();
    payload.insert("cnf".into(), json!({ "jwk": keys.holder.public().to_jwk() }));
    for path in paths {
        match *path {
            "attested.by" => payload.insert("attested".into(), json!({ "by": all["attested"]["by"] })),
            "owners[1]" => payload.insert("owners".into(), json!([all["owners"][1]])),
            name => payload.insert(name.into(), all[name].clone()),
        };
    }
    payload.into()
}

fn issued_by(who: Who, keys: &Keys, decoys: bool) -> String {
    if who == Ours {
        let mut claims = claims();
        claims.remove("status");
        let statement = Statement {
            claims: &claims,
            holder: keys.holder.public(),
            status: Some(StatusRef { uri: LIST.into(), idx: 42 }),
            decoys: if decoys { 3 } else { 0 },
            metadata: None,
        };
        return issue(&statement, &keys.issuer, &mut SystemRandom).unwrap();
    }
    let job = json!({ "verb": "issue", "claims": claims(), "visible": VISIBLE, "decoys": decoys,
                      "alg": keys.issuer.algorithm().as_str(), "issuer": private(&keys.issuer),
                      "holder": keys.holder.public().to_jwk() });
    text(&ask(who, &[job])[0])
}

fn presented_by(who: Who, issued: &str, keys: &Keys, choices: &[&[&str]]) -> Vec<String> {
    if who == Ours {
        let ours = |paths: &&[&str]| {
            let paths: Vec<Path<'_>> = paths.iter().map(|path| Path::parse(path).unwrap()).collect();
            let binding = Binding { key: &keys.holder, aud: AUD, nonce: NONCE, iat: IAT + 100 };
            present(issued, Choice::Only(&paths), Some(&binding), &Limits::default()).unwrap()
        };
        return choices.iter().map(ours).collect();
    }
    let job = |paths: &&[&str]| {
        json!({ "verb": "present", "issued": issued, "paths": steps(paths), "aud": AUD, "nonce": NONCE,
                "iat": IAT + 100, "alg": keys.holder.algorithm().as_str(), "holder": private(&keys.holder) })
    };
    ask(who, &choices.iter().map(job).collect::<Vec<_>>()).iter().map(text).collect()
}

/// The paths as the others take them, who want every claim inside a chosen one named too.
fn steps(paths: &[&str]) -> Vec<Value> {
    let steps = |path: &&str| match *path {
        "attested" => ["by", "method", "seen"].map(|member| json!(["attested", member])).to_vec(),
        "attested.by" => vec![json!(["attested", "by"])],
        "owners[1]" => vec![json!(["owners", 1])],
        name => vec![json!([name])],
    };
    paths.iter().flat_map(steps).collect()
}

fn verified_by(who: Who, presentations: &[String], keys: &Keys) -> Vec<Value> {
    if who == Ours {
        let ours = |text: &String| verify_ours(text, keys).expect("it holds");
        return presentations.iter().map(ours).collect();
    }
    let jobs: Vec<Value> = presentations.iter().map(|text| verify_job(text, keys)).collect();
    let accepted = |(answer, text): (&Value, &String)| {
        let ok = answer.get("ok").unwrap_or_else(|| panic!("{who:?} refuses: {answer}\n{text}"));
        if who == JavaScript {
            assert_eq!(ok["status"], json!(2), "it read the status from our list");
            return ok["payload"].clone();
        }
        ok.clone()
    };
    ask(who, &jobs).iter().zip(presentations).map(accepted).collect()
}

fn verify_ours(presentation: &str, keys: &Keys) -> Option<Value> {
    let unverified = Unverified::parse(presentation, &Limits::default()).ok()?;
    let verified = unverified.verify(keys.issuer.public()).ok()?;
    let policy = KbPolicy { aud: AUD, nonce: NONCE, not_before: IAT, reference: None, now: LATER, skew: 0 };
    let broken = verified.key_binding()?.check(&verified.holder_key().ok()?, &policy);
    let payload = verified.disclose().ok()?.into_payload().to_value();
    broken.is_empty().then_some(payload)
}

fn verify_job(presentation: &str, keys: &Keys) -> Value {
    let mut list = StatusList::new(Bits::Two, 100).unwrap();
    list.set(42, Status::Suspended).unwrap();
    let claims = TokenClaims { issuer: None, uri: LIST, issued_at: IAT, expires: Some(LATER), ttl: None };
    json!({ "verb": "verify", "presentation": presentation, "issuer": keys.issuer.public().to_jwk(), "aud": AUD,
            "nonce": NONCE, "iat": IAT + 200, "alg": keys.issuer.algorithm().as_str(),
            "holderAlg": keys.holder.algorithm().as_str(), "status": sign(&list, &claims, &keys.issuer).unwrap() })
}

fn text(result: &Value) -> String {
    result["ok"].as_str().unwrap_or_else(|| panic!("{result}")).to_owned()
}

/// Puts jobs to one of the others.
fn ask(who: Who, jobs: &[Value]) -> Vec<Value> {
    let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop/sdjwt");
    let set = |name: &str| {
        env::var_os(name)
            .unwrap_or_else(|| panic!("{name} is not set: run `cargo xtask test`, which sets the tools up"))
    };
    let mut command = match who {
        Ours => unreachable!("we need no script"),
        Python => {
            let mut python = Command::new(set("ZIZHI_INTEROP_PYTHON"));
            python.arg(scripts.join("python/sdjwt.py"));
            python
        }
        JavaScript => {
            set("ZIZHI_INTEROP_NODE");
            let mut node = Command::new("node");
            node.arg(scripts.join("js/sdjwt.mjs"));
            node
        }
    };
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let input = serde_json::to_vec(jobs).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "{who:?} gave up");
    let results: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(results.len(), jobs.len(), "one result for each job");
    results
}
