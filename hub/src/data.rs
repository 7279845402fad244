//! The folder of a hub: `hub.key`, `hub.id`, `hub.sqlite`, `blobs/`, `public/`.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use zizhi_crypto::{Algorithm, KeyError, PublicKey, SigningKey, SystemRandom};
use zizhi_sync::HubId;

/// Why the folder of a hub cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The file system refuses.
    #[error("{0}: cannot be read or written")]
    File(PathBuf, #[source] io::Error),
    /// Others than its owner may read the key.
    #[error("{0}: others may read this key; its mode must be 0600")]
    Open(PathBuf),
    /// The key file holds no key.
    #[error("{0}: not a private key")]
    Key(PathBuf, #[source] KeyError),
    /// The hub's key is gone.
    #[error("{0}: not there")]
    NoKey(PathBuf),
    /// There is no key to change to.
    #[error("{0}: not there; make it first with `zizhi-hub key next` and have the province register it")]
    NoNext(PathBuf),
    /// No id was given, and the folder has none yet.
    #[error(
        "{0}: the hub has no id yet; --data names its folder, and `serve --id 31-main` makes a hub there"
    )]
    NoId(PathBuf),
    /// The folder is no hub's.
    #[error("{0}: no hub")]
    NoHub(PathBuf),
    /// The file of the id holds none.
    #[error("{0}: not the id of a hub")]
    Id(PathBuf),
    /// The folder belongs to another hub.
    #[error("the folder belongs to the hub {found}, not {given}")]
    OtherHub {
        /// What the folder says.
        found: HubId,
        /// What was asked for.
        given: HubId,
    },
    /// Another process serves from this folder.
    #[error("{0}: another hub that runs has this folder")]
    Held(PathBuf),
}

/// A hub's folder with its key and id.
#[derive(Clone)]
pub struct Data {
    root: PathBuf,
    /// Who the hub is.
    pub id: HubId,
    /// What it signs with: Ed25519.
    pub key: std::sync::Arc<SigningKey>,
}

impl Data {
    /// The file of the hub's key, PKCS#8 in PEM.
    pub(crate) const KEY: &str = "hub.key";
    /// The key that is to follow it.
    const NEXT: &str = "hub.key.next";
    /// The key before it.
    const OLD: &str = "hub.key.old";
    /// The file of the hub's id.
    pub(crate) const ID: &str = "hub.id";
    /// The embedded database.
    pub(crate) const DATABASE: &str = "hub.sqlite";
    /// Says that the data are in PostgreSQL.
    const POSTGRES: &str = "hub.postgres";
    /// The folder of large bodies.
    pub(crate) const BLOBS: &str = "blobs";

    /// Opens the folder of a hub that is there, and makes nothing.
    ///
    /// # Errors
    /// [`DataError::NoHub`], [`DataError::NoKey`] and the others.
    pub fn find(root: &Path) -> Result<Self, DataError> {
        Self::is_hub(root)?;
        let id = id(&root.join(Self::ID), None)?;
        let key = root.join(Self::KEY);
        if !key.exists() {
            return Err(DataError::NoKey(key));
        }
        Ok(Self { root: root.to_owned(), id, key: read_key(&key)?.into() })
    }

    /// Whether there is a hub in a folder.
    ///
    /// # Errors
    /// [`DataError::NoHub`] if there is none; [`DataError::File`].
    pub fn is_hub(root: &Path) -> Result<(), DataError> {
        let id = root.join(Self::ID);
        match id.try_exists() {
            Ok(true) => Ok(()),
            Ok(false) => Err(DataError::NoHub(root.to_owned())),
            Err(error) => Err(DataError::File(id, error)),
        }
    }

    /// Opens the folder. With an id, what is not there is made: the folder, its id, a new key of mode 0600.
    ///
    /// # Errors
    /// [`DataError`]; nothing was made where there is no id.
    pub fn open(root: &Path, given: Option<&HubId>) -> Result<Self, DataError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| DataError::File(path, error)
        };
        let named = root.join(Self::ID);
        if given.is_none() && !named.try_exists().map_err(at(&named))? {
            return Err(DataError::NoId(root.to_owned()));
        }
        fs::DirBuilder::new().recursive(true).mode(0o700).create(root).map_err(at(root))?;
        let id = id(&named, given)?;
        let key = root.join(Self::KEY);
        if !key.exists() {
            make_key(&key)?;
        }
        Ok(Self { root: root.to_owned(), id, key: read_key(&key)?.into() })
    }

    /// The public half of the key that is to follow, which is made where there is none.
    ///
    /// # Errors
    /// [`DataError`].
    pub fn next_key(&self) -> Result<PublicKey, DataError> {
        let next = self.root.join(Self::NEXT);
        if !next.exists() {
            make_key(&next)?;
        }
        Ok(read_key(&next)?.public().clone())
    }

    /// The public half of the key that is to follow, which is there.
    ///
    /// # Errors
    /// [`DataError::NoNext`] and the others.
    pub fn made_key(&self) -> Result<PublicKey, DataError> {
        let next = self.root.join(Self::NEXT);
        if !next.exists() {
            return Err(DataError::NoNext(next));
        }
        Ok(read_key(&next)?.public().clone())
    }

    /// Puts the next key in the place of the present one, which is kept beside it. After a power cut there is the one or
    /// the other, whole.
    ///
    /// # Errors
    /// [`DataError`]; nothing was changed then.
    pub fn switch_key(&self) -> Result<(), DataError> {
        let (present, next) = (self.root.join(Self::KEY), self.root.join(Self::NEXT));
        self.made_key()?;
        let old = self.root.join(Self::OLD);
        write_new(&old, self.key.to_pkcs8_pem().as_bytes(), 0o600)
            .map_err(|error| DataError::File(old.clone(), error))?;
        fs::rename(&next, &present)
            .and_then(|()| File::open(&self.root)?.sync_all())
            .map_err(|error| DataError::File(present, error))
    }

    /// Takes the folder for this process by its id, which nothing replaces, as long as the file is open: two that write one database would each count, sweep
    /// and sign without the other. The system gives it back when the process ends, however it does. Commands that an
    /// operator runs beside a hub do not ask for it.
    ///
    /// # Errors
    /// [`DataError::Held`] if another process has it; [`DataError::File`].
    pub fn hold(&self) -> Result<File, DataError> {
        let path = self.root.join(Self::ID);
        let at = |error| DataError::File(path.clone(), error);
        let file = File::open(&path).map_err(at)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(DataError::Held(self.root.clone())),
            Err(TryLockError::Error(error)) => Err(at(error)),
        }
    }

    /// The mark of a hub whose data are in PostgreSQL.
    #[must_use]
    pub fn elsewhere(&self) -> PathBuf {
        Self::mark(&self.root)
    }

    /// The same of the hub in a folder.
    #[must_use]
    pub fn mark(root: &Path) -> PathBuf {
        root.join(Self::POSTGRES)
    }

    /// Where the embedded database is.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join(Self::DATABASE)
    }

    /// Where large bodies are.
    #[must_use]
    pub fn blobs(&self) -> PathBuf {
        self.root.join(Self::BLOBS)
    }

    /// Where the published tree is.
    #[must_use]
    pub fn public(&self) -> PathBuf {
        self.root.join("public")
    }
}

/// Makes a key in a file of mode 0600.
fn make_key(path: &Path) -> Result<(), DataError> {
    let made = SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom)
        .map_err(|error| DataError::Key(path.to_owned(), error))?;
    write_new(path, made.to_pkcs8_pem().as_bytes(), 0o600)
        .map_err(|error| DataError::File(path.to_owned(), error))
}

/// Reads a key that nobody else may read.
fn read_key(path: &Path) -> Result<SigningKey, DataError> {
    let at = |error| DataError::File(path.to_owned(), error);
    if fs::metadata(path).map_err(at)?.permissions().mode() & 0o077 != 0 {
        return Err(DataError::Open(path.to_owned()));
    }
    let text = fs::read_to_string(path).map_err(at)?;
    SigningKey::from_pem(&text).map_err(|error| DataError::Key(path.to_owned(), error))
}

fn id(path: &Path, given: Option<&HubId>) -> Result<HubId, DataError> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let found = HubId::parse(text.trim()).map_err(|_| DataError::Id(path.to_owned()))?;
            match given {
                Some(given) if *given != found => Err(DataError::OtherHub { found, given: given.clone() }),
                _ => Ok(found),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let given = given.ok_or_else(|| DataError::NoId(path.to_owned()))?;
            write_new(path, format!("{given}\n").as_bytes(), 0o644)
                .map_err(|error| DataError::File(path.to_owned(), error))?;
            Ok(given.clone())
        }
        Err(error) => Err(DataError::File(path.to_owned(), error)),
    }
}

/// Writes a file that is not there yet, so that it is whole or absent after a power cut.
fn write_new(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}
