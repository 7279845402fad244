//! An incubator invites a firm to its hub (docs/hub.md §1).

use zizhi_crypto::SigningKey;
use zizhi_model::{OrgId, Text, Uscc};
use zizhi_store::Database;
use zizhi_sync::invitation::{Invitation, Inviter, Role};
use zizhi_sync::{HubId, Id, object};

use crate::failure::Failure;
use crate::hub_join::entry;
use crate::hub_status::joined;
use crate::output::Output;
use crate::receive_dossier::recipient;
use crate::{Host, vault};

/// Seconds of a day.
const DAY: i64 = 24 * 3600;

/// Whom to invite.
#[derive(Debug, Clone, Copy)]
pub struct Inviting<'a> {
    /// The firm.
    pub firm: Uscc,
    /// Its name.
    pub name: &'a str,
    /// Days for which the invitation is open, 1 to 30.
    pub days: i64,
    /// Opens this device's key.
    pub passphrase: &'a str,
    /// Where the invitation goes.
    pub output: Output<'a>,
}

/// Writes an invitation.
///
/// # Errors
/// `HUB-NONE`, `CASE-ROLE` if this is no incubator, `INVITE-FORM`, `IO-EXISTS`, `IO-WRITE`; those of the
/// passphrase and as every write to the database.
pub fn invite(database: &Database, inviting: &Inviting<'_>, host: &dyn Host) -> Result<(), Failure> {
    inviting.output.check()?;
    let hub = joined(&database.reader()?)?;
    let own = recipient(database)?;
    let key = vault::device_key(database, inviting.passphrase)?;
    let (Some(key), Ok(hub)) = (key, HubId::parse(&hub.id)) else { return Err(crate::hub_status::none()) };
    let text = signed(inviting, OrgId::from(own), hub, &key, host)?;
    let file = inviting.output.filled(format!("{text}\n").as_bytes())?;
    let entry = entry(database, "hub.invited", host)?.about("organisation", inviting.firm.as_str());
    database.writer()?.commit(&entry)?;
    inviting.output.put(file)
}

fn signed(
    inviting: &Inviting<'_>,
    own: OrgId,
    hub: HubId,
    key: &SigningKey,
    host: &dyn Host,
) -> Result<String, Failure> {
    let (now, mut random) = (host.now(), [0; 10]);
    host.random().fill(&mut random);
    let iat = now.timestamp();
    let invitation = Invitation {
        jti: Id::new(now.timestamp_millis(), random),
        iss: Inviter::Incubator(own),
        sub: OrgId::from(inviting.firm),
        name: inviting.name.to_owned(),
        role: Role::Firm,
        hub,
        iat,
        exp: iat.saturating_add(inviting.days.saturating_mul(DAY)),
    };
    object::sign(key, &invitation).map_err(|error| unfit().because(error))
}

fn unfit() -> Failure {
    Failure::input(
        "INVITE-FORM",
        Text::fixed(
            "企业名称不能用，或有效天数不在1到30之间，没有生成邀请函。",
            "the firm's name cannot be used, or the days are not 1 to 30; no invitation was made",
        ),
        Text::fixed("请填写企业全称和1到30天的有效期。", "give the firm's full name and 1 to 30 days"),
    )
}
