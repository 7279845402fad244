//! Which database the hub of a folder has: its own, or PostgreSQL.
//!
//! A command that forgets `--database-url` would find an empty database in the folder, and say of it what is not so of the
//! hub. A folder whose hub has once opened PostgreSQL has a mark, and is opened in no other way.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use zizhi_hub::data::Data;
use zizhi_hub::store::{Postgres, Sqlite, Store};

use crate::CONNECTIONS;

/// The hub's database, as `--database-url` says.
///
/// # Errors
/// If it cannot be opened, or is not the one that the hub of this folder has (`STORE-URL`); nothing is made then.
pub(crate) async fn store(data: &Data, url: Option<&str>) -> Result<Arc<dyn Store>> {
    let unopened = "the database cannot be opened";
    let Some(url) = url else {
        in_the_folder(&data.elsewhere())?;
        return Ok(Arc::new(Sqlite::open(&data.database()).context(unopened)?));
    };
    ensure!(
        data.elsewhere().exists() || !data.database().exists(),
        "the hub of this folder has its data in {}, and PostgreSQL would begin without them: leave --database-url and \
         ZIZHI_HUB_DATABASE_URL out, or move that file away if nothing in it is wanted any more; nothing was changed \
         (STORE-URL)",
        data.database().display()
    );
    let store = Postgres::open(url, CONNECTIONS).await.context(unopened)?;
    std::fs::write(data.elsewhere(), "The data of this hub are in PostgreSQL.\n")
        .with_context(|| data.elsewhere().display().to_string())?;
    Ok(Arc::new(store))
}

/// Refuses a folder whose hub has PostgreSQL; `mark` is its mark.
///
/// # Errors
/// `STORE-URL`.
pub(crate) fn in_the_folder(mark: &Path) -> Result<()> {
    ensure!(
        !mark.exists(),
        "the hub of this folder has its data in PostgreSQL, and there are none of it here: name the database with \
         --database-url before the last word or with ZIZHI_HUB_DATABASE_URL, and back it up with PostgreSQL's own means \
         (docs/operating.md); nothing was read or made (STORE-URL)"
    );
    Ok(())
}
