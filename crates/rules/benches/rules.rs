//! What rules cost beside the signatures of a dossier (its 17 checks take about 900 µs).

#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};
use zizhi_model::{Provenance, Region, Scenario};
use zizhi_rules::checklist::{Answer, Attachment, Input, Standing, evaluate};
use zizhi_rules::dcql::{Authority, Candidate, SD_JWT_VC};
use zizhi_rules::equivalence::{conditions, select};
use zizhi_rules::pack::{RulePack, lint};
use zizhi_rules::{Data, Scope};

const PACK: &[u8] = include_bytes!("../../../tests/data/rules/sh-songjiang.json");

/// The sample checklist twice over: ten items.
fn pack() -> RulePack {
    let mut pack = RulePack::parse(PACK).unwrap();
    let checklist = pack.checklists.first_mut().unwrap();
    let again = checklist.items.clone();
    checklist.items.extend(again);
    pack
}

fn credentials() -> Vec<Value> {
    let kinds = [
        "business-licence",
        "incubatee-certificate",
        "high-tech-enterprise",
        "patent",
        "patent",
        "software-copyright",
        "management-cert",
        "financing-event",
    ];
    kinds
        .iter()
        .map(|kind| {
            json!({"iss": "urn:uscc:91340100DEM0000228", "sub": "urn:uscc:91340100DEM000014D",
                "vct": format!("urn:zizhitong:credential:{kind}:1"), "number": "HFUSP-2026-0117", "name": "合肥星河量子传感技术有限公司【演示】",
                "title": "x", "owners": ["合肥星河量子传感技术有限公司【演示】"], "entered_on": "2024-12-16", "issued_on": "2025-11-19",
                "valid_until": "2028-12-15", "provenance": "attested", "region": "340104"})
        })
        .collect()
}

fn rules(c: &mut Criterion) {
    let pack = pack();
    let credentials = credentials();
    let authorities = [Authority { kind: "aki", value: "k" }];
    let answers: Vec<Answer<'_>> = credentials
        .iter()
        .map(|claims| Answer {
            path: "credentials/001.sdjwt",
            candidate: Candidate {
                format: SD_JWT_VC,
                vct: claims["vct"].as_str().unwrap(),
                claims: claims.into(),
                authorities: &authorities,
                holder_bound: true,
            },
            provenance: Provenance::Direct,
            standing: Standing::Holds,
            answers: &[],
            issuer: None,
            unusable: None,
        })
        .collect();
    let attachments = [Attachment { path: "attachments/00", kind: "lease", answers: &[], intact: true }];
    let (now, firm, dossier) = (
        json!("2026-11-23T10:00:00+08:00"),
        json!({"uscc": "91340100DEM000014D", "name": "合肥星河量子传感技术有限公司【演示】"}),
        json!({"facts": {"claims_high_tech": true}, "credentials": credentials}),
    );
    let facts = Scope { now: Some(&now), firm: Some(&firm), dossier: Some(&dossier), ..Scope::default() };
    let input = Input { facts, credentials: &answers, attachments: &attachments };
    let checklist = pack.checklists.first().unwrap();
    assert!(
        evaluate(checklist, &input).iter().all(|item| item.findings.is_empty()),
        "the sample dossier meets every item"
    );
    c.bench_function("checklist of 10 items over 8 credentials", |b| b.iter(|| evaluate(checklist, &input)));

    let (origin, destination) = (Region::parse("340104").unwrap(), Region::parse("310117").unwrap());
    let issuer = json!({"level": "provincial"});
    let about = facts.about(credentials.get(1).map(Data::from), Some(&issuer));
    c.bench_function("select a rule and judge its conditions, 8 times", |b| {
        b.iter(|| {
            for _ in 0..8 {
                let on = "2026-11-23".parse().unwrap();
                let chosen = select(
                    &pack,
                    "incubatee-certificate",
                    &origin,
                    &destination,
                    Scenario::BranchOperation,
                    on,
                );
                let zizhi_rules::equivalence::Selected::Rule(rule) = chosen else { unreachable!() };
                std::hint::black_box(conditions(rule, &about));
            }
        });
    });
    c.bench_function("read the sample pack", |b| b.iter(|| RulePack::parse(PACK)));
    c.bench_function("lint the sample pack", |b| b.iter(|| lint(PACK)));
}

criterion_group!(benches, rules);
criterion_main!(benches);
