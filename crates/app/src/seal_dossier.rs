//! Seals a dossier so that only the destination can open it.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, Write as _};
use std::path::Path;

use zizhi_crypto::sealed::{self, SealedError};
use zizhi_model::Uscc;
use zizhi_verify::Library;

use crate::failure::Failure;
use crate::open_dossier::open_dossier;
use crate::output::Output;

/// How a ZIP begins.
const ZIP: &[u8] = b"PK\x03\x04";

/// To whom.
#[derive(Clone, Copy)]
pub enum SealTo<'a> {
    /// To these `age1…`.
    Recipients(&'a [String]),
    /// To what an organisation lists in the register.
    Registered(&'a Library, Uscc),
    /// To what the organisation that the dossier is addressed to lists in the register.
    Addressee(&'a Library),
}

/// Seals the dossier in `file` and gives the recipients.
///
/// # Errors
/// `IO-READ`, `IO-EXISTS`, `IO-WRITE`; `SEAL-INPUT` if it is no dossier; `SEAL-RECIPIENT` if there is
/// nobody to seal to.
pub fn seal_dossier(file: &Path, to: SealTo<'_>, output: &Output<'_>) -> Result<Vec<String>, Failure> {
    output.check()?;
    output.check_apart(&Output { path: file, force: false })?;
    let mut input = File::open(file).map_err(|error| Failure::unreadable(file, error))?;
    let mut head = Vec::with_capacity(ZIP.len());
    let unreadable = |error| Failure::unreadable(file, error);
    (&mut input).take(ZIP.len() as u64).read_to_end(&mut head).map_err(unreadable)?;
    if head != ZIP {
        return Err(no_dossier(file));
    }
    let recipients = match to {
        SealTo::Recipients(recipients) => recipients.to_vec(),
        SealTo::Registered(library, uscc) => registered(library, &uscc)?,
        SealTo::Addressee(library) => registered(library, &addressee(file)?)?,
    };
    input.rewind().map_err(unreadable)?;
    let place = output.begin()?;
    seal_into(&recipients, input, place.as_file(), output.path)?;
    output.put(place)?;
    Ok(recipients)
}

/// Seals what `input` gives into `file`, which will stand at `path`.
pub(crate) fn seal_into(
    recipients: &[String],
    input: impl std::io::Read,
    file: &File,
    path: &Path,
) -> Result<(), Failure> {
    let mut writer = BufWriter::with_capacity(256 * 1024, file);
    zizhi_dossier::seal(recipients, input, &mut writer).map_err(|error| match error {
        SealedError::Recipient(at) => {
            no_recipient(recipients.get(at).map(String::as_str).unwrap_or_default())
        }
        SealedError::Count => no_recipient(""),
        SealedError::Io(error) => Failure::unwritable(path, error),
        other => Failure::internal("加密没有完成。", "the sealing did not finish").because(other),
    })?;
    writer.flush().map_err(|error| Failure::unwritable(path, error))
}

/// Whom the manifest names as its audience.
fn addressee(file: &Path) -> Result<Uscc, Failure> {
    let inside = open_dossier(file, &[])?;
    inside.manifest.map(|manifest| *manifest.aud.uscc()).ok_or_else(|| no_dossier(file))
}

/// The recipients that an organisation lists in the register.
pub(crate) fn registered(library: &Library, uscc: &Uscc) -> Result<Vec<String>, Failure> {
    let record = library.trust().issuer(uscc).map_err(|error| unregistered(uscc).because(error))?;
    let record = record.ok_or_else(|| unregistered(uscc))?;
    if record.seal_to.iter().any(|recipient| sealed::is_recipient(recipient)) {
        Ok(record.seal_to.clone())
    } else {
        Err(Failure::refused(
            "SEAL-RECIPIENT",
            format!("{} 没有在名录中登记收件密钥，没有加密。", record.name),
            format!("{} lists no inbox key in the register; nothing was sealed", record.name),
            "请它在名录中登记收件密钥（命令行也可向它索取 age1…，用 --to 给出）。",
            "have it register its inbox key (on the command line, ask it for its age1… and give that with --to)",
        ))
    }
}

fn unregistered(uscc: &Uscc) -> Failure {
    Failure::refused(
        "SEAL-RECIPIENT",
        format!("信任名录中查不到 {uscc}，没有加密。"),
        format!("{uscc} is not in the register at hand; nothing was sealed"),
        "请核对代码和信任数据（命令行也可向该单位索取 age1…，用 --to 给出）。",
        "check the code and the trust data (on the command line, ask for its age1… and give that with --to)",
    )
}

fn no_recipient(found: &str) -> Failure {
    Failure::refused(
        "SEAL-RECIPIENT",
        format!("“{found}”不是收件密钥（age1…），没有加密。"),
        format!("{found:?} is no inbox key (age1…); nothing was sealed"),
        "请向接收方索取以 age1 开头的收件密钥，完整复制。",
        "ask the recipient for the key that begins with age1, and copy all of it",
    )
}

fn no_dossier(file: &Path) -> Failure {
    Failure::refused(
        "SEAL-INPUT",
        format!("{} 不是已签署的档案，或已经加密，没有再加密。", file.display()),
        format!("{} is no signed dossier, or is sealed already; nothing was sealed", file.display()),
        "请给出 zizhi dossier sign 生成的 .zzdossier 文件。",
        "give the .zzdossier that zizhi dossier sign made",
    )
}
