//! The same on a draft that the local database keeps, so that the window shows it.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use zizhi_app::add_to_dossier::is_credential;
use zizhi_app::draft_attach::{Answering, attach_as};
use zizhi_app::draft_choose::{self, Choosing};
use zizhi_app::draft_sign::{self, Signing};
use zizhi_app::firm::Firm;
use zizhi_app::hold_credentials::Held;
use zizhi_app::hold_import::held_from;
use zizhi_app::plan_beyond::Demand;
use zizhi_app::plan_readiness::PlanItem;
use zizhi_app::{
    Failure, Text, draft_body, draft_check, draft_page, draft_save, hex_groups, hold_credentials,
};

use super::add::{Add, named_here, no_choice, no_kind, shows};
use super::finish::{self, Check, Seal, Sign};
use super::prepare::Facts;
use crate::commands::own_desk::OwnDesk;
use crate::commands::shared::{self, OwnDatabase, written};
use crate::lang::Lang;
use crate::render::report;
use crate::render::style::safe;
use crate::say::Voice;

/// The id of a draft of the database, unless a folder or file has that name.
pub fn id(named: &Path) -> Option<&str> {
    named.to_str().filter(|_| !named.exists()).and_then(draft_body::draft_id)
}

/// Adds a credential or a document.
pub fn add(args: &Add, draft: &str, voice: Voice) -> Result<ExitCode, Failure> {
    let desk = OwnDesk::beside(&args.trust, &args.passphrase, voice)?;
    let firm = desk.firm();
    if is_credential(&args.file)? {
        choose(args, &firm, draft, voice)
    } else {
        attach(args, &firm, draft, voice)
    }
}

/// Chooses a credential; one that is not held yet is taken in first.
fn choose(args: &Add, firm: &Firm<'_>, draft: &str, voice: Voice) -> Result<ExitCode, Failure> {
    if !args.disclose_all && !args.minimum && args.disclose.is_empty() {
        return Err(no_choice());
    }
    let held = held_from(firm, &args.file)?;
    let id = &held.row.id;
    let disclose = match (args.minimum, args.disclose_all) {
        (true, _) => None,
        (_, true) => Some(hold_credentials::get(firm, id)?.selectable),
        _ => Some(args.disclose.clone()),
    };
    let answers = args.answers.clone();
    let before = draft_body::read(&firm.database.reader()?, draft)?.body.credentials;
    draft_choose::choose(firm, &Choosing { draft, credential: id, disclose, answers, demands: Vec::new() })?;
    let chosen = draft_body::read(&firm.database.reader()?, draft)?.body.credentials;
    let chosen = chosen.into_iter().find(|chosen| chosen.id == *id);
    let paths = chosen.map(|chosen| chosen.disclose).unwrap_or_default();
    voice.data(&format!("{id}  {}  {}", safe(voice.lang.of(&held.label())), shows(&paths, voice.lang)));
    if before.iter().any(|known| known.id == *id) {
        voice.talk(voice.lang.pick(
            "这份凭证原已在草稿里，现按这次说明的披露",
            "the draft had this credential already; it discloses what was said now",
        ));
    }
    for other in before.iter().filter(|known| known.id != *id) {
        let other = hold_credentials::get(firm, &other.id)?.held;
        if is_same(&other, &held) {
            draft_choose::drop(firm, draft, &other.row.id)?;
            voice.talk(&match voice.lang {
                Lang::Zh => format!("草稿里原有编号相同的另一份（{}），已由这一份代替", other.row.id),
                Lang::En => format!("it takes the place of another of the same number ({})", other.row.id),
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether two credentials are the same paper: one type, issuer, holder and number.
fn is_same(one: &Held, other: &Held) -> bool {
    let (one, other) = (&one.row, &other.row);
    one.number.is_some()
        && one.number == other.number
        && (&one.credential_type, &one.issuer_uscc, &one.subject_uscc)
            == (&other.credential_type, &other.issuer_uscc, &other.subject_uscc)
}

/// Says which held credentials a draft begins with, and what each of them shows.
pub fn tell_chosen(firm: &Firm<'_>, draft: &str, voice: Voice) -> Result<(), Failure> {
    let chosen = draft_body::read(&firm.database.reader()?, draft)?.body.credentials;
    if chosen.is_empty() {
        return Ok(());
    }
    let count = chosen.len();
    voice.talk(&match voice.lang {
        Lang::Zh => format!("已从持有的凭证中选入 {count} 份，只披露清单所需；要改，用 zizhi dossier add 再加一次："),
        Lang::En => format!("{count} of the held credentials were put in, each with the least the checklist asks for; to change one, add it once more with zizhi dossier add:"),
    });
    for chosen in chosen {
        let held = hold_credentials::get(firm, &chosen.id)?.held;
        let number = held.row.number.as_deref().map(safe).unwrap_or_default();
        let (label, shows) = (safe(voice.lang.of(&held.label())), shows(&chosen.disclose, voice.lang));
        voice.talk(&format!("  · {label}  {number}  {shows}"));
    }
    Ok(())
}

fn attach(args: &Add, firm: &Firm<'_>, draft: &str, voice: Voice) -> Result<ExitCode, Failure> {
    let kind = args.kind.as_deref().ok_or_else(no_kind)?;
    let answering = Answering { items: &args.answers, demands: &[] };
    attach_as(firm, draft, &args.file, (args.name.as_deref(), kind), answering).map_err(named_here)?;
    let own = args.file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    voice.data(&format!("{}  [{}]", safe(args.name.as_deref().unwrap_or(&own)), safe(kind)));
    Ok(ExitCode::SUCCESS)
}

/// Says what the firm says of itself, as the window's form has it.
pub fn facts(args: &Facts, draft: &str, voice: Voice) -> Result<ExitCode, Failure> {
    if !args.consent.is_empty() {
        return Err(consent_in_the_window());
    }
    let desk = OwnDesk::open(&args.own, voice)?;
    let firm = desk.firm();
    let said = draft_save::state(&firm, draft, &args.facts)?;
    for fact in said {
        voice.data(&format!("{}  {}", safe(&fact.name), safe(&fact.value)));
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what the destination asked for and nothing was added for, and how else the checklist stands: it can be signed
/// without, but by nobody who does not know.
pub fn tell_open(firm: &Firm<'_>, draft: &str, voice: Voice) -> Result<(), Failure> {
    let page = draft_page::page(firm, draft)?;
    let lang = voice.lang;
    let demands: Vec<&Demand> = page.open_demands().collect();
    if !demands.is_empty() {
        let (count, are) = (demands.len(), if demands.len() == 1 { "is" } else { "are" });
        voice.talk(&match lang {
            Lang::Zh => format!("注意：接收方要求补正的材料还有 {count} 项没有补："),
            Lang::En => {
                format!("note: {count} of the things that the destination asked for {are} still open:")
            }
        });
    }
    for demand in &demands {
        let due = demand.due.map(|day| format!("{}{day}", lang.pick("，期限 ", ", due ")));
        voice.talk(&format!("  · {}{}", safe(&demand.text), due.unwrap_or_default()));
    }
    if page.items.is_empty() {
        let why = page.remarks.first().map(|why| safe(lang.of(why))).unwrap_or_default();
        voice.talk(&match lang {
            Lang::Zh => format!("注意：看不到接收方的材料清单，不知道还缺什么。{why}"),
            Lang::En => {
                format!(
                    "note: the destination's checklist is not at hand; what is missing is not known: {why}"
                )
            }
        });
    }
    let (lacking, there): (Vec<&PlanItem>, _) = page.unready().partition(|item| item.state.is_lacking());
    if !lacking.is_empty() {
        let (count, told) = (lacking.len(), items(&lacking, lang));
        voice.talk(&match lang {
            Lang::Zh => format!("注意：还有 {count} 项必需材料未备齐：{told}"),
            Lang::En if count == 1 => format!("note: 1 required item of the checklist is not ready: {told}"),
            Lang::En => format!("note: {count} required items of the checklist are not ready: {told}"),
        });
    }
    if !there.is_empty() {
        let told = items(&there, lang);
        voice.talk(&format!(
            "{}{told}",
            lang.pick("注意：必需材料已有，但须留意：", "note: there, but look at: ")
        ));
    }
    let mut facts: Vec<&str> = lacking.iter().flat_map(|item| &item.to_state).map(String::as_str).collect();
    facts.sort_unstable();
    facts.dedup();
    if !facts.is_empty() {
        let (count, named) = (facts.len(), safe(&facts.join(lang.pick("、", ", "))));
        voice.talk(&match lang {
            Lang::Zh => format!("注意：规则要看的企业自述事实还有 {count} 项没有填：{named}"),
            Lang::En => format!("note: facts that the rules look at and the firm has not stated: {named}"),
        });
        voice.advise(&match lang {
            Lang::Zh => format!(
                "建议：用 zizhi dossier facts {draft} 名称=内容 填写，例如 {}=…",
                facts.first().copied().unwrap_or_default()
            ),
            Lang::En => format!(
                "hint: state them with zizhi dossier facts {draft} KEY=VALUE, such as {}=…",
                facts.first().copied().unwrap_or_default()
            ),
        });
    }
    if !demands.is_empty() || !lacking.is_empty() {
        voice.advise(lang.pick(
            "建议：缺的材料用 zizhi dossier add 加入；补正要求请在窗口中打开这份草稿，在该项要求旁附上或选择",
            "hint: add what is missing with zizhi dossier add; what was asked for, add in the window beside it",
        ));
    }
    Ok(())
}

/// Items of the checklist, each with how it stands.
fn items(items: &[&PlanItem], lang: Lang) -> String {
    let told = items.iter().map(|item| {
        let (title, state) = (safe(lang.of(&item.title)), item.state.name());
        match lang {
            Lang::Zh => format!("{title}（{}）", state.zh),
            Lang::En => format!("{title} ({})", state.en()),
        }
    });
    told.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// 自检
pub fn check(args: &Check, draft: &str, voice: Voice) -> Result<ExitCode, Failure> {
    no_key_file(args.key.key.is_some())?;
    let desk = OwnDesk::beside(&args.trust, &args.key.passphrase, voice)?;
    let firm = desk.firm();
    let checked = draft_check::check(&firm, draft, &desk.secret)?;
    let (found, grounds) = (checked.report, checked.grounds);
    if args.json {
        voice.data(&json!(found).to_string());
    } else {
        voice.data(report::page(&found, &grounds, voice.lang, voice.colour).trim_end());
        finish::own_check(voice);
    }
    tell_open(&firm, draft, voice)?;
    Ok(shared::exit_of(found.verdict))
}

/// Signs it with the key in the database.
pub fn sign(args: &Sign, draft: &str, voice: Voice) -> Result<ExitCode, Failure> {
    no_key_file(args.key.key.is_some())?;
    let own = OwnDatabase { data: args.data.clone(), passphrase: args.key.passphrase.clone() };
    let desk = OwnDesk::open(&own, voice)?;
    let firm = desk.firm();
    tell_open(&firm, draft, voice)?;
    finish::confirm(&draft_check::preview(&firm, draft, &desk.secret)?, args, voice)?;
    let signing = Signing { draft, passphrase: &desk.secret, path: &args.out.out, seal: false };
    let signed = draft_sign::sign(&firm, &signing)?;
    let kept = draft_body::read(&firm.database.reader()?, draft)?;
    let id = kept.sent.last().map(|sent| sent.dossier_id.as_str()).unwrap_or_default();
    if args.json {
        voice
            .data(&json!({ "id": id, "sha256": signed.sha256.base64url(), "size": signed.size }).to_string());
    } else {
        voice.data(&format!("{}  {id}", voice.lang.pick("档案编号", "dossier")));
        voice.data(&format!(
            "{}  {}",
            voice.lang.pick("摘要    ", "sha-256"),
            hex_groups(&signed.sha256.hex())
        ));
    }
    written(&args.out.out, voice);
    Ok(ExitCode::SUCCESS)
}

/// Writes out what was signed, sealed to the destination.
pub fn seal(args: &Seal, draft: &str, voice: Voice) -> Result<ExitCode, Failure> {
    if !args.to.is_empty() || args.registered.is_some() {
        return Err(other_recipient());
    }
    args.out.place().check()?;
    let desk = OwnDesk::beside(&args.trust, &args.passphrase, voice)?;
    let sealed = draft_sign::export(&desk.firm(), draft, &args.out.out, true)?;
    voice.data(&hex_groups(&sealed.sha256.hex()));
    written(&args.out.out, voice);
    Ok(ExitCode::SUCCESS)
}

fn consent_in_the_window() -> Failure {
    Failure::input(
        "USAGE",
        Text::fixed(
            "本地数据库里的草稿，同意书在窗口里填写；草稿没有改动。",
            "of a draft in the local database, consents are filled in in the window; the draft was not changed",
        ),
        Text::fixed(
            "请在窗口里打开草稿，在“基本信息”一步填写同意书。",
            "open the draft in the window and fill in the consent on its first step",
        ),
    )
}

fn no_key_file(named: bool) -> Result<(), Failure> {
    if !named {
        return Ok(());
    }
    Err(Failure::input(
        "USAGE",
        Text::fixed(
            "本地数据库里的草稿只用其中的密钥签署，不能另用 --key；操作没有进行。",
            "a draft of the local database is signed with the key in it and takes no --key; nothing was done",
        ),
        Text::fixed("请去掉 --key 运行。", "run this without --key"),
    ))
}

fn other_recipient() -> Failure {
    Failure::input(
        "USAGE",
        Text::fixed(
            "本地数据库里的档案只加密给它写明的接收方，没有写出。",
            "a dossier of the local database is sealed to its own destination alone; nothing was written",
        ),
        Text::fixed(
            "请去掉 --to 和 --for；要加密给别人，请对 zizhi dossier sign 写出的文件运行。",
            "leave out --to and --for; to seal it to somebody else, run this on the file that zizhi dossier sign wrote",
        ),
    )
}
