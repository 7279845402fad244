//! Whether the credential is the firm's: its subject, its name, its key, and the holder's signature
//! over this very presentation (formats.md §5; RFC 9901 §7.3).

use std::sync::Arc;

use zizhi_credential::sdjwt::{Claims, KbPolicy, KeyBinding, SdJwtError};
use zizhi_crypto::PublicKey;
use zizhi_model::{Check, CheckCode, Json, OrgId, Outcome};

use crate::context::{Context, bare};
use crate::credential::refused;

/// Types that say that a branch or subsidiary belongs to its parent, with the claim that names it.
const LICENCES: &[&str] = &["branch-licence", "business-licence"];
const PARENT: &str = "parent_uscc";

/// What a presentation offers to bind it to the holder.
pub(crate) struct Held<'u> {
    pub key: Result<PublicKey, SdJwtError>,
    pub binding: Option<KeyBinding<'u>>,
}

/// Checks holder key and key binding.
pub(crate) fn key(context: &Context<'_>, held: &Held<'_>, issued_at: i64, at: &Arc<str>) -> Vec<Check> {
    let mut checks = Vec::with_capacity(5);
    let key = match &held.key {
        Ok(key) => key,
        Err(error) => return vec![refused(error, at)],
    };
    let same = *key == context.manifest.key;
    let outcome = if same { Outcome::Pass } else { Outcome::Fail };
    checks.push(Check::new(CheckCode::HolderKey, outcome, at));
    let Some(binding) = &held.binding else {
        checks.push(Check::new(CheckCode::KbMissing, Outcome::Fail, at));
        return checks;
    };
    let policy = KbPolicy {
        aud: context.aud,
        nonce: &context.manifest.nonce,
        not_before: issued_at,
        reference: Some(context.manifest.iat),
        now: context.now(),
        skew: context.limits.clock_skew_seconds,
    };
    let broken = binding.check(key, &policy);
    if broken.is_empty() {
        checks.extend(
            [CheckCode::KbAud, CheckCode::KbNonce, CheckCode::KbSdhash, CheckCode::KbTime]
                .map(|code| Check::new(code, Outcome::Pass, at)),
        );
    }
    checks.extend(broken.into_iter().map(|(code, facts)| {
        let mut check = Check::new(code, Outcome::Fail, at);
        check.facts = facts;
        check
    }));
    checks
}

/// The organisations that licences in the dossier tie to the firm.
#[derive(Debug, Default)]
pub(crate) struct Licensed {
    /// By licences that hold.
    pub proved: Vec<String>,
    /// By licences that could not be decided on: the same question is open for what is theirs.
    pub open: Vec<String>,
}

/// Checks that the credential is about the firm, or about a branch or subsidiary of it that the firm
/// names and a licence in the dossier ties to it. Pending where nobody can say whether that licence holds.
pub(crate) fn subject(
    context: &Context<'_>,
    claims: &Claims<'_>,
    licensed: &Licensed,
    at: &Arc<str>,
) -> Vec<Check> {
    let firm = &context.manifest.firm;
    let holder = match OrgId::parse(&claims.subject) {
        Ok(holder) => holder,
        Err(error) => {
            let told = |code| Check::new(code, Outcome::Fail, at).with("found", claims.subject.to_string());
            // formats.md §0: the check character of an organisation must hold.
            return vec![
                told(CheckCode::FmtUscc).with("reason", error.to_string()),
                told(CheckCode::SubjUscc).with("expected", firm.uscc.to_string()),
            ];
        }
    };
    if *holder.uscc() == firm.uscc {
        return vec![Check::new(CheckCode::SubjUscc, Outcome::Pass, at), name(context, &claims.name, at)];
    }
    let code = holder.uscc().to_string();
    let outcome = match context.related.contains(&code) {
        true if licensed.proved.contains(&code) => Outcome::Pass,
        true if licensed.open.contains(&code) => Outcome::Pending,
        _ => Outcome::Fail,
    };
    let check = Check::new(CheckCode::SubjUscc, outcome, at);
    vec![if outcome == Outcome::Pass {
        check
    } else {
        // The credential itself names whom it is about.
        let check = check.with("expected", firm.uscc.to_string()).with("found", code);
        if claims.name.is_empty() { check } else { check.with("found_name", claims.name.to_string()) }
    }]
}

/// The organisation that a licence ties to the firm, if it does.
pub(crate) fn licensed(type_id: &str, claims: &Claims<'_>, payload: &Json<'_>, firm: &str) -> Option<String> {
    let parent = payload.get(PARENT).and_then(Json::as_str)?;
    if !LICENCES.contains(&type_id) || bare(parent) != firm {
        return None;
    }
    OrgId::parse(&claims.subject).ok().map(|org| org.uscc().to_string())
}

/// Papers under an earlier name are the normal case after a move: the name has to be the place where
/// the firm is (企业名称登记管理规定 art. 7). A chain of names with evidence resolves it.
fn name(context: &Context<'_>, name: &str, at: &Arc<str>) -> Check {
    let firm = &context.manifest.firm;
    if name == firm.name {
        return Check::new(CheckCode::SubjName, Outcome::Pass, at);
    }
    let former = firm.former_names.iter().find(|former| former.name == name);
    let proved = former.and_then(|former| former.evidence.as_deref()).is_some_and(|evidence| {
        let manifest = context.manifest;
        manifest.attachments.iter().any(|entry| entry.path == evidence || entry.name == evidence)
            || manifest.credentials.iter().any(|entry| entry.path == evidence)
    });
    let outcome = if proved { Outcome::Info } else { Outcome::Warning };
    Check::new(CheckCode::SubjName, outcome, at)
        .with("expected", firm.name.clone())
        .with("found", name.to_owned())
}
