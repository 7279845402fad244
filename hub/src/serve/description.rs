//! What the hub says of itself: an OpenAPI description, made from the attributes of the handlers.
//!
//! An attribute names what its handler alone takes and gives. What every signed request must have, and every
//! refusal with its code, is added here, from one table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    AllOfBuilder, Components, Content, HeaderBuilder, Info, ObjectBuilder, OpenApi, Paths, Ref, RefOr,
    Required, ResponseBuilder, Schema, Type,
};
use utoipa::{PartialSchema as _, ToSchema as _};
use zizhi_sync::api::{Code, JSON_TYPE, PROBLEM_TYPE, Problem};

use Code::{
    AuthForbidden, AuthKey, AuthMissing, AuthReplay, AuthSignature, AuthTime, ConflictUnknown,
    DevicesInvalid, DevicesStale, HoldClosed, HoldEarly, HoldOther, HoldUnknown, HubBusy, HubFailed,
    InviteExpired, InviteInvalid, InviteUsed, KeyOther, MailLost, MailOther, MailQuota, NotFound, OrgUnknown,
    OutcomeUnknown, RequestInvalid, RequestRange, RequestSize, UploadDigest, UploadOffset, UploadUnknown,
    VoucherOther, VoucherOverdrawn, VoucherPeriod, VoucherRedeemer, VoucherRevoked, VoucherScope,
    VoucherUnknown,
};

/// What any request may be refused for.
const ALWAYS: &[Code] = &[RequestInvalid, HubFailed, HubBusy];
/// What a signed request may be refused for.
const SIGNED: &[Code] = &[AuthMissing, AuthTime, AuthKey, AuthSignature, AuthForbidden, RequestSize];
/// What a signed request that changes something may be refused for.
const CHANGES: &[Code] = &[AuthReplay, OutcomeUnknown];

/// What else an operation may be refused for.
const REFUSALS: &[(&str, &[Code])] = &[
    ("publicFile", &[NotFound]),
    ("publicChanges", &[NotFound]),
    ("enrol", &[DevicesInvalid, DevicesStale, InviteInvalid, InviteExpired, InviteUsed]),
    ("showOrganisation", &[OrgUnknown]),
    ("replaceDevices", &[DevicesInvalid, DevicesStale]),
    ("sendMessage", &[OrgUnknown, MailOther, MailQuota]),
    ("relayMessage", &[OrgUnknown, MailOther, MailQuota]),
    ("fetchMessage", &[NotFound, RequestRange, MailLost]),
    ("openUpload", &[OrgUnknown, MailOther, MailQuota]),
    ("uploadOffset", &[UploadUnknown]),
    ("addPiece", &[UploadUnknown, UploadOffset, UploadDigest, OrgUnknown, MailOther, MailQuota]),
    ("showVoucher", &[VoucherUnknown]),
    ("enterVoucher", &[VoucherOther]),
    ("revokeVoucher", &[VoucherUnknown]),
    (
        "redeem",
        &[
            VoucherUnknown,
            VoucherRedeemer,
            VoucherPeriod,
            VoucherScope,
            VoucherRevoked,
            VoucherOverdrawn,
            HoldUnknown,
            HoldOther,
            HoldClosed,
            KeyOther,
        ],
    ),
    ("hold", &[VoucherUnknown, VoucherRedeemer, VoucherRevoked, VoucherOverdrawn, KeyOther]),
    ("releaseHold", &[VoucherUnknown, HoldUnknown, HoldOther, HoldClosed]),
    ("closeHold", &[VoucherUnknown, HoldUnknown, HoldClosed, HoldEarly]),
    (
        "decideConflict",
        &[
            VoucherUnknown,
            ConflictUnknown,
            VoucherRevoked,
            VoucherOverdrawn,
            HoldUnknown,
            HoldOther,
            HoldClosed,
        ],
    ),
];

/// The two fields of a signature, as security schemes: both are needed.
const SCHEMES: [(&str, &str, &str); 2] = [
    (
        "signature_input",
        "Signature-Input",
        "RFC 9421, label `zizhi`: `@method`, `@target-uri`; with a body `content-digest` and `content-type`; each of \
         `idempotency-key`, `zizhi-to`, `zizhi-from`, `upload-offset` that is there. Parameters `created`, `expires` \
         (at most 300 s later), `nonce` (128 bits in base64url), `keyid` (the thumbprint of the device's key), \
         `tag=\"zizhi-hub-1\"`, and no other.",
    ),
    (
        "signature",
        "Signature",
        "RFC 9421, label `zizhi`: Ed25519 or ES256, by a device of the organisation, or by a peer.",
    ),
];

static TEXT: LazyLock<String> = LazyLock::new(|| document().to_json().unwrap_or_default());

/// This description.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "description",
    responses((status = 200, description = "OpenAPI 3.1.", body = Object, content_type = "application/json"))
)]
pub(super) async fn show() -> Response {
    ([(header::CONTENT_TYPE, JSON_TYPE)], TEXT.as_str()).into_response()
}

/// The description of every route.
fn document() -> OpenApi {
    let mut signed = super::signed().into_openapi();
    for (_, operation) in operations(&mut signed.paths) {
        let both = SCHEMES
            .iter()
            .fold(SecurityRequirement::default(), |both, (name, ..)| both.add::<_, [&str; 0], _>(*name, []));
        operation.security = Some(vec![both]);
    }
    let mut document = super::unsigned().into_openapi();
    document.merge(signed);
    for (changes, operation) in operations(&mut document.paths) {
        complete(operation, changes);
    }
    document.info = Info::new("资质通枢纽", env!("CARGO_PKG_VERSION"));
    document.info.description =
        Some("What a hub is asked and what it answers, as docs/hub.md has it.".to_owned());
    // The router's way to write the rest of a path is not OpenAPI's.
    let paths = std::mem::take(&mut document.paths.paths);
    document.paths.paths = paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    describe_problems(document.components.get_or_insert_default());
    document
}

/// Every operation, and whether it changes something.
fn operations(paths: &mut Paths) -> impl Iterator<Item = (bool, &mut Operation)> {
    paths.paths.values_mut().flat_map(|item| {
        let PathItem { get, head, put, post, patch, .. } = item;
        let asks = [get, head].into_iter().map(|one| (false, one));
        let changes = [put, post, patch].into_iter().map(|one| (true, one));
        asks.chain(changes).filter_map(|(changes, one)| Some((changes, one.as_mut()?)))
    })
}

/// Adds what the handler's attribute leaves out.
fn complete(operation: &mut Operation, changes: bool) {
    let signed = operation.security.is_some();
    if signed && operation.request_body.is_some() {
        operation.parameters.get_or_insert_default().push(content_digest());
    }
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let own = REFUSALS.iter().find(|(of, _)| *of == id).map_or(&[][..], |(_, codes)| *codes);
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    let of_signed = SIGNED.iter().filter(|_| signed);
    let of_changes = CHANGES.iter().filter(|_| signed && changes);
    for code in ALWAYS.iter().chain(of_signed).chain(of_changes).chain(own) {
        by_status.entry(code.status()).or_default().push(*code);
    }
    for (status, codes) in by_status {
        operation.responses.responses.insert(status.to_string(), refusal(status, &codes).into());
    }
}

fn content_digest() -> RefOr<Parameter> {
    let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some("sha-256=:[A-Za-z0-9+/]{43}=:"));
    ParameterBuilder::new()
        .name("Content-Digest")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some("RFC 9530, `sha-256` of the body."))
        .schema(Some(schema))
        .build()
        .into()
}

/// A problem with one of these codes.
fn refusal(status: u16, codes: &[Code]) -> utoipa::openapi::Response {
    let lines: Vec<String> = codes.iter().map(|code| format!("`{code}`: {}.", code.en())).collect();
    let code = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes.iter().map(|code| code.as_str())));
    let narrowed = AllOfBuilder::new()
        .item(Ref::from_schema_name(Problem::name()))
        .item(ObjectBuilder::new().property("code", code));
    let response = ResponseBuilder::new()
        .description(lines.join("\n\n"))
        .content(PROBLEM_TYPE, Content::new(Some(Schema::from(narrowed))));
    let retry = HeaderBuilder::new().description(Some("Seconds to wait at least.")).build();
    if status == 503 { response.header("Retry-After", retry).build() } else { response.build() }
}

fn describe_problems(components: &mut Components) {
    let mut schemas = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    for (name, field, description) in SCHEMES {
        let scheme =
            SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(field, description)));
        components.add_security_scheme(name, scheme);
    }
}
