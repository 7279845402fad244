//! 同步: joining a hub, rounds with it, outbox and inbox, and the exchange by a stick.

mod bell;
pub(crate) mod convert;
mod devices;
mod rounds;

use std::path::Path;

use zizhi_app::exchange_folder::{self, Exchange};
use zizhi_app::hub_invite::{Inviting, invite};
use zizhi_app::hub_join::{Joining, join};
use zizhi_app::hub_status::hub_status;
use zizhi_app::incubator::Incubator;
use zizhi_app::own_status_lists::to_send;
use zizhi_app::send_message::{Document, send_all};
use zizhi_app::voucher::withheld;
use zizhi_app::{Failure, Output, hub_ca, hub_status, inbox_messages, keys, outbox, vault};
use zizhi_wire::commands::SyncCommands;
use zizhi_wire::*;

use crate::desk::{Desk, Open};
use crate::incubator::count;
use crate::refusal::{refusal, refused};
use crate::request::uscc;
pub(crate) use bell::Bell;

/// Messages that are over with, in the list of the outbox.
const OVER: usize = 200;

impl SyncCommands for Desk {
    fn sync_status(&self, _: Nothing) -> Result<SyncStatus, Refusal> {
        self.standing(&*self.open()?)
    }

    fn sync_join(&self, request: JoinHub) -> Result<SyncStatus, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let joined = || {
            let invitation = keys::read_passphrase(Path::new(&request.invitation))?;
            let ca = request.ca.as_ref().map(|path| hub_ca::read(Path::new(path))).transpose()?;
            let device = Some(request.device.trim()).filter(|name| !name.is_empty());
            let joining = Joining {
                invitation: &invitation,
                url: &request.url,
                ca: ca.as_deref(),
                device,
                passphrase: &request.passphrase,
            };
            join(&open.database, &joining, self.host.as_ref())?;
            vault::device_key(&open.database, &request.passphrase)
        };
        open.set_device(joined().map_err(|failure| refusal(&failure))?);
        open.bell.ring();
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        self.standing(&open)
    }

    fn sync_authority(&self, request: ReplaceAuthority) -> Result<SyncStatus, Refusal> {
        let open = self.open()?;
        self.authority(&open, &request)?;
        open.bell.ring();
        self.standing(&open)
    }

    fn sync_now(&self, request: SyncNow) -> Result<SyncStatus, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        hub_status(&open.database).map_err(|failure| refusal(&failure))?;
        if let Some(passphrase) = &request.passphrase {
            let key = vault::device_key(&open.database, passphrase).map_err(|failure| refusal(&failure))?;
            open.set_device(key);
        }
        if open.device().is_none() {
            return Err(no_key());
        }
        open.bell.ask();
        self.standing(&open)
    }

    fn sync_outbox(&self, _: Nothing) -> Result<Outbox, Refusal> {
        self.outbox(&*self.open()?)
    }

    fn sync_retry(&self, request: ById) -> Result<Outbox, Refusal> {
        let open = self.open()?;
        outbox::retry(&open.database, &request.id, self.host.as_ref())
            .map_err(|failure| refusal(&failure))?;
        self.outbox_changed(&open);
        self.outbox(&open)
    }

    fn sync_discard(&self, request: DiscardMessage) -> Result<Outbox, Refusal> {
        let open = self.open()?;
        outbox::discard(&open.database, &request.id, &request.reason, self.host.as_ref())
            .map_err(|failure| refusal(&failure))?;
        self.changed(&[Changed::Sync, Changed::Drafts, Changed::Cases, Changed::Upkeep]);
        self.outbox(&open)
    }

    fn sync_inbox(&self, _: Nothing) -> Result<Inbox, Refusal> {
        self.inbox(&*self.open()?)
    }

    fn sync_inbox_retry(&self, request: ById) -> Result<Inbox, Refusal> {
        let open = self.open()?;
        let at_hub = inbox_messages::retry(&open.database, &request.id, self.host.as_ref())
            .map_err(|failure| refusal(&failure))?;
        if at_hub {
            open.bell.ring();
        }
        let taken = self.exchange(&open, exchange_folder::take_in)?;
        self.changed(&convert::moved(&taken));
        self.inbox(&open)
    }

    fn sync_send(&self, request: SendDocuments) -> Result<SentDocuments, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let document = |id: &String| match request.document {
            SentDocument::Decision => Ok(Document::Decision(id.clone())),
            SentDocument::Request => Ok(Document::Request(id.clone())),
            SentDocument::Credential => Ok(Document::Credential(id.clone())),
            SentDocument::Dossier => {
                let signed = open.database.reader()?.sent_of_draft(id)?.pop();
                Ok(Document::Dossier(signed.map(|signed| signed.dossier_id).unwrap_or_default()))
            }
        };
        let documents: Result<Vec<Document>, Failure> = request.ids.iter().map(document).collect();
        let sent = documents
            .and_then(|documents| {
                send_all(&open.database, &documents, None, request.again, self.host.as_ref())
            })
            .map_err(|failure| refusal(&failure))?;
        self.outbox_changed(&open);
        let SyncStatus { state, .. } = self.standing(&open)?;
        Ok(SentDocuments { queued: count(sent.queued), before: count(sent.before), state })
    }

    fn sync_send_lists(&self, request: SendLists) -> Result<SentDocuments, Refusal> {
        let (open, at_hand) = (self.open()?, self.at_hand()?);
        not_in_drill(&open)?;
        let to = uscc(&request.to)?;
        let incubator =
            Incubator { database: &open.database, library: &at_hand.library, host: self.host.as_ref() };
        let sent = to_send(&incubator)
            .and_then(|lists| send_all(&open.database, &lists, Some(to), false, self.host.as_ref()))
            .map_err(|failure| refusal(&failure))?;
        self.outbox_changed(&open);
        let SyncStatus { state, .. } = self.standing(&open)?;
        Ok(SentDocuments { queued: count(sent.queued), before: count(sent.before), state })
    }

    fn sync_export(&self, request: AtPath) -> Result<ExchangeWritten, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let key = open.device().ok_or_else(|| match hub_status(&open.database) {
            Ok(_) => no_key(),
            Err(failure) => refusal(&failure),
        })?;
        let folder = Path::new(&request.path);
        let written = self.exchange(&open, |exchange| exchange_folder::export(exchange, &key, folder))?;
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        Ok(ExchangeWritten {
            path: folder.join(exchange_folder::FOLDER).display().to_string(),
            messages: count(written.messages),
            left_out: count(written.left_out.len()),
            public_files: count(written.public_files),
        })
    }

    fn sync_import(&self, request: AtPath) -> Result<ExchangeRead, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let folder = Path::new(&request.path);
        let read = self.exchange(&open, |exchange| exchange_folder::import(exchange, folder))?;
        let mut what = convert::moved(&read.applied);
        if read.trust {
            self.trust_changed();
            what.extend([Changed::Trust, Changed::Cases, Changed::Held]);
        }
        self.changed(&what);
        let parked = read.applied.iter().filter(|applied| applied.outcome.is_err()).count();
        Ok(ExchangeRead {
            received: count(read.received),
            taken: count(read.applied.len() - parked),
            parked: count(parked),
            refused: read.refused.into_iter().map(|(name, _)| name).collect(),
            trust: read.trust,
            trust_older: read.trust_older,
            trust_refused: read.trust_refused.as_ref().map(refusal),
        })
    }

    fn sync_invite(&self, request: InviteFirm) -> Result<Written, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let inviting = Inviting {
            firm: uscc(&request.uscc)?,
            name: request.name.trim(),
            days: i64::from(request.days),
            passphrase: &request.passphrase,
            output: Output { path: Path::new(&request.path), force: true },
        };
        invite(&open.database, &inviting, self.host.as_ref()).map_err(|failure| refusal(&failure))?;
        self.changed(&[Changed::Upkeep]);
        Ok(Written { path: request.path, sha256: None, count: 1 })
    }

    fn sync_devices(&self, _: Nothing) -> Result<Devices, Refusal> {
        self.devices(&*self.open()?)
    }

    fn sync_device_request(&self, request: AskAsDevice) -> Result<DeviceAsking, Refusal> {
        self.ask_as_device(&request)
    }

    fn sync_device_read(&self, request: AtPath) -> Result<DeviceAsking, Refusal> {
        self.read_device(Path::new(&request.path))
    }

    fn sync_device_add(&self, request: AddDevice) -> Result<Written, Refusal> {
        self.add_device(request)
    }

    fn sync_device_answer(&self, request: AtPath) -> Result<DeviceAnswered, Refusal> {
        self.read_device_answer(Path::new(&request.path))
    }

    fn sync_device_accept(&self, request: AcceptDevice) -> Result<DeviceAnswered, Refusal> {
        self.accept_device(&request)
    }

    fn sync_device_remove(&self, request: RemoveDevice) -> Result<DeviceRemoved, Refusal> {
        self.remove_device(&request)
    }

    fn sync_device_renew(&self, request: RenewInbox) -> Result<InboxRenewed, Refusal> {
        self.renew_inbox(&request)
    }
}

impl Desk {
    /// Changes who vouches for a hub or a ledger.
    pub(crate) fn authority(&self, open: &Open, replacing: &ReplaceAuthority) -> Result<(), Refusal> {
        not_in_drill(open)?;
        let ca = replacing.path.as_ref().map(|path| hub_ca::read(Path::new(path))).transpose();
        let replaced = ca.and_then(|ca| {
            hub_ca::replace(&open.database, &replacing.hub, ca.as_deref(), self.host.as_ref())
        });
        replaced.map_err(|failure| refusal(&failure))?;
        self.changed(&[Changed::Sync, Changed::Vouchers, Changed::Upkeep]);
        Ok(())
    }

    /// How this device stands with its hub.
    fn standing(&self, open: &Open) -> Result<SyncStatus, Refusal> {
        let status = match hub_status(&open.database) {
            Ok(status) => Some(status),
            Err(failure) if failure.code == hub_status::none().code => None,
            Err(failure) => return Err(refusal(&failure)),
        };
        let came = inbox_messages::list_unfinished(&open.database).map_err(|failure| refusal(&failure))?;
        let withheld = withheld::list(&open.database).map_err(|failure| refusal(&failure))?;
        Ok(convert::status(status, &came, withheld, open))
    }

    fn outbox(&self, open: &Open) -> Result<Outbox, Refusal> {
        let listed = outbox::list_unfinished_first(&open.database, OVER);
        let listed = listed.map_err(|failure| refusal(&failure))?;
        Ok(Outbox { messages: listed.into_iter().map(convert::outgoing).collect() })
    }

    fn inbox(&self, open: &Open) -> Result<Inbox, Refusal> {
        let listed = inbox_messages::list_unfinished(&open.database);
        let listed = listed.map_err(|failure| refusal(&failure))?;
        Ok(Inbox { messages: listed.into_iter().map(convert::incoming).collect() })
    }

    /// A message is to go out: a round begins at once, and the window shows what waits.
    fn outbox_changed(&self, open: &Open) {
        open.bell.ring();
        self.changed(&[Changed::Sync, Changed::Drafts, Changed::Cases, Changed::Upkeep]);
    }

    /// Does something with a folder, or with what came.
    pub(crate) fn exchange<T>(
        &self,
        open: &Open,
        work: impl FnOnce(&Exchange<'_>) -> Result<T, zizhi_app::Failure>,
    ) -> Result<T, Refusal> {
        let (at_hand, trust, inbox) = (self.at_hand()?, self.trust_data(), open.inbox());
        let exchange = Exchange {
            database: &open.database,
            library: &at_hand.library,
            identities: inbox.identities(),
            trust: &trust,
            host: self.host.as_ref(),
        };
        work(&exchange).map_err(|failure| refusal(&failure))
    }
}

pub(crate) fn not_in_drill(open: &Open) -> Result<(), Refusal> {
    if open.drill {
        return Err(refused(
            "SYNC-DRILL",
            (
                "演练中不与枢纽或 U 盘交换，什么也没有发出或收取。",
                "A drill exchanges nothing with a hub or a stick; nothing was sent or taken in.",
            ),
            ("请先结束演练。", "End the drill first."),
        ));
    }
    Ok(())
}

/// A keychain holds no key that signs (session/remember.rs).
pub(crate) fn no_key() -> Refusal {
    refused(
        "SYNC-PASSPHRASE",
        (
            "数据库由系统钥匙串打开，本机的设备密钥还需要口令，操作没有进行。",
            "The system's keychain opened the database, and this device's key needs the passphrase; nothing was done.",
        ),
        (
            "请在“同步”页点“现在同步”并输入口令。",
            "Choose “Synchronise now” on the page Synchronise and enter the passphrase.",
        ),
    )
}
