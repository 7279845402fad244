//! Who can open the local database and sign: the keys beside it, and what is sealed inside.
//!
//! A database has one random root key. The key of the database and the key of the vault are derived from
//! it. `keys.json` in the database's folder holds the root encrypted under the passphrase; on paper the
//! root is the recovery key, which opens the database even if `keys.json` is lost. Private keys lie in the
//! database sealed under the vault's key. While the database is open the program holds the database's key
//! and the inbox identities, but neither root nor vault: whoever signs gives the passphrase again. The same
//! two are what a computer can remember ([`Halves`]).

mod failures;
mod inbox;
mod keys;
mod remembered;

use std::fs;
use std::path::{Path, PathBuf};

use zeroize::{Zeroize as _, Zeroizing};
use zizhi_crypto::keywrap::{self, Key};
use zizhi_crypto::vault::{Vault, derive};
use zizhi_crypto::{Algorithm, SigningKey, sealed};
use zizhi_store::{
    Database, DatabaseKey, Entry, InboxIdentity, KEYS_FILE, Profile, Role, read_wrapped_keys,
    replace_wrapped_keys,
};

use crate::failure::Failure;
use crate::{Host, activity_log};
use failures::{not_empty, unreadable_inbox};
pub use inbox::open_inbox;
pub(crate) use inbox::{opens_inboxes, seal_inboxes};
use keys::{Proof, root};
pub use keys::{
    add_signing_key, adopt_signing_key, device_key, holder_key, holder_public, make_device_key, signing_key,
    signing_public,
};
pub(crate) use keys::{check_device_key, public, publics};
pub use remembered::{Halves, Orphan, Reading, ask, forget, halves, is_remembered, open_reading};

/// The folder of the local database, in the folder of a person's data.
pub const FOLDER: &str = "database";

/// What the keys that come from the root are for.
const DATABASE: &str = "database";
const VAULT: &str = "vault";

/// Fewer characters are guessed too soon by who has the file.
const SHORTEST: usize = 8;
/// Digits alone are tried first.
const SHORTEST_NUMBER: usize = 12;
/// How often a character is not the one before or its neighbour.
const FEWEST_LEAPS: usize = 3;

/// The uses of the key that an incubator is given at the start.
pub const INCUBATOR_USES: [&str; 5] = ["credential", "status", "decision", "request", "report"];
/// The use of a firm's key: it holds credentials and signs dossiers.
pub const HOLDER_USE: &str = "dossier";

/// An open database.
pub struct Unlocked {
    /// The database.
    pub database: Database,
    /// What opens dossiers that are sealed to this organisation.
    pub inbox: Inbox,
    /// This device's key at its hub; absent where it has joined none, or where the keychain opened the database,
    /// which holds no signing key.
    pub device: Option<SigningKey>,
}

/// A database that was made.
pub struct Created {
    /// It is open.
    pub unlocked: Unlocked,
    /// The recovery key in groups, to be shown once and printed.
    pub recovery_key: Zeroizing<String>,
    /// The thumbprint of the signing key that was made with it.
    pub kid: String,
}

/// The identities that open sealed dossiers. It has no `Debug` and is wiped when dropped.
#[derive(Default)]
pub struct Inbox(Vec<String>);

impl Inbox {
    /// The identities, `AGE-SECRET-KEY-1…`, the newest first.
    #[must_use]
    pub fn identities(&self) -> &[String] {
        &self.0
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Refuses a passphrase that would be guessed soon: one that is too short, that is a birthday or another short
/// number, or whose characters run on, as in `abcd1234` or `88888888`.
///
/// # Errors
/// `PASSPHRASE-WEAK`.
pub fn check_passphrase(passphrase: &str) -> Result<(), Failure> {
    let characters: Vec<u32> = passphrase.chars().map(u32::from).collect();
    let number = passphrase.chars().all(|character| character.is_numeric());
    let shortest = if number { SHORTEST_NUMBER } else { SHORTEST };
    let leaps = characters.iter().zip(characters.iter().skip(1)).filter(|(a, b)| a.abs_diff(**b) > 1).count();
    if characters.len() < shortest || leaps < FEWEST_LEAPS { Err(failures::weak()) } else { Ok(()) }
}

/// Makes a database in `folder` with its keys: for an incubator one signing key with
/// [`INCUBATOR_USES`], for a firm one with [`HOLDER_USE`], for both roles the two in one; and an inbox
/// identity. All of it is there in the end, or nothing.
///
/// # Errors
/// `DB-EXISTS`, `DB-FOLDER` if the folder holds something else, `KEY-EMPTY`, `KEY-MEMORY`, `DB-FULL`,
/// `DB-READ-ONLY`, `DB-PLACE`, `DB-FILE`.
pub fn create(folder: &Path, owner: &Profile, passphrase: &str, host: &dyn Host) -> Result<Created, Failure> {
    if Database::exists(folder) {
        return Err(failures::exists(folder));
    }
    let unusable = |error| Failure::unwritable(folder, error);
    if folder.exists() && fs::read_dir(folder).map_err(unusable)?.next().is_some() {
        return Err(not_empty(folder));
    }
    // Beside its place until everything is in it.
    let part = beside(folder);
    if part.exists() {
        fs::remove_dir_all(&part).map_err(unusable)?;
    }
    let made = fill(&part, owner, passphrase, host);
    let (root, kid) = match made {
        Ok(made) => made,
        Err(failure) => {
            drop(fs::remove_dir_all(&part));
            return Err(failure);
        }
    };
    // Windows renames onto nothing only.
    drop(fs::remove_dir(folder));
    fs::rename(&part, folder).map_err(unusable)?;
    let unlocked = open_with(folder, &root)?;
    Ok(Created { unlocked, recovery_key: keywrap::to_paper(&root), kid })
}

/// Opens the database in `folder` with its passphrase or recovery key, and signs the end of the activity
/// log: what was done before this opening cannot be changed after it.
///
/// # Errors
/// `KEY-PASSPHRASE`, `KEY-RECOVERY` if a recovery key was mistyped or is another database's, `KEYS-LOST`,
/// `KEYS-DAMAGED`, `KEYS-NEWER`, `KEY-MEMORY`; `DB-NONE`, `DB-IN-USE`, `DB-KEY`, `DB-NEWER`, `DB-DAMAGED`,
/// `DB-FULL`, `DB-READ-ONLY`, `DB-PLACE`, `DB-FILE`.
pub fn open(folder: &Path, secret: &str, host: &dyn Host) -> Result<Unlocked, Failure> {
    let (unlocked, root) = opened(folder, secret)?;
    if let Some(key) = keys::newest(&unlocked.database, &vault(&root))? {
        match activity_log::sign_head(&unlocked.database, &key, host) {
            // Where nothing can be written, one may still read.
            Err(failure) if ["DB-FULL", "DB-READ-ONLY"].contains(&failure.code) => {}
            signed => signed?,
        }
    }
    Ok(unlocked)
}

/// Opens the database in `folder` to examine it: nothing is signed.
///
/// # Errors
/// As [`open`].
pub fn look(folder: &Path, secret: &str) -> Result<Unlocked, Failure> {
    opened(folder, secret).map(|(unlocked, _)| unlocked)
}

fn opened(folder: &Path, secret: &str) -> Result<(Unlocked, Key), Failure> {
    if !Database::exists(folder) {
        return Err(failures::none(folder));
    }
    let (root, proof) = root(read_wrapped_keys(folder)?.as_deref(), secret)?;
    let unlocked = open_with(folder, &root).map_err(|failure| match proof {
        // Any well-formed paper gives a root; that it is the right one shows here.
        Proof::Paper if failure.code == "DB-KEY" => failures::other_paper(),
        _ => failure,
    })?;
    Ok((unlocked, root))
}

/// Gives the database a new passphrase. The recovery key stays as it is. After a crash the old or the new
/// passphrase holds.
///
/// # Errors
/// `PASSPHRASE-WEAK`; as [`open`] for `present`.
pub fn change_passphrase(
    database: &Database,
    present: &str,
    next: &str,
    actor: &str,
    host: &dyn Host,
) -> Result<(), Failure> {
    check_passphrase(next)?;
    let folder = database.folder();
    let before = read_wrapped_keys(folder)?;
    let (root, proof) = root(before.as_deref(), present)?;
    if proof == Proof::Paper && !keys::fits(database, &vault(&root))? {
        return Err(failures::other_paper());
    }
    let wrapped = keys::wrapped(&root, next, host)?;
    let writer = database.writer()?;
    replace_wrapped_keys(folder, &wrapped)?;
    let entry = Entry::new(host.now(), actor, "session.passphrase_changed").about("file", KEYS_FILE);
    if let Err(error) = writer.commit(&entry) {
        // What is not in the log did not happen.
        if let Some(before) = before {
            replace_wrapped_keys(folder, &before)?;
        }
        return Err(error.into());
    }
    Ok(())
}

/// The key of a database whose wrapped keys are `wrapped`, as a backup carries them.
///
/// # Errors
/// `KEY-PASSPHRASE`, `KEY-RECOVERY`, `KEYS-LOST`, `KEYS-DAMAGED`, `KEYS-NEWER`, `KEY-MEMORY`.
pub fn database_key(wrapped: Option<&[u8]>, secret: &str) -> Result<DatabaseKey, Failure> {
    let (root, _) = root(wrapped, secret)?;
    Ok(key_of_database(&root))
}

fn fill(part: &Path, owner: &Profile, passphrase: &str, host: &dyn Host) -> Result<(Key, String), Failure> {
    let mut root = Zeroizing::new([0; 32]);
    host.random().fill(root.as_mut_slice());
    let wrapped = keys::wrapped(&root, passphrase, host)?;
    let database = Database::create(part, &key_of_database(&root), &wrapped)?;
    let vault = vault(&root);

    let uses: Vec<&str> = match owner.role {
        Role::Incubator => INCUBATOR_USES.to_vec(),
        Role::Firm => vec![HOLDER_USE],
        Role::Both => INCUBATOR_USES.into_iter().chain([HOLDER_USE]).collect(),
    };
    let key =
        SigningKey::generate(Algorithm::Es256, host.random().as_mut()).map_err(failures::no_algorithm)?;
    let key = keys::sealed(&key, &uses, "签名密钥", &vault, host)?;
    let (secret, recipient) = sealed::generate_identity();
    let sealed = vault
        .seal(&keys::inbox_place(&recipient), secret.as_bytes(), host.random().as_mut())
        .map_err(failures::unsealed)?;

    let writer = database.writer()?;
    writer.put_profile(owner)?;
    writer.add_signing_key(&key)?;
    writer.add_inbox_identity(&InboxIdentity { recipient, sealed, created: host.now() })?;
    let entry = Entry::new(host.now(), "", "session.created").about("signing_key", &key.kid);
    writer.commit(&entry)?;
    database.close()?;
    Ok((root, key.kid))
}

fn open_with(folder: &Path, root: &Key) -> Result<Unlocked, Failure> {
    let database = Database::open(folder, &key_of_database(root))?;
    let inbox = inbox(&database, &vault(root))?;
    // A key that is damaged keeps nobody from the database; a round asks for the passphrase and then tells.
    let device = keys::device(&database, &vault(root)).ok().flatten();
    Ok(Unlocked { database, inbox, device })
}

fn inbox(database: &Database, vault: &Vault) -> Result<Inbox, Failure> {
    let mut inbox = Inbox::default();
    for identity in database.reader()?.inbox_identities()? {
        let opened = vault.open(&keys::inbox_place(&identity.recipient), &identity.sealed);
        let opened = opened.map_err(unreadable_inbox)?;
        inbox.0.push(String::from_utf8_lossy(&opened).into_owned());
    }
    Ok(inbox)
}

fn key_of_database(root: &Key) -> DatabaseKey {
    DatabaseKey::new(*derive(root, DATABASE))
}

fn vault(root: &Key) -> Vault {
    Vault::new(derive(root, VAULT))
}

fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(".new");
    name.into()
}
