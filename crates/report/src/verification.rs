//! 核验报告: what a verification found, on paper (the layout of domain.md §8).
//!
//! The document shows what the report holds and judges nothing. The report itself travels inside as
//! `report.json`, byte for byte what its digest is about; the code on the last page holds that digest, so
//! that paper and file can be compared without a network.

mod basis;
mod conclusion;
mod credentials;
mod findings;
mod marks;
mod subjects;
mod supplied;

use zizhi_crypto::digest;
use zizhi_model::{OrgId, Region, civil};
use zizhi_verify::Report;

use crate::details::{Decision, Details, Wanted};
use crate::error::ReportError;
use crate::fonts::Fonts;
use crate::lang::Lang;
use crate::paper::{self, Attachment, Block, Code, Field, Paper};
use crate::press::{self, Inputs};
use crate::qr;
pub use subjects::paper_name;

/// The name of the attached report.
pub const ATTACHED: &str = "report.json";

/// The verification report as a document: A4, PDF/A-3a and PDF/UA-1, with the report attached as
/// [`ATTACHED`].
///
/// The same report, details, language and fonts give the same bytes: its time is that of the
/// verification.
///
/// # Errors
/// [`ReportError::MissingGlyph`] with the characters that no font has, [`ReportError::Qr`] if the number
/// is too long for the code, [`ReportError::Json`] and [`ReportError::Layout`] for faults of the program.
pub fn verification_report(
    report: &Report,
    details: &Details,
    lang: Lang,
    fonts: &Fonts,
) -> Result<Vec<u8>, ReportError> {
    let json = serde_json::to_vec(report)?;
    let sha256 = digest::sha256(&json);
    let title = lang.pick("资质核验报告", "Verification report");
    let code = [
        title.to_owned(),
        format!("{} {}", lang.pick("编号", "No."), details.number),
        format!("{} {}", lang.pick("结论", "Verdict"), lang.pick(report.verdict.zh(), report.verdict.en())),
        format!("SHA-256 {}", digest::hex(&sha256)),
    ]
    .join("\n");
    let at = civil::parse_time(&report.basis.verified_at).unwrap_or_default();
    let dated = details.dated.unwrap_or_else(|| civil::date_in_shanghai(at));

    let mut blocks = vec![
        Block::heading(lang.pick("一、基本信息", "1. The firm")),
        Block::Fields { rows: basics(report, details, lang) },
        Block::heading(lang.pick("二、核验结论", "2. Conclusion")),
        conclusion::answer(report, lang),
    ];
    blocks.extend(details.decision.iter().flat_map(|decision| decided(decision, lang)));
    blocks.push(Block::heading(lang.pick("三、数据基准", "3. Data relied on")));
    blocks.push(Block::Fields { rows: basis::rows(report, details.dossier_sm3.as_ref(), lang) });
    blocks.push(Block::heading(lang.pick("四、资质明细", "4. Qualifications")));
    blocks.push(credentials::table(report, &details.grounds, lang));
    let found = lang.pick("五、问题与补正清单", "5. Findings and what to put right");
    blocks.extend(findings::problems(report, details.decision.as_ref(), found, lang));
    let open = lang.pick("六、未能离线确认的事项", "6. What could not be confirmed offline");
    blocks.extend(findings::open(report, open, lang));
    blocks.push(Block::Together { blocks: closing(details, lang.date(dated), &sha256, lang) });
    blocks.extend(credentials::annex(report, &details.grounds, lang));
    blocks.extend(supplied::annex(&details.supplied, lang));

    let paper = Paper {
        lang: lang.pick("zh", "en").to_owned(),
        title: title.to_owned(),
        number: details.number.clone(),
        copies: Some(lang.pick("一式两份", "in two copies").to_owned()),
        organisation: details.organisation.clone(),
        description: match &report.dossier {
            Some(dossier) => format!("{} {}", dossier.firm.name, dossier.firm.uscc),
            None => report.file.name.clone(),
        },
        watermark: paper::watermark(details.drill, lang),
        page: paper::page(lang),
        attachment: Some(Attachment {
            name: ATTACHED,
            media_type: "application/json",
            description: lang.pick("核验报告（机器可读）", "the report for programs"),
        }),
        blocks,
    };
    let identity = format!("{} {}", details.number, digest::hex(&sha256));
    let inputs = Inputs {
        code: Some(qr::svg(&code)?),
        attached: Some(json),
        at,
        identity: &identity,
        software: &report.basis.software,
    };
    press::print(&paper, inputs, fonts)
}

fn basics(report: &Report, details: &Details, lang: Lang) -> Vec<Vec<Field>> {
    let field = |zh, en, value: &str| Field::new(lang.pick(zh, en), value);
    let unknown = lang.pick("（档案未能读出）", "(not readable)");
    let received = details.received_on.map(|day| field("收件日期", "Received on", &lang.date(day)));
    let purpose = details.purpose.as_deref().map(|purpose| field("用途", "Purpose", purpose));
    let Some(dossier) = &report.dossier else {
        let came = received.into_iter().chain(purpose).map(|field| vec![field]);
        return [vec![field("被核验企业", "Firm", unknown)]].into_iter().chain(came).collect();
    };
    // In a case the purpose is the scenario, which stands there already.
    let scenario = field("情形", "Scenario", lang.pick(dossier.scenario.zh(), dossier.scenario.en()));
    let purpose = purpose.filter(|_| details.purpose.as_deref() != Some(dossier.scenario.zh()));
    let mut came: Vec<Field> = [Some(scenario), received, purpose].into_iter().flatten().collect();
    let rest = came.split_off(came.len().min(2));
    let names = &dossier.firm.former_names;
    let former = if names.is_empty() { lang.pick("无", "none").to_owned() } else { lang.list(names) };
    let recipient =
        OrgId::parse(&dossier.aud).map_or_else(|_| dossier.aud.clone(), |org| org.uscc().to_string());
    let mut rows = vec![
        vec![field("被核验企业", "Firm", &dossier.firm.name)],
        vec![
            field("统一社会信用代码", "Credit code", &dossier.firm.uscc),
            field("接收方代码", "Recipient", &recipient),
        ],
        vec![field("原名称", "Former names", &former)],
        vec![
            field("迁出地", "Origin", &region(&dossier.origin_region)),
            field("迁入地", "Destination", &region(&dossier.destination_region)),
        ],
        came,
    ];
    rows.extend((!rest.is_empty()).then_some(rest));
    rows.push(vec![field("档案编号", "Dossier", &dossier.id)]);
    rows
}

fn region(code: &str) -> String {
    Region::parse(code).map_or_else(|_| code.to_owned(), |region| region.label().into_owned())
}

/// What was decided and why, and below it what has to be added by when, as the notice of decision has it.
fn decided(decision: &Decision, lang: Lang) -> Vec<Block> {
    let number = decision.number.as_deref();
    let day = lang.date(decision.decided_on);
    let beside = number.map_or_else(|| day.clone(), |number| lang.list(&[day.clone(), number.to_owned()]));
    let decided = lang.with(lang.of(&decision.outcome), &beside);
    let mut value = vec![decided];
    value.extend(decision.reasons.iter().map(|reason| lang.with(&reason.text, &reason.shown(lang))));
    let mut rows = vec![vec![Field::lines(lang.pick("互认决定", "Decision"), value)]];
    let wanted = decision.supplements.iter().map(|wanted| wanted_line(wanted, lang));
    let wanted: Vec<String> = wanted.collect();
    if !wanted.is_empty() {
        rows.push(vec![Field::lines(lang.pick("需补充的材料", "What to add"), wanted)]);
    }
    vec![Block::Fields { rows }]
}

/// Something that has to be added: the item, what to do, and the day.
fn wanted_line(wanted: &Wanted, lang: Lang) -> String {
    let Wanted { item, text, due, .. } = wanted;
    let said = if text.contains(item.as_str()) {
        text.clone()
    } else {
        format!("{item}{}{text}", lang.pick("：", ": "))
    };
    match (due.map(|day| day.to_string()), lang) {
        (Some(day), Lang::Zh) => format!("{said}，期限 {day}"),
        (Some(day), Lang::En) => format!("{said}, by {day}"),
        (None, _) => said,
    }
}

/// The statement with the signatures under it.
fn closing(details: &Details, dated: String, sha256: &[u8], lang: Lang) -> Vec<Block> {
    let statement = lang.pick(
        "本报告依据提交档案及上列数据基准作出，仅供双方孵化器内部互认使用，不构成行政认定，不替代证照原件。",
        "This report rests on the dossier submitted and on the data listed above. It is for recognition \
         between the two incubators only. It is no administrative decision and does not replace the original \
         certificates.",
    );
    let code = Code::new(
        lang.pick(
            "二维码，内容为报告编号、结论与报告摘要",
            "QR code with the report's number, verdict and digest",
        ),
        lang.pick("报告摘要（SHA-256）", "Digest of the report (SHA-256)"),
        sha256,
        lang.pick(
            "扫码得到编号、结论与摘要，无需联网；与内附 report.json 的摘要一致即为同一份报告。",
            "Holds number, verdict and digest; no network is needed. The attached report.json has this digest.",
        ),
    );
    let (operator, reviewer) = (details.operator.as_deref(), details.reviewer.as_deref());
    vec![
        Block::heading(lang.pick("七、声明", "7. Statement")),
        Block::text(statement),
        Block::Signing(paper::signing(lang, operator, reviewer, &details.organisation, dated, Some(code))),
    ]
}
