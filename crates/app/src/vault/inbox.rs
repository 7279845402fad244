//! Inbox identities that come into the database after its making: a new one, and those of the organisation's other
//! computers.

use chrono::TimeDelta;
use zeroize::Zeroizing;
use zizhi_crypto::sealed;
use zizhi_store::{Database, InboxIdentity, read_wrapped_keys};

use super::keys::{self, Proof, root};
use super::{Inbox, failures, vault};
use crate::Host;
use crate::failure::Failure;

/// What opens what is sealed to this organisation, with what came into an open database since.
///
/// # Errors
/// As [`signing_key`](super::signing_key) for `secret`; as every read of the database.
pub fn open_inbox(database: &Database, secret: &str) -> Result<Inbox, Failure> {
    let (root, _) = root(read_wrapped_keys(database.folder())?.as_deref(), secret)?;
    super::inbox(database, &vault(&root))
}

/// Tells which of the inbox identities of another database open here too: those of a database with the same root.
/// `wrapped` are its wrapped keys.
///
/// # Errors
/// As [`signing_key`](super::signing_key) for `secret`.
pub(crate) fn opens_inboxes(
    wrapped: Option<&[u8]>,
    secret: &str,
) -> Result<impl Fn(&InboxIdentity) -> bool, Failure> {
    let vault = vault(&root(wrapped, secret)?.0);
    Ok(move |identity: &InboxIdentity| {
        let opened = vault.open(&keys::inbox_place(&identity.recipient), &identity.sealed);
        let secret = opened.ok().and_then(|opened| String::from_utf8(opened.to_vec()).ok());
        let recipient = secret.map(Zeroizing::new).and_then(|secret| sealed::recipient_of(&secret).ok());
        recipient.is_some_and(|recipient| recipient == identity.recipient)
    })
}

/// Seals identities, the newest first, as the database keeps them. They count as newer than all that are there.
///
/// # Errors
/// As [`signing_key`](super::signing_key) for `secret`; `KEY-SEALED` if a text is no identity.
pub(crate) fn seal_inboxes(
    database: &Database,
    secret: &str,
    identities: &[Zeroizing<String>],
    host: &dyn Host,
) -> Result<Vec<InboxIdentity>, Failure> {
    let (root, proof) = root(read_wrapped_keys(database.folder())?.as_deref(), secret)?;
    let vault = vault(&root);
    if proof == Proof::Paper && !keys::fits(database, &vault)? {
        return Err(failures::other_paper());
    }
    let there = database.reader()?.inbox_identities()?;
    let newest = there.first().map_or_else(|| host.now(), |identity| identity.created.max(host.now()));
    let mut sealed_ones = Vec::new();
    for (place, identity) in (1_i32..).zip(identities.iter().rev()) {
        let recipient = sealed::recipient_of(identity).map_err(failures::no_identity)?;
        let sealed = vault
            .seal(&keys::inbox_place(&recipient), identity.trim().as_bytes(), host.random().as_mut())
            .map_err(failures::unsealed)?;
        let created = newest + TimeDelta::seconds(i64::from(place));
        sealed_ones.push(InboxIdentity { recipient, sealed, created });
    }
    sealed_ones.reverse();
    Ok(sealed_ones)
}
