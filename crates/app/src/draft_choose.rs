//! Chooses which held credentials a dossier shows, and which of their claims: at first no more than the
//! destination asks for.

use zizhi_credential::Path;
use zizhi_credential::present::choices;
use zizhi_model::{Limits, Text, Uscc};
use zizhi_rules::pack::{Checklist, RulePack};
use zizhi_store::Writer;

use crate::claim_lines::{ClaimLine, claim_lines};
use crate::draft::least;
use crate::draft_body::{Chosen, KIND, Kept, change};
use crate::failure::{Failure, told};
use crate::firm::Firm;
use crate::hold_credentials::{self, Held};
use crate::plan_beyond::{forget, note, split};
use crate::plan_pack::{Rules, checklist, rule_pack};

/// Ties a branch or subsidiary to the firm; without it nobody can see that its licence is the firm's.
const PARENT: &str = "parent_uscc";

/// A credential to choose, or to change.
#[derive(Debug, Clone)]
pub struct Choosing<'a> {
    /// The draft.
    pub draft: &'a str,
    /// The held credential.
    pub credential: &'a str,
    /// The claims to show, by path; nothing for the least.
    pub disclose: Option<Vec<String>>,
    /// The items that it answers; empty for any.
    pub answers: Vec<String>,
    /// What the destination asked for and it was added for, by [`crate::plan_beyond::Demand::id`].
    pub demands: Vec<String>,
}

/// A claim that could be shown.
#[derive(Debug, Clone)]
pub struct Showable {
    /// The claim.
    pub line: ClaimLine,
    /// Whether it can be left out.
    pub selectable: bool,
    /// Whether it will be shown.
    pub shown: bool,
    /// Whether the checklist asks for it.
    pub needed: bool,
}

/// Adds a credential, or changes what is shown of it.
///
/// # Errors
/// `HOLD-ABSENT`, `PRESENT-CLAIM`, `DRAFT-ITEM`, `DRAFT-SIGNED`, `DRAFT-ABSENT`; `RULE-MISSING` where the
/// least is asked for and the destination's rules are not at hand.
pub fn choose(firm: &Firm<'_>, choosing: &Choosing<'_>) -> Result<(), Failure> {
    let held = hold_credentials::one(firm, choosing.credential)?;
    let owner = firm.owner()?;
    change(firm, choosing.draft, "draft.chosen", KIND, |writer, kept| {
        check_items(firm, kept, &choosing.answers)?;
        let answers = offered(firm, writer, kept, choosing)?;
        let disclose = match &choosing.disclose {
            Some(paths) => known(&held, paths)?,
            None => {
                let pack = rule_pack(firm.library, &kept.destination, &kept.body.pack_id)
                    .map_err(choose_yourself)?;
                let list = checklist(&pack, &kept.body.checklist_id).map_err(choose_yourself)?;
                least_of(&held, &pack, list, &answers, owner.uscc)
            }
        };
        let chosen = Chosen { id: held.row.id.clone(), disclose, answers };
        match kept.body.credentials.iter_mut().find(|known| known.id == chosen.id) {
            Some(known) => *known = chosen,
            None => kept.body.credentials.push(chosen),
        }
        Ok(())
    })
}

/// Takes a credential out.
///
/// # Errors
/// `DRAFT-SIGNED`, `DRAFT-ABSENT`; as every write to the database.
pub fn drop(firm: &Firm<'_>, draft: &str, credential: &str) -> Result<(), Failure> {
    change(firm, draft, "draft.dropped", KIND, |_, kept| {
        kept.body.credentials.retain(|chosen| chosen.id != credential);
        forget(&mut kept.body, credential);
        Ok(())
    })
}

/// The items that a credential is offered for: those that were named, those of what it was added for, and what it
/// was added for before beyond the checklist.
fn offered(
    firm: &Firm<'_>,
    writer: &Writer<'_>,
    kept: &mut Kept,
    choosing: &Choosing<'_>,
) -> Result<Vec<String>, Failure> {
    let before = kept.body.credentials.iter().find(|known| known.id == choosing.credential);
    let before = before.map(|known| known.answers.clone());
    let rules = Rules::of(firm.library, kept, firm.today());
    let list = rules.checklist(&kept.body.checklist_id).map(|(_, list)| list);
    let (_, beyond) = split(before.as_deref().unwrap_or_default(), list);
    let said = [choosing.answers.as_slice(), &beyond].concat();
    note(writer, kept, choosing.credential, &choosing.demands, &said, before.as_deref())
}

/// Every claim of a chosen credential.
#[must_use]
pub fn showable(
    held: &Held,
    chosen: &Chosen,
    rules: Option<(&RulePack, &Checklist)>,
    uscc: Uscc,
) -> Vec<Showable> {
    let needed =
        rules.map(|(pack, list)| least_of(held, pack, list, &chosen.answers, uscc)).unwrap_or_default();
    let selectable: Vec<String> = paths(held);
    let leads = |from: &[String], path: &str| {
        let Ok(path) = Path::parse(path) else { return false };
        // A claim is shown with all that stands in it, and with whatever it stands in.
        from.iter().filter_map(|it| Path::parse(it).ok()).any(|it| it.leads_to(&path) || path.leads_to(&it))
    };
    let lines = claim_lines(&held.looked.payload, held.looked.metadata.as_ref());
    let each = lines.into_iter().map(|line| {
        let own = selectable.contains(&line.path);
        Showable {
            shown: !own || leads(&chosen.disclose, &line.path),
            needed: own && leads(&needed, &line.path),
            selectable: own,
            line,
        }
    });
    each.collect()
}

/// The least that a credential has to show for some items: what they ask for, and of a paper of a branch
/// what ties it to the firm.
pub(crate) fn least_of(
    held: &Held,
    pack: &RulePack,
    list: &Checklist,
    answers: &[String],
    uscc: Uscc,
) -> Vec<String> {
    let vct = held.looked.text("vct").unwrap_or_default();
    let mut paths = least(pack, list, &held.issued, vct, &held.row.credential_type, answers);
    let ties = held.row.subject_uscc != uscc && self::paths(held).iter().any(|path| path == PARENT);
    if ties && paths.iter().all(|path| path != PARENT) {
        paths.push(PARENT.to_owned());
    }
    paths
}

/// The claims that can be left out.
fn paths(held: &Held) -> Vec<String> {
    let choices = choices(&held.issued, &Limits::default()).unwrap_or_default();
    choices.iter().map(ToString::to_string).collect()
}

/// The paths, each once, if the credential has all of them to choose.
fn known(held: &Held, wanted: &[String]) -> Result<Vec<String>, Failure> {
    let available = paths(held);
    let mut known: Vec<String> = Vec::new();
    for path in wanted {
        if !available.contains(path) {
            return Err(no_claim(held, path));
        }
        if !known.contains(path) {
            known.push(path.clone());
        }
    }
    Ok(known)
}

/// Refuses items that the checklist does not have, if it is at hand.
pub(crate) fn check_items(firm: &Firm<'_>, kept: &Kept, items: &[String]) -> Result<(), Failure> {
    let Ok(pack) = rule_pack(firm.library, &kept.destination, &kept.body.pack_id) else { return Ok(()) };
    let Ok(list) = checklist(&pack, &kept.body.checklist_id) else { return Ok(()) };
    let stranger = items.iter().find(|id| list.items.iter().all(|item| item.item_id != **id));
    stranger.map_or(Ok(()), |id| Err(no_item(id)))
}

fn choose_yourself(failure: Failure) -> Failure {
    Failure {
        advice: Text::fixed(
            "请导入接收方所在省最新的信任数据，或逐项选择要出示的字段。",
            "import the newest trust data of the destination's province, or choose the claims one by one",
        ),
        ..failure
    }
}

fn no_claim(held: &Held, path: &str) -> Failure {
    let label = held.label();
    Failure::input(
        "PRESENT-CLAIM",
        told(
            format!("“{}”中没有可选的字段 {path}，没有改动。", label.zh),
            format!("{} has no claim {path} to choose; nothing was changed", label.en()),
        ),
        Text::fixed(
            "请重新打开这份凭证，从列表中选择。",
            "open the credential again and choose from the list",
        ),
    )
}

fn no_item(id: &str) -> Failure {
    Failure::refused(
        "DRAFT-ITEM",
        format!("接收方的清单中没有事项 {id}，没有改动。"),
        format!("the destination's checklist has no item {id}; nothing was changed"),
        "清单可能已更新，请重新打开草稿。",
        "the checklist may have changed; open the draft again",
    )
}
