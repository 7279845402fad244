//! New trust data moves the verdicts that it touches, and touches no others.

use std::ops::ControlFlow;

use zizhi_app::case_page::case_page;
use zizhi_app::case_steps::{Hands, close};
use zizhi_app::rejudge::{Rejudged, after_trust_change, catch_up};
use zizhi_app::working_days::WorkingDays;
use zizhi_credential::status::Status;
use zizhi_model::Verdict;
use zizhi_store::{Case, CaseState, Database, DecisionOutcome, Input, InputKind, Role, Why};
use zizhi_verify::Library;

use crate::world::{Dossier, HEFEI, NAME, SUZHOU, World, status_uri};

fn verdict(database: &Database, case: &Case) -> Verdict {
    database.reader().unwrap().case(&case.id).unwrap().unwrap().verdict.unwrap()
}

/// Judges again at an opening.
fn caught_up(world: &World, database: &Database) -> Rejudged {
    catch_up(database, &world.library(), &world.host(), &mut || ControlFlow::Continue(())).unwrap()
}

/// Publishes what the world holds now, and judges again what that touches.
fn new_data(world: &mut World, database: &Database) -> Rejudged {
    let before = world.library();
    world.publish(0);
    after_trust_change(database, &world.library(), Some(before.trust()), &world.host()).unwrap()
}

#[test]
fn a_fresh_list_settles_what_an_old_one_left_open() {
    let mut world = World::fresh();
    world.put_lists(9);
    world.publish(9);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    assert_eq!(case.verdict, Some(Verdict::Pending), "nine days are more than seven");

    world.put_lists(0);
    let done = new_data(&mut world, &database);
    assert_eq!(done, Rejudged { rejudged: 1, moved: 1 });
    assert_eq!(verdict(&database, &case), Verdict::Passed);

    let reader = database.reader().unwrap();
    let notices = reader.notices_of_case(&case.id).unwrap();
    assert_eq!(notices.len(), 1, "one notice for one move");
    assert_eq!((notices[0].from_verdict, notices[0].to_verdict), (Verdict::Pending, Verdict::Passed));
    assert_eq!(notices[0].why["went"], serde_json::json!(["STAT-STALE"]), "what went");
    assert_eq!(notices[0].why["came"], serde_json::json!([]), "nothing came");
    let told = &zizhi_app::case_notices::notices(&database).unwrap()[0].told;
    let whose = format!("{NAME}的办件 {}，核验结论由“待联网复核”变为“通过”。", case.number);
    assert!(told.zh.starts_with(&whose), "{told:?}");
    assert!(
        told.zh.contains("吊销名单更新后，原来的这些情况已不存在：") && told.zh.contains("在孵企业证明"),
        "{told:?}"
    );
    assert!(
        told.en().contains(&case.number) && told.en().contains("After a status list changed"),
        "{told:?}"
    );
    let events = reader.case_events(&case.id).unwrap();
    assert_eq!(events.last().unwrap().kind, "moved", "the timeline tells it");
    assert_eq!(events.last().unwrap().note, "待联网复核 → 通过");
    let judgements = reader.judgements(&case.id).unwrap();
    assert_eq!(judgements.iter().map(|row| row.why).collect::<Vec<_>>(), [Why::Received, Why::Status]);
    assert!(judgements[0].snapshot_version < judgements[1].snapshot_version, "each with its versions");
}

#[test]
fn a_revocation_fails_the_case_that_it_names_and_leaves_its_neighbour() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    let neighbour = world.receive(&database, "b.zzdossier", &Dossier { idx: 1, ..Dossier::default() });
    assert_eq!(case.verdict, Some(Verdict::Passed));

    world.mark(HEFEI, 0, Status::Revoked);
    world.put_lists(0);
    assert_eq!(new_data(&mut world, &database), Rejudged { rejudged: 1, moved: 1 });
    assert_eq!(verdict(&database, &case), Verdict::Failed);
    assert_eq!(verdict(&database, &neighbour), Verdict::Passed);
    let reader = database.reader().unwrap();
    assert_eq!(reader.notices_of_case(&case.id).unwrap()[0].why["came"], serde_json::json!(["STAT-REVOKED"]));
    assert_eq!(reader.judgements(&neighbour.id).unwrap().len(), 1, "nobody judged it again");
}

#[test]
fn a_change_that_nobody_judged_by_is_made_up_for_at_the_next_one() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    world.mark(HEFEI, 0, Status::Revoked);
    world.put_lists(0);
    // The program ended between taking the data and judging by them.
    world.publish(0);
    assert_eq!(
        new_data(&mut world, &database),
        Rejudged { rejudged: 1, moved: 1 },
        "what came since says the same"
    );
    assert_eq!(verdict(&database, &case), Verdict::Failed);
}

#[test]
fn the_cost_grows_with_what_changed_and_not_with_the_ledger() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    let mut filled = 1;
    let mut judged = Vec::new();
    for (size, changed) in [(100_u64, 10_u64), (1000, 10), (1000, 40)] {
        fill(&database, &case, filled, size);
        filled = size.max(filled);
        for idx in judged.len() as u64 * 50..judged.len() as u64 * 50 + changed {
            world.mark(HEFEI, idx + 1, Status::Suspended);
        }
        // Every list is signed anew; what counts is which entries differ.
        world.put_lists(0);
        judged.push(new_data(&mut world, &database).rejudged);
    }
    assert_eq!(judged, [10, 10, 40], "cases judged with 100, 1000 and 1000 in the ledger");
}

/// Copies a case until the ledger holds `size`, each resting on an entry of its own.
fn fill(database: &Database, case: &Case, from: u64, size: u64) {
    let writer = database.writer().unwrap();
    let row = writer.latest_judgement(&case.id).unwrap().unwrap();
    let report = writer.report(&case.id, row.seq).unwrap().unwrap();
    for idx in from..size {
        let id = format!("case-{idx:06}");
        writer
            .add_case(&Case {
                id: id.clone(), number: format!("收〔2026〕{:04}", idx + 1), ..case.clone()
            })
            .unwrap();
        let input = |kind, key: &str, idx| Input { kind, key: key.to_owned(), idx };
        let inputs = [
            input(InputKind::Issuer, HEFEI, None),
            input(InputKind::Pack, "sh-songjiang", None),
            input(InputKind::Status, &status_uri(HEFEI), Some(idx)),
        ];
        writer
            .add_judgement(&zizhi_store::Judgement { case_id: id, ..row.clone() }, &report, &inputs)
            .unwrap();
    }
    writer.commit(&zizhi_store::Entry::new(case.received, "", "test.filled")).unwrap();
}

#[test]
fn records_rules_and_lists_touch_those_that_rest_on_them() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let of_hefei = world.receive(&database, "a.zzdossier", &Dossier::default());
    let of_suzhou =
        world.receive(&database, "b.zzdossier", &Dossier { issuer: SUZHOU, ..Dossier::default() });

    assert_eq!(new_data(&mut world, &database).rejudged, 0, "nothing changed but the timestamp");
    world.put_lists(0);
    assert_eq!(new_data(&mut world, &database).rejudged, 0, "lists are newer and say the same");
    world.rename(HEFEI, "合肥国家大学科技园（新名）【演示】");
    assert_eq!(new_data(&mut world, &database).rejudged, 1, "one issuer's record");
    world.put_pack(4);
    assert_eq!(new_data(&mut world, &database).rejudged, 2, "the pack of both");

    world.break_list(SUZHOU);
    assert_eq!(new_data(&mut world, &database), Rejudged { rejudged: 1, moved: 1 });
    assert_eq!(verdict(&database, &of_suzhou), Verdict::Pending, "the list can no longer be trusted");

    world.unregister(HEFEI);
    let done = new_data(&mut world, &database);
    assert_eq!(verdict(&database, &of_hefei), Verdict::Failed, "the issuer is in no register");
    assert!(done.moved == 1 && done.rejudged <= 2, "{done:?}");
}

#[test]
fn the_first_trust_data_and_what_came_while_the_database_was_closed_touch_everything_once() {
    let mut world = World::fresh();
    let database = world.database("db", Role::Incubator);
    let nothing = Library::new(zizhi_app::no_trust());
    let path = world.write("a.zzdossier", &world.dossier(&Dossier::default()));
    let receiving = zizhi_app::receive_dossier::Receiving {
        path: &path,
        operator: "王某",
        identities: &[],
        library: &nothing,
    };
    let received = zizhi_app::receive_dossier::receive_dossier(&database, &receiving, &world.host()).unwrap();
    let case = database.reader().unwrap().case(&received.case_id).unwrap().unwrap();
    assert_eq!(case.verdict, Some(Verdict::Pending), "without trust data nothing can be said");

    world.publish(1);
    let done = after_trust_change(&database, &world.library(), Some(nothing.trust()), &world.host()).unwrap();
    assert_eq!(done, Rejudged { rejudged: 1, moved: 1 });
    assert_eq!(verdict(&database, &case), Verdict::Passed);

    assert_eq!(caught_up(&world, &database).rejudged, 0, "known already");
    world.mark(HEFEI, 0, Status::Revoked);
    world.put_lists(0);
    world.publish(0);
    let stop = &mut || ControlFlow::Break(());
    let stopped = catch_up(&database, &world.library(), &world.host(), stop).unwrap();
    assert_eq!(stopped, Rejudged::default(), "the database is being closed");
    assert_eq!(caught_up(&world, &database), Rejudged { rejudged: 1, moved: 1 }, "and stayed due");
    assert_eq!(verdict(&database, &case), Verdict::Failed, "imported elsewhere, found at the next opening");
    assert_eq!(caught_up(&world, &database).rejudged, 0);
}

/// Enters what was decided on a case, which keeps what it rests on.
fn decided(world: &World, database: &Database, case: &Case, outcome: DecisionOutcome) {
    let writer = database.writer().unwrap();
    let case = Case { state: CaseState::Decided, outcome: Some(outcome), ..case.clone() };
    writer.update_case(&case).unwrap();
    writer.commit(&zizhi_store::Entry::new(world.now, "", "test.decided")).unwrap();
}

#[test]
fn what_was_accepted_is_told_of_until_it_is_put_away_and_keeps_its_judgement() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    let refused = world.receive(&database, "b.zzdossier", &Dossier::default());
    decided(&world, &database, &case, DecisionOutcome::Accepted);
    decided(&world, &database, &refused, DecisionOutcome::Rejected);
    let told = || database.reader().unwrap().notices_of_case(&case.id).unwrap();

    world.mark(HEFEI, 0, Status::Suspended);
    world.put_lists(0);
    assert_eq!(new_data(&mut world, &database), Rejudged { rejudged: 1, moved: 1 }, "what was refused stays");
    assert_eq!((told()[0].from_verdict, told()[0].to_verdict), (Verdict::Passed, Verdict::Failed));
    let sentence = zizhi_app::case_notices::notices(&database).unwrap().remove(0).told;
    assert!(sentence.zh.contains("此前已决定“认可”，决定不因此改变"), "{sentence:?}");
    assert!(sentence.en().contains("“accepted”"), "{sentence:?}");
    assert_eq!(verdict(&database, &case), Verdict::Passed, "the verdict that was decided on");
    assert_eq!(database.reader().unwrap().judgements(&case.id).unwrap().len(), 1);
    let page = case_page(&database, &case.id, &world.library(), &WorkingDays::built_in(), world.now).unwrap();
    assert_eq!(page.moved_since.unwrap(), sentence, "its page says so");

    world.put_pack_with(4, |pack| pack["equivalences"] = serde_json::json!([]));
    let done = new_data(&mut world, &database);
    assert_eq!(done, Rejudged { rejudged: 1, moved: 0 }, "told once, and rules are for what comes");
    world.mark(HEFEI, 0, Status::Valid);
    world.put_lists(0);
    assert_eq!(new_data(&mut world, &database), Rejudged { rejudged: 1, moved: 1 });
    assert_eq!(
        (told()[1].from_verdict, told()[1].to_verdict),
        (Verdict::Failed, Verdict::Passed),
        "and back"
    );
    let sentence = zizhi_app::case_notices::notices(&database).unwrap().remove(0).told;
    assert!(sentence.zh.contains("原来的这些情况已不存在"), "and why: {sentence:?}");
    let page = case_page(&database, &case.id, &world.library(), &WorkingDays::built_in(), world.now).unwrap();
    assert_eq!(page.moved_since, None, "nothing stands against it");

    // Papers end by time alone; that is no news about what was decided.
    world.now += chrono::TimeDelta::days(4000);
    world.put_pack(5);
    assert_eq!(new_data(&mut world, &database).moved, 0);
    world.now -= chrono::TimeDelta::days(4000);

    let hands = Hands { operator: "王某".to_owned(), reviewer: None };
    close(&database, &case.id, &hands, None, &world.host()).unwrap();
    world.mark(HEFEI, 0, Status::Revoked);
    world.put_lists(0);
    assert_eq!(new_data(&mut world, &database), Rejudged::default(), "put away");
}

#[test]
fn what_is_put_away_is_left_as_it_is() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let case = world.receive(&database, "a.zzdossier", &Dossier::default());
    let writer = database.writer().unwrap();
    writer.update_case(&Case { state: CaseState::Closed, ..case.clone() }).unwrap();
    writer.commit(&zizhi_store::Entry::new(world.now, "", "test.closed")).unwrap();
    world.mark(HEFEI, 0, Status::Revoked);
    world.put_lists(0);
    assert_eq!(new_data(&mut world, &database), Rejudged::default());
    assert_eq!(verdict(&database, &case), Verdict::Passed);
    let firm = world.database("firm", Role::Firm);
    assert_eq!(caught_up(&world, &firm), Rejudged::default(), "a firm has no cases");
}
