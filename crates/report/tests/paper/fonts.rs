//! The chain of fonts.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zizhi_report::{Details, Fonts, Lang, ReportError, verification_report};

use crate::reading::Document;
use crate::world::{IN_ORDER, details, fonts, report};

const NOTO: &str = "/usr/share/fonts/opentype/noto";

/// A folder with only these of the machine's fonts.
fn only(names: &[&str]) -> (TempDir, Fonts) {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let from = Path::new(NOTO).join(name);
        assert!(from.is_file(), "{} of fonts-noto-cjk", from.display());
        symlink(from, folder.path().join(name)).unwrap();
    }
    let found = Fonts::find(&[folder.path().to_owned()]).unwrap();
    (folder, found)
}

fn named(name: &str) -> Details {
    Details { organisation: name.to_owned(), ..details() }
}

#[test]
fn the_simplified_chinese_face_of_each_collection_is_taken() {
    assert_eq!(fonts().families(), ["Noto Sans CJK SC", "Noto Serif CJK SC", "LXGW WenKai"]);
    let report = report(IN_ORDER);
    let bytes = verification_report(&report, &details(), Lang::Zh, fonts()).unwrap();
    let used = Document::new(&bytes).fonts();
    for face in
        ["NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular", "NotoSansCJKsc-Bold", "NotoSansCJKsc-Regular"]
    {
        assert!(used.contains(face), "{face}:\n{used}");
    }
    for other in ["CJKjp", "CJKkr", "CJKtc", "CJKhk"] {
        assert!(!used.contains(other), "{other}:\n{used}");
    }
}

#[test]
fn rare_characters_are_printed() {
    for name in ["钱𬭎孵化器", "𠮷祥孵化器", "𬭎𠮷䶮孵化器"] {
        let bytes = verification_report(&report(IN_ORDER), &named(name), Lang::Zh, fonts()).unwrap();
        let text = Document::new(&bytes).text();
        assert!(text.contains(name), "{name} in\n{text}");
    }
}

#[test]
fn without_the_font_for_rare_characters_each_is_printed_or_named() {
    let (_folder, fonts) = only(&["NotoSansCJK-Regular.ttc"]);
    for character in ['𬭎', '𠮷', '䶮', '㑇', '𫖯', '𬬭'] {
        let name = format!("{character}孵化器");
        match verification_report(&report(IN_ORDER), &named(&name), Lang::Zh, &fonts) {
            Ok(bytes) => assert!(Document::new(&bytes).text().contains(&name), "{name}"),
            Err(ReportError::MissingGlyph { characters }) => assert_eq!(characters, [character]),
            Err(other) => panic!("{name}: {other}"),
        }
    }
}

#[test]
fn one_regular_sans_is_enough() {
    let (_folder, fonts) = only(&["NotoSansCJK-Regular.ttc"]);
    let bytes = verification_report(&report(IN_ORDER), &details(), Lang::Zh, &fonts).unwrap();
    let document = Document::new(&bytes);
    assert!(document.text().contains("资质核验报告"));
    assert!(document.fonts().contains("NotoSansCJKsc-Regular"));
}

#[test]
fn no_font_and_a_damaged_font_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_owned();
    let missing = PathBuf::from("/nowhere/at/all");
    let error = Fonts::find(&[empty.clone(), missing.clone()]).unwrap_err();
    assert!(
        matches!(&error, ReportError::FontsMissing { looked_in } if *looked_in == [empty.clone(), missing])
    );
    assert_eq!(error.code(), "REPORT-FONTS");

    let damaged = folder.path().join("NotoSansCJK-Regular.ttc");
    let whole = fs::read(Path::new(NOTO).join("NotoSansCJK-Regular.ttc")).unwrap();
    for bytes in [&b""[..], b"ttcf", &whole[..4096], &[0xff; 65_536]] {
        fs::write(&damaged, bytes).unwrap();
        let error = Fonts::find(std::slice::from_ref(&empty)).unwrap_err();
        assert!(matches!(&error, ReportError::FontUnreadable { path, .. } if *path == damaged), "{error}");
    }
    symlink(Path::new(NOTO).join("NotoSansCJK-Bold.ttc"), folder.path().join("NotoSansCJK-Bold.ttc"))
        .unwrap();
    let found = Fonts::find(&[empty]).unwrap();
    assert_eq!(found.families(), ["Noto Sans CJK SC"], "a damaged file beside a sound one is passed over");
}

#[test]
fn the_first_folder_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("NotoSansCJK-Regular.ttc"), b"ours").unwrap();
    let error = Fonts::find(std::slice::from_ref(&own)).unwrap_err();
    assert!(matches!(error, ReportError::FontUnreadable { path, .. } if path.starts_with(&own)));
}
