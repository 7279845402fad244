//! One writer, many readers, all or nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::common::{entry, firm, fresh};
use serde_json::json;
use zizhi_store::{FirmFilter, READERS};

#[test]
fn a_writer_that_is_dropped_leaves_no_trace() {
    let (_folder, database) = fresh();
    let writer = database.writer().unwrap();
    writer.put_firm(&firm(1, "甲公司")).unwrap();
    writer.log(&entry("firm.entered")).unwrap();
    assert_eq!(writer.count_firms(&FirmFilter::default(), 9).unwrap(), 1, "a writer reads what it wrote");
    drop(writer);
    let reader = database.reader().unwrap();
    assert_eq!(reader.count_firms(&FirmFilter::default(), 9).unwrap(), 0);
    assert_eq!(reader.log_end().unwrap().seq, 0);
}

#[test]
fn a_reader_sees_one_moment() {
    let (_folder, database) = fresh();
    let reader = database.reader().unwrap();
    assert_eq!(reader.setting("a").unwrap(), None);
    let writer = database.writer().unwrap();
    writer.put_setting("a", &json!(1)).unwrap();
    writer.commit(&entry("setting")).unwrap();
    assert_eq!(reader.setting("a").unwrap(), None, "as it was when the reader first read");
    assert_eq!(database.reader().unwrap().setting("a").unwrap(), Some(json!(1)), "a new reader sees it");
}

#[test]
fn every_transaction_is_seen_whole_while_threads_write_and_read() {
    let (_folder, database) = fresh();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..READERS + 2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let reader = database.reader().unwrap();
                    let (a, b) = (reader.setting("a").unwrap(), reader.setting("b").unwrap());
                    assert_eq!(a, b, "both were written in one transaction");
                }
            });
        }
        let writers: Vec<_> = (0..3)
            .map(|thread| {
                let database = &database;
                scope.spawn(move || {
                    for round in 0..30 {
                        let writer = database.writer().unwrap();
                        for name in ["a", "b"] {
                            writer.put_setting(name, &json!([thread, round])).unwrap();
                        }
                        writer.commit(&entry("settings")).unwrap();
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.join().unwrap();
        }
        stop.store(true, Ordering::Relaxed);
    });
    let reader = database.reader().unwrap();
    assert_eq!(reader.log_end().unwrap().seq, 90, "every commit is in the log");
    assert!(reader.verify_log().unwrap().is_ok());
}

#[test]
fn a_panic_in_a_transaction_rolls_it_back_and_work_goes_on() {
    let (_folder, database) = fresh();
    for _ in 0..=READERS {
        let reading = thread::scope(|scope| {
            scope
                .spawn(|| {
                    let reader = database.reader().unwrap();
                    assert!(reader.setting("a").unwrap().is_some(), "on purpose");
                })
                .join()
        });
        assert!(reading.is_err());
    }
    let panicked = thread::scope(|scope| {
        scope
            .spawn(|| {
                let writer = database.writer().unwrap();
                writer.put_setting("a", &json!(1)).unwrap();
                panic!("on purpose");
            })
            .join()
    });
    assert!(panicked.is_err());
    let writer = database.writer().unwrap();
    assert_eq!(writer.setting("a").unwrap(), None);
    writer.put_setting("b", &json!(2)).unwrap();
    writer.commit(&entry("setting")).unwrap();
    database.shrink_memory().unwrap();
    assert_eq!(database.reader().unwrap().setting("b").unwrap(), Some(json!(2)));
}
