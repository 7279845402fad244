//! Examines the whole database and its activity log, and says what was found in words.

use zizhi_model::Text;
use zizhi_store::Database;

use crate::activity_log::{self, Proof};
use crate::failure::{Failure, told};
use crate::stop::Stop;

/// How a database was found.
#[derive(Debug, Clone)]
pub struct Examined {
    /// What is wrong; nothing if it is whole.
    pub findings: Vec<Text>,
    /// The proof of the activity log.
    pub log: Proof,
}

impl Examined {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Examines a database, which takes as long as reading all of it, until `stop` is asked for. Nothing is changed.
///
/// # Errors
/// `WORK-STOPPED`; `DB-DAMAGED` if the damage keeps the examination itself from going on.
pub fn check_database(database: &Database, stop: &Stop) -> Result<Examined, Failure> {
    let stop = stop.clone();
    let found = database.check_until(move || stop.is_asked())?;
    let mut findings = Vec::new();
    findings.extend(
        found
            .structure
            .iter()
            .map(|line| told(format!("数据库结构损坏：{line}"), format!("The structure is damaged: {line}"))),
    );
    findings.extend(found.references.iter().map(|line| {
        told(
            format!("有记录指向不存在的记录：{line}"),
            format!("A row refers to one that is not there: {line}"),
        )
    }));
    findings.extend(found.search.iter().map(|index| {
        told(
            format!("检索索引 {index} 不完整，检索可能漏掉记录。"),
            format!("The search index {index} is incomplete; a search may miss rows."),
        )
    }));
    let log = activity_log::prove(&database.reader()?, found.log)?;
    findings.extend(log.fault.clone());
    Ok(Examined { findings, log })
}

/// Makes the examination that an interrupted end left due, until `stop` is asked for; whether it found damage.
pub fn examine_if_due(database: &Database, stop: &Stop) -> bool {
    if !database.is_unexamined() {
        return false;
    }
    let stop = stop.clone();
    // What it found, the database remembers; where it was stopped it stays due.
    drop(database.examine(move || stop.is_asked()));
    database.is_damaged()
}

/// What is to be said of a database that was found damaged while it is open.
#[must_use]
pub fn damage(database: &Database) -> Option<Failure> {
    database.is_damaged().then(|| {
        Failure::input(
            "DB-DAMAGED",
            Text::fixed(
                "上次没有正常退出，事后检查发现数据库文件已损坏。读到损坏的地方会出错，下次打开前会要求恢复。",
                "the program was interrupted the last time, and the examination since found the database damaged; what \
                 touches the damage fails, and the next opening asks for a backup",
            ),
            Text::fixed(
                "请先导出还读得出的内容，再从备份恢复，并保留这个文件以便检查。",
                "export what can still be read, restore a backup, and keep this file to be examined",
            ),
        )
    })
}
