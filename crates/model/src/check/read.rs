//! Reads checks back from a report that was kept, so that it can be shown and printed as it was made.
//!
//! A check that was read writes the same JSON again. Its message is the one that was kept: what a person
//! was told stays told, also after the catalogue got better words. Facts come back as texts, numbers and
//! lists, since JSON does not tell a day from a text.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Check, CheckCode, Fact, Facts, Outcome};
use crate::text::Text;

/// Names of facts that are remembered at most. The program itself has about sixty.
const NAMES: usize = 512;

#[derive(Deserialize)]
struct CheckText {
    code: CheckCode,
    outcome: Outcome,
    subject: String,
    message: Text,
    facts: FactsText,
}

/// Facts in the order in which they stand.
struct FactsText(Facts);

#[derive(Deserialize)]
#[serde(untagged)]
enum FactText {
    Text(String),
    Int(i64),
    List(Vec<String>),
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let CheckText { code, outcome, subject, message, facts } = CheckText::deserialize(deserializer)?;
        Ok(Self { code, outcome, subject: Arc::from(subject), message: Some(message), facts: facts.0 })
    }
}

impl<'de> Deserialize<'de> for CheckCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a code that is not in the catalogue"))
    }
}

impl<'de> Deserialize<'de> for FactsText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadFacts)
    }
}

struct ReadFacts;

impl<'de> Visitor<'de> for ReadFacts {
    type Value = FactsText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("named facts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<FactsText, A::Error> {
        let mut facts = Facts::new();
        while let Some((name, fact)) = access.next_entry::<String, FactText>()? {
            let name = known(&name).ok_or_else(|| A::Error::custom("too many names of facts"))?;
            facts.push((
                name,
                match fact {
                    FactText::Text(text) => Fact::from(text),
                    FactText::Int(number) => Fact::Int(number),
                    FactText::List(texts) => Fact::List(texts),
                },
            ));
        }
        Ok(FactsText(facts))
    }
}

/// The name as a text that lives as long as the program, as names in the program's own code do. There are
/// few of them; each is kept once, and no more than [`NAMES`] of them.
fn known(name: &str) -> Option<&'static str> {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(name) = known.get(name) {
        return Some(name);
    }
    if known.len() >= NAMES {
        return None;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    known.insert(name);
    Some(name)
}
