//! Reads a report that was kept.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use zizhi_model::{Check, Verdict};

use super::{
    Basis, CredentialReport, DossierFacts, FileFacts, ItemReport, Questions, REPORT_VERSION, Report,
};

#[derive(Deserialize)]
struct ReportText {
    report_version: u32,
    verdict: Verdict,
    file: FileFacts,
    dossier: Option<DossierFacts>,
    basis: Basis,
    questions: Questions,
    credentials: Vec<CredentialReport>,
    items: Vec<ItemReport>,
    checks: Vec<Check>,
}

impl<'de> Deserialize<'de> for Report {
    /// The reverse of writing it: a report that was read writes the same bytes again.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = ReportText::deserialize(deserializer)?;
        if text.report_version != REPORT_VERSION {
            return Err(D::Error::custom("a report of another version"));
        }
        // Written, `checks` repeats at its end what stands with the credentials and the items.
        let repeated = text.credentials.iter().map(|credential| credential.checks.len()).sum::<usize>()
            + text.items.iter().map(|item| item.checks.len()).sum::<usize>();
        let own = text.checks.len().checked_sub(repeated);
        text.checks.truncate(own.ok_or_else(|| D::Error::custom("checks are missing"))?);
        Ok(Self {
            verdict: text.verdict,
            file: text.file,
            dossier: text.dossier,
            basis: text.basis,
            questions: text.questions,
            credentials: text.credentials,
            items: text.items,
            checks: text.checks,
        })
    }
}
