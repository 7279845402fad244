//! What a person does after `zizhi db restore` on a computer where nothing is left: enters again what was issued after
//! the backup, settles its list, and goes on.

use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use tempfile::TempDir;
use zizhi_app::create_database::{Owner, Role, create_database};
use zizhi_app::incubator::Incubator;
use zizhi_app::issue_batch::{IssuingBatch, issue_batch, issuing_keys};
use zizhi_app::issued_credentials::by_number;
use zizhi_app::own_status_lists::export_status_lists;
use zizhi_app::register_firms::{self, TypedFirm};
use zizhi_app::set_status::set_status;
use zizhi_app::settle_lists::CredentialState;
use zizhi_app::{Failure, Host as _, SystemHost, trust_data, vault};
use zizhi_crypto::{Algorithm, SigningKey, SystemRandom};
use zizhi_model::{Provenance, civil};
use zizhi_store::FirmState;
use zizhi_verify::Library;

use crate::run::{ended, zizhi};

const PASSPHRASE: &str = "松江 孵化器 2026";

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let (uscc, name) = ("91310117DEM000030B", "松江科创孵化器【演示】");
        let owner = Owner { uscc, name, role: Role::Incubator, region: "310117" };
        create_database(&folder.path().join("data/database"), &owner, PASSPHRASE, &SystemHost).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs, expects the exit code, and gives data and talk.
    fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        let mut command = zizhi(self.folder.path(), arguments);
        command.env("ZIZHI_PASSPHRASE", PASSPHRASE);
        ended(command.output().unwrap(), code, arguments)
    }

    fn json(&self, arguments: &[&str], code: i32) -> Value {
        serde_json::from_str(&self.ends(arguments, code).0).unwrap()
    }

    /// What somebody does in the window meanwhile.
    fn at_desk<T>(&self, work: impl FnOnce(&Incubator<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let open = vault::open(&self.path("data/database"), PASSPHRASE, &SystemHost).unwrap();
        let (trust, _) = trust_data::kept_or_nothing(Some(&self.path("data")), SystemHost.now()).unwrap();
        let library = Library::new(trust);
        work(&Incubator { database: &open.database, library: &library, host: &SystemHost })
    }

    /// Issues `SJ-1` into the folder 签发, exports the list into the folder 名单, and gives the id of the firm.
    fn issue(&self) -> String {
        let firm = self.at_desk(|incubator| register_firms::save(incubator, &firm())).unwrap().id;
        self.issue_to(&firm, "SJ-1");
        let lists = self.path("名单");
        std::fs::create_dir(&lists).unwrap();
        self.at_desk(|incubator| export_status_lists(incubator, &lists, None)).unwrap();
        firm
    }

    fn issue_to(&self, firm: &str, number: &str) -> Vec<String> {
        let folder = self.path("签发");
        let issuing = IssuingBatch {
            kind: "incubatee-certificate",
            provenance: Provenance::Direct,
            firms: &[firm.to_owned()],
            typed: vec![("incubator_level".to_owned(), "provincial".to_owned())],
            number: Some(number),
            valid_until: None,
            number_looked_at: false,
            attested: None,
            folder: &folder,
        };
        let keys = |incubator: &Incubator<'_>| issuing_keys(incubator, PASSPHRASE);
        self.at_desk(|incubator| {
            issue_batch(incubator, &issuing, || keys(incubator), |_, _| ControlFlow::Continue(()))
        })
        .unwrap()
        .issued
    }

    fn revoke(&self) -> Result<(), Failure> {
        self.at_desk(|incubator| {
            let id = by_number(incubator, "SJ-1")?.row.id;
            set_status(incubator, &[id], CredentialState::Revoked, "信息有误", PASSPHRASE).map(drop)
        })
    }
}

fn firm() -> TypedFirm {
    let today: NaiveDate = civil::date_in_shanghai(SystemHost.now());
    let ago = |days| today.checked_sub_days(Days::new(days)).unwrap().to_string();
    let holder = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).unwrap();
    TypedFirm {
        id: String::new(),
        uscc: "91340100DEM000014D".to_owned(),
        name: "星河【演示】".to_owned(),
        former_names: Vec::new(),
        region: "310117".to_owned(),
        established_on: ago(400),
        entered_on: ago(300),
        site_address: String::new(),
        area_sqm: None,
        rd_on_site: Some(true),
        field: "人工智能".to_owned(),
        agreement_no: String::new(),
        incubation_deadline: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        holder_jwk: serde_json::to_string(&holder.public().to_jwk()).unwrap(),
        state: FirmState::In,
    }
}

#[test]
fn what_was_issued_after_the_backup_is_entered_again_settled_and_revoked() {
    let desk = Desk::new();
    let made = desk.json(&["db", "backup", "--json"], 0)["path"].as_str().unwrap().to_owned();
    std::fs::copy(made, desk.path("之前.zzbackup")).unwrap();
    desk.issue();
    std::fs::remove_dir_all(desk.path("data")).unwrap();

    let (_, talk) = desk.ends(&["db", "restore", "之前.zzbackup"], 0);
    assert!(talk.contains("restored") && talk.contains("zizhi credential recover"), "what is next: {talk}");
    assert_eq!(desk.revoke().unwrap_err().code, "CREDENTIAL-NONE");

    std::fs::write(desk.path("签发/坏.zzcred"), "photo").unwrap();
    let (data, talk) = desk.ends(&["credential", "recover", "签发"], 1);
    assert!(data.contains("SJ-1\t星河【演示】"), "{data}");
    assert!(
        talk.contains("SDJWT-INVALID") && talk.contains("1 entered again, 0 here already, 1 refused"),
        "{talk}"
    );
    assert!(talk.contains("1 firms added") && talk.contains("zizhi status settle"), "{talk}");
    std::fs::remove_file(desk.path("签发/坏.zzcred")).unwrap();
    let again = desk.json(&["credential", "recover", "签发", "--json"], 0);
    assert_eq!((&again["recovered"]["known"], &again["recovered"]["taken"]), (&json!(1), &json!([])));

    let open = desk.json(&["status", "settle", "--json"], 3);
    assert_eq!((open["lists"].as_array().map(Vec::len), &open["unknown"]), (Some(1), &json!(true)));
    assert_eq!(desk.revoke().unwrap_err().code, "STATUS-RESTORED");
    let list = std::fs::read_dir(desk.path("名单")).unwrap().next().unwrap().unwrap().path();
    let list = list.to_str().unwrap();
    for (arguments, code) in [
        (&["status", "settle", list][..], "CONFIRM"),
        (&["status", "settle", "之前.zzbackup", "--yes"], "STATUS-FOREIGN"),
        (&["status", "settle", "--from-trust", "--yes"], "STATUS-FOREIGN"),
        (&["status", "settle", "--reason", "登记簿", "--revoked", "SJ-9", "--yes"], "CREDENTIAL-NONE"),
    ] {
        let (_, talk) = desk.ends(arguments, 2);
        assert!(talk.contains(code) && talk.contains("hint: "), "{arguments:?}: {talk}");
    }
    let (_, talk) = desk.ends(&["status", "settle", list, "--yes"], 0);
    assert!(talk.contains("urn:zizhitong:status:91310117DEM000030B:"), "it is shown first: {talk}");
    desk.revoke().unwrap();
    let (_, talk) = desk.ends(&["credential", "recover", "--complete"], 0);
    assert!(talk.contains("nothing is open"), "{talk}");
    let open = desk.json(&["status", "settle", "--json"], 0);
    assert_eq!((&open["lists"], &open["unknown"]), (&json!([]), &json!(false)));
}

#[test]
fn where_no_list_is_left_what_was_revoked_is_stated_by_its_number() {
    let desk = Desk::new();
    desk.issue();
    let made = desk.json(&["db", "backup", "--json"], 0)["path"].as_str().unwrap().to_owned();
    std::fs::copy(made, desk.path("之前.zzbackup")).unwrap();
    desk.revoke().unwrap();
    std::fs::remove_dir_all(desk.path("data")).unwrap();
    let told = desk.json(&["db", "restore", "之前.zzbackup", "--json"], 0);
    assert_eq!(told["open"]["lists"].as_array().map(Vec::len), Some(1), "{told}");
    let stating = &["status", "settle", "--reason", "登记簿第3页", "--revoked", "SJ-1", "--yes"];
    let (_, talk) = desk.ends(stating, 2);
    assert!(talk.contains("STATUS-UNKNOWN") && talk.contains("SJ-1 星河【演示】"), "{talk}");
    desk.ends(&["credential", "recover", "--complete"], 0);
    desk.ends(stating, 0);
    assert_eq!(desk.revoke().unwrap_err().code, "STATUS-FINAL", "it is revoked");
}

#[test]
fn a_number_that_several_credentials_have_is_refused_and_one_of_them_is_named_by_its_id() {
    let desk = Desk::new();
    let firm = desk.issue();
    desk.revoke().unwrap();
    let id = desk.issue_to(&firm, "SJ-1").remove(0);
    let made = desk.json(&["db", "backup", "--json"], 0)["path"].as_str().unwrap().to_owned();
    std::fs::copy(made, desk.path("之前.zzbackup")).unwrap();
    std::fs::remove_dir_all(desk.path("data")).unwrap();
    desk.ends(&["db", "restore", "之前.zzbackup"], 0);
    desk.ends(&["credential", "recover", "--complete"], 0);

    let revoked = |which: &str, code| {
        desk.ends(&["status", "settle", "--reason", "登记簿", "--revoked", which, "--yes"], code).1
    };
    let talk = revoked("SJ-1", 2);
    assert!(talk.contains("CREDENTIAL-SEVERAL") && talk.contains(&format!("id {id}")), "{talk}");
    assert_eq!(talk.matches("星河【演示】, ").count(), 2, "each by its firm, type and day: {talk}");
    let talk = revoked(&id, 0);
    assert!(talk.contains("SJ-1 星河【演示】"), "it is shown first: {talk}");
    let state = desk.at_desk(|incubator| Ok(incubator.database.reader()?.credential(&id)?.unwrap().state));
    assert_eq!(state.unwrap(), CredentialState::Revoked);
}

#[test]
fn advice_names_the_data_folder_that_the_command_named() {
    let desk = Desk::new();
    let made = desk.json(&["db", "backup", "--json"], 0)["path"].as_str().unwrap().to_owned();
    std::fs::copy(made, desk.path("之前.zzbackup")).unwrap();
    desk.issue();
    let (_, talk) = desk.ends(&["db", "restore", "之前.zzbackup", "--data", "新的 数据"], 0);
    for command in [
        "zizhi credential recover --data '新的 数据' FILE|DIR",
        "zizhi credential recover --data '新的 数据' --complete",
    ] {
        assert!(talk.contains(command), "{talk}");
    }
    desk.ends(&["credential", "recover", "--data", "新的 数据", "--complete"], 0);
    let (_, talk) = desk.ends(&["db", "restore", "之前.zzbackup", "--trial"], 0);
    assert!(!talk.contains("--data"), "nobody named one: {talk}");
}

#[test]
fn a_wrong_passphrase_is_told_in_one_language() {
    let desk = Desk::new();
    let check = |lang: &str| {
        let mut command = zizhi(desk.folder.path(), &["--lang", lang, "db", "check"]);
        command.env("ZIZHI_PASSPHRASE", "不是这一句口令");
        ended(command.output().unwrap(), 2, &["db", "check"]).1
    };
    let talk = check("zh");
    assert!(talk.contains("口令不对") && !talk.contains("passphrase"), "{talk}");
    assert!(check("en").contains("the passphrase is wrong"));
    let mut missing = zizhi(desk.folder.path(), &["--lang", "zh", "db", "restore", "没有.zzbackup"]);
    missing.env("ZIZHI_PASSPHRASE", PASSPHRASE);
    let (_, talk) = ended(missing.output().unwrap(), 2, &["db", "restore"]);
    assert!(talk.contains("原因：没有这个文件或文件夹") && !talk.contains("No such file"), "{talk}");
}
