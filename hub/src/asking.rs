//! Asks another hub under this hub's signature (docs/hub.md §7).

use zizhi_crypto::{Random as _, SigningKey, SystemRandom};
use zizhi_model::{Limits, OrgId};
use zizhi_sync::api::{self, Code, Problem};
use zizhi_sync::devices::Standing;
use zizhi_sync::http_signature::{self, LIFETIME, Stamp};

use crate::cause::causes;
use crate::line::{Asked, Line, Said};
use crate::store::{Peer, Remote};

/// Another hub did not answer, or with what cannot be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent;

/// Who asks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The way to other hubs.
    pub line: &'a Line,
    /// The hub's key.
    pub key: &'a SigningKey,
    /// Seconds since 1970.
    pub now: i64,
}

impl Asking<'_> {
    /// What a peer shows of one of its organisations; nothing if it has none such.
    ///
    /// # Errors
    /// [`Silent`].
    pub async fn organisation(&self, peer: &Peer, org: OrgId) -> Result<Option<Remote>, Silent> {
        let path = format!("/v1/organisations/{}", org.uscc().as_str());
        let said = self.ask(peer, "GET", &path, Vec::new(), Vec::new()).await.ok_or(Silent)?;
        if said.status != 200 {
            let unknown = problem(&said).is_some_and(|problem| problem.code == Code::OrgUnknown);
            return if unknown { Ok(None) } else { Err(Silent) };
        }
        let limits = Limits::default();
        let told: api::Organisation =
            api::read_answer(&said.body, api::REQUEST_BYTES, &limits).map_err(|_| Silent)?;
        let list = Standing::kept(&told.devices, &limits).map_err(|_| Silent)?;
        if told.organisation != org || list.list().iss != org {
            tracing::warn!(peer = peer.hub, "a peer shows another organisation than was asked for");
            return Err(Silent);
        }
        Ok(Some(Remote {
            org,
            hub: peer.hub.clone(),
            name: told.name,
            role: told.role.as_str().to_owned(),
            seq: i64::try_from(list.list().seq).map_err(|_| Silent)?,
            list: told.devices,
            seen: self.now,
        }))
    }

    /// Asks a peer; `None` if the line is cut.
    pub(crate) async fn ask(
        &self,
        peer: &Peer,
        method: &'static str,
        path: &str,
        mut fields: Vec<(&'static str, String)>,
        body: Vec<u8>,
    ) -> Option<Said> {
        let mut nonce = [0; 16];
        SystemRandom.fill(&mut nonce);
        let stamp = Stamp { created: self.now, expires: self.now.saturating_add(LIFETIME), nonce };
        let url = format!("{}{path}", peer.origin);
        let covered: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = http_signature::Request {
            method,
            target_uri: &url,
            fields: &covered,
            body: http_signature::body(&body),
        };
        let added = http_signature::sign(&request, self.key, &stamp).ok()?;
        fields.extend(added);
        match self.line.ask(Asked { method, url, fields, body }).await {
            Ok(said) => Some(said),
            Err(error) => {
                tracing::warn!(peer = peer.hub, error = causes(&error), "a peer does not answer");
                None
            }
        }
    }
}

/// The problem that an answer tells, if it is one.
pub(crate) fn problem(said: &Said) -> Option<Problem> {
    api::read_answer(&said.body, api::REQUEST_BYTES, &Limits::default()).ok()
}
