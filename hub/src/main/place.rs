//! Which database the hub of a folder has: its own, or PostgreSQL.
//!
//! A command that forgets `--database-url` would find an empty database in the folder, and say of it what is not so of the
//! hub. A folder whose hub has once opened PostgreSQL has a mark, and is opened in no other way.

use std::path::Path;
use std::sync::Arc;

use zizhi_hub::data::{Data, DataError};
use zizhi_hub::failure::Failure;
use zizhi_hub::store::{Postgres, Sqlite, Store};

use crate::Result;

/// Connections to PostgreSQL of one copy of the hub.
const CONNECTIONS: usize = 16;

/// The hub's database, as `--database-url` says.
///
/// # Errors
/// If it cannot be opened, or is not the one that the hub of this folder has (`STORE-URL`); nothing is made then.
pub(crate) async fn store(data: &Data, url: Option<&str>) -> Result<Arc<dyn Store>> {
    let Some(url) = url else {
        in_the_folder(&data.elsewhere())?;
        return Ok(Arc::new(Sqlite::open(&data.database())?));
    };
    if !data.elsewhere().exists() && data.database().exists() {
        return Err(in_a_file(&data.database()));
    }
    let store = Postgres::open(url, CONNECTIONS).await?;
    std::fs::write(data.elsewhere(), "The data of this hub are in PostgreSQL.\n")
        .map_err(|error| DataError::File(data.elsewhere(), error))?;
    Ok(Arc::new(store))
}

/// Refuses a folder whose hub has PostgreSQL; `mark` is its mark.
///
/// # Errors
/// `STORE-URL`.
pub(crate) fn in_the_folder(mark: &Path) -> Result<()> {
    if !mark.exists() {
        return Ok(());
    }
    Err(Failure::fixed(
        "STORE-URL",
        (
            "这个枢纽的数据在 PostgreSQL 里，文件夹里没有；没有读取，也没有建立任何内容。",
            "the hub of this folder has its data in PostgreSQL, and none of it are here; nothing was read or made",
        ),
        (
            "请用 --database-url 或 ZIZHI_HUB_DATABASE_URL 给出数据库（作为系统服务时用 zizhi-hubctl，它读取同一设置）；备份用 PostgreSQL 自己的办法，见运维手册。",
            "name the database with --database-url or ZIZHI_HUB_DATABASE_URL (where the hub is a service, zizhi-hubctl reads it), and back it up with PostgreSQL's own means (docs/operating.md)",
        ),
    ))
}

fn in_a_file(database: &Path) -> Failure {
    let database = database.display();
    Failure::of(
        "STORE-URL",
        format!("这个枢纽的数据在 {database} 里，改用 PostgreSQL 就会从空库开始；没有作任何改动。"),
        format!(
            "the hub of this folder has its data in {database}, and PostgreSQL would begin without them; nothing was changed"
        ),
        (
            "请去掉 --database-url 和 ZIZHI_HUB_DATABASE_URL；确实不再需要其中的内容时，先把这个文件移到别处。",
            "leave --database-url and ZIZHI_HUB_DATABASE_URL out, or move that file away if nothing in it is wanted any more",
        ),
    )
}
