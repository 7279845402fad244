//! 月报: the figures of a month are those of its cases, with their definition.

use chrono::TimeDelta;
use zizhi_app::case_month::month;
use zizhi_app::working_days::WorkingDays;
use zizhi_store::{Decision, DecisionOutcome, Direction, Entry, Role};

use crate::world::{Dossier, World};

#[test]
fn cases_count_in_the_month_they_came_and_decisions_in_the_month_they_were_made() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let days = WorkingDays::built_in();
    let passed = world.receive(&database, "a.zzdossier", &Dossier::default());
    let expired = Dossier { idx: 1, valid_until: "2026-10-01", ..Dossier::default() };
    world.receive(&database, "b.zzdossier", &expired);
    world.receive(&database, "c.zzdossier", &Dossier { idx: 2, ..expired });

    let figures = month(&database, "2026-11", &days).unwrap();
    assert_eq!((figures.received, figures.verdicts), (3, [1, 0, 0, 2]), "one passed, two failed");
    assert_eq!((figures.decided, figures.average_tenths), (0, None), "nothing was decided");
    let codes: Vec<_> = figures.problems.iter().map(|(code, count)| (code.as_str(), *count)).collect();
    assert!(codes.contains(&("DATE-EXPIRED", 2)), "each once a case: {codes:?}");
    assert!(figures.definition.zh.contains("国办发明电〔2025〕7号"), "by which calendar");

    // Decided 2026-12-10, 13 working days after 2026-11-23; and once more after two days.
    let writer = database.writer().unwrap();
    for (id, on) in [("d1", "2026-12-10"), ("d2", "2026-11-25")] {
        writer
            .add_decision(&Decision {
                id: id.to_owned(),
                direction: Direction::Issued,
                case_id: Some(passed.id.clone()),
                dossier_id: passed.dossier_id.clone().unwrap(),
                outcome: DecisionOutcome::Accepted,
                decided_on: on.parse().unwrap(),
                bytes: b"~".to_vec(),
            })
            .unwrap();
    }
    writer.commit(&Entry::new(world.now + TimeDelta::days(17), "", "test.decided")).unwrap();
    let november = month(&database, "2026-11", &days).unwrap();
    assert_eq!((november.decided, november.average_tenths), (1, Some(20)));
    let december = month(&database, "2026-12", &days).unwrap();
    assert_eq!((december.received, december.decided, december.average_tenths), (0, 1, Some(130)));

    for wrong in ["", "2026", "2026-13", "2026-1", "2026-11-01", "november"] {
        assert_eq!(month(&database, wrong, &days).unwrap_err().code, "MONTH", "{wrong:?}");
    }
    let unknown = month(&database, "2031-01", &days).unwrap();
    assert!(unknown.definition.zh.contains("只扣除周末"), "a year whose holidays nobody entered says so");
}
