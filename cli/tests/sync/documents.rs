//! Every kind of document through the hub, from files and from the database; and a clock that is off.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zizhi_app::send_message::{Document, send};
use zizhi_app::stop::Stop;
use zizhi_app::sync_hub::{Syncing, sync};
use zizhi_app::sync_public::refresh;
use zizhi_app::trust_data::TrustData;
use zizhi_app::{FixedTime, Host as _, SystemHost, no_trust, vault};
use zizhi_crypto::digest;
use zizhi_model::{Uscc, Verdict};
use zizhi_verify::Library;

use crate::world::{FIRM, HEFEI, LIST, PASSPHRASE, SONGJIANG, World};

#[test]
fn a_request_and_a_credential_arrive_where_they_belong() {
    let world = World::joined();
    world.request(&["--for", FIRM]);
    let holder = vault::holder_public(&world.firm.unlocked().database).unwrap();
    world.write("holder.jwk", &serde_json::to_vec(&holder.to_jwk()).unwrap());
    world.issue(
        "incubatee-certificate",
        2,
        "holder.jwk",
        &json!({"provenance": "direct", "number": "HFUSP-2026-0117", "issued_on": "2026-01-05",
            "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubation_deadline": "2028-12-15",
            "rd_on_site": true, "incubator_level": "ministry_standard", "valid_until": "2030-12-15"}),
    );
    for file in ["../ask.zzrequest", "../incubatee-certificate.zzcred"] {
        world.incubator.ends(&["sync", "send", file], 0);
    }
    assert_eq!(world.incubator.sync()["sent"], 2, "both are at the hub");
    let came = world.firm.sync();
    let became: Vec<_> = (0..2).map(|at| came["applied"][at]["became"].as_str().unwrap()).collect();
    assert_eq!(became, ["request", "credential"], "in the order in which they were sent: {came}");
    let id = came["applied"][1]["as"].as_str().unwrap();
    let database = world.firm.unlocked().database;
    let held = database.reader().unwrap().credential(id).unwrap().unwrap();
    assert_eq!(held.number.as_deref(), Some("HFUSP-2026-0117"), "the firm holds it");
}

#[test]
fn what_cannot_be_taken_in_is_parked_with_the_reason_and_kept() {
    let world = World::joined();
    // A credential for another key than the firm's.
    world.dossier(0);
    world.incubator.ends(&["sync", "send", "../business-licence.zzcred"], 0);
    world.incubator.sync();
    let came = world.firm.json(&["sync"], 1);
    let parked = &came["applied"][0];
    assert_eq!(parked["code"], "HOLDER-KEY", "{came}");
    assert!(!parked["advice"]["en"].as_str().unwrap().is_empty(), "and what to do: {parked}");
    assert_eq!(world.firm.json(&["sync", "status"], 0)["inbox_parked"], 1, "it stays");
    assert!(world.firm.is_idle(), "and is not taken in again by itself");
    let listed = &world.firm.json(&["sync", "inbox"], 0)[0];
    assert_eq!((&listed["state"], &listed["code"]), (&json!("parked"), &json!("HOLDER-KEY")), "{listed}");
    world.firm.ends(&["sync", "inbox", "retry", parked["id"].as_str().unwrap()], 0);
    assert_eq!(world.firm.json(&["sync"], 1)["applied"][0]["code"], "HOLDER-KEY", "a person has it tried");
    world.firm.refused(&["sync", "inbox", "retry", "none"], "INBOX-ABSENT");
    let database = world.firm.unlocked().database;
    let reader = database.reader().unwrap();
    let row = reader.incoming(parked["id"].as_str().unwrap()).unwrap().unwrap();
    assert!(reader.original(&row.message).unwrap().is_some(), "in the bytes in which it came");
    let told = row.told.unwrap().to_string();
    assert!(told.contains(".zzcred") && !told.contains("/tmp"), "without the place where it lay: {told}");
}

#[test]
fn what_is_in_the_database_is_sent_from_there() {
    let world = World::joined();
    world.dossier(0);
    world.request(&["--for", FIRM]);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    let firm = world.firm.unlocked().database;
    let first = firm.reader().unwrap().outbox(None, None, 9).unwrap().rows.remove(0);
    let again = send(&firm, &Document::Dossier(first.about_id.clone()), None, &SystemHost).unwrap();
    assert_eq!((again.recipient.as_str(), again.kind.as_str()), (SONGJIANG, "dossier"), "its destination");
    let rows = firm.reader().unwrap().outgoing_about("dossier", &first.about_id).unwrap();
    assert_eq!((rows.len(), rows[0].body), (2, rows[1].body), "the same bytes");
    let absent = send(&firm, &Document::Decision("none".to_owned()), None, &SystemHost).unwrap_err();
    assert_eq!(absent.code, "SEND-ABSENT", "there is none");
    let songjiang = Uscc::parse(SONGJIANG).unwrap();
    let file = Document::File(world.path("ask.zzrequest"));
    let other = send(&firm, &file, Some(songjiang), &SystemHost).unwrap_err();
    assert_eq!(other.code, "SEND-RECIPIENT", "it names the firm");
    assert_eq!(firm.reader().unwrap().outbox(None, None, 9).unwrap().rows.len(), 2, "nothing was added");
}

#[test]
fn a_revocation_reaches_the_incubator_and_raises_a_notice_once() {
    let (world, line) = World::joined_over_a_line();
    let publish = || world.hub.run(&["publish", &world.path("world").display().to_string()]);
    publish();
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    world.firm.sync();
    assert_eq!(world.incubator.sync()["applied"][0]["became"], "case", "it is there");

    let list = digest::hex(&digest::sha256(LIST.as_bytes()));
    let (list, key) = (format!("world/status/{list}.jwt"), format!("world/keys/{HEFEI}.jwk"));
    world.on_files(&["status", "set", &list, "--idx", "2", "--value", "revoked", "--key", &key], 0);
    publish();

    let unlocked = world.incubator.unlocked();
    let key = vault::device_key(&unlocked.database, PASSPHRASE).unwrap().unwrap();
    let data = TrustData::at(world.incubator.folder.join("data"));
    let refreshed = |hours| {
        let host = FixedTime(SystemHost.now() + TimeDelta::hours(hours));
        let syncing = Syncing {
            database: &unlocked.database,
            library: &Library::new(no_trust()),
            trust: &data,
            identities: unlocked.inbox.identities(),
            key: &key,
            ca: None,
            host: &host,
            stop: &Stop::default(),
            asked: false,
        };
        let refreshed = refresh(&syncing, None).unwrap()?;
        assert!(refreshed.refused.is_none(), "{refreshed:?}");
        Some((refreshed.rejudged.rejudged, refreshed.rejudged.moved))
    };
    assert_eq!(refreshed(0), None, "the timestamp is the same, and no hour has passed");
    assert_eq!(refreshed(2), Some((1, 1)), "the case is judged again, and its verdict moved");
    let before = line.unchanged.load(Ordering::SeqCst);
    assert_eq!(refreshed(4), Some((0, 0)), "and then no more");
    let unchanged = line.unchanged.load(Ordering::SeqCst) - before;
    // The world has several lists, each of which would be asked about by itself.
    assert!(
        (1..3).contains(&unchanged),
        "the timestamp is not sent again, and no list is asked about: {unchanged}"
    );
    let notices = unlocked.database.reader().unwrap().unseen_notices(None, 9).unwrap().rows;
    assert_eq!(notices.len(), 1, "a person is told once");
    let notice = &notices[0];
    assert_eq!(notice.from_verdict, Verdict::PassedWithConditions, "from what it was");
    assert!(notice.why["came"].as_array().unwrap().contains(&json!("STAT-REVOKED")), "and why: {notice:?}");
}

#[test]
fn a_clock_that_is_off_is_learnt_from_the_hub() {
    let world = World::joined();
    world.dossier(0);
    world.firm.ends(&["sync", "send", "../a.zzdossier"], 0);
    let unlocked = world.firm.unlocked();
    let key = vault::device_key(&unlocked.database, PASSPHRASE).unwrap().unwrap();
    let library = Library::new(no_trust());
    let ahead = FixedTime(SystemHost.now() + TimeDelta::hours(5));
    let data = TrustData::at(world.firm.folder.join("data"));
    let syncing = Syncing {
        database: &unlocked.database,
        library: &library,
        trust: &data,
        identities: unlocked.inbox.identities(),
        key: &key,
        ca: None,
        host: &ahead,
        stop: &Stop::default(),
        asked: false,
    };
    let done = sync(&syncing).unwrap();
    assert!(done.cut.is_none() && done.sent == 1, "it went through: {done:?}");
    let hub = unlocked.database.reader().unwrap().hub().unwrap().unwrap();
    let five_hours = SystemHost.now() - ahead.now();
    assert!((hub.clock_offset - five_hours.num_seconds()).abs() < 60, "and is remembered: {hub:?}");
}

#[test]
fn a_round_that_somebody_asks_for_takes_in_what_was_revoked_since_and_lists_that_are_new() {
    let world = World::joined();
    let publish = || world.hub.run(&["publish", &world.path("world").display().to_string()]);
    let lists = || world.incubator.json(&["trust", "show"], 0)["status_lists"].as_array().map_or(0, Vec::len);
    // One list of the world is not there when trust begins.
    let list = digest::hex(&digest::sha256(LIST.as_bytes()));
    let (list, away) = (world.path(&format!("world/status/{list}.jwt")), world.path("away.jwt"));
    std::fs::rename(&list, &away).unwrap();
    publish();
    let data =
        std::fs::read_dir(world.incubator.folder.join("data")).unwrap().map(|entry| entry.unwrap().path());
    data.filter(|path| path.is_file()).for_each(|path| std::fs::remove_file(path).unwrap());
    world.incubator.ends(&["trust", "import", "../world"], 0);
    world.incubator.sync();
    let before = lists();
    assert_eq!(world.incubator.sync()["trust"], Value::Null, "nothing is new");

    std::fs::rename(&away, &list).unwrap();
    publish();
    assert!(world.incubator.sync()["trust"].is_object(), "under the same timestamp");
    assert_eq!(lists(), before + 1, "a list that nobody here had heard of");
    let hub = world.incubator.unlocked().database.reader().unwrap().hub().unwrap().unwrap();
    let ago = SystemHost.now() - hub.synced.unwrap();
    assert!(ago.num_seconds() < 60, "and when that was is told");
}
