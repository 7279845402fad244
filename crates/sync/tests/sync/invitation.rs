//! Invitations: who, as what, and for how long.

use zizhi_sync::api::Code;
use zizhi_sync::invitation::{Invitation, InvitationRefusal, Inviter, Role, SKEW, WINDOW};
use zizhi_sync::object::{Fault, ObjectError, sign};
use zizhi_sync::{HubId, Payload};

use crate::support::{NOW, firm, hub, invitation, key, other_firm};

fn fault(invitation: &Invitation) -> Option<Fault> {
    match sign(&key(1), invitation) {
        Ok(_) => None,
        Err(ObjectError::Fault(fault)) => Some(fault),
        Err(other) => panic!("a fault was expected: {other:?}"),
    }
}

#[test]
fn it_admits_whom_it_names_where_it_names() {
    let invitation = invitation();
    assert_eq!(invitation.admits(&hub(), &firm(), NOW), Ok(()));
    let elsewhere = HubId::parse("31-main").unwrap();
    assert_eq!(invitation.admits(&elsewhere, &firm(), NOW), Err(InvitationRefusal::Hub));
    assert_eq!(invitation.admits(&hub(), &other_firm(), NOW), Err(InvitationRefusal::Organisation));
}

#[test]
fn it_ends_to_the_second() {
    let invitation = invitation();
    let at = |now| invitation.admits(&hub(), &firm(), now);
    assert_eq!(at(invitation.exp - 1), Ok(()), "one second before its end");
    assert_eq!(at(invitation.exp), Err(InvitationRefusal::Expired), "not on or after it (RFC 7519 §4.1.4)");
    assert_eq!(at(NOW - SKEW), Ok(()), "clocks may be that far apart");
    assert_eq!(at(NOW - SKEW - 1), Err(InvitationRefusal::Early), "and no further");
    assert_eq!(InvitationRefusal::Expired.code(), Code::InviteExpired);
    assert_eq!(InvitationRefusal::Hub.code(), Code::InviteInvalid);
}

#[test]
fn it_is_open_for_thirty_days_at_most() {
    let with = |exp| fault(&Invitation { exp, ..invitation() });
    assert_eq!(with(NOW + WINDOW), None, "30 days");
    assert_eq!(with(NOW + WINDOW + 1), Some(Fault::Time("exp")), "a second more");
    assert_eq!(with(NOW + 1), None, "one second");
    assert_eq!(with(NOW), Some(Fault::Time("exp")), "none at all");
    assert_eq!(with(NOW - 1), Some(Fault::Time("exp")), "over before it began");
    assert_eq!(with(i64::MIN), Some(Fault::Time("exp")), "and nothing overflows");
}

#[test]
fn an_incubator_invites_firms_only_and_the_hub_everybody() {
    for role in Role::ALL {
        assert_eq!(fault(&Invitation { role, ..invitation() }), None, "the hub invites a {}", role.as_str());
        let by_incubator = Invitation { role, iss: Inviter::Incubator(other_firm()), ..invitation() };
        let expected = if role == Role::Firm { None } else { Some(Fault::Role) };
        assert_eq!(fault(&by_incubator), expected, "an incubator invites a {}", role.as_str());
        assert_eq!(Role::parse(role.as_str()), Some(role));
    }
}

#[test]
fn a_hub_invites_to_itself_only() {
    let other = HubId::parse("31-main").unwrap();
    assert_eq!(fault(&Invitation { iss: Inviter::Hub(other), ..invitation() }), Some(Fault::Role));
}

#[test]
fn the_inviter_is_a_hub_or_an_organisation() {
    let text = serde_json::to_string(&invitation().wire()).unwrap();
    assert!(text.contains(r#""iss":"33-main""#), "a hub by its id: {text}");
    for nobody in ["33main", "urn:uscc:91330421DEM0000815", "https://hub.example", ""] {
        let text = text.replace(r#""iss":"33-main""#, &format!(r#""iss":"{nobody}""#));
        assert!(serde_json::from_str::<Invitation>(&text).is_err(), "{nobody:?} invites nobody");
    }
}

#[test]
fn the_name_is_a_name() {
    for name in ["", "  ", "a\u{0}b", "a\u{85}b", &"名".repeat(201)] {
        assert_eq!(
            fault(&Invitation { name: name.to_owned(), ..invitation() }),
            Some(Fault::Text("name")),
            "{name:?}"
        );
    }
    assert_eq!(fault(&Invitation { name: "名".repeat(200), ..invitation() }), None, "200 characters");
}
