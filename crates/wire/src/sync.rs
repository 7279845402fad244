//! 同步: the hub, what goes out and what came, by network or by a stick.

use crate::Refusal;

wire! {
    /// How this device stands with its hub.
    pub struct SyncStatus {
        /// What the badge says.
        pub state: SyncState,
        /// The hub; absent where none was joined.
        pub hub: Option<HubLine>,
        /// When a round went through last; kept to the hour where nothing was new.
        pub synced: Option<String>,
        /// When the next round begins by itself; absent where none does.
        pub next: Option<String>,
        /// Why the last round did not go through.
        pub refused: Option<Refusal>,
        /// What else a person should know of the last round: trust data that was not taken, device lists that
        /// contradict what was seen before.
        pub remarks: Vec<Refusal>,
        /// Messages that wait to be sent, or are under way.
        pub waiting: u32,
        /// Messages that cannot be sent as they are, or that the recipient's hub refused.
        pub outbox_parked: u32,
        /// Messages that came and wait for what they need.
        pub stored: u32,
        /// Messages that came and could not be taken in.
        pub inbox_parked: u32,
        /// Redemptions that a ledger counts and does not show.
        pub withheld: Vec<WithheldLine>,
    }

    /// Redemptions of a voucher that its ledger counts and does not show.
    pub struct WithheldLine {
        /// 券号
        pub voucher: String,
        /// The hub of its ledger.
        pub hub: String,
        /// The numbers that are not there.
        pub numbers: Vec<u32>,
        /// Whether there may be more behind the last of them.
        pub onwards: bool,
        /// What they come to.
        pub amount: String,
        /// When it was noticed first.
        pub since: String,
    }

    /// A hub that was joined.
    pub struct HubLine {
        /// Its id.
        pub id: String,
        /// Its address.
        pub url: String,
        /// Its key as people compare it, in groups of four.
        pub key: String,
        /// Whether this organisation invites firms to it.
        pub invites: bool,
        /// Who may vouch for its server; nobody where it is the public authorities.
        pub ca: Vec<AuthorityLine>,
    }

    /// A certificate authority, in the place of the public ones.
    pub struct AuthorityLine {
        /// What its certificate calls it; empty where it has no name.
        pub name: String,
        /// Until when its certificate says that it is valid.
        pub until: Option<String>,
        /// The SHA-256 of its certificate, in groups of four.
        pub fingerprint: String,
    }

    /// A hub to join.
    pub struct JoinHub {
        /// The file of the invitation.
        pub invitation: String,
        /// The hub's address: scheme, host and port.
        pub url: String,
        /// The file of certificates (PEM) of those who may vouch for its server; absent for the public authorities.
        pub ca: Option<String>,
        /// What people call this device.
        pub device: String,
        /// Opens the database's keys.
        pub passphrase: String,
    }

    /// Who is to vouch for a hub from now on.
    pub struct ReplaceAuthority {
        /// The hub's id.
        pub hub: String,
        /// The file of certificates (PEM); absent for the public authorities.
        pub path: Option<String>,
    }

    /// A round at once.
    pub struct SyncNow {
        /// Opens this device's key, where the database was opened without a passphrase.
        pub passphrase: Option<String>,
    }

    /// 发件箱
    pub struct Outbox {
        /// What waits for something first.
        pub messages: Vec<OutboxLine>,
    }

    /// A message of the outbox.
    pub struct OutboxLine {
        /// The message id.
        pub id: String,
        /// The recipient's code.
        pub to: String,
        /// The recipient's name at the hub, where it is known.
        pub to_name: Option<String>,
        /// What it is.
        pub kind: MessageKind,
        /// How far it got.
        pub state: OutboxState,
        /// When it was put here.
        pub created: String,
        /// When the hub said that it has it.
        pub sent: Option<String>,
        /// Attempts so far.
        pub attempts: u32,
        /// Before this time it is not sent.
        pub next: Option<String>,
        /// Why it is parked or was refused, or what the last attempt brought.
        pub why: Option<Refusal>,
        /// Why a person gave it up.
        pub reason: Option<String>,
    }

    /// A message to give up.
    pub struct DiscardMessage {
        /// The message id.
        pub id: String,
        /// Why.
        pub reason: String,
    }

    /// Messages that came and were not taken in.
    pub struct Inbox {
        /// Those that a person decides about first.
        pub messages: Vec<InboxLine>,
    }

    /// A message that came.
    pub struct InboxLine {
        /// The message id.
        pub id: String,
        /// The sender's code.
        pub from: String,
        /// The sender's name at the hub, where it is known.
        pub from_name: Option<String>,
        /// What it brings, once it was opened.
        pub kind: Option<MessageKind>,
        /// Whether a person has to do something; else it waits for what it needs.
        pub parked: bool,
        /// When it came.
        pub received: String,
        /// Why it was not taken in.
        pub why: Option<Refusal>,
    }

    /// Documents to put into the outbox: all of them, or none.
    pub struct SendDocuments {
        /// What they are.
        pub document: SentDocument,
        /// The drafts that were signed, the cases that were decided, the requests, or the credentials.
        pub ids: Vec<String>,
        /// Whether what was put there before goes once more; it is left out otherwise.
        pub again: bool,
    }

    /// This organisation's status lists, as they were last signed, for somebody who rests on them.
    pub struct SendLists {
        /// The recipient's code; spaces and full-width digits are read.
        pub to: String,
    }

    /// What came of documents for the outbox.
    pub struct SentDocuments {
        /// How many were put into the outbox.
        pub queued: u32,
        /// How many were left out, as they were put there before.
        pub before: u32,
        /// How this device stands with its hub.
        pub state: SyncState,
    }

    /// What was written for a stick.
    pub struct ExchangeWritten {
        /// The folder.
        pub path: String,
        /// Messages.
        pub messages: u32,
        /// Messages that were not: nobody here knows yet where their recipient's inbox is.
        pub left_out: u32,
        /// Files of the trust data.
        pub public_files: u32,
    }

    /// What was read from a stick.
    pub struct ExchangeRead {
        /// Messages that were not here before.
        pub received: u32,
        /// Messages that were taken in.
        pub taken: u32,
        /// Messages that could not be.
        pub parked: u32,
        /// Files that are no message although they should be.
        pub refused: Vec<String>,
        /// Whether newer trust data was taken in.
        pub trust: bool,
        /// Whether that of the stick is merely older, so that what is here was kept.
        pub trust_older: bool,
        /// Why the trust data of the stick was not.
        pub trust_refused: Option<Refusal>,
    }

    /// A firm to invite.
    pub struct InviteFirm {
        /// Its code; spaces and full-width digits are read.
        pub uscc: String,
        /// Its name.
        pub name: String,
        /// Days for which the invitation is open, 1 to 30.
        pub days: u32,
        /// Opens this device's key.
        pub passphrase: String,
        /// Where the invitation goes.
        pub path: String,
    }

    /// The computers of this organisation as they are known here.
    pub struct Devices {
        /// Those of the list, in its order; none where this computer has joined no hub.
        pub devices: Vec<DeviceLine>,
        /// What this computer asked with, if it was not answered yet.
        pub asked: Option<DeviceAsking>,
        /// Another computer made a new inbox key that is not here.
        pub inbox_missing: bool,
        /// Hubs of other provinces with a ledger that was joined: they hear of a removal from this organisation's hub.
        pub ledgers: Vec<String>,
    }

    /// A computer of the list.
    pub struct DeviceLine {
        /// The thumbprint of its key.
        pub kid: String,
        /// What people call it.
        pub name: String,
        /// When it was added.
        pub added: String,
        /// Its key as people compare it, in groups of four.
        pub fingerprint: String,
        /// Whether it is this computer.
        pub own: bool,
        /// Whether it takes the organisation's mail in.
        pub mail: bool,
    }

    /// A computer that asks to be a device.
    pub struct DeviceAsking {
        /// The thumbprint of its key.
        pub kid: String,
        /// What it calls itself.
        pub name: String,
        /// When it asked, by its own clock.
        pub at: String,
        /// Its key as people compare it, in groups of four.
        pub fingerprint: String,
    }

    /// A request to write.
    pub struct AskAsDevice {
        /// What people call this computer.
        pub name: String,
        /// Opens the database's keys.
        pub passphrase: String,
        /// Where the request goes.
        pub path: String,
    }

    /// A computer to add.
    pub struct AddDevice {
        /// The file of its request.
        pub request: String,
        /// The thumbprint of the key that was compared: the file may have become another since.
        pub kid: String,
        /// Opens this device's key.
        pub passphrase: String,
        /// Where the answer goes.
        pub path: String,
    }

    /// An answer to take.
    pub struct AcceptDevice {
        /// The file of the answer.
        pub answer: String,
        /// The fingerprint of the device that answered, as it was compared.
        pub compared: String,
        /// Opens the database's keys.
        pub passphrase: String,
    }

    /// What an answer leads to; people compare both fingerprints before it is taken.
    pub struct DeviceAnswered {
        /// The hub's id.
        pub hub: String,
        /// Its key, in groups of four.
        pub hub_key: String,
        /// The device that answered.
        pub by: String,
        /// Its key, in groups of four.
        pub by_fingerprint: String,
        /// The computer that takes the organisation's mail in.
        pub mail: String,
    }

    /// A computer to remove.
    pub struct RemoveDevice {
        /// The thumbprint of its key.
        pub kid: String,
        /// Opens this device's key.
        pub passphrase: String,
    }

    /// A computer that was removed.
    pub struct DeviceRemoved {
        /// Its name.
        pub name: String,
        /// Computers that ask once more, for the new inbox key.
        pub to_ask_again: Vec<String>,
        /// Hubs of other provinces whose operators are told now.
        pub ledgers: Vec<String>,
    }

    /// A new inbox key to make.
    pub struct RenewInbox {
        /// Opens this device's key.
        pub passphrase: String,
    }

    /// A new inbox key.
    pub struct InboxRenewed {
        /// Computers that ask once more, for the new inbox key.
        pub to_ask_again: Vec<String>,
    }
}

words! {
    /// How a device stands with its hub, in a word.
    pub enum SyncState {
        /// It has joined none.
        None,
        /// The database was opened without the passphrase, which this device's key needs.
        Passphrase,
        /// A round is under way.
        Syncing,
        /// The hub cannot be reached; that is no error.
        Offline,
        /// The hub answered, and the round did not go through.
        Refused,
        /// The last round went through.
        Synced,
    }

    /// What a message brings.
    pub enum MessageKind {
        /// 凭证
        Credential,
        /// 请求
        Request,
        /// 档案
        Dossier,
        /// 决定
        Decision,
        /// 吊销名单
        StatusList,
        /// 回执
        Receipt,
        /// 通知
        Notice,
    }

    /// How far a message of the outbox got.
    pub enum OutboxState {
        /// 待发
        Waiting,
        /// 发送中
        Sending,
        /// 已送达枢纽
        Sent,
        /// 被拒收
        Refused,
        /// 已再次发送
        Resent,
        /// 不能发送
        Parked,
        /// 已放弃
        Discarded,
    }

    /// What can be sent from its page.
    pub enum SentDocument {
        /// A dossier, by its draft.
        Dossier,
        /// A decision, by its case.
        Decision,
        /// A request that was made here.
        Request,
        /// A credential that was issued here.
        Credential,
    }
}
