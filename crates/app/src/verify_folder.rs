//! Verifies a folder of dossiers one by one and sums up what came out, what failed first.

use std::cmp::Reverse;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use zizhi_model::{Check, Outcome, Text, Verdict};
use zizhi_report::{Cell, Column, Kind, Table};
use zizhi_verify::Report;

use crate::failure::{Failure, told};
use crate::file_kind::is_of_other_file;
use crate::files::ending_in;
use crate::in_order::in_order;
use crate::report_words::of_paper;
use crate::verify_file::{Settings, verify_dossier};

/// Files with these endings in a folder are dossiers.
const ENDINGS: [&str; 2] = [".zzdossier", ".zzdossier.age"];

/// What became of one dossier of a folder.
#[derive(Debug, Clone)]
pub struct FolderLine {
    /// Its path.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// The verdict; absent if it could not be opened, or is no dossier.
    pub verdict: Option<Verdict>,
    /// The firm's name, if the manifest could be read.
    pub firm: Option<String>,
    /// Why the verdict is not better, or why there is none.
    pub reason: Option<Text>,
    /// The code of that.
    pub code: Option<String>,
}

/// What became of a folder.
#[derive(Debug)]
pub struct FolderSummary {
    /// Every file that was looked at: what could not be read first, then what is no dossier, what failed, what is open,
    /// what passed with conditions and what passed.
    pub lines: Vec<FolderLine>,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
}

/// The dossiers in a folder, in the order of their names. Folders inside it are not entered.
///
/// # Errors
/// `IO-READ`; `IO-EMPTY` if there is none.
pub fn dossiers_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = ending_in(folder, &ENDINGS)?;
    if files.is_empty() { Err(nothing_in(folder)) } else { Ok(files) }
}

/// How many other files stand in a folder beside its dossiers, which are given in order, and are not looked at. Hidden
/// ones are the system's.
///
/// # Errors
/// `IO-READ`.
pub fn others_in(folder: &Path, dossiers: &[PathBuf]) -> Result<usize, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::unreadable(folder, error))?;
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let files = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file() && !hidden(path));
    Ok(files.filter(|path| dossiers.binary_search(path).is_err()).count())
}

/// Verifies `files` with as many workers as the machine has cores. `tell` hears of each in the order of
/// `files`, with how many are done. Once `stopped` says so, no further file is begun.
pub fn verify_folder(
    files: &[PathBuf],
    settings: &Settings<'_>,
    stopped: &dyn Fn() -> bool,
    mut tell: impl FnMut(usize, &FolderLine),
) -> FolderSummary {
    let workers = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let mut lines = Vec::with_capacity(files.len());
    in_order(
        files,
        workers,
        |path| line(path, verify_dossier(path, settings)),
        |_, line| {
            if stopped() {
                return false;
            }
            lines.push(line);
            lines.last().iter().for_each(|line| tell(lines.len(), line));
            true
        },
    );
    let cancelled = lines.len() < files.len();
    // Equal ones stay in the order of their names.
    lines.sort_by_key(|line| Reverse(rank(line)));
    FolderSummary { lines, cancelled }
}

/// What one report comes to in a line.
fn line(path: &Path, outcome: Result<Report, Failure>) -> FolderLine {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut line =
        FolderLine { path: path.to_owned(), name, verdict: None, firm: None, reason: None, code: None };
    match outcome {
        Ok(report) => {
            let reason = main_reason(&report);
            line.verdict = Some(report.verdict);
            line.code = reason.map(|check| check.code.as_str().to_owned());
            line.reason = reason.map(|check| of_paper(&report, check));
            line.firm = report.dossier.map(|dossier| dossier.firm.name);
        }
        Err(failure) => {
            // What is damaged is told alike, sealed or not: one that is not sealed has its verdict by its report.
            line.verdict = (failure.code == "SEAL-DAMAGED").then_some(Verdict::Failed);
            line.code = Some(failure.code.to_owned());
            line.reason = Some(failure.fact);
        }
    }
    line
}

/// The check that a verdict rests on most plainly: the worst of those that made it what it is, the first of
/// equal ones. A pass has none.
#[must_use]
pub fn main_reason(report: &Report) -> Option<&Check> {
    // Nothing decides against a dossier that passes with conditions: what an optional paper lacks is the worst there.
    let conditions = report.verdict == Verdict::PassedWithConditions;
    let is = |check: &&Check| match report.verdict {
        Verdict::Failed => check.outcome == Outcome::Fail,
        Verdict::Pending => check.outcome == Outcome::Pending,
        Verdict::PassedWithConditions => check.outcome >= Outcome::Warning,
        Verdict::Passed => false,
    };
    let items = || report.items.iter().filter(|item| conditions || item.required);
    // Elsewhere an optional paper does not decide, unless it was tampered with.
    let decides = |path: &str, check: &Check| {
        conditions || check.code.shows_tampering() || items().any(|item| item.by.iter().any(|by| by == path))
    };
    let on_credentials = report
        .credentials
        .iter()
        .flat_map(|credential| credential.checks.iter().filter(|check| decides(&credential.path, check)));
    let deciding = report.checks.iter().chain(items().flat_map(|item| &item.checks)).chain(on_credentials);
    worst(deciding.filter(is)).or_else(|| worst(report.all_checks().filter(is)))
}

/// The weightiest check, the first of equal ones.
fn worst<'r>(checks: impl Iterator<Item = &'r Check>) -> Option<&'r Check> {
    checks.reduce(|worst, next| if next.urgency() > worst.urgency() { next } else { worst })
}

/// The lines as a table, in their order.
#[must_use]
pub fn table(lines: &[FolderLine]) -> Table {
    let column = |title: &str| Column { title: title.to_owned(), kind: Kind::Text };
    let text = |text: Option<&str>| text.map_or(Cell::Empty, Cell::text);
    let rows = lines.iter().map(|line| {
        vec![
            Cell::text(line.name.as_str()),
            text(line.firm.as_deref()),
            Cell::text(line.verdict.map_or_else(|| unjudged(line), Verdict::zh)),
            text(line.code.as_deref()),
            text(line.reason.as_ref().map(|reason| reason.zh.as_ref())),
            Cell::text(line.path.display().to_string()),
        ]
    });
    Table {
        title: "批量核验结果".to_owned(),
        columns: ["文件", "企业", "核验结论", "编码", "说明", "位置"].map(column).into(),
        rows: rows.collect(),
    }
}

/// What stands in the place of a verdict where there is none.
fn unjudged(line: &FolderLine) -> &'static str {
    if is_no_dossier(line) { "不是档案" } else { "未能核验" }
}

fn is_no_dossier(line: &FolderLine) -> bool {
    line.code.as_deref().is_some_and(is_of_other_file)
}

/// What a person has to look at first ranks highest.
fn rank(line: &FolderLine) -> u8 {
    match line.verdict {
        None if !is_no_dossier(line) => 5,
        None => 4,
        Some(Verdict::Failed) => 3,
        Some(Verdict::Pending) => 2,
        Some(Verdict::PassedWithConditions) => 1,
        Some(Verdict::Passed) => 0,
    }
}

fn nothing_in(path: &Path) -> Failure {
    Failure::input(
        "IO-EMPTY",
        told(
            format!("文件夹 {} 里没有 .zzdossier 文件，没有可核验的档案。", path.display()),
            format!("the folder {} holds no .zzdossier file, so there is nothing to verify", path.display()),
        ),
        Text::fixed("请确认选对了文件夹。", "check that this is the right folder"),
    )
}
