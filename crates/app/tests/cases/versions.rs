//! What a firm sends after 补正 goes on with the case that waits for it, once a person says so.

use zizhi_app::case_compare::{Compared, compare_versions};
use zizhi_app::case_month::month;
use zizhi_app::case_named::case_named;
use zizhi_app::case_page::{CasePage, case_page};
use zizhi_app::case_steps::{Asking, Hands, accept, close, request_supplement};
use zizhi_app::case_versions::{DemandState, Joining, join, waiting_for};
use zizhi_app::decide::Wanted;
use zizhi_app::receive_dossier::{Receiving, receive_dossier, receive_supplement};
use zizhi_app::rejudge::rejudge_case;
use zizhi_app::verify_view::{AttachmentView, Source, attachment};
use zizhi_app::waiting::waiting as waits;
use zizhi_app::working_days::WorkingDays;
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
use zizhi_model::{Verdict, civil};
use zizhi_store::{Case, CaseState, Database, Entry, Role};
use zizhi_verify::report::ItemState;

use crate::world::{Dossier, World};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nfirst";
const OTHER: &[u8] = b"\x89PNG\r\n\x1a\nsecond";

pub fn hands() -> Hands {
    Hands { operator: "王某".to_owned(), reviewer: None }
}

/// A case whose certificate ended, and of which a better one is asked for.
pub fn waiting(world: &World, database: &Database) -> Case {
    let wanted = Dossier {
        idx: 1,
        valid_until: "2026-10-01",
        attachments: vec![
            ("租赁合同.png", "image/png", PNG.to_vec()),
            ("旧章程.png", "image/png", b"x".to_vec()),
        ],
        ..Dossier::default()
    };
    let case = world.receive(database, "first.zzdossier", &wanted);
    assert_eq!(case.verdict, Some(Verdict::Failed), "the certificate ended");
    ask(world, database, &case.id, &["incubatee", "other"]);
    case
}

pub fn ask(world: &World, database: &Database, id: &str, items: &[&str]) {
    let supplements: Vec<Wanted> = items
        .iter()
        .map(|item| Wanted {
            item_id: (*item).to_owned(),
            text: "请补齐".to_owned(),
            due: "2026-12-10".parse().ok(),
        })
        .collect();
    let hands = hands();
    let asking = Asking { case_id: id, hands: &hands, supplements: &supplements, notice: None, drill: false };
    request_supplement(database, &asking, &world.host()).unwrap();
}

pub fn better() -> Dossier {
    Dossier {
        idx: 2,
        attachments: vec![
            ("租赁合同.png", "image/png", OTHER.to_vec()),
            ("旧章程.png", "image/png", b"x".to_vec()),
            ("情况说明.png", "image/png", b"\x89PNG\r\n\x1a\nnew".to_vec()),
        ],
        ..Dossier::default()
    }
}

pub fn supplement(
    world: &World,
    database: &Database,
    name: &str,
    dossier: &Dossier,
    id: &str,
) -> &'static str {
    let path = world.write(name, &world.dossier(dossier));
    let library = world.library();
    let receiving = Receiving { path: &path, operator: "王某", identities: &[], library: &library };
    match receive_supplement(database, &receiving, id, &world.host()) {
        Ok(received) => {
            assert_eq!((received.case_id.as_str(), received.known), (id, false));
            ""
        }
        Err(failure) => failure.code,
    }
}

pub fn page(world: &World, database: &Database, id: &str) -> CasePage {
    case_page(database, id, &world.library(), &WorkingDays::at(world.folder.path()), world.now).unwrap()
}

fn proposed(world: &World, database: &Database, case: &str) -> Vec<String> {
    page(world, database, case).waiting.into_iter().map(|one| one.case.id).collect()
}

fn actions(database: &Database) -> Vec<String> {
    let rows = database.reader().unwrap().activity(&Default::default(), None, 50).unwrap().rows;
    rows.into_iter().rev().map(|row| row.action).filter(|action| action.starts_with("case.")).collect()
}

#[test]
fn what_comes_is_proposed_for_the_case_that_waits_and_not_taken_for_it() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let view = || page(&world, &database, &first.id).view;
    assert!(proposed(&world, &database, &first.id).is_empty(), "no case is proposed for itself");
    let found = waiting_for(&database, &view(), None).unwrap();
    let found: Vec<_> = found.iter().map(|one| (&one.case.id, one.same_key)).collect();
    assert_eq!(found, [(&first.id, Some(true))], "for what is no case yet");
    for other in [
        |report: &mut zizhi_verify::Report| {
            report.dossier.as_mut().unwrap().firm.uscc = "91310117DEM0000498".into()
        },
        |report: &mut zizhi_verify::Report| {
            report.dossier.as_mut().unwrap().scenario = zizhi_model::Scenario::FullRelocation;
        },
        |report: &mut zizhi_verify::Report| {
            report.dossier.as_mut().unwrap().destination_region = "330110".into();
        },
        |report: &mut zizhi_verify::Report| report.dossier = None,
    ] {
        let mut changed = view();
        other(&mut changed.report);
        assert_eq!(waiting_for(&database, &changed, None).unwrap(), [], "of something else");
    }
    let second = world.receive(&database, "second.zzdossier", &better());
    assert_eq!(proposed(&world, &database, &second.id), std::slice::from_ref(&first.id));
    assert!(page(&world, &database, &first.id).versions.len() == 1, "nothing happened by itself");
    accept(&database, &first.id, &hands(), Some("线下补交"), &world.host()).unwrap();
    assert!(proposed(&world, &database, &second.id).is_empty(), "it waits no more");
}

#[test]
fn a_dossier_by_another_key_is_proposed_as_such() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    assert_eq!(supplement(&world, &database, "second.zzdossier", &better(), &first.id), "");
    world.firm = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).unwrap();
    let stranger = world.receive(&database, "stranger.zzdossier", &Dossier { idx: 4, ..Dossier::default() });
    let waiting = page(&world, &database, &stranger.id).waiting;
    let told: Vec<_> = waiting.iter().map(|one| (&one.case.id, one.same_key)).collect();
    assert_eq!(told, [(&first.id, Some(false))], "it names the firm, as anybody could");
}

#[test]
fn a_key_that_cannot_be_read_is_neither_the_same_nor_another() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let view = page(&world, &database, &first.id).view;
    let writer = database.writer().unwrap();
    let damaged = writer.add_original(&mut &b"no dossier any more"[..], "", world.now).unwrap();
    let case = writer.case(&first.id).unwrap().unwrap();
    writer.update_case(&Case { original: damaged.sha256, ..case }).unwrap();
    writer.commit(&Entry::new(world.now, "", "test.damaged")).unwrap();
    let waiting = waiting_for(&database, &view, None).unwrap();
    let told: Vec<_> = waiting.iter().map(|one| (&one.case.id, one.same_key)).collect();
    assert_eq!(told, [(&first.id, None)], "and the dossier at hand is verified all the same");
}

#[test]
fn a_number_leads_to_its_case_and_that_of_a_version_to_no_other_version() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let named =
        |typed: &str| case_named(&database, typed).map(|case| case.id).map_err(|failure| failure.code);
    for typed in ["收〔2026〕0001", "2026-1", "2026/0001", "收[2026]1号", "收〔2026〕0001-1"] {
        assert_eq!(named(typed), Ok(first.id.clone()), "{typed}");
    }
    for typed in [
        "1",
        "",
        "2026-1-1",
        "收〔2026〕0001-a",
        "a.zzdossier",
        "HFUSP-2026-0001",
        "星河2026-1.zzdossier",
        "2026-1.pdf",
        "026-1",
    ] {
        assert_eq!(named(typed), Err("CASE-ABSENT"), "{typed}");
    }
    assert_eq!(named("收〔2026〕0001-2"), Err("CASE-VERSION"), "there is no such version yet");
    assert_eq!(supplement(&world, &database, "second.zzdossier", &better(), &first.id), "");
    assert_eq!(named("收〔2026〕0001-2"), Ok(first.id.clone()));
    assert_eq!(named("收〔2026〕0001-1"), Err("CASE-VERSION"), "it went on since");
}

#[test]
fn a_case_for_another_destination_waits_as_before() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let elsewhere = Case {
        destination: Some(zizhi_model::Region::parse("330110").unwrap()),
        ..database.reader().unwrap().case(&first.id).unwrap().unwrap()
    };
    let writer = database.writer().unwrap();
    writer.update_case(&elsewhere).unwrap();
    writer.commit(&Entry::new(world.now, "", "test.elsewhere")).unwrap();
    world.receive(&database, "second.zzdossier", &better());
    let still = database.reader().unwrap().case(&first.id).unwrap().unwrap();
    assert!(still.due.is_some(), "what came is not what it waits for");
}

#[test]
fn what_still_wants_something_goes_on_with_a_reason_only() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let resume =
        |note| accept(&database, &first.id, &hands(), note, &world.host()).map_err(|failure| failure.code);
    assert_eq!(resume(None), Err("CASE-NOTE"), "nothing came");
    let ended = Dossier { idx: 3, valid_until: "2026-10-02", ..Dossier::default() };
    assert_eq!(supplement(&world, &database, "second.zzdossier", &ended, &first.id), "");
    assert_eq!(resume(Some(" ")), Err("CASE-NOTE"), "what came has ended too");
    assert_eq!(page(&world, &database, &first.id).case.state, CaseState::Supplement, "nothing changed");
    assert_eq!(resume(Some("企业说明了原因")), Ok(()));
    let events = page(&world, &database, &first.id).events;
    assert_eq!(events.last().map(|event| event.kind.as_str()), Some("resumed"), "not as if it were new");

    ask(&world, &database, &first.id, &["incubatee"]);
    assert_eq!(supplement(&world, &database, "third.zzdossier", &better(), &first.id), "");
    assert_eq!(resume(None), Ok(()), "all that was asked for came");
}

#[test]
fn a_dossier_is_taken_in_as_what_a_case_waits_for() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let again = waiting_in_the_same_way(&world, &database);
    assert_eq!(supplement(&world, &database, "second.zzdossier", &better(), &first.id), "");

    let page = page(&world, &database, &first.id);
    assert_eq!((page.case.number.as_str(), page.case.state), ("收〔2026〕0001", CaseState::Supplement));
    assert_eq!(
        (page.case.verdict, page.case.due),
        (Some(Verdict::Passed), None),
        "judged anew, and not late"
    );
    assert_eq!(page.case.file_name, "second.zzdossier");
    assert_ne!(page.case.dossier_id, first.dossier_id);
    let versions: Vec<_> =
        page.versions.iter().map(|one| (one.version, one.file_name.as_str(), one.verdict)).collect();
    assert_eq!(
        versions,
        [(1, "first.zzdossier", Verdict::Failed), (2, "second.zzdossier", Verdict::Passed)],
        "both are kept"
    );
    let states: Vec<_> =
        page.demands.iter().map(|demand| (demand.wanted.item_id.as_str(), demand.state)).collect();
    assert_eq!(states, [("incubatee", DemandState::Met), ("other", DemandState::Look)]);
    let events: Vec<_> = page.events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(events, ["received", "supplement", "came", "supplied"]);
    assert_eq!(actions(&database).last().unwrap(), "case.continued");
    let reader = database.reader().unwrap();
    for original in [first.original, page.case.original] {
        assert!(reader.open_original(&original).unwrap().is_some(), "the bytes of both are kept");
        assert_eq!(reader.cases_of_original(&original).unwrap()[0].id, first.id, "and lead to the case");
    }
    assert!(reader.case(&again.id).unwrap().unwrap().due.is_some(), "another case waits as before");
    rejudge_case(&database, &world.library(), &first.id, &world.host()).unwrap();
    let judged = database.reader().unwrap().latest_judgement(&first.id).unwrap().unwrap();
    assert_eq!(judged.verdict, Verdict::Passed, "from now on the new version is judged");
    assert!(database.check().unwrap().is_whole());

    // Asked once more, what came before the question answers nothing.
    ask(&world, &database, &first.id, &["incubatee"]);
    assert_eq!(self::page(&world, &database, &first.id).demands, []);
}

/// Another case of the firm for the same purpose.
fn waiting_in_the_same_way(world: &World, database: &Database) -> Case {
    let case = world.receive(database, "another.zzdossier", &Dossier { idx: 7, ..Dossier::default() });
    ask(world, database, &case.id, &["incubatee"]);
    database.reader().unwrap().case(&case.id).unwrap().unwrap()
}

#[test]
fn a_case_of_its_own_becomes_a_version_of_the_one_that_waits() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let second = world.receive(&database, "second.zzdossier", &better());
    let library = world.library();
    let (hands, nobody) = (hands(), Hands { operator: " ".to_owned(), reviewer: None });
    let joining = Joining { waiting: &first.id, newer: &second.id, hands: &hands, library: &library };
    let code = |joining: Joining<'_>| join(&database, &joining, &world.host()).unwrap_err().code;
    assert_eq!(code(Joining { hands: &nobody, ..joining }), "CASE-OPERATOR");
    assert_eq!(code(Joining { newer: &first.id, ..joining }), "CASE-OTHER", "a case is no version of itself");
    assert_eq!(code(Joining { waiting: &second.id, newer: &first.id, ..joining }), "CASE-NOT-WAITING");
    assert_eq!(code(Joining { newer: "none", ..joining }), "CASE-ABSENT");
    join(&database, &joining, &world.host()).unwrap();

    let (older, newer) = (page(&world, &database, &first.id), page(&world, &database, &second.id));
    assert_eq!((older.case.original, older.case.verdict), (second.original, Some(Verdict::Passed)));
    assert_eq!(older.versions.len(), 2);
    assert_eq!(older.events.last().unwrap().note, second.number, "and says which case it was");
    assert_eq!((newer.case.state, newer.case.due), (CaseState::Closed, None));
    let joined = newer.events.last().unwrap();
    assert_eq!((joined.kind.as_str(), joined.note.as_str()), ("joined", first.number.as_str()));
    assert_eq!(code(joining), "CASE-STEP", "it is over");
    let counted =
        month(&database, "2026-11", &WorkingDays::built_in(), civil::date_in_shanghai(world.now)).unwrap();
    assert_eq!((counted.received, counted.verdicts), (1, [1, 0, 0, 0]), "what is one case counts once");
    let path = world.folder.path().join("second.zzdossier");
    assert_eq!(world.take_in(&database, &path).case_id, first.id, "the file leads to the case that goes on");
}

#[test]
fn what_does_not_fit_is_refused_and_leaves_no_trace() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "first.zzdossier", &Dossier::default());
    let before = database.reader().unwrap().log_end().unwrap();
    assert_eq!(supplement(&world, &database, "b.zzdossier", &better(), &case.id), "CASE-NOT-WAITING");
    assert_eq!(supplement(&world, &database, "c.zzdossier", &better(), "none"), "CASE-ABSENT");
    assert_eq!(database.reader().unwrap().log_end().unwrap(), before, "nothing was written");
    ask(&world, &database, &case.id, &["incubatee"]);
    let path = world.write("altered.zzdossier", &{
        let mut bytes = world.dossier(&better());
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        bytes
    });
    let library = world.library();
    let receiving = Receiving { path: &path, operator: "王某", identities: &[], library: &library };
    let refused = receive_supplement(&database, &receiving, &case.id, &world.host());
    // What still says whose it is, is taken in and fails; the firm still owes what it was asked for.
    assert_eq!(refused.unwrap().case_id, case.id);
    let page = page(&world, &database, &case.id);
    assert_eq!((page.case.verdict, page.versions.len()), (Some(Verdict::Failed), 2));
    assert!(page.case.due.is_some(), "nobody is let off by what failed");
}

#[test]
fn what_waits_itself_becomes_no_part_of_another() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    let second = world.receive(&database, "second.zzdossier", &better());
    ask(&world, &database, &second.id, &["incubatee"]);
    assert!(page(&world, &database, &second.id).waiting.is_empty(), "it is not proposed");
    let library = world.library();
    let hands = Hands { operator: "王某".to_owned(), reviewer: None };
    let joining = Joining { waiting: &first.id, newer: &second.id, hands: &hands, library: &library };
    assert_eq!(join(&database, &joining, &world.host()).unwrap_err().code, "CASE-STEP");
}

#[test]
fn a_request_that_was_opened_again_is_answered_by_the_supplement_and_once() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let asked = Some(world.ask());
    let answer = |idx| Dossier { idx, request: asked.clone(), ..Dossier::default() };
    let first = world.receive(&database, "a.zzdossier", &answer(0));
    ask(&world, &database, &first.id, &["incubatee"]);
    assert_eq!(supplement(&world, &database, "b.zzdossier", &answer(1), &first.id), "");
    assert_eq!(page(&world, &database, &first.id).case.verdict, Some(Verdict::Passed));
    let third = world.receive(&database, "c.zzdossier", &answer(2));
    assert_eq!(third.verdict, Some(Verdict::Failed), "answered by the second version");
    // Sent back once more, it is the newest version whose request is opened.
    ask(&world, &database, &first.id, &["incubatee"]);
    assert_eq!(supplement(&world, &database, "d.zzdossier", &answer(3), &first.id), "");
    assert_eq!(page(&world, &database, &first.id).versions.len(), 3);
}

#[test]
fn a_request_that_was_opened_again_waits_no_more_once_something_came_or_the_case_is_over() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let requests = || waits(&database, &world.host()).unwrap().requests;
    let first = world.receive(
        &database,
        "a.zzdossier",
        &Dossier { request: Some(world.ask()), ..Dossier::default() },
    );
    ask(&world, &database, &first.id, &["incubatee"]);
    assert_eq!(requests(), 1, "the firm may answer once more");
    // It came on the firm's own account.
    let unasked = Dossier { idx: 1, ..Dossier::default() };
    assert_eq!(supplement(&world, &database, "b.zzdossier", &unasked, &first.id), "");
    assert_eq!(requests(), 0, "nothing is waited for");
    ask(&world, &database, &first.id, &["incubatee"]);
    assert_eq!(requests(), 1, "asked once more");
    close(&database, &first.id, &hands(), Some("企业撤回"), &world.host()).unwrap();
    assert_eq!(requests(), 0, "of a case that is over nothing is");
}

fn only<T: std::fmt::Debug>(changed: &[T]) -> &T {
    assert_eq!(changed.len(), 1, "{changed:?}");
    changed.first().unwrap()
}

fn compared(world: &World, database: &Database, id: &str) -> Compared {
    compare_versions(database, id, (1, 2), &world.library()).unwrap()
}

#[test]
fn two_versions_differ_in_what_the_firm_changed() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let first = waiting(&world, &database);
    assert_eq!(supplement(&world, &database, "second.zzdossier", &better(), &first.id), "");
    let found = compared(&world, &database, &first.id);
    assert_eq!((found.older.verdict, found.newer.verdict), (Verdict::Failed, Verdict::Passed));
    let item = only(&found.items.changed);
    assert_eq!(item.title.zh, "在孵企业证明");
    assert_eq!((item.state.older, item.state.newer), (Some(ItemState::Insufficient), Some(ItemState::Met)));
    let paper = only(&found.credentials.changed);
    let number =
        |side: &Option<zizhi_app::case_compare::Paper>| side.as_ref().unwrap().number.clone().unwrap();
    assert_eq!(number(&paper.paper.older), "HFUSP-2026-0001", "the paper that was replaced");
    assert_eq!(number(&paper.paper.newer), "HFUSP-2026-0002");
    let lines: Vec<_> = paper.lines.iter().map(|line| line.value.newer.clone().unwrap()).collect();
    assert_eq!(lines, ["HFUSP-2026-0002", "2027-10-19"], "and no line that says the same");
    let attachments: Vec<_> = found
        .attachments
        .changed
        .iter()
        .map(|sides| (sides.older.as_ref().map(|a| &*a.name), sides.newer.as_ref().map(|a| &*a.name)))
        .collect();
    assert_eq!(attachments, [(Some("租赁合同.png"), Some("租赁合同.png")), (None, Some("情况说明.png"))]);
    assert_eq!((found.attachments.same, found.facts.same), (1, 0), "one has the same bytes");

    // Each side's attachment is that side's.
    let lease = &found.attachments.changed[0];
    let bytes = |version, side: &Option<AttachmentView>| {
        let source = Source::Case { database: &database, id: &first.id, version };
        attachment(&source, &side.as_ref().unwrap().path)
            .map(|(_, bytes)| bytes)
            .map_err(|failure| failure.code)
    };
    assert_eq!(bytes(Some(1), &lease.older), Ok(PNG.to_vec()));
    assert_eq!(bytes(Some(2), &lease.newer), Ok(OTHER.to_vec()));
    assert_eq!(bytes(None, &lease.newer), Ok(OTHER.to_vec()));
    assert_eq!(bytes(None, &lease.older), Err("ATTACH-ABSENT"), "the newest version has it no more");
    let code = compare_versions(&database, &first.id, (1, 3), &world.library()).unwrap_err().code;
    assert_eq!(code, "CASE-VERSION");
}

#[test]
fn a_claim_that_is_shown_only_now_is_a_difference_and_the_same_paper_is_none() {
    use zizhi_credential::present::{Choice, present};
    use zizhi_credential::{Path, Step};
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let wanted = Dossier::default();
    let certificate = world.certificate(&wanted);
    let limits = zizhi_model::Limits::default();
    let show = |all: bool| {
        world.dossier_showing(&wanted, |binding| {
            let paths = ["number", "valid_until", "issued_on"]
                .map(|name| std::iter::once(Step::Member(name.into())).collect::<Path<'_>>());
            let choice = if all { Choice::All } else { Choice::Only(&paths) };
            present(&certificate, choice, Some(binding), &limits).unwrap()
        })
    };
    let library = world.library();
    let take = |name: &str, bytes: &[u8], id: Option<&str>| {
        let path = world.write(name, bytes);
        let receiving = Receiving { path: &path, operator: "王某", identities: &[], library: &library };
        let received = match id {
            Some(id) => receive_supplement(&database, &receiving, id, &world.host()),
            None => receive_dossier(&database, &receiving, &world.host()),
        };
        received.unwrap().case_id
    };
    let id = take("a.zzdossier", &show(false), None);
    ask(&world, &database, &id, &["incubatee"]);
    take("b.zzdossier", &show(true), Some(&id));
    let found = compared(&world, &database, &id);
    let paper = only(&found.credentials.changed);
    assert!(!paper.lines.is_empty(), "{:?}", paper.lines);
    assert!(paper.lines.iter().all(|line| line.value.older.is_none() && line.value.newer.is_some()));
    ask(&world, &database, &id, &["incubatee"]);
    take("c.zzdossier", &show(true), Some(&id));
    let found = compare_versions(&database, &id, (2, 3), &library).unwrap();
    assert_eq!((found.credentials.changed.len(), found.credentials.same), (0, 1), "shown as before");
    assert_eq!((found.items.changed.len(), found.items.same), (0, 1));
}
