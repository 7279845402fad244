//! The recognition kit: for each ordered pair of the four provinces one dossier that the destination
//! must recognise, for trying another program's verification against ours.

use std::path::Path;

use serde_json::json;
use zizhi_credential::status::Status;
use zizhi_model::{Provenance, Scenario, Verdict};

use super::cast::{Cast, HEFEI, Paper, SONGJIANG, SUZHOU, YUHANG};
use super::draft::Draft;
use super::trust::CURRENT;
use super::{Case, place};
use crate::failure::Failure;

const STORY: &str = "kit";

/// Incubator, its region, and the name of its province in files.
const PROVINCES: [(&str, &str, &str); 4] = [
    (SONGJIANG, "310117", "shanghai"),
    (SUZHOU, "320594", "jiangsu"),
    (YUHANG, "330110", "zhejiang"),
    (HEFEI, "340104", "anhui"),
];

pub(super) fn make(cast: &Cast, dir: &Path) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for (issuer, origin, from) in PROVINCES {
        for (aud, destination, to) in PROVINCES.into_iter().filter(|(aud, _, _)| *aud != issuer) {
            let mut draft = Draft {
                cast,
                firm: &cast.xinghe,
                aud,
                scenario: Scenario::BranchOperation,
                origin,
                destination,
                checklist: "KIT-BRANCH",
                pack: ("kit", 1),
                held: Vec::new(),
                scans: Vec::new(),
                facts: json!({}),
                former: Vec::new(),
                requested: true,
            };
            let claims = json!({"number": format!("KIT-{origin}-{destination}"), "issued_on": "2026-10-20", "valid_until": "2027-10-19", "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubator_level": "provincial"});
            let paper = Paper {
                issuer,
                kind: "incubatee-certificate",
                provenance: Provenance::Direct,
                subject: None,
                name: None,
                region: origin,
                claims,
                status: Status::Valid,
                firm: &cast.xinghe,
            };
            draft.hold(&paper, &["incubatee"])?;
            let (path, file) = place(dir, STORY, &format!("{from}-to-{to}"));
            draft.write(&path)?;
            cases.push(Case {
                story: STORY,
                file,
                trust: CURRENT,
                aud,
                shows: ("互认样例", "recognition sample"),
                expected: Verdict::Passed,
                codes: &[],
            });
        }
    }
    Ok(cases)
}
