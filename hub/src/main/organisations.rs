//! `zizhi-hub organisation`: the organisations that joined, and what an operator does about their devices.

use std::io::Write as _;

use anyhow::{Context as _, Result, bail, ensure};
use clap::Subcommand;
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::data::Data;
use zizhi_hub::store::{BegunAgain, Member, Store};
use zizhi_model::{Limits, OrgId, Uscc};
use zizhi_sync::devices::Standing;
use zizhi_sync::digest::fingerprint;
use zizhi_sync::invitation::Role;
use zizhi_sync::object;

#[derive(Debug, Subcommand)]
pub(crate) enum Organisations {
    /// Show the organisations, and the devices of each
    List {
        /// The unified social credit code of the only one to show
        organisation: Option<String>,
    },
    /// Let a device ask nothing any more, for ever, whatever list its organisation sends
    RemoveDevice {
        /// The organisation's unified social credit code
        organisation: String,
        /// The id of the device's key, or its fingerprint as desktops show it
        device: String,
    },
    /// Remove every device of an organisation that lost them all, and print the invitation with which it begins again
    BeginAgain {
        /// The organisation's unified social credit code
        organisation: String,
        /// Days for which the invitation is open
        #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(i64).range(1..=30))]
        days: i64,
    },
}

pub(crate) async fn run(data: &Data, store: &dyn Store, verb: &Organisations) -> Result<()> {
    match verb {
        Organisations::List { organisation } => {
            let only = organisation.as_deref().map(code).transpose()?;
            let members = store.members().await?;
            let mut out = std::io::stdout().lock();
            for member in members.iter().filter(|it| only.is_none_or(|org| it.organisation.org == org)) {
                show(&mut out, member)?;
            }
            Ok(())
        }
        Organisations::RemoveDevice { organisation, device } => {
            remove_device(store, code(organisation)?, organisation, device).await
        }
        Organisations::BeginAgain { organisation, days } => {
            begin_again(data, store, code(organisation)?, organisation, *days).await
        }
    }
}

fn code(text: &str) -> Result<OrgId> {
    Ok(Uscc::parse(text)
        .with_context(|| format!("{text}: not a unified social credit code, nothing was changed"))?
        .into())
}

/// A line of code, role, name and state, and one for each device: key id, fingerprint, name and state; with tabs between.
fn show(out: &mut impl std::io::Write, member: &Member) -> Result<()> {
    let it = &member.organisation;
    let state = match (member.waiting, it.mailbox) {
        (true, _) => "begins again",
        (false, true) => "member",
        (false, false) => "for the ledger",
    };
    writeln!(out, "{}\t{}\t{}\t{state}", it.org.uscc().as_str(), it.role, it.name)?;
    for device in &Standing::kept(&it.list, &Limits::default())?.list().devices {
        let kid = device.key.key_id().as_str();
        let state = if member.devices.iter().any(|known| known == kid) { "may ask" } else { "removed here" };
        writeln!(out, "\t{kid}\t{}\t{}\t{state}", fingerprint(&device.key), device.name)?;
    }
    Ok(())
}

async fn remove_device(store: &dyn Store, org: OrgId, code: &str, device: &str) -> Result<()> {
    let members = store.members().await?;
    let member = members.iter().find(|member| member.organisation.org == org);
    let member = member.with_context(|| format!("{code}: has not joined here, nothing was removed"))?;
    let listed = Standing::kept(&member.organisation.list, &Limits::default())?;
    let asked = plain(device);
    let found =
        listed.list().devices.iter().find(|listed| {
            listed.key.key_id().as_str() == device || plain(&fingerprint(&listed.key)) == asked
        });
    let unknown = || {
        format!(
            "{device}: no device of {code} that may ask, nothing was removed; `zizhi-hub organisation list {code}` shows them"
        )
    };
    let found = found.with_context(unknown)?;
    let kid = found.key.key_id();
    ensure!(store.remove_device(org, kid.as_str(), SystemClock.seconds()).await?, unknown());
    writeln!(
        std::io::stderr(),
        "{} ({kid}) asks this hub nothing any more, whatever list {code} sends; the list still names it until {code} removes it \
         there itself, and until then others take its signatures for those of {code}",
        found.name
    )?;
    if member.devices.len() == 1 {
        writeln!(
            std::io::stderr(),
            "that was the last one: {code} cannot ask anything until `zizhi-hub organisation begin-again {code}`"
        )?;
    }
    Ok(())
}

/// A fingerprint without the spaces between its groups.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

async fn begin_again(data: &Data, store: &dyn Store, org: OrgId, code: &str, days: i64) -> Result<()> {
    // The name and the role are those that it has: they are filled in once it is found.
    let mut invitation = crate::invitation(data, org, "", Role::Firm, days);
    let found = match store.begin_again(org, &invitation.jti.to_string(), SystemClock.seconds()).await? {
        BegunAgain::Here(found) => found,
        BegunAgain::There(hub) => {
            writeln!(
                std::io::stderr(),
                "what {hub} told of the devices of {code} counts no more; it is asked for its new list. The invitation \
                 itself comes from {hub}"
            )?;
            return Ok(());
        }
        BegunAgain::Unknown => bail!("{code}: nobody here knows it, nothing was changed"),
    };
    invitation.role = Role::parse(&found.role).context("the database holds an invalid role")?;
    invitation.name = found.name;
    writeln!(std::io::stdout(), "{}", object::sign(&data.key, &invitation)?)?;
    writeln!(
        std::io::stderr(),
        "no device of {code} asks anything any more. With this invitation, and no other, it begins again with one new computer. \
         What was sealed to its old computers stays shut unless it has its recovery key: its senders send again. Those who \
         knew its devices are told that the list is another one, and compare by telephone"
    )?;
    Ok(())
}
