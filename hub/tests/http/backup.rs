//! A copy of the hub made while it serves, and the hub that is made of it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use zizhi_hub::backup::{BackupError, backup, restore};
use zizhi_sync::api::{self, Cursor};
use zizhi_sync::invitation::Role;

use crate::mail::{message, sync};
use crate::world::{ask, new_id, settings, world, world_in};

/// Longer than what lies in a row.
const LARGE: usize = 100_000;

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_hub_made_of_a_copy_has_what_was_there_and_says_that_it_lost_the_rest() {
    let first = world();
    let (firm, incubator) = (first.joined(1, Role::Firm).await, first.joined(2, Role::Incubator).await);
    let large = vec![7; LARGE];
    for body in [b"sealed".as_slice(), &large] {
        first.from(&firm, message(new_id(), incubator.org, body)).await.is(201);
    }
    let read = sync(&first, &incubator, None, Vec::new()).await;

    // The first hub has its database open all the time.
    let root = first.folder().join("data");
    let copied = first.folder().join("copy");
    assert_eq!(backup(&root, &copied).expect("a copy"), 1, "the large one");
    assert_eq!(files(&copied), ["blobs", "hub.id", "hub.key", "hub.sqlite"]);
    for secret in ["hub.key", "hub.sqlite"] {
        let mode = fs::metadata(copied.join(secret)).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{secret} is its owner's alone");
    }
    let later = new_id();
    first.from(&firm, message(later, incubator.org, b"after the copy")).await.is(201);

    let place = tempfile::tempdir().expect("a folder");
    let root = place.path().join("data");
    assert_eq!(restore(&copied, &root).await.expect("a hub"), 2, "its epoch");
    let second = world_in(place, &root, settings());
    assert_eq!(second.data.key.public(), first.data.key.public(), "it signs as before");
    // The cursor of before is not believed: everything is shown again.
    let round = sync(&second, &incubator, Some(read.cursor), Vec::new()).await;
    assert_eq!(round.cursor, Cursor { epoch: 2, seq: 2 });
    assert_eq!(
        round.items.iter().map(|item| item.id).collect::<Vec<_>>(),
        [read.items[0].id, read.items[1].id]
    );
    let path = format!("/v1/messages/{}", read.items[1].id);
    assert_eq!(second.from(&incubator, ask("GET", path)).await.bytes, large, "the large one, too");
    // What was lost is offered again, and taken.
    let again: api::MailAnswer =
        second.from(&firm, message(later, incubator.org, b"after the copy")).await.json(201);
    let receipt: zizhi_sync::receipt::MailReceipt = second.read(&again.receipt);
    assert_eq!((receipt.seq, receipt.epoch), (3, 2));
}

#[tokio::test]
async fn nothing_is_overwritten_and_half_a_copy_is_refused() {
    let world = world();
    let root = world.folder().join("data");
    let occupied = world.folder().join("occupied");
    fs::create_dir(&occupied).expect("a folder");
    fs::write(occupied.join("thesis.doc"), b"years of work").expect("written");
    assert!(matches!(backup(&root, &occupied), Err(BackupError::Occupied(_))));
    assert_eq!(files(&occupied), ["thesis.doc"]);
    assert!(matches!(backup(&occupied, &world.folder().join("a")), Err(BackupError::NoHub(_))));

    let copied = world.folder().join("copy");
    backup(&root, &copied).expect("a copy");
    let target = world.folder().join("target");
    let before = fs::read(root.join("hub.key")).expect("a key");
    assert!(matches!(restore(&copied, &root).await, Err(BackupError::Occupied(_))), "not over a hub");
    assert_eq!(fs::read(root.join("hub.key")).expect("a key"), before);
    fs::remove_file(copied.join("hub.id")).expect("removed");
    assert!(matches!(restore(&copied, &target).await, Err(BackupError::NoCopy(_))), "it was not finished");

    let damaged = world.folder().join("damaged");
    backup(&root, &damaged).expect("a copy");
    let mut bytes = fs::read(damaged.join("hub.sqlite")).expect("a database");
    let half = bytes.len() / 2;
    bytes[half..].fill(0xaa);
    fs::write(damaged.join("hub.sqlite"), bytes).expect("written");
    let refused = restore(&damaged, &target).await.expect_err("it is damaged");
    assert!(matches!(refused, BackupError::BadCopy(..)), "{refused}");
    assert!(!target.join("hub.id").exists(), "and no hub was made");
    let again = backup(&damaged, &world.folder().join("again")).expect_err("its database is damaged");
    assert!(matches!(again, BackupError::Damaged(_) | BackupError::Copy(_)), "{again}");
}
