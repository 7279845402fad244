//! The computers of one organisation: ask, add, accept, list, remove.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;
use zizhi_app::devices::{Changing, Listed, devices};
use zizhi_app::devices_accept::{accept as take_answer, read_answer};
use zizhi_app::devices_add::add as add_device;
use zizhi_app::devices_remove::remove as remove_device;
use zizhi_app::devices_renew::renew as renew_inbox;
use zizhi_app::devices_request::{Requested, read_request, request as write_request};
use zizhi_app::{Failure, SystemHost, hub_status, vault};
use zizhi_model::civil::rfc3339;

use super::Desk;
use crate::commands::shared::{Out, OwnDatabase, words, written};
use crate::lang::Lang;
use crate::say::Voice;

/// 本单位的电脑 / the computers of this organisation
#[derive(Debug, Args)]
pub struct Device {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 新电脑写出申请 / a new computer writes a request
    #[command(after_help = "示例 / Example:
  zizhi sync device request --name 二楼电脑 -o 申请.jwt

本机要有同一单位的数据库。把文件带到清单内的一台电脑，当面核对指纹。
This computer needs a database of the same organisation. Carry the file to a computer of the list, and compare the fingerprint there.

退出码 / Exit codes: 0 已写出 · 2 没有写出")]
    Request(Request),
    /// 清单内的电脑加入新电脑 / a computer of the list adds the new one
    #[command(after_help = "示例 / Example:
  zizhi sync device add 申请.jwt -o 答复.age

答复只有写出申请的电脑能打开。没有收到枢纽应答时，用同一份申请再运行一次即可。
Only the computer that asked can open the answer. If the hub does not answer, run it once more with the same request.

退出码 / Exit codes: 0 已加入 · 2 没有加入")]
    Add(Add),
    /// 新电脑接受答复 / the new computer takes the answer
    #[command(after_help = "示例 / Examples:
  zizhi sync device accept 答复.age
  zizhi sync device accept 答复.age --compared \"7c1a 03de …\"

不给 --compared 时只显示，不保存：先与答复的那台电脑上 zizhi sync device list 显示的指纹核对，再把那台电脑上的指纹写在 --compared 后面。
Without --compared it is shown and nothing is kept: compare first with what zizhi sync device list shows on the computer that answered, and give the fingerprint that you read there.

退出码 / Exit codes: 0 已接受，或已显示 · 2 没有接受")]
    Accept(Accept),
    /// 查看设备清单 / list the computers
    #[command(after_help = "示例 / Example:
  zizhi sync device list --json

清单的第一台收取本单位的消息，其余的不收。
The first of the list takes the organisation's mail in, and the others do not.

退出码 / Exit codes: 0 已显示 · 2 没有加入枢纽或打不开数据库")]
    List(List),
    /// 移出一台电脑，并更换收件密钥 / remove a computer, with a new inbox key
    #[command(after_help = "示例 / Example:
  zizhi sync device remove 3fK…

编号见 zizhi sync device list。没有收到枢纽应答时再运行一次即可。
See the ids with zizhi sync device list. If the hub does not answer, run it once more.

退出码 / Exit codes: 0 已移出 · 2 没有移出")]
    Remove(Remove),
    /// 没有任何电脑有最新的收件密钥时更换它 / make a new inbox key where no computer has the newest one
    #[command(after_help = "示例 / Example:
  zizhi sync device renew

先看有没有别的电脑有新密钥：有的，在本机再申请一次即可。此前加密到丢失的密钥的消息，谁也打不开。没有收到枢纽应答时再运行一次即可。
First see whether another computer has the new key: if so, ask once more from this one instead. What was sealed to the lost key opens nowhere. If the hub does not answer, run it once more.

退出码 / Exit codes: 0 已更换 · 2 没有更换")]
    Renew(Renew),
}

#[derive(Debug, Args)]
struct Renew {
    #[command(flatten)]
    desk: Desk,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Request {
    /// 本机在设备清单中的名称 / what this computer is called in the device list
    #[arg(long, value_name = "NAME", value_parser = words)]
    name: String,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    own: OwnDatabase,
}

#[derive(Debug, Args)]
struct Add {
    /// 申请文件 / the file with the request
    #[arg(value_name = "FILE")]
    request: PathBuf,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    desk: Desk,
}

#[derive(Debug, Args)]
struct Accept {
    /// 答复文件 / the file with the answer
    #[arg(value_name = "ANSWER")]
    answer: PathBuf,
    /// 在答复的电脑上看到的设备指纹 / the fingerprint as the computer that answered shows it
    #[arg(long, value_name = "FINGERPRINT", value_parser = words)]
    compared: Option<String>,
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Remove {
    /// 设备编号 / the id of the device
    #[arg(value_name = "KID", allow_hyphen_values = true)]
    kid: String,
    #[command(flatten)]
    desk: Desk,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Device, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::Request(args) => request(args, voice),
        Verb::Add(args) => add(args, voice),
        Verb::Accept(args) => accept(args, voice),
        Verb::List(args) => list(args, voice),
        Verb::Remove(args) => remove(args, voice),
        Verb::Renew(args) => renew(args, voice),
    }
}

fn request(args: &Request, voice: Voice) -> Result<ExitCode, Failure> {
    let (_, folder) = args.own.folders()?;
    let secret = args.own.passphrase.for_database(voice)?;
    let unlocked = vault::open(&folder, &secret, &SystemHost)?;
    let asked = write_request(&unlocked.database, &args.name, &secret, &args.out.place(), &SystemHost)?;
    show(&asked, voice);
    written(&args.out.out, voice);
    voice.talk(voice.lang.pick(
        "请把文件带到设备清单内的一台电脑，用 zizhi sync device add 加入，并当面核对指纹。",
        "carry the file to a computer of the device list, add it there with zizhi sync device add, and compare the fingerprint",
    ));
    Ok(ExitCode::SUCCESS)
}

fn add(args: &Add, voice: Voice) -> Result<ExitCode, Failure> {
    // Shown before the passphrase is asked for: whoever gives it has compared.
    let asking = read_request(&args.request)?;
    show(&asking, voice);
    let request = (args.request.as_path(), asking.kid.as_str());
    change(&args.desk, voice, |changing, identities| {
        add_device(changing, request, identities, &args.out.place())
    })?;
    written(&args.out.out, voice);
    voice.talk(voice.lang.pick(
        "请把答复带回那台电脑，用 zizhi sync device accept 接受。",
        "carry the answer back to that computer and take it there with zizhi sync device accept",
    ));
    Ok(ExitCode::SUCCESS)
}

/// A request as two people compare it.
fn show(asked: &Requested, voice: Voice) {
    let lang = voice.lang;
    voice.data(&format!("{}{}", lang.pick("设备名称：", "device: "), asked.name));
    voice.data(&format!("{}{}", lang.pick("设备指纹：", "fingerprint: "), asked.fingerprint));
}

fn accept(args: &Accept, voice: Voice) -> Result<ExitCode, Failure> {
    let (_, folder) = args.own.folders()?;
    let secret = args.own.passphrase.for_database(voice)?;
    let unlocked = vault::open(&folder, &secret, &SystemHost)?;
    let identities = unlocked.inbox.identities();
    let (database, answer) = (&unlocked.database, args.answer.as_path());
    let taken = match &args.compared {
        Some(compared) => take_answer(database, (answer, compared), identities, &secret, &SystemHost)?,
        None => read_answer(database, answer, identities, &SystemHost)?,
    };
    let accepted = args.compared.is_some();
    if args.json {
        let said = json!({
            "accepted": accepted, "hub": taken.hub, "hub_key": taken.hub_key, "by": taken.by,
            "by_fingerprint": taken.by_fingerprint, "mail": taken.mail,
        });
        voice.data(&said.to_string());
        return Ok(ExitCode::SUCCESS);
    }
    let lang = voice.lang;
    let line = |zh: &'static str, en: &'static str, value: &str| {
        voice.data(&format!("{}{value}", lang.pick(zh, en)));
    };
    if accepted {
        line("已加入枢纽 ", "joined the hub ", &taken.hub);
    } else {
        line("枢纽：", "hub: ", &taken.hub);
    }
    line("枢纽公钥指纹：", "key of the hub: ", &taken.hub_key);
    line("答复的设备：", "answered by: ", &taken.by);
    line("它的指纹：", "its fingerprint: ", &taken.by_fingerprint);
    line("收取消息的电脑：", "mail goes to: ", &taken.mail);
    if !accepted {
        voice.talk(lang.pick(
            "还没有保存任何内容。请与答复的那台电脑上 zizhi sync status 和 zizhi sync device list 显示的两个指纹核对；一致的，加上 --compared 和那台电脑的设备指纹再运行一次；不一致的，不要使用这份答复。",
            "nothing was kept yet: compare both fingerprints with what zizhi sync status and zizhi sync device list show on the computer that answered; if they agree, run it once more with --compared and that computer's fingerprint; if they differ, do not use this answer",
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn list(args: &List, voice: Voice) -> Result<ExitCode, Failure> {
    let (_, folder) = args.own.folders()?;
    let unlocked = vault::look(&folder, &args.own.passphrase.for_database(voice)?)?;
    let found = devices(&unlocked.database)?;
    if args.json {
        let listed: Vec<_> = found.listed.iter().map(one).collect();
        let asked = found.asked.as_ref().map(
            |asked| json!({ "name": asked.name, "at": rfc3339(asked.at), "fingerprint": asked.fingerprint }),
        );
        let said = json!({
            "devices": listed, "asked": asked, "inbox_missing": found.inbox_missing,
            "ledgers": found.ledgers,
        });
        voice.data(&said.to_string());
        return Ok(ExitCode::SUCCESS);
    }
    let lang = voice.lang;
    if let Some(asked) = &found.asked {
        let said = format!("{} {}", asked.name, asked.fingerprint);
        voice.data(&format!("{}{said}", lang.pick("已申请，等待答复：", "asked, not answered yet: ")));
    } else if found.listed.is_empty() {
        return Err(hub_status::none());
    }
    found.listed.iter().for_each(|device| tell(device, voice));
    if found.inbox_missing {
        voice.advise(lang.pick(
            "收件密钥已由另一台电脑更换，本机打不开新消息：请在本机再申请一次；没有任何电脑有新密钥的，用 zizhi sync device renew 更换。",
            "another computer made a new inbox key, and new messages do not open here: ask once more from this computer, or, if no computer has the key, make a new one with zizhi sync device renew",
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn one(device: &Listed) -> serde_json::Value {
    json!({
        "kid": device.kid, "name": device.name, "added": rfc3339(device.added),
        "fingerprint": device.fingerprint, "own": device.own, "mail": device.mail,
    })
}

fn tell(device: &Listed, voice: Voice) {
    let lang = voice.lang;
    let mut marks = Vec::new();
    if device.own {
        marks.push(lang.pick("本机", "this computer"));
    }
    if device.mail {
        marks.push(lang.pick("收取消息", "takes the mail in"));
    }
    let marks = marks.join(lang.pick("，", ", "));
    voice.data(&format!("{}  {}  {}  {marks}", device.kid, device.name, rfc3339(device.added)));
    voice.data(&format!("    {}", device.fingerprint));
}

/// Opens the desk's database to change the device list; the work gets the inbox identities as well.
fn change<T>(
    desk: &Desk,
    voice: Voice,
    work: impl FnOnce(&Changing<'_>, &[String]) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (_, folder) = desk.own.folders()?;
    let secret = desk.own.passphrase.for_database(voice)?;
    let unlocked = vault::open(&folder, &secret, &SystemHost)?;
    let ca = desk.certificates()?;
    let changing =
        Changing { database: &unlocked.database, passphrase: &secret, ca: ca.as_deref(), host: &SystemHost };
    work(&changing, unlocked.inbox.identities())
}

fn remove(args: &Remove, voice: Voice) -> Result<ExitCode, Failure> {
    let removed = change(&args.desk, voice, |changing, _| remove_device(changing, &args.kid))?;
    if args.json {
        let said = json!({
            "removed": removed.name, "to_ask_again": removed.to_ask_again, "ledgers": removed.ledgers,
        });
        voice.data(&said.to_string());
        return Ok(ExitCode::SUCCESS);
    }
    voice.data(&match voice.lang {
        Lang::Zh => format!("已移出 {}，并更换了收件密钥", removed.name),
        Lang::En => format!("removed {}, with a new inbox key", removed.name),
    });
    voice.talk(voice.lang.pick(
        "它不能再与枢纽往来，也打不开此后发来的消息；它仍有自己的数据库，并能打开以前加密给本单位的消息和文件（没有前向保密）。",
        "it can no longer ask the hub, nor open messages from now on; it still has its own database, and opens what was sealed to this organisation before (there is no forward secrecy)",
    ));
    register(voice);
    for ledger in &removed.ledgers {
        voice.talk(&match voice.lang {
            Lang::Zh => format!("枢纽 {ledger} 的账本几分钟内会从本单位的枢纽得知；两个枢纽没有互通消息的，请现在告诉那里的运维人员：在他们移出之前，它在那里仍能核销。"),
            Lang::En => format!("the ledger of the hub {ledger} hears of it from your hub within minutes; where the two exchange no mail, tell its operator now: until the operator removes that computer, it can redeem there"),
        });
    }
    to_ask_again(&removed.to_ask_again, voice);
    Ok(ExitCode::SUCCESS)
}

/// Whoever seals by the register seals to the key of before.
fn register(voice: Voice) {
    voice.talk(voice.lang.pick(
        "名录登记了本单位收件密钥的，请在窗口中导出本单位公钥，报给名录管理方：其中只有新的收件密钥。在对方用上更新后的名录之前，按旧名录加密的文件，有旧密钥的电脑仍能打开。",
        "if the trust register lists this organisation's inbox key, export its public keys in the window and hand them in: they have the new inbox key alone; until others use the register that has it, a computer with the old key opens what they seal",
    ));
}

fn to_ask_again(names: &[String], voice: Voice) {
    for name in names {
        voice.talk(&match voice.lang {
            Lang::Zh => format!("请在 {name} 上再申请一次，取得新的收件密钥。"),
            Lang::En => format!("ask once more from {name}, so that it gets the new inbox key"),
        });
    }
}

fn renew(args: &Renew, voice: Voice) -> Result<ExitCode, Failure> {
    let renewed = change(&args.desk, voice, |changing, _| renew_inbox(changing))?;
    if args.json {
        voice.data(&json!({ "to_ask_again": renewed.to_ask_again }).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    voice.data(voice.lang.pick("已更换收件密钥", "the inbox key is a new one"));
    register(voice);
    to_ask_again(&renewed.to_ask_again, voice);
    Ok(ExitCode::SUCCESS)
}
