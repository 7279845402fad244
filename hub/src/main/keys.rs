//! `zizhi-hub key`: the hub's key, the next one, and the change from one to the other.

use std::io::Write as _;

use anyhow::{Result, ensure};
use zizhi_crypto::PublicKey;
use zizhi_hub::data::Data;
use zizhi_hub::store::Store;
use zizhi_sync::digest::fingerprint;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Keys {
    /// Print the public key that this hub signs with, as a JWK
    Show,
    /// Print the public key that is to follow, as a JWK; it is made where there is none. Have the province register it
    Next,
    /// Sign with the next key from the next start on; the old one goes into hub.key.old
    Switch,
    /// Let copies serve with the key of this folder alone: once all have it, or after the database was restored
    Admit,
}

pub(crate) async fn run(data: &Data, url: Option<&str>, verb: &Keys) -> Result<()> {
    match verb {
        Keys::Show => print(data.key.public()),
        Keys::Next => print(&data.next_key()?),
        Keys::Switch => {
            let new = data.made_key()?;
            // First, so that no copy is refused that has it.
            crate::place::store(data, url).await?.admit_key(new.key_id().as_str(), false).await?;
            data.switch_key()?;
            writeln!(
                std::io::stderr(),
                "{} is the key now; desktops show it as {}. Start every copy of the hub again with this hub.key, and give \
                 the operators of other hubs its new card",
                new.key_id(),
                fingerprint(&new)
            )?;
            Ok(())
        }
        Keys::Admit => {
            let own = data.key.public();
            crate::place::store(data, url).await?.admit_key(own.key_id().as_str(), true).await?;
            writeln!(
                std::io::stderr(),
                "copies serve with {} alone; desktops show it as {}",
                own.key_id(),
                fingerprint(own)
            )?;
            Ok(())
        }
    }
}

/// Whether the key in the folder is one that the hub is known by. While its key is changed, copies have the old one or the
/// new one, in whatever order they start.
pub(crate) async fn check(data: &Data, store: &dyn Store) -> Result<()> {
    let key = data.key.public();
    let own = key.key_id().as_str();
    let known = store.keys(own).await?;
    ensure!(
        known.iter().any(|kid| kid == own),
        "the key {own} of this folder (desktops show it as {}) is none that the database knows as this hub's ({}): desktops \
         would believe nothing that this copy signs, and it does not serve. If they show another one, copy hub.key from a \
         copy that serves; if they show this one, as after the database was restored, say `zizhi-hub key admit` here. A new \
         key comes by `zizhi-hub key switch` (STORE-KEY)",
        fingerprint(key),
        known.join(", ")
    );
    if known.first().is_some_and(|newest| newest != own) {
        tracing::warn!(
            "this copy signs with an earlier key of the hub; copy hub.key from where it was switched"
        );
    }
    Ok(())
}

fn print(key: &PublicKey) -> Result<()> {
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&key.to_jwk())?)?;
    writeln!(std::io::stderr(), "key id {}; desktops show it as {}", key.key_id(), fingerprint(key))?;
    Ok(())
}
