//! The organisations of a hub, as its operator sees them by the program.

use zizhi_crypto::SigningKey;
use zizhi_sync::api::{self, Code, Problem};
use zizhi_sync::devices::{DeviceList, Standing, first, follow};
use zizhi_sync::digest::fingerprint;
use zizhi_sync::object;

use crate::mail::message;
use crate::peer_program::Program;
use crate::world::{Party, ask, device, enrol, limits, new_id, new_key, party};

/// Asks something that any device may ask: the code that refuses it, or nothing.
fn refused(hub: &Program, by: &Party) -> Option<Code> {
    let (status, body) = hub.send(by, ask("GET", format!("/v1/organisations/{}", by.org.uscc())));
    let problem = || serde_json::from_slice::<Problem>(&body).expect("a problem").code;
    (status != 200).then(problem)
}

fn put(hub: &Program, by: &Party, list: &DeviceList, key: &SigningKey) -> (u16, String) {
    let jws = object::sign(key, list).expect("a list");
    let body = api::ReplaceDevices { devices: jws.clone() };
    (hub.send(by, ask("PUT", "/v1/devices").json(&body)).0, jws)
}

#[test]
fn a_device_that_the_operator_removed_asks_nothing_whatever_list_is_sent() {
    let hub = Program::start("31-main");
    let firm = party(1);
    hub.join(&firm, "firm");
    let second = Party { key: new_key(), ..party(1) };
    let standing = first(&firm.list_jws, &limits()).expect("the first list");
    let list = DeviceList::adding(&standing, device(&second.key));
    let (status, jws) = put(&hub, &firm, &list, &firm.key);
    assert_eq!((status, refused(&hub, &second)), (200, None), "two devices ask");
    let standing: Standing = follow(&standing, &jws, &limits()).expect("the list that stands");

    let code = firm.org.uscc().as_str();
    let (kid, shown) = (second.key.public().key_id(), fingerprint(second.key.public()));
    let listed = hub.said(&["organisation", "list"]);
    assert!(listed.starts_with(&format!("{code}\tfirm\t示例\tmember\n")), "{listed}");
    assert_eq!(listed.matches("may ask").count(), 2, "{listed}");
    assert!(listed.contains(&format!("\t{kid}\t{shown}\t")), "by both names: {listed}");
    // An operator hears the fingerprint by telephone.
    let told = hub.run(&["organisation", "remove-device", code, &shown.to_lowercase()]);
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.status.success() && said.contains("asks this hub nothing any more"), "{said}");
    assert_eq!(refused(&hub, &second), Some(Code::AuthKey), "at once, at a hub that runs");
    assert_eq!(refused(&hub, &firm), None, "and the other one goes on");
    assert!(hub.said(&["organisation", "list", code]).contains("removed here"), "it is shown");
    let again = hub.run(&["organisation", "remove-device", code, kid.as_str()]);
    assert_eq!(again.status.code(), Some(2), "once");

    let same = api::ReplaceDevices { devices: jws };
    assert_eq!(hub.send(&firm, ask("PUT", "/v1/devices").json(&same)).0, 200, "the list that stands again");
    let third = Party { key: new_key(), ..party(1) };
    let list = DeviceList::adding(&standing, device(&third.key));
    assert_eq!(put(&hub, &firm, &list, &second.key).0, 422, "the removed one signs no list");
    assert_eq!(put(&hub, &firm, &list, &firm.key).0, 200, "the other one does");
    assert_eq!(
        (refused(&hub, &third), refused(&hub, &second)),
        (None, Some(Code::AuthKey)),
        "it stays removed"
    );
}

#[test]
fn an_organisation_that_lost_every_device_begins_again_by_the_invitation_of_the_operator() {
    let hub = Program::start("31-main");
    let (lost, sender, found) = (party(1), party(2), party(1));
    hub.join(&lost, "incubator");
    hub.join(&sender, "firm");
    let id = new_id();
    assert_eq!(hub.send(&sender, message(id, lost.org, b"sealed")).0, 201, "mail waits");
    let code = lost.org.uscc().as_str();
    let plain = hub.said(&["invite", "--org", code, "--name", "示例", "--role", "incubator"]);
    assert_eq!(hub.send(&found, enrol(&found, plain.trim())).0, 409, "an invitation alone is not enough");

    let invitation = hub.said(&["organisation", "begin-again", code]);
    assert_eq!(refused(&hub, &lost), Some(Code::AuthKey), "whoever found the old device asks nothing");
    assert!(
        hub.said(&["organisation", "list", code]).contains("\tincubator\t示例\tbegins again"),
        "it is shown"
    );
    assert_eq!(hub.send(&found, enrol(&found, plain.trim())).0, 409, "nor is it now");
    assert_eq!(hub.send(&found, enrol(&found, invitation.trim())).0, 201, "it begins again");
    assert_eq!(refused(&hub, &found), None, "and asks");
    assert_eq!(hub.mailbox(&found), [id], "its mail is there, shut to the new computer");
    assert_eq!(refused(&hub, &lost), Some(Code::AuthKey), "the old device does not come back");
    let unknown = hub.run(&["organisation", "begin-again", party(9).org.uscc().as_str()]);
    assert_eq!(unknown.status.code(), Some(2), "nobody knows it");
}
