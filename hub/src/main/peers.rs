//! `zizhi-hub peer` and `zizhi-hub card`: how two operators make their hubs known to each other.

use std::fs;
use std::path::PathBuf;

use clap::Subcommand;
use zizhi_hub::asking::Asking;
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::data::Data;
use zizhi_hub::failure::Failure;
use zizhi_hub::line::Line;
use zizhi_hub::peer::{Unasked, homes, introduced, province, unasked};
use zizhi_hub::store::{Peer, PeerAdded, Queue, Store, Stuck};
use zizhi_model::OrgId;
use zizhi_sync::digest::fingerprint;
use zizhi_sync::hub_card::{API, HubCard};
use zizhi_sync::object;
use zizhi_terminal::Voice;

use crate::organisations::listed;
use crate::serving::line;
use crate::{Result, organisation, say};

#[path = "refusals.rs"]
mod refusals;

#[derive(Debug, Subcommand)]
pub enum Peers {
    /// 添加一个枢纽，或更改已知的内容 / make another hub known, or change what is known of it
    Add {
        /// 对方名片的文件 / the file with its hub card
        card: PathBuf,
        /// 本枢纽访问它的地址：协议、主机和端口 / scheme, host and port under which this hub reaches it
        #[arg(long)]
        origin: String,
        /// 由它转交哪个省的单位，两位代码，可写多次；不写时按它的编号 / two digits of a province whose organisations it speaks for, again for each; that of its id if not given
        #[arg(long = "province")]
        provinces: Vec<String>,
        /// 由它转交的个别单位的代码，可写多次 / code of an organisation that it speaks for whatever the province, again for each
        #[arg(long = "organisation", value_name = "USCC", value_parser = organisation)]
        organisations: Vec<OrgId>,
    },
    /// 列出其他枢纽和等待转交的 / show the other hubs, and what waits for them
    List,
    /// 列出自己转交不成的消息和原因 / show the messages for another hub that failed by themselves, and why
    Stuck {
        /// 编号 / its id
        hub: String,
    },
    /// 立即重试转交不成的消息 / try again at once what failed by itself, parked or not
    Retry {
        /// 枢纽的编号 / the id of the hub
        hub: String,
        /// 只试这一条 / this message alone
        #[arg(long)]
        message: Option<String>,
    },
    /// 永远放弃一条搁置的消息；发送方下次同步时得知 / give up a message that is parked, for ever; its sender is told in its next round
    Discard {
        /// 编号 / its id
        message: String,
    },
    /// 把外省服务机构的消息转到它自己的枢纽 / have the mail of a provider go to another hub that has it: one that joined here before that hub was a peer
    Move {
        /// 服务机构的统一社会信用代码 / the provider's unified social credit code
        #[arg(value_name = "USCC", value_parser = organisation)]
        organisation: OrgId,
        /// 对方枢纽的编号 / the id of the other hub
        hub: String,
        /// 核对对方证书的证书机构，PEM；不写时用公共的 / the authorities that its certificate is checked by, in PEM; the public ones if not given
        #[arg(long, env = "ZIZHI_HUB_PEER_CA")]
        peer_ca: Option<PathBuf>,
    },
    /// 不再与一个枢纽往来 / take nothing from another hub any more, and bring it nothing
    Remove {
        /// 编号 / its id
        hub: String,
    },
}

/// Prints the card of the hub, which the other operator adds as a peer.
pub async fn print_card(data: &Data, store: &dyn Store, voice: Voice) -> Result<()> {
    let card = HubCard {
        hub: data.id.clone(),
        key: data.key.public().clone(),
        epoch: u64::try_from(store.epoch().await?).map_err(Failure::internal)?,
        time: SystemClock.seconds(),
        api: API,
    };
    voice.data(&object::sign(&data.key, &card).map_err(Failure::internal)?);
    let key = data.key.public();
    // Operators compare the first, organisations that join what their desktops show.
    let (id, kid, shown) = (&data.id, key.key_id(), fingerprint(key));
    say(
        voice,
        format!("{id}，密钥编号 {kid}；桌面端显示为 {shown}"),
        format!("{id} with the key {kid}; desktops show it as {shown}"),
    );
    Ok(())
}

pub async fn run(data: &Data, store: &dyn Store, verb: Peers, voice: Voice) -> Result<()> {
    match verb {
        Peers::Add { card, origin, provinces, organisations } => {
            let text = fs::read_to_string(&card).map_err(|error| Failure::unreadable(&card, error))?;
            let now = SystemClock.seconds();
            let peer = introduced(&text, &data.id, &origin, &provinces, &organisations, now)?;
            add(store, &peer, voice).await
        }
        Peers::List => list(data, store, voice).await,
        Peers::Stuck { hub } => stuck(store, &hub, voice).await,
        Peers::Retry { hub, message } => {
            let retried = store.retry(&hub, message.as_deref(), SystemClock.milliseconds()).await?;
            if retried == 0 {
                known(store, &hub).await?;
                return Err(refusals::nothing(&hub));
            }
            say(voice, format!("立即重试 {retried} 条"), format!("{retried} messages are tried again"));
            Ok(())
        }
        Peers::Discard { message } => {
            let stuck = store.discard(&message).await?.ok_or_else(|| refusals::not_parked(&message))?;
            show(&stuck, voice);
            say(
                voice,
                "已放弃，发送方下次同步时得知".to_owned(),
                "given up; its sender is told in its next round".to_owned(),
            );
            Ok(())
        }
        Peers::Move { organisation, hub, peer_ca } => {
            move_mailbox(data, store, &line(peer_ca.as_deref())?, organisation, &hub, voice).await
        }
        Peers::Remove { hub } => {
            if !store.remove_peer(&hub).await? {
                return Err(refusals::no_peer(&hub));
            }
            let waiting = waiting(&store.queues().await?, &hub);
            say(
                voice,
                format!("已移除 {hub}；寄给它的 {waiting} 条消息继续等待"),
                format!("{hub} removed; {waiting} messages go on waiting for it"),
            );
            Ok(())
        }
    }
}

/// Refuses a hub that is no peer and for which nothing waits.
async fn known(store: &dyn Store, hub: &str) -> Result<()> {
    let peers = store.peers().await?;
    if peers.iter().any(|peer| peer.hub == hub) || waiting(&store.queues().await?, hub) > 0 {
        return Ok(());
    }
    Err(refusals::no_peer(hub))
}

async fn add(store: &dyn Store, peer: &Peer, voice: Voice) -> Result<()> {
    let (zh, en) = match store.add_peer(peer).await? {
        PeerAdded::New => ("已添加", "added"),
        PeerAdded::Changed => ("已更改", "changed"),
        PeerAdded::OtherKey => return Err(refusals::other_key(&peer.hub)),
        PeerAdded::OrganisationOf(other) => return Err(refusals::named_for(&other)),
    };
    let (hub, kid) = (&peer.hub, &peer.kid);
    say(
        voice,
        format!("{zh} {hub}；请打电话与对方运维人员核对密钥编号：{kid}"),
        format!("{hub} {en}; compare its key with its operator by telephone: {kid}"),
    );
    Ok(())
}

async fn stuck(store: &dyn Store, hub: &str, voice: Voice) -> Result<()> {
    let found = store.stuck(hub).await?;
    if found.is_empty() {
        known(store, hub).await?;
        say(
            voice,
            format!("寄给 {hub} 的消息没有自己转交不成的"),
            format!("no message for {hub} failed by itself"),
        );
    }
    found.iter().for_each(|stuck| show(stuck, voice));
    Ok(())
}

/// The other hub is asked first, and has to list a device with which the provider joined here: the code alone could be
/// that of another.
async fn move_mailbox(
    data: &Data,
    store: &dyn Store,
    line: &Line,
    org: OrgId,
    hub: &str,
    voice: Voice,
) -> Result<()> {
    let code = org.uscc().as_str();
    let known = store.peers().await?;
    let mailbox = (org, Unasked::Mailbox);
    if !unasked(&data.id, &known, &store.providers().await?).contains(&mailbox) {
        return Err(refusals::no_mailbox(code));
    }
    let peer = homes(&known, Some(hub), &org).into_iter().find(|peer| peer.hub == hub);
    let peer = peer.ok_or_else(|| refusals::not_its_hub(hub, code))?;
    let asking = Asking { line, key: &data.key, now: SystemClock.seconds() };
    let Ok(there) = asking.organisation(peer, org).await else { return Err(refusals::silent(hub)) };
    let there = there.ok_or_else(|| refusals::not_there(hub, code))?;
    let here = store.organisation(org).await?.ok_or_else(|| refusals::no_mailbox(code))?;
    let (before, now) = (listed(&here.list)?, listed(&there.list)?);
    let same =
        |device: &zizhi_sync::devices::Device| now.list().device(device.key.key_id().as_str()).is_some();
    if !before.list().devices.iter().any(same) {
        return Err(refusals::other_devices(hub, code));
    }
    let moved = store.move_mailbox(&there, SystemClock.milliseconds()).await?;
    let moved = moved.ok_or_else(|| refusals::no_mailbox(code))?;
    let (messages, left) = (moved.messages, moved.left);
    say(
        voice,
        format!("此后寄给它的消息转到 {hub}；{messages} 条正在转交"),
        format!("its mail goes to {hub} from now on; {messages} messages are on their way"),
    );
    if left > 0 {
        say(
            voice,
            format!("别的枢纽送来的 {left} 条留在这里，没有人会来取：请寄件单位重寄"),
            format!(
                "{left} messages that other hubs had brought stay here, and nobody fetches them: ask their senders to send again"
            ),
        );
    }
    Ok(())
}

async fn list(data: &Data, store: &dyn Store, voice: Voice) -> Result<()> {
    let queues = store.queues().await?;
    let known = store.peers().await?;
    let line = |zh: String, en: String| voice.data(voice.lang.pick(&zh, &en));
    for peer in &known {
        voice.data(&format!("{}\t{}\t{}", peer.hub, peer.origin, peer.kid));
        let provinces = peer.provinces.join(" ");
        line(format!("\t省份 {provinces}"), format!("\tprovinces {provinces}"));
        for org in &peer.organisations {
            let code = org.uscc().as_str();
            line(format!("\t单位 {code}"), format!("\torganisation {code}"));
        }
        if let Some(queue) = queues.iter().find(|queue| queue.hub == peer.hub) {
            let minutes = SystemClock.seconds().saturating_sub(queue.oldest) / 60;
            let code = queue.code.as_deref().unwrap_or("-");
            let (messages, parked, hub) = (queue.messages, queue.parked, &peer.hub);
            line(
                format!("\t等待 {messages} 条，最久 {minutes} 分钟，{code}"),
                format!("\twaiting {messages}, the oldest for {minutes} min, {code}"),
            );
            if parked > 0 {
                line(
                    format!("\t其中搁置 {parked} 条，见 zizhi-hub peer stuck {hub}"),
                    format!("\tparked {parked} of these; `zizhi-hub peer stuck {hub}` shows them"),
                );
            }
        }
    }
    for queue in queues.iter().filter(|queue| known.iter().all(|peer| peer.hub != queue.hub)) {
        let (hub, messages) = (&queue.hub, queue.messages);
        line(format!("{hub}\t已移除\t等待 {messages} 条"), format!("{hub}\tremoved\twaiting {messages}"));
    }
    let unasked = unasked(&data.id, &known, &store.providers().await?);
    for (org, why) in &unasked {
        let (zh, en) = match why {
            Unasked::Mailbox => (
                "加入时没有对等枢纽认得它：寄给它的消息停在这里，它移出的设备仍能核销",
                "no peer had it when it joined: mail to it waits here, and a device that it removes goes on redeeming",
            ),
            Unasked::NoPeer => (
                "它的枢纽已不是对等枢纽：它的设备在这里得到 HUB-BUSY",
                "its hub is no peer any more: its devices get HUB-BUSY here",
            ),
        };
        let (of, code) = (province(org), org.uscc().as_str());
        line(format!("{of}\t服务机构 {code}\t{zh}"), format!("{of}\tprovider {code}\t{en}"));
    }
    if !unasked.is_empty() {
        say(
            voice,
            "没有枢纽可问这些服务机构有哪些设备：请用 zizhi-hub peer add 添加它们省的枢纽；第一种的，再用 zizhi-hub peer move 把消息转过去"
                .to_owned(),
            "nobody is asked which devices these providers have; add the hub of their province with `zizhi-hub peer add`, \
             and then have the mail of the first kind go there with `zizhi-hub peer move`"
                .to_owned(),
        );
    }
    Ok(())
}

/// One line of tab-separated columns: id, state, code, sender, recipient, bytes, minutes here, tries, minutes until
/// the next.
fn show(stuck: &Stuck, voice: Voice) {
    let now = SystemClock.milliseconds();
    let state = if stuck.parked.is_some() { "parked" } else { "waiting" };
    let code = stuck.code.as_deref().unwrap_or("-");
    let code_of = |org: &str| org.strip_prefix("urn:uscc:").unwrap_or(org).to_owned();
    let (from, to) = (code_of(&stuck.from), code_of(&stuck.to));
    let here = (now / 1000).saturating_sub(stuck.at) / 60;
    let next = stuck.due.saturating_sub(now).max(0) / 60_000;
    let (id, len, tries) = (&stuck.id, stuck.len, stuck.tries);
    voice.data(&format!("{id}\t{state}\t{code}\t{from}\t{to}\t{len}\t{here}\t{tries}\t{next}"));
}

fn waiting(queues: &[Queue], hub: &str) -> i64 {
    queues.iter().find(|queue| queue.hub == hub).map_or(0, |queue| queue.messages)
}
