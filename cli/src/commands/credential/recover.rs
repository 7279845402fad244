//! `zizhi credential recover`: enters credentials again that this organisation issued.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use zizhi_app::Failure;
use zizhi_app::after_restore::{after_restore, look_back};
use zizhi_app::recover_issued::{Recovered, recover_issued};

use super::super::own_desk::OwnDesk;
use super::super::shared::{OwnDatabase, both};
use super::super::status::{as_json, still_open};
use crate::lang::Lang;
use crate::render::style::safe;
use crate::say::Voice;

/// Exit code where a file was refused.
const REFUSED: u8 = 1;

#[derive(Debug, Args)]
pub struct Recover {
    /// 凭证文件，或存放它们的文件夹 / credentials, or folders with them
    #[arg(value_name = "FILE|DIR", required_unless_present = "complete")]
    paths: Vec<PathBuf>,
    /// 确认备份之后签发的都已补登，或没有签发过 / confirm that all that was issued after the backup is here, or none was
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    own: OwnDatabase,
    /// 输出JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn recover(args: &Recover, voice: Voice) -> Result<ExitCode, Failure> {
    let desk = OwnDesk::open(&args.own, voice)?;
    let incubator = desk.incubator();
    let done = (!args.paths.is_empty()).then(|| recover_issued(&incubator, &args.paths)).transpose()?;
    let refused = done.as_ref().is_some_and(|done| !done.refused.is_empty());
    // Whoever confirms does not know yet what was refused.
    let open = if args.complete && !refused {
        match look_back(&incubator) {
            // What was entered again is told although nobody has to confirm anything.
            Err(failure) if failure.code == "RESTORE-NONE" && done.is_some() => after_restore(&incubator)?,
            looked => looked?,
        }
    } else {
        after_restore(&incubator)?
    };
    if args.json {
        voice.data(&json!({ "recovered": done.as_ref().map(told), "open": as_json(&open) }).to_string());
    } else {
        done.iter().for_each(|done| tell(done, voice));
        still_open(&open, voice);
    }
    Ok(ExitCode::from(if refused { REFUSED } else { 0 }))
}

fn told(done: &Recovered) -> serde_json::Value {
    let taken = done.taken.iter().map(|issued| {
        let row = &issued.row;
        json!({
            "number": row.number,
            "type": row.credential_type,
            "firm": row.subject_uscc.to_string(),
            "status": row.state.as_str(),
            "status_list": row.status_uri,
        })
    });
    let refused = done.refused.iter().map(|refused| {
        let failure = &refused.failure;
        json!({ "path": refused.path, "code": failure.code, "fact": both(&failure.fact) })
    });
    json!({
        "taken": taken.collect::<Vec<_>>(),
        "known": done.known,
        "refused": refused.collect::<Vec<_>>(),
        "firms": done.firms,
        "remarks": done.remarks.iter().map(both).collect::<Vec<_>>(),
    })
}

fn tell(done: &Recovered, voice: Voice) {
    for issued in &done.taken {
        let row = &issued.row;
        let number = row.number.as_deref().unwrap_or_default();
        voice.data(&format!(
            "{}\t{}\t{}",
            safe(number),
            safe(&row.subject_name),
            safe(voice.lang.of(&issued.title))
        ));
    }
    for refused in &done.refused {
        let failure = &refused.failure;
        let path = refused.path.display().to_string();
        voice.talk(&format!("{}: {} [{}]", safe(&path), safe(voice.lang.of(&failure.fact)), failure.code));
    }
    for remark in &done.remarks {
        voice.talk(&format!("{}{}", voice.lang.pick("注意：", "note: "), safe(voice.lang.of(remark))));
    }
    let (taken, known, refused, firms) = (done.taken.len(), done.known, done.refused.len(), done.firms);
    voice.talk(&match voice.lang {
        Lang::Zh => {
            format!("已补登{taken}份，原来就有{known}份，没有补登{refused}份；名册新增企业{firms}家。")
        }
        Lang::En => format!(
            "{taken} entered again, {known} here already, {refused} refused; {firms} firms added to the register"
        ),
    });
}
