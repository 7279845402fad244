//! `zizhi demo`: the three stories end to end, with real files left behind.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zizhi_app::Failure;
use zizhi_app::demo::{Shown, TIME, demo};

use crate::lang::Lang;
use crate::render::report;
use crate::say::Voice;

/// 生成三个演示故事和互认样例，并逐份核验 / make the demonstration and verify it
#[derive(Debug, Args)]
#[command(after_help = "示例 / Examples:
  zizhi demo
  zizhi demo 演示文件夹

退出码 / Exit codes: 0 每份结论都与应得的一致 · 1 有不一致")]
pub struct Demo {
    /// 放演示文件的文件夹：新的、空的，或以前的演示 / a new or empty folder, or an earlier demonstration
    #[arg(value_name = "DIR", default_value = "demo")]
    dir: PathBuf,
    /// JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Demo, voice: Voice) -> Result<ExitCode, Failure> {
    let shown = demo(&args.dir)?.shown;
    if args.json {
        voice.data(&serde_json::to_string(&shown).unwrap_or_default());
    } else {
        table(&shown, voice);
        closing(&shown, args, voice);
    }
    Ok(ExitCode::from(u8::from(!shown.iter().all(|shown| shown.as_expected))))
}

fn table(shown: &[Shown], voice: Voice) {
    let mut story = "";
    for shown in shown {
        if shown.story != story {
            story = shown.story;
            voice.data(&format!("\n{}", title(story, voice.lang)));
        }
        let mark = if shown.as_expected {
            ""
        } else {
            voice.lang.pick("  ← 与应得的结论不一致", "  ← not as expected")
        };
        voice.data(&format!(
            "  {}  {}{mark}",
            report::verdict(shown.actual, voice.lang, voice.colour),
            voice.lang.of(&shown.shows)
        ));
        voice.data(&format!("      {}  {}", shown.file, shown.codes.join(" ")));
    }
}

fn title(story: &str, lang: Lang) -> &str {
    match story {
        "1-hefei-songjiang" => {
            lang.pick("一、合肥企业到松江异地经营", "1. A Hefei firm operating in Songjiang")
        }
        "2-suzhou-hangzhou" => lang.pick("二、苏州企业迁往杭州", "2. A Suzhou firm moving to Hangzhou"),
        "3-voucher" => lang.pick("三、浙江创新券在上海使用", "3. A Zhejiang voucher used in Shanghai"),
        "kit" => lang.pick("互认样例：四省市两两之间", "Recognition kit: each pair of the four provinces"),
        other => other,
    }
}

fn closing(shown: &[Shown], args: &Demo, voice: Voice) {
    let dir = args.dir.display();
    let good = shown.iter().filter(|shown| shown.as_expected).count();
    voice.data(&match voice.lang {
        Lang::Zh => format!("\n{}份档案，{good}份结论与应得的一致。核验时点 {TIME}。\n文件在 {dir}，说明见 {dir}/README.txt。", shown.len()),
        Lang::En => format!("\n{} dossiers, {good} with the verdict they must get, verified at {TIME}.\nThe files are in {dir}; {dir}/README.txt says what each is.", shown.len()),
    });
}
