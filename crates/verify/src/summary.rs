//! The manifest as the report repeats it.

use zizhi_dossier::Manifest;

use crate::report::{AttachmentFacts, DossierFacts, FirmFacts, PackName};

pub(crate) fn of(manifest: &Manifest) -> DossierFacts {
    DossierFacts {
        id: manifest.jti.clone(),
        iss: manifest.iss.to_string(),
        aud: manifest.aud.to_string(),
        iat: manifest.iat,
        scenario: manifest.scenario,
        origin_region: manifest.origin_region.as_str().to_owned(),
        destination_region: manifest.destination_region.as_str().to_owned(),
        firm: FirmFacts {
            uscc: manifest.firm.uscc.to_string(),
            name: manifest.firm.name.clone(),
            former_names: manifest.firm.former_names.iter().map(|former| former.name.clone()).collect(),
        },
        checklist_id: manifest.checklist_id.clone(),
        rule_pack: PackName { id: manifest.rule_pack.id.clone(), version: manifest.rule_pack.version },
        requested: manifest.request.is_some(),
        credentials: manifest.credentials.len(),
        attachments: manifest
            .attachments
            .iter()
            .map(|entry| AttachmentFacts {
                path: entry.path.clone(),
                name: entry.name.clone(),
                kind: entry.kind.clone(),
                media_type: entry.media_type.clone(),
                size: entry.size,
            })
            .collect(),
    }
}
