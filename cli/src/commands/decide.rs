//! `zizhi decide`: the destination verifies a dossier, decides, and signs the decision.

mod case;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use zizhi_app::decide::{Decided, Decision, DecisionOutcome, Grounds, Wanted, decide};
use zizhi_app::issue_credential::StatusPlace;
use zizhi_app::{Failure, Host as _, Output, SystemHost, Text, hex_groups};
use zizhi_model::{Check, Outcome, Uscc, Verdict};

use super::shared::{self, KeyOrDatabase, Out, TrustFrom, written};
use crate::render::{checks, report};
use crate::say::Voice;
use crate::usage;

/// 作出决定 / decide
#[derive(Debug, Args)]
#[command(after_help = "示例 / Examples:
  zizhi decide 星河.zzdossier --trust 长三角.zztrust --as 91310117DEM000030B --key 松江.zzkey \\
      --outcome accepted_with_conditions --reason DATE-SOON \\
      --supplement tech-sme=届时重新评价@2026-12-31 \\
      --operator 经办人 --reviewer 复核人 --status https://status.example/91310117DEM000030B/1#7 \\
      -o 决定.zzdecision --report 报告.zzreport
  zizhi decide 星河.zzdossier --trust 长三角.zztrust --as 91310117DEM000030B --key 松江.zzkey \\
      --outcome supplement_required --reason CHK-MISSING --supplement lease=租赁合同@2026-12-31 \\
      --operator 经办人 -o 决定.zzdecision

  zizhi decide 2026-17 --data 数据 --outcome accepted --operator 经办人 --reviewer 复核人 \\
      -o 决定.zzdecision

不给 --key 时决定本地数据库里的办件：没有受理的随之受理，按手头数据再核验一次，记入台账和操作日志，窗口中可见。
Without --key it is a case of the local database that is decided: taken up if it was not, judged once more on the data at
hand, noted in ledger and log, as the window does.

先核验档案，再签署决定。理由的代码见核验结果；不写说明时用核验结果的文字。
有条件认可和需补充材料至少写一项 --supplement，每项都要有期限；需说明理由的决定至少写一条 --reason。
不给 --status 时，决定的签名只在24小时内有效。
The dossier is verified first. Conditions and supplements each need a --supplement with its day. Without --status the signed decision lives 24 hours.

退出码 / Exit codes: 0 已签署 · 2 没有签署")]
pub struct Decide {
    /// 用密钥文件时：档案（可加密）或本单位签过的 .zzreport；不给 --key 时：办件编号或核验报告的摘要 / with a key file the dossier, sealed or not, or a report signed before; without --key a case's number or its report's digest
    #[arg(value_name = "FILE|CASE")]
    subject: PathBuf,
    #[command(flatten)]
    key: KeyOrDatabase,
    /// 作决定的单位（用密钥文件时） / the deciding organisation, with a key file
    #[arg(long = "as", value_name = "USCC", value_parser = shared::uscc, requires = "key")]
    by: Option<Uscc>,
    /// 决定：accepted 认可、accepted_with_conditions 有条件认可、supplement_required 需补充材料、rejected 不予认可 / the decision
    #[arg(long, value_name = "OUTCOME", value_parser = outcome)]
    outcome: DecisionOutcome,
    /// 理由，可多次 / a reason; may be repeated
    #[arg(long, value_name = "CODE[=TEXT]", value_parser = reason)]
    reason: Vec<(String, Option<String>)>,
    /// 要补充的材料或条件，可多次 / what has to be added or met; may be repeated
    #[arg(long, value_name = "ITEM=TEXT[@DUE]", value_parser = supplement)]
    supplement: Vec<Wanted>,
    /// 经办人 / who prepared it
    #[arg(long, value_name = "NAME", value_parser = shared::words)]
    operator: String,
    /// 复核人 / who checked it
    #[arg(long, value_name = "NAME", value_parser = shared::words)]
    reviewer: Option<String>,
    /// 决定编号；办件的决定按办件编号 / its number; that of a case follows the case's
    #[arg(long, value_name = "NO", requires = "key")]
    number: Option<String>,
    /// 决定在吊销名单中的位置；办件的决定取本单位名单的下一位 / its place in a status list; that of a case is the next of the own list
    #[arg(long, value_name = "URI#IDX", value_parser = shared::status_place, requires = "key")]
    status: Option<StatusPlace>,
    /// 企业公钥；默认取档案中的 / the firm's public key; the dossier's by default
    #[arg(long, value_name = "H", requires = "key")]
    holder_jwk: Option<PathBuf>,
    /// 核验不通过仍要认可 / accept although verification failed
    #[arg(long, requires = "key")]
    despite_verdict: bool,
    #[command(flatten)]
    trust: TrustFrom,
    /// 打开加密档案的收件密钥文件 / file with the secret that opens sealed dossiers
    #[arg(long, value_name = "FILE", requires = "key")]
    identity: Vec<PathBuf>,
    #[command(flatten)]
    out: Out,
    /// 同时写出签名的核验报告 / also write the signed report
    #[arg(long, value_name = "OUT", requires = "key")]
    report: Option<PathBuf>,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

fn outcome(text: &str) -> Result<DecisionOutcome, String> {
    DecisionOutcome::parse(text).ok_or_else(|| {
        let known = DecisionOutcome::ALL.map(DecisionOutcome::as_str).join(", ");
        usage::either(&format!("可以是 {known}"), &format!("one of {known}"))
    })
}

fn reason(text: &str) -> Result<(String, Option<String>), String> {
    let (code, words) = text.split_once('=').map_or((text, None), |(code, words)| (code, Some(words)));
    if code.is_empty() {
        return Err(usage::either("理由写成 代码 或 代码=说明", "a reason is written CODE or CODE=TEXT"));
    }
    Ok((code.to_owned(), words.filter(|words| !words.trim().is_empty()).map(str::to_owned)))
}

fn supplement(text: &str) -> Result<Wanted, String> {
    Wanted::parse(text)
        .map_err(|error| usage::either("补充写成 事项=说明 或 事项=说明@期限，期限如 2026-12-31", &error))
}

/// Runs the command.
pub fn run(args: &Decide, voice: Voice) -> Result<ExitCode, Failure> {
    args.out.place().check()?;
    let Some(key) = &args.key.key else { return case::decide(args, voice) };
    let by = args.by.ok_or_else(nobody_decides)?;
    let library = args.trust.open(SystemHost.now())?;
    let identities = shared::identities(&args.identity)?;
    let report_place = args.report.as_deref().map(|path| Output { path, force: args.out.force });
    if let Some(report) = &report_place {
        report.check()?;
        report.check_apart(&args.out.place())?;
    }
    let key = args.key.passphrase.open_key(key, voice)?;
    let decision = Decision {
        by,
        outcome: args.outcome,
        reasons: args.reason.clone(),
        supplements: args.supplement.clone(),
        operator: args.operator.clone(),
        reviewer: args.reviewer.clone(),
        number: args.number.clone(),
        status: args.status.clone(),
        holder: args.holder_jwk.as_deref(),
        despite_verdict: args.despite_verdict,
    };
    let grounds = Grounds { file: &args.subject, library: &library, identities: &identities };
    let decided = decide(&grounds, &decision, &key, &args.out.place(), report_place.as_ref(), &SystemHost)?;
    if args.json {
        voice.data(&json!(decided).to_string());
    } else {
        tell(&decided, voice);
    }
    written(&args.out.out, voice);
    if let Some(place) = &args.report {
        written(place, voice);
    }
    remark(args, &decided, voice);
    Ok(ExitCode::SUCCESS)
}

/// What was decided on.
fn tell(decided: &Decided, voice: Voice) {
    let lang = voice.lang;
    let verdict = report::verdict(decided.verdict, lang, voice.colour);
    voice.data(&format!("{}  {verdict}", lang.pick("核验结论", "verification")));
    voice.data(&format!("{}  {}", lang.pick("档案编号", "dossier     "), decided.dossier_id));
    let sha256 = hex_groups(&decided.dossier_sha256);
    voice.data(&format!("{}  {sha256}", lang.pick("档案摘要", "its sha-256 ")));
}

/// What whoever decides should know about what was signed.
fn remark(args: &Decide, decided: &Decided, voice: Voice) {
    let lang = voice.lang;
    let accepts = matches!(args.outcome, DecisionOutcome::Accepted | DecisionOutcome::AcceptedWithConditions);
    if accepts && decided.verdict == Verdict::Pending {
        voice.talk(lang.pick(
            "注意：有事项待联网复核，决定已认可；复核后如有变化，请另作决定",
            "note: something is still pending and the decision accepts; decide anew if the online check changes it",
        ));
    }
    if decided.for_a_day {
        voice.talk(lang.pick(
            "注意：没有给 --status，这份决定的签名 24 小时后到期，请企业及时阅读；要长期有效请用 --status",
            "note: without --status the signed decision ends after 24 hours; for one that lasts, use --status",
        ));
    }
    let wrong: Vec<&Check> =
        decided.signer.iter().filter(|check| check.outcome >= Outcome::Pending).collect();
    if !wrong.is_empty() {
        let mut told = String::new();
        checks::list(&mut told, wrong, lang, false);
        voice.talk(lang.pick(
            "注意：按手头的名录，企业还不能核验这把密钥签署的决定",
            "note: by the register at hand, the firm cannot verify a decision under this key",
        ));
        voice.talk(told.trim());
    }
}

fn nobody_decides() -> Failure {
    Failure::input(
        "USAGE",
        Text::fixed("没有说明由谁作决定，没有签署。", "nothing says who decides; nothing was signed"),
        Text::fixed(
            "用密钥文件时请加 --as；要决定本地数据库里的办件，请去掉 --key，写办件编号。",
            "with a key file add --as; to decide a case of the local database leave out --key and name the case",
        ),
    )
}
