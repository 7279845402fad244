//! How the texts and numbers of the bodies are written, for the description that a hub gives of itself.
//!
//! Types of other crates have none of the derives of [`utoipa`]; here each has a name that stands for it. A
//! pattern says as much as a pattern can: whether the check character of a code holds, it does not.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use super::{Code, Cursor, MESSAGE_BYTES, MailAnswer, Offset, PIECE_BYTES, Upload};
use crate::ledger::AMOUNT_MOST;
use crate::object::LAST_SECOND;
use crate::{Digest, Id, OBJECT_BYTES, Token};

/// A signed object of docs/hub.md §1, as compact JWS.
#[derive(Debug)]
pub struct Jws;
/// An organisation.
#[derive(Debug)]
pub struct OrgUrn;
/// A region.
#[derive(Debug)]
pub struct RegionCode;
/// A civil day.
#[derive(Debug)]
pub struct Day;
/// A time.
#[derive(Debug)]
pub struct Time;
/// What is paid or held at once.
#[derive(Debug)]
pub struct Amount;
/// What amounts add up to.
#[derive(Debug)]
pub struct Sum;
/// A message that goes up in one piece.
#[derive(Debug)]
pub struct Message;
/// A piece of an upload.
#[derive(Debug)]
pub struct Piece;
/// Bytes that the hub gives out.
#[derive(Debug)]
pub struct Bytes;

/// The answer to an upload that was begun before.
#[derive(Debug, ToSchema, Serialize)]
#[serde(untagged)]
pub enum Resumed {
    /// It is under way.
    Upload(Upload),
    /// The message has arrived.
    Arrived(MailAnswer),
}

/// The answer to a piece where no message was stored by it.
#[derive(Debug, ToSchema, Serialize)]
#[serde(untagged)]
pub enum Taken {
    /// It is under way.
    Offset(Offset),
    /// The message had arrived.
    Arrived(MailAnswer),
}

macro_rules! schemas {
    ($($type:ident = $doc:literal, $schema:expr;)+) => { $(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $schema.description(Some($doc)).build().into()
            }
        }

        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                stringify!($type).into()
            }
        }
    )+ };
}

schemas! {
    Jws = "A signed object as compact JWS.",
        text(r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$").max_length(Some(OBJECT_BYTES));
    OrgUrn = "An organisation, by its unified social credit code (GB 32100-2015).",
        text("^urn:uscc:[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$");
    RegionCode = "A region, by its code (GB/T 2260).", text("^[0-9]{6}$");
    Day = "A day of the calendar.",
        text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$").format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    Time = "Seconds since 1970 in UTC, before the year 10000.", number(0, LAST_SECOND);
    Amount = "An amount in fen.", number(1, AMOUNT_MOST);
    Sum = "An amount in fen.", number(0, i64::MAX);
    Message = "An age file.", binary().min_length(Some(1)).max_length(usize::try_from(MESSAGE_BYTES).ok());
    Piece = "The bytes from the offset on.", binary().max_length(usize::try_from(PIECE_BYTES).ok());
    Bytes = "Bytes.", binary();
    Id = "A UUID of version 7.",
        text("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    Token = "A name that somebody else gave.", text("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");
    // 32 bytes are 43 characters, and the last of them has two bits that say nothing.
    Digest = "A SHA-256 digest in base64url.", text("^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$");
    Cursor = "A place in a mailbox: epoch and number.", text(r"^(0|[1-9][0-9]{0,17})\.(0|[1-9][0-9]{0,17})$");
    Code = "Why something was refused.",
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Code::ALL.iter().map(|code| code.as_str())));
}

fn text(pattern: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern))
}

fn number(least: i64, most: i64) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(least))
        .maximum(Some(most))
}

fn binary() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
}
