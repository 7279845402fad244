//! Opening a message: what comes out, when, and on what conditions.

use std::io::{self, Read, Write};
use std::mem;

use zizhi_crypto::digest::Sha256;
use zizhi_crypto::{KeyId, PublicKey, sealed};
use zizhi_model::{Limits, OrgId};

use super::{Envelope, EnvelopeError, LINE_BYTES, MIB, size_class};
use crate::Digest;
use crate::object::{self, ObjectError};

/// Unseals a message with whichever of `identities` fits, and writes its body to `sink`: a temporary
/// file or a `Vec`. At most [`Limits::file_bytes`] of body are accepted.
///
/// The length in the line, which nobody has verified yet, says only where the body ends in `sink`; what is
/// in `sink` is of no use before [`Unverified::verify`].
///
/// # Errors
/// [`EnvelopeError::Sealed`] if the file is not whole, whatever else may be wrong with it;
/// [`EnvelopeError::Size`], [`EnvelopeError::Line`], [`EnvelopeError::Object`].
pub fn open<S: AsRef<str>, B: Write>(
    identities: &[S],
    input: impl Read,
    sink: B,
    limits: &Limits,
) -> Result<Unverified<B>, EnvelopeError> {
    // An age file is longer than what is in it. With this bound on the outside nothing longer is read,
    // even where all of it would be thrown away: header, line, one MiB of padding, 16 bytes in 64 KiB.
    let most = limits.file_bytes.saturating_add(3 * MIB).saturating_add(limits.file_bytes / 4096);
    let mut input = Bounded { input, left: most, over: false };
    let mut splitter = Splitter::new(sink, *limits);
    let outcome = sealed::decrypt(identities, &mut input, &mut splitter);
    if input.over {
        return Err(EnvelopeError::Size(most));
    }
    let size = outcome?;
    splitter.finish(size)
}

/// As [`open`], into memory.
///
/// # Errors
/// As [`open`].
pub fn open_bytes<S: AsRef<str>>(
    identities: &[S],
    message: &[u8],
    limits: &Limits,
) -> Result<Unverified<Vec<u8>>, EnvelopeError> {
    open(identities, message, Vec::new(), limits)
}

/// A message that was unsealed whole and that nobody has verified.
#[derive(Debug)]
pub struct Unverified<B> {
    line: String,
    envelope: Envelope,
    limits: Limits,
    /// What was found after the line.
    digest: Digest,
    written: u64,
    zeros_only: bool,
    size: u64,
    sink: B,
}

impl<B> Unverified<B> {
    /// What the line says, for finding the sender's key. Untrusted.
    #[must_use]
    pub fn peek(&self) -> &Envelope {
        &self.envelope
    }

    /// The key that the line names, for finding it. Untrusted.
    #[must_use]
    pub fn kid(&self) -> Option<String> {
        let line = object::Unverified::<Envelope>::parse(&self.line, &self.limits).ok()?;
        line.kid().map(str::to_owned)
    }

    /// Verifies with a key of the sender, as the one to whom the message was sent.
    ///
    /// # Errors
    /// [`EnvelopeError`].
    pub fn verify(self, key: &PublicKey, recipient: &OrgId) -> Result<Verified<B>, EnvelopeError> {
        let line = object::Unverified::<Envelope>::parse(&self.line, &self.limits)?.verify(key)?;
        let envelope = line.payload();
        // docs/hub.md §1: whoever was sent a message could send it on, sealed to somebody else.
        if envelope.aud != *recipient {
            return Err(EnvelopeError::Audience(envelope.aud));
        }
        if self.written != envelope.body_len {
            return Err(EnvelopeError::Length);
        }
        if self.digest != envelope.body_sha256 {
            return Err(EnvelopeError::Digest);
        }
        let filled = (self.line.len() as u64).saturating_add(1).saturating_add(self.written);
        if !self.zeros_only || self.size != size_class(filled) {
            return Err(EnvelopeError::Padding);
        }
        let key_id = line.key_id().clone();
        // The one place that makes a `Verified`.
        Ok(Verified { envelope: line.into_payload(), key_id, sink: self.sink })
    }
}

/// A message from the holder of a key to the one who opened it.
#[derive(Debug)]
pub struct Verified<B> {
    envelope: Envelope,
    key_id: KeyId,
    sink: B,
}

impl<B> Verified<B> {
    /// What the line says.
    #[must_use]
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// The key that verified it.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }

    /// The sink with the body and nothing else in it.
    #[must_use]
    pub fn into_body(self) -> B {
        self.sink
    }
}

/// Takes a message apart as it is unsealed. What is wrong is kept until the end of the file has been seen.
struct Splitter<B> {
    limits: Limits,
    line: Vec<u8>,
    state: State,
    hash: Sha256,
    written: u64,
    zeros_only: bool,
    sink: B,
}

enum State {
    /// In the first line.
    Line,
    /// After it, with so many bytes of body to come.
    Body { envelope: Box<Envelope>, line: String, left: u64 },
    /// Nothing that follows matters.
    Refused(EnvelopeError),
}

impl<B: Write> Splitter<B> {
    fn new(sink: B, limits: Limits) -> Self {
        let line = Vec::with_capacity(LINE_BYTES);
        Self { limits, line, state: State::Line, hash: Sha256::new(), written: 0, zeros_only: true, sink }
    }

    fn finish(self, size: u64) -> Result<Unverified<B>, EnvelopeError> {
        let (envelope, line) = match self.state {
            State::Line => return Err(EnvelopeError::Line),
            State::Refused(error) => return Err(error),
            State::Body { envelope, line, .. } => (*envelope, line),
        };
        Ok(Unverified {
            line,
            envelope,
            limits: self.limits,
            digest: Digest(self.hash.finish()),
            written: self.written,
            zeros_only: self.zeros_only,
            size,
            sink: self.sink,
        })
    }

    /// The first line has ended.
    fn begin(&self, line: Vec<u8>) -> Result<State, EnvelopeError> {
        let line = String::from_utf8(line).map_err(|_| EnvelopeError::Line)?;
        let envelope =
            object::Unverified::<Envelope>::parse(&line, &self.limits).map_err(|error| match error {
                ObjectError::Size(_) => EnvelopeError::Line,
                error => EnvelopeError::Object(error),
            })?;
        let envelope = envelope.peek().clone();
        if envelope.body_len > self.limits.file_bytes {
            return Err(EnvelopeError::Size(self.limits.file_bytes));
        }
        let left = envelope.body_len;
        Ok(State::Body { envelope: Box::new(envelope), line, left })
    }

    /// Takes what belongs to the first line and returns the rest.
    fn line<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let (piece, rest) = match end.and_then(|end| bytes.split_at_checked(end)) {
            Some((piece, rest)) => (piece, rest.get(1..).unwrap_or_default()),
            None => (bytes, &[][..]),
        };
        if self.line.len() + piece.len() > LINE_BYTES {
            self.state = State::Refused(EnvelopeError::Line);
            return &[];
        }
        self.line.extend_from_slice(piece);
        if end.is_some() {
            let line = mem::take(&mut self.line);
            self.state = self.begin(line).unwrap_or_else(State::Refused);
        }
        rest
    }
}

impl<B: Write> Write for Splitter<B> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        if matches!(self.state, State::Line) {
            rest = self.line(rest);
        }
        if let State::Body { left, .. } = &mut self.state {
            let count = usize::try_from(*left).unwrap_or(usize::MAX).min(rest.len());
            let (body, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            self.sink.write_all(body)?;
            self.hash.update(body);
            self.written += body.len() as u64;
            *left -= body.len() as u64;
            self.zeros_only &= after.iter().all(|byte| *byte == 0);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Reads at most so many bytes and remembers whether there were more.
struct Bounded<R> {
    input: R,
    left: u64,
    over: bool,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            self.over = self.over || self.input.read(&mut [0])? > 0;
            return Ok(0);
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.input.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.left -= count as u64;
        Ok(count)
    }
}
