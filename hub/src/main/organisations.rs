//! `zizhi-hub organisation`: the organisations that joined, and what an operator does about their devices.

use clap::Subcommand;
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::data::Data;
use zizhi_hub::failure::Failure;
use zizhi_hub::store::{BegunAgain, Member, Store, StoreError};
use zizhi_model::{Limits, OrgId};
use zizhi_sync::devices::Standing;
use zizhi_sync::digest::fingerprint;
use zizhi_sync::invitation::Role;
use zizhi_sync::object;
use zizhi_terminal::Voice;

use crate::{Result, organisation, say, unfit_name};

#[derive(Debug, Subcommand)]
pub(crate) enum Organisations {
    /// 列出单位和各自的设备 / show the organisations, and the devices of each
    List {
        /// 只看这一个：统一社会信用代码 / the unified social credit code of the only one to show
        #[arg(value_name = "USCC", value_parser = organisation)]
        organisation: Option<OrgId>,
    },
    /// 永远不再让一台设备往来，不论该单位的清单怎样写 / let a device ask nothing any more, for ever, whatever list its organisation sends
    RemoveDevice {
        /// 统一社会信用代码 / the organisation's unified social credit code
        #[arg(value_name = "USCC", value_parser = organisation)]
        organisation: OrgId,
        /// 设备的密钥编号，或桌面端显示的指纹 / the id of the device's key, or its fingerprint as desktops show it
        device: String,
    },
    /// 全部设备丢失的单位：移出所有设备，并输出重新开始的邀请函 / remove every device of an organisation that lost them all, and print the invitation with which it begins again
    BeginAgain {
        /// 统一社会信用代码 / the organisation's unified social credit code
        #[arg(value_name = "USCC", value_parser = organisation)]
        organisation: OrgId,
        /// 有效天数 / days for which the invitation is open
        #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(i64).range(1..=30))]
        days: i64,
    },
}

pub(crate) async fn run(data: &Data, store: &dyn Store, verb: &Organisations, voice: Voice) -> Result<()> {
    match verb {
        Organisations::List { organisation } => list(store, *organisation, voice).await,
        Organisations::RemoveDevice { organisation, device } => {
            remove_device(store, *organisation, device, voice).await
        }
        Organisations::BeginAgain { organisation, days } => {
            begin_again(data, store, *organisation, *days, voice).await
        }
    }
}

async fn list(store: &dyn Store, only: Option<OrgId>, voice: Voice) -> Result<()> {
    let members = store.members().await?;
    let mut shown = members.iter().filter(|it| only.is_none_or(|org| it.organisation.org == org)).peekable();
    if let (Some(org), None) = (only, shown.peek()) {
        return Err(not_here(org.uscc().as_str()));
    }
    shown.try_for_each(|member| show(member, voice))
}

/// A line of code, role, name and state, and one for each device: key id, fingerprint, name and state; with tabs between.
fn show(member: &Member, voice: Voice) -> Result<()> {
    let it = &member.organisation;
    let state = match (member.waiting, it.mailbox) {
        (true, _) => voice.lang.pick("等待重新开始", "begins again"),
        (false, true) => voice.lang.pick("成员", "member"),
        (false, false) => voice.lang.pick("只用账本", "for the ledger"),
    };
    voice.data(&format!("{}\t{}\t{}\t{state}", it.org.uscc().as_str(), it.role, it.name));
    for device in &listed(&it.list)?.list().devices {
        let kid = device.key.key_id().as_str();
        let state = if member.devices.iter().any(|known| known == kid) {
            voice.lang.pick("可以往来", "may ask")
        } else {
            voice.lang.pick("已在此移出", "removed here")
        };
        voice.data(&format!("\t{kid}\t{}\t{}\t{state}", fingerprint(&device.key), device.name));
    }
    Ok(())
}

/// The device list that the database keeps of an organisation.
pub(crate) fn listed(list: &str) -> Result<Standing> {
    Standing::kept(list, &Limits::default())
        .map_err(|error| Failure::from(StoreError::Corrupt("device list")).because(error))
}

async fn remove_device(store: &dyn Store, org: OrgId, device: &str, voice: Voice) -> Result<()> {
    let code = org.uscc().as_str();
    let members = store.members().await?;
    let member = members.iter().find(|member| member.organisation.org == org);
    let member = member.ok_or_else(|| not_here(code))?;
    let listed = listed(&member.organisation.list)?;
    let asked = plain(device);
    let found =
        listed.list().devices.iter().find(|listed| {
            listed.key.key_id().as_str() == device || plain(&fingerprint(&listed.key)) == asked
        });
    let found = found.ok_or_else(|| no_device(code, device))?;
    let kid = found.key.key_id();
    if !store.remove_device(org, kid.as_str(), SystemClock.seconds()).await? {
        return Err(no_device(code, device));
    }
    let name = &found.name;
    say(
        voice,
        format!(
            "{name}（{kid}）不能再与本枢纽往来，不论 {code} 的清单怎样写。清单里还有它，要由 {code} 自己移出；在此之前，别人仍把它的签名当作 {code} 的签名"
        ),
        format!(
            "{name} ({kid}) asks this hub nothing any more, whatever list {code} sends; the list still names it until {code} removes it there itself, and until then others take its signatures for those of {code}"
        ),
    );
    if member.devices.len() == 1 {
        say(
            voice,
            format!("这是最后一台：运行 zizhi-hub organisation begin-again {code} 之前，{code} 不能往来"),
            format!(
                "that was the last one: {code} cannot ask anything until zizhi-hub organisation begin-again {code}"
            ),
        );
    }
    Ok(())
}

/// A fingerprint without the spaces between its groups.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

async fn begin_again(data: &Data, store: &dyn Store, org: OrgId, days: i64, voice: Voice) -> Result<()> {
    let code = org.uscc().as_str();
    // The name and the role are those that it has: they are filled in once it is found.
    let mut invitation = crate::invitation(data, org, "", Role::Firm, days);
    let found = match store.begin_again(org, &invitation.jti.to_string(), SystemClock.seconds()).await? {
        BegunAgain::Here(found) => found,
        BegunAgain::There(hub) => {
            say(
                voice,
                format!("{hub} 告知的 {code} 的设备不再算数，会重新向它询问清单；邀请函由 {hub} 发放"),
                format!(
                    "what {hub} told of the devices of {code} counts no more; it is asked for its new list. The invitation itself comes from {hub}"
                ),
            );
            return Ok(());
        }
        BegunAgain::Unknown => return Err(not_here(code)),
    };
    invitation.role = Role::parse(&found.role).ok_or(StoreError::Corrupt("role"))?;
    invitation.name = found.name;
    voice.data(&object::sign(&data.key, &invitation).map_err(unfit_name)?);
    say(
        voice,
        format!(
            "{code} 的设备都不能再往来，只有用这份邀请函、以一台新电脑重新开始。加密给旧电脑的消息打不开了，除非它有恢复密钥：请发送方重发。知道它原来设备的各方会看到清单换了，要打电话核对"
        ),
        format!(
            "no device of {code} asks anything any more. With this invitation, and no other, it begins again with one new computer. What was sealed to its old computers stays shut unless it has its recovery key: its senders send again. Those who knew its devices are told that the list is another one, and compare by telephone"
        ),
    );
    Ok(())
}

fn not_here(code: &str) -> Failure {
    Failure::of(
        "MEMBER-UNKNOWN",
        format!("{code} 没有加入本枢纽，没有作任何改动。"),
        format!("{code} has not joined this hub; nothing was changed"),
        (
            "请核对代码；zizhi-hub organisation list 列出已加入的单位。外省的单位由它自己的枢纽办理。",
            "check the code; zizhi-hub organisation list shows who has joined. One of another province is its own hub's business",
        ),
    )
}

fn no_device(code: &str, device: &str) -> Failure {
    Failure::of(
        "MEMBER-DEVICE",
        format!("{code} 没有可以往来的设备“{device}”，没有移出任何设备。"),
        format!("{device}: no device of {code} that may ask; nothing was removed"),
        (
            "请用 zizhi-hub organisation list 查看它的设备，照写密钥编号或指纹；显示“已在此移出”的不必再移。",
            "zizhi-hub organisation list shows its devices: give key id or fingerprint as it stands there. One that was removed here already stays so",
        ),
    )
}
