//! What an operator sets of `zizhi-hub serve`.

use std::process::{Command, Output};

use zizhi_sync::Digest;
use zizhi_sync::api::{Code, NewUpload, Problem};

use crate::mail::message;
use crate::peer_program::Program;
use crate::world::{Ask, Party, ask, new_id, party};

const PROGRAM: &str = env!("CARGO_BIN_EXE_zizhi-hub");

fn code(hub: &Program, by: &Party, asked: Ask) -> Option<Code> {
    let (status, body) = hub.send(by, asked);
    (status >= 400).then(|| serde_json::from_slice::<Problem>(&body).expect("a problem").code)
}

fn large(to: &Party, mib: u64) -> Ask {
    let len = mib * 1024 * 1024;
    ask("POST", "/v1/uploads").json(&NewUpload {
        id: new_id(),
        to: to.org,
        len,
        sha256: Digest::of(b"large"),
    })
}

#[test]
fn holds_to_the_sizes_that_the_operator_set() {
    let hub = Program::start_with("31-main", &["--message-mib", "2", "--mailbox-mib", "3"]);
    let (firm, other) = (party(1), party(2));
    hub.join(&firm, "firm");
    hub.join(&other, "firm");
    assert_eq!(
        code(&hub, &firm, large(&other, 3)),
        Some(Code::RequestSize),
        "larger than one message may be"
    );
    assert_eq!(code(&hub, &firm, large(&other, 2)), None, "as large as it may be");
    let body = vec![7; 200 * 1024];
    let sent = (0..20).find_map(|_| code(&hub, &firm, message(new_id(), other.org, &body)));
    assert_eq!(sent, Some(Code::MailQuota), "more than may wait");
    assert_eq!(code(&hub, &firm, message(new_id(), firm.org, b"sealed")), None, "for another there is room");
}

#[test]
fn holds_to_the_rate_that_the_operator_set() {
    let hub = Program::start_with("31-main", &["--rate", "1", "--burst", "3"]);
    let firm = party(1);
    hub.join(&firm, "firm");
    let mut asked =
        (0..10).map(|_| code(&hub, &firm, ask("GET", format!("/v1/organisations/{}", firm.org.uscc()))));
    assert!(asked.any(|refused| refused == Some(Code::HubBusy)), "the fourth of a second is too many");
}

fn serve(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(PROGRAM);
    command.arg("--data").arg(folder.path().join("data")).args(["serve", "--id", "31-main"]).args(arguments);
    command.envs(variables.iter().copied()).env("ZIZHI_LANG", "en").output().expect("it ends")
}

#[test]
fn refuses_settings_under_which_nothing_would_arrive() {
    for (arguments, variables, exit, words) in [
        (&["--burst", "0"][..], &[][..], 2, "--burst"),
        (&[], &[("ZIZHI_HUB_MAILBOX_MIB", "many")], 2, "--mailbox-mib"),
        (&["--mailbox-mib", "100"], &[], 2, "would never arrive"),
        (&[], &[("ZIZHI_HUB_MAILBOX_MIB", "100")], 2, "would never arrive"),
    ] {
        let ended = serve(arguments, variables);
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(exit), "{arguments:?} {variables:?}: {said}");
        assert!(said.contains(words), "{arguments:?} {variables:?}: {said}");
    }
}

/// What `--help` says of the defaults is what they are.
#[test]
fn tells_the_defaults_that_it_has() {
    let help = Command::new(PROGRAM).args(["serve", "--help"]).output().expect("it runs").stdout;
    let help = String::from_utf8(help).expect("text").split_whitespace().collect::<Vec<_>>().join(" ");
    let settings = zizhi_hub::serve::Settings::default();
    let mib = |bytes: u64| bytes / (1024 * 1024);
    for (name, default) in [
        ("MAILBOX_MIB", mib(settings.mailbox_bytes)),
        ("MESSAGE_MIB", mib(settings.message_bytes)),
        ("PEER_MIB", mib(settings.peer_bytes)),
        ("RATE", settings.rate.per_second.into()),
        ("BURST", settings.rate.burst.into()),
        ("PEER_RATE", settings.peer_rate.per_second.into()),
        ("PEER_BURST", settings.peer_rate.burst.into()),
    ] {
        let said = format!("[default: {default}] [env: ZIZHI_HUB_{name}=");
        assert!(help.contains(&said), "{said} is missing in\n{help}");
    }
}
