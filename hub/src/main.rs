//! `zizhi-hub`: serve, publish, invite, organisation, card, key, peer, backup, restore, raise-epoch.

#![forbid(unsafe_code)]

#[path = "main/keys.rs"]
mod keys;
#[path = "main/organisations.rs"]
mod organisations;
#[path = "main/peers.rs"]
mod peers;
#[path = "main/place.rs"]
mod place;
#[path = "main/settings.rs"]
mod settings;

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use axum_server::Handle;
use clap::{Parser, Subcommand, ValueEnum};
use zizhi_crypto::{Random as _, SystemRandom};
use zizhi_hub::backup;
use zizhi_hub::blobs;
use zizhi_hub::clock::{Clock as _, SystemClock};
use zizhi_hub::data::Data;
use zizhi_hub::line::Line;
use zizhi_hub::public;
use zizhi_hub::run::{serve, stop_on_signal, tls};
use zizhi_hub::serve::{Hub, Parts};
use zizhi_model::{OrgId, Uscc};
use zizhi_sync::invitation::{Invitation, Inviter, Role};
use zizhi_sync::{HubId, Id, object};

/// Connections to PostgreSQL of one copy of the hub.
const CONNECTIONS: usize = 16;

/// The hub of a province: sealed mail, trust data, the ledger of vouchers.
#[derive(Debug, Parser)]
#[command(name = "zizhi-hub", version)]
struct Arguments {
    /// The folder with the hub's key, its database, large messages and the published tree
    #[arg(long, global = true, env = "ZIZHI_HUB_DATA", default_value = "hub-data")]
    data: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Answer requests until told to stop
    Serve(Serve),
    /// Replace the published tree by the one in a folder
    Publish {
        /// A folder with `metadata`, `targets` and `status`
        folder: PathBuf,
    },
    /// Print an invitation for an organisation
    Invite(Invite),
    /// The organisations that joined, and their devices
    Organisation {
        #[command(flatten)]
        database: Database,
        #[command(subcommand)]
        verb: organisations::Organisations,
    },
    /// Print the card of this hub, for the operators of others
    Card(Database),
    /// The key that this hub signs with, and the change to another
    Key {
        #[command(flatten)]
        database: Database,
        #[command(subcommand)]
        verb: keys::Keys,
    },
    /// Other hubs that mail is exchanged with
    Peer {
        #[command(flatten)]
        database: Database,
        #[command(subcommand)]
        verb: peers::Peers,
    },
    /// Copy a hub with a database of its own, while it serves, into a new folder; the copy holds the hub's key
    Backup {
        /// The folder of the copy
        to: PathBuf,
    },
    /// Make a hub of a copy, in the new folder of `--data`, and raise its epoch
    Restore {
        /// The folder of the copy
        copied: PathBuf,
    },
    /// Tell every desktop that the hub lost what came after a backup; after a PostgreSQL database was restored
    RaiseEpoch(Database),
}

#[derive(Debug, clap::Args)]
struct Database {
    /// PostgreSQL instead of the database in the folder
    #[arg(long, env = "ZIZHI_HUB_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Serve {
    /// The hub's id, such as 31-main; needed the first time only
    #[arg(long, env = "ZIZHI_HUB_ID")]
    id: Option<HubId>,
    #[command(flatten)]
    database: Database,
    /// Where large messages are, such as `s3://bucket/prefix`, with the keys in `AWS_…`; the data folder if not given
    #[arg(long, env = "ZIZHI_HUB_BLOBS", value_name = "ADDRESS")]
    blobs: Option<String>,
    /// Where to listen
    #[arg(long, env = "ZIZHI_HUB_LISTEN", default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Scheme, host and port under which desktops reach the hub; that of `--listen` if not given
    #[arg(long, env = "ZIZHI_HUB_ORIGIN")]
    origin: Option<String>,
    /// The TLS certificates, in PEM; without them a proxy has to do TLS
    #[arg(long, env = "ZIZHI_HUB_TLS_CERT", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The key of the first certificate, in PEM
    #[arg(long, env = "ZIZHI_HUB_TLS_KEY", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// The authorities that other hubs' certificates are checked by, in PEM; the public ones if not given
    #[arg(long, env = "ZIZHI_HUB_PEER_CA")]
    peer_ca: Option<PathBuf>,
    #[command(flatten)]
    set: settings::Set,
}

#[derive(Debug, clap::Args)]
struct Invite {
    /// The organisation's unified social credit code
    #[arg(long)]
    org: String,
    /// Its name
    #[arg(long)]
    name: String,
    /// What it is to be
    #[arg(long)]
    role: RoleName,
    /// Days for which the invitation is open
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(i64).range(1..=30))]
    days: i64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum RoleName {
    Firm,
    Incubator,
    VoucherFund,
    ServiceProvider,
}

fn main() -> ExitCode {
    let Err(error) = run(Arguments::parse()) else { return ExitCode::SUCCESS };
    let mut talk = std::io::stderr().lock();
    // Nothing can be done where even this cannot be said.
    let _ = writeln!(talk, "error: {error}");
    for cause in error.chain().skip(1) {
        let _ = writeln!(talk, "cause: {cause}");
    }
    ExitCode::FAILURE
}

fn run(arguments: Arguments) -> Result<()> {
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
            tokio::runtime::Runtime::new()?.block_on(answer(&arguments.data, serve))
        }
        Verb::Publish { folder } => {
            let files = public::publish(&folder, &arguments.data.join("public"))
                .with_context(|| format!("{}: cannot be published", folder.display()))?;
            writeln!(std::io::stderr(), "{files} files published")?;
            Ok(())
        }
        Verb::Invite(invite) => print_invitation(&arguments.data, &invite),
        Verb::Backup { to } => {
            place::in_the_folder(&Data::mark(&arguments.data))?;
            let blobs = backup::backup(&arguments.data, &to)?;
            writeln!(
                std::io::stderr(),
                "copied, with {blobs} large messages; keep {} as safe as the hub",
                to.display()
            )?;
            Ok(())
        }
        Verb::Restore { copied } => {
            let epoch =
                tokio::runtime::Runtime::new()?.block_on(backup::restore(&copied, &arguments.data))?;
            writeln!(std::io::stderr(), "restored, epoch {epoch}; publish the trust data again, then serve")?;
            Ok(())
        }
        Verb::Card(database) => tokio::runtime::Runtime::new()?.block_on(async {
            let data = Data::open(&arguments.data, None)?;
            let store = place::store(&data, database.database_url.as_deref()).await?;
            peers::print_card(&data, store.as_ref()).await
        }),
        Verb::Organisation { database, verb } => tokio::runtime::Runtime::new()?.block_on(async {
            let data = Data::open(&arguments.data, None)?;
            let store = place::store(&data, database.database_url.as_deref()).await?;
            organisations::run(&data, store.as_ref(), &verb).await
        }),
        Verb::Key { database, verb } => tokio::runtime::Runtime::new()?.block_on(async {
            let data = Data::open(&arguments.data, None)?;
            keys::run(&data, database.database_url.as_deref(), &verb).await
        }),
        Verb::Peer { database, verb } => tokio::runtime::Runtime::new()?.block_on(async {
            let data = Data::open(&arguments.data, None)?;
            let store = place::store(&data, database.database_url.as_deref()).await?;
            peers::run(&data, store.as_ref(), verb).await
        }),
        Verb::RaiseEpoch(database) => tokio::runtime::Runtime::new()?
            .block_on(raise_epoch(&arguments.data, database.database_url.as_deref())),
    }
}

async fn answer(folder: &Path, asked: Serve) -> Result<()> {
    let settings = asked.set.settings()?;
    let data = Data::open(folder, asked.id.as_ref())?;
    let store = place::store(&data, asked.database.database_url.as_deref()).await?;
    keys::check(&data, store.as_ref()).await?;
    let secure = match (&asked.tls_cert, &asked.tls_key) {
        (Some(certificate), Some(key)) => Some(tls(certificate, key)?),
        _ => None,
    };
    let listener =
        TcpListener::bind(asked.listen).with_context(|| format!("{}: cannot listen", asked.listen))?;
    let scheme = if secure.is_some() { "https" } else { "http" };
    let origin = asked.origin.unwrap_or_else(|| format!("{scheme}://{}", asked.listen));
    ensure!(
        origin.strip_prefix("http").is_some_and(|rest| rest.contains("://")) && !origin.ends_with('/'),
        "an origin is http(s)://host[:port], without a slash at the end"
    );
    let line = Line::new(asked.peer_ca.as_deref()).context("the file of --peer-ca cannot be used")?;
    let blobs = blobs::open(asked.blobs.as_deref(), &data.blobs(), &data.id)
        .context("the place of large messages cannot be used")?;
    tracing::info!(hub = data.id.as_str(), origin, listen = %asked.listen, "serving");
    let hub = Hub::new(Parts {
        id: data.id.clone(),
        key: Arc::clone(&data.key),
        origin,
        store,
        blobs,
        public: data.public(),
        clock: Arc::new(SystemClock),
        line,
        settings,
    });
    let handle = Handle::new();
    tokio::spawn(stop_on_signal(handle.control()));
    Ok(serve(hub, listener, secure, handle).await?)
}

async fn raise_epoch(folder: &Path, url: Option<&str>) -> Result<()> {
    let epoch = place::store(&Data::open(folder, None)?, url).await?.raise_epoch().await?;
    writeln!(std::io::stderr(), "epoch {epoch}; copies that are running tell it from now on")?;
    Ok(())
}

fn print_invitation(folder: &Path, invite: &Invite) -> Result<()> {
    let data = Data::open(folder, None)?;
    let org = Uscc::parse(&invite.org).context("--org is not a unified social credit code")?.into();
    let role = match invite.role {
        RoleName::Firm => Role::Firm,
        RoleName::Incubator => Role::Incubator,
        RoleName::VoucherFund => Role::VoucherFund,
        RoleName::ServiceProvider => Role::ServiceProvider,
    };
    let invitation = invitation(&data, org, &invite.name, role, invite.days);
    writeln!(std::io::stdout(), "{}", object::sign(&data.key, &invitation)?)?;
    Ok(())
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
