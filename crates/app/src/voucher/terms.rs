//! What a voucher pays for, read from its credential.

use serde_json::{Map, Value};
use zizhi_model::money::Fen;
use zizhi_model::{OrgId, RegionPattern, Uscc, civil};
use zizhi_sync::ledger::VoucherEntry;

use super::failures::no_voucher;
use super::token;
use crate::failure::Failure;

/// The type of a voucher's credential.
pub(super) const VCT: &str = "urn:zizhitong:credential:innovation-voucher:1";

/// The claims without which [`of_credential`] makes no entry, and the regions, without which a voucher is taken nowhere;
/// [`ISSUED`] stands in where it has no [`FIRST_DAY`].
pub(crate) const LEDGER_NEEDS: [&str; 7] = [
    "number",
    "quota_fen",
    FIRST_DAY,
    "valid_until",
    "allowed_service_kinds",
    "allowed_providers",
    "scope_regions",
];
pub(crate) const FIRST_DAY: &str = "valid_from";
pub(crate) const ISSUED: &str = "issued_on";

/// The entry that a fund makes of a voucher's credential, whose processed payload this is. `iat` is when, in seconds
/// since 1970.
///
/// # Errors
/// `VOUCHER-TERMS` names the first claim that is not there or says nothing that a ledger takes; `VOUCHER-NUMBER`.
pub(super) fn of_credential(payload: &Map<String, Value>, iat: i64) -> Result<VoucherEntry, Failure> {
    let text = |name: &str| payload.get(name).and_then(Value::as_str);
    let texts = |name: &str| -> Vec<&str> {
        payload.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let day = |name: &str| text(name).and_then(|day| civil::parse_date(day).ok());
    let org = |name: &str| text(name).and_then(|org| OrgId::parse(org).ok());
    if text("vct") != Some(VCT) {
        return Err(no_voucher(("凭证种类（创新券）", "its type, an innovation voucher")));
    }
    let amount = payload.get("quota_fen").and_then(Value::as_i64).filter(|fen| *fen > 0);
    let kinds: Vec<String> = texts("allowed_service_kinds").into_iter().map(str::to_owned).collect();
    if kinds.is_empty() {
        return Err(no_voucher(("适用服务类别", "the kinds of service")));
    }
    let redeemers: Option<Vec<OrgId>> =
        texts("allowed_providers").into_iter().map(|uscc| Uscc::parse(uscc).ok().map(OrgId::from)).collect();
    Ok(VoucherEntry {
        jti: token(text("number").ok_or_else(|| no_voucher(("券号", "its number")))?)?,
        iss: org("iss").ok_or_else(|| no_voucher(("签发单位", "its issuer")))?,
        sub: org("sub").ok_or_else(|| no_voucher(("持有企业", "its holder")))?,
        amount: Fen(amount.ok_or_else(|| no_voucher(("额度", "its quota")))?),
        from: day(FIRST_DAY)
            .or_else(|| day(ISSUED))
            .ok_or_else(|| no_voucher(("有效期起", "its first day")))?,
        until: day("valid_until").ok_or_else(|| no_voucher(("有效期至", "its last day")))?,
        regions: regions(&texts("scope_regions"))?,
        kinds,
        redeemers: redeemers.ok_or_else(|| no_voucher(("适用服务机构", "its providers")))?,
        iat,
    })
}

/// What a voucher's credential says is left on it, in fen.
pub(super) fn balance(payload: &Map<String, Value>) -> Option<Fen> {
    payload.get("balance_fen").and_then(Value::as_i64).filter(|fen| *fen >= 0).map(Fen)
}

/// Regions as a ledger takes them: leading digits, none for everywhere. A group becomes its members.
fn regions(scope: &[&str]) -> Result<Vec<RegionPattern>, Failure> {
    let unfit = || no_voucher(("适用地区", "its regions"));
    let mut prefixes: Vec<RegionPattern> = Vec::new();
    for text in scope {
        match RegionPattern::parse(text).map_err(|_| unfit())? {
            RegionPattern::Any => return Ok(Vec::new()),
            RegionPattern::Group(group) => {
                for prefix in group.prefixes() {
                    prefixes.push(RegionPattern::parse(prefix).map_err(|_| unfit())?);
                }
            }
            prefix @ RegionPattern::Prefix(_) => prefixes.push(prefix),
        }
    }
    prefixes.sort_by_key(ToString::to_string);
    prefixes.dedup();
    if prefixes.is_empty() { Err(unfit()) } else { Ok(prefixes) }
}
