//! Trust data in a data folder remembers: an older status list, a clock that went back, a torn write.

use std::io::Cursor;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use serde_json::{Value, json};
use tempfile::TempDir;
use zizhi_app::author_trust::{Change, Signers, author_trust};
use zizhi_app::import_trust::{Imported, import_trust};
use zizhi_app::init_demo_trust::init_demo_trust;
use zizhi_app::show_trust::ShownTrust;
use zizhi_app::trust_data::{TrustData, kept_or_nothing};
use zizhi_app::verify_file::{Settings, verify_file};
use zizhi_app::{FixedTime, open_trust::open_trust};
use zizhi_credential::issue::{Statement, issue};
use zizhi_credential::present::{Binding, Choice, present};
use zizhi_credential::sdjwt::StatusRef;
use zizhi_credential::status::{Bits, Status, StatusList, TokenClaims, sign};
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
use zizhi_dossier::manifest::Firm;
use zizhi_dossier::request::RulePackRef;
use zizhi_dossier::{Manifest, Presented, assemble};
use zizhi_model::json::Object;
use zizhi_model::{Limits, OrgId, Region, Scenario, Uscc};
use zizhi_verify::{Library, Report};

const FIRM: &str = "91340100DEM000014D";
const HEFEI: &str = "91340100DEM0000228";
const SONGJIANG: &str = "91310117DEM000030B";
const LIST: &str = "https://status.example/91340100DEM0000228/1";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 4, 0, 0).unwrap()
}

struct World {
    folder: TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self { folder: TempDir::new().unwrap() };
        init_demo_trust(&world.path("demo"), &FixedTime(now() - TimeDelta::days(3))).unwrap();
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self) -> TrustData {
        TrustData::at(self.path("data"))
    }

    fn key(&self) -> SigningKey {
        let text = std::fs::read(self.path("demo/keys").join(format!("{HEFEI}.jwk"))).unwrap();
        SigningKey::from_jwk_bytes(text.trim_ascii()).unwrap()
    }

    /// Puts a status list of the incubator into the repository, whatever was there.
    fn publish_list(&self, hours: i64, key: &SigningKey, revoked: bool) {
        let mut list = StatusList::new(Bits::Two, 64).unwrap();
        if revoked {
            list.set(7, Status::Revoked).unwrap();
        }
        let issued_at = (now() + TimeDelta::hours(hours)).timestamp();
        let claims = TokenClaims { issuer: None, uri: LIST, issued_at, expires: None, ttl: None };
        let name = zizhi_trust::status_name(LIST);
        std::fs::write(
            self.path("demo/status").join(format!("{name}.jwt")),
            sign(&list, &claims, key).unwrap(),
        )
        .unwrap();
    }

    fn import(&self) -> ShownTrust {
        match import_trust(&self.path("demo"), None, &self.data(), &FixedTime(now())).unwrap() {
            Imported::Accepted(accepted) => accepted.trust,
            Imported::Refused(error) => panic!("refused: {error}"),
        }
    }

    /// A dossier with one credential, entry 7 of the list.
    fn dossier(&self) -> PathBuf {
        let holder = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).unwrap();
        let iat = now().timestamp() - 3600;
        let Value::Object(claims) = json!({
            "iss": format!("urn:uscc:{HEFEI}"), "sub": format!("urn:uscc:{FIRM}"), "iat": iat,
            "vct": "urn:zizhitong:credential:incubatee-certificate:1", "provenance": "direct",
            "name": "合肥星河量子传感技术有限公司【演示】", "region": "340104", "number": "HFUSP-2026-0117",
        }) else {
            panic!("an object")
        };
        let statement = Statement {
            claims: &claims,
            holder: holder.public(),
            status: Some(StatusRef { uri: LIST.into(), idx: 7 }),
            decoys: 0,
            metadata: None,
        };
        let issued = issue(&statement, &self.key(), &mut SystemRandom).unwrap();
        let (aud, nonce, limits) = (format!("urn:uscc:{SONGJIANG}"), "0123456789abcdef", Limits::default());
        let binding = Binding { key: &holder, aud: &aud, nonce, iat };
        let presented = [Presented {
            text: present(&issued, Choice::All, Some(&binding), &limits).unwrap(),
            kind: "incubatee-certificate".to_owned(),
            answers: Vec::new(),
        }];
        let draft = Manifest {
            iss: OrgId::parse(&format!("urn:uscc:{FIRM}")).unwrap(),
            aud: OrgId::parse(&aud).unwrap(),
            iat,
            jti: "0193a3b0-0000-7000-8000-000000000001".to_owned(),
            nonce: nonce.to_owned(),
            request: None,
            key: holder.public().clone(),
            scenario: Scenario::BranchOperation,
            origin_region: Region::parse("340104").unwrap(),
            destination_region: Region::parse("310117").unwrap(),
            firm: Firm {
                uscc: Uscc::parse(FIRM).unwrap(),
                name: "合肥星河量子传感技术有限公司【演示】".to_owned(),
                former_names: Vec::new(),
            },
            checklist_id: "SJ-BRANCH".to_owned(),
            rule_pack: RulePackRef { id: "sh-songjiang".to_owned(), version: 3 },
            credentials: Vec::new(),
            attachments: Vec::new(),
            facts: Object::default(),
            consents: Vec::new(),
            other: Object::default(),
        };
        let mut out = Cursor::new(Vec::new());
        assemble::<_, &[u8]>(&mut out, draft, &presented, &mut [], &holder, &limits).unwrap();
        let path = self.path("a.zzdossier");
        std::fs::write(&path, out.into_inner()).unwrap();
        path
    }

    /// Verifies the dossier on what the data folder keeps.
    fn verify_kept(&self, at: DateTime<Utc>) -> Report {
        let (trust, memory) = kept_or_nothing(Some(self.data().folder()), at).unwrap();
        let (library, limits) = (Library::new(trust), Limits::default());
        let settings = Settings {
            library: &library,
            now: at,
            recipient: None,
            identities: &[],
            limits: &limits,
            memory: Some(&memory),
        };
        verify_file(&self.dossier(), &settings).unwrap()
    }
}

fn codes(report: &Report) -> Vec<&str> {
    report.findings().map(|check| check.code.as_str()).collect()
}

#[test]
fn a_verification_rests_on_what_was_imported() {
    let world = World::new();
    let before = codes(&world.verify_kept(now())).contains(&"TRUST-MISSING");
    assert!(before, "nothing was imported yet");
    world.import();
    let report = world.verify_kept(now());
    assert_eq!(report.basis.trust.as_ref().unwrap().snapshot_version, 2);
    let found = codes(&report);
    assert!(!found.iter().any(|code| code.starts_with("TRUST-") || code.starts_with("STAT-")), "{found:?}");
}

#[test]
fn an_older_status_list_is_kept_out_and_reported_at_every_verification() {
    let world = World::new();
    world.publish_list(-1, &world.key(), true);
    world.import();
    assert!(codes(&world.verify_kept(now())).contains(&"STAT-REVOKED"));

    // The stick that comes next is newer trust data with an older list, in which nothing is revoked.
    world.publish_list(-2, &world.key(), false);
    let signers = Signers { at: Some(now()), ..Signers::default() };
    author_trust(&world.path("demo"), &Change::Sign { renew: false }, &signers, &FixedTime(now())).unwrap();
    let shown = world.import();
    assert_eq!(shown.checks.iter().map(|check| check.code.as_str()).collect::<Vec<_>>(), ["STAT-ROLLBACK"]);
    let report = world.verify_kept(now());
    let found = codes(&report);
    assert!(found.contains(&"STAT-ROLLBACK") && found.contains(&"STAT-REVOKED"), "{found:?}");

    // Without memory the older list would have been believed: the control of this test.
    let trust = open_trust(&world.path("demo"), None, None, now()).unwrap();
    let (library, limits) = (Library::new(trust), Limits::default());
    let settings = Settings {
        library: &library,
        now: now(),
        recipient: None,
        identities: &[],
        limits: &limits,
        memory: None,
    };
    let report = verify_file(&world.dossier(), &settings).unwrap();
    assert!(!codes(&report).contains(&"STAT-REVOKED"));
}

#[test]
fn a_list_that_its_issuer_did_not_sign_is_not_remembered() {
    let world = World::new();
    let stranger = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).unwrap();
    world.publish_list(-1, &stranger, true);
    let shown = world.import();
    assert_eq!(shown.checks.iter().map(|check| check.code.as_str()).collect::<Vec<_>>(), ["STAT-CORRUPT"]);
    assert!(shown.status_lists.iter().all(|list| list.uri != LIST));
}

#[test]
fn a_list_from_the_future_does_not_keep_later_ones_out() {
    let world = World::new();
    world.publish_list(24, &world.key(), true);
    let shown = world.import();
    assert_eq!(shown.checks.iter().map(|check| check.code.as_str()).collect::<Vec<_>>(), ["STAT-CORRUPT"]);
    world.publish_list(-1, &world.key(), false);
    assert!(world.import().status_lists.iter().any(|list| list.uri == LIST));
}

#[test]
fn another_registered_issuer_cannot_take_a_list_over() {
    let world = World::new();
    world.import();
    let text = std::fs::read(world.path("demo/keys").join(format!("{SONGJIANG}.jwk"))).unwrap();
    let other = SigningKey::from_jwk_bytes(text.trim_ascii()).unwrap();
    world.publish_list(-1, &other, false);
    let shown = world.import();
    assert_eq!(shown.checks.iter().map(|check| check.code.as_str()).collect::<Vec<_>>(), ["STAT-CORRUPT"]);
    let kept = world.data().read().unwrap().unwrap();
    let first = (now() - TimeDelta::days(3)).timestamp();
    assert_eq!(kept.state.status.get(LIST).unwrap().iat, first, "the list of its own issuer stays");
}

#[test]
fn a_clock_that_went_back_is_pending() {
    let world = World::new();
    world.import();
    assert!(!codes(&world.verify_kept(now())).contains(&"CLOCK-BEHIND"));
    assert!(codes(&world.verify_kept(now() - TimeDelta::days(30))).contains(&"CLOCK-BEHIND"));
}

#[test]
fn a_crash_between_package_and_state_leaves_the_old_pair() {
    let world = World::new();
    world.import();
    let state = std::fs::read(world.path("data/trust.state")).unwrap();
    let old = world.data().read().unwrap().unwrap().package;
    // The package of the next import is in its place, the state that names it is not.
    std::fs::write(world.path("data/trust-0123456789abcdef.zztrust"), b"half a package").unwrap();
    std::fs::write(world.path("data/.tmpAbCdEf"), b"half a state").unwrap();
    let kept = world.data().read().unwrap().unwrap();
    assert_eq!(kept.package, old);
    assert!(world.data().open(now()).unwrap().unwrap().issuer_count() == 2);
    assert!(std::fs::read(world.path("data/trust.state")).unwrap() == state);
    world.import();
    assert!(
        !world.path("data/trust-0123456789abcdef.zztrust").exists(),
        "the leftover goes with the next import"
    );
}

#[test]
fn two_imports_at_once_do_not_mix() {
    let world = World::new();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let imports: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| import_trust(&world.path("demo"), None, &world.data(), &FixedTime(now())))
            })
            .collect();
        imports.into_iter().map(|import| import.join().unwrap()).collect()
    });
    let accepted = outcomes.iter().filter(|it| matches!(it, Ok(Imported::Accepted(_)))).count();
    let busy =
        outcomes.iter().filter(|it| it.as_ref().is_err_and(|failure| failure.code == "DATA-BUSY")).count();
    assert!(accepted >= 1 && accepted + busy == 8, "{outcomes:?}");
    assert!(world.data().open(now()).unwrap().unwrap().issuer_count() == 2);
}
