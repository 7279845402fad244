//! A role that row-level security does not stop: the hub does not run, and leaves nothing behind.

use zizhi_hub::store::{Postgres, Store as _, StoreError};

use crate::common::server::{connect, shared};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn opens_no_database_by_a_role_that_row_level_security_does_not_stop() {
    let server = shared().await;
    let (admin, address) = (server.admin().await, server.database().await);
    admin.batch_execute("CREATE ROLE past LOGIN").await.expect("a role");
    let (_, name) = address.rsplit_once("dbname=").expect("the database");
    admin.batch_execute(&format!("ALTER DATABASE {name} OWNER TO past")).await.expect("its owner");
    let address = address.replace("user=hub", "user=past");
    for may in ["SUPERUSER", "BYPASSRLS"] {
        admin.batch_execute(&format!("ALTER ROLE past {may}")).await.expect("more than it should");
        let refused = Postgres::open(&address, 1).await.expect_err(may);
        assert!(matches!(&refused, StoreError::Role(role) if role == "past"), "{may}: {refused:?}");
        let said = refused.to_string();
        for part in ["`past`", "row-level security", "does not run", "docs/operating.md", "(STORE-ROLE)"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
        let made: i64 = connect(&address).await.query_one(tables, &[]).await.expect("a count").get(0);
        assert_eq!(made, 0, "{may}: nothing was made in its name");
        admin.batch_execute(&format!("ALTER ROLE past NO{may}")).await.expect("as it should be");
    }
    let store = Postgres::open(&address, 1).await.expect("it opens");
    assert_eq!(store.epoch().await.expect("an answer"), 1, "the same role without either");
}
