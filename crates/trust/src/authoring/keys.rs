//! The keys of a whole repository, for those who hold them all: demonstrations and tests.

use std::collections::BTreeMap;

use zizhi_crypto::{Algorithm, Random, SigningKey};

use super::AuthoringError;

/// Every key of a repository. In earnest each province holds its own two and nobody holds all.
pub struct Keys {
    /// By province (two digits).
    pub provinces: BTreeMap<String, ProvinceKeys>,
    /// Signs snapshot and timestamp.
    pub distributor: SigningKey,
}

/// The keys of one province.
pub struct ProvinceKeys {
    /// Signs root and top-level targets, together with other provinces.
    pub root: SigningKey,
    /// Signs the province's own issuers and rule packs, alone.
    pub province: SigningKey,
}

impl Keys {
    /// New keys for these provinces.
    ///
    /// # Errors
    /// [`AuthoringError::Sign`] if the source of randomness gives nothing usable.
    pub fn generate(provinces: &[&str], random: &mut dyn Random) -> Result<Self, AuthoringError> {
        let mut key = || SigningKey::generate(Algorithm::EdDsa, random).map_err(|_| AuthoringError::Sign);
        let mut by_province = BTreeMap::new();
        for province in provinces {
            by_province.insert((*province).to_owned(), ProvinceKeys { root: key()?, province: key()? });
        }
        Ok(Self { provinces: by_province, distributor: key()? })
    }

    /// All of them, to publish with.
    #[must_use]
    pub fn all(&self) -> Vec<&SigningKey> {
        let of_provinces = self.provinces.values().flat_map(|keys| [&keys.root, &keys.province]);
        of_provinces.chain([&self.distributor]).collect()
    }
}
