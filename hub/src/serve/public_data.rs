//! The tree that the provinces signed (docs/hub.md §3).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use zizhi_sync::Digest;
use zizhi_sync::api::schema::Bytes;
use zizhi_sync::api::{Code, PublicChanges};

use super::Hub;
use super::answer::{Answer, Path, Refused, json};
use crate::public;

/// One file of the tree, or that it has not changed.
#[utoipa::path(
    get,
    path = "/v1/public/{*path}",
    operation_id = "publicFile",
    params(
        ("path" = String, Path, description = "Below `metadata/`, `targets/` or `status/`."),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of what one has."),
    ),
    responses(
        (status = 200, description = "The file.", body = inline(Bytes), content_type = "application/octet-stream",
            headers(("ETag" = String), ("Cache-Control" = String))),
        (status = 304, description = "It has not changed.", headers(("ETag" = String))),
    )
)]
pub(super) async fn file(
    State(hub): State<Arc<Hub>>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let (bytes, digest) = read(&hub, &path).await?.ok_or(Code::NotFound)?;
    let etag = etag(digest);
    let cache = if public::may_change(&path) { "no-cache" } else { "max-age=31536000, immutable" };
    let fields = [(header::ETAG, etag.as_str()), (header::CACHE_CONTROL, cache)];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| matches(seen.as_bytes(), &etag)) {
        return Ok((StatusCode::NOT_MODIFIED, fields).into_response());
    }
    Ok((fields, [(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

/// Which status lists changed since a state that was told before.
#[utoipa::path(
    get,
    path = "/v1/public/changes/{since}",
    operation_id = "publicChanges",
    params(("since" = Digest, Path, description = "The state that was told last; at first the digest of nothing.")),
    responses((status = 200, description = "The state that is, and what changed.", body = PublicChanges))
)]
pub(super) async fn changes(State(hub): State<Arc<Hub>>, Path(since): Path<Digest>) -> Answer {
    let root = hub.parts.public.clone();
    let told = tokio::task::spawn_blocking(move || public::changes::since(&root, since)).await;
    json(StatusCode::OK, &told.map_err(std::io::Error::other)??.ok_or(Code::NotFound)?)
}

/// The `ETag` of the timestamp; `None` without a tree.
pub(super) async fn timestamp(hub: &Hub) -> Result<Option<String>, Refused> {
    Ok(read(hub, public::TIMESTAMP).await?.map(|(_, digest)| etag(digest)))
}

async fn read(hub: &Hub, path: &str) -> Result<Option<(Vec<u8>, Digest)>, Refused> {
    let (root, path) = (hub.parts.public.clone(), path.to_owned());
    let read = tokio::task::spawn_blocking(move || public::read(&root, &path)).await;
    Ok(read.map_err(std::io::Error::other)??)
}

fn etag(digest: Digest) -> String {
    format!("\"{digest}\"")
}

/// RFC 9110 §13.1.2: any of a list, or `*`; the weak comparison.
fn matches(seen: &[u8], etag: &str) -> bool {
    let seen = String::from_utf8_lossy(seen);
    seen.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == etag)
}
