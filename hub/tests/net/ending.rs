//! How a history ended, and how it ends in order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::rc::Rc;

use zizhi_hub::clock::Clock as _;
use zizhi_model::{Limits, OrgId};
use zizhi_sync::ledger::{RedemptionReceipt, Shown};
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{Digest, Id, api};

use crate::desk::{Machine, Outcome};
use crate::http::{self, ask};
use crate::script::{Event, Script};
use crate::world::{AMOUNT, EACH, World, after, voucher};

/// A time long after every history, in seconds since 1970: what a hub removes by then is gone.
const LATER: i64 = 4_000_000_000;

/// What is left of a history. Who redeemed first is not in it: every order is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The messages of each organisation, with the digests of their bytes.
    pub mail: BTreeMap<OrgId, BTreeMap<Id, Digest>>,
    /// Messages of which the sender holds the hub's receipt, and it verifies.
    pub receipted: BTreeSet<Id>,
    /// Places in a mailbox that two receipts name.
    pub doubled: usize,
    /// Messages at a computer that is not the first of its organisation's list.
    pub strayed: usize,
    /// Messages at two computers of an organisation, but for those of which the removed one had not told the hub.
    pub twice: usize,
    /// Messages that the hub still keeps for somebody.
    pub waiting: usize,
    /// Files that the hub still keeps.
    pub blobs: usize,
    /// Receipts of the ledger.
    pub redeemed: usize,
    /// What they are worth together, in fen, as the ledger counts.
    pub spent: i64,
    /// Receipts of the ledger that no desk holds, and those that a desk holds and the ledger has not.
    pub unshared: usize,
    /// Conflicts of the ledger.
    pub conflicts: usize,
    /// Conflicts of which no desk was told, and those that the ledger has not.
    pub untold: usize,
}

/// The bytes of a message: no two stretches of it are the same, and none is like another message's.
pub fn content(id: &Id, len: usize) -> Vec<u8> {
    let mut bytes = Digest::of(id.to_string().as_bytes()).0.repeat(len / 32 + 1);
    bytes.truncate(len);
    for (number, stretch) in bytes.chunks_exact_mut(1024).enumerate() {
        stretch[..8].copy_from_slice(&number.to_le_bytes());
    }
    bytes
}

impl State {
    /// How a script ends where nothing is lost and everything comes in order.
    pub fn in_order(world: &World, script: &Script) -> Self {
        let mut mail: BTreeMap<OrgId, BTreeMap<Id, Digest>> =
            world.desks.iter().map(|desk| (desk.org, BTreeMap::new())).collect();
        let (mut receipted, mut booked) = (BTreeSet::new(), 0);
        for (_, event) in &script.events {
            match event {
                Event::Write { desk, id, len } => {
                    let digest = Digest::of(&content(id, *len));
                    mail.entry(world.other(*desk)).or_default().insert(*id, digest);
                    receipted.insert(*id);
                }
                Event::Book { .. } => booked += 1,
                _ => {}
            }
        }
        let fits = usize::try_from(AMOUNT / EACH).expect("a small number");
        let redeemed = booked.min(fits);
        Self {
            mail,
            receipted,
            doubled: 0,
            strayed: 0,
            twice: 0,
            waiting: 0,
            blobs: 0,
            redeemed,
            spent: EACH * i64::try_from(redeemed).expect("a small number"),
            unshared: 0,
            conflicts: booked - redeemed,
            untold: 0,
        }
    }

    /// What is at the desks, and in the hub's folder.
    pub fn found(world: &World, root: &Path, desks: &[Rc<Machine>]) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(found(world, root, desks))
    }
}

async fn found(world: &World, root: &Path, desks: &[Rc<Machine>]) -> State {
    let hub = after(root);
    let mut mail: BTreeMap<OrgId, BTreeMap<Id, Digest>> = BTreeMap::new();
    let (mut receipted, mut places, mut doubled) = (BTreeSet::new(), BTreeSet::new(), 0);
    for desk in desks {
        let stored = desk.stored.borrow();
        let inbox = stored.inbox.iter().map(|(id, bytes)| (*id, Digest::of(bytes)));
        mail.entry(desk.org).or_default().extend(inbox);
        for (id, sent) in &stored.outbox {
            let receipt: MailReceipt = hub.read(sent.receipt.as_deref().expect("a receipt"));
            let (digest, len) = (Digest::of(&sent.bytes), sent.bytes.len() as u64);
            if receipt.is_for(*id, &desk.org, &sent.to, digest, len) {
                receipted.insert(*id);
            }
            doubled += usize::from(!places.insert((receipt.to, receipt.seq)));
        }
    }
    let ledger = ledger(&hub, world).await;
    let (given, conflicts) = held(&hub, desks);
    let receipts: BTreeSet<String> = ledger.view.redemptions.iter().cloned().collect();
    let kept: BTreeSet<Id> = ledger.view.conflicts.iter().map(|conflict| conflict.id).collect();
    let once: BTreeSet<_> = ledger.receipts.iter().map(|it| (it.redeemer, it.key.as_str())).collect();
    assert_eq!(once.len(), ledger.receipts.len(), "one receipt for each redeemer and key");
    let sum: i64 = ledger.receipts.iter().map(|receipt| receipt.amount.0).sum();
    assert_eq!(sum, ledger.view.spent.0, "the ledger counts what its receipts say");
    assert!(sum <= AMOUNT, "no more is redeemed than there is");
    let mut waiting = 0;
    // One computer of each organisation that is on its list whatever happened.
    for desk in [&world.desks[0], &world.desks[2]] {
        waiting += waits(&hub, desk).await;
    }
    let strayed = if desks[1].retired.get() { 0 } else { desks[2].stored.borrow().inbox.len() };
    State {
        mail,
        receipted,
        doubled,
        strayed,
        twice: twice(&desks[1], &desks[2]),
        waiting,
        blobs: blobs_in_the_end(&hub).await,
        redeemed: ledger.receipts.len(),
        spent: sum,
        unshared: receipts.symmetric_difference(&given).count(),
        conflicts: kept.len(),
        untold: kept.symmetric_difference(&conflicts).count(),
    }
}

/// How many messages two computers of an organisation have both taken in, of those that the hub was told of.
fn twice(removed: &Machine, next: &Machine) -> usize {
    let (removed, next) = (removed.stored.borrow(), next.stored.borrow());
    let told = removed.inbox.keys().filter(|id| !removed.owed.contains(*id));
    told.filter(|id| next.inbox.contains_key(*id)).count()
}

/// The voucher as its ledger shows it to the fund, every receipt verified.
async fn ledger(hub: &http::World, world: &World) -> Shown {
    let path = format!("/v1/vouchers/{}", voucher().as_str());
    let answer = hub.from(&world.fund, ask("GET", path)).await;
    answer.is(200);
    Shown::read(&answer.bytes, &voucher(), &world.hub_key.clone().into(), &Limits::default())
        .expect("the ledger's word")
}

/// The receipts and the conflicts of which the desks were told.
fn held(hub: &http::World, desks: &[Rc<Machine>]) -> (BTreeSet<String>, BTreeSet<Id>) {
    let (mut receipts, mut conflicts) = (BTreeSet::new(), BTreeSet::new());
    for desk in desks {
        for booking in &desk.stored.borrow().booked {
            match booking.outcome.as_ref().expect("it was decided") {
                Outcome::Redeemed(text) => {
                    let receipt: RedemptionReceipt = hub.read(text);
                    assert_eq!(receipt.redeemer, desk.org, "its own receipt");
                    receipts.insert(text.clone());
                }
                Outcome::Conflicted(conflict) => {
                    conflicts.insert(*conflict);
                }
            }
        }
    }
    (receipts, conflicts)
}

/// How many messages are in a mailbox.
async fn waits(hub: &http::World, desk: &crate::world::Desk) -> usize {
    let asked = api::SyncRequest { cursor: None, acks: Vec::new(), public: None };
    let round = ask("POST", "/v1/sync").json(&asked).signed(&desk.key, &hub.origin, hub.clock.seconds());
    hub.send(&round).await.json::<api::SyncAnswer>(200).items.len()
}

/// How many blobs are left once the hub has removed what nothing needs.
async fn blobs_in_the_end(hub: &http::World) -> usize {
    hub.clock.set(LATER);
    hub.hub.sweep().await.expect("it sweeps");
    hub.hub.sweep_orphans().await.expect("it removes what no row names");
    files(&hub.data.blobs())
}

fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}
