//! Asks which credentials answer a DCQL query. It reads what they say and judges nobody.

use std::path::{Path, PathBuf};

use serde_json::Value;
use zizhi_credential::inspect::{Expected, Inspection, inspect};
use zizhi_model::check::Check;
use zizhi_model::{Limits, Text};
use zizhi_rules::Data;
use zizhi_rules::dcql::{self, Authority, Candidate, DcqlError, Query, SD_JWT_VC, Step};

use crate::failure::{Failure, told};
use crate::files;
use crate::read_json::read_json;

/// The answer to a query.
#[derive(Debug)]
pub struct Answered {
    /// Whether everything that the query needs is there.
    pub satisfied: bool,
    /// Each credential that is asked for, in the order of the query.
    pub asked: Vec<Asked>,
    /// Files that are no SD-JWT or break its rules, with what is wrong. They answered nothing.
    pub unreadable: Vec<(PathBuf, Vec<Check>)>,
}

/// One credential that is asked for.
#[derive(Debug)]
pub struct Asked {
    /// Its id in the query.
    pub id: String,
    /// Whether the query can be answered without it.
    pub needed: bool,
    /// The files that match, in the order they were given.
    pub matches: Vec<Matched>,
}

/// One file that matches.
#[derive(Debug)]
pub struct Matched {
    /// The file.
    pub file: PathBuf,
    /// Its type, as it says itself.
    pub vct: Option<String>,
    /// The claims it is selected for: the path as the query writes it, and the values found there.
    pub claims: Vec<(String, Vec<Value>)>,
}

/// A credential that could be read.
struct Candidacy<'p> {
    file: &'p Path,
    vct: String,
    claims: Value,
    known: Vec<(&'static str, String)>,
    bound: bool,
}

/// Answers the query in the file `query` from the credentials in `files`.
///
/// A credential counts as bound to its holder if it names the holder's key, since the holder can then
/// prove possession; the issuer counts as whoever the credential says it is.
///
/// # Errors
/// `IO-READ`, `FMT-JSON`, `LIMIT-DEPTH`, `LIMIT-SIZE`; `DCQL-QUERY` if the query is none.
pub fn query_credentials(query: &Path, files: &[PathBuf]) -> Result<Answered, Failure> {
    let value = read_json(query)?;
    let parsed = Query::parse_foreign(&value).map_err(|error| not_a_query(query, &error))?;
    let mut readable = Vec::new();
    let mut unreadable = Vec::new();
    for file in files {
        let mut found = look_at(file)?;
        match found.payload.take() {
            Some(payload) => readable.push(candidacy(file, payload, &found)),
            None => {
                let failures = found.failures().cloned().collect();
                unreadable.push((file.clone(), failures));
            }
        }
    }
    let known: Vec<Vec<Authority<'_>>> = readable
        .iter()
        .map(|it| it.known.iter().map(|(kind, value)| Authority { kind, value }).collect())
        .collect();
    let candidates: Vec<Candidate<'_>> = readable
        .iter()
        .zip(&known)
        .map(|(it, authorities)| Candidate {
            format: SD_JWT_VC,
            vct: &it.vct,
            claims: (&it.claims).into(),
            authorities,
            holder_bound: it.bound,
        })
        .collect();
    let result = parsed.evaluate(&candidates);
    let asked = parsed.credentials.iter().enumerate().map(|(index, wanted)| {
        let matches = result.matches.get(index).into_iter().flatten().filter_map(|found| {
            let credential = readable.get(found.candidate)?;
            let claims = found.claims.iter().filter_map(|at| wanted.claims.get(*at));
            Some(Matched {
                file: credential.file.to_owned(),
                vct: Some(credential.vct.clone()).filter(|vct| !vct.is_empty()),
                claims: claims.map(|claim| selected(&claim.path, &credential.claims)).collect(),
            })
        });
        let needed = parsed.credential_sets.is_empty()
            || parsed
                .credential_sets
                .iter()
                .any(|set| set.required && set.options.iter().all(|option| option.contains(&index)));
        Asked { id: wanted.id.clone(), needed, matches: matches.collect() }
    });
    let asked = asked.collect();
    Ok(Answered { satisfied: result.satisfied, asked, unreadable })
}

fn look_at(file: &Path) -> Result<Inspection, Failure> {
    let limits = Limits::default();
    // Dates, signature and audience are a verifier's business; what is asked here is what is written.
    let expected = Expected { issuer: None, aud: None, nonce: None, at: 0 };
    let bytes = files::read_up_to(file, limits.credential_bytes + 1)?;
    Ok(inspect(&bytes, &expected, &limits))
}

fn candidacy<'p>(file: &'p Path, payload: Value, found: &Inspection) -> Candidacy<'p> {
    let text = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut known = Vec::new();
    known.extend(found.kid.clone().map(|kid| ("aki", kid)));
    known.extend(text("iss").map(|issuer| ("openid_federation", issuer)));
    Candidacy {
        file,
        vct: text("vct").unwrap_or_default(),
        bound: payload.get("cnf").is_some(),
        claims: payload,
        known,
    }
}

/// The path as a query writes it, and what it leads to.
fn selected(path: &[Step], claims: &Value) -> (String, Vec<Value>) {
    let steps: Vec<Value> = path
        .iter()
        .map(|step| match step {
            Step::Key(name) => Value::from(name.as_str()),
            Step::Index(index) => Value::from(*index),
            Step::All => Value::Null,
        })
        .collect();
    let values = dcql::select(claims, path).unwrap_or_default();
    (Value::from(steps).to_string(), values.into_iter().map(Data::to_value).collect())
}

fn not_a_query(path: &Path, error: &DcqlError) -> Failure {
    let at = if error.at.is_empty() { "/" } else { &error.at };
    Failure::input(
        "DCQL-QUERY",
        told(
            format!("{} 不是DCQL查询：{}（位置 {at}）。", path.display(), error.problem.zh()),
            format!("{} is no DCQL query: {} (at {at})", path.display(), error.problem),
        ),
        Text::fixed(
            "请对照OpenID4VP 1.0第6章改正该位置；“位置”是从文件开头起的JSON指针。",
            "mend that place by OpenID4VP 1.0 §6; it is a JSON pointer from the start of the file",
        ),
    )
}
