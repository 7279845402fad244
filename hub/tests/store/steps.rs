//! Databases of an earlier program, with rows in them, brought to the newest version.

use zizhi_hub::store::{Postgres, Sqlite, Store};

use crate::common::org;
use crate::common::server::{connect, shared};

/// The steps that a released program had before senders were told what is refused, by engine.
const SQLITE: [&str; 4] = [
    include_str!("../../migrations/sqlite/0001_first.sql"),
    include_str!("../../migrations/sqlite/0002_relay.sql"),
    include_str!("../../migrations/sqlite/0003_fences.sql"),
    include_str!("../../migrations/sqlite/0004_parked.sql"),
];
const POSTGRES: [&str; 4] = [
    include_str!("../../migrations/postgres/0001_first.sql"),
    include_str!("../../migrations/postgres/0002_relay.sql"),
    include_str!("../../migrations/postgres/0003_fences.sql"),
    include_str!("../../migrations/postgres/0004_parked.sql"),
];

/// Three messages on their way to another hub, two of them parked, as the program of the fourth step wrote them.
fn rows() -> String {
    let (first, second, there) = (org(1), org(2), org(9));
    let message = |id: &str, from, seq: u32| {
        format!(
            "INSERT INTO messages (id, sender, recipient, seq, epoch, len, sha256, receipt, at, waiting) \
             VALUES ('{id}', '{from}', '{there}', {seq}, 1, 5, 'digest', 'receipt of {id}', 2000, true);"
        )
    };
    [
        message("a", first, 1),
        message("b", first, 2),
        message("x", second, 3),
        "INSERT INTO outbox (message, hub, due, code, parked) VALUES \
         ('a', '33-main', 1, 'ORG-UNKNOWN', 3000), ('b', '33-main', 1, NULL, NULL), \
         ('x', '33-main', 1, 'MAIL-OTHER', 4000);"
            .to_owned(),
    ]
    .concat()
}

/// Each sender hears of its own, as if the hub had always known whose they are.
async fn hears(store: &dyn Store) {
    for (n, expected) in [(1, vec!["a ORG-UNKNOWN 3000"]), (2, vec!["x MAIL-OTHER 4000"]), (9, vec![])] {
        let page = store.mail(org(n), 0, 100, 1 << 20, 1 << 16).await.expect("a page");
        let heard: Vec<_> =
            page.refused.iter().map(|it| format!("{} {} {}", it.id, it.code, it.at)).collect();
        assert_eq!(heard, expected, "organisation {n}");
    }
    let given_up = store.discard("a").await.expect("an answer").expect("it is parked");
    assert_eq!(given_up.from, org(1).to_string(), "whose it is");
    let page = store.mail(org(1), 0, 100, 1 << 20, 1 << 16).await.expect("a page");
    assert_eq!(page.refused.len(), 1, "given up, it is refused all the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_refused_before_the_fifth_step_is_told_after_it_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("hub.sqlite");
    let old = rusqlite::Connection::open(&path).expect("a new database");
    old.execute_batch(&SQLITE.concat()).expect("four steps");
    old.pragma_update(None, "user_version", SQLITE.len() as i64).expect("their number");
    old.execute_batch(&rows()).expect("rows");
    drop(old);
    hears(&Sqlite::open(&path).expect("it is brought to the newest version")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_refused_before_the_fifth_step_is_told_after_it_on_postgres() {
    let address = shared().await.database().await;
    let old = connect(&address).await;
    old.batch_execute(&POSTGRES.concat()).await.expect("four steps");
    let steps = "CREATE TABLE migrations (step BIGINT PRIMARY KEY, applied TIMESTAMPTZ NOT NULL DEFAULT now()); \
         INSERT INTO migrations (step) SELECT * FROM generate_series(1, 4)";
    old.batch_execute(steps).await.expect("their numbers");
    old.batch_execute(&format!("SET app.org = '*'; {}", rows())).await.expect("rows");
    hears(&Postgres::open(&address, 4).await.expect("it is brought to the newest version")).await;
}
