//! Examines the whole database and its activity log, and says what was found in words.

use zizhi_model::Text;
use zizhi_store::Database;

use crate::activity_log::{self, Proof};
use crate::failure::{Failure, told};

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

/// Examines a database, which takes as long as reading all of it. Nothing is changed.
///
/// # Errors
/// `DB-DAMAGED` if the damage keeps the examination itself from going on.
pub fn check_database(database: &Database) -> Result<Examined, Failure> {
    let found = database.check()?;
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
    let log = activity_log::verify(&database.reader()?)?;
    findings.extend(log.fault.clone());
    Ok(Examined { findings, log })
}
