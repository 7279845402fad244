//! Answers: JSON, and refusals as `application/problem+json`.

use std::any::Any;

use axum::body::Body;
use axum::extract::{self, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zizhi_model::Limits;
use zizhi_sync::api::{self, Code, JSON_TYPE, PROBLEM_TYPE, Problem};

use crate::cause::causes;
use crate::store::StoreError;

/// How long a client waits at least before it asks a busy hub again, in seconds.
const RETRY_AFTER: &str = "2";

/// A request that is refused.
#[derive(Debug)]
pub(super) struct Refused(pub(super) Box<Problem>);

/// What a handler gives back.
pub(super) type Answer = Result<Response, Refused>;

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Self(Box::new(code.into()))
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::OutcomeUnknown => Code::OutcomeUnknown,
            StoreError::Busy | StoreError::Unavailable(_) => Code::HubBusy,
            _ => Code::HubFailed,
        };
        tracing::error!(code = code.as_str(), error = causes(&error), "the store failed");
        code.into()
    }
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(error = causes(&error), "a file failed");
        Code::HubFailed.into()
    }
}

impl Refused {
    /// A refusal with the offset that stands.
    pub(super) fn at_offset(offset: i64) -> Self {
        let mut problem = Problem::from(Code::UploadOffset);
        problem.offset = u64::try_from(offset).ok();
        Self(Box::new(problem))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = api::write(&*self.0).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_TYPE)], body).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        response
    }
}

/// An answer in JSON.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    let body = api::write(body).map_err(|_| Code::HubFailed)?;
    Ok((status, [(header::CONTENT_TYPE, JSON_TYPE)], body).into_response())
}

/// What an address names. One that is no text is refused like everything else: in words.
pub(super) struct Path<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let path = extract::Path::from_request_parts(parts, state).await;
        path.map(|extract::Path(named)| Self(named)).map_err(|_| Code::RequestInvalid.into())
    }
}

/// Reads a body in JSON, strictly.
pub(super) fn read<T: Serialize + DeserializeOwned>(bytes: &[u8], limits: &Limits) -> Result<T, Refused> {
    api::read(bytes, api::REQUEST_BYTES, limits).map_err(|_| Code::RequestInvalid.into())
}

/// Nothing is at this path.
pub(super) async fn nothing() -> Refused {
    Code::NotFound.into()
}

/// Something is at this path, but not for this method; the router adds `Allow`.
pub(super) async fn another_method() -> Refused {
    Code::RequestMethod.into()
}

/// A handler that panicked. What it was about is not told: it may be personal.
pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response<Body> {
    tracing::error!("a handler panicked");
    Refused::from(Code::HubFailed).into_response()
}
