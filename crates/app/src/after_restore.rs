//! What a restored database has to be told of the time after its backup: credentials were issued then,
//! status lists signed, numbers given, and all of that is outside whatever the database knows.
//!
//! A place or a number that was given is never given again, and what was revoked stays revoked. So lists of
//! before give no more places, and none of them is signed until it was settled: by the database that was
//! replaced, where its log goes on from the backup's; else by who is at the desk. What is merged is only ever
//! added. Decision 0017 says why.

mod case_numbers;
mod inboxes;
mod replaced;
mod vouchers;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zizhi_model::{Text, civil};
use zizhi_store::{Database, Entry, InboxIdentity, Reader, Replaced, Role, Writer};
use zizhi_trust::Trust;

use crate::failure::Failure;
use crate::incubator::Incubator;
use crate::own_status_lists::{self as lists, own_lists};
use crate::settle_lists::signed_after_backup;
use crate::{Host, devices, settings};

/// The setting that holds an [`Aftermath`].
const SETTING: &str = "after_restore";
/// What the settings of counting numbers begin with.
pub(crate) const NEXT_NUMBER: &str = "next_number:";

/// What is still open since the database was restored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Aftermath {
    /// When it was restored, RFC 3339.
    at: String,
    /// When the backup was made, if it says so.
    made: Option<String>,
    /// Lists that were not settled yet.
    lists: Vec<String>,
    /// Of lists that were open before the restore already: when the backup was made from which they are.
    #[serde(default)]
    earlier: BTreeMap<String, Option<String>>,
    /// Of lists that a list settled: when that one was signed, RFC 3339. It says nothing of credentials issued later.
    #[serde(default)]
    told: BTreeMap<String, String>,
    /// Whether numbers may have been given that this database does not know.
    numbers: bool,
    /// Series of numbers that somebody has looked at since.
    series: Vec<String>,
    /// Whether somebody said that what was issued after the backup is here again, or that nothing was.
    #[serde(default)]
    looked_back: bool,
    /// The number that the first case after the restore gets.
    #[serde(default)]
    next_case: Option<String>,
}

impl Aftermath {
    /// When the backup was made after which it is not known what became of a list.
    fn made_of(&self, uri: &str) -> Option<&str> {
        self.earlier.get(uri).unwrap_or(&self.made).as_deref()
    }

    /// The lists that are open, with that time.
    fn open_since(&self) -> BTreeMap<String, Option<String>> {
        self.lists.iter().map(|uri| (uri.clone(), self.made_of(uri).map(str::to_owned))).collect()
    }

    /// Whether credentials may have been issued after the backup that this database does not know.
    fn unknown(&self) -> bool {
        self.numbers && !self.looked_back
    }

    /// How many things wait for somebody: each list, and the look back at what was issued.
    fn open(&self) -> usize {
        self.lists.len() + usize::from(self.unknown())
    }
}

/// What is still open since the database was restored, for who is at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterRestore {
    /// When it was restored; nothing if it never was.
    pub at: Option<DateTime<Utc>>,
    /// When the backup was made.
    pub made: Option<DateTime<Utc>>,
    /// Lists that are not signed until they were settled.
    pub lists: Vec<UnsettledList>,
    /// Whether the first number of a series has to be looked at.
    pub numbers: bool,
    /// Series that somebody has looked at since, each with `{}` where its numbers count.
    pub series: Vec<String>,
    /// Whether credentials may have been issued after the backup that this database does not know, and nobody has
    /// looked yet.
    pub unknown: bool,
    /// The number that the first case after the restore gets; those of between are not here.
    pub next_case: Option<String>,
    /// How many things wait for somebody: each list, and the look back at what was issued.
    pub open: usize,
}

/// A list of before the backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsettledList {
    /// Its name.
    pub uri: String,
    /// Up to when it is known what was on it.
    pub known_until: Option<DateTime<Utc>>,
    /// How many credentials are revoked, suspended or ended as far as is known.
    pub not_valid: usize,
    /// When the list of the trust data at hand was signed, if that one can settle it.
    pub in_trust: Option<DateTime<Utc>>,
}

/// What is still open since the database was restored.
///
/// # Errors
/// `PROFILE-NONE`; as every read of the database.
pub fn after_restore(incubator: &Incubator<'_>) -> Result<AfterRestore, Failure> {
    still_open(&incubator.database.reader()?, Some(incubator.library.trust()))
}

/// What is still open, where `trust` is the trust data at hand.
pub(crate) fn still_open(reader: &Reader<'_>, trust: Option<&Trust>) -> Result<AfterRestore, Failure> {
    let known = aftermath(reader)?;
    let time = |text: &str| civil::parse_time(text).ok();
    let mut unsettled = Vec::with_capacity(known.lists.len());
    for uri in &known.lists {
        if let Some(row) = reader.status_list(uri)? {
            let not_valid = lists::exceptions(&row)?.len();
            let in_trust = trust.map(|trust| signed_after_backup(reader, uri, trust)).transpose()?.flatten();
            unsettled.push(UnsettledList { uri: uri.clone(), known_until: row.iat, not_valid, in_trust });
        }
    }
    Ok(AfterRestore {
        at: time(&known.at),
        made: known.made.as_deref().and_then(time),
        lists: unsettled,
        numbers: known.numbers,
        series: known
            .series
            .iter()
            .filter_map(|it| it.strip_prefix(NEXT_NUMBER))
            .map(str::to_owned)
            .collect(),
        unknown: known.unknown(),
        open: known.open(),
        next_case: known.next_case,
    })
}

/// How many things are open since the restore, for a badge.
pub(crate) fn count(reader: &Reader<'_>) -> Result<usize, Failure> {
    Ok(aftermath(reader)?.open())
}

/// Takes down that what was issued after the backup is in the database again, or that nothing was issued. Who said
/// so stands in the log.
///
/// # Errors
/// `RESTORE-NONE` if nothing is open; as every write to the database.
pub fn look_back(incubator: &Incubator<'_>) -> Result<AfterRestore, Failure> {
    let writer = incubator.database.writer()?;
    let known = aftermath(&writer)?;
    if !known.unknown() {
        return Err(nothing_unknown());
    }
    let summary = json!({ "made": known.made });
    writer.put_setting(SETTING, &json!(Aftermath { looked_back: true, ..known }))?;
    writer.commit(&incubator.entry("restore.looked_back")?.with(summary))?;
    after_restore(incubator)
}

/// What a restored database takes the place of.
pub(crate) struct Before<'b> {
    /// The name of the backup's file.
    pub(crate) file: &'b str,
    /// The database, if it could be read.
    pub(crate) replaced: &'b Replaced,
    /// Which of its inbox keys open in the restored one.
    pub(crate) opens: &'b dyn Fn(&InboxIdentity) -> bool,
}

/// Writes into a restored database, before it takes its place, what it has to know from its first moment.
/// What is written, with the entry that tells it, is the caller's to commit.
pub(crate) fn set_right<'r>(
    restored: &'r Database,
    before: &Before<'_>,
    made: Option<DateTime<Utc>>,
    trust: Option<&Trust>,
    host: &dyn Host,
) -> Result<(Writer<'r>, Entry), Failure> {
    let replaced = before.replaced;
    let (owner, actor, end) = {
        let reader = restored.reader()?;
        (reader.profile()?, settings::actor(&reader)?, reader.log_end()?)
    };
    let kept = replaced.kept.as_ref().and_then(|kept| kept.file_name());
    let kept = kept.map(|name| name.to_string_lossy().into_owned());
    let entry = Entry::new(host.now(), &actor, "backup.restored");
    let mut told = json!({ "made": made.map(civil::rfc3339), "file": before.file, "kept": kept });
    let writer = restored.writer()?;
    if let Some((old, owner)) = replaced.reader()?.zip(owner.as_ref())
        && old.profile()?.is_some_and(|other| other.uscc == owner.uscc)
    {
        put(&mut told, "inboxes", inboxes::merge(&old, &writer, before.opens)?);
    }
    // Other computers may have changed the list after the backup, this one's own place on it included.
    if writer.hub()?.is_some() {
        devices::look_again(&writer)?;
    }
    if let Some(owner) = owner.filter(|owner| owner.role != Role::Firm) {
        let mut open = Aftermath {
            at: civil::rfc3339(host.now()),
            made: made.map(civil::rfc3339),
            lists: own_lists(&writer, &owner.uscc)?,
            earlier: aftermath(&writer)?.open_since(),
            told: BTreeMap::new(),
            numbers: true,
            series: Vec::new(),
            looked_back: false,
            next_case: None,
        };
        let mut cases_known = false;
        for uri in &open.lists {
            lists::close(&writer, uri)?;
        }
        vouchers::close(&writer)?;
        if let Some(old) = replaced.reader()?
            && old.profile()?.is_some_and(|other| other.uscc == owner.uscc)
        {
            // Somebody who never worked elsewhere has everything in the database that was replaced.
            let goes_on = old.log_hash(end.seq)?.is_some_and(|hash| end.seq > 0 && hash == end.hash);
            let merged = replaced::merge(&old, &writer, &owner.uscc, goes_on)?;
            vouchers::merge(&old, &writer, goes_on)?;
            case_numbers::merge(&old, &writer)?;
            cases_known = goes_on;
            if goes_on {
                let old = aftermath(&old)?;
                open = Aftermath { at: open.at, made: open.made, earlier: old.open_since(), ..old };
            } else {
                open.lists = own_lists(&writer, &owner.uscc)?;
            }
            put(&mut told, "credentials", merged.credentials);
            put(&mut told, "changed", merged.changed);
        }
        if let Some(trust) = trust {
            for uri in own_lists(&writer, &owner.uscc)? {
                lists::learn(&writer, &uri, trust, host.now())?;
            }
        }
        put(&mut told, "unsettled", open.lists.len());
        let year = civil::date_in_shanghai(host.now()).year();
        open.next_case = Some(case_numbers::go_on(&writer, year, cases_known)?);
        writer.put_setting(SETTING, &json!(open))?;
    }
    Ok((writer, entry.with(told)))
}

fn put(told: &mut Value, name: &str, count: usize) {
    if let Some(told) = told.as_object_mut() {
        told.insert(name.to_owned(), count.into());
    }
}

/// What is still open; nothing where the database was never restored.
fn aftermath(reader: &Reader<'_>) -> Result<Aftermath, Failure> {
    let Some(kept) = reader.setting(SETTING)? else { return Ok(Aftermath::default()) };
    serde_json::from_value(kept).map_err(|error| {
        Failure::internal(
            "恢复数据库后的待办记录无法读取，操作没有进行。",
            "what is still open since the database was restored cannot be read; nothing was done",
        )
        .because(error)
    })
}

/// Refuses what would sign or publish one of these lists before it was settled.
pub(crate) fn refuse_unsettled<'u>(
    reader: &Reader<'_>,
    uris: impl IntoIterator<Item = &'u str>,
) -> Result<(), Failure> {
    let open = aftermath(reader)?;
    let unsettled = uris.into_iter().any(|uri| open.lists.iter().any(|list| list == uri));
    if unsettled { Err(not_settled(&open)) } else { Ok(()) }
}

/// The lists that are not settled.
pub(crate) fn unsettled(reader: &Reader<'_>) -> Result<Vec<String>, Failure> {
    Ok(aftermath(reader)?.lists)
}

/// When the backup was made after which it is not known what became of a list, if it says so.
pub(crate) fn made_at(reader: &Reader<'_>, uri: &str) -> Result<Option<DateTime<Utc>>, Failure> {
    Ok(aftermath(reader)?.made_of(uri).and_then(|made| civil::parse_time(made).ok()))
}

/// Whether credentials may have been issued after the backup that are not here, and nobody has looked yet.
pub(crate) fn unknown(reader: &Reader<'_>) -> Result<bool, Failure> {
    Ok(aftermath(reader)?.unknown())
}

/// A restore after which money may have been paid that the database knows nothing of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Restored {
    /// When it was.
    pub(crate) at: DateTime<Utc>,
    /// When the backup was made, if it says so.
    pub(crate) made: Option<DateTime<Utc>>,
}

/// The restore since which payments may be unknown; nothing where the database that was replaced told of them.
pub(crate) fn payments_unknown(reader: &Reader<'_>) -> Result<Option<Restored>, Failure> {
    let known = aftermath(reader)?;
    // As with numbers: where the replaced database went on from the backup, everything came along.
    let time = |text: &str| civil::parse_time(text).ok();
    let at = time(&known.at).filter(|_| known.numbers);
    Ok(at.map(|at| Restored { at, made: known.made.as_deref().and_then(time) }))
}

/// Takes these lists for settled by what somebody stated.
pub(crate) fn settled(writer: &Writer<'_>, uris: &[String]) -> Result<(), Failure> {
    let mut open = aftermath(writer)?;
    open.lists.retain(|uri| !uris.contains(uri));
    Ok(writer.put_setting(SETTING, &json!(open))?)
}

/// Takes a list for settled by the one that was signed then.
pub(crate) fn settled_by_list(
    writer: &Writer<'_>,
    uri: &str,
    signed_at: DateTime<Utc>,
) -> Result<(), Failure> {
    let mut open = aftermath(writer)?;
    open.lists.retain(|list| list != uri);
    open.told.insert(uri.to_owned(), civil::rfc3339(signed_at));
    Ok(writer.put_setting(SETTING, &json!(open))?)
}

/// Somebody else gave a place of this list to a credential that was issued then, so that nobody here knows what else
/// is on it: it is not signed until it was settled, unless a list did so that is not older than the credential.
pub(crate) fn unsettle(writer: &Writer<'_>, uri: &str, issued_at: DateTime<Utc>) -> Result<(), Failure> {
    let mut open = aftermath(writer)?;
    let told = open.told.get(uri).and_then(|told| civil::parse_time(told).ok());
    if open.lists.iter().any(|list| list == uri) || told.is_some_and(|told| told >= issued_at) {
        return Ok(());
    }
    open.lists.push(uri.to_owned());
    Ok(writer.put_setting(SETTING, &json!(open))?)
}

/// Refuses a number that may have been given after the backup, unless somebody has `looked` at it. A counting
/// `series` is looked at once; a number given by hand each time.
pub(crate) fn look_at_number(writer: &Writer<'_>, series: Option<&str>, looked: bool) -> Result<(), Failure> {
    let mut open = aftermath(writer)?;
    let known = series.is_some_and(|series| open.series.iter().any(|seen| seen == series));
    if !open.numbers || known {
        return Ok(());
    }
    if !looked {
        return Err(number_not_seen());
    }
    if let Some(series) = series {
        open.series.push(series.to_owned());
        writer.put_setting(SETTING, &json!(open))?;
    }
    Ok(())
}

fn not_settled(open: &Aftermath) -> Failure {
    if open.at.is_empty() {
        return used_elsewhere();
    }
    let day = open.made.as_deref().and_then(|made| civil::parse_time(made).ok());
    let day = day.map(civil::date_in_shanghai);
    let zh = day.map_or_else(|| "一份备份".to_owned(), |day| format!("{}的备份", civil::date_zh(day)));
    let en = day.map_or_else(|| "a backup".to_owned(), |day| format!("a backup of {day}"));
    Failure::refused(
        "STATUS-RESTORED",
        format!(
            "数据库是从{zh}恢复的，备份之后的撤销和暂停不在里面，这份吊销名单还没有核对。现在签名会让已撤销的凭证重新有效，所以没有签名，也没有改变状态。"
        ),
        format!(
            "the database was restored from {en}, which does not know what was revoked or suspended after it, and this status list was not settled; signed now it would make revoked credentials valid again, so nothing was signed or changed"
        ),
        "请在“签发”或“备份与维护”页面核对吊销名单：给出备份之后最后一次导出的名单文件，或写明备份之后有过哪些撤销和暂停。",
        "settle the list on the page of issuing or of upkeep: give the file of the list as last exported after the backup, or state what was revoked or suspended since",
    )
}

fn used_elsewhere() -> Failure {
    Failure::refused(
        "STATUS-RESTORED",
        "补登的凭证说明这份吊销名单在别处也用过，那里的撤销和暂停不在这个数据库里，还没有核对。现在签名会让已撤销的凭证重新有效，所以没有签名，也没有改变状态。".to_owned(),
        "a credential that was entered again shows that this status list was used elsewhere as well; what was revoked or suspended there is not in this database and was not settled; signed now the list would make revoked credentials valid again, so nothing was signed or changed".to_owned(),
        "请在“签发”或“备份与维护”页面核对吊销名单：给出最后一次导出的名单文件，或写明有过哪些撤销和暂停。",
        "settle the list on the page of issuing or of upkeep: give the file of the list as last exported, or state what was revoked or suspended",
    )
}

fn nothing_unknown() -> Failure {
    Failure::input(
        "RESTORE-NONE",
        Text::fixed(
            "没有需要确认的：数据库知道自己签发过什么。",
            "there is nothing to confirm: the database knows what it issued",
        ),
        Text::fixed("可以照常签发和撤销。", "issue and revoke as usual"),
    )
}

fn number_not_seen() -> Failure {
    Failure::input(
        "NUMBER-RESTORED",
        Text::fixed(
            "数据库是从备份恢复的，备份之后给出的编号不在里面，这个编号可能已经用过，没有签发。",
            "the database was restored from a backup and does not know the numbers given after it; this one may be taken, so nothing was issued",
        ),
        Text::fixed(
            "请对照备份之后签发的凭证文件或登记簿，从没有用过的编号开始，并确认已经核对。",
            "compare with the files or records of what was issued after the backup, begin with a number that is free, and confirm that you have looked",
        ),
    )
}
