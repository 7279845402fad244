//! A provider of another province that joined here before its hub was a peer: `zizhi-hub peer move`.

use crate::mail::message;
use crate::peer_program::{Program, until};
use crate::world::{new_id, party, party_of};

/// What a command that changes nothing says of the reason.
fn refused(hub: &Program, arguments: &[&str]) -> String {
    let output = hub.run(arguments);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {talk}");
    assert!(talk.contains("nothing was changed"), "{arguments:?}: {talk}");
    talk
}

#[test]
fn the_mail_of_a_provider_that_joined_too_early_goes_to_its_hub() {
    let (a, b) = (Program::start("31-main"), Program::start("33-main"));
    let (firm, provider) = (party(1), party_of("33", 3));
    let code = provider.org.uscc().as_str().to_owned();
    a.join(&firm, "firm");
    a.join(&provider, "service_provider");
    let send = || {
        let id = new_id();
        assert_eq!(a.send(&firm, message(id, provider.org, b"sealed")).0, 201, "taken in");
        id
    };
    let mut sent = vec![send(), send()];
    let moving = ["peer", "move", &code, "33-main"];
    assert!(refused(&a, &moving).contains("zizhi-hub peer add"), "the other hub is no peer");
    a.knows(&b);
    b.knows(&a);
    assert!(refused(&a, &moving).contains("33-main does not have"), "the provider is not there yet");
    assert!(
        refused(&a, &["peer", "move", firm.org.uscc().as_str(), "33-main"]).contains("no provider"),
        "nor a firm"
    );

    b.join(&provider, "service_provider");
    assert!(b.mailbox(&provider).is_empty(), "where its computers ask, there is nothing");
    let done = a.run(&moving);
    let talk = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && talk.contains("2 messages are on their way"), "{talk}");
    sent.push(send());
    sent.sort();
    let arrived = until(|| {
        let mut there = b.mailbox(&provider);
        there.sort();
        there == sent
    });
    assert!(arrived, "what waited and what came after are there once: {:?}", b.mailbox(&provider));
    assert!(
        !a.said(&["peer", "list"]).contains("provider"),
        "its hub is asked about its devices from now on"
    );
    refused(&a, &moving);
}

#[test]
fn another_with_the_same_code_does_not_get_the_mail() {
    let (a, b) = (Program::start("31-main"), Program::start("33-main"));
    let (provider, other) = (party_of("33", 3), party_of("33", 3));
    a.join(&provider, "service_provider");
    a.knows(&b);
    b.knows(&a);
    b.join(&other, "service_provider");
    let talk = refused(&a, &["peer", "move", provider.org.uscc().as_str(), "33-main"]);
    assert!(talk.contains("lists no device"), "{talk}");
}
