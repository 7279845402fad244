//! The digest of the whole file, taken beside the digests of what is in it.
//!
//! Every byte of an attachment goes through SHA-256 twice, once as part of the file and once as
//! itself. The two do not need each other, so a large file is worked on by two threads that share the
//! blocks as they are read.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use zizhi_crypto::digest::Sha256;

use crate::digest::Digest;

/// Bytes from which a second thread pays. Below, starting it costs more than it saves.
const BESIDE_FROM: u64 = 4 * 1024 * 1024;
/// Blocks that may wait for the second thread. They are all the memory that it costs.
const WAITING: usize = 4;

/// Runs `work`, which hands over every block of the file in order, and gives the file's digest.
pub(super) fn beside<T>(size: u64, work: impl FnOnce(&mut dyn FnMut(&Arc<Vec<u8>>)) -> T) -> (T, Digest) {
    if size < BESIDE_FROM {
        return inline(work);
    }
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Arc<Vec<u8>>>(WAITING);
        let spawned = thread::Builder::new().spawn_scoped(scope, move || {
            let mut state = Sha256::new();
            for block in receiver {
                state.update(&block);
            }
            Digest(state.finish())
        });
        let Ok(handle) = spawned else { return inline(work) };
        let outcome = work(&mut |block| {
            // The other end is gone only if its thread panicked, which the join below repeats.
            drop(sender.send(Arc::clone(block)));
        });
        drop(sender);
        match handle.join() {
            Ok(digest) => (outcome, digest),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn inline<T>(work: impl FnOnce(&mut dyn FnMut(&Arc<Vec<u8>>)) -> T) -> (T, Digest) {
    let mut state = Sha256::new();
    let outcome = work(&mut |block| state.update(block));
    (outcome, Digest(state.finish()))
}
