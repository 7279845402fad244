//! Targets and delegations: who vouches for which files (TUF 1.0 §4.5).

use serde::Deserialize;
use serde_json::value::RawValue;
use zizhi_crypto::digest;

use super::envelope::{Envelope, Head};
use super::keys::{KeyRing, RoleKeys, RoleKeysText};
use super::pairs::Pairs;
use super::snapshot::{Hashes, HashesText};
use crate::error::RoleDefect;

/// A targets role whose form is right.
#[derive(Debug, Clone)]
pub struct Targets {
    /// Version and end.
    pub head: Head,
    /// Files by path, sorted by it.
    targets: Vec<(Box<str>, TargetInfo)>,
    /// To whom it delegates.
    pub delegations: Delegations,
}

/// Length and digests of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetInfo {
    /// Bytes.
    pub length: u64,
    /// Digests.
    pub hashes: Hashes,
}

/// To whom a targets role delegates, in its order.
#[derive(Debug, Clone, Default)]
pub struct Delegations {
    /// The keys of the delegated roles.
    pub keys: KeyRing,
    /// The delegated roles.
    pub roles: Vec<Delegation>,
}

/// One delegation.
#[derive(Debug, Clone)]
pub struct Delegation {
    /// Name of the role.
    pub name: String,
    /// Who signs for it.
    pub keys: RoleKeys,
    /// Whether roles after it are not asked about its paths.
    pub terminating: bool,
    paths: Paths,
}

#[derive(Debug, Clone)]
enum Paths {
    /// Patterns with `*` and `?`, neither of which stands for a slash.
    Patterns(Vec<String>),
    /// Beginnings of the SHA-256 of a path, in hexadecimal.
    HashPrefixes(Vec<String>),
}

#[derive(Deserialize)]
struct TargetsText<'a> {
    #[serde(borrow)]
    targets: Pairs<Box<str>, TargetText<'a>>,
    #[serde(borrow)]
    delegations: Option<DelegationsText<'a>>,
}

#[derive(Deserialize)]
struct TargetText<'a> {
    length: u64,
    #[serde(borrow)]
    hashes: HashesText<'a>,
}

#[derive(Deserialize)]
struct DelegationsText<'a> {
    #[serde(borrow)]
    keys: Pairs<String, &'a RawValue>,
    roles: Vec<DelegationText>,
}

#[derive(Deserialize)]
struct DelegationText {
    name: String,
    #[serde(flatten)]
    keys: RoleKeysText,
    terminating: bool,
    paths: Option<Vec<String>>,
    path_hash_prefixes: Option<Vec<String>>,
}

impl Targets {
    /// Reads the signed part of `envelope`.
    ///
    /// # Errors
    /// [`RoleDefect::Malformed`] or [`RoleDefect::Json`].
    pub fn read(envelope: &Envelope<'_>) -> Result<Self, RoleDefect> {
        let head = envelope.head("targets")?;
        let text: TargetsText<'_> = serde_json::from_str(envelope.signed())
            .map_err(|_| RoleDefect::Malformed("not a targets role"))?;
        let mut targets = Vec::with_capacity(text.targets.0.len());
        for (path, target) in text.targets.0 {
            let hashes = Hashes::read(target.hashes)?;
            targets.push((path, TargetInfo { length: target.length, hashes }));
        }
        if !targets.is_sorted_by(|(one, _), (next, _)| one < next) {
            targets.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        }
        let delegations = text.delegations.map(|text| Delegations::read(text)).transpose()?;
        Ok(Self { head, targets, delegations: delegations.unwrap_or_default() })
    }

    /// The file `path`, if this role itself lists it.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&TargetInfo> {
        let at = self.targets.binary_search_by(|(listed, _)| listed.as_ref().cmp(path)).ok()?;
        self.targets.get(at).map(|(_, info)| info)
    }

    /// The files under a folder, such as `types/`.
    pub fn under(&self, prefix: &str) -> impl Iterator<Item = (&str, &TargetInfo)> {
        let start = self.targets.partition_point(|(listed, _)| listed.as_ref() < prefix);
        let rest = self.targets.get(start..).unwrap_or_default();
        rest.iter()
            .take_while(move |(path, _)| path.starts_with(prefix))
            .map(|(path, info)| (path.as_ref(), info))
    }

    /// Every file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &TargetInfo)> {
        self.targets.iter().map(|(path, info)| (path.as_ref(), info))
    }
}

impl Delegations {
    fn read(text: DelegationsText<'_>) -> Result<Self, RoleDefect> {
        let keys = KeyRing::read(text.keys)?;
        let mut roles: Vec<Delegation> = Vec::with_capacity(text.roles.len());
        for role in text.roles {
            // A delegated role with the name of a top-level one would be looked for in its file.
            if matches!(role.name.as_str(), "" | "root" | "timestamp" | "snapshot" | "targets") {
                return Err(RoleDefect::Malformed("a delegated role with a reserved name"));
            }
            if roles.iter().any(|earlier| earlier.name == role.name) {
                return Err(RoleDefect::Malformed("two delegations to one role"));
            }
            // §4.5: "In order to differentiate … MUST specify only one of the path_hash_prefixes or
            // paths attributes."
            let paths = match (role.paths, role.path_hash_prefixes) {
                (Some(patterns), None) => Paths::Patterns(patterns),
                (None, Some(prefixes)) => Paths::HashPrefixes(prefixes),
                _ => return Err(RoleDefect::Malformed("a delegation has either paths or hash prefixes")),
            };
            let keys = role.keys.read()?;
            roles.push(Delegation { name: role.name, keys, terminating: role.terminating, paths });
        }
        Ok(Self { keys, roles })
    }
}

impl Delegation {
    /// Whether the role may vouch for `path`.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        match &self.paths {
            Paths::Patterns(patterns) => patterns.iter().any(|pattern| matches_pattern(path, pattern)),
            Paths::HashPrefixes(prefixes) => {
                let name = digest::hex(&digest::sha256(path.as_bytes()));
                prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()))
            }
        }
    }
}

/// Shell-style matching, slash by slash: `issuers/31/*` covers no deeper folder.
fn matches_pattern(path: &str, pattern: &str) -> bool {
    let mut parts = path.split('/');
    let mut patterns = pattern.split('/');
    loop {
        match (parts.next(), patterns.next()) {
            (None, None) => return true,
            (Some(part), Some(pattern)) if matches_part(part, pattern) => {}
            _ => return false,
        }
    }
}

/// `*` stands for any text and `?` for one character. Linear but for the last star, which is tried
/// again one character later: no pattern can make it exponential.
fn matches_part(part: &str, pattern: &str) -> bool {
    let (mut rest, mut wanted) = (part.chars(), pattern.chars());
    let mut star: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let after_star = wanted.clone();
        match wanted.next() {
            Some('*') => star = Some((rest.clone(), wanted.clone())),
            Some(symbol) => match rest.next() {
                Some(character) if symbol == '?' || symbol == character => {}
                _ if !retry(&mut star, &mut rest, &mut wanted) => return false,
                _ => {}
            },
            None if rest.as_str().is_empty() => return true,
            None => {
                wanted = after_star;
                if !retry(&mut star, &mut rest, &mut wanted) {
                    return false;
                }
            }
        }
    }
}

/// Lets the last star stand for one character more.
fn retry<'a>(
    star: &mut Option<(std::str::Chars<'a>, std::str::Chars<'a>)>,
    rest: &mut std::str::Chars<'a>,
    wanted: &mut std::str::Chars<'a>,
) -> bool {
    let Some((from, pattern)) = star else { return false };
    if from.next().is_none() {
        return false;
    }
    *rest = from.clone();
    *wanted = pattern.clone();
    true
}
