//! Issuers of a region with their status lists, and the trust data that names them, as days pass.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use zizhi_credential::status::{Bits, Status, StatusList, TokenClaims, sign};
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
use zizhi_model::{OrgId, Provenance, Region};
use zizhi_trust::authoring::{Keys, Repository, Terms};
use zizhi_trust::{IssuerKey, IssuerRecord, IssuerRole, KeyUse, MayIssue, status_name};

use crate::common::org_of;

/// Places of a list as the program begins one, its life, and after how long a reader looks again.
pub const PLACES: u64 = 131_072;
const LIFE: TimeDelta = TimeDelta::days(30);
const LOOK_AGAIN: TimeDelta = TimeDelta::days(1);
const PROVINCES: [&str; 4] = ["31", "32", "33", "34"];
/// Of so many credentials one is revoked in a year.
const ONE_OF: u64 = 100;
const YEAR: u64 = 365;
/// Days for which a list is taken for fresh (formats.md §2).
const DAYS: usize = 7;

/// Which lists are signed anew on a day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Renewed {
    /// Those in which something was revoked.
    Changed,
    /// Those, and a seventh of all in turn, so that no list is older than a week.
    Seventh,
    /// All, so that every list is as fresh as it can be.
    All,
}

pub struct Issuers {
    keys: Keys,
    repository: Repository,
    lists: Vec<List>,
    signer: SigningKey,
    first_root: Vec<u8>,
    now: DateTime<Utc>,
    credentials: u64,
    per_issuer: u64,
    noise: u64,
}

struct List {
    uri: String,
    issuer: OrgId,
    list: StatusList,
}

impl Issuers {
    /// So many credentials of issuers with one list each; every place that is taken was as likely to be revoked.
    pub fn after_a_year(credentials: u64, per_issuer: u64) -> Self {
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 4, 0, 0).single().expect("a time");
        let keys = Keys::generate(&PROVINCES, &mut SystemRandom).expect("keys");
        let repository = Repository::init(&keys, &Terms::issued(now)).expect("a repository");
        let root = repository.files().find(|(path, _)| path.ends_with("1.root.json")).expect("a root");
        let mut issuers = Self {
            first_root: root.1.to_vec(),
            keys,
            lists: Vec::new(),
            signer: SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key"),
            now,
            credentials,
            per_issuer,
            noise: 1,
            repository,
        };
        for _ in 0..credentials.div_ceil(per_issuer) {
            issuers.begin_one();
        }
        for _ in 0..credentials / ONE_OF {
            issuers.revoke_one();
        }
        for place in 0..issuers.lists.len() {
            issuers.sign(place);
        }
        issuers.publish();
        issuers
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub fn credentials(&self) -> u64 {
        self.credentials
    }

    pub fn count(&self) -> usize {
        self.lists.len()
    }

    pub fn revoked_in_a_day(&self) -> u64 {
        self.credentials / ONE_OF / YEAR
    }

    pub fn first_root(&self) -> &[u8] {
        &self.first_root
    }

    /// The names of all lists, as files.
    pub fn names(&self) -> Vec<String> {
        self.lists.iter().map(|list| status_name(&list.uri)).collect()
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.repository.files()
    }

    /// Revokes what is revoked in a day, and signs and publishes what came of it.
    pub fn a_day_passes(&mut self, renewed: Renewed) {
        self.now += TimeDelta::days(1);
        let mut touched: Vec<usize> = (0..self.revoked_in_a_day()).map(|_| self.revoke_one()).collect();
        match renewed {
            Renewed::Changed => {}
            Renewed::Seventh => touched.extend((0..self.lists.len()).step_by(DAYS)),
            Renewed::All => touched = (0..self.lists.len()).collect(),
        }
        touched.sort_unstable();
        touched.dedup();
        for place in touched {
            self.sign(place);
        }
        self.publish();
    }

    /// Registers another issuer; every file of the metadata and targets that is new with it.
    pub fn register_one_more(&mut self) -> Vec<Vec<u8>> {
        let lists = |path: &str| path.starts_with("status/");
        let before: BTreeMap<String, Vec<u8>> =
            self.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
        self.begin_one();
        self.publish();
        let new = self.files().filter(|(path, bytes)| {
            !lists(path) && before.get(*path).is_none_or(|held| held.as_slice() != *bytes)
        });
        new.map(|(_, bytes)| bytes.to_vec()).collect()
    }

    /// Registers an issuer and begins its list.
    fn begin_one(&mut self) {
        let n = self.lists.len();
        let province = PROVINCES[n % PROVINCES.len()];
        let issuer = org_of(province, u32::try_from(n).expect("few"));
        let list = StatusList::new(Bits::Two, PLACES).expect("a list");
        let uri = format!("urn:zizhitong:status:{}:1763870400{n:04}", issuer.uscc());
        self.lists.push(List { uri, issuer, list });
        let uses = vec![KeyUse::Credential, KeyUse::Status];
        let record = IssuerRecord {
            uscc: *issuer.uscc(),
            name: format!("第{n}孵化器【演示】"),
            former_names: Vec::new(),
            roles: vec![IssuerRole::Incubator],
            level: Some("ministry_standard".to_owned()),
            region: Region::parse(&format!("{province}0100")).expect("a region"),
            keys: vec![IssuerKey::new(self.signer.public().clone(), uses, self.now - TimeDelta::days(400))],
            seal_to: Vec::new(),
            may_issue: vec![MayIssue {
                credential_type: "incubatee-certificate".to_owned(),
                provenance: vec![Provenance::Direct],
            }],
        };
        self.repository.put_issuer(province, &record).expect("registered");
    }

    /// Revokes a credential that stands; the list that it is in.
    fn revoke_one(&mut self) -> usize {
        loop {
            let n = self.random() % self.credentials;
            let (place, idx) = (usize::try_from(n / self.per_issuer).expect("few"), n % self.per_issuer);
            let list = &mut self.lists[place].list;
            if list.get(idx).expect("a place") == Status::Valid {
                list.set(idx, Status::Revoked).expect("a place");
                return place;
            }
        }
    }

    fn sign(&mut self, place: usize) {
        let List { uri, issuer, list } = &self.lists[place];
        let issuer = issuer.to_string();
        let claims = TokenClaims {
            issuer: Some(&issuer),
            uri,
            issued_at: self.now.timestamp(),
            expires: Some((self.now + LIFE).timestamp()),
            ttl: Some(LOOK_AGAIN.num_seconds()),
        };
        let token = sign(list, &claims, &self.signer).expect("a token");
        self.repository.put_status(uri, &token);
    }

    fn publish(&mut self) {
        self.repository.publish(&self.keys.all(), &Terms::issued(self.now)).expect("signed");
    }

    fn random(&mut self) -> u64 {
        self.noise =
            self.noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.noise >> 20
    }
}
