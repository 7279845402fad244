//! `zizhi verify`: one dossier or thousands, without a network and without a database.

mod paper;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;

use chrono::{DateTime, Utc};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use zizhi_app::verify_file::{Settings, verify_file};
use zizhi_app::verify_folder::dossiers_in;
use zizhi_app::{Cause, Failure, Host as _, SystemHost, in_order::in_order, open_trust, trust_data};
use zizhi_model::{Limits, Uscc, Verdict};
use zizhi_verify::{Library, Report};

use super::shared;
use crate::lang::Lang;
use crate::render::report;
use crate::render::style::safe;
use crate::say::Voice;
use paper::Papers;

/// 离线核验 / verify dossiers offline
#[derive(Debug, Args)]
#[command(after_help = "示例 / Examples:
  zizhi verify 收到的档案.zzdossier --trust 长三角.zztrust --as 91310117DEM000030B
  zizhi verify 收件夹/ --trust 长三角.zztrust --summary
  zizhi verify a.zzdossier --trust t.zztrust --json | jq .verdict
  zizhi verify a.zzdossier --trust t.zztrust --report 核验报告.pdf

退出码 / Exit codes: 0 通过或有条件通过 · 1 有不通过 · 3 有待联网复核、无不通过 · 2 输入无法使用")]
pub struct Verify {
    /// 档案文件，或装有档案的文件夹 / dossiers, or folders of them
    #[arg(required = true, value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,
    /// 信任数据：.zztrust 文件或文件夹；不给时用已导入的 / trust data: a package or a folder; else what was imported
    #[arg(long, value_name = "T")]
    trust: Option<PathBuf>,
    /// 数据文件夹，已导入的信任数据在其中 / the data folder that holds the imported trust data
    #[arg(long, value_name = "DIR", env = "ZIZHI_DATA")]
    data: Option<PathBuf>,
    /// 作为起点的根文件；不给时用信任数据中编号最小的根 / the pinned root; else the lowest-numbered in the trust data
    #[arg(long, value_name = "FILE", requires = "trust")]
    root: Option<PathBuf>,
    /// 核验时点（RFC 3339），默认现在 / time of verification, now by default
    #[arg(long, value_name = "TIME", value_parser = shared::time)]
    at: Option<DateTime<Utc>>,
    /// 本单位的统一社会信用代码 / the verifying organisation's code
    #[arg(long = "as", value_name = "USCC", value_parser = shared::uscc)]
    recipient: Option<Uscc>,
    /// 打开加密档案的收件密钥文件 / file with the secret that opens sealed dossiers
    #[arg(long, value_name = "FILE")]
    identity: Vec<PathBuf>,
    /// 同时核验的份数 / how many at once
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// 每份一行JSON报告 / one JSON report per line
    #[arg(long, conflicts_with = "summary")]
    json: bool,
    /// 只给汇总：不通过的在前，有条件通过的附条件 / only a summary: failures first, conditions with what passed on them
    #[arg(long)]
    summary: bool,
    /// 另写核验报告PDF；多份档案时为文件夹，每份一个 / also write the report as PDF; for several dossiers a folder with one each
    #[arg(long, value_name = "OUT.pdf|DIR")]
    report: Option<PathBuf>,
    /// 替换已存在的报告 / replace reports that are there
    #[arg(long, requires = "report")]
    force: bool,
}

/// Counts of what came out.
#[derive(Default)]
struct Tally {
    passed: usize,
    conditional: usize,
    pending: usize,
    failed: usize,
    unreadable: usize,
    /// Faults of the program itself.
    faults: usize,
    /// Reports that could not be written.
    unprinted: usize,
    /// Lines for the summary, worst first.
    lines: Vec<(u8, String)>,
}

/// Runs the command.
pub fn run(args: &Verify, voice: Voice) -> Result<ExitCode, Failure> {
    let now = args.at.unwrap_or_else(|| SystemHost.now());
    let (trust, memory) = match &args.trust {
        Some(path) => (open_trust::open_trust(path, args.root.as_deref(), None, now)?, None),
        None => {
            let (trust, remembered) = trust_data::kept_or_nothing(args.data.as_deref(), now)?;
            // A time that was set by hand says nothing about the machine's clock.
            (trust, args.at.is_none().then_some(remembered))
        }
    };
    let library = Library::new(trust);
    let identities = shared::identities(&args.identity)?;
    let limits = Limits::default();
    let settings = Settings {
        library: &library,
        now,
        recipient: args.recipient,
        identities: &identities,
        limits: &limits,
        memory: memory.as_ref().map(|memory| memory as _),
    };
    let files = dossiers(&args.paths)?;
    let in_folder = files.len() > 1 || args.paths.iter().any(|path| path.is_dir());
    let recipient = args.recipient.as_ref();
    let plan =
        |out: &PathBuf| Papers::plan(out, args.force, &files, in_folder, &library, recipient, voice.lang);
    let papers = args.report.as_ref().map(plan).transpose()?;
    let numbered: Vec<(usize, &PathBuf)> = files.iter().enumerate().collect();

    let workers = args.jobs.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let several = files.len() > 1;
    let bar = progress(files.len(), several && voice.watched());
    let mut tally = Tally::default();
    let mut first = true;
    in_order(
        &numbered,
        workers,
        |(index, path)| {
            let report = verify_file(path, &settings)?;
            let printed =
                papers.as_ref().map_or(Ok(()), |papers| papers.print(*index, path, &report, &settings));
            Ok((shown(&report, &library, args, voice), printed))
        },
        |(_, path), outcome: Result<_, Failure>| {
            bar.inc(1);
            match outcome {
                Ok(((verdict, text), printed)) => {
                    tally.count(verdict, &text, args.summary);
                    if !args.summary {
                        if !args.json && !first {
                            voice.data("");
                        }
                        bar.suspend(|| voice.data(&text));
                    }
                    if let Err(failure) = printed {
                        tally.unprinted += 1;
                        bar.suspend(|| {
                            voice.talk(&safe(&path.display().to_string()));
                            crate::say::tell(&failure, voice);
                        });
                    }
                }
                Err(failure) => {
                    tally.unreadable += 1;
                    tally.faults += usize::from(failure.cause == Cause::Internal);
                    bar.suspend(|| {
                        voice.talk(&safe(&path.display().to_string()));
                        crate::say::tell(&failure, voice);
                    });
                }
            }
            first = false;
            true
        },
    );
    bar.finish_and_clear();
    if library.trust().issuer_count() == 0 {
        nobody_trusted(args.trust.as_deref(), voice);
    }
    if args.summary {
        tally.tell(voice);
    }
    Ok(tally.exit_code())
}

/// Says why everything is pending, and what to do about it.
fn nobody_trusted(named: Option<&Path>, voice: Voice) {
    let named = named.map(|path| safe(&path.display().to_string()));
    voice.advise(&match (voice.lang, named) {
        (Lang::Zh, None) => {
            "没有信任数据，不知道谁可信：请用 --trust 指定 .zztrust 文件，或先用 zizhi trust import 导入".to_owned()
        }
        (Lang::En, None) => {
            "without trust data nobody is known to be trusted: name a .zztrust with --trust, or import one with zizhi trust import".to_owned()
        }
        (Lang::Zh, Some(path)) => format!("{path} 里没有可用的信任数据，不知道谁可信：请核对 --trust 的路径和文件"),
        (Lang::En, Some(path)) => {
            format!("{path} holds no usable trust data, so nobody is known to be trusted: check the path and the file of --trust")
        }
    });
}

/// What to print for one report.
fn shown(report: &Report, library: &Library, args: &Verify, voice: Voice) -> (Verdict, String) {
    let text = if args.json {
        serde_json::to_string(report).unwrap_or_default()
    } else if args.summary {
        report::line(report, voice.lang, voice.colour)
    } else {
        report::page(report, &library.grounds(report), voice.lang, voice.colour).trim_end().to_owned()
    };
    (report.verdict, text)
}

/// The dossiers that the arguments name; the files of a folder in the order of their names.
fn dossiers(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(dossiers_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn progress(files: usize, shown: bool) -> ProgressBar {
    if !shown {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {per_sec}  {eta}") {
        bar.set_style(style);
    }
    bar
}

impl Tally {
    fn count(&mut self, verdict: Verdict, line: &str, keep: bool) {
        let (count, rank) = match verdict {
            Verdict::Failed => (&mut self.failed, 0),
            Verdict::Pending => (&mut self.pending, 1),
            Verdict::PassedWithConditions => (&mut self.conditional, 2),
            Verdict::Passed => (&mut self.passed, 3),
        };
        *count += 1;
        // Only what a person has to look at is kept: thousands that passed cost no memory.
        if keep && rank < 3 {
            self.lines.push((rank, line.to_owned()));
        }
    }

    fn tell(&mut self, voice: Voice) {
        self.lines.sort_by_key(|(rank, _)| *rank);
        for (_, line) in &self.lines {
            voice.data(line);
        }
        let unreadable = self.unreadable;
        let total = self.passed + self.conditional + self.pending + self.failed + unreadable;
        voice.data(&match voice.lang {
            Lang::Zh => format!(
                "共{total}份：不通过 {} · 待联网复核 {} · 有条件通过 {} · 通过 {} · 无法读取 {unreadable}",
                self.failed, self.pending, self.conditional, self.passed
            ),
            Lang::En => format!(
                "{total} dossiers: {} failed, {} pending, {} passed with conditions, {} passed; {unreadable} unreadable",
                self.failed, self.pending, self.conditional, self.passed
            ),
        });
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.faults > 0 {
            70
        } else if self.unreadable + self.unprinted > 0 {
            2
        } else if self.failed > 0 {
            1
        } else if self.pending > 0 {
            3
        } else {
            0
        })
    }
}
