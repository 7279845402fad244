//! What the program says to its operator where it does not do as asked: fact, advice and a code, in Chinese unless English
//! is asked for; and what it leaves behind, which is nothing.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::peer_program::{Program, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_zizhi-hub");
const ORIGIN: [&str; 2] = ["--origin", "https://hub.example.cn"];

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).env_remove("ZIZHI_LANG");
    command.output().expect("it runs")
}

/// What it says where it refuses under a code.
fn refused(folder: &Path, arguments: &[&str], code: &str) -> String {
    let output = run(folder, arguments);
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(output.stdout.is_empty(), "{arguments:?}: nothing is data");
    assert!(said.starts_with("错误：") && said.contains("\n建议："), "{arguments:?}: {said}");
    assert!(said.ends_with(&format!("代码：{code}\n")), "{arguments:?}: {code}: {said}");
    said
}

fn serve<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["serve", "--data", "data", "--id", "31-main"], more].concat()
}

#[test]
fn a_hub_that_cannot_start_says_which_file_port_or_setting_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for name in ["one", "two"] {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        fs::write(root.join(format!("{name}.pem")), made.cert.pem()).expect("written");
        fs::write(root.join(format!("{name}.key")), made.signing_key.serialize_pem()).expect("written");
    }
    let tls = |certificate: &'static str, key: &'static str| {
        serve(&[&ORIGIN[..], &["--tls-cert", certificate, "--tls-key", key]].concat())
    };
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").to_string();
    for (arguments, code, named) in [
        (tls("none.pem", "one.key"), "TLS-FILE", "none.pem"),
        (tls("one.pem", "none.key"), "TLS-FILE", "none.key"),
        (tls("one.key", "one.pem"), "TLS-CERT", "one.key"),
        (tls("one.pem", "two.pem"), "TLS-KEY", "two.pem"),
        (tls("one.pem", "two.key"), "TLS-PAIR", "two.key"),
        (serve(&["--listen", "0.0.0.0:8443"]), "LISTEN-OPEN", "0.0.0.0:8443"),
        (
            serve(&["--listen", "0.0.0.0:8443", "--tls-cert", "one.pem", "--tls-key", "one.key"]),
            "SERVE-ORIGIN",
            "--origin",
        ),
        (serve(&["--origin", "https://hub.example.cn/"]), "SERVE-ORIGIN", "hub.example.cn/"),
        (serve(&["--peer-ca", "one.key"]), "PEER-CA", "one.key"),
        (serve(&["--mailbox-mib", "1"]), "SERVE-QUOTA", "--mailbox-mib"),
        (vec!["serve", "--data", "data"], "SERVE-ID", "data"),
        (serve(&["--listen", "here"]), "USAGE", "--listen"),
    ] {
        let said = refused(root, &arguments, code);
        assert!(said.contains(named), "{code} names {named}: {said}");
        assert!(!root.join("data").exists(), "{code}: nothing was made");
    }
    let said = refused(root, &serve(&["--listen", &port]), "LISTEN-PORT");
    assert!(said.contains(&port), "{said}");
    let elsewhere = ["serve", "--data", "data", "--id", "33-main"];
    assert!(refused(root, &elsewhere, "SERVE-OTHER").contains("31-main"), "whose the folder is");
}

#[test]
fn a_verb_on_a_folder_without_a_hub_makes_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let tree = folder.path().join("tree");
    fs::create_dir(&tree).expect("a folder");
    let code = crate::world::party(1).org.uscc().to_string();
    for verb in [
        &["card"][..],
        &["peer", "list"],
        &["peer", "stuck", "33-main"],
        &["organisation", "list"],
        &["key", "show"],
        &["key", "next"],
        &["raise-epoch"],
        &["publish", "tree"],
        &["backup", "copy"],
        &["invite", "--org", &code, "--name", "示例【演示】", "--role", "firm"],
    ] {
        let said = refused(folder.path(), &[verb, &["--data", "wrong"]].concat(), "SERVE-NONE");
        assert!(said.contains("wrong"), "which folder: {said}");
    }
    assert!(
        !folder.path().join("wrong").exists() && !folder.path().join("copy").exists(),
        "nothing was made"
    );
    let card = || {
        let mut card = Command::new(PROGRAM);
        card.current_dir(folder.path()).args(["card", "--data", "wrong"]);
        card
    };
    for said in [card().args(["--lang", "en"]).output(), card().env("ZIZHI_LANG", "en").output()] {
        let said = String::from_utf8(said.expect("it runs").stderr).expect("text");
        assert!(said.starts_with("error: ") && said.contains("\nhint: "), "in English: {said}");
        assert!(said.ends_with("code: SERVE-NONE\n"), "under the same code: {said}");
    }
}

#[test]
fn a_second_hub_on_the_folder_of_one_that_runs_is_refused_and_commands_beside_it_are_not() {
    let mut hub = Program::start("31-main");
    let data = hub.data();
    let root = tempfile::tempdir().expect("a folder");
    let folder = data.display().to_string();
    let again = ["serve", "--data", &folder, "--listen", "127.0.0.1:0"];
    let said = refused(root.path(), &again, "STORE-HELD");
    assert!(said.contains(&folder), "{said}");
    for beside in
        [&["peer", "list"][..], &["card"], &["organisation", "list"], &["raise-epoch"], &["backup", "b"]]
    {
        let output = run(root.path(), &[beside, &["--data", &folder]].concat());
        assert!(output.status.success(), "{beside:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    // Whatever way it ended: nobody has to remove anything.
    hub.kill();
    hub.restart();
    hub.kill();
    let mut other = Command::new(PROGRAM);
    other.args(again).stderr(Stdio::piped());
    let mut other = other.spawn().expect("it starts");
    assert!(!until_ended(&mut other), "a hub that was killed holds nothing any more");
    other.kill().expect("killed");
    other.wait().expect("it ended");
}

/// Whether a process ends within some seconds.
fn until_ended(process: &mut std::process::Child) -> bool {
    (0..40).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        process.try_wait().expect("its state").is_some()
    })
}

#[test]
fn what_an_operator_asks_of_peers_and_members_that_are_not_there_is_refused() {
    let (hub, other) = (Program::start("31-main"), Program::start("33-main"));
    let root = tempfile::tempdir().expect("a folder");
    let data = hub.data().display().to_string();
    fs::write(root.path().join("own.jwt"), hub.said(&["card"])).expect("written");
    fs::write(root.path().join("other.jwt"), other.said(&["card"])).expect("written");
    fs::write(root.path().join("junk.jwt"), "junk").expect("written");
    let add = |card: &'static str, origin: &'static str| vec!["peer", "add", card, "--origin", origin];
    let member = crate::world::party(1).org.uscc().to_string();
    for (verb, code) in [
        (vec!["peer", "stuck", "33-main"], "PEER-NONE"),
        (vec!["peer", "retry", "33-main"], "PEER-NONE"),
        (vec!["peer", "remove", "33-main"], "PEER-NONE"),
        (vec!["peer", "discard", "nothing"], "PEER-MESSAGE"),
        (add("none.jwt", "https://hub.zj.example"), "IO-READ"),
        (add("junk.jwt", "https://hub.zj.example"), "PEER-CARD"),
        (add("own.jwt", "https://hub.zj.example"), "PEER-OWN"),
        (add("other.jwt", "hub.zj.example"), "PEER-ORIGIN"),
        (vec!["organisation", "list", &member], "MEMBER-UNKNOWN"),
        (vec!["organisation", "remove-device", &member, "aa"], "MEMBER-UNKNOWN"),
        (vec!["organisation", "begin-again", &member], "MEMBER-UNKNOWN"),
        (vec!["organisation", "begin-again", "9131"], "USAGE"),
        (vec!["peer", "move", &member, "33-main"], "PEER-MAILBOX"),
        (vec!["key", "switch"], "KEY-NEXT"),
        (vec!["publish", "nowhere"], "IO-READ"),
        (vec!["publish", "."], "TREE-FORM"),
        (vec!["restore", "."], "COPY-INCOMPLETE"),
        (vec!["invite", "--org", &member, "--name", "", "--role", "firm"], "INVITE-NAME"),
    ] {
        refused(root.path(), &[&verb[..], &["--data", &data]].concat(), code);
    }
    let known =
        run(root.path(), &[&add("other.jwt", "https://hub.zj.example")[..], &["--data", &data]].concat());
    let said = String::from_utf8_lossy(&known.stderr);
    assert!(known.status.success() && said.contains("打电话"), "{said}");
    let stuck = run(root.path(), &["peer", "stuck", "33-main", "--data", &data]);
    assert!(stuck.status.success() && stuck.stdout.is_empty(), "a peer for which nothing failed");
    refused(root.path(), &["peer", "retry", "33-main", "--data", &data], "PEER-NOTHING");
}

/// Where the database is said is one's own choice, before the last word or after it.
#[test]
fn the_database_may_be_named_anywhere_on_the_line() {
    let hub = Program::start("31-main");
    let data = hub.data().display().to_string();
    let root = tempfile::tempdir().expect("a folder");
    let url = ["--database-url", "postgres://hub@127.0.0.1:1/hub"];
    for line in [
        [&["peer"], &url[..], &["list"]].concat(),
        [&["peer", "list"], &url[..]].concat(),
        [&["organisation", "list"], &url[..]].concat(),
        [&["key", "admit"], &url[..]].concat(),
    ] {
        let said = refused(root.path(), &[&line[..], &["--data", &data]].concat(), "STORE-URL");
        assert!(said.contains("hub.sqlite"), "where its data are: {said}");
    }
    assert!(until(|| !hub.data().join("hub.postgres").exists()), "and it stays with what it has");
}
