//! Story three (domain.md §7.3): a Zhejiang voucher pays for instrument time in Shanghai. Only the
//! issuer's ledger redeems; these dossiers prepare a redemption.

use std::path::Path;

use serde_json::{Value, json};
use zizhi_credential::status::Status;
use zizhi_model::{Provenance, Scenario, Verdict};

use super::cast::{Cast, FUND, PLATFORM, Paper};
use super::draft::Draft;
use super::trust::{CURRENT, OLD_LISTS};
use super::{Case, Codes, Shows, place};
use crate::failure::Failure;

pub(super) const STORY: &str = "3-voucher";

/// The voucher as printed: 10.00万元, for the delta, testing and research, by listed providers.
fn voucher() -> Value {
    json!({"number": "CSJQ-330421-2026-000017", "issued_on": "2026-03-01", "valid_from": "2026-03-01", "valid_until": "2026-12-31", "quota_fen": 10_000_000, "balance_fen": 10_000_000, "allowed_service_kinds": ["检验检测", "研究开发"], "allowed_providers": [PLATFORM], "offset_percent": 50, "scope_regions": ["yrd"]})
}

/// 12 h × ¥2,400 = ¥28,800.00, of which the voucher offsets ¥14,400.00.
fn redemption() -> Value {
    json!({"amount_fen": 1_440_000, "service_kind": "检验检测", "provider": PLATFORM, "invoice_on": "2026-11-16",
        "related": false, "excluded_testing": false, "holder_changed": false})
}

fn with(mut value: Value, name: &str, to: Value) -> Value {
    if let Some(members) = value.as_object_mut() {
        members.insert(name.to_owned(), to);
    }
    value
}

fn draft<'c>(cast: &'c Cast, voucher: Value, redemption: &Value) -> Result<Draft<'c>, Failure> {
    let mut draft = Draft {
        cast,
        firm: &cast.chengbo,
        aud: PLATFORM,
        scenario: Scenario::VoucherRedemption,
        origin: "330421",
        destination: "310104",
        checklist: "SHV-REDEEM",
        pack: ("sh-voucher", 2),
        held: Vec::new(),
        scans: Vec::new(),
        facts: json!({"redemption": redemption}),
        former: Vec::new(),
        requested: true,
    };
    let paper = Paper {
        issuer: FUND,
        kind: "innovation-voucher",
        provenance: Provenance::Direct,
        subject: None,
        name: None,
        region: "330000",
        claims: voucher,
        status: Status::Valid,
        firm: &cast.chengbo,
    };
    draft.hold(&paper, &["voucher"])?;
    draft.attach("服务合同【演示】.pdf", "service_contract");
    draft.attach("机时使用记录【演示】.pdf", "usage_record");
    draft.attach("发票【演示】.pdf", "invoice");
    draft.attach("付款凭证【演示】.pdf", "payment_record");
    Ok(draft)
}

/// What the provider asks for, and nobody has answered yet.
pub(super) fn request(cast: &Cast) -> Result<String, Failure> {
    draft(cast, voucher(), &redemption())?.ask_now()
}

/// Name, trust data, voucher, redemption, verdict, codes, what it shows.
type Variant = (&'static str, &'static str, Value, Value, Verdict, Codes, Shows);

/// Makes the dossier in order and its variants.
pub(super) fn make(cast: &Cast, dir: &Path) -> Result<Vec<Case>, Failure> {
    use Verdict::{Failed, PassedWithConditions, Pending};
    let variants: [Variant; 11] = [
        (
            "dossier",
            CURRENT,
            voucher(),
            redemption(),
            PassedWithConditions,
            &["DATE-SOON"],
            ("抵扣14,400.00元，券年底到期", "offset of ¥14,400.00; the voucher ends with the year"),
        ),
        (
            "two-desks",
            CURRENT,
            voucher(),
            with(with(redemption(), "amount_fen", json!(6_000_000)), "other_holds_fen", json!(6_000_000)),
            Pending,
            &["VCH-DOUBLE"],
            ("两处窗口合计超过余额，待登记方裁定", "two desks together overdraw the balance"),
        ),
        (
            "more-than-the-balance",
            CURRENT,
            voucher(),
            with(redemption(), "amount_fen", json!(10_000_001)),
            Failed,
            &["VCH-BALANCE"],
            ("超过余额", "more than the balance"),
        ),
        (
            "invoice-too-early",
            CURRENT,
            voucher(),
            with(redemption(), "invoice_on", json!("2026-02-28")),
            Failed,
            &["VCH-SCOPE"],
            ("发票日期在券有效期之前", "invoice from before the voucher"),
        ),
        (
            "zhejiang-only",
            CURRENT,
            with(voucher(), "scope_regions", json!(["33"])),
            redemption(),
            Failed,
            &["VCH-SCOPE"],
            ("省内券在上海使用", "a voucher for Zhejiang used in Shanghai"),
        ),
        (
            "provider-not-listed",
            CURRENT,
            with(voucher(), "allowed_providers", json!(["91330110DEM000073U"])),
            redemption(),
            Failed,
            &["VCH-SCOPE"],
            ("服务机构不在名单内", "the provider is not on the list"),
        ),
        (
            "provider-related-to-the-firm",
            CURRENT,
            voucher(),
            with(redemption(), "related", json!(true)),
            Failed,
            &["RULE-FALSE"],
            ("与服务机构有关联关系", "the provider is related to the firm"),
        ),
        (
            "mandatory-test",
            CURRENT,
            voucher(),
            with(redemption(), "excluded_testing", json!(true)),
            Failed,
            &["RULE-FALSE"],
            ("强制检测不得用券", "a mandatory test is not paid with a voucher"),
        ),
        (
            "moved-out-of-zhejiang",
            CURRENT,
            voucher(),
            with(redemption(), "holder_changed", json!(true)),
            PassedWithConditions,
            &["RULE-FALSE"],
            ("领券后迁出，主体资格需复核", "moved out since the grant, to be reviewed"),
        ),
        (
            "expired-voucher",
            CURRENT,
            with(voucher(), "valid_until", json!("2026-10-31")),
            with(redemption(), "invoice_on", json!("2026-10-16")),
            Failed,
            &["DATE-EXPIRED"],
            ("券已过期", "the voucher has expired"),
        ),
        (
            "lists-9-days-old",
            OLD_LISTS,
            voucher(),
            redemption(),
            Pending,
            &["STAT-STALE"],
            ("吊销名单已9天", "status list nine days old"),
        ),
    ];
    let mut cases = Vec::new();
    for (name, trust, voucher, redemption, expected, codes, shows) in variants {
        let (path, file) = place(dir, STORY, name);
        let draft = draft(cast, voucher, &redemption)?;
        draft.write(&path)?;
        if cases.is_empty() {
            draft.leave_credentials(&dir.join(STORY))?;
        }
        cases.push(Case { story: STORY, file, trust, aud: PLATFORM, shows, expected, codes });
    }
    Ok(cases)
}
