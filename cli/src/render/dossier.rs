//! Drafts and the insides of dossiers, as a clerk reads them.

use std::fmt::Write as _;

use zizhi_app::draft::Preview;
use zizhi_app::open_dossier::{Extracted, InDossier, Listed};
use zizhi_model::Outcome;

use super::checks;
use super::claims::claim;
use super::style::{Colour, paint, safe};
use crate::lang::Lang;
use crate::say::Voice;

/// A draft: whom it is for, what will be shown, what is attached, what the firm says.
pub fn draft(shown: &Preview, voice: Voice) -> String {
    let (lang, draft, mut out) = (voice.lang, &shown.draft, String::new());
    let bold = |text: &str| paint(text, Colour::Bold, voice.colour);
    let _ = writeln!(out, "{}  {}", bold(&safe(&draft.firm.name)), draft.firm.uscc);
    for former in &draft.firm.former_names {
        let until = former.until.map_or_else(String::new, |until| format!("  {until}"));
        let _ = writeln!(out, "  {}  {}{until}", lang.pick("曾用名", "formerly"), safe(&former.name));
    }
    let _ = writeln!(
        out,
        "  {}  {} → {}",
        lang.pick(draft.scenario.zh(), draft.scenario.en()),
        draft.origin_region.label(),
        draft.destination_region.label()
    );
    let _ = writeln!(out, "  {}  {}", lang.pick("交给", "for"), draft.aud.uscc());
    let _ = writeln!(
        out,
        "  {}  {}  {}@{}",
        lang.pick("材料清单", "checklist"),
        safe(&draft.checklist_id),
        safe(&draft.rule_pack.id),
        draft.rule_pack.version
    );
    let requested = if draft.request.is_some() {
        lang.pick("答复接收方的请求", "answers a request")
    } else {
        lang.pick("主动提交", "unasked")
    };
    let _ = writeln!(out, "  {requested}");

    let _ = writeln!(
        out,
        "\n{}",
        bold(lang.pick("资质凭证（接收方将看到的内容）", "Credentials (what the destination will read)"))
    );
    for credential in &shown.shown {
        let title = credential.title.as_ref().map_or("—", |title| lang.of(title));
        let hidden = match lang {
            Lang::Zh => format!("不披露 {} 项", credential.hidden),
            Lang::En => format!("{} held back", credential.hidden),
        };
        let _ = writeln!(out, "  {}  ({hidden}){}", safe(title), answers(&credential.answers));
        for line in &credential.lines {
            let _ = writeln!(out, "      {}", claim(line, lang));
        }
    }
    if shown.shown.is_empty() {
        let _ = writeln!(out, "  {}", lang.pick("（还没有）", "(none yet)"));
    }
    let _ = writeln!(out, "\n{}", bold(lang.pick("附件", "Attachments")));
    for file in &shown.files {
        let gone = if file.present {
            ""
        } else {
            lang.pick("  ✗ 文件不在或已改动", "  ✗ gone or changed")
        };
        let _ = writeln!(
            out,
            "  {}  [{}]  {}  {}{}{gone}",
            safe(&file.name),
            safe(&file.kind),
            safe(&file.media_type),
            size(file.size),
            answers(&file.answers)
        );
    }
    if shown.files.is_empty() {
        let _ = writeln!(out, "  {}", lang.pick("（还没有）", "(none yet)"));
    }
    if !draft.facts.is_empty() {
        let _ = writeln!(out, "\n{}", bold(lang.pick("企业自述", "The firm's own statements")));
        for (name, value) in &draft.facts {
            let _ = writeln!(out, "  {}  {}", safe(name), safe(&value.to_string()));
        }
    }
    if !draft.consents.is_empty() {
        let count = draft.consents.len();
        let _ = match lang {
            Lang::Zh => writeln!(out, "\n同意书 {count} 份"),
            Lang::En => writeln!(out, "\nconsents: {count}"),
        };
    }
    out
}

/// What is in a dossier.
pub fn inside(found: &InDossier, extracted: &[Extracted], voice: Voice) -> String {
    let (lang, mut out) = (voice.lang, String::new());
    let bold = |text: &str| paint(text, Colour::Bold, voice.colour);
    if let Some(manifest) = &found.manifest {
        let _ = writeln!(out, "{}  {}", bold(&safe(&manifest.firm.name)), manifest.firm.uscc);
        let _ = writeln!(
            out,
            "  {}  {} → {}",
            lang.pick(manifest.scenario.zh(), manifest.scenario.en()),
            manifest.origin_region.label(),
            manifest.destination_region.label()
        );
        let _ = writeln!(out, "  {}  {}", lang.pick("交给", "for"), manifest.aud.uscc());
        let _ = writeln!(out, "  {}  {}", lang.pick("档案编号", "dossier"), safe(&manifest.jti));
    } else {
        let _ =
            writeln!(
                out,
                "{}",
                bold(lang.pick(
                    "✗ 清单不成立，内容无法列出",
                    "✗ the manifest does not hold; nothing can be listed"
                ))
            );
    }
    let parts = [
        (lang.pick("资质凭证", "Credentials"), &found.credentials),
        (lang.pick("附件", "Attachments"), &found.attachments),
    ];
    for (heading, listed) in parts {
        if !listed.is_empty() {
            let _ = writeln!(out, "\n{}", bold(heading));
            listed.iter().for_each(|entry| {
                let _ = writeln!(out, "  {}", listed_line(entry, lang));
            });
        }
    }
    if !extracted.is_empty() {
        let _ = writeln!(out, "\n{}", bold(lang.pick("已取出", "Taken out")));
        for file in extracted {
            let _ = writeln!(out, "  {}", safe(&file.file.display().to_string()));
        }
    }
    let told = found.checks.iter().filter(|check| check.outcome > Outcome::Pass);
    checks::list(&mut out, told.collect(), lang, voice.colour);
    out
}

fn listed_line(entry: &Listed, lang: Lang) -> String {
    let mark = if entry.intact {
        lang.pick("✓ 相符", "✓ intact")
    } else {
        lang.pick("✗ 不符", "✗ differs")
    };
    let name = entry.title.as_ref().map_or_else(|| safe(&entry.name), |title| lang.of(title).to_owned());
    format!("{mark}  {name}  [{}]  {}", safe(&entry.kind), size(entry.size))
}

fn answers(items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!("  → {}", safe(&items.join(" "))) }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} kB", bytes / 1024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
