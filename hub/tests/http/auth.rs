//! Who may ask at all (docs/hub.md §2).

use zizhi_hub::serve::{Rate, Settings};
use zizhi_sync::api::{Code, SyncRequest};
use zizhi_sync::invitation::Role;

use crate::world::{Ask, NOW, ORIGIN, ask, new_key, settings, world, world_with};

fn sync() -> Ask {
    ask("POST", "/v1/sync").json(&SyncRequest { cursor: None, acks: Vec::new(), public: None })
}

#[tokio::test]
async fn asks_for_a_signature_on_everything_but_public_data() {
    let world = world();
    for (method, path) in [
        ("GET", "/v1/organisations/91310000000000001X"),
        ("PUT", "/v1/devices"),
        ("POST", "/v1/organisations"),
        ("POST", "/v1/messages"),
        ("GET", "/v1/messages/x"),
        ("POST", "/v1/sync"),
        ("POST", "/v1/uploads"),
        ("PATCH", "/v1/uploads/x"),
        ("GET", "/v1/vouchers/x"),
        ("PUT", "/v1/vouchers/x"),
        ("POST", "/v1/vouchers/x/redemptions"),
        ("POST", "/v1/vouchers/x/holds"),
        ("POST", "/v1/vouchers/x/holds/y/release"),
        ("POST", "/v1/vouchers/x/holds/y/close"),
        ("POST", "/v1/vouchers/x/revoke"),
        ("POST", "/v1/vouchers/x/conflicts/y"),
    ] {
        world.send(&ask(method, path)).await.refuses(Code::AuthMissing);
    }
    world.send(&ask("GET", "/v1/elsewhere")).await.refuses(Code::NotFound);
    for (method, path, allowed) in
        [("DELETE", "/v1/hub", "GET,HEAD"), ("PUT", "/v1/sync", "POST"), ("GET", "/v1/relay", "POST")]
    {
        let refused = world.send(&ask(method, path)).await;
        refused.refuses(Code::RequestMethod);
        assert_eq!(refused.headers["allow"], allowed, "{method} {path}");
    }
}

#[tokio::test]
async fn refuses_a_key_that_no_list_has() {
    let world = world();
    world.joined(1, Role::Firm).await;
    world.send(&sync().signed(&new_key(), ORIGIN, NOW)).await.refuses(Code::AuthKey);
}

#[tokio::test]
async fn refuses_what_was_changed_on_the_way() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    let signed = sync().signed(&firm.key, ORIGIN, NOW);
    let mut body = signed.clone();
    body.body.extend_from_slice(b" ");
    world.send(&body).await.refuses(Code::AuthSignature);
    let mut path = signed.clone();
    path.path = "/v1/uploads".to_owned();
    world.send(&path).await.refuses(Code::AuthSignature);
    let mut field = signed.clone();
    field.fields.push(("idempotency-key", "x".to_owned()));
    world.send(&field).await.refuses(Code::AuthMissing);
    world.send(&signed).await.is(200);
}

#[tokio::test]
async fn refuses_a_request_that_was_signed_for_another_hub() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    let elsewhere = sync().signed(&firm.key, "https://other.example", NOW).field("host", "other.example");
    world.send(&elsewhere).await.refuses(Code::AuthSignature);
}

#[tokio::test]
async fn refuses_a_clock_that_is_off_and_tells_the_time() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    for (off, fits) in [(300, true), (301, false), (-600, true), (-601, false)] {
        let answer = world.send(&sync().signed(&firm.key, ORIGIN, NOW + off)).await;
        if fits {
            answer.is(200);
        } else {
            assert_eq!(
                answer.refuses(Code::AuthTime).time,
                Some(NOW),
                "so that the client can tell a person"
            );
        }
    }
}

#[tokio::test]
async fn refuses_the_very_same_request_again_unless_it_only_asks() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    let signed = sync().signed(&firm.key, ORIGIN, NOW);
    world.send(&signed).await.is(200);
    world.send(&signed).await.refuses(Code::AuthReplay);
    let asks = ask("GET", format!("/v1/organisations/{}", firm.org.uscc())).signed(&firm.key, ORIGIN, NOW);
    world.send(&asks).await.is(200);
    world.send(&asks).await.is(200);
}

#[tokio::test]
async fn lets_one_organisation_ask_too_often_without_touching_another() {
    let rate = Rate { burst: 3, per_second: 1 };
    let world = world_with(Settings { rate, ..settings() });
    let (eager, calm) = (world.joined(1, Role::Firm).await, world.joined(2, Role::Firm).await);
    for _ in 0..3 {
        world.from(&eager, sync()).await.is(200);
    }
    let busy = world.from(&eager, sync()).await;
    busy.refuses(Code::HubBusy);
    assert!(busy.headers.contains_key("retry-after"), "it is told to wait");
    world.from(&calm, sync()).await.is(200);
    world.clock.set(NOW + 1);
    world.from(&eager, sync()).await.is(200);
    world.from(&eager, sync()).await.refuses(Code::HubBusy);
}

#[tokio::test]
async fn takes_no_more_bytes_than_an_address_has_use_for() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    let large = ask("POST", "/v1/sync").bytes("application/json", &vec![b' '; 256 * 1024 + 1]);
    world.from(&firm, large).await.refuses(Code::RequestSize);
    let twice = ask("POST", "/v1/sync")
        .bytes("application/json", br#"{"cursor":null,"acks":[],"acks":[],"public":null}"#);
    world.from(&firm, twice).await.refuses(Code::RequestInvalid);
}
