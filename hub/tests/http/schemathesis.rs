//! Requests that schemathesis makes from the description, well-formed and not, each answered as described.
//!
//! Run with the feature `interop` by `cargo xtask test`, which sets the tools up and says where they
//! are: `ZIZHI_INTEROP_PYTHON` is a Python with the packages of `tests/interop/requirements.txt`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Uri};
use axum::middleware::{Next, from_fn};
use axum::{Router, serve};
use tokio::net::TcpListener;
use zizhi_crypto::{Random as _, SystemRandom};
use zizhi_model::civil::parse_date;
use zizhi_model::money::Fen;
use zizhi_sync::api;
use zizhi_sync::http_signature::{self, Stamp};
use zizhi_sync::invitation::Role;
use zizhi_sync::ledger::{AMOUNT_MOST, VoucherEntry};
use zizhi_sync::{Token, object};

use crate::world::{NOW, ORIGIN, Party, World, ask, new_id, world};

const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// A voucher that anybody may redeem at any time.
const VOUCHER: &str = "SH-2026-0001";

/// One that may be revoked.
const OTHER: &str = "SH-2026-0002";

/// Runs schemathesis against a hub on loopback, and shows what it found.
async fn run(router: Router, folder: &Path) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let address: SocketAddr = listener.local_addr().expect("an address");
    let serving = tokio::spawn(async move { serve(listener, router).await });
    let python = std::env::var("ZIZHI_INTEROP_PYTHON").expect("set by `cargo xtask test`");
    let base = format!("http://{address}");
    let hooks = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/interop/hub/hooks.py");
    let mut command = Command::new(python);
    command
        .args(["-m", "schemathesis.cli", "run", &format!("{base}/openapi.json"), "--url", &base])
        .args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--max-examples", "15"])
        .args(["--seed", "1", "--no-shrink", "--continue-on-failure", "--no-color"])
        .args(["--generation-database", "none", "--suppress-health-check", "all"])
        .env("SCHEMATHESIS_HOOKS", hooks)
        .current_dir(folder);
    let ran = tokio::task::spawn_blocking(move || command.output()).await.expect("it ends");
    let ran = ran.expect("schemathesis runs");
    serving.abort();
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "schemathesis found something:\n{out}\n{err}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_requests_without_a_signature_as_it_describes() {
    let world = world();
    run(world.router.clone(), world.folder()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_signed_requests_as_it_describes() {
    let world = world();
    let signer = Arc::new(signer(&world).await);
    let signing = from_fn(move |request: Request, next: Next| {
        let signer = Arc::clone(&signer);
        async move { next.run(signer.sign(request).await).await }
    });
    // Around the whole router, so that a changed address is routed anew.
    let router = Router::new().fallback_service(world.router.clone()).layer(signing);
    run(router, world.folder()).await;
    // One hold and one message were there before.
    let counted = world.hub.metrics().text();
    for (what, before) in [("redemption", 0), ("hold", 1), ("message", 1)] {
        let line = format!("what=\"{what}\",became=\"new\"}} ");
        let after = counted.split(&line).nth(1).and_then(|rest| rest.split_whitespace().next());
        let after: u32 = after.map_or(0, |count| count.parse().expect("a number"));
        assert!(after > before, "requests reach the store: {what}\n{counted}");
    }
}

/// Organisations that sign in turn, and things that are there to be asked about.
struct Signer {
    parties: Vec<Party>,
    known: Vec<(&'static str, String)>,
    turn: AtomicUsize,
}

async fn signer(world: &World) -> Signer {
    let fund = world.joined(1, Role::VoucherFund).await;
    let desk = world.joined(2, Role::ServiceProvider).await;
    for id in [VOUCHER, OTHER] {
        let entry = object::sign(&fund.key, &entry(id, &fund, &desk)).expect("an entry");
        let put = ask("PUT", format!("/v1/vouchers/{id}")).json(&api::PutVoucher { entry });
        world.from(&fund, put).await.is(201);
    }

    let hold = api::HoldRequest { amount: Fen(100), until: NOW };
    let hold = ask("POST", format!("/v1/vouchers/{VOUCHER}/holds")).field("idempotency-key", "h").json(&hold);
    world.from(&desk, hold).await.is(201);

    let (message, to) = (new_id(), desk.org.to_string());
    let sending = ask("POST", "/v1/messages").bytes(api::MESSAGE_TYPE, b"sealed");
    let sending = sending.field("idempotency-key", message.to_string()).field("zizhi-to", to.clone());
    world.from(&fund, sending).await.is(201);

    let upload =
        api::NewUpload { id: new_id(), to: desk.org, len: 1 << 20, sha256: zizhi_sync::Digest::of(b"") };
    let upload: api::Upload = world.from(&desk, ask("POST", "/v1/uploads").json(&upload)).await.json(201);
    let known = vec![
        ("/v1/vouchers/", VOUCHER.to_owned()),
        ("/v1/messages/", message.to_string()),
        ("/v1/uploads/", upload.upload.to_string()),
        ("/v1/organisations/", to),
    ];
    Signer { parties: vec![desk, fund], known, turn: AtomicUsize::new(0) }
}

fn entry(id: &str, fund: &Party, firm: &Party) -> VoucherEntry {
    VoucherEntry {
        jti: Token::parse(id).expect("a token"),
        iss: fund.org,
        sub: firm.org,
        amount: Fen(AMOUNT_MOST),
        from: parse_date("0000-01-01").expect("a day"),
        until: parse_date("9999-12-31").expect("a day"),
        regions: Vec::new(),
        kinds: vec!["检验检测".to_owned()],
        redeemers: Vec::new(),
        iat: NOW,
    }
}

impl Signer {
    /// Signs a request as a device would; of four requests, three ask about something that is there.
    async fn sign(&self, request: Request) -> Request {
        let turn = self.turn.fetch_add(1, Ordering::SeqCst);
        let (mut parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_else(|_| Bytes::new());
        if turn % 4 < 3 {
            parts.uri = self.known(&parts.uri);
            if let Some(to) = parts.headers.get_mut(api::ZIZHI_TO) {
                *to = HeaderValue::from_str(&self.parties[0].org.to_string()).expect("a value");
            }
        }
        for name in ["signature", "signature-input", "content-digest"] {
            parts.headers.remove(name);
        }
        let fields: Vec<(&str, &str)> = parts
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
            .collect();
        let target = format!("{ORIGIN}{}", parts.uri);
        let mut nonce = [0; 16];
        SystemRandom.fill(&mut nonce);
        let stamp = Stamp { created: NOW, expires: NOW + 300, nonce };
        let unsigned = http_signature::Request {
            method: parts.method.as_str(),
            target_uri: &target,
            fields: &fields,
            body: http_signature::body(&body),
        };
        // What cannot be signed goes on as it is, and is refused.
        let party = &self.parties[turn % self.parties.len()];
        let added = http_signature::sign(&unsigned, &party.key, &stamp).unwrap_or_default();
        for (name, value) in added {
            let value = HeaderValue::from_str(&value).expect("a value");
            parts.headers.insert(HeaderName::from_static(name), value);
        }
        Request::from_parts(parts, Body::from(body))
    }

    /// The address with the name of something that is there.
    fn known(&self, uri: &Uri) -> Uri {
        let whole = uri.to_string();
        let known = self.known.iter().find_map(|(before, name)| {
            let rest = whole.strip_prefix(before)?;
            let behind = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
            let name = if behind == "/revoke" { OTHER } else { name };
            format!("{before}{name}{behind}").parse().ok()
        });
        known.unwrap_or_else(|| uri.clone())
    }
}
