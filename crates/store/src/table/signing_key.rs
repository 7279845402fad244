//! The organisation's signing keys. Each is a key file that its passphrase opens; this crate cannot.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::error::Result;
use crate::row::{self, As, changed};
use crate::{Reader, Writer};

row::row! {
    /// A signing key.
    SigningKey in "signing_key" {
        /// Its RFC 7638 thumbprint.
        kid: String,
        /// What people call it.
        label: String,
        /// `ES256`, `EdDSA` or `SM2-SM3`.
        algorithm: String,
        /// The key file, encrypted under its passphrase.
        sealed: Vec<u8>,
        /// The public half, as a JWK.
        public_jwk: Value,
        /// What it signs: `credential`, `status`, `decision`, `request`, `report`, `dossier`.
        uses: Vec<String>,
        /// When it was made.
        created: DateTime<Utc>,
        /// Since when it signs no more.
        retired: Option<DateTime<Utc>>,
    }
}

impl Reader<'_> {
    /// One key.
    ///
    /// # Errors
    /// As every read.
    pub fn signing_key(&self, kid: &str) -> Result<Option<SigningKey>> {
        row::one(self.sql(), "kid = ?", [kid])
    }

    /// All keys, those in use first and of these the newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn signing_keys(&self) -> Result<Vec<SigningKey>> {
        row::all(self.sql(), "true ORDER BY retired IS NOT NULL, created DESC, kid", [])
    }
}

impl Writer<'_> {
    /// Adds a key.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] if it is there already.
    pub fn add_signing_key(&self, key: &SigningKey) -> Result<()> {
        row::insert(self.sql(), key).map(drop)
    }

    /// Replaces the key file, after its passphrase was changed.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn reseal_signing_key(&self, kid: &str, sealed: &[u8]) -> Result<()> {
        changed::<SigningKey>(
            self.sql().execute("UPDATE signing_key SET sealed = ? WHERE kid = ?", (sealed, kid))?,
        )
    }

    /// Says that a key signs no more. It stays, since what it signed stays.
    ///
    /// # Errors
    /// [`crate::StoreError::Absent`].
    pub fn retire_signing_key(&self, kid: &str, at: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE signing_key SET retired = ? WHERE kid = ?";
        changed::<SigningKey>(self.sql().execute(sql, (As(&at), kid))?)
    }
}
