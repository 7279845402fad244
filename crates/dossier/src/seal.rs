//! Sealed dossiers (`.zzdossier.age`): the whole ZIP as an age file for the destination.

use std::io::{self, Read, Seek, Write};

use zizhi_crypto::sealed::{self, SealedError};
use zizhi_model::Limits;

/// Why a sealed dossier cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum UnsealError {
    /// Not sealed, not to us, or damaged.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// What is inside is larger than a dossier may be.
    #[error("the sealed file holds more than {0} bytes")]
    TooLarge(u64),
    /// The output cannot be rewound.
    #[error("the unsealed dossier could not be written")]
    Io(#[from] io::Error),
}

/// Seals a dossier to all `recipients` (`age1…`), each of whom can open it alone. Gives the number of
/// bytes sealed.
///
/// # Errors
/// [`SealedError`]; what was written before an error is of no use.
pub fn seal<S: AsRef<str>>(
    recipients: &[S],
    input: impl Read,
    output: impl Write,
) -> Result<u64, SealedError> {
    sealed::encrypt(recipients, input, output)
}

/// Unseals a dossier into `out`, usually an empty temporary file, and rewinds it to its first byte.
/// Gives the number of bytes.
///
/// **Use `out` only after `Ok`.** After an error it may hold the beginning of a dossier, which says
/// nothing about the rest; delete it.
///
/// # Errors
/// [`UnsealError`].
pub fn unseal<S: AsRef<str>>(
    input: impl Read,
    identities: &[S],
    out: &mut (impl Read + Write + Seek),
    limits: &Limits,
) -> Result<u64, UnsealError> {
    let mut bounded = Bounded { inner: &mut *out, left: limits.file_bytes, over: false };
    let outcome = sealed::decrypt(identities, input, &mut bounded);
    // The disk is bounded as memory is: nobody's file may fill it.
    if bounded.over {
        return Err(UnsealError::TooLarge(limits.file_bytes));
    }
    let size = outcome?;
    out.rewind()?;
    Ok(size)
}

struct Bounded<'a, W> {
    inner: &'a mut W,
    left: u64,
    over: bool,
}

impl<W: Write> Write for Bounded<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() as u64 > self.left {
            self.over = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let written = self.inner.write(bytes)?;
        self.left -= written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
