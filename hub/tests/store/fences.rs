//! The second wall of PostgreSQL: what a transaction in the name of one organisation sees and writes of others, whatever a
//! statement asks for.

use tokio_postgres::Client;
use zizhi_hub::store::{NewHold, Route};

use crate::common::org;
use crate::common::server::connect;
use crate::engine::{self, Engine, ROOM, TERM, enrol, message, redemption, voucher};

/// Every table with a fence, and how many rows organisations 1, 2 and 3 see of it.
const FENCED: [(&str, [i64; 3]); 11] = [
    ("messages", [1, 1, 0]),
    ("uploads", [1, 0, 0]),
    ("outbox", [1, 0, 0]),
    ("given_up", [1, 0, 0]),
    ("organisations", [1, 1, 1]),
    ("devices", [1, 1, 1]),
    ("removed_devices", [0, 1, 0]),
    ("redemptions", [0, 1, 0]),
    ("conflicts", [0, 1, 0]),
    // What is left of a voucher, and what others hold, is part of the rule.
    ("vouchers", [1, 1, 1]),
    ("holds", [1, 1, 1]),
];

/// Every table without one, for the reasons of decision 31.
const OPEN: [&str; 12] = [
    "heartbeats",
    "hub",
    "hub_keys",
    "invitations",
    "mailboxes",
    "message_parts",
    "migrations",
    "nonces",
    "peer_organisations",
    "peers",
    "remote_organisations",
    "upload_parts",
];

/// A row at least in every fenced table: mail of 1 for 2, and a voucher of fund 1 that 2 redeems and holds.
async fn filled() -> (Engine, Client) {
    let store = engine::postgres().await;
    enrol(&*store, &[1, 2, 3]).await;
    store.deliver(&message("m", 1, 2, b"hello"), &Route::Here, ROOM).await.expect("an answer");
    voucher(&*store, "v", 100).await;
    store.redeem(&redemption("v", 2, "fits", 60), TERM).await.expect("an answer");
    store.redeem(&redemption("v", 2, "does not", 60), TERM).await.expect("an answer");
    let hold = NewHold {
        id: "h".to_owned(),
        voucher: "v".to_owned(),
        redeemer: org(2),
        key: "h".to_owned(),
        request: "10".to_owned(),
        amount: 10,
        until: 5_000,
        at: 4_000,
    };
    store.hold(&hold, TERM).await.expect("an answer");
    let client = connect(store.address.as_deref().expect("an address")).await;
    let (one, two) = (org(1), org(2));
    let rows = format!(
        "SET app.org = '*'; \
         INSERT INTO uploads (upload, id, sender, recipient, len, sha256, at) VALUES ('u', 'u', '{one}', '{two}', 5, 'd', 1); \
         INSERT INTO outbox (message, hub, due, sender) VALUES ('m', '33-main', 1, '{one}'); \
         INSERT INTO given_up (message, sender, code, refused) VALUES ('m', '{one}', 'MAIL-OTHER', 1); \
         INSERT INTO removed_devices (org, kid, at) VALUES ('{two}', 'kid', 1); RESET app.org"
    );
    client.batch_execute(&rows).await.expect("rows");
    (store, client)
}

async fn begin(client: &Client, n: u32) {
    let name = format!("BEGIN; SELECT set_config('app.org', '{}', true)", org(n));
    client.batch_execute(&name).await.expect("a transaction");
}

async fn count(client: &Client, table: &str) -> i64 {
    client.query_one(&format!("SELECT count(*) FROM {table}"), &[]).await.expect("a count").get(0)
}

/// Whoever forgot a condition would still see nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn shows_one_organisation_no_rows_of_another() {
    let (_store, client) = filled().await;
    for (n, place) in [(1, 0), (2, 1), (3, 2)] {
        begin(&client, n).await;
        for (table, sees) in FENCED {
            assert_eq!(
                count(&client, table).await,
                sees[place],
                "organisation {n} of {table} without any condition"
            );
        }
        client.batch_execute("ROLLBACK").await.expect("its end");
    }
    for (table, _) in FENCED {
        assert_eq!(count(&client, table).await, 0, "and nobody sees nothing of {table}");
    }
}

/// What a statement without a condition changes in the name of an organisation is its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lets_one_organisation_write_no_rows_of_another() {
    let (_store, client) = filled().await;
    for (sql, owner) in [
        ("UPDATE messages SET at = at", &[1, 2][..]),
        ("UPDATE uploads SET at = at", &[1]),
        ("UPDATE outbox SET due = due", &[1]),
        ("UPDATE given_up SET refused = refused", &[1]),
        ("UPDATE devices SET org = org WHERE kid = 'kid 2.1'", &[2]),
        ("UPDATE removed_devices SET at = at", &[2]),
        ("UPDATE redemptions SET asked = asked", &[2]),
        ("UPDATE conflicts SET why = why", &[2]),
        ("UPDATE holds SET asked = asked", &[2]),
        ("DELETE FROM holds", &[]),
        ("DELETE FROM vouchers", &[]),
    ] {
        for n in [1, 2, 3] {
            begin(&client, n).await;
            let touched = client.execute(sql, &[]).await.expect("an answer");
            assert_eq!(touched, u64::from(owner.contains(&n)), "organisation {n}: {sql}");
            client.batch_execute("ROLLBACK").await.expect("its end");
        }
    }
    let (one, two) = (org(1), org(2));
    for (sql, owner) in [
        (
            format!(
                "INSERT INTO vouchers (id, fund, firm, amount, entry, at) VALUES ('w', '{one}', '{two}', 1, '', 1)"
            ),
            1,
        ),
        (
            format!(
                "INSERT INTO holds (id, voucher, redeemer, key, request, amount, until, at, epoch) \
                 VALUES ('i', 'v', '{two}', 'i', '', 1, 1, 1, 1)"
            ),
            2,
        ),
    ] {
        for n in [1, 2, 3] {
            begin(&client, n).await;
            let done = client.batch_execute(&sql).await;
            assert_eq!(done.is_ok(), n == owner, "organisation {n}: {sql}: {done:?}");
            client.batch_execute("ROLLBACK").await.expect("its end");
        }
    }
}

/// A table that is new here needs a fence, or a reason.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn leaves_no_table_without_a_fence_or_a_reason() {
    let (_store, client) = filled().await;
    let tables = |fenced: bool| {
        let client = &client;
        async move {
            let sql = "SELECT relname::TEXT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace \
                 WHERE nspname = 'public' AND relkind = 'r' AND (relrowsecurity AND relforcerowsecurity) = $1 \
                 ORDER BY relname";
            let rows = client.query(sql, &[&fenced]).await.expect("names");
            rows.iter().map(|row| row.get(0)).collect::<Vec<String>>()
        }
    };
    let mut fenced: Vec<&str> = FENCED.iter().map(|(table, _)| *table).collect();
    fenced.sort_unstable();
    assert_eq!(tables(true).await, fenced, "each of these is tested above");
    assert_eq!(tables(false).await, OPEN, "each of these has its reason");
}
