//! Story two (domain.md §7.2): a Suzhou firm moves to Hangzhou while its 高企 certificate runs.

use std::path::Path;

use serde_json::{Value, json};
use zizhi_credential::status::Status;
use zizhi_model::{Provenance, Scenario, Verdict};

use super::cast::{Cast, Paper, SUZHOU, YUHANG, YUNZHAN};
use super::draft::Draft;
use super::trust::{CURRENT, OLD_LISTS};
use super::{Case, place};
use crate::failure::Failure;

pub(super) const STORY: &str = "2-suzhou-hangzhou";

/// What the firm was called before it moved.
const BEFORE: &str = "苏州云栈机器人科技有限公司【演示】";

/// The notice that ties the names together.
const NOTICE: &str = "准予变更登记通知书【演示】.pdf";

fn old<'c>(cast: &'c Cast, kind: &'static str, provenance: Provenance, claims: Value) -> Paper<'c> {
    Paper {
        issuer: SUZHOU,
        kind,
        provenance,
        subject: None,
        name: Some(BEFORE),
        region: "320594",
        claims,
        status: Status::Valid,
        firm: &cast.yunzhan,
    }
}

fn patent<'c>(cast: &'c Cast, number: &str) -> Paper<'c> {
    old(
        cast,
        "patent",
        Provenance::Attested,
        json!({"number": number, "kind": "invention", "title": "一种搬运机器人【演示】", "filed_on": "2025-02-14", "granted_on": "2026-03-03", "owners": [BEFORE]}),
    )
}

fn draft(cast: &Cast) -> Result<Draft<'_>, Failure> {
    use Provenance::{Attested, Direct};
    let mut draft = Draft {
        cast,
        firm: &cast.yunzhan,
        aud: YUHANG,
        scenario: Scenario::FullRelocation,
        origin: "320594",
        destination: "330110",
        checklist: "YH-FULL",
        pack: ("hz-yuhang", 5),
        held: Vec::new(),
        scans: Vec::new(),
        facts: json!({"registered_at_destination_on": "2026-09-10", "enters_as": "accelerator"}),
        former: vec![(BEFORE, "2026-09-10", NOTICE)],
        requested: true,
    };
    let licence = Paper {
        issuer: YUHANG,
        name: None,
        region: "330110",
        ..old(
            cast,
            "business-licence",
            Attested,
            json!({"number": YUNZHAN, "established_on": "2021-06-08", "issued_on": "2026-09-10", "registrar": "余杭区市场监督管理局【演示】", "address": "浙江省杭州市余杭区文一西路1号【演示】"}),
        )
    };
    draft.hold(&licence, &["licence"])?;
    draft.hold(&old(cast, "high-tech-enterprise", Attested, json!({"number": "GR202432990002", "issued_on": "2024-11-19", "valid_from": "2024-11-19", "valid_until": "2027-11-18", "authority": "江苏省认定机构【演示】"})), &["high-tech"])?;
    draft.hold(
        &old(
            cast,
            "srdi-sme",
            Attested,
            json!({"number": "32-2024-990002", "batch": "2024年第二批【演示】", "issued_on": "2024-12-01", "valid_until": "2027-11-30"}),
        ),
        &["srdi"],
    )?;
    draft.hold(
        &old(
            cast,
            "tech-sme",
            Attested,
            json!({"number": "202632050508990002", "issued_on": "2026-02-20", "valid_until": "2026-12-31"}),
        ),
        &["tech-sme"],
    )?;
    draft.hold(&patent(cast, "ZL202519900003.6"), &["ip"])?;
    draft.hold(
        &old(
            cast,
            "graduation-certificate",
            Direct,
            json!({"number": "SIP-B-2025-003", "issued_on": "2025-05-30", "graduated_on": "2025-05-30", "criterion": "high_tech"}),
        ),
        &["graduation"],
    )?;
    draft.attach("股东会迁移决议【演示】.pdf", "resolution");
    draft.attach(NOTICE, "name_change_notice");
    Ok(draft)
}

/// What the destination asks for, and nobody has answered yet.
pub(super) fn request(cast: &Cast) -> Result<String, Failure> {
    draft(cast)?.ask_now()
}

/// Makes the dossier in order and its variants.
pub(super) fn make(cast: &Cast, dir: &Path) -> Result<Vec<Case>, Failure> {
    use Verdict::{Failed, PassedWithConditions, Pending};
    let draft = draft(cast)?;
    let mut cases = Vec::new();
    let mut add = |name: &str, trust, expected, codes, shows| -> std::path::PathBuf {
        let (path, file) = place(dir, STORY, name);
        cases.push(Case { story: STORY, file, trust, aud: YUHANG, shows, expected, codes });
        path
    };

    let path = add(
        "dossier",
        CURRENT,
        PassedWithConditions,
        &["SUBJ-NAME", "MOVE-REPORT-3M", "REG-AUTHORITY", "DATE-SOON"],
        (
            "整体迁移：高企直接采信、需补迁入证明，17天内须报告",
            "whole move: high-tech taken directly with a supplement, to report within 17 days",
        ),
    );
    draft.write(&path)?;
    draft.leave_credentials(&dir.join(STORY))?;

    let path = add(
        "partial-move",
        CURRENT,
        PassedWithConditions,
        &["MOVE-PARTIAL"],
        ("(a) 注册地址留在苏州，部分搬迁：高企须重新认定", "(a) partial move: to be certified again"),
    );
    draft
        .but(|draft| {
            draft.scenario = Scenario::PartialRelocation;
            draft.checklist = "YH-PARTIAL";
        })
        .write(&path)?;

    let mut earlier = draft.but(|draft| {
        draft.facts = json!({"registered_at_destination_on": "2026-09-10", "enters_as": "incubatee"})
    });
    let ended = Paper {
        status: Status::Revoked,
        ..old(
            cast,
            "incubatee-certificate",
            Provenance::Direct,
            json!({"number": "SIP-2022-041", "issued_on": "2022-03-01", "established_on": "2021-06-08", "entered_on": "2022-03-01", "incubation_deadline": "2027-02-28", "incubator_level": "provincial", "field": "集成电路"}),
        )
    };
    earlier.hold(&ended, &["incubatee"])?;
    let path = add(
        "revoked-seen-with-new-list",
        CURRENT,
        Failed,
        &["STAT-REVOKED"],
        ("(b) 已毕业而撤销的在孵证明，名单是新的", "(b) revoked certificate, current list"),
    );
    let bytes = earlier.write(&path)?;
    let path = add(
        "revoked-seen-with-old-list",
        OLD_LISTS,
        Pending,
        &["STAT-STALE"],
        ("(b) 同一份档案，名单是9天前的", "(b) the same dossier, list of nine days ago"),
    );
    crate::files::write(&path, &bytes)?;

    let path = add(
        "ningbo-instead",
        CURRENT,
        PassedWithConditions,
        &["REG-AUTHORITY"],
        ("(c) 改迁宁波：另一认定机构", "(c) to Ningbo: another determining authority"),
    );
    draft
        .but(|draft| {
            draft.destination = "330212";
            draft.pack = ("nb-yinzhou", 1);
            draft.checklist = "NB-FULL";
        })
        .write(&path)?;

    let mut wrong = draft.but(|_| {});
    wrong.hold(&patent(cast, "ZL202339900004.2"), &["ip"])?;
    let path = add(
        "design-entered-as-invention",
        CURRENT,
        PassedWithConditions,
        &["FMT-PAT"],
        ("外观设计号填成了发明", "a design number entered as an invention"),
    );
    wrong.write(&path)?;

    let path = add(
        "names-not-tied-together",
        CURRENT,
        PassedWithConditions,
        &["SUBJ-NAME"],
        ("缺变更登记通知书，曾用名没有依据", "no evidence for the former name"),
    );
    draft.but(|draft| draft.scans.retain(|scan| scan.kind != "name_change_notice")).write(&path)?;

    let path = add(
        "without-high-tech",
        CURRENT,
        Failed,
        &["CHK-MISSING"],
        ("没有高企证书", "no high-tech certificate"),
    );
    draft.but(|draft| draft.held.retain(|held| held.kind != "high-tech-enterprise")).write(&path)?;
    Ok(cases)
}
