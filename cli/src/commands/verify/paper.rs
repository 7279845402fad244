//! `--report`: the verification report of each dossier as PDF.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zizhi_app::dossier_sm3::sm3_of_file;
use zizhi_app::print_report::{self, Beside, Fonts, Lang, Printing, print_report};
use zizhi_app::verify_file::Settings;
use zizhi_app::{Failure, Output, told};
use zizhi_model::{Text, Uscc};
use zizhi_verify::{Library, Report};

use crate::lang;

/// Where the reports go, and what is on them.
pub struct Papers {
    fonts: Arc<Fonts>,
    printing: Printing,
    lang: Lang,
    /// One for each dossier, in their order.
    places: Vec<PathBuf>,
    /// Whether reports that are there may be replaced.
    force: bool,
}

impl Papers {
    /// Finds the fonts and a place for each report: `out` itself for one dossier, else a file in the folder
    /// `out`. Nothing is verified yet, so that a place that is taken costs nobody a wait.
    ///
    /// # Errors
    /// `REPORT-FONTS`, `REPORT-ENDING`, `IO-EXISTS`.
    pub fn plan(
        out: &Path,
        force: bool,
        files: &[PathBuf],
        in_folder: bool,
        library: &Library,
        recipient: Option<&Uscc>,
        lang: lang::Lang,
    ) -> Result<Self, Failure> {
        let places = if in_folder || out.is_dir() { in_folder_of(out, files) } else { vec![out.to_owned()] };
        for place in &places {
            if !place.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
                return Err(no_pdf(place));
            }
            Output { path: place, force }.check()?;
        }
        let record = recipient.and_then(|uscc| library.trust().issuer(uscc).ok().flatten());
        let code = || recipient.map(ToString::to_string).unwrap_or_default();
        let organisation = record.map_or_else(code, |record| record.name.clone());
        Ok(Self {
            fonts: Arc::new(print_report::fonts(None)?),
            printing: Printing { organisation, ..Printing::default() },
            lang: match lang {
                lang::Lang::Zh => Lang::Zh,
                lang::Lang::En => Lang::En,
            },
            places,
            force,
        })
    }

    /// Writes the report of the dossier at `index`, which is the file `path`.
    ///
    /// # Errors
    /// As [`print_report`].
    pub fn print(
        &self,
        index: usize,
        path: &Path,
        report: &Report,
        settings: &Settings<'_>,
    ) -> Result<(), Failure> {
        let Some(place) = self.places.get(index) else { return Ok(()) };
        let output = Output { path: place, force: self.force };
        let fonts = || Ok(Arc::clone(&self.fonts));
        let sm3 = sm3_of_file(path, settings.identities, settings.limits, &report.file.sha256);
        let beside = Beside { sm3, grounds: settings.library.grounds(report) };
        print_report(report, beside, &self.printing, self.lang, fonts, &output).map(drop)
    }
}

/// `a.zzdossier` as `a.pdf`; a name that comes twice gets a number.
fn in_folder_of(out: &Path, files: &[PathBuf]) -> Vec<PathBuf> {
    let mut taken = HashSet::new();
    let name = |file: &PathBuf| {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let stem = name.strip_suffix(".age").unwrap_or(&name);
        let stem = stem.strip_suffix(".zzdossier").unwrap_or(stem).to_owned();
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        // Some systems do not tell capitals apart.
        let free =
            std::iter::once(stem.clone()).chain(numbered).find(|stem| taken.insert(stem.to_lowercase()));
        out.join(format!("{}.pdf", free.unwrap_or(stem)))
    };
    files.iter().map(name).collect()
}

fn no_pdf(place: &Path) -> Failure {
    Failure::input(
        "REPORT-ENDING",
        told(
            format!("{} 不是PDF文件名，没有核验。", place.display()),
            format!("{} is not the name of a PDF; nothing was verified", place.display()),
        ),
        Text::fixed(
            "请使用以 .pdf 结尾的文件名；多份档案时给出文件夹。",
            "use a name that ends in .pdf; for several dossiers name a folder",
        ),
    )
}
