//! What is assembled is opened again, whole and the same.

use std::io::{Cursor, Read};

use zizhi_crypto::{Algorithm, SigningKey};
use zizhi_dossier::manifest::{CredentialRef, Unverified};
use zizhi_dossier::{AssembleError, Attached, Digest, MIMETYPE, assemble, compare, open};
use zizhi_model::Limits;

use crate::support::{ATTACHED, Fixed, PRESENTED, attached, draft, key, presented, sound};

#[test]
fn a_sound_dossier_is_opened_without_a_problem() {
    let (bytes, made) = sound();
    assert_eq!(made.size, bytes.len() as u64);
    let opened = open(Cursor::new(&bytes), &Limits::default()).unwrap();
    assert_eq!(opened.problems, []);
    assert_eq!((opened.size, opened.sha256), (bytes.len() as u64, Some(Digest::of(&bytes))));
    assert_eq!(opened.manifest.as_deref(), Some(made.manifest_jws.as_str()));
    let found: Vec<_> =
        opened.credentials.iter().map(|entry| (entry.path.as_str(), &entry.bytes[..])).collect();
    assert_eq!(
        found,
        [
            ("credentials/001.sdjwt", PRESENTED[0].as_bytes()),
            ("credentials/002.sdjwt", PRESENTED[1].as_bytes())
        ]
    );
    assert_eq!(opened.attachments.len(), 2);
    for (observed, content) in opened.attachments.iter().zip(ATTACHED) {
        assert_eq!((observed.size, observed.sha256), (content.len() as u64, Digest::of(content)));
        assert_eq!(observed.path, format!("attachments/{}", Digest::of(content)));
    }
    let verified =
        Unverified::parse(opened.manifest.as_deref().unwrap(), &Limits::default()).unwrap().verify();
    let manifest = verified.unwrap().into_manifest();
    assert_eq!(manifest, made.manifest);
    assert_eq!(compare(&manifest, &opened), []);
}

#[test]
fn the_entries_have_the_order_and_form_of_the_format() {
    let (bytes, made) = sound();
    assert_eq!(&bytes[30..38], b"mimetype", "the type is readable at a fixed place");
    assert_eq!(&bytes[38..38 + MIMETYPE.len()], MIMETYPE.as_bytes(), "and so is its content");
    let opened = open(Cursor::new(&bytes), &Limits::default()).unwrap();
    let expected = [
        "mimetype".to_owned(),
        "manifest.jwt".to_owned(),
        "credentials/001.sdjwt".to_owned(),
        "credentials/002.sdjwt".to_owned(),
        made.manifest.attachments[0].path.clone(),
        made.manifest.attachments[1].path.clone(),
    ];
    assert_eq!(opened.entries, expected);
}

#[test]
fn the_same_input_makes_the_same_dossier() {
    assert!(sound().0 == sound().0);
}

#[test]
fn a_dossier_may_have_no_attachment_and_a_file_may_serve_twice() {
    let mut out = Cursor::new(Vec::new());
    let mut none: [Attached<&[u8]>; 0] = [];
    assemble(&mut out, draft(), &[presented(PRESENTED[0])], &mut none, &key(), &Limits::default()).unwrap();
    assert_eq!(open(out, &Limits::default()).unwrap().problems, []);

    let mut out = Cursor::new(Vec::new());
    let mut twice = [attached(ATTACHED[0], "租赁合同.pdf"), attached(ATTACHED[0], "新住所证明.pdf")];
    let made = assemble(&mut out, draft(), &[], &mut twice, &key(), &Limits::default()).unwrap();
    let opened = open(out, &Limits::default()).unwrap();
    assert_eq!((opened.problems.len(), opened.entries.len()), (0, 3), "one file is stored once");
    assert_eq!(compare(&made.manifest, &opened), []);
}

#[test]
fn more_credentials_than_three_digits_count_have_their_place() {
    let many: Vec<_> = (0..1001).map(|_| presented("a")).collect();
    let mut out = Cursor::new(Vec::new());
    let mut none: [Attached<&[u8]>; 0] = [];
    let made = assemble(&mut out, draft(), &many, &mut none, &key(), &Limits::default()).unwrap();
    let opened = open(out, &Limits::default()).unwrap();
    assert_eq!(opened.credentials[1000].path, "credentials/1001.sdjwt");
    assert_eq!(compare(&made.manifest, &opened), []);
}

#[test]
fn another_key_than_the_drafts_does_not_sign() {
    let other = SigningKey::generate(Algorithm::EdDsa, &mut Fixed(99)).unwrap();
    let mut none: [Attached<&[u8]>; 0] = [];
    let error =
        assemble(Cursor::new(vec![]), draft(), &[], &mut none, &other, &Limits::default()).unwrap_err();
    assert!(matches!(error, AssembleError::OtherKey));
    let mut listed = draft();
    listed.credentials = vec![CredentialRef {
        path: "credentials/001.sdjwt".to_owned(),
        sha256: Digest::of(b""),
        kind: "patent".to_owned(),
        answers: vec![],
    }];
    let error =
        assemble(Cursor::new(vec![]), listed, &[], &mut none, &key(), &Limits::default()).unwrap_err();
    assert!(matches!(error, AssembleError::Listed));
}

#[test]
fn a_file_that_changed_meanwhile_is_noticed() {
    for content in [&b"%PDF-1.7 a leasE"[..], b"%PDF-1.7 a lease and more", b"%PDF"] {
        let mut changed =
            [Attached { content: Cursor::new(content), ..attached(ATTACHED[0], "租赁合同.pdf") }];
        let error = assemble(Cursor::new(vec![]), draft(), &[], &mut changed, &key(), &Limits::default());
        assert!(matches!(error, Err(AssembleError::Changed { name }) if name == "租赁合同.pdf"));
    }
}

#[test]
fn what_a_reader_would_refuse_is_not_written() {
    let write = |limits: &Limits| {
        let mut files = [attached(ATTACHED[0], "租赁合同.pdf")];
        assemble(Cursor::new(vec![]), draft(), &[presented(PRESENTED[0])], &mut files, &key(), limits)
            .map(drop)
    };
    let normal = Limits::default();
    assert!(write(&normal).is_ok());
    for limits in [
        Limits { manifest_bytes: 100, ..normal },
        Limits { credential_bytes: 10, ..normal },
        Limits { entry_bytes: 10, ..normal },
        Limits { entries: 3, ..normal },
        Limits { file_bytes: 500, ..normal },
    ] {
        assert!(matches!(write(&limits), Err(AssembleError::Limit { .. })), "{limits:?}");
    }
}

#[test]
fn a_digest_of_a_stream_is_the_digest_of_its_bytes() {
    let content = crate::builder::noise(600_000);
    let (digest, size) = Digest::of_reader(content.as_slice().take(1 << 30)).unwrap();
    assert_eq!((digest, size), (Digest::of(&content), 600_000));
}
