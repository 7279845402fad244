//! Keys, algorithms, JWS, digests, sealed files. The only crate that names ring, sm2 and age.
