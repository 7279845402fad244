//! Who takes part in the stories: firms, incubators and the voucher fund, with their keys, and what
//! they sign.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_credential::status::Status;
use zizhi_credential::types;
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
use zizhi_model::{Provenance, Region, Uscc};

use super::{Part, Story, fault};
use crate::failure::Failure;
use crate::issue_values::remarks;

/// 合肥星河量子传感技术有限公司【演示】
pub(super) const XINGHE: &str = "91340100DEM000014D";
/// Its branch in Songjiang.
pub(super) const XINGHE_BRANCH: &str = "91310117DEM0000498";
/// 苏州云栈机器人科技有限公司【演示】, 杭州云栈机器人科技有限公司【演示】 after the move.
pub(super) const YUNZHAN: &str = "91320594DEM000057C";
/// 嘉善澄波新材料有限公司【演示】
pub(super) const CHENGBO: &str = "91330421DEM0000814";
/// 合肥国家大学科技园【演示】
pub(super) const HEFEI: &str = "91340100DEM0000228";
/// 松江科创孵化器【演示】
pub(super) const SONGJIANG: &str = "91310117DEM000030B";
/// 苏州工业园区孵化器【演示】
pub(super) const SUZHOU: &str = "91320594DEM0000657";
/// 余杭孵化器【演示】
pub(super) const YUHANG: &str = "91330110DEM000073U";
/// 浙江券管理方【演示】
pub(super) const FUND: &str = "11330000DEM000102T";
/// 上海材料表征平台【演示】
pub(super) const PLATFORM: &str = "12310000DEM00009XN";

/// An organisation in the register.
pub(super) struct Issuer {
    pub uscc: &'static str,
    pub name: &'static str,
    pub region: &'static str,
    pub key: SigningKey,
}

/// A firm, which is in no register.
pub(super) struct Firm {
    pub uscc: &'static str,
    pub name: &'static str,
    pub region: &'static str,
    pub key: SigningKey,
}

/// A place in a status list that is not 0.
pub(super) struct Marked {
    pub issuer: &'static str,
    pub idx: u64,
    pub status: Status,
}

/// Everybody.
pub(super) struct Cast {
    pub now: DateTime<Utc>,
    pub issuers: Vec<Issuer>,
    pub xinghe: Firm,
    pub yunzhan: Firm,
    pub chengbo: Firm,
    /// The next free place in each issuer's status list.
    next: RefCell<BTreeMap<&'static str, u64>>,
    /// What was taken back since the list of nine days ago.
    pub marked: RefCell<Vec<Marked>>,
}

/// What a credential says beside what all say.
pub(super) struct Paper<'p> {
    pub issuer: &'static str,
    pub kind: &'static str,
    pub provenance: Provenance,
    /// `sub`, if it is not the firm.
    pub subject: Option<&'static str>,
    /// `name`, if it is not the firm's.
    pub name: Option<&'static str>,
    pub region: &'static str,
    pub claims: Value,
    pub status: Status,
    pub firm: &'p Firm,
}

impl Cast {
    pub(super) fn new(now: DateTime<Utc>) -> Result<Self, Failure> {
        let firm = |uscc, name, region| -> Result<Firm, Failure> {
            Ok(Firm { uscc, name, region, key: new_key()? })
        };
        let issuers = [
            (HEFEI, "合肥国家大学科技园【演示】", "340104"),
            (SONGJIANG, "松江科创孵化器【演示】", "310117"),
            (SUZHOU, "苏州工业园区孵化器【演示】", "320594"),
            (YUHANG, "余杭孵化器【演示】", "330110"),
            (FUND, "浙江券管理方【演示】", "330000"),
            (PLATFORM, "上海材料表征平台【演示】", "310000"),
        ];
        let issuers = issuers
            .into_iter()
            .map(|(uscc, name, region)| Ok(Issuer { uscc, name, region, key: new_key()? }))
            .collect::<Result<Vec<_>, Failure>>()?;
        Ok(Self {
            now,
            issuers,
            xinghe: firm(XINGHE, "合肥星河量子传感技术有限公司【演示】", "340104")?,
            yunzhan: firm(YUNZHAN, "杭州云栈机器人科技有限公司【演示】", "320594")?,
            chengbo: firm(CHENGBO, "嘉善澄波新材料有限公司【演示】", "330421")?,
            next: RefCell::default(),
            marked: RefCell::default(),
        })
    }

    /// The firm and the destination of a story, for somebody to play.
    pub(super) fn leads(self, story: Story) -> Result<(Part, Part), Failure> {
        let part = |uscc, name, region, key| -> Result<Part, Failure> {
            let (uscc, region) = (Uscc::parse(uscc).map_err(fault)?, Region::parse(region).map_err(fault)?);
            Ok(Part { uscc, name, region, key })
        };
        let (firm, destination) = match story {
            Story::BranchOperation => (self.xinghe, SONGJIANG),
            Story::FullRelocation => (self.yunzhan, YUHANG),
            Story::VoucherRedemption => (self.chengbo, PLATFORM),
        };
        let Firm { uscc, name, region, key } = firm;
        let firm = part(uscc, name, region, key)?;
        let destination = self.issuers.into_iter().find(|issuer| issuer.uscc == destination);
        let Some(Issuer { uscc, name, region, key }) = destination else {
            return Err(fault(std::io::Error::other("the destination is in the cast")));
        };
        Ok((firm, part(uscc, name, region, key)?))
    }

    /// The organisation `uscc` of the register.
    pub(super) fn issuer(&self, uscc: &str) -> Option<&Issuer> {
        self.issuers.iter().find(|issuer| issuer.uscc == uscc)
    }

    /// Signs a credential. What a firm declares lives a day and needs no status; everything else gets
    /// the next place in its issuer's list.
    pub(super) fn sign(&self, paper: &Paper<'_>) -> Result<String, Failure> {
        let declared = paper.provenance == Provenance::Declared;
        let key = match self.issuer(paper.issuer) {
            Some(issuer) if !declared => &issuer.key,
            _ => &paper.firm.key,
        };
        let iat = if declared { self.now.timestamp() - 7200 } else { self.now.timestamp() - 30 * 86_400 };
        let Value::Object(mut claims) = paper.claims.clone() else { return Ok(String::new()) };
        let issuer = if declared { paper.firm.uscc } else { paper.issuer };
        let subject = paper.subject.unwrap_or(paper.firm.uscc);
        let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        put("iss", json!(format!("urn:uscc:{issuer}")));
        put("sub", json!(format!("urn:uscc:{subject}")));
        put("vct", json!(format!("urn:zizhitong:credential:{}:1", paper.kind)));
        put("iat", json!(iat));
        put("provenance", json!(paper.provenance.as_str()));
        put("name", json!(paper.name.unwrap_or(paper.firm.name)));
        put("region", json!(paper.region));
        if declared {
            put("exp", json!(iat + 86_400));
        }
        if paper.provenance == Provenance::Attested {
            put(
                "attested",
                json!({"by": format!("urn:uscc:{issuer}"), "method": "original", "system": "纸质原件", "checked_on": "2026-10-20", "operator": "经办员【演示】"}),
            );
        }
        // What is shown to people has to agree with its type, or its claims have no names.
        let metadata = claims.get("vct").and_then(Value::as_str).and_then(types::find);
        if let Some(remark) = remarks(&claims, metadata)?.first() {
            return Err(fault(std::io::Error::other(format!("{}: {}", paper.kind, remark.en()))));
        }
        let uri = status_uri(paper.issuer);
        let status = (!declared).then(|| StatusRef { uri: uri.as_str().into(), idx: self.place(paper) });
        let holder = paper.firm.key.public();
        let statement = Statement { claims: &claims, holder, status, decoys: 2, metadata };
        issue(&statement, key, &mut SystemRandom).map_err(fault)
    }

    fn place(&self, paper: &Paper<'_>) -> u64 {
        let mut next = self.next.borrow_mut();
        let free = next.entry(paper.issuer).or_insert(0);
        let idx = *free;
        *free += 1;
        if paper.status != Status::Valid {
            self.marked.borrow_mut().push(Marked { issuer: paper.issuer, idx, status: paper.status });
        }
        idx
    }
}

/// Where an issuer's status list has its name.
pub(super) fn status_uri(issuer: &str) -> String {
    format!("https://status.example/{issuer}/1")
}

fn new_key() -> Result<SigningKey, Failure> {
    SigningKey::generate(Algorithm::Es256, &mut SystemRandom).map_err(fault)
}
