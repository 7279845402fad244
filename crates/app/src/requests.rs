//! The request by which a destination asks a firm for a dossier: made and read.

use std::path::Path;
use std::sync::Arc;

use chrono::Days;
use serde::Serialize;
use zizhi_crypto::{SigningKey, b64};
use zizhi_dossier::request::{self, RulePackRef, Unverified};
use zizhi_dossier::{ReadError, Request, ids};
use zizhi_model::catalogue::title;
use zizhi_model::{Check, CheckCode, Limits, OrgId, Outcome, Region, Scenario, Text, Uscc, civil};
use zizhi_rules::pack::RulePack;
use zizhi_trust::KeyUse;
use zizhi_verify::{Library, Signed, signer};

use crate::failure::{Failure, told};
use crate::output::Output;
use crate::{Host, files};

/// Bytes of a nonce.
const NONCE: usize = 16;

/// What to ask for.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The destination that asks.
    pub from: Uscc,
    /// What the firm wants to do.
    pub scenario: Scenario,
    /// Where.
    pub region: Region,
    /// The checklist.
    pub checklist_id: String,
    /// The rule pack, by id and version.
    pub rule_pack: (String, i64),
    /// The only firm that may answer.
    pub only_for: Option<Uscc>,
    /// For how many days it may be answered.
    pub days: u32,
}

/// A request that was read.
#[derive(Debug, Serialize)]
pub struct ReadRequest {
    /// What it says.
    pub request: Request,
    /// The destination's name in the register.
    pub from_name: Option<String>,
    /// Every check.
    pub checks: Vec<Check>,
}

/// Signs a request and writes it.
///
/// # Errors
/// `IO-EXISTS`, `IO-WRITE`; `REQUEST-DAYS` if it would end beyond the calendar.
pub fn make_request(
    asking: &Asking,
    key: &SigningKey,
    output: &Output<'_>,
    host: &dyn Host,
) -> Result<Request, Failure> {
    output.check()?;
    let (request, text) = signed(asking, key, host)?;
    output.write(text.as_bytes())?;
    Ok(request)
}

/// What is odd about what is asked for, by the rule pack at hand: the firm could not answer it. Nothing where
/// the pack is there and fits.
#[must_use]
pub fn remark(asking: &Asking, library: &Library, host: &dyn Host) -> Option<Text> {
    let (id, region) = (&asking.rule_pack.0, &asking.region);
    let place = region.label();
    let target = match library.trust().rule_pack_in(region.province(), id) {
        Ok(Some(target)) => target,
        Ok(None) => {
            return Some(told(
                format!("手头的信任数据中，{place}没有规则包 {id}"),
                format!("the trust data at hand has no rule pack {id} for {place}"),
            ));
        }
        Err(error) => {
            return Some(told(
                format!(
                    "手头的信任数据中，{place}的规则包 {id} 不能使用，没有核对清单：{}",
                    title(error.code()).zh
                ),
                format!(
                    "the rule pack {id} for {place} cannot be used, so the checklist was not looked at: {error}"
                ),
            ));
        }
    };
    let Ok(pack) = RulePack::parse(&target.bytes) else {
        return Some(told(
            format!("规则包 {id} 有错误，没有核对清单；请用 zizhi rules check 检查"),
            format!(
                "the rule pack {id} has errors, so the checklist was not looked at; see zizhi rules check"
            ),
        ));
    };
    if !pack.covers(region) || !pack.in_force(civil::date_in_shanghai(host.now())) {
        return Some(told(
            format!("规则包 {id} 不适用于{place}，或不在有效期内"),
            format!("the rule pack {id} does not speak for {place}, or is not in force"),
        ));
    }
    let fitting = pack.checklists.iter().filter(|it| it.scenario == asking.scenario);
    let known: Vec<&str> = fitting.map(|it| it.checklist_id.as_str()).collect();
    if known.contains(&asking.checklist_id.as_str()) {
        return None;
    }
    let (list, scenario) = (&asking.checklist_id, asking.scenario);
    let others = if known.is_empty() { "—".to_owned() } else { known.join(" ") };
    Some(told(
        format!("规则包 {id} 没有用于{}的清单 {list}；有：{others}", scenario.zh()),
        format!("the rule pack {id} has no checklist {list} for {}; it has: {others}", scenario.en()),
    ))
}

/// Signs a request and gives the text of its file.
pub(crate) fn signed(
    asking: &Asking,
    key: &SigningKey,
    host: &dyn Host,
) -> Result<(Request, String), Failure> {
    let now = host.now();
    let mut random = host.random();
    // To the end of that day, as people count: the hour at which it was signed means nothing to whoever answers.
    let last =
        civil::date_in_shanghai(now).checked_add_days(Days::new(asking.days.into())).ok_or_else(too_long)?;
    let end = civil::end_of_day_shanghai(last);
    let request = Request {
        iss: OrgId::from(asking.from),
        iat: now.timestamp(),
        exp: end.timestamp(),
        jti: ids::uuid_v7(now, random.as_mut()),
        nonce: nonce(random.as_mut()),
        scenario: asking.scenario,
        destination_region: asking.region,
        checklist_id: asking.checklist_id.clone(),
        rule_pack: RulePackRef { id: asking.rule_pack.0.clone(), version: asking.rule_pack.1 },
        only_for: asking.only_for,
        other: zizhi_model::json::Object::default(),
    };
    let text = request::sign(key, &request).map_err(|error| {
        Failure::internal("密钥无法签名，没有生成请求。", "the key did not sign; no request was made")
            .because(error)
    })?;
    Ok((request, format!("{text}\n")))
}

/// Reads a request and checks it against the register at hand.
///
/// # Errors
/// `IO-READ`, `FMT-TEXT`, `LIMIT-SIZE`, and the code of whatever keeps it from being a request.
pub fn read_request(path: &Path, library: &Library, host: &dyn Host) -> Result<ReadRequest, Failure> {
    let text = read_text(path)?;
    examine(path, &text, library, host)
}

/// Reads the text of a request, which was in the file `path`.
pub(crate) fn examine(
    path: &Path,
    text: &str,
    library: &Library,
    host: &dyn Host,
) -> Result<ReadRequest, Failure> {
    let limits = Limits::default();
    let unverified = parse(path, text)?;
    let request = unverified.peek().map_err(|error| unreadable(path, error))?;
    let at: Arc<str> = Arc::from("request");
    let kid = unverified.header().kid.clone();
    let signed = Signed { by: request.iss, kid: kid.as_deref(), wanted: KeyUse::Request, iat: request.iat };
    let signer = signer(library, host.now(), &signed, &at);
    let mut checks = signer.checks;
    if let Some(key) = &signer.key {
        checks.push(match unverified.verify(key) {
            Ok(_) => Check::new(CheckCode::SigInvalid, Outcome::Pass, &at),
            Err(error) => {
                let mut check = Check::new(error.code(), Outcome::Fail, &at);
                check.facts = error.facts();
                check
            }
        });
    }
    let now = host.now().timestamp();
    if request.exp <= now {
        checks.push(
            Check::new(CheckCode::ReqExpired, Outcome::Fail, &at)
                .with("until", zizhi_model::check::Fact::Time(request.exp))
                .with("at", zizhi_model::check::Fact::Time(now)),
        );
    }
    if request.iat > now.saturating_add(limits.clock_skew_seconds) {
        checks.push(
            Check::new(CheckCode::DateFuture, Outcome::Fail, &at)
                .with("from", zizhi_model::check::Fact::Time(request.iat))
                .with("claim", "iat"),
        );
    }
    let from_name = signer.record.map(|record| record.name.clone());
    Ok(ReadRequest { request, from_name, checks })
}

/// The text of a request file.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    Ok(files::read_text(path, Limits::default().credential_bytes)?.trim().to_owned())
}

pub(crate) fn parse<'t>(path: &Path, text: &'t str) -> Result<Unverified<'t>, Failure> {
    Unverified::parse(text, &Limits::default()).map_err(|error| unreadable(path, error))
}

pub(crate) fn unreadable(path: &Path, error: ReadError) -> Failure {
    Failure::refused(
        error.code().as_str(),
        format!("{} 不是可用的索取请求，没有作任何改动。", path.display()),
        format!("{} is not a request that can be used; nothing was changed", path.display()),
        "请确认选对了文件（.zzrequest）；文件损坏时请迁入地重新发送。",
        "check that this is the right file (.zzrequest); if it is damaged, ask the destination to send it again",
    )
    .because(error)
}

/// A fresh nonce.
pub(crate) fn nonce(random: &mut dyn zizhi_crypto::Random) -> String {
    let mut bytes = [0; NONCE];
    random.fill(&mut bytes);
    b64::encode(&bytes)
}

fn too_long() -> Failure {
    Failure::refused(
        "REQUEST-DAYS",
        "答复期限超出了日历范围，没有生成请求。".to_owned(),
        "the request would end beyond the calendar; none was made".to_owned(),
        "请给出较短的期限（命令行用 --days）。",
        "give fewer days (on the command line: --days)",
    )
}
