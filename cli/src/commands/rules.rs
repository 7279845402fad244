//! `zizhi rules`: rule packs checked, conditions tried, queries asked.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;
use zizhi_app::check_rules::{self, Severity};
use zizhi_app::eval_rules::{self, EvaluatedRule, RuleVerdict};
use zizhi_app::{Failure, query_credentials};

use crate::lang::Lang;
use crate::render::rules;
use crate::say::Voice;

/// 互认规则 / rules
#[derive(Debug, Args)]
pub struct Rules {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 检查规则包，指出行、列、原因和改法 / check a rule pack, with line, column, reason and remedy
    #[command(after_help = "示例 / Examples:
  zizhi rules check 松江规则包.json
  zizhi rules check sh-songjiang.json --json | jq '.diagnostics[].code'

退出码 / Exit codes: 0 无错误（可有提醒）· 1 有错误 · 2 文件无法读取")]
    Check(Check),
    /// 试算一条CertLogic条件 / try one CertLogic expression
    #[command(after_help = "示例 / Examples:
  zizhi rules eval --logic 条件.json --data 事实.json
  zizhi rules eval --logic 条件.json --data 事实.json --trace

输出表达式的值；缺失的事实按CertLogic为null。--trace 另按核验口径逐条列出（缺失即待定）。
Prints the value, with null for a missing fact; --trace adds what a verifier would say of each clause.

退出码 / Exit codes: 0 得出了值（不论真假）· 1 数据与表达式不合 · 2 文件无法使用")]
    Eval(Eval),
    /// 查询哪些凭证满足一条DCQL查询 / ask which credentials answer a DCQL query
    #[command(after_help = "示例 / Examples:
  zizhi rules query --dcql 查询.json 凭证/*.zzcred

只看凭证写了什么，不验签名、不看名录、不看时效；核验请用 zizhi verify。
It reads what is written and checks no signature, register or date: to verify, use zizhi verify.

退出码 / Exit codes: 0 查询得到满足 · 1 未满足 · 2 文件无法使用")]
    Query(Query),
}

#[derive(Debug, Args)]
struct Check {
    /// 规则包文件 / the rule pack
    #[arg(value_name = "PACK.json")]
    pack: PathBuf,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Eval {
    /// 表达式文件 / the expression
    #[arg(long, value_name = "FILE")]
    logic: PathBuf,
    /// 事实文件 / the facts
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
    /// 逐条说明哪一条、因哪项事实而决定 / tell which clause decided, and on which fact
    #[arg(long)]
    trace: bool,
}

#[derive(Debug, Args)]
struct Query {
    /// 查询文件 / the query
    #[arg(long, value_name = "FILE")]
    dcql: PathBuf,
    /// 凭证文件，任何SD-JWT均可 / credentials: any SD-JWT
    #[arg(required = true, value_name = "CRED")]
    credentials: Vec<PathBuf>,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Rules, voice: Voice) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::Check(args) => check(args, voice),
        Verb::Eval(args) => eval(args, voice),
        Verb::Query(args) => query(args, voice),
    }
}

fn check(args: &Check, voice: Voice) -> Result<ExitCode, Failure> {
    let checked = check_rules::check_rules(&args.pack)?;
    let (errors, warnings) = (checked.count(Severity::Error), checked.count(Severity::Warning));
    if args.json {
        let told = json!({
            "file": name(&args.pack),
            "errors": errors,
            "warnings": warnings,
            "diagnostics": checked.diagnostics,
        });
        voice.data(&told.to_string());
    } else {
        for remark in &checked.diagnostics {
            voice.data(&rules::diagnostic(&name(&args.pack), remark, checked.line(remark), voice));
        }
        voice.talk(&match (voice.lang, errors, warnings) {
            (Lang::Zh, 0, 0) => "检查完毕：没有发现问题。".to_owned(),
            (Lang::Zh, ..) => format!("检查完毕：{errors}处错误，{warnings}处提醒。"),
            (Lang::En, 0, 0) => "checked: nothing found".to_owned(),
            (Lang::En, ..) => format!("checked: {errors} errors, {warnings} warnings"),
        });
    }
    Ok(ExitCode::from(u8::from(errors > 0)))
}

fn eval(args: &Eval, voice: Voice) -> Result<ExitCode, Failure> {
    let evaluated = eval_rules::eval_rule(&args.logic, &args.data)?;
    if args.json {
        voice.data(&evaluated_json(&evaluated, args.trace).to_string());
    } else {
        match &evaluated.value {
            Ok(value) => voice.data(&value.to_string()),
            Err(error) => {
                let text = error.text();
                let at = if error.at().is_empty() { "/" } else { error.at() };
                voice.talk(&match voice.lang {
                    Lang::Zh => format!("错误：数据与表达式不合：{}（位置 {at}）", text.zh),
                    Lang::En => format!("error: the data does not fit: {} (at {at})", text.en()),
                });
                voice.talk(voice.lang.pick(
                    "\n建议：请核对 --data 中该位置用到的事实；--trace 指出缺少的是哪一项。",
                    "\nhint: look at the fact that the place uses in --data; --trace names what is missing",
                ));
                voice.talk(&format!("{}RULE-LOGIC", voice.lang.pick("代码：", "code: ")));
            }
        }
        if args.trace {
            voice.data(&rules::trace(&evaluated, voice));
        }
    }
    Ok(ExitCode::from(u8::from(evaluated.value.is_err())))
}

fn evaluated_json(evaluated: &EvaluatedRule, trace: bool) -> serde_json::Value {
    let mut told = match &evaluated.value {
        Ok(value) => json!({ "result": value }),
        Err(error) => {
            let text = error.text();
            json!({ "error": { "code": "RULE-LOGIC", "at": error.at(), "message": { "zh": text.zh, "en": text.en } } })
        }
    };
    if let (true, Some(members)) = (trace, told.as_object_mut()) {
        let verdict = match evaluated.verdict {
            RuleVerdict::Holds => "holds",
            RuleVerdict::Fails => "fails",
            RuleVerdict::Open => "open",
        };
        let clauses: Vec<_> = evaluated
            .clauses
            .iter()
            .map(|clause| {
                let facts = clause.facts.iter().map(|fact| json!({ "path": fact.path, "value": fact.value }));
                json!({
                    "at": clause.path,
                    "text": clause.text,
                    "holds": clause.holds,
                    "facts": facts.collect::<Vec<_>>(),
                })
            })
            .collect();
        members.insert("verdict".to_owned(), verdict.into());
        members.insert("trace".to_owned(), clauses.into());
    }
    told
}

fn query(args: &Query, voice: Voice) -> Result<ExitCode, Failure> {
    let answered = query_credentials::query_credentials(&args.dcql, &args.credentials)?;
    if args.json {
        let asked: Vec<_> = answered
            .asked
            .iter()
            .map(|asked| {
                let matches = asked.matches.iter().map(|found| {
                    let claims = found.claims.iter().map(|(path, values)| {
                        let path: serde_json::Value = path.parse().unwrap_or_default();
                        json!({ "path": path, "values": values })
                    });
                    json!({ "file": name(&found.file), "vct": found.vct, "claims": claims.collect::<Vec<_>>() })
                });
                json!({ "id": asked.id, "needed": asked.needed, "matches": matches.collect::<Vec<_>>() })
            })
            .collect();
        let unreadable: Vec<_> = answered
            .unreadable
            .iter()
            .map(|(file, checks)| json!({ "file": name(file), "checks": checks }))
            .collect();
        let told = json!({
            "satisfied": answered.satisfied,
            "trust_judged": false,
            "credentials": asked,
            "unreadable": unreadable,
        });
        voice.data(&told.to_string());
    } else {
        voice.data(&rules::answer(&answered, voice));
        voice.talk(voice.lang.pick(
            "注意：这里只看凭证写了什么，没有验签名、名录、状态和时效，不是核验结论。",
            "note: this reads what the credentials say; no signature, register, status or date was checked",
        ));
    }
    Ok(ExitCode::from(if !answered.unreadable.is_empty() { 2 } else { u8::from(!answered.satisfied) }))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
