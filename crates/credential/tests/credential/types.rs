//! The types that are built in, and reading new ones.

use std::collections::HashSet;

use serde_json::json;
use zizhi_credential::Path;
use zizhi_credential::types::{
    PathPart, SOURCES, SelectiveDisclosure, TypeMetadata, ValueKind, builtin, find,
};
use zizhi_model::{Provenance, json as strict_json};

use crate::support::claims;

/// domain.md §2.2, and the decision of formats.md §6.
const TYPES: [&str; 23] = [
    "branch-licence",
    "business-licence",
    "chain-position",
    "consent-record",
    "financing-event",
    "graduation-certificate",
    "high-tech-enterprise",
    "incubatee-certificate",
    "incubation-agreement",
    "innovation-voucher",
    "innovative-sme",
    "instrument-eligibility",
    "little-giant",
    "management-cert",
    "patent",
    "rd-super-deduction",
    "recognition-decision",
    "software-copyright",
    "srdi-sme",
    "tech-contract-registration",
    "tech-sme",
    "verification-attestation",
    "zj-tech-sme",
];

#[test]
fn every_type_of_the_field_is_there() {
    let ids: Vec<&str> = builtin().iter().map(TypeMetadata::id).collect();
    assert_eq!(ids, TYPES, "one file each, and every file parses");
    for ((name, _), metadata) in SOURCES.iter().zip(builtin()) {
        assert_eq!(*name, format!("{}.json", metadata.id()), "a file is called like its type");
        assert_eq!(metadata.vct, format!("urn:zizhitong:credential:{}:1", metadata.id()));
    }
}

#[test]
fn everything_has_a_name_in_both_languages() {
    for metadata in builtin() {
        let name = metadata.name();
        assert!(name.en.is_some() && !name.zh.is_ascii(), "{}: {name:?}", metadata.vct);
        for claim in &metadata.claims {
            let label = claim.label().unwrap();
            assert!(label.en.is_some(), "{} {:?}: {label:?}", metadata.vct, claim.path);
            assert_eq!(claim.display.len(), 2, "{} {:?}", metadata.vct, claim.path);
            assert_eq!(
                claim.value == ValueKind::Choice,
                !claim.choices.is_empty(),
                "{} {:?}: choices",
                metadata.vct,
                claim.path
            );
            for choice in &claim.choices {
                assert!(claim.choice(&choice.value).unwrap().en.is_some(), "{} {choice:?}", metadata.vct);
            }
        }
    }
}

#[test]
fn a_claim_stands_once_and_inside_a_claim() {
    for metadata in builtin() {
        let mut seen = HashSet::new();
        for claim in &metadata.claims {
            let path = format!("{:?}", claim.path);
            assert!(
                claim.path.len() == 1 || seen.contains(&format!("{:?}", &claim.path[..claim.path.len() - 1])),
                "{} {path}: what it stands in comes first",
                metadata.vct
            );
            assert!(seen.insert(path.clone()), "{} {path} stands twice", metadata.vct);
        }
    }
}

#[test]
fn what_is_always_visible_is_the_table_of_the_formats() {
    for metadata in builtin() {
        let visible: Vec<&PathPart> = metadata
            .claims
            .iter()
            .filter(|claim| claim.sd == SelectiveDisclosure::Never)
            .map(|claim| &claim.path[0])
            .collect();
        let expected = ["iss", "sub", "name", "region", "provenance", "iat", "nbf", "exp"]
            .map(|name| PathPart::Member(name.to_owned()));
        assert_eq!(visible, expected.iter().collect::<Vec<_>>(), "{}: formats.md §1", metadata.vct);
    }
}

#[test]
fn labels_are_found_by_path() {
    let metadata = find("urn:zizhitong:credential:patent:1").unwrap();
    let label = |path: &str| metadata.label(&Path::parse(path).unwrap()).map(|text| text.zh.into_owned());
    assert_eq!(label("number").as_deref(), Some("专利号"));
    assert_eq!(label("owners[3]").as_deref(), Some("专利权人"), "every element has the label of null");
    assert_eq!(label("attested.by").as_deref(), Some("核验单位"));
    assert_eq!(label("attachments[0].sha256").as_deref(), Some("SHA-256 摘要"));
    assert_eq!(label("nothing"), None);
    let kind = metadata.claim(&Path::parse("kind").unwrap()).unwrap();
    assert_eq!(kind.choice("utility_model").unwrap().zh, "实用新型");
    assert_eq!(kind.choice("other"), None);
}

#[test]
fn tells_the_first_mandatory_claim_that_is_missing() {
    let metadata = find("urn:zizhitong:credential:incubatee-certificate:1").unwrap();
    let missing = |change: &dyn Fn(&mut serde_json::Map<String, serde_json::Value>)| {
        let mut claims = claims();
        change(&mut claims);
        let text = serde_json::to_string(&claims).unwrap();
        let payload = strict_json::strict(text.as_bytes(), 32).unwrap();
        metadata.missing(&payload).map(|path| path.to_string())
    };
    let complete = |claims: &mut serde_json::Map<String, serde_json::Value>| {
        claims["attested"]["system"] = json!("孵化器管理系统");
        claims["attested"]["operator"] = json!("王某");
    };
    assert_eq!(missing(&complete), None, "all that is mandatory is there");
    assert_eq!(missing(&|_| ()).as_deref(), Some("attested.system"), "mandatory inside what is there");
    assert_eq!(missing(&|claims| drop(claims.remove("attested"))), None, "but not where the whole is absent");
    assert_eq!(
        missing(&|claims| {
            complete(claims);
            claims.remove("number");
        })
        .as_deref(),
        Some("number")
    );
    let attachment = |claims: &mut serde_json::Map<String, serde_json::Value>| {
        complete(claims);
        claims.insert(
            "attachments".into(),
            json!([{ "name": "a.pdf", "media_type": "application/pdf", "size": 1, "sha256": "x" }, {}]),
        );
    };
    assert_eq!(missing(&attachment).as_deref(), Some("attachments[1].name"), "in every element");
}

#[test]
fn a_type_is_data() {
    let text = r#"{
        "vct": "urn:zizhitong:credential:green-factory:1", "extends": "x", "rendering": {},
        "display": [{ "locale": "zh-CN", "name": "绿色工厂", "logo": 1 }],
        "provenance": ["direct"],
        "claims": [{ "path": ["level"], "display": [{ "locale": "zh", "label": "级别" }], "value": "newer_kind" },
                   { "path": ["sites", 0, null], "svg_id": "x" }]
    }"#;
    let metadata = TypeMetadata::parse(text.as_bytes()).unwrap();
    assert_eq!(metadata.name().zh, "绿色工厂", "what is not understood is ignored");
    assert_eq!(metadata.provenance, [Provenance::Direct]);
    assert_eq!(metadata.claims[0].value, ValueKind::Text, "a kind from the future is read as text");
    assert_eq!(
        metadata.claims[1].path,
        [PathPart::Member("sites".into()), PathPart::Element(0), PathPart::Every(())]
    );
    assert!(TypeMetadata::parse(br#"{"vct":"x","claims":[{"path":[]}]}"#).is_err(), "a path is not empty");
    assert!(
        TypeMetadata::parse(br#"{"vct":"x","claims":[{"path":[-1]}]}"#).is_err(),
        "an index is not negative"
    );
    assert!(TypeMetadata::parse(b"{}").is_err(), "vct is required");
    assert_eq!(
        TypeMetadata::parse(br#"{"vct":"https://example.com/x"}"#).unwrap().name().zh,
        "https://example.com/x"
    );
}
