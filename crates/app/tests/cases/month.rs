//! 月报: the figures of a month are those of its cases, with their definition.

use chrono::TimeDelta;
use zizhi_app::case_month::month;
use zizhi_app::working_days::WorkingDays;
use zizhi_model::{Provenance, Uscc, civil};
use zizhi_store::{
    Credential, CredentialDirection, CredentialState, Decision, DecisionOutcome, Direction, Entry, Firm,
    FirmState, Role,
};

use crate::world::{Dossier, World};

#[test]
fn cases_count_in_the_month_they_came_and_decisions_in_the_month_they_were_made() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let (days, today) = (WorkingDays::built_in(), civil::date_in_shanghai(world.now));
    let passed = world.receive(&database, "a.zzdossier", &Dossier::default());
    let expired = Dossier { idx: 1, valid_until: "2026-10-01", ..Dossier::default() };
    world.receive(&database, "b.zzdossier", &expired);
    world.receive(&database, "c.zzdossier", &Dossier { idx: 2, ..expired });

    let figures = month(&database, "2026-11", &days, today).unwrap();
    assert_eq!((figures.received, figures.verdicts), (3, [1, 0, 0, 2]), "one passed, two failed");
    assert_eq!((figures.decided, figures.average_tenths), (0, None), "nothing was decided");
    let codes: Vec<_> = figures.problems.iter().map(|(code, count)| (code.as_str(), *count)).collect();
    assert!(codes.contains(&("DATE-EXPIRED", 2)), "each once a case: {codes:?}");
    assert!(figures.definition.zh.contains("国办发明电〔2025〕7号"), "by which calendar");
    let counted = figures.passed_tenths();
    assert_eq!(counted, Some(333), "one of three verdicts");

    // Decided 2026-12-10, 13 working days after 2026-11-23; and once more after two days.
    let writer = database.writer().unwrap();
    for (id, on) in [("d1", "2026-12-10"), ("d2", "2026-11-25")] {
        writer
            .add_decision(&Decision {
                id: id.to_owned(),
                direction: Direction::Issued,
                case_id: Some(passed.id.clone()),
                dossier_id: passed.dossier_id.clone().unwrap(),
                outcome: DecisionOutcome::SupplementRequired,
                decided_on: on.parse().unwrap(),
                bytes: b"~".to_vec(),
            })
            .unwrap();
    }
    writer.commit(&Entry::new(world.now + TimeDelta::days(17), "", "test.decided")).unwrap();
    let november = month(&database, "2026-11", &days, today).unwrap();
    assert_eq!((november.decided, november.average_tenths), (1, Some(20)));
    assert_eq!(november.passed_tenths(), counted, "a decision moves no verdict");
    for told in [&november.definition.zh, november.definition.en()] {
        assert!(
            told.contains("需补充材料") || told.contains("supplements required"),
            "and that is said: {told}"
        );
    }
    let december = month(&database, "2026-12", &days, today).unwrap();
    assert_eq!((december.received, december.decided, december.average_tenths), (0, 1, Some(130)));

    for wrong in ["", "2026", "2026-13", "2026-1", "2026-11-01", "november"] {
        assert_eq!(month(&database, wrong, &days, today).unwrap_err().code, "MONTH", "{wrong:?}");
    }
    let unknown = month(&database, "2031-01", &days, today).unwrap();
    assert!(unknown.definition.zh.contains("只扣除周末"), "a year whose holidays nobody entered says so");
}

#[test]
fn the_rates_of_the_firms_in_incubation_are_of_the_months_last_day_or_of_today() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let (days, today) = (WorkingDays::built_in(), civil::date_in_shanghai(world.now));
    let rates = |name: &str| month(&database, name, &days, today).unwrap().park;
    let none = rates("2026-11");
    assert_eq!((none.high_tech.firms, none.high_tech.tenths()), (0, None), "no firm, no rate");

    let writer = database.writer().unwrap();
    let codes = ["91340100DEM000014D", "91320594DEM000057C", "91330421DEM0000814"];
    for (code, entered) in codes.iter().zip(["2026-03-01", "2026-10-15", "2026-11-20"]) {
        writer.add_firm(&firm(code, entered, &world)).unwrap();
    }
    for (number, kind, until) in
        [(1, "high-tech-enterprise", Some("2026-11-10")), (2, "financing-event", None)]
    {
        let uscc = Uscc::parse(codes[0]).unwrap();
        writer.add_credential(&credential(number, kind, uscc, until, &world), &[number]).unwrap();
    }
    writer.commit(&Entry::new(world.now, "", "test.register")).unwrap();

    let november = rates("2026-11");
    assert_eq!(november.as_of, today, "the month is not over");
    let high_tech = november.high_tech;
    assert_eq!((high_tech.firms, high_tech.met, high_tech.lapsed, high_tech.unrecorded), (3, 0, 1, 2));
    assert_eq!((high_tech.tenths(), high_tech.reference), (Some(0), 40));
    assert_eq!((november.financed.met, november.financed.tenths()), (1, Some(333)), "one of three");
    assert_eq!(november.financed.reference, 50);
    let october = rates("2026-10");
    assert_eq!(october.as_of.to_string(), "2026-10-31");
    assert_eq!(october.high_tech.firms, 2, "the third had not entered");
    assert_eq!(october.high_tech.tenths(), Some(500), "and the certificate was valid");
    assert!(october.definition().zh.contains("截至2026年10月31日"));
    assert!(october.source().zh.contains("韦一玉，2020浦江创新论坛"));
}

fn firm(code: &str, entered: &str, world: &World) -> Firm {
    Firm {
        id: code.to_owned(),
        uscc: Uscc::parse(code).unwrap(),
        name: "某企业【演示】".to_owned(),
        former_names: Vec::new(),
        region: None,
        established_on: None,
        entered_on: Some(entered.parse().unwrap()),
        site_address: None,
        contact_name: None,
        contact_phone: None,
        extra: serde_json::json!({}),
        state: FirmState::In,
        updated: world.now,
    }
}

fn credential(number: u8, kind: &str, subject: Uscc, until: Option<&str>, world: &World) -> Credential {
    Credential {
        id: format!("credential-{number}"),
        direction: CredentialDirection::Issued,
        sha256: [number; 32],
        credential_type: kind.to_owned(),
        number: None,
        issuer_uscc: Uscc::parse(crate::world::SONGJIANG).unwrap(),
        subject_uscc: subject,
        subject_name: "某企业【演示】".to_owned(),
        provenance: Provenance::Attested,
        region: None,
        issued_on: Some("2026-03-02".parse().unwrap()),
        valid_until: until.map(|until| until.parse().unwrap()),
        iat: world.now,
        status_uri: None,
        status_idx: None,
        state: CredentialState::Valid,
        reason: None,
        changed: None,
        received: world.now,
    }
}
