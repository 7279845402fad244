//! Which inbox keys of this database are the organisation's, and which are only this computer's.
//!
//! A key that a device list has named is the organisation's: others seal to it, and its computers hand it to each
//! other. One that was made here and that no list has named yet is known to nobody else, and stays so: a removal that
//! failed would else have given its key away to whoever is removed next.

use serde::{Deserialize, Serialize};
use serde_json::json;
use zizhi_crypto::sealed;
use zizhi_store::{InboxIdentity, Reader, Writer};
use zizhi_sync::devices::DeviceList;

use crate::devices::own_list;
use crate::failure::Failure;

/// The setting with the recipients that lists have named, as far as they are no longer in the one that stands.
const NAMED: &str = "inbox_named";
/// The setting with keys that were made for a list which may never have stood.
const ATTEMPTS: &str = "inbox_attempts";

/// A key that was made to take the place of the newest one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attempt {
    /// The device that was to be removed; this computer's own where only the key was to be renewed.
    pub(crate) kid: String,
    /// What people call it.
    pub(crate) name: String,
    /// The public half of the key, `age1…`.
    pub(crate) recipient: String,
}

/// Where others seal what is meant for this organisation: by its device list, else the newest key that is here.
pub(crate) fn newest(reader: &Reader<'_>) -> Result<Option<String>, Failure> {
    if let Some(stands) = own_list(reader)?.filter(|_| has_joined(reader)) {
        return Ok(Some(stands.list().newest_inbox().to_owned()));
    }
    Ok(reader.inbox_identities()?.into_iter().next().map(|identity| identity.recipient))
}

/// The recipients that a device list of this organisation has named.
pub(crate) fn named(reader: &Reader<'_>) -> Result<Vec<String>, Failure> {
    let mut named: Vec<String> = read(reader, NAMED)?;
    if let Some(stands) = own_list(reader)?.filter(|_| has_joined(reader)) {
        add(&mut named, &stands.list().inbox);
    }
    Ok(named)
}

/// Notes what a device list of this organisation names, inside the transaction that keeps the list.
pub(crate) fn note(writer: &Writer<'_>, list: &DeviceList) -> Result<(), Failure> {
    note_all(writer, &list.inbox)
}

/// Notes recipients that lists have named.
pub(crate) fn note_all(writer: &Writer<'_>, recipients: &[String]) -> Result<(), Failure> {
    let mut named: Vec<String> = read(writer, NAMED)?;
    let before = named.len();
    add(&mut named, recipients);
    if named.len() > before {
        writer.put_setting(NAMED, &json!(named))?;
    }
    Ok(())
}

/// Those of the identities that are the organisation's.
pub(crate) fn to_hand_out<'i>(
    reader: &Reader<'_>,
    identities: &'i [String],
) -> Result<Vec<&'i String>, Failure> {
    let named = named(reader)?;
    let is_named =
        |identity: &&String| sealed::recipient_of(identity).is_ok_and(|recipient| named.contains(&recipient));
    Ok(identities.iter().filter(is_named).collect())
}

/// The newest inbox key that only this computer has, and that is not meant for anything else.
pub(crate) fn private(reader: &Reader<'_>) -> Result<Option<InboxIdentity>, Failure> {
    let (named, attempts) = (named(reader)?, attempts(reader)?);
    let taken = |recipient: &String| {
        named.contains(recipient) || attempts.iter().any(|attempt| attempt.recipient == *recipient)
    };
    Ok(reader.inbox_identities()?.into_iter().find(|identity| !taken(&identity.recipient)))
}

/// The keys of lists that may never have stood.
pub(crate) fn attempts(reader: &Reader<'_>) -> Result<Vec<Attempt>, Failure> {
    read(reader, ATTEMPTS)
}

/// The key that was made for a device, if there is one.
pub(crate) fn attempt(reader: &Reader<'_>, kid: &str) -> Result<Option<Attempt>, Failure> {
    Ok(attempts(reader)?.into_iter().find(|attempt| attempt.kid == kid))
}

/// Keeps a key that was made for a device, in the place of an earlier one.
pub(crate) fn put_attempt(writer: &Writer<'_>, attempt: Attempt) -> Result<(), Failure> {
    let mut attempts = attempts(writer)?;
    attempts.retain(|before| before.kid != attempt.kid);
    attempts.push(attempt);
    Ok(writer.put_setting(ATTEMPTS, &json!(attempts))?)
}

fn has_joined(reader: &Reader<'_>) -> bool {
    reader.hub().is_ok_and(|hub| hub.is_some_and(|hub| hub.joined.is_some()))
}

fn add(named: &mut Vec<String>, recipients: &[String]) {
    for recipient in recipients {
        if !named.contains(recipient) {
            named.push(recipient.clone());
        }
    }
}

fn read<T: serde::de::DeserializeOwned + Default>(reader: &Reader<'_>, setting: &str) -> Result<T, Failure> {
    let Some(kept) = reader.setting(setting)? else { return Ok(T::default()) };
    serde_json::from_value(kept).map_err(|error| {
        Failure::internal(
            "收件密钥的使用记录无法读取，操作没有进行。",
            "what the inbox keys are for cannot be read; nothing was done",
        )
        .because(error)
    })
}
