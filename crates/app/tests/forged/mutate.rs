//! What a forger does with what somebody signed: damage anywhere, and the content changed by one who knows the format,
//! with the old signature, none, or one of another key.

use serde_json::{Map, Value, json};
use zizhi_app::SigningKey;
use zizhi_crypto::b64;
use zizhi_testkit::dice::Dice;

/// Signs what a forger made up. Nobody trusts its key.
pub struct Forger(pub SigningKey);

impl Forger {
    /// Compact tokens, parts between dots and, in a credential, `~`: another one.
    pub fn token(&self, dice: &Dice, samples: &[Vec<u8>]) -> Vec<u8> {
        let text = String::from_utf8(samples[dice.place(samples.len())].clone()).unwrap();
        let (jws, rest) = text.split_once('~').map_or((text.as_str(), None), |(jws, rest)| (jws, Some(rest)));
        let parts: Vec<&str> = jws.split('.').collect();
        let [header, payload, signature] = parts[..] else { panic!("a compact JWS") };
        let with_rest = |jws: String| rest.map_or_else(|| jws.clone(), |rest| format!("{jws}~{rest}"));
        let forged = match dice.below(8) {
            0 => return damaged(dice, samples),
            // The content is another one, and the signature that of before.
            1 => with_rest(format!("{header}.{}.{signature}", self::edited(dice, payload))),
            // The forger signs in the name of the key that the header names.
            2 => with_rest(self.signed(header, &edited(dice, payload))),
            3 => with_rest(self.signed(&edited(dice, header), payload)),
            4 => with_rest(self.signed(&self.own_header(dice, header), &edited(dice, payload))),
            5 => {
                let (header, payload) = (unsigned(header), edited(dice, payload));
                with_rest(format!("{header}.{payload}."))
            }
            6 => with_rest(format!("{header}.{payload}.{}", other_signature(dice, signature, samples))),
            _ => {
                return rest
                    .map_or_else(|| damaged(dice, samples), |rest| disclosed(dice, jws, rest).into_bytes());
            }
        };
        forged.into_bytes()
    }

    /// A token with another payload: with the signature of before, or one of the forger.
    pub fn with_payload(&self, dice: &Dice, token: &str, payload: &Value) -> String {
        let parts: Vec<&str> = token.split('.').collect();
        let payload = encoded(payload);
        if dice.percent(50) {
            return format!("{}.{payload}.{}", parts[0], parts[2]);
        }
        self.signed(parts[0], &payload)
    }

    /// A role of trust data: its signed part changed, with the signatures of before or one of the forger.
    pub fn role(&self, dice: &Dice, file: &[u8]) -> Vec<u8> {
        let Ok(mut role) = serde_json::from_slice::<Value>(file) else { return damage(dice, file.to_vec()) };
        if role.get("signed").is_none() || dice.percent(30) {
            return damage(dice, file.to_vec());
        }
        edit(dice, &mut role["signed"]);
        let body = zizhi_trust::canonical::write(
            &zizhi_model::json::strict(&serde_json::to_vec(&role["signed"]).unwrap(), 32).unwrap(),
        );
        if dice.percent(50) {
            let signature = zizhi_crypto::digest::hex(&self.0.sign(&body).unwrap());
            let signatures = role["signatures"].as_array_mut().unwrap();
            // Under the name of a key that may sign.
            signatures.iter_mut().for_each(|one| one["sig"] = json!(signature));
        }
        let mut forged = format!("{{\"signatures\":{},\"signed\":", role["signatures"]).into_bytes();
        forged.extend_from_slice(&body);
        forged.push(b'}');
        forged
    }

    fn signed(&self, header: &str, payload: &str) -> String {
        let text = format!("{header}.{payload}");
        format!("{text}.{}", b64::encode(&self.0.sign(text.as_bytes()).unwrap()))
    }

    /// The header brings the forger's key along, or names it.
    fn own_header(&self, dice: &Dice, header: &str) -> String {
        let mut value = decoded(header);
        let kid = self.0.public().key_id().to_string();
        match dice.below(3) {
            0 => value["jwk"] = json!(self.0.public().to_jwk()),
            1 => value["kid"] = json!(kid),
            _ => {
                value["jwk"] = json!(self.0.public().to_jwk());
                value["kid"] = json!(kid);
            }
        }
        encoded(&value)
    }
}

/// Bytes changed, left out, repeated, moved, or taken from another one.
pub fn damaged(dice: &Dice, samples: &[Vec<u8>]) -> Vec<u8> {
    let bytes = samples[dice.place(samples.len())].clone();
    if dice.percent(80) {
        return damage(dice, bytes);
    }
    let other = &samples[dice.place(samples.len())];
    let (at, from) = (dice.place(bytes.len()), dice.place(other.len()));
    [&bytes[..at], &other[from..]].concat()
}

pub fn damage(dice: &Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..=dice.below(2) {
        let at = dice.place(bytes.len());
        let end = (at + 1 + dice.place(40)).min(bytes.len());
        match dice.below(5) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.one_of(b"AZaz09-_.~=\"{}[],: \0\n"),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ => {
                let to = dice.place(bytes.len());
                bytes.swap(at, to);
            }
        }
        if bytes.is_empty() {
            return vec![0];
        }
    }
    bytes
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&b64::decode(part).unwrap()).unwrap()
}

fn encoded(value: &Value) -> String {
    b64::encode(&serde_json::to_vec(value).unwrap())
}

/// One member or item of a part is another one.
fn edited(dice: &Dice, part: &str) -> String {
    let mut value = decoded(part);
    edit(dice, &mut value);
    encoded(&value)
}

fn unsigned(header: &str) -> String {
    let mut value = decoded(header);
    value["alg"] = json!("none");
    encoded(&value)
}

fn edit(dice: &Dice, value: &mut Value) {
    match value {
        Value::Object(members) if !members.is_empty() => member(dice, members),
        Value::Array(items) if !items.is_empty() => {
            let at = dice.place(items.len());
            match dice.below(6) {
                0 => drop(items.remove(at)),
                1 => items.push(items[at].clone()),
                _ => edit(dice, &mut items[at]),
            }
        }
        Value::String(text) if !text.is_empty() => *text = other_text(dice, text),
        Value::Number(number) => {
            *value = json!(number.as_i64().unwrap_or_default() + dice.one_of(&[-1, 1, 1000]))
        }
        Value::Bool(yes) => *yes = !*yes,
        _ => *value = json!("x"),
    }
}

fn member(dice: &Dice, members: &mut Map<String, Value>) {
    let at = dice.place(members.len());
    let name = members.keys().nth(at).unwrap().clone();
    match dice.below(12) {
        0 => drop(members.remove(&name)),
        1 => drop(members.insert("extra".to_owned(), json!(true))),
        _ => edit(dice, &mut members[&name]),
    }
}

fn other_text(dice: &Dice, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = dice.place(characters.len());
    characters[at] = match characters[at] {
        digit if digit.is_ascii_digit() => dice.one_of(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']),
        _ => dice.one_of(&['a', 'Z', '演', '-']),
    };
    characters.into_iter().collect()
}

/// A signature of this length, or that of another one.
fn other_signature(dice: &Dice, signature: &str, samples: &[Vec<u8>]) -> String {
    let length = b64::decode(signature).unwrap().len();
    match dice.below(4) {
        0 => b64::encode(&vec![0; length]),
        1 => b64::encode(&dice.rubbish(length)),
        2 => String::new(),
        _ => {
            let other = String::from_utf8(samples[dice.place(samples.len())].clone()).unwrap();
            let jws = other.split('~').next().unwrap();
            jws.rsplit('.').next().unwrap().to_owned()
        }
    }
}

/// A disclosure says something else.
fn disclosed(dice: &Dice, jws: &str, rest: &str) -> String {
    let mut parts: Vec<String> = rest.split('~').map(str::to_owned).collect();
    let disclosures = parts.len() - 1;
    if disclosures > 0 {
        let at = dice.place(disclosures);
        if dice.percent(80) {
            parts[at] = edited(dice, &parts[at]);
        } else {
            parts.push(parts[at].clone());
        }
    }
    format!("{jws}~{}", parts.join("~"))
}

/// An archive in which `content`, stored as it is, says something else, and whose checksums are right.
pub fn exchanged(dice: &Dice, archive: &[u8], content: &[u8]) -> Vec<u8> {
    let mut bytes = archive.to_vec();
    let at = place(&bytes, content).unwrap();
    bytes[at + dice.place(content.len())] ^= 1 << dice.below(8);
    let (old, new) = (crc32(content), crc32(&bytes[at..at + content.len()]));
    while let Some(at) = place(&bytes, &old.to_le_bytes()) {
        bytes[at..at + 4].copy_from_slice(&new.to_le_bytes());
    }
    bytes
}

fn place(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The checksum of a ZIP (APPNOTE.TXT 4.4.7).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}
