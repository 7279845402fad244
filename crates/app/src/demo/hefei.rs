//! Story one (domain.md §7.1): a Hefei firm opens a branch in Songjiang.

use std::path::Path;

use serde_json::{Value, json};
use zizhi_credential::status::Status;
use zizhi_model::{Provenance, Scenario, Verdict};

use super::cast::{Cast, HEFEI, Paper, SONGJIANG, XINGHE, XINGHE_BRANCH};
use super::draft::Draft;
use super::trust::{CURRENT, OLD_LISTS, WITHOUT_HEFEI};
use super::{Case, Codes, Shows, fault, place};
use crate::failure::Failure;
use crate::files;

pub(super) const STORY: &str = "1-hefei-songjiang";

/// What the firm holds, and which item each paper answers.
fn papers() -> Vec<(&'static str, Provenance, Value, &'static [&'static str])> {
    use Provenance::{Attested, Declared, Direct};
    vec![
        (
            "business-licence",
            Attested,
            json!({"number": XINGHE, "established_on": "2024-03-18", "legal_representative": "法定代表人【演示】", "capital_fen": 50_000_000_000_i64, "registrar": "合肥市市场监督管理局【演示】", "address": "安徽省合肥市蜀山区望江西路1号【演示】"}),
            &["licence"],
        ),
        (
            "incubatee-certificate",
            Direct,
            json!({"number": "HFUSP-2026-0117", "issued_on": "2026-10-20", "valid_until": "2027-10-19", "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubation_deadline": "2028-12-15", "incubator_level": "ministry_standard", "field": "量子传感", "area_sqm": "260"}),
            &["incubatee"],
        ),
        (
            "high-tech-enterprise",
            Attested,
            json!({"number": "GR202534990001", "issued_on": "2025-11-19", "valid_from": "2025-11-19", "valid_until": "2028-11-18", "authority": "安徽省认定机构【演示】"}),
            &["high-tech"],
        ),
        (
            "tech-sme",
            Attested,
            json!({"number": "202634010408990001", "issued_on": "2026-03-02", "valid_until": "2026-12-31"}),
            &["tech-sme"],
        ),
        (
            "patent",
            Attested,
            json!({"number": "ZL202419900001.2", "kind": "invention", "title": "一种量子磁力仪【演示】", "owners": ["合肥星河量子传感技术有限公司【演示】"], "filed_on": "2024-05-06", "granted_on": "2025-08-01"}),
            &["ip"],
        ),
        (
            "patent",
            Attested,
            json!({"number": "ZL202429900002.2", "kind": "utility_model", "title": "磁力仪探头【演示】", "owners": ["合肥星河量子传感技术有限公司【演示】"], "filed_on": "2024-05-06", "granted_on": "2025-01-07"}),
            &["ip"],
        ),
        (
            "software-copyright",
            Attested,
            json!({"number": "2025SR9900001", "certificate_no": "软著登字第19900001号", "title": "量子传感数据处理软件【演示】", "owners": ["合肥星河量子传感技术有限公司【演示】"]}),
            &["ip"],
        ),
        (
            "tech-contract-registration",
            Attested,
            json!({"number": "2026340104990001", "kind": "development", "amount_fen": 120_000_000}),
            &["contract"],
        ),
        (
            "management-cert",
            Attested,
            json!({"number": "99026Q90001R0S", "standard": "ISO 9001", "issued_on": "2023-10-21", "valid_until": "2026-10-20"}),
            &["quality"],
        ),
        (
            "financing-event",
            Declared,
            json!({"round": "天使轮", "closed_on": "2025-08-12", "amount_fen": 600_000_000, "investor": "某创业投资基金【演示】"}),
            &["financing"],
        ),
    ]
}

fn draft(cast: &Cast) -> Result<Draft<'_>, Failure> {
    let mut draft = Draft {
        cast,
        firm: &cast.xinghe,
        aud: SONGJIANG,
        scenario: Scenario::BranchOperation,
        origin: "340104",
        destination: "310117",
        checklist: "SJ-BRANCH",
        pack: ("sh-songjiang", 3),
        held: Vec::new(),
        scans: Vec::new(),
        facts: json!({"related": [{"uscc": XINGHE_BRANCH, "relation": "branch", "name": "合肥星河量子传感技术有限公司上海分公司【演示】"}], "rd_staff_at_destination_percent": 20}),
        former: Vec::new(),
        requested: true,
    };
    for (kind, provenance, claims, answers) in papers() {
        draft.hold(&paper(cast, kind, provenance, claims), answers)?;
    }
    draft.hold(&branch_licence(cast), &["branch"])?;
    draft.attach("上海分公司租赁合同【演示】.pdf", "lease");
    draft.attach("营业执照扫描件【演示】.pdf", "business_licence_scan");
    Ok(draft)
}

fn paper<'c>(cast: &'c Cast, kind: &'static str, provenance: Provenance, claims: Value) -> Paper<'c> {
    let firm = &cast.xinghe;
    Paper {
        issuer: HEFEI,
        kind,
        provenance,
        subject: None,
        name: None,
        region: firm.region,
        claims,
        status: Status::Valid,
        firm,
    }
}

fn branch_licence(cast: &Cast) -> Paper<'_> {
    Paper {
        issuer: SONGJIANG,
        subject: Some(XINGHE_BRANCH),
        name: Some("合肥星河量子传感技术有限公司上海分公司【演示】"),
        region: "310117",
        ..paper(
            cast,
            "branch-licence",
            Provenance::Attested,
            json!({"number": XINGHE_BRANCH, "branch_uscc": XINGHE_BRANCH, "branch_name": "合肥星河量子传感技术有限公司上海分公司【演示】", "parent_uscc": XINGHE, "established_on": "2026-10-12", "registrar": "松江区市场监督管理局【演示】", "principal": "负责人【演示】"}),
        )
    }
}

/// The request of Songjiang that the firm has not answered yet.
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
        cases.push(Case { story: STORY, file, trust, aud: SONGJIANG, shows, expected, codes });
        path
    };

    let path = add(
        "dossier",
        CURRENT,
        PassedWithConditions,
        &["DATE-EXPIRED", "DATE-SOON"],
        (
            "齐全：高企随总部仅作参考，科技型中小企业编号还剩38天，ISO证书已过期",
            "in order: high-tech for reference, tech SME ends in 38 days, ISO expired",
        ),
    );
    let bytes = draft.write(&path)?;
    draft.leave_credentials(&dir.join(STORY))?;

    let path = add(
        "lists-9-days-old",
        OLD_LISTS,
        Pending,
        &["STAT-STALE"],
        ("吊销名单已9天，超过7天阈值", "status lists nine days old, seven are allowed"),
    );
    draft.write(&path)?;
    let path = add(
        "issuer-not-registered",
        WITHOUT_HEFEI,
        Failed,
        &["ISS-UNKNOWN"],
        ("签发方未列入信任名录", "the issuer is not in the register"),
    );
    draft.write(&path)?;
    let path = add(
        "not-requested",
        CURRENT,
        PassedWithConditions,
        &["UNSOLICITED"],
        ("主动提交，没有核验请求", "nobody asked for it"),
    );
    draft.but(|draft| draft.requested = false).write(&path)?;
    let path = add(
        "main-research-in-songjiang",
        CURRENT,
        PassedWithConditions,
        &["INC-RDSITE"],
        ("60%研发人员在松江，在孵条件可能不再满足", "60 % of the R&D staff in Songjiang"),
    );
    draft
        .but(|draft| {
            draft.facts =
                json!({"related": draft.facts.get("related"), "rd_staff_at_destination_percent": 60})
        })
        .write(&path)?;
    let path = add(
        "rules-of-the-zone",
        CURRENT,
        Pending,
        &["REG-SCOPE"],
        ("用了青吴嘉规则包，不覆盖松江", "the zone's rule pack does not cover Songjiang"),
    );
    draft.but(|draft| draft.pack = ("sh-qingpu-zone", 1)).write(&path)?;
    let path = add(
        "nothing-signed-by-the-firm",
        CURRENT,
        Failed,
        &["KB-MISSING"],
        ("在孵证明没有企业的持有人签名", "no key binding on the incubatee certificate"),
    );
    draft
        .but(|draft| draft.held.iter_mut().skip(1).take(1).for_each(|held| held.bound = false))
        .write(&path)?;
    let path = add(
        "no-lease",
        CURRENT,
        Failed,
        &["CHK-MISSING"],
        ("缺经营场所使用证明", "proof of premises missing"),
    );
    draft.but(|draft| draft.scans.retain(|scan| scan.kind != "lease")).write(&path)?;
    let mut other = draft.but(|_| {});
    other.held.retain(|held| held.kind != "high-tech-enterprise");
    let stolen = Paper {
        subject: Some(XINGHE_BRANCH),
        ..paper(
            cast,
            "high-tech-enterprise",
            Provenance::Attested,
            json!({"number": "GR202534990001", "issued_on": "2025-11-19", "valid_until": "2028-11-18"}),
        )
    };
    other.facts = json!({});
    other.held.retain(|held| held.kind != "branch-licence");
    other.hold(&stolen, &["high-tech"])?;
    let path = add(
        "high-tech-of-the-branch",
        CURRENT,
        Failed,
        &["SUBJ-USCC"],
        ("高企证书的主体写成分公司", "the branch as holder of the high-tech certificate"),
    );
    other.write(&path)?;
    let mut revoked = draft.but(|draft| draft.held.retain(|held| held.kind != "incubatee-certificate"));
    let (kind, provenance, claims, answers) = papers().swap_remove(1);
    revoked.hold(&Paper { status: Status::Revoked, ..paper(cast, kind, provenance, claims) }, answers)?;
    let path = add(
        "incubation-revoked",
        CURRENT,
        Failed,
        &["STAT-REVOKED"],
        ("在孵企业证明已被撤销", "the incubatee certificate was revoked"),
    );
    revoked.write(&path)?;

    // The damage of a file: one byte of the lease, one byte of the manifest, the end cut off.
    let lease = find(&bytes, b"%PDF-1.7")?;
    let manifest = find(&bytes, b"manifest.jwt")?;
    let damage: [(&str, usize, Codes, Shows); 2] = [
        (
            "lease-altered",
            lease + 5,
            &["HASH-ATTACH"],
            ("租赁合同改动一个字节", "one byte of the lease altered"),
        ),
        (
            "manifest-altered",
            manifest + 200,
            &["ZIP-CORRUPT"],
            ("清单改动一个字节", "one byte of the manifest altered"),
        ),
    ];
    for (name, at, codes, shows) in damage {
        let path = add(name, CURRENT, Failed, codes, shows);
        let mut damaged = bytes.clone();
        if let Some(byte) = damaged.get_mut(at) {
            *byte ^= 1;
        }
        files::write(&path, &damaged)?;
    }
    let path = add("cut-off", CURRENT, Failed, &["ZIP-CORRUPT"], ("文件不完整", "the file is cut off"));
    files::write(&path, bytes.get(..bytes.len() / 2).unwrap_or_default())?;
    let (path, file) = place(dir, STORY, "for-another-recipient");
    cases.push(Case {
        story: STORY,
        file,
        trust: CURRENT,
        aud: super::cast::YUHANG,
        shows: ("把交给松江的档案转交余杭", "shown to another recipient"),
        expected: Failed,
        codes: &["AUD-MISMATCH"],
    });
    files::write(&path, &bytes)?;
    Ok(cases)
}

fn find(bytes: &[u8], needle: &[u8]) -> Result<usize, Failure> {
    let found = bytes.windows(needle.len()).position(|window| window == needle);
    found.ok_or_else(|| fault(std::io::Error::other("an entry of the dossier was not found")))
}
