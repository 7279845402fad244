//! Token Status List: one small number per credential, thousands of them in one signed list
//! (draft-ietf-oauth-status-list, formats.md §2).
//!
//! [`StatusList`] is the list itself, [`token`] the signed form in which it travels. Whether a list is
//! fresh enough is for the caller to judge.

mod token;

use std::fmt;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::bufread::ZlibDecoder;
use flate2::write::ZlibEncoder;
use zizhi_crypto::{SignError, b64, jws::JwsError};
use zizhi_model::check::CheckCode;
use zizhi_model::json::{Json, JsonError};

pub use token::{MAX_TOKEN_BYTES, StatusToken, TYP, TokenClaims, UnverifiedToken, sign};

/// The edition that is implemented: draft-ietf-oauth-status-list-20.
pub const STATUS_LIST_DRAFT: u8 = 20;

/// Bytes of an inflated list. Thirty times the largest list that one issuer of a province needs
/// (2 million credentials of 2 bits), and little enough that a zlib bomb does no harm.
pub const MAX_LIST_BYTES: usize = 16 * 1024 * 1024;

/// How many bits one status has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bits {
    /// Valid or not.
    One,
    /// The four of formats.md §2; what our lists use.
    Two,
    /// Up to 16 values.
    Four,
    /// Up to 256 values.
    Eight,
}

/// What a list says about one credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// 0, 有效.
    Valid,
    /// 1, 撤销.
    Revoked,
    /// 2, 暂停.
    Suspended,
    /// 3, 注销.
    Ended,
    /// Anything else; only lists of four or eight bits can say it.
    Other(u8),
}

/// Why a list cannot be read, built or signed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StatusError {
    /// `bits` is not 1, 2, 4 or 8.
    #[error("a status has 1, 2, 4 or 8 bits")]
    Bits,
    /// `lst` is not strict base64url.
    #[error("the list is not base64url")]
    Encoding,
    /// `lst` is not one whole zlib stream.
    #[error("the list is not one whole zlib stream")]
    Zlib,
    /// More than [`MAX_LIST_BYTES`], or a token of more than [`MAX_TOKEN_BYTES`].
    #[error("the list is larger than allowed")]
    Size,
    /// The list has no such place.
    #[error("the list has {entries} places, none numbered {idx}")]
    Index {
        /// The place asked for.
        idx: u64,
        /// The places that there are.
        entries: u64,
    },
    /// The value needs more bits than the list has.
    #[error("{0} does not fit into the list's bits")]
    Value(u8),
    /// A claim of the token is missing or malformed.
    #[error("the claim {0} is missing or malformed")]
    Claim(&'static str),
    /// The token is for another list than the credential names.
    #[error("the token is for another list")]
    OtherUri,
    /// The token is no JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The token's signature, algorithm or type does not hold.
    #[error(transparent)]
    Signature(#[from] JwsError),
    /// The token cannot be signed.
    #[error("the list cannot be signed")]
    Sign,
}

impl StatusError {
    /// The code of the catalogue: a list that cannot be used says nothing (formats.md §2).
    #[must_use]
    pub fn code(&self) -> CheckCode {
        CheckCode::StatCorrupt
    }
}

impl From<SignError> for StatusError {
    fn from(_: SignError) -> Self {
        Self::Sign
    }
}

/// The statuses of many credentials, inflated once and then read at the price of one byte each.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList {
    bits: Bits,
    bytes: Vec<u8>,
}

impl Bits {
    /// Reads the number of bits.
    #[must_use]
    pub fn parse(bits: i64) -> Option<Self> {
        match bits {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            4 => Some(Self::Four),
            8 => Some(Self::Eight),
            _ => None,
        }
    }

    /// The number of bits.
    #[must_use]
    pub const fn count(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
            Self::Eight => 8,
        }
    }

    const fn per_byte(self) -> u64 {
        (8 / self.count()) as u64
    }

    const fn mask(self) -> u8 {
        u8::MAX >> (8 - self.count())
    }
}

impl Status {
    /// The status with this number.
    #[must_use]
    pub const fn from_value(value: u8) -> Self {
        match value {
            0 => Self::Valid,
            1 => Self::Revoked,
            2 => Self::Suspended,
            3 => Self::Ended,
            other => Self::Other(other),
        }
    }

    /// Its number.
    #[must_use]
    pub const fn value(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::Revoked => 1,
            Self::Suspended => 2,
            Self::Ended => 3,
            Self::Other(value) => value,
        }
    }
}

impl StatusList {
    /// A list of at least `entries` places, all valid.
    ///
    /// # Errors
    /// [`StatusError::Size`].
    pub fn new(bits: Bits, entries: u64) -> Result<Self, StatusError> {
        let size = usize::try_from(entries.div_ceil(bits.per_byte())).map_err(|_| StatusError::Size)?;
        if size > MAX_LIST_BYTES {
            return Err(StatusError::Size);
        }
        Ok(Self { bits, bytes: vec![0; size] })
    }

    /// Reads the object `status_list` of a token.
    ///
    /// # Errors
    /// [`StatusError`]: bits, encoding, zlib, size.
    pub fn from_json(object: &Json<'_>) -> Result<Self, StatusError> {
        let bits = object.get("bits").and_then(Json::as_i64).ok_or(StatusError::Claim("bits"))?;
        let bits = Bits::parse(bits).ok_or(StatusError::Bits)?;
        let list = object.get("lst").and_then(Json::as_str).ok_or(StatusError::Claim("lst"))?;
        Self::inflate(bits, &b64::decode(list).map_err(|_| StatusError::Encoding)?)
    }

    /// Inflates a list, up to [`MAX_LIST_BYTES`].
    ///
    /// # Errors
    /// [`StatusError::Zlib`], [`StatusError::Size`].
    pub fn inflate(bits: Bits, deflated: &[u8]) -> Result<Self, StatusError> {
        let mut reader = ZlibDecoder::new(deflated).take(MAX_LIST_BYTES as u64 + 1);
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|_| StatusError::Zlib)?;
        if bytes.len() > MAX_LIST_BYTES {
            return Err(StatusError::Size);
        }
        // What follows the stream would be a second list in one text.
        if !reader.into_inner().into_inner().is_empty() {
            return Err(StatusError::Zlib);
        }
        Ok(Self { bits, bytes })
    }

    /// The list deflated, as `lst` holds it.
    ///
    /// # Errors
    /// [`StatusError::Zlib`], which writing to memory does not meet.
    pub fn deflate(&self) -> Result<Vec<u8>, StatusError> {
        let mut writer = ZlibEncoder::new(Vec::new(), Compression::best());
        writer.write_all(&self.bytes).map_err(|_| StatusError::Zlib)?;
        writer.finish().map_err(|_| StatusError::Zlib)
    }

    /// Bits of one status.
    #[must_use]
    pub fn bits(&self) -> Bits {
        self.bits
    }

    /// The places that there are. A list is whole bytes, so up to seven more than were asked for.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.bytes.len() as u64 * self.bits.per_byte()
    }

    /// The status at `idx`.
    ///
    /// # Errors
    /// [`StatusError::Index`].
    pub fn get(&self, idx: u64) -> Result<Status, StatusError> {
        let (place, shift) = self.place(idx);
        let byte = place.and_then(|place| self.bytes.get(place)).ok_or_else(|| self.beyond(idx))?;
        Ok(Status::from_value((byte >> shift) & self.bits.mask()))
    }

    /// Sets the status at `idx`.
    ///
    /// # Errors
    /// [`StatusError::Index`], [`StatusError::Value`].
    pub fn set(&mut self, idx: u64, status: Status) -> Result<(), StatusError> {
        let (value, mask) = (status.value(), self.bits.mask());
        if value > mask {
            return Err(StatusError::Value(value));
        }
        let beyond = self.beyond(idx);
        let (place, shift) = self.place(idx);
        let byte = place.and_then(|place| self.bytes.get_mut(place)).ok_or(beyond)?;
        *byte = (*byte & !(mask << shift)) | (value << shift);
        Ok(())
    }

    /// Every place that is not valid, in order.
    pub fn exceptions(&self) -> impl Iterator<Item = (u64, Status)> + '_ {
        let (per_byte, mask) = (self.bits.per_byte(), self.bits.mask());
        let count = self.bits.count();
        (0_u64..).zip(&self.bytes).filter(|(_, byte)| **byte != 0).flat_map(move |(place, byte)| {
            (0..per_byte).filter_map(move |within| {
                let value = (byte >> (within as u8 * count)) & mask;
                (value != 0).then(|| (place * per_byte + within, Status::from_value(value)))
            })
        })
    }

    /// The byte and the bit in it where `idx` begins: from the least significant bit on (§4.1).
    fn place(&self, idx: u64) -> (Option<usize>, u8) {
        let per_byte = self.bits.per_byte();
        let shift = (idx % per_byte) as u8 * self.bits.count();
        (usize::try_from(idx / per_byte).ok(), shift)
    }

    fn beyond(&self, idx: u64) -> StatusError {
        StatusError::Index { idx, entries: self.entries() }
    }
}

impl fmt::Debug for StatusList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusList")
            .field("bits", &self.bits.count())
            .field("entries", &self.entries())
            .finish()
    }
}
