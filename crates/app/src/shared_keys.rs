//! Firms of the register that have the same public key: mostly a file of one firm was entered for another.
//!
//! It is said and not forbidden, since firms of one group may keep one key between them.

use std::collections::HashMap;

use zizhi_crypto::PublicKey;
use zizhi_model::{Text, Uscc};
use zizhi_store::{FirmKey, Reader};

use crate::failure::{Failure, told};
use crate::incubator::Incubator;

/// Firms that one message names.
const NAMED: usize = 3;

/// The firms of the register by their keys.
#[derive(Debug, Default)]
pub(crate) struct KeyHolders {
    holders: HashMap<String, Vec<(Uscc, String)>>,
    keys: HashMap<Uscc, String>,
}

impl KeyHolders {
    /// Reads the keys of the whole register.
    pub(crate) fn read(reader: &Reader<'_>) -> Result<Self, Failure> {
        Ok(Self::of(reader.firm_keys()?))
    }

    fn of(firms: Vec<FirmKey>) -> Self {
        let mut all = Self::default();
        for held in firms {
            all.note(held.jwk, held.uscc, &held.name);
        }
        all
    }

    /// Notes that a firm has a key.
    pub(crate) fn add(&mut self, key: &PublicKey, uscc: Uscc, name: &str) {
        self.note(written(key), uscc, name);
    }

    /// A firm has one key: with another one it has the former no more.
    fn note(&mut self, key: String, uscc: Uscc, name: &str) {
        if let Some(former) = self.keys.insert(uscc, key.clone()).filter(|former| *former != key)
            && let Some(holders) = self.holders.get_mut(&former)
        {
            holders.retain(|(known, _)| *known != uscc);
        }
        let holders = self.holders.entry(key).or_default();
        if holders.iter().all(|(known, _)| *known != uscc) {
            holders.push((uscc, name.to_owned()));
        }
    }

    /// What to mind about the key of `uscc`: the other firms that have it.
    pub(crate) fn warning(&self, key: &PublicKey, uscc: Option<&Uscc>) -> Option<Text> {
        let holders = self.holders.get(&written(key))?;
        let others: Vec<_> = holders.iter().filter(|(known, _)| Some(known) != uscc).collect();
        let rest = others.len().saturating_sub(NAMED);
        let named = |comma: &str, open: &str, close: &str| {
            let one = |(uscc, name): &&(Uscc, String)| format!("{name}{open}{uscc}{close}");
            others.iter().take(NAMED).map(one).collect::<Vec<_>>().join(comma)
        };
        let (zh, en) = (named("、", "（", "）"), named(", ", " (", ")"));
        let (more_zh, more_en) = match rest {
            0 => (String::new(), String::new()),
            rest => (format!("等{}家", others.len()), format!(" and {rest} more")),
        };
        (!others.is_empty()).then(|| {
            told(
                format!(
                    "公钥与名册中“{zh}”{more_zh}的相同：用同一把密钥的企业可以出示彼此的凭证。请核对公钥文件有没有拿错；确为共用的可以继续。"
                ),
                format!(
                    "the public key is that of {en}{more_en} too: whoever has it can present the credentials of both. See whether the files were mixed up; go on if they do share one"
                ),
            )
        })
    }
}

/// A key as the register holds it.
fn written(key: &PublicKey) -> String {
    serde_json::to_value(key.to_jwk()).map(|jwk| jwk.to_string()).unwrap_or_default()
}

/// What to mind about a key that is entered for the firm with the code `uscc`, which may be incomplete yet.
///
/// # Errors
/// As every read of the database.
pub fn shared_key(incubator: &Incubator<'_>, key: &PublicKey, uscc: &str) -> Result<Option<Text>, Failure> {
    let own = Uscc::parse_lenient(uscc).ok();
    let holders = incubator.database.reader()?.firms_with_key(&written(key))?;
    Ok(KeyHolders::of(holders).warning(key, own.as_ref()))
}

#[cfg(test)]
mod tests {
    use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
    use zizhi_model::Uscc;

    use super::KeyHolders;

    #[test]
    fn a_firm_that_gets_its_own_key_shares_the_other_no_more() {
        let key =
            || SigningKey::generate(Algorithm::Es256, &mut SystemRandom).map(|key| key.public().clone());
        let (Ok(own), Ok(others)) = (key(), key()) else { panic!("two keys") };
        let codes = ["91340100DEM000014D", "91310117DEM000030B"].map(Uscc::parse);
        let [Ok(first), Ok(second)] = codes else { panic!("two codes") };
        let mut holders = KeyHolders::default();
        holders.add(&others, first, "甲【演示】");
        holders.add(&others, second, "乙【演示】");
        let warned = holders.warning(&others, Some(&second));
        assert!(warned.is_some_and(|text| text.zh.contains("甲")), "the other firm is named");
        holders.add(&own, first, "甲【演示】");
        assert_eq!(holders.warning(&others, Some(&second)), None, "what was mended is not told");
    }
}
