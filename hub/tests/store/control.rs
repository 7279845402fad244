//! The control to `races.rs`: what a hub would lose that numbered its messages by a plain sequence.

use std::time::Duration;

use tokio::task::JoinSet;

use crate::common::server::{connect, shared};

/// A trigger that waits up to 10 ms between an insert into `table` and whatever follows it.
pub fn delay(table: &str) -> String {
    format!(
        "CREATE FUNCTION wait_a_little() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN PERFORM pg_sleep(random() * 0.01); RETURN NULL; END $$; \
         CREATE TRIGGER wait_a_little AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION wait_a_little()"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_of_a_plain_sequence_misses_some() {
    const WRITERS: i64 = 8;
    const EACH: i64 = 40;
    let address = shared().await.database().await;
    let client = connect(&address).await;
    client.batch_execute("CREATE TABLE plain (seq BIGSERIAL PRIMARY KEY)").await.expect("a table");
    client.batch_execute(&delay("plain")).await.expect("a trigger");
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let client = connect(&address).await;
        writers.spawn(async move {
            for _ in 0..EACH {
                client.execute("INSERT INTO plain DEFAULT VALUES", &[]).await.expect("a row");
            }
        });
    }
    let (mut cursor, mut seen, mut writing) = (0_i64, 0, true);
    loop {
        writing = writing && {
            while writers.try_join_next().is_some() {}
            !writers.is_empty()
        };
        let rows =
            client.query("SELECT seq FROM plain WHERE seq > $1 ORDER BY seq LIMIT 7", &[&cursor]).await;
        let rows = rows.expect("a page");
        seen += i64::try_from(rows.len()).expect("few");
        match rows.last() {
            Some(last) => cursor = last.get(0),
            None if !writing => break,
            None => tokio::time::sleep(Duration::from_millis(1)).await,
        }
    }
    let missed = WRITERS * EACH - seen;
    println!("a plain sequence: {missed} of {} rows never seen", WRITERS * EACH);
    assert!(missed > 0, "otherwise the test beside this one proves nothing");
}
