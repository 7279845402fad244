//! What is in a backup, so that a person can tell whether it is the right one.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use zizhi_model::{Text, civil};
use zizhi_store::{CaseFilter, CredentialDirection, CredentialFilter, Database, FirmFilter, Reader};

use crate::activity_log::{self, Proof};
use crate::failure::{Failure, told};

/// Counted up to here; nobody compares longer numbers.
const MOST: usize = 10_000_000;

/// What a backup holds.
#[derive(Debug, Clone)]
pub struct Contents {
    /// When it was made; one from before a migration does not know.
    pub made: Option<DateTime<Utc>>,
    /// Records by kind, in words; whose database it is stands first.
    pub lines: Vec<Text>,
    /// Whether its activity log is whole.
    pub log: Proof,
}

/// Reads what a restored database holds.
pub(super) fn read(database: &Database, made: Option<DateTime<Utc>>) -> Result<Contents, Failure> {
    let reader = database.reader()?;
    let mut lines = Vec::new();
    if let Some(owner) = reader.profile()? {
        let (name, since) = (owner.name, civil::date_in_shanghai(owner.created));
        lines
            .push(told(format!("{name}，{}建立", civil::date_zh(since)), format!("{name}, made on {since}")));
    }
    lines.extend(
        counts(&reader)?
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, zh, en)| told(format!("{zh} {count}"), format!("{en}: {count}"))),
    );
    let log = activity_log::verify(&reader)?;
    if let Some(end) = log.end {
        lines
            .push(told(format!("操作日志 {} 条", end.seq), format!("Rows of the activity log: {}", end.seq)));
    }
    Ok(Contents { made, lines, log })
}

fn counts(reader: &Reader<'_>) -> Result<Vec<(usize, &'static str, &'static str)>, Failure> {
    let credentials = |direction| -> Result<usize, Failure> {
        let filter = CredentialFilter { direction, ..CredentialFilter::default() };
        Ok(reader.count_credentials(&filter, MOST)?)
    };
    let sent = reader.all_sent(None, MOST)?.rows;
    let signed: BTreeSet<&String> = sent.iter().filter_map(|sent| sent.draft.as_ref()).collect();
    let drafts = reader.drafts(None, MOST)?.rows;
    let in_work = drafts.iter().filter(|draft| !signed.contains(&draft.id));
    Ok(vec![
        (reader.count_firms(&FirmFilter::default(), MOST)?, "在园企业", "Firms of the register"),
        (credentials(CredentialDirection::Issued)?, "签发的凭证", "Credentials issued"),
        (credentials(CredentialDirection::Held)?, "持有的凭证", "Credentials held"),
        (reader.count_cases(&CaseFilter::default(), MOST)?, "收到的档案", "Dossiers received"),
        (in_work.count(), "准备中的档案", "Dossiers in preparation"),
        (sent.len(), "签署的档案", "Dossiers signed"),
        (reader.signing_keys()?.len(), "签名密钥", "Signing keys"),
    ])
}
