//! What the window asks for, with one set of trust data and nothing kept.

use zizhi_app::SystemHost;
use zizhi_app::verify_file::verify_once;

#[test]
fn a_sealed_dossier_sends_a_person_at_the_window_to_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let sealed = folder.path().join("a.zzdossier.age");
    std::fs::write(&sealed, "age-encryption.org/v1\n").unwrap();
    let refused = verify_once(&sealed, folder.path(), &SystemHost).unwrap_err();
    assert_eq!(refused.code, "SEAL-IDENTITY");
    assert!(
        refused.advice.zh.contains("zizhi verify"),
        "the window has no --identity: {}",
        refused.advice.zh
    );
    assert!(refused.advice.en().contains("command line"), "{}", refused.advice.en());
}
