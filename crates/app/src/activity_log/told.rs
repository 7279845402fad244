//! A row of the log as a clerk reads it: what was done, to which thing by its name, and the reason that was
//! typed. The log itself names things by their ids and says no more; names and reasons are looked up where they
//! are kept, so that a thing that is gone has none.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use zizhi_model::Text;
use zizhi_store::{Activity, CredentialState, DecisionOutcome, Reader};

use super::names::name;
use super::title;
use crate::case_decision;
use crate::failure::{Failure, told};
use crate::told_decision::outcome_name;

/// Between a row of the log and what was changed with it.
const TOGETHER: TimeDelta = TimeDelta::seconds(5);

/// A row as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What was done.
    pub done: Text,
    /// To which thing; nothing for the database as a whole.
    pub about: Option<Text>,
    /// Why, as a person typed it.
    pub reason: Option<String>,
}

/// Tells rows. What a thing is called is looked up once.
pub struct Teller<'r> {
    pub(super) reader: &'r Reader<'r>,
    names: BTreeMap<(String, String), Option<Text>>,
}

impl<'r> Teller<'r> {
    /// One that looks names up in the database of the log.
    #[must_use]
    pub const fn new(reader: &'r Reader<'r>) -> Self {
        Self { reader, names: BTreeMap::new() }
    }

    /// What a row says.
    ///
    /// # Errors
    /// As every read of the database.
    pub fn tell(&mut self, entry: &Activity) -> Result<Told, Failure> {
        Ok(Told { done: done(entry), about: self.about(entry)?, reason: self.reason(entry)? })
    }

    fn about(&mut self, entry: &Activity) -> Result<Option<Text>, Failure> {
        match self.several(entry)? {
            Some(told) => Ok(Some(told)),
            None => self.named(&entry.object_kind, &entry.object_id),
        }
    }

    pub(super) fn named(&mut self, kind: &str, id: &str) -> Result<Option<Text>, Failure> {
        let key = (kind.to_owned(), id.to_owned());
        if let Some(known) = self.names.get(&key) {
            return Ok(known.clone());
        }
        let name = name(self.reader, kind, id)?;
        self.names.insert(key, name.clone());
        Ok(name)
    }

    /// Where a reason is kept beside the thing itself, it is that of the row only if both were written together.
    fn reason(&self, entry: &Activity) -> Result<Option<String>, Failure> {
        if let Some(reason) = said(entry, "reason") {
            return Ok(Some(reason.to_owned()));
        }
        let id = entry.object_id.as_str();
        let reason = match entry.action.as_str() {
            "case.accepted" => self.of_step(entry, "accepted")?,
            "case.resumed" => self.of_step(entry, "resumed")?,
            "case.closed" => self.of_step(entry, "closed")?,
            "case.supplement_requested" => self.of_step(entry, "supplement")?,
            "case.decided" => case_decision::of(self.reader, id)?.map(|decision| {
                let texts = decision.reasons.into_iter().map(|(_, text)| text);
                texts.collect::<Vec<_>>().join("；")
            }),
            "credentials.status_set" => self.of_status(entry)?,
            "voucher.withdrawn" => self.reader.redemption(id)?.and_then(|redemption| redemption.reason),
            "settlement.answered" => self.reader.settlement(id)?.and_then(|settlement| settlement.reason),
            _ => None,
        };
        Ok(reason.filter(|reason| !reason.trim().is_empty()))
    }

    /// The remark on a step of a case, or what was asked for.
    fn of_step(&self, entry: &Activity, kind: &str) -> Result<Option<String>, Failure> {
        let events = self.reader.case_events(&entry.object_id)?;
        let step = events.iter().find(|step| step.kind == kind && together(entry, step.at));
        Ok(step.map(|step| {
            if !step.note.is_empty() {
                return step.note.clone();
            }
            let wanted = step.details.get("supplements").and_then(Value::as_array).into_iter().flatten();
            let texts = wanted.filter_map(|wanted| wanted.get("text")?.as_str());
            texts.collect::<Vec<_>>().join("；")
        }))
    }

    fn of_status(&self, entry: &Activity) -> Result<Option<String>, Failure> {
        let Some(id) = ids(entry).into_iter().next() else { return Ok(None) };
        let credential = self.reader.credential(&id)?.filter(|credential| {
            let same = said(entry, "status") == Some(credential.state.as_str());
            same && credential.changed.is_some_and(|changed| together(entry, changed))
        });
        Ok(credential.and_then(|credential| credential.reason))
    }
}

/// What was done, with what the row itself says about it.
fn done(entry: &Activity) -> Text {
    let known = title(&entry.action);
    let outcome = said(entry, "outcome").and_then(DecisionOutcome::parse).map(outcome_name);
    if let Some(outcome) = outcome {
        return told(format!("{}：{}", known.zh, outcome.zh), format!("{}: {}", known.en(), outcome.en()));
    }
    match (entry.action.as_str(), count(entry, "issued")) {
        ("credentials.issued", Some(issued)) => {
            told(format!("签发凭证 {issued} 份"), format!("Issued credentials: {issued}"))
        }
        ("credentials.recovered", _) => {
            let count = ids(entry).len();
            told(format!("补登已签发的凭证 {count} 份"), format!("Entered issued credentials again: {count}"))
        }
        ("credentials.status_set", _) => match said(entry, "status").and_then(CredentialState::parse) {
            Some(CredentialState::Valid) => Text::fixed("恢复凭证有效", "Restored credentials"),
            Some(CredentialState::Suspended) => Text::fixed("暂停凭证", "Suspended credentials"),
            Some(CredentialState::Revoked) => Text::fixed("撤销凭证", "Revoked credentials"),
            Some(CredentialState::Ended) => Text::fixed("注销凭证", "Ended credentials"),
            None => known,
        },
        _ => known,
    }
}

pub(super) fn said<'e>(entry: &'e Activity, name: &str) -> Option<&'e str> {
    entry.summary.get(name).and_then(Value::as_str)
}

pub(super) fn count(entry: &Activity, name: &str) -> Option<u64> {
    entry.summary.get(name).and_then(Value::as_u64)
}

/// The credentials that a row lists.
pub(super) fn ids(entry: &Activity) -> Vec<String> {
    let listed = entry.summary.get("credentials").and_then(Value::as_array).into_iter().flatten();
    listed.filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

fn together(entry: &Activity, at: DateTime<Utc>) -> bool {
    (entry.at - at).abs() <= TOGETHER
}
