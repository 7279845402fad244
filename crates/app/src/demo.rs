//! The demonstration: three stories of domain.md §7 with what can go wrong in each, and a recognition
//! kit, as real files made by the program's own issuing side, each with the verdict that it must get.
//!
//! Names carry 【演示】 and the time stands still at [`TIME`], so that every run ends alike. Keys are
//! fresh each time; nothing made here is worth anything outside the folder.

mod cast;
mod draft;
mod folder;
mod hefei;
mod kit;
mod suzhou;
mod trust;
mod voucher;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use zizhi_crypto::SigningKey;
use zizhi_model::{Limits, Outcome, Region, Text, Uscc, Verdict, civil};
use zizhi_verify::{Library, Report};

use crate::failure::{Cause, Failure};
use crate::files;
use crate::open_trust::open_trust;
use crate::verify_file::{Settings, verify_file};
use cast::Cast;
use folder::Making;

/// When everything is verified.
pub const TIME: &str = "2026-11-23T10:00:00+08:00";

/// The folder beside a story's dossiers with what its firm holds.
const CREDENTIALS: &str = "credentials";

/// Codes that must be among the findings.
type Codes = &'static [&'static str];
/// What a dossier shows, in Chinese and in English.
type Shows = (&'static str, &'static str);

/// A dossier with the verdict it must get.
#[derive(Debug, Clone)]
struct Case {
    story: &'static str,
    file: String,
    trust: &'static str,
    aud: &'static str,
    shows: Shows,
    expected: Verdict,
    codes: Codes,
}

/// A dossier that was made and verified.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// The story.
    pub story: &'static str,
    /// The dossier, from the folder of the demonstration.
    pub file: String,
    /// The trust data it was verified with.
    pub trust: &'static str,
    /// What it shows.
    pub shows: Text,
    /// The verdict it must get.
    pub expected: Verdict,
    /// The codes that must be among the findings.
    pub expected_codes: &'static [&'static str],
    /// The verdict it got.
    pub actual: Verdict,
    /// The codes of what neither holds nor merely informs.
    pub codes: Vec<&'static str>,
    /// Whether the verdict and the codes are as they must be.
    pub as_expected: bool,
}

/// A demonstration that was made.
pub struct Demo {
    /// What it shows, each dossier with the verdict it got.
    pub shown: Vec<Shown>,
    keys: Vec<(&'static str, SigningKey)>,
}

impl Demo {
    /// The key by which an organisation of the demonstration's register signs.
    #[must_use]
    pub fn signing_key(&self, uscc: &str) -> Option<&SigningKey> {
        self.keys.iter().find(|(of, _)| *of == uscc).map(|(_, key)| key)
    }
}

/// Makes the demonstration in `dir` and verifies everything in it.
///
/// # Errors
/// `DEMO-FOLDER` if `dir` holds something else, or something that was changed since; `IO-WRITE`; `INTERNAL` if a
/// part cannot be made.
pub fn demo(dir: &Path) -> Result<Demo, Failure> {
    let making = Making::begin(dir)?;
    let dir = making.path();
    let (cast, cases) = stage(dir)?;
    let shown = cases.iter().map(|case| show(case, dir, cast.now)).collect::<Result<Vec<_>, _>>()?;
    let expected = serde_json::to_vec_pretty(&shown).map_err(fault)?;
    files::write(&dir.join("expected.json"), &expected)?;
    files::write(&dir.join("README.txt"), include_bytes!("../data/demo/README.txt"))?;
    making.finish()?;
    let keys = cast.issuers.into_iter().map(|issuer| (issuer.uscc, issuer.key)).collect();
    Ok(Demo { shown, keys })
}

/// Makes the files of the demonstration in `dir`, without verifying them.
fn stage(dir: &Path) -> Result<(Cast, Vec<Case>), Failure> {
    let cast = Cast::new(now()?)?;
    let mut cases = Vec::new();
    cases.extend(hefei::make(&cast, dir)?);
    cases.extend(suzhou::make(&cast, dir)?);
    cases.extend(voucher::make(&cast, dir)?);
    cases.extend(kit::make(&cast, dir)?);
    // Credentials were given their places in the status lists above, so the lists come last.
    trust::make(&cast, dir)?;
    Ok((cast, cases))
}

/// Which story somebody plays a part in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// 异地经营: a Hefei firm in Songjiang.
    BranchOperation,
    /// 整体迁移: a Suzhou firm moves to Hangzhou.
    FullRelocation,
    /// 创新券: a Zhejiang voucher in Shanghai.
    VoucherRedemption,
}

impl Story {
    const fn folder(self) -> &'static str {
        match self {
            Self::BranchOperation => hefei::STORY,
            Self::FullRelocation => suzhou::STORY,
            Self::VoucherRedemption => voucher::STORY,
        }
    }
}

/// What a drill plays with.
pub(crate) struct Props {
    /// What time it is in the stories.
    pub now: DateTime<Utc>,
    /// The trust data.
    pub trust: PathBuf,
    /// The firm of the story with its key.
    pub firm: Part,
    /// Its destination with its key.
    pub incubator: Part,
    /// The credentials that the firm holds.
    pub credentials: Vec<PathBuf>,
    /// What the destination asks for, as a request to the firm.
    pub request: PathBuf,
    /// The dossiers that the destination receives, the one in order first.
    pub received: Vec<PathBuf>,
}

/// Whose part is played.
pub(crate) struct Part {
    /// Its code.
    pub uscc: Uscc,
    /// Its name.
    pub name: &'static str,
    /// Its region.
    pub region: Region,
    /// Its key.
    pub key: SigningKey,
}

/// Makes the demonstration in `dir`, a folder that is empty, for somebody to play a part in a story of it.
pub(crate) fn props(dir: &Path, story: Story) -> Result<Props, Failure> {
    let (cast, cases) = stage(dir)?;
    let request = dir.join("核验请求.zzrequest");
    let asked = match story {
        Story::BranchOperation => hefei::request(&cast)?,
        Story::FullRelocation => suzhou::request(&cast)?,
        Story::VoucherRedemption => voucher::request(&cast)?,
    };
    files::write(&request, asked.as_bytes())?;
    let now = cast.now;
    let (firm, incubator) = cast.leads(story)?;
    let own = |case: &&Case| case.story == story.folder() && case.aud == incubator.uscc.as_str();
    let received = cases.iter().filter(own).map(|case| dir.join(&case.file)).collect();
    Ok(Props {
        now,
        trust: dir.join("trust").join(trust::CURRENT),
        firm,
        incubator,
        credentials: held(dir, story)?,
        request,
        received,
    })
}

/// The credentials of a story's firm, which lie beside its dossiers.
fn held(dir: &Path, story: Story) -> Result<Vec<PathBuf>, Failure> {
    let folder = dir.join(story.folder()).join(CREDENTIALS);
    let unreadable = |error| Failure::unreadable(&folder, error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Verifies one dossier of a demonstration as its recipient would.
///
/// # Errors
/// As [`verify_file`].
pub fn verify(dir: &Path, file: &str, trust: &str, aud: &str) -> Result<Report, Failure> {
    report(dir, file, trust, aud, now()?)
}

fn report(dir: &Path, file: &str, trust: &str, aud: &str, now: DateTime<Utc>) -> Result<Report, Failure> {
    let library = Library::new(open_trust(&dir.join("trust").join(trust), None, None, now)?);
    let limits = Limits::default();
    let recipient = Uscc::parse(aud).ok();
    let settings =
        Settings { library: &library, now, recipient, identities: &[], limits: &limits, memory: None };
    verify_file(&dir.join(file), &settings)
}

fn show(case: &Case, dir: &Path, now: DateTime<Utc>) -> Result<Shown, Failure> {
    let report = report(dir, &case.file, case.trust, case.aud, now)?;
    let mut all: Vec<&'static str> = report
        .all_checks()
        .filter(|check| check.outcome > Outcome::Pass)
        .map(|check| check.code.as_str())
        .collect();
    let mut codes: Vec<&'static str> = report.findings().map(|check| check.code.as_str()).collect();
    for list in [&mut all, &mut codes] {
        list.sort_unstable();
        list.dedup();
    }
    let named = case.codes.iter().all(|code| all.contains(code));
    Ok(Shown {
        story: case.story,
        file: case.file.clone(),
        trust: case.trust,
        shows: Text::fixed(case.shows.0, case.shows.1),
        expected: case.expected,
        expected_codes: case.codes,
        actual: report.verdict,
        as_expected: named && report.verdict == case.expected,
        codes,
    })
}

fn now() -> Result<DateTime<Utc>, Failure> {
    civil::parse_time(TIME).map_err(fault)
}

fn place(dir: &Path, story: &str, name: &str) -> (PathBuf, String) {
    let file = format!("{story}/{name}.zzdossier");
    (dir.join(&file), file)
}

/// A part of the demonstration that could not be made is a fault of the program.
fn fault(error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Failure {
        cause: Cause::Internal,
        ..Failure::input(
            "INTERNAL",
            Text::fixed("演示没有完成。", "the demonstration was not finished"),
            Text::fixed(
                "请再试一次；如仍出现，请报告这个错误。",
                "try again; if it happens again, report this error",
            ),
        )
    }
    .because(error)
}
