//! What a hub that means no good may try, and what an operator may add (docs/hub.md §7).

use zizhi_hub::peer::{PeerError, homes, introduced};
use zizhi_hub::serve::{Rate, Settings};
use zizhi_hub::store::{Peer, PeerAdded};
use zizhi_sync::api::{self, Code};
use zizhi_sync::invitation::Role;
use zizhi_sync::{Digest, HubId};

use crate::common::org_of;
use crate::mail::sync;
use crate::pair::{Engine, Side, pair, pair_with};
use crate::relay::relayed;
use crate::world::{Ask, NOW, Party, ask, new_id, party_of, settings};

async fn victims(a: &Side, b: &Side) -> (Party, Party) {
    let firm = a.world.joined(1, Role::Firm).await;
    (firm, b.world.joins(party_of("33", 2), Role::Incubator).await)
}

fn by(side: &Side, to: &Side, ask: Ask) -> Ask {
    ask.signed(&side.world.data.key, &to.world.origin, NOW)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn brings_nothing_in_the_name_of_organisations_that_are_not_its_own() {
    let (a, b) = pair(Engine::Sqlite).await;
    let (_, incubator) = victims(&a, &b).await;
    let of_another_province = party_of("32", 5);
    let of_the_hub_itself = b.world.joins(party_of("31", 7), Role::Firm).await;
    for from in [&of_another_province, &of_the_hub_itself, &incubator] {
        let forged = relayed(&a, &b, from, &incubator, new_id(), b"forged");
        b.world.send(&forged).await.refuses(Code::AuthForbidden);
        let len = 300_000;
        let upload = api::NewUpload { id: new_id(), to: incubator.org, len, sha256: Digest::of(b"x") };
        let forged = ask("POST", "/v1/uploads").field("zizhi-from", from.org.to_string()).json(&upload);
        b.world.send(&by(&a, &b, forged)).await.refuses(Code::AuthForbidden);
    }
    assert!(sync(&b.world, &incubator, None, Vec::new()).await.items.is_empty(), "nothing came in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn brings_nothing_for_organisations_of_a_third_hub() {
    let (a, b) = pair(Engine::Sqlite).await;
    let c = Side::start("32-main", Engine::Sqlite, settings()).await;
    b.knows(&c).await;
    c.knows(&b).await;
    let (firm, incubator) = victims(&a, &b).await;
    let third = c.world.joins(party_of("32", 3), Role::Incubator).await;
    let path = format!("/v1/organisations/{}", third.org.uscc());
    b.world.from(&incubator, ask("GET", &path)).await.is(200);
    let through = relayed(&a, &b, &firm, &third, new_id(), b"through");
    b.world.send(&through).await.refuses(Code::OrgUnknown);
    let asked = by(&a, &b, ask("GET", &path));
    b.world.send(&asked).await.refuses(Code::OrgUnknown);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replays_nothing_and_may_ask_nothing_else() {
    let (a, b) = pair(Engine::Sqlite).await;
    let (firm, incubator) = victims(&a, &b).await;
    let once = relayed(&a, &b, &firm, &incubator, new_id(), b"sealed");
    b.world.send(&once).await.is(201);
    b.world.send(&once).await.refuses(Code::AuthReplay);
    let nobody = Side::start("34-main", Engine::Sqlite, settings()).await;
    let stranger = relayed(&nobody, &b, &party_of("34", 1), &incubator, new_id(), b"sealed");
    b.world.send(&stranger).await.refuses(Code::AuthKey);
    let round = api::SyncRequest { cursor: None, acks: Vec::new(), public: None };
    let from = incubator.org.to_string();
    let reading = ask("POST", "/v1/sync").field("zizhi-from", from.clone()).json(&round);
    b.world.send(&by(&a, &b, reading)).await.refuses(Code::AuthForbidden);
    let fetching = ask("GET", format!("/v1/messages/{}", new_id())).field("zizhi-from", from);
    b.world.send(&by(&a, &b, fetching)).await.refuses(Code::AuthForbidden);
    let voucher = ask("GET", "/v1/vouchers/v");
    b.world.send(&by(&a, &b, voucher)).await.refuses(Code::AuthForbidden);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn is_no_device_and_no_device_is_a_hub() {
    let (a, b) = pair(Engine::Sqlite).await;
    let (firm, incubator) = victims(&a, &b).await;
    let mut as_hub = relayed(&a, &b, &firm, &incubator, new_id(), b"sealed");
    as_hub.fields.retain(|(name, _)| !["signature", "signature-input", "content-digest"].contains(name));
    b.world.from(&incubator, as_hub.clone()).await.refuses(Code::AuthForbidden);
    as_hub.fields.retain(|(name, _)| *name != "zizhi-from");
    b.world.from(&incubator, as_hub.clone()).await.refuses(Code::AuthForbidden);
    b.world.send(&by(&a, &b, as_hub)).await.refuses(Code::RequestInvalid);
    let for_another = ask("GET", "/v1/vouchers/v").field("zizhi-from", firm.org.to_string());
    b.world.from(&incubator, for_another).await.refuses(Code::AuthForbidden);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floods_neither_the_disk_nor_the_hub() {
    let few = Rate { burst: 6, per_second: 1 };
    let settings = Settings { peer_bytes: 100_000, peer_rate: few, ..settings() };
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (a, b) = pair_with(engine, settings).await;
        let (firm, incubator) = victims(&a, &b).await;
        let second = b.world.joins(party_of("33", 3), Role::Incubator).await;
        let other = party_of("31", 8);
        let first = new_id();
        b.world.send(&relayed(&a, &b, &firm, &incubator, first, &[1; 60_000])).await.is(201);
        for to in [&incubator, &second] {
            let more = relayed(&a, &b, &other, to, new_id(), &[2; 60_000]);
            b.world.send(&more).await.refuses(Code::MailQuota);
        }
        let upload = api::NewUpload { id: new_id(), to: second.org, len: 60_000, sha256: Digest::of(b"") };
        let from = other.org.to_string();
        let upload = ask("POST", "/v1/uploads").field("zizhi-from", from).json(&upload);
        b.world.send(&by(&a, &b, upload)).await.refuses(Code::MailQuota);
        sync(&b.world, &incubator, None, vec![first]).await;
        b.world.send(&relayed(&a, &b, &other, &second, new_id(), &[2; 60_000])).await.is(201);
        let sixth = relayed(&a, &b, &other, &second, new_id(), b"3");
        b.world.send(&sixth).await.is(201);
        let seventh = relayed(&a, &b, &other, &second, new_id(), b"4");
        let busy = b.world.send(&seventh).await;
        busy.refuses(Code::HubBusy);
        assert!(busy.headers.contains_key("retry-after"), "and it is told when to come again");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_signs_for_another_message_has_not_taken_this_one() {
    let (a, b) = pair(Engine::Sqlite).await;
    let (firm, incubator) = victims(&a, &b).await;
    let path = format!("/v1/organisations/{}", incubator.org.uscc());
    a.world.from(&firm, ask("GET", &path)).await.is(200);
    // The same address, another key: whoever took the hub's place cannot sign for it.
    let mut peer: Peer = a.store.peers().await.expect("an answer").remove(0);
    assert!(a.store.remove_peer(&peer.hub).await.expect("an answer"), "gone");
    let liar = crate::world::new_key();
    peer.kid = liar.public().key_id().as_str().to_owned();
    peer.jwk = serde_json::to_string(&liar.public().to_jwk()).expect("a key");
    a.store.add_peer(&peer).await.expect("an answer");
    a.world.from(&firm, crate::mail::message(new_id(), incubator.org, b"sealed")).await.is(201);
    assert_eq!(a.world.hub.drain().await.expect("an answer"), 0, "nothing counts as delivered");
    let queues = a.store.queues().await.expect("an answer");
    assert_eq!(queues[0].code.as_deref(), Some("PEER-RECEIPT"), "and the operator sees why");
}

fn peer(hub: &str, provinces: &[&str], organisations: &[(&str, u32)]) -> Peer {
    Peer {
        hub: hub.to_owned(),
        kid: hub.to_owned(),
        jwk: String::new(),
        origin: String::new(),
        provinces: provinces.iter().map(ToString::to_string).collect(),
        organisations: organisations.iter().map(|(province, n)| org_of(province, *n)).collect(),
        added: 0,
    }
}

#[test]
fn speaks_for_whom_the_operator_named_then_for_its_province() {
    let peers = [
        peer("31-main", &["31"], &[]),
        peer("33-main", &["33", "36"], &[]),
        peer("33-wenzhou", &["33"], &[("31", 5)]),
    ];
    let found = |seen: Option<&str>, province: &str, n: u32| -> Vec<String> {
        homes(&peers, seen, &org_of(province, n)).iter().map(|peer| peer.hub.clone()).collect()
    };
    assert_eq!(found(None, "31", 1), ["31-main"], "by province");
    assert_eq!(found(None, "31", 5), ["33-wenzhou"], "named, whatever its province");
    assert_eq!(found(Some("31-main"), "31", 5), ["33-wenzhou"], "and wherever it was seen");
    assert_eq!(found(None, "33", 1), ["33-main", "33-wenzhou"], "either, while it was never seen");
    assert_eq!(found(Some("33-wenzhou"), "33", 1), ["33-wenzhou"], "where it was seen");
    assert_eq!(found(Some("33-gone"), "36", 1), ["33-main"], "a peer that is gone has no say");
    assert!(found(None, "32", 1).is_empty(), "nobody");
}

#[tokio::test]
async fn is_added_by_its_card_and_an_address_that_mail_may_go_to() {
    let b = Side::start("33-main", Engine::Sqlite, settings()).await;
    let (card, own) = (b.card(), HubId::parse("31-main").expect("an id"));
    let add = |origin: &str| introduced(&card, &own, origin, &[], &[], NOW);
    for origin in ["https://hub.example", "https://hub.example:8443", "http://127.0.0.1:1", "http://[::1]:80"]
    {
        assert_eq!(add(origin).expect("a peer").provinces, ["33"], "{origin}: by its id");
    }
    for origin in [
        "http://hub.example",
        "https://",
        "hub.example",
        "https://hub.example/",
        "https://a@hub.example",
        "ftp://a",
    ] {
        assert!(matches!(add(origin), Err(PeerError::Origin(_))), "{origin}");
    }
    let itself = introduced(&card, &b.world.data.id, "https://hub.example", &[], &[], NOW);
    assert!(matches!(itself, Err(PeerError::Own)), "not itself");
    let province = introduced(&card, &own, "https://hub.example", &["330000".to_owned()], &[], NOW);
    assert!(matches!(province, Err(PeerError::Province(_))), "two digits");
    let (head, tail) = card.rsplit_once('.').expect("three parts");
    let forged = format!("{head}.{}", tail.replace(char::is_alphanumeric, "A"));
    let forged = introduced(&forged, &own, "https://hub.example", &[], &[], NOW);
    assert!(matches!(forged, Err(PeerError::Card(_))), "signed by its key");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_its_key_until_it_is_removed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let side = Side::start("31-main", engine, settings()).await;
        let add = |peer: Peer| {
            let store = side.store.clone();
            async move { store.add_peer(&peer).await.expect("an answer") }
        };
        let known = peer("33-main", &["33"], &[("31", 5)]);
        assert_eq!(add(known.clone()).await, PeerAdded::New, "new");
        let moved = Peer { origin: "https://moved.example".to_owned(), ..known.clone() };
        assert_eq!(add(moved.clone()).await, PeerAdded::Changed, "moved");
        assert_eq!(side.store.peers().await.expect("an answer"), vec![moved.clone()], "as it is now");
        let other_key = Peer { kid: "another".to_owned(), ..known.clone() };
        assert_eq!(add(other_key.clone()).await, PeerAdded::OtherKey, "not with another key");
        let other_name = Peer { hub: "32-main".to_owned(), ..known.clone() };
        assert_eq!(add(other_name).await, PeerAdded::OtherKey, "nor its key under another name");
        let taking = peer("32-main", &["32"], &[("31", 5)]);
        assert_eq!(add(taking).await, PeerAdded::OrganisationOf("33-main".to_owned()), "nor what is its own");
        assert_eq!(side.store.peers().await.expect("an answer"), [moved], "all that changed nothing");
        assert!(side.store.remove_peer("33-main").await.expect("an answer"), "removed");
        assert!(!side.store.remove_peer("33-main").await.expect("an answer"), "once");
        assert_eq!(add(other_key).await, PeerAdded::New, "and then it may have another key");
    }
}
