//! A decision on a case of the local database, as the window makes it.

use std::process::ExitCode;

use serde_json::json;
use zizhi_app::case_decide::{Deciding, decide_case};
use zizhi_app::case_named::case_named;
use zizhi_app::case_steps::Hands;
use zizhi_app::{Failure, SystemHost, Text, told};

use super::Decide;
use crate::commands::own_desk::OwnDesk;
use crate::commands::shared::written;
use crate::say::Voice;

/// Decides it.
pub fn decide(args: &Decide, voice: Voice) -> Result<ExitCode, Failure> {
    let named = args.subject.to_string_lossy();
    if args.subject.is_file() {
        return Err(a_file(&named));
    }
    // Without words of its own a reason gets those of the report, else those of the catalogue.
    let reasons: Vec<_> =
        args.reason.iter().map(|(code, words)| (code.clone(), words.clone().unwrap_or_default())).collect();
    let desk = OwnDesk::beside(&args.trust, &args.key.passphrase, voice)?;
    let database = &desk.unlocked.database;
    let case = case_named(database, &named)?;
    let hands = Hands { operator: args.operator.clone(), reviewer: args.reviewer.clone() };
    let deciding = Deciding {
        case_id: &case.id,
        judgement: None,
        outcome: args.outcome.into(),
        reasons: &reasons,
        supplements: &args.supplement,
        hands: &hands,
        take_up: true,
        passphrase: &desk.secret,
        output: args.out.place(),
        library: &desk.library,
    };
    let decided = decide_case(database, &deciding, &SystemHost)?;
    if args.json {
        let mut told = json!(decided);
        if let Some(members) = told.as_object_mut() {
            members.insert("case".to_owned(), case.number.into());
        }
        voice.data(&told.to_string());
    } else {
        voice.data(&format!("{}  {}", voice.lang.pick("办件编号", "case        "), case.number));
        super::tell(&decided, voice);
    }
    written(&args.out.out, voice);
    super::remark(args, &decided, voice);
    Ok(ExitCode::SUCCESS)
}

fn a_file(named: &str) -> Failure {
    Failure::input(
        "CASE-ABSENT",
        told(
            format!("{named} 是文件，不是办件编号，没有签署。"),
            format!("{named} is a file and not the number of a case; nothing was signed"),
        ),
        Text::fixed(
            "请先用 zizhi dossier open 加 --operator 收件，再写办件编号；只对文件作决定的，请加 --key 和 --as。",
            "take it in with zizhi dossier open and --operator, then name the case; to decide on the file alone add --key and --as",
        ),
    )
}
