//! 更正单位名称: a name that was mistyped when the database was made. Only while nothing signed says or rests on it: what
//! others hold would name another organisation.

use serde_json::json;
use zizhi_store::{ActivityFilter, Database, Entry, Reader};

use crate::Host;
use crate::create_database::name;
use crate::draft_body;
use crate::failure::Failure;
use crate::firm::no_profile;
use crate::settings::actor;

/// What is signed in the organisation's name, or registers it, by what the activity log calls it. The log knows of it
/// even where the thing itself is gone. Public keys that were exported are exported again.
const SIGNED: [&str; 12] = [
    "case.decided",
    "credential.declared",
    "credentials.issued",
    "devices.changed",
    "draft.signed",
    "hub.asked",
    "hub.joined",
    "ledger.joined",
    "request.made",
    "settlement.requested",
    "status_list.signed",
    "voucher.revoked",
];

/// Corrects the name of the organisation that the database belongs to, and in drafts that nothing was signed from.
///
/// # Errors
/// `PROFILE-NAME` if the new name is none, `PROFILE-SIGNED` if something was signed under the old one, `PROFILE-NONE`;
/// as every write to the database.
pub fn correct_name(database: &Database, typed: &str, host: &dyn Host) -> Result<(), Failure> {
    let name = name(typed)?;
    let actor = actor(&database.reader()?)?;
    let writer = database.writer()?;
    let mut profile = writer.profile()?.ok_or_else(no_profile)?;
    if profile.name == name {
        return Ok(());
    }
    if anything_signed(&writer)? {
        return Err(signed());
    }
    let before = std::mem::replace(&mut profile.name, name);
    writer.put_profile(&profile)?;
    for mut kept in draft_body::every(&writer)? {
        if kept.sent.is_empty() && kept.body.fields.name == before {
            kept.body.fields.name.clone_from(&profile.name);
            draft_body::save(&writer, kept, host)?;
        }
    }
    let entry = Entry::new(host.now(), &actor, "profile.corrected");
    writer.commit(&entry.with(json!({ "name": [before, profile.name] })))?;
    Ok(())
}

fn anything_signed(reader: &Reader<'_>) -> Result<bool, Failure> {
    for action in SIGNED {
        let filter = ActivityFilter { action: Some(action.to_owned()), ..ActivityFilter::default() };
        if !reader.activity(&filter, None, 1)?.rows.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn signed() -> Failure {
    Failure::refused(
        "PROFILE-SIGNED",
        "已经以原来的单位名称签署或登记过文件，名称不能再改，没有保存。".to_owned(),
        "something was signed or registered under the name already; it cannot be changed any more, and nothing was kept"
            .to_owned(),
        "别处核验时显示的名称以信任数据为准，单位更名请向所在省的登记部门办理。本机也要用新名称的，请先备份，再以正确的名称新建数据库，重新登记公钥。",
        "what others see is the name in the trust data: have a new name registered by your province. To use it here as well, make a backup, then a new database under the right name, and have its keys registered",
    )
}
