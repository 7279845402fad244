//! `zizhi-hub key`: the hub's key, the next one, and the change from one to the other.

use std::io::Write as _;

use anyhow::Result;
use zizhi_crypto::PublicKey;
use zizhi_hub::data::Data;
use zizhi_sync::digest::fingerprint;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Keys {
    /// Print the public key that this hub signs with, as a JWK
    Show,
    /// Print the public key that is to follow, as a JWK; it is made where there is none. Have the province register it
    Next,
    /// Sign with the next key from the next start on; the old one goes into hub.key.old
    Switch,
}

pub(crate) fn run(data: &Data, verb: &Keys) -> Result<()> {
    match verb {
        Keys::Show => print(data.key.public()),
        Keys::Next => print(&data.next_key()?),
        Keys::Switch => {
            let new = data.switch_key()?;
            writeln!(
                std::io::stderr(),
                "{} is the key now; desktops show it as {}. Start every copy of the hub again with this hub.key, and give \
                 the operators of other hubs its new card",
                new.key_id(),
                fingerprint(&new)
            )?;
            Ok(())
        }
    }
}

fn print(key: &PublicKey) -> Result<()> {
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&key.to_jwk())?)?;
    writeln!(std::io::stderr(), "key id {}; desktops show it as {}", key.key_id(), fingerprint(key))?;
    Ok(())
}
