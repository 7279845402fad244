//! A PostgreSQL with its synchronous standby, both of which wait for their disks.

use zizhi_hub::store::Postgres;

use crate::common::server::connect;
use crate::pair::Pair;

/// The two of them, with the database of a hub.
pub async fn pair() -> Pair {
    let pair = tokio::task::spawn_blocking(|| Pair::start(true)).await.expect("servers");
    pair.make_database().await;
    // The pair of the tests leaves the disk out. The standby takes this over with the files of the primary.
    let primary = connect(&as_admin(&pair)).await;
    primary.batch_execute("ALTER SYSTEM SET fsync = on").await.expect("set");
    primary.batch_execute("SELECT pg_reload_conf()").await.expect("told");
    let pair = tokio::task::spawn_blocking(move || {
        let mut pair = pair;
        pair.add_standby();
        pair
    })
    .await
    .expect("a standby");
    for node in 0..2 {
        let server = connect(&of_node(&pair, node)).await;
        let fsync: String = server.query_one("SHOW fsync", &[]).await.expect("an answer").get(0);
        assert_eq!(fsync, "on", "server {node} waits for its disk");
    }
    let standbys = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
    let synchronous: i64 = loop {
        match primary.query_one(standbys, &[]).await.expect("an answer").get(0) {
            0 => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            count => break count,
        }
    };
    assert_eq!(synchronous, 1, "commits wait for the standby");
    pair
}

/// The store of a hub in it, with as many connections as the program has.
pub async fn store(pair: &Pair) -> Postgres {
    Postgres::open(&pair.address(), 16).await.expect("it opens")
}

fn as_admin(pair: &Pair) -> String {
    pair.address().replace("user=hub dbname=hub", "user=admin dbname=postgres")
}

fn of_node(pair: &Pair, node: usize) -> String {
    let address = pair.address();
    let hosts = address.split(' ').find_map(|part| part.strip_prefix("host=")).expect("hosts");
    format!("host={} user=admin dbname=postgres", hosts.split(',').nth(node).expect("a host"))
}
