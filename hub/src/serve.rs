//! The hub on the network: the routes of docs/hub.md, one file for each of its sections.
//!
//! A request passes, from the outside in: [`observe`] (a limit of time, metrics, one line of log), [`auth`]
//! (its signature, the rate of its organisation, its nonce), and its handler, which asks the store for one
//! transaction and puts the answer into words.

mod answer;
mod auth;
mod card;
mod joining;
mod limit;
mod mail;
mod metrics;
mod observe;
mod public_data;
mod redemptions;
mod uploads;
mod vouchers;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, head, post, put};
use tower_http::catch_panic::CatchPanicLayer;
use zizhi_crypto::SigningKey;
use zizhi_model::Limits;
use zizhi_sync::{HubId, Id};

use crate::blobs::Blobs;
use crate::clock::{self, Clock};
use crate::store::Store;

pub use auth::Caller;
pub use limit::Rate;
pub use metrics::Metrics;

/// What an operator may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Bytes that wait in one mailbox at most.
    pub mailbox_bytes: u64,
    /// Bytes of one message at most: a dossier of the largest size, sealed, with room for the envelope.
    pub message_bytes: u64,
    /// How often an organisation may ask.
    pub rate: Rate,
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
    /// What its operator set.
    pub settings: Settings,
}

/// A hub that serves.
pub struct Hub {
    parts: Parts,
    limits: Limits,
    buckets: limit::Buckets,
    metrics: Metrics,
}

impl Hub {
    /// Puts a hub together.
    #[must_use]
    pub fn new(parts: Parts) -> Arc<Self> {
        let buckets = limit::Buckets::new(parts.settings.rate);
        Arc::new(Self { parts, limits: Limits::default(), buckets, metrics: Metrics::default() })
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
                tracing::warn!(kind = %error.kind(), "a blob stays that nothing needs");
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
        tracing::info!(messages = swept.messages, uploads = swept.uploads, "swept");
        Ok(())
    }
}

/// Everything that the hub answers.
pub fn router(hub: Arc<Hub>) -> Router {
    let signed = Router::new()
        .route("/v1/organisations/{uscc}", get(joining::show))
        .route("/v1/devices", put(joining::replace))
        .route("/v1/messages", post(mail::send))
        .route("/v1/messages/{id}", get(mail::fetch))
        .route("/v1/sync", post(mail::sync))
        .route("/v1/uploads", post(uploads::open))
        .route("/v1/uploads/{id}", head(uploads::offset).patch(uploads::add))
        .route("/v1/vouchers/{id}", get(vouchers::show).put(vouchers::enter))
        .route("/v1/vouchers/{id}/redemptions", post(redemptions::redeem))
        .route("/v1/vouchers/{id}/holds", post(redemptions::hold))
        .route("/v1/vouchers/{id}/holds/{hold}/release", post(redemptions::release))
        .route("/v1/vouchers/{id}/holds/{hold}/close", post(redemptions::close))
        .route("/v1/vouchers/{id}/revoke", post(vouchers::revoke))
        .route("/v1/vouchers/{id}/conflicts/{conflict}", post(redemptions::decide))
        .route_layer(from_fn_with_state(Arc::clone(&hub), auth::signed));
    Router::new()
        .route("/v1/hub", get(card::card))
        .route("/v1/public/{*path}", get(public_data::file))
        .route("/v1/organisations", post(joining::enrol))
        .route("/health", get(card::health))
        .route("/ready", get(card::ready))
        .route("/metrics", get(card::metrics))
        .merge(signed)
        .fallback(answer::nothing)
        .method_not_allowed_fallback(answer::nothing)
        // Bodies are limited where they are read, by what their address takes.
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(answer::panicked))
        .layer(from_fn_with_state(Arc::clone(&hub), observe::observe))
        .with_state(hub)
}
