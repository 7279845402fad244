//! Writing a dossier: a signed manifest, then everything it lists, as a stream.

use std::collections::HashSet;
use std::io::{self, Read, Seek, Write};

use zizhi_archive::{Method, WriteError, Writer};
use zizhi_crypto::digest::Sha256;
use zizhi_crypto::{SignError, SigningKey};
use zizhi_model::Limits;

use crate::digest::Digest;
use crate::manifest::{self, AttachmentRef, CredentialRef, Manifest};
use crate::{MANIFEST, MIMETYPE};

/// A presentation that goes into a dossier. It has to be bound to the manifest's `aud` and `nonce`.
#[derive(Debug, Clone)]
pub struct Presented {
    /// SD-JWT and KB-JWT.
    pub text: String,
    /// The type, as in its `vct`.
    pub kind: String,
    /// The items of the checklist that it answers.
    pub answers: Vec<String>,
}

/// A file that goes into a dossier. Its digest has to be known beforehand ([`Digest::of_reader`]),
/// because the manifest comes first; it is checked again while the file is copied.
#[derive(Debug, Clone)]
pub struct Attached<R> {
    /// Its content, from the first byte.
    pub content: R,
    /// Digest of its content.
    pub sha256: Digest,
    /// Bytes of its content.
    pub size: u64,
    /// Its media type.
    pub media_type: String,
    /// The file's name, for people.
    pub name: String,
    /// What it is, as a checklist asks for it.
    pub kind: String,
    /// The items of the checklist that it answers.
    pub answers: Vec<String>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Assembled {
    /// The manifest with its lists filled in.
    pub manifest: Manifest,
    /// The same, signed.
    pub manifest_jws: String,
    /// Bytes of the dossier.
    pub size: u64,
}

/// Why no dossier was made. What was written until then is of no use.
#[derive(Debug, thiserror::Error)]
pub enum AssembleError {
    /// The draft names another key than the one that signs.
    #[error("the manifest names another key than the one that signs it")]
    OtherKey,
    /// The draft lists credentials or attachments; the lists are made here.
    #[error("the draft of the manifest has lists already")]
    Listed,
    /// The file is not what its digest said when the manifest was made.
    #[error("{name:?} changed while the dossier was being made")]
    Changed {
        /// The file's name.
        name: String,
    },
    /// A reader with the same limits would refuse the dossier.
    #[error("{what} is over its limit of {limit}")]
    Limit {
        /// What is too large.
        what: String,
        /// The limit, in bytes or entries.
        limit: u64,
    },
    /// The key cannot sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The archive cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The output cannot be written.
    #[error("the dossier could not be written")]
    Io(#[from] io::Error),
}

/// Writes a dossier to `out` and signs it with the firm's key. The entries come in the order given, so
/// that the same input makes the same bytes (an ES256 signature aside, which has a random part).
///
/// `draft` is the manifest with empty lists. Everything is stored without compression: presentations
/// are small and hardly shrink, attachments are compressed already, and every byte of a stored entry
/// is under its digest. Files with the same digest are written once.
///
/// # Errors
/// [`AssembleError`].
pub fn assemble<W: Write + Seek, R: Read>(
    out: W,
    draft: Manifest,
    presented: &[Presented],
    attached: &mut [Attached<R>],
    key: &SigningKey,
    limits: &Limits,
) -> Result<Assembled, AssembleError> {
    if draft.key != *key.public() {
        return Err(AssembleError::OtherKey);
    }
    if !draft.credentials.is_empty() || !draft.attachments.is_empty() {
        return Err(AssembleError::Listed);
    }
    let mut manifest = draft;
    manifest.credentials = presented.iter().enumerate().map(credential_ref).collect();
    manifest.attachments = attached.iter().map(attachment_ref).collect();
    let manifest_jws = manifest::sign(key, &manifest)?;
    check_limits(&manifest_jws, presented, attached, limits)?;

    let mut writer = Writer::new(out)?;
    writer.add_bytes("mimetype", Method::Stored, MIMETYPE.as_bytes())?;
    writer.add_bytes(MANIFEST, Method::Stored, manifest_jws.as_bytes())?;
    for (presented, entry) in presented.iter().zip(&manifest.credentials) {
        writer.add_bytes(&entry.path, Method::Stored, presented.text.as_bytes())?;
    }
    let mut written = HashSet::new();
    for (attached, entry) in attached.iter_mut().zip(&manifest.attachments) {
        if !written.insert(entry.sha256) {
            continue;
        }
        // One byte more than stated is enough to see that the file grew.
        let mut content = Hashed {
            inner: (&mut attached.content).take(attached.size.saturating_add(1)),
            state: Sha256::new(),
        };
        let size = writer.add(&entry.path, Method::Stored, &mut content)?.size;
        if size != entry.size || Digest(content.state.finish()) != entry.sha256 {
            return Err(AssembleError::Changed { name: entry.name.clone() });
        }
    }
    let size = writer.finish()?.stream_position()?;
    if size > limits.file_bytes {
        return Err(AssembleError::Limit { what: "dossier".to_owned(), limit: limits.file_bytes });
    }
    Ok(Assembled { manifest, manifest_jws, size })
}

fn credential_ref((index, presented): (usize, &Presented)) -> CredentialRef {
    CredentialRef {
        path: format!("credentials/{:03}.sdjwt", index + 1),
        sha256: Digest::of(presented.text.as_bytes()),
        kind: presented.kind.clone(),
        answers: presented.answers.clone(),
    }
}

fn attachment_ref<R>(attached: &Attached<R>) -> AttachmentRef {
    AttachmentRef {
        path: format!("attachments/{}", attached.sha256.hex()),
        sha256: attached.sha256,
        size: attached.size,
        media_type: attached.media_type.clone(),
        name: attached.name.clone(),
        kind: attached.kind.clone(),
        answers: attached.answers.clone(),
    }
}

fn check_limits<R>(
    manifest_jws: &str,
    presented: &[Presented],
    attached: &[Attached<R>],
    limits: &Limits,
) -> Result<(), AssembleError> {
    let over = |what: &str, size: u64, limit: u64| match size > limit {
        true => Err(AssembleError::Limit { what: what.to_owned(), limit }),
        false => Ok(()),
    };
    over(MANIFEST, manifest_jws.len() as u64, limits.manifest_bytes)?;
    over("entries", 2 + presented.len() as u64 + attached.len() as u64, limits.entries as u64)?;
    for presented in presented {
        over(&presented.kind, presented.text.len() as u64, limits.credential_bytes)?;
    }
    attached.iter().try_for_each(|attached| over(&attached.name, attached.size, limits.entry_bytes))
}

/// Hashes what is read through it.
struct Hashed<R> {
    inner: R,
    state: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.state.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
