//! What became of held credentials while nobody looked: newer status lists say that an issuer revoked, suspended or ended
//! one, or put it into force again. A firm is told until somebody has seen it, as an incubator is of verdicts that moved.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use zizhi_model::civil;
use zizhi_store::{Database, Entry, Reader, Role, Writer};
use zizhi_verify::Library;

use crate::Host;
use crate::failure::Failure;
use crate::firm::Firm;
use crate::hold_credentials::{self, Held};
use crate::hold_standing::Standing;
use crate::rejudge::PROGRAM;

/// The setting that holds how credentials stood, by id; one that is not there was in force.
const SETTING: &str = "held_standings";

/// How an issuer's lists have a credential. That its days run out is no news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    InForce,
    Suspended,
    Revoked,
    Ended,
}

impl State {
    /// Nothing where nobody can tell: what was known before stays.
    fn of(standing: Standing) -> Option<Self> {
        match standing {
            Standing::Valid | Standing::Expiring | Standing::Expired => Some(Self::InForce),
            Standing::Suspended => Some(Self::Suspended),
            Standing::Revoked => Some(Self::Revoked),
            Standing::Ended => Some(Self::Ended),
            Standing::Unknown => None,
        }
    }

    fn standing(self) -> Standing {
        match self {
            Self::InForce => Standing::Valid,
            Self::Suspended => Standing::Suspended,
            Self::Revoked => Standing::Revoked,
            Self::Ended => Standing::Ended,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Noted {
    state: State,
    /// From what, and when that was noticed; nothing once somebody has seen it.
    moved: Option<(State, String)>,
}

/// A credential that stands otherwise than before, and nobody has seen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// How it stood before.
    pub from: Standing,
    /// When it was noticed.
    pub at: DateTime<Utc>,
}

/// Looks at everything that is held and notes what moved; how many did. Of an incubator's database nothing is held.
pub(crate) fn note(database: &Database, library: &Library, host: &dyn Host) -> Result<usize, Failure> {
    let role = database.reader()?.profile()?.map(|owner| owner.role);
    if role != Some(Role::Firm) {
        return Ok(0);
    }
    let held = hold_credentials::all(&Firm { database, library, host })?;
    // Every opening asks this, and mostly nothing moved.
    if changes(&held, &noted(&database.reader()?)?).is_empty() {
        return Ok(0);
    }
    let writer = database.writer()?;
    let mut notes = noted(&writer)?;
    let at = civil::rfc3339(host.now());
    let changes = changes(&held, &notes);
    let moved: Vec<&str> = changes.iter().map(|(id, ..)| *id).collect();
    if moved.is_empty() {
        return Ok(0);
    }
    for (id, before, state) in changes {
        notes.insert(id.to_owned(), Noted { state, moved: Some((before, at.clone())) });
    }
    notes.retain(|id, _| held.iter().any(|held| held.row.id == *id));
    writer.put_setting(SETTING, &json!(notes))?;
    writer.commit(&Entry::new(host.now(), PROGRAM, "hold.moved").with(json!({ "credentials": moved })))?;
    Ok(moved.len())
}

/// The credentials that stand otherwise than was noted: how they did, and how they do.
fn changes<'h>(held: &'h [Held], notes: &BTreeMap<String, Noted>) -> Vec<(&'h str, State, State)> {
    let changed = held.iter().filter_map(|Held { row, looked, .. }| {
        let now = State::of(looked.standing)?;
        let before = notes.get(&row.id).map_or(State::InForce, |noted| noted.state);
        (now != before).then_some((row.id.as_str(), before, now))
    });
    changed.collect()
}

/// Remembers with what the caller commits how credentials stand that come now: that is no news.
pub(crate) fn begin(writer: &Writer<'_>, came: &[Held]) -> Result<(), Failure> {
    let states = came.iter().filter_map(|held| Some((&held.row.id, State::of(held.looked.standing)?)));
    let unlike: Vec<_> = states.filter(|(_, state)| *state != State::InForce).collect();
    if unlike.is_empty() {
        return Ok(());
    }
    let mut notes = noted(writer)?;
    notes.extend(unlike.into_iter().map(|(id, state)| (id.clone(), Noted { state, moved: None })));
    Ok(writer.put_setting(SETTING, &json!(notes))?)
}

/// What moved and nobody has seen, by the id of the credential.
///
/// # Errors
/// As every read of the database.
pub fn unseen(reader: &Reader<'_>) -> Result<BTreeMap<String, Moved>, Failure> {
    let moved = noted(reader)?.into_iter().filter_map(|(id, noted)| {
        let (from, at) = noted.moved?;
        Some((id, Moved { from: from.standing(), at: civil::parse_time(&at).ok()? }))
    });
    Ok(moved.collect())
}

/// Somebody has seen what became of a credential.
///
/// # Errors
/// As every write to the database.
pub fn seen(firm: &Firm<'_>, id: &str) -> Result<(), Failure> {
    let entry = firm.entry("hold.seen")?.about("credential", id);
    let writer = firm.database.writer()?;
    let mut notes = noted(&writer)?;
    let told = notes.get_mut(id).is_some_and(|noted| noted.moved.take().is_some());
    if !told {
        return Ok(());
    }
    writer.put_setting(SETTING, &json!(notes))?;
    writer.commit(&entry)?;
    Ok(())
}

fn noted(reader: &Reader<'_>) -> Result<BTreeMap<String, Noted>, Failure> {
    let kept = reader.setting(SETTING)?;
    // What cannot be read is made anew by the next look.
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}
