use super::Opened;

/// The dossier and the trust data, each by name.
type Named = (Option<String>, Option<String>);

/// Reads a command line and gives back the last part of each path, since the rest depends on the current folder.
fn opened(line: &[&str]) -> Named {
    let opened = Opened::from_arguments(line.iter().map(Into::into));
    let name = |path: Option<String>| path.and_then(|path| path.rsplit('/').next().map(str::to_owned));
    (name(opened.dossier), name(opened.trust))
}

fn some(dossier: &str, trust: &str) -> Named {
    let word = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
    (word(dossier), word(trust))
}

#[test]
fn reads_what_a_double_click_and_a_tester_would_write() {
    let cases: &[(&[&str], Named)] = &[
        (&[], some("", "")),
        (&["甲.zzdossier"], some("甲.zzdossier", "")),
        (&["a.zzdossier", "--trust", "t.zztrust"], some("a.zzdossier", "t.zztrust")),
        (&["--trust", "t", "a.zzdossier", "b.zzdossier"], some("a.zzdossier", "t")),
        (&["--unknown", "a.zzdossier"], some("a.zzdossier", "")),
        (&["--trust"], some("", "")),
    ];
    for (line, expected) in cases {
        assert_eq!(&opened(line), expected, "{line:?}");
    }
}

#[test]
fn makes_paths_absolute_so_that_a_later_change_of_folder_does_not_matter() {
    let opened = Opened::from_arguments(["a.zzdossier".into()].into_iter());
    assert!(
        opened.dossier.is_some_and(|path| path.starts_with('/')),
        "the window names this path back later"
    );
}

#[cfg(unix)]
#[test]
fn leaves_out_a_path_that_is_no_text() {
    use std::os::unix::ffi::OsStringExt;
    let broken = std::ffi::OsString::from_vec(vec![0xff, 0xfe]);
    assert_eq!(
        Opened::from_arguments([broken].into_iter()),
        Opened::default(),
        "the window could not name it back"
    );
}
