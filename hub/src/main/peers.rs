//! `zizhi-hub peer` and `zizhi-hub card`: how two operators make their hubs known to each other.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Subcommand;
use zizhi_hub::asking::Asking;
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::data::Data;
use zizhi_hub::line::Line;
use zizhi_hub::peer::{Unasked, homes, introduced, province, unasked};
use zizhi_hub::store::{PeerAdded, Queue, Store, Stuck};
use zizhi_model::{Limits, OrgId, Uscc};
use zizhi_sync::devices::Standing;
use zizhi_sync::digest::fingerprint;
use zizhi_sync::hub_card::{API, HubCard};
use zizhi_sync::object;

#[derive(Debug, Subcommand)]
pub enum Peers {
    /// Make another hub known, or change what is known of it
    Add {
        /// The file with its hub card
        card: PathBuf,
        /// Scheme, host and port under which this hub reaches it
        #[arg(long)]
        origin: String,
        /// Two digits of a province whose organisations it speaks for, again for each; that of its id if not given
        #[arg(long = "province")]
        provinces: Vec<String>,
        /// Code of an organisation that it speaks for whatever the province, again for each
        #[arg(long = "organisation")]
        organisations: Vec<String>,
    },
    /// Show the other hubs, and what waits for them
    List,
    /// Show the messages for another hub that failed by themselves, and why
    Stuck {
        /// Its id
        hub: String,
    },
    /// Try again at once what failed by itself, parked or not
    Retry {
        /// The id of the hub
        hub: String,
        /// This message alone
        #[arg(long)]
        message: Option<String>,
    },
    /// Give up a message that is parked, for ever; its sender is told in its next round
    Discard {
        /// Its id
        message: String,
    },
    /// Have the mail of a provider go to another hub that has it: one that joined here before that hub was a peer
    Move {
        /// The provider's unified social credit code
        organisation: String,
        /// The id of the other hub
        hub: String,
        /// The authorities that its certificate is checked by, in PEM; the public ones if not given
        #[arg(long, env = "ZIZHI_HUB_PEER_CA")]
        peer_ca: Option<PathBuf>,
    },
    /// Take nothing from another hub any more, and bring it nothing
    Remove {
        /// Its id
        hub: String,
    },
}

/// Prints the card of the hub, which the other operator adds as a peer.
pub async fn print_card(data: &Data, store: &dyn Store) -> Result<()> {
    let card = HubCard {
        hub: data.id.clone(),
        key: data.key.public().clone(),
        epoch: u64::try_from(store.epoch().await?)?,
        time: SystemClock.seconds(),
        api: API,
    };
    writeln!(std::io::stdout(), "{}", object::sign(&data.key, &card)?)?;
    let key = data.key.public();
    // Operators compare the first, organisations that join what their desktops show.
    let shown = fingerprint(key);
    writeln!(std::io::stderr(), "{} with the key {}; desktops show it as {shown}", data.id, key.key_id())?;
    Ok(())
}

pub async fn run(data: &Data, store: &dyn Store, verb: Peers) -> Result<()> {
    match verb {
        Peers::Add { card, origin, provinces, organisations } => {
            let organisations = organisations
                .iter()
                .map(|code| {
                    let code = Uscc::parse(code);
                    code.map(OrgId::from).context("--organisation is not a unified social credit code")
                })
                .collect::<Result<Vec<_>>>()?;
            add(data, store, &card, &origin, &provinces, &organisations).await
        }
        Peers::List => list(data, store).await,
        Peers::Stuck { hub } => {
            let mut out = std::io::stdout().lock();
            for stuck in store.stuck(&hub).await? {
                show(&mut out, &stuck)?;
            }
            Ok(())
        }
        Peers::Retry { hub, message } => {
            let retried = store.retry(&hub, message.as_deref(), SystemClock.milliseconds()).await?;
            ensure!(
                retried > 0,
                "nothing for {hub} failed by itself; `zizhi-hub peer stuck {hub}` shows what did"
            );
            writeln!(std::io::stderr(), "{retried} messages are tried again")?;
            Ok(())
        }
        Peers::Discard { message } => {
            let stuck = store.discard(&message).await?.with_context(|| {
                format!(
                    "{message}: not parked, nothing was given up; `zizhi-hub peer stuck HUB` shows what is"
                )
            })?;
            show(&mut std::io::stdout().lock(), &stuck)?;
            writeln!(std::io::stderr(), "given up; its sender is told in its next round")?;
            Ok(())
        }
        Peers::Move { organisation, hub, peer_ca } => {
            let line = Line::new(peer_ca.as_deref()).context("the file of --peer-ca cannot be used")?;
            move_mailbox(data, store, &line, &organisation, &hub).await
        }
        Peers::Remove { hub } => {
            ensure!(
                store.remove_peer(&hub).await?,
                "{hub}: no such peer, nothing was removed; `zizhi-hub peer list` shows them"
            );
            let waiting = waiting(&store.queues().await?, &hub);
            writeln!(std::io::stderr(), "{hub} removed; {waiting} messages go on waiting for it")?;
            Ok(())
        }
    }
}

async fn add(
    data: &Data,
    store: &dyn Store,
    card: &Path,
    origin: &str,
    provinces: &[String],
    organisations: &[OrgId],
) -> Result<()> {
    let text = fs::read_to_string(card).with_context(|| format!("{}: cannot be read", card.display()))?;
    let now = SystemClock.seconds();
    let peer = introduced(&text, &data.id, origin, provinces, organisations, now)
        .with_context(|| format!("{}: nothing was added", card.display()))?;
    let done = match store.add_peer(&peer).await? {
        PeerAdded::New => "added",
        PeerAdded::Changed => "changed",
        PeerAdded::OtherKey => bail!(
            "{}: a peer with this id or this key is known otherwise, nothing was added; if its operator says by telephone \
             that it has a new key, remove it first",
            peer.hub
        ),
        PeerAdded::OrganisationOf(other) => bail!(
            "an organisation is named for {other} already, nothing was added; add {other} again without it first"
        ),
    };
    writeln!(
        std::io::stderr(),
        "{} {done}; compare its key with its operator by telephone: {}",
        peer.hub,
        peer.kid
    )?;
    Ok(())
}

/// The other hub is asked first, and has to list a device with which the provider joined here: the code alone could be
/// that of another.
async fn move_mailbox(data: &Data, store: &dyn Store, line: &Line, code: &str, hub: &str) -> Result<()> {
    let org =
        OrgId::from(Uscc::parse(code).context("not a unified social credit code, nothing was changed")?);
    let known = store.peers().await?;
    let mailbox = (org, Unasked::Mailbox);
    ensure!(
        unasked(&data.id, &known, &store.providers().await?).contains(&mailbox),
        "{code}: no provider of another province with a mailbox here, nothing was changed; `zizhi-hub peer list` names those"
    );
    let peer = homes(&known, Some(hub), &org).into_iter().find(|peer| peer.hub == hub).with_context(|| {
        format!(
            "{hub}: no peer that speaks for {code}, nothing was changed; `zizhi-hub peer add` makes it one, with \
             --organisation where its province is another"
        )
    })?;
    let asking = Asking { line, key: &data.key, now: SystemClock.seconds() };
    let Ok(told) = asking.organisation(peer, org).await else {
        bail!("{hub} does not answer, nothing was changed; `zizhi-hub peer list` shows what waits for it")
    };
    let told = told.with_context(|| format!("{hub} does not have {code}, nothing was changed"))?;
    let here = store.organisation(org).await?.with_context(|| format!("{code}: is not here any more"))?;
    let limits = Limits::default();
    let (here, there) = (Standing::kept(&here.list, &limits)?, Standing::kept(&told.list, &limits)?);
    ensure!(
        here.list().devices.iter().any(|device| there.list().device(device.key.key_id().as_str()).is_some()),
        "{hub} lists no device with which {code} joined here, nothing was changed; ask the provider by telephone whether it \
         is the same one"
    );
    let moved = store.move_mailbox(&told, SystemClock.milliseconds()).await?;
    let moved = moved.with_context(|| format!("{code}: its mailbox was moved already"))?;
    writeln!(
        std::io::stderr(),
        "its mail goes to {hub} from now on; {} messages are on their way",
        moved.messages
    )?;
    if moved.left > 0 {
        writeln!(
            std::io::stderr(),
            "{} messages that other hubs had brought stay here, and nobody fetches them: ask their senders to send again",
            moved.left
        )?;
    }
    Ok(())
}

async fn list(data: &Data, store: &dyn Store) -> Result<()> {
    let queues = store.queues().await?;
    let mut out = std::io::stdout().lock();
    for peer in store.peers().await? {
        writeln!(out, "{}\t{}\t{}", peer.hub, peer.origin, peer.kid)?;
        writeln!(out, "\tprovinces {}", peer.provinces.join(" "))?;
        for org in &peer.organisations {
            writeln!(out, "\torganisation {}", org.uscc().as_str())?;
        }
        if let Some(queue) = queues.iter().find(|queue| queue.hub == peer.hub) {
            let minutes = SystemClock.seconds().saturating_sub(queue.oldest) / 60;
            let code = queue.code.as_deref().unwrap_or("-");
            let (messages, parked) = (queue.messages, queue.parked);
            writeln!(out, "\twaiting {messages}, the oldest for {minutes} min, {code}")?;
            if parked > 0 {
                writeln!(out, "\tparked {parked} of these; `zizhi-hub peer stuck {}` shows them", peer.hub)?;
            }
        }
    }
    let known = store.peers().await?;
    for queue in queues.iter().filter(|queue| known.iter().all(|peer| peer.hub != queue.hub)) {
        writeln!(out, "{}\tremoved\twaiting {}", queue.hub, queue.messages)?;
    }
    let unasked = unasked(&data.id, &known, &store.providers().await?);
    for (org, why) in &unasked {
        let told = match why {
            Unasked::Mailbox => {
                "no peer had it when it joined: mail to it waits here, and a device that it removes goes on redeeming"
            }
            Unasked::NoPeer => "its hub is no peer any more: its devices get HUB-BUSY here",
        };
        writeln!(out, "{}\tprovider {}\t{told}", province(org), org.uscc().as_str())?;
    }
    if !unasked.is_empty() {
        writeln!(
            std::io::stderr(),
            "nobody is asked which devices these providers have; add the hub of their province with `zizhi-hub peer add`, \
             and then have the mail of the first kind go there with `zizhi-hub peer move`"
        )?;
    }
    Ok(())
}

/// One line of tab-separated columns: id, state, code, sender, recipient, bytes, minutes here, tries, minutes until
/// the next.
fn show<'s>(out: &mut impl std::io::Write, stuck: &'s Stuck) -> Result<()> {
    let now = SystemClock.milliseconds();
    let state = if stuck.parked.is_some() { "parked" } else { "waiting" };
    let code = stuck.code.as_deref().unwrap_or("-");
    let code_of = |org: &'s str| org.strip_prefix("urn:uscc:").unwrap_or(org);
    let (from, to) = (code_of(&stuck.from), code_of(&stuck.to));
    let here = (now / 1000).saturating_sub(stuck.at) / 60;
    let next = stuck.due.saturating_sub(now).max(0) / 60_000;
    let (id, len, tries) = (&stuck.id, stuck.len, stuck.tries);
    writeln!(out, "{id}\t{state}\t{code}\t{from}\t{to}\t{len}\t{here}\t{tries}\t{next}")?;
    Ok(())
}

fn waiting(queues: &[Queue], hub: &str) -> i64 {
    queues.iter().find(|queue| queue.hub == hub).map_or(0, |queue| queue.messages)
}
