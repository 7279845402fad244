//! A small world to measure in: one incubator, one destination, one firm with eight credentials, and
//! as many dossiers of it as are wanted.

#![expect(clippy::expect_used, reason = "a benchmark stops at the first surprise")]

use std::io::Cursor;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::present::{Binding, Choice, present};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_credential::status::{Bits, StatusList, TokenClaims, sign as sign_list};
use zizhi_crypto::{Algorithm, PublicKey, SigningKey, SystemRandom, b64};
use zizhi_dossier::manifest::Firm;
use zizhi_dossier::request::RulePackRef;
use zizhi_dossier::{Manifest, Presented, assemble};
use zizhi_model::region::Region;
use zizhi_model::{Limits, OrgId, Provenance, Scenario, Uscc, civil};
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::{IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue};

const FIRM: &str = "91340100DEM000014D";
const INCUBATOR: &str = "91340100DEM0000228";
const DESTINATION: &str = "91310117DEM000030B";
const STATUS: &str = "https://status.example/34/1";
/// 2026-10-01T09:00:00+08:00
const ISSUED: i64 = 1_790_816_400;

/// The eight types of credential, with what is particular to each.
const PAPERS: [(&str, &str, &str); 8] = [
    ("incubatee-certificate", "HFUSP-2026-0117", "2027-06-30"),
    ("high-tech-enterprise", "GR202534990001", "2028-11-18"),
    ("innovative-sme", "CX-34-2026-0001", "2028-12-31"),
    ("patent", "ZL202419900001.2", "2044-05-05"),
    ("software-copyright", "2025SR9900001", "2075-12-31"),
    ("tech-contract-registration", "2026340104990001", "2028-03-31"),
    ("management-cert", "03410Q10286R0S", "2028-10-20"),
    ("graduation-certificate", "HFUSP-B-2026-001", "2030-01-01"),
];

/// One signature as ring wants it: key, message, signature.
pub(crate) type Signature = (Vec<u8>, Vec<u8>, Vec<u8>);

pub(crate) struct World {
    pub(crate) now: DateTime<Utc>,
    incubator: SigningKey,
    firm: SigningKey,
    credentials: Vec<(String, String)>,
}

impl World {
    pub(crate) fn fresh() -> Self {
        let key = || SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key");
        let (incubator, firm) = (key(), key());
        let credentials = PAPERS
            .iter()
            .zip(0_u64..)
            .map(|((kind, number, until), idx)| {
                (credential(kind, number, until, idx, &incubator, firm.public()), (*kind).to_owned())
            })
            .collect();
        let now = civil::parse_time("2026-11-23T10:00:00+08:00").expect("a time");
        Self { now, incubator, firm, credentials }
    }

    /// A trust package with `issuers` organisations, of which one issues and one receives.
    pub(crate) fn trust(&self, issuers: usize) -> Vec<u8> {
        let keys = Keys::generate(&["31", "32", "33", "34"], &mut SystemRandom).expect("keys");
        let terms = Terms::issued(self.now - chrono::TimeDelta::days(1));
        let mut repository = Repository::init(&keys, &terms).expect("a repository");
        let uses = vec![KeyUse::Credential, KeyUse::Status, KeyUse::Request];
        let from = civil::parse_time("2026-01-01T00:00:00+08:00").expect("a time");
        let mut record = IssuerRecord {
            uscc: Uscc::parse(INCUBATOR).expect("a code"),
            name: "合肥国家大学科技园【演示】".to_owned(),
            former_names: Vec::new(),
            roles: vec![IssuerRole::Incubator],
            level: Some("ministry_standard".to_owned()),
            region: Region::parse("340104").expect("a region"),
            keys: vec![IssuerKey::new(self.incubator.public().clone(), uses, from)],
            seal_to: Vec::new(),
            may_issue: PAPERS
                .iter()
                .map(|(kind, _, _)| MayIssue {
                    credential_type: (*kind).to_owned(),
                    provenance: vec![Provenance::Attested],
                })
                .collect(),
        };
        repository.put_issuer("34", &record).expect("an issuer");
        for number in 2..issuers {
            record.uscc = code(number);
            let province = ["31", "32", "33", "34"].get(number % 4).copied().unwrap_or("31");
            record.region = Region::parse(&format!("{province}0100")).expect("a region");
            repository.put_issuer(province, &record).expect("an issuer");
        }
        repository.put_rule_pack("31", "sh-songjiang", pack().to_string().as_bytes()).expect("a pack");
        let list = StatusList::new(Bits::Two, 10_000).expect("a list");
        let claims = TokenClaims {
            issuer: Some("urn:uscc:91340100DEM0000228"),
            uri: STATUS,
            issued_at: self.now.timestamp() - 86_400,
            expires: None,
            ttl: None,
        };
        repository.put_status(STATUS, &sign_list(&list, &claims, &self.incubator).expect("a token"));
        repository.publish(&keys.all(), &terms).expect("signed");
        repository.pack(Cursor::new(Vec::new())).expect("packed").into_inner()
    }

    /// The dossier `number`: its bytes, and its 17 signatures.
    pub(crate) fn dossier(&self, number: usize) -> (Vec<u8>, Vec<Signature>) {
        let (aud, nonce) = (format!("urn:uscc:{DESTINATION}"), format!("nonce-of-dossier-{number:08}"));
        let iat = self.now.timestamp() - 3600;
        let limits = Limits::default();
        let binding = Binding { key: &self.firm, aud: &aud, nonce: &nonce, iat };
        let presented: Vec<Presented> = self
            .credentials
            .iter()
            .map(|(issued, kind)| Presented {
                text: present(issued, Choice::All, Some(&binding), &limits).expect("a presentation"),
                kind: kind.clone(),
                answers: Vec::new(),
            })
            .collect();
        let draft = Manifest {
            iss: OrgId::parse(&format!("urn:uscc:{FIRM}")).expect("a firm"),
            aud: OrgId::parse(&aud).expect("a destination"),
            iat,
            jti: format!("0193a3b0-0000-7000-8000-{number:012}"),
            nonce: nonce.clone(),
            request: None,
            key: self.firm.public().clone(),
            scenario: Scenario::BranchOperation,
            origin_region: Region::parse("340104").expect("a region"),
            destination_region: Region::parse("310117").expect("a region"),
            firm: Firm {
                uscc: Uscc::parse(FIRM).expect("a code"),
                name: "合肥星河量子传感技术有限公司【演示】".to_owned(),
                former_names: Vec::new(),
            },
            checklist_id: "SJ-BRANCH".to_owned(),
            rule_pack: RulePackRef { id: "sh-songjiang".to_owned(), version: 3 },
            credentials: Vec::new(),
            attachments: Vec::new(),
            facts: zizhi_model::json::Object::default(),
            consents: Vec::new(),
            other: zizhi_model::json::Object::default(),
        };
        let mut out = Cursor::new(Vec::new());
        let made = assemble::<_, &[u8]>(&mut out, draft, &presented, &mut [], &self.firm, &limits)
            .expect("assembled");
        let mut signatures = vec![signature(&made.manifest_jws, self.firm.public())];
        for presented in &presented {
            let (front, binding) = presented.text.rsplit_once('~').expect("a key binding");
            signatures.push(signature(front.split('~').next().expect("a JWT"), self.incubator.public()));
            signatures.push(signature(binding, self.firm.public()));
        }
        (out.into_inner(), signatures)
    }
}

fn credential(
    kind: &str,
    number: &str,
    until: &str,
    idx: u64,
    key: &SigningKey,
    holder: &PublicKey,
) -> String {
    let Value::Object(claims) = json!({
        "iss": format!("urn:uscc:{INCUBATOR}"),
        "sub": format!("urn:uscc:{FIRM}"),
        "vct": format!("urn:zizhitong:credential:{kind}:1"),
        "iat": ISSUED,
        "provenance": "attested",
        "name": "合肥星河量子传感技术有限公司【演示】",
        "region": "340104",
        "number": number,
        "issued_on": "2025-11-19",
        "valid_from": "2025-11-19",
        "valid_until": until,
        "attested": {"by": "urn:uscc:91340100DEM0000228", "method": "original", "checked_on": "2026-09-28"},
    }) else {
        return String::new();
    };
    let claims: Map<String, Value> = claims;
    let statement = Statement {
        claims: &claims,
        holder,
        status: Some(StatusRef { uri: STATUS.into(), idx }),
        decoys: 0,
        metadata: None,
    };
    issue(&statement, key, &mut SystemRandom).expect("a credential")
}

fn pack() -> Value {
    let query = |kind: &str| {
        json!({"credentials": [{"id": "c", "format": "dc+sd-jwt",
            "meta": {"vct_values": [format!("urn:zizhitong:credential:{kind}:1")]},
            "claims": [{"path": ["number"]}]}]})
    };
    let items: Vec<Value> = PAPERS
        .iter()
        .map(|(kind, _, _)| {
            json!({"item_id": kind, "title": {"zh": kind}, "required": "yes",
                "evidence": {"dcql": query(kind)}, "provenance_min": "attested", "rules": []})
        })
        .collect();
    let equivalences: Vec<Value> = PAPERS
        .iter()
        .map(|(kind, _, _)| {
            json!({"rule_id": format!("E-{kind}"), "type": kind, "from_regions": ["34"], "to_regions": ["310117"],
                "scenarios": ["branch_operation"], "mode": "equivalent", "maps_to": kind,
                "conditions": [{"logic": {"in": [{"var": "credential.provenance"}, ["attested", "direct"]]},
                    "message": {"zh": "须由孵化器背书"}, "severity": "error"}],
                "basis": {"title": "双方互认协议"}, "valid_from": "2026-07-01", "valid_until": null, "demo": true})
        })
        .collect();
    json!({"pack_id": "sh-songjiang", "version": 3, "publisher": format!("urn:uscc:{DESTINATION}"),
        "to_regions": ["310117"], "valid_from": "2026-07-01", "valid_until": "2027-06-30",
        "status_max_age_days": 7, "trust_max_age_days": 30, "equivalences": equivalences,
        "checklists": [{"checklist_id": "SJ-BRANCH", "scenario": "branch_operation",
            "title": {"zh": "异地经营"}, "items": items}]})
}

/// A made-up organisation; the check character is found by trying.
fn code(number: usize) -> Uscc {
    let body = format!("91340100DEM1{number:05}");
    "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .find_map(|check| Uscc::parse(&format!("{body}{check}")).ok())
        .expect("one of 31 characters fits")
}

fn signature(jwt: &str, key: &PublicKey) -> Signature {
    let (input, signature) = jwt.rsplit_once('.').expect("a signature");
    (key.raw().to_vec(), input.as_bytes().to_vec(), b64::decode(signature).expect("base64url"))
}
