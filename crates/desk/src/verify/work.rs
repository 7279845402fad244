//! What verification keeps from command to command: fonts, and which file opened which sealed dossier.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zizhi_app::{Failure, print_report};
use zizhi_report::Fonts;

/// Kept from command to command.
#[derive(Default)]
pub(crate) struct Work {
    fonts: Mutex<Option<Arc<Fonts>>>,
    /// The identity file by the dossier that it opened. Paths only, no secrets.
    identities: Mutex<HashMap<PathBuf, PathBuf>>,
}

impl Work {
    /// The fonts, looked for until they are found.
    pub(super) fn fonts(&self, resources: Option<&Path>) -> Result<Arc<Fonts>, Failure> {
        let mut kept = held(&self.fonts);
        if let Some(fonts) = &*kept {
            return Ok(Arc::clone(fonts));
        }
        let fonts = Arc::new(print_report::fonts(resources)?);
        *kept = Some(Arc::clone(&fonts));
        Ok(fonts)
    }

    /// Notes which file opened a dossier, so that its attachments can be looked at.
    pub(super) fn remember_identity(&self, dossier: &Path, identity: Option<&Path>) {
        let mut known = held(&self.identities);
        match identity {
            Some(identity) => known.insert(dossier.to_owned(), identity.to_owned()),
            None => known.remove(dossier),
        };
    }

    /// The file that opened a dossier, if one was needed.
    pub(super) fn identity_of(&self, dossier: &Path) -> Option<PathBuf> {
        held(&self.identities).get(dossier).cloned()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Another thread that panicked left the map whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
