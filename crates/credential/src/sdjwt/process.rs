//! Disclosures put in place of their digests (RFC 9901 §7.1, step 3 to 5).

use std::borrow::Cow;
use std::collections::HashSet;
use std::mem;

use data_encoding::BASE64URL_NOPAD;
use zizhi_crypto::Algorithm;
use zizhi_crypto::digest::HashAlgorithm;
use zizhi_model::check::CheckCode;
use zizhi_model::json::{self, Json, Object, Profile};
use zizhi_model::limits::Limits;

use super::claims;
use super::compact::Compact;
use super::contents::Reading;
use super::error::{SdJwtError, rule};
use crate::path::{Path, Step};

/// Characters of base64url that 128 bits need (formats.md §1).
pub(crate) const SALT_CHARACTERS: usize = 22;

/// Characters of a digest.
const DIGEST_CHARACTERS: usize = 43;

/// Above this many members a set is faster than comparing each with each.
const SET_FROM: usize = 32;

/// Which rules count beside RFC 9901's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// formats.md §1.
    Ours,
    /// SD-JWT VC of other people.
    Vc,
    /// Any SD-JWT.
    Any,
}

/// One disclosure that found its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure<'u> {
    /// Where its value stands in the processed payload.
    pub path: Path<'u>,
    /// Its salt.
    pub salt: Cow<'u, str>,
    /// The text that was sent, and over which the digest is made.
    pub text: &'u str,
    /// The disclosure inside whose value the digest stood, as a place in the same list.
    pub parent: Option<usize>,
}

impl Disclosure<'_> {
    /// The name of the claim; an element of an array has none.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self.path.steps().next_back() {
            Some(Step::Member(name)) => Some(name),
            _ => None,
        }
    }
}

/// What is left when every disclosure is in its place.
#[derive(Debug)]
pub(crate) struct Processed<'u> {
    pub(crate) payload: Json<'u>,
    pub(crate) disclosures: Vec<Disclosure<'u>>,
    pub(crate) undisclosed: usize,
}

/// Reads a signed payload, which is an object.
pub(crate) fn payload<'u>(
    bytes: &'u [u8],
    limits: &Limits,
    profile: Profile,
) -> Result<Json<'u>, SdJwtError> {
    match json::read(bytes, limits.json_depth, profile) {
        Ok(object @ Json::Object(_)) => Ok(object),
        Ok(_) => Err(SdJwtError::new(CheckCode::FmtJson, rule::JSON)),
        Err(error) => Err(SdJwtError::json(&error)),
    }
}

/// RFC 9901 §4.1.1 and formats.md §1: `sha-256` unless said otherwise, `sm3` only beside SM2-SM3.
pub(crate) fn hash_algorithm(payload: &Json<'_>, alg: &str) -> Result<HashAlgorithm, SdJwtError> {
    let refused = SdJwtError::invalid(rule::SD_ALG);
    let Some(name) = payload.get("_sd_alg") else { return Ok(HashAlgorithm::Sha256) };
    let name = name.as_str().ok_or_else(|| refused.clone())?;
    match HashAlgorithm::parse(name) {
        Some(hash) if hash == HashAlgorithm::Sha256 || Algorithm::parse(alg) == Some(Algorithm::Sm2Sm3) => {
            Ok(hash)
        }
        _ => Err(refused.about(name)),
    }
}

/// RFC 9901 §7.1, step 3 to 5.
pub(crate) fn disclose<'u>(
    compact: &'u Compact<'u>,
    mut payload: Json<'u>,
    hash: HashAlgorithm,
    rules: Rules,
) -> Result<Processed<'u>, SdJwtError> {
    // 3.a. The digest of each disclosure, over its base64url text.
    let mut waiting: Vec<Waiting> = Vec::with_capacity(compact.disclosures.len());
    for (index, encoded) in compact.disclosures.iter().enumerate() {
        let mut digest = [0; DIGEST_CHARACTERS];
        BASE64URL_NOPAD.encode_mut(&hash.digest(encoded.text.as_bytes()), &mut digest);
        waiting.push(Waiting { start: start(&digest), digest, index, placed: false });
    }
    waiting.sort_unstable_by(|a, b| a.start.cmp(&b.start).then_with(|| a.digest.cmp(&b.digest)));
    if waiting.windows(2).any(|pair| matches!(pair, [a, b] if a.start == b.start && a.digest == b.digest)) {
        return Err(SdJwtError::invalid(rule::REPEATED_DISCLOSURE));
    }

    let mut walk = Walk {
        compact,
        rules,
        reading: Reading {
            max_depth: compact.limits.json_depth,
            profile: if rules == Rules::Ours { Profile::Strict } else { Profile::Foreign },
        },
        waiting,
        digests: Vec::with_capacity(32),
        path: Vec::new(),
        placed: Vec::with_capacity(compact.disclosures.len()),
        undisclosed: 0,
    };
    // 3.f. `_sd_alg` has done its work.
    if let Json::Object(object) = &mut payload {
        object.remove("_sd_alg");
    }
    walk.value(&mut payload, None, Ground::Top)?;

    // 4. Any digest value that is met more than once, with a disclosure or without.
    if repeats(walk.digests.iter().map(|digest| digest.as_bytes())) {
        return Err(SdJwtError::invalid(rule::REPEATED_DIGEST));
    }
    // 5. Any disclosure that no digest refers to.
    if walk.waiting.iter().any(|waiting| !waiting.placed) {
        return Err(SdJwtError::invalid(rule::UNREFERENCED_DISCLOSURE));
    }
    if rules == Rules::Ours {
        check_salts(&walk.placed)?;
    }
    Ok(Processed { payload, disclosures: walk.placed, undisclosed: walk.undisclosed })
}

/// formats.md §1: no salt twice, none below 128 bits.
fn check_salts(placed: &[Disclosure<'_>]) -> Result<(), SdJwtError> {
    if placed.iter().any(|disclosure| disclosure.salt.len() < SALT_CHARACTERS) {
        return Err(SdJwtError::invalid(rule::SHORT_SALT));
    }
    if repeats(placed.iter().map(|disclosure| disclosure.salt.as_bytes())) {
        return Err(SdJwtError::invalid(rule::REUSED_SALT));
    }
    Ok(())
}

/// Whether one of the texts is there twice.
fn repeats<'t>(texts: impl Iterator<Item = &'t [u8]>) -> bool {
    let mut texts: Vec<(u64, &[u8])> = texts.map(|text| (start(text), text)).collect();
    texts.sort_unstable();
    texts.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

/// The beginning of a text as a number: digests and salts rarely agree in it, so comparing it first
/// mostly settles the matter.
fn start(text: &[u8]) -> u64 {
    text.first_chunk().map_or(0, |chunk| u64::from_be_bytes(*chunk))
}

/// A disclosure whose digest has not been met yet, or has.
struct Waiting {
    /// As [`start`] of `digest`.
    start: u64,
    digest: [u8; DIGEST_CHARACTERS],
    index: usize,
    placed: bool,
}

/// Where in the payload the walk is, as far as rules differ by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// The payload itself.
    Top,
    /// Inside a claim that everybody sees whole.
    Visible,
    /// Anywhere else.
    Open,
}

struct Walk<'u> {
    compact: &'u Compact<'u>,
    rules: Rules,
    reading: Reading,
    waiting: Vec<Waiting>,
    /// Every digest that was met.
    digests: Vec<Cow<'u, str>>,
    /// The steps from the payload to where the walk is.
    path: Vec<Step<'u>>,
    placed: Vec<Disclosure<'u>>,
    undisclosed: usize,
}

impl<'u> Walk<'u> {
    fn value(
        &mut self,
        value: &mut Json<'u>,
        parent: Option<usize>,
        ground: Ground,
    ) -> Result<(), SdJwtError> {
        match value {
            Json::Object(object) => self.object(object, parent, ground),
            Json::Array(elements) => self.array(elements, parent, ground),
            _ => Ok(()),
        }
    }

    /// One step further down. Disclosures inside disclosures count as the nesting that they make.
    fn deeper(&mut self, step: Step<'u>) -> Result<(), SdJwtError> {
        self.path.push(step);
        if self.path.len() >= self.compact.limits.json_depth {
            return Err(SdJwtError::new(CheckCode::LimitDepth, rule::DEPTH));
        }
        Ok(())
    }

    fn object(
        &mut self,
        object: &mut Object<'u>,
        parent: Option<usize>,
        ground: Ground,
    ) -> Result<(), SdJwtError> {
        let mut digests = None;
        for (place, (name, _)) in object.0.iter().enumerate() {
            match name.as_ref() {
                "_sd" => digests = Some(place),
                // §4.1.1: only at the top level, from where it is gone by now.
                "_sd_alg" => return Err(SdJwtError::invalid(rule::SD_ALG_NESTED)),
                // §4.1, rule 7: only to convey a digest, which elements of arrays do.
                "..." => return Err(SdJwtError::invalid(rule::ELLIPSIS_FORM)),
                _ => {}
            }
        }
        // 3.b.i and 3.e.
        let digests = digests.map(|place| object.0.remove(place).1);
        let visible = object.0.len();
        let first = self.placed.len();
        if let Some(digests) = digests {
            self.members(object, digests, parent, ground)?;
        }
        // 3.c.ii.5. The children are visited after all members are there, so a disclosure's record
        // stands at `first` plus its place among the disclosed members.
        for (place, (name, value)) in object.0.iter_mut().enumerate() {
            if !matches!(value, Json::Object(_) | Json::Array(_)) {
                continue;
            }
            let parent = place.checked_sub(visible).map(|offset| first + offset).or(parent);
            let ground = match ground {
                Ground::Top if claims::always_visible(name, self.rules) => Ground::Visible,
                Ground::Top => Ground::Open,
                inside => inside,
            };
            self.deeper(Step::Member(name.clone()))?;
            self.value(value, parent, ground)?;
            self.path.pop();
        }
        Ok(())
    }

    /// Adds the members whose digests stand in `_sd`.
    fn members(
        &mut self,
        object: &mut Object<'u>,
        digests: Json<'u>,
        parent: Option<usize>,
        ground: Ground,
    ) -> Result<(), SdJwtError> {
        let malformed = || SdJwtError::invalid(rule::SD_FORM);
        let Json::Array(digests) = digests else { return Err(malformed()) };
        let mut names: Option<HashSet<Cow<'u, str>>> = None;
        object.0.reserve(digests.len().min(self.compact.disclosures.len()));
        for digest in digests {
            let Json::Str(digest) = digest else { return Err(malformed()) };
            let Some(index) = self.take(digest) else { continue };
            // A decoy does no harm there; a disclosure is one that must not be.
            if ground == Ground::Visible {
                return Err(self.hidden());
            }
            let (salt, name, value) = self.reading.member(self.contents(index))?;
            if ground == Ground::Top && claims::always_visible(&name, self.rules) {
                return Err(SdJwtError::invalid(rule::HIDDEN_CLAIM).about(&name));
            }
            // 3.c.ii.3.
            let shadows = if object.0.len() < SET_FROM {
                object.contains(&name)
            } else {
                let names =
                    names.get_or_insert_with(|| object.0.iter().map(|(name, _)| name.clone()).collect());
                !names.insert(name.clone())
            };
            if shadows {
                return Err(SdJwtError::invalid(rule::SHADOWED_CLAIM).about(&name));
            }
            self.record(index, salt, Step::Member(name.clone()), parent);
            // 3.c.ii.4.
            object.0.push((name, value));
        }
        Ok(())
    }

    fn array(
        &mut self,
        elements: &mut Vec<Json<'u>>,
        parent: Option<usize>,
        ground: Ground,
    ) -> Result<(), SdJwtError> {
        let whole = elements.len();
        for mut element in mem::replace(elements, Vec::with_capacity(whole)) {
            // The place in the output: elements that stay hidden leave no gap (3.d).
            let here = elements.len();
            let mut inside = parent;
            if let Some(digest) = element_digest(&mut element)? {
                let Some(index) = self.take(digest) else { continue };
                if ground == Ground::Visible {
                    return Err(self.hidden());
                }
                let (salt, value) = self.reading.element(self.contents(index))?;
                inside = Some(self.placed.len());
                self.record(index, salt, Step::Element(here), parent);
                // 3.c.iii.2.
                element = value;
            }
            if matches!(element, Json::Object(_) | Json::Array(_)) {
                self.deeper(Step::Element(here))?;
                // 3.c.iii.3.
                self.value(&mut element, inside, ground)?;
                self.path.pop();
            }
            elements.push(element);
        }
        Ok(())
    }

    /// 3.c.i: the disclosure of a digest, if it was sent.
    fn take(&mut self, digest: Cow<'u, str>) -> Option<usize> {
        let start = start(digest.as_bytes());
        let first = self.waiting.partition_point(|waiting| waiting.start < start);
        let mut alike = self.waiting.iter_mut().skip(first).take_while(|waiting| waiting.start == start);
        let found = alike.find(|waiting| waiting.digest == digest.as_bytes());
        // A second time is a repeated digest, which is found at the end.
        let index =
            found.and_then(|waiting| (!mem::replace(&mut waiting.placed, true)).then_some(waiting.index));
        self.digests.push(digest);
        self.undisclosed += usize::from(index.is_none());
        index
    }

    /// The bytes of the disclosure that a digest refers to.
    fn contents(&self, index: usize) -> &'u [u8] {
        self.compact.disclosures.get(index).map_or(&[], |encoded| self.compact.bytes(&encoded.bytes))
    }

    fn record(&mut self, index: usize, salt: Cow<'u, str>, step: Step<'u>, parent: Option<usize>) {
        let path = Path::below(&self.path, step);
        let text = self.compact.disclosures.get(index).map_or("", |encoded| encoded.text);
        self.placed.push(Disclosure { path, salt, text, parent });
    }

    /// The always visible claim inside which the walk is, as a refusal.
    fn hidden(&self) -> SdJwtError {
        let refused = SdJwtError::invalid(rule::HIDDEN_CLAIM);
        match self.path.first() {
            Some(Step::Member(name)) => refused.about(name),
            _ => refused,
        }
    }
}

/// 3.b.ii: the digest that an element of an array stands for.
fn element_digest<'u>(element: &mut Json<'u>) -> Result<Option<Cow<'u, str>>, SdJwtError> {
    let Json::Object(object) = element else { return Ok(None) };
    // §4.2.4.2: no other keys, and a string.
    match object.0.as_mut_slice() {
        [(name, value)] if name == "..." => match value {
            Json::Str(digest) => Ok(Some(mem::take(digest))),
            _ => Err(SdJwtError::invalid(rule::ELLIPSIS_FORM)),
        },
        _ => Ok(None),
    }
}
