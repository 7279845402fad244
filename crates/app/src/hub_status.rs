//! How this device stands with its hub: which one, how far read, what waits.

use chrono::{DateTime, Utc};
use zizhi_model::Text;
use zizhi_store::{Database, Hub, InboxState, OutboxState, Reader};
use zizhi_sync::round::Cause;

use crate::failure::Failure;
use crate::hub_ca::{self, Authority};
use crate::hub_keys;
use crate::message_words::failure;

/// Messages that are counted at most, of each state.
const MOST: usize = 10_000;

/// How a device stands with its hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubStatus {
    /// The hub's id.
    pub hub: String,
    /// Its address.
    pub url: String,
    /// Its key as people compare it.
    pub hub_key: String,
    /// What the organisation is to it.
    pub role: String,
    /// The thumbprint of this device's key.
    pub device_kid: String,
    /// When a round went through last; kept to the hour where nothing was new.
    pub synced: Option<DateTime<Utc>>,
    /// Why the last round did not, if it did not.
    pub code: Option<String>,
    /// Before this time nobody asks by themselves.
    pub retry_at: Option<DateTime<Utc>>,
    /// The hub's time less this machine's, in seconds, where they were too far apart.
    pub clock_offset: i64,
    /// Who may vouch for its server; nobody where it is the public authorities.
    pub ca: Vec<Authority>,
    /// Messages that wait to be sent, or are under way.
    pub waiting: usize,
    /// Messages that cannot be sent as they are.
    pub outbox_parked: usize,
    /// Messages that the recipient's hub refused, and about which nobody has done anything.
    pub outbox_refused: usize,
    /// Messages that came and were not taken in yet.
    pub stored: usize,
    /// Messages that came and could not be taken in.
    pub inbox_parked: usize,
}

/// How this device stands with its hub.
///
/// # Errors
/// `HUB-NONE`; as every read of the database.
pub fn hub_status(database: &Database) -> Result<HubStatus, Failure> {
    let reader = database.reader()?;
    let hub = joined(&reader)?;
    let outbox = |state| Ok::<_, Failure>(reader.outbox(Some(state), None, MOST)?.rows.len());
    let inbox = |state| Ok::<_, Failure>(reader.inbox(Some(state), None, MOST)?.rows.len());
    Ok(HubStatus {
        waiting: outbox(OutboxState::Waiting)? + outbox(OutboxState::Sending)?,
        outbox_parked: outbox(OutboxState::Parked)?,
        outbox_refused: reader.refused_to_decide()?.len(),
        stored: inbox(InboxState::Stored)?,
        inbox_parked: inbox(InboxState::Parked)?,
        hub_key: hub_keys::shown(&reader, &hub.id, &hub.card),
        ca: hub_ca::shown(hub.ca.as_deref()),
        hub: hub.id,
        url: hub.url,
        role: hub.role,
        device_kid: hub.device_kid,
        synced: hub.synced,
        code: hub.code,
        retry_at: hub.retry_at,
        clock_offset: hub.clock_offset,
    })
}

/// What the code of a round that did not go through means.
#[must_use]
pub fn why(code: &str) -> Option<Failure> {
    Cause::parse(code).map(failure)
}

/// The hub that this device has joined.
///
/// # Errors
/// `HUB-NONE`; as every read of the database.
pub(crate) fn joined(reader: &Reader<'_>) -> Result<Hub, Failure> {
    reader.hub()?.filter(|hub| hub.joined.is_some()).ok_or_else(none)
}

/// This device has joined no hub.
#[must_use]
pub fn none() -> Failure {
    Failure::input(
        "HUB-NONE",
        Text::fixed("本机还没有加入枢纽，操作没有进行。", "this device has joined no hub; nothing was done"),
        Text::fixed(
            "请向枢纽运维人员或所在孵化器索取邀请函，再用它加入；没有网络时可用文件或 U 盘交换。",
            "ask the hub's operator or your incubator for an invitation and join with it; without a network, exchange files or a USB stick",
        ),
    )
}
