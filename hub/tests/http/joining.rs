//! Joining (docs/hub.md §4).

use zizhi_model::OrgId;
use zizhi_sync::api::{self, Code};
use zizhi_sync::devices::{DeviceList, first};
use zizhi_sync::invitation::{Invitation, Inviter, Role};
use zizhi_sync::object;

use crate::common::org;
use crate::world::{
    NOW, ORIGIN, Party, World, ask, device, enrol, inbox, limits, new_id, new_key, party, world,
};

#[tokio::test]
async fn enrols_an_organisation_with_the_hubs_invitation() {
    let world = world();
    let firm = party(1);
    let invitation = world.invitation(firm.org, Role::Firm);
    let answer: api::Enrolled = world.enrol(&firm, &invitation).await.json(201);
    assert_eq!(answer.organisation, firm.org, "who joined");
    world.enrol(&firm, &invitation).await.json::<api::Enrolled>(200);
    let path = format!("/v1/organisations/{}", firm.org.uscc());
    let shown: api::Organisation = world.from(&firm, ask("GET", path)).await.json(200);
    assert_eq!((shown.name.as_str(), shown.role), ("示例公司", Role::Firm), "as the invitation says");
    assert_eq!(shown.devices, firm.list_jws, "with the list that one seals to");
    let path = format!("/v1/organisations/{}", org(2).uscc());
    world.from(&firm, ask("GET", path)).await.refuses(Code::OrgUnknown);
}

#[tokio::test]
async fn answers_a_repetition_as_before_after_the_invitation_has_expired() {
    let world = world();
    let firm = party(1);
    let invitation = world.invitation(firm.org, Role::Firm);
    world.enrol(&firm, &invitation).await.is(201);
    world.clock.set(NOW + 7200);
    world.enrol(&firm, &invitation).await.is(200);
}

#[tokio::test]
async fn refuses_an_invitation_that_does_not_hold() {
    let world = world();
    let firm = party(1);
    let stranger = self::world();
    let cases = [
        (stranger.invitation(firm.org, Role::Firm), Code::InviteInvalid),
        (world.invitation(org(2), Role::Firm), Code::InviteInvalid),
        ("no invitation".to_owned(), Code::InviteInvalid),
        (firm.list_jws.clone(), Code::InviteInvalid),
    ];
    for (invitation, code) in cases {
        world.enrol(&firm, &invitation).await.refuses(code);
    }
    let invitation = world.invitation(firm.org, Role::Firm);
    world.clock.set(NOW + 3600);
    world.enrol(&firm, &invitation).await.refuses(Code::InviteExpired);
}

#[tokio::test]
async fn lets_an_invitation_be_used_by_one_list() {
    let world = world();
    let (firm, imposter) = (party(1), party(1));
    let invitation = world.invitation(firm.org, Role::Firm);
    world.enrol(&firm, &invitation).await.is(201);
    world.enrol(&imposter, &invitation).await.refuses(Code::InviteUsed);
    let another = world.invitation(firm.org, Role::Firm);
    world.enrol(&imposter, &another).await.refuses(Code::DevicesStale);
}

fn invited_by(inviter: &Party, firm: OrgId, world: &World) -> String {
    let invitation = Invitation {
        jti: new_id(),
        iss: Inviter::Incubator(inviter.org),
        sub: firm,
        name: "被邀企业".to_owned(),
        role: Role::Firm,
        hub: world.data.id.clone(),
        iat: NOW,
        exp: NOW + 3600,
    };
    object::sign(&inviter.key, &invitation).expect("an invitation")
}

#[tokio::test]
async fn lets_an_incubator_invite_and_nobody_else() {
    let world = world();
    let incubator = world.joined(1, Role::Incubator).await;
    let firm = world.joined(2, Role::Firm).await;
    let (invited, other) = (party(3), party(4));
    world.enrol(&invited, &invited_by(&incubator, invited.org, &world)).await.is(201);
    world.enrol(&other, &invited_by(&firm, other.org, &world)).await.refuses(Code::InviteInvalid);
    let in_its_name = Party { org: incubator.org, ..party(9) };
    world.enrol(&other, &invited_by(&in_its_name, other.org, &world)).await.refuses(Code::InviteInvalid);
}

#[tokio::test]
async fn asks_for_the_signature_of_a_device_of_the_first_list() {
    let world = world();
    let firm = party(1);
    let request = enrol(&firm, &world.invitation(firm.org, Role::Firm));
    world.send(&request.clone().signed(&new_key(), ORIGIN, NOW)).await.refuses(Code::AuthKey);
    let mut broken = enrol(&firm, &world.invitation(firm.org, Role::Firm));
    broken = broken.clone().json(&api::Enrol {
        invitation: world.invitation(firm.org, Role::Firm),
        devices: firm.list_jws.replace('.', ".."),
    });
    broken.fields.remove(0);
    world.send(&broken.signed(&firm.key, ORIGIN, NOW)).await.refuses(Code::DevicesInvalid);
}

#[tokio::test]
async fn replaces_a_device_list_by_the_one_that_follows() {
    let world = world();
    let firm = world.joined(1, Role::Firm).await;
    let standing = first(&firm.list_jws, &limits()).expect("the first list");
    let second_key = new_key();
    let list = DeviceList::adding(&standing, device(&second_key));
    let put = |jws: String| ask("PUT", "/v1/devices").json(&api::ReplaceDevices { devices: jws });
    let by_itself = object::sign(&second_key, &list).expect("a list");
    world.from(&firm, put(by_itself)).await.refuses(Code::DevicesInvalid);
    let jws = object::sign(&firm.key, &list).expect("a list");
    world.from(&firm, put(jws.clone())).await.is(200);
    world.from(&firm, put(jws)).await.is(200);
    let renewed = DeviceList::renewing(&standing, inbox(), NOW);
    let stale = object::sign(&firm.key, &renewed).expect("a list");
    world.from(&firm, put(stale)).await.refuses(Code::DevicesStale);
    let second = Party { key: second_key, ..party(1) };
    let path = format!("/v1/organisations/{}", firm.org.uscc());
    world.from(&second, ask("GET", path)).await.is(200);
}
