//! `zizhi-hub key`: the hub's key, the next one, and the change from one to the other.

use zizhi_crypto::PublicKey;
use zizhi_hub::data::Data;
use zizhi_hub::failure::Failure;
use zizhi_hub::store::Store;
use zizhi_sync::digest::fingerprint;
use zizhi_terminal::Voice;

use crate::{Result, say};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Keys {
    /// 输出本枢纽现用的公钥（JWK） / print the public key that this hub signs with, as a JWK
    Show,
    /// 输出下一把公钥（JWK），没有就生成；请省里登记 / print the public key that is to follow, as a JWK; it is made where there is none. Have the province register it
    Next,
    /// 下次启动起用下一把密钥；旧的存为 hub.key.old / sign with the next key from the next start on; the old one goes into hub.key.old
    Switch,
    /// 此后只认本文件夹的密钥：各份都换好之后，或恢复数据库之后 / let copies serve with the key of this folder alone: once all have it, or after the database was restored
    Admit,
}

pub(crate) async fn run(data: &Data, url: Option<&str>, verb: &Keys, voice: Voice) -> Result<()> {
    match verb {
        Keys::Show => print(data.key.public(), voice),
        Keys::Next => print(&data.next_key()?, voice),
        Keys::Switch => {
            let new = data.made_key()?;
            // First, so that no copy is refused that has it.
            crate::place::store(data, url).await?.admit_key(new.key_id().as_str(), false).await?;
            data.switch_key()?;
            let (kid, shown) = (new.key_id(), fingerprint(&new));
            say(
                voice,
                format!(
                    "现用密钥是 {kid}，桌面端显示为 {shown}。请把 hub.key 复制到各份并逐个重启，再把新名片交给其他枢纽的运维人员"
                ),
                format!(
                    "{kid} is the key now; desktops show it as {shown}. Start every copy of the hub again with this hub.key, and give the operators of other hubs its new card"
                ),
            );
            Ok(())
        }
        Keys::Admit => {
            let own = data.key.public();
            crate::place::store(data, url).await?.admit_key(own.key_id().as_str(), true).await?;
            let (kid, shown) = (own.key_id(), fingerprint(own));
            say(
                voice,
                format!("此后各份只能用 {kid} 运行，桌面端显示为 {shown}"),
                format!("copies serve with {kid} alone; desktops show it as {shown}"),
            );
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
    if !known.iter().any(|kid| kid == own) {
        return Err(unknown(own, &fingerprint(key), &known.join(", ")));
    }
    if known.first().is_some_and(|newest| newest != own) {
        tracing::warn!(
            "this copy signs with an earlier key of the hub; copy hub.key from where it was switched"
        );
    }
    Ok(())
}

fn unknown(own: &str, shown: &str, known: &str) -> Failure {
    Failure::of(
        "STORE-KEY",
        format!(
            "数据库认可的本枢纽密钥（{known}）里没有这个文件夹的 {own}（桌面端显示为 {shown}）：它签的内容桌面端都不会相信，没有启动。"
        ),
        format!(
            "the key {own} of this folder (desktops show it as {shown}) is none that the database knows as this hub's ({known}): desktops would believe nothing that this copy signs, and it does not serve"
        ),
        (
            "桌面端显示的是另一把的，从正在运行的一份复制 hub.key；显示的就是这一把的（例如恢复过数据库），在这里运行 zizhi-hub key admit。换新密钥用 zizhi-hub key switch。",
            "if desktops show another one, copy hub.key from a copy that serves; if they show this one, as after the database was restored, say zizhi-hub key admit here. A new key comes by zizhi-hub key switch",
        ),
    )
}

fn print(key: &PublicKey, voice: Voice) -> Result<()> {
    voice.data(&serde_json::to_string(&key.to_jwk()).map_err(Failure::internal)?);
    let (kid, shown) = (key.key_id(), fingerprint(key));
    say(
        voice,
        format!("密钥编号 {kid}；桌面端显示为 {shown}"),
        format!("key id {kid}; desktops show it as {shown}"),
    );
    Ok(())
}
