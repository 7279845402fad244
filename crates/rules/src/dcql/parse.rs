//! Reading a query (OpenID4VP 1.0 §6.1 to §6.3).

use serde_json::{Map, Value};

use super::error::{DcqlError, DcqlProblem};
use super::path::Step;
use super::{ClaimQuery, CredentialQuery, CredentialSet, Query, SD_JWT_VC, TrustedAuthority};
use crate::certlogic::shorten;
use crate::pointer;

/// Entries of any list of a query. A checklist item asks for one to five credentials.
const MAX_ENTRIES: usize = 256;

/// What to do with a member that the specification does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    Refuse,
    Ignore,
}

pub(super) fn query(value: &Value, unknown: Unknown) -> Result<Query, DcqlError> {
    Reader { at: Vec::new(), unknown }.query(value)
}

struct Reader {
    at: Vec<String>,
    unknown: Unknown,
}

type Read<T> = Result<T, DcqlError>;

impl Reader {
    fn query(&mut self, value: &Value) -> Read<Query> {
        let members = self.object(value, "an object")?;
        self.known(members, &["credentials", "credential_sets"])?;
        let credentials = self.required(members, "credentials", |reader, value| {
            let credentials = reader.list(value, |reader, value| reader.credential(value))?;
            reader.unique(credentials.iter().map(|credential| Some(credential.id.as_str())))?;
            Ok(credentials)
        })?;
        let ids: Vec<&str> = credentials.iter().map(|credential| credential.id.as_str()).collect();
        let credential_sets = self.optional(members, "credential_sets", |reader, value| {
            reader.list(value, |reader, value| reader.credential_set(value, &ids))
        })?;
        Ok(Query { credential_sets: credential_sets.unwrap_or_default(), credentials })
    }

    fn credential(&mut self, value: &Value) -> Read<CredentialQuery> {
        let members = self.object(value, "an object")?;
        self.known(
            members,
            &[
                "id",
                "format",
                "multiple",
                "meta",
                "trusted_authorities",
                "require_cryptographic_holder_binding",
                "claims",
                "claim_sets",
            ],
        )?;
        let id = self.required(members, "id", Self::id)?;
        let format = self.required(members, "format", |reader, value| reader.text(value))?;
        let multiple = self.optional(members, "multiple", Self::truth)?.unwrap_or(false);
        let ours = format == SD_JWT_VC;
        let vct_values = self.required(members, "meta", |reader, value| reader.meta(value, &format))?;
        let trusted_authorities = self
            .optional(members, "trusted_authorities", |reader, value| {
                reader.list(value, |reader, value| reader.authority(value))
            })?
            .unwrap_or_default();
        let require_holder_binding =
            self.optional(members, "require_cryptographic_holder_binding", Self::truth)?.unwrap_or(true);
        let claims = self.optional(members, "claims", |reader, value| {
            let claims = reader.list(value, |reader, value| reader.claim(value, ours))?;
            reader.unique(claims.iter().map(|claim| claim.id.as_deref()))?;
            reader.distinct(&claims)?;
            Ok(claims)
        })?;
        let claim_sets = self.optional(members, "claim_sets", |reader, value| {
            let claims = claims.as_deref().ok_or_else(|| reader.error(DcqlProblem::ClaimSetsAlone))?;
            reader.claim_sets(value, claims)
        })?;
        if claim_sets.is_some() {
            // §6.3: an id is required if claim_sets is present.
            for (index, claim) in claims.iter().flatten().enumerate() {
                if claim.id.is_none() {
                    self.at.extend(["claims".to_owned(), index.to_string()]);
                    return Err(self.error(DcqlProblem::Missing { member: "id" }));
                }
            }
        }
        Ok(CredentialQuery {
            id,
            format,
            multiple,
            vct_values,
            trusted_authorities,
            require_holder_binding,
            claims: claims.unwrap_or_default(),
            claim_sets: claim_sets.unwrap_or_default(),
        })
    }

    fn meta(&mut self, value: &Value, format: &str) -> Read<Option<Vec<String>>> {
        let members = self.object(value, "an object")?;
        match format {
            SD_JWT_VC => {
                self.known(members, &["vct_values"])?;
                self.optional(members, "vct_values", |reader, value| {
                    reader.list(value, |reader, value| reader.text(value))
                })
            }
            // The parameters of other formats are theirs; nothing of such a query can match.
            _ => Ok(None),
        }
    }

    fn authority(&mut self, value: &Value) -> Read<TrustedAuthority> {
        let members = self.object(value, "an object")?;
        self.known(members, &["type", "values"])?;
        Ok(TrustedAuthority {
            kind: self.required(members, "type", |reader, value| reader.text(value))?,
            values: self.required(members, "values", |reader, value| {
                reader.list(value, |reader, value| reader.text(value))
            })?,
        })
    }

    fn claim(&mut self, value: &Value, ours: bool) -> Read<ClaimQuery> {
        let members = self.object(value, "an object")?;
        let known: &[&str] =
            if ours { &["id", "path", "values"] } else { &["id", "path", "values", "intent_to_retain"] };
        self.known(members, known)?;
        Ok(ClaimQuery {
            id: self.optional(members, "id", Self::id)?,
            path: self.required(members, "path", |reader, value| reader.list(value, Self::step))?,
            values: self
                .optional(members, "values", |reader, value| reader.list(value, Self::claim_value))?
                .unwrap_or_default(),
        })
    }

    fn step(&mut self, value: &Value) -> Read<Step> {
        const EXPECTED: &str = "a text, null or a whole number from 0";
        match value {
            Value::String(key) => Ok(Step::Key(key.clone())),
            Value::Null => Ok(Step::All),
            Value::Number(number) => number
                .as_u64()
                .and_then(|number| usize::try_from(number).ok())
                .map(Step::Index)
                .ok_or_else(|| self.error(DcqlProblem::Type { expected: EXPECTED })),
            _ => Err(self.error(DcqlProblem::Type { expected: EXPECTED })),
        }
    }

    fn claim_value(&mut self, value: &Value) -> Read<Value> {
        match value {
            Value::String(_) | Value::Bool(_) => Ok(value.clone()),
            Value::Number(number) if number.is_i64() => Ok(value.clone()),
            _ => {
                let expected = "a text, a whole number or a truth value";
                Err(self.error(DcqlProblem::Type { expected }))
            }
        }
    }

    fn claim_sets(&mut self, value: &Value, claims: &[ClaimQuery]) -> Read<Vec<Vec<usize>>> {
        self.list(value, |reader, value| {
            reader.list(value, |reader, value| {
                let id = reader.id(value)?;
                let index = claims.iter().position(|claim| claim.id.as_deref() == Some(id.as_str()));
                index.ok_or_else(|| reader.error(DcqlProblem::UnknownId { id: shorten(&id, 60) }))
            })
        })
    }

    fn credential_set(&mut self, value: &Value, ids: &[&str]) -> Read<CredentialSet> {
        let members = self.object(value, "an object")?;
        self.known(members, &["options", "required"])?;
        let options = self.required(members, "options", |reader, value| {
            reader.list(value, |reader, value| {
                reader.list(value, |reader, value| {
                    let id = reader.id(value)?;
                    let index = ids.iter().position(|known| *known == id);
                    index.ok_or_else(|| reader.error(DcqlProblem::UnknownId { id: shorten(&id, 60) }))
                })
            })
        })?;
        let required = self.optional(members, "required", Self::truth)?.unwrap_or(true);
        Ok(CredentialSet { options, required })
    }

    /// §6.1: "Verifiers MUST NOT point to the same claim more than once", and a reader of other people's
    /// queries ignores the second.
    fn distinct(&mut self, claims: &[ClaimQuery]) -> Read<()> {
        if self.unknown == Unknown::Ignore {
            return Ok(());
        }
        for (index, claim) in claims.iter().enumerate() {
            if claims.iter().take(index).any(|earlier| earlier.path == claim.path) {
                self.at.extend([index.to_string(), "path".to_owned()]);
                return Err(self.error(DcqlProblem::DuplicatePath));
            }
        }
        Ok(())
    }

    fn unique<'i>(&mut self, ids: impl Iterator<Item = Option<&'i str>>) -> Read<()> {
        let mut seen: Vec<&str> = Vec::new();
        for (index, id) in ids.enumerate() {
            let Some(id) = id else { continue };
            if seen.contains(&id) {
                self.at.extend([index.to_string(), "id".to_owned()]);
                return Err(self.error(DcqlProblem::DuplicateId { id: shorten(id, 60) }));
            }
            seen.push(id);
        }
        Ok(())
    }

    fn error(&self, problem: DcqlProblem) -> DcqlError {
        DcqlError { at: pointer::render(&self.at), problem }
    }

    fn wrong_type<T>(&self, expected: &'static str) -> Read<T> {
        Err(self.error(DcqlProblem::Type { expected }))
    }

    fn object<'v>(&self, value: &'v Value, expected: &'static str) -> Read<&'v Map<String, Value>> {
        value.as_object().ok_or_else(|| self.error(DcqlProblem::Type { expected }))
    }

    fn known(&mut self, members: &Map<String, Value>, known: &[&str]) -> Read<()> {
        if self.unknown == Unknown::Ignore {
            return Ok(());
        }
        match members.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                self.at.push(key.clone());
                Err(self.error(DcqlProblem::Unknown { member: shorten(key, 60) }))
            }
        }
    }

    fn required<T>(
        &mut self,
        members: &Map<String, Value>,
        member: &'static str,
        read: impl FnOnce(&mut Self, &Value) -> Read<T>,
    ) -> Read<T> {
        self.optional(members, member, read)?.ok_or_else(|| self.error(DcqlProblem::Missing { member }))
    }

    fn optional<T>(
        &mut self,
        members: &Map<String, Value>,
        member: &'static str,
        read: impl FnOnce(&mut Self, &Value) -> Read<T>,
    ) -> Read<Option<T>> {
        let Some(value) = members.get(member) else { return Ok(None) };
        self.at.push(member.to_owned());
        let read = read(self, value)?;
        self.at.pop();
        Ok(Some(read))
    }

    /// A list that must hold something.
    fn list<T>(&mut self, value: &Value, mut read: impl FnMut(&mut Self, &Value) -> Read<T>) -> Read<Vec<T>> {
        let Some(items) = value.as_array() else { return self.wrong_type("a list") };
        if items.is_empty() {
            return Err(self.error(DcqlProblem::Empty));
        }
        if items.len() > MAX_ENTRIES {
            return Err(self.error(DcqlProblem::TooMany { limit: MAX_ENTRIES }));
        }
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            self.at.push(index.to_string());
            list.push(read(self, item)?);
            self.at.pop();
        }
        Ok(list)
    }

    fn text(&mut self, value: &Value) -> Read<String> {
        match value {
            Value::String(text) if !text.is_empty() => Ok(text.clone()),
            _ => self.wrong_type("a text"),
        }
    }

    fn truth(&mut self, value: &Value) -> Read<bool> {
        value.as_bool().ok_or_else(|| self.error(DcqlProblem::Type { expected: "true or false" }))
    }

    fn id(&mut self, value: &Value) -> Read<String> {
        let Value::String(id) = value else { return self.wrong_type("an id as text") };
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if id.is_empty() || !id.bytes().all(allowed) {
            return Err(self.error(DcqlProblem::Id));
        }
        Ok(id.clone())
    }
}
