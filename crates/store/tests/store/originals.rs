//! Original bytes are kept as they were, once, and in little memory.

use std::io::{self, Read, Seek, SeekFrom};

use crate::child::{child, child_folder};
use crate::common::{at, entry, fresh};
use zizhi_crypto::digest::sha256;

const MIB: usize = 1024 * 1024;

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n ^ n >> 8 ^ n >> 13) as u8).collect()
}

#[test]
fn bytes_of_any_length_come_back_as_they_were() {
    let (_folder, database) = fresh();
    for length in [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB, 3 * MIB + 7] {
        let written = bytes(length);
        let writer = database.writer().unwrap();
        let original = writer.add_original(&mut written.as_slice(), "application/pdf", at(1)).unwrap();
        writer.commit(&entry("original.added")).unwrap();
        assert_eq!((original.sha256, original.size), (sha256(&written), length as u64));

        let reader = database.reader().unwrap();
        let mut opened = reader.open_original(&original.sha256).unwrap().unwrap();
        let mut read = Vec::new();
        opened.read_to_end(&mut read).unwrap();
        assert!(read == written, "{length} bytes");
        assert_eq!(reader.original(&original.sha256).unwrap(), Some(original));
    }
    assert!(database.check().unwrap().is_whole());
}

#[test]
fn the_same_bytes_are_kept_once() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    let first = writer.add_original(&mut bytes(2 * MIB).as_slice(), "application/pdf", at(1)).unwrap();
    let again = writer.add_original(&mut bytes(2 * MIB).as_slice(), "image/png", at(2)).unwrap();
    assert_eq!(first, again, "what was told first stays");
    writer.commit(&entry("original.added")).unwrap();
    drop(database);
}

#[test]
fn reading_begins_anywhere() {
    let (_folder, database) = fresh();
    let written = bytes(2 * MIB + 500);
    let writer = database.writer().unwrap();
    let original = writer.add_original(&mut written.as_slice(), "", at(1)).unwrap();
    let mut opened = writer.open_original(&original.sha256).unwrap().unwrap();
    for (from, expected) in [
        (SeekFrom::Start(0), 0),
        (SeekFrom::Start(MIB as u64 - 5), MIB - 5),
        (SeekFrom::End(-500), 2 * MIB),
        (SeekFrom::Current(-(MIB as i64)), MIB + 10),
        (SeekFrom::Start(2 * MIB as u64 + 490), 2 * MIB + 490),
    ] {
        assert_eq!(opened.seek(from).unwrap(), expected as u64);
        let mut read = [0; 10];
        opened.read_exact(&mut read).unwrap();
        assert_eq!(read, written[expected..expected + 10], "{from:?}");
    }
    assert_eq!(opened.read(&mut [0; 10]).unwrap(), 0, "at the end there is no more");
    assert_eq!(opened.seek(SeekFrom::Start(u64::MAX)).unwrap(), u64::MAX);
    assert_eq!(opened.read(&mut [0; 10]).unwrap(), 0, "nor after it");
    assert!(opened.seek(SeekFrom::End(i64::MIN)).is_err(), "before the beginning is nowhere");
    assert!(writer.open_original(&[1; 32]).unwrap().is_none());
}

/// Bytes that fail after some of them were read, as a stick that is pulled out.
struct PulledOut(usize);

impl Read for PulledOut {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.0);
        if length == 0 {
            return Err(io::ErrorKind::NotConnected.into());
        }
        self.0 -= length;
        Ok(length)
    }
}

#[test]
fn a_source_that_fails_half_way_leaves_nothing() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    assert!(writer.add_original(&mut PulledOut(3 * MIB), "", at(1)).is_err());
    drop(writer);
    let findings = database.check().unwrap();
    assert!(findings.is_whole(), "{findings:?}");
    assert!(database.reader().unwrap().original(&[0; 32]).unwrap().is_none(), "no row without a digest");
}

#[test]
#[cfg(target_os = "linux")]
fn three_hundred_megabytes_need_no_more_memory_than_eighty() {
    // In a process of its own, since the other tests take memory too.
    if child_folder().is_none() {
        let name = "originals::three_hundred_megabytes_need_no_more_memory_than_eighty";
        let folder = tempfile::tempdir().unwrap();
        let done = child(name, folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        return;
    }
    let (_folder, database) = fresh();
    let keep = |length: u64, fill: u8| {
        let writer = database.writer().unwrap();
        let original = writer.add_original(&mut io::repeat(fill).take(length), "", at(1)).unwrap();
        writer.commit(&entry("original.added")).unwrap();
        let reader = database.reader().unwrap();
        let mut opened = reader.open_original(&original.sha256).unwrap().unwrap();
        assert_eq!(io::copy(&mut opened, &mut io::sink()).unwrap(), length);
    };
    // The caches of both connections, 64 MiB each, fill with the first two.
    keep(80 << 20, 1);
    keep(80 << 20, 2);
    let before = peak_memory_kib();
    keep(300 << 20, 3);
    let grown = peak_memory_kib() - before;
    assert!(grown < 16 * 1024, "the peak grew by {grown} KiB");
}

#[cfg(target_os = "linux")]
fn peak_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
