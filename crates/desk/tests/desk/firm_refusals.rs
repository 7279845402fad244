//! What the firm's side refuses, each with its code and with nothing half-done; and what was typed, which is
//! kept whatever it is.

use std::path::Path;

use serde_json::{Value, json};
use zizhi_app::decide::DecisionOutcome;
use zizhi_app::vault;
use zizhi_model::Scenario;
use zizhi_store::{Draft, Entry};

use crate::firm::*;
use crate::world::{PASSPHRASE, World};

const NAME: &str = "合肥星河量子传感技术有限公司【演示】";
const TERMS: (Scenario, &str, &str, (&str, i64)) =
    (Scenario::BranchOperation, "310117", "SJ-BRANCH", ("sh-songjiang", 3));

fn paper<'p>(kind: &'p str, claims: Value) -> Paper<'p> {
    Paper { issuer: HEFEI, kind, provenance: "attested", sub: XINGHE, name: NAME, region: "340104", claims }
}

/// A firm with a licence, and a draft that nobody asked for.
fn begun() -> (World, Around, String, String) {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, XINGHE, NAME, "340104");
    around.issue(
        "licence.zzcred",
        &key,
        &paper("business-licence", json!({"number": XINGHE, "address": "望江西路1号【演示】"})),
    );
    let ids = hold(&world, &around, &["licence.zzcred"]);
    let draft = unasked(&world);
    (world, around, draft, id_of(&ids, "business-licence").to_owned())
}

fn unasked(world: &World) -> String {
    let page = world.ask("draft.begin", json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"}));
    page["line"]["id"].as_str().expect("an id").to_owned()
}

fn answer(world: &World, request: &Value) -> Value {
    world.ask("draft.begin", json!({"request_id": request, "scenario": null, "destination_region": null, "aud": null, "checklist_id": null, "pack_id": null}))
}

fn sign(draft: &str, path: &str) -> Value {
    json!({"id": draft, "passphrase": PASSPHRASE, "path": path, "seal": false})
}

/// A second draft for the same request, such as an earlier program made.
fn copy(world: &World, draft: &str) -> String {
    put(world, draft, |row| row.id = "0193aaaa-0000-7000-8000-000000000001".to_owned())
}

/// Puts a draft into the database, changed, and gives its id.
fn put(world: &World, draft: &str, change: impl FnOnce(&mut Draft)) -> String {
    world.ask("session.lock", json!({}));
    let opened = vault::look(&world.data().join(vault::FOLDER), PASSPHRASE).expect("open");
    let mut row = opened.database.reader().expect("a reader").draft(draft).expect("read").expect("a draft");
    change(&mut row);
    let writer = opened.database.writer().expect("a writer");
    writer.put_draft(&row).expect("put");
    writer.commit(&Entry::new(row.updated, "", "draft.begun")).expect("committed");
    opened.database.close().expect("closed");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    row.id
}

#[test]
fn a_draft_that_cannot_be_read_keeps_no_other_from_opening() {
    let (world, _around, draft, _) = begun();
    let unread = put(&world, &draft, |row| {
        row.id = "0193aaaa-0000-7000-8000-000000000001".to_owned();
        row.body["body_version"] = json!(99);
    });
    assert_eq!(world.refused("draft.get", json!({"id": unread})).code, "DRAFT-FORM");
    assert_eq!(world.ask("draft.get", json!({"id": draft}))["line"]["id"], json!(draft));
}

#[test]
fn a_wrong_passphrase_signs_nothing() {
    let (world, around, draft, _) = begun();
    let path = around.text("no.zzdossier");
    let wrong = |word: &str, mut payload: Value| {
        payload["passphrase"] = json!("不是这一句话");
        assert_eq!(world.refused(word, payload).code, "KEY-PASSPHRASE", "{word}");
    };
    wrong("draft.check", json!({"id": draft}));
    wrong("draft.sign", sign(&draft, &path));
    assert!(!Path::new(&path).exists());
    assert_eq!(world.ask("draft.get", json!({"id": draft}))["line"]["state"], "draft");
    assert_eq!(
        world.refused("draft.export", json!({"id": draft, "path": path, "seal": false})).code,
        "DRAFT-UNSIGNED"
    );
}

#[test]
fn a_request_is_answered_in_time_once_and_by_the_firm_it_names() {
    let (world, around, _, _) = begun();
    let import = |file: &str| json!({"path": around.text(file)});
    around.request("over.zzrequest", SONGJIANG, TERMS, None, "2026-10-20T09:00:00+08:00");
    assert_eq!(world.refused("request.import", import("over.zzrequest")).code, "REQ-EXPIRED");
    around.request("other.zzrequest", SONGJIANG, TERMS, Some(YUNZHAN), NOW);
    assert_eq!(world.refused("request.import", import("other.zzrequest")).code, "REQ-FIRM");
    around.request("good.zzrequest", SONGJIANG, TERMS, Some(XINGHE), "2026-11-20T09:00:00+08:00");
    let good = std::fs::read_to_string(around.path("good.zzrequest")).expect("a file");
    let at = good.rfind('.').expect("a JWS") + 3;
    let forged =
        format!("{}{}{}", &good[..at], if &good[at..=at] == "A" { "B" } else { "A" }, &good[at + 1..]);
    std::fs::write(around.path("forged.zzrequest"), forged).expect("written");
    assert_eq!(world.refused("request.import", import("forged.zzrequest")).code, "SIG-INVALID");
    std::fs::write(around.path("junk.zzrequest"), "eyJ").expect("written");
    let code = world.refused("request.import", import("junk.zzrequest")).code;
    assert!(["SIG-INVALID", "FMT-JSON"].contains(&code.as_str()), "{code}");
    assert_eq!(world.ask("request.list", json!({}))["requests"], json!([]), "nothing was taken in");

    let asked = world.ask("request.import", import("good.zzrequest"));
    assert_eq!(world.ask("request.import", import("good.zzrequest")), asked, "twice is once");
    let id = |page: &Value| page["line"]["id"].as_str().expect("an id").to_owned();
    let first = id(&answer(&world, &asked["id"]));
    assert_eq!(id(&answer(&world, &asked["id"])), first, "the draft in work is gone on with");
    let second = copy(&world, &first);
    world.ask("draft.sign", sign(&first, &around.text("first.zzdossier")));
    let path = around.text("second.zzdossier");
    assert_eq!(world.refused("draft.sign", sign(&second, &path)).code, "REPLAY");
    assert!(!Path::new(&path).exists());
    assert_eq!(world.refused("draft.begin", json!({"request_id": asked["id"], "scenario": null, "destination_region": null, "aud": null, "checklist_id": null, "pack_id": null})).code, "REPLAY");

    around.request("late.zzrequest", SONGJIANG, TERMS, None, "2026-11-20T09:00:00+08:00");
    let late = world.ask("request.import", import("late.zzrequest"));
    let late = id(&answer(&world, &late["id"]));
    world.ask("session.lock", json!({}));
    let world = world.later("2026-12-21T10:00:00+08:00");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(world.refused("draft.sign", sign(&late, &path)).code, "REQ-EXPIRED");
    assert_eq!(world.refused("draft.begin", json!({"request_id": "nobody", "scenario": null, "destination_region": null, "aud": null, "checklist_id": null, "pack_id": null})).code, "REQUEST-ABSENT");
}

#[test]
fn an_attachment_is_a_document_by_its_bytes() {
    let (world, around, draft, _) = begun();
    let attach =
        |path: &str, kind: &str| json!({"draft_id": draft, "paths": [path], "kind": kind, "answers": []});
    std::fs::write(around.path("program.pdf"), b"\x7fELF not a document").expect("written");
    std::fs::write(around.path("empty.pdf"), b"").expect("written");
    std::fs::write(around.path("zip.ofd"), b"PK\x03\x04 no OFD").expect("written");
    for file in ["program.pdf", "empty.pdf", "zip.ofd"] {
        assert_eq!(
            world.refused("draft.attach", attach(&around.text(file), "lease")).code,
            "ATTACH-TYPE",
            "{file}"
        );
    }
    assert_eq!(world.refused("draft.attach", attach(&around.text("nowhere.pdf"), "lease")).code, "IO-READ");
    assert_eq!(world.refused("draft.attach", attach(&around.text(""), "lease")).code, "IO-READ", "a folder");
    assert_eq!(world.refused("draft.attach", attach(&attachment("lease.pdf"), " ")).code, "ATTACH-KIND");
    let both = json!({"draft_id": draft, "paths": [attachment("lease.pdf"), around.text("program.pdf")], "kind": "lease", "answers": []});
    assert_eq!(world.refused("draft.attach", both).code, "ATTACH-TYPE");
    let none = |world: &World| world.ask("draft.get", json!({"id": draft}))["attachments"].clone();
    assert_eq!(none(&world), json!([]), "all of them or none");

    let page = world.ask("draft.attach", attach(&attachment("lease.pdf"), "lease"));
    assert_eq!(page["attachments"][0]["view"]["media_type"], "application/pdf");
    assert_eq!(page["attachments"][0]["view"]["preview"], true);
    assert_eq!(
        world.refused("draft.attach", attach(&attachment("lease.pdf"), "resolution")).code,
        "DRAFT-TWICE"
    );
    let sealed = around.path("sealed.pdf");
    std::fs::write(&sealed, b"%PDF-1.7\n1 0 obj << /Type /Sig /ByteRange [0 1 2 3] >> endobj\n%%EOF")
        .expect("written");
    let page = world.ask("draft.attach", attach(&sealed.display().to_string(), "other"));
    let view = page["attachments"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|it| it["view"]["name"] == "sealed.pdf")
        .expect("it is there")["view"]
        .clone();
    assert_eq!(view["remark"]["zh"], "含签章，未在本软件内验签");

    let change = |name: Value| json!({"draft_id": draft, "path": view["path"], "name": name, "kind": "lease", "answers": ["lease"]});
    assert_eq!(world.refused("draft.change_attachment", change(json!("../etc/passwd"))).code, "DRAFT-NAME");
    assert_eq!(world.refused("draft.change_attachment", change(json!("  "))).code, "DRAFT-NAME");
    assert_eq!(
        world.refused("draft.change_attachment", change(json!("租赁合同\u{202e}fdp.exe"))).code,
        "DRAFT-NAME",
        "a name that reads otherwise than it is"
    );
    let page = world.ask("draft.change_attachment", change(json!("租赁合同 第1版.pdf")));
    let named: Vec<&str> = page["attachments"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["view"]["name"].as_str())
        .collect();
    assert!(named.contains(&"租赁合同 第1版.pdf"), "kept as typed: {named:?}");
    let mut wrong = change(json!("a.pdf"));
    wrong["answers"] = json!(["nothing"]);
    assert_eq!(world.refused("draft.change_attachment", wrong).code, "DRAFT-ITEM");
    let page = world.ask("draft.change_attachment", change(Value::Null));
    assert_eq!(page["attachments"].as_array().expect("a list").len(), 1);
    assert_eq!(world.refused("draft.change_attachment", change(Value::Null)).code, "ATTACH-ABSENT");
}

#[test]
fn only_claims_and_items_that_exist_are_chosen() {
    let (world, _around, draft, licence) = begun();
    let choose = |credential: &str, disclose: Value, answers: Value| json!({"draft_id": draft, "credential_id": credential, "disclose": disclose, "answers": answers});
    assert_eq!(
        world.refused("draft.choose", choose(&licence, json!(["bank_account"]), json!([]))).code,
        "PRESENT-CLAIM"
    );
    assert_eq!(
        world.refused("draft.choose", choose(&licence, json!(["iss"]), json!([]))).code,
        "PRESENT-CLAIM",
        "what all see is no choice"
    );
    assert_eq!(
        world.refused("draft.choose", choose(&licence, Value::Null, json!(["nothing"]))).code,
        "DRAFT-ITEM"
    );
    assert_eq!(world.refused("draft.choose", choose("nobody", Value::Null, json!([]))).code, "HOLD-ABSENT");
    assert_eq!(world.refused("draft.get", json!({"id": "nobody"})).code, "DRAFT-ABSENT");
    let page = world.ask("draft.choose", choose(&licence, json!(["address", "address"]), json!([])));
    let claims = page["credentials"][0]["claims"].as_array().expect("claims");
    let address = claims.iter().find(|it| it["line"]["path"] == "address").expect("it is there");
    assert_eq!((&address["shown"], &address["needed"]), (&json!(true), &json!(false)));
}

#[test]
fn what_is_typed_is_kept_as_it_was_typed() {
    let (world, around, draft, _) = begun();
    let page = world.ask("draft.get", json!({"id": draft}));
    let title = "迁往\u{200b}松江\u{202e}（第1稿）\n  ";
    let name = "合肥星河e\u{301}\u{200d}量子【演示】";
    let mut fields = page["fields"].clone();
    fields["title"] = json!(title);
    fields["name"] = json!(name);
    fields["former_names"] = json!([{"name": "旧名", "until": "2026-0"}]);
    fields["facts"] = json!([{"name": "remark", "value": "<script>alert(1)</script>\u{2066}"}]);
    let saved = world.ask("draft.save", json!({"id": draft, "fields": fields}));
    assert_eq!(saved["fields"], fields, "half a date is kept as half a date");
    let log = |world: &World| {
        world.ask(
            "upkeep.activity",
            json!({"text": "", "action": null, "from": null, "to": null, "before": null, "limit": 500}),
        )["entries"]
            .as_array()
            .expect("a list")
            .len()
    };
    let before = log(&world);
    world.ask("draft.save", json!({"id": draft, "fields": fields}));
    assert_eq!(log(&world), before, "nothing changed, nothing was written");
    assert_eq!(
        world.refused("draft.signing_page", json!({"id": draft})).code,
        "DRAFT-FIELD",
        "but half a date is not signed"
    );
    fields["former_names"] = json!([]);
    world.ask("draft.save", json!({"id": draft, "fields": fields}));
    world.ask("session.lock", json!({}));
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(world.ask("draft.get", json!({"id": draft}))["fields"], fields, "it outlives the session");

    let path = around.text("typed.zzdossier");
    world.ask("draft.sign", sign(&draft, &path));
    let report = around.verify(Path::new(&path), SONGJIANG);
    assert_eq!(
        report["dossier"]["firm"]["name"], "合肥星河\u{e9}\u{200d}量子【演示】",
        "signed in normalisation form C"
    );
    let long: String = "长".repeat(1_000_001);
    let other = unasked(&world);
    fields["title"] = json!(long);
    assert_eq!(world.refused("draft.save", json!({"id": other, "fields": fields})).code, "DRAFT-LONG");
}

#[test]
fn what_is_not_filled_in_is_named_before_signing() {
    let (world, _around, draft, _) = begun();
    let page = world.ask("draft.get", json!({"id": draft}));
    for (member, value, code) in [
        ("name", json!("  "), "DRAFT-FIELD"),
        ("origin_region", json!("合肥"), "DRAFT-FIELD"),
        (
            "consents",
            json!([{"recipient": "somebody", "purpose": "", "kinds": [], "until": null}]),
            "DRAFT-FIELD",
        ),
        ("facts", json!([{"name": "rd_staff_at_destination_percent", "value": "一半"}]), "FORM-VALUE"),
        (
            "facts",
            json!([{"name": "related", "value": "true"}, {"name": "related[0].uscc", "value": XINGHE_BRANCH}]),
            "DRAFT-FACT",
        ),
    ] {
        let mut fields = page["fields"].clone();
        fields[member] = value.clone();
        let saved = world.ask("draft.save", json!({"id": draft, "fields": fields}));
        assert_eq!(saved["fields"][member], value, "kept as typed");
        let check = json!({"id": draft, "passphrase": PASSPHRASE});
        let refusal = zizhi_wire::commands::dispatch(&world.desk, "draft.check", check).err();
        assert_eq!(refusal.map(|refusal| refusal.code).as_deref(), Some(code), "{member}: {value}");
    }
}

#[test]
fn a_decision_counts_only_from_the_destination_on_what_was_signed() {
    let (world, around, draft, _) = begun();
    let path = around.text("mine.zzdossier");
    world.ask("draft.sign", sign(&draft, &path));
    let import = |file: &str| json!({"path": around.text(file)});
    around.decide(Path::new(&path), YUHANG, DecisionOutcome::Rejected, Vec::new(), "other.zzdecision");
    assert_eq!(world.refused("draft.import_decision", import("other.zzdecision")).code, "DECISION-OTHER");
    around.decide(Path::new(&path), SONGJIANG, DecisionOutcome::Rejected, Vec::new(), "good.zzdecision");
    let good = std::fs::read_to_string(around.path("good.zzdecision")).expect("a file");
    let dot = good.find('.').expect("a JWS") + 5;
    let forged =
        format!("{}{}{}", &good[..dot], if &good[dot..=dot] == "A" { "B" } else { "A" }, &good[dot + 1..]);
    for (file, text) in
        [("forged.zzdecision", forged.as_str()), ("cut.zzdecision", &good[..100]), ("empty.zzdecision", "")]
    {
        std::fs::write(around.path(file), text).expect("written");
        world.refused("draft.import_decision", import(file));
    }
    for at in [dot + 40, good.len() / 2, good.len() - 20] {
        let other = if &good[at..=at] == "A" { "B" } else { "A" };
        std::fs::write(around.path("other.zzdecision"), format!("{}{other}{}", &good[..at], &good[at + 1..]))
            .expect("written");
        let refusal = world.refused("draft.import_decision", import("other.zzdecision"));
        let fact = &refusal.fact.zh;
        assert!(
            fact.starts_with("决定文件已损坏或被改动（") && fact.ends_with("），没有收下。"),
            "{at}: {fact}"
        );
        assert_eq!(refusal.advice.zh, "请向作出决定的单位再要一份。");
    }
    let credential = world.refused("draft.import_decision", import("licence.zzcred"));
    assert_eq!(credential.code, "DECISION-TYPE");
    assert!(credential.fact.zh.contains("是凭证") && credential.advice.zh.contains("“资质凭证”"));
    let presented = std::fs::read_to_string(around.path("licence.zzcred")).expect("a file") + "eyJ";
    std::fs::write(around.path("odd.zzdecision"), presented).expect("written");
    assert_eq!(world.refused("draft.import_decision", import("odd.zzdecision")).code, "DECISION-TYPE");
    for (file, code) in [("mine.zzdossier", "FILE-DOSSIER"), ("trust.zztrust", "FILE-TRUST")] {
        for command in ["draft.import_decision", "request.import"] {
            assert_eq!(world.refused(command, import(file)).code, code, "{command}: what the file is");
        }
    }
    let decided = world.refused("request.import", import("good.zzdecision"));
    assert_eq!(decided.code, "FILE-DECISION", "a decision is no request");
    assert!(decided.advice.zh.contains("“请求与决定”"), "where it belongs: {}", decided.advice.zh);
    assert_eq!(
        world.ask("draft.get", json!({"id": draft}))["line"]["state"],
        "signed",
        "nothing was taken in"
    );
    world.ask("draft.import_decision", import("good.zzdecision"));
    assert_eq!(world.ask("draft.get", json!({"id": draft}))["decision"]["outcome"], "rejected");
    assert_eq!(world.refused("draft.remove", json!({"id": draft})).code, "DRAFT-SIGNED");
}

#[test]
fn the_requests_of_an_incubator_are_made_and_listed() {
    let world = World::new();
    let around = Around::new(world.outside());
    let profile =
        json!({"uscc": SONGJIANG, "name": "松江科创孵化器【演示】", "role": "incubator", "region": "310117"});
    world.ask("session.create", json!({"profile": profile, "passphrase": PASSPHRASE}));
    import_trust(&world, &around.text("trust.zztrust"));
    let path = around.text("made.zzrequest");
    let new = json!({"scenario": "branch_operation", "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang", "destination_region": "310117", "firm": XINGHE, "days": 30, "passphrase": PASSPHRASE, "path": path});
    let with = |member: &str, value: Value| {
        let mut wrong = new.clone();
        wrong[member] = value;
        wrong
    };
    let lists = world.ask("draft.destinations", json!({}))["destinations"].clone();
    let own = lists.as_array().expect("a list").iter().filter(|it| it["own"] == true);
    let own: Vec<_> = own.map(|it| it["pack_id"].as_str().expect("a name")).collect();
    assert!(own.contains(&"sh-songjiang") && own.iter().all(|id| id.starts_with("sh-")), "{own:?}");
    for (request, code) in [
        (with("passphrase", json!("别的话")), "KEY-PASSPHRASE"),
        (with("days", json!(0)), "REQUEST-DAYS"),
        (with("firm", json!("123")), "FMT-USCC"),
        (with("pack_id", json!("sh-nowhere")), "RULE-MISSING"),
        (with("scenario", json!("financing")), "REQUEST-TERMS"),
    ] {
        assert_eq!(world.refused("request.new", request).code, code);
    }
    assert!(!Path::new(&path).exists(), "nothing half-done");
    world.ask("request.new", new.clone());
    let line = world.ask("request.list", json!({}))["requests"][0].clone();
    assert_eq!((&line["ours"], &line["other"], &line["over"]), (&json!(true), &json!(XINGHE), &json!(false)));
    assert_eq!(line["expires"], "2026-12-23T23:59:59+08:00");
    world.ask(
        "register.save",
        json!({
            "id": "", "uscc": XINGHE, "name": "合肥星河【演示】", "former_names": [], "region": "340104",
            "established_on": null, "entered_on": null, "site_address": null, "area_sqm": null,
            "rd_on_site": null, "field": null, "agreement_no": null, "incubation_deadline": null,
            "contact_name": null, "contact_phone": null, "holder_jwk": null, "state": "in", "issued": 0,
        }),
    );
    let line = world.ask("request.list", json!({}))["requests"][0].clone();
    assert_eq!(line["other"], "合肥星河【演示】", "a firm of the register is known by name");
    let mut anybody = new;
    (anybody["firm"], anybody["path"]) = (Value::Null, json!(around.text("anybody.zzrequest")));
    world.ask("request.new", anybody);
    let find =
        json!({"text": "", "action": "request.made", "from": null, "to": null, "before": null, "limit": 9});
    let log = world.ask("upkeep.activity", find)["entries"].clone();
    let about: Vec<_> = log.as_array().expect("entries").iter().map(|entry| &entry["about"]["zh"]).collect();
    assert_eq!(
        about,
        ["不限企业的核验请求（异地经营）", "给合肥星河【演示】的核验请求"],
        "the log says for whom"
    );
}

#[test]
fn what_a_crash_left_behind_is_removed() {
    let (world, _around, draft, _) = begun();
    let left = world.data().join("database").join("work").join("1-left");
    std::fs::create_dir_all(left.join("credentials")).expect("a folder");
    std::fs::write(left.join("credentials/001.zzcred"), "secret").expect("written");
    world.ask("draft.check", json!({"id": draft, "passphrase": PASSPHRASE}));
    assert!(!left.exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode =
            std::fs::metadata(world.data().join("database/work")).expect("a folder").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "nobody else looks into it");
    }
}
