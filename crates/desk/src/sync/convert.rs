//! Between the wire's data and the program's.

use zizhi_app::apply_messages::Applied;
use zizhi_app::hub_ca::Authority;
use zizhi_app::hub_status::{self, HubStatus};
use zizhi_app::outbox::Stage;
use zizhi_app::voucher::withheld::Withheld;
use zizhi_app::{Text, inbox_messages, outbox};
use zizhi_model::civil::rfc3339;
use zizhi_store as store;
use zizhi_wire::*;

use crate::desk::Open;
use crate::incubator::count;
use crate::refusal::{refusal, told};

/// The code of a hub that does not answer.
const OFFLINE: &str = "HUB-UNREACHABLE";
/// What an incubator is to its hub.
const INCUBATOR: &str = "incubator";

/// How a device stands with its hub. What came by a stick is there without one, too.
pub(super) fn status(
    status: Option<HubStatus>,
    came: &[inbox_messages::Listed],
    withheld: Vec<Withheld>,
    open: &Open,
) -> SyncStatus {
    let rounds = open.bell.stands();
    let busy = rounds.busy || (open.bell.is_rung() && open.device().is_some());
    let code = status.as_ref().and_then(|status| status.code.as_deref());
    let by_hub = code.and_then(hub_status::why).as_ref().map(refusal);
    let refused = by_hub.or(rounds.refused);
    let parked = came.iter().filter(|listed| listed.state == store::InboxState::Parked).count();
    let state = match &status {
        None => SyncState::None,
        Some(_) if open.device().is_none() => SyncState::Passphrase,
        Some(_) if busy => SyncState::Syncing,
        Some(_) if code == Some(OFFLINE) => SyncState::Offline,
        Some(_) if refused.is_some() => SyncState::Refused,
        Some(_) => SyncState::Synced,
    };
    SyncStatus {
        state,
        synced: status.as_ref().and_then(|status| status.synced).map(rfc3339),
        next: rounds.next.filter(|_| status.is_some()).map(rfc3339),
        refused: refused.filter(|_| status.is_some()),
        remarks: rounds.remarks,
        waiting: count(status.as_ref().map_or(0, |status| status.waiting)),
        outbox_parked: count(
            status.as_ref().map_or(0, |status| status.outbox_parked + status.outbox_refused),
        ),
        stored: count(came.len() - parked),
        inbox_parked: count(parked),
        withheld: withheld.into_iter().map(left_out).collect(),
        hub: status.map(|status| HubLine {
            invites: status.role == INCUBATOR,
            id: status.hub,
            url: status.url,
            key: status.hub_key,
            ca: status.ca.into_iter().map(authority).collect(),
        }),
    }
}

fn left_out(it: Withheld) -> WithheldLine {
    WithheldLine {
        voucher: it.voucher,
        hub: it.hub,
        numbers: it.numbers.into_iter().map(count).collect(),
        onwards: it.onwards,
        amount: it.amount.yuan(),
        since: rfc3339(it.since),
    }
}

/// Who may vouch for a hub.
pub(crate) fn authority(authority: Authority) -> AuthorityLine {
    AuthorityLine {
        name: authority.name,
        until: authority.until.map(rfc3339),
        fingerprint: authority.fingerprint,
    }
}

/// A message of the outbox.
pub(super) fn outgoing(listed: outbox::Listed) -> OutboxLine {
    OutboxLine {
        id: listed.id,
        to: listed.recipient.to_string(),
        to_name: listed.name,
        kind: kind(&listed.kind),
        state: match listed.state {
            Stage::Waiting => OutboxState::Waiting,
            Stage::Sending => OutboxState::Sending,
            Stage::Sent => OutboxState::Sent,
            Stage::Refused => OutboxState::Refused,
            Stage::Resent => OutboxState::Resent,
            Stage::Parked => OutboxState::Parked,
            Stage::Discarded => OutboxState::Discarded,
        },
        created: rfc3339(listed.created),
        sent: listed.sent.map(rfc3339),
        attempts: listed.attempts,
        next: listed.next_at.map(rfc3339),
        why: why(listed.code, listed.words.as_ref()),
        reason: listed.reason,
    }
}

/// A message that came.
pub(super) fn incoming(listed: inbox_messages::Listed) -> InboxLine {
    InboxLine {
        id: listed.id,
        from: listed.sender.to_string(),
        from_name: listed.name,
        kind: listed.kind.as_deref().map(kind),
        parked: listed.state == store::InboxState::Parked,
        received: rfc3339(listed.received),
        why: why(listed.code, listed.words.as_ref()),
    }
}

/// The kinds of data that change with messages that were taken in.
pub(crate) fn moved(applied: &[Applied]) -> Vec<Changed> {
    let mut what = vec![Changed::Sync, Changed::Upkeep];
    for (about, _) in applied.iter().filter_map(|applied| applied.outcome.as_ref().ok()) {
        what.extend_from_slice(match about.as_str() {
            "case" => &[Changed::Cases],
            "decision" => &[Changed::Drafts],
            "request" => &[Changed::Requests],
            "credential" => &[Changed::Held],
            "settlement" => &[Changed::Vouchers],
            // What rests on it was judged again.
            "status_list" => &[Changed::Trust, Changed::Cases, Changed::Held],
            _ => &[Changed::Session],
        });
    }
    what
}

fn why(code: Option<String>, words: Option<&(Text, Text)>) -> Option<Refusal> {
    let (code, (fact, advice)) = code.zip(words)?;
    Some(told(&code, fact, advice))
}

fn kind(kind: &str) -> MessageKind {
    match kind {
        "credential" => MessageKind::Credential,
        "request" => MessageKind::Request,
        "dossier" => MessageKind::Dossier,
        "decision" => MessageKind::Decision,
        "status_list" => MessageKind::StatusList,
        "receipt" => MessageKind::Receipt,
        _ => MessageKind::Notice,
    }
}
