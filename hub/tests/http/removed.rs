//! A device that was removed, at the ledger of another province (docs/hub.md §6).

use zizhi_crypto::SigningKey;
use zizhi_sync::api::{self, Code};
use zizhi_sync::devices::{DeviceList, Standing, first, follow};
use zizhi_sync::invitation::Role;
use zizhi_sync::object;

use crate::pair::{Engine, Side, pair};
use crate::world::{Answer, NOW, Party, ask, device, inbox, limits, new_key, party_of};

crate::on_both! {
    redeems_nothing_once_the_ledger_has_asked_its_hub
    redeems_for_a_day_at_most_while_its_hub_does_not_answer
    is_let_in_by_its_hub_no_sooner_than_by_the_ledger
}

/// A provider of Zhejiang at its hub B, and for the ledger at hub A of Shanghai.
async fn provider(a: &Side, b: &Side) -> Party {
    let provider = b.world.joins(party_of("33", 3), Role::ServiceProvider).await;
    a.world.joins(provider, Role::ServiceProvider).await
}

/// What hub A says to a device: of a voucher that it does not have, if it lets the device in.
async fn asks(a: &Side, by: &Party) -> Answer {
    a.world.from(by, ask("GET", "/v1/vouchers/SH-2026-0001")).await
}

async fn at(a: &Side, b: &Side, seconds: i64) {
    a.world.clock.set(seconds);
    b.world.clock.set(seconds);
}

async fn put(b: &Side, by: &Party, next: &DeviceList, standing: &Standing, key: &SigningKey) -> Standing {
    let jws = object::sign(key, next).expect("a list");
    b.world
        .from(by, ask("PUT", "/v1/devices").json(&api::ReplaceDevices { devices: jws.clone() }))
        .await
        .is(200);
    follow(standing, &jws, &limits()).expect("the next list")
}

/// At its own hub, another device takes the place of the provider's first.
async fn replaced(b: &Side, provider: &Party) -> Party {
    let second = Party { key: new_key(), ..party_of("33", 3) };
    let standing = first(&provider.list_jws, &limits()).expect("the first list");
    let added = DeviceList::adding(&standing, device(&second.key));
    let standing = put(b, provider, &added, &standing, &provider.key).await;
    let kid = provider.key.public().key_id();
    let removed = DeviceList::removing(&standing, kid.as_str(), inbox(), NOW);
    put(b, &second, &removed, &standing, &second.key).await;
    second
}

async fn redeems_nothing_once_the_ledger_has_asked_its_hub(engine: Engine) {
    let (a, b) = pair(engine).await;
    let provider = provider(&a, &b).await;
    asks(&a, &provider).await.refuses(Code::VoucherUnknown);
    replaced(&b, &provider).await;
    // The control: the list of the ledger itself lets it in for ever, and does so until its hub is asked again.
    at(&a, &b, NOW + 599).await;
    asks(&a, &provider).await.refuses(Code::VoucherUnknown);
    at(&a, &b, NOW + 600).await;
    asks(&a, &provider).await.refuses(Code::AuthKey);
    b.wire.cut();
    for later in [700, 100_000, 1_000_000] {
        at(&a, &b, NOW + later).await;
        let refused = asks(&a, &provider).await;
        assert!(refused.status.as_u16() >= 400, "nor when its hub is away");
        assert!(!refused.text().contains("VOUCHER"), "it is not let in: {}", refused.text());
    }
}

async fn redeems_for_a_day_at_most_while_its_hub_does_not_answer(engine: Engine) {
    let (a, b) = pair(engine).await;
    let provider = provider(&a, &b).await;
    at(&a, &b, NOW + 1000).await;
    asks(&a, &provider).await.refuses(Code::VoucherUnknown);
    replaced(&b, &provider).await;
    b.wire.cut();
    at(&a, &b, NOW + 1000 + 86_399).await;
    asks(&a, &provider).await.refuses(Code::VoucherUnknown);
    at(&a, &b, NOW + 1000 + 86_400).await;
    let refused = asks(&a, &provider).await.refuses(Code::HubBusy);
    assert!(refused.retry, "asking again may help");
    b.wire.restore();
    at(&a, &b, NOW + 1000 + 86_430).await;
    asks(&a, &provider).await.refuses(Code::HubBusy);
    at(&a, &b, NOW + 1000 + 86_460).await;
    asks(&a, &provider).await.refuses(Code::AuthKey);
}

async fn is_let_in_by_its_hub_no_sooner_than_by_the_ledger(engine: Engine) {
    let (a, b) = pair(engine).await;
    let provider = provider(&a, &b).await;
    let second = replaced(&b, &provider).await;
    at(&a, &b, NOW + 600).await;
    asks(&a, &second).await.refuses(Code::AuthKey);
    // A provider of the ledger's own province has its one list here, and its hub is this one.
    let own = a.world.joined(4, Role::ServiceProvider).await;
    b.wire.cut();
    at(&a, &b, NOW + 1_000_000).await;
    asks(&a, &own).await.refuses(Code::VoucherUnknown);
}
