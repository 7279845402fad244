//! A dossier before it is signed, which a variant of a story changes in one place.

use std::io::Cursor;
use std::path::Path;

use serde_json::Value;
use zizhi_credential::present::{Binding, Choice, present};
use zizhi_crypto::SystemRandom;
use zizhi_dossier::ids::uuid_v7;
use zizhi_dossier::manifest::{Firm as FirmName, FormerName};
use zizhi_dossier::request::{self, RulePackRef};
use zizhi_dossier::{Attached, Digest, Manifest, Presented, Request, assemble};
use zizhi_model::json::Object;
use zizhi_model::region::Region;
use zizhi_model::{Json, Limits, OrgId, Scenario, Uscc, json};

use super::cast::{Cast, Firm, Paper};
use super::{CREDENTIALS, fault};
use crate::failure::Failure;
use crate::files;

/// A credential in a draft.
#[derive(Clone)]
pub(super) struct Held {
    pub kind: &'static str,
    pub issued: String,
    pub answers: &'static [&'static str],
    /// Whether the firm signs the presentation.
    pub bound: bool,
}

/// An attachment in a draft.
#[derive(Clone)]
pub(super) struct Scan {
    pub name: &'static str,
    pub kind: &'static str,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// A dossier that is being prepared.
#[derive(Clone)]
pub(super) struct Draft<'c> {
    pub cast: &'c Cast,
    pub firm: &'c Firm,
    pub aud: &'static str,
    pub scenario: Scenario,
    pub origin: &'static str,
    pub destination: &'static str,
    pub checklist: &'static str,
    pub pack: (&'static str, i64),
    pub held: Vec<Held>,
    pub scans: Vec<Scan>,
    pub facts: Value,
    pub former: Vec<(&'static str, &'static str, &'static str)>,
    pub requested: bool,
}

impl Draft<'_> {
    /// Signs a credential and puts it into the draft.
    pub(super) fn hold(
        &mut self,
        paper: &Paper<'_>,
        answers: &'static [&'static str],
    ) -> Result<(), Failure> {
        let issued = self.cast.sign(paper)?;
        self.held.push(Held { kind: paper.kind, issued, answers, bound: true });
        Ok(())
    }

    /// Puts a scan into the draft.
    pub(super) fn attach(&mut self, name: &'static str, kind: &'static str) {
        self.scans.push(Scan { name, kind, media_type: "application/pdf", bytes: pdf(name) });
    }

    /// The same draft with one thing changed.
    pub(super) fn but(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = self.clone();
        change(&mut other);
        other
    }

    /// Leaves what the firm holds beside its dossiers.
    pub(super) fn leave_credentials(&self, story: &Path) -> Result<(), Failure> {
        for (number, held) in (1..).zip(&self.held) {
            let path = story.join(CREDENTIALS).join(format!("{number:03}-{}.zzcred", held.kind));
            files::write(&path, held.issued.as_bytes())?;
        }
        Ok(())
    }

    /// Signs the dossier and writes it; gives its bytes, for those who go on to damage them.
    pub(super) fn write(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        let bytes = self.sign()?;
        files::write(path, &bytes)?;
        Ok(bytes)
    }

    fn sign(&self) -> Result<Vec<u8>, Failure> {
        let signed_at = self.cast.now.timestamp() - 3600;
        let limits = Limits::default();
        let asked = if self.requested { Some(self.ask(signed_at)?) } else { None };
        let jti = uuid_v7(self.cast.now, &mut SystemRandom);
        let nonce = asked.as_ref().map_or_else(|| jti.clone(), |(request, _)| request.nonce.clone());
        let aud = format!("urn:uscc:{}", self.aud);
        let binding = Binding { key: &self.firm.key, aud: &aud, nonce: &nonce, iat: signed_at };
        let presented = self
            .held
            .iter()
            .map(|held| {
                let text = present(&held.issued, Choice::All, held.bound.then_some(&binding), &limits);
                Ok(Presented {
                    text: text.map_err(fault)?,
                    kind: held.kind.to_owned(),
                    answers: held.answers.iter().map(|item| (*item).to_owned()).collect(),
                })
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        let mut attached: Vec<Attached<&[u8]>> = self
            .scans
            .iter()
            .map(|scan| Attached {
                content: scan.bytes.as_slice(),
                sha256: Digest::of(&scan.bytes),
                size: scan.bytes.len() as u64,
                media_type: scan.media_type.to_owned(),
                name: scan.name.to_owned(),
                kind: scan.kind.to_owned(),
                answers: Vec::new(),
            })
            .collect();
        let manifest = self.manifest(signed_at, jti, nonce, asked.map(|(_, jws)| jws))?;
        let mut out = Cursor::new(Vec::new());
        assemble(&mut out, manifest, &presented, &mut attached, &self.firm.key, &limits).map_err(fault)?;
        Ok(out.into_inner())
    }

    fn manifest(
        &self,
        iat: i64,
        jti: String,
        nonce: String,
        request: Option<String>,
    ) -> Result<Manifest, Failure> {
        let facts = self.facts.to_string();
        let Json::Object(facts) = json::strict(facts.as_bytes(), 8).map_err(fault)?.into_owned() else {
            return Err(fault(std::io::Error::other("facts are an object")));
        };
        let former_names = self.former.iter().map(|(name, until, evidence)| FormerName {
            name: (*name).to_owned(),
            until: zizhi_model::civil::parse_date(until).ok(),
            evidence: Some((*evidence).to_owned()),
        });
        Ok(Manifest {
            iss: org(self.firm.uscc)?,
            aud: org(self.aud)?,
            iat,
            jti,
            nonce,
            request,
            key: self.firm.key.public().clone(),
            scenario: self.scenario,
            origin_region: Region::parse(self.origin).map_err(fault)?,
            destination_region: Region::parse(self.destination).map_err(fault)?,
            firm: FirmName {
                uscc: Uscc::parse(self.firm.uscc).map_err(fault)?,
                name: self.firm.name.to_owned(),
                former_names: former_names.collect(),
            },
            checklist_id: self.checklist.to_owned(),
            rule_pack: RulePackRef { id: self.pack.0.to_owned(), version: self.pack.1 },
            credentials: Vec::new(),
            attachments: Vec::new(),
            facts,
            consents: Vec::new(),
            other: Object::default(),
        })
    }

    /// The destination's request, as it was sent a day ago and is not answered yet.
    pub(super) fn ask_now(&self) -> Result<String, Failure> {
        // A request is made five days before it is answered.
        Ok(self.ask(self.cast.now.timestamp() + 4 * 86_400)?.1)
    }

    /// The destination's request, which the dossier answers.
    fn ask(&self, answered_at: i64) -> Result<(Request, String), Failure> {
        let jti = uuid_v7(self.cast.now, &mut SystemRandom);
        let request = Request {
            iss: org(self.aud)?,
            iat: answered_at - 5 * 86_400,
            exp: answered_at + 25 * 86_400,
            nonce: jti.replace('-', ""),
            jti,
            scenario: self.scenario,
            destination_region: Region::parse(self.destination).map_err(fault)?,
            checklist_id: self.checklist.to_owned(),
            rule_pack: RulePackRef { id: self.pack.0.to_owned(), version: self.pack.1 },
            only_for: Some(Uscc::parse(self.firm.uscc).map_err(fault)?),
            other: Object::default(),
        };
        let issuer = self.cast.issuer(self.aud);
        let issuer = issuer.ok_or_else(|| fault(std::io::Error::other("the destination is in the cast")))?;
        let jws = request::sign(&issuer.key, &request).map_err(fault)?;
        Ok((request, jws))
    }
}

fn org(uscc: &str) -> Result<OrgId, Failure> {
    OrgId::parse(&format!("urn:uscc:{uscc}")).map_err(fault)
}

/// A PDF of one empty page that carries its title: enough for any viewer to open.
fn pdf(title: &str) -> Vec<u8> {
    let title: String = title.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_owned(),
        format!("<</Title<FEFF{title}>>>"),
    ];
    let mut out = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(out.len());
        out.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = out.len();
    out.push_str("xref\n0 5\n0000000000 65535 f \n");
    for offset in offsets {
        out.push_str(&format!("{offset:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer\n<</Size 5/Root 1 0 R/Info 4 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}
