//! Every rule that a verifier has to enforce, with a file that breaks it and nothing else.
//!
//! The files lie in `tests/data/sd-jwt`, so that other programs can be tried on them: `<defect>.txt`
//! with the text, `expected.json` with code, rule and reason, and the keys. They are made here, with
//! keys and salts that never change; `ZIZHI_WRITE_DEFECTS=1 cargo test -p zizhi-credential` writes them
//! anew after a change.

mod binding;
mod craft;
mod disclosure;
mod envelope;
mod profile;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use serde_json::{Value, json};
use zizhi_credential::inspect::{Expected, inspect};
use zizhi_credential::sdjwt::{KbPolicy, SdJwtError, Unverified};
use zizhi_model::check::Fact;
use zizhi_model::{CheckCode, Limits};

use crate::support::{AUD, IAT, NONCE, holder, issuer, limits};

/// When the texts are read: long enough after the manifest for its window to be over.
const AT: i64 = IAT + 1000;

/// How a text is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
enum Offered {
    /// As a credential that the holder takes in.
    Issued,
    /// As a presentation, bound to `AUD` and `NONCE`.
    Presented,
}

/// One broken rule.
struct Defect {
    name: &'static str,
    offered: Offered,
    code: CheckCode,
    /// Of a broken key binding, its reason where it has one.
    rule: &'static str,
    why: &'static str,
    text: String,
}

fn defect(name: &'static str, rule: &'static str, why: &'static str, text: String) -> Defect {
    Defect { name, offered: Offered::Issued, code: CheckCode::SdjwtInvalid, rule, why, text }
}

impl Defect {
    fn code(mut self, code: CheckCode) -> Self {
        self.code = code;
        self
    }

    fn presented(mut self) -> Self {
        self.offered = Offered::Presented;
        self
    }
}

fn all() -> Vec<Defect> {
    [envelope::defects(), disclosure::defects(), profile::defects(), binding::defects()]
        .into_iter()
        .flatten()
        .collect()
}

/// What a verifier finds wrong, all of it.
fn read(text: &str, offered: Offered) -> Vec<(CheckCode, String)> {
    let refused = |error: SdJwtError| vec![(error.code(), error.rule().to_owned())];
    let parsed = match offered {
        Offered::Issued => Unverified::parse_issued(text, &limits()),
        Offered::Presented => Unverified::parse(text, &limits()),
    };
    let unverified = match parsed {
        Ok(unverified) => unverified,
        Err(error) => return refused(error),
    };
    let verified = match unverified.verify(issuer().public()) {
        Ok(verified) => verified,
        Err(error) => return refused(error),
    };
    let key = match verified.holder_key() {
        Ok(key) => key,
        // A key that is not there is one of the missing claims that `disclose` names.
        Err(error) if verified.signed_payload().get("cnf").and_then(|cnf| cnf.get("jwk")).is_some() => {
            return refused(error);
        }
        Err(_) => holder().public().clone(),
    };
    let mut broken = Vec::new();
    if offered == Offered::Presented {
        let policy = KbPolicy {
            aud: AUD,
            nonce: NONCE,
            not_before: IAT,
            reference: Some(IAT + 100),
            now: AT,
            skew: 60,
        };
        match verified.key_binding() {
            None => broken.push((CheckCode::KbMissing, String::new())),
            Some(binding) => broken.extend(binding.check(&key, &policy).into_iter().map(|(code, facts)| {
                let told = facts.iter().find(|(name, _)| matches!(*name, "rule" | "reason"));
                let Some((_, Fact::Text(told))) = told else { return (code, String::new()) };
                (code, told.to_string())
            })),
        }
    }
    if let Err(error) = verified.disclose() {
        broken.extend(refused(error));
    }
    broken
}

#[test]
fn each_defect_is_refused_for_its_own_reason() {
    for Defect { name, offered, code, rule, why, text } in all() {
        assert_eq!(read(&text, offered), vec![(code, rule.to_owned())], "{name}: {why}");
    }
}

#[test]
fn without_the_defect_all_is_well() {
    for (name, offered, text) in craft::sound() {
        assert_eq!(read(&text, offered), vec![], "{name} is what the defects are made from");
    }
}

#[test]
fn inspect_refuses_each_defect_too() {
    let issuer = issuer();
    for Defect { name, offered, code, rule, text, .. } in all() {
        // Inspecting asks neither for a credential nor against a manifest, and a `vct` of others makes
        // it a credential of others.
        if matches!(rule, "key-binding-unexpected" | "far-from-manifest") || name == "vct-of-others" {
            continue;
        }
        let asked = |text| (offered == Offered::Presented).then_some(text);
        let expected =
            Expected { issuer: Some(issuer.public()), aud: asked(AUD), nonce: asked(NONCE), at: AT };
        let limits = Limits { clock_skew_seconds: 60, ..limits() };
        let found = inspect(text.as_bytes(), &expected, &limits);
        assert!(found.failures().any(|check| check.code == code), "{name}: {code} in {:?}", found.checks);
        let told = found.payload.is_some();
        assert!(!told || code != CheckCode::SdjwtInvalid, "{name}: no payload comes of broken rules");
    }
}

#[test]
fn the_files_are_what_is_made_here() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/sd-jwt");
    let mut files: Vec<(String, String)> = Vec::new();
    let mut table = Vec::new();
    for Defect { name, offered, code, rule, why, text } in all() {
        files.push((format!("{name}.txt"), text));
        table.push(json!({ "file": format!("{name}.txt"), "offered": offered, "code": code, "rule": rule, "why": why }));
    }
    files.push(("issuer.jwk.json".into(), pretty(&json!(issuer().public().to_jwk()))));
    files.push(("holder.jwk.json".into(), pretty(&json!(holder().public().to_jwk()))));
    let context = json!({ "aud": AUD, "nonce": NONCE, "at": AT, "manifest_iat": IAT + 100, "skew": 60 });
    files.push(("expected.json".into(), pretty(&json!({ "context": context, "defects": table }))));

    let names: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names.len(), files.len(), "each defect has a name of its own");
    if env::var_os("ZIZHI_WRITE_DEFECTS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &files {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &files {
        let written = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(written == *text, "{name} is out of date: write the files anew (see the top of this test)");
    }
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    assert_eq!(there, names, "no file without a defect");
}

fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap())
}
