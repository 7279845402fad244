//! What this crate promises, tested through its public face.

#[cfg(test)]
mod defects;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod issuing;
#[cfg(test)]
mod presenting;
#[cfg(test)]
mod serialized;
#[cfg(test)]
mod status;
#[cfg(test)]
mod support;
#[cfg(test)]
mod types;
#[cfg(test)]
mod vectors;
