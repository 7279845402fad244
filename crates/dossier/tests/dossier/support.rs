//! A firm with a key, and dossiers of hers, sound and damaged. The same bytes every time.

use std::io::Cursor;

use zizhi_crypto::{Algorithm, Random, SigningKey};
use zizhi_dossier::manifest::{Firm, FormerName};
use zizhi_dossier::request::RulePackRef;
use zizhi_dossier::{Assembled, Attached, Digest, Manifest, Presented, assemble};
use zizhi_model::json::{Object, strict};
use zizhi_model::region::Region;
use zizhi_model::{Json, Limits, OrgId, Scenario, Uscc, civil};

pub const FIRM: &str = "91330421DEM0000814";
pub const DESTINATION: &str = "91340100DEM0000228";

/// Bytes that are the same every time: for tests only.
pub struct Fixed(pub u64);

impl Random for Fixed {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            *byte = (self.0 >> 24) as u8;
        }
    }
}

pub fn key() -> SigningKey {
    SigningKey::generate(Algorithm::EdDsa, &mut Fixed(7)).unwrap()
}

pub fn object(text: &'static str) -> Object<'static> {
    match strict(text.as_bytes(), 32).unwrap() {
        Json::Object(object) => object,
        other => panic!("not an object: {other:?}"),
    }
}

pub fn draft() -> Manifest {
    Manifest {
        iss: OrgId(Uscc::parse(FIRM).unwrap()),
        aud: OrgId(Uscc::parse(DESTINATION).unwrap()),
        iat: 1_795_000_000,
        jti: "019a9c40-1234-7abc-8def-0123456789ab".to_owned(),
        nonce: "n-0S6_WzA2Mj".to_owned(),
        request: None,
        key: key().public().clone(),
        scenario: Scenario::FullRelocation,
        origin_region: Region::parse("330421").unwrap(),
        destination_region: Region::parse("340104").unwrap(),
        firm: Firm {
            uscc: Uscc::parse(FIRM).unwrap(),
            name: "嘉善澄波新材料有限公司【演示】".to_owned(),
            former_names: vec![FormerName {
                name: "嘉善澄波材料有限公司【演示】".to_owned(),
                until: Some(civil::parse_date("2024-05-31").unwrap()),
                evidence: Some("credentials/001.sdjwt".to_owned()),
            }],
        },
        checklist_id: "HF-MOVE".to_owned(),
        rule_pack: RulePackRef { id: "hf-yaohai".to_owned(), version: 3 },
        credentials: Vec::new(),
        attachments: Vec::new(),
        facts: object(r#"{"employees":42,"related":[]}"#),
        consents: Vec::new(),
        other: Object::default(),
    }
}

pub fn presented(text: &str) -> Presented {
    Presented {
        text: text.to_owned(),
        kind: "incubatee-certificate".to_owned(),
        answers: vec!["incubation".to_owned()],
    }
}

pub fn attached(content: &'static [u8], name: &str) -> Attached<Cursor<&'static [u8]>> {
    Attached {
        sha256: Digest::of(content),
        size: content.len() as u64,
        content: Cursor::new(content),
        media_type: "application/pdf".to_owned(),
        name: name.to_owned(),
        kind: "lease".to_owned(),
        answers: Vec::new(),
    }
}

/// The content of the two presentations and the two attachments of [`sound`].
pub const PRESENTED: [&str; 2] =
    ["eyJhbGciOi.eyJpc3Mi.c2ln~WyJz~eyJ0eXAi.eyJub25jZSI.c2ln", "eyJhbGciOi.eyJ2Y3Qi.c2ln~a.b.c"];
pub const ATTACHED: [&[u8]; 2] = [b"%PDF-1.7 a lease", b"%PDF-1.7 a scan of a licence"];

/// A correct dossier.
pub fn sound() -> (Vec<u8>, Assembled) {
    let mut out = Cursor::new(Vec::new());
    let presented = PRESENTED.map(presented);
    let mut attached = [attached(ATTACHED[0], "租赁合同.pdf"), attached(ATTACHED[1], "营业执照.pdf")];
    let made = assemble(&mut out, draft(), &presented, &mut attached, &key(), &Limits::default()).unwrap();
    (out.into_inner(), made)
}
