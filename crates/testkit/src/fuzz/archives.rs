//! Targets for files of files: ZIP, the dossier's container, the trust package.

use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use zizhi_archive::{Archive, Bounds, Method, Profile, Writer};
use zizhi_model::{Limits, Uscc, Verdict};
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::client::State;
use zizhi_trust::metadata::{Envelope, Root, Snapshot, Targets, Timestamp};
use zizhi_trust::{IssuerRecord, Package, Trust, TrustLimits};
use zizhi_verify::{Input, Library, verify};

use super::{Fixed, pieces};

/// Small, so that one run is quick and limits are met.
const BOUNDS: Bounds = Bounds { file_bytes: 1 << 20, entry_bytes: 1 << 18, entries: 64, ratio: 200 };

/// The time of every run: 2026-11-23T04:00:00Z.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_406_400, 0).unwrap_or_default()
}

/// A sound archive with entries from the pieces (a name, a line break, the content), into which the last
/// piece is patched: pairs of a place in two bytes and the byte to put there.
fn archive(data: &[u8]) -> Option<Vec<u8>> {
    let all = pieces(data);
    let (patch, entries) = all.split_last()?;
    let mut writer = Writer::new(Cursor::new(Vec::new())).ok()?;
    for (index, entry) in entries.iter().enumerate() {
        let end = entry.iter().position(|byte| *byte == b'\n').unwrap_or(entry.len());
        let name = std::str::from_utf8(entry.get(..end)?).ok()?;
        let content = entry.get(end + 1..).unwrap_or_default();
        let method = if index % 2 == 0 { Method::Stored } else { Method::Deflate };
        writer.add_bytes(name, method, content).ok()?;
    }
    let mut bytes = writer.finish().ok()?.into_inner();
    for change in patch.chunks_exact(3) {
        if let [high, low, byte] = *change
            && let Some(place) = bytes.get_mut(usize::from(u16::from_be_bytes([high, low])))
        {
            *place = byte;
        }
    }
    Some(bytes)
}

/// ZIP: the bytes as they are, and as an archive that was patched.
pub fn zip(data: &[u8]) {
    read_archive(data);
    if let Some(bytes) = archive(data) {
        read_archive(&bytes);
    }
}

fn read_archive(bytes: &[u8]) {
    for profile in [Profile::Dossier, Profile::Package] {
        drop(Archive::examine(Cursor::new(bytes), &BOUNDS, profile));
    }
    let Ok(mut archive) = Archive::open(Cursor::new(bytes), &BOUNDS) else { return };
    for index in 0..archive.entries().len() {
        let size = archive.entries().get(index).map_or(0, |entry| entry.size);
        assert!(size <= BOUNDS.entry_bytes, "a limit holds");
        if let Ok(content) = archive.read(index, BOUNDS.entry_bytes) {
            assert!(content.len() as u64 == size, "an entry is as long as it says");
            let mut streamed = Vec::new();
            let length = archive.stream(index, &mut |part| streamed.extend_from_slice(part));
            assert!(length.is_ok_and(|length| length == size) && streamed == content, "twice the same");
        }
    }
}

/// The dossier's container, up to a report.
pub fn container(data: &[u8]) {
    report(data);
    if let Some(bytes) = archive(data) {
        report(&bytes);
    }
}

fn report(bytes: &[u8]) {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::new(Trust::missing()));
    let limits = Limits {
        file_bytes: BOUNDS.file_bytes,
        entry_bytes: BOUNDS.entry_bytes,
        entries: BOUNDS.entries,
        ..Limits::default()
    };
    let Ok(opened) = zizhi_dossier::open(Cursor::new(bytes), &limits) else { return };
    let input = Input {
        file_name: "a.zzdossier",
        opened: &opened,
        library: &LIBRARY,
        now: now(),
        recipient: None,
        limits: &limits,
        memory: None,
        software: "fuzz",
    };
    let report = verify(&input);
    assert!(
        matches!(report.verdict, Verdict::Failed | Verdict::Pending),
        "nothing passes without trust data"
    );
    let again = verify(&input);
    let text = |report| serde_json::to_string(report).unwrap_or_default();
    assert!(text(&report) == text(&again), "the same again gives the same bytes");
}

/// The trust package: metadata, records, a kept state; a package as it is; and the pieces put into a sound
/// repository in the place of its own metadata.
pub fn trust(data: &[u8]) {
    let limits = TrustLimits::default();
    metadata(data);
    drop(State::from_bytes(data));
    if let Ok(uscc) = Uscc::parse("91340100DEM0000228")
        && let Ok(record) = IssuerRecord::read(data, "34", &uscc, limits.json_depth)
    {
        assert!(record.uscc == uscc && record.region.province() == "34", "a record is about its own");
    }
    if let Ok(package) = Package::from_reader(Cursor::new(data.to_vec()), &limits) {
        drop(Trust::open(Arc::new(package), None, None, now()));
    }
    if let Some(bytes) = replaced(data)
        && let Ok(package) = Package::from_reader(Cursor::new(bytes), &limits)
        && let Ok(trust) = Trust::open(Arc::new(package), None, None, now())
    {
        assert!(trust.basis().root_version >= 1, "what is trusted has a root");
        drop((trust.issuer_codes(), trust.rule_packs()));
    }
}

fn metadata(data: &[u8]) {
    let depth = TrustLimits::default().json_depth;
    let Ok(envelope) = Envelope::parse(data, depth) else { return };
    assert!(!envelope.canonical().is_empty(), "what is signed has a canonical form");
    if let Ok(root) = Root::read(&envelope) {
        drop(envelope.verify(&root.root, &root.keys));
    }
    drop(Timestamp::read(&envelope));
    drop(Snapshot::read(&envelope));
    drop(Targets::read(&envelope));
}

/// A package of a sound repository with the piece `n` in the place of its file `n`; an empty piece leaves it.
fn replaced(data: &[u8]) -> Option<Vec<u8>> {
    static REPOSITORY: LazyLock<Option<Repository>> = LazyLock::new(|| {
        let keys = Keys::generate(&["31", "34"], &mut Fixed(9)).ok()?;
        Repository::init(&keys, &Terms::issued(now())).ok()
    });
    let pieces = pieces(data);
    let mut writer = Writer::new(Cursor::new(Vec::new())).ok()?;
    for (index, (path, bytes)) in REPOSITORY.as_ref()?.files().enumerate() {
        let piece = pieces.get(index).copied().filter(|piece| !piece.is_empty());
        writer.add_bytes(path, Method::Stored, piece.unwrap_or(bytes)).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}
