//! A dossier as a person looks at it: what each file really is, who signed, and nothing but what was signed.

use zizhi_app::verify_file::Settings;
use zizhi_app::verify_view::{Source, VerifiedView, attachment, save_attachment, verify_view};
use zizhi_model::Limits;
use zizhi_verify::report::Answer;

use crate::world::{Dossier, FIRM, HEFEI, SONGJIANG, World};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n";
const SEALED_PDF: &[u8] =
    b"%PDF-1.7\n1 0 obj\n<</Type/Sig/Contents<30>/ByteRange[0 9 9 9]>>\nendobj\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0rest";
const SCRIPT: &[u8] = b"<html><script>alert(1)</script></html>";

/// Names in an OFD stand in the open, whatever is in its entries.
fn ofd(entries: &[&str]) -> Vec<u8> {
    let mut writer = zizhi_archive::Writer::new(std::io::Cursor::new(Vec::new())).unwrap();
    for entry in entries {
        writer.add_bytes(entry, zizhi_archive::Method::Stored, b"<xml/>").unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn looked_at(world: &World, path: &std::path::Path) -> VerifiedView {
    let (library, limits) = (world.library(), Limits::default());
    let settings = Settings {
        library: &library,
        now: world.now,
        recipient: None,
        identities: &[],
        limits: &limits,
        memory: None,
    };
    verify_view(path, &settings).unwrap()
}

#[test]
fn attachments_are_what_their_bytes_say() {
    let mut world = World::fresh();
    world.publish(1);
    let attachments = vec![
        ("租赁合同.pdf", "application/pdf", PDF.to_vec()),
        ("签章合同.pdf", "application/pdf", SEALED_PDF.to_vec()),
        ("执照.ofd", "application/ofd", ofd(&["OFD.xml", "Doc_0/Document.xml"])),
        ("盖章执照.ofd", "application/ofd", ofd(&["OFD.xml", "Doc_0/Signs/Signatures.xml"])),
        ("现场.png", "image/png", PNG.to_vec()),
        ("照片.jpg", "image/jpeg", JPEG.to_vec()),
        ("<img src=x onerror=alert(1)>.pdf", "application/pdf", SCRIPT.to_vec()),
    ];
    let path = world.write("a.zzdossier", &world.dossier(&Dossier { attachments, ..Dossier::default() }));
    let view = looked_at(&world, &path);
    let found: Vec<_> = view
        .attachments
        .iter()
        .map(|one| {
            let remark = one.remark.as_ref().map(|remark| remark.zh.chars().take(3).collect::<String>());
            (one.media_type, one.preview, one.intact, remark)
        })
        .collect();
    let sealed = Some("含签章".to_owned());
    let expected = [
        ("application/pdf", true, true, None),
        ("application/pdf", true, true, sealed.clone()),
        ("application/ofd", false, true, None),
        ("application/ofd", false, true, sealed),
        ("image/png", true, true, None),
        ("image/jpeg", true, true, None),
        ("application/octet-stream", false, true, Some("清单写".to_owned())),
    ];
    assert_eq!(found, expected, "type, preview, intact, remark");
}

#[test]
fn only_what_was_signed_is_handed_out() {
    let mut world = World::fresh();
    world.publish(1);
    let long: Vec<u8> = PDF.iter().copied().chain((0..200_000_u32).map(|n| (n % 251) as u8)).collect();
    let attachments = vec![("长.pdf", "application/pdf", long.clone())];
    let bytes = world.dossier(&Dossier { attachments, ..Dossier::default() });
    let path = world.write("a.zzdossier", &bytes);
    let view = looked_at(&world, &path);
    let name = &view.attachments[0].path;
    let source = Source::File { path: &path, identities: &[] };
    let (media, content) = attachment(&source, name).unwrap();
    assert!((media.as_str(), &content) == ("application/pdf", &long), "the very bytes");
    let to = world.folder.path().join("out.pdf");
    let sha256 = save_attachment(&source, name, &to).unwrap();
    assert!(std::fs::read(&to).unwrap() == long, "written whole");
    assert_eq!(sha256, zizhi_crypto::digest::hex(&zizhi_crypto::digest::sha256(&long)));
    assert_eq!(attachment(&source, "attachments/none").unwrap_err().code, "ATTACH-ABSENT");
    assert_eq!(attachment(&source, "manifest.jwt").unwrap_err().code, "ATTACH-ABSENT", "no other entry");

    // One byte of the attachment changes: it is stored, so that its bytes lie in the open.
    let mut altered = bytes;
    let at = altered.windows(64).position(|window| window == &long[1000..1064]).unwrap();
    altered[at] ^= 1;
    let path = world.write("altered.zzdossier", &altered);
    let view = looked_at(&world, &path);
    assert!(!view.attachments[0].intact && !view.attachments[0].preview, "said so");
    let source = Source::File { path: &path, identities: &[] };
    assert_eq!(attachment(&source, name).unwrap_err().code, "ATTACH-ALTERED");
    let never = world.folder.path().join("never.pdf");
    assert_eq!(save_attachment(&source, name, &never).unwrap_err().code, "ATTACH-ALTERED");
    assert!(!never.exists(), "and nothing half-written stays");
}

#[test]
fn signatures_name_who_signed_what_and_whether_it_holds() {
    let mut world = World::fresh();
    world.publish(1);
    let asked = Some(world.ask());
    let path = world.write("a.zzdossier", &world.dossier(&Dossier { request: asked, ..Dossier::default() }));
    let view = looked_at(&world, &path);
    let lines: Vec<_> = view
        .signatures
        .iter()
        .map(|line| (line.subject.as_str(), line.signer.as_str(), line.answer, line.algorithm.as_deref()))
        .collect();
    let es256 = Some("ES256");
    let expected = [
        ("manifest.jwt", FIRM, Answer::Pass, es256),
        ("request", SONGJIANG, Answer::Pass, es256),
        ("credentials/001.sdjwt", HEFEI, Answer::Pass, es256),
        ("credentials/001.sdjwt", FIRM, Answer::Pass, es256),
    ];
    assert_eq!(lines, expected, "manifest, request, issuer, presentation");
    let issuer = &view.signatures[2];
    assert_eq!(issuer.signer_name.as_deref(), Some("合肥国家大学科技园【演示】"));
    assert!(issuer.signed_at.is_some() && issuer.kid.is_some(), "{issuer:?}");
    assert_eq!(issuer.title.zh, "在孵企业证明");
    assert!(view.demo, "marked as demonstration");

    world.unregister(HEFEI);
    world.publish(0);
    let view = looked_at(&world, &path);
    assert_eq!(view.signatures[2].answer, Answer::Fail, "an issuer that nobody registers");
    assert_eq!(view.signatures[3].answer, Answer::Pass, "the firm's own signature still holds");
}

#[test]
fn credentials_show_what_was_disclosed_in_the_words_of_their_type() {
    let mut world = World::fresh();
    world.publish(1);
    let path = world.write("a.zzdossier", &world.dossier(&Dossier::default()));
    let view = looked_at(&world, &path);
    let credential = &view.credentials[0];
    assert_eq!(
        (credential.kind.as_str(), credential.title.zh.as_ref()),
        ("incubatee-certificate", "在孵企业证明")
    );
    let line = |name: &str| credential.lines.iter().find(|line| line.claim.path == name).unwrap();
    assert_eq!(line("number").claim.value.zh, "HFUSP-2026-0000");
    assert!(
        line("number").selectable && !line("iss").selectable,
        "what could have been left out, and what not"
    );
    assert!(credential.lines.iter().all(|line| !line.claim.value.zh.is_empty()), "no empty lines");
    assert!(credential.hidden >= 1, "a decoy cannot be told from a hidden claim");
    let codes: Vec<_> = view.advice.iter().map(|advice| advice.code.as_str()).collect();
    assert!(codes.contains(&"AUD-UNCHECKED") && codes.contains(&"SIG-INVALID"), "{codes:?}");
    assert!(view.advice.iter().all(|advice| !advice.title.zh.is_empty() && !advice.advice.en().is_empty()));
}
