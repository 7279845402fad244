//! The closed lists and the limits are those of the specification.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use zizhi_model::{Limits, Outcome, Provenance, Question, RecognitionMode, Scenario, Verdict};

fn written<T: Serialize>(values: &[T]) -> String {
    serde_json::to_string(values).unwrap_or_default()
}

fn reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(values: &[T]) {
    let text = written(values);
    assert_eq!(serde_json::from_str::<Vec<T>>(&text).ok().as_deref(), Some(values), "{text}");
}

#[test]
fn identifiers_are_those_of_the_formats() {
    assert_eq!(
        written(Scenario::ALL),
        r#"["branch_operation","full_relocation","partial_relocation","voucher_redemption","financing"]"#
    );
    assert_eq!(
        written(RecognitionMode::ALL),
        r#"["direct","equivalent","supplement","recertify","reference","none"]"#
    );
    assert_eq!(written(Verdict::ALL), r#"["passed","passed_with_conditions","pending","failed"]"#);
    assert_eq!(written(Provenance::ALL), r#"["declared","attested","direct"]"#);
    let outcomes = [Outcome::Pass, Outcome::Info, Outcome::Warning, Outcome::Pending, Outcome::Fail];
    assert_eq!(written(&outcomes), r#"["pass","info","warning","pending","fail"]"#);
    let questions = [Question::Integrity, Question::Issuer, Question::Currency, Question::Recognition];
    assert_eq!(written(&questions), r#"["integrity","issuer","currency","recognition"]"#);
    reads_back(Scenario::ALL);
    reads_back(RecognitionMode::ALL);
    reads_back(Verdict::ALL);
    reads_back(Provenance::ALL);
    reads_back(&outcomes);
    reads_back(&questions);
}

#[test]
fn identifiers_read_back_and_nothing_else_does() {
    assert!(Scenario::ALL.iter().all(|value| Scenario::parse(value.as_str()) == Some(*value)));
    assert!(Verdict::ALL.iter().all(|value| Verdict::parse(value.as_str()) == Some(*value)));
    assert_eq!(Scenario::parse("branch-operation"), None);
    assert_eq!(Provenance::parse("Direct"), None);
    assert_eq!(RecognitionMode::parse(""), None);
}

#[test]
fn worse_is_greater() {
    assert!(
        Outcome::Pass < Outcome::Info
            && Outcome::Warning < Outcome::Pending
            && Outcome::Pending < Outcome::Fail
    );
    assert!(Verdict::Passed < Verdict::PassedWithConditions && Verdict::Pending < Verdict::Failed);
    assert!(Provenance::Declared < Provenance::Attested && Provenance::Attested < Provenance::Direct);
}

#[test]
fn a_verdict_that_waits_is_called_so() {
    assert_eq!((Verdict::Pending.zh(), Verdict::Pending.en()), ("待联网复核", "pending online check"));
    assert_eq!(Verdict::PassedWithConditions.zh(), "有条件通过");
}

#[test]
fn the_limits_are_the_documented_ones() {
    let limits = Limits::default();
    assert_eq!(
        (limits.file_bytes >> 20, limits.entry_bytes >> 20, limits.manifest_bytes >> 20),
        (512, 200, 4)
    );
    assert_eq!((limits.entries, limits.ratio, limits.json_depth, limits.disclosures), (2_000, 200, 32, 512));
    assert_eq!(limits.clock_skew_seconds, 300);
}
