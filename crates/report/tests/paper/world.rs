//! The demonstration's reports and the machine's fonts, made once for all tests.

use std::sync::LazyLock;

use chrono::NaiveDate;
use tempfile::TempDir;
use zizhi_app::demo::{self, Shown};
use zizhi_report::{Details, Fonts, Lang, verification_report};
use zizhi_verify::{Grounds, Library, Report};

static WORLD: LazyLock<(TempDir, Vec<Shown>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let shown = demo::demo(folder.path()).unwrap().shown;
    (folder, shown)
});

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    Fonts::of_system().expect("fonts-noto-cjk and fonts-lxgw-wenkai; cargo xtask setup installs them")
});

/// The dossier that is in order but for two findings.
pub const IN_ORDER: &str = "1-hefei-songjiang/dossier.zzdossier";

pub fn fonts() -> &'static Fonts {
    &FONTS
}

pub fn shown() -> &'static [Shown] {
    &WORLD.1
}

/// The report on one dossier of the demonstration, as its recipient gets it.
pub fn report(file: &str) -> Report {
    let shown = shown().iter().find(|shown| shown.file == file).unwrap();
    let aud = match file {
        "1-hefei-songjiang/for-another-recipient.zzdossier" => "91330110DEM000073U",
        _ if file.starts_with("2-") => "91330110DEM000073U",
        _ if file.starts_with("3-") => "12310000DEM00009XN",
        _ if file.ends_with("-to-zhejiang.zzdossier") => "91330110DEM000073U",
        _ if file.ends_with("-to-jiangsu.zzdossier") => "91320594DEM0000657",
        _ if file.ends_with("-to-anhui.zzdossier") => "91340100DEM0000228",
        _ => "91310117DEM000030B",
    };
    demo::verify(WORLD.0.path(), file, shown.trust, aud).unwrap()
}

/// What a report of the demonstration rests on, by the trust data that it was made with.
pub fn grounds(report: &Report) -> Grounds {
    let now = zizhi_model::civil::parse_time(demo::TIME).unwrap();
    let trust = WORLD.0.path().join("trust/demo.zztrust");
    Library::new(zizhi_app::open_trust::open_trust(&trust, None, None, now).unwrap()).grounds(report)
}

/// What a clerk in Songjiang would fill in.
pub fn details() -> Details {
    Details {
        number: "核〔2026〕松孵第0017号".to_owned(),
        organisation: "松江科创孵化器【演示】".to_owned(),
        purpose: Some("入驻审核".to_owned()),
        received_on: NaiveDate::from_ymd_opt(2026, 11, 23),
        operator: Some("经办人【演示】".to_owned()),
        reviewer: None,
        dated: None,
        drill: false,
        decision: None,
        dossier_sm3: None,
        grounds: Grounds::default(),
        supplied: Vec::new(),
    }
}

/// The report in Chinese.
pub fn print(report: &Report) -> Vec<u8> {
    verification_report(report, &details(), Lang::Zh, fonts()).unwrap()
}
