//! The hub on the network: the routes of docs/hub.md, one file for each of its sections.
//!
//! A request passes, from the outside in: [`observe`] (a limit of time, metrics, one line of log), [`auth`]
//! (its signature, the rate of its organisation or peer, its nonce), and its handler, which asks the store for one
//! transaction and puts the answer into words.

mod answer;
mod auth;
mod card;
mod description;
mod joining;
mod limit;
mod lines;
mod mail;
mod metrics;
mod observe;
mod outgoing;
mod peers;
mod public_data;
mod pulse;
mod redemptions;
mod relay;
mod uploads;
mod vouchers;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use zizhi_crypto::SigningKey;
use zizhi_model::{Limits, OrgId};
use zizhi_sync::{HubId, Id};

use crate::blobs::Blobs;
use crate::cause::causes;
use crate::clock::{self, Clock};
use crate::line::Line;
use crate::store::Store;

pub use auth::{Caller, Sender};
pub use limit::Rate;
pub use metrics::Metrics;
pub use outgoing::keep_draining;
pub use pulse::keep_beating;

/// What an operator may set, and how long a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Bytes that wait in one mailbox at most.
    pub mailbox_bytes: u64,
    /// Bytes of one message at most: a dossier of the largest size, sealed, with room for the envelope.
    pub message_bytes: u64,
    /// How often an organisation may ask.
    pub rate: Rate,
    /// How often another hub may ask.
    pub peer_rate: Rate,
    /// Bytes that wait here at most of all that one other hub brought.
    pub peer_bytes: u64,
    /// How long a request may take, its body included.
    pub patience: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let largest = Limits::default().file_bytes;
        Self {
            mailbox_bytes: 4 * largest,
            message_bytes: largest + 16 * 1024 * 1024,
            // A desktop asks twice a minute; a morning's queue of outgoing mail comes at once.
            rate: Rate { burst: 120, per_second: 10 },
            // Mail that a whole province sends after the line was cut comes one after the other.
            peer_rate: Rate { burst: 600, per_second: 100 },
            peer_bytes: 64 * largest,
            patience: Duration::from_secs(60),
        }
    }
}

/// What a hub is made of.
pub struct Parts {
    /// Its id.
    pub id: HubId,
    /// The key of its receipts.
    pub key: Arc<SigningKey>,
    /// Scheme, host and port under which desktops know it, without a slash at the end. It is what they signed;
    /// the `Host` of a request says what anybody likes.
    pub origin: String,
    /// What it remembers.
    pub store: Arc<dyn Store>,
    /// Where large bodies are.
    pub blobs: Arc<dyn Blobs>,
    /// Where the published tree is.
    pub public: PathBuf,
    /// Its time.
    pub clock: Arc<dyn Clock>,
    /// How it reaches other hubs.
    pub line: Line,
    /// What its operator set.
    pub settings: Settings,
}

/// Blobs whose rows are looked for in one transaction.
const ASKED_AT_ONCE: usize = 1000;

/// Why orphans were not looked for.
#[derive(Debug, thiserror::Error)]
pub enum OrphansError {
    /// The blobs cannot be listed.
    #[error("the blobs cannot be listed")]
    Blobs(#[from] std::io::Error),
    /// The store does not say which are needed.
    #[error("the store does not say which blobs are needed")]
    Store(#[from] crate::store::StoreError),
}

/// A hub that serves.
pub struct Hub {
    parts: Parts,
    limits: Limits,
    buckets: limit::Buckets<OrgId>,
    peer_buckets: limit::Buckets<String>,
    unknown: peers::Unknown,
    unanswered: peers::Unknown,
    lines: lines::Lines,
    metrics: Metrics,
    pulse: pulse::Pulse,
}

impl Hub {
    /// Puts a hub together.
    #[must_use]
    pub fn new(parts: Parts) -> Arc<Self> {
        Arc::new(Self {
            limits: Limits::default(),
            buckets: limit::Buckets::new(parts.settings.rate),
            peer_buckets: limit::Buckets::new(parts.settings.peer_rate),
            unknown: peers::Unknown::default(),
            unanswered: peers::Unknown::default(),
            lines: lines::Lines::default(),
            metrics: Metrics::default(),
            pulse: pulse::Pulse::default(),
            parts,
        })
    }

    /// What was counted.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    fn now(&self) -> i64 {
        self.parts.clock.seconds()
    }

    fn new_id(&self) -> Id {
        clock::id(self.parts.clock.as_ref())
    }

    /// Removes blobs that nothing needs. One that stays costs room and nothing else.
    async fn remove_blobs(&self, names: &[String]) {
        for name in names {
            if let Err(error) = self.parts.blobs.remove(name).await {
                tracing::warn!(blob = name, error = causes(&error), "a blob stays that nothing needs");
            }
        }
    }

    /// Removes what has expired: messages after 180 days, unfinished uploads after 72 hours, nonces.
    ///
    /// # Errors
    /// As the store.
    pub async fn sweep(&self) -> crate::store::Result<()> {
        let now = self.now();
        let messages = now.saturating_sub(zizhi_sync::api::KEPT_SECONDS);
        let uploads = now.saturating_sub(zizhi_sync::api::UPLOAD_SECONDS);
        let swept = self.parts.store.sweep(now, messages, uploads).await?;
        self.remove_blobs(&swept.blobs).await;
        if swept.undelivered > 0 {
            tracing::warn!(messages = swept.undelivered, "gone after 180 days without reaching their hub");
        }
        tracing::info!(messages = swept.messages, uploads = swept.uploads, "swept");
        Ok(())
    }

    /// Removes blobs that no row names and that are older than 72 hours: what was written before a power cut, or by
    /// a request whose row never came to be. Returns how many.
    ///
    /// # Errors
    /// As the blobs and the store.
    pub async fn sweep_orphans(&self) -> Result<usize, OrphansError> {
        let before = self.now().saturating_sub(zizhi_sync::api::UPLOAD_SECONDS);
        let old = self.parts.blobs.written_before(before).await?;
        let mut removed = 0;
        for names in old.chunks(ASKED_AT_ONCE) {
            // Asked after they were listed: a blob's row comes within the time of one request, or never.
            let named: HashSet<String> = self.parts.store.named(names).await?.into_iter().collect();
            let orphans: Vec<String> = names.iter().filter(|name| !named.contains(*name)).cloned().collect();
            self.remove_blobs(&orphans).await;
            removed += orphans.len();
        }
        tracing::info!(blobs = removed, "orphans removed");
        Ok(removed)
    }
}

/// Everything that the hub answers.
pub fn router(hub: Arc<Hub>) -> Router {
    let signed = signed().route_layer(from_fn_with_state(Arc::clone(&hub), auth::signed));
    let (router, _) = unsigned().merge(signed).split_for_parts();
    router
        .fallback(answer::nothing)
        .method_not_allowed_fallback(answer::another_method)
        // Bodies are limited where they are read, by what their address takes.
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(answer::panicked))
        .layer(from_fn_with_state(Arc::clone(&hub), observe::observe))
        .with_state(hub)
}

/// What a device of an organisation or another hub may ask. Where a route is and what it describes are one attribute.
fn signed() -> OpenApiRouter<Arc<Hub>> {
    OpenApiRouter::default()
        .routes(routes!(joining::show))
        .routes(routes!(joining::replace))
        .routes(routes!(mail::send))
        .routes(routes!(mail::fetch))
        .routes(routes!(mail::sync))
        .routes(routes!(relay::relay))
        .routes(routes!(uploads::open))
        .routes(routes!(uploads::offset, uploads::add))
        .routes(routes!(vouchers::show, vouchers::enter))
        .routes(routes!(redemptions::redeem))
        .routes(routes!(redemptions::hold))
        .routes(routes!(redemptions::release))
        .routes(routes!(redemptions::close))
        .routes(routes!(vouchers::revoke))
        .routes(routes!(redemptions::decide))
}

/// What anybody may ask, and joining, which has a signature of its own.
fn unsigned() -> OpenApiRouter<Arc<Hub>> {
    OpenApiRouter::default()
        .routes(routes!(card::card))
        .routes(routes!(public_data::file))
        .routes(routes!(public_data::changes))
        .routes(routes!(joining::enrol))
        .routes(routes!(card::health))
        .routes(routes!(card::ready))
        .routes(routes!(card::metrics))
        .routes(routes!(description::show))
}
