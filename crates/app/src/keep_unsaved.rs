//! Keeps what is typed into a form until it is saved or given up, so that neither a lock nor the end of the program takes
//! it. It may hold names, so it is kept inside the database; what it says is the interface's own affair. A passphrase is
//! never among it.

use chrono::TimeDelta;
use zizhi_store::{Database, Reader, Unsaved};

use crate::Host;
use crate::failure::Failure;

/// Bytes of one form with its name: many pages of text, and nothing that a book pasted by mistake would fill the disk with.
pub const LARGEST: usize = 64 * 1024;
/// Forms of which something is kept.
const FORMS: u32 = 200;
/// Days after which nobody comes back to it.
const DAYS: i64 = 30;

/// What was typed into forms and not saved, by form.
///
/// # Errors
/// As every read of the database.
pub fn read(reader: &Reader<'_>, host: &dyn Host) -> Result<Vec<Unsaved>, Failure> {
    let mut forms = reader.unsaved()?;
    forms.retain(|form| host.now() - form.kept <= TimeDelta::days(DAYS));
    Ok(forms)
}

/// Keeps what stands in the fields of `form`. What was kept of it before stays where this is refused.
///
/// # Errors
/// `UNSAVED-LARGE`; as every write to the database.
pub fn keep(database: &Database, form: &str, typed: &str, host: &dyn Host) -> Result<(), Failure> {
    if form.len() + typed.len() > LARGEST {
        return Err(large());
    }
    let unsaved = Unsaved { form: form.to_owned(), typed: typed.to_owned(), kept: host.now() };
    Ok(database.keep_unsaved(&unsaved, FORMS)?)
}

/// Forgets what was typed into `form`: it was saved, or given up.
///
/// # Errors
/// As every write to the database.
pub fn drop(database: &Database, form: &str) -> Result<(), Failure> {
    Ok(database.drop_unsaved(form)?)
}

/// Forgets what nobody came back to for 30 days.
///
/// # Errors
/// As every write to the database.
pub fn drop_old(database: &Database, host: &dyn Host) -> Result<(), Failure> {
    Ok(database.drop_unsaved_before(host.now() - TimeDelta::days(DAYS))?)
}

fn large() -> Failure {
    Failure::refused(
        "UNSAVED-LARGE",
        format!(
            "一张表单里输入的内容超过 {} KiB，最近的修改没有存下；锁定或关闭窗口后，那里只有之前存下的内容。",
            LARGEST / 1024
        ),
        format!(
            "a form holds more than {} KiB, and what was typed last is not kept; after a lock or the end of the program only what was kept before is there",
            LARGEST / 1024
        ),
        "请缩短最长的一栏，或现在就保存、提交这张表单。",
        "shorten the longest field, or save or finish the form now",
    )
}
