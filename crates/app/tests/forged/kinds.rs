//! Everything of which the program believes what somebody signed or sealed, with a sound sample or several of each, how a
//! forger changes it, who believes it, and who would believe it without looking at signatures.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use serde_json::Value;
use zizhi_app::SigningKey;
use zizhi_credential::present::{Choice, present};
use zizhi_credential::sdjwt;
use zizhi_credential::status::{Bits, Status, StatusList, UnverifiedToken};
use zizhi_crypto::{Algorithm, PublicKey, SystemRandom, b64, digest, jws, sealed};
use zizhi_dossier::request;
use zizhi_model::{Limits, Uscc, Verdict, json};
use zizhi_sync::http_signature::{self, Request, Stamp};
use zizhi_sync::ledger::RedemptionReceipt;
use zizhi_sync::object::{self, Payload, Unverified};
use zizhi_sync::receipt::MailReceipt;
use zizhi_testkit::dice::Dice;
use zizhi_trust::{Source, SourceError, Trust};
use zizhi_verify::{Input, verify};

use crate::mutate::{Forger, damaged, exchanged};
use crate::world::{Dossier, HEFEI, SONGJIANG, SUZHOU, World, org, status_uri};

/// Makes one more forgery.
type Forge = Box<dyn Fn(&Dice) -> Vec<u8>>;
/// Nothing if the bytes are refused; else whether what they say is what was signed.
type Believe = Box<dyn Fn(&[u8]) -> Option<bool>>;

/// One kind of what is signed.
pub struct Kind {
    pub name: &'static str,
    /// So many of a thousand inputs.
    pub share: u64,
    pub samples: Vec<Vec<u8>>,
    pub forge: Forge,
    pub believe: Believe,
    /// The control: believes what is well formed. Nothing where there is nothing to read without a key.
    pub careless: Option<Believe>,
}

pub fn all() -> Vec<Kind> {
    let mut world = World::fresh();
    world.publish(0);
    let world = Arc::new(world);
    let forger = || Forger(SigningKey::generate(Algorithm::Es256, &mut SystemRandom).unwrap());
    vec![
        requests(&world, forger()),
        credentials(&world, forger()),
        status_lists(&world, forger()),
        receipts(forger(), mail_receipt, 150),
        receipts(forger(), redemption_receipt, 150),
        http_requests(),
        shown_by_a_firm(&world, forger()),
        dossiers(&world),
        trust_data(&world, forger()),
        sealed_files(),
    ]
}

/// The tree of trust data, by path.
fn published(world: &World) -> BTreeMap<String, Vec<u8>> {
    world.repository.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn tokens(forger: Forger, samples: &[Vec<u8>]) -> Forge {
    let samples = samples.to_vec();
    Box::new(move |dice| forger.token(dice, &samples))
}

/// Requests of a destination (formats.md §4).
fn requests(world: &World, forger: Forger) -> Kind {
    let key = world.key(SONGJIANG).public().clone();
    let asked: Vec<_> = (0..3).map(|_| world.ask()).collect();
    let samples: Vec<Vec<u8>> = asked.iter().map(|(_, text)| text.clone().into_bytes()).collect();
    let of_ours = Arc::new(asked.into_iter().map(|(request, _)| request).collect::<Vec<_>>());
    let ours = Arc::clone(&of_ours);
    Kind {
        name: "requests",
        share: 150,
        forge: tokens(forger, &samples),
        samples,
        believe: Box::new(move |bytes| {
            let read =
                request::Unverified::parse(text(bytes)?, &Limits::default()).ok()?.verify(&key).ok()?;
            Some(ours.contains(read.request()))
        }),
        careless: Some(Box::new(move |bytes| {
            let read = request::Unverified::parse(text(bytes)?, &Limits::default()).ok()?.peek().ok()?;
            Some(of_ours.contains(&read))
        })),
    }
}

/// Credentials with their disclosures, as an issuer hands them out.
fn credentials(world: &World, forger: Forger) -> Kind {
    let key = world.key(HEFEI).public().clone();
    let samples: Vec<Vec<u8>> =
        (0..3).map(|idx| world.certificate(&Dossier { idx, ..Dossier::default() }).into_bytes()).collect();
    let said = |bytes: &[u8], key: Option<&PublicKey>| -> Option<Value> {
        let unverified = sdjwt::Unverified::parse(text(bytes)?, &Limits::default()).ok()?;
        Some(match key {
            Some(key) => unverified.verify(key).ok()?.disclose().ok()?.payload().to_value(),
            None => unverified.claimed().ok()?.into_contents().ok()?.0.to_value(),
        })
    };
    let ours: Arc<Vec<Value>> =
        Arc::new(samples.iter().filter_map(|sample| said(sample, Some(&key))).collect());
    assert_eq!(ours.len(), samples.len(), "the samples are sound");
    // The holder may keep claims back, and say no others.
    let within = |said: &Value, whole: &Value| {
        said.as_object().is_some_and(|said| said.iter().all(|(name, value)| whole.get(name) == Some(value)))
    };
    let same = Arc::clone(&ours);
    Kind {
        name: "credentials",
        share: 200,
        forge: tokens(forger, &samples),
        samples,
        believe: Box::new(move |bytes| {
            let said = said(bytes, Some(&key))?;
            Some(ours.iter().any(|whole| within(&said, whole)))
        }),
        careless: Some(Box::new(move |bytes| {
            let said = said(bytes, None)?;
            Some(same.iter().any(|whole| within(&said, whole)))
        })),
    }
}

/// Status lists.
fn status_lists(world: &World, forger: Forger) -> Kind {
    let files = published(world);
    let list =
        |org: &str| files[&format!("status/{}.jwt", zizhi_trust::status_name(&status_uri(org)))].clone();
    let (key, other) = (world.key(HEFEI).public().clone(), world.key(SUZHOU).public().clone());
    let samples = vec![list(HEFEI), list(SUZHOU)];
    let uri = status_uri(HEFEI);
    let said = move |bytes: &[u8]| -> Option<(i64, Vec<u8>)> {
        let token = UnverifiedToken::parse(text(bytes)?, &Limits::default()).ok()?;
        let token = token.verify(&key, Some(&uri)).ok()?;
        Some((token.issued_at, token.list.deflate().ok()?))
    };
    let ours = said(&samples[0]).unwrap();
    assert!(said(&samples[1]).is_none() && other != *world.key(HEFEI).public(), "of two issuers");
    let (sound, forging) = (ours.1.clone(), samples.clone());
    Kind {
        name: "status lists",
        share: 150,
        samples,
        forge: Box::new(move |dice| {
            if dice.percent(70) {
                return forger.token(dice, &forging);
            }
            // Somebody's suspension is lifted, or a rival is revoked.
            let sample = text(&forging[0]).unwrap();
            let payload = b64::decode(sample.split('.').nth(1).unwrap()).unwrap();
            let mut payload: Value = serde_json::from_slice(&payload).unwrap();
            let mut list = StatusList::inflate(Bits::Two, &sound).unwrap();
            list.set(dice.below(list.entries()), Status::Revoked).unwrap();
            payload["status_list"]["lst"] = b64::encode(&list.deflate().unwrap()).into();
            forger.with_payload(dice, sample, &payload).into_bytes()
        }),
        believe: Box::new(move |bytes| Some(said(bytes)? == ours)),
        careless: Some(Box::new(move |bytes| {
            let payload = b64::decode(text(bytes)?.split('.').nth(1)?).ok()?;
            let payload = json::strict(&payload, 32).ok()?;
            let list = StatusList::from_json(payload.get("status_list")?).ok()?;
            Some(list.exceptions().count() == 0)
        })),
    }
}

fn mail_receipt(number: u64) -> MailReceipt {
    let id = zizhi_sync::Id::new(1_795_000_000_000, [7; 10]);
    MailReceipt {
        jti: id,
        msg: id,
        sha256: zizhi_sync::Digest::of(b"a message"),
        len: 9,
        from: org(HEFEI),
        to: org(SONGJIANG),
        seq: number,
        epoch: 1,
        at: 1_795_000_000,
    }
}

fn redemption_receipt(number: u64) -> RedemptionReceipt {
    let fen = |yuan: u64| zizhi_model::money::Fen(i64::try_from(yuan * 100).unwrap());
    RedemptionReceipt {
        jti: zizhi_sync::Id::new(1_795_000_000_000, [8; 10]),
        voucher: zizhi_sync::Token::parse("ZJ-2026-000123").unwrap(),
        redeemer: org(SONGJIANG),
        key: zizhi_sync::Token::parse("desk-1-0001").unwrap(),
        seq: number,
        amount: fen(number),
        spent: fen(2 * number),
        hold: None,
        at: 1_795_000_000,
        hub: zizhi_sync::HubId::parse("33-main").unwrap(),
        epoch: 1,
    }
}

/// What a hub signs: the objects of docs/hub.md §1.
fn receipts<P: Payload + PartialEq + 'static>(forger: Forger, make: fn(u64) -> P, share: u64) -> Kind {
    let key = SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom).unwrap();
    let public = key.public().clone();
    let ours: Arc<Vec<P>> = Arc::new((1..4).map(make).collect());
    let samples: Vec<Vec<u8>> =
        ours.iter().map(|receipt| object::sign(&key, receipt).unwrap().into_bytes()).collect();
    let same = Arc::clone(&ours);
    Kind {
        name: P::TYP,
        share,
        forge: tokens(forger, &samples),
        samples,
        believe: Box::new(move |bytes| {
            let read = Unverified::<P>::parse(text(bytes)?, &Limits::default()).ok()?.verify(&public).ok()?;
            Some(ours.contains(read.payload()))
        }),
        careless: Some(Box::new(move |bytes| {
            let read = Unverified::<P>::parse(text(bytes)?, &Limits::default()).ok()?;
            Some(same.contains(read.peek()))
        })),
    }
}

/// Requests of a device to a hub, as lines: method, address, fields, an empty line, body.
fn http_requests() -> Kind {
    const NOW: i64 = 1_795_000_000;
    let key = SigningKey::generate(Algorithm::EdDsa, &mut SystemRandom).unwrap();
    let sent = |target: &str, body: &str| {
        let fields = [("content-type", "application/json"), ("zizhi-to", "urn:uscc:91310117DEM000030B")];
        let request = Request {
            method: "POST",
            target_uri: target,
            fields: &fields,
            body: http_signature::body(body.as_bytes()),
        };
        let stamp = Stamp { created: NOW, expires: NOW + 60, nonce: [9; 16] };
        let added = http_signature::sign(&request, &key, &stamp).unwrap();
        let mut lines = vec!["POST".to_owned(), target.to_owned()];
        lines.extend(fields.iter().map(|(name, value)| format!("{name}: {value}")));
        lines.extend(added.iter().map(|(name, value)| format!("{name}: {value}")));
        format!("{}\n\n{body}", lines.join("\n")).into_bytes()
    };
    let samples = vec![
        sent("https://hub.example/v1/messages", "{\"a\":1}"),
        sent("https://hub.example/v1/x?a=2", "{\"b\":2}"),
    ];
    // What counts of it: not how a proxy spells a field's name, or the blanks around its value.
    let meaning = |bytes: &[u8]| -> Option<(String, String, String, String)> {
        let (head, body) = text(bytes)?.split_once("\n\n")?;
        let mut lines = head.lines();
        let (method, target) = (lines.next()?, lines.next()?);
        let to = lines
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("zizhi-to"))
            .map(|(_, value)| value.trim_matches([' ', '\t']).to_owned());
        Some((method.to_owned(), target.to_owned(), to.unwrap_or_default(), body.to_owned()))
    };
    let read = |bytes: &[u8]| -> Option<http_signature::Unverified> {
        let (head, body) = text(bytes)?.split_once("\n\n")?;
        let mut lines = head.lines();
        let (method, target) = (lines.next()?, lines.next()?);
        let fields: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
        let body = http_signature::body(body.as_bytes());
        http_signature::Unverified::read(&Request { method, target_uri: target, fields: &fields, body }).ok()
    };
    let ours: Arc<Vec<_>> = Arc::new(samples.iter().map(|sample| meaning(sample).unwrap()).collect());
    let (same, public, forging) = (Arc::clone(&ours), key.public().clone(), samples.clone());
    Kind {
        name: "requests to a hub",
        share: 80,
        samples,
        forge: Box::new(move |dice| damaged(dice, &forging)),
        believe: Box::new(move |bytes| {
            read(bytes)?.verify(&public, NOW).ok()?;
            Some(ours.contains(&meaning(bytes)?))
        }),
        careless: Some(Box::new(move |bytes| {
            read(bytes)?;
            Some(same.contains(&meaning(bytes)?))
        })),
    }
}

/// A firm that forges: it changes what an issuer signed, and signs key binding and manifest with its own, good key.
fn shown_by_a_firm(world: &Arc<World>, forger: Forger) -> Kind {
    let wanted = Dossier::default();
    let issued = world.certificate(&wanted);
    let sample = present(&issued, Choice::All, None, &Limits::default()).unwrap().into_bytes();
    let (signed, disclosures) = parts(&sample).unwrap();
    let (library, at) = (world.library(), Arc::clone(world));
    Kind {
        name: "dossiers of a firm that forges",
        share: 10,
        forge: tokens(forger, std::slice::from_ref(&sample)),
        samples: vec![sample],
        believe: Box::new(move |bytes| {
            let shown = text(bytes)?;
            let shown = if shown.ends_with('~') { shown.to_owned() } else { format!("{shown}~") };
            let dossier = at.dossier_showing(&wanted, |binding| {
                let hash = b64::encode(&digest::sha256(shown.as_bytes()));
                let claims = serde_json::json!({
                    "iat": binding.iat, "aud": binding.aud, "nonce": binding.nonce, "sd_hash": hash
                });
                format!("{shown}{}", jws::sign(binding.key, "kb+jwt", &claims).unwrap())
            });
            passes(&at, &library, &dossier)?;
            let (by, said) = parts(shown.as_bytes())?;
            Some(by == signed && said.iter().all(|one| disclosures.contains(one)))
        }),
        careless: Some(Box::new(|bytes| {
            let unverified = sdjwt::Unverified::parse(text(bytes)?, &Limits::default()).ok()?;
            unverified.claimed().ok()?.into_contents().ok().map(|_| false)
        })),
    }
}

/// What the issuer signed, and the disclosures.
fn parts(shown: &[u8]) -> Option<(String, Vec<String>)> {
    let mut parts = text(shown)?.trim_end_matches('~').split('~').map(str::to_owned);
    Some((parts.next()?, parts.collect()))
}

/// Nothing if a dossier does not pass.
fn passes(world: &World, library: &zizhi_verify::Library, dossier: &[u8]) -> Option<()> {
    let limits = Limits::default();
    let opened = zizhi_dossier::open(Cursor::new(dossier), &limits).unwrap();
    let report = verify(&Input {
        file_name: "a.zzdossier",
        opened: &opened,
        library,
        now: world.now,
        recipient: Some(Uscc::parse(SONGJIANG).unwrap()),
        limits: &limits,
        memory: None,
        software: "test",
    });
    matches!(report.verdict, Verdict::Passed | Verdict::PassedWithConditions).then_some(())
}

/// Dossiers changed on their way.
fn dossiers(world: &Arc<World>) -> Kind {
    let attachments = vec![("租赁合同.pdf", "application/pdf", b"%PDF-1.7 a lease".to_vec())];
    let samples: Vec<Vec<u8>> = [Dossier::default(), Dossier { idx: 5, attachments, ..Dossier::default() }]
        .iter()
        .map(|wanted| world.dossier(wanted))
        .collect();
    let (library, at, ours, forging) = (world.library(), Arc::clone(world), samples.clone(), samples.clone());
    Kind {
        name: "dossiers changed on their way",
        share: 50,
        samples,
        forge: Box::new(move |dice| {
            if dice.percent(70) {
                return damaged(dice, &forging);
            }
            exchanged(dice, &forging[1], b"%PDF-1.7 a lease")
        }),
        believe: Box::new(move |bytes| {
            passes(&at, &library, bytes)?;
            Some(ours.iter().any(|dossier| dossier == bytes))
        }),
        careless: Some(Box::new(|bytes| {
            let opened = zizhi_dossier::open(Cursor::new(bytes), &Limits::default()).ok()?;
            opened.manifest.filter(|_| opened.problems.is_empty()).map(|_| false)
        })),
    }
}

/// A tree of trust data in which one file is another one; the first bytes of an input say which.
fn trust_data(world: &Arc<World>, forger: Forger) -> Kind {
    let tree = Arc::new(published(world));
    let names: Vec<String> = tree.keys().cloned().collect();
    let at = move |index: usize| names[index % names.len()].clone();
    let (pin, now) = (tree["metadata/1.root.json"].clone(), world.now);
    let of = move |tree: BTreeMap<String, Vec<u8>>| -> Option<BTreeMap<String, String>> {
        let trust = Trust::open(Arc::new(Tree(tree)), Some(&pin), None, now).ok()?;
        let issuers = trust.issuer_codes().into_iter().filter_map(|code| {
            let record = trust.issuer(&Uscc::parse(&code).ok()?).ok()??;
            Some((code, format!("{record:?}")))
        });
        let packs = trust.rule_packs();
        let packs = packs.iter().filter_map(|pack| {
            let found = trust.rule_pack(&pack.id).ok()??;
            Some((pack.id.clone(), b64::encode(&found.bytes)))
        });
        Some(issuers.chain(packs).collect())
    };
    let whole = of(tree.as_ref().clone()).unwrap();
    assert_eq!(whole.len(), 4, "three issuers and a pack");
    let (name_of, changing) = (at.clone(), Arc::clone(&tree));
    let taken = move |bytes: &[u8]| -> Option<(String, Vec<u8>)> {
        let (index, content) = bytes.split_at_checked(2)?;
        Some((at(usize::from(u16::from_be_bytes([index[0], index[1]]))), content.to_vec()))
    };
    let same = taken.clone();
    let files = Arc::clone(&tree);
    Kind {
        name: "trust data",
        share: 20,
        samples: Vec::new(),
        forge: Box::new(move |dice| {
            let index = u16::try_from(dice.below(1000)).unwrap();
            let file = &changing[&name_of(usize::from(index))];
            [&index.to_be_bytes()[..], &forger.role(dice, file)].concat()
        }),
        believe: Box::new(move |bytes| {
            let (name, content) = taken(bytes)?;
            let mut changed = tree.as_ref().clone();
            changed.insert(name, content);
            let found = of(changed)?;
            Some(found.iter().all(|(name, said)| whole.get(name) == Some(said)))
        }),
        careless: Some(Box::new(move |bytes| {
            let (name, content) = same(bytes)?;
            let role: Value = serde_json::from_slice(&content).ok()?;
            Some(serde_json::from_slice::<Value>(&files[&name]).ok()? == role)
        })),
    }
}

struct Tree(BTreeMap<String, Vec<u8>>);

impl Source for Tree {
    fn metadata(&self, name: &str, _: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(&format!("metadata/{name}")).cloned())
    }

    fn target(&self, path: &str, _: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(&format!("targets/{path}")).cloned())
    }

    fn status(&self, name: &str, _: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(&format!("status/{name}.jwt")).cloned())
    }
}

/// Sealed files.
fn sealed_files() -> Kind {
    let (secret, recipient) = sealed::generate_identity();
    let plain = b"what nobody else may read or change".repeat(20);
    let samples: Vec<Vec<u8>> = (0..2)
        .map(|_| {
            let mut out = Vec::new();
            zizhi_dossier::seal(std::slice::from_ref(&recipient), plain.as_slice(), &mut out).unwrap();
            out
        })
        .collect();
    let (forging, identities) = (samples.clone(), [secret.as_str().to_owned()]);
    Kind {
        name: "sealed files",
        share: 40,
        samples,
        forge: Box::new(move |dice| damaged(dice, &forging)),
        believe: Box::new(move |bytes| {
            let mut out = Cursor::new(Vec::new());
            zizhi_dossier::unseal(bytes, &identities, &mut out, &Limits::default()).ok()?;
            Some(out.into_inner() == plain)
        }),
        careless: None,
    }
}
