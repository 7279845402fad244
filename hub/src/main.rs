//! `zizhi-hub`: serve, publish, invite, organisation, card, key, peer, backup, restore, raise-epoch.
//!
//! Data goes to standard output, talk to standard error. Exit codes: 0 done, 2 refused, 70 a fault of the program itself.

#![forbid(unsafe_code)]

#[path = "main/keys.rs"]
mod keys;
#[path = "main/organisations.rs"]
mod organisations;
#[path = "main/peers.rs"]
mod peers;
#[path = "main/place.rs"]
mod place;
#[path = "main/serving.rs"]
mod serving;
#[path = "main/settings.rs"]
mod settings;

use std::borrow::Cow;
use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tokio::runtime::Runtime;
use zizhi_crypto::{Random as _, SystemRandom};
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::data::Data;
use zizhi_hub::failure::{Failure, told};
use zizhi_hub::{backup, public, told as words};
use zizhi_model::{OrgId, Uscc};
use zizhi_sync::invitation::{Invitation, Inviter, Role};
use zizhi_sync::{Id, object};
use zizhi_terminal::{Lang, Program, Telling, Voice, usage};

type Result<T> = std::result::Result<T, Failure>;

/// How this program talks.
static PROGRAM: Program = Program { name: "zizhi-hub", words: words::words, pasteable: as_it_is };

/// Advice names no folder of a command line.
fn as_it_is(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// 枢纽：转交加密的消息，发布信任数据，记创新券的账 / the hub of a province: sealed mail, trust data, the ledger of vouchers
#[derive(Debug, Parser)]
#[command(name = "zizhi-hub", version, max_term_width = 100)]
struct Arguments {
    /// 提示的语言 / language of the talk
    #[arg(long, global = true, env = "ZIZHI_LANG", default_value = "zh")]
    lang: Lang,
    /// 枢纽的文件夹：私钥、数据库、大消息和发布的信任数据 / the folder with the hub's key, its database, large messages and the published tree
    #[arg(long, global = true, env = "ZIZHI_HUB_DATA", default_value = "hub-data")]
    data: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 运行枢纽，直到要求停止 / answer requests until told to stop
    Serve(serving::Serve),
    /// 用一个文件夹替换已发布的信任数据 / replace the published tree by the one in a folder
    Publish {
        /// 含有 metadata、targets、status 的文件夹 / a folder with `metadata`, `targets` and `status`
        folder: PathBuf,
    },
    /// 输出给一个单位的邀请函 / print an invitation for an organisation
    Invite(Invite),
    /// 已加入的单位和它们的设备 / the organisations that joined, and their devices
    Organisation {
        #[command(flatten)]
        database: Database,
        #[command(subcommand)]
        verb: organisations::Organisations,
    },
    /// 输出本枢纽的名片，交给其他枢纽的运维人员 / print the card of this hub, for the operators of others
    Card(Database),
    /// 本枢纽的密钥和更换 / the key that this hub signs with, and the change to another
    Key {
        #[command(flatten)]
        database: Database,
        #[command(subcommand)]
        verb: keys::Keys,
    },
    /// 互通消息的其他枢纽 / other hubs that mail is exchanged with
    Peer {
        #[command(flatten)]
        database: Database,
        #[command(subcommand)]
        verb: peers::Peers,
    },
    /// 不停机，把自带数据库的枢纽复制到新文件夹；其中有私钥 / copy a hub with a database of its own, while it serves, into a new folder; the copy holds the hub's key
    Backup {
        /// 备份的文件夹 / the folder of the copy
        to: PathBuf,
    },
    /// 用备份在 --data 的新文件夹建立枢纽，并提高纪元号 / make a hub of a copy, in the new folder of `--data`, and raise its epoch
    Restore {
        /// 备份的文件夹 / the folder of the copy
        copied: PathBuf,
    },
    /// 恢复 PostgreSQL 数据库之后：告知各桌面端，备份以后的已丢失 / tell every desktop that the hub lost what came after a backup; after a PostgreSQL database was restored
    RaiseEpoch(Database),
}

#[derive(Debug, clap::Args)]
struct Database {
    /// 用 PostgreSQL 代替文件夹里的数据库 / PostgreSQL instead of the database in the folder
    #[arg(long, global = true, env = "ZIZHI_HUB_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Invite {
    /// 统一社会信用代码 / the organisation's unified social credit code
    #[arg(long, value_name = "USCC", value_parser = organisation)]
    org: OrgId,
    /// 名称 / its name
    #[arg(long)]
    name: String,
    /// 角色 / what it is to be
    #[arg(long)]
    role: RoleName,
    /// 有效天数 / days for which the invitation is open
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(i64).range(1..=30))]
    days: i64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum RoleName {
    /// 企业 / a firm
    Firm,
    /// 孵化器 / an incubator
    Incubator,
    /// 发券单位 / a fund
    VoucherFund,
    /// 服务机构 / a provider
    ServiceProvider,
}

/// The organisation that a code on the command line names.
fn organisation(text: &str) -> std::result::Result<OrgId, String> {
    Uscc::parse(text).map(OrgId::from).map_err(|error| {
        usage::either(
            "不是统一社会信用代码（18位，末位为校验码）",
            &format!("not a unified social credit code: {error}"),
        )
    })
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::tell(&error, &PROGRAM),
    };
    let voice = Voice::new(&PROGRAM, arguments.lang);
    let code = match run(arguments, voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => voice.failure(Telling {
            code: failure.code,
            fault: failure.fault,
            fact: &failure.fact,
            advice: &failure.advice,
            source: failure.source(),
        }),
    };
    voice.lost().unwrap_or(code)
}

fn run(arguments: Arguments, voice: Voice) -> Result<()> {
    let folder = arguments.data.as_path();
    let runtime = || Runtime::new().map_err(Failure::internal);
    match arguments.verb {
        Verb::Serve(serve) => {
            tracing_subscriber::fmt()
                .json()
                .with_writer(std::io::stderr)
                .with_env_filter(
                    tracing_subscriber::EnvFilter::try_from_env("ZIZHI_HUB_LOG")
                        .unwrap_or_else(|_| "info".into()),
                )
                .init();
            runtime()?.block_on(serving::answer(folder, serve))
        }
        Verb::Publish { folder: tree } => publish(&tree, folder, voice),
        Verb::Invite(invite) => print_invitation(folder, &invite, voice),
        Verb::Backup { to } => {
            place::in_the_folder(&Data::mark(folder))?;
            let blobs = backup::backup(folder, &to)?;
            let to = to.display();
            say(
                voice,
                format!("已备份，其中大消息 {blobs} 条；{to} 里有枢纽私钥，请像保管枢纽一样保管"),
                format!("copied, with {blobs} large messages; keep {to} as safe as the hub"),
            );
            Ok(())
        }
        Verb::Restore { copied } => {
            let epoch = runtime()?.block_on(backup::restore(&copied, folder))?;
            say(
                voice,
                format!("已恢复，纪元号 {epoch}；请重新发布信任数据，再启动"),
                format!("restored, epoch {epoch}; publish the trust data again, then serve"),
            );
            Ok(())
        }
        Verb::Card(database) => runtime()?.block_on(async {
            let data = Data::find(folder)?;
            let store = place::store(&data, database.database_url.as_deref()).await?;
            peers::print_card(&data, store.as_ref(), voice).await
        }),
        Verb::Organisation { database, verb } => runtime()?.block_on(async {
            let data = Data::find(folder)?;
            let store = place::store(&data, database.database_url.as_deref()).await?;
            organisations::run(&data, store.as_ref(), &verb, voice).await
        }),
        Verb::Key { database, verb } => runtime()?.block_on(async {
            let data = Data::find(folder)?;
            keys::run(&data, database.database_url.as_deref(), &verb, voice).await
        }),
        Verb::Peer { database, verb } => runtime()?.block_on(async {
            let data = Data::find(folder)?;
            let store = place::store(&data, database.database_url.as_deref()).await?;
            peers::run(&data, store.as_ref(), verb, voice).await
        }),
        Verb::RaiseEpoch(database) => {
            runtime()?.block_on(raise_epoch(folder, database.database_url.as_deref(), voice))
        }
    }
}

/// Tells how something went, in the language of the voice.
fn say(voice: Voice, zh: String, en: String) {
    voice.talk(voice.lang.of(&told(zh, en)));
}

fn publish(tree: &Path, folder: &Path, voice: Voice) -> Result<()> {
    Data::is_hub(folder)?;
    std::fs::read_dir(tree).map_err(|error| Failure::unreadable(tree, error))?;
    let files =
        public::publish(tree, &folder.join("public")).map_err(|error| words::published(tree, error))?;
    say(voice, format!("已发布 {files} 个文件"), format!("{files} files published"));
    Ok(())
}

async fn raise_epoch(folder: &Path, url: Option<&str>, voice: Voice) -> Result<()> {
    let epoch = place::store(&Data::find(folder)?, url).await?.raise_epoch().await?;
    say(
        voice,
        format!("纪元号 {epoch}；正在运行的各份从现在起如实告知"),
        format!("epoch {epoch}; copies that are running tell it from now on"),
    );
    Ok(())
}

fn print_invitation(folder: &Path, invite: &Invite, voice: Voice) -> Result<()> {
    let data = Data::find(folder)?;
    let role = match invite.role {
        RoleName::Firm => Role::Firm,
        RoleName::Incubator => Role::Incubator,
        RoleName::VoucherFund => Role::VoucherFund,
        RoleName::ServiceProvider => Role::ServiceProvider,
    };
    let invitation = invitation(&data, invite.org, &invite.name, role, invite.days);
    voice.data(&object::sign(&data.key, &invitation).map_err(unfit_name)?);
    Ok(())
}

/// A name that an invitation cannot have.
fn unfit_name(error: object::ObjectError) -> Failure {
    Failure::fixed(
        "INVITE-NAME",
        (
            "名称为空、过长或含有不可见字符，没有制作邀请函。",
            "the name is empty, too long, or has characters that cannot be seen; no invitation was made",
        ),
        (
            "请按营业执照写 --name，重新键入，不要从别的文件粘贴。",
            "give --name as the business licence has it, typed anew in place of pasting it",
        ),
    )
    .because(error)
}

/// An invitation by this hub for so many days.
fn invitation(data: &Data, sub: OrgId, name: &str, role: Role, days: i64) -> Invitation {
    let mut random = [0; 10];
    SystemRandom.fill(&mut random);
    let now = SystemClock.seconds();
    Invitation {
        jti: Id::new(SystemClock.milliseconds(), random),
        iss: Inviter::Hub(data.id.clone()),
        sub,
        name: name.to_owned(),
        role,
        hub: data.id.clone(),
        iat: now,
        exp: now + days * 24 * 3600,
    }
}
