//! What cannot be saved while every firm gets a file and its rows: the files alone, and the rows alone
//! without search.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

/// How long it takes to write as many files of `size` bytes beside their places, and to give them their
/// names.
pub fn files(count: usize, size: usize, folder: &Path) -> [Duration; 2] {
    let aside = folder.join("aside");
    std::fs::create_dir_all(&aside).expect("a folder");
    let (bytes, name) =
        (vec![b'x'; size], |n: usize| format!("HFUSP-2026-{n:05} 合肥星河科技{n}有限公司.zzcred"));
    let begun = Instant::now();
    for n in 0..count {
        std::fs::write(aside.join(name(n)), &bytes).expect("written");
    }
    let written = begun.elapsed();
    let begun = Instant::now();
    for n in 0..count {
        std::fs::rename(aside.join(name(n)), folder.join(name(n))).expect("named");
    }
    [written, begun.elapsed()]
}

/// How long it takes to put as many firms, and then as many credentials of `size` bytes, into a database as
/// the product's, on one thread and made durable, without the index that search uses.
pub fn rows(count: usize, size: usize, folder: &Path) -> Duration {
    let connection = Connection::open(folder.join("floor.db")).expect("a database");
    let settings = format!(
        "PRAGMA key = \"x'{}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536",
        "5a".repeat(32)
    );
    connection.execute_batch(&settings).expect("opened");
    connection.execute_batch(include_str!("../../../../migrations/0001_init.sql")).expect("tables");
    let begun = Instant::now();
    connection.execute_batch("BEGIN").expect("begun");
    let mut firm = connection
        .prepare(
            "INSERT INTO firm (id, uscc, name, former_names, region, site_address, extra, state, updated)
             VALUES (?1, ?2, ?3, '[]', '340104', '合肥市蜀山区望江西路', ?4, 'in', 0)",
        )
        .expect("prepared");
    let extra = format!("{{\"holder_jwk\":\"{}\"}}", "x".repeat(200));
    for n in 0..count {
        firm.execute(params![id(n), uscc(n), "合肥星河科技有限公司", extra]).expect("a row");
    }
    connection.execute_batch("COMMIT; BEGIN").expect("durable");
    let mut credential = connection
        .prepare(
            "INSERT INTO credential (id, direction, sha256, credential_type, number, issuer_uscc, subject_uscc,
                 subject_name, provenance, region, issued_on, valid_until, iat, status_uri, status_idx, state, received)
             VALUES (?1, 'issued', ?2, 'incubatee-certificate', ?3, '91340100DEM0000228', ?4,
                 '合肥星河科技有限公司', 'direct', '340104', '2026-11-23', '2027-06-30', 0, 'https://example.org/1', ?5,
                 'valid', 0)",
        )
        .expect("prepared");
    let mut text = connection.prepare("INSERT INTO credential_text VALUES (?1, ?2)").expect("prepared");
    let mut number = connection.prepare("INSERT INTO credential_number VALUES (?1, ?2)").expect("prepared");
    let mut subject =
        connection.prepare("INSERT INTO subject (uscc, names) VALUES (?1, ?2)").expect("prepared");
    let bytes = vec![b'x'; size];
    for n in 0..count {
        let digest = ring::digest::digest(&ring::digest::SHA256, &n.to_le_bytes());
        let seq = credential
            .insert(params![
                id(n),
                digest.as_ref(),
                format!("HFUSP-2026-{n:05}"),
                uscc(n),
                i64::try_from(n).expect("small")
            ])
            .expect("a row");
        text.execute(params![seq, bytes]).expect("a row");
        number.execute(params![format!("hfusp2026{n:05}"), seq]).expect("a row");
        subject.execute(params![uscc(n), "[\"合肥星河科技有限公司\"]"]).expect("a row");
    }
    connection.execute_batch("COMMIT").expect("durable");
    begun.elapsed()
}

/// Ids are random at their ends.
fn id(n: usize) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, &n.to_be_bytes());
    let digits = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("019aaf0c-{}", digits.get(..27).unwrap_or_default())
}

fn uscc(n: usize) -> String {
    format!("91340100DEM{n:05}00")
}
